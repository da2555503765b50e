//! `M020…`: orders placed and goods received.

use super::super::Severity::{Error, Note, Warning};
use super::{Entry, say};

/// What is to be done with a sheet that holds a line that cannot be right.
const MEND: (&str, &str) = (
    "put the line right and read the sheet in again; nothing of it was taken",
    "请更正该行后重新读入；本表未作任何更改",
);

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    say("M020", Error,
        ("{month}: nothing was ordered yet, so nothing can be received", "{month}：尚未下单，无法验收"),
        ("the order has no signature", "订货单未经审批"),
        ("have the order signed first: tourplan approve --orders --by NAME", "请先审批订货单：tourplan approve --orders --by 姓名")),
    say("M021", Warning,
        ("{value}, {qty} pieces for {tour}: {supplier} by {mode} is no longer in time, nothing was ordered", "{value} {qty}件（{tour}）：{supplier} {mode} 已来不及，未下单"),
        ("the plan was made on an earlier day, or the suppliers' table changed", "计划编制日较早，或供应商表有变"),
        ("sources were sought again for today: look at orders.html, then approve again", "已按今日重新寻源：请查看 orders.html 后重新审批")),
    say("M023", Error,
        ("{file} line {line}: there is no order '{value}'", "{file} 第{line}行：没有订单行“{value}”"),
        ("the sheet is of another month, or the key was changed", "验收单属于其他月份，或订单行号被改动"),
        MEND),
    say("M024", Error,
        ("{file} line {line}: order {value} is for {wanted}, the sheet says {found}", "{file} 第{line}行：订单行 {value} 应为 {wanted}，表中为 {found}"),
        ("cells were moved, or another part came", "单元格错位，或到货配件有误"),
        MEND),
    say("M025", Error,
        ("{file} line {line}: {counted} pieces counted of order {value}, {open} are still to come", "{file} 第{line}行：订单行 {value} 实到{counted}件，未到仅{open}件"),
        ("a slip of the pen, a delivery counted twice, or more was sent than ordered", "笔误、重复清点或对方多发"),
        ("write the pieces of this delivery only; pieces beyond the order go into stock.csv. Nothing of the sheet was taken", "只填本次到货数；超出订单的件请计入 stock.csv。本表未作任何更改")),
    say("M026", Error,
        ("{file} line {line}: {damaged} damaged of {counted} counted of order {value}", "{file} 第{line}行：订单行 {value} 实到{counted}件，破损{damaged}件"),
        ("damaged pieces are counted too", "破损件也应计入实到"),
        MEND),
    say("M027", Warning,
        ("{file} line {line}: order {value} was counted so before; it is not counted again", "{file} 第{line}行：订单行 {value} 此前已如此验收，不再重复计入"),
        ("a sheet read in before was filled further and read in again", "已读入的验收单续填后再次读入"),
        ("nothing; if it is another delivery of the same size, write its day", "无需处理；若为另一批同数量到货，请填写到货日期")),
    say("M028", Note,
        ("stock.csv is newer than the count of {pieces} pieces received; they are taken to be in it", "stock.csv 晚于{pieces}件到货的验收，视为已含在内"),
        ("stock was exported again", "库存已重新导出"),
        ("if the goods were not yet booked in when stock was exported, export it again after booking", "若导出时尚未入库，请入库后重新导出")),
    say("M029", Warning,
        ("{value}: {pieces} pieces for {tour} have to be ordered anew: {supplier} by {mode}, by {order_by}, there on {arrives}", "{value}：{tour} 缺{pieces}件，须重新订货：{supplier} {mode}，最晚{order_by}，{arrives}到货"),
        ("an order came short, late or damaged", "订货短少、延误或破损"),
        ("have the change signed, which places it: tourplan approve --orders --by NAME; claim the damage", "请审批变更并下单：tourplan approve --orders --by 姓名；破损请索赔")),
    say("M030", Warning,
        ("{value}: {pieces} pieces for {tour} cannot be there in time (soonest {arrives}: {supplier} by {mode}); booked and without it: {bookings}", "{value}：{tour} 缺{pieces}件，已来不及（最早{arrives}：{supplier} {mode}）；受影响预约：{bookings}"),
        ("an order came short, late or damaged, and no way is quick enough", "订货短少、延误或破损，各种方式均来不及"),
        ("call the customers on shortage-calls.html, if there are any; move the item or send the part on", "请按 shortage-calls.html 致电（如有）；项目改期或配件后寄")),
    say("M032", Warning,
        ("order {value}: {pieces} pieces of {part} were expected on {day} and are not counted on", "订单行 {value}：{part} {pieces}件应于{day}到货，已逾期，不再计入"),
        ("they did not come, or were not counted yet", "未到货，或尚未验收"),
        ("ask {supplier}; write what came, or the new day, on the goods-received sheet: tourplan receive", "请询问 {supplier}；将实到数或新到货日填入验收单：tourplan receive")),
];

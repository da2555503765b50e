//! `M060…`: closing a tour and a month; `V950…`: checking it.

use super::super::Severity::{Error, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M060",
        Warning,
        (
            "a job sheet names booking '{value}', which the plan does not have",
            "派工单上的预约编号“{value}”不在计划中",
        ),
        (
            "a slip of the pen, or a sheet of another month",
            "编号写错，或是其他月份的单据",
        ),
        (
            "the line counts for the vehicle it names, as a walk-in where that is unknown too; correct the number and read the sheet in again",
            "该行按所写车辆计，车辆也不在计划中则按临时到店计；请改正编号后重新读入",
        ),
    ),
    say(
        "M061",
        Warning,
        (
            "a line of a job sheet cannot be placed (tour '{value}'): it names no tour of the plan and no vehicle it knows",
            "派工单有一行无法归属（巡回“{value}”）：未写明计划内的巡回或车辆",
        ),
        (
            "tour and booking are empty or of another month",
            "巡回与预约编号为空，或属于其他月份",
        ),
        (
            "the line is kept and not counted; write tour and vehicle on it and read the sheet in again",
            "该行已保留但未计入；请补上巡回和车辆后重新读入",
        ),
    ),
    say(
        "M062",
        Warning,
        (
            "{value}: '{cell}' was filled differently before ({old}); the later sheet counts",
            "{value}：“{cell}”与此前填写（{old}）不一致，以后读入的为准",
        ),
        (
            "two copies of the same job sheet were filled",
            "同一派工单填写了两份",
        ),
        (
            "ask the crew who is right; if the earlier one is, correct it and read it in again",
            "请向技师核实；若以前者为准，请改正后重新读入",
        ),
    ),
    say(
        "M063",
        Warning,
        (
            "item '{value}' was done and is not in the catalogue",
            "已做项目“{value}”不在项目目录中",
        ),
        (
            "a name was written where the code belongs, or the catalogue lacks the item",
            "写了名称而非编码，或目录缺少该项目",
        ),
        (
            "it counts as written; add it to catalogue/items.csv or correct the sheet",
            "按所写计入；请补入 catalogue/items.csv 或改正单据",
        ),
    ),
    say(
        "M064",
        Warning,
        (
            "work is written down and no result (done, partly done, too hard, no-show)",
            "写了施工内容但未写结果（完成、部分完成、无法完成、未到场）",
        ),
        ("the crew forgot to tick it", "漏勾结果"),
        (
            "parts and hours count, the vehicle counts as not reported; ask the crew and read the sheet in again",
            "配件与工时已计入，车辆按未回单计；请核实后重新读入",
        ),
    ),
    say(
        "M065",
        Warning,
        (
            "a vehicle that did not come has work, hours or parts on its sheet",
            "未到场车辆的单据上写有项目、工时或配件",
        ),
        (
            "the wrong box was ticked, or the work belongs to another vehicle",
            "勾错结果，或内容属于另一台车",
        ),
        (
            "it counts as a no-show and the parts as used; ask the crew and read the sheet in again",
            "按未到场计，配件按已用计；请核实后重新读入",
        ),
    ),
    say(
        "M066",
        Warning,
        (
            "{tour}: part '{value}', {used} used, is in no catalogue and was not on the van",
            "{tour}：已用配件“{value}”{used}件，目录中没有，车上也未携带",
        ),
        (
            "a slip of the pen in the code, or a part bought on the way",
            "编码写错，或途中自购",
        ),
        (
            "it counts as got on the way; correct the code and read the sheet in again",
            "按途中取得计；请改正编码后重新读入",
        ),
    ),
    say(
        "M067",
        Warning,
        (
            "{tour}: part {value}, {used} used, was not on the van",
            "{tour}：已用配件 {value} {used}件，但车上未携带",
        ),
        (
            "it was sent on or bought on the way, or the code is wrong",
            "途中补送或自购，或编码有误",
        ),
        (
            "it counts as got on the way; check the code, and how it got there",
            "按途中取得计；请核对编码和来源",
        ),
    ),
    say(
        "M068",
        Warning,
        (
            "{tour}: part {value}: {used} used, only {carried} carried",
            "{tour}：配件 {value} 已用{used}件，仅携带{carried}件",
        ),
        (
            "the rest was sent on or bought on the way, or a count is wrong",
            "其余为途中补送或自购，或数量有误",
        ),
        (
            "the difference counts as got on the way; count again and correct the sheet",
            "差额按途中取得计；请复点并改正单据",
        ),
    ),
    say(
        "M069",
        Warning,
        (
            "{tour}: booking {value} has no job sheet; it counts as not reported, not as a no-show",
            "{tour}：预约 {value} 没有回单，按“未回单”计，不算未到场",
        ),
        (
            "the sheet was not handed in, or nobody wrote down that the customer did not come",
            "单据未交回，或客户未到场而无人记录",
        ),
        (
            "ask the crew; read the sheet in with close --visits, also after closing",
            "请向技师核实；收尾后仍可用 close --visits 补读",
        ),
    ),
    say(
        "M070",
        Warning,
        (
            "booking {value} did not come and agreed to be handed over, but no partner can take it ({declined} declined)",
            "预约 {value} 未到场且同意转交，但没有可接的合作网点（{declined}家已谢绝）",
        ),
        (
            "no point with partner = yes is able to do the items, or all declined",
            "没有 partner=是 且能做该项目的网点，或均已谢绝",
        ),
        (
            "tell the customer, and invite the vehicle to the workshop or the next tour",
            "请告知客户，邀约进店或安排下次巡回",
        ),
    ),
    say(
        "M071",
        Warning,
        (
            "{pieces} pieces of booking {value}'s bag were used for others; they have to be sent",
            "预约 {value} 的备料袋中有{pieces}件已用于其他车辆，需另行补发",
        ),
        (
            "the customer did not come and others needed the parts",
            "客户未到场，配件给了其他车辆",
        ),
        (
            "send them to the partner from the shelf",
            "请从库房补发给合作网点",
        ),
    ),
    say(
        "M072",
        Error,
        (
            "{tour} leaves on {depart}; nothing can have happened on {on}",
            "{tour} 于{depart}出发，{on}不可能已有结果",
        ),
        (
            "the sheets are of another tour, or a date is wrong",
            "单据属于其他巡回，或日期写错",
        ),
        (
            "read job sheets in from the first evening on; give the day with --today; nothing was changed",
            "请自首日晚起读入派工单，必要时用 --today 指定日期；未作任何更改",
        ),
    ),
    say(
        "M073",
        Warning,
        (
            "{file}: {count} line(s) are about {tour}, which left on {depart}; of them only wishes about calls, texts and hand-overs were taken",
            "{file}：{count}行属于{tour}，该巡回已于{depart}出发；仅采用有关致电、短信和转交的意愿",
        ),
        (
            "the call sheet came in after the van had gone",
            "车辆出发后才交回电话表",
        ),
        (
            "what came of these customers is told by the job sheets: tourplan close --visits FILE…",
            "这些客户的结果由派工单反映：tourplan close --visits 文件…",
        ),
    ),
    say(
        "M074",
        Warning,
        (
            "past-visits could not be extended ({message}): {rows}",
            "past-visits 无法追加（{message}）：{rows}",
        ),
        (
            "it is a workbook, or its columns are not known",
            "该表是工作簿，或列名无法识别",
        ),
        (
            "add these rows (point, date) by hand, or save the table as CSV",
            "请手工补上这些行（服务点、日期），或将该表另存为 CSV",
        ),
    ),
    say(
        "M075",
        Error,
        (
            "there is nothing to close: no sheet was given and no tour has come home with sheets read in",
            "没有可收尾的内容：未指定单据，也没有已返回且已读入单据的巡回",
        ),
        (
            "no file was named, and no tour was",
            "未指定文件，也未指定巡回",
        ),
        (
            "give filled job sheets: tourplan close --visits FILE…, or name the tour: --tour T01",
            "请指定填好的派工单：tourplan close --visits 文件…，或指定巡回：--tour T01",
        ),
    ),
    say(
        "M076",
        Error,
        (
            "{value} comes home on {ret}; it cannot be closed on {on}",
            "{value} 于{ret}返回，{on}不能收尾",
        ),
        ("the tour is still out", "巡回尚未返回"),
        (
            "read the evening's sheets in without --tour, or close on {ret} or later; nothing was changed",
            "请不带 --tour 读入当晚单据，或在{ret}及以后收尾；未作任何更改",
        ),
    ),
    say(
        "M077",
        Error,
        (
            "{value} is no such sheet: it has no column {columns}",
            "{value} 不是所需单据：缺少列 {columns}",
        ),
        (
            "another table was given, or the header row was lost",
            "给错了表，或表头丢失",
        ),
        (
            "give the sheet the tool made, filled in; nothing was changed",
            "请使用本工具生成并填好的单据；未作任何更改",
        ),
    ),
    say(
        "M078",
        Warning,
        (
            "{value} was served on {tour} and is still booked on {other} at {slot}",
            "{value} 已在 {tour} 接受服务，仍预约在 {other}（{slot}）",
        ),
        (
            "the customer came earlier than agreed, without a booking there",
            "客户提前到场，当次没有预约",
        ),
        (
            "ask whether the later visit is still wanted; a no in a call sheet frees it: tourplan confirm --calls FILE",
            "请询问后一次是否仍需要；在电话表中填“不来”即可释放名额：tourplan confirm --calls 文件",
        ),
    ),
    say(
        "M079",
        Warning,
        (
            "line for '{value}': no such vehicle was called or handed over",
            "“{value}”一行：没有对应的回访或转交",
        ),
        (
            "the line is of another month, or the booking number was changed",
            "属于其他月份，或预约编号被改动",
        ),
        (
            "the answer is kept and not counted; correct the number and read the sheet in again",
            "答复已保留但未计入；请改正编号后重新读入",
        ),
    ),
    say(
        "M130",
        Warning,
        (
            "{value}: work was told of on {days}; hours, parts and money of these days are added up",
            "{value}：{days} 均有施工记录，工时、配件和金额已累加",
        ),
        (
            "it took several days, or a corrected sheet has another date",
            "施工跨多日，或改正的单据日期不同",
        ),
        (
            "if it is one visit, read the wrong day in again with 0 hours and 0 yuan; parts told twice show on the return list: count when unloading",
            "若为同一次服务，请将错误日期一行改为0工时、0元后重新读入；重复的配件会显示在退料表，请卸车时清点",
        ),
    ),
    say(
        "V950",
        Error,
        (
            "{key}: carried and extra are {wanted}, used + handed over + back are {found}",
            "{key}：携带与补充共{wanted}，已用＋转交＋退回为{found}",
        ),
        ("the return list does not balance", "退料不平"),
        ("report this as a bug", "请反馈此问题"),
    ),
    say(
        "V951",
        Error,
        (
            "{key}: the return list says {found} carried, kit.csv {wanted}",
            "{key}：退料单携带{found}，kit.csv 为{wanted}",
        ),
        ("the return list is not of this kit", "退料单与备料不符"),
        ("report this as a bug", "请反馈此问题"),
    ),
    say(
        "V952",
        Error,
        (
            "closed tour: booking {key} is accounted for {found} times, not once",
            "已收尾巡回：预约 {key} 计了{found}次，应为一次",
        ),
        (
            "a booked vehicle was lost or counted twice",
            "预约车辆遗漏或重复",
        ),
        ("report this as a bug", "请反馈此问题"),
    ),
    say(
        "V953",
        Error,
        (
            "{key}: handed to a partner without the customer's consent",
            "{key}：未经客户同意即转交合作网点",
        ),
        ("consent is missing or was refused", "缺少同意或客户已拒绝"),
        (
            "take the sheet back; report this as a bug",
            "请收回该单据并反馈此问题",
        ),
    ),
    say(
        "V954",
        Error,
        (
            "kpis.csv, {key}: {found}, recomputed {wanted}",
            "kpis.csv，{key}：{found}，重算为{wanted}",
        ),
        ("the figure is not what its formula gives", "指标与公式不符"),
        ("report this as a bug", "请反馈此问题"),
    ),
    say(
        "V955",
        Error,
        (
            "outcomes.csv and plan.json differ on {key}: {found}, not {wanted}",
            "outcomes.csv 与 plan.json 不一致：{key} 为{found}，应为{wanted}",
        ),
        (
            "the two were written at different times",
            "两者不是同时生成",
        ),
        (
            "close again; report this as a bug",
            "请重新收尾并反馈此问题",
        ),
    ),
];

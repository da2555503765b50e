//! `V…`: what `verify` finds. V0 the files, V1–V8 the rules of the contract, V9 the solution.

use super::super::Severity::Error;
use super::{Entry, say};

/// A cause and what to do about it, each in both languages.
type Why = ((&'static str, &'static str), (&'static str, &'static str));

/// A file that is not as it was written.
const TOUCHED: Why = (
    (
        "the plan folder was changed by hand or copied in part",
        "计划文件夹被手工修改或复制不完整",
    ),
    (
        "run `tourplan plan` again, or bring the whole folder back",
        "重新运行 tourplan plan，或恢复完整文件夹",
    ),
);
/// The plan no longer is what the workspace asks for.
const STALE: Why = (
    (
        "a table of the workspace changed after planning, or the plan folder was changed by hand",
        "排程后工作区表格有变动，或计划文件夹被手工修改",
    ),
    (
        "plan again; if it stays, report it as a fault of the tool",
        "重新排程；若仍出现，请作为程序错误报告",
    ),
);
/// A plan that contradicts itself.
const BROKEN: Why = (
    (
        "the plan folder was changed by hand, or the tool has a fault",
        "计划文件夹被手工修改，或程序有错误",
    ),
    (
        "do not use the plan; plan again, and if it stays report it",
        "请勿使用该计划；重新排程，若仍出现请报告",
    ),
);
/// Something that must not leave the house.
const LEAK: Why = (
    (
        "a template of the workspace or the tool has a fault",
        "工作区模板或程序有错误",
    ),
    (
        "do not hand the file on; remove own templates, plan again, and report it if it stays",
        "请勿外传该文件；移除自定义模板后重新排程，若仍出现请报告",
    ),
);

const fn fault(code: &'static str, title: (&'static str, &'static str), why: Why) -> Entry {
    say(code, Error, title, why.0, why.1)
}

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    fault("V001", ("{key} is not in the plan folder", "计划文件夹缺少 {key}"), TOUCHED),
    fault("V002", ("column {key} is missing", "缺少列 {key}"), TOUCHED),
    fault("V003", ("column {key} is empty or cannot be read here", "列 {key} 为空或无法读取"), TOUCHED),
    fault("V004", ("{key} is not the JSON it should be", "{key} 不是有效的 JSON"), TOUCHED),
    fault("V005", ("{key} is not UTF-8 with BOM", "{key} 不是带 BOM 的 UTF-8"), TOUCHED),
    fault("V006", ("the row has more or fewer cells than the header", "该行单元格数与表头不符"), TOUCHED),

    fault("V101", ("rows do not add up ({key}): {found}, should be {wanted}", "行数不符（{key}）：{found}，应为{wanted}"), BROKEN),
    fault("V102", ("accepted vehicle {key} is missing", "已接收车辆 {key} 缺失"), STALE),
    fault("V103", ("vehicle {key} stands twice", "车辆 {key} 重复"), BROKEN),
    fault("V104", ("vehicle {key} was never accepted", "车辆 {key} 不在接收名单"), STALE),
    fault("V105", ("the status of {key} is none of visit, waitlist, invite, deferred", "{key} 的状态不是 visit/waitlist/invite/deferred"), BROKEN),
    fault("V106", ("{key} is on no visit and no reason is given", "{key} 未安排到站但没有原因"), BROKEN),
    fault("V107", ("`missing` of {key} holds an unknown word", "{key} 的 missing 列有未知词"), BROKEN),
    fault("V108", ("{key} is to be called and is not on the list", "{key} 应邀约但不在名单"), BROKEN),
    fault("V109", ("{key} is on the call list twice", "{key} 在邀约名单重复"), BROKEN),
    fault("V110", ("{key} is on the call list and on no tour", "{key} 在邀约名单但不属于任何巡回"), BROKEN),
    fault("V111", ("{found} rows are listed as {key}, should be {wanted}", "{key} 列出{found}行，应为{wanted}"), STALE),
    fault("V112", ("plan.json counts {found} {key}, the inputs {wanted}", "plan.json 中 {key} 为{found}，输入为{wanted}"), STALE),
    fault("V113", ("plan.json counts {found} {key}, customers.csv {wanted}", "plan.json 中 {key} 为{found}，customers.csv 为{wanted}"), BROKEN),
    fault("V114", ("a row has no reason or an unknown fate ({key})", "该行没有原因或去向未知（{key}）"), BROKEN),
    fault("V115", ("{key} waits for no tour", "候补车辆 {key} 没有对应巡回"), BROKEN),
    fault("V116", ("{key} is called for {found} and belongs to {wanted}", "{key} 按{found}邀约，但属于{wanted}"), BROKEN),
    fault("V117", ("the plan is of {found}, asked for was {wanted}", "计划月份为{found}，应为{wanted}"), TOUCHED),

    fault("V201", ("{key} is on visit {found}, which is not in visits.csv", "{key} 的到站 {found} 不在 visits.csv"), BROKEN),
    fault("V202", ("{key}: customers.csv says {found}, visits.csv {wanted}", "{key}：customers.csv 为{found}，visits.csv 为{wanted}"), BROKEN),
    fault("V203", ("point {key} is not in points.csv", "服务点 {key} 不在 points.csv"), STALE),
    fault("V204", ("visit {key}: point {wanted} is closed on {found}", "{key}：服务点 {wanted} 于{found}不开放"), STALE),
    fault("V205", ("point {key} is used on {found} days, at most {wanted} are allowed", "服务点 {key} 使用{found}天，最多{wanted}天"), STALE),
    fault("V206", ("{key} lives {found} km from its point, at most {wanted} are allowed", "{key} 距服务点{found}公里，上限{wanted}"), STALE),
    fault("V207", ("{key} is {found} km from its point, its cell {wanted} km", "{key} 距服务点{found}公里，其单元为{wanted}公里"), BROKEN),
    fault("V208", ("the share of {key} is {found}, by the formula {wanted}", "{key} 的到场比例为{found}，按公式应为{wanted}"), STALE),
    fault("V209", ("{key} is on a visit at {found}, the yard of another customer", "{key} 的到站 {found} 为其他客户自有场地"), BROKEN),

    fault("V301", ("visit {key} expects {found} h and offers {wanted} h", "{key} 预计{found}工时，产能{wanted}"), BROKEN),
    fault("V302", ("visit {key} claims {found} h, the formula gives {wanted} h", "{key} 标称产能{found}，按公式为{wanted}"), BROKEN),
    fault("V303", ("visit {key} counts {found} vehicles, customers.csv {wanted}", "{key} 为{found}台，customers.csv 为{wanted}台"), BROKEN),
    fault("V304", ("visit {key} expects {found} h, its vehicles sum to {wanted} h", "{key} 预计{found}工时，车辆合计{wanted}"), BROKEN),
    fault("V305", ("{key} is planned for {found} h a day, at most {wanted} are allowed", "{key} 每日计划{found}小时，上限{wanted}"), STALE),
    fault("V306", ("{key}: a person has {found} h, driving and set-up alone take {wanted} h", "{key}：有人计{found}小时，仅行车和布置就需{wanted}"), BROKEN),
    fault("V307", ("problem.json has {key} = {found}, the workspace {wanted}", "problem.json 中 {key} 为{found}，工作区为{wanted}"), STALE),
    fault("V308", ("the days of problem.json have a gap before {key}", "problem.json 的日期在 {key} 前有缺口"), TOUCHED),

    fault("V401", ("{key} has no tour, visit, team or point to belong to, or stands twice", "{key} 缺少对应的巡回、到站、班组或服务点，或重复"), BROKEN),
    fault("V402", ("{key} has {found}, should be {wanted}: the days do not follow each other", "{key} 为{found}，应为{wanted}：日期不连续"), BROKEN),
    fault("V403", ("{key} is {found} nights away, should be {wanted}", "{key} 在外{found}晚，应为{wanted}"), STALE),
    fault("V404", ("{key} is on the road on {found}, no workday of the plan", "{key} 于{found}在途，该日非计划工作日"), STALE),
    fault("V405", ("{key} is on the road on {found}, a day off of {wanted}", "{key} 于{found}在途，但{wanted}当日休息"), STALE),
    fault("V406", ("{key} leaves while {wanted} is out on {found} or hardly home", "{key} 出发时 {wanted} 仍在 {found} 或刚返回"), BROKEN),
    fault("V407", ("{key} leaves while van {wanted} is out on {found}", "{key} 出发时车辆 {wanted} 仍在 {found}"), BROKEN),
    fault("V408", ("{key}: on {found} and on {wanted} at once", "{key}：同时在 {found} 和 {wanted}"), BROKEN),
    fault("V409", ("{key} is a day off", "{key} 为休息日"), STALE),
    fault("V410", ("{key} drives {wanted} km, tours.csv says {found}", "{key} 里程应为{wanted}公里，tours.csv 为{found}"), BROKEN),
    fault("V411", ("{key} drives {wanted} h, tours.csv says {found}", "{key} 行车应为{wanted}小时，tours.csv 为{found}"), BROKEN),
    fault("V412", ("{key} offers {wanted} h, tours.csv says {found}", "{key} 服务工时应为{wanted}，tours.csv 为{found}"), BROKEN),
    fault("V413", ("{key} costs {wanted} yuan, tours.csv says {found}", "{key} 费用应为{wanted}元，tours.csv 为{found}"), BROKEN),
    fault("V414", ("point {key} is visited {found} times, at most {wanted} are allowed", "服务点 {key} 到站{found}次，上限{wanted}"), STALE),
    fault("V415", ("{key} leaves {found} h for service, at least {wanted} are needed", "{key} 仅余{found}小时服务，至少{wanted}"), STALE),
    fault("V416", ("{key} has {found} h of driving, at most {wanted} are allowed", "{key} 行车{found}小时，上限{wanted}"), STALE),
    fault("V417", ("{key}: {found} people and {wanted} seats", "{key}：{found}人，{wanted}个座位"), STALE),
    fault("V418", ("{key}: nobody who may drive does", "{key}：无合格驾驶员"), STALE),
    fault("V419", ("{key} leaves on {found}, before {wanted}", "{key} 于{found}出发，早于{wanted}"), BROKEN),
    fault("V420", ("the pin of point {key} ({wanted}) is not kept", "服务点 {key} 的指定要求（{wanted}）未满足"), BROKEN),
    fault("V421", ("{key}: not in crew.csv, or not on a day of that tour", "{key}：不在 crew.csv，或日期不属于该巡回"), STALE),
    fault("V422", ("the leader of {key} is not on every day of it", "{key} 的负责人并非每天随队"), BROKEN),
    fault("V423", ("{key}: {found} technicians, the capacity counts on {wanted}", "{key}：技师{found}人，产能按{wanted}人计算"), BROKEN),

    fault("V501", ("the call of {key} on {found} is outside the window of {wanted}", "{key} 于{found}的电话超出 {wanted} 的邀约窗口"), BROKEN),
    fault("V502", ("{key}: {found} calls, at most {wanted} are allowed", "{key}：{found}个电话，上限{wanted}"), STALE),
    fault("V503", ("the call of {key} has no adviser who works that day", "{key} 的电话没有当日在岗的客服"), STALE),
    fault("V504", ("{key} is {found} and has a call", "{key} 为{found}，却安排了电话"), BROKEN),
    fault("V505", ("whether {key} can be called is not told right", "{key} 能否致电标注有误"), BROKEN),
    fault("V506", ("the reminder of {key} on {found} is outside the window of {wanted}", "{key} 于{found}的提醒超出 {wanted} 的窗口"), BROKEN),
    fault("V507", ("the reminder of {key} has no tour or no day", "{key} 的提醒没有巡回或日期"), BROKEN),
    fault("V508", ("{key} is called on rest day {found} though the window of {wanted} has a workday", "{key} 安排在休息日{found}，但 {wanted} 窗口内有工作日"), BROKEN),
    fault("V509", ("a less urgent contact of {key} is called before a more urgent one", "{key} 中较不紧急的联系人排在更紧急者之前"), BROKEN),
    fault("V510", ("calls of {key} have no day and the plan does not say so", "{key} 有电话未排日期且计划未说明"), BROKEN),
    fault("V512", ("the slot offered to {key} is not on a day of its visit", "{key} 的预约时段不在到站日期内"), BROKEN),
    fault("V513", ("{key} is called apart from the rest of its contact's vehicles", "{key} 与同一联系人的其他车辆分开致电"), BROKEN),
    fault("V514", ("the rest-day mark of the call of {key} is wrong", "{key} 电话的休息日标记有误"), BROKEN),
    fault("V515", ("the booking of {key} is empty or stands twice", "{key} 的预约编号为空或重复"), BROKEN),
    fault("V517", ("the booked slot of {key} does not fit what the customer said or where its place is", "{key} 的已预约时段与客户答复或到站不符"), BROKEN),
    fault("V518", ("the call of {key} lies outside its window and nothing was changed about its tour", "{key} 的电话超出窗口，但其巡回并未变更"), BROKEN),

    fault("V530", ("{key} is reminded on rest day {found} though the window of {wanted} has a workday", "{key} 安排在休息日{found}提醒，但 {wanted} 窗口内有工作日"), BROKEN),
    fault("V531", ("{key} is booked and has no reminder, nor a word why", "{key} 已预约但没有提醒，也没有说明"), BROKEN),
    fault("V532", ("{key} wants no texts and gets one", "{key} 已退订短信却安排了短信"), BROKEN),
    fault("V533", ("{key} is reminded of a tour that does not leave", "{key} 的巡回已暂停或取消，仍有提醒"), BROKEN),
    fault("V540", ("change of {key}: plan.json says {found}, the journal {wanted}", "{key} 的变更：plan.json 为 {found}，日志为 {wanted}"), BROKEN),
    fault("V541", ("{key} does not leave, and something is planned for it", "{key} 已暂停或取消，却仍有安排"), BROKEN),
    fault("V542", ("{key} goes without {found}, which is still on it", "{key} 已不用 {found}，却仍在其中"), BROKEN),
    fault("V543", ("{key} leaves on {found}, it was moved to {wanted}", "{key} 于{found}出发，应为改期后的{wanted}"), BROKEN),
    fault("V544", ("{key} is concerned by a change and has no number or no line to be told by", "变更涉及 {key}，但没有电话或去向"), BROKEN),
    fault("V545", ("{key} had a slot on what was taken away, and nobody tells it", "{key} 原有时段被取消，却不在通知名单"), BROKEN),
    fault("V546", ("{key} keeps its place on a suspended tour, and is {found}", "{key} 保留在暂停的巡回，状态却为 {found}"), BROKEN),

    fault("V601", ("kit_qty of {key} is {found}, the kits sum to {wanted}", "{key} 的 kit_qty 为{found}，备料合计{wanted}"), BROKEN),
    fault("V602", ("peak_qty of {key} is {found}, should lie in {wanted}", "{key} 的 peak_qty 为{found}，应在{wanted}之间"), BROKEN),
    fault("V603", ("the sources of {key} sum to {found}, the peak is {wanted}", "{key} 各货源合计{found}，峰值{wanted}"), BROKEN),
    fault("V604", ("{key}: parts.csv and sourcing.csv differ ({found}, {wanted})", "{key}：parts.csv 与 sourcing.csv 不符（{found}，{wanted}）"), BROKEN),
    fault("V605", ("{key}: {found} from stock, {wanted} are free", "{key}：库存取{found}，可用{wanted}"), STALE),
    fault("V606", ("{key}: {found} counted on from orders, {wanted} are coming with a day", "{key}：在途取{found}，有到货日的为{wanted}"), STALE),
    fault("V607", ("{key}: {found} asked for, {wanted} are there", "{key}：调拨{found}，对方有{wanted}"), STALE),
    fault("V608", ("on_hand of {key} is {found}, stock.csv says {wanted}", "{key} 的 on_hand 为{found}，stock.csv 为{wanted}"), STALE),
    fault("V609", ("the kit of {key} takes {found}, the van holds {wanted} (litres or kg)", "{key} 备料为{found}，车辆可装{wanted}（升或公斤）"), STALE),
    fault("V610", ("{key} travels by {found}, which it is not allowed", "{key} 以{found}运输，不被允许"), STALE),
    fault("V611", ("{key}: said to arrive on {found}, soonest is {wanted}", "{key}：标称{found}到货，最早{wanted}"), STALE),
    fault("V612", ("{key}: arrives {found}, needed by {wanted}, and is called feasible", "{key}：{found}到货，{wanted}前需要，却标为可行"), STALE),
    fault("V613", ("{key}: unknown source, tour or destination, or the host takes no goods", "{key}：货源、巡回或目的地未知，或服务点不收货"), STALE),
    fault("V614", ("{key}: to be ordered by {found}, before {wanted}, and is called feasible", "{key}：最晚订货日{found}早于{wanted}，却标为可行"), BROKEN),
    fault("V615", ("{key}: no order day, arrival, or such supplier and mode", "{key}：缺少订货日、到货日，或无此供应商与方式"), STALE),
    fault("V616", ("{key}: the supplier takes no orders on that day", "{key}：供应商当日不接单"), STALE),
    fault("V617", ("{key}: monitored, said to arrive on {found}, with the review soonest is {wanted}", "{key}：监控件，标称{found}到货，含审核最早{wanted}"), STALE),
    fault("V618", ("{key}: a bag without a vehicle on that visit, or a line without a tour", "{key}：备料袋没有对应车辆，或该行没有巡回"), BROKEN),
    fault("V619", ("whether {key} is monitored is not as in parts.csv of the catalogue", "{key} 的监控件标记与目录不符"), STALE),
    fault("V620", ("{key}: not feasible, and no reason", "{key}：不可行但没有原因"), BROKEN),
    fault("V621", ("{key}: kit.csv has {found}, plan.json {wanted}", "{key}：kit.csv 为{found}，plan.json 为{wanted}"), BROKEN),
    fault("V622", ("order {key}: plan.json or orders.csv says {found}, the journal {wanted}", "订单行 {key}：plan.json 或 orders.csv 为{found}，日志为{wanted}"), BROKEN),
    fault("V623", ("order {key}: {found} came, {wanted} were ordered", "订单行 {key}：到货{found}，订货{wanted}"), BROKEN),
    fault("V624", ("{key}: the plan saw {found}, its table says {wanted}", "{key}：计划所用为{found}，表中为{wanted}"), BROKEN),
    fault("V625", ("{key}: no known reason for carrying it, or pieces and shortage make {found}, need and leftover {wanted}", "{key}：备料原因未知，或数量加缺件为{found}，需求加退回为{wanted}"), BROKEN),
    fault("V626", ("{key}: {found} to be ordered, which is not whole packs of {wanted} or less than the lines need ({wanted})", "{key}：订货{found}，不是包装量{wanted}的整数倍或不足所需（{wanted}）"), BROKEN),

    fault("V701", ("{key} is listed with skill {found} and does not have it", "{key} 被列为具备{found}，实际没有"), STALE),
    fault("V702", ("{key}: item {found} needs skill {wanted}, which nobody on the visit has", "{key}：项目 {found} 需要技能 {wanted}，到站无人具备"), STALE),
    fault("V703", ("{key}: item {found} needs a lift, point {wanted} has none", "{key}：项目 {found} 需要举升机，{wanted} 没有"), STALE),
    fault("V704", ("{key}: item {found} cannot be done on tour", "{key}：项目 {found} 不能现场作业"), STALE),
    fault("V705", ("item {key} is not in the catalogue", "项目 {key} 不在目录中"), STALE),

    fault("V801", ("{key} holds a customer's full phone number", "{key} 含有客户完整电话"), LEAK),
    fault("V802", ("{key} holds a value of the input that is not escaped", "{key} 含有未转义的输入内容"), LEAK),
    fault("V803", ("{key} loads something from elsewhere", "{key} 会加载外部内容"), LEAK),
    fault("V804", ("a cell of {key} begins like a formula", "{key} 有单元格以公式符号开头"), LEAK),

    fault("V901", ("{key} of the solution is not allowed", "求解结果中的 {key} 不合法"), BROKEN),
    fault("V902", ("the {key} is {wanted}, the solution says {found}", "{key} 应为{wanted}，求解结果为{found}"), BROKEN),
    fault("V903", ("the tours of {key} are not those of tours.csv", "{key} 的巡回与 tours.csv 不一致"), BROKEN),
    fault("V904", ("the {key} {found} lies below the objective {wanted}", "{key} {found} 低于目标值{wanted}"), BROKEN),
    fault("V905", ("plan.json has {key} {found}, the solution {wanted}", "plan.json 的 {key} 为{found}，求解结果为{wanted}"), BROKEN),
    fault("V906", ("{key}: the content signed has hash {found}, the signature {wanted}", "{key}：存档内容的哈希为{found}，签名为{wanted}"), BROKEN),
    fault("V907", ("{key}: the plan says {found}, {wanted} was signed", "{key}：计划为{found}，审批时为{wanted}"), BROKEN),
];

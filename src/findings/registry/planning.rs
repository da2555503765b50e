//! `P…`: what the planner has to tell.

use super::super::Severity::{Error, Note, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "P001",
        Note,
        (
            "holidays of {year} are not known; its weekends rest",
            "尚无{year}年法定节假日安排，按周末休息计算",
        ),
        (
            "the State Council has not published that year, or calendar.csv does not hold it",
            "国务院尚未公布，或 calendar.csv 未包含该年",
        ),
        (
            "add calendar.csv once the notice is out, and plan again",
            "公布后补充 calendar.csv 再重新排程",
        ),
    ),
    say(
        "P002",
        Warning,
        (
            "tour {tour} leaves on {depart}: its forecast order was due on {due}",
            "{tour} 于{depart}出发，预测订货本应在{due}下达",
        ),
        ("the tour leaves too early for T-15", "出发日距今不足15天"),
        (
            "order what can still be had in time (sourcing.csv), or move the tour",
            "按 sourcing.csv 订购仍来得及的配件，或改期",
        ),
    ),
    say(
        "P003",
        Warning,
        (
            "{calls} calls of {tour} have no adviser and day",
            "{tour} 有{calls}个电话无法排给任何客服",
        ),
        (
            "the advisers' calls per day are used up between T-5 and T-3",
            "T-5 至 T-3 期间客服电话容量已满",
        ),
        (
            "add an adviser or calls_per_day in crew.csv; the calls stand at the end of calls.csv",
            "在 crew.csv 增加客服或 calls_per_day；这些电话列在 calls.csv 末尾",
        ),
    ),
    say(
        "P004",
        Warning,
        (
            "nobody with skill {skill} is free for {tour}; {jobs} items become workshop items",
            "{tour} 无人具备{skill}技能，{jobs}个项目改为进店处理",
        ),
        (
            "crew.csv has too few people with that skill on those days",
            "crew.csv 当天具备该技能的人员不足",
        ),
        (
            "free such a person, or let the customers come to the workshop",
            "调配人员，或请客户进店",
        ),
    ),
    say(
        "P005",
        Warning,
        (
            "{tour} ({depart}) cannot be staffed: {short}",
            "{tour}（{depart}）人员不足：{short}",
        ),
        (
            "too few technicians, drivers or seats on those days",
            "当天技师、驾驶员或座位不足",
        ),
        (
            "check crew.csv, vans.csv and days_off",
            "检查 crew.csv、vans.csv 和休息日",
        ),
    ),
    say(
        "P006",
        Error,
        (
            "no tour is worth making: every possible tour costs more than it brings",
            "没有值得出行的巡回：每条路线的成本都高于价值",
        ),
        (
            "few vehicles within reach of the points, or costs too high",
            "服务点覆盖车辆太少，或成本过高",
        ),
        (
            "check points.csv, max_customer_km and the costs in tour.toml",
            "检查 points.csv、max_customer_km 和 tour.toml 中的成本",
        ),
    ),
    say(
        "P007",
        Error,
        (
            "no plan keeps the pin: {reason}",
            "无法满足指定要求：{reason}",
        ),
        (
            "a point that must be visited is closed, too far, or no team is free",
            "指定服务点未开放、太远或无可用班组",
        ),
        (
            "change the pin, the point's open days or the team's days off",
            "调整指定日期、开放日或班组休息日",
        ),
    ),
    say(
        "P008",
        Warning,
        (
            "team {team} cannot be staffed from crew.csv and vans.csv: {short}",
            "班组 {team} 无法由 crew.csv/vans.csv 配齐：{short}",
        ),
        (
            "fewer technicians, drivers or vans than tour.toml asks for",
            "人员、驾驶员或车辆少于 tour.toml 要求",
        ),
        (
            "correct [[team]] or the tables; the team is planned with what there is",
            "修改 [[team]] 或表格；本次按现有人员排程",
        ),
    ),
    say(
        "P009",
        Warning,
        (
            "point {point} cannot be placed on the map and is left out",
            "服务点 {point} 无法定位，本次不用",
        ),
        (
            "neither coordinates nor an address that can be found",
            "没有坐标，地址也无法识别",
        ),
        (
            "give lon and lat, or a full address, in points.csv",
            "在 points.csv 填写经纬度或完整地址",
        ),
    ),
    say(
        "P010",
        Warning,
        (
            "{part}: {qty} pieces for {tour} are not to be had in time",
            "{part} 缺{qty}件，{tour} 出发前无法到货",
        ),
        (
            "no stock, no sister dealer and no transport mode arrives before the tour",
            "库存、兄弟店和各运输方式均来不及",
        ),
        (
            "tell the customers concerned, or send the part on to the point",
            "告知相关客户，或改寄服务点",
        ),
    ),
    say(
        "P011",
        Note,
        (
            "{tour} calls on rest day {date}: the window has no workday left",
            "{tour} 的电话安排在休息日{date}（窗口内无工作日）",
        ),
        ("T-5 to T-3 falls on rest days", "T-5 至 T-3 恰逢休息日"),
        ("mark it as duty", "请按值班安排"),
    ),
    say(
        "P012",
        Error,
        (
            "the depot cannot be placed: tour.toml has neither lon/lat nor an address that can be found",
            "无法确定门店位置：tour.toml 无经纬度，地址也无法识别",
        ),
        (
            "[dealer] lon, lat and address are empty or unknown",
            "[dealer] 的 lon、lat、address 为空或无法识别",
        ),
        (
            "fill in [dealer] lon and lat",
            "填写 [dealer] 的 lon 和 lat",
        ),
    ),
    say(
        "P013",
        Error,
        (
            "no service point can be used this month",
            "本月没有可用的服务地点",
        ),
        (
            "points.csv is empty, or no point can be placed on the map",
            "points.csv 为空或均无法定位",
        ),
        (
            "add points with county, address or lon/lat",
            "补充服务点的县区、地址或经纬度",
        ),
    ),
    say(
        "P014",
        Warning,
        (
            "the call window of {tour} ({from} to {to}) begins before {today}",
            "{tour} 的邀约窗口（{from}至{to}）早于今天{today}",
        ),
        ("the tour leaves too soon", "出发日太近"),
        ("call at once, or move the tour", "立即致电，或改期"),
    ),
    say(
        "P015",
        Warning,
        (
            "{tour}: the kit reaches job fill {fill} instead of {target}",
            "{tour} 配件满足率为{fill}，低于目标{target}",
        ),
        (
            "the van is full, or parts cannot be had",
            "车辆装载已满或配件无法取得",
        ),
        (
            "see the parts list for what is short",
            "详见配件预备清单的短缺项",
        ),
    ),
    say(
        "P016",
        Note,
        (
            "team {team} stays at home on {days} days: {dates}",
            "班组 {team} 有{days}天不能出行：{dates}",
        ),
        (
            "on these days too few technicians or drivers are there, or the van is off",
            "当天技师或驾驶员不足，或车辆停用",
        ),
        (
            "change days_off in crew.csv or vans.csv if that is not so",
            "如有出入，请修改 crew.csv 或 vans.csv 的休息日",
        ),
    ),
    say(
        "P017",
        Warning,
        (
            "tool {tool}: {qty} are wanted at once on {date}, {owned} are owned",
            "工具 {tool}：{date}同时需要{qty}件，现有{owned}件",
        ),
        (
            "tours out on the same day need the same tool",
            "同日出行的巡回需要同一工具",
        ),
        (
            "borrow one, or do these jobs one after another",
            "借用，或安排依次使用",
        ),
    ),
    say(
        "P018",
        Warning,
        (
            "point {point} is the yard of a customer of whom no vehicle is known",
            "服务点 {point} 所属客户名下没有车辆",
        ),
        (
            "its customer is written otherwise than in the population",
            "客户名称与保有量表中的写法不一致",
        ),
        (
            "write the name as in the population, or leave the cell empty: then everybody may come there",
            "请与保有量表写法一致；留空则所有客户可到",
        ),
    ),
    say(
        "P019",
        Warning,
        (
            "{contacts} contacts in reach of {tour} who could be called are not on its list",
            "{tour} 覆盖范围内有{contacts}个可致电的联系人未列入致电名单",
        ),
        (
            "the list has two contacts for every call the advisers can still make between T-5 and T-3, and is cut at the same value for who cannot be called",
            "名单按 T-5 至 T-3 期间尚可打电话数的两倍列出；无法致电者按同一价值界限截取",
        ),
        (
            "add an adviser or calls_per_day in crew.csv; without it they are deferred (not_called in customers.csv)",
            "在 crew.csv 增加客服或 calls_per_day；否则顺延（customers.csv 中为 not_called）",
        ),
    ),
];

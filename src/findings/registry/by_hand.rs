//! `M1…`: tours changed by hand and planned around bookings, two plans compared; M015: visits with too little to do.

use super::super::Severity::{Error, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M015",
        Warning,
        (
            "{visit} at {point}: {hours} expected hours of {offered} on {days} days, {booked} booked; without it the month costs {saved} yuan less and its value less cost changes by {gain} yuan",
            "{visit}（{point}）：{days}天预计{hours}工时（可提供{offered}），已预约{booked}台；取消此站可省{saved}元，价值减费用变化{gain}元",
        ),
        (
            "few customers said yes, or those who did need little",
            "答应到场的客户少，或所需项目少",
        ),
        (
            "call the waiting list again, or take the stop out of the tours sheet and read it with tourplan plan --tours",
            "请再联系候补客户，或在巡回表中去掉此站并用 tourplan plan --tours 读入",
        ),
    ),
    say(
        "M100",
        Error,
        ("'{value}' is no plan", "“{value}”不是计划"),
        (
            "it is neither a month's folder, nor a plan.json, nor a month of the workspace",
            "既不是月份文件夹、plan.json，也不是工作区中的月份",
        ),
        (
            "give a folder like plans/2026-12, or a month like 2026-12",
            "请给出文件夹（如 plans/2026-12）或月份（如 2026-12）",
        ),
    ),
    say(
        "M101",
        Error,
        ("{file}: no tour stands on it", "{file}：表中没有巡回"),
        (
            "every row is empty, or the point of every row was deleted",
            "各行均为空，或服务点全被删除",
        ),
        (
            "fill the tours sheet of the plan (tours.xlsx); nothing was changed",
            "请填写计划中的巡回表（tours.xlsx）；未作任何更改",
        ),
    ),
    say(
        "M102",
        Error,
        (
            "{tour}: the team {team} cannot go",
            "{tour}：班组 {team} 无法出行",
        ),
        (
            "crew.csv or vans.csv no longer fill it, or it was renamed",
            "crew.csv 或 vans.csv 已配不齐，或班组改了名",
        ),
        (
            "give another team, or leave the cell empty; nothing was changed",
            "请改用其他班组或留空；未作任何更改",
        ),
    ),
    say(
        "M103",
        Error,
        (
            "{tour}: the point {point} cannot be visited: it has no place on the map",
            "{tour}：服务点 {point} 在地图上没有位置，无法到站",
        ),
        (
            "its row in points.csv is gone, or its address cannot be read",
            "points.csv 中已无此行，或地址无法识别",
        ),
        (
            "put points.csv right, or take another point; nothing was changed",
            "请更正 points.csv 或改用其他服务点；未作任何更改",
        ),
    ),
    say(
        "M104",
        Error,
        (
            "{tour}: {date} does not lie in the month as far as the tour needs it",
            "{tour}：{date} 出发，超出本月范围",
        ),
        (
            "the departure is in another month, or the tour ends after the month's last day",
            "出发日不在本月，或结束晚于月末",
        ),
        (
            "give an earlier day or fewer days; nothing was changed",
            "请提前出发或减少天数；未作任何更改",
        ),
    ),
    say(
        "M105",
        Error,
        (
            "{tour}: a stop has no day, or the tour has no stop",
            "{tour}：有站点没有天数，或没有站点",
        ),
        ("a cell of the sheet was emptied", "表中单元格被清空"),
        (
            "give at least one day; nothing was changed",
            "至少填一天；未作任何更改",
        ),
    ),
    say(
        "M106",
        Error,
        (
            "{tour}: the point {point} stands twice in the tour",
            "{tour}：服务点 {point} 在同一巡回中出现两次",
        ),
        ("a row was copied", "复制了行"),
        (
            "delete one row, or make a second tour of it; nothing was changed",
            "请删去一行，或另立一次巡回；未作任何更改",
        ),
    ),
    say(
        "M107",
        Error,
        ("{tour}: {date} is a rest day", "{tour}：{date} 是休息日"),
        (
            "a tour runs on consecutive workdays, unless [tour] rest_days_allowed says otherwise",
            "巡回须在连续工作日进行（除非 [tour] rest_days_allowed 允许）",
        ),
        (
            "leave on another day, or stay fewer days; nothing was changed",
            "请改日出发或减少天数；未作任何更改",
        ),
    ),
    say(
        "M108",
        Error,
        (
            "{tour}: the team {team} or its van has {date} off",
            "{tour}：班组 {team} 或其车辆 {date} 休息",
        ),
        (
            "days_off in tour.toml or vans.csv",
            "tour.toml 或 vans.csv 中的 days_off",
        ),
        (
            "take another day or team; nothing was changed",
            "请改日或换班组；未作任何更改",
        ),
    ),
    say(
        "M109",
        Error,
        (
            "{tour}: {nights} nights away, at most {most} are allowed",
            "{tour}：在外{nights}夜，最多{most}夜",
        ),
        ("[tour] max_nights", "[tour] max_nights"),
        (
            "stay fewer days, or make two tours of it; nothing was changed",
            "请减少天数或拆成两次巡回；未作任何更改",
        ),
    ),
    say(
        "M110",
        Error,
        (
            "{tour}: it would leave on {depart}, and no tour can leave before {first}",
            "{tour}：{depart} 出发过早，最早 {first}",
        ),
        (
            "the month has not begun, or its customers could not be called in time",
            "尚未到本月，或来不及电话邀约",
        ),
        (
            "take a later day; nothing was changed",
            "请推迟出发；未作任何更改",
        ),
    ),
    say(
        "M111",
        Error,
        (
            "{tour}: {hours} hours of driving on {date}, at most {most}",
            "{tour}：{date} 行车{hours}小时，最多{most}小时",
        ),
        (
            "[tour] max_drive_hours_per_day; the leg home is driven on the last day",
            "[tour] max_drive_hours_per_day；返程在最后一天",
        ),
        (
            "take a nearer point, another order or one more day; nothing was changed",
            "请改近处服务点、换顺序或加一天；未作任何更改",
        ),
    ),
    say(
        "M112",
        Error,
        (
            "{tour}: {left} hours are left for service on {date}, at least {least} are needed",
            "{tour}：{date} 只剩{left}小时服务，至少{least}小时",
        ),
        (
            "[tour] min_service_hours: driving and set-up take the rest of the day",
            "[tour] min_service_hours：其余时间用于行车和布置",
        ),
        (
            "take a nearer point, another order or one more day; nothing was changed",
            "请改近处服务点、换顺序或加一天；未作任何更改",
        ),
    ),
    say(
        "M113",
        Error,
        (
            "{tour}: the point {point} is not open on {date}",
            "{tour}：服务点 {point} {date} 不开放",
        ),
        (
            "open and closed in points.csv",
            "points.csv 的 open 与 closed",
        ),
        (
            "take another day, or ask the host and correct points.csv; nothing was changed",
            "请改日，或与场地方商定后更正 points.csv；未作任何更改",
        ),
    ),
    say(
        "M114",
        Error,
        (
            "{tour}: the team {team} is still away with {other}, or at home for less than {home} days",
            "{tour}：班组 {team} 仍在 {other} 途中，或在家不足{home}天",
        ),
        ("two tours of one team overlap", "同一班组的两次巡回重叠"),
        (
            "take another day or team; nothing was changed",
            "请改日或换班组；未作任何更改",
        ),
    ),
    say(
        "M115",
        Error,
        (
            "the point {point} is visited {visits} times this month, more than allowed",
            "服务点 {point} 本月到站{visits}次，超过规定",
        ),
        ("[tour] visits_per_point", "[tour] visits_per_point"),
        (
            "take it out of all tours but the allowed ones; nothing was changed",
            "请从多余的巡回中去掉；未作任何更改",
        ),
    ),
    say(
        "M116",
        Error,
        (
            "the point {point} is used on {days} days this month, at most {most}",
            "服务点 {point} 本月使用{days}天，最多{most}天",
        ),
        ("max_days in points.csv", "points.csv 的 max_days"),
        (
            "stay fewer days there; nothing was changed",
            "请减少天数；未作任何更改",
        ),
    ),
    say(
        "M117",
        Error,
        (
            "{tour}: nothing fits what the sheet leaves open: no free team, day and number of days keep every rule",
            "{tour}：表中留空之处无法填入：没有班组、日期和天数能满足全部规则",
        ),
        (
            "the points are too far apart, closed, or every team is away on every day",
            "服务点相距太远、不开放，或各班组均无空日",
        ),
        (
            "take fewer points, or give team and day to see which rule stands against them; nothing was changed",
            "请减少服务点，或填写班组和日期以查看所违反的规则；未作任何更改",
        ),
    ),
    say(
        "M118",
        Error,
        (
            "{tour}: {count} booked customers would lose their place or time at {point}: {bookings}",
            "{tour}：{point} 有{count}位已预约客户将失去名额或时段：{bookings}",
        ),
        (
            "what is confirmed with a customer is kept: same point, same day, same time",
            "已与客户确认的预约须保留：同一地点、同一日期和时间",
        ),
        (
            "keep the stop and its day, or change the tour with tourplan move, which tells everyone concerned; nothing was changed",
            "请保留该站及其日期，或用 tourplan move 改期并通知客户；未作任何更改",
        ),
    ),
    say(
        "M119",
        Error,
        (
            "{tour}: it left on {depart} and cannot be changed any more",
            "{tour}：已于 {depart} 出发，不能再改",
        ),
        (
            "the tours sheet is older than the tour, or its row was deleted",
            "巡回表早于巡回，或该行被删除",
        ),
        (
            "leave its rows as they are printed; nothing was changed",
            "请保持该巡回各行原样；未作任何更改",
        ),
    ),
    say(
        "M120",
        Error,
        ("{tour}: {depart} is in the past", "{tour}：{depart} 已过去"),
        ("a slip of the pen, or an old sheet", "笔误或旧表"),
        (
            "give a day from {today} on; nothing was changed",
            "请填写{today}及以后的日期；未作任何更改",
        ),
    ),
    say(
        "M121",
        Warning,
        (
            "{visit} at {point} is over-full: {count} customers who said yes find no room ({hours} hours); on {date} its team {team} is free and the point open",
            "{visit}（{point}）已超出容量：{count}位已答应的客户无法安排（{hours}工时）；{date} 班组 {team} 空闲且服务点开放",
        ),
        (
            "more customers said yes than were expected",
            "答应到场的客户多于预期",
        ),
        (
            "add a day to the stop in the tours sheet and read it with tourplan plan --tours",
            "请在巡回表中为该站加一天，并用 tourplan plan --tours 读入",
        ),
    ),
    say(
        "M122",
        Warning,
        (
            "{visit} at {point} is over-full: {count} customers who said yes find no room ({hours} hours); {other} at {other_point} from {other_day} has {free} hours free, in reach of {movable} of them",
            "{visit}（{point}）已超出容量：{count}位已答应的客户无法安排（{hours}工时）；{other}（{other_point}，{other_day}起）尚余{free}工时，其中{movable}位可到",
        ),
        (
            "more customers said yes than were expected",
            "答应到场的客户多于预期",
        ),
        (
            "ask these customers whether they take the other visit",
            "请征询这些客户是否改到另一站",
        ),
    ),
    say(
        "M123",
        Warning,
        (
            "{visit} at {point} is over-full: {count} customers who said yes find no room ({hours} hours), and neither a further day nor another visit would hold them",
            "{visit}（{point}）已超出容量：{count}位已答应的客户无法安排（{hours}工时），加一天或改到其他站均不可行",
        ),
        (
            "the team is away, the point closed, or other bookings would have to move",
            "班组外出、服务点不开放，或需改动其他预约",
        ),
        (
            "invite these customers to the workshop, or plan them for the next month",
            "请邀约这些客户进店，或安排到下月",
        ),
    ),
    say(
        "M124",
        Error,
        (
            "{tour}: the van {van} is out with {other}",
            "{tour}：车辆 {van} 已随 {other} 出行",
        ),
        ("the days overlap", "日期重叠"),
        (
            "give another day, or another van: tourplan move TOUR --without VAN; nothing was changed",
            "请改日期，或换车：tourplan move 巡回 --without 车辆；未作任何更改",
        ),
    ),
    say(
        "M125",
        Error,
        (
            "{tour}: the van {van} is off on {date}",
            "{tour}：车辆 {van} 于{date}停用",
        ),
        ("vans.csv says so", "vans.csv 中有此停用日"),
        (
            "give another day, or put vans.csv right; nothing was changed",
            "请改日期，或更正 vans.csv；未作任何更改",
        ),
    ),
    say(
        "M126",
        Error,
        (
            "{tour}: {free} of {wanted} technicians are free",
            "{tour}：需技师{wanted}人，可用{free}人",
        ),
        (
            "the others are on tour or have a day off",
            "其余人员在外巡回或休息",
        ),
        (
            "give another day, or put crew.csv right; nothing was changed",
            "请改日期，或更正 crew.csv；未作任何更改",
        ),
    ),
    say(
        "M127",
        Error,
        (
            "{tour}: nobody who is free may drive",
            "{tour}：可用人员中无驾驶员",
        ),
        (
            "the drivers are on tour or have a day off",
            "驾驶员在外巡回或休息",
        ),
        (
            "give another day, or put crew.csv right; nothing was changed",
            "请改日期，或更正 crew.csv；未作任何更改",
        ),
    ),
    say(
        "M128",
        Warning,
        (
            "booking {value}: {items} agreed, and {visit} has no hours left for it; it stands under workshop items",
            "预约 {value}：已同意的 {items} 在 {visit} 已无工时，列入需进店项目",
        ),
        (
            "the customers booked there want more than the day holds",
            "该站已预约客户的项目超出当日工时",
        ),
        (
            "tell the customer: another day, or the workshop; or give the visit a further day in the tours sheet (tourplan plan --tours)",
            "请告知客户改日或进店；或在巡回表中为该站加一天（tourplan plan --tours）",
        ),
    ),
];

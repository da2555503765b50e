//! `M080…`: reminders, estimates and notices.

use super::super::Severity::{Error, Note, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M080",
        Warning,
        (
            "{tour}: {count} reminders lie outside their window ({why}): {bookings}",
            "{tour}：{count}条提醒超出规定日期（{why}）：{bookings}",
        ),
        (
            "booked after the window (booked_late), or the tour was moved (moved)",
            "窗口期之后才预约（booked_late），或巡回改期（moved）",
        ),
        (
            "send them on the day printed; nothing else can be done",
            "请在所列日期发送",
        ),
    ),
    say(
        "M081",
        Warning,
        (
            "{tour}: {count} booked vehicles get no reminder before their visit ({why}): {bookings}",
            "{tour}：{count}台已预约车辆无法在到站前提醒（{why}）：{bookings}",
        ),
        (
            "the customer wants neither calls nor texts (refused), no number is known (no_number), or the visit is today or over (too_late)",
            "客户不接受电话和短信（refused），无电话（no_number），或到站日已到（too_late）",
        ),
        (
            "nothing for refused; for the others find a number, or expect that they may not come",
            "refused 无需处理；其余请补电话，或视为可能不到场",
        ),
    ),
    say(
        "M082",
        Note,
        (
            "{tour}: reminders go out on {date}, a rest day",
            "{tour}：提醒安排在休息日 {date} 发送",
        ),
        ("the window has no workday left", "窗口期内已无工作日"),
        ("put somebody on duty for it", "请安排值班人员"),
    ),
    say(
        "M083",
        Error,
        (
            "{tour} cannot be moved to {value} ({why})",
            "{tour} 不能改到 {value}（{why}）",
        ),
        (
            "past = it is today or over, other_month = it is not a day of {month}, same_day = it leaves then already",
            "past＝当天或已过，other_month＝不在 {month}，same_day＝原本就在该日出发",
        ),
        (
            "give a later day of the month; a tour for another month is cancelled here and planned there",
            "请指定本月稍后的日期；改到其他月份的，请在本月取消并在该月排程",
        ),
    ),
    say(
        "M084",
        Error,
        (
            "{value} is neither the van of {tour} nor one of its crew: {known}",
            "{value} 既不是 {tour} 的车辆也不是其人员：{known}",
        ),
        (
            "another tour, or a slip of the pen",
            "属于其他巡回，或书写有误",
        ),
        ("give one of these", "请指定其中之一"),
    ),
    say(
        "M085",
        Error,
        (
            "{tour} cannot go without {value}: no reserve is free. Days on which it could: {days}",
            "{tour} 缺少 {value} 无法出发：没有可用的备用。可行的日期：{days}",
        ),
        (
            "all others are on tour, off, have too few seats, or cannot do the work",
            "其余均在途、休息、座位不足或无相应技能",
        ),
        (
            "move it to one of these days first (tourplan move TOUR --to DATE), or suspend it (--suspend); nothing was changed",
            "请先改期到其中一天（tourplan move 巡回 --to 日期），或暂停（--suspend）；未作任何更改",
        ),
    ),
    say(
        "M086",
        Error,
        (
            "{tour} does not stop at {value}: it stops at {points}",
            "{tour} 不停靠 {value}：其停靠点为 {points}",
        ),
        (
            "another tour, or a slip of the pen",
            "属于其他巡回，或书写有误",
        ),
        ("give one of these", "请指定其中之一"),
    ),
    say(
        "M087",
        Error,
        (
            "{value} is the only stop of {tour}",
            "{value} 是 {tour} 唯一的停靠点",
        ),
        (
            "without it nothing is left of the tour",
            "去掉后该巡回无处可去",
        ),
        (
            "cancel or suspend the tour: tourplan move TOUR --cancel | --suspend",
            "请取消或暂停该巡回：tourplan move 巡回 --cancel | --suspend",
        ),
    ),
    say(
        "M088",
        Error,
        (
            "{tour} cannot go on without {value}",
            "{tour} 去掉 {value} 后无法成行",
        ),
        (
            "the other stops are closed on the days left, or too far apart",
            "其余服务点在所余日期不开放，或相距过远",
        ),
        (
            "move the tour to other days, suspend or cancel it; nothing was changed",
            "请改期、暂停或取消该巡回；未作任何更改",
        ),
    ),
    say(
        "M089",
        Error,
        (
            "{month} has {count} tours changed by hand: it is not planned anew",
            "{month} 已有{count}项人工变更，不再重新排程",
        ),
        (
            "a new plan would undo what customers were told",
            "重新排程会使已通知客户的变更失效",
        ),
        (
            "read further answers with tourplan confirm, or change tours with tourplan move",
            "请用 tourplan confirm 读入答复，或用 tourplan move 变更巡回",
        ),
    ),
];

//! `M080…`: reminders, estimates and notices.

use super::super::Severity::{Note, Warning};
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
];

//! calendar.ics: tours, call days, reminder days and latest order days, for any calendar program (RFC 5545).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::domain::Date;
use crate::plan::model::{Plan, ReminderKind};

/// The month's dates. All-day events; their ends are exclusive, as the format asks.
pub(super) fn calendar(plan: &Plan) -> Vec<u8> {
    let mut events: Vec<(Date, Date, String, String)> = Vec::new();
    for tour in &plan.tours {
        let stops: Vec<&str> = plan
            .visits_of(&tour.id)
            .filter_map(|visit| plan.point(&visit.point))
            .map(|point| point.name.as_str())
            .collect();
        let title = format!("{} {}", tour.id, stops.join(" → "));
        events.push((
            tour.depart,
            tour.ret.plus_days(1),
            format!("tour-{}", tour.id),
            title,
        ));
    }
    let mut calls: BTreeMap<(Date, &str), usize> = BTreeMap::new();
    for call in &plan.calls {
        if let Some(date) = call.call_date {
            *calls.entry((date, &call.tour)).or_default() += 1;
        }
    }
    for ((date, tour), count) in calls {
        let title = format!("邀约电话 calls {tour}: {count}");
        events.push((
            date,
            date.plus_days(1),
            format!("calls-{tour}-{date}"),
            title,
        ));
    }
    // A fleet gets one message.
    let mut reminders: BTreeMap<(Date, &str), BTreeSet<(&str, ReminderKind)>> = BTreeMap::new();
    for one in &plan.reminders {
        if let Some(date) = one.date {
            let day = reminders.entry((date, &one.tour)).or_default();
            day.insert((&one.contact, one.kind));
        }
    }
    for ((date, tour), messages) in reminders {
        let title = format!("提醒客户 reminders {tour}: {}", messages.len());
        let id = format!("reminders-{tour}-{date}");
        events.push((date, date.plus_days(1), id, title));
    }
    let mut orders: BTreeMap<Date, u32> = BTreeMap::new();
    for line in plan.sourcing.iter().filter(|line| line.feasible) {
        if let Some(date) = line.order_by {
            *orders.entry(date).or_default() += line.order_qty;
        }
    }
    for (date, pieces) in orders {
        let title = format!("最晚订货 order by today: {pieces}");
        events.push((date, date.plus_days(1), format!("order-{date}"), title));
    }
    events.sort();
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tourplan//EN\r\n");
    let stamp = compact(plan.today);
    for (first, end, id, title) in events {
        let _ = write!(
            text,
            "BEGIN:VEVENT\r\nUID:{id}-{}@tourplan\r\nDTSTAMP:{stamp}T000000Z\r\nDTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\n{}END:VEVENT\r\n",
            plan.month,
            compact(first),
            compact(end),
            folded(&format!("SUMMARY:{}", escaped(&title)))
        );
    }
    text.push_str("END:VCALENDAR\r\n");
    text.into_bytes()
}

fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace(['\n', '\r'], " ")
}

/// Lines of at most 75 octets, continued by a space.
fn folded(line: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > 74 {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
    text
}

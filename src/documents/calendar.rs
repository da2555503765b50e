//! calendar.ics: tours, call days, reminder days and latest order days, for any calendar program (RFC 5545).
//!
//! Responsible for: the format and what stands in it. All-day events, which make nobody busy but the tours. An
//! event keeps its UID when the month is planned again, so that importing the file again moves it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::numbers::whole;
use super::plan_view::stops;
use super::{DocumentSet, Messages, Page};
use crate::domain::Date;
use crate::plan::model::{Plan, Tour};

/// Octets of a line at most, its end not counted (RFC 5545, 3.1).
const OCTETS: usize = 75;
/// Letters of a name kept at most.
const LETTERS: usize = 60;

pub(super) fn page(set: &DocumentSet<'_>, words: &Messages) -> Page {
    let mut events: Vec<Event> = set
        .plan
        .tours
        .iter()
        .map(|tour| out(set, tour, words))
        .collect();
    events.extend(days(set.plan, words));
    if events.is_empty() {
        // A calendar without any event is none.
        let made = set.plan.today;
        events.push(Event::day(made, "plan", words.get("ics_nothing")));
    }
    events.sort();
    Page {
        path: "calendar.ics".into(),
        bytes: written(set.plan, &events).into_bytes(),
    }
}

/// An all-day event, both days included.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    first: Date,
    last: Date,
    /// Unique in the month.
    id: String,
    title: String,
    note: String,
    busy: bool,
}

impl Event {
    fn day(date: Date, kind: &str, title: String) -> Self {
        Self {
            first: date,
            last: date,
            id: format!("{kind}-{date}"),
            title,
            note: String::new(),
            busy: false,
        }
    }
}

/// A tour on the road, with its stops day by day.
fn out(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Event {
    let point = |id: &str| {
        let name = set.plan.point(id).map_or(id, |point| point.name.as_str());
        name.chars().take(LETTERS).collect::<String>()
    };
    let days = tour
        .days
        .iter()
        .map(|day| format!("{} {}", day.date, point(&day.point)));
    let people = format!(
        "{} {} · {} {} · {} {}",
        words.get("team"),
        tour.team,
        words.get("leader"),
        tour.leader,
        words.get("van"),
        tour.van
    );
    let lines: Vec<String> = std::iter::once(people).chain(days).collect();
    Event {
        first: tour.depart,
        last: tour.ret,
        id: format!("tour-{}", tour.id),
        title: format!("{} {}", tour.id, stops(set, tour)),
        note: lines.join("\n"),
        busy: true,
    }
}

/// Call, reminder and latest order days, one event a tour and day.
fn days(plan: &Plan, words: &Messages) -> Vec<Event> {
    let (mut calls, mut reminders) = (BTreeMap::new(), BTreeMap::new());
    for (date, tour, _) in plan.calls_due() {
        *calls.entry((date, tour)).or_insert(0_usize) += 1;
    }
    for (date, tour, ..) in plan.messages_due() {
        *reminders.entry((date, tour)).or_insert(0_usize) += 1;
    }
    let title = |key: &str, tour: &str, count: usize| {
        let count = whole(count as u64);
        words
            .get(key)
            .replace("{tour}", tour)
            .replace("{count}", &count)
    };
    let calls = calls.into_iter().map(|((date, tour), count)| {
        Event::day(
            date,
            &format!("calls-{tour}"),
            title("ics_calls", tour, count),
        )
    });
    let reminders = reminders.into_iter().map(|((date, tour), count)| {
        let words = title("ics_reminders", tour, count);
        Event::day(date, &format!("reminders-{tour}"), words)
    });
    let orders = plan
        .orders_due()
        .into_iter()
        .map(|(date, pieces)| Event::day(date, "order", title("ics_orders", "", pieces as usize)));
    calls.chain(reminders).chain(orders).collect()
}

fn written(plan: &Plan, events: &[Event]) -> String {
    let mut text = String::new();
    let mut line = |words: &str| text.push_str(&folded(words));
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//tourplan//tourplan//EN");
    line("CALSCALE:GREGORIAN");
    let (stamp, house) = (compact(plan.today), house(&plan.settings.dealer.name));
    for event in events {
        line("BEGIN:VEVENT");
        line(&format!(
            "UID:{}-{}-{house}@tourplan.invalid",
            event.id, plan.month
        ));
        line(&format!("DTSTAMP:{stamp}T000000Z"));
        line(&format!("DTSTART;VALUE=DATE:{}", compact(event.first)));
        // The end is exclusive.
        line(&format!(
            "DTEND;VALUE=DATE:{}",
            compact(event.last.plus_days(1))
        ));
        line(&format!("SUMMARY:{}", escaped(&event.title)));
        if !event.note.is_empty() {
            line(&format!("DESCRIPTION:{}", escaped(&event.note)));
        }
        line(if event.busy {
            "TRANSP:OPAQUE"
        } else {
            "TRANSP:TRANSPARENT"
        });
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// Tells two dealers' months apart.
fn house(dealer: &str) -> String {
    let digest = Sha256::digest(dealer.as_bytes());
    digest.iter().take(4).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// TEXT (RFC 5545, 3.3.11): no control characters, and the four signs that mean something escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line and its end; longer ones go on behind a blank.
fn folded(line: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > OCTETS {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::tests::set_of;
    use crate::findings::Lang;
    use crate::plan::model::small::{day, plan};
    use crate::plan::model::{Channel, Reminder};
    use std::collections::BTreeSet;

    fn text(plan: &Plan, lang: Lang) -> String {
        let page = set_of(plan, lang, |set| page(set, &Messages::new(lang)));
        String::from_utf8(page.bytes).expect("UTF-8")
    }

    /// Unfolded lines as name and value.
    fn lines(text: &str) -> Vec<(String, String)> {
        let whole = text.replace("\r\n ", "");
        let lines = whole.split("\r\n").filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let (name, value) = line.split_once(':').expect("a colon");
                (name.to_owned(), value.to_owned())
            })
            .collect()
    }

    fn values(text: &str, name: &str) -> Vec<String> {
        let found = lines(text).into_iter().filter(|(key, _)| key == name);
        found.map(|(_, value)| value).collect()
    }

    #[test]
    fn lines_end_in_crlf_and_hold_75_octets_at_most_whatever_a_point_is_called() {
        let mut plan = plan();
        plan.points[0].county = "很长的名字，带逗号;分号\\反斜杠\r\n换行\u{7}".repeat(40);
        plan.points[0].name = "BEGIN:VEVENT\r\nSUMMARY:x".into();
        let text = text(&plan, Lang::Zh);
        assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\u{7}']));
        for line in text.split("\r\n") {
            assert!(line.len() <= OCTETS, "{} octets: {line}", line.len());
        }
        assert!(text.contains("\r\n "), "something was long enough to fold");
        let starts = lines(&text)
            .iter()
            .filter(|(name, _)| name == "BEGIN")
            .count();
        let ends = lines(&text)
            .iter()
            .filter(|(name, _)| name == "END")
            .count();
        assert_eq!(starts, ends);
        let title = values(&text, "SUMMARY").join("");
        assert!(title.contains("带逗号\\;分号\\\\反斜杠"), "{title}");
        assert!(title.contains("\\n换行"), "{title}");
    }

    #[test]
    fn tours_call_days_reminder_days_and_order_days_are_all_there_as_whole_days() {
        let mut plan = plan();
        plan.reminders.push(Reminder {
            booking: "B-001".into(),
            tour: "T01".into(),
            vehicle: plan.vehicles[0].vehicle.clone(),
            contact: "C1".into(),
            date: Some(day(8)),
            channel: Channel::Text,
            kind: crate::plan::model::ReminderKind::First,
            slot: String::new(),
            deviation: String::new(),
        });
        let line = crate::plan::model::SourcingLine {
            part: "p".into(),
            tour: "T01".into(),
            source: crate::plan::model::SourceKind::Order,
            supplier: String::new(),
            mode: String::new(),
            qty: 3,
            order_qty: 4,
            number: String::new(),
            order_by: Some(day(2)),
            arrives: None,
            to: "depot".into(),
            cost: crate::domain::Fen(0),
            feasible: true,
            reason: String::new(),
        };
        plan.sourcing.push(line);
        let text = text(&plan, Lang::En);
        let titles = values(&text, "SUMMARY").join(" | ");
        for wanted in [
            "T01 ",
            "Calls T01: 2",
            "Reminders T01: 1",
            "Last day to order: 4",
        ] {
            assert!(titles.contains(wanted), "{wanted} in {titles}");
        }
        let tour = text.split("UID:tour-T01").nth(1).expect("the tour");
        let last = compact(plan.tours[0].ret.plus_days(1));
        assert!(tour.contains(&format!("DTEND;VALUE=DATE:{last}\r\n")));
        let ids = values(&text, "UID");
        let once: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len());
    }

    #[test]
    fn an_event_keeps_its_uid_when_the_month_is_planned_again_and_another_dealer_has_others() {
        let mut plan = plan();
        let mut other = plan.clone();
        let before = values(&text(&plan, Lang::Zh), "UID");
        plan.today = plan.today.plus_days(3);
        plan.tours[0].ret = plan.tours[0].ret.plus_days(1);
        assert_eq!(before, values(&text(&plan, Lang::Zh), "UID"));
        other.settings.dealer.name = "另一家示例店".into();
        assert_ne!(before, values(&text(&other, Lang::Zh), "UID"));
    }

    #[test]
    fn a_month_whose_tours_all_rest_is_still_a_calendar() {
        let mut plan = plan();
        plan.tours.clear();
        plan.calls.clear();
        let text = text(&plan, Lang::Zh);
        assert_eq!(values(&text, "SUMMARY").len(), 1);
    }
}

//! What customers are sent and shown, on the small month.

use std::collections::BTreeMap;

use super::super::{ContactLine, DocumentSet, Found, Messages, Page, render};
use super::wording;
use crate::domain::{Date, Fen};
use crate::findings::Lang;
use crate::plan::model::small::{HOSTILE, LEADER_PHONE, PHONE, VIN, book, day, plan};
use crate::plan::model::{
    CalledVehicle, Change, Channel, Concerned, Plan, Reminder, ReminderKind, Status, TourChange,
};

/// The small month with its fleet (C0001: two vehicles) and one other customer booked.
fn booked() -> Plan {
    let mut plan = plan();
    plan.settings.dealer.name = "示例店".into();
    book(&mut plan, "B-001", "2026-12-10 10:00");
    book(&mut plan, "B-003", "2026-12-10 10:30");
    book(&mut plan, "B-002", "2026-12-11 09:00");
    for (at, contact) in [(0, "C0001"), (2, "C0001"), (1, "C0002")] {
        let one = plan.vehicles[at].clone();
        for (kind, date) in [
            (ReminderKind::First, day(8)),
            (ReminderKind::Departure, day(10)),
        ] {
            plan.reminders.push(reminder(&one, contact, kind, date));
        }
    }
    plan
}

fn reminder(one: &CalledVehicle, contact: &str, kind: ReminderKind, date: Date) -> Reminder {
    Reminder {
        booking: one.booking.clone(),
        tour: one.tour.clone(),
        vehicle: one.vehicle.clone(),
        contact: contact.into(),
        date: Some(date),
        channel: Channel::Text,
        kind,
        slot: one.slot.clone(),
        deviation: String::new(),
    }
}

fn with_set<T>(
    plan: &Plan,
    lang: Lang,
    use_it: impl FnOnce(&DocumentSet<'_>, &Messages) -> T,
) -> T {
    let line = ContactLine {
        contact: "张".into(),
        phones: vec!["073100000000".into(), PHONE.into()],
    };
    let lines = plan
        .vehicles
        .iter()
        .map(|one| (one.vehicle.clone(), line.clone()));
    let contacts: BTreeMap<String, ContactLine> = lines.collect();
    let load = BTreeMap::from([("T01".to_owned(), Vec::new())]);
    let set = DocumentSet {
        plan,
        found: Found::of(plan),
        contacts: &contacts,
        load: &load,
        lang,
        outlines: &[],
        words_told: BTreeMap::new(),
    };
    use_it(&set, &Messages::new(lang))
}

fn pages(plan: &Plan, lang: Lang) -> Vec<Page> {
    with_set(plan, lang, |set, _| {
        render(set, &BTreeMap::new()).expect("renders")
    })
}

fn page<'a>(pages: &'a [Page], name: &str) -> &'a str {
    let page = pages.iter().find(|page| page.path.ends_with(name));
    std::str::from_utf8(&page.expect(name).bytes).expect("a page")
}

fn text_of(plan: &Plan, lang: Lang, kind: ReminderKind, vehicles: &[usize]) -> String {
    with_set(plan, lang, |set, words| {
        let list: Vec<&CalledVehicle> = vehicles.iter().map(|at| &plan.vehicles[*at]).collect();
        wording::reminder(set, words, &plan.tours[0], (kind, Channel::Text), &list)
    })
}

#[test]
fn a_reminder_says_who_when_where_what_and_how_to_stop_it() {
    let text = text_of(&booked(), Lang::Zh, ReminderKind::First, &[1]);
    assert_eq!(
        text,
        "【示例店】预约提醒：12月11日周五 09:00 湘A00123，大瑶汽修（浏阳市金刚路 1 号）。\
         oil，价格以结算为准。负责人李13900009000。拒收请回复R"
    );
    let size = super::segments::size(&text);
    assert_eq!((size.units, size.segments), (84, 2));
    let english = text_of(&booked(), Lang::En, ReminderKind::First, &[1]);
    for part in [
        "Fri 11 Dec 09:00",
        LEADER_PHONE,
        "final by settlement",
        "Reply T",
    ] {
        assert!(english.contains(part), "{english}");
    }
}

#[test]
fn a_fleet_is_told_in_one_text_with_all_its_vehicles() {
    let text = text_of(&booked(), Lang::Zh, ReminderKind::First, &[2, 0]);
    assert!(
        text.contains("10:00 湘A00123、10:30 湘A00123，大瑶汽修"),
        "{text}"
    );
    assert!(text.contains("共2项"), "{text}");
    let pages = pages(&booked(), Lang::Zh);
    let page = page(&pages, "/texts.html");
    assert_eq!(
        page.matches("预约提醒：").count(),
        2,
        "one for each contact"
    );
}

#[test]
fn the_departure_text_says_when_the_team_arrives() {
    let text = text_of(&booked(), Lang::Zh, ReminderKind::Departure, &[1]);
    assert!(
        text.contains("今日出发，预计12月10日周四09:30到大瑶汽修。"),
        "{text}"
    );
    assert!(text.contains("12月11日周五 09:00"), "{text}");
}

#[test]
fn placeholders_inside_values_are_left_alone_and_a_text_is_one_line() {
    let mut plan = booked();
    plan.vehicles[1].plate = "{phone}\n{dealer}".into();
    let text = text_of(&plan, Lang::Zh, ReminderKind::First, &[1]);
    assert!(text.contains("{phone} {dealer}"), "{text}");
    assert!(!text.contains('\n'));
    let filled = wording::fill("{a}{b}{c", &[("a", "{b}".into()), ("b", "x".into())]);
    assert_eq!(filled, "{b}x{c");
}

#[test]
fn a_call_script_has_no_word_about_stopping_texts() {
    let plan = booked();
    let text = with_set(&plan, Lang::Zh, |set, words| {
        let kind = (ReminderKind::First, Channel::Call);
        wording::reminder(set, words, &plan.tours[0], kind, &[&plan.vehicles[1]])
    });
    assert!(
        !text.contains("拒收") && text.ends_with("13900009000。"),
        "{text}"
    );
}

#[test]
fn texts_have_the_mobile_in_full_and_slots_and_estimates_none() {
    let mut plan = booked();
    plan.vehicles[0].customer = "<b>甲</b>".into();
    let pages = pages(&plan, Lang::Zh);
    assert!(page(&pages, "/texts.html").contains(PHONE));
    for name in ["/slots.html", "/estimates.html"] {
        let page = page(&pages, name);
        assert!(
            !page.contains(PHONE) && !page.contains("073100000000"),
            "{name}"
        );
        assert!(!page.contains("<b>甲"), "{name}");
        assert!(page.contains("&lt;b&gt;甲"), "{name}");
    }
    assert!(page(&pages, "/estimates.html").contains("073****0000"));
    assert!(page(&pages, "index.html").contains("texts.html"));
}

#[test]
fn before_the_calls_there_is_none_of_these_pages() {
    let pages = pages(&plan(), Lang::Zh);
    for name in ["texts.", "slots.", "estimates.", "changes/"] {
        assert!(!pages.iter().any(|page| page.path.contains(name)), "{name}");
    }
}

#[test]
fn the_slot_sheet_has_booked_and_offered_vehicles_and_the_waiting_list_below() {
    let mut plan = booked();
    // B-002 is only offered 10:00 on the 10th, where both bays are taken by the fleet.
    plan.vehicles[1].slot = String::new();
    plan.calls[1].slot_offered = "2026-12-10 10:30".into();
    plan.vehicles[0].items[0].hours = 1.5;
    let mut waits = plan.vehicles[1].clone();
    waits.booking = "B-004".into();
    waits.status = Status::Waitlist;
    plan.vehicles.push(waits);
    let days = super::slots::days(&plan, &plan.tours[0]);
    assert_eq!(days.len(), 2, "a visit of two days");
    assert_eq!((days[0].bays, days[0].booked, days[0].offered), (2, 2, 0));
    let (time, squares) = &days[0].rows[2];
    assert_eq!(
        (time.as_str(), squares.len()),
        ("10:30", 2),
        "an offer takes a bay of the point or none"
    );
    assert!(matches!(squares[0], super::slots::Square::GoesOn));
    assert!(matches!(squares[1], super::slots::Square::Begins(place, 2) if place.booked));
    let without = super::slots::without_slot(&plan, &plan.tours[0]);
    let without: Vec<&str> = without.iter().map(|one| one.one.booking.as_str()).collect();
    assert_eq!(without, ["B-002"]);
    // So is who never had a time; who is booked and finds no bay keeps a column.
    plan.calls[1].slot_offered = String::new();
    assert_eq!(super::slots::without_slot(&plan, &plan.tours[0]).len(), 1);
    let waiting = super::slots::waiting(&plan, &plan.tours[0]);
    assert_eq!(waiting[0].one.booking, "B-004");
    let pages = pages(&plan, Lang::Zh);
    let page = page(&pages, "/slots.html");
    assert!(!page.contains("无空工位") && page.contains("暂无时段") && page.contains("B-004"));
}

#[test]
fn an_estimate_sums_what_was_agreed_and_decides_nothing_about_warranty() {
    let mut plan = booked();
    plan.vehicles[0].buy_date = Date::new(2020, 1, 1);
    let mut campaign = plan.vehicles[0].items[0].clone();
    campaign.reason.rule = "campaign".into();
    let mut open = campaign.clone();
    open.agreed = false;
    open.item = "belt".into();
    plan.vehicles[0].items.extend([campaign, open]);
    with_set(&plan, Lang::Zh, |set, words| {
        let list = super::estimates(set, &plan.tours[0], words);
        assert_eq!(list.len(), 2, "a fleet is one estimate");
        let fleet = &list[0];
        assert_eq!(fleet.vehicles[0].one.vehicle, VIN);
        assert_eq!(fleet.vehicles[0].rows[0].cover, "", "six years old");
        assert_eq!(fleet.vehicles[0].apart[0].cover, "cover_campaign");
        assert_eq!(fleet.vehicles[0].look, ["belt"]);
        assert_eq!(fleet.vehicles[1].rows[0].cover, "cover_unknown");
        assert_eq!(fleet.sum(), Fen(2 * 43_200), "the campaign is in no sum");
        assert_eq!(fleet.told(), Some(Fen(2 * 43_200)));
        assert_eq!(fleet.vehicles[0].pieces[0].0, "机滤");
    });
    plan.vehicles[0].buy_date = Date::new(2024, 1, 1);
    plan.vehicles[2].items[0].reason.since_months = Some(5.0);
    let told = plan.vehicles[2].told.as_mut().expect("told");
    told.price = None;
    told.extra_hours = 1.5;
    told.extra_parts = vec![("0012".into(), 2)];
    plan.part_facts.get_mut("0012").expect("a part").price = Fen(1_250);
    with_set(&plan, Lang::Zh, |set, words| {
        let fleet = &super::estimates(set, &plan.tours[0], words)[0];
        assert_eq!(fleet.vehicles[0].rows[0].cover, "cover_age");
        assert_eq!(fleet.vehicles[1].apart[0].cover, "cover_first");
        assert_eq!(fleet.vehicles[1].rows[0].parts, Fen(2_500));
        assert!(fleet.is_open(), "the foreman's hours have no price yet");
        assert_eq!(fleet.told(), None, "one of two was told nothing");
    });
}

fn changed(change: Change, now: (&str, &str)) -> Plan {
    let mut plan = booked();
    let concerned = |at: usize, contact: &str, booked: bool, old: &str| Concerned {
        booking: plan.vehicles[at].booking.clone(),
        vehicle: plan.vehicles[at].vehicle.clone(),
        contact: contact.into(),
        booked,
        old_point: "P07".into(),
        old_slot: old.into(),
        new_point: now.0.into(),
        new_slot: if old.is_empty() {
            String::new()
        } else {
            now.1.into()
        },
    };
    let list = vec![
        concerned(1, "C0002", false, ""),
        concerned(0, "C0001", true, "2026-12-10 10:00"),
        concerned(2, "C0001", true, "2026-12-10 10:30"),
    ];
    plan.vehicles[1].sms_optout = true;
    plan.changes.push(TourChange {
        number: 1,
        tour: "T01".into(),
        on: day(9),
        reason: "<i>大雪</i>".into(),
        change,
        cost_before: Fen(27_000),
        cost_now: Fen(30_000),
        concerned: list,
    });
    plan
}

#[test]
fn a_change_notice_tells_everybody_concerned_booked_first() {
    let moved = Change::Moved {
        from: day(10),
        to: day(14),
    };
    let plan = changed(moved, ("P07", "2026-12-14 10:00"));
    with_set(&plan, Lang::Zh, |set, words| {
        let notice = &super::notices(set, words)[0];
        assert_eq!(notice.path, "changes/C01-T01");
        assert!(notice.what.contains("2026-12-10 周四") && notice.what.contains("2026-12-14 周一"));
        let booked: Vec<bool> = notice.lines.iter().map(|line| line.booked).collect();
        assert_eq!(booked, [true, false], "a fleet is one line");
        assert_eq!(notice.lines[0].vehicles.len(), 2);
        assert!(
            notice.lines[0]
                .text
                .contains("改到12月14日周一 10:00，大瑶汽修")
        );
        assert!(
            notice.lines[1].size.is_none(),
            "who wants no texts is called"
        );
        assert_eq!(notice.costs(), [Fen(27_000), Fen(30_000), Fen(3_000)]);
    });
    let pages = pages(&plan, Lang::Zh);
    let notice = page(&pages, "changes/C01-T01.html");
    assert!(notice.contains(PHONE) && notice.contains(LEADER_PHONE));
    assert!(notice.contains("&lt;i&gt;大雪") && !notice.contains("<i>大雪"));
    assert!(page(&pages, "index.html").contains("C01-T01.html"));
    assert!(pages.iter().any(|page| page.path == "changes/C01-T01.xlsx"));
}

#[test]
fn a_tour_suspended_promises_no_time_and_a_reason_stays_in_the_house() {
    let plan = changed(Change::Suspended { from: day(10) }, ("", ""));
    with_set(&plan, Lang::Zh, |set, words| {
        let notice = &super::notices(set, words)[0];
        let text = &notice.lines[0].text;
        assert!(
            text.contains("12月10日周四 10:00（大瑶汽修）暂停，新时间另行通知"),
            "{text}"
        );
        assert!(!text.contains("大雪"), "{text}");
        assert_eq!(notice.lines[0].vehicles[0][2], "—");
    });
    let cancelled = changed(Change::Cancelled { from: day(10) }, ("", ""));
    let english = pages(&cancelled, Lang::En);
    assert!(page(&english, "changes/C01-T01.html").contains("is cancelled"));
}

#[test]
fn a_hostile_name_is_text_in_every_workbook() {
    let pages = pages(&booked(), Lang::Zh);
    for name in ["/texts.xlsx", "/slots.xlsx", "/estimates.xlsx"] {
        let page = pages
            .iter()
            .find(|page| page.path.ends_with(name))
            .expect(name);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&page.bytes)).expect("a book");
        let read = |archive: &mut zip::ZipArchive<_>, part: &str| {
            let mut text = String::new();
            let mut file = archive.by_name(part).expect(part);
            std::io::Read::read_to_string(&mut file, &mut text).expect("text");
            text
        };
        let strings = read(&mut archive, "xl/sharedStrings.xml");
        assert!(strings.contains("=cmd|"), "{name}: {HOSTILE}");
        assert!(
            !read(&mut archive, "xl/worksheets/sheet1.xml").contains("<f>"),
            "{name}"
        );
    }
}

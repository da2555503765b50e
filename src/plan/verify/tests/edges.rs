//! The edges of the rules: what lies just within one is no fault. Just beyond: `beyond`.

use super::fixture::{Fixture, day};
use crate::domain::{DayKind, StockLine, Weekday};

/// What is right, though only just.
pub(super) struct Sound {
    pub(super) what: &'static str,
    pub(super) apply: fn(&mut Fixture),
}

const fn s(what: &'static str, apply: fn(&mut Fixture)) -> Sound {
    Sound { what, apply }
}

/// Answers of calls: `answer` is VA's outcome and booked slot.
pub(super) fn answered(f: &mut Fixture, answer: &str) {
    everywhere(f, "calls.csv", ",no\n", ",no,,\n");
    f.edit(
        "calls.csv",
        "callable,rest_day",
        "callable,rest_day,outcome,slot_booked",
    );
    f.edit(
        "calls.csv",
        "09:30,yes,no,,",
        &format!("09:30,yes,no,{answer}"),
    );
}

/// Nobody's calls lie outside their window but VC's, for this reason.
pub(super) fn late(f: &mut Fixture, why: &str) {
    everywhere(f, "calls.csv", ",no\n", ",no,\n");
    f.edit(
        "calls.csv",
        "callable,rest_day",
        "callable,rest_day,deviation",
    );
    f.edit("calls.csv", "10:00,yes,no,", &format!("10:00,yes,no,{why}"));
}

/// VC was not reached and stays on the day of that call, whatever became of the tour's days; with VD's deviation.
pub(super) fn called_in_vain(f: &mut Fixture, other: &str) {
    everywhere(f, "calls.csv", ",no\n", ",no,,\n");
    f.edit("calls.csv", "rest_day", "rest_day,outcome,deviation");
    f.edit(
        "calls.csv",
        "10:00,yes,no,,",
        "10:00,yes,no,not_reached,moved",
    );
    f.edit(
        "calls.csv",
        "09:00,yes,no,,",
        &format!("09:00,yes,no,,{other}"),
    );
}

/// A tours sheet was read in, before all that the journal tells.
pub(super) fn tours_by_hand(f: &mut Fixture) {
    let line = b"{\"on\":\"2026-11-10\",\"event\":\"read\",\"sheet\":\"tours\"}\n";
    let journal = f.written.files.entry("journal.jsonl".into()).or_default();
    journal.splice(0..0, *line);
}

/// Everybody makes one call a day.
pub(super) fn one_call_a_day(f: &mut Fixture) {
    for person in &mut f.crew {
        person.calls_per_day = person.calls_per_day.min(1);
    }
}

pub(super) fn everywhere(f: &mut Fixture, file: &str, from: &str, to: &str) {
    let bytes = f
        .written
        .files
        .get_mut(file)
        .expect("a file of the fixture");
    let text = String::from_utf8(bytes.clone()).expect("text");
    *bytes = text.replace(from, to).into_bytes();
}

/// The filter a peer sent to the tour's stop lies there since the day the plan was made.
pub(super) fn came_to_the_stop(f: &mut Fixture) {
    f.place();
    let line = r#"{"on":"2026-11-10","event":"received","stock":"s1","lines":[{"order":"2612-O002","counted":1,"damaged":0}]}"#;
    let journal = f.written.files.get_mut("journal.jsonl").expect("orders");
    journal.extend(format!("{line}\n").as_bytes());
    f.edit(
        "plan.json",
        "\"2026-12-02\",\"received\":0",
        "\"2026-12-02\",\"received\":1",
    );
    f.edit("orders.csv", "2026-12-02,0,0", "2026-12-02,1,0");
    f.edit(
        "sourcing.csv",
        "road,1,,2026-12-02,P3",
        "road,1,,2026-11-10,P3",
    );
}

/// VC lives `km` away and counts with `share`: so many hours of four.
pub(super) fn far(f: &mut Fixture, km: &str, share: &str, hours: &str) {
    f.edit("customers.csv", ",35.00,", &format!(",{km},"));
    f.edit("customers.csv", ",0.5000,", &format!(",{share},"));
    f.edit("visits.csv", "1,2.0000", &format!("1,{hours}"));
}

/// VC has so many hours at half a share: the visit expects so many.
pub(super) fn expects(f: &mut Fixture, hours: &str, expected: &str) {
    f.edit(
        "customers.csv",
        "oil:0.70,4.0000",
        &format!("oil:0.70,{hours}"),
    );
    f.edit("visits.csv", "1,2.0000", &format!("1,{expected}"));
}

/// Two filters lie there under an older number, and the tour takes them.
pub(super) fn older_number(f: &mut Fixture, on_hand: u32) {
    f.catalogue
        .parts
        .get_mut("filter")
        .expect("a part")
        .supersedes = "old-filter".into();
    f.supply.stock[0].reserved = 3;
    f.supply.stock.push(StockLine {
        part: "old-filter".into(),
        on_hand,
        reserved: 0,
        bin: String::new(),
        on_order: 0,
        eta: None,
    });
    f.edit(
        "sourcing.csv",
        "stock,,,2,,,depot,0.00,yes,,0,",
        "stock,,,2,,,depot,0.00,yes,superseded,0,old-filter",
    );
}

#[rustfmt::skip]
pub(super) const SOUND: &[Sound] = &[
    s("a day pinned and kept", |f| f.edit("problem.json", "\"pin\":\"must\"", "\"pin\":\"2026-12-08\"")),
    s("as many nights as allowed", |f| { f.settings.tour.max_nights = 2; f.edit("problem.json", "\"max_nights\":4", "\"max_nights\":2"); }),
    s("home for as long as asked", |f| { f.settings.tour.min_days_home = 4; f.edit("problem.json", "\"min_days_home\":1", "\"min_days_home\":4"); }),
    s("a day just worth setting up", |f| {
        f.settings.tour.min_service_hours = 5.75;
        f.edit("problem.json", "\"min_service_hours\":2.0", "\"min_service_hours\":5.75");
    }),
    s("as long at the wheel as allowed", |f| {
        f.settings.tour.max_drive_hours_per_day = 1.75;
        f.edit("problem.json", "\"max_drive_hours_per_day\":6.0", "\"max_drive_hours_per_day\":1.75");
    }),
    s("a holiday where rest days are allowed", |f| { f.calendar.mark(day("2026-12-09"), DayKind::Rest); f.settings.tour.rest_days_allowed = true; }),
    s("a technician missing, and the plan says so", |f| {
        f.edit("crew.csv", "T02,2026-12-15,小李,technician,elec|mech,2.25,no,no\n", "");
        f.edit("plan.json", "\"findings\":[", "\"findings\":[{\"code\":\"P005\",\"args\":{\"tour\":\"T02\"}},");
    }),

    s("called by somebody who makes fewer calls now", |f| {
        called_in_vain(f, "");
        f.edit("calls.csv", "09:30,yes,no,,", "09:30,yes,no,not_reached,");
        one_call_a_day(f);
    }),
    s("moved, and put on another day by hand since", |f| {
        tours_by_hand(f);
        f.change(r#"{"tour":"T02","what":"moved","to":"2026-12-16"}"#);
    }),
    s("called before the tour was planned for other days", |f| called_in_vain(f, "")),
    s("a visit filled to the minute", |f| expects(f, "19.5500", "9.7750")),
    s("hours that printing moved", |f| expects(f, "4.00", "2.0020")),
    s("a share that printing moved", |f| {
        f.edit("customers.csv", ",0.5000,", ",0.50,");
        f.edit("visits.csv", "1,2.0000", "1,2.0180");
    }),
    s("hours offered, printed shorter", |f| {
        f.edit("visits.csv", "23.8000", "23.80");
        f.edit("visits.csv", "9.7750", "9.78");
    }),
    s("a day of eight hours", |f| f.edit("crew.csv", "elec|mech,3.25", "elec|mech,8.00")),
    s("hours of driving and setting up, no more", |f| f.edit("crew.csv", "elec|mech,2.25", "elec|mech,1.50")),

    s("as far as a customer may live", |f| far(f, "40.00", "0.4353", "1.7412")),
    s("as far from the middle of the cell as one of its vehicles may be", |f| far(f, "25.00", "0.6598", "2.6392")),
    s("a share that printed km moved", |f| far(f, "35.00", "0.5001", "2.0004")),
    s("nobody counts beyond the full distance", |f| { f.settings.tour.attendance_half_km = 0.0; far(f, "35.00", "0.0000", "0.0000"); }),
    s("just at the full distance, and none comes from beyond it", |f| { (f.settings.tour.attendance_full_km, f.settings.tour.attendance_half_km) = (35.0, 0.0); far(f, "35.00", "0.0000", "0.0000"); }),
    s("who says yes comes from afar", |f| {
        everywhere(f, "calls.csv", ",no\n", ",no,,\n");
        f.edit("calls.csv", "callable,rest_day", "callable,rest_day,outcome,slot_booked");
        f.edit("calls.csv", "10:00,yes,no,,", "10:00,yes,no,coming,2026-12-10 10:00");
        far(f, "35.00", "1.0000", "4.0000");
    }),

    s("booked on the first day of his visit", |f| answered(f, "coming,2026-12-08 09:30")),
    s("booked on the last day of his visit", |f| answered(f, "coming,2026-12-09 09:30")),
    s("no number, and customers.csv says so", |f| {
        f.edit("calls.csv", "do_not_call", "no_phone");
        f.edit("customers.csv", "capacity,,1.0000", "capacity,phone,1.0000");
    }),
    s("called by the most urgent of his vehicles", |f| {
        f.edit("calls.csv", "小赵,1,2026-12-08", "小赵,5,2026-12-08");
        f.edit("calls.csv", "小赵,2,2026-12-08", "小赵,1,2026-12-08");
        f.edit("calls.csv", "C0002,2026-12-03", "C0002,2026-12-04");
    }),
    s("reminded on a rest day where there is no other", |f| f.calendar.mark(day("2026-12-07"), DayKind::Rest)),
    s("moved, and then another way because a point closed", |f| {
        f.change(r#"{"tour":"T02","what":"without_point","point":"P9"}"#);
        f.change(r#"{"tour":"T02","what":"moved","to":"2026-12-16"}"#);
    }),
    s("on a visit after his cancelled one", |f| {
        f.rest("cancelled", "T09", "VA");
        f.change(r#"{"tour":"T09","what":"cancelled","concerned":[{"vehicle":"VA"}]}"#);
    }),

    s("a van as full and as heavy as it may be", |f| { f.vans[0].volume_l = 8.0; f.vans[0].payload_kg = 4.0; }),
    s("a van whose room nobody knows", |f| f.vans[0].volume_l = 0.0),
    s("a whole pack for one piece", |f| {
        f.catalogue.parts.get_mut("belt").expect("a part").pack_qty = 2;
        f.edit("sourcing.csv", "cheapest,1", "cheapest,2");
    }),
    s("pieces of an older number", |f| older_number(f, 2)),
    s("there on the day of departure", |f| f.edit("sourcing.csv", "2026-11-20,2026-12-02", "2026-11-20,2026-12-08")),
    s("ordered today", |f| f.edit("sourcing.csv", "2026-11-20,2026-12-02", "2026-11-10,2026-12-02")),
    s("ordered on the supplier's day", |f| f.supply.suppliers[0].cutoff_weekday = Some(Weekday::Fri)),
    s("a peer reviews nothing", |f| {
        let part = f.catalogue.parts.get_mut("filter").expect("a part");
        (part.monitored, part.review_workdays) = (true, 10);
        f.edit("parts.csv", "4,4,3,2,1,1,0,0,no", "4,4,3,2,1,1,0,0,yes");
    }),
    s("what was sent to a stop lies there", came_to_the_stop),
    s("pieces that came home count beside the table", |f| {
        f.place();
        f.edit("plan.json", "\"out\":{}", "\"out\":{\"filter\":1}");
        f.edit("parts.csv", "4,4,3,2,2", "4,4,4,2,2");
    }),

    s("a point used as often as its host allows", |f| { f.points[0].max_days = Some(2); f.edit("problem.json", "\"max_days\":3", "\"max_days\":2"); }),
    s("a solution kept in plan.json", |f| {
        let bytes = f.written.files.remove("solution.json").expect("a file of the fixture");
        let solution = String::from_utf8(bytes).expect("text");
        f.edit("plan.json", "\"search\"", &format!("\"solution\":{solution},\"search\""));
    }),
    s("a cell served by nothing more", |f| f.edit("solution.json", "\"allocation\":[", "\"allocation\":[{\"cell\":0,\"tour\":0,\"stop\":0,\"x\":0.0},")),
    s("cells as large as the hours of their stops", |f| {
        f.edit("problem.json", "\"hours\":3.5", "\"hours\":23.8");
        f.edit("problem.json", "\"hours\":4.0", "\"hours\":19.55");
        f.edit("problem.json", "\"hours\":1.5,\"value\"", "\"hours\":11.05,\"value\"");
    }),
    s("a pair that costs", |f| {
        f.edit("problem.json", "\"share\":1.0,\"cost\":0.0", "\"share\":1.0,\"cost\":100.0");
        f.edit("solution.json", "1630.0", "1530.0");
        f.edit("plan.json", "1630.0", "1530.0");
    }),
    s("an objective known to a millionth and a fen", |f| f.edit("solution.json", "1630.0", "1630.011")),
    s("a bound that is reached", |f| f.edit("solution.json", "1700.0", "1630.0")),
    s("leaves on the first day it may", |f| f.edit("problem.json", "\"first_depart\":\"2026-12-01\"", "\"first_depart\":\"2026-12-08\"")),
    s("what problem.json may leave out", |f| {
        f.edit("problem.json", "2026-12-08\",\"work\":true", "2026-12-08\"");
        f.edit("problem.json", "\"visits_per_point\":1,", "");
        f.edit("problem.json", "\"share\":1.0,", "");
    }),
    s("hours with three decimals", |f| expects(f, "4.000", "2.0004")),
    s("hours with one decimal", |f| expects(f, "4.0", "2.0200")),
    s("a yard whose owner is marked as text", |f| {
        f.edit("customers.csv", "王五", "'=SUM(2)");
        f.points[2].customer = "=SUM(2)".into();
    }),
    s("a yard whose owner begins with a mark", |f| { f.edit("customers.csv", "王五", "'王"); f.points[2].customer = "'王".into(); }),

    s("a person lost to one tour and on another", |f| {
        f.edit("crew.csv", "T02,2026-12-15,小李,technician,elec|mech,2.25,no,no\n", "");
        f.edit("plan.json", "\"findings\":[", "\"findings\":[{\"code\":\"P005\",\"args\":{\"tour\":\"T02\"}},");
        f.change(r#"{"tour":"T02","what":"without_person","person":"小李"}"#);
    }),
    s("suspended, and then given a new day", |f| {
        f.change(r#"{"tour":"T02","what":"moved","to":"2026-12-15"}"#);
        f.change(r#"{"tour":"T02","what":"suspended"}"#);
    }),
    s("texted before he said that he wants no texts", |f| {
        f.place();
        f.edit("plan.json", "\"today\":\"2026-11-10\"", "\"today\":\"2026-12-08\"");
        f.edit("plan.json", "09:30\",\"sms_optout\":false", "09:30\",\"sms_optout\":true");
        f.edit("reminders.csv", "B-VA,T01,VA,2026-12-08,text,2026-12-08 09:30,departure,C0001,\n", "");
    }),

    s("a number where nobody reads", |f| { f.written.files.insert("tours/T01.bin".into(), b"13812345678".to_vec()); }),
    s("digits inside a longer code", |f| f.edit("index.html", "138****5678", "X13812345678 2")),
    s("digits with a letter behind them", |f| f.edit("index.html", "138****5678", "13812345678x")),
    s("digits behind a decimal point", |f| f.edit("index.html", "138****5678", ".13812345678")),
    s("digits with a slash between", |f| f.edit("index.html", "138****5678", "138/12345678")),
    s("a name that is hardly more than a page's own tag", |f| {
        f.points[0].name = "<b>1</b>".into();
        f.edit("index.html", "<p>", "<p><b>1</b>");
    }),
    s("a quotation mark that breaks nothing", |f| { f.points[0].name = "\"=1".into(); f.edit("index.html", "<p>", "<p>\"=1"); }),
    s("a picture inside the page, and a way out of it", |f| {
        f.edit("index.html", "<style>", "<link rel=\"icon\" href=\"data:,\"><style>");
        f.edit("index.html", "<p>", "<p><a href=\"https://example.org/\">x</a>");
    }),
];

#[test]
fn what_lies_just_within_a_rule_is_no_fault() {
    let told = SOUND.iter().filter_map(|Sound { what, apply }| {
        let mut fixture = Fixture::new();
        apply(&mut fixture);
        let codes = fixture.codes();
        (!codes.is_empty()).then(|| format!("{what}: {codes:?}"))
    });
    assert_eq!(told.collect::<Vec<_>>(), Vec::<String>::new());
}

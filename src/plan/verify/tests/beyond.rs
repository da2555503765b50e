//! The edges of the rules: what lies just beyond one is found. Just within: `edges`.

use super::edges::{
    answered, called_in_vain, came_to_the_stop, everywhere, expects, far, late, older_number,
    one_call_a_day, tours_by_hand,
};
use super::fixture::Fixture;
use super::mutations::{Mutation, m};

#[rustfmt::skip]
pub(super) const BEYOND: &[Mutation] = &[
    m("V201", "waits for an unknown visit", |f| f.edit("customers.csv", "waitlist,T01,T01-1", "waitlist,T01,T01-9")),
    m("V206", "nearer than near", |f| f.edit("customers.csv", ",35.00,", ",-1.00,")),
    m("V208", "a share that printed km cannot move so far", |f| far(f, "35.00", "0.5003", "2.0012")),
    m("V208", "says yes, and counts as if he had not", |f| {
        everywhere(f, "calls.csv", ",no\n", ",no,,\n");
        f.edit("calls.csv", "callable,rest_day", "callable,rest_day,outcome,slot_booked");
        f.edit("calls.csv", "10:00,yes,no,,", "10:00,yes,no,coming,2026-12-10 10:00");
    }),

    m("V304", "hours off by more than printing", |f| expects(f, "4.00", "2.0060")),
    m("V306", "setting up left out", |f| f.edit("crew.csv", "elec|mech,2.25", "elec|mech,1.40")),

    m("V401", "a visit twice", |f| f.edit("visits.csv", "T02-1,T02", "T01-2,T02")),
    m("V402", "a day between two stops, and home that much later", |f| {
        f.edit("visits.csv", "P2,2026-12-10,2026-12-10", "P2,2026-12-11,2026-12-11");
        f.edit("tours.csv", "2026-12-08,2026-12-10", "2026-12-08,2026-12-11");
    }),
    m("V402", "ends before it begins", |f| {
        f.edit("visits.csv", "P2,2026-12-10,2026-12-10", "P2,2026-12-10,2026-12-09");
        f.edit("tours.csv", "2026-12-08,2026-12-10", "2026-12-08,2026-12-09");
    }),
    m("V414", "twice in one tour, though two visits are allowed", |f| {
        f.settings.tour.visits_per_point = 2;
        f.edit("problem.json", "\"visits_per_point\":1", "\"visits_per_point\":2");
        f.edit("visits.csv", "T01,2,P2", "T01,2,P1");
    }),
    m("V423", "a leader who does no work counted", |f| f.crew[0].skills.clear()),

    m("V504", "a caller for nobody", |f| f.edit("calls.csv", "C0003,,,4", "C0003,,小赵,4")),
    m("V504", "a day for nobody", |f| f.edit("calls.csv", "C0003,,,4", "C0003,2026-12-04,,4")),
    m("V505", "a number there is called none", |f| f.edit("calls.csv", "do_not_call", "no_phone")),
    m("V517", "booked before his visit", |f| answered(f, "coming,2026-12-07 09:30")),
    m("V517", "booked after his visit", |f| answered(f, "coming,2026-12-10 09:30")),
    m("V517", "booked without a yes", |f| answered(f, "undecided,2026-12-08 09:30")),
    m("V517", "a yes without a booking", |f| answered(f, "coming,")),
    m("V531", "reminded of another tour", |f| f.edit("reminders.csv", "B-VA,T01,VA,2026-12-07", "B-VA,T02,VA,2026-12-07")),

    m("V605", "more of an older number than lies there", |f| older_number(f, 1)),
    m("V606", "counted in the table and in the book", |f| {
        f.place();
        f.edit("plan.json", "\"stock_sha256\":\"s1\"", "\"stock_sha256\":\"s2\"");
        f.files[0].1 = "s2".into();
    }),
    m("V606", "the same pieces for two tours", |f| {
        f.edit("sourcing.csv", "filter,T02,peer,dealer-b,road,1,2026-11-30,2026-12-02,P3,12.00,yes,sent_to_point,1,", "filter,T02,on_order,,,1,,2026-11-25,depot,0.00,yes,,0,");
    }),
    m("V607", "asked again for what a peer has sent", |f| {
        came_to_the_stop(f);
        let from = "filter,T01,on_order,,,1,,2026-11-25,depot,0.00,yes,";
        f.edit("sourcing.csv", from, "filter,T01,peer,dealer-b,road,1,2026-11-30,2026-12-02,depot,12.00,yes,cheapest");
        f.edit("parts.csv", "4,4,3,2,2,0,0,0,no", "4,4,3,2,1,1,0,0,no");
    }),
    m("V618", "a bag of a visit on another tour", |f| f.edit("kit.csv", "T01,T01-1,VA", "T02,T01-1,VA")),
    m("V618", "stock on a tour that is not", |f| f.edit("kit.csv", "T01,,,belt", "T09,,,belt")),

    m("V114", "a fate nobody knows", |f| f.edit("rejects.csv", "rejected,a.csv", "lost,a.csv")),
    m("V208", "counted though nobody comes from so far", |f| f.settings.tour.attendance_half_km = 0.0),
    m("V305", "a team of nine hours", |f| f.edit("problem.json", "\"hours_per_day\":8.0", "\"hours_per_day\":9.0")),
    m("V506", "a second text in place of the first", |f| f.edit("reminders.csv", "VA,2026-12-07,text,2026-12-08 09:30,first", "VA,2026-12-07,text,2026-12-08 09:30,second")),
    m("V506", "a text of no kind on no day for it", |f| f.edit("reminders.csv", "VA,2026-12-07,text,2026-12-08 09:30,first", "VA,2026-12-05,text,2026-12-08 09:30,")),
    m("V518", "late for a reason nobody knows", |f| {
        f.change(r#"{"tour":"T01","what":"moved","to":"2026-12-08"}"#);
        late(f, "later");
    }),
    m("V502", "one call made and one to make, of one a day", |f| {
        called_in_vain(f, "");
        one_call_a_day(f);
    }),
    m("V543", "moved since the tours sheet was read, and on the old day", |f| {
        f.change(r#"{"tour":"T02","what":"moved","to":"2026-12-16"}"#);
        tours_by_hand(f);
    }),
    m("V518", "late because somebody else was called", |f| called_in_vain(f, "moved")),
    m("V532", "another vehicle of somebody who wants no texts", |f| {
        f.edit("plan.json", "\"vehicles\":[", "\"vehicles\":[{\"vehicle\":\"VB\",\"tour\":\"T01\",\"slot\":\"2026-12-08 11:30\",\"sms_optout\":true},");
    }),
    m("V532", "texted on the day after he said so", |f| {
        f.edit("plan.json", "\"today\":\"2026-11-10\"", "\"today\":\"2026-12-07\"");
        f.edit("plan.json", "09:30\",\"sms_optout\":false", "09:30\",\"sms_optout\":true");
        f.edit("reminders.csv", "B-VA,T01,VA,2026-12-08,text,2026-12-08 09:30,departure,C0001,\n", "");
    }),
    m("V609", "too large by the size of its parts", |f| {
        f.catalogue.parts.get_mut("filter").expect("a part").volume_l = 3.0;
        f.vans[0].volume_l = 10.5;
    }),
    m("V801", "a phone with a count behind it", |f| f.edit("index.html", "138****5678", "13812345678 2")),
    m("V801", "a phone with a code behind it", |f| f.edit("index.html", "138****5678", "13812345678 2x")),
    m("V801", "a phone with a count before it", |f| f.edit("index.html", "138****5678", "2 13812345678")),
    m("V901", "a cell larger than two days at its stop", |f| f.edit("problem.json", "\"hours\":3.5", "\"hours\":23.9")),
    m("V901", "a cell larger than a last day", |f| f.edit("problem.json", "\"hours\":4.0", "\"hours\":19.65")),
    m("V901", "a cell larger than a single day", |f| f.edit("problem.json", "\"hours\":1.5,\"value\"", "\"hours\":11.1,\"value\"")),
    m("V902", "an objective made up in plan.json", |f| {
        let bytes = f.written.files.remove("solution.json").expect("a file of the fixture");
        let solution = String::from_utf8(bytes).expect("text").replace("1630.0", "1640.0");
        f.edit("plan.json", "\"search\"", &format!("\"solution\":{solution},\"search\""));
    }),
];

#[test]
fn what_lies_just_beyond_a_rule_is_found() {
    let missed = BEYOND.iter().filter_map(|Mutation { code, what, apply }| {
        let mut fixture = Fixture::new();
        apply(&mut fixture);
        let codes = fixture.codes();
        let found = codes.iter().any(|found| found == code);
        (!found).then(|| format!("{code} {what}: {codes:?}"))
    });
    assert_eq!(missed.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_fault_is_told_with_its_file_its_line_and_the_figures() {
    for (code, from, to) in [
        ("V801", "138****5678", "13812345678"),
        ("V802", "&lt;b&gt;张三&quot;&lt;/b&gt;", "<b>张三\"</b>"),
        ("V803", "<p>", "<p><iframe></iframe>"),
    ] {
        let mut fixture = Fixture::new();
        fixture.edit("index.html", from, to);
        let faults = fixture.faults();
        let fault = faults.iter().find(|fault| fault.code == code);
        let at = fault.map(|fault| (fault.at.file.as_str(), fault.at.line));
        assert_eq!(at, Some(("index.html", 4)), "{code}");
    }
    let mut fixture = Fixture::new();
    fixture.edit("visits.csv", "1,2.0000,9.7750", "1,9.7800,9.7750");
    let faults = fixture.faults();
    let fault = faults.iter().find(|fault| fault.code == "V301");
    let fault = fault.expect("more work than hours");
    assert_eq!((fault.at.file.as_str(), fault.at.line), ("visits.csv", 3));
    assert_eq!(
        (&fault.args["found"], &fault.args["wanted"]),
        (&"9.7800".into(), &"9.7750".into())
    );
}

#[test]
fn a_text_of_no_kind_is_judged_by_its_day() {
    let mut fixture = Fixture::new();
    everywhere(&mut fixture, "reminders.csv", ",first,", ",,");
    everywhere(&mut fixture, "reminders.csv", ",second,", ",,");
    assert!(!fixture.codes().contains(&"V506".to_owned()));
}

#[test]
fn a_tour_told_twice_is_found_on_both_lines() {
    let mut fixture = Fixture::new();
    let again = "T01,team-1,van-1,老王,2026-12-08,2026-12-10,140.00,2.75,33.575,2,4610.00";
    fixture.edit("tours.csv", "T02,team-1", &format!("{again}\nT02,team-1"));
    let faults = fixture.faults().into_iter();
    let told = faults.filter(|fault| fault.code == "V401" && fault.at.file == "tours.csv");
    assert_eq!(told.map(|fault| fault.at.line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn two_vans_may_be_out_at_once() {
    let mut fixture = Fixture::new();
    let days = "老王,2026-12-15,2026-12-15";
    let at_once = "T02,team-1,van-2,老王,2026-12-10,2026-12-15";
    fixture.edit("tours.csv", &format!("T02,team-1,van-1,{days}"), at_once);
    assert!(!fixture.codes().contains(&"V407".to_owned()));
}

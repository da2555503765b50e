//! A tour that was closed, for the rules about its end.

use super::fixture::Fixture;

const CLOSING: &str = r#""calls":[{"tour":"T01","callable":"yes","outcome":"coming"},{"tour":"T01","callable":"yes","outcome":"coming"},
{"tour":"T01","callable":"yes","outcome":"not_reached"}],
"closings":[{"tour":"T01","closed_on":"2026-12-11","outcomes":[
{"vehicle":"VA","booking":"B-VA","walk_in":false,"result":"done","used":[["filter",1]],"missing":[],"wrong":[],"hours":1.5,"settled":43200,"warranty":null},
{"vehicle":"VC","booking":"B-VC","walk_in":false,"result":"no_show","used":[],"missing":[],"wrong":[],"hours":null,"settled":null,"warranty":null},
{"vehicle":"VE","booking":"B-VE","walk_in":true,"result":"partly_done","used":[],"missing":[["filter",1]],"wrong":[],"hours":0.5,"settled":0,"warranty":null}],
"hand_overs":[{"booking":"B-VC","partner":"P2","agreed_on":"2026-12-12","parts":[["filter",1]]}],
"returns":[{"part":"belt","carried":1,"extra":0,"used":0,"handed_over":0,"back":1,"wrong":0,"held":0},
{"part":"filter","carried":3,"extra":0,"used":1,"handed_over":1,"back":1,"wrong":0,"held":0}],
"follow_ups":[{"booking":"B-VA","vehicle":"VA","satisfaction":4,"fault_again":false}]}],
"search""#;

const OUTCOMES: &str =
    "\u{feff}tour,vehicle,booking,booked,came,show_up,item,predicted_p,agreed,done
T01,VA,B-VA,yes,yes,0.8000,oil,1.0000,yes,yes
T01,VC,B-VC,yes,no,0.8000,oil,1.0000,yes,no
T01,VE,B-VE,no,yes,0.8000,oil,0.7000,no,no
";

const FIGURES: [(&str, &str); 15] = [
    ("reach", "0.6667"),
    ("booking_rate", "1.0000"),
    ("show_up", "0.5000"),
    ("no_show", "0.5000"),
    ("walk_ins", "1.0000"),
    ("served", "2.0000"),
    ("hours_used", "2.0000"),
    ("job_fill", "0.5000"),
    ("part_fill", "0.5000"),
    ("return_rate", "0.5000"),
    ("income", "432.0000"),
    ("income_walk_in", "0.0000"),
    ("warranty", "0.0000"),
    ("satisfaction", "4.0000"),
    ("fault_again", "0.0000"),
];

/// Closes the first tour: one came, one did not and was handed over, one walked in.
pub(super) fn closed(fixture: &mut Fixture) {
    for (vehicle, booking) in [
        ("VA", r#""booking":"B-VA","told":{"handover_consent":null}"#),
        ("VC", r#""booking":"B-VC","told":{"handover_consent":true}"#),
        ("VE", r#""booking":"B-VE","told":null"#),
    ] {
        let key = format!(r#"{{"vehicle":"{vehicle}","#);
        fixture.edit("plan.json", &key, &format!("{key}{booking},"));
    }
    fixture.edit("plan.json", "\"search\"", CLOSING);
    let mut figures = "\u{feff}key,tour,value,formula,numerator,denominator,note\n".to_owned();
    for tour in ["T01", ""] {
        for (key, value) in FIGURES {
            figures += &[key, tour, value, "a ÷ b,,,\n"].join(",");
        }
    }
    let files = &mut fixture.written.files;
    files.insert("kpis.csv".into(), figures.into_bytes());
    files.insert("outcomes.csv".into(), OUTCOMES.as_bytes().to_vec());
    let page = "<html><body><p>B-VC</p></body></html>\n";
    let path = "tours/T01-宁乡/hand-overs.html";
    files.insert(path.into(), page.as_bytes().to_vec());
}

#[test]
fn a_tour_closed_as_its_sheets_say_has_no_fault() {
    let mut fixture = Fixture::new();
    closed(&mut fixture);
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn consent_on_a_job_sheet_is_consent_and_a_later_no_takes_it_back() {
    let page = "<html><body><p>B-VA</p></body></html>\n";
    let said = |yes: bool| {
        format!(
            r#"{{"reports":[{{"on":"2026-12-09","line":{{"booking":"B-VA","on":"2026-12-09","handover_consent":{yes}}}}},
            {{"on":"2026-12-09","line":{{"booking":"B-VA","on":"2026-12-08","handover_consent":true}}}}]}}"#
        )
    };
    for (yes, wanted) in [(true, vec![]), (false, vec!["V953".to_owned()])] {
        let mut fixture = Fixture::new();
        closed(&mut fixture);
        let files = &mut fixture.written.files;
        files.insert("tours/T01-宁乡/hand-overs.html".into(), page.into());
        files.insert("private/filled.json".into(), said(yes).into_bytes());
        assert_eq!(fixture.codes(), wanted);
    }
}

/// A figure of kpis.csv, for the tour and for the month.
fn figure_now(fixture: &mut Fixture, key: &str, from: &str, to: &str) {
    for tour in ["T01", ""] {
        let at = format!("{key},{tour},");
        fixture.edit("kpis.csv", &format!("{at}{from}"), &format!("{at}{to}"));
    }
}

/// A sheet more is missing, and a second one walked in who needed no parts.
fn one_silent_and_two_walked_in(fixture: &mut Fixture) {
    closed(fixture);
    fixture.edit(
        "plan.json",
        "\"vehicles\":[",
        r#""vehicles":[{"vehicle":"VB","booking":"B-VB","told":null,"tour":"T01","slot":"2026-12-08 11:30","sms_optout":false},"#,
    );
    fixture.edit(
        "plan.json",
        "\"outcomes\":[",
        r#""outcomes":[{"vehicle":"VB","booking":"B-VB","walk_in":false,"result":"not_reported","used":[],"missing":[],"wrong":[],"hours":null,"settled":null,"warranty":null},
        {"vehicle":"VD","booking":"B-VD","walk_in":true,"result":"done","used":[],"missing":[],"wrong":[],"hours":1.0,"settled":10000,"warranty":null},"#,
    );
    fixture.edit(
        "plan.json",
        "\"calls\":[",
        r#""calls":[{"tour":"T02","callable":"yes","outcome":"not_reached"},"#,
    );
    let reminder = "B-VB,T01,VB,2026-12-07,text,2026-12-08 11:30,first,C0001,\n";
    fixture.edit(
        "reminders.csv",
        "B-VA,T01,VA,2026-12-07",
        &format!("{reminder}B-VA,T01,VA,2026-12-07"),
    );
    let rows =
        "T01,VB,B-VB,yes,,0.8000,oil,1.0000,yes,no\nT01,VD,B-VD,no,yes,0.8000,oil,0.7000,no,yes\n";
    fixture.edit("outcomes.csv", "T01,VA,", &format!("{rows}T01,VA,"));
    for (key, from, to) in [
        ("booking_rate", "1.0000", "1.5000"),
        ("walk_ins", "1.0000", "2.0000"),
        ("served", "2.0000", "3.0000"),
        ("hours_used", "2.0000", "3.0000"),
        ("income_walk_in", "0.0000", "100.0000"),
    ] {
        figure_now(fixture, key, from, to);
    }
}

#[test]
fn who_is_silent_counts_in_no_rate_and_who_needed_no_part_in_no_fill() {
    let mut fixture = Fixture::new();
    one_silent_and_two_walked_in(&mut fixture);
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn a_figure_nobody_answered_for_is_withheld_and_says_why() {
    for (why, wanted) in [("nobody answered", vec![]), ("", vec!["V954".to_owned()])] {
        let mut fixture = Fixture::new();
        closed(&mut fixture);
        fixture.edit("plan.json", "\"satisfaction\":4,", "");
        let withheld = format!(",a ÷ b,,,{why}");
        figure_now(&mut fixture, "satisfaction", "4.0000,a ÷ b,,,", &withheld);
        assert_eq!(fixture.codes(), wanted, "{why}");
    }
}

#[test]
fn pieces_that_came_to_the_tour_on_the_way_come_back_too() {
    let balance = |back: u32, wrong: u32| {
        let mut fixture = Fixture::new();
        closed(&mut fixture);
        let from = r#""part":"belt","carried":1,"extra":0,"used":0,"handed_over":0,"back":1,"wrong":0,"held":0"#;
        let to = format!(
            r#""part":"belt","carried":1,"extra":1,"used":0,"handed_over":0,"back":{back},"wrong":{wrong},"held":2"#
        );
        fixture.edit("plan.json", from, &to);
        figure_now(&mut fixture, "return_rate", "0.5000", "0.7500");
        fixture.codes()
    };
    assert_eq!(balance(2, 2), Vec::<String>::new());
    assert!(balance(2, 3).contains(&"V950".to_owned()), "wrong");
    assert!(balance(1, 0).contains(&"V950".to_owned()), "lost");
}

#[test]
fn a_tour_still_open_owes_no_outcomes() {
    let mut fixture = Fixture::new();
    closed(&mut fixture);
    fixture.edit(
        "plan.json",
        "\"closed_on\":\"2026-12-11\"",
        "\"closed_on\":null",
    );
    fixture.written.files.remove("outcomes.csv");
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn a_partner_named_needs_consent_even_before_his_page_is_written() {
    for (partner, wanted) in [("P2", vec!["V953".to_owned()]), ("", vec![])] {
        let mut fixture = Fixture::new();
        closed(&mut fixture);
        fixture
            .written
            .files
            .remove("tours/T01-宁乡/hand-overs.html");
        fixture.edit(
            "plan.json",
            "\"handover_consent\":true",
            "\"handover_consent\":null",
        );
        fixture.edit(
            "plan.json",
            "\"partner\":\"P2\"",
            &format!("\"partner\":\"{partner}\""),
        );
        assert_eq!(fixture.codes(), wanted, "{partner}");
    }
}

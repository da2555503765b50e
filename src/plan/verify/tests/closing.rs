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

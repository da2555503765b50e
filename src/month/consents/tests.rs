//! What is kept, what is read back, and what follows for the population.

use super::*;
use crate::domain::FilledAt;

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

fn word(vehicle: &str, about: About, value: bool, date: &str) -> Consent {
    Consent {
        vehicle: vehicle.into(),
        about,
        value,
        date: day(date),
        source: "T01.xlsx:7".into(),
        month: "2026-12".into(),
    }
}

fn vehicle(id: &str, phone: &str) -> Vehicle {
    Vehicle {
        id: id.into(),
        phones: [phone.into()].into(),
        ..Vehicle::default()
    }
}

#[test]
fn what_callers_wrote_is_kept_with_day_and_source_and_read_back() {
    let answer = Answer {
        do_not_call: Some(true),
        handover_consent: Some(false),
        called_on: Some(day("2026-11-28")),
        at: FilledAt {
            file: "=T01.xlsx".into(),
            sheet: String::new(),
            line: 7,
        },
        ..Answer::default()
    };
    let answers = BTreeMap::from([
        ("B-1".to_owned(), answer),
        (
            "B-2".to_owned(),
            Answer {
                sms_optout: Some(true),
                ..Answer::default()
            },
        ),
        (
            "B-9".to_owned(),
            Answer {
                sms_optout: Some(true),
                ..Answer::default()
            },
        ),
    ]);
    let vehicle_of = |booking: &str| (booking != "B-9").then(|| format!("V{booking}"));
    let words = from_answers(&answers, &vehicle_of, "2026-12", day("2026-11-30"));
    let seen: Vec<_> = words
        .iter()
        .map(|w| (&*w.vehicle, w.about, w.value, w.date))
        .collect();
    assert_eq!(
        seen,
        [
            ("VB-1", About::DoNotCall, true, day("2026-11-28")),
            ("VB-1", About::HandoverConsent, false, day("2026-11-28")),
            ("VB-2", About::SmsOptout, true, day("2026-11-30")),
        ]
    );
    let bytes = added(None, &words).expect("new");
    assert_eq!(read(&bytes), (words.clone(), vec![]));
    assert_eq!(
        added(Some(&bytes), &words),
        None,
        "read again says nothing new"
    );
}

#[test]
fn what_stands_in_the_file_stays_and_columns_may_have_been_moved() {
    let kept = "日期,车辆,备注,事项,结果,来源\r\n2026/10/1,va,x,拒绝联系,是,a:1\r\nsoon,VB,,sms_optout,yes,\r\n";
    let (words, findings) = read(kept.as_bytes());
    assert_eq!(
        (words.len(), &*words[0].vehicle, words[0].value),
        (1, "VA", true)
    );
    assert_eq!((&*findings[0].code, findings[0].at.line), ("M090", 3));
    let new = word("VC", About::SmsOptout, true, "2026-11-28");
    let bytes = added(Some(kept.as_bytes()), std::slice::from_ref(&new)).expect("new");
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(
        text.strip_prefix('\u{feff}')
            .expect("a BOM")
            .starts_with(kept)
    );
    let (again, _) = read(&bytes);
    assert_eq!(
        (again.len(), &*again[1].vehicle, again[1].date),
        (2, "VC", new.date)
    );
}

#[test]
fn a_file_saved_by_a_chinese_excel_is_read() {
    let (bytes, ..) =
        encoding_rs::GB18030.encode("车辆,事项,结果,日期\r\nVA,短信退订,是,2026-10-01\r\n");
    let (words, findings) = read(&bytes);
    assert_eq!((words.len(), findings.len()), (1, 0));
    assert_eq!(words[0].about, About::SmsOptout);
}

#[test]
fn a_refusal_about_one_vehicle_takes_every_vehicle_of_the_contact_off_the_lists() {
    let mut fleet = [vehicle("VA", "1"), vehicle("VB", "1"), vehicle("VC", "2")];
    let words = [
        word("VA", About::DoNotCall, true, "2026-11-28"),
        word("VB", About::DoNotCall, false, "2026-11-28"),
        word("VA", About::HandoverConsent, true, "2026-11-28"),
    ];
    apply(&words, &mut fleet);
    assert_eq!(fleet.each_ref().map(|v| v.do_not_call), [true, true, false]);
    assert_eq!(
        fleet.each_ref().map(|v| v.handover_consent),
        [Some(true), None, None]
    );
    let no = word("VB", About::HandoverConsent, false, "2026-11-29");
    apply(&[words[2].clone(), no], &mut fleet);
    assert_eq!(fleet[0].handover_consent, Some(false), "refused for all");
}

#[test]
fn the_newest_word_wins_over_the_column_unless_the_column_refuses_later() {
    let mut one = [vehicle("VA", "1")];
    one[0].sms_optout = true;
    let words = [
        word("VA", About::SmsOptout, true, "2026-10-01"),
        word("VA", About::SmsOptout, false, "2026-11-01"),
    ];
    apply(&words, &mut one);
    assert!(!one[0].sms_optout);
    one[0].sms_optout = true;
    one[0].as_of = Some(day("2026-11-02"));
    apply(&words, &mut one);
    assert!(one[0].sms_optout, "refused again since");
}

#[test]
fn a_correction_on_the_same_day_counts() {
    let slip = word("VA", About::DoNotCall, true, "2026-11-28");
    let right = word("VA", About::DoNotCall, false, "2026-11-28");
    let bytes = added(None, std::slice::from_ref(&slip)).expect("new");
    let bytes = added(Some(&bytes), std::slice::from_ref(&right)).expect("new");
    let (words, _) = read(&bytes);
    assert!(!newest(&words)[&("VA", About::DoNotCall)].value);
}

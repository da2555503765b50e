use super::*;
use crate::domain::Date;
use crate::solve::wear::Observed;

/// Code and column of every finding of a refused file of lives.
fn refused(text: &str) -> Vec<(String, u32)> {
    let failure = read_lives(text.as_bytes(), "lives.csv").expect_err("refused");
    assert_eq!(failure.kind.exit_status(), 3);
    let found = failure.findings.into_iter();
    found.map(|one| (one.code, one.at.line)).collect()
}

#[test]
fn reads_every_kind_of_life_under_either_language() {
    let text = "time,status,count,entry,lower,upper\n7,1,2,3,,\n8,0,,,,\n,2,1,,,1.5\n,3,4,1,2,3\n5e-3,1.0,1,0,,\n";
    let lives = read_lives(text.as_bytes(), "lives.csv").expect("lives");
    let what: Vec<(Observed, f64, u64)> = lives
        .iter()
        .map(|life| (life.what(), life.entry(), life.count()))
        .collect();
    let expected = [
        (Observed::Failed(7.0), 3.0, 2),
        (Observed::Good(8.0), 0.0, 1),
        (
            Observed::Between {
                lower: 0.0,
                upper: 1.5,
            },
            0.0,
            1,
        ),
        (
            Observed::Between {
                lower: 2.0,
                upper: 3.0,
            },
            1.0,
            4,
        ),
        (Observed::Failed(0.005), 0.0, 1),
    ];
    assert_eq!(what, expected);
    let chinese = "时间;状态;数量\r\n7;1;2\r\n8;0;1\r\n";
    let lives = read_lives(chinese.as_bytes(), "寿命.csv").expect("lives");
    assert_eq!(lives.len(), 2);
}

#[test]
fn every_row_that_is_no_life_is_named_with_its_line() {
    let text = "time,status,count,entry,lower,upper\nabc,1,1,,,\n-5,0,1,,,\n3,7,1,,,\n,1,1,,,\n,3,1,,5,5\n4,1,1,4,,\n0,1,1,,,\n4,1,2.5,,,\n1e400,0,1,,,\n9,1,1,,,\n";
    let codes = [
        "D401", "D401", "D402", "D403", "D404", "D405", "D406", "D407", "D401",
    ];
    let expected: Vec<(String, u32)> = codes.map(str::to_owned).into_iter().zip(2..).collect();
    assert_eq!(refused(text), expected);
}

#[test]
fn what_is_no_table_of_lives_is_refused_with_a_code() {
    for (text, code) in [
        ("", "D003"),
        ("x,y\n1,2\n", "D003"),
        ("time,count\n1,2\n", "D002"),
        ("time,status\n5,1\n1,1,9,9\n", "D202"),
        ("time,status\n\"1,1\n", "D203"),
    ] {
        let found = refused(text);
        assert_eq!(found[0].0, code, "{text:?}: {found:?}");
    }
}

#[test]
fn readings_are_kept_by_vehicle_and_what_is_none_is_kept_too() {
    let text = "vehicle,date,odometer_km,class,buy_date\nB,2026-03-01,9000,van,\nA,2026-01-05,100,,2025-12-01\nB,2026-01-01,5000,car,\nB,never,7000,,\nA,2026-02-01,many,,\nC,2026-01-01,,van,\n,2026-01-01,5,,\n";
    let read = read_readings(text.as_bytes(), "readings.csv").expect("readings");
    let day = |text: &str| Date::parse_iso(text).expect("a day");
    let b = &read.vehicles["B"];
    assert_eq!(
        b.readings,
        [(day("2026-01-01"), 5000.0), (day("2026-03-01"), 9000.0)]
    );
    assert_eq!(
        (b.class.as_str(), b.bad.len(), b.bad[0].line),
        ("van", 1, 5)
    );
    let a = &read.vehicles["A"];
    assert_eq!(
        (a.bought, a.bad[0].odometer_km.as_str()),
        (Some(day("2025-12-01")), "many")
    );
    assert_eq!(read.vehicles["C"].days_only, [day("2026-01-01")]);
    let codes: Vec<&str> = read.findings.iter().map(|one| one.code.as_str()).collect();
    assert!(
        codes.contains(&"D118"),
        "a row without a vehicle is said: {codes:?}"
    );
}

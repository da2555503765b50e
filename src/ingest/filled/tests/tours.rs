use super::{codes, told};
use crate::domain::{Date, TourWish};
use crate::ingest::filled::{ReadBack, read_tours};

fn read(text: &str) -> ReadBack<TourWish> {
    read_tours(text.as_bytes(), "tours.csv", &codes()).expect("a tours sheet")
}

fn stop(point: &str, days: Option<u32>) -> (String, Option<u32>) {
    (point.to_owned(), days)
}

#[test]
fn rows_are_put_together_into_tours_by_their_stop_numbers() {
    let read = read(
        "巡回,班组,出发,站次,服务地点,天数,地点名称\nT01,team-1,2026-12-10,2,P08,1,示例货场\nT02,,,1,大瑶汽修,,\nT01,team-1,2026-12-10,1,p07,2天,大瑶汽修\n",
    );
    assert_eq!(told(&read.findings), Vec::<&str>::new());
    let [first, second] = &read.lines[..] else {
        panic!("two tours")
    };
    assert_eq!(
        (first.tour.as_str(), first.team.as_str()),
        ("T01", "team-1")
    );
    assert_eq!(first.depart, Date::new(2026, 12, 10));
    assert_eq!(first.stops, [stop("P07", Some(2)), stop("P08", Some(1))]);
    assert_eq!((second.depart, second.team.as_str()), (None, ""));
    assert_eq!(second.stops, [stop("P07", None)]);
}

#[test]
fn new_tours_and_merged_cells_are_understood() {
    let read = read(
        "巡回,班组,出发,站次,服务地点,天数\nT01,team-1,12月10日,,P07,\n,,,,P08,1\n,team-2,12月15日,,P07,\n新A,,,1,P08,\n新A,,,2,P07,\n",
    );
    assert_eq!(told(&read.findings), Vec::<&str>::new());
    let seen: Vec<(&str, usize)> = read
        .lines
        .iter()
        .map(|wish| (wish.tour.as_str(), wish.stops.len()))
        .collect();
    assert_eq!(seen, [("T01", 2), ("", 1), ("", 2)]);
}

#[test]
fn what_the_plan_does_not_know_is_set_aside_and_rows_that_disagree_are_told() {
    let read = read(
        "巡回,班组,出发,站次,服务地点,天数\nT01,team-1,12-10,1,P07,2\nT01,team-2,12-11,1,P08,1\nT09,,,1,P07,\nT02,,,1,P99,\nT02,team-9,,1,P07,\nT02,,,2,P07,0\nT02,,随便,2,P07,1\n",
    );
    let codes = told(&read.findings);
    assert_eq!(read.set_aside, 5);
    for code in ["M058", "M059", "M049", "M043"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    assert_eq!(codes.iter().filter(|code| **code == "M059").count(), 3);
    assert_eq!(read.lines[0].depart, Date::new(2026, 12, 10));
}

#[test]
fn a_sheet_without_points_is_refused() {
    let failure =
        read_tours("巡回,天数\nT01,2\n".as_bytes(), "t.csv", &codes()).expect_err("refused");
    assert_eq!(failure.findings[0].code, "M040");
    assert!(failure.findings[0].args["aliases"].contains("服务地点"));
}

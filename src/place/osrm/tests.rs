//! Recorded answers of a real server (tests/recorded/osrm), and answers no server should give.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::Duration;

use super::*;
use crate::findings::Finding;

macro_rules! recorded {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/recorded/osrm/", $name)).as_slice()
    };
}

const TWO_ISLANDS: &[u8] = recorded!("two-islands.json");
const SNAPPED_FAR: &[u8] = recorded!("snapped-far.json");

/// Plays replies in their order; the last one for ever.
struct Played {
    replies: RefCell<VecDeque<Result<Reply, NoReply>>>,
    asked: RefCell<Vec<String>>,
}

impl Server for Played {
    fn get(&self, path: &str) -> Result<Reply, NoReply> {
        self.asked.borrow_mut().push(path.to_owned());
        let mut replies = self.replies.borrow_mut();
        let next = replies.front().cloned().expect("a reply to play");
        if replies.len() > 1 {
            replies.pop_front();
        }
        next
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a reply to play, beside those that never come"
)]
fn says(status: u16, body: &[u8]) -> Result<Reply, NoReply> {
    Ok(Reply {
        status,
        body: body.to_vec(),
    })
}

fn gone() -> Result<Reply, NoReply> {
    Err(NoReply::Gone("Connection refused".into()))
}

/// What came of asking.
struct Asked {
    roads: Roads,
    findings: Vec<Finding>,
    paths: Vec<String>,
    waited: Duration,
}

impl Asked {
    fn codes(&self) -> Vec<&str> {
        let codes = self.findings.iter().map(|finding| finding.code.as_str());
        codes.collect()
    }
}

fn ask(wanted: &Wanted, size: usize, replies: Vec<Result<Reply, NoReply>>) -> Asked {
    let server = Played {
        replies: RefCell::new(replies.into()),
        asked: RefCell::default(),
    };
    let waited = Cell::new(Duration::ZERO);
    let mut roads = Roads::default();
    let asking = Asking {
        server: &server,
        url: "http://roads.example",
        profile: "driving",
        max_table_size: size,
        tries: 3,
        wait: &|pause| waited.set(waited.get() + pause),
        progress: &|done, of| assert!(done < of),
    };
    let findings = asking.ask(wanted, &mut roads);
    Asked {
        roads,
        findings,
        paths: server.asked.into_inner(),
        waited: waited.get(),
    }
}

fn spot(lon: f64, lat: f64) -> Spot {
    Spot::of(LonLat { lon, lat })
}

/// The places of two-islands.json: two on the first island, one on the second.
fn islands() -> [Spot; 3] {
    [spot(112.01, 28.01), spot(112.1, 28.1), spot(113.05, 28.05)]
}

fn all_pairs(spots: &[Spot]) -> Wanted {
    let pairs = spots.iter().flat_map(|from| {
        let others = spots.iter().filter(move |to| *to != from);
        others.map(move |to| (*from, *to))
    });
    pairs.collect()
}

#[test]
fn reads_a_recorded_table_there_and_back_not_equal_and_without_a_road() {
    let places = islands();
    let asked = ask(&all_pairs(&places), 100, vec![says(200, TWO_ISLANDS)]);
    assert_eq!(asked.codes(), Vec::<&str>::new());
    let [a, b, over_the_water] = places;
    let road = |seconds| {
        Drive::Road(Road {
            metres: 18_624,
            seconds,
        })
    };
    assert_eq!(asked.roads.drive(a, b, 2000), road(1465));
    assert_eq!(asked.roads.drive(b, a, 2000), road(1473));
    assert_eq!(asked.roads.drive(a, over_the_water, 2000), Drive::NoRoad);
    assert_eq!(
        asked.paths,
        [
            "/table/v1/driving/112.01000,28.01000;112.10000,28.10000;113.05000,28.05000\
          ?annotations=duration,distance&generate_hints=false&sources=0;1;2&destinations=0;1;2"
        ]
    );
}

#[test]
fn nothing_is_asked_that_is_known() {
    let wanted = all_pairs(&islands());
    let mut asked = ask(&wanted, 100, vec![says(200, TWO_ISLANDS)]);
    assert_eq!(asked.roads.missing(&wanted), Wanted::new());
    let [a, b, _] = islands();
    asked.roads.drives.remove(&(a, b));
    assert_eq!(asked.roads.missing(&wanted), Wanted::from([(a, b)]));
    assert_eq!(asked.roads.missing(&Wanted::from([(a, a)])), Wanted::new());
}

#[test]
fn a_place_the_server_put_on_a_road_far_away_is_not_measured() {
    let [a, b, _] = islands();
    let far = spot(113.5, 28.05);
    let asked = ask(&all_pairs(&[a, b, far]), 100, vec![says(200, SNAPPED_FAR)]);
    let off = Drive::Off(far, Some(35_402));
    assert_eq!(asked.roads.drive(a, far, 2000), off);
    assert_eq!(asked.roads.drive(far, b, 2000), off);
    assert_eq!(asked.roads.drive(a, far, 40_000), Drive::NoRoad);
    // 197 m are enough for the first place, when so little is allowed.
    assert_eq!(asked.roads.drive(a, b, 100), Drive::Off(a, Some(197)));
}

#[test]
fn a_place_without_any_road_near_is_left_out_and_the_rest_asked_again() {
    let [a, b, _] = islands();
    let lost = spot(114.0, 28.1);
    let replies = vec![
        says(400, recorded!("no-segment.json")),
        says(
            200,
            br#"{"code":"Ok","durations":[[0,1465],[1472,0]],"distances":[[0,18623],[18623,0]]}"#,
        ),
    ];
    let asked = ask(&all_pairs(&[a, b, lost]), 100, replies);
    assert_eq!(asked.codes(), Vec::<&str>::new());
    assert_eq!(asked.roads.drive(a, lost, 2000), Drive::Off(lost, None));
    assert!(matches!(asked.roads.drive(a, b, 2000), Drive::Road(_)));
    assert!(!asked.paths[1].contains("114.00000"));
}

#[test]
fn a_server_with_a_lower_limit_is_asked_in_smaller_requests_and_that_is_said() {
    let row: Vec<Spot> = (0..9)
        .map(|i| spot(112.0 + f64::from(i) / 100.0, 28.0))
        .collect();
    let too_big = || says(400, recorded!("too-big.json"));
    let asked = ask(&all_pairs(&row), 100, vec![too_big()]);
    let places = |path: &String| {
        path.split('?')
            .next()
            .unwrap_or_default()
            .matches(',')
            .count()
    };
    let sizes: Vec<usize> = asked.paths.iter().map(places).collect();
    assert_eq!(sizes, [9, 4]);
    assert_eq!(asked.codes(), ["R006", "R002"]);
    assert_eq!(asked.findings[0].args["size"], "4");
}

#[test]
fn a_server_that_is_not_there_is_tried_three_times_and_then_left_alone() {
    let row: Vec<Spot> = (0..50)
        .map(|i| spot(112.0 + f64::from(i) / 100.0, 28.0))
        .collect();
    let asked = ask(&all_pairs(&row), 10, vec![gone()]);
    assert_eq!(asked.codes(), ["R001"]);
    assert_eq!(asked.paths.len(), 3);
    assert_eq!(asked.waited, Duration::from_millis(1500));
    assert_eq!(asked.findings[0].args["drives"], "2450");
    assert_eq!(asked.findings[0].args["message"], "Connection refused");
}

#[test]
fn a_server_that_comes_back_is_worth_the_wait() {
    let places = islands();
    let cut = &TWO_ISLANDS[..TWO_ISLANDS.len() / 2];
    for first in [
        gone(),
        says(503, b"busy"),
        says(429, b""),
        says(200, cut),
        says(200, b""),
    ] {
        let asked = ask(
            &all_pairs(&places),
            100,
            vec![first, says(200, TWO_ISLANDS)],
        );
        assert_eq!((asked.codes(), asked.paths.len()), (Vec::new(), 2));
    }
}

#[test]
fn what_was_answered_before_the_server_went_is_kept() {
    let [a, b, c] = islands();
    let table = br#"{"code":"Ok","durations":[[1465]],"distances":[[18623]]}"#;
    let asked = ask(
        &Wanted::from([(a, b), (c, a)]),
        2,
        vec![says(200, table), gone()],
    );
    assert_eq!(asked.codes(), ["R001"]);
    assert_eq!(asked.findings[0].args["drives"], "1");
    let known = [asked.roads.drive(a, b, 0), asked.roads.drive(c, a, 0)];
    assert_eq!(
        known
            .iter()
            .filter(|drive| **drive == Drive::Unknown)
            .count(),
        1
    );
}

#[test]
fn answers_that_are_no_table_of_what_was_asked_are_not_believed() {
    let [a, b, _] = islands();
    let wanted = Wanted::from([(a, b)]);
    let bodies: [(&str, &[u8]); 12] = [
        (
            "R003",
            b"<!DOCTYPE html><html><body>Welcome to nginx!</body></html>",
        ),
        ("R003", b"[]"),
        ("R003", b"{\"hello\":1}"),
        ("R003", b"{\"code\":\"Ok\"}"),
        ("R003", b"{\"code\":\"Ok\",\"durations\":[[1]]}"),
        (
            "R003",
            b"{\"code\":\"Ok\",\"durations\":[],\"distances\":[]}",
        ),
        (
            "R003",
            b"{\"code\":\"Ok\",\"durations\":[[1,2]],\"distances\":[[1,2]]}",
        ),
        (
            "R003",
            b"{\"code\":\"Ok\",\"durations\":[[-5]],\"distances\":[[1]]}",
        ),
        (
            "R003",
            b"{\"code\":\"Ok\",\"durations\":[[1e300]],\"distances\":[[1]]}",
        ),
        (
            "R003",
            b"{\"code\":\"Ok\",\"durations\":[[\"1\"]],\"distances\":[[1]]}",
        ),
        ("R003", b"\xff\xfe\x00garbage"),
        ("R002", b"{\"code\":\"Weird\",\"message\":\"no\\nway\"}"),
    ];
    for (code, body) in bodies {
        let asked = ask(&wanted, 100, vec![says(200, body)]);
        let text = String::from_utf8_lossy(body);
        assert_eq!(asked.codes(), [code], "{text}");
        assert_eq!(
            (asked.paths.len(), asked.roads),
            (1, Roads::default()),
            "{text}"
        );
        assert!(!asked.findings[0].args["message"].contains('\n'));
    }
}

#[test]
fn other_status_codes_end_it_with_their_number_or_the_servers_words() {
    let wanted = all_pairs(&islands());
    for (status, body, code, word, tries) in [
        (301, &b""[..], "R003", "HTTP 301", 1),
        (404, b"<html>not found</html>", "R003", "HTTP 404", 1),
        (500, b"<html>oops</html>", "R001", "HTTP 500", 3),
        (
            400,
            recorded!("invalid-query.json"),
            "R002",
            "InvalidQuery",
            1,
        ),
        (
            400,
            recorded!("invalid-version.json"),
            "R002",
            "InvalidVersion",
            1,
        ),
    ] {
        let asked = ask(&wanted, 100, vec![says(status, body)]);
        assert_eq!(
            (asked.codes(), asked.paths.len()),
            (vec![code], tries),
            "{status}"
        );
        assert!(asked.findings[0].args["message"].contains(word), "{status}");
    }
    let asked = ask(&wanted, 100, vec![Err(NoReply::TooLong)]);
    assert_eq!((asked.codes(), asked.paths.len()), (vec!["R003"], 1));
}

#[test]
fn a_no_segment_that_names_no_place_of_the_request_does_not_ask_for_ever() {
    for message in ["coordinate 7", "coordinate", "-1", ""] {
        let body = format!("{{\"code\":\"NoSegment\",\"message\":\"{message}\"}}");
        let asked = ask(
            &all_pairs(&islands()),
            100,
            vec![says(400, body.as_bytes())],
        );
        assert_eq!((asked.codes(), asked.paths.len()), (vec!["R002"], 1));
    }
}

#[test]
fn a_road_shorter_than_the_straight_line_or_faster_than_a_van_is_impossible() {
    let [a, b, _] = islands();
    let wanted = Wanted::from([(a, b)]);
    // 13.3 km lie between them.
    for (metres, seconds, possible) in [
        (18_624, 1465, true),
        (13_400, 1465, true),
        (1862, 1465, false),
        (18_624, 60, false),
    ] {
        let body =
            format!("{{\"code\":\"Ok\",\"durations\":[[{seconds}]],\"distances\":[[{metres}]]}}");
        let asked = ask(&wanted, 100, vec![says(200, body.as_bytes())]);
        let drive = asked.roads.drive(a, b, 2000);
        assert_eq!(
            matches!(drive, Drive::Road(_)),
            possible,
            "{metres} m, {seconds} s: {drive:?}"
        );
    }
}

#[test]
fn a_reply_with_any_byte_changed_or_cut_off_is_a_table_or_a_word_never_a_crash() {
    let places = islands();
    let wanted = all_pairs(&places);
    let one = |body: &[u8]| {
        let asked = ask(&wanted, 100, vec![says(200, body)]);
        let known = wanted.len() - asked.roads.missing(&wanted).len();
        assert!(asked.codes().len() <= 1);
        assert_eq!(asked.codes().is_empty(), known == wanted.len());
    };
    for at in 0..TWO_ISLANDS.len() {
        one(&TWO_ISLANDS[..at]);
        for byte in [b'"', b'[', b'}', b'-', b'9', b'e', 0, 0xFF] {
            let mut body = TWO_ISLANDS.to_vec();
            body[at] = byte;
            one(&body);
        }
    }
}

//! Sheets as people fill them.

mod calls;
mod others;
mod tours;

use super::{Booked, Codes};
use crate::domain::Month;
use crate::findings::Finding;

pub(super) const VIN_A: &str = "LSKDEMO0000000001";
pub(super) const VIN_B: &str = "LSKDEMO0000000002";

/// A month with two bookings, four items, three parts, two points.
pub(super) fn codes() -> Codes {
    let booked = |vehicle: &str, plate: &str| Booked {
        vehicle: vehicle.into(),
        plate: plate.into(),
        tour: "T01".into(),
        items: vec!["OIL".into(), "BRK".into()],
    };
    let three = |code: &str, zh: &str, en: &str| (code.to_owned(), zh.to_owned(), en.to_owned());
    let two = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    let mut codes = Codes::new(Month::parse("2026-12").expect("a month"));
    codes
        .bookings
        .insert("2612-7KQ4M2XR".into(), booked(VIN_A, "湘A00001"));
    codes
        .bookings
        .insert("2612-00A1BCDE".into(), booked(VIN_B, "湘A00002"));
    codes.items = vec![
        three("OIL", "机油/机滤", "Oil and filter"),
        three("BRK", "前刹车片", "Front brake pads"),
        three("BAT", "电瓶", "Battery"),
        three("BAT2", "电瓶", "Second battery"),
    ];
    codes.parts = vec![
        two("0012", "机滤"),
        two("F026-2", "燃油滤"),
        two("OIL-5", "机油"),
    ];
    codes.points = vec![two("P07", "大瑶汽修"), two("P08", "示例货场")];
    codes.teams = vec!["team-1".into(), "team-2".into()];
    codes.tours = vec!["T01".into(), "T02".into()];
    codes.orders.insert("2612-O001".into(), "0012".into());
    codes.orders.insert("2612-O002".into(), "F026-2".into());
    codes
}

pub(super) fn told(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

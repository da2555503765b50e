//! What comes back after a tour: follow-up calls of customers, answers of partner workshops.

use crate::domain::{FilledAt, FollowUpAnswer, HandOverAnswer};
use crate::ingest::aliases::{TableSpec, optional, personal, required};

use super::columns::{BOOKING, NOTE, PLATE, PRINTED, VEHICLE};
use super::line::Line;
use super::words::Asks;
use super::{Returned, Said};

/// Follow-up sheet: what is written in makes it one, so that it is never taken for another.
pub(super) const FOLLOW_UP: TableSpec = TableSpec {
    name: "follow-up",
    path: "",
    columns: &[
        BOOKING,
        VEHICLE,
        PLATE,
        optional("tour", &["巡回"]),
        optional("called_on", &["回访日期", "called on"]),
        required(
            "satisfaction",
            &["满意度", "满意度（1–5）", "satisfaction 1–5"],
        ),
        optional("fault_again", &["同一故障再现", "same fault again"]),
        optional(
            "note",
            &["客户意见", "备注", "remark of the customer", "remark"],
        ),
        personal(
            PRINTED,
            &[
                "应回访日",
                "call on",
                "客户",
                "customer name",
                "电话",
                "phone number",
                "车型",
                "model",
                "已做项目",
                "items done",
                "未完成",
                "still open",
            ],
        ),
    ],
    one_of: &[],
};

/// Hand-over sheet; likewise.
pub(super) const HAND_OVER: TableSpec = TableSpec {
    name: "hand-overs",
    path: "",
    columns: &[
        BOOKING,
        VEHICLE,
        PLATE,
        optional("partner_point", &["网点编号", "partner point"]),
        required("agreed", &["网点同意", "partner agreed"]),
        optional("on", &["答复日期", "answered on"]),
        optional("parts_left", &["配件已留网点", "parts left there"]),
        optional("parts_received", &["配件已收到", "parts received"]),
        optional("repaired_on", &["完工日期", "repaired on"]),
        NOTE,
        personal(
            PRINTED,
            &[
                "合作网点",
                "partner",
                "联系人",
                "contact person",
                "客户",
                "customer name",
                "电话",
                "phone number",
                "待做项目",
                "items to be done",
                "有效期至",
                "valid until",
            ],
        ),
    ],
    one_of: &[],
};

impl Returned for FollowUpAnswer {
    fn about(&self) -> String {
        format!("{}|{}", self.booking, self.vehicle)
    }
    fn at(&mut self) -> &mut FilledAt {
        &mut self.at
    }
}

impl Returned for HandOverAnswer {
    fn about(&self) -> String {
        format!("{}|{}", self.booking, self.partner)
    }
    fn at(&mut self) -> &mut FilledAt {
        &mut self.at
    }
}

pub(super) fn follow_up(line: &mut Line<'_, '_>) -> Said<FollowUpAnswer> {
    if !line.any(&["called_on", "satisfaction", "fault_again", "note"]) {
        return Said::Nothing;
    }
    let mut vehicle = line.word("vehicle", "M041");
    if vehicle.is_empty() {
        vehicle = line.word("plate", "M041");
    }
    let mut booking = String::new();
    // A walk-in has no booking: its vehicle says who was called.
    if line.any(&["booking"]) || vehicle.is_empty() {
        let Some((key, booked)) = line.booking() else {
            return Said::Aside;
        };
        key.clone_into(&mut booking);
        booked.vehicle.clone_into(&mut vehicle);
    }
    Said::Line(FollowUpAnswer {
        booking,
        vehicle,
        tour: line.word("tour", "M058"),
        called_on: line.day("called_on"),
        satisfaction: line.choice("satisfaction", grade, "1–5"),
        fault_again: line.yes_no("fault_again", Asks::Fact),
        note: line.text("note"),
        at: line.at(),
    })
}

pub(super) fn hand_over(line: &mut Line<'_, '_>) -> Said<HandOverAnswer> {
    let written = [
        "agreed",
        "on",
        "parts_left",
        "parts_received",
        "repaired_on",
        "note",
    ];
    if !line.any(&written) {
        return Said::Nothing;
    }
    let Some((booking, _)) = line.booking() else {
        return Said::Aside;
    };
    Said::Line(HandOverAnswer {
        booking: booking.to_owned(),
        partner: line.word("partner_point", "M058"),
        agreed: line.yes_no("agreed", Asks::Fact),
        on: line.day("on"),
        parts_left: line.yes_no("parts_left", Asks::Fact),
        parts_received: line.yes_no("parts_received", Asks::Fact),
        repaired_on: line.day("repaired_on"),
        note: line.text("note"),
        at: line.at(),
    })
}

/// 1 (bad) to 5 (good): `5`, `5分`, `5.0`.
fn grade(word: &str) -> Option<u8> {
    let number = crate::ingest::cells::number::read(word.trim_end_matches('分')).into_value()?;
    (1..=5_u8).find(|grade| (f64::from(*grade) - number).abs() < f64::EPSILON)
}

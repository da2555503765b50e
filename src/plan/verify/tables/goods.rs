//! parts.csv, sourcing.csv and kit.csv.

use super::{Files, table};
use crate::domain::Date;
use crate::findings::Finding;
use crate::plan::verify::sheet::Line;

/// One line of parts.csv.
#[derive(Clone, Debug, Default)]
pub(in crate::plan::verify) struct PartRow {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) part: String,
    pub(in crate::plan::verify) kit: u64,
    pub(in crate::plan::verify) peak: u64,
    pub(in crate::plan::verify) on_hand: u64,
    pub(in crate::plan::verify) from_stock: u64,
    pub(in crate::plan::verify) on_order: u64,
    pub(in crate::plan::verify) from_peer: u64,
    pub(in crate::plan::verify) to_order: u64,
    pub(in crate::plan::verify) short: u64,
    pub(in crate::plan::verify) monitored: Option<bool>,
}

/// One line of sourcing.csv.
#[derive(Clone, Debug, Default)]
pub(in crate::plan::verify) struct Sourcing {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) part: String,
    pub(in crate::plan::verify) tour: String,
    pub(in crate::plan::verify) source: String,
    pub(in crate::plan::verify) supplier: String,
    pub(in crate::plan::verify) mode: String,
    pub(in crate::plan::verify) qty: u64,
    /// Pieces to order.
    pub(in crate::plan::verify) order_qty: u64,
    /// The superseded number pieces from the shelf lie under.
    pub(in crate::plan::verify) number: String,
    pub(in crate::plan::verify) order_by: Option<Date>,
    pub(in crate::plan::verify) arrives: Option<Date>,
    pub(in crate::plan::verify) to: String,
    pub(in crate::plan::verify) feasible: bool,
    pub(in crate::plan::verify) reason: String,
}

/// One line of kit.csv.
#[derive(Clone, Debug)]
pub(in crate::plan::verify) struct KitRow {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) tour: String,
    pub(in crate::plan::verify) visit: String,
    pub(in crate::plan::verify) vehicle: String,
    pub(in crate::plan::verify) part: String,
    pub(in crate::plan::verify) qty: u64,
    pub(in crate::plan::verify) why: String,
    /// need, shortage, leftover; `None` in a plan made before they were written.
    pub(in crate::plan::verify) expected: Option<[f64; 3]>,
}

pub(in crate::plan::verify) fn parts(files: &Files, findings: &mut Vec<Finding>) -> Vec<PartRow> {
    const COLUMNS: [&str; 12] = [
        "part",
        "name",
        "needed_expected",
        "kit_qty",
        "peak_qty",
        "on_hand",
        "from_stock",
        "on_order",
        "from_peer",
        "to_order",
        "short",
        "monitored",
    ];
    table(files, "parts.csv", &COLUMNS, findings, |line, findings| {
        let mut pieces = |column: &str| {
            line.needed(column, findings, Line::count)
                .unwrap_or_default()
        };
        Some(PartRow {
            line: line.number,
            part: line.owned("part"),
            kit: pieces("kit_qty"),
            peak: pieces("peak_qty"),
            on_hand: pieces("on_hand"),
            from_stock: pieces("from_stock"),
            on_order: pieces("on_order"),
            from_peer: pieces("from_peer"),
            to_order: pieces("to_order"),
            short: pieces("short"),
            monitored: line.yes("monitored", findings),
        })
    })
}

pub(in crate::plan::verify) fn sourcing(
    files: &Files,
    findings: &mut Vec<Finding>,
) -> Vec<Sourcing> {
    const COLUMNS: [&str; 14] = [
        "part",
        "tour",
        "source",
        "supplier",
        "mode",
        "qty",
        "order_by",
        "arrives",
        "to",
        "cost",
        "feasible",
        "reason",
        "order_qty",
        "number",
    ];
    table(
        files,
        "sourcing.csv",
        &COLUMNS,
        findings,
        |line, findings| {
            Some(Sourcing {
                line: line.number,
                part: line.owned("part"),
                tour: line.owned("tour"),
                source: line.owned("source"),
                supplier: line.owned("supplier"),
                mode: line.owned("mode"),
                qty: line
                    .needed("qty", findings, Line::count)
                    .unwrap_or_default(),
                order_qty: line
                    .needed("order_qty", findings, Line::count)
                    .unwrap_or_default(),
                number: line.owned("number"),
                order_by: line.date("order_by", findings),
                arrives: line.date("arrives", findings),
                to: line.owned("to"),
                feasible: line.needed("feasible", findings, Line::yes).unwrap_or(true),
                reason: line.owned("reason"),
            })
        },
    )
}

pub(in crate::plan::verify) fn kit(files: &Files, findings: &mut Vec<Finding>) -> Vec<KitRow> {
    const COLUMNS: [&str; 5] = ["tour", "visit", "vehicle", "part", "qty"];
    table(files, "kit.csv", &COLUMNS, findings, |line, findings| {
        Some(KitRow {
            line: line.number,
            tour: line.owned("tour"),
            visit: line.owned("visit"),
            vehicle: line.owned("vehicle"),
            part: line.owned("part"),
            qty: line
                .needed("qty", findings, Line::count)
                .unwrap_or_default(),
            why: line.owned("why"),
            expected: expected(line, findings),
        })
    })
}

/// What is expected of the line's pieces.
fn expected(line: Line<'_>, findings: &mut Vec<Finding>) -> Option<[f64; 3]> {
    let need = line.number("need", findings)?.value;
    let shortage = line.number("shortage", findings)?.value;
    let leftover = line.number("leftover", findings)?.value;
    Some([need, shortage, leftover])
}

//! outcomes.csv, for learning, and kpis.csv.

use std::collections::BTreeMap;

use super::reports;
use crate::plan::files::Table;
use crate::plan::model::{Kpi, Outcome, Plan};

/// What was predicted and what came of it; a file of the plan folder.
pub const OUTCOMES: &str = "outcomes.csv";
/// The figures; a file of the plan folder.
pub const KPIS: &str = "kpis.csv";

/// One row per vehicle and item of the closed tours, predicted or done; a vehicle without any has one row with
/// an empty item. `came` is empty where nobody told.
pub fn outcomes_table(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "tour",
        "vehicle",
        "booking",
        "booked",
        "came",
        "show_up",
        "odometer_date",
        "odometer_km",
        "item",
        "predicted_p",
        "agreed",
        "done",
    ]);
    for closing in plan.closings.iter().filter(|one| one.closed_on.is_some()) {
        for outcome in &closing.outcomes {
            let called = reports::called(plan, &outcome.vehicle);
            let came = match outcome.result {
                Outcome::NotReported => "",
                result => yes(result.came()),
            };
            let text = |value: Option<String>| value.unwrap_or_default();
            let head = [
                closing.tour.clone(),
                outcome.vehicle.clone(),
                outcome.booking.clone(),
                yes(!outcome.walk_in).to_owned(),
                came.to_owned(),
                text(called.map(|one| format!("{:.4}", one.show_up))),
                text(
                    outcome
                        .odometer_km
                        .and(outcome.on)
                        .map(|day| day.to_string()),
                ),
                text(outcome.odometer_km.map(|km| format!("{km:.0}"))),
            ];
            let mut items: BTreeMap<&str, (Option<f64>, bool)> = BTreeMap::new();
            for item in called.iter().flat_map(|one| &one.items) {
                items.insert(&item.item, (Some(item.p), item.agreed));
            }
            for item in &outcome.items_done {
                items.entry(item).or_default();
            }
            if items.is_empty() {
                items.insert("", (None, false));
            }
            for (item, (p, agreed)) in items {
                let done = outcome.items_done.iter().any(|done| done == item);
                let own = [
                    item.to_owned(),
                    text(p.map(|p| format!("{p:.4}"))),
                    yes(agreed).to_owned(),
                    yes(done).to_owned(),
                ];
                table.row(&[&head[..], &own].concat());
            }
        }
    }
    table.finish()
}

/// Every figure of every tour, then of the month (an empty tour); the formula in words.
pub fn kpis_table(plan: &Plan, words: &dyn Fn(&str) -> String) -> Vec<u8> {
    let mut table = Table::new(&[
        "key",
        "tour",
        "value",
        "formula",
        "numerator",
        "denominator",
        "note",
    ]);
    let tours = plan.closings.iter();
    let tours = tours.map(|one| (one.tour.as_str(), &one.kpis));
    let month = plan.month_closing.iter().map(|month| ("", &month.kpis));
    for (tour, kpis) in tours.chain(month) {
        for kpi in kpis {
            table.row(&row(kpi, tour, words));
        }
    }
    table.finish()
}

fn row(kpi: &Kpi, tour: &str, words: &dyn Fn(&str) -> String) -> [String; 7] {
    let figure = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.4}"));
    let note = if kpi.note.key.is_empty() {
        String::new()
    } else {
        words(&format!("kpi_note_{}", kpi.note.key)).replace("{n}", &kpi.note.count.to_string())
    };
    [
        kpi.key.clone(),
        tour.to_owned(),
        figure(kpi.value),
        words(&format!("formula_{}", kpi.key)),
        figure(kpi.numerator),
        figure(kpi.denominator),
        note,
    ]
}

/// The month's figures out of an earlier month's kpis.csv, by key; what cannot be read is not there.
pub fn figures_before(bytes: &[u8]) -> BTreeMap<String, f64> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().cloned().unwrap_or_default();
    let at = |name: &str| header.iter().position(|cell| cell == name);
    let (Some(key), Some(tour), Some(value)) = (at("key"), at("tour"), at("value")) else {
        return BTreeMap::new();
    };
    let records = reader.records().flatten();
    records
        .filter(|record| record.get(tour) == Some(""))
        .filter_map(|record| {
            let figure = record.get(value)?.parse().ok()?;
            Some((record.get(key)?.to_owned(), figure))
        })
        .collect()
}

fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

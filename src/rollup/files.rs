//! The tables of a rollup, and rollup.json.

use std::collections::BTreeMap;

use super::Rollup;
use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::plan::files::Table;

/// Every file, by name.
///
/// # Errors
/// Status 1 where a figure is no number JSON can hold.
pub fn written(rollup: &Rollup) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let json = serde_json::to_vec_pretty(rollup).map_err(|error| {
        let finding = Finding::new("C003").in_file("rollup.json");
        Failure::running(finding.arg("message", error))
    })?;
    Ok(BTreeMap::from([
        ("calendar.csv".to_owned(), calendar(rollup)),
        ("kpis.csv".to_owned(), kpis(rollup)),
        ("orders.csv".to_owned(), orders(rollup)),
        ("parts-by-dealer.csv".to_owned(), by_dealer(rollup)),
        ("parts.csv".to_owned(), parts(rollup)),
        ("rollup.json".to_owned(), json),
        ("transfers.csv".to_owned(), transfers(rollup)),
    ]))
}

fn parts(rollup: &Rollup) -> Vec<u8> {
    let mut table = Table::new(&[
        "part",
        "name",
        "needed_expected",
        "needed",
        "own",
        "from_group",
        "to_buy",
        "dealers",
        "monitored",
    ]);
    for line in &rollup.parts {
        table.row(&[
            line.part.clone(),
            line.name.clone(),
            format!("{:.2}", line.needed_expected),
            line.needed.to_string(),
            line.own.to_string(),
            line.from_group.to_string(),
            line.to_buy.to_string(),
            line.dealers.to_string(),
            yes(line.monitored),
        ]);
    }
    table.finish()
}

fn by_dealer(rollup: &Rollup) -> Vec<u8> {
    let mut table = Table::new(&[
        "part",
        "dealer",
        "months",
        "needed_expected",
        "needed",
        "free",
        "on_order",
        "own",
        "missing",
        "spare",
    ]);
    for line in &rollup.by_dealer {
        table.row(&[
            line.part.clone(),
            line.dealer.clone(),
            line.months.clone(),
            format!("{:.2}", line.needed_expected),
            line.needed.to_string(),
            line.free.to_string(),
            line.on_order.to_string(),
            line.own.to_string(),
            line.missing.to_string(),
            line.spare.to_string(),
        ]);
    }
    table.finish()
}

fn transfers(rollup: &Rollup) -> Vec<u8> {
    let mut table = Table::new(&["part", "name", "from", "to", "qty"]);
    for line in &rollup.transfers {
        table.row(&[
            line.part.clone(),
            line.name.clone(),
            line.from.clone(),
            line.to.clone(),
            line.qty.to_string(),
        ]);
    }
    table.finish()
}

fn orders(rollup: &Rollup) -> Vec<u8> {
    let mut table = Table::new(&[
        "order_by",
        "dealer",
        "month",
        "tour",
        "part",
        "name",
        "source",
        "supplier",
        "mode",
        "qty",
        "order_qty",
        "arrives",
        "feasible",
        "cost",
    ]);
    for line in &rollup.orders {
        table.row(&[
            day(line.order_by),
            line.dealer.clone(),
            line.month.clone(),
            line.tour.clone(),
            line.part.clone(),
            line.name.clone(),
            line.source.clone(),
            line.supplier.clone(),
            line.mode.clone(),
            line.qty.to_string(),
            line.order_qty.to_string(),
            day(line.arrives),
            yes(line.feasible),
            line.cost.plain(),
        ]);
    }
    table.finish()
}

fn calendar(rollup: &Rollup) -> Vec<u8> {
    let mut table = Table::new(&[
        "date",
        "dealer",
        "tours",
        "leaving",
        "returning",
        "technicians",
        "calls",
        "reminders",
        "order_pieces",
    ]);
    for line in &rollup.calendar {
        table.row(&[
            line.date.to_string(),
            line.dealer.clone(),
            line.tours.join("|"),
            line.leaving.to_string(),
            line.returning.to_string(),
            line.technicians.to_string(),
            line.calls.to_string(),
            line.reminders.to_string(),
            line.order_pieces.to_string(),
        ]);
    }
    table.finish()
}

fn kpis(rollup: &Rollup) -> Vec<u8> {
    let mut table = Table::new(&[
        "dealer",
        "month",
        "plan",
        "approved",
        "to_approve",
        "tours",
        "team_days",
        "km",
        "visit",
        "waitlist",
        "deferred",
        "due",
        "due_on_visit",
        "expected_arrivals",
        "expected_income",
        "expected_margin",
        "cost",
        "objective",
        "bound",
        "gap",
        "job_fill",
        "closed_tours",
    ]);
    let known = |figure: Option<f64>, places: usize| {
        figure.map_or_else(String::new, |figure| format!("{figure:.places$}"))
    };
    for line in &rollup.figures {
        table.row(&[
            line.dealer.clone(),
            line.month.clone(),
            line.plan.clone(),
            line.approved.to_string(),
            line.to_approve.to_string(),
            line.tours.to_string(),
            line.team_days.to_string(),
            format!("{:.1}", line.km),
            line.visit.to_string(),
            line.waitlist.to_string(),
            line.deferred.to_string(),
            line.due.to_string(),
            line.due_on_visit.to_string(),
            format!("{:.1}", line.expected_arrivals),
            line.expected_income.plain(),
            line.expected_margin.plain(),
            line.cost.plain(),
            format!("{:.2}", line.objective),
            known(line.bound, 2),
            known(line.gap, 4),
            format!("{:.4}", line.job_fill),
            line.closed_tours.to_string(),
        ]);
    }
    table.finish()
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

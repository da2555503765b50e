//! The tables that change when goods are ordered and received.

use super::table::Table;
use super::tables;
use crate::domain::Date;
use crate::plan::model::Plan;

/// parts.csv, sourcing.csv and orders.csv: path and bytes. orders.csv is there from the first order placed.
pub fn goods_tables(plan: &Plan) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("parts.csv".to_owned(), tables::parts(plan)),
        ("sourcing.csv".to_owned(), tables::sourcing(&plan.sourcing)),
    ];
    if !plan.orders.is_empty() {
        files.push(("orders.csv".to_owned(), orders(plan)));
    }
    files
}

fn orders(plan: &Plan) -> Vec<u8> {
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let mut table = Table::new(&[
        "order",
        "part",
        "name",
        "source",
        "supplier",
        "mode",
        "to",
        "tour",
        "qty",
        "ordered_on",
        "expected",
        "received",
        "damaged",
        "received_on",
        "closed",
    ]);
    for line in &plan.orders {
        let name = plan
            .part_facts
            .get(&line.part)
            .map(|part| part.name.clone());
        table.row(&[
            line.order.clone(),
            line.part.clone(),
            name.unwrap_or_default(),
            line.source.key().to_owned(),
            line.supplier.clone(),
            line.mode.clone(),
            line.to.clone(),
            line.tour.clone(),
            line.qty.to_string(),
            line.ordered_on.to_string(),
            day(line.expected),
            line.received.to_string(),
            line.damaged.to_string(),
            day(line.received_on),
            (if line.closed { "yes" } else { "no" }).to_owned(),
        ]);
    }
    table.finish()
}

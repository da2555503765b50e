//! Several plans together: months, dealers, or both, as one parts requirement, one calendar and one table of figures.
//!
//! Responsible for: adding up what may be added, and netting what must not be counted twice (a dealer's shelf serves all
//! his months; what one dealer has to spare may serve another). Not responsible for: reading plans, writing files'
//! places, deciding a transfer.

mod calendar;
mod figures;
mod files;
mod parts;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use calendar::Day;
pub use figures::Figure;
pub use files::written;
pub use parts::{DealerPart, Part, Transfer};

use crate::domain::{Date, Fen};
use crate::findings::{Failure, FailureKind, Finding};
use crate::plan::model::{PLAN_SCHEMA, Plan};

/// The schema name of rollup.json.
pub const ROLLUP_SCHEMA: &str = "tourplan-rollup/1";

/// Plans taken together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rollup {
    /// Always `tourplan-rollup/1`.
    pub schema: String,
    /// The plans, by dealer and month.
    pub plans: Vec<Taken>,
    /// What all of them need, by part.
    pub parts: Vec<Part>,
    /// The same by dealer.
    pub by_dealer: Vec<DealerPart>,
    /// What one dealer could give another.
    pub transfers: Vec<Transfer>,
    /// Orders as the plans have them, the most urgent first.
    pub orders: Vec<Order>,
    /// Days on which anything happens.
    pub calendar: Vec<Day>,
    /// Figures: a line a plan, and one over all.
    pub figures: Vec<Figure>,
}

/// One plan taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Taken {
    /// The dealer's name in his settings.
    pub dealer: String,
    /// The month, `yyyy-mm`.
    pub month: String,
    /// The plan's id.
    pub plan: String,
}

/// A piece of a plan's order list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// Latest day; `None` = no day is early enough.
    pub order_by: Option<Date>,
    /// Dealer.
    pub dealer: String,
    /// Month.
    pub month: String,
    /// Tour that needs it.
    pub tour: String,
    /// Part code.
    pub part: String,
    /// Part name.
    pub name: String,
    /// `peer` or `order`.
    pub source: String,
    /// From whom.
    pub supplier: String,
    /// How.
    pub mode: String,
    /// Pieces needed.
    pub qty: u32,
    /// Pieces ordered, in whole packs.
    pub order_qty: u32,
    /// The day it arrives.
    pub arrives: Option<Date>,
    /// In time.
    pub feasible: bool,
    /// What it costs to get it.
    pub cost: Fen,
}

/// Takes plans together. They may stand in any order; the answer does not depend on it.
///
/// # Errors
/// Status 3 where a plan is of another schema, or a dealer's month stands twice: everything would be counted double.
pub fn rollup(plans: &[Plan]) -> Result<Rollup, Failure> {
    let mut plans: Vec<&Plan> = plans.iter().collect();
    plans.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for plan in &plans {
        if plan.schema != PLAN_SCHEMA {
            findings.push(
                Finding::new("M140")
                    .value(&plan.schema)
                    .arg("wanted", PLAN_SCHEMA),
            );
        }
        let (dealer, month, _) = key(plan);
        if !seen.insert((dealer, month)) {
            findings.push(
                Finding::new("M141")
                    .arg("dealer", dealer)
                    .arg("month", month),
            );
        }
    }
    if !findings.is_empty() {
        return Err(Failure {
            kind: FailureKind::Input,
            findings,
        });
    }
    let needed = parts::needed(&plans);
    Ok(Rollup {
        schema: ROLLUP_SCHEMA.into(),
        plans: plans.iter().map(|plan| taken(plan)).collect(),
        parts: needed.parts,
        by_dealer: needed.by_dealer,
        transfers: needed.transfers,
        orders: orders(&plans),
        calendar: calendar::days(&plans),
        figures: figures::of(&plans),
    })
}

/// The dealer a plan is of; plans of one name are one dealer's.
fn dealer(plan: &Plan) -> &str {
    plan.settings.dealer.name.trim()
}

fn key(plan: &Plan) -> (&str, &str, &str) {
    (dealer(plan), &plan.month, &plan.id)
}

fn taken(plan: &Plan) -> Taken {
    Taken {
        dealer: dealer(plan).to_owned(),
        month: plan.month.clone(),
        plan: plan.id.clone(),
    }
}

fn orders(plans: &[&Plan]) -> Vec<Order> {
    let mut orders = Vec::new();
    for plan in plans {
        let bought = plan.sourcing.iter().filter(|line| line.order_qty > 0);
        orders.extend(bought.map(|line| Order {
            order_by: line.order_by,
            dealer: dealer(plan).to_owned(),
            month: plan.month.clone(),
            tour: line.tour.clone(),
            part: line.part.clone(),
            name: parts::name(plan, &line.part),
            source: line.source.key().to_owned(),
            supplier: line.supplier.clone(),
            mode: line.mode.clone(),
            qty: line.qty,
            order_qty: line.order_qty,
            arrives: line.arrives,
            feasible: line.feasible,
            cost: line.cost,
        }));
    }
    // What has no day any more is the most urgent of all.
    orders.sort_by(|a, b| {
        let place = |order: &Order| (order.order_by, order.part.clone(), order.dealer.clone());
        (place(a), &a.month, &a.tour).cmp(&(place(b), &b.month, &b.tour))
    });
    orders
}

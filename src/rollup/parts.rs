//! One parts requirement over months and dealers.
//!
//! A dealer's shelf is counted once, whatever number of months needs it. In month k there must be what earlier months
//! are expected to use up and what month k needs at once, so over his months a dealer needs
//! max over k of (Σ before k of expected use + peak of k), rounded up; what shelf and running orders do not hold of it
//! is missing, what they hold beyond it is to spare. One dealer's spare pieces may serve what another misses.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::dealer;
use crate::plan::model::Plan;

/// A part over all plans. `needed` = `own` + `from_group` + `to_buy`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Part code.
    pub part: String,
    /// Part name.
    pub name: String,
    /// Pieces expected to be used, all plans.
    pub needed_expected: f64,
    /// Pieces there must be, each dealer by himself.
    pub needed: u32,
    /// From the dealers' own shelves and running orders.
    pub own: u32,
    /// From other dealers of the group.
    pub from_group: u32,
    /// To be bought.
    pub to_buy: u32,
    /// Dealers that need it.
    pub dealers: u32,
    /// Reviewed by the maker first, at one dealer's at least.
    pub monitored: bool,
}

/// A part at one dealer, all his months. `needed` = `own` + `missing`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DealerPart {
    /// Part code.
    pub part: String,
    /// Dealer.
    pub dealer: String,
    /// His months, `|` between them.
    pub months: String,
    /// Pieces expected to be used.
    pub needed_expected: f64,
    /// Pieces there must be.
    pub needed: u32,
    /// Free on the shelf.
    pub free: u32,
    /// Already ordered.
    pub on_order: u32,
    /// Of these two, what serves.
    pub own: u32,
    /// What they do not hold.
    pub missing: u32,
    /// What they hold beyond it.
    pub spare: u32,
}

/// Pieces one dealer could give another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Transfer {
    /// Part code.
    pub part: String,
    /// Part name.
    pub name: String,
    /// Who has them.
    pub from: String,
    /// Who misses them.
    pub to: String,
    /// Pieces.
    pub qty: u32,
}

/// What [`needed`] finds.
#[derive(Default)]
pub(super) struct Needed {
    pub(super) parts: Vec<Part>,
    pub(super) by_dealer: Vec<DealerPart>,
    pub(super) transfers: Vec<Transfer>,
}

/// A part's name in a plan; its code where it has none.
pub(super) fn name(plan: &Plan, part: &str) -> String {
    let facts = plan.part_facts.get(part);
    let name = facts.map_or("", |facts| facts.name.as_str());
    if name.is_empty() { part } else { name }.to_owned()
}

/// `plans` in order of dealer and month.
pub(super) fn needed(plans: &[&Plan]) -> Needed {
    let mut names: BTreeMap<&str, (String, bool)> = BTreeMap::new();
    for plan in plans {
        for line in &plan.parts {
            let known = names.entry(&line.part);
            let known = known.or_insert_with(|| (name(plan, &line.part), false));
            known.1 |= line.monitored;
        }
    }
    let mut found = Needed::default();
    for (part, (name, monitored)) in names {
        let lines: Vec<DealerPart> = plans
            .chunk_by(|a, b| dealer(a) == dealer(b))
            .filter_map(|months| at_dealer(months, part))
            .collect();
        let transfers = transfers(&lines, &name);
        let sum = |of: &dyn Fn(&DealerPart) -> u32| lines.iter().map(of).sum::<u32>();
        let from_group = transfers.iter().map(|one| one.qty).sum::<u32>();
        found.parts.push(Part {
            part: part.to_owned(),
            name,
            needed_expected: lines.iter().map(|line| line.needed_expected).sum(),
            needed: sum(&|line| line.needed),
            own: sum(&|line| line.own),
            from_group,
            to_buy: sum(&|line| line.missing) - from_group,
            dealers: lines.iter().filter(|line| line.needed > 0).count() as u32,
            monitored,
        });
        found.by_dealer.extend(lines);
        found.transfers.extend(transfers);
    }
    found
}

/// One part over a dealer's months; `None` where neither a plan nor a shelf of his knows it.
fn at_dealer(months: &[&Plan], part: &str) -> Option<DealerPart> {
    // The newest table says what is there now.
    let newest = months
        .iter()
        .max_by_key(|plan| (plan.supply.on.unwrap_or(plan.today), &plan.month))?;
    let stock = || newest.supply.stock.iter().filter(|line| line.part == part);
    let free = stock().map(|line| line.on_hand.saturating_sub(line.reserved));
    let free: u32 = free.sum();
    let on_order: u32 = stock().map(|line| line.on_order).sum();
    let (mut used, mut needed) = (0.0_f64, 0.0_f64);
    let mut named = Vec::new();
    for plan in months {
        if let Some(line) = plan.parts.iter().find(|line| line.part == part) {
            needed = needed.max(used + f64::from(line.peak_qty));
            used += line.needed_expected;
            named.push(plan.month.as_str());
        }
    }
    if named.is_empty() && free + on_order == 0 {
        return None;
    }
    let needed = (needed - 1e-9).ceil().max(0.0) as u32;
    let own = needed.min(free + on_order);
    Some(DealerPart {
        part: part.to_owned(),
        dealer: dealer(newest).to_owned(),
        months: named.join("|"),
        needed_expected: used,
        needed,
        free,
        on_order,
        own,
        missing: needed - own,
        // What is only on its way is not given on.
        spare: free.saturating_sub(needed),
    })
}

/// Spare pieces to those who miss them, both in order of dealer.
fn transfers(lines: &[DealerPart], name: &str) -> Vec<Transfer> {
    let mut spare: Vec<(&str, u32)> = lines
        .iter()
        .map(|line| (line.dealer.as_str(), line.spare))
        .collect();
    let mut found = Vec::new();
    for line in lines {
        let mut missing = line.missing;
        for (from, left) in &mut spare {
            let qty = missing.min(*left);
            if qty > 0 {
                missing -= qty;
                *left -= qty;
                found.push(Transfer {
                    part: line.part.clone(),
                    name: name.to_owned(),
                    from: (*from).to_owned(),
                    to: line.dealer.clone(),
                    qty,
                });
            }
        }
    }
    found
}

//! Parts and orders of two plans.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::plan::model::{OrderLine, PartRequirement, Plan};

/// One part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartDifference {
    /// Code.
    pub part: String,
    /// As it was; `None` = not needed.
    pub before: Option<Pieces>,
    /// As it is; `None` = not needed.
    pub after: Option<Pieces>,
}

/// Pieces of one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pieces {
    /// Carried, all tours.
    pub kit: u32,
    /// From sister dealers.
    pub from_peer: u32,
    /// To be ordered.
    pub to_order: u32,
    /// Not to be had in time.
    pub short: u32,
}

/// One line of the order book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderDifference {
    /// Key.
    pub order: String,
    /// Part.
    pub part: String,
    /// Pieces ordered before; `None` = not ordered yet.
    pub before: Option<u32>,
    /// Pieces ordered now; `None` = no longer on the book.
    pub after: Option<u32>,
}

pub(super) fn parts(before: &Plan, after: &Plan) -> Vec<PartDifference> {
    let of = |plan: &Plan| -> BTreeMap<String, Pieces> {
        let pieces = |part: &PartRequirement| Pieces {
            kit: part.kit_qty,
            from_peer: part.from_peer,
            to_order: part.to_order,
            short: part.short,
        };
        let parts = plan.parts.iter();
        parts
            .map(|part| (part.part.clone(), pieces(part)))
            .collect()
    };
    let (old, new) = (of(before), of(after));
    let codes: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    codes
        .into_iter()
        .map(|code| PartDifference {
            part: code.clone(),
            before: old.get(code).copied(),
            after: new.get(code).copied(),
        })
        .filter(|one| one.before.unwrap_or_default() != one.after.unwrap_or_default())
        .collect()
}

pub(super) fn orders(before: &Plan, after: &Plan) -> Vec<OrderDifference> {
    let of = |plan: &Plan| -> BTreeMap<String, (String, u32)> {
        let line = |line: &OrderLine| (line.order.clone(), (line.part.clone(), line.qty));
        plan.orders.iter().map(line).collect()
    };
    let (old, new) = (of(before), of(after));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut list = Vec::new();
    for key in keys {
        let (before, after) = (old.get(key), new.get(key));
        if before == after {
            continue;
        }
        let part = after.or(before).map(|(part, _)| part.clone());
        list.push(OrderDifference {
            order: key.clone(),
            part: part.unwrap_or_default(),
            before: before.map(|line| line.1),
            after: after.map(|line| line.1),
        });
    }
    list
}

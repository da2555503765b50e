//! Parts at risk: short, or to be ordered with little time left.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::documents::numbers::whole;
use crate::documents::plan_view::day;
use crate::documents::{DocumentSet, Messages};
use crate::domain::Date;
use crate::plan::model::{PartRequirement, SourceKind, SourcingLine};

/// Lines shown; the parts list has them all.
const SHOWN: usize = 12;
/// An order due within this many days of the plan is urgent, both ends included.
const URGENT_DAYS: i64 = 2;

/// Worst first: what is short, by how much; then what must be ordered soonest.
pub(super) fn view(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let mut lines: Vec<Line<'_>> = set
        .plan
        .parts
        .iter()
        .map(|part| Line::of(set, part))
        .filter(Line::is_at_risk)
        .collect();
    lines.sort_by(|a, b| {
        let key = |line: &Line<'_>| {
            (
                std::cmp::Reverse(line.part.short),
                line.order_by.is_none(),
                line.order_by,
            )
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| a.part.part.cmp(&b.part.part))
    });
    let short: u64 = lines.iter().map(|line| u64::from(line.part.short)).sum();
    json!({
        "count": lines.len(), "short": whole(short),
        "rows": lines.iter().take(SHOWN).map(|line| line.row(set, words)).collect::<Vec<_>>(),
        "left_out": lines.len().saturating_sub(SHOWN),
    })
}

struct Line<'a> {
    part: &'a PartRequirement,
    /// The earliest day by which any of it must be ordered.
    order_by: Option<Date>,
    urgent: bool,
    sourcing: Vec<&'a SourcingLine>,
}

impl<'a> Line<'a> {
    fn of(set: &DocumentSet<'a>, part: &'a PartRequirement) -> Self {
        let lines = set.plan.sourcing.iter();
        let sourcing: Vec<&SourcingLine> = lines.filter(|line| line.part == part.part).collect();
        let to_do = sourcing.iter().filter(|line| {
            line.feasible && matches!(line.source, SourceKind::Order | SourceKind::Peer)
        });
        let order_by = to_do.filter_map(|line| line.order_by).min();
        let urgent = order_by.is_some_and(|by| by.days_since(set.plan.today) <= URGENT_DAYS);
        Self {
            part,
            order_by,
            urgent,
            sourcing,
        }
    }

    fn is_at_risk(&self) -> bool {
        self.part.short > 0 || self.urgent
    }

    fn row(&self, set: &DocumentSet<'_>, words: &Messages) -> Value {
        let facts = set.plan.part_facts.get(&self.part.part);
        let missed = self.sourcing.iter().filter(|line| !line.feasible);
        let reasons: BTreeSet<String> = missed
            .clone()
            .filter(|line| !line.reason.is_empty())
            .map(|line| words.get(&format!("sourcing_{}", line.reason)))
            .collect();
        let tours: BTreeSet<&str> = if self.part.short > 0 {
            missed.map(|line| line.tour.as_str()).collect()
        } else {
            self.sourcing
                .iter()
                .map(|line| line.tour.as_str())
                .collect()
        };
        let mut why: Vec<String> = reasons.into_iter().collect();
        if self.part.monitored {
            why.push(words.get("monitored"));
        }
        if self.urgent {
            why.push(words.get("risk_urgent"));
        }
        json!({
            "part": self.part.part, "name": facts.map_or("", |facts| facts.name.as_str()),
            "peak": self.part.peak_qty, "short": self.part.short,
            "order": self.part.to_order + self.part.from_peer,
            "order_by": self.order_by.map_or_else(String::new, |by| day(set, by)),
            "tours": tours.into_iter().collect::<Vec<_>>().join(" "),
            "why": why.join(&words.get("list_comma")),
        })
    }
}

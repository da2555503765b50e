//! What is still to be done after a tour has come home.

use std::collections::BTreeMap;

use super::super::agenda::{Task, What};
use crate::domain::Date;
use crate::plan::model::{Plan, Tour};

/// The closing itself, follow-up calls not made yet, hand-overs not finished yet.
pub(in crate::month) fn after(plan: &Plan, tour: &Tour) -> Vec<Task> {
    let mut tasks = Vec::new();
    let name = || tour.id.clone();
    if !plan.is_closed(&tour.id) {
        tasks.push(Task {
            by: tour.ret,
            from: tour.ret,
            what: What::Close { tour: name() },
        });
    }
    let Some(closing) = plan.closing(&tour.id) else {
        return tasks;
    };
    let mut calls: BTreeMap<Date, usize> = BTreeMap::new();
    for call in &closing.follow_ups {
        if call.called_on.is_none() && call.satisfaction.is_none() && call.fault_again.is_none() {
            *calls.entry(call.on).or_default() += 1;
        }
    }
    tasks.extend(calls.into_iter().map(|(day, calls)| Task {
        by: day,
        from: day,
        what: What::FollowUp {
            tour: name(),
            calls,
        },
    }));
    let mut open: BTreeMap<Date, usize> = BTreeMap::new();
    for one in &closing.hand_overs {
        if one.has_partner() && one.repaired_on.is_none() {
            *open.entry(one.valid_until).or_default() += 1;
        }
    }
    tasks.extend(open.into_iter().map(|(until, vehicles)| Task {
        by: until,
        from: tour.ret,
        what: What::HandOver {
            tour: name(),
            vehicles,
        },
    }));
    tasks
}

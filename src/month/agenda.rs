//! What is to be done on which day, as far as the plan says.
//!
//! Responsible for: signatures still missing, orders by their latest day, goods expected, calls, tours that leave
//! or come home. Not responsible for: whether a call was made, which nobody has told yet.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::orders::still_open;
use crate::domain::Date;
use crate::plan::model::{
    Channel, ORDERS, OrderLine, Plan, ReminderKind, SourceKind, SourcingLine, Tour, TourChange,
};

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Task {
    /// The latest day for it.
    pub by: Date,
    /// The first day it can be done; the plan's own day where it can be done at once.
    pub from: Date,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum What {
    /// The forecast order has no signature.
    ApproveOrders {
        /// Lines to be ordered or transferred.
        lines: usize,
    },
    /// Parts are to be ordered, or asked for at a sister dealer.
    Order {
        /// Supplier or dealer.
        supplier: String,
        /// Transport mode.
        mode: String,
        /// Whether it is a transfer from a sister dealer.
        transfer: bool,
        /// Pieces.
        pieces: u32,
        /// Part codes, each once.
        parts: Vec<String>,
    },
    /// Goods ordered are expected: to be counted, or asked for where the day is past.
    Receive {
        /// Supplier or dealer.
        supplier: String,
        /// Transport mode.
        mode: String,
        /// `depot`, or the point they are sent to.
        to: String,
        /// Pieces still to come.
        pieces: u32,
        /// Keys of the order lines.
        orders: Vec<String>,
    },
    /// Customers are to be called.
    Call {
        /// Tour.
        tour: String,
        /// Adviser.
        caller: String,
        /// Contacts: a fleet is one call.
        contacts: usize,
    },
    /// Booked customers are to be reminded.
    Remind {
        /// Tour.
        tour: String,
        /// Texts to be sent: a fleet gets one.
        texts: usize,
        /// Customers to be called instead.
        calls: usize,
    },
    /// Everybody a change of a tour concerns is to be told.
    Tell {
        /// Tour.
        tour: String,
        /// Number of the change, on its notice.
        change: u32,
        /// Contacts: a fleet is one call.
        contacts: usize,
    },
    /// A tour has no signature; without one no part leaves the store.
    ApproveTour {
        /// Tour.
        tour: String,
    },
    /// A tour leaves.
    Depart {
        /// Tour.
        tour: String,
        /// Van.
        van: String,
        /// Leader.
        leader: String,
    },
    /// A tour comes home.
    Return {
        /// Tour.
        tour: String,
    },
    /// A tour that is home is to be closed.
    Close {
        /// Tour.
        tour: String,
    },
    /// Customers are to be called after the visit.
    FollowUp {
        /// Tour.
        tour: String,
        /// Vehicles.
        calls: usize,
    },
    /// Hand-overs end on this day; partners are to answer and to finish before.
    HandOver {
        /// Tour.
        tour: String,
        /// Vehicles.
        vehicles: usize,
    },
}

/// Everything to be done, the most pressing first.
pub fn agenda(plan: &Plan) -> Vec<Task> {
    let mut tasks = orders(plan);
    tasks.extend(expected(plan));
    tasks.extend(calls(plan));
    tasks.extend(reminders(plan));
    tasks.extend(plan.changes.iter().filter_map(tell));
    for tour in &plan.tours {
        tasks.extend(around(plan, tour));
        tasks.extend(super::closing::after(plan, tour));
    }
    tasks.sort();
    tasks
}

fn orders(plan: &Plan) -> Vec<Task> {
    let mut together: BTreeMap<(Date, &str, &str, bool), Vec<&SourcingLine>> = BTreeMap::new();
    for line in plan.sourcing.iter().filter(|line| line.feasible) {
        let transfer = line.source == SourceKind::Peer;
        if let Some(by) = line.order_by {
            let key = (by, line.supplier.as_str(), line.mode.as_str(), transfer);
            together.entry(key).or_default().push(line);
        }
    }
    let mut tasks = Vec::new();
    let first = together.first_key_value().map(|((by, ..), _)| *by);
    // An order that has shrunk asks for a signature too, though nothing more is to be ordered.
    let first = first.or((!plan.orders.is_empty()).then_some(plan.today));
    if let Some(by) = first
        && !plan.approvals.contains_key(ORDERS)
    {
        let lines = together.values().map(Vec::len).sum();
        tasks.push(Task {
            by,
            from: plan.today,
            what: What::ApproveOrders { lines },
        });
    }
    tasks.extend(
        together
            .into_iter()
            .map(|((by, supplier, mode, transfer), lines)| {
                let parts: BTreeSet<&String> = lines.iter().map(|line| &line.part).collect();
                Task {
                    by,
                    from: plan.today,
                    what: What::Order {
                        supplier: supplier.to_owned(),
                        mode: mode.to_owned(),
                        transfer,
                        pieces: lines.iter().map(|line| line.qty).sum(),
                        parts: parts.into_iter().cloned().collect(),
                    },
                }
            }),
    );
    tasks
}

/// Goods on the way, by the day they are expected; past days stay, for nobody has counted them.
fn expected(plan: &Plan) -> Vec<Task> {
    let mut together: BTreeMap<(Date, &str, &str, &str), Vec<&OrderLine>> = BTreeMap::new();
    for line in plan.orders.iter().filter(|line| still_open(line) > 0) {
        let by = line.expected.unwrap_or(line.ordered_on);
        let key = (
            by,
            line.supplier.as_str(),
            line.mode.as_str(),
            line.to.as_str(),
        );
        together.entry(key).or_default().push(line);
    }
    let tasks = together
        .into_iter()
        .map(|((by, supplier, mode, to), lines)| Task {
            by,
            from: by,
            what: What::Receive {
                supplier: supplier.to_owned(),
                mode: mode.to_owned(),
                to: to.to_owned(),
                pieces: lines.iter().map(|line| still_open(line)).sum(),
                orders: lines.iter().map(|line| line.order.clone()).collect(),
            },
        });
    tasks.collect()
}

fn calls(plan: &Plan) -> Vec<Task> {
    let mut together: BTreeMap<(Date, &str, &str), BTreeSet<&str>> = BTreeMap::new();

    for call in &plan.calls {
        if let Some(date) = call.call_date {
            let key = (date, call.tour.as_str(), call.caller.as_str());
            together.entry(key).or_default().insert(&call.contact);
        }
    }
    let tasks = together
        .into_iter()
        .map(|((day, tour, caller), contacts)| Task {
            by: day,
            from: day,
            what: What::Call {
                tour: tour.to_owned(),
                caller: caller.to_owned(),
                contacts: contacts.len(),
            },
        });
    tasks.collect()
}

fn reminders(plan: &Plan) -> Vec<Task> {
    type Messages<'p> = BTreeSet<(&'p str, ReminderKind, Channel)>;
    let mut together: BTreeMap<(Date, &str), Messages<'_>> = BTreeMap::new();
    for one in &plan.reminders {
        if let Some(date) = one.date {
            let day = together.entry((date, one.tour.as_str())).or_default();
            day.insert((&one.contact, one.kind, one.channel));
        }
    }
    let tasks = together.into_iter().map(|((day, tour), messages)| {
        let by = |channel| messages.iter().filter(|one| one.2 == channel).count();
        Task {
            by: day,
            from: day,
            what: What::Remind {
                tour: tour.to_owned(),
                texts: by(Channel::Text),
                calls: by(Channel::Call),
            },
        }
    });
    tasks.collect()
}

/// Changes are told on the day they are decided.
fn tell(change: &TourChange) -> Option<Task> {
    let contacts = change.contacts();
    (contacts > 0).then(|| Task {
        by: change.on,
        from: change.on,
        what: What::Tell {
            tour: change.tour.clone(),
            change: change.number,
            contacts,
        },
    })
}

fn around(plan: &Plan, tour: &Tour) -> Vec<Task> {
    let on = |day: Date, what: What| Task {
        by: day,
        from: day,
        what,
    };
    let mut tasks = vec![
        on(
            tour.depart,
            What::Depart {
                tour: tour.id.clone(),
                van: tour.van.clone(),
                leader: tour.leader.clone(),
            },
        ),
        on(
            tour.ret,
            What::Return {
                tour: tour.id.clone(),
            },
        ),
    ];
    if !plan.approvals.contains_key(&tour.id) {
        // Firm on the last day of calls: then parts may leave the store.
        let firm = i64::from(plan.settings.calls.to_days);
        tasks.push(Task {
            by: tour.depart.plus_days(-firm),
            from: plan.today,
            what: What::ApproveTour {
                tour: tour.id.clone(),
            },
        });
    }
    tasks
}

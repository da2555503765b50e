//! What is to be done on which day, counted once for every document that says so.

use std::collections::{BTreeMap, BTreeSet};

use super::{Call, Plan, ReminderKind};
use crate::domain::Date;

impl Call {
    /// Who is dialled; a vehicle without a contact stands alone.
    pub fn who(&self) -> &str {
        if self.contact.is_empty() {
            &self.vehicle
        } else {
            &self.contact
        }
    }
}

impl Plan {
    /// Calls that have a day, as (day, tour, contact): a fleet is one call.
    pub fn calls_due(&self) -> BTreeSet<(Date, &str, &str)> {
        let calls = self.calls.iter();
        let dated =
            calls.filter_map(|call| Some((call.call_date?, call.tour.as_str(), call.who())));
        dated.collect()
    }

    /// Messages that have a day, as (day, tour, contact, kind): a fleet gets one.
    pub fn messages_due(&self) -> BTreeSet<(Date, &str, &str, ReminderKind)> {
        let messages = self.reminders.iter();
        let dated = messages.filter_map(|one| {
            let (tour, contact) = (one.tour.as_str(), one.contact.as_str());
            Some((one.date?, tour, contact, one.kind))
        });
        dated.collect()
    }

    /// Pieces by the latest day to order them in time; no day without any.
    pub fn orders_due(&self) -> BTreeMap<Date, u32> {
        let mut days: BTreeMap<Date, u32> = BTreeMap::new();
        for line in self.sourcing.iter().filter(|line| line.feasible) {
            if let Some(date) = line.order_by.filter(|_| line.order_qty > 0) {
                *days.entry(date).or_default() += line.order_qty;
            }
        }
        days
    }
}

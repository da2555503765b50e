//! What happens on which day, at which dealer's.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::dealer;
use crate::domain::Date;
use crate::plan::model::Plan;

/// A dealer's day on which anything happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Dealer.
    pub dealer: String,
    /// Tours on the road, with their month: `2026-12/T01`.
    pub tours: Vec<String>,
    /// Of these, leaving.
    pub leaving: u32,
    /// Of these, coming home.
    pub returning: u32,
    /// Technicians on the road.
    pub technicians: u32,
    /// Contacts to call.
    pub calls: u32,
    /// Messages to booked customers.
    pub reminders: u32,
    /// Pieces whose latest order day it is.
    pub order_pieces: u32,
}

/// By day and dealer.
pub(super) fn days(plans: &[&Plan]) -> Vec<Day> {
    let mut days = Days::default();
    for plan in plans {
        let dealer = dealer(plan);
        for tour in &plan.tours {
            for day in 0..=tour.ret.days_since(tour.depart).max(0) {
                let at = days.at(tour.depart.plus_days(day), dealer);
                at.tours.push(format!("{}/{}", plan.month, tour.id));
                at.technicians += tour.technicians;
            }
            days.at(tour.depart, dealer).leaving += 1;
            days.at(tour.ret, dealer).returning += 1;
        }
        for (date, ..) in plan.calls_due() {
            days.at(date, dealer).calls += 1;
        }
        for (date, ..) in plan.messages_due() {
            days.at(date, dealer).reminders += 1;
        }
        for (date, pieces) in plan.orders_due() {
            days.at(date, dealer).order_pieces += pieces;
        }
    }
    days.0.into_values().collect()
}

#[derive(Default)]
struct Days<'a>(BTreeMap<(Date, &'a str), Day>);

impl<'a> Days<'a> {
    fn at(&mut self, date: Date, dealer: &'a str) -> &mut Day {
        self.0.entry((date, dealer)).or_insert_with(|| Day {
            date,
            dealer: dealer.to_owned(),
            tours: Vec::new(),
            leaving: 0,
            returning: 0,
            technicians: 0,
            calls: 0,
            reminders: 0,
            order_pieces: 0,
        })
    }
}

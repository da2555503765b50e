//! The figures of a closing, each with what it was computed from. Names and formulas stand in the catalogues
//! (`kpi_<key>`, `formula_<key>`).
//!
//! A figure whose inputs are not all written down is not computed: it says what is missing instead.

use std::collections::BTreeMap;

use super::Ground;
use super::sums::Sums;
use crate::domain::Fen;
use crate::plan::model::{Kpi, KpiNote, TourClosing};

/// All figures over these tours, in the order they are printed.
pub(super) fn of(
    ground: &Ground<'_>,
    closings: &[&TourClosing],
    before: &BTreeMap<String, f64>,
) -> Vec<Kpi> {
    let s = Sums::of(ground, closings);
    let mut list = customers(&s);
    list.extend(work(&s));
    list.extend(parts(&s));
    list.extend(money(&s));
    list.extend(afterwards(&s));
    for kpi in &mut list {
        kpi.before = before.get(&kpi.key).copied();
    }
    list
}

fn customers(s: &Sums) -> Vec<Kpi> {
    let told = s.booked.saturating_sub(s.not_reported);
    let silent = || note("not_reported", s.not_reported);
    vec![
        share("coverage", s.due_served, s.due),
        share("reach", s.reached, s.callable),
        share("booking_rate", s.booked, s.reached),
        share("show_up", s.came, told).said(silent()),
        share("no_show", s.no_show, told).said(silent()),
        count("walk_ins", s.walk_ins),
        count("served", s.served),
        share("hand_over_done", s.repaired, s.handed_over),
    ]
}

fn work(s: &Sums) -> Vec<Kpi> {
    let first = s.done - s.done_fault_again;
    let hours = || note("no_hours", s.no_hours);
    vec![
        share("first_visit", first, s.served).said(note("not_called", s.calls - s.fault_known)),
        amount("hours_planned", "hours", s.hours_planned),
        amount("hours_used", "hours", s.hours).lacking(hours()),
        ratio("utilisation", "share", s.hours, s.hours_offered).lacking(hours()),
        ratio(
            "per_person_day",
            "mean",
            s.served as f64,
            s.person_days as f64,
        ),
        amount("km", "km", s.km),
        ratio("km_per_vehicle", "km", s.km, s.served as f64),
    ]
}

fn parts(s: &Sums) -> Vec<Kpi> {
    vec![
        share("job_fill", s.jobs_filled, s.jobs_with_parts),
        share("part_fill", s.pieces_filled, s.pieces_needed),
        share("kit_used", s.used_carried, s.carried),
        share("return_rate", s.back, s.carried),
    ]
}

fn money(s: &Sums) -> Vec<Kpi> {
    let settled = || note("no_settled", s.no_settled);
    let estimate = || note("no_estimate", s.no_estimate);
    let all = s.income + s.income_walk_in;
    let cost = s.cost_tour + s.cost_incidents;
    vec![
        yuan("income", s.income).lacking(settled()),
        yuan("income_walk_in", s.income_walk_in).lacking(settled()),
        yuan("warranty", s.warranty).lacking(settled()),
        ratio("per_vehicle", "yuan", all.yuan(), s.served as f64).lacking(settled()),
        yuan("estimate", s.estimate).said(estimate()),
        ratio(
            "settled_to_estimate",
            "share",
            s.settled_estimated.yuan(),
            s.estimate.yuan(),
        )
        .said(estimate())
        .lacking(settled()),
        median("estimate_error", s.errors.clone())
            .said(estimate())
            .lacking(settled()),
        yuan("cost", cost).lacking(note("no_cost", s.no_cost)),
        Kpi {
            numerator: Some(s.margin),
            denominator: None,
            ..amount("contribution", "yuan", s.margin - cost.yuan())
        }
        .said(note("by_catalogue", 0))
        .lacking(note("no_cost", s.no_cost)),
    ]
}

fn afterwards(s: &Sums) -> Vec<Kpi> {
    let answers = s.satisfaction.len() as u64;
    let sum: f64 = s.satisfaction.iter().map(|one| f64::from(*one)).sum();
    vec![
        ratio("satisfaction", "mean", sum, answers as f64)
            .said(note("not_called", s.calls - answers)),
        share("fault_again", s.fault_again, s.fault_known)
            .said(note("not_called", s.calls - s.fault_known)),
    ]
}

fn note(key: &str, count: u64) -> KpiNote {
    KpiNote {
        key: key.to_owned(),
        count,
    }
}

fn share(key: &str, upper: u64, lower: u64) -> Kpi {
    ratio(key, "share", upper as f64, lower as f64)
}

fn ratio(key: &str, unit: &str, upper: f64, lower: f64) -> Kpi {
    let possible = lower > 0.0;
    // An empty sum of floats is −0; nobody wants to read that.
    Kpi {
        key: key.to_owned(),
        unit: unit.to_owned(),
        value: possible.then(|| upper / lower),
        numerator: Some(upper + 0.0),
        denominator: Some(lower),
        note: if possible {
            KpiNote::default()
        } else {
            note("nothing_to_divide", 0)
        },
        before: None,
    }
}

fn amount(key: &str, unit: &str, value: f64) -> Kpi {
    Kpi {
        key: key.to_owned(),
        unit: unit.to_owned(),
        value: Some(value + 0.0),
        numerator: Some(value + 0.0),
        denominator: None,
        note: KpiNote::default(),
        before: None,
    }
}

fn count(key: &str, value: u64) -> Kpi {
    amount(key, "count", value as f64)
}

fn yuan(key: &str, value: Fen) -> Kpi {
    amount(key, "yuan", value.yuan())
}

fn median(key: &str, mut values: Vec<f64>) -> Kpi {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let value = match (values.get(middle), values.len() % 2) {
        (Some(one), 1) => Some(*one),
        (Some(one), _) => middle
            .checked_sub(1)
            .and_then(|below| values.get(below))
            .map(|below| f64::midpoint(*below, *one)),
        (None, _) => None,
    };
    let known = value.is_some();
    Kpi {
        key: key.to_owned(),
        unit: "share".into(),
        value,
        numerator: None,
        denominator: Some(values.len() as f64),
        note: if known {
            KpiNote::default()
        } else {
            note("nothing_to_divide", 0)
        },
        before: None,
    }
}

impl Kpi {
    /// Says what the figure leaves out; the figure stands.
    fn said(mut self, note: KpiNote) -> Self {
        if self.value.is_some() && (note.count > 0 || note.key == "by_catalogue") {
            self.note = note;
        }
        self
    }

    /// Withholds the figure where something it needs is not written down.
    fn lacking(mut self, note: KpiNote) -> Self {
        if note.count > 0 {
            self.value = None;
            self.note = note;
        }
        self
    }
}

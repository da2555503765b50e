//! Due rules → probability that an item is needed on the day and wanted now.
//!
//! interval: P(since last done ≥ interval × (1 − window)) from the odometer's distribution, km or months,
//! whichever first, times the chance that it was not done elsewhere meanwhile (see [`still_open`]).
//! wear: Weibull in km, 1 − S(now)/S(last known good), averaged over the odometer's distribution. campaign: listed until done.
//! season: the months it is offered in. Several rules for one item: 1 − Π(1 − p).

use std::cell::OnceCell;

use super::Predictor;
use super::abreast::Abreast;
use super::book::{ItemBook, ModelBook, RuleBook};
use super::life::{Hazards, Looks};
use super::odds::Odds;
use super::reason::Reason;
use super::record::PastWork;
use super::since::{Since, months_since, still_open};
use super::worth;
use crate::domain::catalogue::When;
use crate::domain::settings::PredictSettings;
use crate::domain::{Rule, RuleKind, Usage, Vehicle};
use crate::plan::model::OdometerEstimate;

/// An item with its probability and the reason of its strongest rule.
pub(super) struct DueItem<'b> {
    /// In code order.
    pub(super) position: usize,
    pub(super) item: &'b ItemBook<'b>,
    pub(super) p: f64,
    /// What it takes on tour.
    pub(super) hours: f64,
    pub(super) reason: Reason,
}

/// A season's item counts as done when it was done within this many months.
const SEASON_DONE_MONTHS: f64 = 10.0;

/// By which of some books an item is due.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// By each of them, all the same.
    All,
    /// By the one at this position.
    One(usize),
}

/// All items of a vehicle above the least probability, by item code, under each of the books, which differ in how fast
/// things wear only.
pub(super) fn each<'b, const BOOKS: usize>(
    predictor: &Predictor<'_>,
    vehicle: &Vehicle,
    abreast: &'b Abreast<'_, BOOKS>,
    odometer: Option<&OdometerEstimate>,
    mut see: impl FnMut(By, DueItem<'b>),
) {
    let book = &*abreast.models[0];
    let case = Case::new(predictor, vehicle, book, odometer);
    let rates = predictor.rates;
    let mut from = 0;
    for of_item in book.rules.chunk_by(|a, b| a.item == b.item) {
        let position = of_item[0].item;
        let item = book.at(position);
        let mut due = |by: By, odds: &Odds| {
            if let Some((p, reason)) = odds.listed(rates) {
                let due = DueItem {
                    position,
                    item,
                    p,
                    hours: worth::hours(predictor, item),
                    reason,
                };
                see(by, due);
            }
        };
        let wears = |rule: &RuleBook<'_>| rule.rule.kind == RuleKind::Wear;
        if of_item.iter().any(wears) {
            let mut odds = [Odds::NOTHING; BOOKS];
            // What one rule alone says below this is not listed, and need not be worked out.
            let least = match of_item {
                [_] => rates.least_probability - 1e-4,
                _ => 0.0,
            };
            for (n, rule) in (from..).zip(of_item) {
                let found = if wears(rule) {
                    case.worn(abreast, n, least)
                } else {
                    [case.probability(rule); BOOKS]
                };
                for (odds, found) in odds.iter_mut().zip(found) {
                    if let Some(found) = found {
                        odds.ask(found);
                    }
                }
            }
            for (book, odds) in odds.iter().enumerate() {
                due(By::One(book), odds);
            }
        } else {
            let mut odds = Odds::NOTHING;
            let found = of_item.iter().filter_map(|rule| case.probability(rule));
            found.for_each(|found| odds.ask(found));
            due(By::All, &odds);
        }
        from += of_item.len();
    }
}

/// Whether a vehicle is used hard: by what it is used for, or by how much.
pub(super) fn is_severe(
    rates: &PredictSettings,
    vehicle: &Vehicle,
    km_per_day: Option<f64>,
) -> bool {
    let by_usage = vehicle.usage != Usage::Unknown
        && rates
            .severe_usages
            .iter()
            .any(|usage| usage == vehicle.usage.key());
    by_usage || km_per_day.is_some_and(|km| km >= rates.severe_km_per_day)
}

/// One vehicle on one day.
pub(super) struct Case<'a> {
    pub(super) predictor: &'a Predictor<'a>,
    pub(super) vehicle: &'a Vehicle,
    /// When items were last done: the item's position with the repair.
    pub(super) done: Vec<(usize, &'a PastWork)>,
    pub(super) odometer: Option<&'a OdometerEstimate>,
    severe: bool,
    pub(super) base_km: f64,
    /// Months since the vehicle was bought, and since its last service.
    pub(super) bought_months: Option<f64>,
    pub(super) service_months: Option<f64>,
    /// Looks at what was never renewed.
    since_new: OnceCell<Looks>,
}

impl<'a> Case<'a> {
    fn new(
        predictor: &'a Predictor<'a>,
        vehicle: &'a Vehicle,
        book: &ModelBook<'_>,
        odometer: Option<&'a OdometerEstimate>,
    ) -> Self {
        let mut done: Vec<(usize, &PastWork)> = Vec::new();
        for work in predictor.record.of(vehicle) {
            for &item in book.done_by(&work.what) {
                match done.iter_mut().find(|known| known.0 == item) {
                    // Of two on one day the one read last.
                    Some(known) if known.1.date <= work.date => known.1 = work,
                    Some(_) => {}
                    None => done.push((item, work)),
                }
            }
        }
        Self {
            predictor,
            vehicle,
            done,
            odometer,
            severe: is_severe(predictor.rates, vehicle, odometer.map(|o| o.km_per_day)),
            base_km: book.base_km,
            bought_months: vehicle.buy_date.map(|date| months_since(predictor, date)),
            service_months: vehicle
                .last_service
                .date
                .map(|date| months_since(predictor, date)),
            since_new: OnceCell::new(),
        }
    }

    /// What a rule that is not one of wear says.
    fn probability(&self, book: &RuleBook<'_>) -> Option<(f64, Reason)> {
        let (rule, item) = (book.rule, book.item);
        let (p, reason) = match rule.kind {
            RuleKind::Interval => self.interval(rule, item)?,
            RuleKind::Campaign => self.campaign(rule, item)?,
            RuleKind::Season => self.season(rule, item)?,
            RuleKind::Wear => return None,
        };
        Some((self.wanted(rule, p), reason))
    }

    /// Needed and wanted now.
    fn wanted(&self, rule: &Rule, p: f64) -> f64 {
        let wanted = rule.probability.unwrap_or(match rule.kind {
            RuleKind::Season => 0.3,
            _ => self.predictor.rates.acceptance,
        });
        (p * wanted).clamp(0.0, 1.0)
    }

    fn interval(&self, rule: &Rule, item: usize) -> Option<(f64, Reason)> {
        let factor = if self.severe {
            rule.severe_factor.unwrap_or(1.0)
        } else {
            1.0
        };
        let every_km = rule.km.map(|km| km * factor);
        let every_months = rule.months.map(|months| months * factor);
        let first_only = rule.km.is_none() && rule.months.is_none();
        let since = if first_only {
            None
        } else {
            self.since_done(item)
                .or_else(|| self.since_service(every_km, every_months))
        };
        if let Some(since) = since {
            return self.compare(&since, every_km, every_months);
        }
        if first_only
            && (self.since_done(item).is_some() || self.vehicle.last_service.date.is_some())
        {
            return None;
        }
        let since = self.since_new();
        let limit_km = rule.first_km.or(every_km);
        let limit_months = rule.first_months.or(every_months);
        if first_only && since.intervals(limit_km, limit_months) > 2.0 {
            // A first service has lapsed by then.
            return None;
        }
        self.compare(&since, limit_km, limit_months)
    }

    fn compare(
        &self,
        since: &Since,
        every_km: Option<f64>,
        every_months: Option<f64>,
    ) -> Option<(f64, Reason)> {
        let early = 1.0 - self.predictor.rates.due_window;
        let sd = self.odometer.map_or(1.0, |o| o.sd_km).max(1.0);
        let by_km = match (since.km, every_km) {
            (Some(km), Some(every)) => Some(normal_cdf((km - every * early) / sd)),
            _ => None,
        };
        let by_months = match (since.months, every_months) {
            (Some(months), Some(every)) => Some(if months >= every * early { 1.0 } else { 0.0 }),
            _ => None,
        };
        if by_km.is_none() && by_months.is_none() {
            return None;
        }
        let (km, months) = (by_km.unwrap_or(0.0), by_months.unwrap_or(0.0));
        let reason = Reason {
            rule: "interval",
            by: if km >= months { "km" } else { "months" },
            since_km: since.km,
            since_months: since.months,
            interval_km: every_km,
            interval_months: every_months,
            severe: self.severe,
            counted_from: since.from,
        };
        let passed = since.intervals(every_km, every_months);
        let open = still_open(passed, self.predictor.rates.lapsed_open);
        Some(((1.0 - (1.0 - km) * (1.0 - months)) * open, reason))
    }

    /// What a rule of wear says, as it stands in each of the books; nothing where it is certain that it says less than
    /// `least`.
    fn worn<const BOOKS: usize>(
        &self,
        abreast: &Abreast<'_, BOOKS>,
        rule: usize,
        least: f64,
    ) -> [Option<(f64, Reason)>; BOOKS] {
        let rules = abreast.models.each_ref().map(|model| &model.rules[rule]);
        let Some(now) = self.odometer else {
            return [None; BOOKS];
        };
        let done = self.since_done(rules[0].item);
        let counted_from = if done.is_some() { "done" } else { "new" };
        let renewed_km = done.and_then(|since| since.km);
        let age = renewed_km.unwrap_or(now.mean_km);
        let looks = match renewed_km {
            Some(age) => &self.looks(now, age),
            None => self.since_new.get_or_init(|| self.looks(now, age)),
        };
        // Worked out for the first life that asks; others wear so many times as fast.
        let mut first: Option<(usize, Hazards<'_>)> = None;
        std::array::from_fn(|book| {
            let rule_book = rules[book];
            let life = rule_book.life(self.severe)?;
            let p = if counted_from == "new" && age > 1.5 * life.scale {
                looks.renewed_unseen(life.scale * rule_book.mean_life)
            } else {
                let known = first.as_mut().and_then(|(than, hazards)| {
                    let pair = (book, *than);
                    Some((abreast.times_as_fast(rule, self.severe, pair)?, hazards))
                });
                let (times, hazards) = match known {
                    Some(known) => known,
                    None => (1.0, &mut first.insert((book, looks.hazards(life))).1),
                };
                if self.wanted(rule_book.rule, hazards.at_most(times)) < least {
                    return None;
                }
                hazards.needed(times)
            };
            let reason = Reason {
                rule: "wear",
                by: "km",
                since_km: Some(age),
                since_months: None,
                interval_km: Some(life.scale),
                interval_months: None,
                severe: self.severe,
                counted_from,
            };
            Some((self.wanted(rule_book.rule, p), reason))
        })
    }

    /// Inspected and left in place at the last service; otherwise a year ago by the usual yearly look.
    fn looks(&self, now: &OdometerEstimate, age: f64) -> Looks {
        let service = self.since_service(None, None).and_then(|since| since.km);
        let seen = service.unwrap_or(now.km_per_day * 365.0);
        Looks::of(age, seen, now.sd_km)
    }

    fn campaign(&self, rule: &Rule, item: usize) -> Option<(f64, Reason)> {
        let listed = |id: Option<&str>| id.is_some_and(|id| rule.vins.contains(id));
        if !rule.vins.is_empty()
            && !listed(self.vehicle.vin.as_deref())
            && !listed(self.vehicle.plate.as_deref())
        {
            return None;
        }
        if self.since_done(item).is_some() {
            return None;
        }
        let built_in_range = match (self.vehicle.buy_date, rule.from, rule.to) {
            (_, None, None) => true,
            (None, ..) => !rule.vins.is_empty(),
            (Some(date), from, to) => {
                !matches!(from, Some(When::Day(first)) if date < first)
                    && !matches!(to, Some(When::Day(last)) if date > last)
            }
        };
        built_in_range.then(|| (1.0, Reason::plain("campaign")))
    }

    fn season(&self, rule: &Rule, item: usize) -> Option<(f64, Reason)> {
        let day = self.predictor.day;
        let inside = match (rule.from, rule.to) {
            (Some(When::Month(from)), Some(When::Month(to))) => {
                let month = day.month();
                if from <= to {
                    (from..=to).contains(&month)
                } else {
                    month >= from || month <= to
                }
            }
            (from, to) => {
                let after = match from {
                    Some(When::Day(first)) => day >= first,
                    Some(When::Month(month)) => day.month() >= month,
                    None => true,
                };
                let before = match to {
                    Some(When::Day(last)) => day <= last,
                    Some(When::Month(month)) => day.month() <= month,
                    None => true,
                };
                after && before
            }
        };
        let done = self.since_done(item).and_then(|since| since.months);
        let recently = done.is_some_and(|months| months < SEASON_DONE_MONTHS);
        (inside && !recently).then(|| (1.0, Reason::plain("season")))
    }
}

/// Standard normal distribution function.
fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

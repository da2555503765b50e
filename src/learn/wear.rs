//! Wear rules: shape and scale of each from the lives of its item, shrunk towards the catalogue's.

use super::lives::{Ground, PartLife};
use super::proposal::Line;
use super::score::Outcomes;
use super::{Evidence, is_held_out};
use crate::domain::{Rule, RuleKind};
use crate::predict::{Book, UsageClasses};
use crate::solve::wear::{Fit, Life, Observed, Prior, fit, fit_with_prior};

/// How sure the catalogue is taken to be of a shape, and of a scale: standard deviation of their logarithms
/// (research/parts §2.2; an assumption for the scale).
const SD_LOG_SHAPE: f64 = 0.35;
const SD_LOG_SCALE: f64 = 0.5;
/// Fewer failures propose nothing.
const FEWEST_FAILURES: usize = 3;
/// Km ahead over which predictions are judged.
const WINDOW_KM: f64 = 10_000.0;

/// Two lines a wear rule, or one with the reason why there is none.
pub(super) fn lines(evidence: &Evidence<'_>) -> Vec<Line> {
    let Some(begin) = evidence.record.first_day() else {
        return Vec::new();
    };
    let classes = UsageClasses::learn(
        evidence.vehicles,
        evidence.catalogue,
        evidence.rates.km_per_day,
    );
    let book = Book::new(evidence.catalogue);
    let ground = Ground {
        vehicles: evidence.vehicles,
        book: &book,
        record: evidence.record,
        rates: evidence.rates,
        classes: &classes,
    };
    let rules = evidence.catalogue.rules.iter();
    rules
        .filter(|rule| rule.kind == RuleKind::Wear)
        .flat_map(|rule| of_rule(rule, &ground.lives(rule, begin)))
        .collect()
}

/// What names a rule: item and what it applies to.
pub(super) fn key(rule: &Rule) -> String {
    format!("{}@{}", rule.item, rule.applies_to)
}

fn of_rule(rule: &Rule, lives: &[PartLife]) -> Vec<Line> {
    let failures = lives.iter().filter(|life| life.failed).count();
    let blank = Line {
        what: "wear".into(),
        key: key(rule),
        parameter: "scale_km".into(),
        before: rule.scale_km,
        n: lives.len(),
        events: failures,
        ..Line::default()
    };
    let told = told(rule, lives, failures);
    let (fitted, trained) = match told {
        Ok(told) => told,
        Err(reason) => {
            return vec![Line {
                reason: reason.to_owned(),
                ..blank
            }];
        }
    };
    let score = |shape: Option<f64>, scale: Option<f64>| {
        let outcomes = outcomes(lives, shape?, scale?);
        Some(outcomes.score()?.log_loss)
    };
    let before = score(rule.shape, rule.scale_km);
    let after = trained.and_then(|law| score(Some(law.shape), Some(law.scale)));
    let line = |parameter: &str, old: Option<f64>, new: f64, se: f64, interval: [f64; 2]| Line {
        parameter: parameter.to_owned(),
        before: old,
        after: Some(new),
        se: Some(new * se),
        interval: Some(interval),
        score: "log loss",
        score_before: before,
        score_after: after,
        ..blank.clone()
    };
    vec![
        line(
            "shape",
            rule.shape,
            fitted.shape,
            fitted.se_log_shape,
            fitted.shape_95(),
        ),
        line(
            "scale_km",
            rule.scale_km,
            fitted.scale,
            fitted.se_log_scale,
            fitted.scale_95(),
        ),
    ]
}

type Told = (Fit, Option<Fit>);

/// The law of all lives, and that of the lives not held out; or why there is none.
fn told(rule: &Rule, lives: &[PartLife], failures: usize) -> Result<Told, &'static str> {
    if failures == 0 {
        return Err("no_failure");
    }
    if failures < FEWEST_FAILURES {
        return Err("few_failures");
    }
    let engine = |keep: &dyn Fn(&PartLife) -> bool| -> Vec<Life> {
        let kept = lives.iter().filter(|life| keep(life));
        kept.filter_map(as_life).collect()
    };
    // The catalogue would answer for data that say nothing themselves: then there is nothing to propose.
    let all = engine(&|_| true);
    fit(&all).map_err(|_| "not_identified")?;
    let law = |lives: &[Life]| match prior(rule) {
        Some(prior) => fit_with_prior(lives, &prior),
        None => fit(lives),
    };
    let fitted = law(&all).map_err(|_| "not_identified")?;
    let train = engine(&|life| !is_held_out(&life.vehicle));
    Ok((rounded(fitted), law(&train).ok()))
}

/// As written into the table: what is judged and accepted is what is printed.
fn rounded(fit: Fit) -> Fit {
    Fit {
        shape: (fit.shape * 1e3).round() / 1e3,
        scale: fit.scale.round(),
        ..fit
    }
}

fn prior(rule: &Rule) -> Option<Prior> {
    Some(Prior {
        shape: rule.shape.filter(|shape| *shape > 0.0)?,
        sd_log_shape: SD_LOG_SHAPE,
        scale: rule.scale_km.filter(|scale| *scale > 0.0)?,
        sd_log_scale: SD_LOG_SCALE,
    })
}

fn as_life(life: &PartLife) -> Option<Life> {
    let what = if life.failed {
        Observed::Failed(life.end)
    } else {
        Observed::Good(life.end)
    };
    Life::new(what, life.entry, 1).ok()
}

/// Held-out lives, cut into windows: did it fail within the next km, given that it was good at their start?
/// Only windows that were, or would have been, watched to their end count, else failures would be over-counted.
fn outcomes(lives: &[PartLife], shape: f64, scale: f64) -> Outcomes {
    let hazard = |km: f64| libm::pow(km / scale, shape);
    let mut outcomes = Outcomes::default();
    for life in lives.iter().filter(|life| is_held_out(&life.vehicle)) {
        let mut from = life.entry;
        while from < life.end && from + WINDOW_KM <= life.watched_to {
            let to = from + WINDOW_KM;
            let p = -libm::expm1(hazard(from) - hazard(to));
            outcomes.add(p, life.failed && life.end <= to);
            from = to;
        }
    }
    outcomes
}

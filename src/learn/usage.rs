//! Km per day by model and use, from the vehicles' own records.

use std::collections::BTreeMap;

use super::proposal::Line;
use super::{Evidence, is_held_out};
use crate::domain::Usage;
use crate::predict::Used;
use crate::solve::usage::{ClassRate, OwnRecord, class_rate};

/// Fewer vehicles of a model and use propose nothing.
const FEWEST: usize = 5;
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// One line for each model and use.
pub(super) fn lines(evidence: &Evidence<'_>) -> Vec<Line> {
    let mut by_class: BTreeMap<(&str, Usage), Vec<(&str, OwnRecord)>> = BTreeMap::new();
    for vehicle in evidence.vehicles {
        if let (Some(model), Some(own)) = (vehicle.model.as_deref(), Used::of(vehicle).own) {
            let class = by_class.entry((model, vehicle.usage)).or_default();
            class.push((&vehicle.id, own));
        }
    }
    let believed = |model: &str, usage: Usage| {
        let known = evidence.catalogue.models.get(model)?;
        known.km_by_use.get(&usage).copied().or(known.km_per_day)
    };
    by_class
        .iter()
        .map(|((model, usage), owns)| {
            let before = believed(model, *usage).unwrap_or(evidence.rates.km_per_day);
            line(format!("{model}@{}", usage.key()), before, owns)
        })
        .collect()
}

fn line(key: String, before: f64, owns: &[(&str, OwnRecord)]) -> Line {
    let blank = Line {
        what: "usage".into(),
        key,
        parameter: "km_per_day".into(),
        before: Some(before),
        n: owns.len(),
        events: owns.len(),
        ..Line::default()
    };
    if owns.len() < FEWEST {
        return Line {
            reason: "few_vehicles".into(),
            ..blank
        };
    }
    let of = |keep: &dyn Fn(&str) -> bool| -> Vec<OwnRecord> {
        let kept = owns.iter().filter(|(id, _)| keep(id));
        kept.map(|(_, own)| *own).collect()
    };
    let all = of(&|_| true);
    let class = class_rate(&all, ClassRate::assumed(before));
    let weights: f64 = all
        .iter()
        .map(|own| 1.0 / (class.between + class.within / own.days))
        .sum();
    let se = 1.0 / weights.sqrt();
    let after = (class.mean * 10.0).round() / 10.0;
    let train = class_rate(&of(&|id| !is_held_out(id)), ClassRate::assumed(before));
    let held_out = of(&is_held_out);
    Line {
        after: Some(after),
        se: Some(se),
        interval: Some([after - NORMAL_975 * se, after + NORMAL_975 * se].map(|x| x.max(0.0))),
        score: "mean error",
        score_before: mean_error(&held_out, before),
        score_after: mean_error(&held_out, train.mean),
        ..blank
    }
}

/// Mean |own rate − rate| of vehicles, weighted by the days of their records, km per day.
fn mean_error(owns: &[OwnRecord], rate: f64) -> Option<f64> {
    let days: f64 = owns.iter().map(|own| own.days).sum();
    let error: f64 = owns
        .iter()
        .map(|own| (own.km - rate * own.days).abs())
        .sum();
    (days > 0.0).then(|| error / days)
}

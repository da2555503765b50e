//! Rates of coming and wanting, and what symptoms mean: shares, shrunk towards what is believed now.
//!
//! A rate q believed with the weight of κ vehicles becomes (κq + happened)/(κ + chances): the posterior mean of a
//! beta-binomial. Where a chance has a factor of its own (the share that comes from so far), it counts as that much
//! of a chance.

use super::proposal::Line;
use super::score::Outcomes;
use super::tours::{Trial, seen};
use super::{Evidence, is_held_out};
use crate::domain::{CallOutcome, CustomerType, RuleKind, Symptom};

/// Vehicles a believed rate of coming or wanting is worth. An assumption.
const RATE_WEIGHT: f64 = 20.0;
/// Vehicles a believed meaning of a symptom is worth. An assumption.
const SYMPTOM_WEIGHT: f64 = 10.0;
/// Fewer chances propose nothing.
const FEWEST: usize = 10;
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// One line a rate with any chance.
pub(super) fn lines(evidence: &Evidence<'_>) -> Vec<Line> {
    let rates = evidence.rates;
    let of_type = |kinds: &[CustomerType]| -> Vec<Trial> {
        let known = |id: &str| {
            let at = evidence
                .vehicles
                .binary_search_by(|one| one.id.as_str().cmp(id));
            at.ok().and_then(|at| evidence.vehicles.get(at))
        };
        let own = seen(evidence.months).filter(|one| {
            known(&one.called.vehicle).is_some_and(|vehicle| kinds.contains(&vehicle.customer_type))
        });
        own.filter_map(|one| one.before_call()).collect()
    };
    let after = |kinds: &[CallOutcome]| -> Vec<Trial> {
        seen(evidence.months)
            .filter_map(|one| one.after_call(kinds))
            .collect()
    };
    let persons = [CustomerType::Person, CustomerType::Unknown];
    let firms = [CustomerType::Firm, CustomerType::Group];
    let undecided = [CallOutcome::Undecided, CallOutcome::CallLater];
    let not_reached = [CallOutcome::NotReached, CallOutcome::WrongNumber];
    let rows = [
        ("show_up_person", rates.show_up_person, of_type(&persons)),
        ("show_up_firm", rates.show_up_firm, of_type(&firms)),
        (
            "show_up_booked",
            rates.show_up_booked,
            after(&[CallOutcome::Coming]),
        ),
        (
            "show_up_undecided",
            rates.show_up_undecided,
            after(&undecided),
        ),
        (
            "show_up_not_reached",
            rates.show_up_not_reached,
            after(&not_reached),
        ),
        ("acceptance", rates.acceptance, wanted(evidence)),
    ];
    let mut lines: Vec<Line> = rows
        .into_iter()
        .filter(|(.., trials)| !trials.is_empty())
        .map(|(key, believed, trials)| line(("rate", key, key), believed, RATE_WEIGHT, &trials))
        .collect();
    for symptom in &evidence.catalogue.symptoms {
        let trials = meant(evidence, symptom);
        if !trials.is_empty() {
            let name = ("symptom", symptom_key(symptom), "probability");
            let name = (name.0, name.1.as_str(), name.2);
            lines.push(line(name, symptom.probability, SYMPTOM_WEIGHT, &trials));
        }
    }
    lines
}

/// What names a line of the symptom table.
pub(super) fn symptom_key(symptom: &Symptom) -> String {
    format!(
        "{}@{}@{}",
        symptom.item,
        symptom.applies_to,
        symptom.words.join("/")
    )
}

/// What customers said on the phone to items that were due by an interval: confirmed or struck. Items with a
/// probability of their own do not use the rate.
fn wanted(evidence: &Evidence<'_>) -> Vec<Trial> {
    let uses_rate = |item: &String| {
        let mut rules = evidence.catalogue.rules.iter();
        rules.any(|rule| {
            rule.item == *item && rule.kind == RuleKind::Interval && rule.probability.is_none()
        })
    };
    let mut trials = Vec::new();
    for one in seen(evidence.months) {
        let Some(answer) = one.answer else {
            continue;
        };
        for (items, happened) in [(&answer.confirmed, true), (&answer.struck, false)] {
            trials.extend(items.iter().filter(|item| uses_rate(item)).map(|_| Trial {
                vehicle: one.called.vehicle.clone(),
                exposure: 1.0,
                happened,
            }));
        }
    }
    trials
}

/// Vehicles whose owners said these words and that were looked at: did it take the item?
fn meant(evidence: &Evidence<'_>, symptom: &Symptom) -> Vec<Trial> {
    let heard = seen(evidence.months).filter_map(|one| {
        let said = &one.answer?.symptoms;
        let outcome = one.inspected()?;
        let fits = evidence
            .catalogue
            .applies(&symptom.applies_to, &one.called.model);
        (fits && symptom.is_heard_in(said)).then(|| Trial {
            vehicle: one.called.vehicle.clone(),
            exposure: 1.0,
            happened: outcome.items_done.contains(&symptom.item)
                || outcome.items_open.contains(&symptom.item),
        })
    });
    heard.collect()
}

fn line(name: (&str, &str, &str), believed: f64, weight: f64, trials: &[Trial]) -> Line {
    let happened = trials.iter().filter(|trial| trial.happened).count();
    let blank = Line {
        what: name.0.to_owned(),
        key: name.1.to_owned(),
        parameter: name.2.to_owned(),
        before: Some(believed),
        n: trials.len(),
        events: happened,
        ..Line::default()
    };
    if trials.len() < FEWEST {
        return Line {
            reason: "few_chances".into(),
            ..blank
        };
    }
    let rate_of = |keep: &dyn Fn(&Trial) -> bool| {
        let kept = || trials.iter().filter(|trial| keep(trial));
        let chances: f64 = kept().map(|trial| trial.exposure).sum();
        let happened = kept().filter(|trial| trial.happened).count() as f64;
        let rate = (weight * believed + happened) / (weight + chances);
        (rate.clamp(0.001, 0.999), weight + chances)
    };
    let score = |rate: f64| {
        let mut outcomes = Outcomes::default();
        for trial in trials.iter().filter(|trial| is_held_out(&trial.vehicle)) {
            outcomes.add(rate * trial.exposure, trial.happened);
        }
        outcomes.score().map(|score| score.brier)
    };
    let (rate, chances) = rate_of(&|_| true);
    let (trained, _) = rate_of(&|trial| !is_held_out(&trial.vehicle));
    let after = (rate * 1e3).round() / 1e3;
    let se = (rate * (1.0 - rate) / (chances + 1.0)).sqrt();
    let bound = |x: f64| x.clamp(0.0, 1.0);
    Line {
        after: Some(after),
        se: Some(se),
        interval: Some([
            bound(after - NORMAL_975 * se),
            bound(after + NORMAL_975 * se),
        ]),
        score: "Brier",
        score_before: score(believed),
        score_after: score(trained),
        ..blank
    }
}

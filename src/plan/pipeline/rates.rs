//! How the plan stands if assumed rates are wrong: the certificate is of the rates assumed, and no forecast.
//!
//! Show-up rates and wear rates, each a fifth lower and higher than assumed: what the plan's own tours and kits
//! are worth then, and whether other tours would have been chosen.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::PlanInputs;
use super::choices::side_effort;
use super::posing::Demand;
use super::region::{OtherRates, Region};
use super::tours::MonthTours;
use crate::domain::settings::{PartsSettings, TeamSettings};
use crate::domain::{Catalogue, RuleKind};
use crate::plan::model::{KitLine, Rate, RateCase};
use crate::solve::territory::{self as engine, Problem, Solution, TourPlan};
use crate::stage::{TourJobs, fare};

/// The cases looked at, of either rate: the true one over the assumed one.
const FACTORS: [f64; 2] = [0.8, 1.2];

/// The month as it is under another rate.
pub(super) struct Other {
    rate: Rate,
    factor: f64,
    rates: OtherRates,
    demand: Demand,
}

/// Other wear rates, and what the region would ask for by them.
pub(super) type Worn = Vec<(OtherRates, Demand)>;

/// Wear rates other than those assumed.
pub(super) fn worn(inputs: &PlanInputs<'_>) -> [OtherRates; 2] {
    FACTORS.map(|factor| assumed(inputs, Rate::Wear, factor))
}

/// The months to look at, those of other wear rates with their demand; without those that cannot be posed.
pub(super) fn others(inputs: &PlanInputs<'_>, region: &Region<'_>, worn: Worn) -> Vec<Other> {
    let shown_up = FACTORS.into_iter().filter_map(|factor| {
        // Nobody needs anything else.
        let demand = region.demand_if(inputs, &|outline| outline.if_more_came(factor));
        Some(Other {
            rate: Rate::ShowUp,
            factor,
            rates: assumed(inputs, Rate::ShowUp, factor),
            demand: demand.ok()?,
        })
    });
    let worn = worn.into_iter().zip(FACTORS);
    let worn = worn.map(|((rates, demand), factor)| Other {
        rate: Rate::Wear,
        factor,
        rates,
        demand,
    });
    shown_up.chain(worn).collect()
}

/// Every case for a plan.
pub(super) fn cases(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    teams: &[TeamSettings],
    others: &[Other],
    (solution, month, kit): (&Solution, &MonthTours, &[KitLine]),
) -> Vec<RateCase> {
    let tours = inputs.given.map_or(&[][..], |given| &given.tours);
    let asked = Asked {
        catalogue: &inputs.ingested.tables.catalogue,
        parts: &inputs.settings.parts,
        standing: tours.iter().map(|tour| tour.tour.clone()).collect(),
        rounds: side_effort(solution),
        seed: inputs.seed,
    };
    let case_of = |other: &Other| {
        let problem = region.pose(inputs, teams, &other.demand).ok()?;
        let on_visits = month.called.values().filter(|on| on.waits.is_none());
        let on_visits = on_visits.map(|on| on.vehicle);
        let predicted = region.predictions_by(inputs, &other.rates, on_visits);
        let posed = Posed {
            rate: other.rate,
            factor: other.factor,
            problem,
            jobs: month.jobs(inputs, region, &|index| &predicted[&index]),
        };
        case(&asked, &posed, solution, kit)
    };
    // Collected in their order: the same on any number of threads.
    let cases: Vec<Option<RateCase>> = others.par_iter().map(case_of).collect();
    cases.into_iter().flatten().collect()
}

/// Such a month, posed.
struct Posed {
    rate: Rate,
    factor: f64,
    problem: Problem,
    jobs: Vec<TourJobs>,
}

/// What all cases have in common.
struct Asked<'a> {
    catalogue: &'a Catalogue,
    parts: &'a PartsSettings,
    standing: Vec<TourPlan>,
    rounds: u64,
    seed: u64,
}

/// Rates and catalogue with one rate changed. A wear rate is the hazard: η · factor^(−1/β) gives factor times as much.
fn assumed(inputs: &PlanInputs<'_>, rate: Rate, factor: f64) -> OtherRates {
    let mut rates = inputs.settings.predict.clone();
    let mut catalogue = inputs.ingested.tables.catalogue.clone();
    match rate {
        Rate::ShowUp => {
            for chance in [
                &mut rates.show_up_person,
                &mut rates.show_up_firm,
                &mut rates.show_up_booked,
                &mut rates.show_up_undecided,
                &mut rates.show_up_not_reached,
            ] {
                *chance = (*chance * factor).clamp(0.0, 1.0);
            }
        }
        Rate::Wear => {
            let worn = |rule: &&mut crate::domain::Rule| rule.kind == RuleKind::Wear;
            for rule in catalogue.rules.iter_mut().filter(worn) {
                if let (Some(shape), Some(scale)) = (rule.shape, rule.scale_km.as_mut())
                    && shape > 0.0
                {
                    *scale *= libm::pow(factor, -1.0 / shape);
                }
            }
        }
    }
    OtherRates { rates, catalogue }
}

/// One case; `None` where the tours break a rule of its problem.
fn case(
    asked: &Asked<'_>,
    posed: &Posed,
    solution: &Solution,
    kit: &[KitLine],
) -> Option<RateCase> {
    let problem = &posed.problem;
    let kept = engine::solve_fixed(problem, &solution.tours).ok()?;
    let known = &solution.tours;
    let best = engine::improve(problem, &asked.standing, known, asked.seed, asked.rounds)
        .ok()
        .filter(|best| best.objective > kept.objective);
    let points = |plan: &Solution| -> BTreeSet<String> {
        let stops = plan.tours.iter().flat_map(|tour| &tour.stops);
        stops.map(|stop| stop.point.clone()).collect()
    };
    let (here, there) = (points(&kept), points(best.as_ref().unwrap_or(&kept)));
    let fared = fare(&posed.jobs, kit, asked.catalogue, asked.parts, asked.seed);
    let cents = |yuan: f64| (yuan * 100.0).round() / 100.0;
    let tenths = |pieces: f64| (pieces * 10.0).round() / 10.0;
    Some(RateCase {
        rate: posed.rate,
        factor: posed.factor,
        kept_yuan: cents(kept.objective),
        best_yuan: cents(best.map_or(kept.objective, |best| best.objective)),
        visits: here.len() as u64,
        visits_kept: here.intersection(&there).count() as u64,
        job_fill: (fared.job_fill * 1e4).round() / 1e4,
        needed: tenths(fared.needed),
        leftover: tenths(fared.leftover),
    })
}

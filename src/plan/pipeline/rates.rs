//! How the plan stands if assumed rates are wrong: the certificate is of the rates assumed, and no forecast.
//!
//! Show-up rates and wear rates, each a fifth lower and higher than assumed: what the plan's own tours and kits
//! are worth then, and whether other tours would have been chosen.

use std::collections::BTreeSet;

use super::choices::side_effort;
use super::region::Region;
use super::tours::MonthTours;
use super::{PlanInputs, search};
use crate::domain::settings::{PredictSettings, TeamSettings};
use crate::domain::{Catalogue, RuleKind};
use crate::plan::model::{KitLine, Rate, RateCase};
use crate::solve::territory::{self as engine, Solution};
use crate::stage::fare;

/// The cases looked at: the true rate over the assumed one.
const CASES: [(Rate, f64); 4] = [
    (Rate::ShowUp, 0.8),
    (Rate::ShowUp, 1.2),
    (Rate::Wear, 0.8),
    (Rate::Wear, 1.2),
];

/// Every case for a plan; `region` is left as it was.
pub(super) fn cases(
    inputs: &PlanInputs<'_>,
    region: &mut Region<'_>,
    teams: &[TeamSettings],
    (solution, month, kit): (&Solution, &MonthTours, &[KitLine]),
) -> Vec<RateCase> {
    let mut cases = Vec::new();
    for (rate, factor) in CASES {
        let (rates, catalogue) = assumed(inputs, rate, factor);
        let assumed = region.assume(inputs, &rates, &catalogue);
        cases.extend(case(
            inputs,
            region,
            teams,
            (solution, month, kit),
            (rate, factor),
        ));
        region.restore(assumed);
    }
    cases
}

/// Rates and catalogue with one rate changed. A wear rate is the hazard: η · factor^(−1/β) gives factor times as much.
fn assumed(inputs: &PlanInputs<'_>, rate: Rate, factor: f64) -> (PredictSettings, Catalogue) {
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
    (rates, catalogue)
}

/// One case; `None` where no problem can be written or the tours break one of its rules.
fn case(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    teams: &[TeamSettings],
    (solution, month, kit): (&Solution, &MonthTours, &[KitLine]),
    (rate, factor): (Rate, f64),
) -> Option<RateCase> {
    let tables = &inputs.ingested.tables;
    let problem = region.problem(inputs, teams).ok()?;
    let kept = engine::solve_fixed(&problem, &solution.tours).ok()?;
    let other = PlanInputs {
        effort: Some(side_effort(solution)),
        stop: None,
        ..*inputs
    };
    let best = search(&other, &problem, inputs.given)
        .ok()
        .filter(|best| best.objective > kept.objective);
    let points = |plan: &Solution| -> BTreeSet<String> {
        let stops = plan.tours.iter().flat_map(|tour| &tour.stops);
        stops.map(|stop| stop.point.clone()).collect()
    };
    let (here, there) = (points(&kept), points(best.as_ref().unwrap_or(&kept)));
    let fared = fare(
        &month.jobs(inputs, region),
        kit,
        &tables.catalogue,
        &inputs.settings.parts,
        inputs.seed,
    );
    let cents = |yuan: f64| (yuan * 100.0).round() / 100.0;
    let tenths = |pieces: f64| (pieces * 10.0).round() / 10.0;
    Some(RateCase {
        rate,
        factor,
        kept_yuan: cents(kept.objective),
        best_yuan: cents(best.map_or(kept.objective, |best| best.objective)),
        visits: here.len() as u64,
        visits_kept: here.intersection(&there).count() as u64,
        job_fill: (fared.job_fill * 1e4).round() / 1e4,
        needed: tenths(fared.needed),
        leftover: tenths(fared.leftover),
    })
}

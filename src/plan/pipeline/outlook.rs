//! Other sizes of the month and other rates: what is looked at beside the plan, where tours are searched.
//!
//! Not responsible for: the sizes (`choices`), the rates (`rates`).

use super::rates::{self, Other};
use super::region::Region;
use super::tours::MonthTours;
use super::{PlanInputs, choices};
use crate::domain::settings::TeamSettings;
use crate::plan::model::{KitLine, Outlook};
use crate::solve::territory as engine;

/// Other sizes of the month and other rates; of tours that were not searched, what was said when they were.
pub(super) fn outlook(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    (teams, problem): (&[TeamSettings], &engine::Problem),
    others: Option<Vec<Other>>,
    made: (&engine::Solution, &MonthTours, &[KitLine]),
) -> Outlook {
    let Some(others) = others else {
        let last = inputs.given.map(|given| &given.last.outlook);
        return last.cloned().unwrap_or_default();
    };
    let tours = inputs.given.map_or(&[][..], |given| &given.tours);
    let kept: Vec<engine::TourPlan> = tours.iter().map(|tour| tour.tour.clone()).collect();
    let (curve, rates) = rayon::join(
        || choices::curve(inputs, problem, made.0, &kept),
        || rates::cases(inputs, region, teams, &others, made),
    );
    Outlook { curve, rates }
}

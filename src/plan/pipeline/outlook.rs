//! Other sizes of the month and other rates: what is looked at beside the plan, where tours are searched.
//!
//! Not responsible for: the sizes (`choices`), the rates (`rates`).

use super::rates::{self, Other, Worn};
use super::region::Region;
use super::tours::MonthTours;
use super::{PlanInputs, choices};
use crate::domain::settings::TeamSettings;
use crate::findings::{Failure, Finding};
use crate::plan::model::{KitLine, Outlook};
use crate::solve::territory as engine;

/// The region, and what it would ask for by other wear rates where the plan looks at other sizes of the month and other rates:
/// where tours are searched.
pub(super) fn survey<'a>(
    inputs: &PlanInputs<'a>,
    findings: &mut Vec<Finding>,
) -> Result<(Region<'a>, Option<Worn>), Failure> {
    let searched = inputs.given.is_none_or(|given| given.searched);
    let worn = searched.then(|| rates::worn(inputs));
    let by = worn.as_ref();
    let by = by.map(|worn| worn.each_ref().map(|other| &other.catalogue));
    let (region, demand) = Region::survey_by(inputs, by, findings)?;
    let worn = worn.map(|worn| worn.into_iter().zip(demand).collect());
    Ok((region, worn))
}

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

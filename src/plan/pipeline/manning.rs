//! Teams and crews of a month.
//!
//! Not responsible for: who goes where (`crew`).

use super::region::Region;
use super::tours::MonthTours;
use super::{PlanInputs, resting};
use crate::crew::{SkillsByTour, Staffed, staff, staff_covered, team_capacity};
use crate::domain::settings::TeamSettings;
use crate::findings::{Failure, Finding};

/// The teams that can be manned, and what is to be said of the others.
pub(super) fn teams(
    inputs: &PlanInputs<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Vec<TeamSettings>, Failure> {
    let tables = &inputs.ingested.tables;
    let (teams, said) = team_capacity(&inputs.settings.team, &tables.crew, &tables.vans);
    if teams.is_empty() {
        let why = said.into_iter().next();
        return Err(Failure::no_plan(
            why.unwrap_or_else(|| Finding::new("P006")),
        ));
    }
    findings.extend(said);
    Ok(teams)
}

/// The crew of every tour; jobs nobody on a tour has the skill for are not done on it.
pub(super) fn manned(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    month: &mut MonthTours,
    findings: &mut Vec<Finding>,
) -> Staffed {
    let tables = &inputs.ingested.tables;
    let mut left = |uncovered: &SkillsByTour| {
        findings.extend(month.drop_skills(tables, uncovered));
        month.work(inputs, region)
    };
    let people = resting::crew_there(inputs);
    let mut staffed = staff_covered(&mut left, &|work| {
        staff(
            work,
            &people,
            &tables.vans,
            &inputs.settings.tour,
            &tables.catalogue,
            &tables.calendar,
        )
    });
    findings.append(&mut staffed.findings);
    staffed
}

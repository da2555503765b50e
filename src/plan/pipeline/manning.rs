//! Teams and crews of a month.
//!
//! Not responsible for: who goes where (`crew`).

use super::region::Region;
use super::tours::MonthTours;
use super::{PlanInputs, resting};
use crate::crew::{Staffed, staff, team_capacity};
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
    let mut staffed = staff_month(inputs, region, month);
    if !staffed.uncovered.is_empty() {
        findings.extend(month.drop_skills(&inputs.ingested.tables, &staffed.uncovered));
        staffed = staff_month(inputs, region, month);
    }
    findings.append(&mut staffed.findings);
    staffed
}

fn staff_month(inputs: &PlanInputs<'_>, region: &Region<'_>, month: &MonthTours) -> Staffed {
    let tables = &inputs.ingested.tables;
    staff(
        &month.work(inputs, region),
        &resting::crew_there(inputs),
        &tables.vans,
        &inputs.settings.tour,
        &tables.catalogue,
        &tables.calendar,
    )
}

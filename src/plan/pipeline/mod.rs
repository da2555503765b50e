//! The month from tables to plan: one function that reads like the month itself.
//!
//! Responsible for: the order of the stages and handing one stage's answer to the next.
//! Not responsible for: what a stage does, reading and writing files.

mod around;
mod booking;
mod calls;
mod cells;
mod choices;
mod demand;
mod facts;
mod figures;
mod fingerprint;
mod fullness;
mod given;
mod heard;
mod kept_calls;
mod listed;
mod manning;
mod nearness;
mod needs;
mod outlook;
mod overfull;
mod placing;
mod posing;
mod rates;
mod region;
mod register;
mod resting;
mod roads;
mod rows;
mod seek;
mod slots;
mod tour_rows;
mod tours;
mod work;
mod yards;

use std::collections::BTreeMap;

use crate::crew::team_capacity;
use crate::domain::{Date, Month, Settings};
use crate::findings::{Failure, Finding};
use crate::ingest::{Ingested, Tables};
use crate::place::Matcher;
use crate::place::osrm::Wanted;
use crate::plan::files::Contacts;
use crate::plan::model::{InputFile, PLAN_SCHEMA, PLAN_VERSION, Plan, RowCounts};
use crate::solve::territory as engine;
use crate::stage::stage;

pub use around::{broken, earliest_depart, free_ids, rules_broken};
pub use booking::booking_key;
pub use choices::{measured, with_teams};
pub use fingerprint::{fingerprint, fingerprint_and_vehicles};
pub use given::{Given, GivenTour, tour_plan};
use rates::Worn;
use region::Region;
pub use resting::broken_rules;
pub use roads::RoadAnswers;
pub(in crate::plan) use roads::written_table;
pub use seek::searched;
use tours::MonthTours;

/// What a plan is made from.
pub struct PlanInputs<'a> {
    /// Everything read.
    pub ingested: &'a Ingested,
    /// Settings, `today` and `month` filled in.
    pub settings: &'a Settings,
    /// Reads addresses: over the built-in gazetteer or the workspace's own.
    pub places: &'a Matcher<'a>,
    /// The month to plan.
    pub month: Month,
    /// The day it is made on.
    pub today: Date,
    /// Seed of the search.
    pub seed: u64,
    /// Iterations of the search; `None` = by the size of the problem.
    pub effort: Option<u64>,
    /// Asked between iterations: true ends the search.
    pub stop: Option<&'a (dyn Fn() -> bool + Sync)>,
    /// What is known beyond the tables: then the tours are not searched but given.
    pub given: Option<&'a Given<'a>>,
    /// Asked for measured drives, where `[travel] mode` is `osrm`.
    pub roads: Option<&'a (dyn Fn(&Wanted) -> RoadAnswers + Sync)>,
    /// Told the rows of customers.csv (every accepted vehicle, once, by id) part by part; `None`: they are only counted.
    pub rows: Option<&'a RowSink<'a>>,
    /// Told what is being done.
    pub progress: &'a (dyn Fn(Step) + Sync),
}

/// Takes bytes of customers.csv, in their order.
pub type RowSink<'a> = dyn Fn(&[u8]) -> Result<(), Failure> + Sync + 'a;

/// The steps a person may wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Places and predictions.
    Region,
    /// The search for tours.
    Tours,
    /// Crew, kits and sourcing.
    Parts,
    /// Months of other sizes, and other rates.
    Outlook,
    /// Documents.
    Documents,
}

/// What a plan consists of.
pub struct Outcome {
    /// The plan.
    pub plan: Plan,
    /// The pure problem.
    pub problem: engine::Problem,
    /// Its solution.
    pub solution: engine::Solution,
    /// Whom to dial for called vehicles.
    pub contacts: Contacts,
}

/// Plans a month. The plan has no id yet: [`fingerprint`] gives it one when all that is decided stands in it.
///
/// # Errors
/// Status 3 where the depot or every point has no place, 4 where no tour is worth making.
pub fn plan_month(inputs: &PlanInputs<'_>) -> Result<Outcome, Failure> {
    let tables = &inputs.ingested.tables;
    let mut findings = Vec::new();
    let year = inputs.month.first().year();
    if !tables.calendar.knows(year) {
        findings.push(Finding::new("P001").arg("year", year));
    }
    let teams = manning::teams(inputs, &mut findings)?;

    (inputs.progress)(Step::Region);
    let (region, worn) = survey(inputs, &mut findings)?;
    let problem = region.problem(inputs, &teams)?;
    let travel = roads::note(inputs, &region, &problem, &mut findings);

    (inputs.progress)(Step::Tours);
    // The search leaves much of a core idle: what other rates would ask for is summed up beside it.
    let (solved, others) = rayon::join(
        || seek::solved(inputs, &problem),
        || worn.map(|worn| rates::others(inputs, &region, worn)),
    );
    let (solution, named) = solved?;
    let (tours, visits) = seek::laid(&problem, &solution, &named)?;
    let mut month = MonthTours::fill(inputs, &region, &teams, tours, visits);

    (inputs.progress)(Step::Parts);
    let staffed = manning::manned(inputs, &region, &mut month, &mut findings);
    let staged = stage(
        &month.jobs(inputs, &region, &|index| region.prediction(inputs, index)),
        &tables.catalogue,
        &tables.supply,
        &tables.calendar,
        &inputs.settings.parts,
        inputs.today,
        inputs.seed,
    );
    (inputs.progress)(Step::Outlook);
    let made = (&solution, &month, staged.kit.as_slice());
    let outlook = outlook::outlook(inputs, &region, (&teams, &problem), others, made);
    findings.extend(staged.findings.iter().cloned());
    findings.extend(month.findings(inputs, &region));
    findings.extend(fullness::findings(
        inputs, &region, &problem, &solution, &month,
    ));
    let vehicles = rows::called_vehicles(inputs, &region, &month);
    let ((calls, said), counts) = rayon::join(
        || calls::schedule(inputs, &month, &vehicles),
        || register::of(inputs, &region, &month, &vehicles),
    );
    findings.extend(said);
    let (documents, demand) = rayon::join(
        || month.documents(inputs, &region, &staffed),
        || demand::by_place(inputs, &region, &month),
    );
    let mut plan = Plan {
        schema: PLAN_SCHEMA.into(),
        schema_version: PLAN_VERSION.into(),
        id: String::new(),
        made_by: format!("tourplan {}", env!("CARGO_PKG_VERSION")),
        month: inputs.month.to_string(),
        today: inputs.today,
        seed: inputs.seed,
        search: seek::facts(inputs, &solution),
        outlook,
        inputs: Vec::new(),
        rows: row_counts(inputs),
        settings: inputs.settings.clone(),
        travel,
        figures: figures::of(inputs, counts?, &region, &month, &documents),
        demand,
        points: region.plan_points(inputs, &month),
        tours: documents.tours,
        visits: documents.visits,
        calls,
        kit: staged.kit,
        kits: staged.kits,
        parts: staged.parts,
        sourcing: staged.sourcing,
        crew: staffed.duties,
        tools: staffed.tools,
        items: facts::items(&tables.catalogue),
        part_facts: facts::parts(tables),
        cribs: facts::cribs(&tables.catalogue, &vehicles),
        vehicles,
        reminders: Vec::new(),
        orders: Vec::new(),
        supply: crate::plan::model::SupplySeen::default(),
        changes: Vec::new(),
        closings: Vec::new(),
        month_closing: None,
        resting: resting::still_resting(inputs),
        own_days: crate::plan::model::OwnDay::of(&tables.calendar),
        approvals: BTreeMap::new(),
        findings,
    };
    if let Some(given) = inputs.given.filter(|given| given.holds) {
        given.keeps_bookings(&plan, &tables.vehicles)?;
    }
    plan.inputs = input_files(inputs.ingested);
    let contacts = rows::contacts(tables, &plan.vehicles);
    Ok(Outcome {
        plan,
        problem,
        solution,
        contacts,
    })
}

/// The region, and what it would ask for by other wear rates where the plan looks at other sizes of the month and other rates:
/// where tours are searched.
fn survey<'a>(
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

/// The pure problem of a month as the tables are now.
///
/// # Errors
/// As `plan_month`.
pub fn month_problem(inputs: &PlanInputs<'_>) -> Result<engine::Problem, Failure> {
    let tables = &inputs.ingested.tables;
    let (teams, _) = team_capacity(&inputs.settings.team, &tables.crew, &tables.vans);
    Region::survey(inputs, &mut Vec::new())?.problem(inputs, &teams)
}

/// The month's planning problem alone, as [`plan_month`] poses it.
///
/// # Errors
/// Status 3 where the depot or every point has no place, 4 where no team can be manned.
pub fn problem_of(inputs: &PlanInputs<'_>) -> Result<engine::Problem, Failure> {
    let teams = manning::teams(inputs, &mut Vec::new())?;
    (inputs.progress)(Step::Region);
    Region::survey(inputs, &mut Vec::new())?.problem(inputs, &teams)
}

fn input_files(ingested: &Ingested) -> Vec<InputFile> {
    let files = ingested.files.iter().map(|(file, sha256)| InputFile {
        file: file.clone(),
        sha256: sha256.clone(),
    });
    files.collect()
}

fn row_counts(inputs: &PlanInputs<'_>) -> RowCounts {
    let counts = inputs.ingested.counts;
    RowCounts {
        rows: counts.rows,
        accepted: counts.accepted,
        merged: counts.merged,
        rejected: counts.rejected,
        ignored: counts.ignored,
    }
}

/// Where a tables' list of vehicles is needed beside a prediction.
fn vehicle_of(tables: &Tables, index: usize) -> &crate::domain::Vehicle {
    &tables.vehicles[index]
}

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
mod nearness;
mod needs;
mod overfull;
mod placing;
mod posing;
mod rates;
mod region;
mod register;
mod resting;
mod roads;
mod rows;
mod slots;
mod tour_rows;
mod tours;
mod work;
mod yards;

use std::collections::BTreeMap;

use crate::crew::{staff, team_capacity};
use crate::domain::settings::TeamSettings;
use crate::domain::{Date, Month, Settings};
use crate::findings::{Failure, Finding};
use crate::ingest::{Ingested, Tables};
use crate::place::Matcher;
use crate::place::osrm::Wanted;
use crate::plan::files::Contacts;
use crate::plan::model::{
    InputFile, KitLine, Outlook, PLAN_SCHEMA, PLAN_VERSION, Plan, RowCounts, Search,
};
use crate::solve::territory as engine;
use crate::stage::stage;
use crate::territory::interpret;

pub use around::{broken, earliest_depart, free_ids, rules_broken};
pub use booking::booking_key;
pub use choices::{measured, with_teams};
pub use fingerprint::{fingerprint, fingerprint_and_vehicles};
pub use given::{Given, GivenTour, tour_plan};
use posing::Demand;
use region::{OtherRates, Region};
pub use resting::broken_rules;
pub use roads::RoadAnswers;
pub(in crate::plan) use roads::written_table;
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
    let teams = teams(inputs, &mut findings)?;

    (inputs.progress)(Step::Region);
    let (region, worn) = survey(inputs, &mut findings)?;
    let problem = region.problem(inputs, &teams)?;
    let travel = roads::note(inputs, &region, &problem, &mut findings);

    (inputs.progress)(Step::Tours);
    let (solution, named) = solved(inputs, &problem)?;
    let id_of = |tour: &engine::TourPlan| named.iter().find(|(known, _)| known == tour);
    let id_of = |tour: &engine::TourPlan| Some(id_of(tour)?.1.clone());
    let (tours, visits) = interpret(&problem, &solution, &id_of)?;
    let mut month = MonthTours::fill(inputs, &region, &teams, tours, visits);

    (inputs.progress)(Step::Parts);
    let staffed = manned(inputs, &region, &mut month, &mut findings);
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
    let outlook = outlook(inputs, &region, (&teams, &problem), worn, made);
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
        search: search_facts(inputs, &solution),
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

/// The region, and what it would ask for by other wear rates where the plan looks at them.
fn survey<'a>(
    inputs: &PlanInputs<'a>,
    findings: &mut Vec<Finding>,
) -> Result<(Region<'a>, Vec<(OtherRates, Demand)>), Failure> {
    let worn = wants_outlook(inputs).then(|| rates::worn(inputs));
    let by = worn.as_ref();
    let by = by.map(|worn| worn.each_ref().map(|other| &other.catalogue));
    let (region, demand) = Region::survey_by(inputs, by, findings)?;
    Ok((region, worn.into_iter().flatten().zip(demand).collect()))
}

/// Whether other sizes of the month and other rates are looked at.
fn wants_outlook(inputs: &PlanInputs<'_>) -> bool {
    inputs.given.is_none_or(|given| given.searched)
}

/// Other sizes of the month and other rates; of tours that were not searched, what was said when they were.
fn outlook(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    (teams, problem): (&[TeamSettings], &engine::Problem),
    worn: Vec<(OtherRates, Demand)>,
    made: (&engine::Solution, &MonthTours, &[KitLine]),
) -> Outlook {
    if let Some(given) = inputs.given.filter(|_| !wants_outlook(inputs)) {
        return given.last.outlook.clone();
    }
    let tours = inputs.given.map_or(&[][..], |given| &given.tours);
    let kept: Vec<engine::TourPlan> = tours.iter().map(|tour| tour.tour.clone()).collect();
    let others = rates::others(inputs, region, worn);
    let (curve, rates) = rayon::join(
        || choices::curve(inputs, problem, made.0, &kept),
        || rates::cases(inputs, region, teams, &others, made),
    );
    Outlook { curve, rates }
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

/// The tours as they are given, or searched; with the ids of those that have one.
fn solved(
    inputs: &PlanInputs<'_>,
    problem: &engine::Problem,
) -> Result<(engine::Solution, Vec<(engine::TourPlan, String)>), Failure> {
    let solution = match inputs.given {
        Some(given) if !given.searched => as_given(problem, given)?,
        given => search(inputs, problem, given)?,
    };
    let named = inputs.given.map(|given| given.named(&solution.tours));
    Ok((solution, named.unwrap_or_default()))
}

/// The search, around the tours that stand.
fn search(
    inputs: &PlanInputs<'_>,
    problem: &engine::Problem,
    given: Option<&Given<'_>>,
) -> Result<engine::Solution, Failure> {
    let iterations = inputs
        .effort
        .unwrap_or_else(|| engine::default_iterations(problem));
    let budget = engine::Budget {
        iterations,
        stop: inputs.stop.map(|stop| stop as &dyn Fn() -> bool),
    };
    let tours = given.map_or(&[][..], |given| &given.tours);
    let kept: Vec<engine::TourPlan> = tours.iter().map(|tour| tour.tour.clone()).collect();
    let solution =
        engine::solve_around(problem, &kept, inputs.seed, &budget).map_err(|why| match why {
            engine::Stuck::Kept(violations) => rules_broken(&violations, &ids(tours)),
            engine::Stuck::Pins(why) => {
                Failure::no_plan(Finding::new("P007").arg("reason", why.reason))
            }
        })?;
    if solution.tours.is_empty() {
        return Err(Failure::no_plan(Finding::new("P006")));
    }
    Ok(solution)
}

/// The tours that stand, with their best allocation; how the search went is the last plan's.
fn as_given(problem: &engine::Problem, given: &Given<'_>) -> Result<engine::Solution, Failure> {
    let tours: Vec<engine::TourPlan> = given.tours.iter().map(|given| given.tour.clone()).collect();
    let mut solution = engine::solve_fixed(problem, &tours)
        .map_err(|violations| rules_broken(&violations, &ids(&given.tours)))?;
    solution.iterations = given.last.search.iterations;
    solution.seed = given.last.seed;
    Ok(solution)
}

/// The best tours a search finds for a problem of this month, around those that stand.
///
/// # Errors
/// Status 4 where no tour is worth making or a pin cannot be kept.
pub fn searched(
    inputs: &PlanInputs<'_>,
    problem: &engine::Problem,
) -> Result<engine::Solution, Failure> {
    search(inputs, problem, inputs.given)
}

fn ids(tours: &[GivenTour]) -> Vec<String> {
    tours.iter().map(|tour| tour.id.clone()).collect()
}

/// The month's planning problem alone, as [`plan_month`] poses it.
///
/// # Errors
/// Status 3 where the depot or every point has no place, 4 where no team can be manned.
pub fn problem_of(inputs: &PlanInputs<'_>) -> Result<engine::Problem, Failure> {
    let teams = teams(inputs, &mut Vec::new())?;
    (inputs.progress)(Step::Region);
    Region::survey(inputs, &mut Vec::new())?.problem(inputs, &teams)
}

/// The teams that can be manned, and what is to be said of the others.
fn teams(
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
fn manned(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    month: &mut MonthTours,
    findings: &mut Vec<Finding>,
) -> crate::crew::Staffed {
    let mut staffed = staff_month(inputs, region, month);
    if !staffed.uncovered.is_empty() {
        findings.extend(month.drop_skills(&inputs.ingested.tables, &staffed.uncovered));
        staffed = staff_month(inputs, region, month);
    }
    findings.append(&mut staffed.findings);
    staffed
}

fn staff_month(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    month: &MonthTours,
) -> crate::crew::Staffed {
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

fn search_facts(inputs: &PlanInputs<'_>, solution: &engine::Solution) -> Search {
    let stopped_by = match solution.stopped_by {
        engine::StoppedBy::Iterations => "iterations",
        engine::StoppedBy::Time => "time",
        engine::StoppedBy::Converged => "converged",
    };
    Search {
        objective: solution.objective,
        bound: solution.bound,
        gap: solution.gap,
        iterations: solution.iterations,
        stopped_by: stopped_by.into(),
        standing: inputs
            .given
            .filter(|given| given.searched)
            .map_or(0, |given| given.tours.len() as u64),
    }
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

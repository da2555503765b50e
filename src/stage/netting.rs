//! The month's parts list: what all kits need at once, and the sources it comes from.

use std::collections::BTreeMap;

use super::kits::{self, Question};
use super::need::{self, TourJobs};
use super::peak::{self, Carried};
use super::shelf::Shelf;
use super::sourcing::{self, Draft, Need};
use crate::domain::{Calendar, Catalogue, Date, Part, Supply};
use crate::findings::Finding;
use crate::plan::model::{KitLine, PartRequirement, SourceKind, SourcingLine};
use crate::solve::kit::{expectations, part_demand};

/// The parts list of the month and where every piece comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Netted {
    /// In part order; every part that may be needed, carried or not.
    pub parts: Vec<PartRequirement>,
    /// In part order, then by departure; per part and source the same figures as `parts`.
    pub sourcing: Vec<SourcingLine>,
    /// P010 for every line that cannot be in time.
    pub findings: Vec<Finding>,
}

/// What one tour asks of one part.
#[derive(Clone, Debug, Default)]
struct Asked {
    expected: f64,
    kit: u32,
    /// Distribution of the pieces that do not come back; empty = none does.
    used: Vec<f64>,
}

/// Nets kits already chosen against today's stock and suppliers, without choosing them again.
///
/// `kit` holds the lines of these tours; lines of other tours are left out of account.
pub fn net(
    tours: &[TourJobs],
    kit: &[KitLine],
    catalogue: &Catalogue,
    supply: &Supply,
    calendar: &Calendar,
    today: Date,
) -> Netted {
    let tours = need::in_order(tours);
    let questions: Vec<Question<'_>> = tours
        .iter()
        .map(|tour| kits::question(tour, catalogue))
        .collect();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut parts = Vec::new();
    for (code, asked) in asked_by_part(&tours, &questions, kit) {
        let unknown = Part {
            code: code.clone(),
            ..Part::default()
        };
        let part = catalogue.parts.get(&code).unwrap_or(&unknown);
        let carried: Vec<Carried> = tours
            .iter()
            .zip(&asked)
            .map(|(tour, asked)| carried(tour, asked))
            .collect();
        let more = peak::additions(&carried);
        let needs = tours
            .iter()
            .zip(&questions)
            .zip(&more)
            .filter(|(_, pieces)| **pieces > 0);
        let needs: Vec<Need> = needs
            .map(|((tour, question), pieces)| need_of(tour, question, &code, *pieces))
            .collect();
        let from = drafts.len();
        let older = catalogue.older(&code);
        sourcing::source(part, &older, &needs, supply, calendar, today, &mut drafts);
        let own = drafts.get(from..).unwrap_or(&[]);
        parts.push(requirement(part, &asked, more.iter().sum(), supply, own));
    }
    let sourcing = sourcing::with_costs(drafts);
    let findings = sourcing
        .iter()
        .filter(|line| !line.feasible)
        .map(not_in_time)
        .collect();
    Netted {
        parts,
        sourcing,
        findings,
    }
}

/// By part code, one entry per tour.
fn asked_by_part(
    tours: &[TourJobs],
    questions: &[Question<'_>],
    kit: &[KitLine],
) -> BTreeMap<String, Vec<Asked>> {
    let mut by_part: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    let none = || vec![Asked::default(); tours.len()];
    for line in kit {
        let Some(index) = tours.iter().position(|tour| tour.tour == line.tour) else {
            continue;
        };
        if let Some(asked) = by_part
            .entry(line.part.clone())
            .or_insert_with(none)
            .get_mut(index)
        {
            asked.kit += line.qty;
        }
    }
    // A question the engine refuses (quantities no van carries) has no kit and no demand.
    let sound = |question: &Question<'_>| question.problem.validate().is_ok();
    for (index, question) in questions
        .iter()
        .enumerate()
        .filter(|(_, question)| sound(question))
    {
        let demand = part_demand(&question.problem);
        let expected = expectations(&question.problem, &[]);
        for ((wanted, pmf), expected) in question.wanted.iter().zip(&demand).zip(&expected) {
            let entry = by_part.entry(wanted.part.clone()).or_insert_with(none);
            if let Some(asked) = entry.get_mut(index) {
                asked.expected += expected.need;
                // What is made for one VIN serves no other vehicle: none of it counts as coming back.
                if wanted.job.is_none() {
                    asked.used = peak::held(pmf, asked.kit);
                }
            }
        }
    }
    by_part
}

fn carried(tour: &TourJobs, asked: &Asked) -> Carried {
    Carried {
        depart: tour.depart,
        ret: tour.ret,
        kit: asked.kit,
        used: asked.used.clone(),
    }
}

/// The need of one departure, with the points that could take pieces sent ahead, last stop first.
fn need_of(tour: &TourJobs, question: &Question<'_>, part: &str, pieces: u32) -> Need {
    let most = most_by_visit(question, part, tour.visits.len());
    let points = tour
        .visits
        .iter()
        .zip(most)
        .rev()
        .filter(|(visit, most)| visit.receives_goods && *most > 0)
        .map(|(visit, most)| (visit.point.clone(), visit.first_day, most))
        .collect();
    Need {
        tour: tour.tour.clone(),
        pieces,
        depot_by: tour.needed_at_depot(),
        points,
    }
}

/// The most pieces each visit's jobs could use.
fn most_by_visit(question: &Question<'_>, part: &str, visits: usize) -> Vec<u32> {
    let mut most = vec![0_u32; visits];
    for ((visit, _), job) in question.jobs.iter().zip(&question.problem.jobs) {
        let Some(sum) = most.get_mut(*visit) else {
            continue;
        };
        for item in job
            .items
            .iter()
            .filter_map(|wanted| question.problem.items.get(wanted.item))
        {
            for line in &item.bom {
                if question
                    .wanted
                    .get(line.part)
                    .is_some_and(|wanted| wanted.part == part)
                {
                    *sum = sum.saturating_add(line.qty);
                }
            }
        }
    }
    most
}

fn requirement(
    part: &Part,
    asked: &[Asked],
    peak_qty: u32,
    supply: &Supply,
    sources: &[Draft],
) -> PartRequirement {
    let sum = |source: SourceKind, feasible: bool| {
        let lines = sources.iter().map(|draft| &draft.line);
        lines
            .filter(|line| line.source == source && line.feasible == feasible)
            .map(|line| line.qty)
            .sum()
    };
    PartRequirement {
        part: part.code.clone(),
        needed_expected: asked.iter().map(|asked| asked.expected).sum(),
        kit_qty: asked.iter().map(|asked| asked.kit).sum(),
        peak_qty,
        on_hand: Shelf::of(&part.code, &[], supply).on_hand,
        from_stock: sum(SourceKind::Stock, true),
        on_order: sum(SourceKind::OnOrder, true),
        from_peer: sum(SourceKind::Peer, true),
        to_order: sum(SourceKind::Order, true),
        short: sum(SourceKind::Order, false),
        monitored: part.monitored,
    }
}

fn not_in_time(line: &SourcingLine) -> Finding {
    Finding::new("P010")
        .arg("part", &line.part)
        .arg("qty", line.qty)
        .arg("tour", &line.tour)
}

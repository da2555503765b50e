//! A tour's kit split into customer bags and common stock; the sum is always the kit.

use std::collections::BTreeMap;

use super::kits::Question;
use super::need::TourJobs;
use super::reasons::Reasons;
use crate::plan::model::KitLine;

/// Pieces one vehicle needs together with the same probability.
struct Run {
    /// Position of the job.
    job: usize,
    /// Position of the part.
    part: usize,
    /// Probability that they are needed, given that the vehicle comes.
    given: f64,
    /// Probability that they are used.
    joint: f64,
    /// Pieces that this run follows in the same bag.
    before: u32,
    pieces: u32,
}

/// Customer bags in visit and slot order, then common stock in part order.
///
/// A run of pieces goes into its vehicle's bag when it is needed with at least `bag_probability` once the
/// vehicle comes, the likeliest use first, while the kit lasts; a run is never torn apart. A part made for one
/// VIN fits nobody else and is always bagged.
pub(super) fn split(
    tour: &TourJobs,
    question: &Question<'_>,
    kit: &[u32],
    bag_probability: f64,
) -> Vec<KitLine> {
    let mut left: Vec<u32> = kit.to_vec();
    let mut bags: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (part, wanted) in question.wanted.iter().enumerate() {
        if let (Some(job), Some(pieces)) = (wanted.job, left.get_mut(part))
            && *pieces > 0
        {
            bags.insert((job, part), *pieces);
            *pieces = 0;
        }
    }
    for run in likeliest_first(question) {
        if run.given < bag_probability {
            continue;
        }
        let Some(pieces) = left.get_mut(run.part) else {
            continue;
        };
        let bag = bags.get(&(run.job, run.part)).copied().unwrap_or(0);
        if *pieces >= run.pieces && bag == run.before {
            *pieces -= run.pieces;
            bags.insert((run.job, run.part), bag + run.pieces);
        }
    }
    lines(tour, question, &bags, &left)
}

fn likeliest_first(question: &Question<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    for (job, of_job) in question.problem.jobs.iter().enumerate() {
        for (part, pmf) in demand_of(question, job) {
            if question
                .wanted
                .get(part)
                .is_some_and(|wanted| wanted.job.is_some())
            {
                continue;
            }
            for (before, pieces, given) in runs_of(&pmf) {
                runs.push(Run {
                    job,
                    part,
                    given,
                    joint: given * of_job.show,
                    before,
                    pieces,
                });
            }
        }
    }
    // Jobs stand in visit and slot order already, so their position breaks ties.
    runs.sort_by(|a, b| {
        b.joint
            .total_cmp(&a.joint)
            .then((a.job, a.part, a.before).cmp(&(b.job, b.part, b.before)))
    });
    runs
}

/// Exact distribution of the pieces one vehicle needs once it comes, by part.
pub(super) fn demand_of(question: &Question<'_>, job: usize) -> BTreeMap<usize, Vec<f64>> {
    let mut demand: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    let items = question
        .problem
        .jobs
        .get(job)
        .map_or(&[][..], |job| &job.items);
    for wanted in items {
        let Some(item) = question.problem.items.get(wanted.item) else {
            continue;
        };
        for line in &item.bom {
            let known = demand.entry(line.part).or_insert_with(|| vec![1.0]);
            let shift = line.qty as usize;
            let mut next = vec![0.0; known.len() + shift];
            for (pieces, chance) in known.iter().enumerate() {
                next[pieces] += chance * (1.0 - wanted.p);
                next[pieces + shift] += chance * wanted.p;
            }
            *known = next;
        }
    }
    demand
}

/// (pieces before, pieces, probability that all of them are needed): one run per step of the distribution.
fn runs_of(pmf: &[f64]) -> Vec<(u32, u32, f64)> {
    let mut runs: Vec<(u32, u32, f64)> = Vec::new();
    let mut tail = 0.0;
    let mut end: Option<usize> = None;
    for (pieces, chance) in pmf.iter().enumerate().skip(1).rev() {
        if *chance > 0.0 {
            if let Some(end) = end {
                runs.push((pieces as u32, (end - pieces) as u32, tail));
            }
            end = Some(pieces);
            tail += chance;
        }
    }
    if let Some(end) = end {
        runs.push((0, end as u32, tail));
    }
    runs.reverse();
    runs
}

fn lines(
    tour: &TourJobs,
    question: &Question<'_>,
    bags: &BTreeMap<(usize, usize), u32>,
    left: &[u32],
) -> Vec<KitLine> {
    let reasons = Reasons::of(question, bags);
    let line = |visit: &str, vehicle: &str, part: usize, qty: u32| KitLine {
        tour: tour.tour.clone(),
        visit: visit.to_owned(),
        vehicle: vehicle.to_owned(),
        part: question
            .wanted
            .get(part)
            .map_or(String::new(), |wanted| wanted.part.clone()),
        qty,
        ..KitLine::default()
    };
    let mut lines = Vec::new();
    for ((job, part), qty) in bags {
        let Some((visit, need)) = question.jobs.get(*job) else {
            continue;
        };
        let visit = tour
            .visits
            .get(*visit)
            .map_or("", |visit| visit.visit.as_str());
        let bag = line(visit, &need.vehicle, *part, *qty);
        lines.push(reasons.of_bag(bag, *job, *part));
    }
    for (part, qty) in left.iter().enumerate() {
        if *qty > 0 {
            lines.push(reasons.of_common(line("", "", part, *qty), part));
        }
    }
    lines
}

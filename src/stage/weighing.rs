//! Why a tour carries what it carries of a part: who may need it, how the need is spread, what a piece more or less does.
//!
//! Responsible for: the figures behind one part of one kit, with the same question, distributions and scoring that chose
//! the kit. Not responsible for: choosing it (`kits`), words.

use super::kits::{self, Question};
use super::need::TourJobs;
use super::peak::convolved;
use crate::domain::Catalogue;
use crate::domain::settings::PartsSettings;
use crate::plan::model::KitLine;
use crate::solve::kit::{self, KitProblem};

/// One vehicle that may need the part.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Vehicle.
    pub vehicle: String,
    /// Visit.
    pub visit: String,
    /// Probability that it comes: show-up × share.
    pub show: f64,
    /// Items that take the part: code, probability given that it comes, pieces. Parts the foreman named have an
    /// empty code.
    pub items: Vec<(String, f64, u32)>,
    /// Pieces expected: show × Σ p·pieces.
    pub expected: f64,
    /// Pieces in its own bag.
    pub in_bag: u32,
}

/// What a number of pieces does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// Pieces carried.
    pub pieces: u32,
    /// Probability that more are asked for.
    pub exceeded: f64,
    /// Pieces expected to be missing.
    pub shortage: f64,
    /// Pieces expected to come back.
    pub leftover: f64,
    /// Job fill of the whole kit with so many of this part; `None` where pieces are made for one VIN each.
    pub job_fill: Option<f64>,
}

/// One part on one tour.
#[derive(Clone, Debug, PartialEq)]
pub struct PartReason {
    /// Who may need it, likeliest use first.
    pub asking: Vec<Asking>,
    /// Pieces expected: the sum over `asking`.
    pub expected: f64,
    /// Pieces if every vehicle's expected need were rounded up by itself.
    pub rounded_singly: u32,
    /// Pieces if every vehicle got all it could need.
    pub most: u32,
    /// Pieces carried in customers' bags.
    pub in_bags: u32,
    /// Pieces carried for whoever needs them.
    pub common: u32,
    /// One piece less, the pieces carried, one more (without "less" where none is carried).
    pub weighed: Vec<Weighed>,
}

/// The figures behind one part of a tour's kit; `None` where nobody on the tour may need it and none is carried.
///
/// `kit` may hold lines of other tours and parts. `seed` is the plan's: large kits are scored on its sample.
pub fn part_reason(
    tour: &TourJobs,
    part: &str,
    kit: &[KitLine],
    catalogue: &Catalogue,
    settings: &PartsSettings,
    seed: u64,
) -> Option<PartReason> {
    let lines: Vec<&KitLine> = kit.iter().filter(|line| line.tour == tour.tour).collect();
    let own = || lines.iter().filter(|line| line.part == part);
    let in_bags = own().filter(|line| !line.vehicle.is_empty());
    let in_bags: u32 = in_bags.map(|line| line.qty).sum();
    let carried: u32 = own().map(|line| line.qty).sum();
    let mut question = kits::question(tour, catalogue);
    question.problem.policy = kits::tour_policy(settings);
    let mut asking = asking(tour, part, &lines, catalogue);
    if asking.is_empty() && carried == 0 {
        return None;
    }
    asking.sort_by(|a, b| {
        b.expected
            .total_cmp(&a.expected)
            .then_with(|| a.vehicle.cmp(&b.vehicle))
    });
    let pmf = demand(&question, part);
    Some(PartReason {
        expected: pmf.iter().enumerate().map(|(n, p)| n as f64 * p).sum(),
        rounded_singly: asking.iter().map(|one| one.expected.ceil() as u32).sum(),
        most: pmf.len().saturating_sub(1) as u32,
        in_bags,
        common: carried - in_bags,
        weighed: weighed(&question, part, &lines, carried, &pmf, seed),
        asking,
    })
}

/// Who may need the part, in slot order.
fn asking(tour: &TourJobs, part: &str, lines: &[&KitLine], catalogue: &Catalogue) -> Vec<Asking> {
    let mut list = Vec::new();
    if !catalogue.parts.contains_key(part) {
        return list;
    }
    for visit in &tour.visits {
        for job in &visit.jobs {
            let model = job.model.as_deref().unwrap_or("");
            let mut items: Vec<(String, f64, u32)> = Vec::new();
            for (item, p) in job.items.iter().filter(|(_, p)| *p > 0.0) {
                let bom = catalogue.bom_of(item, model);
                let taken = bom.into_iter().find(|(code, _)| *code == part);
                items.extend(taken.map(|(_, qty)| (item.clone(), *p, qty)));
            }
            let extra = job.extra_parts.iter().filter(|(code, _)| code == part);
            let extra: u32 = extra.map(|(_, qty)| *qty).sum();
            if extra > 0 {
                items.push((String::new(), 1.0, extra));
            }
            if items.is_empty() {
                continue;
            }
            let needed: f64 = items.iter().map(|(_, p, qty)| p * f64::from(*qty)).sum();
            let bag = lines.iter().filter(|line| {
                line.vehicle == job.vehicle && line.visit == visit.visit && line.part == part
            });
            list.push(Asking {
                vehicle: job.vehicle.clone(),
                visit: visit.visit.clone(),
                show: job.show,
                expected: job.show * needed,
                in_bag: bag.map(|line| line.qty).sum(),
                items,
            });
        }
    }
    list
}

/// Exact distribution of the tour's need; pieces made for one VIN each are added up.
fn demand(question: &Question<'_>, part: &str) -> Vec<f64> {
    let all = kit::part_demand(&question.problem);
    let own = question.wanted.iter().zip(&all);
    let own = own.filter(|(wanted, _)| wanted.part == part);
    own.fold(vec![1.0], |sum, (_, pmf)| convolved(&sum, pmf))
}

fn weighed(
    question: &Question<'_>,
    part: &str,
    lines: &[&KitLine],
    carried: u32,
    pmf: &[f64],
    seed: u64,
) -> Vec<Weighed> {
    let first = carried.saturating_sub(1);
    let pieces: Vec<u32> = (first..=carried + 1).collect();
    let fills = job_fills(question, part, lines, &pieces, seed);
    pieces
        .iter()
        .enumerate()
        .map(|(at, &pieces)| {
            let held = f64::from(pieces);
            let mut one = Weighed {
                pieces,
                exceeded: 0.0,
                shortage: 0.0,
                leftover: 0.0,
                job_fill: fills.as_ref().and_then(|fills| fills.get(at).copied()),
            };
            for (units, chance) in pmf.iter().enumerate() {
                let units = units as f64;
                if units > held {
                    one.exceeded += chance;
                }
                one.shortage += chance * (units - held).max(0.0);
                one.leftover += chance * (held - units).max(0.0);
            }
            one
        })
        .collect()
}

/// The job fill of the kit with so many pieces of the part and everything else as it is carried.
fn job_fills(
    question: &Question<'_>,
    part: &str,
    lines: &[&KitLine],
    pieces: &[u32],
    seed: u64,
) -> Option<Vec<f64>> {
    let mut own = question.wanted.iter();
    let at = own.position(|wanted| wanted.part == part && wanted.job.is_none())?;
    let carried = question.carried(lines);
    let stocks: Vec<Vec<u32>> = pieces
        .iter()
        .map(|&pieces| {
            let mut stock = carried.clone();
            stock[at] = pieces;
            stock
        })
        .collect();
    let problem = KitProblem {
        evaluate: Vec::new(),
        ..question.problem.clone()
    };
    let fills = kit::evaluate(&problem, &stocks, seed).ok()?;
    Some(fills.into_iter().map(|fill| fill.job_fill).collect())
}

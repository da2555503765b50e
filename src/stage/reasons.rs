//! Why each line of a kit is carried, and what is expected of it: need, shortage, leftover, exactly by convolution.

use std::collections::BTreeMap;

use super::bags::demand_of;
use super::kits::Question;
use crate::plan::model::{CarriedFor, CarryReason, KitLine};

/// From this probability an item of a booked customer counts as agreed.
const CERTAIN: f64 = 0.999;

/// What a tour's vehicles ask for, ready for any line of its kit.
pub(super) struct Reasons<'a> {
    question: &'a Question<'a>,
    bags: &'a BTreeMap<(usize, usize), u32>,
    /// By job: the pieces of each part it needs, show-up included.
    demand: Vec<BTreeMap<usize, Vec<f64>>>,
}

impl<'a> Reasons<'a> {
    /// For a kit with these bags.
    pub(super) fn of(question: &'a Question<'a>, bags: &'a BTreeMap<(usize, usize), u32>) -> Self {
        let jobs = question.problem.jobs.iter().enumerate();
        let demand = jobs.map(|(job, known)| {
            let mut demand = demand_of(question, job);
            for pmf in demand.values_mut() {
                for chance in pmf.iter_mut() {
                    *chance *= known.show;
                }
                if let Some(none) = pmf.first_mut() {
                    *none += 1.0 - known.show;
                }
            }
            demand
        });
        Self {
            question,
            bags,
            demand: demand.collect(),
        }
    }

    /// The line of one vehicle's bag, reckoned for that vehicle alone.
    pub(super) fn of_bag(&self, line: KitLine, job: usize, part: usize) -> KitLine {
        let none = vec![1.0];
        let demand = self.demand.get(job).and_then(|demand| demand.get(&part));
        self.with_items(expecting(line, demand.unwrap_or(&none)), part, &[job])
    }

    /// The common stock of a part, reckoned for what the bags do not hold.
    pub(super) fn of_common(&self, line: KitLine, part: usize) -> KitLine {
        let mut beyond = vec![1.0];
        let mut jobs = Vec::new();
        for (job, demand) in self.demand.iter().enumerate() {
            let Some(pmf) = demand.get(&part) else {
                continue;
            };
            let bag = self.bags.get(&(job, part)).copied().unwrap_or(0) as usize;
            let more = without_bag(pmf, bag);
            if more.len() > 1 {
                beyond = summed(&beyond, &more);
                jobs.push(job);
            }
        }
        self.with_items(expecting(line, &beyond), part, &jobs)
    }

    /// The items of these jobs that use the part, and whether any of them is settled.
    fn with_items(&self, mut line: KitLine, part: usize, jobs: &[usize]) -> KitLine {
        let mut items: BTreeMap<&str, CarriedFor> = BTreeMap::new();
        let (mut agreed, mut named) = (false, false);
        for &job in jobs {
            let (Some(asked), Some(codes), Some((_, need))) = (
                self.question.problem.jobs.get(job),
                self.question.codes.get(job),
                self.question.jobs.get(job),
            ) else {
                continue;
            };
            for (wanted, code) in asked.items.iter().zip(codes) {
                let bom = self.question.problem.items.get(wanted.item);
                let lines = bom.map_or(&[][..], |item| &item.bom).iter();
                let qty: u32 = lines
                    .filter(|bom| bom.part == part)
                    .map(|bom| bom.qty)
                    .sum();
                if qty == 0 {
                    continue;
                }
                let known = items.entry(*code).or_default();
                known.vehicles += 1;
                known.pieces += asked.show * wanted.p * f64::from(qty);
                agreed |= need.booked && wanted.p >= CERTAIN && !code.is_empty();
                named |= code.is_empty();
            }
        }
        let made = self.question.wanted.get(part);
        line.why = match (
            made.is_some_and(|wanted| wanted.job.is_some()),
            agreed,
            named,
        ) {
            (_, true, _) => CarryReason::Agreed,
            (_, _, true) => CarryReason::Named,
            (true, ..) => CarryReason::Made,
            _ => CarryReason::Probable,
        };
        line.items = items
            .into_iter()
            .map(|(code, known)| CarriedFor {
                item: code.to_owned(),
                pieces: rounded(known.pieces),
                ..known
            })
            .collect();
        line.items.sort_by(|a, b| {
            b.pieces
                .total_cmp(&a.pieces)
                .then_with(|| a.item.cmp(&b.item))
        });
        line
    }
}

/// The line with what a demand means for its pieces.
fn expecting(mut line: KitLine, demand: &[f64]) -> KitLine {
    let held = f64::from(line.qty);
    let mean = |of: fn(f64, f64) -> f64| -> f64 {
        let pieces = demand.iter().enumerate();
        pieces
            .map(|(pieces, chance)| chance * of(pieces as f64, held))
            .sum()
    };
    line.need = rounded(mean(|pieces, _| pieces));
    line.shortage = rounded(mean(|pieces, held| (pieces - held).max(0.0)));
    line.leftover = rounded(mean(|pieces, held| (held - pieces).max(0.0)));
    line
}

/// What is needed beyond a bag.
fn without_bag(demand: &[f64], bag: usize) -> Vec<f64> {
    let served: f64 = demand.iter().take(bag + 1).sum();
    let mut beyond = vec![served];
    beyond.extend(demand.iter().skip(bag + 1));
    beyond
}

fn summed(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; a.len() + b.len() - 1];
    for (shift, chance) in b.iter().enumerate() {
        for (slot, other) in sum.iter_mut().skip(shift).zip(a) {
            *slot += chance * other;
        }
    }
    sum
}

/// To a ten-thousandth of a piece, as the tables print it.
fn rounded(pieces: f64) -> f64 {
    (pieces * 1e4).round() / 1e4
}

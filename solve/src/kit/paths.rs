//! Responsible for: a seeded sample of whole tours, and what a stock achieves on it.
//! Not responsible for: enumerating them (`outcomes`), or for choosing a stock.
//!
//! Each batch is a Latin hypercube sample (`McKay`, Beckman, Conover 1979): in a batch of n tours something with
//! probability p happens in exactly n·p of them (the fraction by chance), in random places. Every single tour is still
//! drawn from the true distribution, so means are unbiased; they scatter much less than with independent tours.
//! Batches are independent of each other, so their scatter gives an honest standard error.

use std::ops::Range;

use super::demand::{Units, add_up, bill};
use super::problem::KitProblem;
use super::random::Stream;

/// Tours in one batch.
pub(super) const BATCH: usize = 250;
/// Bits of a word.
const WORD: usize = u64::BITS as usize;

/// Sampled tours: which items each job needs on each of them, a bit an item.
#[derive(Debug, Clone, Default)]
pub(super) struct Paths {
    jobs: Vec<Job>,
    /// What items ask for: sorted by part, no part twice.
    units: Vec<(u32, u32)>,
    /// Where those of each item of each job stand in `units`.
    bills: Vec<Range<usize>>,
    /// Words of a tour.
    width: usize,
    /// A tour after the other.
    needed: Vec<u64>,
    tours: usize,
}

/// Where the bits and bills of a job stand.
#[derive(Debug, Clone)]
struct Job {
    /// Its words in those of a tour.
    words: Range<usize>,
    /// The bill of its first item.
    first: usize,
}

/// What a stock achieves on a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SampledFill {
    pub(super) job_fill: f64,
    pub(super) tour_fill: f64,
    /// Standard error of the job fill, from the scatter between batches; 0 with fewer than two.
    pub(super) error: f64,
}

impl Paths {
    /// `count` tours, rounded up to whole batches.
    pub(super) fn sampled(problem: &KitProblem, count: usize, stream: &mut Stream) -> Self {
        let mut paths = Self::without_tours(problem);
        let batches = count.div_ceil(BATCH);
        paths.tours = batches * BATCH;
        let width = paths.width.max(1);
        let mut needed = vec![0_u64; paths.tours * width];
        for batch in needed.chunks_mut(BATCH * width) {
            paths.draw(problem, batch, stream);
        }
        paths.needed = needed;
        paths
    }

    fn without_tours(problem: &KitProblem) -> Self {
        let mut paths = Self::default();
        let of_item: Vec<Range<usize>> = (0..problem.items.len())
            .map(|item| {
                let from = paths.units.len();
                paths.units.append(&mut bill(problem, item));
                from..paths.units.len()
            })
            .collect();
        for job in &problem.jobs {
            let words = job.items.len().div_ceil(WORD);
            paths.jobs.push(Job {
                words: paths.width..paths.width + words,
                first: paths.bills.len(),
            });
            let bills = job.items.iter().map(|wanted| of_item.get(wanted.item));
            paths
                .bills
                .extend(bills.map(|bill| bill.cloned().unwrap_or(0..0)));
            paths.width += words;
        }
        paths
    }

    /// Draws one batch.
    fn draw(&self, problem: &KitProblem, batch: &mut [u64], stream: &mut Stream) {
        let width = self.width.max(1);
        let mut places: Vec<u32> = (0..BATCH as u32).collect();
        // 0 or 1: added to a word without asking, for what is by chance cannot be foreseen by a processor either.
        let mut shows = [0_u64; BATCH];
        for (job, at) in problem.jobs.iter().zip(&self.jobs) {
            shows.fill(0);
            for &tour in stream.spread(job.show, &mut places) {
                shows[tour as usize] = 1;
            }
            for (k, wanted) in job.items.iter().enumerate() {
                let needs_parts = !self.bills[at.first + k].is_empty();
                let (word, bit) = (at.words.start + k / WORD, k % WORD);
                let tours = stream.spread(wanted.p, &mut places);
                for &tour in tours.iter().filter(|_| needs_parts) {
                    batch[tour as usize * width + word] |= shows[tour as usize] << bit;
                }
            }
        }
    }

    /// How many tours.
    pub(super) fn count(&self) -> usize {
        self.tours
    }

    /// Every tour, job by job: what each job that needs parts asks for. `true` with the first job of a tour.
    pub(super) fn each_demand(&self, mut see: impl FnMut(bool, &[(u32, u32)])) {
        let mut units = Units::new();
        for tour in self.needed.chunks(self.width.max(1)) {
            let mut first = true;
            for job in &self.jobs {
                units.clear();
                for bill in self.bills_of(job, tour) {
                    units.extend_from_slice(bill);
                }
                if !units.is_empty() {
                    add_up(&mut units);
                    see(std::mem::take(&mut first), &units);
                }
            }
        }
    }

    /// The bills of the items that a job needs on a tour.
    fn bills_of<'p>(
        &'p self,
        job: &'p Job,
        tour: &'p [u64],
    ) -> impl Iterator<Item = &'p [(u32, u32)]> {
        let words = tour.get(job.words.clone()).unwrap_or(&[]).iter().zip(0..);
        words.flat_map(move |(&word, n)| {
            let bits = std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)));
            let bits = bits.take_while(|word| *word != 0);
            bits.map(move |word| {
                let item = job.first + n * WORD + word.trailing_zeros() as usize;
                &self.units[self.bills[item].clone()]
            })
        })
    }

    /// Takes what a job needs on a tour off what is left: whether all of it was there; `None` where it needs nothing.
    fn serve(&self, job: &Job, tour: &[u64], left: &mut [u32]) -> Option<bool> {
        let mut needs = false;
        let mut there = true;
        let mut first = job.first;
        for &word in &tour[job.words.clone()] {
            needs |= word != 0;
            let mut word = word;
            while word != 0 {
                let item = first + word.trailing_zeros() as usize;
                word &= word - 1;
                // Item by item: a part that two of them want is there for both exactly if it is there for the second.
                for &(part, qty) in &self.units[self.bills[item].clone()] {
                    let held = &mut left[part as usize];
                    there &= *held >= qty;
                    *held = held.saturating_sub(qty);
                }
            }
            first += WORD;
        }
        needs.then_some(there)
    }

    /// Fill rates of a stock, each tour served job by job; 1 where no job needs any part.
    pub(super) fn fill(&self, stock: &[u32], partial: bool) -> SampledFill {
        let (mut needing, mut completed, mut whole_tours) = (0_u64, 0_u64, 0_u64);
        let mut batches: Vec<(u64, u64)> = Vec::with_capacity(self.count() / BATCH);
        let mut left = Vec::with_capacity(stock.len());
        let mut before = Vec::new();
        for (n, tour) in self.needed.chunks(self.width.max(1)).enumerate() {
            if n % BATCH == 0 {
                batches.push((0, 0));
            }
            left.clear();
            left.extend_from_slice(stock);
            let (mut asked, mut done) = (0, 0);
            for job in &self.jobs {
                before.clear();
                if !partial {
                    before.extend_from_slice(&left);
                }
                let Some(there) = self.serve(job, tour, &mut left) else {
                    continue;
                };
                if !there && !partial {
                    left.copy_from_slice(&before);
                }
                asked += 1;
                done += u64::from(there);
            }
            needing += asked;
            completed += done;
            // Nothing is short on the tour exactly if every job is completed.
            whole_tours += u64::from(asked == done);
            if let Some(batch) = batches.last_mut() {
                batch.0 += asked;
                batch.1 += done;
            }
        }
        let job_fill = if needing > 0 {
            completed as f64 / needing as f64
        } else {
            1.0
        };
        SampledFill {
            job_fill,
            tour_fill: whole_tours as f64 / self.count().max(1) as f64,
            error: error(&batches, job_fill, needing as f64),
        }
    }
}

/// Standard error of the ratio Σ completed / Σ needing over independent batches (Cochran 1977, §6.4).
fn error(batches: &[(u64, u64)], ratio: f64, needing: f64) -> f64 {
    let count = batches.len() as f64;
    if batches.len() < 2 || needing <= 0.0 {
        return 0.0;
    }
    let squares: f64 = batches
        .iter()
        .map(|(asked, done)| (*done as f64 - ratio * *asked as f64).powi(2))
        .sum();
    (squares * count / (count - 1.0)).sqrt() / needing
}

/// Takes what is there of some units off a stock.
pub(super) fn take(stock: &mut [u32], units: &[(u32, u32)]) {
    for &(part, qty) in units {
        if let Some(held) = stock.get_mut(part as usize) {
            *held = held.saturating_sub(qty);
        }
    }
}

#[cfg(test)]
mod tests;

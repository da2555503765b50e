//! Responsible for: how the job fill changes when one unit is put on the shelf or taken off it, without counting anew.
//! Not responsible for: deciding what to put there.
//!
//! Each requirement knows how many of its parts are short. One more unit of a part touches only the requirements whose
//! need of that part is exactly the new number, so requirements lie in buckets by (part, need).

use super::outcomes::Requirements;

/// Weights are counted in this many parts of 1, so that adding and taking away leaves no rounding behind.
const WHOLE: f64 = 1_125_899_906_842_624.0;

/// A stock and the share of requirements it covers.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    /// Units of each part.
    pub(super) stock: Vec<u32>,
    /// Weight of the covered requirements.
    pub(super) covered: u64,
    /// Weight of all requirements.
    pub(super) total: u64,
    /// Requirements touched since the start: the work done, whatever the machine.
    pub(super) work: u64,
    weight: Vec<u64>,
    short: Vec<u32>,
    /// `bucket[part][need]` = requirements that need exactly so many.
    bucket: Vec<Vec<Vec<u32>>>,
}

impl Shelf {
    /// An empty shelf for `parts` parts.
    pub(super) fn empty(requirements: &Requirements, parts: usize) -> Self {
        let mut bucket: Vec<Vec<Vec<u32>>> = vec![Vec::new(); parts];
        let mut weight = Vec::with_capacity(requirements.rows.len());
        let mut short = Vec::with_capacity(requirements.rows.len());
        for (row, (units, share)) in requirements.rows.iter().enumerate() {
            weight.push((share * WHOLE).round() as u64);
            short.push(units.len() as u32);
            for &(part, need) in units {
                if let Some(levels) = bucket.get_mut(part as usize) {
                    if levels.len() <= need as usize {
                        levels.resize(need as usize + 1, Vec::new());
                    }
                    if let Some(level) = levels.get_mut(need as usize) {
                        level.push(row as u32);
                    }
                }
            }
        }
        let total = weight.iter().sum();
        Self {
            stock: vec![0; parts],
            covered: 0,
            total,
            work: 0,
            weight,
            short,
            bucket,
        }
    }

    /// The smallest covered weight that counts as this share.
    pub(super) fn threshold(&self, share: f64) -> u64 {
        ((share * self.total as f64).ceil() as u64).min(self.total)
    }

    /// Units of a part.
    pub(super) fn held(&self, part: usize) -> u32 {
        self.stock.get(part).copied().unwrap_or(0)
    }

    /// True if nothing is short for this requirement.
    pub(super) fn covers(&self, row: usize) -> bool {
        self.short.get(row) == Some(&0)
    }

    /// Puts one unit on the shelf.
    pub(super) fn put(&mut self, part: usize) {
        let Some(held) = self.stock.get_mut(part) else {
            return;
        };
        *held += 1;
        let touched = self
            .bucket
            .get(part)
            .and_then(|levels| levels.get(*held as usize))
            .map_or(&[][..], Vec::as_slice);
        self.work += 1 + touched.len() as u64;
        for &row in touched {
            if let (Some(short), Some(weight)) = (
                self.short.get_mut(row as usize),
                self.weight.get(row as usize),
            ) {
                *short -= 1;
                if *short == 0 {
                    self.covered += weight;
                }
            }
        }
    }

    /// Takes one unit off; nothing happens if there is none.
    pub(super) fn take(&mut self, part: usize) {
        let Some(held) = self.stock.get_mut(part) else {
            return;
        };
        if *held == 0 {
            return;
        }
        let touched = self
            .bucket
            .get(part)
            .and_then(|levels| levels.get(*held as usize))
            .map_or(&[][..], Vec::as_slice);
        *held -= 1;
        self.work += 1 + touched.len() as u64;
        for &row in touched {
            if let (Some(short), Some(weight)) = (
                self.short.get_mut(row as usize),
                self.weight.get(row as usize),
            ) {
                if *short == 0 {
                    self.covered -= weight;
                }
                *short += 1;
            }
        }
    }

    /// The weight one unit less would lose.
    pub(super) fn loss(&mut self, part: usize) -> u64 {
        let held = self.held(part) as usize;
        let touched = self
            .bucket
            .get(part)
            .and_then(|levels| levels.get(held))
            .map_or(&[][..], Vec::as_slice);
        self.work += 1 + touched.len() as u64;
        let lost = touched
            .iter()
            .filter(|row| self.short.get(**row as usize) == Some(&0));
        lost.filter_map(|row| self.weight.get(*row as usize)).sum()
    }

    /// Makes the shelf hold exactly this stock.
    pub(super) fn become_stock(&mut self, stock: &[u32]) {
        for (part, &wanted) in stock.iter().enumerate() {
            while self.held(part) < wanted {
                self.put(part);
            }
            while self.held(part) > wanted {
                self.take(part);
            }
        }
    }

    /// Adds so many units of several parts.
    pub(super) fn put_all(&mut self, units: &[(u32, u32)]) {
        for &(part, qty) in units {
            for _ in 0..qty {
                self.put(part as usize);
            }
        }
    }

    /// Undoes [`Shelf::put_all`].
    pub(super) fn take_all(&mut self, units: &[(u32, u32)]) {
        for &(part, qty) in units {
            for _ in 0..qty {
                self.take(part as usize);
            }
        }
    }
}

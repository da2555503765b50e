//! Responsible for: the kit question as it is asked (`tourplan-kit/1`) and for saying everything that is wrong with it.
//! Not responsible for: answering it, or for where the numbers come from.

use serde::{Deserialize, Serialize};

/// The version of the question this engine answers.
pub const KIT_SCHEMA: &str = "tourplan-kit/1";

/// The most units of one part that a whole tour may ask for; beyond it the exact distributions would not fit in memory.
pub const MAX_UNITS_PER_PART: u64 = 100_000;

/// What should the van carry so that enough jobs are completed, at the least cost?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KitProblem {
    /// Always [`KIT_SCHEMA`].
    pub schema: String,
    /// The share of the jobs needing parts that must be completed, 0–1.
    pub target_job_fill: f64,
    /// What a job that cannot be completed does with the parts that are there.
    #[serde(default)]
    pub policy: UsePolicy,
    /// Parts; everything else refers to them by position.
    pub parts: Vec<KitPart>,
    /// Repair items and their bills of material.
    pub items: Vec<KitItem>,
    /// The jobs of the tour in the order they are served.
    pub jobs: Vec<KitJob>,
    /// What the van can hold.
    #[serde(default)]
    pub van: VanLimits,
    /// Stock vectors to score as they are, one number per part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evaluate: Vec<Vec<u32>>,
}

/// What a job that cannot be completed does with the parts that are there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UsePolicy {
    /// It still uses them (the safe assumption).
    #[default]
    Partial,
    /// It uses none.
    AllOrNothing,
}

/// One part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KitPart {
    /// Its name in the caller's world.
    pub id: String,
    /// Cost of carrying one unit (picking, return handling, capital), yuan.
    pub cost: f64,
    /// Volume of one unit, litres.
    #[serde(default)]
    pub volume_l: f64,
    /// Weight of one unit, kilograms.
    #[serde(default)]
    pub weight_kg: f64,
    /// The most units that can be had; `None` = as many as wanted.
    #[serde(default)]
    pub available: Option<u32>,
}

/// One repair item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KitItem {
    /// Its name in the caller's world.
    pub id: String,
    /// The parts it needs, all of them; empty = labour only.
    #[serde(default)]
    pub bom: Vec<BomLine>,
}

/// So many of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BomLine {
    /// Position in `parts`.
    pub part: usize,
    /// Units.
    pub qty: u32,
}

/// One vehicle's visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KitJob {
    /// Its name in the caller's world.
    pub id: String,
    /// Probability that the vehicle comes.
    pub show: f64,
    /// What it may need.
    #[serde(default)]
    pub items: Vec<JobItem>,
}

/// One item a vehicle may need, independent of its other items once it has come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct JobItem {
    /// Position in `items`.
    pub item: usize,
    /// Probability, given that the vehicle comes.
    pub p: f64,
}

/// What the van can hold; `None` = no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct VanLimits {
    /// Litres.
    #[serde(default)]
    pub volume_l: Option<f64>,
    /// Kilograms.
    #[serde(default)]
    pub payload_kg: Option<f64>,
}

/// One thing wrong with a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KitFault {
    /// Where, as a path into the file: `jobs[3].items[0].p`.
    pub at: String,
    /// What is wrong with it and what would be right.
    pub message: String,
}

impl std::fmt::Display for KitFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.at, self.message)
    }
}

/// Why a kit problem was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KitError {
    /// The problem is not well formed; every fault found.
    Invalid(Vec<KitFault>),
}

impl std::fmt::Display for KitError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Invalid(faults) = self;
        for (n, fault) in faults.iter().enumerate() {
            let separator = if n == 0 { "" } else { "; " };
            write!(out, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for KitError {}

impl KitProblem {
    /// Checks everything the engine relies on.
    ///
    /// # Errors
    /// [`KitError::Invalid`] with every fault, in the order of the file.
    pub fn validate(&self) -> Result<(), KitError> {
        let mut faults = Faults(Vec::new());
        if self.schema != KIT_SCHEMA {
            faults.add(
                "schema",
                format!("is {:?}, must be {KIT_SCHEMA:?}", self.schema),
            );
        }
        faults.share("target_job_fill", self.target_job_fill);
        for (j, part) in self.parts.iter().enumerate() {
            faults.amount(&format!("parts[{j}].cost"), part.cost);
            faults.amount(&format!("parts[{j}].volume_l"), part.volume_l);
            faults.amount(&format!("parts[{j}].weight_kg"), part.weight_kg);
        }
        for (k, item) in self.items.iter().enumerate() {
            for (l, line) in item.bom.iter().enumerate() {
                if line.part >= self.parts.len() {
                    let known = self.parts.len();
                    faults.add(
                        &format!("items[{k}].bom[{l}].part"),
                        format!("is {}, there are {known} parts", line.part),
                    );
                }
            }
        }
        self.check_jobs(&mut faults);
        if let Some(volume_l) = self.van.volume_l {
            faults.amount("van.volume_l", volume_l);
        }
        if let Some(payload_kg) = self.van.payload_kg {
            faults.amount("van.payload_kg", payload_kg);
        }
        for (n, stock) in self.evaluate.iter().enumerate() {
            if stock.len() != self.parts.len() {
                let known = self.parts.len();
                faults.add(
                    &format!("evaluate[{n}]"),
                    format!("has {} numbers, there are {known} parts", stock.len()),
                );
            }
        }
        if faults.0.is_empty() {
            Ok(())
        } else {
            Err(KitError::Invalid(faults.0))
        }
    }

    fn check_jobs(&self, faults: &mut Faults) {
        let mut most = vec![0_u64; self.parts.len()];
        for (i, job) in self.jobs.iter().enumerate() {
            faults.share(&format!("jobs[{i}].show"), job.show);
            for (x, wanted) in job.items.iter().enumerate() {
                faults.share(&format!("jobs[{i}].items[{x}].p"), wanted.p);
                let Some(item) = self.items.get(wanted.item) else {
                    let known = self.items.len();
                    faults.add(
                        &format!("jobs[{i}].items[{x}].item"),
                        format!("is {}, there are {known} items", wanted.item),
                    );
                    continue;
                };
                for line in &item.bom {
                    if let Some(units) = most.get_mut(line.part) {
                        *units = units.saturating_add(u64::from(line.qty));
                    }
                }
            }
        }
        for (j, &units) in most.iter().enumerate() {
            if units > MAX_UNITS_PER_PART {
                let text = format!(
                    "the jobs may need {units} units together, the most is {MAX_UNITS_PER_PART}"
                );
                faults.add(&format!("parts[{j}]"), text);
            }
        }
    }
}

/// Faults as they are found.
struct Faults(Vec<KitFault>);

impl Faults {
    fn add(&mut self, at: &str, message: String) {
        self.0.push(KitFault {
            at: at.to_owned(),
            message,
        });
    }

    fn share(&mut self, at: &str, value: f64) {
        if !(0.0..=1.0).contains(&value) {
            self.add(at, format!("is {value}, must be from 0 to 1"));
        }
    }

    fn amount(&mut self, at: &str, value: f64) {
        if !(value.is_finite() && value >= 0.0) {
            self.add(at, format!("is {value}, must be a number from 0 up"));
        }
    }
}

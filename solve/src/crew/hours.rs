//! Responsible for: the exact distribution of a day's hours and the number of technicians it asks for.
//! Not responsible for: who they are (`assignment`).
//!
//! Hours are counted on a grid of 0.1 h; each amount given is rounded to it. One show-up variable per vehicle keeps its
//! items together: H = Σ Y·(base + Σ X·h).

use serde::{Deserialize, Serialize};

/// The version of the question this engine answers.
pub const CREW_SCHEMA: &str = "tourplan-crew/1";

/// The grid, hours.
pub const HOURS_STEP: f64 = 0.1;

/// The most hours one day may add up to; beyond it something is wrong with the question.
const MAX_HOURS: f64 = 10_000.0;

/// How many technicians does each day need?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrewProblem {
    /// Always [`CREW_SCHEMA`].
    pub schema: String,
    /// The probability with which the day's work must fit, 0–1.
    pub service_level: f64,
    /// Hours of work one technician does in a day.
    pub effective_hours: f64,
    /// Cost of one staffed hour, yuan.
    pub staffed_hour_cost: f64,
    /// Cost of one hour beyond them, yuan.
    pub overtime_hour_cost: f64,
    /// The days, each on its own.
    pub days: Vec<CrewDay>,
}

/// One day's jobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrewDay {
    /// The vehicles expected.
    pub jobs: Vec<CrewJob>,
}

/// One vehicle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrewJob {
    /// Probability that it comes.
    pub show: f64,
    /// Hours it takes whenever it comes.
    pub base_hours: f64,
    /// What it may need beyond that.
    #[serde(default)]
    pub items: Vec<CrewItem>,
}

/// One item a vehicle may need.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CrewItem {
    /// Probability, given that the vehicle comes.
    pub p: f64,
    /// Hours it takes.
    pub hours: f64,
}

/// The answer, day by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrewSolution {
    /// In the order of the question.
    pub days: Vec<DayCrew>,
}

/// What one day needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayCrew {
    /// Expected hours.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// Hours that suffice with the given probability.
    pub quantiles: Quantiles,
    /// The smallest number of technicians whose hours suffice with the service level.
    pub technicians: u32,
    /// The number that costs least.
    pub newsvendor: Newsvendor,
}

/// Hours that suffice with probability 0.5, 0.8, 0.9 and 0.95.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quantiles {
    /// 0.5
    #[serde(rename = "0.5")]
    pub q50: f64,
    /// 0.8
    #[serde(rename = "0.8")]
    pub q80: f64,
    /// 0.9
    #[serde(rename = "0.9")]
    pub q90: f64,
    /// 0.95
    #[serde(rename = "0.95")]
    pub q95: f64,
}

/// The number of technicians n with the least staffed·n·e + overtime·E(H − n·e)⁺; of equal ones the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Newsvendor {
    /// n
    pub technicians: u32,
    /// That cost, yuan.
    pub expected_cost: f64,
}

/// Why a crew problem was not answered: everything wrong with it, each with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrewError {
    /// `days[0].jobs[2].show: is 1.2, must be from 0 to 1`
    pub faults: Vec<String>,
}

impl std::fmt::Display for CrewError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.faults.join("; "))
    }
}

impl std::error::Error for CrewError {}

impl CrewProblem {
    /// Checks everything the engine relies on.
    ///
    /// # Errors
    /// [`CrewError`] with every fault, in the order of the file.
    pub fn validate(&self) -> Result<(), CrewError> {
        let mut faults = Vec::new();
        if self.schema != CREW_SCHEMA {
            faults.push(format!(
                "schema: is {:?}, must be {CREW_SCHEMA:?}",
                self.schema
            ));
        }
        check_share(&mut faults, "service_level", self.service_level);
        if !(self.effective_hours.is_finite() && self.effective_hours >= 0.01) {
            faults.push(format!(
                "effective_hours: is {}, must be at least 0.01",
                self.effective_hours
            ));
        }
        check_amount(&mut faults, "staffed_hour_cost", self.staffed_hour_cost);
        check_amount(&mut faults, "overtime_hour_cost", self.overtime_hour_cost);
        for (d, day) in self.days.iter().enumerate() {
            let mut most = 0.0;
            for (i, job) in day.jobs.iter().enumerate() {
                check_share(&mut faults, &format!("days[{d}].jobs[{i}].show"), job.show);
                check_amount(
                    &mut faults,
                    &format!("days[{d}].jobs[{i}].base_hours"),
                    job.base_hours,
                );
                most += job.base_hours;
                for (k, item) in job.items.iter().enumerate() {
                    check_share(
                        &mut faults,
                        &format!("days[{d}].jobs[{i}].items[{k}].p"),
                        item.p,
                    );
                    check_amount(
                        &mut faults,
                        &format!("days[{d}].jobs[{i}].items[{k}].hours"),
                        item.hours,
                    );
                    most += item.hours;
                }
            }
            if most > MAX_HOURS {
                faults.push(format!(
                    "days[{d}]: may add up to {most} hours, the most is {MAX_HOURS}"
                ));
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(CrewError { faults })
        }
    }
}

fn check_share(faults: &mut Vec<String>, at: &str, value: f64) {
    if !(0.0..=1.0).contains(&value) {
        faults.push(format!("{at}: is {value}, must be from 0 to 1"));
    }
}

fn check_amount(faults: &mut Vec<String>, at: &str, value: f64) {
    if !(value.is_finite() && value >= 0.0) {
        faults.push(format!("{at}: is {value}, must be a number from 0 up"));
    }
}

/// Answers a crew problem.
///
/// # Errors
/// [`CrewError`] where the problem is not well formed.
pub fn solve(problem: &CrewProblem) -> Result<CrewSolution, CrewError> {
    problem.validate()?;
    Ok(CrewSolution {
        days: problem
            .days
            .iter()
            .map(|day| day_crew(problem, &hours_pmf(&day.jobs)))
            .collect(),
    })
}

/// Distribution of the hours of these jobs: entry g = probability of g·[`HOURS_STEP`] hours. Values must be valid.
pub fn hours_pmf(jobs: &[CrewJob]) -> Vec<f64> {
    let mut sum = vec![1.0];
    for job in jobs {
        let mut own = vec![0.0; steps(job.base_hours) + 1];
        if let Some(base) = own.last_mut() {
            *base = 1.0;
        }
        for item in &job.items {
            own = mixed(&own, item.p, steps(item.hours));
        }
        for chance in &mut own {
            *chance *= job.show;
        }
        if let Some(none) = own.first_mut() {
            *none += 1.0 - job.show;
        }
        sum = convolved(&sum, &own);
    }
    sum
}

/// The fewest hours on the grid that suffice with probability `level`.
pub fn quantile_hours(pmf: &[f64], level: f64) -> f64 {
    grid_hours(quantile_step(pmf, level))
}

fn quantile_step(pmf: &[f64], level: f64) -> usize {
    let mut reached = 0.0;
    for (step, chance) in pmf.iter().enumerate() {
        reached += chance;
        // Sums of probabilities are off by a few units in the last place.
        if reached >= level - 1e-12 {
            return step;
        }
    }
    pmf.len().saturating_sub(1)
}

/// g steps as hours; dividing by ten gives 12.6, where multiplying by 0.1 gives 12.600000000000001.
fn grid_hours(step: usize) -> f64 {
    step as f64 / 10.0
}

fn steps(hours: f64) -> usize {
    (hours / HOURS_STEP).round() as usize
}

fn day_crew(problem: &CrewProblem, pmf: &[f64]) -> DayCrew {
    let moment = |f: &dyn Fn(f64) -> f64| -> f64 {
        pmf.iter()
            .enumerate()
            .map(|(step, chance)| chance * f(grid_hours(step)))
            .sum()
    };
    let mean = moment(&|hours| hours);
    let variance = moment(&|hours| (hours - mean) * (hours - mean));
    let each = problem.effective_hours;
    let needed = quantile_hours(pmf, problem.service_level);
    DayCrew {
        mean,
        sd: variance.max(0.0).sqrt(),
        quantiles: Quantiles {
            q50: quantile_hours(pmf, 0.5),
            q80: quantile_hours(pmf, 0.8),
            q90: quantile_hours(pmf, 0.9),
            q95: quantile_hours(pmf, 0.95),
        },
        technicians: (needed / each - 1e-9).ceil().max(0.0) as u32,
        newsvendor: newsvendor(problem, pmf),
    }
}

/// The cost is convex in n, so the first n that is no dearer than its successor is the smallest best one.
fn newsvendor(problem: &CrewProblem, pmf: &[f64]) -> Newsvendor {
    let each = problem.effective_hours;
    let cost = |technicians: u32| {
        let staffed = f64::from(technicians) * each;
        let over: f64 = pmf
            .iter()
            .enumerate()
            .map(|(step, chance)| chance * (grid_hours(step) - staffed).max(0.0))
            .sum();
        problem.staffed_hour_cost * staffed + problem.overtime_hour_cost * over
    };
    let most = (grid_hours(pmf.len()) / each).ceil() as u32;
    let (mut technicians, mut least) = (0, cost(0));
    while technicians < most {
        let next = cost(technicians + 1);
        if next >= least - 1e-9 {
            break;
        }
        technicians += 1;
        least = next;
    }
    Newsvendor {
        technicians,
        expected_cost: least,
    }
}

fn mixed(pmf: &[f64], p: f64, shift: usize) -> Vec<f64> {
    let mut out = vec![0.0; pmf.len() + shift];
    for (sum, chance) in out.iter_mut().zip(pmf) {
        *sum += (1.0 - p) * chance;
    }
    for (sum, chance) in out.iter_mut().skip(shift).zip(pmf) {
        *sum += p * chance;
    }
    out
}

fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; a.len() + b.len() - 1];
    for (step, chance) in b.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
        for (sum, other) in out.iter_mut().skip(step).zip(a) {
            *sum += chance * other;
        }
    }
    out
}

//! Responsible for: the answer to a kit question as it is given out.
//! Not responsible for: finding it.

use serde::{Deserialize, Serialize};

/// What to carry, what it costs, what it achieves, and how good that is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KitSolution {
    /// Units to carry, one number per part.
    pub kit: Vec<u32>,
    /// Cost of carrying them, yuan.
    pub cost: f64,
    /// Share of the jobs needing parts that are completed.
    pub job_fill: f64,
    /// Share of the units asked for that are there.
    pub part_fill: f64,
    /// Probability that nothing at all is short on the tour.
    pub tour_fill: f64,
    /// No kit that reaches the target costs less than this, with probability [`Self::bound_confidence`]; `None` where
    /// nothing was proven.
    pub lower_bound: Option<f64>,
    /// 1 where every outcome was enumerated. Where outcomes were sampled, the share of samples whose bound holds.
    pub bound_confidence: Option<f64>,
    /// (cost − lower bound) / cost.
    pub gap: Option<f64>,
    /// How the fill rates were computed.
    pub method: Method,
    /// Distinct outcomes enumerated, or outcomes sampled.
    pub outcomes: u64,
    /// False where availability or the van keep the target out of reach; then this is the best that can be reached.
    pub target_met: bool,
    /// Standard error of `job_fill`, from the scatter between independent batches of outcomes; 0 with enumeration.
    pub job_fill_error: f64,
    /// Fill rates of the stock vectors in the question, in its order.
    pub evaluated: Vec<Fill>,
}

/// How fill rates were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// All outcomes: exact.
    Enumeration,
    /// A seeded sample of outcomes.
    Sampling,
}

/// What a stock achieves. Where nothing is ever needed all three are 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fill {
    /// Share of the jobs needing parts that are completed.
    pub job_fill: f64,
    /// Share of the units asked for that are there (exact with either method).
    pub part_fill: f64,
    /// Probability that nothing at all is short on the tour.
    pub tour_fill: f64,
}

/// What is expected of one part on a tour that carries a given number of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PartExpectation {
    /// Units asked for.
    pub need: f64,
    /// Units asked for that are not there.
    pub shortage: f64,
    /// Units that come back (with partial use; with all-or-nothing somewhat more do).
    pub leftover: f64,
    /// Probability that the stock suffices.
    pub available: f64,
}

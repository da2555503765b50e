//! Whether life data identify a Weibull law at all, and if not why, in words.
//!
//! As the shape grows without bound at a fixed scale τ the law becomes a single age at death, τ. The likelihood
//! falls on the way unless every life agrees with that: whatever was survived ends by τ, whatever failed may have
//! failed at τ. So a maximum at a finite shape needs some survival that ends after some failure is known to have
//! happened; in ln t the log-likelihood without truncation is concave (Burridge 1981, for shape and
//! shape × ln scale), so these directions are all there are. Left truncation adds one more: the shape towards 0.

use std::fmt;

use super::sample::Sample;

/// Why there is no estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unidentified {
    /// No line that says anything.
    Empty,
    /// Nothing failed.
    NoFailure,
    /// Nothing is known to have survived any time.
    NoSurvival,
    /// All failures at one time, and nothing survived longer.
    OneTime,
    /// A single age at death explains all there is.
    Step,
    /// The fewer failures the older: the likelihood rises as the shape goes to 0.
    NoWear,
    /// Shape and scale can be exchanged for one another without any loss.
    Flat,
}

impl Unidentified {
    /// (English, Chinese).
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("there are no lives to learn from", "没有可用的寿命数据"),
            Self::NoFailure => (
                "nothing failed: every longer life fits at least as well, so there is no estimate",
                "没有任何失效：寿命越长越吻合，无法估计",
            ),
            Self::NoSurvival => (
                "nothing is known to have survived any time: every shorter life fits at least as well, so there is no estimate",
                "没有任何存活记录：寿命越短越吻合，无法估计",
            ),
            Self::OneTime => (
                "all failures happened at one time and nothing survived longer: the likelihood grows with the shape without bound",
                "全部失效发生在同一时刻且无更长存活：形状参数越大似然越高，没有上限",
            ),
            Self::Step => (
                "one single age at failure explains every line: the likelihood does not fall however large the shape",
                "同一失效年龄即可解释全部数据：形状参数再大似然也不下降，无法估计",
            ),
            Self::NoWear => (
                "what is older fails no more often: the likelihood rises as the shape goes to 0, so no Weibull law is best",
                "使用越久失效并未增多：形状参数趋于0时似然仍上升，不存在最优的威布尔分布",
            ),
            Self::Flat => (
                "shape and scale can be exchanged for one another: the data fix one combination of them only",
                "形状与尺度参数可互相替代：数据只能确定二者的一种组合，无法分别估计",
            ),
        }
    }
}

impl fmt::Display for Unidentified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().0)
    }
}

/// The log-likelihood in the limit of an unbounded shape: any finite maximum must lie above it.
///
/// # Errors
/// Where no finite maximum can.
pub(super) fn check(sample: &Sample) -> Result<f64, Unidentified> {
    if sample.cases.is_empty() {
        return Err(Unidentified::Empty);
    }
    let mut survived = f64::NEG_INFINITY;
    let mut failed_by = f64::INFINITY;
    for case in &sample.cases {
        if let Some(lived) = case.lived {
            survived = survived.max(lived.to);
            if case.failed_at_end {
                failed_by = failed_by.min(lived.to);
            }
        }
        if let Some(failed_in) = case.failed_in {
            failed_by = failed_by.min(failed_in.to);
        }
    }
    if failed_by == f64::INFINITY {
        return Err(Unidentified::NoFailure);
    }
    if survived == f64::NEG_INFINITY {
        return Err(Unidentified::NoSurvival);
    }
    if survived > failed_by {
        return Ok(f64::NEG_INFINITY);
    }
    if sample.exact > 0.0 {
        return Err(Unidentified::OneTime);
    }
    // Lives entering late can make a finite maximum above the limit, unless the limit is certainty itself.
    if survived < failed_by || !sample.truncated {
        return Err(Unidentified::Step);
    }
    Ok(limit_at(sample, survived))
}

/// At one age τ some fail and some survive, in the shares that are likeliest; elsewhere nothing happens.
fn limit_at(sample: &Sample, age: f64) -> f64 {
    let ends_there = |stretch: Option<super::sample::Stretch>| stretch.is_some_and(|s| s.to == age);
    let count = |keep: &dyn Fn(&super::sample::Case) -> bool| -> f64 {
        let kept = sample.cases.iter().filter(|case| keep(case));
        kept.map(|case| case.count).sum()
    };
    let failed = count(&|case| ends_there(case.failed_in));
    let survived = count(&|case| ends_there(case.lived));
    let share = |k: f64| {
        if k > 0.0 {
            k * libm::log(k / (failed + survived))
        } else {
            0.0
        }
    };
    share(failed) + share(survived)
}

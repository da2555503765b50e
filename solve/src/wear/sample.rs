//! All lives in logarithms, equal ones together.

use super::life::{Life, Observed};

/// A stretch of life that was lived through: from `from` (−∞ = new) to `to`, ln t relative to the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) from: f64,
    pub(super) to: f64,
}

/// So many equal lives: survived `lived` (none where nothing was survived in the records), then failed at its end
/// exactly, or somewhere in `failed_in`, or neither.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Case {
    pub(super) count: f64,
    pub(super) lived: Option<Stretch>,
    pub(super) failed_at_end: bool,
    pub(super) failed_in: Option<Stretch>,
}

/// The sample the law is fitted to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample {
    pub(super) cases: Vec<Case>,
    /// ln of the time that stands at 0 in the cases.
    pub(super) reference: f64,
    /// Exact failures.
    pub(super) exact: f64,
    /// Whether any life entered the records late.
    pub(super) truncated: bool,
}

impl Sample {
    /// Lives that say nothing (no count, or no time under observation) are left out.
    pub(super) fn of(lives: &[Life]) -> Self {
        let mut lives: Vec<&Life> = lives.iter().filter(|life| life.count() > 0).collect();
        lives.sort_by(|a, b| {
            key(a)
                .partial_cmp(&key(b))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let reference = reference(&lives);
        let ln = |t: f64| {
            if t > 0.0 {
                libm::log(t) - reference
            } else {
                f64::NEG_INFINITY
            }
        };
        let mut cases: Vec<Case> = Vec::new();
        let mut last = None;
        for life in &lives {
            if last == Some(key(life)) {
                if let Some(case) = cases.last_mut() {
                    case.count += life.count() as f64;
                }
                continue;
            }
            if let Some(case) = case(life, &ln) {
                cases.push(case);
                last = Some(key(life));
            }
        }
        let exact = cases.iter().filter(|case| case.failed_at_end);
        Self {
            exact: exact.map(|case| case.count).sum(),
            truncated: lives.iter().any(|life| life.entry() > 0.0),
            reference,
            cases,
        }
    }

    /// All finite times of the sample, relative.
    pub(super) fn times(&self) -> impl Iterator<Item = f64> {
        self.cases
            .iter()
            .flat_map(|case| [case.lived, case.failed_in])
            .flatten()
            .flat_map(|stretch| [stretch.from, stretch.to])
            .filter(|x| x.is_finite())
    }
}

fn case(life: &Life, ln: &dyn Fn(f64) -> f64) -> Option<Case> {
    let count = life.count() as f64;
    let (end, upper) = match life.what() {
        Observed::Failed(at) | Observed::Good(at) => (at, None),
        Observed::Between { lower, upper } => (lower.max(life.entry()), Some(upper)),
    };
    let lived = (end > life.entry()).then(|| Stretch {
        from: ln(life.entry()),
        to: ln(end),
    });
    let failed_at_end = matches!(life.what(), Observed::Failed(_));
    let failed_in = upper.map(|upper| Stretch {
        from: ln(end),
        to: ln(upper),
    });
    (lived.is_some() || failed_in.is_some()).then_some(Case {
        count,
        lived,
        failed_at_end,
        failed_in,
    })
}

fn key(life: &Life) -> (u8, f64, f64, f64) {
    match life.what() {
        Observed::Failed(at) => (0, at, at, life.entry()),
        Observed::Good(at) => (1, at, at, life.entry()),
        Observed::Between { lower, upper } => (2, lower, upper, life.entry()),
    }
}

/// ln of a time amid the failures, so that what is exponentiated stays small at any unit.
fn reference(lives: &[&Life]) -> f64 {
    let mut sum = 0.0;
    let mut count = 0.0;
    for life in lives {
        let at = match life.what() {
            Observed::Failed(at) => at,
            Observed::Between { upper, .. } => upper,
            Observed::Good(_) => continue,
        };
        sum += libm::log(at) * life.count() as f64;
        count += life.count() as f64;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

//! The log-likelihood with slope and curvature, in u = ln shape and v = ln scale.
//!
//! With z = e^u·(ln t − v) and H(t) = e^z, the cumulative hazard, a life adds
//!
//! - survived (w, t]: −A, with A = H(t) − H(w);
//! - failed at t: u + z − ln t besides;
//! - failed in (l, t]: ln(1 − e^(−D)) besides, with D = H(t) − H(l).

use super::sample::{Sample, Stretch};

/// Value, slope (u, v) and curvature (uu, uv, vv).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    pub(super) value: f64,
    pub(super) slope: [f64; 2],
    pub(super) curvature: [f64; 3],
}

/// Cumulative hazard over a stretch and its derivatives.
struct Hazard {
    value: f64,
    slope: [f64; 2],
    curvature: [f64; 3],
}

/// Above this a hazard leaves no survivor a double could tell from none.
const CERTAIN: f64 = 700.0;

impl Hazard {
    fn over(stretch: Stretch, shape: f64, v: f64) -> Self {
        let z = shape * (stretch.to - v);
        let to = libm::exp(z);
        if stretch.from == f64::NEG_INFINITY {
            return Self {
                value: to,
                slope: [z * to, -shape * to],
                curvature: [
                    (z * z + z) * to,
                    -shape * (z + 1.0) * to,
                    shape * shape * to,
                ],
            };
        }
        // Differences are taken before they are multiplied, so that nothing cancels where the stretch is short.
        let back = shape * (stretch.from - stretch.to);
        let from = libm::exp(z + back);
        let value = to * -libm::expm1(back);
        let zf = z + back;
        let first = z * value - back * from;
        let second = z * z * value - (zf + z) * back * from;
        Self {
            value,
            slope: [first, -shape * value],
            curvature: [
                second + first,
                -shape * (first + value),
                shape * shape * value,
            ],
        }
    }
}

/// The log-likelihood of the sample.
pub(super) fn at(sample: &Sample, [u, v]: [f64; 2]) -> Curve {
    let shape = libm::exp(u);
    let mut sum = Sum::default();
    for case in &sample.cases {
        if let Some(lived) = case.lived {
            let hazard = Hazard::over(lived, shape, v);
            sum.add(
                case.count,
                -hazard.value,
                hazard.slope.map(|s| -s),
                hazard.curvature.map(|c| -c),
            );
            if case.failed_at_end {
                let z = shape * (lived.to - v);
                let value = u + z - (lived.to + sample.reference);
                sum.add(case.count, value, [1.0 + z, -shape], [z, -shape, 0.0]);
            }
        }
        if let Some(failed_in) = case.failed_in {
            let hazard = Hazard::over(failed_in, shape, v);
            if hazard.value < CERTAIN {
                let odds = 1.0 / libm::expm1(hazard.value);
                let bend = -odds * (1.0 + odds);
                let [hu, hv] = hazard.slope;
                let [huu, huv, hvv] = hazard.curvature;
                sum.add(
                    case.count,
                    libm::log(-libm::expm1(-hazard.value)),
                    [odds * hu, odds * hv],
                    [
                        bend * hu * hu + odds * huu,
                        bend * hu * hv + odds * huv,
                        bend * hv * hv + odds * hvv,
                    ],
                );
            }
        }
    }
    sum.curve()
}

/// Compensated sums (Neumaier 1974), so that a million lives lose no digits.
#[derive(Default)]
struct Sum {
    totals: [f64; 6],
    lost: [f64; 6],
}

impl Sum {
    fn add(&mut self, count: f64, value: f64, slope: [f64; 2], curvature: [f64; 3]) {
        let terms = [
            value,
            slope[0],
            slope[1],
            curvature[0],
            curvature[1],
            curvature[2],
        ];
        for (index, term) in terms.into_iter().enumerate() {
            let term = term * count;
            let total = self.totals[index];
            let next = total + term;
            self.lost[index] += if total.abs() >= term.abs() {
                (total - next) + term
            } else {
                (term - next) + total
            };
            self.totals[index] = next;
        }
    }

    fn curve(&self) -> Curve {
        // Of an infinite sum what was lost is no number.
        let of = |index: usize| {
            let total = self.totals[index];
            if total.is_infinite() {
                total
            } else {
                total + self.lost[index]
            }
        };
        Curve {
            value: of(0),
            slope: [of(1), of(2)],
            curvature: [of(3), of(4), of(5)],
        }
    }
}

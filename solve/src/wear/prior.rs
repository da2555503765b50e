//! The fit where failures are few: what is known of the class beforehand counts as well.
//!
//! ln shape and ln scale each have a normal prior; the estimate is the mode of the posterior in these
//! logarithms, its errors come from the curvature there. With many failures it is the maximum likelihood
//! estimate, with none it stays near the prior.

use super::identify::Unidentified;
use super::likelihood::{self, Curve};
use super::sample::Sample;
use super::{Fit, Life, fit_at, profile};

/// How many standard deviations from the prior's shape maxima are looked for at most.
const FARTHEST: f64 = 20.0;

/// Lognormal priors of a component class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Median of the shape.
    pub shape: f64,
    /// Standard deviation of ln shape, > 0.
    pub sd_log_shape: f64,
    /// Median of the scale, in the unit of the times.
    pub scale: f64,
    /// Standard deviation of ln scale, > 0.
    pub sd_log_scale: f64,
}

/// The posterior mode. Its `loglik` is that of the data alone.
///
/// # Errors
/// Without any life, or with a prior that is none (a median or deviation not above 0). Where very many failed at one
/// time the mode may lie at a shape no two times could be told apart at: it is looked for within
/// twenty deviations of the prior's.
pub fn fit_with_prior(lives: &[Life], prior: &Prior) -> Result<Fit, Unidentified> {
    let numbers = [
        prior.shape,
        prior.sd_log_shape,
        prior.scale,
        prior.sd_log_scale,
    ];
    if numbers.iter().any(|x| !(x.is_finite() && *x > 0.0)) {
        return Err(Unidentified::Flat);
    }
    let sample = Sample::of(lives);
    if sample.cases.is_empty() {
        return Err(Unidentified::Empty);
    }
    let weighed = Weighed {
        sample: &sample,
        middle: [
            libm::log(prior.shape),
            libm::log(prior.scale) - sample.reference,
        ],
        weight: [prior.sd_log_shape, prior.sd_log_scale].map(|sd| 1.0 / (sd * sd)),
    };
    let (mut at, mut curve) = weighed.climb(weighed.middle);
    let (mut starts, mut most) = (
        Vec::new(),
        if sample.exact > 0.0 {
            f64::INFINITY
        } else {
            0.0
        },
    );
    if let Ok(limit) = super::identify::check(&sample)
        && let Ok(best) = profile::best(&sample)
    {
        starts.push(best);
        most = likelihood::at(&sample, best).value.max(limit);
    }
    // A mode costs ½·(deviations from the prior)², and the likelihood gives no more than its maximum for it.
    let reach = (2.0 * (most - curve.value)).max(0.0).sqrt();
    starts.extend(weighed.ridge(reach.min(FARTHEST)));
    for start in starts {
        let found = weighed.climb(start);
        if found.1.value > curve.value {
            (at, curve) = found;
        }
    }
    let fit = fit_at(&sample, at, &curve)?;
    Ok(Fit {
        loglik: likelihood::at(&sample, at).value,
        ..fit
    })
}

/// The posterior, up to a constant.
struct Weighed<'a> {
    sample: &'a Sample,
    middle: [f64; 2],
    weight: [f64; 2],
}

impl Weighed<'_> {
    fn at(&self, at: [f64; 2]) -> Curve {
        let mut curve = likelihood::at(self.sample, at);
        let away = [at[0] - self.middle[0], at[1] - self.middle[1]];
        for (index, (away, weight)) in away.into_iter().zip(self.weight).enumerate() {
            curve.value -= 0.5 * weight * away * away;
            curve.slope[index] -= weight * away;
            curve.curvature[2 * index] -= weight;
        }
        curve
    }

    /// Where the best posterior for a given shape has its maxima, roughly: data far from the prior make several.
    /// Looked at are shapes half a standard deviation apart, so many deviations to either side of the prior's.
    fn ridge(&self, reach: f64) -> Vec<[f64; 2]> {
        let step = 0.5 / self.weight[0].sqrt();
        let far = (2.0 * reach).ceil() as i32;
        let mut points = Vec::new();
        let mut v = self.middle[1];
        for place in -far..=far {
            let u = self.middle[0] + f64::from(place) * step;
            v = self.best_scale(u, v);
            points.push(([u, v], self.at([u, v]).value));
        }
        let value = |place: usize| points.get(place).map_or(f64::NEG_INFINITY, |point| point.1);
        let tops = points.iter().enumerate().filter(|(place, point)| {
            let before = place.checked_sub(1).map_or(f64::NEG_INFINITY, value);
            point.1 >= before && point.1 >= value(place + 1)
        });
        tops.map(|(_, point)| point.0).collect()
    }

    /// The best ln scale for this ln shape, to a few digits: the posterior is concave in it.
    fn best_scale(&self, u: f64, from: f64) -> f64 {
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut v = from;
        for _ in 0..60 {
            let curve = self.at([u, v]);
            let slope = curve.slope[1];
            // Where every hazard is beyond what a double holds the scale is too small.
            if slope <= 0.0 {
                high = v;
            } else {
                low = v;
            }
            let newton = v - slope / curve.curvature[2];
            let next = if newton > low && newton < high {
                newton.clamp(v - 3.0, v + 3.0)
            } else if low.is_finite() && high.is_finite() {
                0.5 * (low + high)
            } else if slope <= 0.0 {
                v - 3.0
            } else {
                v + 3.0
            };
            if (next - v).abs() < 1e-4 {
                return next;
            }
            v = next;
        }
        v
    }

    /// Newton's method, the curvature made steeper until each step goes up (Levenberg 1944).
    fn climb(&self, start: [f64; 2]) -> ([f64; 2], Curve) {
        let mut at = start;
        let mut curve = self.at(at);
        let mut damping = 0.0_f64;
        for _ in 0..500 {
            let [uu, uv, vv] = curve.curvature;
            let [gu, gv] = curve.slope;
            let (uu, vv) = (uu - damping * self.weight[0], vv - damping * self.weight[1]);
            let determinant = uu * vv - uv * uv;
            let step = [
                (uv * gv - vv * gu) / determinant,
                (uv * gu - uu * gv) / determinant,
            ];
            let downhill = uu < 0.0 && determinant > 0.0;
            let small = step[0].abs() + step[1].abs() < 1e-13 * (1.0 + at[0].abs() + at[1].abs());
            if downhill && small {
                break;
            }
            let next = [at[0] + step[0], at[1] + step[1]];
            let there = self.at(next);
            let better = there.value.is_finite() && there.value >= curve.value;
            if downhill && better && there.slope.iter().all(|s| s.is_finite()) {
                let gained = there.value > curve.value;
                (at, curve) = (next, there);
                damping *= 0.2;
                if damping < 1e-6 {
                    damping = 0.0;
                }
                if !gained && damping == 0.0 {
                    break;
                }
            } else {
                damping = (damping * 4.0).max(1e-3);
                if damping > 1e30 {
                    break;
                }
            }
        }
        (at, curve)
    }
}

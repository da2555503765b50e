//! The fit where failures are few: what is known of the class beforehand counts as well.
//!
//! ln shape and ln scale each have a normal prior; the estimate is the mode of the posterior in these
//! logarithms, its errors come from the curvature there. With many failures it is the maximum likelihood
//! estimate, with none it stays near the prior.

use super::identify::Unidentified;
use super::likelihood::{self, Curve};
use super::sample::Sample;
use super::{Fit, Life, fit_at, profile};

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
/// Without any life, or with a prior that is none (a median or deviation not above 0).
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
    let mut starts = vec![weighed.middle];
    if super::identify::check(&sample).is_ok()
        && let Ok(best) = profile::best(&sample)
    {
        starts.push([
            0.5 * (best[0] + weighed.middle[0]),
            0.5 * (best[1] + weighed.middle[1]),
        ]);
        starts.push(best);
    }
    let mut best: Option<([f64; 2], Curve)> = None;
    for start in starts {
        let found = weighed.climb(start);
        if best.is_none_or(|best| found.1.value > best.1.value) {
            best = Some(found);
        }
    }
    let (at, curve) = best.ok_or(Unidentified::Flat)?;
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

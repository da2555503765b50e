//! How long things last: a two-parameter Weibull law from life data, by maximum likelihood.
//!
//! Responsible for: failures, right, left and interval censoring, counts and left truncation (parts research
//! §2.2; Meeker & Escobar 1998, ch. 8 and 11); standard errors from the observed information; saying in words
//! why data identify no law; the same fit with lognormal priors where failures are few.
//! Not responsible for: whose lives they are, or reading them.
//!
//! S(t) = exp(−(t/scale)^shape). Everything is computed in ln t relative to a reference inside the data, so the
//! unit of time is of no consequence.
//!
//! - `life`: one line of life data, checked when made;
//! - `sample`: all of them, equal ones together, in logarithms;
//! - `identify`: whether a maximum exists at all;
//! - `profile`: the best scale for a given shape, and from it the best shape;
//! - `likelihood`: value, slope and curvature in (ln shape, ln scale);
//! - `prior`: the same with what is known of a class beforehand.

mod identify;
mod life;
mod likelihood;
mod prior;
mod profile;
#[cfg(test)]
mod reference;
mod sample;
#[cfg(test)]
mod tests;

pub use identify::Unidentified;
pub use life::{Life, LifeFault, MOST_COUNT, Observed};
pub use prior::{Prior, fit_with_prior};

use likelihood::Curve;
use sample::Sample;

/// A fitted law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Weibull shape, > 0; above 1 = wears out.
    pub shape: f64,
    /// Weibull scale, in the unit of the times: 63 % have failed by then.
    pub scale: f64,
    /// Standard error of ln shape.
    pub se_log_shape: f64,
    /// Standard error of ln scale.
    pub se_log_scale: f64,
    /// Covariance of ln shape and ln scale.
    pub covariance: f64,
    /// Log-likelihood at the estimate, densities per unit of time; without the prior's share.
    pub loglik: f64,
}

/// 97.5 % point of the standard normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

impl Fit {
    /// 95 % interval of the shape: exp(ln shape ± 1.96·se), the log-Wald interval.
    pub fn shape_95(&self) -> [f64; 2] {
        log_wald(self.shape, self.se_log_shape)
    }

    /// 95 % interval of the scale, likewise.
    pub fn scale_95(&self) -> [f64; 2] {
        log_wald(self.scale, self.se_log_scale)
    }
}

fn log_wald(estimate: f64, se: f64) -> [f64; 2] {
    let factor = libm::exp(NORMAL_975 * se);
    [estimate / factor, estimate * factor]
}

/// How many lives, and how many of them ended, each line with its count.
pub fn counts(lives: &[Life]) -> (u64, u64) {
    let sum = |keep: &dyn Fn(&Life) -> bool| {
        lives
            .iter()
            .filter(|life| keep(life))
            .fold(0_u64, |sum, life| sum.saturating_add(life.count()))
    };
    (sum(&|_| true), sum(&|life| life.ended()))
}

/// The maximum likelihood estimate.
///
/// # Errors
/// Why the data identify no law: the likelihood has no maximum at a finite shape and scale.
pub fn fit(lives: &[Life]) -> Result<Fit, Unidentified> {
    let sample = Sample::of(lives);
    let limit = identify::check(&sample)?;
    let start = profile::best(&sample)?;
    let (at, curve) = profile::polish(&sample, start);
    // The profile comes as near to the limit as doubles do.
    if curve.value - limit <= 1e-9 * (1.0 + curve.value.abs()) {
        return Err(Unidentified::Step);
    }
    fit_at(&sample, at, &curve)
}

/// The estimate with its errors, from the curvature there.
fn fit_at(sample: &Sample, at: [f64; 2], curve: &Curve) -> Result<Fit, Unidentified> {
    let [uu, uv, vv] = curve.curvature.map(|c| -c);
    // The determinant of the information, relative to its size: at 0 the data see one combination only.
    let determinant = uu * vv - uv * uv;
    if !(uu > 0.0 && vv > 0.0 && determinant > 1e-12 * uu * vv) {
        return Err(Unidentified::Flat);
    }
    Ok(Fit {
        shape: libm::exp(at[0]),
        scale: libm::exp(at[1] + sample.reference),
        se_log_shape: (vv / determinant).sqrt(),
        se_log_scale: (uu / determinant).sqrt(),
        covariance: -uv / determinant,
        loglik: curve.value,
    })
}

//! The log-likelihood written down once more, plainly, and looked over point by point.

use super::super::*;

/// Cumulative hazard from `from` to `to`.
fn hazard(from: f64, to: f64, shape: f64, ln_scale: f64) -> f64 {
    let whole = libm::exp(shape * (libm::log(to) - ln_scale));
    if from > 0.0 {
        // 1 − (from/to)^shape
        whole * -libm::expm1(shape * libm::log(from / to))
    } else {
        whole
    }
}

pub(super) fn loglik(lives: &[Life], ln_shape: f64, ln_scale: f64) -> f64 {
    let shape = libm::exp(ln_shape);
    let of = |life: &Life| match life.what() {
        Observed::Good(to) => -hazard(life.entry(), to, shape, ln_scale),
        Observed::Failed(at) => {
            ln_shape - libm::log(at) + shape * (libm::log(at) - ln_scale)
                - hazard(life.entry(), at, shape, ln_scale)
        }
        Observed::Between { lower, upper } => {
            let lower = lower.max(life.entry());
            let lived = if lower > life.entry() {
                hazard(life.entry(), lower, shape, ln_scale)
            } else {
                0.0
            };
            libm::log(-libm::expm1(-hazard(lower, upper, shape, ln_scale))) - lived
        }
    };
    let says_something = lives
        .iter()
        .filter(|life| life.what() != Observed::Good(life.entry()));
    says_something
        .map(|life| life.count() as f64 * of(life))
        .sum()
}

pub(super) fn ln_posterior(lives: &[Life], prior: &Prior, ln_shape: f64, ln_scale: f64) -> f64 {
    let away = [
        (ln_shape - libm::log(prior.shape)) / prior.sd_log_shape,
        (ln_scale - libm::log(prior.scale)) / prior.sd_log_scale,
    ];
    loglik(lives, ln_shape, ln_scale) - 0.5 * (away[0] * away[0] + away[1] * away[1])
}

/// The highest of the points of a grid, every tenth of ln shape and ln scale: (value, ln shape, ln scale).
pub(super) fn highest(
    value: impl Fn(f64, f64) -> f64,
    ln_shape: [f64; 2],
    ln_scale: [f64; 2],
) -> (f64, f64, f64) {
    let steps = |[from, to]: [f64; 2]| {
        let count = ((to - from) * 10.0).round() as u32;
        (0..=count).map(move |step| from + f64::from(step) / 10.0)
    };
    let mut best = (f64::NEG_INFINITY, 0.0, 0.0);
    for u in steps(ln_shape) {
        for v in steps(ln_scale) {
            let here = value(u, v);
            if here > best.0 {
                best = (here, u, v);
            }
        }
    }
    best
}

/// A step of a hundredth of an error's size or so lowers it in each direction, by about as much to either side.
pub(super) fn assert_top(value: impl Fn(f64, f64) -> f64, fit: &Fit) {
    let (u, v) = (libm::log(fit.shape), libm::log(fit.scale));
    let top = value(u, v);
    let (du, dv) = (0.01 * fit.se_log_shape, 0.01 * fit.se_log_scale);
    for (u_steps, v_steps) in [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, -1.0)] {
        let fall = |sign: f64| top - value(u + sign * u_steps * du, v + sign * v_steps * dv);
        let (ahead, back) = (fall(1.0), fall(-1.0));
        assert!(ahead > 0.0 && back > 0.0, "{fit:?}: {ahead} {back}");
        let uneven = (ahead - back).abs() / (ahead + back);
        assert!(uneven < 0.02, "{fit:?}: {ahead} {back}");
    }
}

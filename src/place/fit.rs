//! The estimate's curve fitted to measured drives.
//!
//! Responsible for: detour and speed that miss measured kilometres and minutes least, and how much they miss
//! drives they were not fitted to. Not responsible for: where the measurements come from (`cli::calibrate`).
//!
//! Robust: what is made least is the mean of |ln(estimate / measured)|, so that a few drives with a detour
//! around a lake or a slip of the pen move nothing. Errors are held out: drives are cut into five parts by
//! their two ends, and each part is estimated by a curve fitted to the other four.

mod descent;
#[cfg(test)]
mod tests;

use super::terrain::Terrain;
use super::travel::TravelCurve;
use descent::least;

/// Fewer measured drives than this fit nothing.
pub const LEAST_SAMPLES: usize = 12;
/// From here on the whole curve is fitted; below, only one factor for kilometres and one for speed.
const WHOLE_CURVE: usize = 40;
/// A terrain's factor is fitted where at least so many drives begin or end in it.
const TERRAIN_SAMPLES: usize = 20;
/// The short end of a curve is fitted where at least so many drives are no longer than this, km; else a short
/// trip stays estimated as it was: nothing is known of it.
const SHORT: (usize, f64) = (20, 20.0);
/// Parts the drives are cut into.
const FOLDS: u64 = 5;

/// A measured drive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Straight line between its ends, km; more than 0.
    pub straight_km: f64,
    /// Terrain at its ends.
    pub terrain: (Terrain, Terrain),
    /// Measured km; more than 0.
    pub km: f64,
    /// Measured minutes at the wheel; more than 0.
    pub minutes: f64,
    /// The same number for there and back: both are held out together.
    pub ends: u64,
}

/// How far estimates miss, in km or minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Misses {
    /// Mean of |estimate − measured|.
    pub mean: f64,
    /// Mean of estimate − measured: more than 0 = too long.
    pub bias: f64,
    /// Nine of ten miss by less.
    pub p90: f64,
}

/// One figure before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Compared {
    /// By the curve as it is.
    pub before: Misses,
    /// By the curve fitted to other drives.
    pub after: Misses,
    /// Whether that is better, and so proposed.
    pub better: bool,
}

/// A fitted curve.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Fit {
    /// Fitted to all drives; where that is no better, as it was.
    pub curve: TravelCurve,
    /// Kilometres.
    pub km: Compared,
    /// Minutes.
    pub minutes: Compared,
}

/// Fits the curve; samples must be sound (see [`Sample`]).
pub fn fit(samples: &[Sample], now: &TravelCurve) -> Fit {
    let road = |sample: &Sample, curve: &TravelCurve| estimate_km(sample, curve);
    let time = |sample: &Sample, curve: &TravelCurve| minutes(curve, estimate_km(sample, curve));
    let mut curve = *now;
    let km = compared(
        samples,
        now,
        &|some, now| with_detour(some, now),
        &road,
        &|s| s.km,
    );
    if km.better {
        curve = with_detour(samples, &curve);
    }
    let both = |some: &[Sample], now: &TravelCurve| {
        let now = if km.better {
            with_detour(some, now)
        } else {
            *now
        };
        with_speed(some, &now)
    };
    let minutes = compared(samples, now, &both, &time, &|s| s.minutes);
    if minutes.better {
        curve = with_speed(samples, &curve);
    }
    Fit { curve, km, minutes }
}

type Fitted<'a> = &'a dyn Fn(&[Sample], &TravelCurve) -> TravelCurve;
type Estimated<'a> = &'a dyn Fn(&Sample, &TravelCurve) -> f64;

/// Misses of the curve as it is, and held out of the fitted one.
fn compared(
    samples: &[Sample],
    now: &TravelCurve,
    fitted: Fitted<'_>,
    estimated: Estimated<'_>,
    measured: &dyn Fn(&Sample) -> f64,
) -> Compared {
    let before = samples
        .iter()
        .map(|sample| estimated(sample, now) - measured(sample));
    let before = misses(before.collect());
    let mut errors = Vec::with_capacity(samples.len());
    for fold in 0..FOLDS {
        let (out, others): (Vec<Sample>, Vec<Sample>) = samples
            .iter()
            .partition(|sample| sample.ends % FOLDS == fold);
        let curve = fitted(&others, now);
        errors.extend(
            out.iter()
                .map(|sample| estimated(sample, &curve) - measured(sample)),
        );
    }
    let after = misses(errors);
    Compared {
        before,
        after,
        better: after.mean < before.mean,
    }
}

fn misses(errors: Vec<f64>) -> Misses {
    let count = errors.len().max(1) as f64;
    let bias = errors.iter().sum::<f64>() / count;
    let mut sizes: Vec<f64> = errors.into_iter().map(f64::abs).collect();
    sizes.sort_by(f64::total_cmp);
    Misses {
        mean: sizes.iter().sum::<f64>() / count,
        bias,
        p90: quantile(&sizes, 0.9),
    }
}

/// A quantile of sorted numbers: the first that has this share at or below it; 0 of none.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

fn estimate_km(sample: &Sample, curve: &TravelCurve) -> f64 {
    let (from, to) = sample.terrain;
    let factor = f64::midpoint(curve.of_terrain(from), curve.of_terrain(to));
    curve.road_km(sample.straight_km, factor)
}

fn minutes(curve: &TravelCurve, road_km: f64) -> f64 {
    road_km / curve.speed(road_km) * 60.0
}

/// Mean of |ln(estimate / measured)|.
fn off(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (estimate, measured) in pairs {
        sum += libm::log(estimate / measured).abs();
        count += 1.0;
    }
    sum / f64::max(count, 1.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile(&values, 0.5)
}

/// Rounded to `places` decimals, as it will stand in tour.toml.
fn rounded(value: f64, places: i32) -> f64 {
    let unit = 10_f64.powi(places);
    (value * unit).round() / unit
}

/// Detour and terrain fitted. Plains stay the measure of the others: a common factor is the detour's.
fn with_detour(samples: &[Sample], now: &TravelCurve) -> TravelCurve {
    if samples.is_empty() {
        return *now;
    }
    if samples.len() < WHOLE_CURVE {
        let ratios = samples
            .iter()
            .map(|sample| sample.km / estimate_km(sample, now));
        let factor = median(ratios.collect());
        return TravelCurve {
            detour_far: rounded((now.detour_far * factor).max(1.0), 3),
            detour_near: rounded(now.detour_near * factor, 3),
            ..*now
        };
    }
    let ends = |terrain: Terrain| {
        let here = samples.iter().filter(|sample| {
            let (from, to) = sample.terrain;
            from == terrain || to == terrain
        });
        here.count()
    };
    // With no plain to compare with, hills are the measure of mountains.
    let hills = ends(Terrain::Hills) >= TERRAIN_SAMPLES && ends(Terrain::Plain) >= TERRAIN_SAMPLES;
    let others = ends(Terrain::Plain) + ends(Terrain::Hills);
    let mountains = ends(Terrain::Mountains) >= TERRAIN_SAMPLES && others >= TERRAIN_SAMPLES;
    let short = knows_short(samples.iter().map(|sample| sample.straight_km));
    let near = |x: &[f64]| {
        let as_it_was = (now.detour_far + now.detour_near - x[0]).max(0.0);
        if short { x[1] } else { as_it_was }
    };
    let curve = |x: &[f64]| TravelCurve {
        detour_far: rounded(x[0], 3),
        detour_near: rounded(near(x), 3),
        detour_fade_km: rounded(x[2], 1),
        hills: if hills { rounded(x[3], 3) } else { now.hills },
        mountains: if mountains {
            rounded(x[4], 3)
        } else {
            now.mountains
        },
        ..*now
    };
    let start = [
        now.detour_far,
        now.detour_near,
        now.detour_fade_km,
        now.hills,
        now.mountains,
    ];
    let bounds = [(1.0, 3.0), (0.0, 3.0), (2.0, 200.0), (1.0, 2.0), (1.0, 2.0)];
    let loss = |x: &[f64]| {
        let curve = TravelCurve {
            detour_far: x[0],
            detour_near: near(x),
            detour_fade_km: x[2],
            hills: if hills { x[3] } else { now.hills },
            mountains: if mountains { x[4] } else { now.mountains },
            ..*now
        };
        off(samples
            .iter()
            .map(|sample| (estimate_km(sample, &curve), sample.km)))
    };
    let found = curve(&least(&start, &bounds, &loss));
    // Where nothing fades, how fast it does is anything.
    let fades = found.detour_near > 0.0;
    TravelCurve {
        detour_fade_km: if fades {
            found.detour_fade_km
        } else {
            now.detour_fade_km
        },
        ..found
    }
}

/// Whether there are short trips to fit the short end by.
fn knows_short(km: impl Iterator<Item = f64>) -> bool {
    km.filter(|km| *km <= SHORT.1).count() >= SHORT.0
}

/// Speed fitted, on measured kilometres: what a wrong distance costs is not the speed's.
fn with_speed(samples: &[Sample], now: &TravelCurve) -> TravelCurve {
    if samples.is_empty() {
        return *now;
    }
    if samples.len() < WHOLE_CURVE {
        let ratios = samples
            .iter()
            .map(|sample| minutes(now, sample.km) / sample.minutes);
        let factor = median(ratios.collect());
        return TravelCurve {
            speed_far: rounded((now.speed_far * factor).clamp(10.0, 150.0), 1),
            speed_loss_near: rounded((now.speed_loss_near * factor).clamp(0.0, 145.0), 1),
            ..*now
        };
    }
    // The second number is the share of the far speed that a very short trip loses.
    let short = knows_short(samples.iter().map(|sample| sample.km));
    let slowest = now.speed_far - now.speed_loss_near;
    let curve = |x: &[f64]| TravelCurve {
        speed_far: x[0],
        speed_loss_near: if short {
            x[0] * x[1]
        } else {
            (x[0] - slowest).max(0.0)
        },
        speed_fade_km: x[2],
        ..*now
    };
    let start = [
        now.speed_far,
        now.speed_loss_near / now.speed_far,
        now.speed_fade_km,
    ];
    let bounds = [(10.0, 150.0), (0.0, 0.9), (2.0, 300.0)];
    let loss = |x: &[f64]| {
        let curve = curve(x);
        off(samples
            .iter()
            .map(|sample| (minutes(&curve, sample.km), sample.minutes)))
    };
    let found = curve(&least(&start, &bounds, &loss));
    TravelCurve {
        speed_far: rounded(found.speed_far, 1),
        speed_loss_near: rounded(found.speed_loss_near, 1),
        speed_fade_km: if found.speed_loss_near > 0.05 {
            rounded(found.speed_fade_km, 1)
        } else {
            now.speed_fade_km
        },
        ..found
    }
}

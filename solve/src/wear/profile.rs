//! The maximum: the best scale for a given shape in closed or concave form, then one equation in ln shape.
//!
//! For a given shape the log-likelihood is strictly concave in c = shape·v (v = ln scale), also under
//! truncation. Its maximum over c is the profile; its slope in u = ln shape is the partial slope there. Without
//! truncation the profile has one maximum; with it there may be several, so the whole range is searched.

use super::identify::Unidentified;
use super::likelihood::{self, Curve};
use super::sample::{Sample, Stretch};

/// Steps of ln shape in which several maxima are told apart.
const GRID: f64 = 0.25;
/// The smallest shape looked at, per unit of the range of ln t: below it the law no longer bends over the data.
const LEAST_BEND: f64 = 1e-7;
/// The largest, per unit of the smallest gap of ln t: above it neighbouring times are ages apart. Of r failures at
/// one time and one life a gap away the likelihood goes like shape^r · e^(−shape × gap): r more.
const MOST_BEND: f64 = 60.0;

/// Once the profile has fallen so far below its best, in units of ln likelihood for each life, it is not followed
/// further. For each life: of a million equal ones a dip between two maxima is a million times as deep.
const FALLEN: f64 = 20.0;

/// A point of the profile.
#[derive(Clone, Copy)]
struct Point {
    u: f64,
    v: f64,
    value: f64,
    slope: f64,
}

/// (ln shape, ln scale relative to the reference) near the global maximum.
pub(super) fn best(sample: &Sample) -> Result<[f64; 2], Unidentified> {
    let (least, most) = range(sample);
    let brackets = if sample.truncated {
        all_brackets(sample, least, most)?
    } else {
        vec![the_bracket(sample, least, most)?]
    };
    let mut best: Option<Point> = None;
    for (low, high) in brackets {
        let point = root(sample, low, high);
        if best.is_none_or(|best| point.value > best.value) {
            best = Some(point);
        }
    }
    let best = best.ok_or(Unidentified::NoWear)?;
    if sample.truncated {
        let end = point(sample, least);
        // With every life entering late the likelihood may have a limit as the shape goes to 0, above any maximum.
        if end.slope <= 0.0 && end.value >= best.value {
            return Err(Unidentified::NoWear);
        }
    }
    Ok([best.u, best.v])
}

/// Newton's method in both parameters, to the last digit; value, slope and curvature there.
pub(super) fn polish(sample: &Sample, start: [f64; 2]) -> ([f64; 2], Curve) {
    let mut at = start;
    let mut curve = likelihood::at(sample, at);
    for _ in 0..40 {
        let [uu, uv, vv] = curve.curvature;
        let determinant = uu * vv - uv * uv;
        if !(uu < 0.0 && determinant > 0.0) {
            break;
        }
        let [gu, gv] = curve.slope;
        let step = [
            (uv * gv - vv * gu) / determinant,
            (uv * gu - uu * gv) / determinant,
        ];
        let next = [at[0] + step[0], at[1] + step[1]];
        let there = likelihood::at(sample, next);
        let worse = there.value < curve.value - 1e-9 * (1.0 + curve.value.abs());
        if worse || !there.value.is_finite() {
            break;
        }
        (at, curve) = (next, there);
        if step[0].abs() < 1e-14 && (libm::exp(at[0]) * step[1]).abs() < 1e-14 {
            break;
        }
    }
    (at, curve)
}

/// The range of ln shape in which a maximum can lie.
fn range(sample: &Sample) -> (f64, f64) {
    let mut times: Vec<f64> = sample.times().collect();
    times.sort_by(f64::total_cmp);
    let width = times.last().unwrap_or(&0.0) - times.first().unwrap_or(&0.0);
    let width = width.max(f64::MIN_POSITIVE);
    let gaps = times.windows(2).map(|pair| pair[1] - pair[0]);
    let gap = gaps.filter(|gap| *gap > 0.0).fold(width, f64::min);
    (
        libm::log(LEAST_BEND) - libm::log(width),
        libm::log(MOST_BEND + sample.exact) - libm::log(gap.max(1e-14)),
    )
}

/// Where the profile of a concave likelihood stops rising.
fn the_bracket(sample: &Sample, least: f64, most: f64) -> Result<(Point, Point), Unidentified> {
    let mut at = point(sample, spread_guess(sample).clamp(least, most));
    let mut step = 0.5;
    if at.slope > 0.0 {
        while at.u < most + 5.0 {
            let next = point(sample, at.u + step);
            if next.slope <= 0.0 {
                return Ok((at, next));
            }
            (at, step) = (next, step * 1.6);
        }
        return Err(Unidentified::Flat);
    }
    while at.u > least {
        let next = point(sample, at.u - step);
        if next.slope > 0.0 {
            return Ok((next, at));
        }
        (at, step) = (next, step * 1.6);
    }
    Err(Unidentified::NoWear)
}

/// Every place where the profile turns from rising to falling.
fn all_brackets(
    sample: &Sample,
    least: f64,
    most: f64,
) -> Result<Vec<(Point, Point)>, Unidentified> {
    let mut brackets = Vec::new();
    let mut last = point(sample, least);
    let rises = last.slope > 0.0;
    let mut best = last.value;
    let lives = sample.cases.iter().map(|case| case.count).sum::<f64>();
    while last.u < most + GRID {
        // Where the law hardly bends over the data the profile is a straight line in the shape.
        let bends = last.u > least - libm::log(LEAST_BEND) - 4.0;
        let next = point(sample, last.u + if bends { GRID } else { 1.0 });
        if last.slope > 0.0 && next.slope <= 0.0 {
            brackets.push((last, next));
        }
        best = best.max(next.value);
        // It falls for good: ln likelihood goes like −shape × the gap no single age bridges (`identify`).
        if next.slope < 0.0 && next.value < best - FALLEN * (1.0 + lives) {
            break;
        }
        last = next;
    }
    match (brackets.is_empty(), rises) {
        (false, _) => Ok(brackets),
        // Up to the limit of an unbounded shape.
        (true, true) => Err(Unidentified::Step),
        (true, false) => Err(Unidentified::NoWear),
    }
}

/// ln shape of the law whose ln t spreads as the failures do (π/√6 over the deviation).
fn spread_guess(sample: &Sample) -> f64 {
    let mut sums = [0.0; 3];
    for case in &sample.cases {
        let at = match (case.failed_at_end, case.lived, case.failed_in) {
            (true, Some(lived), _) => lived.to,
            (_, _, Some(failed_in)) => failed_in.to,
            _ => continue,
        };
        sums[0] += case.count;
        sums[1] += case.count * at;
        sums[2] += case.count * at * at;
    }
    let mean = sums[1] / sums[0];
    let variance = sums[2] / sums[0] - mean * mean;
    if variance > 1e-18 {
        libm::log(1.28 / variance.sqrt())
    } else {
        0.0
    }
}

/// The zero of the slope between two points: false position (Illinois), halving where it drags.
fn root(sample: &Sample, mut low: Point, mut high: Point) -> Point {
    let (mut weight_low, mut weight_high) = (low.slope, high.slope);
    for round in 0..200 {
        let width = high.u - low.u;
        if width < 1e-11 {
            break;
        }
        let share = weight_low / (weight_low - weight_high);
        let share = if round % 4 == 3 || !share.is_finite() {
            0.5
        } else {
            share.clamp(1e-3, 0.999)
        };
        let middle = point(sample, low.u + share * width);
        if middle.slope > 0.0 {
            low = middle;
            weight_low = middle.slope;
            weight_high *= 0.5;
        } else {
            high = middle;
            weight_high = middle.slope;
            weight_low *= 0.5;
        }
    }
    if low.slope.abs() < high.slope.abs() {
        low
    } else {
        high
    }
}

fn point(sample: &Sample, u: f64) -> Point {
    let shape = libm::exp(u);
    let v = best_c(sample, shape) / shape;
    let curve = likelihood::at(sample, [u, v]);
    Point {
        u,
        v,
        value: curve.value,
        slope: curve.slope[0],
    }
}

/// ln of (to^shape − from^shape), whatever the size of either.
fn ln_power_difference(stretch: Stretch, shape: f64) -> f64 {
    let top = shape * stretch.to;
    if stretch.from == f64::NEG_INFINITY {
        return top;
    }
    top + libm::log(-libm::expm1(shape * (stretch.from - stretch.to)))
}

/// The c = shape·v at which Σ survived hazard = Σ exact failures + Σ D/(e^D − 1) over failures in an interval.
/// Without intervals: c = ln(Σ(t^shape − w^shape)/failures).
fn best_c(sample: &Sample, shape: f64) -> f64 {
    let mut lived: Vec<(f64, f64)> = Vec::new();
    let mut failed: Vec<(f64, f64)> = Vec::new();
    for case in &sample.cases {
        lived.extend(
            case.lived
                .map(|s| (case.count, ln_power_difference(s, shape))),
        );
        failed.extend(
            case.failed_in
                .map(|s| (case.count, ln_power_difference(s, shape))),
        );
    }
    let failures = sample.exact + failed.iter().map(|one| one.0).sum::<f64>();
    let top = lived
        .iter()
        .map(|one| one.1)
        .fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = lived
        .iter()
        .map(|(count, a)| count * libm::exp(a - top))
        .sum();
    let start = top + libm::log(sum / failures);
    if failed.is_empty() {
        return start;
    }
    // Value and slope of what must vanish; it falls with c.
    let excess = |c: f64| {
        let (mut value, mut slope) = (-sample.exact, 0.0);
        for (count, a) in &lived {
            let hazard = count * libm::exp(a - c);
            value += hazard;
            slope -= hazard;
        }
        for (count, d) in &failed {
            let hazard = libm::exp(d - c);
            if hazard > 700.0 {
                continue;
            }
            let (grown, share) = (libm::expm1(hazard), bernoulli(hazard));
            value -= count * share;
            slope -= count * share * (hazard * (grown + 1.0) / grown - 1.0);
        }
        (value, slope)
    };
    let mut c = start;
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut reach = 1.0;
    for _ in 0..300 {
        let (value, slope) = excess(c);
        if value > 0.0 {
            low = c;
        } else {
            high = c;
        }
        let newton = c - value / slope;
        let next = if newton > low && newton < high && (newton - c).abs() < 50.0 {
            newton
        } else if low.is_finite() && high.is_finite() {
            0.5 * (low + high)
        } else {
            reach *= 2.0;
            if value > 0.0 { c + reach } else { c - reach }
        };
        if (next - c).abs() <= 1e-15 * (1.0 + c.abs()) {
            return next;
        }
        c = next;
    }
    c
}

/// D/(e^D − 1): the failures an interval still stands for; 1 at 0.
fn bernoulli(hazard: f64) -> f64 {
    if hazard < 1e-300 {
        1.0
    } else {
        hazard / libm::expm1(hazard)
    }
}

//! How likely a wear item has failed: Weibull in km, over the odometer's distribution.

/// A wear item's life, km.
#[derive(Clone, Copy)]
pub(super) struct Life {
    /// Weibull shape.
    pub(super) shape: f64,
    /// Weibull scale, km.
    pub(super) scale: f64,
    /// Its natural logarithm, which every vehicle needs.
    ln_scale: f64,
}

impl Life {
    pub(super) fn new(shape: f64, scale: f64) -> Self {
        Self {
            shape,
            scale,
            ln_scale: libm::log(scale),
        }
    }

    /// (km / scale)^shape, the cumulative hazard at an age of which the logarithm is given.
    fn hazard(self, ln_km: f64) -> f64 {
        libm::exp(self.shape * (ln_km - self.ln_scale))
    }

    /// How many times as fast it wears as another one of its shape, of any age: the ratio of their hazards; `None` where
    /// shapes differ.
    pub(super) fn times_as_fast_as(self, other: Self) -> Option<f64> {
        let ratio = || libm::exp(self.shape * (other.ln_scale - self.ln_scale));
        (self.shape == other.shape).then(ratio)
    }
}

/// Mean life over the scale: Γ(1 + 1/β).
pub(super) fn mean_life(shape: f64) -> f64 {
    libm::tgamma(1.0 + 1.0 / shape)
}

/// An item last renewed and last seen good so many km ago, over the distribution of the odometer.
pub(super) struct Looks([Look; HERMITE.len()]);

/// The same for one value of the odometer.
#[derive(Clone, Copy)]
struct Look {
    /// Natural logarithm of its age, km, now and when it was seen good: what all lives have in common.
    ln_age: f64,
    ln_seen_at: f64,
    /// Km since it was seen good.
    since: f64,
}

impl Looks {
    /// `age` km after its last renewal, looked at `seen` km ago, with an odometer known to within `sd` km.
    pub(super) fn of(age: f64, seen: f64, sd: f64) -> Self {
        Self(HERMITE.map(|(z, _)| {
            let age = (age + z * sd).max(0.0);
            let since = (seen + z * sd).clamp(0.0, age);
            Look {
                ln_age: libm::log(age),
                ln_seen_at: libm::log(age - since),
                since,
            }
        }))
    }

    /// How much such a life has worn since it was seen good.
    pub(super) fn hazards(&self, life: Life) -> Hazards<'_> {
        Hazards {
            looks: self,
            life,
            now: self.0.map(|look| life.hazard(look.ln_age)),
            since: None,
        }
    }

    /// See [`Hazards::needed`].
    #[cfg(test)]
    pub(super) fn needed(&self, life: Life) -> f64 {
        self.hazards(life).needed(1.0)
    }

    /// P(failed by now) of an item that was certainly replaced before, nobody knows when: by the long-run rate of renewals,
    /// one each `mean_life` km.
    pub(super) fn renewed_unseen(&self, mean_life: f64) -> f64 {
        mean(&self.0, |look| -libm::expm1(-look.since / mean_life))
    }
}

/// The cumulative hazard of a life, for each value of the odometer.
pub(super) struct Hazards<'l> {
    looks: &'l Looks,
    life: Life,
    now: [f64; HERMITE.len()],
    /// When it was seen good, less that of now: worked out where it is asked for.
    since: Option<[f64; HERMITE.len()]>,
}

impl Hazards<'_> {
    /// What [`Self::needed`] is at most, by what costs little: 1 − e^(−h) ≤ h, and what has worn since it was seen good is
    /// not more than what has worn at all.
    pub(super) fn at_most(&self, times: f64) -> f64 {
        let worn = match &self.since {
            Some(since) => -mean(since, |hazard| *hazard),
            None => mean(&self.now, |hazard| *hazard),
        };
        worn * times
    }

    /// P(failed by now | good when seen): 1 − S(age)/S(age − seen) of a life that wears so many `times` as fast, the mean over
    /// the odometer's distribution and not the value at its mean.
    pub(super) fn needed(&mut self, times: f64) -> f64 {
        let since = self.since.get_or_insert_with(|| {
            std::array::from_fn(|at| self.life.hazard(self.looks.0[at].ln_seen_at) - self.now[at])
        });
        mean(since, |hazard| -libm::expm1(hazard * times))
    }
}

fn mean<T>(nodes: &[T; HERMITE.len()], of: impl Fn(&T) -> f64) -> f64 {
    let nodes = nodes.iter().zip(&HERMITE);
    nodes.map(|(node, (_, weight))| weight * of(node)).sum()
}

/// Gauss–Hermite nodes and weights of the standard normal distribution, five points: exact for
/// polynomials up to degree 9 (Abramowitz and Stegun, table 25.10, scaled by √2 and 1/√π).
const HERMITE: [(f64, f64); 5] = [
    (-2.856_970_013_872_806, 0.011_257_411_327_720_69),
    (-1.355_626_179_974_266, 0.222_075_922_005_612_6),
    (0.0, 0.533_333_333_333_333_3),
    (1.355_626_179_974_266, 0.222_075_922_005_612_6),
    (2.856_970_013_872_806, 0.011_257_411_327_720_69),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn pads() -> Life {
        Life::new(2.5, 50_000.0)
    }

    /// 1 − S(age)/S(age − since) as it is written.
    fn formula(life: Life, age: f64, since: f64) -> f64 {
        let hazard = |km: f64| libm::pow(km / life.scale, life.shape);
        1.0 - libm::exp(hazard(age - since) - hazard(age))
    }

    /// Many equal slices of the distribution instead of five nodes.
    fn by_slices(of: impl Fn(f64, f64) -> f64, age: f64, seen: f64, sd: f64) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for step in -6000..=6000 {
            let z = f64::from(step) / 1000.0;
            let density = libm::exp(-z * z / 2.0);
            let age = (age + z * sd).max(0.0);
            sum += density * of(age, (seen + z * sd).clamp(0.0, age));
            weight += density;
        }
        sum / weight
    }

    #[test]
    fn five_nodes_give_the_mean_over_the_odometers_distribution() {
        let mean_life = 50_000.0 * mean_life(2.5);
        for (age, seen, sd) in [
            (40_000.0, 12_000.0, 1.0),
            (40_000.0, 12_000.0, 3_000.0),
            (60_000.0, 20_000.0, 5_000.0),
        ] {
            let looks = Looks::of(age, seen, sd);
            let worn = by_slices(|age, since| formula(pads(), age, since), age, seen, sd);
            let rate = |_: f64, since: f64| 1.0 - libm::exp(-since / mean_life);
            let renewed = by_slices(rate, age, seen, sd);
            for (nodes, slices) in [
                (looks.needed(pads()), worn),
                (looks.renewed_unseen(mean_life), renewed),
            ] {
                assert!(
                    (nodes - slices).abs() < 5e-4,
                    "{age} ± {sd}: {nodes} for {slices}"
                );
            }
        }
    }

    #[test]
    fn the_mean_life_is_the_area_under_the_share_still_alive() {
        let step = 50.0;
        let alive =
            |n: u32| libm::exp(-libm::pow(f64::from(n) * step / pads().scale, pads().shape));
        let area: f64 = (0..8000)
            .map(|n| f64::midpoint(alive(n), alive(n + 1)) * step)
            .sum();
        let ours = pads().scale * mean_life(pads().shape);
        assert!((area - ours).abs() < 1.0, "{ours} for {area}");
    }

    #[test]
    fn what_is_needed_is_never_more_than_is_said_beforehand() {
        let mut near = 0;
        for shape in [0.7, 1.0, 2.5, 4.0] {
            let life = Life::new(shape, 50_000.0);
            for (age, seen, sd) in [
                (0.0, 0.0, 1.0),
                (9_000.0, 9_000.0, 3_000.0),
                (15_000.0, 2_000.0, 10.0),
                (40_000.0, 12_000.0, 5_000.0),
                (300_000.0, 30_000.0, 1.0),
            ] {
                let looks = Looks::of(age, seen, sd);
                for times in [0.3, 1.0, 1.7] {
                    let mut hazards = looks.hazards(life);
                    let first = hazards.at_most(times);
                    let needed = hazards.needed(times);
                    let then = hazards.at_most(times);
                    assert!(
                        needed <= then + 1e-12,
                        "{shape} {age} {times}: {needed} {then}"
                    );
                    assert!(
                        then <= first + 1e-12,
                        "{shape} {age} {times}: {then} {first}"
                    );
                    near += u32::from(needed > 0.9 * then && needed > 0.0);
                }
            }
        }
        assert!(near > 8, "it says something: {near}");
    }

    #[test]
    fn an_uncertain_odometer_makes_a_young_item_more_likely_to_have_failed() {
        let known = Looks::of(15_000.0, 15_000.0, 1.0).needed(pads());
        let vague = Looks::of(15_000.0, 15_000.0, 6_000.0).needed(pads());
        assert!(vague > known * 1.1, "{vague} for {known}");
    }

    #[test]
    fn a_life_that_wears_faster_is_needed_as_often_as_if_it_were_looked_at_by_itself() {
        for (factor, age, seen, sd) in [
            (0.8, 40_000.0, 12_000.0, 3_000.0),
            (1.2, 90_000.0, 9_000.0, 10.0),
        ] {
            let other = Life::new(
                pads().shape,
                pads().scale * libm::pow(factor, -1.0 / pads().shape),
            );
            let looks = Looks::of(age, seen, sd);
            let times = other.times_as_fast_as(pads()).expect("one shape");
            assert!((times - factor).abs() < 1e-12, "{times}");
            let (alone, beside) = (looks.needed(other), looks.hazards(pads()).needed(times));
            assert!((alone - beside).abs() < 1e-12, "{alone} {beside}");
        }
        assert!(Life::new(2.0, 5e4).times_as_fast_as(pads()).is_none());
    }

    #[test]
    fn a_certain_odometer_gives_the_formula_itself() {
        for (age, since) in [(40_000.0, 12_000.0), (40_000.0, 40_000.0), (40_000.0, 0.0)] {
            let (ours, known) = (Looks::of(age, since, 0.0), formula(pads(), age, since));
            assert!((ours.needed(pads()) - known).abs() < 1e-12, "{known}");
        }
        assert!(Looks::of(0.0, 0.0, 0.0).needed(pads()).abs() < 1e-12, "new");
    }
}

//! How likely a wear item has failed: Weibull in km, over the odometer's distribution.

/// A wear item's life, km.
pub(super) struct Life {
    /// Weibull shape.
    pub(super) shape: f64,
    /// Weibull scale, km.
    pub(super) scale: f64,
    /// It was certainly replaced before, nobody knows when.
    pub(super) renewed: bool,
}

impl Life {
    /// P(the item has failed since it was last seen good), `age` km after its last renewal, looked at `seen` km
    /// ago, with an odometer known to within `sd` km: the mean over its distribution, not the value at its mean.
    pub(super) fn needed(&self, age: f64, seen: f64, sd: f64) -> f64 {
        let at = |z: f64| {
            let age = (age + z * sd).max(0.0);
            self.failed(age, (seen + z * sd).clamp(0.0, age))
        };
        HERMITE.iter().map(|(z, weight)| weight * at(*z)).sum()
    }

    /// P(failed by `age` | good `seen` km ago): 1 − S(age)/S(age − seen); of one replaced nobody knows when,
    /// by the long-run rate of renewals.
    fn failed(&self, age: f64, seen: f64) -> f64 {
        if self.renewed {
            let mean_life = self.scale * libm::tgamma(1.0 + 1.0 / self.shape);
            return -libm::expm1(-seen / mean_life);
        }
        let hazard = |km: f64| libm::pow(km.max(0.0) / self.scale, self.shape);
        -libm::expm1(hazard(age - seen) - hazard(age))
    }
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

    const PADS: Life = Life {
        shape: 2.5,
        scale: 50_000.0,
        renewed: false,
    };

    /// Many equal slices of the distribution instead of five nodes.
    fn by_slices(life: &Life, age: f64, seen: f64, sd: f64) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for step in -6000..=6000 {
            let z = f64::from(step) / 1000.0;
            let density = libm::exp(-z * z / 2.0);
            let age = (age + z * sd).max(0.0);
            sum += density * life.failed(age, (seen + z * sd).clamp(0.0, age));
            weight += density;
        }
        sum / weight
    }

    #[test]
    fn five_nodes_give_the_mean_over_the_odometers_distribution() {
        for (age, seen, sd) in [
            (40_000.0, 12_000.0, 1.0),
            (40_000.0, 12_000.0, 3_000.0),
            (60_000.0, 20_000.0, 5_000.0),
        ] {
            let (nodes, slices) = (PADS.needed(age, seen, sd), by_slices(&PADS, age, seen, sd));
            assert!(
                (nodes - slices).abs() < 5e-4,
                "{age} ± {sd}: {nodes} for {slices}"
            );
        }
    }

    #[test]
    fn an_uncertain_odometer_makes_a_young_item_more_likely_to_have_failed() {
        let known = PADS.needed(15_000.0, 15_000.0, 1.0);
        let vague = PADS.needed(15_000.0, 15_000.0, 6_000.0);
        assert!(vague > known * 1.1, "{vague} for {known}");
    }

    #[test]
    fn a_certain_odometer_gives_the_formula_itself() {
        let hazard = |km: f64| libm::pow(km / 50_000.0, 2.5);
        let formula = 1.0 - libm::exp(hazard(28_000.0) - hazard(40_000.0));
        assert!((PADS.needed(40_000.0, 12_000.0, 0.0) - formula).abs() < 1e-12);
    }
}

//! How good probabilities are once it is known what happened.

/// Predicted probabilities and what happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outcomes(Vec<(f64, bool)>);

/// Scores of probabilities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// How many.
    pub n: usize,
    /// How often it happened.
    pub observed: f64,
    /// How often it was expected: Σp.
    pub expected: f64,
    /// Mean (p − y)², lower is better (Brier 1950).
    pub brier: f64,
    /// 1 − Brier / Brier of the observed share; `None` where all or nothing happened.
    pub skill: Option<f64>,
    /// Mean −ln of the probability of what happened, p clipped to [1e-6, 1 − 1e-6].
    pub log_loss: f64,
    /// (Σy − Σp)/√Σp(1−p): calibration in the large.
    pub z: f64,
    /// Σ(y−p)(1−2p)/√Σ(1−2p)²p(1−p) (Spiegelhalter 1986).
    pub spiegelhalter: f64,
}

/// One tenth of the probabilities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// From (inclusive) …
    pub from: f64,
    /// … to (exclusive; the last one inclusive).
    pub to: f64,
    /// How many.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Share that happened.
    pub observed: f64,
    /// 95 % interval of that share (Wilson 1927).
    pub wilson: [f64; 2],
}

/// Scores and the ten bins that are not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Over all.
    pub score: Score,
    /// Bin by bin.
    pub bins: Vec<Bin>,
}

const CLIP: f64 = 1e-6;
const NORMAL_975: f64 = 1.959_963_984_540_054;

impl Outcomes {
    /// Adds one.
    pub(super) fn add(&mut self, p: f64, happened: bool) {
        self.0.push((p.clamp(0.0, 1.0), happened));
    }

    /// The scores; `None` without any outcome.
    pub(super) fn score(&self) -> Option<Score> {
        let n = self.0.len();
        if n == 0 {
            return None;
        }
        let mean = |each: &dyn Fn(f64, f64) -> f64| {
            let values = self.0.iter().map(|(p, y)| each(*p, f64::from(*y)));
            values.sum::<f64>() / n as f64
        };
        let ratio = |up: f64, down: f64| if down > 0.0 { up / down.sqrt() } else { 0.0 };
        let count = n as f64;
        let share = mean(&|_, y| y);
        let brier = mean(&|p, y| (p - y) * (p - y));
        let of_share = share * (1.0 - share);
        let spread = count * mean(&|p, _| p * (1.0 - p));
        let tilt = count * mean(&|p, y| (y - p) * (1.0 - 2.0 * p));
        let tilt_spread = count * mean(&|p, _| (1.0 - 2.0 * p) * (1.0 - 2.0 * p) * p * (1.0 - p));
        Some(Score {
            n,
            observed: count * share,
            expected: count * mean(&|p, _| p),
            brier,
            skill: (of_share > 0.0).then(|| 1.0 - brier / of_share),
            log_loss: mean(&|p, y| {
                let p = p.clamp(CLIP, 1.0 - CLIP);
                -(y * libm::log(p) + (1.0 - y) * libm::log(1.0 - p))
            }),
            z: ratio(count * mean(&|p, y| y - p), spread),
            spiegelhalter: ratio(tilt, tilt_spread),
        })
    }

    /// Scores with ten bins; `None` without any outcome.
    pub(super) fn calibration(&self) -> Option<Calibration> {
        let score = self.score()?;
        let bins = (0..10_u32).filter_map(|bin| {
            let (from, to) = (f64::from(bin) / 10.0, f64::from(bin + 1) / 10.0);
            let own = self.0.iter().filter(|(p, _)| {
                let at = ((p * 10.0).floor() as u32).min(9);
                at == bin
            });
            let own: Vec<&(f64, bool)> = own.collect();
            let n = own.len();
            let happened = own.iter().filter(|one| one.1).count();
            (n > 0).then(|| Bin {
                from,
                to,
                n,
                mean: own.iter().map(|one| one.0).sum::<f64>() / n as f64,
                observed: happened as f64 / n as f64,
                wilson: wilson(happened as f64, n as f64),
            })
        });
        Some(Calibration {
            score,
            bins: bins.collect(),
        })
    }
}

/// 95 % interval of a share (Wilson 1927).
pub(super) fn wilson(happened: f64, n: f64) -> [f64; 2] {
    let (share, square) = (happened / n, NORMAL_975 * NORMAL_975);
    let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
    let inner = share * (1.0 - share) / n + square / (4.0 * n * n);
    let half = NORMAL_975 / (1.0 + square / n) * inner.sqrt();
    [(middle - half).max(0.0), (middle + half).min(1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_the_formulas() {
        let mut outcomes = Outcomes::default();
        for (p, y) in [(0.9, true), (0.8, true), (0.3, false), (0.2, true)] {
            outcomes.add(p, y);
        }
        let score = outcomes.score().expect("scored");
        // By hand: (0.01 + 0.04 + 0.09 + 0.64)/4; share 3/4.
        assert!((score.brier - 0.195).abs() < 1e-12);
        assert!((score.skill.expect("some") - (1.0 - 0.195 / 0.1875)).abs() < 1e-12);
        assert!((score.expected - 2.2).abs() < 1e-12 && score.observed == 3.0);
        let spread: f64 = 0.09 + 0.16 + 0.21 + 0.16;
        assert!((score.z - 0.8 / spread.sqrt()).abs() < 1e-12);
        let tilt = 0.1 * -0.8 + 0.2 * -0.6 + -0.3 * 0.4 + 0.8 * 0.6;
        let tilt_spread: f64 = 0.64 * 0.09 + 0.36 * 0.16 + 0.16 * 0.21 + 0.36 * 0.16;
        assert!((score.spiegelhalter - tilt / tilt_spread.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_certain_miss_costs_much_and_not_everything() {
        let mut outcomes = Outcomes::default();
        outcomes.add(0.0, true);
        let score = outcomes.score().expect("scored");
        assert!((score.log_loss + libm::log(1e-6)).abs() < 1e-9);
        assert_eq!(score.skill, None);
    }

    #[test]
    fn every_outcome_is_in_one_bin_and_one_stands_in_the_last() {
        let mut outcomes = Outcomes::default();
        for tenth in 0..=20_u32 {
            outcomes.add(f64::from(tenth) / 20.0, tenth % 2 == 0);
        }
        let calibration = outcomes.calibration().expect("bins");
        assert_eq!(calibration.bins.iter().map(|bin| bin.n).sum::<usize>(), 21);
        assert_eq!(calibration.bins[9].n, 3);
        assert!(
            calibration
                .bins
                .iter()
                .all(|bin| bin.wilson[0] <= bin.observed)
        );
    }

    #[test]
    fn wilson_is_as_published() {
        // Newcombe 1998, table I: 81 of 263 → 0.2553 … 0.3662.
        let [low, high] = wilson(81.0, 263.0);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5);
    }
}

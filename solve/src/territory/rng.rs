//! A small seeded generator (`SplitMix64`, Steele, Lea and Flood 2014), so that results never depend on a library's release.
//!
//! Responsible for: repeatable numbers. Not responsible for: anything cryptographic.

/// A stream of pseudo-random numbers fixed by its seed.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// The stream of `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in `0..n` (0 when `n` is 0).
    pub(super) fn below(&mut self, n: usize) -> usize {
        if n == 0 {
            0
        } else {
            (self.next() % n as u64) as usize
        }
    }

    /// Uniform in [0, 1).
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_reference_code() {
        // The first outputs of the authors' C code for this seed.
        let mut rng = Rng::new(1_234_567);
        let first = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(first.map(|_| rng.next()), first);
        let (mut unit, mut below) = (rng.clone(), rng.clone());
        let bits = rng.next();
        assert!((unit.unit() - bits as f64 / 18_446_744_073_709_551_616.0).abs() < 1e-15);
        assert_eq!(below.below(10) as u64, bits % 10);
        assert_eq!(rng.below(0), 0);
    }
}

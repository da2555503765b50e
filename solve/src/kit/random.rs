//! Responsible for: a small seeded stream of random numbers, the same on every machine.
//! Not responsible for: anything that must be unpredictable.

/// `SplitMix64` (Steele, Lea, Flood 2014): one 64-bit state, passes `BigCrush`.
#[derive(Debug, Clone)]
pub(super) struct Stream(u64);

impl Stream {
    /// A stream for this seed; `purpose` keeps the streams of one run apart.
    pub(super) fn new(seed: u64, purpose: u64) -> Self {
        let mut start = Self(seed ^ purpose.wrapping_mul(0xD1B5_4A32_D192_ED03));
        let first = start.next_bits();
        Self(first)
    }

    fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in [0, 1), 53 bits.
    pub(super) fn uniform(&mut self) -> f64 {
        (self.next_bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A whole number below `end`, each equally likely to within 2⁻⁵³; `end` below 2¹¹.
    fn below(&mut self, end: usize) -> usize {
        (((self.next_bits() >> 11) * end as u64) >> 53) as usize
    }

    /// Where something with probability `p` happens among `places`: in p·n of them, the fraction by chance, in random
    /// places. `places` holds 0..n in any order and is left shuffled; the places come first.
    pub(super) fn spread<'p>(&mut self, p: f64, places: &'p mut [u32]) -> &'p [u32] {
        let wanted = p * places.len() as f64;
        let times = wanted.floor() as usize + usize::from(self.uniform() < wanted.fract());
        let times = times.min(places.len());
        // The first steps of a shuffle (Fisher and Yates): any set of `times` places is equally likely.
        for n in 0..times {
            let rest = places.len() - n;
            let other = n + self.below(rest);
            places.swap(n, other);
        }
        &places[..times]
    }
}

#[cfg(test)]
mod tests;

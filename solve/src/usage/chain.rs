//! Which odometer readings can be true together.

use super::MOST_KM_PER_DAY;

/// Why a reading was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhySetAside {
    /// Lower than an earlier reading that more others agree with.
    Backwards,
    /// More kilometres than a vehicle can drive in the time.
    TooFast,
}

/// One reading set aside, by its position in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Position in the input.
    pub index: usize,
    /// Why.
    pub why: WhySetAside,
}

/// The longest chain of (day, km) readings that never goes back nor too fast; input sorted by day.
/// Of equally long chains the one ending latest wins, then the one with the lower end. O(n²).
pub fn plausible_chain(readings: &[(i64, f64)]) -> (Vec<usize>, Vec<SetAside>) {
    chain_within(readings, &|days| MOST_KM_PER_DAY * days)
}

/// Likewise where so many days allow `most` km.
pub(super) fn chain_within(
    readings: &[(i64, f64)],
    most: &dyn Fn(f64) -> f64,
) -> (Vec<usize>, Vec<SetAside>) {
    let count = readings.len();
    let follows = |pair: &[(i64, f64)]| fits(pair[0], pair[1], most);
    if readings.windows(2).all(follows) {
        return ((0..count).collect(), Vec::new());
    }
    let mut length = vec![1_usize; count];
    let mut before: Vec<Option<usize>> = vec![None; count];
    for later in 0..count {
        for earlier in 0..later {
            if fits(readings[earlier], readings[later], most) && length[earlier] + 1 > length[later]
            {
                length[later] = length[earlier] + 1;
                before[later] = Some(earlier);
            }
        }
    }
    let mut at = (0..count).max_by(|&a, &b| {
        (length[a], readings[a].0)
            .cmp(&(length[b], readings[b].0))
            .then(readings[b].1.total_cmp(&readings[a].1))
    });
    let mut kept = Vec::new();
    while let Some(index) = at {
        kept.push(index);
        at = before[index];
    }
    kept.reverse();
    let aside = (0..count)
        .filter(|index| kept.binary_search(index).is_err())
        .map(|index| SetAside {
            index,
            why: why(readings, &kept, index),
        })
        .collect();
    (kept, aside)
}

fn fits(earlier: (i64, f64), later: (i64, f64), most: &dyn Fn(f64) -> f64) -> bool {
    let days = (later.0 - earlier.0) as f64;
    let km = later.1 - earlier.1;
    km >= 0.0 && km <= most(days.max(1.0))
}

fn why(readings: &[(i64, f64)], kept: &[usize], index: usize) -> WhySetAside {
    let goes_back = kept.iter().any(|&k| {
        let (first, second) = if k < index { (k, index) } else { (index, k) };
        readings[second].1 < readings[first].1
    });
    if goes_back {
        WhySetAside::Backwards
    } else {
        WhySetAside::TooFast
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mistyped_reading_is_set_aside_and_the_rest_stays() {
        let readings = [(0, 0.0), (100, 9_000.0), (200, 180_000.0), (300, 27_000.0)];
        let (kept, aside) = plausible_chain(&readings);
        assert_eq!(kept, [0, 1, 3]);
        assert_eq!(
            aside,
            [SetAside {
                index: 2,
                why: WhySetAside::Backwards
            }]
        );
    }

    #[test]
    fn a_reading_no_vehicle_could_reach_is_too_fast() {
        let (kept, aside) = plausible_chain(&[(20_000, 0.0), (20_001, 100.0), (20_002, 9_000.0)]);
        assert_eq!(kept, [0, 1]);
        assert_eq!(aside[0].why, WhySetAside::TooFast);
    }
}

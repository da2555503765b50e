//! Money as whole fen, so that sums on two sheets are the same sum.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

use serde::{Deserialize, Serialize};

/// An amount in fen (1/100 yuan).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// The nearest fen to an amount in yuan; halves away from zero.
    pub fn from_yuan(yuan: f64) -> Self {
        Self((yuan * 100.0).round() as i64)
    }

    /// `12345.60`: yuan as programs read them, in every table.
    pub fn plain(self) -> String {
        let fen = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }

    /// The amount in yuan.
    pub fn yuan(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl fmt::Display for Fen {
    /// `12,345.60`: yuan as people read them, in every document and message. Chinese and English write them alike.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let yuan = fen / 100;
        let mut unit = 1;
        while yuan / unit >= 1000 {
            unit *= 1000;
        }
        write!(f, "{sign}{}", yuan / unit)?;
        while unit > 1 {
            unit /= 1000;
            write!(f, ",{:03}", yuan / unit % 1000)?;
        }
        write!(f, ".{:02}", fen % 100)
    }
}

impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Mul<u32> for Fen {
    type Output = Self;
    fn mul(self, count: u32) -> Self {
        Self(self.0 * i64::from(count))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_two_decimals_also_below_zero_and_thousands_apart_for_people() {
        for (fen, people, programs) in [
            (100_500, "1,005.00", "1005.00"),
            (-5, "-0.05", "-0.05"),
            (99_999, "999.99", "999.99"),
            (-123_456_789, "-1,234,567.89", "-1234567.89"),
        ] {
            assert_eq!(Fen(fen).to_string(), people);
            assert_eq!(Fen(fen).plain(), programs);
        }
    }
}

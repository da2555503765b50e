//! Division codes (GB/T 2260 and its township extension).
//!
//! Responsible for: parsing, printing and nesting of codes. Not responsible for: names.

use std::fmt;

use crate::domain::geo::PlaceLevel;

/// A division code: six digits down to the county, nine for a township.
///
/// Kept as nine digits, so that a division's descendants are one range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Adcode(u32);

impl Adcode {
    /// Reads six or nine digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number: u32 = text.parse().ok()?;
        let nine = match text.len() {
            6 => number * 1000,
            9 => number,
            _ => return None,
        };
        (nine >= 100_000_000).then_some(Self(nine))
    }

    /// From the nine-digit number.
    pub(crate) const fn from_nine(nine: u32) -> Self {
        Self(nine)
    }

    /// The nine-digit number (a county's ends in 000).
    pub(crate) const fn nine(self) -> u32 {
        self.0
    }

    /// The level the code's digits say.
    pub fn level(self) -> PlaceLevel {
        if !self.0.is_multiple_of(1000) {
            PlaceLevel::Township
        } else if !self.0.is_multiple_of(100_000) {
            PlaceLevel::County
        } else if !self.0.is_multiple_of(10_000_000) {
            PlaceLevel::City
        } else {
            PlaceLevel::Province
        }
    }

    /// First and last code inside this division, both inclusive; a township holds itself.
    pub(crate) fn range(self) -> (u32, u32) {
        let width = match self.level() {
            PlaceLevel::Province => 10_000_000,
            PlaceLevel::City => 100_000,
            PlaceLevel::County => 1000,
            PlaceLevel::Township | PlaceLevel::Village | PlaceLevel::Point => 1,
        };
        (self.0, self.0 + width - 1)
    }

    /// Whether `other` is this division or lies inside it.
    pub fn contains(self, other: Self) -> bool {
        let (first, last) = self.range();
        (first..=last).contains(&other.0)
    }

    /// The province's code.
    #[must_use]
    pub fn province(self) -> Self {
        Self(self.0 / 10_000_000 * 10_000_000)
    }

    /// The prefecture's code; for divisions directly under a province a code nothing bears.
    #[must_use]
    pub fn city(self) -> Self {
        Self(self.0 / 100_000 * 100_000)
    }

    /// The county's code (for townships directly under a city, the city's).
    #[must_use]
    pub fn county(self) -> Self {
        Self(self.0 / 1000 * 1000)
    }
}

impl fmt::Display for Adcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(1000) {
            write!(f, "{:06}", self.0 / 1000)
        } else {
            write!(f, "{:09}", self.0)
        }
    }
}

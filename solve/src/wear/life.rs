//! One line of life data, impossible ones refused when they are made.

use std::fmt;

/// What is known of the end of a life; times since new, > 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Observed {
    /// Failed at this time.
    Failed(f64),
    /// Still good at this time.
    Good(f64),
    /// Failed after `lower` (exclusive) and by `upper` (inclusive); `lower` 0 = found failed at the first look.
    Between {
        /// The last look that found it good.
        lower: f64,
        /// The look that found it failed.
        upper: f64,
    },
}

/// So many equal lives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Life {
    what: Observed,
    entry: f64,
    count: u64,
}

/// Most lives one line may stand for: above this a count is no longer exact in the sums.
pub const MOST_COUNT: u64 = 1 << 53;

/// Why a line cannot be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifeFault {
    /// A time is negative, infinite or not a number.
    NotATime,
    /// A failure at time 0 or before: no law of wear has one.
    FailedAtZero,
    /// `upper` is not above `lower`.
    EmptyInterval,
    /// It entered the records only after it had ended.
    EntryAfterEnd,
    /// The count is too large.
    Count,
}

impl fmt::Display for LifeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotATime => "a time must be a finite number of at least 0",
            Self::FailedAtZero => "a failure needs a time above 0",
            Self::EmptyInterval => "upper must be above lower",
            Self::EntryAfterEnd => "entry must lie before the failure",
            Self::Count => "the count is too large",
        })
    }
}

impl Life {
    /// A life that entered the records at time `entry` (0 = from new on), `count` times.
    pub fn new(what: Observed, entry: f64, count: u64) -> Result<Self, LifeFault> {
        let is_time = |t: f64| t.is_finite() && t >= 0.0;
        let (lower, upper) = match what {
            Observed::Failed(at) | Observed::Good(at) => (at, at),
            Observed::Between { lower, upper } => (lower, upper),
        };
        if !(is_time(lower) && is_time(upper) && is_time(entry)) {
            return Err(LifeFault::NotATime);
        }
        if count > MOST_COUNT {
            return Err(LifeFault::Count);
        }
        match what {
            Observed::Good(at) if entry > at => Err(LifeFault::EntryAfterEnd),
            Observed::Good(_) => Ok(()),
            _ if upper == 0.0 => Err(LifeFault::FailedAtZero),
            Observed::Between { .. } if upper <= lower => Err(LifeFault::EmptyInterval),
            _ if entry >= upper => Err(LifeFault::EntryAfterEnd),
            _ => Ok(()),
        }?;
        Ok(Self { what, entry, count })
    }

    /// What is known of its end.
    pub fn what(&self) -> Observed {
        self.what
    }

    /// How old it was when it entered the records.
    pub fn entry(&self) -> f64 {
        self.entry
    }

    /// How many such lives there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether it failed.
    pub fn ended(&self) -> bool {
        !matches!(self.what, Observed::Good(_))
    }
}

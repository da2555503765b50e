//! The rules a solution can break, with the ids and numbers that say how.
//!
//! Responsible for: one variant a rule, so that callers can put it into their own words.
//! Not responsible for: finding them (`facts`, `evaluate`).

use std::fmt;

/// One broken rule. Ids and dates as the problem has them.
#[derive(Debug, Clone, PartialEq)]
pub enum Broken {
    /// The team is not in the problem.
    UnknownTeam {
        /// Team.
        team: String,
    },
    /// The point is not in the problem.
    UnknownPoint {
        /// Point.
        point: String,
    },
    /// The departure is not one of the problem's days.
    UnknownDay {
        /// Departure.
        depart: String,
    },
    /// The tour has no stop.
    NoStop,
    /// A stop has no day.
    NoDay {
        /// Point.
        point: String,
    },
    /// A point stands twice in one tour.
    Twice {
        /// Point.
        point: String,
    },
    /// The tour reaches beyond the last day of the list.
    TooLate {
        /// Departure.
        depart: String,
        /// Days it lasts.
        days: u64,
    },
    /// A day of the tour is a rest day.
    RestDay {
        /// The day.
        date: String,
    },
    /// A day of the tour is the team's day off.
    DayOff {
        /// The day.
        date: String,
        /// Team.
        team: String,
    },
    /// Too many nights away.
    Nights {
        /// Nights.
        nights: u32,
        /// Most allowed.
        most: u32,
    },
    /// Leaves before the first day allowed.
    TooEarly {
        /// Departure.
        depart: String,
        /// First day allowed.
        first: String,
    },
    /// Too much driving on a day.
    Driving {
        /// The day.
        date: String,
        /// Hours.
        hours: f64,
        /// Most allowed.
        most: f64,
    },
    /// Too little time left for service on a day.
    Service {
        /// The day.
        date: String,
        /// Hours left.
        left: f64,
        /// Least allowed.
        least: f64,
    },
    /// The point is not open.
    Closed {
        /// Point.
        point: String,
        /// The day.
        date: String,
    },
    /// The team is still away, or has not been at home long enough.
    Away {
        /// Team.
        team: String,
        /// Days it must be at home.
        home: usize,
        /// Index of the tour before.
        before: usize,
    },
    /// A point is visited too often.
    Visits {
        /// Point.
        point: String,
        /// Visits.
        visits: u32,
    },
    /// A point is used on too many days.
    Days {
        /// Point.
        point: String,
        /// Days.
        days: u64,
        /// Most allowed.
        most: u32,
    },
    /// A pin is not kept.
    Pin {
        /// What is wrong, in words.
        message: String,
    },
    /// The allocation is wrong.
    Allocation {
        /// What is wrong, in words.
        message: String,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTeam { team } => write!(f, "team '{team}' is not in the problem"),
            Self::UnknownPoint { point } => write!(f, "point '{point}' is not in the problem"),
            Self::UnknownDay { depart } => {
                write!(f, "departure {depart} is not one of the problem's days")
            }
            Self::NoStop => f.write_str("the tour has no stop"),
            Self::NoDay { point } => write!(f, "the stop at '{point}' has no day"),
            Self::Twice { point } => write!(f, "point '{point}' stands twice in one tour"),
            Self::TooLate { depart, days } => write!(
                f,
                "the tour from {depart} lasts {days} days, beyond the last day of the list"
            ),
            Self::RestDay { date } => write!(f, "{date} is a rest day"),
            Self::DayOff { date, team } => write!(f, "{date} is a day off of team '{team}'"),
            Self::Nights { nights, most } => {
                write!(f, "{nights} nights away, more than max_nights {most}")
            }
            Self::TooEarly { depart, first } => {
                write!(f, "leaves on {depart}, before first_depart {first}")
            }
            Self::Driving { date, hours, most } => {
                write!(f, "{hours:.3} h of driving on {date}, more than {most}")
            }
            Self::Service { date, left, least } => {
                write!(
                    f,
                    "{left:.3} h left for service on {date}, less than {least}"
                )
            }
            Self::Closed { point, date } => write!(f, "point '{point}' is not open on {date}"),
            Self::Away { team, home, before } => write!(
                f,
                "team '{team}' leaves within {home} days of coming home from tour {before}, or is still away"
            ),
            Self::Visits { point, visits } => write!(
                f,
                "point '{point}' is visited {visits} times, more than visits_per_point"
            ),
            Self::Days { point, days, most } => write!(
                f,
                "point '{point}' is used {days} days, more than its max_days {most}"
            ),
            Self::Pin { message } | Self::Allocation { message } => f.write_str(message),
        }
    }
}

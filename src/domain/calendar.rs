//! Which days are worked: weekends, public holidays and make-up workdays (调休).
//!
//! Responsible for: workday questions over a fixed set of special days.
//! Not responsible for: reading calendar.csv (`ingest`).

use std::collections::{BTreeMap, BTreeSet};

use super::date::Date;

/// What a special day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A public holiday, or another day off.
    Rest,
    /// A weekend day that is worked.
    Work,
}

/// Special days over plain weekends. Where nothing is known of a year, its weekends rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    special: BTreeMap<Date, DayKind>,
    known_years: BTreeSet<i32>,
}

/// State Council notice of 2025-11-04: (month, first day, last day) off in 2026.
const REST_2026: [(u32, u32, u32); 7] = [
    (1, 1, 3),
    (2, 15, 23),
    (4, 4, 6),
    (5, 1, 5),
    (6, 19, 21),
    (9, 25, 27),
    (10, 1, 7),
];
/// The same notice: make-up workdays of 2026.
const WORK_2026: [(u32, u32); 6] = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];

impl Calendar {
    /// The officially published years (2026).
    pub fn official() -> Self {
        let mut calendar = Self::default();
        for (month, first, last) in REST_2026 {
            for day in first..=last {
                calendar.mark_if_real(2026, month, day, DayKind::Rest);
            }
        }
        for (month, day) in WORK_2026 {
            calendar.mark_if_real(2026, month, day, DayKind::Work);
        }
        calendar
    }

    fn mark_if_real(&mut self, year: i32, month: u32, day: u32, kind: DayKind) {
        if let Some(date) = Date::new(year, month, day) {
            self.mark(date, kind);
        }
    }

    /// Sets one special day; its year counts as known from then on.
    pub fn mark(&mut self, date: Date, kind: DayKind) {
        self.known_years.insert(date.year());
        self.special.insert(date, kind);
    }

    /// Whether holidays of this year are known at all.
    pub fn knows(&self, year: i32) -> bool {
        self.known_years.contains(&year)
    }

    /// Whether the day is worked.
    pub fn is_work(&self, date: Date) -> bool {
        match self.special.get(&date) {
            Some(kind) => *kind == DayKind::Work,
            None => !date.is_weekend(),
        }
    }

    /// Days that are something else here than officially published, and what they are; in order.
    pub fn own_days(&self) -> Vec<(Date, DayKind)> {
        let official = Self::official();
        let special = self.special.iter().map(|(date, kind)| (*date, *kind));
        special
            .filter(|(date, kind)| official.is_work(*date) != (*kind == DayKind::Work))
            .collect()
    }

    /// The day that lies `workdays` workdays before `date` (`date` itself for 0).
    pub fn workdays_before(&self, date: Date, workdays: u32) -> Date {
        self.step(date, workdays, -1)
    }

    /// The day that lies `workdays` workdays after `date` (`date` itself for 0).
    pub fn workdays_after(&self, date: Date, workdays: u32) -> Date {
        self.step(date, workdays, 1)
    }

    fn step(&self, date: Date, workdays: u32, direction: i64) -> Date {
        let mut day = date;
        // Ten calendar days per workday is beyond any real holiday: the loop always ends.
        let mut left = workdays;
        let mut guard = u64::from(workdays) * 10 + 30;
        while left > 0 && guard > 0 {
            day = day.plus_days(direction);
            guard -= 1;
            if self.is_work(day) {
                left -= 1;
            }
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).expect("a test date")
    }

    #[test]
    fn knows_the_make_up_workdays_of_2026() {
        let calendar = Calendar::official();
        assert!(
            calendar.is_work(day("2026-10-10")),
            "a Saturday that is worked"
        );
        assert!(!calendar.is_work(day("2026-10-07")), "a Wednesday off");
        assert!(calendar.knows(2026) && !calendar.knows(2027));
    }

    #[test]
    fn counts_back_over_a_weekend() {
        let calendar = Calendar::official();
        assert_eq!(
            calendar.workdays_before(day("2026-12-01"), 2),
            day("2026-11-27")
        );
    }

    #[test]
    fn only_days_that_differ_from_the_published_ones_are_a_shops_own() {
        let mut calendar = Calendar::official();
        calendar.mark(day("2026-12-04"), DayKind::Rest);
        calendar.mark(day("2026-12-05"), DayKind::Work);
        // A Sunday, and a published make-up workday: nothing new.
        calendar.mark(day("2026-12-06"), DayKind::Rest);
        calendar.mark(day("2026-10-10"), DayKind::Work);
        assert_eq!(
            calendar.own_days(),
            [
                (day("2026-12-04"), DayKind::Rest),
                (day("2026-12-05"), DayKind::Work)
            ]
        );
    }
}

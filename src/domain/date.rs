//! Days, months and weekdays: the only file that knows the calendar library.
//!
//! Responsible for: ISO dates without time or zone, and arithmetic on them.
//! Not responsible for: which days are worked (`calendar`) and the many ways people write dates (`ingest`).

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One day, written `yyyy-mm-dd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day, or `None` where the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads exactly `yyyy-mm-dd`; anything else is `None`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let year = text.get(0..4)?.parse().ok()?;
        let month = text.get(5..7)?.parse().ok()?;
        let day = text.get(8..10)?.parse().ok()?;
        Self::new(year, month, day)
    }

    /// The day `days` later (earlier where negative), held at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let step = Days::new(days.unsigned_abs());
        let moved = if days >= 0 {
            self.0.checked_add_days(step)
        } else {
            self.0.checked_sub_days(step)
        };
        moved.map_or(self, Self)
    }

    /// Days from `earlier` to this day; negative where `earlier` is later.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The weekday.
    pub fn weekday(self) -> Weekday {
        Weekday::from_monday_index(self.0.weekday().num_days_from_monday())
    }

    /// Whether this is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The day `months` later, the last day of the month where that month is shorter.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        self.0
            .checked_add_months(chrono::Months::new(months))
            .map_or(self, Self)
    }

    /// Today on the machine's clock. Only `cli` may ask.
    pub fn today_on_this_machine() -> Self {
        Self(chrono::Local::now().date_naive())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_iso(text.trim())
            .ok_or_else(|| serde::de::Error::custom(format!("'{text}' is not a date yyyy-mm-dd")))
    }
}

impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

/// A weekday; Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Mon,
        Self::Tue,
        Self::Wed,
        Self::Thu,
        Self::Fri,
        Self::Sat,
        Self::Sun,
    ];

    /// 0 = Monday; larger numbers wrap round.
    pub fn from_monday_index(index: u32) -> Self {
        Self::ALL[(index % 7) as usize]
    }

    /// Reads `mon`, `Monday`, `周一`, `星期一`, `1` (Monday) … `7`.
    pub fn parse(text: &str) -> Option<Self> {
        const CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
        let lower = text.trim().to_lowercase();
        let bare = ["星期", "周", "礼拜"]
            .iter()
            .find_map(|prefix| lower.strip_prefix(prefix))
            .unwrap_or(&lower);
        if bare == "天" {
            return Some(Self::Sun);
        }
        if let Some(index) = CHINESE.iter().position(|name| *name == bare) {
            return Some(Self::ALL[index]);
        }
        if let Ok(number) = bare.parse::<u32>() {
            return (1..=7)
                .contains(&number)
                .then(|| Self::from_monday_index(number - 1));
        }
        let short = bare.get(0..3)?;
        Self::ALL.into_iter().find(|day| day.english() == short)
    }

    /// `mon` … `sun`, as settings and tables write it.
    pub fn english(self) -> &'static str {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][self as usize]
    }

    /// `Mon` … `Sun`, as people read it.
    pub fn english_name(self) -> &'static str {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][self as usize]
    }

    /// `周一` … `周日`.
    pub fn chinese(self) -> &'static str {
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][self as usize]
    }
}

/// A calendar month, written `yyyy-mm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month a day lies in.
    pub fn of(date: Date) -> Self {
        Self {
            first: date.plus_days(1 - i64::from(date.day())),
        }
    }

    /// Reads exactly `yyyy-mm`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 7 {
            return None;
        }
        Date::parse_iso(&format!("{text}-01")).map(|first| Self { first })
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day (inclusive).
    pub fn last(self) -> Date {
        self.next().first.plus_days(-1)
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self {
            first: self.first.plus_months(1),
        }
    }

    /// Every day of it, in order.
    pub fn days(self) -> Vec<Date> {
        let count = self.last().days_since(self.first);
        (0..=count).map(|day| self.first.plus_days(day)).collect()
    }

    /// The day predictions of this month are made for: its middle.
    pub fn reference_day(self) -> Date {
        self.first.plus_days(14)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_real_iso_days() {
        assert_eq!(
            Date::parse_iso("2026-12-01").map(|d| d.to_string()),
            Some("2026-12-01".into())
        );
        for wrong in ["2026-02-30", "2026-2-3", "2026/02/03", "", "二〇二六-01-01"] {
            assert_eq!(Date::parse_iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_month_knows_its_last_day_also_in_december_and_leap_years() {
        let last = |text| Month::parse(text).map(|m| m.last().to_string());
        assert_eq!(last("2026-12"), Some("2026-12-31".into()));
        assert_eq!(last("2028-02"), Some("2028-02-29".into()));
    }

    #[test]
    fn reads_weekdays_in_both_languages() {
        assert_eq!(Weekday::parse("周三"), Some(Weekday::Wed));
        assert_eq!(Weekday::parse("Friday"), Some(Weekday::Fri));
        assert_eq!(Weekday::parse("7"), Some(Weekday::Sun));
        assert_eq!(Weekday::parse("someday"), None);
    }
}

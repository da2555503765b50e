//! ISO dates as text: is it one, and which comes next?
//!
//! Responsible for: just enough calendar to check that a day list is gapless.
//! Not responsible for: weekdays, holidays, or any other date arithmetic.

/// The day after an ISO date (`YYYY-MM-DD`, Gregorian), or `None` where the text is no date.
pub(super) fn next_day(date: &str) -> Option<String> {
    let (year, month, day) = parts(date)?;
    Some(if day < days_in(year, month) {
        format!("{year:04}-{month:02}-{:02}", day + 1)
    } else if month < 12 {
        format!("{year:04}-{:02}-01", month + 1)
    } else {
        format!("{:04}-01-01", year + 1)
    })
}

/// Whether the text is an ISO date.
pub(super) fn is_date(text: &str) -> bool {
    parts(text).is_some()
}

fn parts(date: &str) -> Option<(u32, u32, u32)> {
    let shaped = date.len() == 10
        && date.bytes().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    if !shaped {
        return None;
    }
    let year = date.get(0..4)?.parse().ok()?;
    let month = date.get(5..7)?.parse().ok()?;
    let day = date.get(8..10)?.parse().ok()?;
    ((1..=12).contains(&month) && day >= 1 && day <= days_in(year, month))
        .then_some((year, month, day))
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_crosses_months_leap_days_and_years() {
        for (date, next) in [
            ("2026-12-01", "2026-12-02"),
            ("2026-11-30", "2026-12-01"),
            ("2028-02-28", "2028-02-29"),
            ("2026-02-28", "2026-03-01"),
            ("2026-12-31", "2027-01-01"),
        ] {
            assert_eq!(next_day(date).as_deref(), Some(next));
        }
    }

    #[test]
    fn four_centuries_have_as_many_days_as_the_calendar_says() {
        let (mut date, mut days, mut leaps) = ("1999-12-31".to_owned(), 0, 0);
        while date.as_str() < "2399-12-31" {
            date = next_day(&date).unwrap();
            assert!(is_date(&date), "{date}");
            days += 1;
            leaps += u32::from(date.ends_with("-02-29"));
        }
        assert_eq!((date.as_str(), days, leaps), ("2399-12-31", 146_097, 97));
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, length) in (1..).zip(lengths) {
            for day in 0..=32 {
                let text = format!("2026-{month:02}-{day:02}");
                assert_eq!(is_date(&text), (1..=length).contains(&day), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2026-2-3",
            "2026-02-30",
            "2026-13-01",
            "2026/02/03",
            "2026-00-10",
            "1900-02-29",
            "2026-12-3x",
            "2026-12.03",
            "2026-12-031",
            "二〇二六-一二",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}

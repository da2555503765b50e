//! Days as people write them.
//!
//! Read: `2023-05-01`, `2023/5/1`, `2023.5.1`, `20230501`, `2023年5月1日`, Excel serials, each also
//! with a time behind it and in full-width digits. Not read, because it would be a guess: two-digit
//! years, `5/1/2023` that fits both day-first and month-first, months without a day.

use crate::domain::Date;

use super::{Cell, half_width, meaningful};

/// Code of a day that cannot be read.
const UNREADABLE: &str = "D101";
/// Excel serials of 1954-10-04 to 2119-01-10: smaller and larger numbers are something else.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;
const SERIAL_RULES: [&str; 2] = ["date: Excel serial", "date: Excel serial since 1904"];
/// Years a vehicle's papers can speak of.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2150;

/// What serial numbers of days count from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Epoch {
    /// 1900, as nearly all workbooks do.
    #[default]
    Since1900,
    /// 1904, as old Macintosh workbooks do.
    Since1904,
}

/// Reads a day.
pub fn read(text: &str) -> Cell<Date> {
    read_since(text, Epoch::Since1900)
}

/// Reads a day of a workbook.
pub fn read_since(text: &str, epoch: Epoch) -> Cell<Date> {
    let text = meaningful(text);
    if text.is_empty() {
        return Cell::Empty;
    }
    if text.len() > super::LONGEST_READ {
        return Cell::Bad(UNREADABLE);
    }
    if let Some(date) = Date::parse_iso(text) {
        return plausible(date).map_or(Cell::Bad(UNREADABLE), Cell::Plain);
    }
    let plain = half_width(text);
    let plain = plain.trim();
    if is_no_date(plain) {
        return Cell::Empty;
    }
    let read = serial(plain, epoch)
        .map(|date| (date, SERIAL_RULES[epoch as usize]))
        .or_else(|| written(plain));
    match read.and_then(|(date, rule)| Some((plausible(date)?, rule))) {
        Some((date, rule)) => Cell::Repaired(date, rule),
        None => Cell::Bad(UNREADABLE),
    }
}

fn plausible(date: Date) -> Option<Date> {
    YEARS.contains(&date.year()).then_some(date)
}

/// What databases export for "no date".
fn is_no_date(text: &str) -> bool {
    let bare: String = text.chars().filter(char::is_ascii_digit).collect();
    let zeros = !bare.is_empty() && bare.bytes().all(|byte| byte == b'0');
    zeros || text.starts_with("1900-01-0") || text.starts_with("1900/1/0")
}

fn serial(text: &str, epoch: Epoch) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 5 {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    let base = match epoch {
        Epoch::Since1900 => Date::new(1899, 12, 30)?,
        Epoch::Since1904 => Date::new(1904, 1, 1)?,
    };
    SERIALS
        .contains(&number)
        .then(|| base.plus_days(number.floor() as i64))
}

/// Year, month and day in this order, however separated, and what may follow them.
fn written(text: &str) -> Option<(Date, &'static str)> {
    let (numbers, separators, rest) = three_numbers(text)?;
    if let [whole] = numbers[..] {
        return compact(whole, rest);
    }
    let [year, month, day] = numbers[..] else {
        return None;
    };
    if day.len() == 4 && year.len() <= 2 && month.len() <= 2 && is_time(rest) {
        return Some((year_last(year, month, day)?, "date: d/m/yyyy or m/d/yyyy"));
    }
    if year.len() != 4 || month.len() > 2 || day.len() > 2 || !is_time(rest) {
        return None;
    }
    let rule = match separators.chars().next()? {
        '/' => "date: yyyy/m/d",
        '.' => "date: yyyy.m.d",
        '年' => "date: yyyy年m月d日",
        _ => "date: yyyy-m-d",
    };
    let rule = if rest.is_empty() {
        rule
    } else {
        "date: time dropped"
    };
    Some((
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?,
        rule,
    ))
}

/// `25/12/2023` and `12/25/2023`: only where one order makes a day, or both the same.
fn year_last(first: &str, second: &str, year: &str) -> Option<Date> {
    let (first, second, year) = (
        first.parse().ok()?,
        second.parse().ok()?,
        year.parse().ok()?,
    );
    let (day_first, month_first) = (
        Date::new(year, second, first),
        Date::new(year, first, second),
    );
    match (day_first, month_first) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// Splits off up to three numbers: the numbers, the separators between them, what follows.
fn three_numbers(text: &str) -> Option<(Vec<&str>, String, &str)> {
    let mut rest = text;
    let mut numbers = Vec::new();
    let mut separators = String::new();
    loop {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return None;
        }
        let (number, after) = rest.split_at(length);
        numbers.push(number);
        rest = after;
        if numbers.len() == 3 || length >= 8 {
            let rest = rest.trim_start();
            let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
            return Some((numbers, separators, rest.trim_start()));
        }
        let trimmed = rest.trim_start();
        let separator = trimmed.chars().next()?;
        if separator.is_ascii_digit() && trimmed.len() < rest.len() {
            separators.push(' ');
            rest = trimmed;
            continue;
        }
        if !"-/.年月、\\,—–‐‑".contains(separator) {
            return None;
        }
        separators.push(separator);
        rest = trimmed.get(separator.len_utf8()..)?.trim_start();
    }
}

/// `20230501`, or `20230501123000` as some systems stamp it.
fn compact(digits: &str, rest: &str) -> Option<(Date, &'static str)> {
    if !matches!(digits.len(), 8 | 12 | 14) || !(is_time(rest) || rest == ".0") {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let date = Date::new(i32::try_from(part(0..4)?).ok()?, part(4..6)?, part(6..8)?)?;
    Some((date, "date: yyyymmdd"))
}

/// A time of day, a weekday, or nothing.
fn is_time(rest: &str) -> bool {
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    let bracketed = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let rest = bracketed.unwrap_or(rest);
    rest.is_empty()
        || rest == "."
        || (rest.starts_with(|c: char| c.is_ascii_digit())
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || ":. +-ZAPMapm时分秒上下午".contains(c)))
        || rest.starts_with("星期")
        || rest.starts_with("周")
        || rest.starts_with("上午")
        || rest.starts_with("下午")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_in_use_reads_as_the_same_day() {
        let forms = [
            "2023/5/1",
            "2023/05/01",
            "20230501",
            "2023.5.1",
            "2023年5月1日",
            "2023 年 5 月 1 日",
            "45047",
            "45047.0",
            "45047.75",
            "2023-05-01 13:45:00",
            "2023-05-01T00:00:00.000",
            "２０２３－０５－０１",
            "2023-5-1",
            "2023/5/1 星期一",
            "20230501134500",
            "2023年5月1号",
            " 2023-05-01 下午2:30",
            "2023-5-1(周一)",
            "2023—05—01",
            "2023 5 1",
            "2023.05.01.",
            "'2023-05-01",
            "=\"2023-05-01\"",
        ];
        for form in forms {
            let value = read(form).into_value().map(|date| date.to_string());
            assert_eq!(value.as_deref(), Some("2023-05-01"), "{form}");
        }
        assert!(matches!(read("2023-05-01"), Cell::Plain(_)));
        assert!(matches!(
            read("2023/5/1"),
            Cell::Repaired(_, "date: yyyy/m/d")
        ));
    }

    #[test]
    fn a_year_at_the_end_is_read_where_only_one_day_can_be_meant() {
        for (text, day) in [
            ("25/12/2023", "2023-12-25"),
            ("12/25/2023", "2023-12-25"),
            ("05-05-2023", "2023-05-05"),
        ] {
            let value = read(text).into_value().map(|date| date.to_string());
            assert_eq!(value.as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_would_be_a_guess_is_not_read() {
        for text in [
            "5/1/2023",
            "23/5/1",
            "2023-05",
            "2023年5月",
            "2023-13-01",
            "2023-02-30",
            "去年五月",
            "12345678901",
            "450470",
            "1023-01-01",
            "2023-05-01x",
        ] {
            assert_eq!(read(text), Cell::Bad("D101"), "{text}");
        }
    }

    #[test]
    fn the_null_dates_of_databases_are_empty() {
        for text in [
            "",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "1900-01-00",
            "无",
            "-",
            "0",
        ] {
            assert_eq!(read(text), Cell::Empty, "{text}");
        }
    }
}

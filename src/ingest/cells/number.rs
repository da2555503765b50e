//! Plain numbers, money and counts.

use super::{Cell, half_width, meaningful};

/// Code of a number that cannot be read.
const UNREADABLE: &str = "D107";
/// Larger numbers stand for nothing in these tables.
const LARGEST: f64 = 1e12;
/// Units people write behind (or before) a number.
const UNITS: [&str; 22] = [
    "元",
    "¥",
    "￥",
    "rmb",
    "km/天",
    "公里/天",
    "千米",
    "公里",
    "km",
    "个月",
    "月",
    "小时",
    "工时",
    "h",
    "升",
    "l",
    "公斤",
    "千克",
    "kg",
    "件",
    "个",
    "天",
];

/// Reads a number: thousands commas, full-width digits, a unit and a percent sign are understood.
pub fn read(text: &str) -> Cell<f64> {
    let text = meaningful(text);
    if text.is_empty() {
        return Cell::Empty;
    }
    if text.len() > super::LONGEST_READ {
        return Cell::Bad(UNREADABLE);
    }
    if let Some(number) = parse(text) {
        return Cell::Plain(number);
    }
    let plain = half_width(text).trim().to_lowercase();
    if let Some(number) = plain.strip_suffix('%').and_then(|part| parse(part.trim())) {
        return Cell::Repaired(number / 100.0, "number: percent");
    }
    let bare = without_unit(&plain);
    match without_commas(bare).and_then(|digits| parse(&digits)) {
        Some(number) => Cell::Repaired(number, "number: unit, comma or width"),
        None => Cell::Bad(UNREADABLE),
    }
}

/// Digits with at most one point and a sign; the exponent form too.
pub(super) fn parse(text: &str) -> Option<f64> {
    let fits = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if !fits {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    // Minus zero would print as such.
    (number.is_finite() && number.abs() <= LARGEST).then_some(number + 0.0)
}

fn without_unit(text: &str) -> &str {
    let mut bare = text.trim();
    for unit in UNITS {
        bare = bare.strip_suffix(unit).unwrap_or(bare).trim_end();
        bare = bare.strip_prefix(unit).unwrap_or(bare).trim_start();
    }
    bare
}

/// Drops thousands commas where they stand as thousands commas do.
pub(super) fn without_commas(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    // 1.234,5 would be another number in another country.
    if decimals.contains(',') {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?.trim_start_matches(['-', '+']);
    let well_placed = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    well_placed.then(|| text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_money_and_percent_and_units() {
        for (text, number) in [
            ("12.5", 12.5),
            ("1,234.50", 1234.5),
            ("¥120", 120.0),
            ("120 元", 120.0),
            ("85%", 0.85),
            ("１２", 12.0),
            ("1.5h", 1.5),
            ("-3", -3.0),
            ("6个月", 6.0),
            ("5,000 km", 5000.0),
        ] {
            assert_eq!(read(text).into_value(), Some(number), "{text}");
        }
    }

    #[test]
    fn never_invents_a_number() {
        for text in [
            "1,23", "1.234,56", "12a", "inf", "NaN1", "1e99", "..", "一百", "1 2",
        ] {
            assert_eq!(read(text), Cell::Bad("D107"), "{text}");
        }
    }
}

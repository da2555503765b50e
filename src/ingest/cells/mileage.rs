//! Kilometres on an odometer as people write them.
//!
//! Read: `86000`, `86,000`, `86000km`, `8.6万`, `8万6千`, `约8万`, `10万+`. A reading with 约, 多 or + is
//! taken at the figure and reported as rounded.

use super::number::{parse, without_commas};
use super::{Cell, half_width, meaningful};

/// Code of a reading that cannot be used.
const UNREADABLE: &str = "D103";
/// Farther than any van of the region went: such a figure is a slip of the finger.
const FARTHEST_KM: f64 = 3_000_000.0;
const UNITS: [&str; 16] = [
    "公里数",
    "公里",
    "千米",
    "km",
    "k.m",
    "里程",
    "里",
    ":",
    "()",
    "已行驶",
    "行驶",
    "已跑",
    "跑了",
    "。",
    ";",
    "!",
];
const ROUGHLY: [&str; 14] = [
    "约", "大约", "大概", "将近", "近", "左右", "余", "多", "+", ">", "超过", "~", "(约)", "上下",
];

/// Reads kilometres.
pub fn read(text: &str) -> Cell<f64> {
    let text = meaningful(text);
    if text.is_empty() {
        return Cell::Empty;
    }
    if text.len() > super::LONGEST_READ {
        return Cell::Bad(UNREADABLE);
    }
    if let Some(km) = parse(text) {
        return in_range(km).map_or(Cell::Bad(UNREADABLE), |km| {
            Cell::by_change(km, !text.contains(['e', 'E']), "mileage: exponent")
        });
    }
    let plain = half_width(text).to_lowercase();
    let plain = plain.replace(char::is_whitespace, "");
    let (bare, rough) = bare(&plain);
    let km = without_commas(bare)
        .and_then(|digits| parse(&digits))
        .or_else(|| ten_thousands(bare))
        .or_else(|| spelled(bare))
        .and_then(in_range);
    match km {
        Some(km) if rough => Cell::Repaired(km, "mileage: rounded figure"),
        Some(km) => Cell::Repaired(km, "mileage: unit, comma or 万"),
        None => Cell::Bad(UNREADABLE),
    }
}

fn in_range(km: f64) -> Option<f64> {
    (0.0..=FARTHEST_KM).contains(&km).then_some(km)
}

/// Strips units and words of doubt from both ends, in whatever order they stand there (`约8万公里左右`);
/// whether there was doubt.
fn bare(text: &str) -> (&str, bool) {
    let (mut bare, mut rough) = (text, false);
    loop {
        let before = bare;
        for word in UNITS {
            bare = stripped(bare, word);
        }
        let figure = ROUGHLY.iter().fold(bare, |bare, word| stripped(bare, word));
        rough |= figure.len() < bare.len();
        bare = figure;
        if bare.len() == before.len() {
            return (bare, rough);
        }
    }
}

fn stripped<'t>(text: &'t str, word: &str) -> &'t str {
    let text = text.strip_suffix(word).unwrap_or(text);
    text.strip_prefix(word).unwrap_or(text)
}

/// `8.6万`, `8万6千`, `8万6` (said so: 86,000), `12w`.
fn ten_thousands(text: &str) -> Option<f64> {
    let (whole, rest) = text.split_once(['万', 'w'])?;
    let whole = parse(whole)?;
    if rest.is_empty() {
        // Tenths of a kilometre are below what 8.6万 says, and 8.6 × 10000 is not exact.
        return Some((whole * 10_000.0).round());
    }
    let thousands = rest.strip_suffix('千').unwrap_or(rest);
    let digit = thousands.len() == 1 && thousands.bytes().all(|byte| byte.is_ascii_digit());
    (digit && whole.fract() == 0.0)
        .then(|| parse(thousands).map(|k| whole * 10_000.0 + k * 1000.0))?
}

/// Chinese numerals: `八万六千`, `八万六` (said so: 86,000), `十二万`, `三千五百`.
fn spelled(text: &str) -> Option<f64> {
    const DIGITS: &str = "〇一二三四五六七八九";
    if text.is_empty() {
        return None;
    }
    let (mut total, mut section) = (0.0, 0.0);
    let mut digit: Option<f64> = None;
    // What a last digit without a unit counts in.
    let mut next_unit = 1.0;
    for c in text.chars() {
        let c = match c {
            '两' => '二',
            '零' => '〇',
            other => other,
        };
        if let Some(value) = DIGITS.chars().position(|known| known == c) {
            if digit.is_some_and(|digit| digit != 0.0) {
                return None;
            }
            if value == 0 {
                next_unit = 1.0;
            }
            digit = Some(value as f64);
            continue;
        }
        let unit = match c {
            '十' => 10.0,
            '百' => 100.0,
            '千' => 1000.0,
            '万' if total == 0.0 => {
                section += digit.take().unwrap_or_default();
                if section == 0.0 {
                    return None;
                }
                total = section * 10_000.0;
                section = 0.0;
                next_unit = 1000.0;
                continue;
            }
            _ => return None,
        };
        section += digit.take().or((c == '十').then_some(1.0))? * unit;
        next_unit = unit / 10.0;
    }
    Some(total + section + digit.unwrap_or_default() * next_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_in_use_reads_as_kilometres() {
        for (text, km) in [
            ("86000", 86_000.0),
            ("86,000", 86_000.0),
            ("86000km", 86_000.0),
            ("86000 公里", 86_000.0),
            ("8.6万", 86_000.0),
            ("8.6万公里", 86_000.0),
            ("约8万", 80_000.0),
            ("8万6千", 86_000.0),
            ("8万6", 86_000.0),
            ("10万+", 100_000.0),
            ("８６０００", 86_000.0),
            ("86，000", 86_000.0),
            ("6.5W", 65_000.0),
            ("86000.0", 86_000.0),
            ("十".trim_matches('十'), -1.0),
            ("大约12万多", 120_000.0),
            ("约8.6万公里左右", 86_000.0),
            ("8万公里多", 80_000.0),
            ("86000公里(约)", 86_000.0),
            ("已行驶8.6万公里。", 86_000.0),
            ("八万六", 86_000.0),
            ("八万六千公里", 86_000.0),
            ("十二万", 120_000.0),
            ("约十万零五百", 100_500.0),
            ("三千五", 3_500.0),
            ("两万", 20_000.0),
        ] {
            let expected = (km >= 0.0).then_some(km);
            assert_eq!(read(text).into_value(), expected, "{text}");
        }
    }

    #[test]
    fn a_rounded_figure_says_so() {
        assert_eq!(
            read("约8万"),
            Cell::Repaired(80_000.0, "mileage: rounded figure")
        );
    }

    #[test]
    fn figures_that_cannot_be_are_not_used() {
        for text in [
            "-5",
            "99999999",
            "8,6",
            "30.000,5",
            "86k0",
            "不清楚",
            "8.6万5",
            "万",
            "六八",
            "百万",
        ] {
            assert_eq!(read(text), Cell::Bad("D103"), "{text}");
        }
    }
}

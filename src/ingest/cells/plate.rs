//! Number plates.
//!
//! Never used to infer an area: published tables of the letters contradict each other.

use compact_str::CompactString;

use super::{Cell, half_width, meaningful};

/// Unusual form: used as it stands.
pub const UNUSUAL: &str = "D112";
const RULE: &str = "plate: case, width or separators";
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
/// Words for "not registered yet".
const NONE: [&str; 10] = [
    "未上牌",
    "临牌",
    "无牌",
    "未上户",
    "新车",
    "待上牌",
    "暂无",
    "无",
    "临时牌照",
    "未上牌照",
];

/// Reads a plate: upper case, no separators. Empty for vehicles without one.
pub fn read(text: &str) -> Cell<CompactString> {
    let text = meaningful(text);
    if text.is_empty()
        || NONE
            .iter()
            .any(|none| text.trim_matches(['(', ')', '（', '）']) == *none)
    {
        return Cell::Empty;
    }
    // Most are written as they should be.
    if is_usual(text) {
        return Cell::Plain(text.into());
    }
    let plain: CompactString = half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !"·•・-_.:*'`\"‧∙●".contains(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if NONE.contains(&plain.as_str()) {
        return Cell::Empty;
    }
    if plain.chars().count() < 5
        || !plain
            .bytes()
            .any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    {
        return Cell::Bad(UNUSUAL);
    }
    let usual = is_usual(&plain);
    let unchanged = plain == text;
    if usual {
        Cell::by_change(plain, unchanged, RULE)
    } else {
        Cell::Doubtful(plain, RULE, UNUSUAL)
    }
}

/// Province, a letter, then five characters (or six for new energy); police, trailers and such end
/// in a character of their own.
fn is_usual(plate: &str) -> bool {
    let mut chars = plate.chars();
    let (Some(province), Some(letter)) = (chars.next(), chars.next()) else {
        return false;
    };
    let serial = |c: char| c.is_ascii_digit() || (c.is_ascii_uppercase() && !"IO".contains(c));
    let rest = chars.as_str();
    let Some(last) = chars.next_back() else {
        return false;
    };
    letter.is_ascii_uppercase()
        && rest.len() <= 8
        && matches!(rest.chars().count(), 5 | 6)
        && chars.all(serial)
        && (serial(last) || "挂学警港澳使领".contains(last))
        && PROVINCES.contains(province)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_case_and_width_are_repaired() {
        for text in [
            "湘A·12345",
            "湘a-12345",
            "湘A 12345",
            "湘Ａ１２３４５",
            "湘A•12345",
        ] {
            assert_eq!(
                read(text),
                Cell::Repaired("湘A12345".into(), RULE),
                "{text}"
            );
        }
        assert_eq!(read("湘AD12345"), Cell::Plain("湘AD12345".into()));
    }

    #[test]
    fn a_vehicle_without_a_plate_has_none() {
        for text in [
            "未上牌",
            "临牌",
            "无",
            " ",
            "（新车）",
            "未上·牌",
            "未 上牌",
        ] {
            assert_eq!(read(text), Cell::Empty, "{text}");
        }
    }

    #[test]
    fn unusual_plates_are_kept_and_nonsense_is_not() {
        assert!(matches!(read("湘A1234"), Cell::Doubtful(..)));
        assert_eq!(read("湘A"), Cell::Bad(UNUSUAL));
        assert_eq!(read("长沙市政府"), Cell::Bad(UNUSUAL));
    }
}

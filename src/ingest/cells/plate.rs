//! Number plates.
//!
//! Never used to infer an area: published tables of the letters contradict each other.

use compact_str::CompactString;

use super::{Cell, half_width, meaningful};

/// Unusual form: used as it stands.
pub const UNUSUAL: &str = "D112";
const RULE: &str = "plate: case, width or separators";
const REMARK_RULE: &str = "plate: label or remark beside it";
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
/// What words for "not registered yet" begin with: 未上牌, 无牌照, 待上牌(已开票), 新车, 临时牌照 …
const NONE: [&str; 8] = ["未", "无", "没", "待", "临", "暂", "新车", "尚未"];
/// What people write before a plate, and behind it, that is no part of it.
const LABELS: [&str; 8] = [
    "车牌号码",
    "车牌号",
    "车牌",
    "車牌号",
    "車牌",
    "黄牌",
    "蓝牌",
    "绿牌",
];
const REMARKS: [&str; 13] = [
    "号",
    "黄牌",
    "蓝牌",
    "绿牌",
    "白牌",
    "黑牌",
    "新能源",
    "黄",
    "蓝",
    "绿",
    "白",
    "黄绿",
    "渐变绿",
];

/// Reads a plate: upper case, no separators. Empty for vehicles without one.
pub fn read(text: &str) -> Cell<CompactString> {
    let text = meaningful(text);
    if text.is_empty() {
        return Cell::Empty;
    }
    if text.len() > super::LONGEST_READ {
        return Cell::Bad(UNUSUAL);
    }
    // Most are written as they should be.
    if is_usual(text) {
        return Cell::Plain(text.into());
    }
    let plain: CompactString = half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !"·•・-_.:*'`\"‧∙●~=“”".contains(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let says_something = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    if !plain.bytes().any(says_something) {
        let word = plain.trim_start_matches('(');
        let none = NONE.iter().any(|none| word.starts_with(none));
        return if none {
            Cell::Empty
        } else {
            Cell::Bad(UNUSUAL)
        };
    }
    if plain.chars().count() < 5 {
        return Cell::Bad(UNUSUAL);
    }
    if is_usual(&plain) {
        let unchanged = plain == text;
        return Cell::by_change(plain, unchanged, RULE);
    }
    match without_remarks(&plain) {
        Some(bare) => Cell::Repaired(bare.into(), REMARK_RULE),
        None => Cell::Doubtful(plain, RULE, UNUSUAL),
    }
}

/// The usual plate in a text with a label, a colour or a bracket beside it.
fn without_remarks(text: &str) -> Option<&str> {
    let outside = text.split('(').next().unwrap_or(text);
    let begins = LABELS
        .iter()
        .filter_map(|label| outside.strip_prefix(label));
    let mut begins = begins.chain(std::iter::once(outside));
    begins.find_map(|rest| {
        let ends = REMARKS
            .iter()
            .filter_map(|remark| rest.strip_suffix(remark));
        let mut ends = std::iter::once(rest).chain(ends);
        ends.find(|plate| is_usual(plate))
    })
}

/// Whether a plate has one of the forms in use.
fn is_usual(plate: &str) -> bool {
    is_civil(plate) || is_of_services(plate)
}

/// Armed police (WJ with or without a province), the army (two letters, five digits), embassies.
fn is_of_services(plate: &str) -> bool {
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = plate.strip_prefix("WJ") {
        let rest = rest.strip_prefix(|c| PROVINCES.contains(c)).unwrap_or(rest);
        return matches!(rest.len(), 4..=6)
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    }
    if let Some(rest) = plate
        .strip_prefix('使')
        .or_else(|| plate.strip_suffix('使'))
    {
        return digits(rest, 6);
    }
    match plate.as_bytes() {
        [first, second, ..] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => {
            plate.get(2..).is_some_and(|rest| digits(rest, 5))
        }
        _ => false,
    }
}

/// Province, a letter, then five characters (or six for new energy); police, trailers and such end
/// in a character of their own.
fn is_civil(plate: &str) -> bool {
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
        && (serial(last) || "挂学警港澳使领试超".contains(last))
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
            "无牌照",
            "新车未上牌",
            "待上牌（已开票）",
            "暂无车牌",
            "没上牌",
        ] {
            assert_eq!(read(text), Cell::Empty, "{text}");
        }
    }

    #[test]
    fn a_label_or_a_colour_beside_a_plate_is_no_part_of_it() {
        for text in [
            "湘A12345（黄）",
            "湘A12345黄牌",
            "蓝牌湘A·12345",
            "车牌号：湘A12345",
            "湘A12345(蓝牌)",
        ] {
            assert_eq!(
                read(text),
                Cell::Repaired("湘A12345".into(), REMARK_RULE),
                "{text}"
            );
        }
        assert!(matches!(read("湘A12345/湘B12345"), Cell::Doubtful(..)));
    }

    #[test]
    fn plates_of_services_are_usual() {
        for text in [
            "WJ湘12345",
            "VA12345",
            "使012345",
            "湘A1234警",
            "粤Z1234港",
            "湘A1234试",
        ] {
            assert_eq!(read(text), Cell::Plain(text.into()), "{text}");
        }
    }

    #[test]
    fn unusual_plates_are_kept_and_nonsense_is_not() {
        assert!(matches!(read("湘A1234"), Cell::Doubtful(..)));
        assert_eq!(read("湘A"), Cell::Bad(UNUSUAL));
        assert_eq!(read("长沙市政府"), Cell::Bad(UNUSUAL));
    }
}

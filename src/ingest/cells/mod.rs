//! What people write in a cell, to a value.
//!
//! Responsible for: one reader per kind of value, each saying whether it took the text as it
//! stands, repaired it (by which rule), or cannot use it (which finding). Pure functions of text.
//! Not responsible for: where the cell stands and who is told (`record`).

pub mod date;
pub mod list;
pub mod mileage;
pub mod number;
pub mod phone;
pub mod plate;
pub mod vin;
pub mod words;
pub mod yes_no;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Longer texts are no value of any kind (a list of phones is the longest): a stray megabyte in a cell must
/// not cost time.
const LONGEST_READ: usize = 2000;

/// What a reader made of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<T> {
    /// Nothing there, or a word for nothing.
    Empty,
    /// The value as written.
    Plain(T),
    /// The value after a repair, and the rule that made it.
    Repaired(T, &'static str),
    /// The value after a repair, the rule, and the code of a finding somebody should look at.
    Doubtful(T, &'static str, &'static str),
    /// Not usable: the finding's code.
    Bad(&'static str),
}

impl<T> Cell<T> {
    /// The value, where there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Plain(value) | Self::Repaired(value, _) | Self::Doubtful(value, _, _) => {
                Some(value)
            }
            Self::Empty | Self::Bad(_) => None,
        }
    }

    /// Plain where the text already is what the value is written as, else repaired.
    fn by_change(value: T, unchanged: bool, rule: &'static str) -> Self {
        if unchanged {
            Self::Plain(value)
        } else {
            Self::Repaired(value, rule)
        }
    }
}

/// Words people put where there is nothing, and a workbook's error values.
const NOTHING: [&str; 22] = [
    "-", "--", "---", "/", "//", "\\", ".", "无", "没有", "暂无", "未知", "不详", "空", "n/a",
    "na", "null", "none", "nan", "#n/a", "#value!", "#ref!", "#name?",
];

/// The trimmed text of a cell; empty where it is a word for nothing.
pub fn meaningful(text: &str) -> &str {
    let text = if is_tidy(text) { text } else { trimmed(text) };
    let text = match text.as_bytes().first() {
        Some(b'=' | b'\'') => without_text_mark(text),
        _ => text,
    };
    if may_be_nothing(text) && NOTHING.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return "";
    }
    text
}

/// Whether a text begins as a word for nothing does and is no longer than the longest of them, which has seven bytes. Most
/// cells are longer or empty.
fn may_be_nothing(text: &str) -> bool {
    let first = text.as_bytes().first();
    text.len() <= 7
        && matches!(
            first,
            Some(b'-' | b'/' | b'\\' | b'.' | b'#' | b'n' | b'N' | 0xe4 | 0xe6 | 0xe7)
        )
}

fn trimmed(text: &str) -> &str {
    let invisible = |c: char| c.is_whitespace() || c.is_control() || "\u{feff}\u{200b}".contains(c);
    text.trim_matches(invisible)
}

/// What `="0731"`, `'0731` and `'0731'` say: the ways to make a spreadsheet take digits as text.
fn without_text_mark(text: &str) -> &str {
    let formula = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    let apostrophe = || {
        let rest = text.strip_prefix('\'')?;
        Some(rest.strip_suffix('\'').unwrap_or(rest))
    };
    formula.or_else(apostrophe).map_or(text, trimmed)
}

/// Whether a text surely has nothing to trim: it begins and ends with visible ASCII or a common Chinese
/// character (U+4000 to U+9FFF). Nearly every cell does, and there are millions of them.
fn is_tidy(text: &str) -> bool {
    let (visible, chinese) = (b'!'..=b'~', 0xE4..=0xE9);
    match text.as_bytes() {
        [first, .., before, _, last] => {
            (visible.contains(first) || chinese.contains(first))
                && (visible.contains(last) || chinese.contains(before))
        }
        _ => false,
    }
}

/// Full-width letters, digits and punctuation as their plain forms; borrowed where nothing changes.
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_nothing() {
        for nothing in [
            " ",
            "无",
            "—".trim_matches('—'),
            "N/A",
            " - ",
            "#N/A",
            "\u{3000}",
        ] {
            assert_eq!(meaningful(nothing), "", "{nothing:?}");
        }
        for word in NOTHING {
            let (plain, shouted) = (meaningful(word), word.to_uppercase());
            assert_eq!((plain, meaningful(&shouted)), ("", ""), "{word}");
        }
        assert_eq!(meaningful(" 无锡 "), "无锡");
        for text in ["=\"0731\"", "'0731", "'0731'", "\0 0731\0"] {
            assert_eq!(meaningful(text), "0731", "{text}");
        }
        assert_eq!(meaningful("=\"\""), "");
        for (text, tidy) in [
            ("湘A12345", true),
            ("示例路1号", true),
            ("测试客户", true),
            ("x测试", true),
            ("测试\u{3000}", false),
            ("\u{feff}测试", false),
            ("测试\u{200b}", false),
            ("测试 ", false),
            ("\u{a0}测试x", false),
        ] {
            assert_eq!(is_tidy(text), tidy, "{text:?}");
        }
    }
}

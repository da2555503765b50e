//! Vehicle identification numbers.
//!
//! The check digit (position 9) is a hint, never a verdict: published sources disagree on whether
//! makers in China must use it, so a mismatch is a warning and O→0, I→1, Q→0 a suggestion.

use compact_str::CompactString;

use super::{Cell, half_width, meaningful};

/// Wrong length or letters that no VIN has.
pub const MALFORMED: &str = "D110";
/// The check digit does not fit.
pub const CHECK_DIGIT: &str = "D111";
const RULE: &str = "vin: case, width or spaces";
const BESIDE_RULE: &str = "vin: label or remark beside it";
/// Fewer characters identify nothing: an unplated vehicle is known by its VIN's last five.
const LEAST_LENGTH: usize = 5;

/// A VIN as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vin {
    /// Upper case, no spaces.
    pub text: CompactString,
    /// Seventeen characters, none of them I, O or Q.
    pub well_formed: bool,
}

/// Reads a VIN. Malformed ones of at least five characters are kept and doubtful.
pub fn read(text: &str) -> Cell<Vin> {
    let text = meaningful(text);
    if text.is_empty() {
        return Cell::Empty;
    }
    if text.len() > super::LONGEST_READ {
        return Cell::Bad(MALFORMED);
    }
    // Most are written as they should be.
    if is_clean(text) {
        let vin = Vin {
            text: text.into(),
            well_formed: true,
        };
        return if check_digit(text).map(|digit| digit as u8) == text.as_bytes().get(8).copied() {
            Cell::Plain(vin)
        } else {
            Cell::Doubtful(vin, RULE, CHECK_DIGIT)
        };
    }
    let half = half_width(text);
    let plain: CompactString = half
        .chars()
        .filter(|c| !c.is_whitespace() && !"-_.*'`\",;:/\\、。|".contains(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if !is_clean(&plain)
        && let Some(inside) = only_vin_inside(&half)
    {
        let fits = check_digit(&inside) == inside.chars().nth(8);
        let vin = Vin {
            text: inside,
            well_formed: true,
        };
        return if fits {
            Cell::Repaired(vin, BESIDE_RULE)
        } else {
            Cell::Doubtful(vin, BESIDE_RULE, CHECK_DIGIT)
        };
    }
    let alphanumeric = plain.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain.len() < LEAST_LENGTH || !alphanumeric || plain.bytes().all(|b| b == b'0') {
        return Cell::Bad(MALFORMED);
    }
    let unchanged = plain == text;
    let well_formed = plain.len() == 17 && !plain.contains(['I', 'O', 'Q']);
    let fits = well_formed && check_digit(&plain) == plain.chars().nth(8);
    let vin = Vin {
        text: plain,
        well_formed,
    };
    match (well_formed, fits) {
        (false, _) => Cell::Doubtful(vin, RULE, MALFORMED),
        (true, false) => Cell::Doubtful(vin, RULE, CHECK_DIGIT),
        (true, true) => Cell::by_change(vin, unchanged, RULE),
    }
}

/// The one VIN in a text with a label or a remark beside it (`VIN:LSK…`, `LSK…(发动机…)`); none where there
/// are two.
fn only_vin_inside(text: &str) -> Option<CompactString> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut vins = words
        .filter(|word| word.len() == 17)
        .map(str::to_ascii_uppercase)
        .filter(|word| is_clean(word) && word.bytes().any(|byte| byte.is_ascii_uppercase()));
    let first = vins.next()?;
    vins.next().is_none().then(|| first.into())
}

/// Seventeen characters every VIN may have, in upper case.
fn is_clean(text: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"IOQ".contains(&byte));
    text.len() == 17 && text.bytes().all(fits) && text.bytes().any(|byte| byte != b'0')
}

/// What the VIN probably is: I, O and Q are no VIN characters and stand for 1, 0 and 0.
pub fn suggestion(vin: &str) -> Option<String> {
    let mended: String = vin
        .chars()
        .map(|c| match c {
            'O' | 'Q' => '0',
            'I' => '1',
            other => other,
        })
        .collect();
    let better =
        mended != vin && mended.len() == 17 && check_digit(&mended) == mended.chars().nth(8);
    better.then_some(mended)
}

/// The check digit that belongs at position 9 (weights and letter values of ISO 3779 practice).
fn check_digit(vin: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let mut sum = 0;
    for (c, weight) in vin.chars().zip(WEIGHTS) {
        let value = match c {
            '0'..='9' => c.to_digit(10)?,
            'A'..='H' => c as u32 - 'A' as u32 + 1,
            'J'..='N' => c as u32 - 'J' as u32 + 1,
            'P' => 7,
            'R' => 9,
            'S'..='Z' => c as u32 - 'S' as u32 + 2,
            _ => return None,
        };
        sum += value * weight;
    }
    match sum % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_good_numbers_pass_and_a_wrong_digit_is_a_warning_only() {
        for good in [
            "11111111111111111",
            "1FACP45EXLF192944",
            "1G1BN53E6NW128495",
            "LSKG5GL14HA000001",
        ] {
            assert!(matches!(read(good), Cell::Plain(_)), "{good}");
        }
        let doubtful = read("LSKG5GL10HA000001");
        assert!(matches!(&doubtful, Cell::Doubtful(vin, _, CHECK_DIGIT) if vin.well_formed));
    }

    #[test]
    fn case_width_and_spaces_are_repaired() {
        let repaired = read(" lskg5gl14ha ０00001 ");
        assert!(matches!(&repaired, Cell::Repaired(vin, _) if vin.text == "LSKG5GL14HA000001"));
    }

    #[test]
    fn a_label_or_a_remark_beside_a_vin_is_no_part_of_it() {
        for text in [
            "VIN:LSKG5GL14HA000001",
            "车架号LSKG5GL14HA000001",
            "LSKG5GL14HA000001（主车）",
        ] {
            let cell = read(text);
            assert!(
                matches!(&cell, Cell::Repaired(vin, BESIDE_RULE) if vin.text == "LSKG5GL14HA000001"),
                "{text}: {cell:?}"
            );
        }
        let two = read("LSKG5GL14HA000001 LSKG5GL16HA000002");
        assert!(!matches!(&two, Cell::Doubtful(vin, ..) if vin.well_formed));
        assert!(matches!(read("LSKG5GL14HA000001;"), Cell::Repaired(..)));
    }

    #[test]
    fn letters_no_vin_has_bring_a_suggestion_not_a_change() {
        let cell = read("LSKG5GL14HAO00001");
        assert!(
            matches!(&cell, Cell::Doubtful(vin, _, MALFORMED) if vin.text == "LSKG5GL14HAO00001")
        );
        assert_eq!(
            suggestion("LSKG5GL14HAO00001").as_deref(),
            Some("LSKG5GL14HA000001")
        );
        assert_eq!(suggestion("LSKG5GL14HA000001"), None);
    }

    #[test]
    fn five_characters_identify_four_do_not() {
        assert!(matches!(read("00123"), Cell::Doubtful(..)));
        assert_eq!(read("0123"), Cell::Bad(MALFORMED));
        assert_eq!(read("见附件照片"), Cell::Bad(MALFORMED));
        assert_eq!(read("00000000000000000"), Cell::Bad(MALFORMED));
    }
}

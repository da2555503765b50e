//! How many text messages a text is charged as.
//!
//! A text whose characters all stand in the GSM 7-bit alphabet (3GPP TS 23.038) has 160 of them in one
//! message and 153 in each part of a longer one, the extension's characters counting twice. Any other
//! character makes it UCS-2: 70 and 67 UTF-16 code units.

/// The basic alphabet without its control characters, and with the two that may stand in a text.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Reached by an escape: two places each.
const EXTENSION: &str = "^{}\\[~]|€";

/// Length of a text as networks count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    /// Places taken: septets, or UTF-16 code units.
    pub(crate) units: usize,
    /// Messages it is charged as; 0 for an empty text.
    pub(crate) segments: usize,
}

/// Counts a text.
pub(crate) fn size(text: &str) -> Size {
    let septets = text.chars().try_fold(0, |sum, c| {
        if BASIC.contains(c) {
            Some(sum + 1)
        } else if EXTENSION.contains(c) {
            Some(sum + 2)
        } else {
            None
        }
    });
    let (units, single, part) = match septets {
        Some(septets) => (septets, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    let segments = match units {
        0 => 0,
        units if units <= single => 1,
        units => units.div_ceil(part),
    };
    Size { units, segments }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (usize, usize) {
        let size = size(text);
        (size.units, size.segments)
    }

    #[test]
    fn chinese_texts_have_seventy_places_and_sixty_seven_in_parts() {
        for (length, segments) in [
            (1, 1),
            (70, 1),
            (71, 2),
            (134, 2),
            (135, 3),
            (201, 3),
            (202, 4),
        ] {
            assert_eq!(counted(&"车".repeat(length)), (length, segments));
        }
        assert_eq!(counted(""), (0, 0));
    }

    #[test]
    fn plain_texts_have_a_hundred_and_sixty_and_brackets_count_twice() {
        for (length, segments) in [(160, 1), (161, 2), (306, 2), (307, 3)] {
            assert_eq!(counted(&"x".repeat(length)), (length, segments));
        }
        assert_eq!(counted("[T]"), (5, 1));
        assert_eq!(counted(&format!("{}€", "x".repeat(159))), (161, 2));
    }

    #[test]
    fn one_foreign_character_makes_the_whole_text_wide_and_a_rare_one_takes_two_places() {
        assert_eq!(counted(&format!("{}–", "x".repeat(70))), (71, 2));
        // U+20BB7 lies outside the basic plane: a surrogate pair.
        assert_eq!(counted("𠮷"), (2, 1));
        assert_eq!(counted(&format!("{}𠮷", "车".repeat(69))), (71, 2));
    }
}

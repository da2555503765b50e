//! What a text from an input may do on a page or in a cell: nothing but be read.
//!
//! Responsible for: markup, control characters and marks that turn the direction of what stands beside them. Not
//! responsible for: formulas (cells are typed as text, `xlsx`; CSV cells are marked, `plan::files`).

use std::borrow::Cow;
use std::io::Write;

/// A text without what cannot be read: marks of direction (copied along with numbers from Windows' address book) and
/// characters XML has no place for are left out, other control characters shown as `�`. Line breaks and tabs stay.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let odd = |c: char| is_mark(c) || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    if !may_be_odd(text) || !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !is_mark(*c));
    Cow::Owned(kept.map(|c| if odd(c) { '\u{fffd}' } else { c }).collect())
}

/// Whether a text has bytes with which anything begins that this room looks for: hardly any does, and bytes are soon looked
/// through. Chinese, its signs and ours are not among them.
fn may_be_odd(text: &str) -> bool {
    let bytes = text.as_bytes();
    // All of them at a go, many at a time; only then one by one.
    let some = bytes.iter().fold(false, |some, byte| {
        some | matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xd6..=0xe0 | 0xe2 | 0xef..)
    });
    let begins = |(at, byte): (usize, &u8)| {
        let next = || bytes.get(at + 1).copied().unwrap_or_default();
        match byte {
            b'\n' | b'\r' | b'\t' => false,
            // Controls; U+0580 to U+0FFF; beyond U+FFFF.
            0..0x20 | 0x7f | 0xd6..=0xe0 | 0xf0.. => true,
            // U+0080 to U+009F.
            0xc2 => next() < 0xa0,
            // U+2000 to U+207F.
            0xe2 => next() < 0x82,
            // U+F000 on, but for U+FF00 to U+FFBF.
            0xef => !(0xbc..0xbf).contains(&next()),
            _ => false,
        }
    };
    some && bytes.iter().enumerate().any(begins)
}

/// Marks of direction, and the two noncharacters XML forbids.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// Letters written from right to left.
fn runs_backwards(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

/// Escapes a value for a page. A text with letters written from right to left is isolated (Unicode UAX #9, FSI … PDI), so
/// that the figures beside it keep their places.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let text = plain(text);
    let isolated = may_be_odd(&text) && text.contains(runs_backwards);
    if isolated {
        out.write_all("\u{2068}".as_bytes())?;
    }
    tera::escape_html(&text, out)?;
    if isolated {
        out.write_all("\u{2069}".as_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_text_that_is_passed_over_has_nothing_odd_in_it() {
        for c in '\0'..=char::MAX {
            let odd = is_mark(c) || c.is_control() || runs_backwards(c);
            let lies_in_sight = may_be_odd(&format!("张{c}a")) || matches!(c, '\n' | '\r' | '\t');
            assert!(!odd || lies_in_sight, "{c:?}");
        }
        assert!(!may_be_odd("张三 · 机油机滤（很可能）×2，□≈\n13800138000"));
    }

    #[test]
    fn markup_is_text_and_controls_are_seen() {
        assert_eq!(
            escaped("<b>&'\""),
            "&lt;b&gt;&amp;&#39;&quot;".replace("&#39;", &escaped("'"))
        );
        assert_eq!(escaped("张\u{0}三\u{7}"), "张\u{fffd}三\u{fffd}");
        assert_eq!(escaped("一\n二\t三"), "一\n二\t三");
    }

    #[test]
    fn marks_of_direction_are_left_out_and_backward_writing_is_isolated() {
        assert_eq!(escaped("\u{202a}13800138000\u{202c}"), "13800138000");
        assert_eq!(escaped("gpj.\u{202e}exe"), "gpj.exe");
        assert_eq!(escaped("שלום 12"), "\u{2068}שלום 12\u{2069}");
        assert!(matches!(plain("张三 · 138"), Cow::Borrowed(_)));
    }
}

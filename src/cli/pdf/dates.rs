//! The clock out of a PDF: a browser notes when it printed, and the same plan shall give the same bytes.
//!
//! Only the text of the dates is replaced, by one of the same length, so that every offset in the file stays right
//! (ISO 32000-1, 7.9.4: `D:YYYYMMDDHHmmSS` and an offset from UTC).

use crate::domain::Date;

const KEYS: [&[u8]; 2] = [b"/CreationDate", b"/ModDate"];
/// Longer texts than this are no dates.
const MOST: usize = 40;

/// The file with its dates those of the plan, at midnight UTC.
pub(super) fn pinned(mut pdf: Vec<u8>, made_on: Date) -> Vec<u8> {
    let day = format!(
        "{:04}{:02}{:02}",
        made_on.year(),
        made_on.month(),
        made_on.day()
    );
    for key in KEYS {
        let mut from = 0;
        while let Some(found) = find(pdf.get(from..).unwrap_or_default(), key) {
            from += found + key.len();
            pin(pdf.get_mut(from..).unwrap_or_default(), &day);
        }
    }
    pdf
}

/// Replaces the digits of a date that begins here; anything else stays.
fn pin(at: &mut [u8], day: &str) {
    let blanks = at
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let Some(text) = at.get_mut(blanks..) else {
        return;
    };
    if !text.starts_with(b"(D:") {
        return;
    }
    let end = text.iter().take(MOST).position(|byte| *byte == b')');
    let Some(text) = end.and_then(|end| text.get_mut(3..end)) else {
        return;
    };
    let mut day = day.bytes();
    for byte in text.iter_mut().filter(|byte| byte.is_ascii_digit()) {
        *byte = day.next().unwrap_or(b'0');
    }
    // The offset's sign: minus nothing is plus nothing.
    for byte in text.iter_mut().filter(|byte| **byte == b'-') {
        *byte = b'+';
    }
}

fn find(bytes: &[u8], key: &[u8]) -> Option<usize> {
    bytes.windows(key.len()).position(|window| window == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_the_plans_and_nothing_else_moves() {
        let made_on = Date::new(2026, 11, 16).expect("a day");
        let pdf = b"<</Creator (X)\n/CreationDate (D:20260704112233-05'30')\n/ModDate (D:20260704112233Z)>> /CreationDate 7";
        let pinned = pinned(pdf.to_vec(), made_on);
        assert_eq!(pinned.len(), pdf.len());
        assert_eq!(
            String::from_utf8_lossy(&pinned),
            "<</Creator (X)\n/CreationDate (D:20261116000000+00'00')\n/ModDate (D:20261116000000Z)>> /CreationDate 7"
        );
    }

    #[test]
    fn a_file_that_ends_within_a_date_is_left_as_it_is() {
        let made_on = Date::new(2026, 11, 16).expect("a day");
        for text in ["/CreationDate", "/CreationDate (D:2026", "/ModDate  ("] {
            assert_eq!(pinned(text.into(), made_on), text.as_bytes());
        }
    }
}

//! Phone numbers, one cell often holding several.
//!
//! Mobiles and landlines come out as digits only, in the order written; an extension, which cannot be
//! dialled at once, is left out. A number in exponent form (`1.38E+10`) has lost digits and is no number
//! any more, unless all of them stand there (`1.3812345678E10`); neither is a masked one.

use std::borrow::Cow;

use compact_str::CompactString;
use smallvec::smallvec;

use crate::domain::PhoneList;

use super::{Cell, half_width, meaningful};

/// Nothing in the cell can be dialled, or some of it cannot.
pub const UNREADABLE: &str = "D105";
/// Excel's exponent form: the digits are lost.
pub const DIGITS_LOST: &str = "D106";
const RULE: &str = "phone: digits only, several by |";
const EXPONENT_RULE: &str = "phone: exponent with all digits";
/// What stands before an extension.
const EXTENSIONS: [&str; 4] = ["转", "分机", "ext", "EXT"];

/// Reads all numbers of a cell.
pub fn read(text: &str) -> Cell<PhoneList> {
    let text = meaningful(text);
    if text.is_empty() {
        return Cell::Empty;
    }
    if is_mobile(text) {
        return Cell::Plain(smallvec![CompactString::from(text)]);
    }
    if text.len() > super::LONGEST_READ {
        return Cell::Bad(UNREADABLE);
    }
    let spaced = without_circles(text);
    let plain = half_width(&spaced);
    if is_exponent(&plain) {
        return match whole_exponent(plain.trim()) {
            Some(number) => Cell::Repaired(smallvec![number], EXPONENT_RULE),
            None => Cell::Bad(DIGITS_LOST),
        };
    }
    let mut numbers = PhoneList::new();
    let mut all_read = true;
    for piece in plain
        .split(is_separator)
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
    {
        all_read &= read_piece(piece, &mut numbers);
    }
    let mut seen = std::collections::BTreeSet::new();
    numbers.retain(|number: &mut CompactString| seen.insert(number.clone()));
    if numbers.is_empty() {
        // A name or a remark in the column is as useless as half a number.
        return Cell::Bad(UNREADABLE);
    }
    if !all_read {
        return Cell::Doubtful(numbers, RULE, UNREADABLE);
    }
    let unchanged = numbers.join("|") == text;
    Cell::by_change(numbers, unchanged, RULE)
}

fn is_separator(c: char) -> bool {
    "/,;、|\n\r\\或和&".contains(c)
}

/// `①138…②139…`: a list's numbers are no digits of a phone.
fn without_circles(text: &str) -> Cow<'_, str> {
    let circled = |c: char| ('\u{2460}'..='\u{249b}').contains(&c);
    if text.is_ascii() || !text.contains(circled) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(circled, "/"))
}

/// The number of an exponent form that lost no digit: ten of them behind the point.
fn whole_exponent(text: &str) -> Option<CompactString> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    if !matches!(exponent, "10" | "+10") {
        return None;
    }
    let (first, decimals) = mantissa.split_once('.')?;
    let digits: CompactString = [first, decimals].concat().into();
    (decimals.len() == 10 && is_mobile(&digits)).then_some(digits)
}

fn is_exponent(text: &str) -> bool {
    let text = text.trim();
    text.contains(['e', 'E'])
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte))
}

/// Reads one piece, which may still be several numbers separated by spaces or words.
/// False where digits in it were left unread; a remark beside the numbers (微信同号) has none.
fn read_piece(piece: &str, numbers: &mut PhoneList) -> bool {
    let piece = without_extension(piece);
    let piece = match piece.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => piece,
    };
    if let Some(number) = one_number(piece) {
        numbers.push(number);
        return true;
    }
    // Labels and names beside the numbers: 座机0731-…, 13800138000(王师傅).
    let mut all = true;
    for run in piece.split(|c: char| !(c.is_ascii_digit() || "+- *".contains(c))) {
        let run = run.trim_matches([' ', '-']);
        if !run.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if let Some(number) = one_number(run) {
            numbers.push(number);
        } else if let Some(found) = spaced_numbers(run) {
            numbers.extend(found);
        } else {
            all = false;
        }
    }
    all
}

/// A piece without the extension at its end (`0731-84512345转801`).
fn without_extension(piece: &str) -> &str {
    let found = EXTENSIONS.iter().find_map(|word| piece.split_once(word));
    match found {
        Some((number, extension))
            if number.bytes().any(|byte| byte.is_ascii_digit())
                && extension.bytes().filter(u8::is_ascii_digit).count() <= 5 =>
        {
            number.trim_end()
        }
        _ => piece,
    }
}

/// Several numbers with spaces or hyphens between them and perhaps inside them
/// (`138 0013 8000 139 0013 9000`), or two mobiles written as one.
fn spaced_numbers(run: &str) -> Option<Vec<CompactString>> {
    let (first, second) = (run.get(..11)?, run.get(11..)?);
    if is_mobile(first) && is_mobile(second) {
        return Some(vec![first.into(), second.into()]);
    }
    let mut numbers = Vec::new();
    let mut begun = String::new();
    for word in run.split([' ', '-']).filter(|word| !word.is_empty()) {
        begun.push_str(word);
        if let Some(number) = one_number(&begun) {
            numbers.push(number);
            begun.clear();
        }
    }
    (begun.is_empty() && numbers.len() > 1).then_some(numbers)
}

/// Exactly one number, whatever stands between its digits.
fn one_number(text: &str) -> Option<CompactString> {
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || "+-() .".contains(c))
    {
        return None;
    }
    let digits: CompactString = text.chars().filter(char::is_ascii_digit).collect();
    let prefixes = ["0086", "86", "0"];
    if is_mobile(&digits) {
        return Some(digits);
    }
    for prefix in prefixes {
        if let Some(rest) = digits.strip_prefix(prefix).filter(|rest| is_mobile(rest)) {
            return Some(rest.into());
        }
    }
    if is_landline(&digits) {
        return Some(digits);
    }
    // +86 731 …: the trunk zero is not written abroad.
    if text.trim_start().starts_with("+86") {
        let area = format!("0{}", digits.strip_prefix("86")?);
        return is_landline(&area).then_some(area.into());
    }
    // An extension behind a landline cannot be dialled at once.
    let (main, extension) = text.rsplit_once('-')?;
    let main: CompactString = main.chars().filter(char::is_ascii_digit).collect();
    (extension.len() <= 4 && is_landline(&main)).then_some(main)
}

/// Whether these are the digits of a mobile phone.
pub fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11
        && bytes.iter().all(u8::is_ascii_digit)
        && bytes.first() == Some(&b'1')
        && matches!(bytes.get(1), Some(b'3'..=b'9'))
}

/// Area code and number, a 400 or 800 number, or a local number of seven or eight digits.
fn is_landline(digits: &str) -> bool {
    let local =
        |length: usize| digits.len() == length && digits.starts_with(|c| ('2'..='8').contains(&c));
    match digits.as_bytes() {
        [b'0', b'1' | b'2', ..] => (10..=11).contains(&digits.len()),
        [b'0', b'3'..=b'9', ..] => (11..=12).contains(&digits.len()),
        [b'4' | b'8', b'0', b'0', ..] => digits.len() == 10,
        _ => local(7) || local(8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> String {
        read(text).into_value().unwrap_or_default().join("|")
    }

    #[test]
    fn every_form_in_use_reads_as_digits() {
        for (text, digits) in [
            ("13800138000", "13800138000"),
            ("138 0013 8000", "13800138000"),
            ("138-0013-8000", "13800138000"),
            ("13800138000.0", "13800138000"),
            ("+86 138 0013 8000", "13800138000"),
            ("0086-13800138000", "13800138000"),
            ("１３８００１３８０００", "13800138000"),
            ("13800138000/0731-84512345", "13800138000|073184512345"),
            ("13800138000 13900139000", "13800138000|13900139000"),
            ("13800138000、13900139000", "13800138000|13900139000"),
            ("13800138000；13900139000", "13800138000|13900139000"),
            ("1380013800013900139000", "13800138000|13900139000"),
            ("(0731)84512345", "073184512345"),
            ("座机0731-84512345", "073184512345"),
            ("13800138000(王师傅)", "13800138000"),
            ("张三13800138000李四13900139000", "13800138000|13900139000"),
            ("0731-84512345-801", "073184512345"),
            ("010-62345678", "01062345678"),
            ("400-800-1234", "4008001234"),
            ("84512345", "84512345"),
            ("13800138000|13800138000", "13800138000"),
            ("138 0013 8000 139 0013 9000", "13800138000|13900139000"),
            ("13800138000-13900139000", "13800138000|13900139000"),
            ("0731-84512345转801", "073184512345"),
            ("①13800138000②13900139000", "13800138000|13900139000"),
            ("13800138000.00", "13800138000"),
            ("=\"13800138000\"", "13800138000"),
            ("1.3812345678E10", "13812345678"),
        ] {
            assert_eq!(numbers(text), digits, "{text}");
        }
    }

    #[test]
    fn a_number_in_exponent_form_is_lost() {
        assert_eq!(read("1.38E+10"), Cell::Bad(DIGITS_LOST));
        assert_eq!(read("1.3800138E10"), Cell::Bad(DIGITS_LOST));
    }

    #[test]
    fn what_cannot_be_dialled_is_said() {
        for text in [
            "1380013800",
            "138****8000",
            "见备注",
            "12345",
            "138001380001",
        ] {
            assert_eq!(read(text), Cell::Bad(UNREADABLE), "{text}");
        }
    }

    #[test]
    fn one_good_number_beside_a_bad_one_is_kept_and_doubtful() {
        assert!(
            matches!(read("13800138000/1390013"), Cell::Doubtful(found, _, UNREADABLE) if found[..] == ["13800138000"])
        );
    }

    #[test]
    fn a_remark_or_an_extension_beside_a_number_is_no_doubt() {
        for text in ["电话13800138000或微信同号", "0731-84512345 转 12"] {
            assert!(matches!(read(text), Cell::Repaired(..)), "{text}");
        }
    }

    #[test]
    fn a_clean_list_is_no_repair() {
        assert!(matches!(read("13800138000|073184512345"), Cell::Plain(_)));
    }
}

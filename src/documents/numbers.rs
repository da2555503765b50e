//! Figures as people read them: the same in both languages, since both write 12,345.67.
//!
//! Responsible for: separators, decimals and signs of figures on pages. Not responsible for: the CSV tables,
//! whose figures are for machines and carry no separators; money, which prints itself (`domain::Fen`).

/// `12,345`.
pub(super) fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `12,345` of a figure with decimals; a minus where it is below zero.
pub(super) fn rounded(number: f64) -> String {
    let sign = if number <= -0.5 { "-" } else { "" };
    format!("{sign}{}", whole(number.abs().round() as u64))
}

/// `12.3%`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A share of `of` as a whole percentage for a bar, 0 to 100.
pub(super) fn bar(part: f64, of: f64) -> u64 {
    if of > 0.0 {
        (part / of * 100.0).round().clamp(0.0, 100.0) as u64
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 12, 999, 1000, 1_234_567].map(whole),
            ["0", "12", "999", "1,000", "1,234,567"]
        );
        assert_eq!(
            (rounded(-1234.6), rounded(-0.4)),
            ("-1,235".into(), "0".into())
        );
        assert_eq!(percent(0.0123), "1.2%");
        assert_eq!((bar(3.0, 2.0), bar(1.0, 0.0)), (100, 0));
    }
}

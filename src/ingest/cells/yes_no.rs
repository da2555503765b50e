//! Yes and no.

use super::{Cell, half_width, meaningful};

const YES: [&str; 12] = [
    "yes", "y", "true", "t", "1", "是", "有", "√", "✓", "✔", "对", "是的",
];
const NO: [&str; 16] = [
    "no", "n", "false", "f", "0", "否", "无", "×", "✗", "✘", "x", "不是", "没有", "不", "未", "错",
];

/// Reads yes or no; empty = unknown.
pub fn read(text: &str) -> Cell<bool> {
    let text = text.trim();
    if text.is_empty() || text == "-" || text == "/" {
        return Cell::Empty;
    }
    if let Some(answer) = known(text) {
        return Cell::Plain(answer);
    }
    let plain = half_width(text).to_lowercase();
    let plain = plain.strip_suffix(".0").unwrap_or(&plain);
    match known(plain) {
        Some(answer) => Cell::Plain(answer),
        // What databases write for nothing; 无 was a no before.
        None if meaningful(text).is_empty() => Cell::Empty,
        None => Cell::Bad("D108"),
    }
}

fn known(word: &str) -> Option<bool> {
    let no = || NO.contains(&word).then_some(false);
    YES.contains(&word).then_some(true).or_else(no)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_words_of_the_contract_and_leaves_the_unknown_unknown() {
        for yes in ["yes", "Y", "TRUE", "1", "是", "１"] {
            assert_eq!(read(yes), Cell::Plain(true), "{yes}");
        }
        for no in ["no", "n", "False", "0", "否"] {
            assert_eq!(read(no), Cell::Plain(false), "{no}");
        }
        for empty in [" ", "NULL", "n/a", "未知"] {
            assert_eq!(read(empty), Cell::Empty, "{empty}");
        }
        assert_eq!(read("也许"), Cell::Bad("D108"));
    }
}

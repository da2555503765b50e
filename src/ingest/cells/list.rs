//! Lists inside a cell.

use super::{half_width, meaningful};

/// The members of a `|` list, trimmed, without empty ones. `｜` counts as `|`.
pub fn read(text: &str) -> Vec<String> {
    let text = meaningful(text);
    text.split(['|', '｜'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Likewise for dates and weekdays, where commas, semicolons and 、 cannot mean anything else.
pub fn read_days(text: &str) -> Vec<String> {
    half_width(meaningful(text))
        .split(['|', ',', ';', '、', '\n'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_bars_of_either_width_only() {
        assert_eq!(read("机修| 电工｜,x|"), ["机修", "电工", ",x"]);
        assert_eq!(
            read_days("2026-12-01、2026-12-02，周三"),
            ["2026-12-01", "2026-12-02", "周三"]
        );
    }
}

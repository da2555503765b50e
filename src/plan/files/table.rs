//! One CSV table: UTF-8 with BOM, RFC 4180, formulas from the input made harmless.

use std::borrow::Cow;

/// A table being written.
pub struct Table {
    writer: csv::Writer<Vec<u8>>,
    cells: usize,
}

impl Table {
    /// A table with these columns.
    pub fn new(columns: &[&str]) -> Self {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(b"\xef\xbb\xbf".to_vec());
        // Writing into memory cannot fail.
        let _ = writer.write_record(columns);
        Self {
            writer,
            cells: columns.len(),
        }
    }

    /// Rows of so many cells that follow others in the file.
    pub(super) fn part(cells: usize) -> Self {
        let writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        Self { writer, cells }
    }

    /// Adds a row; every cell that a spreadsheet could take for a formula gets a leading `'`.
    pub fn row(&mut self, cells: &[impl AsRef<str>]) {
        debug_assert_eq!(cells.len(), self.cells, "a row has the header's cells");
        for cell in cells {
            let _ = self.writer.write_field(&*harmless(cell.as_ref()));
        }
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// A cell that cannot start a formula. Numbers stay as they are.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let risky = cell.chars().next().is_some_and(|c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠'
        )
    });
    if risky && cell.parse::<f64>().is_err() {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A cell as it was before `harmless`.
pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if harmless(rest) != rest => rest,
        _ => cell,
    }
}

/// As `format!("{number:.places$}")`, without a look at the number's own digits where a whole number of the last place is near.
pub(super) fn fixed(number: f64, places: usize) -> String {
    let scale = 10_u64.pow(places as u32);
    let parts = number.abs() * scale as f64;
    // Near the middle between two of them those digits decide.
    let is_plain = parts < 1e12 && (parts.fract() - 0.5).abs() > 0.01;
    if !is_plain || places == 0 {
        return format!("{number:.places$}");
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let parts = (parts + 0.5) as u64;
    format!("{sign}{}.{:0places$}", parts / scale, parts % scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_text_and_numbers_are_left_alone() {
        assert_eq!(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless("-5.20"), "-5.20");
        assert_eq!(harmless("＠张"), "'＠张");
        assert_eq!(harmless("测试"), "测试");
    }

    #[test]
    fn what_was_made_harmless_is_read_back_as_it_was() {
        for cell in ["=1+1", "＠张", "-5.20", "测试", "'t Hart", "+8613800138000"] {
            assert_eq!(plain(&harmless(cell)), cell);
        }
    }

    #[test]
    fn a_number_is_written_as_the_language_writes_it() {
        let odd = [
            0.0,
            -0.0,
            0.125,
            2.5e-5,
            1e300,
            f64::NAN,
            f64::INFINITY,
            -1e-9,
            0.045,
            1e12,
            99.995,
        ];
        let many =
            (0..20_000).map(|n| f64::from(n * 7 - 30_000) / 640.0 + f64::from(n % 10) * 1e-13);
        for number in odd.into_iter().chain(many) {
            for places in [0, 2, 3, 4, 6] {
                assert_eq!(fixed(number, places), format!("{number:.places$}"));
            }
        }
    }
}

//! Text between delimiters to rows with their physical lines.
//!
//! Responsible for: the delimiter, quoting, physical line numbers under any newline style, blank
//! lines, and a quote that is never closed (only its own line is lost, not the rest of the file).
//! Not responsible for: characters (`encoding`) and meaning (`header`).
//!
//! The csv crate's own line numbers are right for LF only, so lines are counted here from byte
//! positions: CRLF, LF and CR each end a line.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::grid::{Row, RowSink};

/// Delimiters a file may use. `|` is not one: it separates lists inside a cell.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// Rows looked at to choose the delimiter.
const SNIFFED_ROWS: usize = 30;
/// After so many unclosed quotes quoting is given up: hostile files must not cost square time.
const MAX_RESTARTS: usize = 1000;

/// Chooses the delimiter under which some early row scores best (`score` = known headers in a
/// row); among equals the one that gives most cells.
pub(crate) fn sniff(text: &str, score: &dyn Fn(&StringRecord) -> usize) -> u8 {
    let mut best = ((0, 0), b',');
    for delimiter in DELIMITERS {
        let mut reader = reader(text, delimiter, true);
        let mut record = StringRecord::new();
        let mut found = (0, 0);
        for _ in 0..SNIFFED_ROWS {
            if !matches!(reader.read_record(&mut record), Ok(true)) {
                break;
            }
            found = found.max((score(&record), record.len()));
        }
        if found > best.0 {
            best = (found, delimiter);
        }
    }
    best.1
}

/// Excel's `sep=;` in the first line: the delimiter, and where the table begins.
pub(crate) fn stated_delimiter(text: &str) -> Option<(u8, usize)> {
    let line = text.split(['\r', '\n']).next()?;
    let stated = line.trim_matches('"').strip_prefix("sep=")?;
    match stated.as_bytes() {
        [delimiter] => Some((*delimiter, line.len())),
        _ => None,
    }
}

/// The physical line a byte stands on.
pub(crate) fn line_of(text: &str, at: usize) -> u32 {
    LineCounter {
        bytes: text.as_bytes(),
        position: 0,
        line: 1,
    }
    .at(at)
}

fn reader(text: &str, delimiter: u8, quoting: bool) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes())
}

/// Counts physical lines up to ever later byte positions.
struct LineCounter<'t> {
    bytes: &'t [u8],
    position: usize,
    line: u32,
}

impl LineCounter<'_> {
    /// The line the byte at `target` stands on. `target` never lies inside a CRLF.
    fn at(&mut self, target: usize) -> u32 {
        let passed = self.bytes.get(self.position..target).unwrap_or_default();
        for (index, byte) in passed.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => self.bytes.get(self.position + index + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line += u32::from(ends_line);
        }
        self.position = self.position.max(target);
        self.line
    }
}

/// Hands every row of the text to `sink`.
pub(crate) fn visit(text: &str, from: usize, delimiter: u8, sink: &mut dyn RowSink) {
    let mut walk = Walk {
        text,
        counter: LineCounter {
            bytes: text.as_bytes(),
            position: 0,
            line: 1,
        },
        next_line: 1,
    };
    let mut start = from;
    let mut restarts = 0;
    while let Some(next) = walk.run(start, delimiter, restarts < MAX_RESTARTS, sink) {
        start = next;
        restarts += 1;
    }
}

struct Walk<'t> {
    text: &'t str,
    counter: LineCounter<'t>,
    /// The first line not yet accounted for.
    next_line: u32,
}

impl Walk<'_> {
    /// Reads from `start` to the end, or to a quote that is never closed: then where to go on.
    fn run(
        &mut self,
        start: usize,
        delimiter: u8,
        quoting: bool,
        sink: &mut dyn RowSink,
    ) -> Option<usize> {
        let rest = self.text.get(start..)?;
        let mut reader = reader(rest, delimiter, quoting);
        let mut cells = StringRecord::new();
        while let Ok(true) = reader.read_record(&mut cells) {
            let begin = cells.position().map_or(0, |p| p.byte() as usize);
            let end = (reader.position().byte() as usize).min(rest.len());
            let raw = rest.get(begin..end).unwrap_or_default();
            let skipped = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
            let begin = start + begin + skipped;
            let raw = raw.trim_matches(['\r', '\n']);
            let line = self.counter.at(begin);
            self.blanks_before(line, sink);
            let many_lines = raw.contains(['\r', '\n']);
            if many_lines && raw.matches('"').count() % 2 == 1 {
                return Some(self.give_up_line(begin, line, raw, sink));
            }
            sink.row(&Row {
                line,
                cells: &cells,
                text: Some(raw),
                damage: None,
            });
            let last = if many_lines {
                self.counter.at(begin + raw.len())
            } else {
                line
            };
            self.next_line = last + 1;
        }
        None
    }

    fn blanks_before(&self, line: u32, sink: &mut dyn RowSink) {
        if line > self.next_line {
            sink.blank(self.next_line, line - self.next_line);
        }
    }

    /// Sets one physical line aside, so that an unclosed quote does not swallow what follows.
    fn give_up_line(
        &mut self,
        begin: usize,
        line: u32,
        raw: &str,
        sink: &mut dyn RowSink,
    ) -> usize {
        let first = raw.split(['\r', '\n']).next().unwrap_or(raw);
        let cells = StringRecord::from(vec![first]);
        sink.row(&Row {
            line,
            cells: &cells,
            text: Some(first),
            damage: Some("D203"),
        });
        self.next_line = line + 1;
        begin + first.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(Vec<(u32, String)>);

    impl RowSink for Seen {
        fn row(&mut self, row: &Row<'_>) {
            let cells: Vec<&str> = row.cells.iter().collect();
            let mark = row.damage.unwrap_or_default();
            self.0
                .push((row.line, format!("{mark}{}", cells.join("/"))));
        }
        fn blank(&mut self, line: u32, count: u32) {
            self.0.push((line, format!("blank*{count}")));
        }
    }

    fn seen(text: &str) -> Vec<(u32, String)> {
        let mut sink = Seen::default();
        visit(text, 0, b',', &mut sink);
        sink.0
    }

    #[test]
    fn physical_lines_are_the_same_under_every_newline_style() {
        let lf = "a,b\n1,\"x\ny\"\n\n2,z\n,\n3,w\n";
        let expected: Vec<u32> = vec![1, 2, 4, 5, 6, 7];
        for newline in ["\n", "\r\n", "\r"] {
            let lines: Vec<u32> = seen(&lf.replace('\n', newline))
                .into_iter()
                .map(|(line, _)| line)
                .collect();
            assert_eq!(lines, expected, "newline {newline:?}");
        }
        let mixed = "a,b\r\n1,\"x\ry\"\r\r\n2,z\n,\r\n3,w";
        assert_eq!(
            seen(mixed)
                .into_iter()
                .map(|(line, _)| line)
                .collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn an_unclosed_quote_costs_its_own_line_only() {
        let rows = seen("a,b\n1,\"oops\n2,fine\n3,\"y\"\n");
        assert_eq!(rows[1], (2, "D2031,\"oops".to_owned()));
        assert_eq!(rows[2], (3, "2/fine".to_owned()));
        assert_eq!(rows[3], (4, "3/y".to_owned()));
    }

    #[test]
    fn newlines_at_the_end_of_the_file_are_no_rows() {
        assert_eq!(seen("a\n1\n\n\n\n").len(), 2);
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_headers_known() {
        let known = |record: &StringRecord| {
            record
                .iter()
                .filter(|c| ["vin", "plate"].contains(c))
                .count()
        };
        assert_eq!(sniff("报表,甲,乙,丙\nvin;plate\nx;y,z,w\n", &known), b';');
        assert_eq!(sniff("vin\tplate\n", &known), b'\t');
        assert_eq!(stated_delimiter("sep=;\r\na;b"), Some((b';', 5)));
    }

    #[test]
    fn hostile_quotes_do_not_take_square_time() {
        let text = "\"a,b\n".repeat(20_001);
        assert!(seen(&text).len() > 10_000);
    }
}

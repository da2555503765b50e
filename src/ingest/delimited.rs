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

/// Delimiters a file may use. `|` comes last, for it also separates lists inside a cell: it is one only
/// where no other finds as many headers.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows looked at to choose the delimiter.
const SNIFFED_ROWS: usize = 30;
/// After so many unclosed quotes in a part quoting is given up there: hostile files must not cost square
/// time.
const MAX_RESTARTS: usize = 100;
/// A row longer than this hangs on a quote that is never closed.
const LONGEST_ROW: usize = 256 * 1024;
/// Characters looked at to choose the delimiter.
const SNIFFED_BYTES: usize = 1 << 20;

/// Chooses the delimiter under which some early row scores best (`score` = known headers in a
/// row); among equals the one that gives most cells.
pub(crate) fn sniff(text: &str, score: &dyn Fn(&[&str]) -> usize) -> u8 {
    let mut best = ((0, 0), b',');
    let text = text
        .get(..text.floor_char_boundary(SNIFFED_BYTES))
        .unwrap_or(text);
    for delimiter in DELIMITERS {
        let mut reader = reader(text, delimiter, true);
        let mut record = StringRecord::new();
        let mut found: (usize, usize) = (0, 0);
        for _ in 0..SNIFFED_ROWS {
            if !matches!(reader.read_record(&mut record), Ok(true)) {
                break;
            }
            found = found.max((score(&record.iter().collect::<Vec<&str>>()), record.len()));
        }
        let better = match delimiter {
            b'|' => found.0 > best.0.0,
            _ => found > best.0,
        };
        if better {
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

fn reader(text: &str, delimiter: u8, quoting: bool) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes())
}

/// A stretch of a file's text that begins and ends between rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The physical line at `start`.
    pub(crate) line: u32,
}

/// Divides a text from `from` on into parts of about `size` bytes, so that the rows read part by part
/// are the rows of the whole.
pub(crate) fn parts(text: &str, from: usize, delimiter: u8, size: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut start, mut line) = (from, 1);
    while start < text.len() {
        let (end, next_line) = end_of_part(text, start, line, delimiter, size);
        parts.push(Part { start, end, line });
        (start, line) = (end, next_line);
    }
    parts
}

/// Where a part ends, and the line there.
fn end_of_part(text: &str, start: usize, line: u32, delimiter: u8, size: usize) -> (usize, u32) {
    let bytes = text.as_bytes();
    let target = start + size;
    let Some(end) = end_of_filled_line(bytes, target) else {
        return (bytes.len(), line);
    };
    let passed = bytes.get(start..end).unwrap_or_default();
    if memchr::memchr(b'"', passed).is_none() {
        // Without quotes every line is a row.
        return (end, line + newlines(bytes, start, end));
    }
    let seen = text.floor_char_boundary(target.saturating_add(LONGEST_ROW));
    let whole = Part {
        start,
        end: seen,
        line,
    };
    let mut walk = Walk::new(text, delimiter, whole);
    walk.run(target, &mut Nowhere);
    (walk.position, walk.next_line)
}

/// Behind the first line that is not empty and ends at `from` or later.
fn end_of_filled_line(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let newline = at + memchr::memchr2(b'\n', b'\r', bytes.get(at..)?)?;
        let before = newline.checked_sub(1).and_then(|before| bytes.get(before));
        if !matches!(before, Some(b'\n' | b'\r') | None) {
            return Some(behind_newline(bytes, newline));
        }
        at = newline + 1;
    }
}

/// Behind the one newline (LF, CR or CRLF) at `at`, where there is one.
fn behind_newline(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(b'\r' | b'\n'), _) => at + 1,
        _ => at,
    }
}

/// Physical lines that end in `start..end`; `end` never lies inside a CRLF.
fn newlines(bytes: &[u8], start: usize, end: usize) -> u32 {
    let passed = bytes.get(start..end).unwrap_or_default();
    let ends = memchr::memchr2_iter(b'\n', b'\r', passed).filter(|index| {
        let at = start + index;
        bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n')
    });
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}

/// Takes no notice.
struct Nowhere;

impl RowSink for Nowhere {
    fn row(&mut self, _: &Row<'_>) {}
    fn blank(&mut self, _: u32, _: u32) {}
}

/// Hands every row of a part of the text to `sink`.
pub(crate) fn visit(text: &str, part: Part, delimiter: u8, sink: &mut dyn RowSink) {
    Walk::new(text, delimiter, part).run(part.end, sink);
}

struct Walk<'t> {
    /// From the file's beginning to the end of the part.
    text: &'t str,
    delimiter: u8,
    /// Everything before it was handed on.
    position: usize,
    /// The first line not yet accounted for; `position` is where it begins.
    next_line: u32,
    /// Quotes that were never closed, so far.
    restarts: usize,
    /// Cells of the last row on one line.
    width: usize,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, delimiter: u8, part: Part) -> Self {
        Self {
            text: text.get(..part.end).unwrap_or(text),
            delimiter,
            position: part.start,
            next_line: part.line,
            restarts: 0,
            width: 0,
        }
    }

    /// Reads on until a row ends at `until` or behind it.
    fn run(&mut self, until: usize, sink: &mut dyn RowSink) {
        self.plain_lines(until, sink);
        while self.position < until && self.stretch(until, sink) {}
    }

    /// Reads on likewise, or to the first line with a quote. Lines without one are rows as they stand:
    /// most files have no others, and need not be copied.
    fn plain_lines(&mut self, until: usize, sink: &mut dyn RowSink) {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let mut cells: Vec<&str> = Vec::new();
        let (mut begin, mut line) = (self.position, self.next_line);
        while self.position < until {
            let rest = bytes.get(begin..).unwrap_or_default();
            let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            let end = begin + length;
            let next = behind_newline(bytes, end);
            let raw = text.get(begin..end).unwrap_or_default();
            if memchr::memchr(b'"', raw.as_bytes()).is_some() || next == begin {
                return;
            }
            if !raw.is_empty() {
                if line > self.next_line {
                    sink.blank(self.next_line, line - self.next_line);
                }
                cells.clear();
                cells.extend(raw.split(char::from(self.delimiter)));
                sink.row(&Row {
                    line,
                    cells: &cells,
                    text: Some(raw),
                    offset: begin,
                    damage: None,
                });
                (self.position, self.next_line, self.width) = (next, line + 1, cells.len());
            }
            (begin, line) = (next, line + 1);
        }
    }

    /// Reads on likewise, or to a quote that is never closed: then true.
    fn stretch(&mut self, until: usize, sink: &mut dyn RowSink) -> bool {
        let (text, base) = (self.text, self.position);
        let Some(rest) = text.get(base..) else {
            return false;
        };
        let mut reader = reader(rest, self.delimiter, self.restarts < MAX_RESTARTS);
        let mut cells = StringRecord::new();
        while let Ok(true) = reader.read_record(&mut cells) {
            let begin = cells.position().map_or(0, |p| p.byte() as usize);
            let end = (reader.position().byte() as usize).min(rest.len());
            let raw = rest.get(begin..end).unwrap_or_default();
            let skipped = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
            let begin = base + begin + skipped;
            let raw = raw.trim_matches(['\r', '\n']);
            let line = self.next_line + newlines(text.as_bytes(), self.position, begin);
            if line > self.next_line {
                sink.blank(self.next_line, line - self.next_line);
            }
            let many_lines = memchr::memchr2(b'\n', b'\r', raw.as_bytes()).is_some();
            // A quote that is never closed runs to the end of the text.
            if (many_lines || end == rest.len()) && self.is_broken(raw, many_lines) {
                self.give_up_line(begin, line, raw, sink);
                return true;
            }
            sink.row(&Row {
                line,
                cells: &cells.iter().collect::<Vec<&str>>(),
                text: Some(raw),
                offset: begin,
                damage: None,
            });
            let end = begin + raw.len();
            self.position = behind_newline(text.as_bytes(), end);
            self.next_line = line + 1;
            if many_lines {
                self.next_line += newlines(text.as_bytes(), begin, end);
            } else {
                self.width = cells.len();
            }
            if self.position >= until {
                return false;
            }
        }
        self.position = text.len();
        false
    }

    /// Whether a quote of the row is never closed, or a row of several lines is one by mistake: its
    /// quotes are not closed as quotes are, or whole rows stand between them.
    fn is_broken(&self, raw: &str, many_lines: bool) -> bool {
        match quotes_of(raw, self.delimiter) {
            Quotes::Open => true,
            Quotes::Loose => many_lines,
            Quotes::Closed { swallowed } => self.width > 2 && swallowed + 1 >= self.width,
        }
    }

    /// Sets one physical line aside, so that an unclosed quote does not swallow what follows.
    fn give_up_line(&mut self, begin: usize, line: u32, raw: &str, sink: &mut dyn RowSink) {
        let first = raw.split(['\r', '\n']).next().unwrap_or(raw);
        sink.row(&Row {
            line,
            cells: &[first],
            text: Some(first),
            offset: begin,
            damage: Some("D203"),
        });
        self.restarts += 1;
        self.next_line = line + 1;
        self.position = behind_newline(self.text.as_bytes(), begin + first.len());
    }
}

/// How the quoted cells of a row end.
enum Quotes {
    /// All in a quote with a delimiter or nothing behind it; the most delimiters on a line that lies whole
    /// inside one.
    Closed { swallowed: usize },
    /// Something stands behind a closing quote.
    Loose,
    /// The last one does not end.
    Open,
}

fn quotes_of(raw: &str, delimiter: u8) -> Quotes {
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let mut at = At::Start;
    let mut loose = false;
    // Of the line so far, where it began inside a quote and did not leave it.
    let mut inside: Option<usize> = None;
    let mut swallowed = 0;
    for byte in raw.bytes() {
        if matches!(byte, b'\r' | b'\n') {
            swallowed = swallowed.max(inside.unwrap_or_default());
            inside = matches!(at, At::Quoted).then_some(0);
        } else if byte == delimiter && matches!(at, At::Quoted) {
            inside = inside.map(|count| count + 1);
        }
        at = match (at, byte) {
            (At::Quoted, b'"') => {
                inside = None;
                At::Closed
            }
            (At::Start | At::Closed, b'"') | (At::Quoted, _) => At::Quoted,
            (_, other) if other == delimiter => At::Start,
            (At::Closed, b' ') => At::Closed,
            (At::Closed, _) => {
                loose = true;
                At::Plain
            }
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    match at {
        At::Quoted => Quotes::Open,
        _ if loose => Quotes::Loose,
        _ => Quotes::Closed { swallowed },
    }
}

#[cfg(test)]
mod tests;

//! An .xlsx archive before it is opened: whether it can be, and what is to be known of it.
//!
//! Responsible for: unpacked sizes counted rather than believed, cell addresses that would make the
//! workbook reader overflow, the date system, and which sheets have merged cells. Not responsible for:
//! reading cells (`workbook`).

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use super::sheets::WorkbookError;

/// Most bytes a sheet may unpack to.
const MAX_UNPACKED: u64 = 2 << 30;
/// Most bytes of the parts that are held in memory whole.
const MAX_UNPACKED_WHOLE: u64 = 512 << 20;
/// Longest run of bytes without a tag: Excel's own limit for a cell is 32,767 characters.
const MAX_TEXT_RUN: usize = 1 << 20;
/// Most bytes of formats and lists of parts, which are small in every real workbook.
const MAX_UNPACKED_SMALL: u64 = 8 << 20;
/// A part that unpacks to more than this is refused where it also grows so many times: sheets of real
/// tables grow five- to thirtyfold, texts up to tenfold, parts made to exhaust memory a thousandfold.
const UNSUSPICIOUS: u64 = 16 << 20;
const MAX_GROWTH_OF_SHEET: u64 = 100;
const MAX_GROWTH: u64 = 40;
/// Bytes before and behind an attribute's equals sign that are surely seen together with it.
const AROUND: usize = 128;

/// What is known of an archive that may be opened.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    /// Days are counted from 1904 (old Macintosh workbooks).
    pub(super) since_1904: bool,
    /// Whether any sheet has merged cells.
    pub(super) merged: bool,
}

/// Unpacks every part that will be read, counting only: sizes stated in an archive can lie.
pub(super) fn weigh(bytes: &[u8]) -> Result<Weighed, WorkbookError> {
    let damaged = |error: zip::result::ZipError| WorkbookError::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut weighed = Weighed::default();
    let mut seen = BTreeSet::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_lowercase();
        if !seen.insert(name.clone()) {
            return Err(WorkbookError::Damaged(format!("two parts {name}")));
        }
        let sheet = name.contains("worksheets/") && !name.contains("_rels");
        let (limit, growth) = if sheet {
            (MAX_UNPACKED, MAX_GROWTH_OF_SHEET)
        } else if [".rels", "styles.xml", "workbook.xml"]
            .iter()
            .any(|small| name.ends_with(small))
        {
            (MAX_UNPACKED_SMALL, MAX_GROWTH)
        } else {
            (MAX_UNPACKED_WHOLE, MAX_GROWTH)
        };
        let grown = part.compressed_size().min(bytes.len() as u64) * growth;
        let mut scale = Scale {
            limit: limit.min(grown.max(UNSUSPICIOUS)),
            sheet,
            ..Scale::default()
        };
        let head = scale.weigh(part)?;
        weighed.merged |= scale.merged;
        if name.ends_with("workbook.xml") {
            weighed.since_1904 |= counts_since_1904(&head);
        }
    }
    Ok(weighed)
}

/// Weighs one part.
#[derive(Default)]
struct Scale {
    limit: u64,
    sheet: bool,
    total: u64,
    run: usize,
    merged: bool,
}

impl Scale {
    /// The part's first bytes.
    fn weigh(&mut self, mut part: impl Read) -> Result<Vec<u8>, WorkbookError> {
        let mut head = Vec::new();
        // Bytes left over from the piece before, then the next piece.
        let mut buffer = vec![0_u8; 64 << 10];
        let mut kept = 0;
        loop {
            let free = buffer.get_mut(kept..).unwrap_or_default();
            let count = part
                .read(free)
                .map_err(|error| WorkbookError::Damaged(error.to_string()))?;
            let filled = buffer.get(..kept + count).unwrap_or_default();
            if count == 0 {
                self.check_addresses(filled, filled.len())?;
                return Ok(head);
            }
            self.total += count as u64;
            if self.total > self.limit {
                return Err(WorkbookError::TooLarge("bytes unpacked", self.limit));
            }
            self.measure_runs(filled.get(kept..).unwrap_or_default())?;
            if head.is_empty() {
                head = filled.to_vec();
            }
            let end = kept + count;
            self.check_addresses(filled, end.saturating_sub(AROUND))?;
            kept = end.min(2 * AROUND);
            buffer.copy_within(end - kept..end, 0);
        }
    }

    fn measure_runs(&mut self, piece: &[u8]) -> Result<(), WorkbookError> {
        let mut from = 0;
        for tag in memchr::memchr_iter(b'<', piece) {
            self.add_run(tag - from)?;
            (self.run, from) = (0, tag);
        }
        self.add_run(piece.len() - from)
    }

    fn add_run(&mut self, bytes: usize) -> Result<(), WorkbookError> {
        self.run += bytes;
        if self.run > MAX_TEXT_RUN {
            let limit = MAX_TEXT_RUN as u64;
            return Err(WorkbookError::TooLarge("bytes in one cell", limit));
        }
        Ok(())
    }

    /// Looks at every address before `until` in a piece of a sheet.
    fn check_addresses(&mut self, piece: &[u8], until: usize) -> Result<(), WorkbookError> {
        if !self.sheet {
            return Ok(());
        }
        self.merged |= memchr::memmem::find(piece, b"<mergeCell").is_some();
        for equals in memchr::memchr_iter(b'=', piece.get(..until).unwrap_or_default()) {
            let before = piece.get(..equals).unwrap_or_default().trim_ascii_end();
            let is_address = [&b"r"[..], b"ref"].iter().any(|name| {
                let begin = before.strip_suffix(*name).and_then(<[u8]>::last);
                begin.is_some_and(|byte| byte.is_ascii_whitespace() || b"\"'/".contains(byte))
            });
            let value = piece.get(equals + 1..).unwrap_or_default();
            if is_address && !is_possible(value) {
                return Err(WorkbookError::Damaged("impossible cell address".into()));
            }
        }
        Ok(())
    }
}

/// Whether a quoted address has no more than three letters and seven digits, and a range does not run
/// backwards. Anything else in the quotes is for the workbook reader to judge.
fn is_possible(text: &[u8]) -> bool {
    let Some([quote @ (b'"' | b'\''), value @ ..]) = trimmed_start(text) else {
        return true;
    };
    let value = value.split(|byte| byte == quote).next().unwrap_or_default();
    let mut corners = value.split(|byte| *byte == b':').map(corner);
    match (corners.next(), corners.next()) {
        (Some(Corner::Impossible), _) | (_, Some(Corner::Impossible)) => false,
        (Some(Corner::At(left, top)), Some(Corner::At(right, bottom))) => {
            left <= right && top <= bottom
        }
        _ => true,
    }
}

fn trimmed_start(text: &[u8]) -> Option<&[u8]> {
    let spaces = text.iter().take_while(|byte| byte.is_ascii_whitespace());
    text.get(spaces.count()..)
}

enum Corner {
    /// Column and row.
    At(u32, u32),
    /// Farther than any sheet reaches.
    Impossible,
    /// No address.
    Other,
}

fn corner(text: &[u8]) -> Corner {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let (letters, digits) = text.split_at(letters.count());
    let digits = digits.split(|byte| !byte.is_ascii_digit()).next();
    let digits = digits.unwrap_or_default();
    if letters.len() > 3 && !digits.is_empty() || letters.len() > 6 || digits.len() > 7 {
        return Corner::Impossible;
    }
    let column = letters.iter().fold(0, |sum, letter| {
        sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row = std::str::from_utf8(digits).ok();
    match row.and_then(|row| row.parse().ok()) {
        Some(row) => Corner::At(column, row),
        None => Corner::Other,
    }
}

/// `<workbookPr date1904="1"/>`.
fn counts_since_1904(workbook: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(workbook, b"date1904") else {
        return false;
    };
    let value = workbook.get(at + 8..).unwrap_or_default();
    let value: Vec<u8> = value
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .take(6)
        .collect();
    [&b"=\"1"[..], b"='1", b"=\"true", b"='true"]
        .iter()
        .any(|yes| value.starts_with(yes))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn archive(name: &str, part: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(name, options).expect("a part");
        zip.write_all(part).expect("written");
        zip.finish().expect("an archive").into_inner()
    }

    fn sheet(part: &str) -> Result<Weighed, WorkbookError> {
        weigh(&archive("xl/worksheets/sheet1.xml", part.as_bytes()))
    }

    #[test]
    fn an_address_no_sheet_has_is_refused_wherever_it_stands() {
        for bad in [
            "<row r=\"AAAAAAAA\">",
            "<c r='ABCD1'>",
            "<c s=\"1\"r = \"A12345678\">",
            "<dimension ref=\"B2:A1\"/>",
            "<row r=\"4294967295\">",
        ] {
            assert!(
                matches!(sheet(bad), Err(WorkbookError::Damaged(_))),
                "{bad}"
            );
            // Across the boundary of two pieces too.
            for before in [65_500, 65_520, 65_530] {
                let text = format!("{}{bad}{}", " ".repeat(before), " ".repeat(300));
                assert!(sheet(&text).is_err(), "{bad} behind {before}");
            }
        }
        for good in [
            "<dimension ref=\"A1:XFD1048576\"/><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"/>",
            "<mergeCell ref=\"A1:K1\"/>",
            "<c r=\"\"/>",
        ] {
            assert!(sheet(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn an_archive_made_to_exhaust_memory_is_refused_at_once() {
        let bomb = archive("xl/sharedStrings.xml", &b"<si><t/></si>".repeat(2 << 20));
        assert!(bomb.len() < 1 << 20);
        assert!(matches!(
            weigh(&bomb),
            Err(WorkbookError::TooLarge("bytes unpacked", _))
        ));
    }

    #[test]
    fn tells_the_date_system_and_merged_cells() {
        let since = |part: &str| {
            let weighed = weigh(&archive("xl/workbook.xml", part.as_bytes()));
            weighed.expect("an archive").since_1904
        };
        assert!(since("<workbookPr date1904 = '1'/>") && since("<workbookPr date1904=\"true\"/>"));
        assert!(!since("<workbookPr date1904=\"0\"/>") && !since("<workbookPr/>"));
        assert!(
            sheet("<mergeCells><mergeCell ref=\"A1:A2\"/>")
                .expect("a sheet")
                .merged
        );
        assert!(!sheet("<sheetData/>").expect("a sheet").merged);
    }
}

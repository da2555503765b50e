//! Rows added to past-visits.csv without touching what stands in it.
//!
//! Responsible for: keeping every byte, and writing the new rows in the file's own columns, delimiter, line ends
//! and encoding. Not responsible for: the disk (`workspace`).

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::aliases::PAST_VISITS;
use super::cells;
use super::delimited;
use super::encoding::decode;
use super::header::Header;
use super::naming::Names;
use crate::domain::Date;

/// A header stands among the first rows.
const HEADER_ROWS: usize = 20;

/// When a point was served.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServedVisit {
    /// Point id.
    pub point: String,
    /// Its county, for tables that have no column for points.
    pub county: String,
    /// The last day there.
    pub date: Date,
}

/// The file with the visits it does not have yet; `None` = it has them all. No file begins a new one.
///
/// # Errors
/// Why rows cannot be added: the encoding cannot be written, or the columns are not known.
pub fn append_past_visits(
    bytes: Option<&[u8]>,
    own_headers: &BTreeMap<String, Vec<String>>,
    visits: &[ServedVisit],
) -> Result<Option<Vec<u8>>, &'static str> {
    let fresh = "\u{feff}point,date\r\n".as_bytes();
    let old = bytes.filter(|bytes| !bytes.is_empty()).unwrap_or(fresh);
    let decoded = decode(old, None);
    let text: &str = &decoded.text;
    let names = Names::of(&PAST_VISITS, own_headers);
    let (delimiter, from) = delimited::stated_delimiter(text)
        .unwrap_or_else(|| (delimited::sniff(text, &|cells| names.score(cells)), 0));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.get(from..).unwrap_or_default().as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .flatten()
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect();
    let head = rows
        .iter()
        .take(HEADER_ROWS)
        .position(|row| names.is_complete(&row.iter().map(String::as_str).collect::<Vec<_>>()));
    let head = head.ok_or("header")?;
    let cells: Vec<&str> = rows
        .get(head)
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let header = Header::read(&names, "".into(), "".into(), 1, &cells);
    let at = |key: &str| header.cells_of(key).first().copied();
    let date_at = at("date").ok_or("date")?;
    let (place_at, by_point) = match (at("point"), at("county")) {
        (Some(at), _) => (at, true),
        (None, Some(at)) => (at, false),
        (None, None) => return Err("point"),
    };
    let place = |visit: &ServedVisit| {
        if by_point {
            visit.point.clone()
        } else {
            visit.county.clone()
        }
    };
    let known = |visit: &&ServedVisit| {
        rows.iter().skip(head + 1).any(|row| {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
            cell(place_at) == place(visit)
                && cells::date::read(cell(date_at)).into_value() == Some(visit.date)
        })
    };
    let new: Vec<&ServedVisit> = visits.iter().filter(|visit| !known(visit)).collect();
    if new.is_empty() {
        return Ok(None);
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(line_end(text))
        .from_writer(Vec::new());
    for visit in new {
        let mut row = vec![String::new(); cells.len()];
        for (at, cell) in [(place_at, place(visit)), (date_at, visit.date.to_string())] {
            if let Some(slot) = row.get_mut(at) {
                *slot = cell;
            }
        }
        writer.write_record(&row).map_err(|_| "CSV")?;
    }
    let added = writer.into_inner().map_err(|_| "CSV")?;
    let mut added = String::from_utf8(added).map_err(|_| "CSV")?;
    if !text.is_empty() && !text.ends_with(['\n', '\r']) {
        let end = match line_end(text) {
            csv::Terminator::CRLF => "\r\n",
            _ => "\n",
        };
        added.insert_str(0, end);
    }
    let encoding = Encoding::for_label(decoded.encoding.as_bytes()).ok_or("encoding")?;
    if encoding.output_encoding() != encoding || decoded.damaged > 0 {
        return Err(decoded.encoding);
    }
    let (encoded, _, lossy) = encoding.encode(&added);
    if lossy {
        return Err(decoded.encoding);
    }
    Ok(Some([old, &encoded].concat()))
}

fn line_end(text: &str) -> csv::Terminator {
    if text.contains("\r\n") {
        csv::Terminator::CRLF
    } else {
        csv::Terminator::Any(b'\n')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(point: &str, day: u32) -> ServedVisit {
        ServedVisit {
            point: point.into(),
            county: "浏阳市".into(),
            date: Date::new(2026, 12, day).expect("a test date"),
        }
    }

    fn append(bytes: Option<&[u8]>, visits: &[ServedVisit]) -> Option<Vec<u8>> {
        append_past_visits(bytes, &BTreeMap::new(), visits).expect("can be added to")
    }

    #[test]
    fn every_byte_stays_and_the_new_row_has_the_files_own_columns_and_line_ends() {
        let old = "日期;备注;服务点\n2026/8/12;\"雨；;\";P05";
        let new = append(Some(old.as_bytes()), &[visit("P05", 11)]).expect("one more row");
        let text = String::from_utf8(new).expect("text");
        assert_eq!(text, format!("{old}\n2026-12-11;;P05\n"));
    }

    #[test]
    fn an_old_chinese_encoding_is_kept() {
        let (old, ..) = encoding_rs::GB18030.encode("县区,服务日期\r\n宁乡市,2026-08-12\r\n");
        let new = append(Some(&old), &[visit("P05", 11)]).expect("one more row");
        assert!(new.starts_with(&old));
        let (text, ..) = encoding_rs::GB18030.decode(&new);
        assert!(text.ends_with("\r\n浏阳市,2026-12-11\r\n"), "{text}");
    }

    #[test]
    fn a_visit_that_stands_there_is_not_written_twice_and_a_new_file_has_a_header() {
        let first = append(None, &[visit("P05", 11)]).expect("a new file");
        assert!(first.starts_with("\u{feff}point,date\r\nP05,2026-12-11\r\n".as_bytes()));
        assert_eq!(append(Some(&first), &[visit("P05", 11)]), None);
        let unknown = append_past_visits(Some(b"a,b\n1,2\n"), &BTreeMap::new(), &[visit("P1", 1)]);
        assert_eq!(unknown, Err("header"));
    }
}

//! JSON that can be read by line: what there are many of stands on a line each.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Values so deep stand on lines of their own: the file's own keys, and what is in their lists.
const LINES: usize = 2;

/// A value as JSON with a line for each of its keys and a line for each entry of theirs.
pub(super) fn json(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(
        &mut bytes,
        Lines::default(),
    ))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What stands before an entry of a list of the file's own.
const ENTRY: &[u8] = b"\n  ";

/// Entries of such a list as they stand in it, without the list's signs.
pub(in crate::plan) fn entries(some: &[impl Serialize]) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for (at, one) in some.iter().enumerate() {
        if at > 0 {
            bytes.push(b',');
        }
        bytes.extend_from_slice(ENTRY);
        serde_json::to_writer(&mut bytes, one)?;
    }
    Ok(bytes)
}

/// The same without the breaks between them, part by part.
pub(in crate::plan) fn without_breaks(entries: &[u8]) -> impl Iterator<Item = &[u8]> {
    // A break inside a value is written as `\n`.
    let lines = entries.split(|byte| *byte == b'\n').skip(1);
    lines.map(|line| line.get(ENTRY.len() - 1..).unwrap_or_default())
}

/// What stands before and behind the entries of the list `key`, of a value in which it is empty.
pub(super) fn around(value: &impl Serialize, key: &str) -> serde_json::Result<(Vec<u8>, Vec<u8>)> {
    let mut before = json(value)?;
    let list = format!("\n \"{key}\":[");
    let found = memchr::memmem::find(&before, format!("{list}]").as_bytes());
    let at = found.map_or(before.len(), |at| at + list.len());
    let behind = before.split_off(at);
    Ok((before, behind))
}

/// The break before the end of a list with entries.
pub(super) const LIST_END: &[u8] = b"\n ";

/// Breaks lines down to a depth of [`LINES`].
#[derive(Default)]
struct Lines {
    depth: usize,
    /// Something stands in the innermost list or object already.
    is_filled: bool,
}

impl Lines {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        writer.write_all(sign)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        let was_filled = std::mem::replace(&mut self.is_filled, true);
        self.depth -= 1;
        if was_filled && self.depth < LINES {
            self.new_line(writer)?;
        }
        writer.write_all(sign)
    }

    fn entry<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.is_filled = true;
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= LINES {
            self.new_line(writer)?;
        }
        Ok(())
    }

    fn new_line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b" "))
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.entry(writer, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.entry(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        CompactFormatter.begin_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json as value};

    use super::*;

    #[test]
    fn a_list_put_in_piece_by_piece_stands_there_as_if_written_at_once() {
        let vehicles: Vec<Value> = (0..5)
            .map(|n| value!({ "id": format!("V\n{n}"), "items": [n, { "p": 0.5 }] }))
            .collect();
        let plan = |vehicles: &[Value]| value!({ "id": "\n \"vehicles\":[]", "vehicles": vehicles, "calls": [1] });
        let (before, behind) = around(&plan(&[]), "vehicles").expect("written");
        let pieces: Vec<Vec<u8>> = vehicles
            .chunks(2)
            .map(|some| entries(some).expect("written"))
            .collect();
        let whole = [&before, &pieces.join(&b','), LIST_END, &behind].concat();
        assert_eq!(whole, json(&plan(&vehicles)).expect("written"));
        let compact: Vec<u8> = without_breaks(&pieces.join(&b','))
            .flatten()
            .copied()
            .collect();
        let list = serde_json::to_vec(&vehicles).expect("written");
        assert_eq!(compact, list[1..list.len() - 1]);
    }

    #[test]
    fn each_vehicle_is_one_line_and_reads_back_as_it_was() {
        let plan = value!({
            "id": "a1", "none": [], "no_key": {}, "settings": { "a": { "b": [1, 2] }, "c": null },
            "vehicles": [{ "id": "V1", "items": [{ "p": 0.5 }, { "p": 0.25 }] }, { "id": "V2", "items": [] }],
        });
        let bytes = json(&plan).expect("written");
        let text = String::from_utf8(bytes).expect("text");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), plan);
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines.contains(&r#"  {"id":"V1","items":[{"p":0.5},{"p":0.25}]},"#),
            "{text}"
        );
        assert!(
            lines.contains(&r#"  "a":{"b":[1,2]},"#) && lines.contains(&r#" "none":[],"#),
            "{text}"
        );
        assert_eq!(lines.len(), 13, "{text}");
    }
}

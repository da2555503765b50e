//! How long the texts are that cells of an .xls workbook share.
//!
//! Responsible for: their lengths, read as calamine reads them, before each cell is given a copy of its own.
//! Not responsible for: the texts.

use super::super::sheets::WorkbookError;
use super::{Records, records, u16_at, u32_at};

/// Most pieces of the shared texts: a sound one has 8 KB, and calamine's time grows with their number squared.
const MAX_PIECES: usize = 1 << 14;

/// Characters of each shared text of a workbook.
pub(super) fn lengths(stream: &[u8]) -> Result<Vec<u32>, WorkbookError> {
    let mut read = Vec::new();
    let mut globals = true;
    let mut records = Records(stream).peekable();
    while let Some((kind, data)) = records.next() {
        globals &= kind != records::END;
        let mut pieces = vec![data];
        while let Some((_, more)) = records.next_if(|(kind, _)| *kind == records::CONTINUE) {
            pieces.push(more);
        }
        if pieces.len() > MAX_PIECES {
            let limit = MAX_PIECES as u64;
            return Err(WorkbookError::TooLarge("pieces of a record", limit));
        }
        if globals && kind == records::SHARED_TEXTS {
            let damaged = || WorkbookError::Damaged("the shared texts cannot be read".into());
            read = Texts::new(pieces)
                .and_then(Texts::lengths)
                .ok_or_else(damaged)?;
        }
    }
    Ok(read)
}

/// A record and those that continue it.
struct Texts<'s> {
    data: &'s [u8],
    /// The pieces behind it.
    pieces: std::vec::IntoIter<&'s [u8]>,
}

impl<'s> Texts<'s> {
    fn new(pieces: Vec<&'s [u8]>) -> Option<Self> {
        let mut pieces = pieces.into_iter();
        // Two counts, which need not be true.
        let data = pieces.next()?.get(8..)?;
        Some(Self { data, pieces })
    }

    fn lengths(mut self) -> Option<Vec<u32>> {
        let mut lengths = Vec::new();
        while !self.data.is_empty() || self.turn().is_some() {
            lengths.push(if self.data.is_empty() {
                0
            } else {
                self.text()?
            });
        }
        Some(lengths)
    }

    /// The next piece.
    fn turn(&mut self) -> Option<()> {
        self.data = self.pieces.next()?;
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'s [u8]> {
        let (taken, rest) = self.data.split_at_checked(count)?;
        self.data = rest;
        Some(taken)
    }

    /// Passes a text; its characters.
    fn text(&mut self) -> Option<u32> {
        let head = self.take(3)?;
        let (characters, flags) = (u16_at(head, 0), head.get(2)?);
        let runs = if flags & 8 == 0 {
            0
        } else {
            u16_at(self.take(2)?, 0)
        };
        let extension = if flags & 4 == 0 {
            0
        } else {
            u64::from(u32_at(self.take(4)?, 0))
        };
        let mut left = usize::try_from(characters).ok()?;
        let mut width = 1 + usize::from(flags & 1);
        loop {
            let here = left.min(self.data.len() / width);
            self.take(here * width)?;
            left -= here;
            if left == 0 {
                break;
            }
            self.turn()?;
            width = 1 + usize::from(self.take(1)?.first()? & 1);
        }
        let mut left = usize::try_from(runs * 4 + extension).ok()?;
        while left > 0 {
            if self.data.is_empty() {
                self.turn()?;
            }
            let here = left.min(self.data.len());
            self.take(here)?;
            left -= here;
        }
        u32::try_from(characters).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::compound::workbook_stream;
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn texts_are_passed_with_their_formats_and_over_several_records() {
        let rich = [&[3, 0, 8, 1, 0][..], b"abc", &[0; 4]].concat();
        let extended = [&[2, 0, 5, 6, 0, 0, 0][..], &[0; 4], &[0; 6]].concat();
        let begun = [&[4, 0, 0][..], b"ab"].concat();
        let ended = [&[1][..], &[0; 4], &[1, 0, 0], b"z"].concat();
        let first = [&[0; 8][..], &rich, &extended, &begun].concat();
        let stream = [
            record(0x00FC, &first),
            record(0x003C, &ended),
            record(0x003C, &[]),
            record(0x000A, &[]),
            record(0x00FC, &[0; 8]),
        ]
        .concat();
        assert_eq!(lengths(&stream).expect("texts"), [3, 2, 4, 1, 0]);
        let cut = record(0x00FC, &[&[0; 8][..], &[9, 0, 0, b'a']].concat());
        assert!(matches!(lengths(&cut), Err(WorkbookError::Damaged(_))));
    }

    #[test]
    fn those_of_a_real_workbook_are_read() {
        let stream = workbook_stream(include_bytes!("../tests/excel-97.xls")).expect("a stream");
        let lengths = lengths(&stream).expect("texts");
        assert!(!lengths.is_empty() && lengths.iter().all(|length| *length < 100));
    }

    #[test]
    fn a_record_in_very_many_pieces_is_refused() {
        let pieces = [record(0x00FC, &[0; 8]), record(0x003C, &[]).repeat(20_000)].concat();
        assert!(matches!(lengths(&pieces), Err(WorkbookError::TooLarge(..))));
    }
}

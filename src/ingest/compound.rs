//! The compound file an .xls workbook lies in: its workbook's bytes in order.
//!
//! Responsible for: following the chains of sectors, within the file's own size. Not responsible for:
//! what the bytes mean (`legacy`).

/// Sector numbers from here on mean something else than a sector.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
/// Shorter streams lie in the small sectors of the root entry's stream.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;
/// Where the header's list of the table's own sectors begins and ends.
const TABLE_LIST: std::ops::Range<usize> = 76..512;

/// The workbook's stream; `None` where this is no sound compound file with one.
pub(super) fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
    let named = |name: &str| {
        let entries = directory.chunks_exact(ENTRY);
        entries.into_iter().find(|entry| has_name(entry, name))
    };
    let entry = named("workbook").or_else(|| named("book"))?;
    let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    let stream = if length < SMALL_STREAM {
        let root = directory.get(..ENTRY)?;
        let small = file.chain(u32_at(root, 116)?, u32_at(root, 120)? as usize)?;
        let table = numbers(&file.chain(u32_at(bytes, 60)?, usize::MAX)?);
        follow(start, &table, length, |sector| {
            let at = sector as usize * SMALL_SECTOR;
            small.get(at..small.len().min(at + SMALL_SECTOR))
        })?
    } else {
        file.chain(start, length)?
    };
    Some(stream)
}

struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// The next sector of each.
    table: Vec<u32>,
}

impl<'b> Compound<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
        };
        let mut list = numbers(bytes.get(TABLE_LIST)?);
        let mut next = u32_at(bytes, 68)?;
        // A list longer than the file goes round in circles.
        for _ in 0..bytes.len() / sector {
            let Some(more) = file.at(next).filter(|_| next < NO_SECTOR) else {
                break;
            };
            list.extend(numbers(more));
            next = list.pop()?;
        }
        let most = bytes.len() / sector + 1;
        let sectors = list.into_iter().filter(|sector| *sector < NO_SECTOR);
        for sector in sectors.take(most) {
            file.table.extend(numbers(file.at(sector)?));
        }
        Some(file)
    }

    fn at(&self, sector: u32) -> Option<&'b [u8]> {
        let begin = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = self.bytes.len().min(begin.checked_add(self.sector)?);
        self.bytes.get(begin..end).filter(|bytes| !bytes.is_empty())
    }

    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        follow(start, &self.table, length, |sector| self.at(sector))
    }
}

/// The sectors of a chain one after another, `length` bytes at most.
fn follow<'s>(
    start: u32,
    table: &[u32],
    length: usize,
    at: impl Fn(u32) -> Option<&'s [u8]>,
) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let mut sector = start;
    for _ in 0..=table.len() {
        if sector >= NO_SECTOR || stream.len() >= length {
            stream.truncate(length);
            return Some(stream);
        }
        stream.extend_from_slice(at(sector)?);
        sector = table.get(sector as usize).copied()?;
    }
    None
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let words = bytes.chunks_exact(4);
    words.filter_map(|word| u32_at(word, 0)).collect()
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(word.try_into().ok()?))
}

fn has_name(entry: &[u8], name: &str) -> bool {
    let units = entry.chunks_exact(2).take(32);
    let units = units.filter_map(|unit| Some(u16::from_le_bytes(unit.try_into().ok()?)));
    let written: String = units
        .take_while(|unit| *unit != 0)
        .filter_map(|unit| char::from_u32(u32::from(unit)))
        .collect();
    written.eq_ignore_ascii_case(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_workbook_and_survives_damage() {
        let bytes = include_bytes!("tests/excel-97.xls");
        let stream = workbook_stream(bytes).expect("a workbook");
        assert_eq!(
            stream.get(..2),
            Some(&[0x09, 0x08][..]),
            "it begins with a beginning"
        );
        for cut in (0..bytes.len()).step_by(97) {
            let _ = workbook_stream(bytes.get(..cut).expect("a piece"));
            let mut circle = bytes.to_vec();
            if let Some(byte) = circle.get_mut(cut) {
                *byte = 0;
            }
            let _ = workbook_stream(&circle);
        }
    }
}

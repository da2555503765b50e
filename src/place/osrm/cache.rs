//! What servers said, as a table kept in the workspace: read whole or not at all.
//!
//! Columns `what,server,from,to,metres,seconds`; `what` is `drive` (no metres = no road), `snap` (metres to
//! the next road; none = no road near) or, last, `end` with the number of rows, so that a file cut off or
//! edited is not trusted.

use std::collections::BTreeMap;

use super::{Road, Roads, Spot};

const HEADER: [&str; 6] = ["what", "server", "from", "to", "metres", "seconds"];

/// Answers by server and profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cache {
    by_server: BTreeMap<String, Roads>,
}

impl Cache {
    /// Reads it back.
    ///
    /// # Errors
    /// The line (1-based) that cannot be what was written.
    pub fn read(bytes: &[u8]) -> Result<Self, u64> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        let mut cache = Self::default();
        let (mut line, mut ended) = (0_u64, false);
        for row in reader.records() {
            line += 1;
            let row = row.map_err(|_| line)?;
            let cells: Vec<&str> = row.iter().collect();
            let cells: [&str; 6] = cells.try_into().map_err(|_| line)?;
            let counted = line.saturating_sub(2).to_string();
            let read = match cells {
                header if line == 1 => (header == HEADER).then_some(()),
                _ if ended => None,
                ["end", "", "", "", rows, ""] => {
                    ended = true;
                    (rows == counted).then_some(())
                }
                cells => cache.row(&cells),
            };
            read.ok_or(line)?;
        }
        if ended { Ok(cache) } else { Err(line.max(1)) }
    }

    fn row(&mut self, cells: &[&str; 6]) -> Option<()> {
        let [what, server, from, to, metres, seconds] = cells;
        let number = |text: &str| -> Option<Option<u32>> {
            if text.is_empty() {
                return Some(None);
            }
            text.parse().ok().map(Some)
        };
        let (metres, seconds) = (number(metres)?, number(seconds)?);
        let from = Spot::parse(from)?;
        let roads = self.by_server.entry((*server).to_owned()).or_default();
        match (*what, *to, metres, seconds) {
            ("snap", "", metres, None) => {
                roads.snaps.insert(from, metres);
            }
            ("drive", to, metres, seconds) if metres.is_some() == seconds.is_some() => {
                let road = metres.zip(seconds);
                let road = road.map(|(metres, seconds)| Road { metres, seconds });
                roads.drives.insert((from, Spot::parse(to)?), road);
            }
            _ => return None,
        }
        Some(())
    }

    /// The file's bytes.
    pub fn written(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let text = |number: Option<u32>| number.map_or_else(String::new, |one| one.to_string());
        let mut rows = 0_u64;
        // A Vec takes every byte: there is nothing to go wrong.
        let mut write = |cells: [&str; 6]| {
            let _ = writer.write_record(cells);
        };
        write(HEADER);
        for (server, roads) in &self.by_server {
            for (spot, metres) in &roads.snaps {
                write(["snap", server, &spot.to_string(), "", &text(*metres), ""]);
                rows += 1;
            }
            for ((from, to), road) in &roads.drives {
                let metres = text(road.map(|road| road.metres));
                let seconds = text(road.map(|road| road.seconds));
                let (from, to) = (from.to_string(), to.to_string());
                write(["drive", server, &from, &to, &metres, &seconds]);
                rows += 1;
            }
        }
        write(["end", "", "", "", &rows.to_string(), ""]);
        writer.into_inner().unwrap_or_default()
    }

    /// What a server's service said so far.
    pub fn roads(&mut self, server: &str) -> &mut Roads {
        self.by_server.entry(server.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LonLat;

    fn some() -> Cache {
        let spot = |lon| Spot::of(LonLat { lon, lat: 28.2 });
        let mut cache = Cache::default();
        let roads = cache.roads("http://127.0.0.1:5000/table/v1/driving");
        let road = Road {
            metres: 54_506,
            seconds: 2469,
        };
        roads.drives.insert((spot(112.9), spot(112.5)), Some(road));
        roads.drives.insert((spot(112.5), spot(112.9)), None);
        roads.snaps.insert(spot(112.9), Some(133));
        roads.snaps.insert(spot(113.7), None);
        cache
    }

    #[test]
    fn what_was_written_is_read_back() {
        assert_eq!(Cache::read(&some().written()), Ok(some()));
        let none = Cache::default();
        assert_eq!(Cache::read(&none.written()), Ok(none));
    }

    #[test]
    fn a_file_cut_off_anywhere_is_not_trusted() {
        let whole = some().written();
        // The last byte is only the line's end.
        for length in 0..whole.len() - 1 {
            assert!(Cache::read(&whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_line_that_was_changed_is_named() {
        let whole = String::from_utf8(some().written()).expect("text");
        assert_eq!(Cache::read(whole.replace("133", "far").as_bytes()), Err(2));
        assert_eq!(Cache::read(whole.replace("2469", "").as_bytes()), Err(5));
        let less: Vec<&str> = whole
            .lines()
            .filter(|line| !line.contains("113.7"))
            .collect();
        assert_eq!(Cache::read(less.join("\n").as_bytes()), Err(5));
    }
}

//! Every reader on the seeds of `fuzz/` and on what chance makes of them: a short share of the fuzzing, by the same
//! functions, without its compiler. `TOURPLAN_FUZZ=N` takes N variants of each seed.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "a crate of its own for the fuzzer")]
mod readers;

/// Variants of each seed in an ordinary run.
const SHARE: u64 = 40;
/// A reading that takes longer hangs, also where other programs use the machine.
const LONGEST: Duration = Duration::from_secs(10);
/// What breaks readers more often than chance finds it.
const WORDS: [&[u8]; 28] = [
    b"1e308",
    b"-1e308",
    b"1e999",
    b"NaN",
    b"-inf",
    b"-1",
    b"18446744073709551616",
    b"4294967296",
    b"0001-01-01",
    b"9999-12-31",
    b"1900-02-29",
    b"null",
    b"[]",
    b"{}",
    b"\"",
    b"\r\n",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"../../x",
    b"CON",
    b"=1+1",
    b"<td colspan=999999999>",
    b"<Row ss:Index=\"2147483647\">",
    b"r=\"XFD1048576\"",
    b"<!--",
    b"\xf0\x9f\x9a\x90",
];

/// A generator that gives the same numbers everywhere (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(bytes.len() + 1);
        let end = (at + self.below(40)).min(bytes.len());
        match self.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece.repeat(1 + self.below(20)));
            }
            3 => bytes.truncate(at),
            4 => {
                let from = self.below(other.len());
                let to = (from + self.below(200)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            5 => {
                // A whole value: up to the next comma, quote, bracket or end of line.
                let ends = |byte: &u8| b",\"}]\n<".contains(byte);
                let length = bytes[at..].iter().position(ends).unwrap_or(0);
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(at..at + length, word.iter().copied());
            }
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
        }
    }
}

fn variants() -> u64 {
    let asked = std::env::var("TOURPLAN_FUZZ").ok();
    asked.map_or(SHARE, |asked| {
        asked.parse().expect("TOURPLAN_FUZZ is a number")
    })
}

fn read_all(only: &[&str]) {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for (name, read) in readers::READERS
        .iter()
        .filter(|(name, _)| only.contains(name))
    {
        let mut paths: Vec<_> = fs::read_dir(seeds.join(name))
            .expect("seeds")
            .map(|entry| entry.expect("a seed").path())
            .collect();
        paths.sort();
        assert!(!paths.is_empty(), "{name} has no seeds");
        let all: Vec<Vec<u8>> = paths
            .iter()
            .map(|path| fs::read(path).expect("a seed"))
            .collect();
        for (index, seed) in all.iter().enumerate() {
            read(seed);
            for variant in 1..=variants() {
                let mut chance = Chance(variant.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
                let mut bytes = seed.clone();
                for _ in 0..=chance.below(4) {
                    let other = &all[chance.below(all.len())];
                    chance.change(&mut bytes, other);
                }
                let started = Instant::now();
                let done = std::panic::catch_unwind(|| read(&bytes));
                let took = started.elapsed();
                let which = format!("{} variant {variant}", paths[index].display());
                if done.is_err() || took > LONGEST {
                    let kept =
                        std::env::temp_dir().join(format!("tourplan-hostile-{name}-{variant}"));
                    fs::write(&kept, &bytes).expect("kept");
                    panic!("{which}: {took:?}, kept as {}", kept.display());
                }
            }
        }
    }
}

#[test]
fn tables_of_chance_are_read_or_refused_with_a_reason() {
    read_all(&["csv", "html", "xlsx", "xls", "sheets"]);
}

#[test]
fn settings_journals_problems_and_plans_of_chance_are_read_or_refused_with_a_reason() {
    read_all(&["settings", "journal", "problem", "plan"]);
}

/// Else chance would only ever make files that are none.
#[test]
fn records_of_an_old_workbook_are_read_through_the_file_put_round_them() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/xls");
    let records = fs::read(seeds.join("records")).expect("a seed");
    let read = readers::vehicles_of_records(&records);
    assert_eq!(read, 4, "its rows");
}

//! The dictionary of all names of all levels, searched at every character of an address.
//!
//! Responsible for: which names begin at a position. Not responsible for: which of them is meant.
//!
//! The names stand sorted; a table on the first two characters gives the stretch to search,
//! and each further character narrows it. That needs no automaton to be built at start-up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::adcode::Adcode;
use super::collect::NamedEntries;
use super::gazetteer::Gazetteer;
use super::names::typed_suffixes;
use super::normalise::Plain;
use super::wording::{begins_with, can_begin_suffix};
use crate::domain::geo::PlaceLevel;

/// How a name stands for its division, from the surest to the least sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// The present official name.
    Full,
    /// A former official name, or the present one under a former city.
    Former,
    /// A short name with a suffix of its level that is not the official one (江华县, 宁乡县).
    Variant,
    /// The name without suffix.
    Short,
    /// A former name without suffix.
    FormerShort,
    /// A development zone.
    Zone,
}

/// One meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The code under which the name is found inside its parent; for a former name the old code.
    pub(crate) context: Adcode,
    /// The present division.
    pub(crate) code: Adcode,
    pub(crate) level: PlaceLevel,
    pub(crate) form: Form,
    /// A former name that was in use until a few years ago: as likely as a present one.
    pub(crate) recent: bool,
    /// Index of the village or former township, `u32::MAX` for a division.
    pub(crate) spot: u32,
}

/// A township name with more bearers than this says nothing when it stands alone.
const MOST_BEARERS: usize = 12;
/// So few names are compared one by one.
const FEW_NAMES: usize = 6;
pub(crate) const NO_SPOT: u32 = u32::MAX;

/// A name found in an address: characters `start..end`, meanings `entries`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit<'i> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// All meanings, sorted by `context`.
    pub(crate) entries: &'i [Entry],
    /// The few of them that may begin a chain: a short township name can have hundreds.
    pub(crate) starters: &'i [Entry],
    /// Set when a suffix of this level was typed behind a short name.
    pub(crate) suffixed: Option<PlaceLevel>,
}

/// All names.
#[derive(Debug)]
pub(crate) struct NameIndex {
    names: Vec<Name>,
    entries: Vec<Entry>,
    starts: Starts,
}

/// First two characters → stretch of `names`.
type Starts = HashMap<u64, (u32, u32), BuildHasherDefault<PairHasher>>;

/// Spreads a pair of characters by one multiplication: the table is asked at every character of
/// every address, and nobody outside chooses its keys.
#[derive(Debug, Default)]
struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(self.0 ^ u64::from(*byte));
        }
    }

    fn write_u64(&mut self, pair: u64) {
        let product = pair.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The table takes its slot from the low bits, where a product is mixed least.
        self.0 = product ^ (product >> 32);
    }
}

fn pair(first: char, second: char) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))
}

#[derive(Debug)]
struct Name {
    chars: Box<[char]>,
    /// Where its meanings stand in `entries`, and how many of those copied behind them may begin
    /// a chain.
    first_entry: u32,
    entry_count: u32,
    starter_count: u32,
    /// Levels on which this is a short name, so that a typed suffix may follow.
    short_levels: u8,
}

impl NameIndex {
    pub(crate) fn new(gazetteer: &Gazetteer) -> Self {
        let mut index = Self {
            names: Vec::new(),
            entries: Vec::new(),
            starts: Starts::default(),
        };
        let named = NamedEntries::of(gazetteer).sorted();
        for bearers in named.chunk_by(|a, b| a.0 == b.0) {
            let Some((chars, _)) = bearers.first() else {
                continue;
            };
            let mut meanings: Vec<Entry> = bearers.iter().map(|(_, entry)| *entry).collect();
            meanings.dedup_by_key(|entry| (entry.context, entry.code, entry.level, entry.spot));
            index.push(chars, &meanings);
        }
        index
    }

    /// Appends the names that begin at `at`, longest first.
    pub(crate) fn hits_at<'i>(&'i self, plain: &Plain, at: usize, hits: &mut Vec<Hit<'i>>) {
        let rest = plain.rest(at);
        let &[first, second, ..] = rest else { return };
        let Some(&(low, high)) = self.starts.get(&pair(first, second)) else {
            return;
        };
        let before = hits.len();
        let mut stretch = self
            .names
            .get(low as usize..high as usize)
            .unwrap_or_default();
        let mut depth = 2;
        while stretch.len() > FEW_NAMES {
            if let Some(name) = stretch.first().filter(|name| name.chars.len() == depth) {
                self.push_hits(name, rest, at, hits);
                stretch = stretch.get(1..).unwrap_or_default();
            }
            let next = rest.get(depth);
            let from = stretch.partition_point(|name| name.chars.get(depth) < next);
            let to = stretch.partition_point(|name| name.chars.get(depth) <= next);
            stretch = stretch
                .get(from..to)
                .filter(|_| next.is_some())
                .unwrap_or_default();
            depth += 1;
        }
        for name in stretch.iter().filter(|name| rest.starts_with(&name.chars)) {
            self.push_hits(name, rest, at, hits);
        }
        if let Some(new) = hits.get_mut(before..).filter(|new| new.len() > 1) {
            new.sort_by(|a, b| b.end.cmp(&a.end).then(a.suffixed.cmp(&b.suffixed)));
        }
    }

    fn push_hits<'i>(&'i self, name: &Name, rest: &[char], at: usize, hits: &mut Vec<Hit<'i>>) {
        let first = name.first_entry as usize;
        let middle = first + name.entry_count as usize;
        let entries = self.entries.get(first..middle).unwrap_or_default();
        let last = middle + name.starter_count as usize;
        let starters = self.entries.get(middle..last).unwrap_or_default();
        let end = at + name.chars.len();
        hits.push(Hit {
            start: at,
            end,
            entries,
            starters,
            suffixed: None,
        });
        let tail = rest.get(name.chars.len()..).unwrap_or_default();
        if name.short_levels == 0 || !tail.first().is_some_and(|c| can_begin_suffix(*c)) {
            return;
        }
        for level in [
            PlaceLevel::Township,
            PlaceLevel::County,
            PlaceLevel::City,
            PlaceLevel::Province,
        ] {
            if name.short_levels & level_bit(level) == 0 {
                continue;
            }
            let typed = typed_suffixes(level)
                .iter()
                .find(|suffix| begins_with(tail, suffix));
            if let Some(suffix) = typed {
                let end = end + suffix.chars().count();
                hits.push(Hit {
                    start: at,
                    end,
                    entries,
                    starters,
                    suffixed: Some(level),
                });
            }
        }
    }
}

fn level_bit(level: PlaceLevel) -> u8 {
    1 << (level as u8)
}

impl NameIndex {
    fn push(&mut self, chars: &[char], meanings: &[Entry]) {
        let shorts = meanings.iter().filter(|entry| entry.form == Form::Short);
        let short_levels = shorts.fold(0, |bits, entry| bits | level_bit(entry.level));
        let at = self.names.len() as u32;
        if let &[first, second, ..] = chars {
            self.starts.entry(pair(first, second)).or_insert((at, at)).1 = at + 1;
        }
        let starters = starters(meanings);
        self.names.push(Name {
            chars: chars.into(),
            first_entry: self.entries.len() as u32,
            entry_count: meanings.len() as u32,
            starter_count: starters.len() as u32,
            short_levels,
        });
        self.entries.extend_from_slice(meanings);
        self.entries.extend(starters);
    }
}

/// The meanings that may begin a chain: counties and larger, and a township's full name unless
/// too many bear it.
fn starters(meanings: &[Entry]) -> Vec<Entry> {
    let full_town =
        |entry: &&Entry| entry.level == PlaceLevel::Township && entry.form == Form::Full;
    let rare = meanings.iter().filter(full_town).count() <= MOST_BEARERS;
    let division = |entry: &&Entry| {
        entry.level >= PlaceLevel::County && !matches!(entry.form, Form::FormerShort | Form::Zone)
    };
    meanings
        .iter()
        .filter(|entry| division(entry) || (rare && full_town(entry)))
        .copied()
        .collect()
}

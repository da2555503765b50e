//! One row of a filled sheet: its cells as values, and what could not be understood.
//!
//! Responsible for: reading every cell leniently, leaving out the one that cannot be read with a finding that
//! names it, bounding what a cell may hold. Values that may be a number to dial are not repeated.

use crate::domain::{Date, Fen, FilledAt};
use crate::findings::Finding;
use crate::ingest::cells::{half_width, mileage, number};
use crate::ingest::record::{Record, shortened};

use super::codes::{Booked, Lookup, bare_vehicle};
use super::lists::{self, LONGEST_LIST, Piece};
use super::when::{self, When};
use super::words::{Asks, yes_or_no};

/// Longest text kept of a cell, characters.
const LONGEST_TEXT: usize = 2_000;
/// Longest word that can be a date, a number or a choice; nothing longer is looked at.
const LONGEST_WORD: usize = 100;
/// No job and no order comes near it.
const MOST_YUAN: f64 = 10_000_000.0;
/// Nobody works longer on one vehicle in a month.
const MOST_HOURS: f64 = 500.0;
/// No job takes more of a part.
const MOST_PIECES: u32 = 1_000;
/// From this many digits on a word may be a number to dial.
const DIGITS_TO_DIAL: usize = 7;

/// A row with what its words can stand for.
pub(super) struct Line<'r, 'a> {
    pub(super) record: &'r mut Record<'a>,
    pub(super) lookup: &'r Lookup<'r>,
}

impl<'r> Line<'r, '_> {
    /// Where it stands.
    pub(super) fn at(&self) -> FilledAt {
        let spot = self.record.row_spot();
        FilledAt {
            file: spot.file,
            sheet: spot.sheet,
            line: spot.line,
        }
    }

    /// Whether anything stands in one of these columns.
    pub(super) fn any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| !self.as_written(key).is_empty())
    }

    /// A column's first filled cell, also where it is a word for nothing: `无` is an answer to some questions.
    fn as_written(&self, key: &str) -> &str {
        let cells = self.record.header.cells_of(key).iter();
        let mut texts = cells.map(|at| {
            self.record
                .row
                .cells
                .get(*at)
                .map_or("", |cell| cell.trim())
        });
        texts.find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// A short word of a column; empty where there is none. Nothing written by hand is longer.
    pub(super) fn word(&mut self, key: &str, code: &str) -> String {
        let text = self.record.raw(key);
        if text.chars().nth(LONGEST_WORD).is_some() {
            self.tell(code, key, text.to_owned());
            return String::new();
        }
        text.to_owned()
    }

    /// A finding about a cell.
    pub(super) fn tell(&mut self, code: &str, key: &str, value: impl Into<String>) {
        let finding = self.about(code, key, &value.into());
        self.record.tell(finding);
    }

    pub(super) fn about(&self, code: &str, key: &str, value: &str) -> Finding {
        self.record.finding(code, key).value(shown(value))
    }

    /// Free text, as written; without what no page could print, cut where it is endless.
    pub(super) fn text(&mut self, key: &str) -> String {
        let text = self.record.raw(key);
        let kept: String = text
            .chars()
            .filter(|c| !c.is_control() || *c == '\n')
            .take(LONGEST_TEXT)
            .collect();
        if text.chars().nth(LONGEST_TEXT).is_some() {
            let finding = self.record.finding("M056", key).value("");
            self.record.tell(finding.arg("limit", LONGEST_TEXT));
        }
        kept.trim().to_owned()
    }

    /// A day.
    pub(super) fn day(&mut self, key: &str) -> Option<Date> {
        self.moment(key, "M043", when::day_first)?.day
    }

    /// A day, with the time that may follow it.
    pub(super) fn day_and_time(&mut self, key: &str) -> When {
        self.moment(key, "M043", when::day_first)
            .unwrap_or_default()
    }

    /// A time, with the day that may precede it.
    pub(super) fn time(&mut self, key: &str) -> When {
        self.moment(key, "M044", when::time_first)
            .unwrap_or_default()
    }

    fn moment(
        &mut self,
        key: &str,
        code: &str,
        read: fn(&str, crate::domain::Month) -> Option<When>,
    ) -> Option<When> {
        let word = self.word(key, code);
        if word.is_empty() {
            return None;
        }
        let when = read(&word, self.lookup.codes.month);
        if when.is_none() {
            self.tell(code, key, word);
        }
        when
    }

    /// Kilometres.
    pub(super) fn kilometres(&mut self, key: &str) -> Option<f64> {
        let word = self.word(key, "M046");
        self.value(key, "M046", &word, mileage::read(&word).into_value())
    }

    /// Money: `¥432`, `432元`, `1,234.50`.
    pub(super) fn yuan(&mut self, key: &str) -> Option<Fen> {
        let word = self.word(key, "M045");
        let bare = half_width(&word).to_lowercase();
        let strip = [
            "人民币",
            "rmb",
            "约",
            "共",
            "元整",
            "块钱",
            "块",
            "yuan",
            "元",
            "¥",
        ];
        let bare = strip.iter().fold(bare, |text, unit| text.replace(unit, ""));
        let yuan = number::read(bare.trim()).into_value();
        let yuan = yuan.filter(|yuan| (0.0..=MOST_YUAN).contains(yuan));
        self.value(key, "M045", &word, yuan).map(Fen::from_yuan)
    }

    /// Hours: `1.5`, `1.5小时`, `90分钟`, `半小时`.
    pub(super) fn hours(&mut self, key: &str) -> Option<f64> {
        let word = self.word(key, "M049");
        let plain = half_width(&word).to_lowercase().replace(' ', "");
        let hours = match plain.as_str() {
            "半小时" | "半个小时" => Some(0.5),
            other => {
                let minutes = ["分钟", "分", "minutes", "min"]
                    .iter()
                    .find_map(|unit| other.strip_suffix(unit));
                let bare = [
                    "个小时",
                    "小时",
                    "个工时",
                    "工时",
                    "hours",
                    "hour",
                    "hrs",
                    "h",
                ];
                let hours = bare
                    .iter()
                    .find_map(|unit| other.strip_suffix(unit))
                    .unwrap_or(other);
                minutes.map_or_else(
                    || number::read(hours).into_value(),
                    |minutes| number::read(minutes).into_value().map(|m| m / 60.0),
                )
            }
        };
        let hours = hours.filter(|hours| (0.0..=MOST_HOURS).contains(hours));
        self.value(key, "M049", &word, hours)
    }

    /// A count of pieces or days.
    pub(super) fn count(&mut self, key: &str) -> Option<u32> {
        let word = self.word(key, "M049");
        let read =
            number::read(word.trim_end_matches(['只', '套', '桶', '瓶', '片', '日'])).into_value();
        let whole = read.filter(|n| n.fract() == 0.0 && (0.0..=1_000_000.0).contains(n));
        self.value(key, "M049", &word, whole).map(|n| n as u32)
    }

    fn value<T>(&mut self, key: &str, code: &str, word: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !word.is_empty() {
            self.tell(code, key, word);
        }
        value
    }

    /// Yes or no.
    pub(super) fn yes_no(&mut self, key: &str, asks: Asks) -> Option<bool> {
        let word = self.as_written(key).to_owned();
        if word.chars().nth(LONGEST_WORD).is_some() {
            self.tell("M047", key, word);
            return None;
        }
        let read = yes_or_no(&word, asks);
        if read.is_err() {
            self.tell("M047", key, word);
        }
        read.unwrap_or_default()
    }

    /// One of a few words.
    pub(super) fn choice<T>(
        &mut self,
        key: &str,
        read: fn(&str) -> Option<T>,
        allowed: &str,
    ) -> Option<T> {
        let word = self.as_written(key).to_owned();
        if word.is_empty() {
            return None;
        }
        let short = word.chars().nth(LONGEST_WORD).is_none();
        let value = short.then(|| read(&word)).flatten();
        if value.is_none() {
            let finding = self.about("M048", key, &word).arg("allowed", allowed);
            self.record.tell(finding);
        }
        value
    }

    /// The items of a column; words that name none go to `words`, so that they are not lost.
    pub(super) fn items(&mut self, key: &str, words: &mut String) -> Vec<String> {
        let pieces = self.pieces(key, |text, lookup| lists::items(text, &lookup.items), words);
        self.codes(key, "M050", pieces, words)
            .into_iter()
            .map(|(code, _)| code)
            .collect()
    }

    /// The parts of a column with their pieces; likewise.
    pub(super) fn parts(&mut self, key: &str, words: &mut String) -> Vec<(String, u32)> {
        let pieces = self.pieces(key, |text, lookup| lists::parts(text, &lookup.parts), words);
        self.codes(key, "M051", pieces, words)
    }

    fn pieces(
        &mut self,
        key: &str,
        read: fn(&str, &Lookup<'_>) -> Vec<Piece>,
        words: &mut String,
    ) -> Vec<Piece> {
        let text = self.record.raw(key);
        if text.chars().nth(LONGEST_LIST).is_some() {
            let cut: String = text.chars().take(LONGEST_TEXT).collect();
            let finding = self.record.finding("M056", key).value("");
            self.record.tell(finding.arg("limit", LONGEST_TEXT));
            keep(words, &cut);
            return Vec::new();
        }
        read(text, self.lookup)
    }

    fn codes(
        &mut self,
        key: &str,
        unknown: &str,
        pieces: Vec<Piece>,
        words: &mut String,
    ) -> Vec<(String, u32)> {
        let mut codes = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Code(code, count) if count > MOST_PIECES => {
                    self.tell("M049", key, format!("{code}×{count}"));
                }
                Piece::Code(code, count) => codes.push((code, count)),
                Piece::Several(word, candidates) => {
                    let finding = self.about("M052", key, &word);
                    self.record
                        .tell(finding.arg("candidates", candidates.join(", ")));
                    keep(words, &word);
                }
                Piece::NoCount(word) => {
                    self.tell("M049", key, word.as_str());
                    keep(words, &word);
                }
                Piece::Words(word) => {
                    self.tell(unknown, key, word.as_str());
                    keep(words, &word);
                }
            }
        }
        codes
    }

    /// The booking a line is about; says why there is none. `None` = the line is to be set aside.
    pub(super) fn booking(&mut self) -> Option<(&'r str, &'r Booked)> {
        let written = self.word("booking", "M041");
        if written.is_empty() {
            if self
                .as_written("booking")
                .chars()
                .nth(LONGEST_WORD)
                .is_none()
            {
                self.tell("M042", "booking", "");
            }
            return None;
        }
        let Some((key, booked)) = self.lookup.booking(&written) else {
            self.tell("M041", "booking", written);
            return None;
        };
        self.belongs_together(key, booked).then_some((key, booked))
    }

    /// A sheet of which some columns were sorted without the others says one customer's words about
    /// another's vehicle: such a line is worse than none.
    fn belongs_together(&mut self, key: &str, booked: &Booked) -> bool {
        let ids = [bare_vehicle(&booked.vehicle), bare_vehicle(&booked.plate)];
        for column in ["vehicle", "plate"] {
            let printed = bare_vehicle(self.record.raw(column));
            let known = ids.iter().any(|id| !id.is_empty());
            if !printed.is_empty() && known && !ids.contains(&printed) {
                let finding = self.record.finding("M053", column).value(shown(&printed));
                self.record.tell(finding.arg("key", key));
                return false;
            }
        }
        true
    }
}

/// Appends words, so that they stand in the text once.
pub(super) fn keep(words: &mut String, more: &str) {
    if words.contains(more) {
        return;
    }
    if !words.is_empty() {
        words.push('；');
    }
    words.push_str(more);
}

/// A value as a finding may show it: short, and nothing anybody could dial.
pub(super) fn shown(value: &str) -> String {
    let mut run = 0;
    for c in value.chars() {
        if c.is_ascii_digit() {
            run += 1;
        } else if !matches!(c, '-' | ' ') {
            run = 0;
        }
        if run >= DIGITS_TO_DIAL && !value.contains(|c: char| c.is_ascii_alphabetic()) {
            return "***".to_owned();
        }
    }
    shortened(value)
}

//! Which column means what.
//!
//! Responsible for: comparing headers with the alias table whatever their case, width, spaces,
//! stars and brackets; finding the header row below titles; saying what is missing.
//! Not responsible for: the names themselves (`aliases`).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::findings::Finding;

use super::aliases::TableSpec;
use super::grid::letter;

/// A header as it is compared: no case, width, spaces, stars, brackets or punctuation.
pub(crate) fn plain(header: &str) -> String {
    header
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Likewise, without what stands in brackets: 车架号(VIN) is 车架号, 里程(km) is 里程.
fn plain_outside_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let outside: String = header
        .nfkc()
        .filter(|c| {
            match c {
                '(' | '[' | '【' | '{' | '〔' => depth += 1,
                ')' | ']' | '】' | '}' | '〕' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    plain(&outside)
}

/// The names of one table, ready for look-up: plain name → (column, rank; 0 is best).
pub(crate) struct Names {
    spec: &'static TableSpec,
    by_name: HashMap<String, (usize, usize)>,
}

impl Names {
    /// The table's own names and the dealer's (`[columns]`; `key` or `table.key`).
    pub(crate) fn of(spec: &'static TableSpec, own: &BTreeMap<String, Vec<String>>) -> Self {
        let mut by_name = HashMap::new();
        for (index, column) in spec.columns.iter().enumerate() {
            let full = format!("{}.{}", spec.name, column.key);
            for key in [full.as_str(), column.key] {
                for name in own.get(key).into_iter().flatten() {
                    by_name.entry(plain(name)).or_insert((index, 0));
                }
            }
        }
        for (index, column) in spec.columns.iter().enumerate() {
            by_name.entry(plain(column.key)).or_insert((index, 1));
            for (rank, name) in column.names.iter().enumerate() {
                by_name.entry(plain(name)).or_insert((index, rank + 2));
            }
        }
        Self { spec, by_name }
    }

    /// The column a header means, and how good the match is.
    fn find(&self, header: &str) -> Option<(usize, usize)> {
        let exact = self.by_name.get(&plain(header)).copied();
        exact.or_else(|| {
            let outside = plain_outside_brackets(header);
            if outside.is_empty() {
                return None;
            }
            // A match only after dropping something ranks behind every full match.
            self.by_name
                .get(&outside)
                .map(|(column, rank)| (*column, rank + 100))
        })
    }

    /// How many cells of a row are headers of this table.
    pub(crate) fn score(&self, cells: &[&str]) -> usize {
        cells
            .iter()
            .filter(|cell| cell.len() <= 100 && self.find(cell).is_some())
            .count()
    }

    /// Whether a row names every column the table needs.
    pub(crate) fn is_complete(&self, cells: &[&str]) -> bool {
        self.score(cells) > 0 && self.missing(&self.positions(cells)).is_empty()
    }

    /// Two rows read as one header: groups above, names below (`上次保养` over `日期` and `里程`); a group
    /// stands over the columns to its right until the next one. `None` where the lower row is no such row.
    pub(crate) fn joined(&self, upper: &[&str], lower: &[&str]) -> Option<Vec<String>> {
        let cell = |row: &[&str], at: usize| row.get(at).map_or("", |cell| cell.trim()).to_owned();
        let mut joined: Vec<String> = Vec::new();
        let (mut group, mut named, mut other) = (String::new(), 0, 0);
        for at in 0..upper.len().max(lower.len()) {
            let (above, below) = (cell(upper, at), cell(lower, at));
            if !above.is_empty() {
                group.clone_from(&above);
            }
            if below.is_empty() || below == above {
                joined.push(above);
                continue;
            }
            if below.len() > 100 {
                return None;
            }
            let both = format!("{group}{below}");
            if self.find(&both).is_some() {
                named += 1;
                joined.push(both);
            } else if self.find(&below).is_some() {
                named += 1;
                joined.push(below);
            } else {
                other += 1;
                joined.push(both);
            }
        }
        // A row of values has a word that is also a header now and then, not mostly such words.
        (named > other).then_some(joined)
    }

    /// For every column of the table, the cells that mean it, best first.
    fn positions(&self, cells: &[&str]) -> Vec<Vec<usize>> {
        let mut found: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.spec.columns.len()];
        for (position, cell) in cells.iter().enumerate() {
            if let Some((column, rank)) = self.find(cell)
                && let Some(list) = found.get_mut(column)
            {
                list.push((rank, position));
            }
        }
        found
            .into_iter()
            .map(|mut list| {
                list.sort_unstable();
                list.into_iter().map(|(_, position)| position).collect()
            })
            .collect()
    }

    /// What the table needs and these columns lack: the keys (alternatives together) to name.
    fn missing(&self, positions: &[Vec<usize>]) -> Vec<Vec<&'static str>> {
        let has = |key: &str| {
            let index = self
                .spec
                .columns
                .iter()
                .position(|column| column.key == key);
            index
                .and_then(|index| positions.get(index))
                .is_some_and(|list| !list.is_empty())
        };
        let mut missing: Vec<Vec<&'static str>> = self
            .spec
            .one_of
            .iter()
            .filter(|group| !group.iter().any(|key| has(key)))
            .map(|group| group.to_vec())
            .collect();
        for column in self.spec.columns.iter().filter(|column| column.required) {
            if !has(column.key) {
                missing.push(vec![column.key]);
            }
        }
        missing
    }
}

/// A header row read: where each column of the table stands.
pub(crate) struct Header {
    pub(crate) spec: &'static TableSpec,
    pub(crate) file: Arc<str>,
    pub(crate) sheet: Arc<str>,
    pub(crate) line: u32,
    /// Headers as written.
    pub(crate) written: Vec<Arc<str>>,
    /// Letter and name of every header, e.g. `F 手机号码`.
    labels: Vec<Arc<str>>,
    /// Per column of the table, the cells that mean it, best first.
    positions: Vec<Vec<usize>>,
    /// Where a key probably stands among the columns: rows ask for theirs a million times over.
    shelf: [u8; SHELVES],
}

/// Places on the shelf of keys.
const SHELVES: usize = 256;

/// The shelf's place of a key, from its length and ends: cheap, and different for most keys.
fn shelf_of(key: &str) -> usize {
    let (first, last) = match key.as_bytes() {
        [first, .., last] => (usize::from(*first), usize::from(*last)),
        _ => (0, 0),
    };
    (key.len() * 37 + first * 7 + last * 3) % SHELVES
}

impl Header {
    pub(crate) fn read(
        names: &Names,
        file: Arc<str>,
        sheet: Arc<str>,
        line: u32,
        cells: &[&str],
    ) -> Self {
        let written: Vec<Arc<str>> = cells.iter().map(|cell| Arc::from(cell.trim())).collect();
        let labels = written.iter().enumerate();
        let labels = labels.map(|(index, name)| format!("{} {name}", letter(index)).into());
        let mut shelf = [u8::MAX; SHELVES];
        for (index, column) in names.spec.columns.iter().enumerate() {
            if let Some(place) = shelf.get_mut(shelf_of(column.key)) {
                *place = u8::try_from(index).unwrap_or(u8::MAX);
            }
        }
        Self {
            spec: names.spec,
            file,
            sheet,
            line,
            labels: labels.collect(),
            written,
            positions: names.positions(cells),
            shelf,
        }
    }

    /// The cells that mean a column, best first; none for a column the file lacks.
    pub(crate) fn cells_of(&self, key: &str) -> &[usize] {
        let columns = self.spec.columns;
        let probable = self.shelf.get(shelf_of(key)).map(|at| usize::from(*at));
        let index = probable
            .filter(|at| columns.get(*at).is_some_and(|column| column.key == key))
            .or_else(|| columns.iter().position(|column| column.key == key));
        index
            .and_then(|index| self.positions.get(index))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether any cell has a meaning that tells rows apart: then this really is such a table.
    pub(crate) fn identifies(&self) -> bool {
        let keys = self.spec.one_of.first().copied().unwrap_or_default();
        let first = self.spec.columns.first().map(|column| column.key);
        keys.iter()
            .copied()
            .chain(first)
            .any(|key| !self.cells_of(key).is_empty())
    }

    /// One finding per column the table needs and the file lacks, naming every accepted header.
    pub(crate) fn missing(&self, names: &Names) -> Vec<Finding> {
        names
            .missing(&self.positions)
            .into_iter()
            .map(|keys| {
                let mut accepted = Vec::new();
                for key in &keys {
                    accepted.push(*key);
                    accepted.extend(self.spec.column(key).map_or(&[][..], |column| column.names));
                }
                let mut finding = Finding::new("D002")
                    .in_file(self.file.as_ref())
                    .arg("column", keys.join(" / "))
                    .arg("aliases", accepted.join(", "))
                    .arg("found", self.written.join(", "));
                finding.at.sheet = self.sheet.to_string();
                finding.at.line = self.line;
                finding
            })
            .collect()
    }

    /// Columns without a meaning (kept and listed), and columns whose meaning another one has.
    pub(crate) fn remarks(&self) -> Vec<Finding> {
        let known: Vec<usize> = self.positions.iter().flatten().copied().collect();
        let unknown: Vec<String> = self
            .written
            .iter()
            .enumerate()
            .filter(|(index, name)| !name.is_empty() && !known.contains(index))
            .map(|(index, _)| self.label_at(index).to_string())
            .collect();
        let mut findings = Vec::new();
        if !unknown.is_empty() {
            findings.push(self.remark("D012").arg("columns", unknown.join(", ")));
        }
        for (column, list) in self.spec.columns.iter().zip(&self.positions) {
            // Several phone columns are several phones, not a doubt.
            if list.len() > 1 && column.key != "phone" {
                let names: Vec<String> = list
                    .iter()
                    .map(|index| self.label_at(*index).to_string())
                    .collect();
                findings.push(
                    self.remark("D013")
                        .arg("column", column.key)
                        .arg("columns", names.join(", ")),
                );
            }
        }
        findings
    }

    fn remark(&self, code: &str) -> Finding {
        let mut finding = Finding::new(code).in_file(self.file.as_ref());
        finding.at.sheet = self.sheet.to_string();
        finding.at.line = self.line;
        finding
    }

    /// A header as written.
    pub(crate) fn name_at(&self, index: usize) -> &str {
        self.written.get(index).map_or("", |name| name.as_ref())
    }

    /// A row's filled cells by the column they stand under.
    pub(crate) fn cells_by_column(&self, cells: &[&str]) -> Vec<(&'static str, String)> {
        let columns = self.spec.columns.iter().zip(&self.positions);
        let texts = columns.filter_map(|(column, positions)| {
            let filled = positions.iter().filter_map(|index| cells.get(*index));
            let filled: Vec<&str> = filled
                .map(|text| text.trim())
                .filter(|text| !text.is_empty())
                .collect();
            // Several phone columns are several phones; of any other the best name counts.
            let kept = if column.key == "phone" {
                filled.join("|")
            } else {
                filled.first().copied().unwrap_or_default().to_owned()
            };
            (!kept.is_empty()).then_some((column.key, kept))
        });
        texts.collect()
    }

    /// Letter and header as written.
    pub(crate) fn label_at(&self, index: usize) -> Arc<str> {
        self.labels.get(index).cloned().unwrap_or_default()
    }

    /// Whether a row repeats this header.
    pub(crate) fn is_repeated_by(&self, cells: &[&str]) -> bool {
        let (mut same, mut other) = (0, 0);
        for (cell, name) in cells.iter().copied().zip(&self.written) {
            // A cell cannot be longer than a header but for spaces; most differ in length already.
            if cell == name.as_ref() || (cell.len() > name.len() && cell.trim() == name.as_ref()) {
                same += usize::from(!name.is_empty());
            } else {
                other += usize::from(!cell.trim_start().is_empty());
            }
            if other * 2 >= self.written.len() {
                return false;
            }
        }
        same >= 2 && same > other
    }
}

//! A header row: where each column of its table stands.
//!
//! Responsible for: a row's cells by column, what columns are missing or without a meaning, the header
//! repeated. Not responsible for: which column a header means (`naming`).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::findings::Finding;

use super::aliases::TableSpec;
use super::cells::date::Epoch;
use super::grid::letter;
use super::naming::Names;

/// Most columns named in one remark.
const MOST_LISTED: usize = 60;

/// A header row read: where each column of the table stands.
pub(crate) struct Header {
    pub(crate) spec: &'static TableSpec,
    pub(crate) file: Arc<str>,
    pub(crate) sheet: Arc<str>,
    pub(crate) line: u32,
    /// What the sheet's serial numbers of days count from.
    pub(crate) epoch: Epoch,
    /// The rows above, and where two rows were read as one header the lower of them: a report repeats
    /// them on every page.
    pub(crate) above: Vec<Vec<String>>,
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

/// Whether two keys are one: nearly always they are the very same text, which is seen without a look at it.
fn is_same(one: &str, other: &str) -> bool {
    std::ptr::eq(one, other) || one == other
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
            epoch: Epoch::default(),
            above: Vec::new(),
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
            .filter(|at| {
                columns
                    .get(*at)
                    .is_some_and(|column| is_same(column.key, key))
            })
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
        let found = self.written.get(..MOST_LISTED).unwrap_or(&self.written);
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
                    .arg("found", found.join(", "));
                finding.at.sheet = self.sheet.to_string();
                finding.at.line = self.line;
                finding
            })
            .collect()
    }

    /// Columns without a meaning (kept and listed), and columns whose meaning another one has.
    pub(crate) fn remarks(&self) -> Vec<Finding> {
        let known: BTreeSet<usize> = self.positions.iter().flatten().copied().collect();
        let written = self.written.iter().enumerate();
        let unknown: Vec<usize> = written
            .filter(|(index, name)| !name.is_empty() && !known.contains(index))
            .map(|(index, _)| index)
            .collect();
        let mut findings = Vec::new();
        if !unknown.is_empty() {
            findings.push(self.remark("D012").arg("columns", self.labels_of(&unknown)));
        }
        for (column, list) in self.spec.columns.iter().zip(&self.positions) {
            // Several phone columns are several phones, not a doubt.
            if list.len() > 1 && column.key != "phone" {
                findings.push(
                    self.remark("D013")
                        .arg("column", column.key)
                        .arg("columns", self.labels_of(list)),
                );
            }
        }
        findings
    }

    /// Letters and names of columns; the first of very many.
    fn labels_of(&self, columns: &[usize]) -> String {
        let listed = columns.iter().take(MOST_LISTED);
        let listed: Vec<String> = listed.map(|at| self.label_at(*at).to_string()).collect();
        let more = if columns.len() > MOST_LISTED {
            ", …"
        } else {
            ""
        };
        format!("{}{more}", listed.join(", "))
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

    /// The first column with a header.
    pub(crate) fn first_column(&self) -> usize {
        let mut written = self.written.iter();
        written
            .position(|name| !name.is_empty())
            .unwrap_or_default()
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

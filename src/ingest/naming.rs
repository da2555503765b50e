//! Which column a header means.
//!
//! Responsible for: comparing headers with the alias table whatever their case, width, spaces, stars,
//! brackets and everyday words; two rows read as one header. Not responsible for: the names themselves
//! (`aliases`), the row they stand in (`header`).

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::aliases::TableSpec;
use super::sheets::MAX_COLUMNS;

/// Longer texts are no headers.
const LONGEST_HEADER: usize = 100;

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
    pub(super) spec: &'static TableSpec,
    by_name: HashMap<String, (usize, usize)>,
    /// Likewise, in usual words.
    reworded: HashMap<String, (usize, usize)>,
}

/// Whose something is says nothing about what it is: 客户电话, 车主手机号, 当前里程.
const OWNERS: [&str; 8] = [
    "客户", "车主", "用户", "车辆", "当前", "目前", "最新", "实际",
];

/// A plain name with the words that systems use for the same thing made one.
fn in_usual_words(name: &str) -> String {
    const SAME: [(&str, &str); 13] = [
        ("上一次", "最近"),
        ("一次", ""),
        ("时间", "日期"),
        ("公里数", "里程"),
        ("最后", "最近"),
        ("上次", "最近"),
        ("进站", "进店"),
        ("进厂", "进店"),
        ("来厂", "进店"),
        ("来店", "进店"),
        ("到店", "进店"),
        ("入厂", "进店"),
        ("购买", "购车"),
    ];
    let usual = |name: String, (other, usual): (&str, &str)| name.replace(other, usual);
    SAME.into_iter().fold(name.to_owned(), usual)
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
        let mut reworded = HashMap::new();
        let mut ranked: Vec<_> = by_name.iter().collect();
        ranked.sort_unstable_by(|a, b| (a.1, a.0).cmp(&(b.1, b.0)));
        for (name, found) in ranked {
            reworded.entry(in_usual_words(name)).or_insert(*found);
        }
        Self {
            spec,
            by_name,
            reworded,
        }
    }

    /// The column a header means, and how good the match is: any match after something was changed or
    /// left out ranks behind every full match.
    fn find(&self, header: &str) -> Option<(usize, usize)> {
        let ranked = |name: &str, behind: usize| {
            let found = self.by_name.get(name).filter(|_| !name.is_empty());
            found.map(|(column, rank)| (*column, rank + behind))
        };
        let (whole, outside) = (plain(header), plain_outside_brackets(header));
        ranked(&whole, 0)
            .or_else(|| ranked(&outside, 100))
            .or_else(|| self.find_reworded(&whole, 200))
            .or_else(|| self.find_reworded(&outside, 300))
            .or_else(|| self.find_alternatives(header))
    }

    /// A header in other words: `最后一次进厂时间` is 最近进店日期, `客户手机号1` is 手机号.
    fn find_reworded(&self, name: &str, behind: usize) -> Option<(usize, usize)> {
        let usual = in_usual_words(name);
        let numbered = usual.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三".contains(c));
        let owned = OWNERS
            .iter()
            .filter_map(|owner| numbered.strip_prefix(owner));
        let mut names = [usual.as_str(), numbered].into_iter().chain(owned);
        let found = names.find_map(|name| self.reworded.get(name));
        found.map(|(column, rank)| (*column, rank + behind))
    }

    /// `车主/单位名称`, `车系/车型`: several names of one column.
    fn find_alternatives(&self, header: &str) -> Option<(usize, usize)> {
        let mut parts = header.split(['/', '／', '、', '或', '|']).map(plain);
        let first = parts.next()?;
        let (column, rank) = self.by_name.get(&first).copied()?;
        let mut any = false;
        for part in parts {
            any = true;
            if self.by_name.get(&part).map(|found| found.0) != Some(column) {
                return None;
            }
        }
        any.then_some((column, rank + 400))
    }

    /// How many cells of a row are headers of this table.
    pub(crate) fn score(&self, cells: &[&str]) -> usize {
        let looked_at = cells.iter().take(MAX_COLUMNS as usize);
        looked_at
            .filter(|cell| cell.len() <= LONGEST_HEADER && self.find(cell).is_some())
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
        let width = upper.len().max(lower.len());
        if width > MAX_COLUMNS as usize {
            return None;
        }
        for at in 0..width {
            let (above, below) = (cell(upper, at), cell(lower, at));
            if !above.is_empty() {
                group.clone_from(&above);
            }
            if below.is_empty() || below == above {
                joined.push(above);
                continue;
            }
            if below.len() > LONGEST_HEADER {
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
    pub(super) fn positions(&self, cells: &[&str]) -> Vec<Vec<usize>> {
        let mut found: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.spec.columns.len()];
        for (position, cell) in cells.iter().enumerate() {
            if cell.len() <= LONGEST_HEADER
                && let Some((column, rank)) = self.find(cell)
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
    pub(super) fn missing(&self, positions: &[Vec<usize>]) -> Vec<Vec<&'static str>> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::aliases::POPULATION;

    fn column(header: &str) -> &'static str {
        let names = Names::of(&POPULATION, &BTreeMap::new());
        let found = names.find(header);
        found.map_or("", |(column, _)| POPULATION.columns[column].key)
    }

    #[test]
    fn a_header_in_everyday_words_is_understood() {
        for (header, key) in [
            ("*车架号（VIN）", "vin"),
            ("VIN/车架号", "vin"),
            ("车主/单位名称", "customer"),
            ("客户手机号1", "phone"),
            ("车主联系电话", "phone"),
            ("开票时间", "buy_date"),
            ("购买时间", "buy_date"),
            ("当前公里数(km)", "odometer_km"),
            ("最近一次进站日期", "odometer_date"),
            ("最后进厂时间", "odometer_date"),
            ("上一次保养日期", "last_service_date"),
            ("上次保养公里数", "last_service_km"),
            ("所在县（市、区）", "county"),
            ("乡/镇", "town"),
        ] {
            assert_eq!(column(header), key, "{header}");
        }
    }

    #[test]
    fn a_header_that_means_something_else_is_not_forced() {
        for header in [
            "下次保养时间",
            "车牌号/车架号",
            "发动机号",
            "客户经理",
            "年审日期",
            "序号1",
        ] {
            assert_eq!(column(header), "", "{header}");
        }
    }

    #[test]
    fn a_full_name_ranks_before_one_in_other_words() {
        let names = Names::of(&POPULATION, &BTreeMap::new());
        let rank = |header: &str| names.find(header).map(|found| found.1);
        assert!(rank("行驶里程") < rank("当前行驶里程"));
        assert!(rank("手机号") < rank("手机号(备用)"));
    }
}

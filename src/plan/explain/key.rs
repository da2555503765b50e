//! Which thing a key means: id, plate, booking, code or name; nearest keys where it means none.

use std::collections::BTreeSet;

use super::Ground;
use crate::domain::Date;

/// Kinds of things that can be asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Vehicle,
    Part,
    Person,
    Point,
    Visit,
    Tour,
    Item,
    Day,
}

impl Kind {
    /// The word used in JSON.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Vehicle => "vehicle",
            Self::Part => "part",
            Self::Person => "person",
            Self::Point => "point",
            Self::Visit => "visit",
            Self::Tour => "tour",
            Self::Item => "item",
            Self::Day => "day",
        }
    }
}

/// A thing of the plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) kind: Kind,
    pub(super) id: String,
}

/// A key that means nothing, or several things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// Nothing is called so; the keys most like it, else the first tours.
    Unknown(Vec<String>),
    /// Several things are called so: their keys (the first few), and how many there are.
    Ambiguous(Vec<String>, usize),
}

/// Keys shown where none fits.
const NEAREST: usize = 5;
/// Keys shown where several fit.
const SEVERAL: usize = 8;

/// One name a thing goes by.
struct Name {
    /// As it is compared.
    folded: String,
    named: Named,
    /// Whether a part of it is enough: for names, not for ids.
    by_part: bool,
}

/// Finds what the key means: exactly, else as part of one name.
pub(super) fn find(ground: &Ground<'_>, key: &str) -> Result<Named, Unclear> {
    if let Some(day) = Date::parse_iso(key.trim()) {
        let id = day.to_string();
        return Ok(Named {
            kind: Kind::Day,
            id,
        });
    }
    let wanted = folded(key);
    let names = names(ground);
    let exact = names.iter().filter(|name| name.folded == wanted);
    if let Some(found) = single(exact)? {
        return Ok(found);
    }
    if !wanted.is_empty() {
        let part = |name: &&Name| name.by_part && name.folded.contains(&wanted);
        if let Some(found) = single(names.iter().filter(part))? {
            return Ok(found);
        }
    }
    let mut keys = nearest(&names, &wanted);
    if keys.is_empty() {
        let tours = ground.plan.tours.iter().take(NEAREST);
        keys = tours.map(|tour| tour.id.clone()).collect();
    }
    Err(Unclear::Unknown(keys))
}

/// The one thing these names belong to; none, or an error where there are several.
fn single<'n>(names: impl Iterator<Item = &'n Name>) -> Result<Option<Named>, Unclear> {
    let things: BTreeSet<&Named> = names.map(|name| &name.named).collect();
    if things.len() > 1 {
        let count = things.len();
        let first = things.into_iter().take(SEVERAL);
        return Err(Unclear::Ambiguous(
            first.map(|named| named.id.clone()).collect(),
            count,
        ));
    }
    Ok(things.into_iter().next().cloned())
}

/// Every name of everything. Customers' names are no keys: many share one, and messages may not show them.
fn names(ground: &Ground<'_>) -> Vec<Name> {
    let plan = ground.plan;
    let mut names = Vec::new();
    let mut add = |kind: Kind, id: &str, name: &str, by_part: bool| {
        let folded = folded(name);
        if !folded.is_empty() {
            let id = id.to_owned();
            names.push(Name {
                folded,
                named: Named { kind, id },
                by_part,
            });
        }
    };
    let resting = plan.resting.iter().map(|rest| &rest.tour);
    for tour in plan.tours.iter().chain(resting) {
        add(Kind::Tour, &tour.id, &tour.id, false);
    }
    for visit in &plan.visits {
        add(Kind::Visit, &visit.id, &visit.id, false);
    }
    for point in &ground.ingested.tables.points {
        add(Kind::Point, &point.id, &point.id, false);
        add(Kind::Point, &point.id, &point.name, true);
    }
    for (code, part) in &plan.part_facts {
        add(Kind::Part, code, code, false);
        add(Kind::Part, code, &part.name, true);
    }
    for (code, item) in &plan.items {
        add(Kind::Item, code, code, false);
        add(Kind::Item, code, &item.name, true);
        add(Kind::Item, code, &item.name_en, true);
    }
    let staff = ground.ingested.tables.crew.iter();
    let planned = plan.crew.iter().map(|duty| duty.person.as_str());
    let people: BTreeSet<&str> = staff
        .map(|person| person.name.as_str())
        .chain(planned)
        .collect();
    for person in people {
        add(Kind::Person, person, person, true);
    }
    for row in &ground.customers {
        add(Kind::Vehicle, &row.vehicle, &row.vehicle, false);
        add(Kind::Vehicle, &row.vehicle, &row.plate, false);
    }
    for one in &plan.vehicles {
        add(Kind::Vehicle, &one.vehicle, &one.booking, false);
    }
    names
}

/// The ids whose names need the fewest changes to become the key; of long names a part like it is enough.
fn nearest(names: &[Name], wanted: &str) -> Vec<String> {
    let length = wanted.chars().count();
    let mut ranked: Vec<(usize, usize, &Named)> = names
        .iter()
        // An id so much longer or shorter is not meant, and need not be compared.
        .filter(|name| name.by_part || name.folded.chars().count().abs_diff(length) <= 3)
        .map(|name| {
            let whole = changes(wanted, &name.folded, false);
            let part = if name.by_part {
                changes(wanted, &name.folded, true)
            } else {
                whole
            };
            (part, whole, &name.named)
        })
        // What has less than half in common is not like it.
        .filter(|(part, _, _)| part * 2 <= length)
        .collect();
    ranked.sort();
    let mut keys: Vec<String> = Vec::new();
    for (_, _, named) in ranked {
        if keys.len() == NEAREST {
            break;
        }
        if !keys.contains(&named.id) {
            keys.push(named.id.clone());
        }
    }
    keys
}

/// Levenshtein's distance: characters put in, taken out or replaced; to the whole of `b`, or to the part of it that
/// is nearest (Sellers 1980).
fn changes(a: &str, b: &str, part: bool) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = if part {
        vec![0; b.len() + 1]
    } else {
        (0..=b.len()).collect()
    };
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    if part {
        row.into_iter().min().unwrap_or(0)
    } else {
        row[b.len()]
    }
}

/// Case, width, spaces and the dots and dashes of plates do not matter.
fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain = text.nfkc().filter(|c| !c.is_whitespace());
    plain
        .filter(|c| !matches!(c, '·' | '•' | '-' | '_'))
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_count_what_is_put_in_taken_out_and_replaced() {
        assert_eq!(changes("T01", "T01", false), 0);
        assert_eq!(changes("T1", "T01", false), 1);
        assert_eq!(changes("机油滤清", "机滤", false), 2);
        assert_eq!(changes("", "ABC", false), 3);
        assert_eq!(changes("机油滤青", "柴油机油滤清器 V80", true), 1);
    }

    #[test]
    fn keys_are_compared_without_case_width_spaces_and_dots() {
        assert_eq!(folded("湘A·00123"), folded("湘ａ 00123"));
        assert_eq!(folded("t01-1"), "T011");
    }
}

//! Tours sheets: one row per stop, put together into tours.
//!
//! A row without a tour belongs to the tour above it where it says nothing of its own about team and departure
//! (merged cells look so); else it begins a new tour.

use std::collections::BTreeMap;

use crate::domain::{Date, FilledAt, TourWish};
use crate::findings::{Finding, Spot};

use super::codes::{Found, Names};
use super::line::Line;
use super::{ReadBack, Returned, Said};

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stop {
    /// Empty = new, or that of the row above.
    tour: String,
    /// What a new tour was called on the sheet.
    label: String,
    team: String,
    depart: Option<Date>,
    number: Option<u32>,
    point: String,
    days: Option<u32>,
    at: FilledAt,
}

impl Returned for Stop {
    fn about(&self) -> String {
        // A row without a tour is never a copy: it belongs to the row above it.
        if self.tour.is_empty() && self.label.is_empty() {
            return format!("{}:{}", self.at.sheet, self.at.line);
        }
        format!("{}|{}|{}", self.tour, self.label, self.point)
    }
    fn at(&mut self) -> &mut FilledAt {
        &mut self.at
    }
}

pub(super) fn stop(line: &mut Line<'_, '_>) -> Said<Stop> {
    if !line.any(&["point"]) {
        // A spare row, or one whose point was deleted: the stop is not wished.
        if line.any(&["days", "depart"]) && !line.any(&["tour"]) {
            line.tell("M042", "point", "");
            return Said::Aside;
        }
        return Said::Nothing;
    }
    let Ok((tour, label)) = tour(line) else {
        return Said::Aside;
    };
    let (lookup, mut sound) = (line.lookup, true);
    let mut one_of = |line: &mut Line<'_, '_>, key: &str, names: &Names| {
        let word = line.word(key, "M058");
        match names.find(&word) {
            _ if word.is_empty() => String::new(),
            Found::One(code) => code,
            Found::Several(candidates) => {
                let finding = line.about("M052", key, &word);
                line.record
                    .tell(finding.arg("candidates", candidates.join(", ")));
                sound = false;
                String::new()
            }
            Found::None => {
                line.tell("M058", key, word);
                sound = false;
                String::new()
            }
        }
    };
    let point = one_of(line, "point", &lookup.points);
    let team = one_of(line, "team", &lookup.teams);
    let (depart, days) = (line.day("depart"), line.count("days"));
    let unreadable = |value: bool, key: &str, line: &Line<'_, '_>| value && line.any(&[key]);
    sound &= !unreadable(depart.is_none(), "depart", line);
    sound &= !unreadable(days.is_none(), "days", line);
    if days == Some(0) {
        line.tell("M049", "days", "0");
        sound = false;
    }
    if !sound || point.is_empty() {
        return Said::Aside;
    }
    Said::Line(Stop {
        tour,
        label,
        team,
        depart,
        number: line.count("stop"),
        point,
        days,
        at: line.at(),
    })
}

/// The tour a row names: one of the plan's, or `新…` for a new one with what it is called.
fn tour(line: &mut Line<'_, '_>) -> Result<(String, String), ()> {
    let word = line.word("tour", "M058");
    if word.is_empty() {
        return Ok(<_>::default());
    }
    if let Found::One(id) = line.lookup.tours.find(&word) {
        return Ok((id, String::new()));
    }
    let plain = word.to_lowercase();
    if plain.starts_with('新') || plain.starts_with("new") || plain.starts_with('+') {
        return Ok((String::new(), plain));
    }
    line.tell("M058", "tour", word);
    Err(())
}

/// Rows to tours, in the order of their first rows.
pub(super) fn together(rows: ReadBack<Stop>) -> ReadBack<TourWish> {
    let mut groups: Vec<Vec<Stop>> = Vec::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.lines {
        let name = format!("{}|{}", row.tour, row.label);
        let known = if name != "|" {
            by_name.get(&name).copied()
        } else if row.depart.is_none() && row.team.is_empty() {
            // Merged cells: the row above is the last one given.
            groups.iter().position(|group| {
                group
                    .iter()
                    .any(|stop| stop.at.sheet == row.at.sheet && stop.at.line + 1 == row.at.line)
            })
        } else {
            None
        };
        if let Some(group) = known.and_then(|known| groups.get_mut(known)) {
            group.push(row);
        } else {
            by_name.insert(name, groups.len());
            groups.push(vec![row]);
        }
    }
    let mut findings = rows.findings;
    let lines = groups
        .into_iter()
        .map(|group| wish(group, &mut findings))
        .collect();
    ReadBack {
        lines,
        set_aside: rows.set_aside,
        findings,
        sha256: rows.sha256,
    }
}

/// One tour of its rows: stops by their numbers where every row has one, else as they stand.
fn wish(mut stops: Vec<Stop>, findings: &mut Vec<Finding>) -> TourWish {
    let numbered = stops.iter().all(|stop| stop.number.is_some());
    if numbered {
        stops.sort_by_key(|stop| stop.number);
    }
    let mut told = |stop: &Stop, cell: &str| {
        let at = Spot {
            file: stop.at.file.clone(),
            sheet: stop.at.sheet.clone(),
            line: stop.at.line,
            ..Spot::default()
        };
        findings.push(
            Finding::new("M059")
                .at(at)
                .value(&stop.tour)
                .arg("cell", cell),
        );
    };
    let mut wish = TourWish {
        in_order: numbered,
        ..TourWish::default()
    };
    let mut last = None;
    for stop in stops {
        if wish.stops.is_empty() {
            wish.at = stop.at.clone();
            wish.tour.clone_from(&stop.tour);
        }
        if wish.team.is_empty() {
            wish.team.clone_from(&stop.team);
        } else if !stop.team.is_empty() && stop.team != wish.team {
            told(&stop, "team");
        }
        match (wish.depart, stop.depart) {
            (Some(known), Some(other)) if known != other => told(&stop, "depart"),
            (None, depart) => wish.depart = depart,
            _ => {}
        }
        if numbered && last == stop.number {
            told(&stop, "stop");
        }
        last = stop.number;
        wish.stops.push((stop.point, stop.days));
    }
    wish
}

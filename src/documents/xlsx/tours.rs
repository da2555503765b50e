//! The tours sheet: edited by hand and given back with `plan --tours`.
//!
//! One row per stop and spare rows below. Tour, team, departure, stop, point and days are read back; the
//! figures beside them hold for the plan as it is and are for the eye only.

use std::collections::BTreeSet;

use rust_xlsxwriter::XlsxError;

use super::ORDERS;
use super::desk::Desk;
use super::sheet::{Cell, Column, Entry, Table};

/// Rows for new tours and stops.
const SPARE_ROWS: usize = 20;

pub(super) fn book(desk: &Desk<'_>) -> Result<Vec<u8>, XlsxError> {
    let lists = lists(desk);
    let mut book = desk.book("sheet_tours", &desk.set.plan.month, ORDERS)?;
    book.table(&table(desk, &lists.name))?;
    book.table(&lists)?;
    book.finish()
}

fn table(desk: &Desk<'_>, lists: &str) -> Table {
    let plan = desk.set.plan;
    let column = |letter: char, count: usize| {
        Entry::OneOf(format!(
            "'{lists}'!${letter}$2:${letter}${}",
            count.max(1) + 1
        ))
    };
    let entries = [
        ("tour", 9.0, Entry::Text),
        ("team", 14.0, column('C', teams(desk).len())),
        ("depart", 14.0, Entry::Day),
        ("stop_number", 8.0, Entry::Count),
        ("point_id", 14.0, column('A', points(desk).len())),
        ("stop_days", 8.0, Entry::Count),
    ];
    let printed = [
        ("point_name", 26.0),
        ("first_day", 12.0),
        ("last_day", 12.0),
        ("tour_back", 12.0),
        ("tour_km", 10.0),
        ("tour_vehicles", 10.0),
        ("tour_hours", 10.0),
        ("tour_offered", 10.0),
        ("tour_cost", 12.0),
    ];
    let count = entries.len() + printed.len();
    let (mut rows, mut blocks) = (Vec::new(), BTreeSet::new());
    for tour in &plan.tours {
        blocks.insert(rows.len());
        for visit in plan.visits_of(&tour.id) {
            let days = visit.last_day.days_since(visit.first_day) + 1;
            // What belongs to the tour as a whole stands beside its first stop only: sums stay sums.
            let whole = visit.stop == 1;
            let once = |cell: Cell| if whole { cell } else { Cell::Blank };
            rows.push(vec![
                Cell::text(&tour.id),
                Cell::text(&tour.team),
                Cell::Day(tour.depart),
                Cell::count(visit.stop),
                Cell::text(&visit.point),
                Cell::Whole(days.max(0) as u64),
                Cell::Text(desk.point_name(&visit.point)),
                Cell::Day(visit.first_day),
                Cell::Day(visit.last_day),
                once(Cell::Day(tour.ret)),
                once(Cell::Tenths(tour.km)),
                Cell::Whole(visit.vehicles),
                Cell::Tenths(visit.expected_hours),
                Cell::Tenths(visit.capacity_hours),
                once(Cell::Yuan(tour.cost.total())),
            ]);
        }
    }
    blocks.insert(rows.len());
    rows.extend((0..SPARE_ROWS).map(|_| vec![Cell::Blank; count]));
    let entries = entries
        .into_iter()
        .map(|(key, width, entry)| Column::entry(desk.head(key), width, entry));
    let printed = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width));
    Table {
        name: desk.say("sheet_tours"),
        columns: entries.chain(printed).collect(),
        rows,
        landscape: true,
        frozen_columns: 1,
        blocks,
        ..Table::default()
    }
}

/// Points a tour can stop at, in order of their ids.
fn points<'a>(desk: &Desk<'a>) -> Vec<&'a str> {
    let points = desk.set.plan.points.iter().map(|point| point.id.as_str());
    let mut points: Vec<&str> = points.filter(|id| *id != "depot").collect();
    points.sort_unstable();
    points
}

/// The teams of the settings, and those of the tours.
fn teams<'a>(desk: &Desk<'a>) -> Vec<&'a str> {
    let plan = desk.set.plan;
    let settings = plan.settings.team.iter().map(|team| team.id.as_str());
    let teams: BTreeSet<&str> = settings
        .chain(plan.tours.iter().map(|tour| tour.team.as_str()))
        .collect();
    teams.into_iter().collect()
}

/// What can be chosen: points with their names, teams.
fn lists(desk: &Desk<'_>) -> Table {
    let (points, teams) = (points(desk), teams(desk));
    let rows = (0..points.len().max(teams.len())).map(|at| {
        let point = points.get(at);
        vec![
            point.map_or(Cell::Blank, |id| Cell::text(*id)),
            point.map_or(Cell::Blank, |id| Cell::Text(desk.point_name(id))),
            teams.get(at).map_or(Cell::Blank, |team| Cell::text(*team)),
        ]
    });
    let columns = [
        ("list_points", 14.0),
        ("list_point_names", 30.0),
        ("list_teams", 14.0),
    ];
    Table {
        name: desk.say("sheet_lists"),
        columns: columns
            .into_iter()
            .map(|(key, width)| Column::new(desk.head(key), width))
            .collect(),
        rows: rows.collect(),
        ..Table::default()
    }
}

//! 巡回服务方案: one tour on one page, to be signed.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::sheet::Cell;
use super::summary::{Block, write};
use crate::plan::model::{Duty, Tour, Visit};

/// Widths shared by all blocks.
const WIDTHS: [f64; 11] = [
    14.0, 20.0, 24.0, 14.0, 14.0, 14.0, 11.0, 11.0, 11.0, 11.0, 11.0,
];

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_plan", &tour.id, &tour.id)?;
    let title = format!(
        "{} {} · {} {} · {}",
        desk.say("doc_plan"),
        tour.id,
        desk.say("plan"),
        desk.set.plan.id,
        desk.state(&tour.id),
    );
    let blocks = [
        overview(desk, tour),
        points(desk, tour),
        days(desk, tour),
        people(desk, tour),
        cost(desk, tour),
        signatures(desk),
    ];
    write(
        &mut book,
        &desk.say("sheet_plan"),
        &title,
        &WIDTHS,
        &blocks,
        &desk.say("income_note"),
    )?;
    book.finish()
}

fn block(desk: &Desk<'_>, title: &str, header: &[&str], rows: Vec<Vec<Cell>>) -> Block {
    Block {
        title: desk.say(title),
        header: header.iter().map(|key| desk.say(key)).collect(),
        rows,
    }
}

fn overview(desk: &Desk<'_>, tour: &Tour) -> Block {
    let kit = desk.set.plan.kits.iter().find(|kit| kit.tour == tour.id);
    let header = [
        "team",
        "leader",
        "van",
        "depart",
        "ret",
        "nights",
        "km",
        "drive_hours",
        "vehicles",
        "waitlist",
        "fill",
    ];
    let row = vec![
        Cell::text(&tour.team),
        Cell::text(&tour.leader),
        Cell::text(&tour.van),
        Cell::Day(tour.depart),
        Cell::Day(tour.ret),
        Cell::count(tour.nights),
        Cell::km(Some(tour.km)),
        Cell::Tenths(tour.drive_hours),
        Cell::Whole(tour.vehicles),
        Cell::Whole(tour.waitlist),
        kit.map_or(Cell::Blank, |kit| {
            Cell::Text(format!("{:.0} %", kit.job_fill * 100.0))
        }),
    ];
    block(desk, "overview", &header, vec![row])
}

fn points(desk: &Desk<'_>, tour: &Tour) -> Block {
    let header = [
        "stop",
        "point",
        "address",
        "host",
        "first_day",
        "last_day",
        "opens",
        "km",
        "vehicles",
        "expected",
        "capacity",
    ];
    let rows = desk
        .set
        .plan
        .visits_of(&tour.id)
        .map(|visit| point(desk, visit))
        .collect();
    block(desk, "visits_title", &header, rows)
}

fn point(desk: &Desk<'_>, visit: &Visit) -> Vec<Cell> {
    let point = desk.set.plan.point(&visit.point);
    let minutes = (visit.opens_at * 60.0).round() as u32;
    vec![
        Cell::count(visit.stop),
        Cell::Text(format!("{} {}", visit.point, desk.point_name(&visit.point))),
        point.map_or(Cell::Blank, |point| {
            Cell::Text(format!("{} {}", point.county, point.address))
        }),
        Cell::text(point.map_or("", |point| &point.host)),
        Cell::Day(visit.first_day),
        Cell::Day(visit.last_day),
        Cell::Text(format!("{:02}:{:02}", minutes / 60, minutes % 60)),
        Cell::km(Some(visit.leg_km)),
        Cell::Whole(visit.vehicles),
        Cell::Tenths(visit.expected_hours),
        Cell::Tenths(visit.capacity_hours),
    ]
}

fn days(desk: &Desk<'_>, tour: &Tour) -> Block {
    let rows = tour.days.iter().map(|day| {
        let risk = tour.hours_risk.iter().find(|risk| risk.date == day.date);
        vec![
            Cell::Text(desk.day(day.date)),
            Cell::Text(desk.point_name(&day.point)),
            Cell::Tenths(day.drive_hours),
            Cell::Tenths(day.expected_hours),
            Cell::Tenths(day.capacity_hours),
            risk.map_or(Cell::Blank, |risk| Cell::Tenths(risk.p90)),
        ]
    });
    block(
        desk,
        "days_title",
        &[
            "date",
            "point",
            "drive_hours",
            "expected",
            "capacity",
            "p90",
        ],
        rows.collect(),
    )
}

/// Each person once, with days and hours.
fn people(desk: &Desk<'_>, tour: &Tour) -> Block {
    let duties: Vec<&Duty> = desk
        .set
        .plan
        .crew
        .iter()
        .filter(|duty| duty.tour == tour.id)
        .collect();
    let mut names: Vec<&str> = duties.iter().map(|duty| duty.person.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let rows = names.into_iter().filter_map(|name| {
        let own: Vec<&&Duty> = duties.iter().filter(|duty| duty.person == name).collect();
        let first = own.first()?;
        Some(vec![
            Cell::text(name),
            Cell::Text(desk.say_of("role", &first.role)),
            Cell::Text(desk.words.skills(first.skills.split('|'))),
            desk.tick(own.iter().any(|duty| duty.driver)),
            Cell::Whole(own.len() as u64),
            Cell::Tenths(own.iter().map(|duty| duty.hours).sum()),
        ])
    });
    block(
        desk,
        "people",
        &["name", "role", "skills", "driver", "days", "hours"],
        rows.collect(),
    )
}

fn cost(desk: &Desk<'_>, tour: &Tour) -> Block {
    let row = vec![
        Cell::Yuan(tour.cost.travel),
        Cell::Yuan(tour.cost.nights),
        Cell::Yuan(tour.cost.team),
        Cell::Yuan(tour.cost.fees),
        Cell::Yuan(tour.cost.total()),
        Cell::Yuan(tour.expected_income),
    ];
    let header = [
        "cost_travel",
        "cost_nights",
        "cost_team",
        "cost_fees",
        "sum",
        "income",
    ];
    block(desk, "cost", &header, vec![row])
}

fn signatures(desk: &Desk<'_>) -> Block {
    let header = ["sign_manager", "sign_parts", "sign_director"];
    block(
        desk,
        "signatures",
        &header,
        vec![vec![Cell::Blank; header.len()]],
    )
}

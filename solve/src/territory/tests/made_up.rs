//! Made-up problems for the tests.

use super::super::rng::Rng;
use super::super::*;

/// Sizes of a made-up problem.
pub(in crate::territory) struct Size {
    cells: usize,
    points: usize,
    days: usize,
    teams: usize,
    nights: u32,
    visits: u32,
}

pub(super) const TINY: Size = Size {
    cells: 6,
    points: 3,
    days: 5,
    teams: 1,
    nights: 1,
    visits: 1,
};
/// Two teams that differ, small enough to try everything.
pub(in crate::territory) const PAIRED: Size = Size {
    cells: 5,
    points: 3,
    days: 4,
    teams: 2,
    nights: 1,
    visits: 1,
};
pub(in crate::territory) const SMALL: Size = Size {
    cells: 25,
    points: 8,
    days: 14,
    teams: 2,
    nights: 3,
    visits: 2,
};

pub(in crate::territory) fn date(day: usize) -> String {
    format!("2026-12-{:02}", day + 1)
}

/// A problem with rest days, closed days, days off, shared cells, pair costs and an asymmetric leg table.
#[expect(
    clippy::too_many_lines,
    reason = "one problem written out from top to bottom"
)]
pub(in crate::territory) fn made_up(seed: u64, size: &Size) -> Problem {
    let mut rng = Rng::new(seed);
    let nodes: Vec<(f64, f64)> = (0..=size.points)
        .map(|_| (rng.unit() * 200.0, rng.unit() * 200.0))
        .collect();
    let away = |a: (f64, f64), b: (f64, f64)| {
        ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
    };
    let km: Vec<Vec<f64>> = nodes
        .iter()
        .enumerate()
        .map(|(i, &a)| {
            nodes
                .iter()
                .enumerate()
                .map(|(k, &b)| away(a, b) + if i < k { 5.0 } else { 0.0 })
                .collect()
        })
        .collect();
    let hours = km
        .iter()
        .map(|row| row.iter().map(|v| v / 55.0).collect())
        .collect();
    let mut pairs = Vec::new();
    let cells: Vec<Cell> = (0..size.cells)
        .map(|cell| {
            let at = (rng.unit() * 200.0, rng.unit() * 200.0);
            for point in 0..size.points {
                let km = away(at, nodes[point + 1]);
                if km < 90.0 {
                    pairs.push(Pair {
                        cell,
                        point,
                        km,
                        share: 1.0 - km / 120.0,
                        cost: (rng.below(3) * 100) as f64,
                    });
                }
            }
            let hours = if rng.below(12) == 0 {
                0.0
            } else {
                2.0 + rng.unit() * 14.0
            };
            Cell {
                id: format!("c{cell}"),
                vehicles: 10.0,
                hours,
                value: 300.0 + rng.unit() * 9000.0,
            }
        })
        .collect();
    let points = (0..size.points)
        .map(|p| Point {
            id: format!("P{p}"),
            bays: 1.0 + rng.below(3) as f64,
            fee_per_day: 150.0 * rng.below(3) as f64,
            open: (rng.below(3) == 0).then(|| {
                (0..size.days)
                    .filter(|_| rng.below(5) > 0)
                    .map(date)
                    .collect()
            }),
            max_days: [Some(2), Some(3), None][rng.below(3)],
            pin: if rng.below(9) == 0 {
                Pin::Never
            } else {
                Pin::Free
            },
        })
        .collect();
    Problem {
        schema: PROBLEM_SCHEMA.to_owned(),
        days: (0..size.days)
            .map(|d| Day {
                date: date(d),
                work: d % 7 != 5,
            })
            .collect(),
        teams: (0..size.teams)
            .map(|t| Team {
                id: format!("team-{t}"),
                technicians: 2.0 + rng.below(2) as f64,
                hours_per_day: 8.0,
                cost_per_day: 800.0,
                days_off: if rng.below(3) == 0 {
                    vec![date(rng.below(size.days))]
                } else {
                    Vec::new()
                },
            })
            .collect(),
        limits: Limits {
            max_nights: size.nights,
            setup_hours: 0.5,
            min_service_hours: 2.0,
            max_drive_hours_per_day: 5.0,
            visits_per_point: size.visits,
            utilisation: 0.85,
            first_depart: (rng.below(2) == 0).then(|| date(1)),
            min_days_home: rng.below(2) as u32,
        },
        costs: Costs {
            per_km: 1.5,
            per_night: 300.0,
        },
        points,
        legs: Legs { km, hours },
        cells,
        pairs,
    }
}

pub(super) fn effort(iterations: u64) -> Budget<'static> {
    Budget {
        iterations,
        stop: None,
    }
}

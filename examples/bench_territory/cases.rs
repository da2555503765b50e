//! Invented territory problems in the style of small field cases, at any size.
//!
//! Points and cells lie in a square around the depot; a cell can be served at every point within 60 km, where
//! its customers' share halves every 30 km beyond the first 10.

use super::territory::{
    Cell, Costs, Day, Legs, Limits, PROBLEM_SCHEMA, Pair, Pin, Point, Problem, Team,
};

/// Sizes of a case.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) cells: usize,
    pub(crate) points: usize,
    pub(crate) days: usize,
    pub(crate) teams: usize,
    /// Side of the square, km.
    pub(crate) side: f64,
    /// Demand in hours over what the teams could offer without driving.
    pub(crate) demand: f64,
}

/// The cases of `--make`: demand far above what the teams offer, about equal to it, and below it.
pub(crate) const CASES: [Case; 9] = [
    case("middle-far-above", (200, 25, 22, 2), 330.0, 6.0),
    case("middle-equal", (200, 25, 22, 2), 330.0, 2.2),
    case("middle-below", (200, 25, 22, 2), 330.0, 1.0),
    case("wide-far-above", (2000, 60, 22, 3), 420.0, 6.0),
    case("wide-equal", (2000, 60, 22, 3), 420.0, 2.2),
    case("wide-below", (2000, 60, 22, 3), 420.0, 1.0),
    case("large-far-above", (5000, 120, 23, 4), 520.0, 8.0),
    case("large-equal", (5000, 120, 23, 4), 520.0, 2.2),
    case("large-below", (5000, 120, 23, 4), 520.0, 1.0),
];

/// The sizes are (cells, points, days, teams).
pub(crate) const fn case(
    name: &'static str,
    sizes: (usize, usize, usize, usize),
    side: f64,
    demand: f64,
) -> Case {
    let (cells, points, days, teams) = sizes;
    Case {
        name,
        cells,
        points,
        days,
        teams,
        side,
        demand,
    }
}

/// Road kilometres per kilometre as the crow flies.
const DETOUR: f64 = 1.3;
/// Farthest a customer comes, km.
const REACH: f64 = 60.0;

/// Dice (`SplitMix64`), so that a case is the same on every machine.
struct Dice(u64);

impl Dice {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 ≤ x < 1.
    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// 0 ≤ n < `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.bits() % end.max(1) as u64) as usize
    }
}

/// Writes a number with so many decimals, as the files of a real plan do.
fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}

/// The problem of a case.
pub(crate) fn problem(case: &Case, seed: u64) -> Problem {
    let mut dice = Dice(seed ^ (case.cells as u64) << 20 ^ (case.points as u64) << 8);
    let mut places = vec![(case.side / 2.0, case.side / 2.0)];
    places.extend((0..case.points).map(|_| (dice.unit() * case.side, dice.unit() * case.side)));
    let days: Vec<Day> = (0..case.days)
        .map(|d| Day {
            date: format!("2026-12-{:02}", d + 1),
            work: d % 7 != 4 && d % 7 != 5,
        })
        .collect();
    let teams: Vec<Team> = (0..case.teams)
        .map(|t| Team {
            id: format!("team-{}", t + 1),
            technicians: if t % 2 == 0 { 3.0 } else { 2.0 },
            hours_per_day: 8.0,
            cost_per_day: 1200.0,
            days_off: if t == 1 {
                vec!["2026-12-09".to_owned()]
            } else {
                Vec::new()
            },
        })
        .collect();
    let points = points(case, &days, &mut dice);
    let (cells, pairs) = demand(case, &places, &days, &teams, &mut dice);
    let km: Vec<Vec<f64>> = places
        .iter()
        .map(|&a| {
            places
                .iter()
                .map(|&b| rounded(DETOUR * apart(a, b), 10.0))
                .collect()
        })
        .collect();
    let hours = km
        .iter()
        .map(|row| row.iter().map(|km| rounded(km / 60.0, 1000.0)).collect())
        .collect();
    Problem {
        schema: PROBLEM_SCHEMA.to_owned(),
        days,
        teams,
        limits: Limits {
            max_nights: 3,
            setup_hours: 0.5,
            min_service_hours: 2.0,
            max_drive_hours_per_day: 6.0,
            visits_per_point: 1,
            utilisation: 0.85,
            first_depart: None,
            min_days_home: 0,
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

fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
}

/// Service points; a quarter of them is closed on two days.
fn points(case: &Case, days: &[Day], dice: &mut Dice) -> Vec<Point> {
    (0..case.points)
        .map(|p| {
            let closed = [1 + dice.below(4), 8 + dice.below(4)];
            let open = (dice.below(4) == 0).then(|| {
                days.iter()
                    .enumerate()
                    .filter(|(d, _)| !closed.contains(d))
                    .map(|(_, day)| day.date.clone())
                    .collect()
            });
            Point {
                id: format!("P{:03}", p + 1),
                bays: 1.0 + dice.below(3) as f64,
                fee_per_day: 150.0 * dice.below(3) as f64,
                open,
                max_days: Some(3),
                pin: Pin::Free,
            }
        })
        .collect()
}

/// Cells and their pairs; the hours add up to the case's demand.
fn demand(
    case: &Case,
    places: &[(f64, f64)],
    days: &[Day],
    teams: &[Team],
    dice: &mut Dice,
) -> (Vec<Cell>, Vec<Pair>) {
    let offered: f64 = teams
        .iter()
        .map(|t| {
            let touring = days
                .iter()
                .filter(|d| d.work && !t.days_off.contains(&d.date))
                .count();
            touring as f64 * t.technicians.min(2.0) * 7.5 * 0.85
        })
        .sum();
    let raw: Vec<(f64, f64)> = (0..case.cells)
        .map(|_| {
            let vehicles = 1.0 + dice.below(38) as f64;
            (vehicles, vehicles * (0.15 + 0.35 * dice.unit()))
        })
        .collect();
    let scale = case.demand * offered / raw.iter().map(|r| r.1).sum::<f64>();
    let (mut cells, mut pairs) = (Vec::new(), Vec::new());
    for (cell, (vehicles, hours)) in raw.into_iter().enumerate() {
        let at = (dice.unit() * case.side, dice.unit() * case.side);
        for (point, &place) in places.iter().skip(1).enumerate() {
            let km = rounded(apart(at, place), 10.0);
            if km <= REACH {
                let share = rounded(libm::exp2(-(km - 10.0).max(0.0) / 30.0), 1e4);
                pairs.push(Pair {
                    cell,
                    point,
                    km,
                    share,
                    cost: 0.0,
                });
            }
        }
        let hours = rounded(hours * scale, 1000.0);
        let value = rounded(hours * (350.0 + 600.0 * dice.unit()), 10.0);
        cells.push(Cell {
            id: format!("c{cell}"),
            vehicles,
            hours,
            value,
        });
    }
    (cells, pairs)
}

//! The problem compiled for searching: indices instead of ids, sparse lists instead of pairs, runs instead of dates.
//!
//! Responsible for: everything that does not change during a search.
//! Not responsible for: checking the problem (`validate`), or any decision.

use super::facts::HOURS_TOLERANCE;
use super::problem::{Pin, Problem};

/// A cell as seen from one point: what serving all of it there takes and brings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// Index of the cell among those of the model.
    pub(super) cell: usize,
    /// Hours.
    pub(super) hours: f64,
    /// Yuan, pair cost taken off; always > 0.
    pub(super) gain: f64,
}

/// A point as seen from one cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server {
    /// Index of the point.
    pub(super) point: usize,
    /// Hours that serving all of the cell there takes.
    pub(super) hours: f64,
    /// Yuan that it brings.
    pub(super) gain: f64,
}

/// A point compiled.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) bays: f64,
    pub(super) fee: f64,
    /// Most days in the whole plan, those of all teams together; 0 where it must not be used.
    pub(super) max_days: usize,
    /// Consecutive open days from each day on, up to the longest tour; days beyond the list count as open.
    pub(super) open_run: Vec<usize>,
    pub(super) pinned: Pinned,
    pub(super) items: Vec<Item>,
}

/// What a pin asks of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pinned {
    /// Nothing.
    Free,
    /// A visit on any day.
    Any,
    /// A visit that begins on this day (index); none where the date is not in the list.
    On(Option<usize>),
}

/// Teams that cannot be told apart.
#[derive(Debug, Clone)]
pub(super) struct Class {
    /// Indices of the teams.
    pub(super) members: Vec<usize>,
    pub(super) technicians: f64,
    pub(super) cost_per_day: f64,
    /// Hours of a day without driving: hours − set-up.
    pub(super) base_hours: f64,
    /// Consecutive allowed days from each day on.
    pub(super) allowed_run: Vec<usize>,
}

/// The problem compiled.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) days: usize,
    /// Number of cells that some point can serve with a gain; all others are left out.
    pub(super) cells: usize,
    /// The first so many of them may be served more than once: by several points, or by several visits of one.
    pub(super) contested: usize,
    /// The problem's index of each cell.
    pub(super) cell_in_problem: Vec<usize>,
    pub(super) sites: Vec<Site>,
    pub(super) classes: Vec<Class>,
    /// Class of each team.
    pub(super) class_of: Vec<usize>,
    /// Longest tour in days.
    pub(super) longest: usize,
    pub(super) visits_per_point: usize,
    pub(super) min_days_home: usize,
    pub(super) utilisation: f64,
    pub(super) min_service_hours: f64,
    pub(super) max_drive_hours: f64,
    pub(super) per_km: f64,
    pub(super) per_night: f64,
    /// Days that look alike to every tour that starts there share a number.
    pub(super) look_of_day: Vec<usize>,
    /// A day of each look, from which it can be read.
    pub(super) day_of_look: Vec<usize>,
    leg_km: Vec<f64>,
    leg_hours: Vec<f64>,
    /// By cell: where its entries in `servers` begin.
    first_server: Vec<usize>,
    servers: Vec<Server>,
}

impl Model {
    /// Compiles a problem that `validate` finds nothing in.
    pub(super) fn new(problem: &Problem) -> Self {
        let days = problem.days.len();
        let nodes = problem.points.len() + 1;
        let flat = |table: &[Vec<f64>]| -> Vec<f64> {
            table
                .iter()
                .flat_map(|r| r.iter().copied().take(nodes))
                .collect()
        };
        let (classes, class_of) = classes(problem);
        let run = classes
            .iter()
            .flat_map(|c| c.allowed_run.iter().copied())
            .max()
            .unwrap_or(0);
        let longest = (problem.limits.max_nights as usize)
            .saturating_add(1)
            .min(run);
        let visits = problem.limits.visits_per_point as usize;
        let mut sites = sites(problem, longest);
        let (cell_in_problem, contested) = number_cells(&mut sites, problem.cells.len(), visits);
        let cells = cell_in_problem.len();
        let (look_of_day, day_of_look) = looks(&sites, days, longest);
        let (first_server, servers_of) = by_cell(&sites, cells);
        Self {
            days,
            cells,
            cell_in_problem,
            contested,
            sites,
            classes,
            class_of,
            longest,
            visits_per_point: visits,
            min_days_home: (problem.limits.min_days_home as usize).min(days),
            utilisation: problem.limits.utilisation,
            min_service_hours: problem.limits.min_service_hours,
            max_drive_hours: problem.limits.max_drive_hours_per_day,
            per_km: problem.costs.per_km,
            per_night: problem.costs.per_night,
            look_of_day,
            day_of_look,
            leg_km: flat(&problem.legs.km),
            leg_hours: flat(&problem.legs.hours),
            first_server,
            servers: servers_of,
        }
    }

    /// Where a cell can be served, by point.
    pub(super) fn servers(&self, cell: usize) -> &[Server] {
        &self.servers[self.first_server[cell]..self.first_server[cell + 1]]
    }

    /// Number of places of the leg table: the depot and the points.
    pub(super) fn nodes(&self) -> usize {
        self.sites.len() + 1
    }

    /// Kilometres between two places (0 = depot, point + 1).
    pub(super) fn km(&self, from: usize, to: usize) -> f64 {
        self.leg_km[from * self.nodes() + to]
    }

    /// Hours between two places (0 = depot, point + 1).
    pub(super) fn hours(&self, from: usize, to: usize) -> f64 {
        self.leg_hours[from * self.nodes() + to]
    }

    /// Whether a day with this much driving is allowed.
    pub(super) fn day_allowed(&self, class: &Class, drive: f64) -> bool {
        drive <= self.max_drive_hours + HOURS_TOLERANCE
            && class.base_hours - drive >= self.min_service_hours - HOURS_TOLERANCE
    }

    /// Hours offered at a point by one allowed day with this much driving (a term of `visit_hours`).
    pub(super) fn day_hours(&self, class: &Class, point: usize, drive: f64) -> f64 {
        class.technicians.min(self.sites[point].bays)
            * (class.base_hours - drive).max(0.0)
            * self.utilisation
    }

    /// Hours offered by a stop of `stay` days after a leg of `out` hours; `home` hours are driven on its last day.
    pub(super) fn stop_hours(
        &self,
        class: &Class,
        point: usize,
        stay: usize,
        out: f64,
        home: f64,
    ) -> f64 {
        if stay == 1 {
            return self.day_hours(class, point, out + home);
        }
        self.day_hours(class, point, out)
            + self.day_hours(class, point, 0.0) * stay.saturating_sub(2) as f64
            + self.day_hours(class, point, home)
    }

    /// Whether all days of such a stop are allowed.
    pub(super) fn stop_allowed(&self, class: &Class, stay: usize, out: f64, home: f64) -> bool {
        if stay == 1 {
            return self.day_allowed(class, out + home);
        }
        self.day_allowed(class, out)
            && self.day_allowed(class, home)
            && self.day_allowed(class, 0.0)
    }

    /// Whether a visit of the point may begin on this day as far as its pin goes.
    pub(super) fn may_begin(&self, point: usize, day: usize) -> bool {
        match self.sites[point].pinned {
            Pinned::On(date) if self.visits_per_point == 1 => date == Some(day),
            _ => true,
        }
    }

    /// Whether a visit that begins on this day keeps the point's pin.
    pub(super) fn keeps_pin(&self, point: usize, day: usize) -> bool {
        match self.sites[point].pinned {
            Pinned::Free => false,
            Pinned::Any => true,
            Pinned::On(date) => date == Some(day),
        }
    }
}

fn sites(problem: &Problem, longest: usize) -> Vec<Site> {
    let mut sites: Vec<Site> = problem
        .points
        .iter()
        .map(|point| {
            // Days beyond the list count as open: teams are not allowed there anyway, and so the last days look
            // like all others. The same goes for rest days of a point without dates.
            let mut open: Vec<bool> = problem
                .days
                .iter()
                .map(|d| {
                    point
                        .open
                        .as_ref()
                        .is_none_or(|dates| dates.contains(&d.date))
                })
                .collect();
            open.resize(problem.days.len() + longest, true);
            let most = point.max_days.map_or(usize::MAX, |m| m as usize);
            Site {
                bays: point.bays,
                fee: point.fee_per_day,
                max_days: if point.pin == Pin::Never { 0 } else { most },
                open_run: runs(&open, longest),
                pinned: match &point.pin {
                    Pin::Free | Pin::Never => Pinned::Free,
                    Pin::Must => Pinned::Any,
                    Pin::On(date) => Pinned::On(problem.days.iter().position(|d| d.date == *date)),
                },
                items: Vec::new(),
            }
        })
        .collect();
    for pair in &problem.pairs {
        let cell = &problem.cells[pair.cell];
        let gain = pair.share * cell.value - pair.cost;
        if gain > 0.0 {
            sites[pair.point].items.push(Item {
                cell: pair.cell,
                hours: pair.share * cell.hours,
                gain,
            });
        }
    }
    sites
}

/// Numbers the cells that have items, those that may be served more than once first; the problem's index of each, and
/// how many may be.
fn number_cells(sites: &mut [Site], of_problem: usize, visits: usize) -> (Vec<usize>, usize) {
    let (mut served, mut servings) = (vec![false; of_problem], vec![0; of_problem]);
    for site in sites.iter() {
        for item in &site.items {
            served[item.cell] = true;
            servings[item.cell] += if site.max_days > 0 { visits.min(2) } else { 0 };
        }
    }
    let mut used: Vec<usize> = (0..of_problem).filter(|&cell| served[cell]).collect();
    used.sort_by_key(|&cell| servings[cell] < 2);
    let contested = used.partition_point(|&cell| servings[cell] > 1);
    let mut number = vec![0; of_problem];
    for (n, &cell) in used.iter().enumerate() {
        number[cell] = n;
    }
    for site in sites {
        site.items
            .iter_mut()
            .for_each(|item| item.cell = number[item.cell]);
        site.items.sort_unstable_by_key(|item| item.cell);
    }
    (used, contested)
}

/// The items of all points, by cell; and where each cell's begin.
fn by_cell(sites: &[Site], cells: usize) -> (Vec<usize>, Vec<Server>) {
    let mut by_cell: Vec<(usize, Server)> = Vec::new();
    for (point, site) in sites.iter().enumerate() {
        by_cell.extend(site.items.iter().map(|&Item { cell, hours, gain }| {
            let server = Server { point, hours, gain };
            (cell, server)
        }));
    }
    by_cell.sort_by_key(|(cell, server)| (*cell, server.point));
    let mut first = vec![0; cells + 1];
    for (cell, _) in &by_cell {
        first[cell + 1] += 1;
    }
    for cell in 0..cells {
        first[cell + 1] += first[cell];
    }
    (
        first,
        by_cell.into_iter().map(|(_, server)| server).collect(),
    )
}

fn classes(problem: &Problem) -> (Vec<Class>, Vec<usize>) {
    let mut classes: Vec<Class> = Vec::new();
    let mut class_of = Vec::with_capacity(problem.teams.len());
    for (t, team) in problem.teams.iter().enumerate() {
        let first = problem.limits.first_depart.as_ref();
        let allowed: Vec<bool> = problem
            .days
            .iter()
            .map(|d| {
                d.work && !team.days_off.contains(&d.date) && first.is_none_or(|f| d.date >= *f)
            })
            .collect();
        let class = Class {
            members: vec![t],
            technicians: team.technicians,
            cost_per_day: team.cost_per_day,
            base_hours: team.hours_per_day - problem.limits.setup_hours,
            allowed_run: runs(&allowed, problem.days.len()),
        };
        let alike = classes.iter().position(|c| {
            c.technicians == class.technicians
                && c.cost_per_day == class.cost_per_day
                && c.base_hours == class.base_hours
                && c.allowed_run == class.allowed_run
        });
        match alike {
            Some(c) => classes[c].members.push(t),
            None => classes.push(class),
        }
        class_of.push(alike.unwrap_or(classes.len() - 1));
    }
    (classes, class_of)
}

/// Length of the run of `true` that begins at each place, at most `most`.
fn runs(flags: &[bool], most: usize) -> Vec<usize> {
    let mut runs = vec![0; flags.len()];
    let mut run = 0;
    for (at, &flag) in flags.iter().enumerate().rev() {
        run = if flag { run + 1 } else { 0 };
        runs[at] = run.min(most);
    }
    runs
}

/// Numbers the days by what a tour starting there meets: open runs and pinned dates over the longest tour.
///
/// Tours are cut by the team's own allowed run, so equal looks give equal tours.
fn looks(sites: &[Site], days: usize, longest: usize) -> (Vec<usize>, Vec<usize>) {
    let mut keys: Vec<Vec<usize>> = Vec::new();
    let mut look_of_day = Vec::with_capacity(days);
    let mut day_of_look = Vec::new();
    for day in 0..days {
        let mut key = Vec::with_capacity(sites.len() * longest);
        for site in sites {
            for ahead in 0..longest {
                let run = site.open_run[day + ahead].min(longest - ahead);
                let pin = matches!(site.pinned, Pinned::On(Some(date)) if date == day + ahead);
                key.push(run * 2 + usize::from(pin));
            }
        }
        let look = keys.iter().position(|k| *k == key).unwrap_or_else(|| {
            keys.push(key);
            day_of_look.push(day);
            keys.len() - 1
        });
        look_of_day.push(look);
    }
    (look_of_day, day_of_look)
}

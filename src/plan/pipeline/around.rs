//! Tours that stand while the month is planned: which of them, under which names, and what they break.
//!
//! Responsible for: choosing the tours that a new search may not touch, closing the days no new tour may leave
//! on, names for new tours, broken rules as findings, bookings that would be lost. Not responsible for: the
//! search (`solve::territory`).

use std::collections::{BTreeMap, BTreeSet};

use super::given::{Given, GivenTour};
use crate::domain::settings::TeamSettings;
use crate::domain::{Advice, Answer, CallOutcome, Date, Month, Settings, Vehicle};
use crate::findings::{Failure, FailureKind, Finding};
use crate::plan::model::{CalledVehicle, Plan};
use crate::solve::territory::{Broken, Day, Team, TourPlan, Violation};

/// The first day a new tour may leave on: its customers can still be called in time.
pub fn earliest_depart(settings: &Settings, month: Month, today: Date) -> Date {
    let earliest = today.plus_days(i64::from(settings.calls.from_days));
    earliest.max(month.first())
}

impl<'a> Given<'a> {
    /// The month to be searched anew around what stands: tours with bookings, those changed by hand, and those
    /// that leave before a new tour could.
    pub fn around(
        last: &'a Plan,
        answers: BTreeMap<String, Answer>,
        advice: BTreeMap<String, Advice>,
        earliest: Date,
    ) -> Self {
        let mut given = Self::of(last, answers, advice);
        let booked: BTreeSet<&str> = given.booked().map(|one| one.tour.as_str()).collect();
        given.tours.retain(|tour| {
            let early = Date::parse_iso(&tour.tour.depart).is_some_and(|day| day < earliest);
            let changed = last.changes.iter().any(|change| change.tour == tour.id);
            early || changed || booked.contains(tour.id.as_str())
        });
        given.searched = true;
        given.holds = true;
        given
    }

    /// Vehicles of the last plan whose slot is booked and who have not turned it down since.
    fn booked(&self) -> impl Iterator<Item = &'a CalledVehicle> {
        let vehicles = self.last.vehicles.iter().filter(|one| one.is_booked());
        let kept: Vec<&CalledVehicle> = vehicles
            .filter(|one| {
                let answer = self.answers.get(&one.booking);
                answer.is_none_or(|answer| answer.outcome != Some(CallOutcome::Declined))
            })
            .collect();
        kept.into_iter()
    }

    /// Closes the days before `earliest` to teams that are not on a standing tour then: a new tour cannot leave
    /// any more, and the problem says so. Likewise the days on which a team's van is out with another team's tour.
    pub(super) fn close_days(
        &self,
        (days, teams): (&[Day], &mut [Team]),
        known: &[TeamSettings],
        earliest: Date,
    ) {
        for team in teams {
            let own = known.iter().find(|known| known.id == team.id);
            let van = own.map(|own| own.van.as_str());
            let spans = |takes: &dyn Fn(&GivenTour) -> bool| -> Vec<(Date, Date)> {
                let tours = self.tours.iter().filter(|tour| takes(tour));
                tours.filter_map(GivenTour::span).collect()
            };
            let out = spans(&|tour| tour.tour.team == team.id);
            let lent = spans(&|tour| {
                let reserve = self.reserve_van(&tour.id);
                tour.tour.team != team.id && reserve.is_some() && reserve == van
            });
            let within = |spans: &[(Date, Date)], date: Date| {
                spans.iter().any(|(from, to)| *from <= date && date <= *to)
            };
            for day in days {
                let Some(date) = Date::parse_iso(&day.date) else {
                    continue;
                };
                let closed = date < earliest || within(&lent, date);
                let away = within(&out, date);
                if closed && !away && !team.days_off.contains(&day.date) {
                    team.days_off.push(day.date.clone());
                }
            }
            team.days_off.sort();
        }
    }

    /// Every tour of a solution with its id: those that have one keep it, new ones get ids no tour of the last
    /// plan had.
    pub(super) fn named(&self, tours: &[TourPlan]) -> Vec<(TourPlan, String)> {
        let old = Given::of(self.last, BTreeMap::new(), BTreeMap::new());
        let mut free = free_ids(self.last);
        let taken: BTreeSet<&str> = self.tours.iter().map(|tour| tour.id.as_str()).collect();
        tours
            .iter()
            .map(|tour| {
                let known = self.id_of(tour).or_else(|| {
                    let id = old.id_of(tour);
                    id.filter(|id| !taken.contains(id))
                });
                let id = known.map(str::to_owned).or_else(|| free.next());
                (tour.clone(), id.unwrap_or_default())
            })
            .collect()
    }

    /// Refuses a plan in which a booked customer has lost point, day or time.
    pub(super) fn keeps_bookings(&self, plan: &Plan, vehicles: &[Vehicle]) -> Result<(), Failure> {
        let now: BTreeMap<&str, &CalledVehicle> = plan
            .vehicles
            .iter()
            .map(|one| (one.vehicle.as_str(), one))
            .collect();
        let mut lost: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for one in self.booked() {
            // Who is in no table any more has nothing to lose.
            let at = vehicles.binary_search_by(|v| v.id.as_str().cmp(&one.vehicle));
            if at.is_err() {
                continue;
            }
            let point = point_of(self.last, &one.visit);
            let kept = now
                .get(one.vehicle.as_str())
                .is_some_and(|new| new.slot == one.slot && point_of(plan, &new.visit) == point);
            if !kept {
                let key = (one.tour.as_str(), point.unwrap_or_default());
                lost.entry(key).or_default().push(&one.booking);
            }
        }
        if lost.is_empty() {
            return Ok(());
        }
        let findings = lost.into_iter().map(|((tour, point), bookings)| {
            Finding::new("M118")
                .arg("tour", tour)
                .arg("point", point)
                .arg("count", bookings.len())
                .arg("bookings", bookings.join(", "))
        });
        Err(refused(findings.collect()))
    }
}

impl GivenTour {
    /// First and last day.
    fn span(&self) -> Option<(Date, Date)> {
        let first = Date::parse_iso(&self.tour.depart)?;
        let days: u32 = self.tour.stops.iter().map(|stop| stop.days).sum();
        Some((first, first.plus_days(i64::from(days.max(1)) - 1)))
    }
}

/// The point of a visit.
pub(super) fn point_of<'p>(plan: &'p Plan, visit: &str) -> Option<&'p str> {
    let visit = plan.visits.iter().find(|one| one.id == visit)?;
    Some(visit.point.as_str())
}

/// Ids no tour of a plan has or had, in order: `T05`, `T06` …
pub fn free_ids(last: &Plan) -> impl Iterator<Item = String> {
    let number = |id: &str| id.trim_start_matches('T').parse::<u32>().ok();
    let tours = last.tours.iter().map(|tour| tour.id.as_str());
    let changed = last.changes.iter().map(|change| change.tour.as_str());
    let signed = last.approvals.keys().map(String::as_str);
    let used = tours.chain(changed).chain(signed).filter_map(number).max();
    (used.unwrap_or(0) + 1..).map(|number| format!("T{number:02}"))
}

fn refused(findings: Vec<Finding>) -> Failure {
    Failure {
        kind: FailureKind::NoPlan,
        findings,
    }
}

/// Broken rules in the words of the registry; `ids` are the tours' names in the order they were judged in.
pub fn rules_broken(violations: &[Violation], ids: &[String]) -> Failure {
    let findings = violations.iter().map(|one| {
        let tour = one.tour.and_then(|tour| ids.get(tour));
        broken(&one.rule, tour.map_or("", String::as_str), ids)
    });
    let mut findings: Vec<Finding> = findings.collect();
    findings.dedup();
    refused(findings)
}

/// One broken rule of a tour.
pub fn broken(rule: &Broken, tour: &str, ids: &[String]) -> Finding {
    let tour_rule = |code: &str| Finding::new(code).arg("tour", tour);
    let hours = |hours: f64| format!("{hours:.1}");
    match rule {
        Broken::UnknownTeam { team } => tour_rule("M102").arg("team", team),
        Broken::UnknownPoint { point } => tour_rule("M103").arg("point", point),
        Broken::UnknownDay { depart } | Broken::TooLate { depart, .. } => {
            tour_rule("M104").arg("date", depart)
        }
        Broken::NoStop | Broken::NoDay { .. } => tour_rule("M105"),
        Broken::Twice { point } => tour_rule("M106").arg("point", point),
        Broken::RestDay { date } => tour_rule("M107").arg("date", date),
        Broken::DayOff { date, team } => tour_rule("M108").arg("date", date).arg("team", team),
        Broken::Nights { nights, most } => {
            tour_rule("M109").arg("nights", nights).arg("most", most)
        }
        Broken::TooEarly { depart, first } => {
            tour_rule("M110").arg("depart", depart).arg("first", first)
        }
        Broken::Driving {
            date,
            hours: driven,
            most,
        } => tour_rule("M111")
            .arg("date", date)
            .arg("hours", hours(*driven))
            .arg("most", most),
        Broken::Service { date, left, least } => tour_rule("M112")
            .arg("date", date)
            .arg("left", hours(*left))
            .arg("least", least),
        Broken::Closed { point, date } => tour_rule("M113").arg("point", point).arg("date", date),
        Broken::Away { team, home, before } => tour_rule("M114")
            .arg("team", team)
            .arg("home", home)
            .arg("other", ids.get(*before).map_or("", String::as_str)),
        Broken::Visits { point, visits } => Finding::new("M115")
            .arg("point", point)
            .arg("visits", visits),
        Broken::Days { point, days, most } => Finding::new("M116")
            .arg("point", point)
            .arg("days", days)
            .arg("most", most),
        Broken::Pin { message } | Broken::Allocation { message } => {
            Finding::new("M011").arg("message", message)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Fen;
    use crate::plan::model::{Change, TourChange, small};

    fn booked_plan() -> Plan {
        let mut plan = small::plan();
        plan.vehicles[0].slot = format!("{} 09:00", plan.visits[0].first_day);
        plan
    }

    #[test]
    fn tours_with_bookings_or_leaving_too_soon_stand_and_the_others_are_searched() {
        let plan = booked_plan();
        let depart = plan.tours[0].depart;
        let around = |plan: &Plan, earliest: Date, answers| {
            Given::around(plan, answers, BTreeMap::new(), earliest)
                .tours
                .len()
        };
        assert_eq!(around(&plan, depart, BTreeMap::new()), 1);
        let declined = Answer {
            outcome: Some(CallOutcome::Declined),
            ..Answer::default()
        };
        let no = BTreeMap::from([(plan.vehicles[0].booking.clone(), declined)]);
        assert_eq!(around(&plan, depart, no.clone()), 0);
        assert_eq!(around(&plan, depart.plus_days(1), no), 1);
    }

    #[test]
    fn a_team_stays_at_home_while_its_van_is_out_in_place_of_another_ones() {
        let mut plan = small::plan();
        let (first, last) = (plan.tours[0].depart, plan.tours[0].ret);
        let team = |id: &str| Team {
            id: id.into(),
            technicians: 1.0,
            hours_per_day: 8.0,
            cost_per_day: 0.0,
            days_off: Vec::new(),
        };
        let known = |id: &str, van: &str| TeamSettings {
            id: id.into(),
            van: van.into(),
            ..TeamSettings::default()
        };
        let out = plan.tours[0].team.clone();
        let known = [
            known(&out, "W1"),
            known("lender", "W2"),
            known("other", "W3"),
        ];
        let days: Vec<Day> = (-1..=last.days_since(first) + 1)
            .map(|into| Day {
                date: first.plus_days(into).to_string(),
                work: true,
            })
            .collect();
        let closed = |plan: &Plan| -> Vec<Vec<String>> {
            let mut teams = [team(&out), team("lender"), team("other")];
            let given = Given::of(plan, BTreeMap::new(), BTreeMap::new());
            given.close_days((&days, &mut teams), &known, first.plus_days(-9));
            teams.map(|team| team.days_off).into()
        };
        assert_eq!(closed(&plan), [const { Vec::<String>::new() }; 3]);
        plan.changes.push(TourChange {
            number: 1,
            tour: plan.tours[0].id.clone(),
            on: plan.today,
            reason: String::new(),
            change: Change::WithoutVan {
                van: "W1".into(),
                reserve: "W2".into(),
            },
            cost_before: Fen(0),
            cost_now: Fen(0),
            concerned: Vec::new(),
        });
        let of_tour = days[1..days.len() - 1].iter().map(|day| day.date.clone());
        let of_tour: Vec<String> = of_tour.collect();
        assert_eq!(closed(&plan), [Vec::new(), of_tour, Vec::new()]);
    }

    #[test]
    fn new_tours_get_ids_no_tour_had() {
        let mut plan = small::plan();
        plan.tours[0].id = "T07".into();
        assert_eq!(free_ids(&plan).next().as_deref(), Some("T08"));
        let given = Given::of(&plan, BTreeMap::new(), BTreeMap::new());
        let mut other = given.tours[0].tour.clone();
        other.depart = "2026-12-24".into();
        let named = given.named(&[given.tours[0].tour.clone(), other]);
        let ids: Vec<&str> = named.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(ids, ["T07", "T08"]);
    }

    #[test]
    fn a_booking_that_loses_its_time_or_point_is_named() {
        let last = booked_plan();
        let given = Given::of(&last, BTreeMap::new(), BTreeMap::new());
        let known: Vec<Vehicle> = last
            .vehicles
            .iter()
            .map(|one| Vehicle {
                id: one.vehicle.as_str().into(),
                ..Vehicle::default()
            })
            .collect();
        assert!(given.keeps_bookings(&last, &known).is_ok());
        let mut later = last.clone();
        later.vehicles[0].slot = format!("{} 10:00", last.visits[0].first_day);
        let failure = given.keeps_bookings(&later, &known).expect_err("refused");
        assert_eq!(failure.kind.exit_status(), 4);
        assert_eq!(failure.findings[0].code, "M118");
        assert_eq!(
            failure.findings[0].args["bookings"],
            last.vehicles[0].booking
        );
        let mut elsewhere = last.clone();
        elsewhere.visits[0].point = "P99".into();
        assert!(given.keeps_bookings(&elsewhere, &known).is_err());
    }
}

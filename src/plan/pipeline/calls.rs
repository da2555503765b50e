//! Who calls whom on which day: T-5 … T-3, one call per contact, most urgent first, evenly over days and
//! advisers, never more than an adviser's calls a day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::PlanInputs;
use super::kept_calls::{kept_calls, rank_again};
use super::tours::MonthTours;
use crate::domain::{Date, Person, Role, Vehicle};
use crate::findings::Finding;
use crate::ingest::Tables;
use crate::plan::model::{Call, Callable, CalledVehicle, MOVED, Status};
use crate::solve::calls::{Asked, Room, quotas};
use crate::territory::slot_text;

/// One contact of one tour.
struct Contact<'v> {
    key: String,
    vehicles: Vec<&'v CalledVehicle>,
}

pub(super) fn schedule(
    inputs: &PlanInputs<'_>,
    month: &MonthTours,
    called: &[CalledVehicle],
) -> (Vec<Call>, Vec<Finding>) {
    let mut findings = Vec::new();
    let tables = &inputs.ingested.tables;
    let kept = kept_calls(inputs, month, called);
    let of_last: BTreeSet<&str> = kept.iter().map(|call| call.vehicle.as_str()).collect();
    // Asked for again and again: place and contact are looked up among all vehicles once. Looked up only.
    let known = |one: &CalledVehicle| {
        let index = tables.position(&one.vehicle)?;
        Some((index, tables.vehicles[index].contact_key()))
    };
    let known: HashMap<&str, (usize, String)> = called
        .par_iter()
        .filter_map(|one| Some((one.vehicle.as_str(), known(one)?)))
        .collect();
    let index_of = |id: &str| known.get(id).map(|(index, _)| *index);
    // New contacts are numbered behind those that have a number.
    let numbered = kept
        .iter()
        .filter_map(|call| call.contact.get(1..)?.parse::<usize>().ok())
        .max()
        .unwrap_or(0);
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for one in called {
        if let Some((_, contact)) = known.get(one.vehicle.as_str()) {
            let next = numbers.len() + 1;
            numbers.entry(contact).or_insert(next);
        }
    }
    let advisers = advisers(tables);
    let mut used = contacts_by_day(&kept, &advisers);
    let mut calls = Vec::new();
    let mut lists = Vec::new();
    for tour in &month.tours {
        let id = tour.id.clone();
        let mut contacts: BTreeMap<String, Contact<'_>> = BTreeMap::new();
        let new = called
            .iter()
            .filter(|one| one.tour == id && one.status != Status::Deferred)
            .filter(|one| !of_last.contains(one.vehicle.as_str()));
        for one in new {
            let Some((_, contact)) = known.get(one.vehicle.as_str()) else {
                continue;
            };
            let number = numbers.get(contact.as_str()).copied().unwrap_or(0);
            let key = format!("C{:05}", number + numbered);
            contacts
                .entry(key.clone())
                .or_insert_with(|| Contact {
                    key,
                    vehicles: Vec::new(),
                })
                .vehicles
                .push(one);
        }
        if contacts.is_empty() && inputs.given.is_some() {
            continue;
        }
        let mut contacts: Vec<Contact<'_>> = contacts.into_values().collect();
        for contact in &mut contacts {
            contact.vehicles.sort_by_key(|one| one.urgency);
        }
        contacts.sort_by_key(|contact| contact.vehicles.first().map(|one| one.urgency));
        // New on a list: behind everybody who has a turn.
        let of_tour = kept.iter().filter(|call| call.tour == id);
        lists.push(List {
            behind: of_tour.map(|call| call.priority).max().unwrap_or(0),
            window: window(inputs, &tour.facts.depart, &id, &mut findings),
            tour: id,
            contacts,
        });
    }
    let may_call = |vehicle: &str| {
        index_of(vehicle).map_or(Callable::NoPhone, |index| {
            callable(&tables.vehicles[index], false)
        })
    };
    let mut desk = Desk {
        advisers: &advisers,
        used: &mut used,
        callable: &may_call,
        slot: &slot_of(month, &index_of),
    };
    let quotas = desk.quotas(&lists);
    for (list, quotas) in lists.iter().zip(quotas) {
        calls.extend(desk.give_out(list, &quotas));
    }
    let grown: BTreeSet<String> = calls.iter().map(|call| call.tour.clone()).collect();
    calls.extend(kept);
    if inputs.given.is_some() {
        rank_again(&mut calls, &grown);
    }
    let turn = |call: &Call| (call.tour.clone(), call.priority, call.vehicle.clone());
    calls.sort_by_cached_key(turn);
    findings.extend(without_a_day(inputs, month, &calls));
    (calls, findings)
}

/// P003 for each tour with contacts who wait for a call nobody has time for: also where they waited before, but not once it has left.
fn without_a_day(inputs: &PlanInputs<'_>, month: &MonthTours, calls: &[Call]) -> Vec<Finding> {
    let waits = |call: &&Call| {
        let open = call.callable == Callable::Yes && call.outcome.is_none();
        open && call.call_date.is_none() && call.deviation.is_empty()
    };
    let mut contacts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for call in calls.iter().filter(waits) {
        contacts.entry(&call.tour).or_default().insert(call.who());
    }
    let tours = month.tours.iter().enumerate();
    let to_come = tours.filter(|(position, _)| !month.has_left(*position, inputs));
    let said = to_come.filter_map(|(_, tour)| {
        let finding = Finding::new("P003").arg("calls", contacts.get(tour.id.as_str())?.len());
        Some(finding.arg("tour", &tour.id))
    });
    said.collect()
}

/// Who makes calls.
pub(super) fn advisers(tables: &Tables) -> Vec<&Person> {
    let crew = tables.crew.iter();
    crew.filter(|p| p.role == Role::Adviser && p.calls_per_day > 0)
        .collect()
}

/// What the desk has to do on a day, and can still take.
pub(super) fn room(advisers: &[&Person], used: &BTreeMap<(usize, Date), u32>, day: Date) -> Room {
    let everyone = 0..advisers.len();
    let busy = everyone.clone().filter_map(|one| used.get(&(one, day)));
    Room {
        busy: busy.map(|calls| *calls as usize).sum(),
        free: everyone
            .map(|one| calls_free(advisers, used, one, day) as usize)
            .sum(),
    }
}

/// Calls an adviser can still make on a day.
fn calls_free(
    advisers: &[&Person],
    used: &BTreeMap<(usize, Date), u32>,
    adviser: usize,
    day: Date,
) -> u32 {
    let person = advisers[adviser];
    if person.days_off.contains(&day) {
        return 0;
    }
    let used = used.get(&(adviser, day)).copied().unwrap_or(0);
    person.calls_per_day.saturating_sub(used)
}

/// Contacts each adviser has on each day already.
pub(super) fn contacts_by_day(kept: &[Call], advisers: &[&Person]) -> BTreeMap<(usize, Date), u32> {
    let mut contacts: BTreeMap<(usize, Date), BTreeSet<&str>> = BTreeMap::new();
    for call in kept {
        let adviser = advisers.iter().position(|p| p.name == call.caller);
        if let (Some(adviser), Some(date)) = (adviser, call.call_date) {
            contacts
                .entry((adviser, date))
                .or_default()
                .insert(call.contact.as_str());
        }
    }
    let used = contacts.into_iter();
    used.map(|(key, contacts)| (key, contacts.len() as u32))
        .collect()
}

/// Whether a vehicle's customer may and can be called.
pub(super) fn callable(vehicle: &Vehicle, refuses: bool) -> Callable {
    match super::region::uncallable(vehicle) {
        Some("do_not_call") => Callable::DoNotCall,
        Some(_) => Callable::NoPhone,
        None if refuses => Callable::DoNotCall,
        None => Callable::Yes,
    }
}

fn slot_of<'m>(
    month: &'m MonthTours,
    index_of: &'m dyn Fn(&str) -> Option<usize>,
) -> impl Fn(&str) -> String + 'm {
    move |id| {
        index_of(id)
            .and_then(|index| {
                let slot = month.slots.get(&index)?;
                let visit = &month.visits[month.called.get(&index)?.visit];
                Some(slot_text(visit.first_day, slot))
            })
            .unwrap_or_default()
    }
}

/// The days calls can be made on.
#[derive(Default)]
pub(super) struct Window {
    pub(super) days: Vec<Date>,
    /// They are rest days: there is no workday.
    rest: bool,
    /// Why they lie outside T-5 … T-3; empty = they do not.
    deviation: &'static str,
}

/// T-5 … T-3; of a tour that was moved so that these are over, all days left before it leaves.
pub(super) fn window(
    inputs: &PlanInputs<'_>,
    depart: &str,
    tour: &str,
    findings: &mut Vec<Finding>,
) -> Window {
    let Some(depart) = Date::parse_iso(depart) else {
        return Window::default();
    };
    let rules = &inputs.settings.calls;
    let from = depart.plus_days(-i64::from(rules.from_days));
    let to = depart.plus_days(-i64::from(rules.to_days));
    if from < inputs.today {
        findings.push(
            Finding::new("P014")
                .arg("tour", tour)
                .arg("from", from)
                .arg("to", to)
                .arg("today", inputs.today),
        );
    }
    let mut days: Vec<Date> = (0..=to.days_since(from).max(0))
        .map(|day| from.plus_days(day))
        .filter(|day| *day >= inputs.today)
        .collect();
    let mut deviation = "";
    if days.is_empty() && inputs.given.is_some_and(|given| given.has_moved(tour)) {
        let left = depart.days_since(inputs.today).max(0);
        days = (0..left).map(|day| inputs.today.plus_days(day)).collect();
        deviation = MOVED;
    }
    let calendar = &inputs.ingested.tables.calendar;
    let work: Vec<Date> = days
        .iter()
        .copied()
        .filter(|day| calendar.is_work(*day))
        .collect();
    let rest = work.is_empty();
    if rest {
        for date in &days {
            findings.push(Finding::new("P011").arg("tour", tour).arg("date", date));
        }
    }
    Window {
        days: if rest { days } else { work },
        rest,
        deviation,
    }
}

/// Who is to be called for one tour, most urgent first, and when.
struct List<'v> {
    tour: String,
    contacts: Vec<Contact<'v>>,
    window: Window,
    /// The last number of those who have a turn already.
    behind: u32,
}

struct Desk<'a> {
    advisers: &'a [&'a Person],
    used: &'a mut BTreeMap<(usize, Date), u32>,
    callable: &'a dyn Fn(&str) -> Callable,
    slot: &'a dyn Fn(&str) -> String,
}

impl Desk<'_> {
    fn free(&self, adviser: usize, day: Date) -> u32 {
        calls_free(self.advisers, self.used, adviser, day)
    }

    fn can(&self, contact: &Contact<'_>) -> bool {
        let mut vehicles = contact.vehicles.iter();
        vehicles.any(|one| (self.callable)(&one.vehicle) == Callable::Yes)
    }

    /// How many contacts of each list its days take.
    fn quotas(&self, lists: &[List<'_>]) -> Vec<Vec<usize>> {
        let asked: Vec<Asked<'_, Date>> = lists
            .iter()
            .map(|list| Asked {
                contacts: list.contacts.iter().filter(|one| self.can(one)).count(),
                days: &list.window.days,
            })
            .collect();
        quotas(&asked, &|day| room(self.advisers, self.used, day))
    }

    fn give_out(&mut self, list: &List<'_>, quotas: &[usize]) -> Vec<Call> {
        let mut turns: Vec<(Date, usize)> = Vec::new();
        for (day, quota) in list.window.days.iter().zip(quotas) {
            turns.extend(self.turns(*day, *quota));
        }
        let mut turns = turns.into_iter();
        let mut calls = Vec::new();
        let mut priority = list.behind;
        for contact in &list.contacts {
            let can = self.can(contact);
            let turn = if can { turns.next() } else { None };
            for one in &contact.vehicles {
                priority += 1;
                let callable = (self.callable)(&one.vehicle);
                let turn = turn.filter(|_| callable == Callable::Yes);
                calls.push(Call {
                    booking: one.booking.clone(),
                    tour: list.tour.clone(),
                    vehicle: one.vehicle.clone(),
                    contact: contact.key.clone(),
                    call_date: turn.map(|turn| turn.0),
                    caller: turn.map_or(String::new(), |turn| self.advisers[turn.1].name.clone()),
                    priority,
                    slot_offered: (self.slot)(&one.vehicle),
                    callable,
                    rest_day: turn.is_some() && list.window.rest,
                    outcome: one.told.as_ref().and_then(|told| told.outcome),
                    deviation: turn.map_or_else(String::new, |_| list.window.deviation.to_owned()),
                });
            }
        }
        calls
    }

    /// Advisers take turns on a day, so that each has some of the urgent calls.
    fn turns(&mut self, day: Date, quota: usize) -> Vec<(Date, usize)> {
        let mut turns = Vec::with_capacity(quota);
        while turns.len() < quota {
            let before = turns.len();
            for adviser in 0..self.advisers.len() {
                if turns.len() < quota && self.free(adviser, day) > 0 {
                    *self.used.entry((adviser, day)).or_default() += 1;
                    turns.push((day, adviser));
                }
            }
            if turns.len() == before {
                break;
            }
        }
        turns
    }
}

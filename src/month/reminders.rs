//! Who is reminded when, and how: every booked vehicle before its tour leaves, late visits once more on
//! their eve, and all on the day of departure.
//!
//! Responsible for: days, channels, deviations and what the plan has to tell about them. Not responsible
//! for: the words (`documents::texts`), the numbers themselves (only whether one is a mobile comes in).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{Calendar, Date, Phones, Vehicle};
use crate::findings::Finding;
use crate::plan::model::{
    Callable, CalledVehicle, Change, Channel, MOVED, Plan, Reminder, ReminderKind, Tour,
};

/// Days into the tour from which a visit counts as late: it begins on the third day or after.
const LATE_VISIT_DAYS: i64 = 2;

/// Why a reminder lies outside its window, or why there is none: words of reminders.csv.
const BOOKED_LATE: &str = "booked_late";
const REFUSED: &str = "refused";
const NO_NUMBER: &str = "no_number";
const TOO_LATE: &str = "too_late";

/// What a customer wants no more of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// Texts.
    pub texts: bool,
    /// Calls.
    pub calls: bool,
}

impl Refusals {
    /// By contact key, of everybody in the population who refuses anything: a refusal about one vehicle counts for its number.
    pub fn of(vehicles: &[Vehicle]) -> HashMap<String, Self> {
        let mut refusals: HashMap<String, Self> = HashMap::new();
        for one in vehicles
            .iter()
            .filter(|one| one.do_not_call || one.sms_optout)
        {
            let known = refusals.entry(one.contact_key()).or_default();
            known.texts |= one.sms_optout;
            known.calls |= one.do_not_call;
        }
        refusals
    }
}

/// One customer: all vehicles that share a contact key.
#[derive(Clone, Copy, Default)]
struct Contact {
    phones: Phones,
    no_texts: bool,
    no_calls: bool,
}

impl Contact {
    fn channel(self) -> Channel {
        if self.phones.mobile && !self.no_texts {
            Channel::Text
        } else if self.phones.any() && !self.no_calls {
            Channel::Call
        } else {
            Channel::None
        }
    }
}

/// Every message to booked customers of tours that take place, in order of day, tour and contact.
///
/// `phones` says for a vehicle what its numbers reach, `refusals` what was refused about any vehicle of its customer, on no
/// list though it may be; `sent` are the reminders of the plan before this one:
/// what lay before `today` about the same slot stays as it was. Of the window the first workday still to
/// come is used, else its first rest day (M082); where it is over, the next day up to the eve of the visit, with a
/// deviation (M080); who cannot be reminded at all is said (M081).
pub fn schedule(
    plan: &Plan,
    phones: &dyn Fn(&str) -> Phones,
    refusals: &dyn Fn(&str) -> Refusals,
    sent: &[Reminder],
    calendar: &Calendar,
    today: Date,
) -> (Vec<Reminder>, Vec<Finding>) {
    if !plan.vehicles.iter().any(CalledVehicle::is_booked) {
        return (Vec::new(), said(plan, &[], calendar));
    }
    let contact_of: BTreeMap<&str, &str> = plan
        .calls
        .iter()
        .filter(|call| !call.contact.is_empty())
        .map(|call| (call.vehicle.as_str(), call.contact.as_str()))
        .collect();
    let key = |one: &CalledVehicle| {
        let known = contact_of.get(one.vehicle.as_str()).copied();
        known.unwrap_or(&one.vehicle).to_owned()
    };
    let contacts = contacts(plan, phones, refusals, &key);
    let mut reminders = Vec::new();
    for tour in plan.tours.iter().filter(|tour| !rests(plan, &tour.id)) {
        let desk = Desk {
            plan,
            tour,
            sent,
            calendar,
            today,
        };
        let booked = plan.vehicles.iter().filter(|one| one.tour == tour.id);
        for one in booked.filter(|one| one.is_booked()) {
            let contact = key(one);
            let who = contacts.get(&contact).copied().unwrap_or_default();
            reminders.extend(desk.of(one, &contact, who));
        }
    }
    reminders.sort_by(|a, b| order(a).cmp(&order(b)));
    let findings = said(plan, &reminders, calendar);
    (reminders, findings)
}

/// By day (no day last), tour, contact, kind and booking.
fn order(one: &Reminder) -> (bool, Option<Date>, &str, &str, ReminderKind, &str) {
    let (tour, contact) = (one.tour.as_str(), one.contact.as_str());
    (
        one.date.is_none(),
        one.date,
        tour,
        contact,
        one.kind,
        &one.booking,
    )
}

/// What holds for all vehicles of a contact: a refusal about one of them counts for its number.
fn contacts(
    plan: &Plan,
    phones: &dyn Fn(&str) -> Phones,
    refusals: &dyn Fn(&str) -> Refusals,
    key: &dyn Fn(&CalledVehicle) -> String,
) -> BTreeMap<String, Contact> {
    let refuses: BTreeSet<&str> = plan
        .calls
        .iter()
        .filter(|call| call.callable == Callable::DoNotCall)
        .map(|call| call.vehicle.as_str())
        .collect();
    let mut contacts: BTreeMap<String, Contact> = BTreeMap::new();
    for one in &plan.vehicles {
        let contact = contacts.entry(key(one)).or_default();
        contact.phones = contact.phones.and(phones(&one.vehicle));
        let Refusals { texts, calls } = refusals(&one.vehicle);
        contact.no_texts |= one.sms_optout || texts;
        contact.no_calls |= refuses.contains(one.vehicle.as_str()) || calls;
    }
    contacts
}

/// Whether the last word on a tour is that it does not leave (for now).
fn rests(plan: &Plan, tour: &str) -> bool {
    let changes = plan.changes.iter().filter(|change| change.tour == tour);
    changes.fold(false, |rests, change| match change.change {
        Change::Suspended { .. } | Change::Cancelled { .. } => true,
        Change::Moved { .. } => false,
        _ => rests,
    })
}

/// One tour's reminders in the making.
struct Desk<'a> {
    plan: &'a Plan,
    tour: &'a Tour,
    sent: &'a [Reminder],
    calendar: &'a Calendar,
    today: Date,
}

impl Desk<'_> {
    fn of(&self, one: &CalledVehicle, contact: &str, who: Contact) -> Vec<Reminder> {
        let row = |kind, date: Option<Date>, channel, deviation: &str| Reminder {
            booking: one.booking.clone(),
            tour: self.tour.id.clone(),
            vehicle: one.vehicle.clone(),
            contact: contact.to_owned(),
            date,
            channel,
            kind,
            slot: one.slot.clone(),
            deviation: deviation.to_owned(),
        };
        let kept = |kind| self.kept(one, contact, kind);
        let visit = self.plan.visits.iter().find(|visit| visit.id == one.visit);
        let begins = visit.map(|visit| visit.first_day);
        let Some(day) = slot_day(&one.slot).or(begins) else {
            return Vec::new();
        };
        let channel = who.channel();
        let mut rows = Vec::new();
        let first = kept(ReminderKind::First).unwrap_or_else(|| {
            let first = |date, deviation| row(ReminderKind::First, date, channel, deviation);
            if channel == Channel::None {
                let why = if who.phones.any() { REFUSED } else { NO_NUMBER };
                return first(None, why);
            }
            match self.day_in_window() {
                Some(date) => first(Some(date), ""),
                None if self.today < day => first(Some(self.today), self.why_late()),
                None => row(ReminderKind::First, None, Channel::None, TOO_LATE),
            }
        });
        let told_on = first.date;
        rows.push(first);
        // What the first message would say on the same day needs no second one.
        let due = |date: Date| {
            let open = date >= self.today && told_on.is_none_or(|told| told < date);
            open && channel != Channel::None
        };
        let late = begins.unwrap_or(day).days_since(self.tour.depart) >= LATE_VISIT_DAYS;
        let eve = day.plus_days(-1);
        if late {
            let second = || row(ReminderKind::Second, Some(eve), channel, "");
            rows.extend(kept(ReminderKind::Second).or_else(|| due(eve).then(second)));
        }
        let leaves = self.tour.depart;
        let departure = || row(ReminderKind::Departure, Some(leaves), channel, "");
        rows.extend(kept(ReminderKind::Departure).or_else(|| due(leaves).then(departure)));
        rows
    }

    /// A message about the same slot whose day has passed: it was sent.
    fn kept(&self, one: &CalledVehicle, contact: &str, kind: ReminderKind) -> Option<Reminder> {
        let same = |sent: &&Reminder| {
            sent.booking == one.booking
                && sent.tour == self.tour.id
                && sent.kind == kind
                && sent.slot == one.slot
                && sent.date.is_some_and(|date| date < self.today)
        };
        let mut kept = self.sent.iter().find(same)?.clone();
        contact.clone_into(&mut kept.contact);
        let outside = kept.date.is_some_and(|date| match kind {
            ReminderKind::First => !self.window().contains(&date),
            ReminderKind::Second => false,
            ReminderKind::Departure => date != self.tour.depart,
        });
        if outside && kept.deviation.is_empty() {
            MOVED.clone_into(&mut kept.deviation);
        }
        Some(kept)
    }

    /// T-2 … T-1, the earliest first.
    fn window(&self) -> Vec<Date> {
        let settings = &self.plan.settings.reminders;
        let (from, to) = (i64::from(settings.from_days), i64::from(settings.to_days));
        let days = (to..=from).rev();
        days.map(|before| self.tour.depart.plus_days(-before))
            .collect()
    }

    /// The first workday of the window still to come, else its first rest day.
    fn day_in_window(&self) -> Option<Date> {
        let mut days = self.window();
        days.retain(|date| *date >= self.today);
        let work = days.iter().find(|date| self.calendar.is_work(**date));
        work.or(days.first()).copied()
    }

    fn why_late(&self) -> &'static str {
        let moved = |change: &&crate::plan::model::TourChange| {
            change.tour == self.tour.id && change.change.moves_days()
        };
        if self.plan.changes.iter().any(|change| moved(&change)) {
            MOVED
        } else {
            BOOKED_LATE
        }
    }
}

/// The day of a slot `yyyy-mm-dd HH:MM`.
fn slot_day(slot: &str) -> Option<Date> {
    slot.get(0..10).and_then(Date::parse_iso)
}

/// One finding for each tour and reason.
fn said(plan: &Plan, reminders: &[Reminder], calendar: &Calendar) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tour in &plan.tours {
        let own = || reminders.iter().filter(|one| one.tour == tour.id);
        let mut reasons: BTreeMap<(bool, &str), BTreeSet<&str>> = BTreeMap::new();
        for one in own().filter(|one| !one.deviation.is_empty()) {
            let key = (one.date.is_none(), one.deviation.as_str());
            reasons.entry(key).or_default().insert(&one.booking);
        }
        for ((none, why), bookings) in reasons {
            let code = if none { "M081" } else { "M080" };
            let list: Vec<&str> = bookings.iter().copied().collect();
            findings.push(
                Finding::new(code)
                    .arg("tour", &tour.id)
                    .arg("count", bookings.len())
                    .arg("why", why)
                    .arg("bookings", list.join(", ")),
            );
        }
        let days: BTreeSet<Date> = own()
            .filter(|one| one.kind == ReminderKind::First && one.deviation.is_empty())
            .filter_map(|one| one.date)
            .filter(|date| !calendar.is_work(*date))
            .collect();
        for date in days {
            let finding = Finding::new("M082").arg("tour", &tour.id);
            findings.push(finding.arg("date", date));
        }
    }
    findings
}

#[cfg(test)]
mod tests;

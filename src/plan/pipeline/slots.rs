//! Slots of the month's visits: booked ones after the calls, offers for everybody else.

use super::PlanInputs;
use super::around::point_of;
use super::region::{Region, group_of};
use super::tours::{MonthTours, OnTour, said_yes};
use super::vehicle_of;
use crate::domain::{Answer, CallOutcome, Date};
use crate::findings::Finding;
use crate::plan::model::CalledVehicle;
use crate::territory::{
    Booked, BookingDay, DayOffer, Offer, VisitPlan, Wish, book, from_units, offers,
    opening_minutes, units,
};

impl MonthTours {
    /// Books and offers slots on every visit.
    pub(super) fn give_slots(&mut self, inputs: &PlanInputs<'_>, region: &Region<'_>) {
        for position in 0..self.visits.len() {
            let mut wishes = self.wishes(inputs, region, position);
            let visit = &self.visits[position];
            let opens: Vec<u32> = opens(inputs, visit);
            let lanes = self.lanes(region, position);
            let limits = &inputs.settings.tour;
            let days: Vec<BookingDay> = opens
                .iter()
                .zip(&visit.drive_by_day)
                .map(|(opens, drive)| BookingDay {
                    opens: *opens,
                    hours: (limits.hours_per_day - limits.setup_hours - drive).max(0.0),
                })
                .collect();
            let tour = self.tours[visit.tour].id.as_str();
            if inputs
                .given
                .is_some_and(|given| given.changing.as_deref() == Some(tour))
            {
                offer_anew(&mut wishes, &days);
            }
            let booked = book(&wishes, &days, lanes);
            let mut left: Vec<i64> = visit.capacity_by_day.iter().map(|h| units(*h)).collect();
            for slot in &booked {
                if let (Some(left), Some(on)) =
                    (left.get_mut(slot.day), self.called.get(&slot.vehicle))
                {
                    *left = (*left - units(self.visit_hours(inputs, region, on))).max(0);
                }
            }
            let left: Vec<f64> = left.into_iter().map(from_units).collect();
            let asked = self.to_be_offered(inputs, region, position, &booked);
            let taken: Vec<(Booked, f64)> = booked
                .iter()
                .map(|slot| {
                    let own = wishes.iter().find(|wish| wish.vehicle == slot.vehicle);
                    (slot.clone(), own.map_or(0.0, |wish| wish.hours))
                })
                .collect();
            let offered = offers(&asked, &left, &days, &taken, lanes);
            self.slots
                .extend(offered.into_iter().map(|place| (place.vehicle, place)));
            for slot in booked {
                self.booked.insert(slot.vehicle);
                if !slot.as_wished || !slot.fits {
                    self.otherwise.push(slot.clone());
                }
                let place = DayOffer {
                    vehicle: slot.vehicle,
                    day: slot.day,
                    minutes: slot.minutes,
                };
                self.slots.insert(slot.vehicle, place);
            }
        }
    }

    /// Vehicles of a visit whose customers said yes, held slots first, then by the day of the call.
    fn wishes(&self, inputs: &PlanInputs<'_>, region: &Region<'_>, position: usize) -> Vec<Wish> {
        let Some(given) = inputs.given else {
            return Vec::new();
        };
        let places = given.places();
        let visit = &self.visits[position];
        let here = Here {
            visit,
            point: &region.points[visit.point].point.id,
            opens: opens(inputs, visit),
        };
        let mut wishes: Vec<(Option<Date>, Wish)> = self
            .on_visit(position)
            .filter_map(|on| {
                let vehicle = vehicle_of(&inputs.ingested.tables, on.vehicle);
                let said = given.said(&vehicle.id, inputs.month);
                let answer = said
                    .answer
                    .filter(|a| a.outcome == Some(CallOutcome::Coming))?;
                let last = places.get(vehicle.id.as_str()).copied();
                let hours = self.job_hours(inputs, region, on);
                Some((
                    answer.called_on,
                    wish(&here, on, hours, answer, last, given.last),
                ))
            })
            .collect();
        wishes.sort_by_key(|(called, wish)| (*called, wish.vehicle));
        wishes.into_iter().map(|(_, wish)| wish).collect()
    }

    /// Hours a job takes once the vehicle is there: the check and what is likely.
    fn job_hours(&self, inputs: &PlanInputs<'_>, region: &Region<'_>, on: &OnTour) -> f64 {
        let work: f64 = self
            .items(inputs, region, on)
            .map(|item| item.p * item.hours)
            .sum();
        region.prediction(inputs, on.vehicle).check_hours + work
    }

    /// Everybody else on the visit, most valuable first.
    fn to_be_offered(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        position: usize,
        booked: &[Booked],
    ) -> Vec<Offer> {
        let mut list: Vec<(usize, f64, f64, f64)> = self
            .on_visit(position)
            .filter(|on| booked.iter().all(|slot| slot.vehicle != on.vehicle))
            .map(|on| {
                let keep = |item: &str| self.done_on_tour(inputs, region, on, item);
                let prediction = region.prediction(inputs, on.vehicle);
                let hours = prediction.expected_hours(&keep) * on.share;
                let job = self.job_hours(inputs, region, on);
                (on.vehicle, hours, job, prediction.planning_value(&keep))
            })
            .collect();
        list.sort_by(|a, b| b.3.total_cmp(&a.3).then(a.0.cmp(&b.0)));
        list.iter()
            .enumerate()
            .map(|(rank, (vehicle, hours, job, _))| Offer {
                vehicle: *vehicle,
                group: group_of(inputs, region, *vehicle),
                hours: *hours,
                job_hours: *job,
                rank,
            })
            .collect()
    }

    /// Says which bookings are not as wished (M012), which do not end within the day (M013), and who said yes
    /// and found no room (M014).
    pub(super) fn booking_findings(&self, inputs: &PlanInputs<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let booking = |index: usize| {
            let vehicle = vehicle_of(&inputs.ingested.tables, index);
            super::booking_key(&vehicle.id, &inputs.month.to_string())
        };
        let full = |on: &&OnTour| on.waits == Some("capacity");
        for on in self.called.values().filter(full) {
            if said_yes(inputs, on.vehicle) {
                let finding = Finding::new("M014").value(booking(on.vehicle));
                findings.push(finding.arg("visit", &self.visits[on.visit].id));
            }
        }
        for slot in &self.otherwise {
            let Some(on) = self.called.get(&slot.vehicle) else {
                continue;
            };
            let visit = &self.visits[on.visit];
            let day = visit.first_day.plus_days(slot.day as i64);
            let time = format!("{:02}:{:02}", slot.minutes / 60, slot.minutes % 60);
            let code = if slot.fits { "M012" } else { "M013" };
            findings.push(
                Finding::new(code)
                    .value(booking(slot.vehicle))
                    .arg("visit", &visit.id)
                    .arg("slot", format!("{day} {time}")),
            );
        }
        findings
    }
}

/// On a tour that was changed, slots whose jobs no longer lie within the day are booked anew, near by.
fn offer_anew(wishes: &mut [Wish], days: &[BookingDay]) {
    for wish in wishes {
        let fits = wish.held.is_none_or(|(day, minutes)| {
            let day = days.get(day);
            day.is_some_and(|day| day.opens <= minutes && day.ends_by(minutes, wish.hours))
        });
        if !fits {
            wish.offered = wish.held.take();
        }
    }
}

fn opens(inputs: &PlanInputs<'_>, visit: &VisitPlan) -> Vec<u32> {
    let setup = inputs.settings.tour.setup_hours;
    let drive = visit.drive_by_day.iter();
    drive.map(|drive| opening_minutes(*drive, setup)).collect()
}

/// A visit where wishes are uttered.
struct Here<'v> {
    visit: &'v VisitPlan,
    /// Its point.
    point: &'v str,
    /// When service begins, day by day.
    opens: Vec<u32>,
}

fn wish(
    here: &Here<'_>,
    on: &OnTour,
    hours: f64,
    answer: &Answer,
    last: Option<&CalledVehicle>,
    plan: &crate::plan::model::Plan,
) -> Wish {
    let visit = here.visit;
    let within = |date: Date| {
        (visit.first_day <= date && date <= visit.last_day)
            .then(|| date.days_since(visit.first_day) as usize)
    };
    let slot = |text: &str| {
        let day = within(Date::parse_iso(text.get(..10)?)?)?;
        let (hour, minute) = text.get(11..)?.split_once(':')?;
        let minutes = hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?;
        Some((day, minutes))
    };
    // A slot that was booked at another point, or before the tour moved, is none any more; nor is one before
    // the team is there.
    let held = last
        .filter(|one| point_of(plan, &one.visit) == Some(here.point))
        .and_then(|one| slot(&one.slot))
        .filter(|(day, minutes)| here.opens.get(*day).is_some_and(|opens| opens <= minutes));
    let offered = last.and_then(|one| {
        let call = plan.calls.iter().find(|call| call.vehicle == one.vehicle)?;
        slot(&call.slot_offered)
    });
    let changed = |held: &(usize, u32)| {
        let day = answer.day.and_then(within);
        day.is_some_and(|day| day != held.0)
            || answer.minutes.is_some_and(|minutes| minutes != held.1)
    };
    // The same wish as when it was booked keeps the slot, whatever it became; a new wish asks anew.
    let told = last.and_then(|one| one.told.as_ref());
    let same_wish =
        told.is_some_and(|told| told.day == answer.day && told.minutes == answer.minutes);
    Wish {
        vehicle: on.vehicle,
        hours,
        held: held.filter(|held| same_wish || !changed(held)),
        day: answer.day.and_then(within),
        minutes: answer.minutes,
        offered,
    }
}

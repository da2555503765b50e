//! Places offered before the calls: a day and a half hour for every vehicle on a visit.
//!
//! Days are filled to the same share of what they offer, groups kept on one day where they fit; within a
//! day the longest jobs come first and arrivals are spread as the bays are expected to come free. What is offered can
//! be kept: a bay that nobody has booked is free for the whole job, and the job ends within the day. Not everybody
//! comes, so several may be offered the same bay; who says yes first has it. For whom no bay is left there is no offer.

use super::booking::{Booked, BookingDay, STEP, steps};
use super::units;
use crate::domain::Date;

/// One vehicle to be offered a place.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Caller's key, returned unchanged.
    pub vehicle: usize,
    /// Same group, same day where it fits.
    pub group: String,
    /// Expected hours it takes at the visit.
    pub hours: f64,
    /// Hours it takes if it comes.
    pub job_hours: f64,
    /// Order among equals: smaller first.
    pub rank: usize,
}

/// A place offered.
#[derive(Clone, Debug, PartialEq)]
pub struct DayOffer {
    /// The vehicle's key.
    pub vehicle: usize,
    /// 0-based day of the visit.
    pub day: usize,
    /// Minutes after midnight, a half hour.
    pub minutes: u32,
}

/// When a team leaves in the morning, minutes after midnight. An assumption every sheet prints as a time.
pub(super) const START_OF_DAY_MINUTES: u32 = 8 * 60;

/// First half hour at which service can begin on a day with so much driving and set-up.
pub fn opening_minutes(drive_hours: f64, setup_hours: f64) -> u32 {
    let minutes = f64::from(START_OF_DAY_MINUTES) + (drive_hours + setup_hours) * 60.0;
    ((minutes / 30.0).ceil() as u32) * 30
}

/// The date and time as calls.csv prints it.
pub fn slot_text(first_day: Date, offer: &DayOffer) -> String {
    let date = first_day.plus_days(offer.day as i64);
    format!("{date} {:02}:{:02}", offer.minutes / 60, offer.minutes % 60)
}

/// Offers a place to every vehicle a bay is left for. `capacity` and `days` stand day by day; `booked` is what is
/// taken, with the hours of its job; `lanes` is the number of vehicles worked on at once.
pub fn offers(
    vehicles: &[Offer],
    capacity: &[f64],
    days: &[BookingDay],
    booked: &[(Booked, f64)],
    lanes: u32,
) -> Vec<DayOffer> {
    let count = capacity.len().min(days.len());
    if count == 0 {
        return Vec::new();
    }
    let mut load = vec![0_i64; count];
    let mut by_day: Vec<Vec<&Offer>> = vec![Vec::new(); count];
    for group in in_groups(vehicles) {
        let hours: i64 = group.iter().map(|offer| units(offer.hours)).sum();
        let whole = (0..count).find(|&day| load[day] + hours <= units(capacity[day]));
        for offer in group {
            let day = whole.unwrap_or_else(|| emptiest(&load, capacity));
            load[day] += units(offer.hours);
            by_day[day].push(offer);
        }
    }
    let mut sheets: Vec<Sheet> = (0..count)
        .map(|day| Sheet::new(day, days[day], booked, lanes))
        .collect();
    let mut offers = Vec::with_capacity(vehicles.len());
    for (day, mut list) in by_day.into_iter().enumerate() {
        list.sort_by(|a, b| b.hours.total_cmp(&a.hours).then(a.rank.cmp(&b.rank)));
        for offer in list {
            let mut order: Vec<usize> = (0..count).collect();
            order.sort_by_key(|other| (other.abs_diff(day), *other));
            let found = order
                .into_iter()
                .find_map(|day| Some((day, sheets[day].offer(offer)?)));
            offers.extend(found.map(|(day, minutes)| DayOffer {
                vehicle: offer.vehicle,
                day,
                minutes,
            }));
        }
    }
    offers.sort_by_key(|offer| (offer.day, offer.minutes, offer.vehicle));
    offers
}

/// Groups by their most important member; members by rank.
fn in_groups(vehicles: &[Offer]) -> Vec<Vec<&Offer>> {
    let mut groups: std::collections::BTreeMap<&str, Vec<&Offer>> =
        std::collections::BTreeMap::new();
    for offer in vehicles {
        groups.entry(&offer.group).or_default().push(offer);
    }
    let mut groups: Vec<Vec<&Offer>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_by_key(|offer| offer.rank);
    }
    // Large groups first, or no day is empty enough for them.
    let hours = |group: &[&Offer]| group.iter().map(|o| units(o.hours)).sum::<i64>();
    groups.sort_by(|a, b| {
        let large = |group: &[&Offer]| if group.len() > 1 { hours(group) } else { 0 };
        large(b).cmp(&large(a)).then(a[0].rank.cmp(&b[0].rank))
    });
    groups
}

fn emptiest(load: &[i64], capacity: &[f64]) -> usize {
    let share = |day: usize| load[day] as f64 / (units(capacity[day]).max(1) as f64);
    (0..load.len())
        .min_by(|&a, &b| share(a).total_cmp(&share(b)).then(a.cmp(&b)))
        .unwrap_or(0)
}

/// A stretch of a bay's day: from (inclusive) to (exclusive), minutes after midnight.
type Stretch = (u32, u32);

/// What the two have in common, minutes.
fn shared(a: Stretch, b: Stretch) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// One bay's day.
#[derive(Default)]
struct Bay {
    booked: Vec<Stretch>,
    /// By the hours expected: not everybody comes.
    expected: Vec<Stretch>,
}

/// One day of a visit while places are offered.
struct Sheet {
    hours: BookingDay,
    bays: Vec<Bay>,
}

impl Sheet {
    fn new(day: usize, hours: BookingDay, booked: &[(Booked, f64)], lanes: u32) -> Self {
        let mut bays: Vec<Bay> = (0..lanes.max(1)).map(|_| Bay::default()).collect();
        for (slot, job) in booked.iter().filter(|(slot, _)| slot.day == day) {
            let own = (slot.minutes, slot.minutes + steps(*job) * STEP);
            let free = bays
                .iter()
                .position(|bay| bay.booked.iter().all(|taken| shared(*taken, own) == 0));
            // Where bookings overlap, all of the first bay's are seen.
            bays[free.unwrap_or(0)].booked.push(own);
        }
        Self { hours, bays }
    }

    /// The half hour a vehicle is asked to come at; `None` = no bay is left for its job.
    fn offer(&mut self, offer: &Offer) -> Option<u32> {
        let job = steps(offer.job_hours) * STEP;
        let opens = self.hours.opens;
        // A job longer than the day begins with it.
        let last = self.hours.closes().saturating_sub(job).max(opens);
        let wait = (offer.hours * 60.0).round() as u32;
        let mut best: Option<(u32, u32, usize)> = None;
        for from in (opens..=last).step_by(STEP as usize) {
            for (at, bay) in self.bays.iter().enumerate() {
                if bay
                    .booked
                    .iter()
                    .any(|taken| shared(*taken, (from, from + job)) > 0)
                {
                    continue;
                }
                let own = (from, from + wait);
                let both: u32 = bay.expected.iter().map(|other| shared(*other, own)).sum();
                // Less than a half hour in common is within the guess.
                let both = if both < STEP { 0 } else { both };
                best = Some(best.map_or((both, from, at), |best| best.min((both, from, at))));
            }
        }
        let (_, from, at) = best?;
        self.bays[at].expected.push((from, from + wait));
        Some(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(vehicle: usize, group: &str, hours: f64) -> Offer {
        Offer {
            vehicle,
            group: group.into(),
            hours,
            job_hours: hours,
            rank: vehicle,
        }
    }

    const DAY: BookingDay = BookingDay {
        opens: 540,
        hours: 5.0,
    };

    fn taken(minutes: u32, hours: f64) -> (Booked, f64) {
        let slot = Booked {
            vehicle: 99,
            day: 0,
            minutes,
            as_wished: true,
            fits: true,
        };
        (slot, hours)
    }

    #[test]
    fn a_group_gets_one_day_and_days_fill_evenly() {
        let vehicles = [
            offer(0, "a", 3.0),
            offer(1, "fleet", 2.0),
            offer(2, "fleet", 2.0),
            offer(3, "b", 3.0),
        ];
        let places = offers(&vehicles, &[5.0, 5.0], &[DAY, DAY], &[], 2);
        let day = |v: usize| places.iter().find(|p| p.vehicle == v).map(|p| p.day);
        assert_eq!(day(1), day(2));
        let on_first = places.iter().filter(|p| p.day == 0).count();
        assert_eq!((places.len(), on_first), (4, 2));
    }

    #[test]
    fn arrivals_follow_the_bays_coming_free() {
        let vehicles = [offer(0, "a", 2.0), offer(1, "b", 1.0), offer(2, "c", 1.0)];
        let places = offers(&vehicles, &[4.0], &[DAY], &[], 2);
        let minutes: Vec<u32> = places.iter().map(|p| p.minutes).collect();
        assert_eq!(minutes, [540, 540, 600]);
    }

    #[test]
    fn before_anybody_is_booked_everybody_is_offered_a_time_at_which_the_job_ends_within_the_day() {
        // Half of them come: expected hours fill the day, full jobs would fill two.
        let vehicles: Vec<Offer> = (0..10)
            .map(|vehicle| Offer {
                job_hours: 2.0,
                ..offer(vehicle, &vehicle.to_string(), 1.0)
            })
            .collect();
        let places = offers(&vehicles, &[10.0], &[DAY], &[], 2);
        assert_eq!(places.len(), 10);
        for place in &places {
            assert!(DAY.ends_by(place.minutes, 2.0), "{place:?}");
        }
    }

    #[test]
    fn nothing_is_offered_where_a_bay_is_booked_or_the_job_would_end_after_the_day() {
        let three_hours = [offer(0, "a", 3.0)];
        // 9:00 to 11:00 is taken: the job ends at 14:00, as the day does.
        let places = offers(&three_hours, &[5.0], &[DAY], &[taken(540, 2.0)], 1);
        assert_eq!(places.iter().map(|p| p.minutes).collect::<Vec<_>>(), [660]);
        // 11:00 to 12:00 is taken: two hours before and after it.
        let places = offers(&three_hours, &[5.0], &[DAY], &[taken(660, 1.0)], 1);
        assert_eq!(places, []);
        // Another day is free.
        let both = offers(
            &three_hours,
            &[5.0, 0.0],
            &[DAY, DAY],
            &[taken(660, 1.0)],
            1,
        );
        assert_eq!(both.iter().map(|p| p.day).collect::<Vec<_>>(), [1]);
    }
}

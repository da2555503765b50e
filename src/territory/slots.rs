//! Places offered before the calls: a day and a half hour for every vehicle on a visit.
//!
//! Days are filled to the same share of what they offer, groups kept on one day where they fit; within a
//! day the longest jobs come first and arrivals are spread as the bays are expected to come free.

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

/// Offers a place to every vehicle. `capacity` and `opens` stand day by day; `lanes` is the number of
/// vehicles worked on at once.
pub fn offers(vehicles: &[Offer], capacity: &[f64], opens: &[u32], lanes: u32) -> Vec<DayOffer> {
    let days = capacity.len();
    if days == 0 {
        return Vec::new();
    }
    let mut load = vec![0_i64; days];
    let mut by_day: Vec<Vec<&Offer>> = vec![Vec::new(); days];
    for group in in_groups(vehicles) {
        let hours: i64 = group.iter().map(|offer| units(offer.hours)).sum();
        let whole = (0..days).find(|&day| load[day] + hours <= units(capacity[day]));
        for offer in group {
            let day = whole.unwrap_or_else(|| emptiest(&load, capacity));
            load[day] += units(offer.hours);
            by_day[day].push(offer);
        }
    }
    let mut offers = Vec::with_capacity(vehicles.len());
    for (day, mut list) in by_day.into_iter().enumerate() {
        list.sort_by(|a, b| b.hours.total_cmp(&a.hours).then(a.rank.cmp(&b.rank)));
        offers.extend(times(
            &list,
            day,
            opens.get(day).copied().unwrap_or(540),
            lanes,
        ));
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

/// Half hours within a day: a lane is expected to be busy for the expected hours of each vehicle.
fn times(list: &[&Offer], day: usize, opens: u32, lanes: u32) -> Vec<DayOffer> {
    let mut free_at = vec![0.0_f64; lanes.max(1) as usize];
    list.iter()
        .map(|offer| {
            let lane = (0..free_at.len())
                .min_by(|&a, &b| free_at[a].total_cmp(&free_at[b]).then(a.cmp(&b)))
                .unwrap_or(0);
            let start = free_at[lane];
            free_at[lane] += offer.hours;
            let minutes = opens + ((start * 2.0).floor() as u32) * 30;
            DayOffer {
                vehicle: offer.vehicle,
                day,
                minutes: minutes.min(17 * 60 + 30),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(vehicle: usize, group: &str, hours: f64) -> Offer {
        Offer {
            vehicle,
            group: group.into(),
            hours,
            rank: vehicle,
        }
    }

    #[test]
    fn a_group_gets_one_day_and_days_fill_evenly() {
        let vehicles = [
            offer(0, "a", 3.0),
            offer(1, "fleet", 2.0),
            offer(2, "fleet", 2.0),
            offer(3, "b", 3.0),
        ];
        let places = offers(&vehicles, &[5.0, 5.0], &[540, 540], 2);
        let day = |v: usize| places.iter().find(|p| p.vehicle == v).map(|p| p.day);
        assert_eq!(day(1), day(2));
        let on_first = places.iter().filter(|p| p.day == 0).count();
        assert_eq!((places.len(), on_first), (4, 2));
    }

    #[test]
    fn arrivals_follow_the_bays_coming_free() {
        let vehicles = [offer(0, "a", 2.0), offer(1, "b", 1.0), offer(2, "c", 1.0)];
        let places = offers(&vehicles, &[4.0], &[540], 2);
        let minutes: Vec<u32> = places.iter().map(|p| p.minutes).collect();
        assert_eq!(minutes, [540, 540, 600]);
    }
}

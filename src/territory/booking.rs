//! Slots booked after the calls: a bay for as long as the job takes, by wish where that is free.
//!
//! A day is a grid of bays × half hours from the opening on. A booked slot never moves. A new one goes to the
//! wished day and time if a bay is free for the whole job; else to the nearest time of that day, else to the
//! day and time nearest to what was offered. A job that fits no day is put where it ends earliest: the visit
//! is over-full then, and said to be.

/// One vehicle whose customer said yes.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Caller's key, returned unchanged.
    pub vehicle: usize,
    /// Hours the job takes once the vehicle is there.
    pub hours: f64,
    /// The slot it has already: 0-based day and minutes after midnight.
    pub held: Option<(usize, u32)>,
    /// Day wished.
    pub day: Option<usize>,
    /// Time wished.
    pub minutes: Option<u32>,
    /// What was offered before the call.
    pub offered: Option<(usize, u32)>,
}

/// A slot booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The vehicle's key.
    pub vehicle: usize,
    /// 0-based day of the visit.
    pub day: usize,
    /// Minutes after midnight, a half hour.
    pub minutes: u32,
    /// Whether the wish could be met (also where none was uttered).
    pub as_wished: bool,
    /// Whether the job ends within the day.
    pub fits: bool,
}

/// One day of a visit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BookingDay {
    /// First half hour, minutes after midnight.
    pub opens: u32,
    /// Hours of service.
    pub hours: f64,
}

impl BookingDay {
    /// When the last half hour ends, minutes after midnight.
    pub(super) fn closes(self) -> u32 {
        self.opens + ((self.hours * 2.0).floor() as u32).max(1) * STEP
    }

    /// Whether a job of so many hours that begins then ends within the day.
    pub fn ends_by(self, minutes: u32, hours: f64) -> bool {
        minutes + steps(hours) * STEP <= self.closes()
    }
}

/// Minutes of a half hour.
pub(super) const STEP: u32 = 30;

/// Books slots: those held first, then the others in the order given. `bays` is the number of vehicles worked
/// on at once.
pub fn book(wishes: &[Wish], days: &[BookingDay], bays: u32) -> Vec<Booked> {
    let mut grid = Grid {
        days,
        bays: vec![vec![Vec::new(); bays.max(1) as usize]; days.len()],
    };
    let mut booked: Vec<Booked> = Vec::with_capacity(wishes.len());
    if days.is_empty() {
        return booked;
    }
    let (held, new): (Vec<&Wish>, Vec<&Wish>) = wishes
        .iter()
        .partition(|wish| wish.held.is_some_and(|(day, _)| day < days.len()));
    for wish in held {
        let Some((day, minutes)) = wish.held else {
            continue;
        };
        grid.take(day, minutes, steps(wish.hours));
        booked.push(Booked {
            vehicle: wish.vehicle,
            day,
            minutes,
            as_wished: true,
            fits: true,
        });
    }
    for wish in new {
        booked.push(grid.place(wish));
    }
    booked.sort_by_key(|slot| (slot.day, slot.minutes, slot.vehicle));
    booked
}

/// Half hours a job takes, at least one.
pub(super) fn steps(hours: f64) -> u32 {
    ((hours * 2.0 - 1e-6).ceil() as u32).max(1)
}

struct Grid<'d> {
    days: &'d [BookingDay],
    /// By day and bay: taken from (inclusive) to (exclusive), minutes.
    bays: Vec<Vec<Vec<(u32, u32)>>>,
}

impl Grid<'_> {
    fn closes(&self, day: usize) -> u32 {
        self.days[day].closes()
    }

    /// A bay free from `minutes` on for so many half hours.
    fn free_bay(&self, day: usize, minutes: u32, steps: u32) -> Option<usize> {
        let end = minutes + steps * STEP;
        self.bays[day].iter().position(|taken| {
            taken
                .iter()
                .all(|(from, to)| end <= *from || *to <= minutes)
        })
    }

    fn take(&mut self, day: usize, minutes: u32, steps: u32) {
        // A slot held from before may overlap others where hours grew: it keeps its time all the same.
        let bay = self.free_bay(day, minutes, steps).unwrap_or(0);
        self.bays[day][bay].push((minutes, minutes + steps * STEP));
    }

    fn place(&mut self, wish: &Wish) -> Booked {
        let steps = steps(wish.hours);
        let day = wish.day.filter(|day| *day < self.days.len());
        let near = wish.minutes.or(wish.offered.map(|offered| offered.1));
        let first = day.or(wish.offered.map(|offered| offered.0)).unwrap_or(0);
        let mut order: Vec<usize> = (0..self.days.len()).collect();
        order.sort_by_key(|other| (other.abs_diff(first), *other));
        for other in order {
            let Some(minutes) = self.nearest(other, near, steps) else {
                continue;
            };
            self.take(other, minutes, steps);
            let same_day = wish.day.is_none_or(|wished| wished == other);
            let same_time = wish.minutes.is_none_or(|wished| wished == minutes);
            return Booked {
                vehicle: wish.vehicle,
                day: other,
                minutes,
                as_wished: same_day && same_time,
                fits: true,
            };
        }
        self.squeeze(wish.vehicle, steps)
    }

    /// The free start nearest to a time (the earliest where none is wished) at which the job ends within the
    /// day.
    fn nearest(&self, day: usize, near: Option<u32>, steps: u32) -> Option<u32> {
        let opens = self.days[day].opens;
        let last = self.closes(day).checked_sub(steps * STEP)?;
        let starts = (opens..=last).step_by(STEP as usize);
        starts
            .filter(|minutes| self.free_bay(day, *minutes, steps).is_some())
            .min_by_key(|minutes| (near.map_or(0, |near| near.abs_diff(*minutes)), *minutes))
    }

    /// Where nothing is free: behind the bay that is free first, on the day where that is earliest.
    fn squeeze(&mut self, vehicle: usize, steps: u32) -> Booked {
        let mut best = (u32::MAX, 0, 0, 0);
        for (day, bays) in self.bays.iter().enumerate() {
            for (bay, taken) in bays.iter().enumerate() {
                let free = taken.iter().map(|slot| slot.1).max();
                let from = free.unwrap_or(0).max(self.days[day].opens);
                let late = from.saturating_sub(self.days[day].opens);
                best = best.min((late, day, bay, from));
            }
        }
        let (_, day, bay, from) = best;
        let minutes = from.min(self.closes(day).saturating_sub(STEP));
        self.bays[day][bay].push((minutes, minutes + steps * STEP));
        Booked {
            vehicle,
            day,
            minutes,
            as_wished: false,
            fits: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(vehicle: usize, hours: f64, minutes: Option<u32>) -> Wish {
        Wish {
            vehicle,
            hours,
            held: None,
            day: None,
            minutes,
            offered: None,
        }
    }

    const DAY: BookingDay = BookingDay {
        opens: 540,
        hours: 4.0,
    };

    #[test]
    fn a_wish_is_met_where_a_bay_is_free_for_the_whole_job() {
        let booked = book(
            &[wish(1, 1.2, Some(600)), wish(2, 1.0, Some(600))],
            &[DAY],
            2,
        );
        assert!(
            booked
                .iter()
                .all(|slot| slot.minutes == 600 && slot.as_wished)
        );
        let one_bay = book(
            &[wish(1, 1.2, Some(600)), wish(2, 1.0, Some(600))],
            &[DAY],
            1,
        );
        let second = one_bay
            .iter()
            .find(|slot| slot.vehicle == 2)
            .expect("booked");
        // 10:00 to 11:30 is taken: 9:00 is free for an hour and nearer than 11:30.
        assert_eq!((second.minutes, second.as_wished), (540, false));
    }

    #[test]
    fn a_held_slot_never_moves_and_no_bay_is_given_twice() {
        let held = Wish {
            held: Some((0, 600)),
            ..wish(9, 1.0, None)
        };
        let booked = book(&[wish(1, 3.0, None), held], &[DAY, DAY], 1);
        let of = |vehicle| {
            let slot = booked.iter().find(|slot| slot.vehicle == vehicle);
            slot.map(|slot| (slot.day, slot.minutes))
        };
        assert_eq!(of(9), Some((0, 600)));
        assert_eq!(of(1), Some((1, 540)));
    }

    #[test]
    fn what_fits_no_day_is_given_a_slot_and_said_not_to_fit() {
        let booked = book(&[wish(1, 4.0, None), wish(2, 1.0, None)], &[DAY], 1);
        let second = booked
            .iter()
            .find(|slot| slot.vehicle == 2)
            .expect("booked");
        assert!(!second.fits);
        assert!(second.minutes < 540 + 4 * 60);
    }
}

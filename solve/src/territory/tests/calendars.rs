//! A team's calendar against trying every set of tours.

use super::super::calendar::{Frame, Priced, Slot, around, schedule};
use super::super::routes::Route;
use super::rules::by_figures;
use super::*;

/// The most that tours from a day on bring, by trying them all; `forced` must be among them, for nothing.
fn most(
    model: &Model,
    room: &[usize],
    value: &dyn Fn(usize, usize) -> Option<f64>,
    from: usize,
    forced: Option<(usize, usize)>,
) -> f64 {
    if from >= model.days {
        return if forced.is_some() {
            f64::NEG_INFINITY
        } else {
            0.0
        };
    }
    let next = |days: usize| from + days + model.min_days_home;
    if let Some((start, days)) = forced
        && start == from
    {
        return most(model, room, value, next(days), None);
    }
    let mut best = most(model, room, value, from + 1, forced);
    for days in 1..=room[from] {
        let clear = forced.is_none_or(|(start, _)| next(days) <= start);
        if let Some(value_here) = value(from, days).filter(|_| clear) {
            best = best.max(value_here + most(model, room, value, next(days), forced));
        }
    }
    best
}

/// Routes of random worth, by look and length; some there are none of.
fn priced(model: &Model, rng: &mut Rng) -> Priced {
    let mut route = || {
        let value = 10.0 * rng.unit() - 3.0;
        (rng.below(4) > 0).then(|| Route {
            value,
            stops: vec![(0, 1)],
        })
    };
    let looks = 0..model.day_of_look.len();
    looks
        .map(|_| (0..model.longest).map(|_| route()).collect())
        .collect()
}

fn runs(model: &Model, slots: &[Slot], room: &[usize], value: f64) -> bool {
    let apart = slots
        .windows(2)
        .all(|pair| pair[0].start + pair[0].days + model.min_days_home <= pair[1].start);
    let sum: f64 = slots.iter().map(|slot| slot.value).sum();
    apart && slots.iter().all(|slot| slot.days <= room[slot.start]) && (sum - value).abs() < 1e-9
}

#[test]
fn a_teams_days_are_used_as_well_as_by_trying_every_set_of_tours() {
    for seed in 0..60 {
        let mut problem = by_figures();
        problem.limits.min_days_home = (seed % 4) as u32;
        let model = Model::new(&problem);
        let mut rng = Rng::new(seed);
        let routes = priced(&model, &mut rng);
        let room: Vec<usize> = (0..model.days)
            .map(|day| rng.below(model.longest + 1).min(model.days - day))
            .collect();
        let value = |start: usize, days: usize| {
            let route = routes[model.look_of_day[start]][days - 1].as_ref();
            route.map(|route| route.value)
        };
        let best = most(&model, &room, &value, 0, None);
        let (found, slots) = schedule(&model, &routes, &room);
        assert!((found - best).abs() < 1e-9, "seed {seed}: {found}, {best}");
        assert!(runs(&model, &slots, &room, best), "seed {seed}: {slots:?}");
        let frame = Frame::priced(&model, &routes, &room);
        assert!((frame.best() - best).abs() < 1e-9);
        assert!(runs(&model, &frame.slots(), &room, best));
        // Around a tour that must be made.
        let forced = priced(&model, &mut rng);
        let mut slots = around(&model, &routes, &forced, &room).into_iter();
        for start in 0..model.days {
            for days in 1..=room[start] {
                let rest = most(&model, &room, &value, 0, Some((start, days)));
                assert!((frame.rest(start, days) - rest).abs() < 1e-9, "seed {seed}");
                if let Some(route) = &forced[model.look_of_day[start]][days - 1] {
                    let slot = slots.next().unwrap();
                    assert_eq!((slot.start, slot.days), (start, days));
                    assert!((slot.value - (route.value + rest - best)).abs() < 1e-9);
                }
            }
        }
        assert!(slots.next().is_none());
    }
}

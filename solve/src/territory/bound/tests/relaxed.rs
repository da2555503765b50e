//! The relaxation at any prices.

use super::*;

#[test]
fn the_relaxation_is_worth_what_its_formula_says_and_never_less_than_the_best_plan() {
    let (mut standing_ones, mut pinned) = (0, 0);
    for seed in 0..24 {
        let visits = 1 + (seed % 2) as u32;
        let problem = if seed % 2 == 0 && seed % 3 > 0 {
            mixed(seed, visits)
        } else {
            longer(seed, visits)
        };
        let model = Model::new(&problem);
        let trips = all_trips(&problem, &model);
        // In every third, a tour that stands.
        let kept: Vec<Trip> = trips
            .iter()
            .filter(|_| seed % 3 == 0)
            .nth(seed as usize)
            .into_iter()
            .cloned()
            .collect();
        standing_ones += kept.len();
        let plan = Plan {
            trips: kept.clone(),
        };
        let standing = Standing::new(&model, &plan);
        pinned += usize::from(standing.must.contains(&true));
        let best = if seed % 2 == 0 {
            best_with(&problem, &model, &kept)
        } else {
            None
        };
        let mut root = Root::new(&model);
        let mut rng = Rng::new(seed);
        for _ in 0..8 {
            let prices = drawn(&model, &standing.must, &mut rng);
            let (value, _, chosen) = root.relaxation(&standing, &prices);
            let want = relaxation(&model, &standing, &kept, &prices, &trips);
            assert!(
                (value - want).abs() < 1e-6 * (1.0 + want.abs()),
                "seed {seed}: {value}, {want}"
            );
            if let Some(best) = best {
                assert!(
                    value >= best - 1e-9 * (1.0 + best.abs()),
                    "seed {seed}: {value}, {best}"
                );
            }
            for trip in &chosen {
                let room = &standing.room_of[trip.team];
                assert!(trip.days <= room[trip.start], "seed {seed}: {trip:?}");
                assert!(trips.contains(trip), "seed {seed}: {trip:?}");
            }
        }
    }
    assert!(standing_ones > 5 && pinned > 5, "{standing_ones}, {pinned}");
}

#[test]
fn a_points_hours_are_worth_the_best_load_at_the_cells_prices() {
    for seed in 0..12 {
        let problem = made_up(seed, &crate::territory::tests::made_up::SMALL);
        let model = Model::new(&problem);
        let mut rng = Rng::new(seed);
        let mut curves = super::super::super::curves::Curves::new(&model);
        let none = vec![false; model.sites.len()];
        for round in 0..3 {
            let prices = drawn(&model, &none, &mut rng);
            if round < 2 {
                let before = prices.clone();
                curves.reprice(&model, prices.cell());
                assert!(!curves.reprice(&model, before.cell()).contains(&true));
            } else {
                curves.reprice_at(
                    &model,
                    prices.cell(),
                    &(0..model.sites.len()).collect::<Vec<_>>(),
                );
            }
            for point in 0..model.sites.len() {
                let all: f64 = model.sites[point].items.iter().map(|item| item.hours).sum();
                for part in 0..8 {
                    let hours = all * 1.2 * f64::from(part) / 7.0;
                    let want = knapsack(&model, &prices, point, hours);
                    let near = |value: f64| (value - want).abs() < 1e-7 * (1.0 + want);
                    assert!(near(curves.worth(point, hours)), "seed {seed}");
                    // The load behind it, and what one more hour brings.
                    let (mut value, mut used) = (0.0, 0.0);
                    curves.load(&model, point, hours, |cell, x| {
                        let items = model.sites[point].items.iter();
                        let item = items.clone().find(|item| item.cell == cell).unwrap();
                        let price = prices.cell().get(cell).copied().unwrap_or(0.0);
                        assert!(x > 0.0 && x <= 1.0);
                        value += x * (item.gain - price);
                        used += x * item.hours;
                    });
                    assert!(near(value) && used <= hours + 1e-9, "seed {seed}");
                    let more = knapsack(&model, &prices, point, hours + 1e-5) - want;
                    let slope = curves.slope(point, hours);
                    assert!(
                        (slope - more / 1e-5).abs() < 1e-3 * (1.0 + slope),
                        "seed {seed}: {slope}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_a_search_works_out_is_a_bound_from_the_first_step_to_the_last() {
    let (mut proved, mut parted) = (0, 0);
    for seed in 0..16 {
        let problem = match seed % 8 {
            0 => longer(100 + seed, 1),
            3 | 7 => mixed(100 + seed, 2),
            _ => mixed(100 + seed, 1),
        };
        let model = Model::new(&problem);
        let trips = all_trips(&problem, &model);
        let kept: Vec<Trip> = trips
            .iter()
            .filter(|_| seed % 3 == 0)
            .nth(3)
            .into_iter()
            .cloned()
            .collect();
        let Some(best) = best_with(&problem, &model, &kept) else {
            continue;
        };
        let room = 1e-7 * (1.0 + best.abs());
        for short in [0.0, 0.2] {
            // A good plan is known, or only a poor one.
            let known = best - short * best.abs();
            let mut bound = Bound::new(
                &model,
                &Plan {
                    trips: kept.clone(),
                },
                &vec![0.0; model.cells],
            );
            for step in 0..300 {
                if bound.done {
                    break;
                }
                bound.work(1000, known, true);
                assert!(
                    bound.value >= best - room,
                    "seed {seed}, step {step}: {} below {best}",
                    bound.value
                );
                parted += usize::from(bound.tree.is_some());
            }
            proved +=
                usize::from(bound.done && bound.value <= best + 10.0 * room + short * best.abs());
        }
    }
    assert!(proved > 12 && parted > 10, "{proved}, {parted}");
}

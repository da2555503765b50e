//! Allocations with many equal choices against another linear solver, and their own sums.

use super::*;

/// Points that all want the same few cells, with round figures: many ties, many parts of one cell.
fn crowded(seed: u64) -> Problem {
    let mut rng = Rng::new(seed);
    let mut problem = made_up(seed, &SMALL);
    problem.limits.visits_per_point = 1;
    for point in &mut problem.points {
        point.pin = Pin::Free;
        point.max_days = None;
    }
    let cells = 3 + rng.below(10);
    problem.cells.truncate(cells);
    for cell in &mut problem.cells {
        cell.hours = 8.0 * (rng.below(4) as f64);
        cell.value = 100.0 * (1 + rng.below(3)) as f64;
    }
    problem.pairs.clear();
    for cell in 0..cells {
        for point in 0..problem.points.len() {
            if rng.below(4) > 0 {
                problem.pairs.push(Pair {
                    cell,
                    point,
                    km: 0.0,
                    share: [0.25, 0.5, 1.0][rng.below(3)],
                    cost: 0.0,
                });
            }
        }
    }
    problem
}

#[test]
fn an_allocation_among_equal_choices_is_allowed_and_as_good_as_another_solver_finds() {
    let mut shared = 0;
    for seed in 0..300 {
        let model = Model::new(&crowded(seed));
        let mut rng = Rng::new(seed);
        let capacity: Vec<Option<f64>> = (0..model.sites.len())
            .map(|_| (rng.below(8) > 0).then(|| 2.0 * rng.below(9) as f64))
            .collect();
        let guess: Vec<f64> = (0..model.sites.len())
            .map(|_| 25.0 * rng.below(5) as f64)
            .collect();
        let ours = allot(&model, &capacity, &guess);
        let theirs = by_microlp(&model, &capacity);
        assert!(
            (ours.value - theirs).abs() <= 1e-6 * (1.0 + theirs),
            "seed {seed}"
        );
        let (mut hours, mut parts) = (vec![0.0; model.sites.len()], vec![0.0; model.cells]);
        let (mut value, mut servers) = (0.0, vec![0; model.cells]);
        for &(cell, point, x) in &ours.served {
            let item = model.sites[point]
                .items
                .iter()
                .find(|item| item.cell == cell);
            let item = item.unwrap();
            assert!(x > 0.0 && x <= 1.0 + 1e-9);
            hours[point] += x * item.hours;
            parts[cell] += x;
            value += x * item.gain;
            servers[cell] += 1;
        }
        assert!(parts.iter().all(|&part| part <= 1.0 + 1e-9), "seed {seed}");
        for (hours, offered) in hours.iter().zip(&capacity) {
            assert!(*hours <= offered.unwrap_or(0.0) + 1e-7, "seed {seed}");
        }
        assert!((value - ours.value).abs() < 1e-7, "seed {seed}");
        // Prices that allow no cell more than it is sold for, and that add up to the value.
        let own = capacity.iter().zip(&ours.hour_price);
        let bound: f64 = own.map(|(hours, price)| hours.unwrap_or(0.0) * price).sum();
        let bound = bound + ours.cell_price.iter().sum::<f64>();
        assert!(
            (bound - theirs).abs() <= 1e-6 * (1.0 + theirs),
            "seed {seed}"
        );
        for (site, (hours, price)) in model
            .sites
            .iter()
            .zip(capacity.iter().zip(&ours.hour_price))
        {
            assert!(*price >= 0.0 && (hours.is_some() || *price == 0.0));
            for item in site.items.iter().filter(|_| hours.is_some()) {
                assert!(item.gain - price * item.hours <= ours.cell_price[item.cell] + 1e-7);
            }
        }
        shared += usize::from(servers.iter().any(|&servers| servers > 2));
    }
    assert!(shared > 20, "{shared}: no cell is served at three points");
}

//! The least of a function of a few numbers, without derivatives: Nelder and Mead's simplex (The Computer
//! Journal 7, 1965, pp. 308-313), begun anew where it stopped until that gains nothing.

/// Times it begins anew.
const ROUNDS: usize = 8;
/// Steps of one round.
const STEPS: usize = 400;
/// A round that gains less is the last.
const GAIN: f64 = 1e-7;

/// Where `loss` is least near `start`; every number stays within its bounds.
pub(super) fn least(
    start: &[f64],
    bounds: &[(f64, f64)],
    loss: &dyn Fn(&[f64]) -> f64,
) -> Vec<f64> {
    let held = |point: &[f64]| -> Vec<f64> {
        let within = point.iter().zip(bounds);
        within
            .map(|(value, (least, most))| value.clamp(*least, *most))
            .collect()
    };
    let rated = |point: &[f64]| {
        let point = held(point);
        (loss(&point), point)
    };
    let mut best = rated(start);
    for round in 0..ROUNDS {
        // Every other round looks the other way first.
        let way = if round % 2 == 0 { 0.1 } else { -0.1 };
        let corners = (0..start.len()).map(|axis| {
            let mut corner = best.1.clone();
            corner[axis] += way * (bounds[axis].1 - bounds[axis].0);
            rated(&corner)
        });
        let mut simplex: Vec<(f64, Vec<f64>)> = corners.collect();
        simplex.push(best.clone());
        for _ in 0..STEPS {
            step(&mut simplex, &rated);
        }
        let found = simplex.swap_remove(0);
        let gain = best.0 - found.0;
        if gain > 0.0 {
            best = found;
        }
        if gain < GAIN && round > 0 {
            break;
        }
    }
    best.1
}

type Rated = (f64, Vec<f64>);

/// One step; the simplex is left in order, best first.
fn step(simplex: &mut [Rated], rated: &dyn Fn(&[f64]) -> Rated) {
    simplex.sort_by(|a, b| a.0.total_cmp(&b.0));
    let last = simplex.len() - 1;
    let centre: Vec<f64> = (0..last)
        .map(|axis| {
            let sum: f64 = simplex[..last].iter().map(|corner| corner.1[axis]).sum();
            sum / last as f64
        })
        .collect();
    let along = |factor: f64| {
        let worst = &simplex[last].1;
        let point: Vec<f64> = centre
            .iter()
            .zip(worst)
            .map(|(centre, worst)| centre + factor * (centre - worst))
            .collect();
        rated(&point)
    };
    let mirrored = along(1.0);
    if mirrored.0 < simplex[0].0 {
        let farther = along(2.0);
        simplex[last] = if farther.0 < mirrored.0 {
            farther
        } else {
            mirrored
        };
    } else if mirrored.0 < simplex[last - 1].0 {
        simplex[last] = mirrored;
    } else {
        let nearer = if mirrored.0 < simplex[last].0 {
            along(0.5)
        } else {
            along(-0.5)
        };
        if nearer.0 < simplex[last].0.min(mirrored.0) {
            simplex[last] = nearer;
        } else {
            let best = simplex[0].1.clone();
            for corner in &mut simplex[1..] {
                let halfway: Vec<f64> = best
                    .iter()
                    .zip(&corner.1)
                    .map(|(best, corner)| f64::midpoint(*best, *corner))
                    .collect();
                *corner = rated(&halfway);
            }
        }
    }
    simplex.sort_by(|a, b| a.0.total_cmp(&b.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bottom_of_a_bent_valley_and_the_corner_of_a_roof() {
        let valley = |x: &[f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            a * a + 100.0 * b * b
        };
        let bounds = [(-3.0, 3.0), (-3.0, 3.0)];
        let found = least(&[-1.2, 1.0], &bounds, &valley);
        assert!((found[0] - 1.0).abs() < 1e-3 && (found[1] - 1.0).abs() < 1e-3);
        let roof = |x: &[f64]| (x[0] - 0.7).abs() + 3.0 * (x[0] + x[1]).abs();
        let found = least(&[2.0, 2.0], &bounds, &roof);
        assert!((found[0] - 0.7).abs() < 1e-3 && (found[1] + 0.7).abs() < 1e-3);
    }

    #[test]
    fn stays_within_its_bounds() {
        let found = least(&[0.5], &[(0.0, 1.0)], &|x| -x[0]);
        assert_eq!(found, vec![1.0]);
    }
}

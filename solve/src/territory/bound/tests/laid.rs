//! Tours laid on calendars, against trying every team and day.

use super::super::leaf::{Laid, Undated, lay};
use super::*;

/// Whether the tours from `at` on fit beside those laid.
fn fits(
    model: &Model,
    rooms: &[(usize, &[usize])],
    tours: &[Undated],
    laid: &mut Vec<(usize, usize, usize)>,
) -> bool {
    let Some(tour) = tours.get(laid.len()) else {
        return true;
    };
    for &(team, room) in rooms {
        for (start, &most) in room.iter().enumerate() {
            let home = model.min_days_home;
            let clear = laid.iter().all(|&(other, from, days)| {
                other != team || from + days + home <= start || start + tour.days + home <= from
            });
            if tour.starts[start] && most >= tour.days && clear {
                laid.push((team, start, tour.days));
                let found = fits(model, rooms, tours, laid);
                laid.pop();
                if found {
                    return true;
                }
            }
        }
    }
    false
}

#[test]
fn tours_are_laid_wherever_they_can_be() {
    let (mut on, mut never) = (0, 0);
    for seed in 0..400 {
        let mut rng = Rng::new(seed);
        let mut problem = mixed(0, 1);
        problem.limits.min_days_home = (seed % 3) as u32;
        let mut model = Model::new(&problem);
        model.days = 7;
        let own: Vec<(usize, Vec<usize>)> = (0..=rng.below(3))
            .map(|team| {
                (
                    10 + team,
                    (0..7).map(|day| rng.below(4).min(7 - day)).collect(),
                )
            })
            .collect();
        let rooms: Vec<(usize, &[usize])> =
            own.iter().map(|(team, room)| (*team, &room[..])).collect();
        let tours: Vec<(usize, Vec<bool>)> = (0..rng.below(6))
            .map(|_| (1 + rng.below(2), (0..7).map(|_| rng.below(5) > 1).collect()))
            .collect();
        let tours: Vec<Undated> = tours
            .iter()
            .map(|(days, starts)| Undated {
                days: *days,
                starts,
            })
            .collect();
        let can = fits(&model, &rooms, &tours, &mut Vec::new());
        match lay(&model, &rooms, &tours) {
            Laid::On(dates) => {
                assert!(can, "seed {seed}");
                assert_eq!(dates.len(), tours.len());
                for (at, (tour, &(team, start))) in tours.iter().zip(&dates).enumerate() {
                    let room = rooms.iter().find(|room| room.0 == team).unwrap().1;
                    assert!(
                        tour.starts[start] && room[start] >= tour.days,
                        "seed {seed}"
                    );
                    for (other, &(who, from)) in tours.iter().zip(&dates).take(at) {
                        let home = model.min_days_home;
                        let apart =
                            from + other.days + home <= start || start + tour.days + home <= from;
                        assert!(who != team || apart, "seed {seed}: {dates:?}");
                    }
                }
                on += 1;
            }
            Laid::Never => {
                assert!(!can, "seed {seed}");
                never += 1;
            }
            Laid::Unknown => panic!("seed {seed}"),
        }
    }
    assert!(on > 50 && never > 50, "{on}, {never}");
}

#[test]
fn up_to_sixteen_tours_are_laid() {
    let mut model = Model::new(&mixed(0, 1));
    (model.days, model.min_days_home) = (20, 0);
    let (room, starts) = (vec![1; 20], vec![true; 20]);
    let tours = |count: usize| -> Vec<Undated> {
        let one = || Undated {
            days: 1,
            starts: &starts,
        };
        (0..count).map(|_| one()).collect()
    };
    assert!(matches!(
        lay(&model, &[(0, &room)], &tours(16)),
        Laid::On(_)
    ));
    assert_eq!(lay(&model, &[(0, &room)], &tours(17)), Laid::Unknown);
    assert_eq!(lay(&model, &[(0, &[1; 15])], &[]), Laid::On(Vec::new()));
}

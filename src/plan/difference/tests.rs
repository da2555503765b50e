use super::*;
use crate::domain::Fen;
use crate::plan::model::small;

#[test]
fn a_plan_does_not_differ_from_itself() {
    let plan = small::plan();
    let difference = Difference::between(&plan, &plan);
    assert!(difference.is_empty(), "{difference:?}");
    assert_eq!(difference.same_tours, 1);
    assert!(difference.figures.iter().all(|f| f.difference == 0.0));
}

#[test]
fn a_tour_that_moves_is_changed_and_its_vehicles_moved() {
    let before = small::plan();
    let mut after = before.clone();
    after.tours[0].depart = after.tours[0].depart.plus_days(1);
    after.tours[0].ret = after.tours[0].ret.plus_days(1);
    for visit in &mut after.visits {
        visit.first_day = visit.first_day.plus_days(1);
        visit.last_day = visit.last_day.plus_days(1);
    }
    let difference = Difference::between(&before, &after);
    let [tour] = &difference.tours[..] else {
        panic!("one tour: {:?}", difference.tours)
    };
    assert_eq!(
        (tour.kind, &tour.fields[..]),
        (TourKind::Changed, &["depart"][..])
    );
    let on = before
        .vehicles
        .iter()
        .filter(|one| one.status == Status::Visit);
    assert_eq!(difference.count(PlaceKind::Moved), on.count());
}

#[test]
fn a_tour_renumbered_is_the_same_trip_and_moves_nobody() {
    let before = small::plan();
    let mut after = before.clone();
    after.tours[0].id = "T07".into();
    for visit in &mut after.visits {
        visit.tour = "T07".into();
        visit.id = format!("T07-{}", visit.stop);
    }
    for one in &mut after.vehicles {
        one.visit = one.visit.replace("T01", "T07");
        one.tour = "T07".into();
    }
    let difference = Difference::between(&before, &after);
    assert_eq!(difference.same_tours, 1);
    assert_eq!(difference.tours[0].fields, ["id"]);
    assert_eq!(difference.vehicles, []);
}

#[test]
fn a_tour_to_other_points_is_one_removed_and_one_added() {
    let before = small::plan();
    let mut after = before.clone();
    for visit in &mut after.visits {
        visit.point = "P99".into();
    }
    let difference = Difference::between(&before, &after);
    let kinds: Vec<TourKind> = difference.tours.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [TourKind::Removed, TourKind::Added]);
}

#[test]
fn places_gained_lost_and_booked_are_told_apart_and_figures_are_sums() {
    let before = small::plan();
    let mut after = before.clone();
    after.vehicles[0].status = Status::Waitlist;
    after.vehicles[1].slot = "2026-12-10 09:00".into();
    after.tours[0].cost.fees += Fen(10_000);
    let difference = Difference::between(&before, &after);
    assert_eq!(difference.count(PlaceKind::Lost), 1);
    assert_eq!(difference.count(PlaceKind::Slot), 1);
    let figure = |key: &str| {
        let figure = difference.figures.iter().find(|figure| figure.key == key);
        figure.map(|figure| figure.difference)
    };
    let one = &before.vehicles[0];
    let lost = one.share * one.planning_value + 100.0;
    assert_eq!(figure("contribution_yuan"), Some(super::rounded(-lost)));
    let back = Difference::between(&after, &before);
    assert_eq!(back.count(PlaceKind::Gained), 1);
}

#[test]
fn parts_and_orders_that_differ_are_listed_with_both_numbers() {
    let before = small::plan();
    let mut after = before.clone();
    after.parts.clear();
    let mut requirement = crate::plan::model::PartRequirement {
        part: "C00014634".into(),
        needed_expected: 1.0,
        kit_qty: 4,
        peak_qty: 4,
        on_hand: 0,
        from_stock: 0,
        on_order: 0,
        from_peer: 1,
        to_order: 3,
        short: 0,
        monitored: false,
    };
    after.parts.push(requirement.clone());
    let difference = Difference::between(&before, &after);
    let line = difference.parts.iter().find(|one| one.part == "C00014634");
    let pieces = line.and_then(|line| line.after).expect("a line");
    assert_eq!((pieces.kit, pieces.from_peer, pieces.to_order), (4, 1, 3));
    requirement.on_hand = 9;
    let mut shelf = after.clone();
    shelf.parts = vec![requirement];
    assert_eq!(Difference::between(&after, &shelf).parts, []);
}

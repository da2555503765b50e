//! Named people on tours.

use super::*;
use crate::crew::{SkillsByTour, Staffed, staff, staff_covered};
use crate::domain::settings::TourSettings;
use crate::domain::{Calendar, Catalogue};
use crate::plan::model::Duty;

pub(super) fn staffed(tours: &[TourWork], crew: &[Person], vans: &[Van]) -> Staffed {
    let settings = TourSettings::default();
    staff(
        tours,
        crew,
        vans,
        &settings,
        &Catalogue::default(),
        &Calendar::official(),
    )
}

/// What is left of the tours' work, and the crews for it.
pub(super) fn covered(
    tours: &[TourWork],
    crew: &[Person],
    vans: &[Van],
) -> (Vec<TourWork>, Staffed) {
    let mut left = tours.to_vec();
    let mut without = |uncovered: &SkillsByTour| {
        for tour in &mut left {
            let gone = uncovered.get(&tour.tour).map_or(&[][..], Vec::as_slice);
            tour.skills.retain(|skill, _| !gone.contains(skill));
        }
        left.clone()
    };
    let staffed = staff_covered(&mut without, &|work| staffed(work, crew, vans));
    (left, staffed)
}

fn names<'a>(staffed: &'a Staffed, tour: &str) -> BTreeSet<&'a str> {
    let of_tour = |duty: &&Duty| duty.tour == tour;
    staffed
        .duties
        .iter()
        .filter(of_tour)
        .map(|duty| duty.person.as_str())
        .collect()
}

#[test]
fn nobody_is_on_two_tours_on_one_day_and_every_skill_is_there() {
    let crew = [
        technician("A", &["engine", "electric"]),
        technician("B", &["engine"]),
        technician("C", &["electric"]),
        technician("D", &["engine"]),
    ];
    let tours = [
        work("T01", "2026-12-08", 2, 2, &["engine", "electric"]),
        work("T02", "2026-12-09", 2, 2, &["engine", "electric"]),
    ];
    let staffed = staffed(&tours, &crew, &[van("W1", 5)]);
    assert!(
        staffed.uncovered.is_empty() && staffed.findings.is_empty(),
        "{:?}",
        staffed.findings
    );
    assert!(names(&staffed, "T01").is_disjoint(&names(&staffed, "T02")));
    assert_eq!(staffed.duties.len(), 8);
    let drivers = staffed.duties.iter().filter(|duty| duty.driver).count();
    assert_eq!(drivers, 4, "one each day and tour");
}

#[test]
fn a_person_on_a_day_off_stays_at_home() {
    let mut crew = vec![technician("A", &["engine"]), technician("B", &["engine"])];
    crew[0].days_off.insert(day("2026-12-09"));
    let staffed = staffed(
        &[work("T01", "2026-12-08", 2, 1, &["engine"])],
        &crew,
        &[van("W1", 5)],
    );
    assert_eq!(names(&staffed, "T01"), BTreeSet::from(["B"]));
}

#[test]
fn a_leader_leads_and_works_where_skilled() {
    let mut crew = vec![technician("A", &["engine"]), technician("B", &["engine"])];
    crew[1].role = Role::Leader;
    let staffed = staffed(
        &[work("T01", "2026-12-08", 1, 2, &["engine"])],
        &crew,
        &[van("W1", 5)],
    );
    assert_eq!(staffed.leaders["T01"], "B");
    assert_eq!(staffed.duties.len(), 2, "no third person");
    assert_eq!(
        (
            staffed.duties[0].person.as_str(),
            staffed.duties[0].role.as_str()
        ),
        ("B", "leader")
    );
}

#[test]
fn a_day_is_set_up_driving_and_an_even_share_of_the_work() {
    let crew = [technician("A", &["engine"]), technician("B", &["engine"])];
    let staffed = staffed(
        &[work("T01", "2026-12-05", 1, 2, &["engine"])],
        &crew,
        &[van("W1", 5)],
    );
    let hours: Vec<f64> = staffed.duties.iter().map(|duty| duty.hours).collect();
    assert_eq!(hours, [6.5, 6.5], "0.5 + 2 + 8 / 2");
    assert!(
        staffed.duties.iter().all(|duty| duty.rest_day),
        "a Saturday"
    );
}

#[test]
fn who_may_work_fewer_hours_gets_a_smaller_share() {
    let mut crew = [technician("A", &["engine"]), technician("B", &["engine"])];
    crew[0].hours_per_day = Some(5.5);
    let staffed = staffed(
        &[work("T01", "2026-12-08", 1, 2, &["engine"])],
        &crew,
        &[van("W1", 5)],
    );
    let hours = |name: &str| {
        staffed
            .duties
            .iter()
            .find(|duty| duty.person == name)
            .map(|duty| duty.hours)
    };
    assert_eq!((hours("A"), hours("B")), (Some(5.5), Some(7.5)));
}

#[test]
fn nobody_is_planned_beyond_eight_hours_and_the_rest_is_said() {
    let crew = [technician("A", &["engine"])];
    let staffed = staffed(
        &[work("T01", "2026-12-08", 1, 1, &["engine"])],
        &crew,
        &[van("W1", 5)],
    );
    assert_eq!(staffed.duties[0].hours, 8.0);
    assert!(
        staffed
            .findings
            .iter()
            .any(|finding| finding.code == "P005"),
        "2.5 hours find nobody"
    );
}

#[test]
fn a_skill_nobody_has_is_uncovered_and_the_tour_goes() {
    let crew = [technician("A", &["engine"]), technician("B", &["engine"])];
    let staffed = staffed(
        &[work("T01", "2026-12-08", 1, 2, &["electric", "engine"])],
        &crew,
        &[van("W1", 5)],
    );
    assert_eq!(staffed.uncovered["T01"], ["electric"]);
    assert_eq!(names(&staffed, "T01").len(), 2);
}

#[test]
fn one_holder_of_a_skill_goes_where_it_is_needed_most() {
    let crew = [
        technician("A", &["electric", "engine"]),
        technician("B", &["engine"]),
        technician("C", &["engine"]),
        technician("D", &["engine"]),
    ];
    let mut tours = [
        work("T01", "2026-12-08", 1, 2, &["electric", "engine"]),
        work("T02", "2026-12-08", 1, 2, &["electric", "engine"]),
    ];
    tours[1].skills.insert("electric".into(), 4.0);
    let staffed = staffed(&tours, &crew, &[van("W1", 5)]);
    assert_eq!(staffed.uncovered.keys().collect::<Vec<_>>(), ["T01"]);
    assert!(names(&staffed, "T02").contains("A"));
}

#[test]
fn skills_two_people_hold_apart_cannot_go_with_one() {
    let crew = [technician("A", &["electric"]), technician("B", &["engine"])];
    let mut tour = work("T01", "2026-12-08", 1, 1, &["electric", "engine"]);
    tour.days[0].expected_hours = 2.0;
    tour.skills.insert("engine".into(), 3.0);
    let staffed = staffed(&[tour], &crew, &[van("W1", 5)]);
    assert_eq!(staffed.uncovered["T01"], ["electric"]);
    assert_eq!(names(&staffed, "T01"), BTreeSet::from(["B"]));
}

#[test]
fn no_tour_takes_a_driver_away_that_another_one_cannot_go_without() {
    let mut crew = [
        technician("A", &["engine"]),
        technician("B", &["electric"]),
        technician("C", &["brakes"]),
    ];
    crew[1].driver = false;
    // What the first tour has to do asks for both who drive; what the second has, for who does not.
    let tours = [
        work("T01", "2026-12-08", 1, 2, &["engine", "brakes"]),
        work("T02", "2026-12-08", 1, 1, &["electric"]),
    ];
    let staffed = staffed(&tours, &crew, &[van("W1", 5)]);
    for tour in ["T01", "T02"] {
        let drives = |duty: &&Duty| duty.tour == tour && duty.driver;
        assert_eq!(staffed.duties.iter().filter(drives).count(), 1, "{tour}");
    }
    assert!(!staffed.uncovered.is_empty(), "some work is not done");
    let mut said = staffed
        .findings
        .iter()
        .filter_map(|one| one.args.get("short"));
    assert!(said.all(|short| !short.contains("drivers")));
}

#[test]
fn too_few_technicians_seats_or_drivers_are_said_and_the_rest_goes() {
    let crew = [technician("A", &["engine"]), technician("B", &["engine"])];
    let few = staffed(
        &[work("T01", "2026-12-08", 1, 3, &["engine"])],
        &crew,
        &[van("W1", 5)],
    );
    assert_eq!(names(&few, "T01").len(), 2);
    assert_eq!(few.findings.len(), 1);
    let tight = staffed(
        &[work("T01", "2026-12-08", 1, 2, &["engine"])],
        &crew,
        &[van("W1", 1)],
    );
    assert_eq!(names(&tight, "T01").len(), 1);
    let mut walkers = crew.clone();
    for person in &mut walkers {
        person.driver = false;
    }
    let stuck = staffed(
        &[work("T01", "2026-12-08", 1, 2, &["engine"])],
        &walkers,
        &[van("W1", 5)],
    );
    assert!(stuck.duties.iter().all(|duty| !duty.driver));
    assert_eq!(stuck.findings.len(), 1);
    let nobody = staffed(
        &[work("T01", "2026-12-08", 1, 2, &["engine"])],
        &[],
        &[van("W1", 5)],
    );
    assert!(nobody.duties.is_empty() && nobody.leaders.is_empty());
    assert!(
        nobody
            .findings
            .iter()
            .any(|finding| finding.args["short"].ends_with("0/2"))
    );
}

#[test]
fn people_of_the_plan_before_stay_where_they_still_can() {
    let crew = ["A", "B", "C", "D"].map(|name| technician(name, &["engine"]));
    let mut tour = work("T01", "2026-12-08", 1, 2, &["engine"]);
    tour.keep = words(&["C", "D"]);
    let kept = staffed(std::slice::from_ref(&tour), &crew, &[van("W1", 5)]);
    assert_eq!(names(&kept, "T01"), BTreeSet::from(["C", "D"]));
    let without_d = staffed(&[tour], &crew[..3], &[van("W1", 5)]);
    assert_eq!(
        names(&without_d, "T01"),
        BTreeSet::from(["A", "C"]),
        "one joins"
    );
}

#[test]
fn a_crew_wished_for_takes_nobody_whom_another_tour_has_work_for() {
    let crew = [
        technician("A", &["engine"]),
        technician("B", &["brakes"]),
        technician("C", &["engine"]),
    ];
    let mut tours = [
        work("T01", "2026-12-08", 1, 1, &["brakes"]),
        work("T02", "2026-12-08", 1, 1, &["electric"]),
    ];
    // Nobody is an electrician; without that work the tour could have its old crew again.
    tours[1].keep = words(&["B"]);
    let (left, staffed) = covered(&tours, &crew, &[van("W1", 5)]);
    assert_eq!(names(&staffed, "T01"), BTreeSet::from(["B"]));
    assert!(staffed.uncovered.is_empty());
    assert_eq!(left[0].skills.len(), 1, "the brakes are done");
}

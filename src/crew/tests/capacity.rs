//! Teams cut to what can be manned.

use super::*;
use crate::crew::team_capacity;
use crate::domain::settings::TeamSettings;

fn team(id: &str, technicians: u32, van: &str) -> TeamSettings {
    TeamSettings {
        id: id.into(),
        technicians,
        van: van.into(),
        ..TeamSettings::default()
    }
}

fn people(count: u32) -> Vec<Person> {
    (0..count)
        .map(|n| technician(&format!("P{n}"), &["engine"]))
        .collect()
}

fn shape(teams: &[TeamSettings]) -> Vec<(&str, u32, &str)> {
    teams
        .iter()
        .map(|team| (team.id.as_str(), team.technicians, team.van.as_str()))
        .collect()
}

#[test]
fn technicians_are_shared_out_in_turn_and_the_cut_is_said() {
    let teams = [team("a", 3, "W1"), team("b", 3, "W2")];
    let (usable, findings) = team_capacity(&teams, &people(4), &[van("W1", 5), van("W2", 5)]);
    assert_eq!(shape(&usable), [("a", 2, "W1"), ("b", 2, "W2")]);
    assert_eq!(findings.len(), 2);
    assert!(findings.iter().all(|finding| finding.code == "P008"));
}

#[test]
fn a_team_without_a_van_or_a_driver_is_dropped() {
    let teams = [team("a", 2, ""), team("b", 2, "")];
    let (usable, _) = team_capacity(&teams, &people(6), &[van("W1", 5)]);
    assert_eq!(shape(&usable), [("a", 2, "W1")]);
    let mut walkers = people(6);
    for person in walkers.iter_mut().skip(1) {
        person.driver = false;
    }
    let (usable, findings) = team_capacity(&teams, &walkers, &[van("W1", 5), van("W2", 5)]);
    assert_eq!(shape(&usable), [("a", 2, "W1")]);
    assert_eq!(findings.len(), 1);
}

#[test]
fn a_van_named_by_a_later_team_is_left_to_it() {
    let teams = [team("a", 1, ""), team("b", 1, "W1")];
    let (usable, _) = team_capacity(&teams, &people(4), &[van("W1", 5), van("W2", 5)]);
    assert_eq!(shape(&usable), [("a", 1, "W2"), ("b", 1, "W1")]);
}

#[test]
fn seats_bound_the_technicians() {
    let (usable, findings) = team_capacity(&[team("a", 4, "W1")], &people(6), &[van("W1", 2)]);
    assert_eq!(shape(&usable), [("a", 2, "W1")]);
    assert_eq!(findings.len(), 1);
}

#[test]
fn no_team_in_the_settings_means_one_of_up_to_three() {
    let (usable, findings) = team_capacity(&[], &people(2), &[van("W1", 5)]);
    assert_eq!(shape(&usable), [("team-1", 2, "W1")]);
    assert!(findings.is_empty());
}

#[test]
fn days_on_which_too_few_are_there_become_days_off_of_the_last_team() {
    let mut crew = people(4);
    crew[0].days_off.insert(day("2026-12-08"));
    let teams = [team("a", 2, "W1"), team("b", 2, "W2")];
    let mut vans = [van("W1", 5), van("W2", 5)];
    vans[0].days_off.insert(day("2026-12-09"));
    let (usable, findings) = team_capacity(&teams, &crew, &vans);
    assert_eq!(
        findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect::<Vec<_>>(),
        ["P016"; 2]
    );
    assert_eq!(usable[0].days_off, [day("2026-12-09")]);
    assert_eq!(usable[1].days_off, [day("2026-12-08")]);
}

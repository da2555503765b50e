//! Which teams of tour.toml can really be manned from crew.csv and vans.csv, and on which days.

use std::collections::BTreeSet;

use crate::domain::settings::TeamSettings;
use crate::domain::{Date, Person, Role, Van};
use crate::findings::Finding;

/// Technicians of the one team planned with where tour.toml names none.
const DEFAULT_TECHNICIANS: u32 = 3;

/// Whether the person works on vehicles: a technician, or a leader with skills.
pub fn works(person: &Person) -> bool {
    person.role == Role::Technician || (person.role == Role::Leader && !person.skills.is_empty())
}

/// Whether the person may go on tour at all.
pub fn travels(person: &Person) -> bool {
    matches!(person.role, Role::Technician | Role::Leader)
}

/// The teams as they can be planned, each with a van of its own, and what had to be cut (P008, P016).
///
/// All teams may be out on the same day, so people, drivers and vans are shared out over all of them: vans
/// and drivers by the order of tour.toml, technicians one by one in turn. On a day on which too few people
/// or vans are there, the last teams get a day off. No team in tour.toml = one of up to three technicians.
pub fn team_capacity(
    teams: &[TeamSettings],
    crew: &[Person],
    vans: &[Van],
) -> (Vec<TeamSettings>, Vec<Finding>) {
    let wanted = if teams.is_empty() {
        vec![default_team(crew)]
    } else {
        teams.to_vec()
    };
    let mut findings = Vec::new();
    let drivers = crew
        .iter()
        .filter(|person| travels(person) && person.driver)
        .count();
    let mut usable: Vec<TeamSettings> = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for team in &wanted {
        let Some(van) = van_for(team, vans, &used, &wanted) else {
            findings.push(cut(team, "vans 车辆 0/1"));
            continue;
        };
        if usable.len() >= drivers {
            findings.push(cut(team, "drivers 驾驶员 0/1"));
            continue;
        }
        if !team.van.is_empty() && team.van != van.id {
            findings.push(cut(team, &format!("van 车辆 {} → {}", team.van, van.id)));
        }
        used.insert(&van.id);
        let mut team = TeamSettings {
            van: van.id.clone(),
            ..team.clone()
        };
        if team.technicians > van.seats {
            findings.push(cut(
                &team,
                &format!("seats 座位 {}/{}", van.seats, team.technicians),
            ));
            team.technicians = van.seats;
        }
        usable.push(team);
    }
    let people = crew.iter().filter(|person| works(person)).count() as u32;
    let given = share_out(&usable, people);
    for (team, given) in usable.iter_mut().zip(given) {
        if given < team.technicians {
            let short = format!("technicians 技师 {given}/{}", team.technicians);
            findings.push(cut(team, &short));
            team.technicians = given;
        }
    }
    usable.retain(|team| team.technicians > 0);
    findings.extend(add_days_off(&mut usable, crew, vans));
    (usable, findings)
}

fn default_team(crew: &[Person]) -> TeamSettings {
    let people = crew.iter().filter(|person| works(person)).count() as u32;
    TeamSettings {
        technicians: people.clamp(1, DEFAULT_TECHNICIANS),
        ..TeamSettings::default()
    }
}

/// The team's own van, else the first that no team has or asks for by name.
fn van_for<'a>(
    team: &TeamSettings,
    vans: &'a [Van],
    used: &BTreeSet<&str>,
    wanted: &[TeamSettings],
) -> Option<&'a Van> {
    let free = |van: &&Van| !used.contains(van.id.as_str()) && van.seats > 0;
    let asked = |van: &&Van| wanted.iter().any(|other| other.van == van.id);
    let own = vans.iter().filter(free).find(|van| van.id == team.van);
    own.or_else(|| vans.iter().filter(free).find(|van| !asked(van)))
}

/// One technician to each team in turn, until the wishes or the people are at an end.
fn share_out(teams: &[TeamSettings], people: u32) -> Vec<u32> {
    let mut given = vec![0_u32; teams.len()];
    let mut left = people;
    loop {
        let before = left;
        for (team, given) in teams.iter().zip(&mut given) {
            if left > 0 && *given < team.technicians {
                *given += 1;
                left -= 1;
            }
        }
        if left == before {
            return given;
        }
    }
}

/// Days on which a van is off, or the people left cannot man the team, become the team's days off (P016).
fn add_days_off(teams: &mut [TeamSettings], crew: &[Person], vans: &[Van]) -> Vec<Finding> {
    let mut days: BTreeSet<Date> = BTreeSet::new();
    for person in crew.iter().filter(|person| travels(person)) {
        days.extend(&person.days_off);
    }
    for van in vans {
        days.extend(&van.days_off);
    }
    let mut added: Vec<Vec<Date>> = vec![Vec::new(); teams.len()];
    for day in days {
        let there = |person: &&Person| !person.days_off.contains(&day);
        let mut people = crew
            .iter()
            .filter(there)
            .filter(|person| works(person))
            .count() as u32;
        let on_wheels = |person: &&Person| travels(person) && person.driver;
        let mut drivers = crew.iter().filter(there).filter(on_wheels).count();
        for (team, added) in teams.iter_mut().zip(&mut added) {
            let own = vans.iter().find(|van| van.id == team.van);
            let van_off = own.is_some_and(|van| van.days_off.contains(&day));
            let off = van_off || team.days_off.contains(&day);
            if !off && people >= team.technicians && drivers > 0 {
                people -= team.technicians;
                drivers -= 1;
            } else if !team.days_off.contains(&day) {
                added.push(day);
            }
        }
    }
    let mut findings = Vec::new();
    for (team, added) in teams
        .iter_mut()
        .zip(added)
        .filter(|(_, added)| !added.is_empty())
    {
        let dates: Vec<String> = added.iter().map(Date::to_string).collect();
        let finding = Finding::new("P016")
            .arg("team", &team.id)
            .arg("days", dates.len());
        findings.push(finding.arg("dates", dates.join(" ")));
        team.days_off.extend(added);
        team.days_off.sort_unstable();
    }
    findings
}

fn cut(team: &TeamSettings, short: &str) -> Finding {
    Finding::new("P008")
        .arg("team", &team.id)
        .arg("short", short)
}

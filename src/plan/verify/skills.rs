//! Rule 7: whoever is sent can do it, and the point has what it takes.

use std::collections::BTreeSet;

use super::case::{Case, differs, fault};
use crate::findings::Finding;

const CREW: &str = "crew.csv";
const CUSTOMERS: &str = "customers.csv";

/// Nobody is listed with a skill he does not have.
pub(super) fn people_have_their_skills(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for duty in &case.duties {
        let Some(person) = case.person(&duty.person) else {
            continue;
        };
        for skill in duty
            .skills
            .iter()
            .filter(|skill| !person.skills.contains(*skill))
        {
            faults.push(differs("V701", (CREW, duty.line), &duty.person, skill, "–"));
        }
    }
    faults
}

/// On every day of a visit, the people there have all skills its items need.
pub(super) fn skills_are_covered(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for visit in &case.visits {
        let days: Vec<BTreeSet<&str>> = visit
            .days()
            .into_iter()
            .map(|day| {
                let people = case.on_duty(&visit.tour, day);
                let people = people.filter_map(|duty| case.person(&duty.person));
                people
                    .flat_map(|person| person.skills.iter().map(String::as_str))
                    .collect()
            })
            .collect();
        let rows = case
            .customers
            .iter()
            .filter(|row| row.on_visit() && row.visit == visit.id);
        for row in rows {
            for item in row
                .items
                .iter()
                .filter_map(|id| case.inputs.catalogue.items.get(id))
            {
                let covered = |skill: &&String| days.iter().all(|day| day.contains(skill.as_str()));
                if let Some(lacking) = item.skills.iter().find(|skill| !covered(skill)) {
                    let at = (CUSTOMERS, row.line);
                    faults.push(differs("V702", at, &row.vehicle, &item.id, lacking));
                }
            }
        }
    }
    faults
}

/// Items of a visit are known, can be done on tour, and need a lift only where there is one.
pub(super) fn items_can_be_done_there(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for row in case.customers.iter().filter(|row| row.on_visit()) {
        let lift = case.point(&row.point).is_some_and(|point| point.lift);
        for id in &row.items {
            let at = (CUSTOMERS, row.line);
            match case.inputs.catalogue.items.get(id) {
                None => faults.push(fault("V705", CUSTOMERS, row.line, id)),
                Some(item) => {
                    if item.needs_lift && !lift {
                        faults.push(differs("V703", at, &row.vehicle, id, &row.point));
                    }
                    if !item.on_site {
                        faults.push(differs("V704", at, &row.vehicle, id, &row.point));
                    }
                }
            }
        }
    }
    faults
}

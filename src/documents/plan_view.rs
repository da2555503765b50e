//! What the plan for approval and the crew list show.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{DocumentSet, Messages, map};
use crate::domain::{Date, Fen};
use crate::findings::Lang;
use crate::plan::model::{Status, Tour, Visit};

/// `浏阳市 → 醴陵市`.
pub(super) fn stops(set: &DocumentSet<'_>, tour: &Tour) -> String {
    set.plan
        .visits_of(&tour.id)
        .map(|visit| {
            set.plan
                .point(&visit.point)
                .map_or(visit.point.as_str(), |p| p.county.as_str())
        })
        .collect::<Vec<_>>()
        .join(" → ")
}

/// `2026-12-01 周二`, `2026-12-01 Tue`.
pub(super) fn day(set: &DocumentSet<'_>, date: Date) -> String {
    match set.lang {
        Lang::Zh => format!("{date} {}", date.weekday().chinese()),
        Lang::En => format!("{date} {}", date.weekday().english_name()),
    }
}

pub(super) fn tour(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let plan = set.plan;
    let visits: Vec<Value> = plan
        .visits_of(&tour.id)
        .map(|visit| visit_row(set, visit))
        .collect();
    let days: Vec<Value> = tour
        .days
        .iter()
        .map(|one| {
            let risk = tour.hours_risk.iter().find(|risk| risk.date == one.date);
            json!({
                "date": day(set, one.date),
                "point": plan.point(&one.point).map_or("", |p| p.name.as_str()),
                "drive": format!("{:.1}", one.drive_hours),
                "capacity": format!("{:.1}", one.capacity_hours),
                "expected": format!("{:.1}", one.expected_hours),
                "p90": risk.map_or_else(String::new, |risk| format!("{:.1}", risk.p90)),
            })
        })
        .collect();
    let kit = plan.kits.iter().find(|kit| kit.tour == tour.id);
    let sourced = plan.sourcing.iter().filter(|line| line.tour == tour.id);
    json!({
        "areas": areas(set, tour), "coverage": coverage(tour), "arrivals": arrivals(set, tour),
        "freight": sourced.map(|line| line.cost).sum::<Fen>().to_string(),
        "title": words.get("doc_plan"),
        "tour": tour.id,
        "depart": day(set, tour.depart), "ret": day(set, tour.ret),
        "team": tour.team, "van": tour.van, "leader": tour.leader,
        "people": people(set, &tour.id, words),
        "km": format!("{:.0}", tour.km), "nights": tour.nights,
        "drive": format!("{:.1}", tour.drive_hours),
        "vehicles": tour.vehicles, "waitlist": tour.waitlist,
        "cost_travel": tour.cost.travel.to_string(), "cost_nights": tour.cost.nights.to_string(),
        "cost_team": tour.cost.team.to_string(), "cost_fees": tour.cost.fees.to_string(),
        "cost": tour.cost.total().to_string(), "income": tour.expected_income.to_string(),
        "fill": kit.map_or_else(|| "–".to_owned(), |kit| format!("{:.0} %", kit.job_fill * 100.0)),
        "visits": visits, "days": days,
        "any_estimated": plan.visits_of(&tour.id).any(|visit| is_estimated(set, visit)),
        "map": map::tour(set, &tour.id, words),
    })
}

/// Counties the tour's customers come from, with places kept and waiting.
fn areas(set: &DocumentSet<'_>, tour: &Tour) -> Vec<Value> {
    let mut counties: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for one in set.found.vehicles_of(tour) {
        let (kept, waiting) = counties.entry(&one.county).or_default();
        match one.status {
            Status::Visit => *kept += 1,
            _ => *waiting += 1,
        }
    }
    let mut list: Vec<_> = counties.into_iter().collect();
    list.sort_by_key(|(county, (kept, waiting))| (std::cmp::Reverse(kept + waiting), *county));
    let area =
        |(county, (kept, waiting))| json!({ "county": county, "kept": kept, "waiting": waiting });
    list.into_iter().map(area).collect()
}

/// `45 / 103 = 44 %`: places kept of all who are called.
fn coverage(tour: &Tour) -> String {
    let called = tour.vehicles + tour.waitlist;
    match called {
        0 => "–".to_owned(),
        _ => format!(
            "{} / {called} = {:.0} %",
            tour.vehicles,
            tour.vehicles as f64 / called as f64 * 100.0
        ),
    }
}

/// Who is expected to come, of those with a place.
fn arrivals(set: &DocumentSet<'_>, tour: &Tour) -> String {
    let own = set.found.vehicles_of(tour).iter();
    let come = own.filter(|one| one.status == Status::Visit);
    format!(
        "{:.0}",
        come.map(|one| one.show_up * one.share).sum::<f64>()
    )
}

/// Whether a leg stands out as estimated: where all are, none does.
fn is_estimated(set: &DocumentSet<'_>, visit: &Visit) -> bool {
    visit.leg_estimated && !matches!(set.plan.travel.mode.as_str(), "" | "estimate")
}

fn visit_row(set: &DocumentSet<'_>, visit: &Visit) -> Value {
    let point = set.plan.point(&visit.point);
    let minutes = (visit.opens_at * 60.0).round() as u32;
    json!({
        "stop": visit.stop,
        "point": visit.point,
        "name": point.map_or("", |p| p.name.as_str()),
        "county": point.map_or("", |p| p.county.as_str()),
        "address": point.map_or("", |p| p.address.as_str()),
        "host": point.map_or("", |p| p.host.as_str()),
        "first": day(set, visit.first_day), "last": day(set, visit.last_day),
        "opens": format!("{:02}:{:02}", minutes / 60, minutes % 60),
        "km": format!("{}{:.0}", if is_estimated(set, visit) { "≈ " } else { "" }, visit.leg_km),
        "vehicles": visit.vehicles,
        "hours": format!("{:.1} / {:.1}", visit.expected_hours, visit.capacity_hours),
    })
}

/// Each person of a tour once, with days and hours.
fn people(set: &DocumentSet<'_>, tour: &str, words: &Messages) -> Vec<Value> {
    let duties: Vec<_> = set
        .plan
        .crew
        .iter()
        .filter(|duty| duty.tour == tour)
        .collect();
    let mut names: Vec<&str> = duties.iter().map(|duty| duty.person.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter_map(|name| {
            let own: Vec<_> = duties.iter().filter(|duty| duty.person == name).collect();
            let first = own.first()?;
            let hours: f64 = own.iter().map(|duty| duty.hours).sum();
            Some(json!({
                "name": name, "role": first.role, "skills": words.skills(first.skills.split('|')),
                "driver": own.iter().any(|duty| duty.driver),
                "days": own.len(), "hours": format!("{hours:.1}"),
            }))
        })
        .collect()
}

/// Whom to ask for at each stop: day, place, address, host.
fn hosts(set: &DocumentSet<'_>, tour: &Tour) -> Vec<Value> {
    let visits = set.plan.visits_of(&tour.id);
    visits
        .filter_map(|visit| {
            let point = set.plan.point(&visit.point)?;
            Some(json!({
                "date": day(set, visit.first_day), "name": point.name, "county": point.county,
                "address": point.address, "host": point.host,
            }))
        })
        .collect()
}

pub(super) fn crew(set: &DocumentSet<'_>) -> Value {
    let words = Messages::new(set.lang);
    let tours: Vec<Value> = set
        .plan
        .tours
        .iter()
        .map(|tour| {
            let tools: Vec<Value> = set
                .plan
                .tools
                .iter()
                .filter(|line| line.tour == tour.id)
                .map(|line| json!({ "tool": line.tool, "name": line.name, "qty": line.qty }))
                .collect();
            let mut people = people(set, &tour.id, &words);
            for person in &mut people {
                if let Some(role) = person["role"].as_str() {
                    person["role"] = json!(words.get(&format!("role_{role}")));
                }
            }
            json!({
                "id": tour.id, "depart": day(set, tour.depart), "ret": day(set, tour.ret),
                "van": tour.van, "leader": tour.leader, "leader_phone": tour.leader_phone,
                "hosts": hosts(set, tour), "people": people, "tools": tools,
            })
        })
        .collect();
    json!({ "title": words.get("doc_crew"), "tours": tours })
}

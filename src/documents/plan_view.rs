//! What the plan for approval and the crew list show.

use serde_json::{Value, json};

use super::{DocumentSet, Messages, map};
use crate::domain::Date;
use crate::findings::Lang;
use crate::plan::model::{Tour, Visit};

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
        Lang::En => {
            let weekday = date.weekday().english();
            let first = weekday.chars().next().map(|c| c.to_ascii_uppercase());
            let rest = weekday.chars().skip(1);
            format!(
                "{date} {}",
                first.into_iter().chain(rest).collect::<String>()
            )
        }
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
    json!({
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
                "van": tour.van, "leader": tour.leader, "people": people, "tools": tools,
            })
        })
        .collect();
    json!({ "title": words.get("doc_crew"), "tours": tours })
}

//! The month at a glance: a dozen figures, each the same as on the sheets.

use serde_json::{Value, json};

use crate::documents::numbers::{bar, percent, rounded, whole};
use crate::documents::{DocumentSet, Messages};
use crate::domain::Fen;

pub(super) fn tiles(set: &DocumentSet<'_>, words: &Messages) -> Vec<Value> {
    let (plan, figures) = (set.plan, &set.plan.figures);
    let status = |key: &str| figures.by_status.get(key).copied().unwrap_or(0);
    let called = status("visit") + status("waitlist");
    let expected: f64 = plan.tours.iter().map(|tour| tour.expected_hours).sum();
    let offered: f64 = plan.tours.iter().map(|tour| tour.service_hours).sum();
    let covered = percent_of(figures.due_on_visit, figures.due);
    let contribution = Fen(figures.expected_margin.0 - figures.cost.0);
    let say = |key: &str| words.get(key);
    vec![
        tile(
            &say("tours"),
            &plan.tours.len().to_string(),
            &format!(
                "{} {} · {} {}",
                whole(figures.team_days),
                say("team_days"),
                rounded(figures.km),
                say("km")
            ),
            None,
        ),
        tile(
            &say("glance_called"),
            &whole(called),
            &format!(
                "{} {} · {} {}",
                say("visit"),
                whole(status("visit")),
                say("waitlist"),
                whole(status("waitlist"))
            ),
            Some(bar(status("visit") as f64, called as f64)),
        ),
        tile(
            &say("arrivals"),
            &rounded(figures.expected_arrivals),
            &format!(
                "{} {} · {} {}",
                say("invite"),
                whole(status("invite")),
                say("deferred"),
                whole(status("deferred"))
            ),
            None,
        ),
        tile(
            &say("glance_covered"),
            &covered,
            &format!(
                "{} / {} {}",
                whole(figures.due_on_visit),
                whole(figures.due),
                say("glance_due")
            ),
            Some(bar(figures.due_on_visit as f64, figures.due as f64)),
        ),
        tile(
            &say("glance_hours"),
            &rounded(expected),
            &format!("{} {}", say("glance_offered"), rounded(offered)),
            Some(bar(expected, offered)),
        ),
        tile(
            &say("glance_income"),
            &yuan(figures.expected_income),
            &format!("{} {}", say("glance_margin"), yuan(figures.expected_margin)),
            None,
        ),
        tile(
            &say("glance_cost"),
            &yuan(figures.cost),
            &per_vehicle(figures.cost, figures.expected_arrivals, words),
            None,
        ),
        tile(
            &say("glance_contribution"),
            &yuan(contribution),
            &say("glance_contribution_of"),
            None,
        ),
        tile(
            &say("gap"),
            &plan.search.gap.map_or_else(|| "–".to_owned(), percent),
            &say("glance_gap_of"),
            None,
        ),
    ]
}

fn tile(name: &str, value: &str, note: &str, bar: Option<u64>) -> Value {
    json!({ "name": name, "value": value, "note": note, "bar": bar })
}

fn yuan(amount: Fen) -> String {
    format!("¥{amount}")
}

fn percent_of(part: u64, of: u64) -> String {
    if of == 0 {
        "–".to_owned()
    } else {
        percent(part as f64 / of as f64)
    }
}

fn per_vehicle(cost: Fen, arrivals: f64, words: &Messages) -> String {
    if arrivals < 1.0 {
        return String::new();
    }
    let each = Fen::from_yuan(cost.yuan() / arrivals);
    format!("{} {}", words.get("glance_each"), yuan(each))
}

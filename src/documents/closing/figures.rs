//! The figures with their formulas, of a tour and of the month.

use serde_json::{Value, json};

use super::super::{DocumentSet, Messages};
use super::Desk;
use crate::domain::Fen;
use crate::plan::model::{Kpi, MonthClosing, Tour};

/// A figure as it is printed; `–` where there is none.
pub(in crate::documents) fn figure(value: Option<f64>, unit: &str) -> String {
    let Some(value) = value else {
        return "–".to_owned();
    };
    match unit {
        "share" => format!("{:.1} %", value * 100.0),
        "yuan" => Fen::from_yuan(value).to_string(),
        "mean" => format!("{value:.2}"),
        "hours" | "km" => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// What has to be said about a figure.
pub(in crate::documents) fn note(words: &Messages, kpi: &Kpi) -> String {
    if kpi.note.key.is_empty() {
        return String::new();
    }
    let text = words.get(&format!("kpi_note_{}", kpi.note.key));
    text.replace("{n}", &kpi.note.count.to_string())
}

/// The halves of the formula in figures: `12 / 14`.
fn halves(kpi: &Kpi) -> String {
    let plain = |value: f64| {
        let text = Fen::from_yuan(value).to_string();
        text.strip_suffix(".00").unwrap_or(&text).to_owned()
    };
    match (kpi.numerator, kpi.denominator) {
        (Some(upper), Some(lower)) => format!("{} / {}", plain(upper), plain(lower)),
        _ => String::new(),
    }
}

fn row(words: &Messages, kpi: &Kpi) -> Value {
    json!({
        "name": words.get(&format!("kpi_{}", kpi.key)),
        "formula": words.get(&format!("formula_{}", kpi.key)),
        "value": figure(kpi.value, &kpi.unit), "halves": halves(kpi), "note": note(words, kpi),
        "before": figure(kpi.before, &kpi.unit),
    })
}

impl Desk<'_> {
    pub(super) fn figures(&self, tour: &Tour) -> Value {
        let closing = self.closing;
        let outcomes: Vec<Value> = closing.outcomes.iter().map(|one| {
            let money = |amount: Option<crate::domain::Fen>| amount.map_or_else(|| "–".to_owned(), |sum| sum.to_string());
            json!({
                "plate": self.plate(&one.vehicle), "booking": one.booking, "walk_in": one.walk_in,
                "result": self.word("outcome", one.result.key()),
                "bad": !one.result.came(), "on": self.date(one.on),
                "done": self.items(&one.items_done), "open": self.items(&one.items_open),
                "parts": self.parts(&one.used),
                "hours": one.hours.map_or_else(|| "–".to_owned(), |hours| format!("{hours:.1}")),
                "settled": money(one.settled), "warranty": money(one.warranty), "noted": one.noted,
            })
        }).collect();
        let revisits: Vec<Value> = closing.revisits.iter().map(|one| json!({
            "plate": self.plate(&one.vehicle), "booking": one.booking, "items": self.items(&one.items),
            "parts": self.parts(&one.parts), "way": self.word("way", one.way.key()),
            "ready": self.date(one.ready),
        })).collect();
        let partners: Vec<Value> = closing.hand_overs.iter().map(|one| json!({
            "plate": self.plate(&one.vehicle), "booking": one.booking,
            "consent": self.words.get(if one.consent { "consented" } else { "no_consent" }),
            "partner": one.partner_name,
            "state": if one.has_partner() { self.state(one) } else { String::new() },
            "until": if one.has_partner() { self.date(Some(one.valid_until)) } else { String::new() },
        })).collect();
        json!({
            "title": self.words.get("doc_closing"), "team": tour.team,
            "kpis": closing.kpis.iter().map(|kpi| row(self.words, kpi)).collect::<Vec<_>>(),
            "outcomes": outcomes, "revisits": revisits, "partners": partners,
        })
    }
}

/// The month beside its tours and the month before.
pub(super) fn month(set: &DocumentSet<'_>, words: &Messages, month: &MonthClosing) -> Value {
    let tours = &set.plan.closings;
    let rows: Vec<Value> = month
        .kpis
        .iter()
        .map(|kpi| {
            let mut row = row(words, kpi);
            let each: Vec<String> = tours
                .iter()
                .map(|tour| {
                    let own = tour.kpis.iter().find(|own| own.key == kpi.key);
                    figure(own.and_then(|own| own.value), &kpi.unit)
                })
                .collect();
            if let Value::Object(row) = &mut row {
                row.insert("tours".into(), json!(each));
            }
            row
        })
        .collect();
    json!({
        "title": words.get("doc_month_closing"), "kpis": rows,
        "tours": tours.iter().map(|one| one.tour.as_str()).collect::<Vec<_>>(),
        "running": month.running.join(&words.get("list_comma")),
    })
}

//! 车间主管判断单: what vague symptoms mean in items, hours and parts. Nobody dials from it.

use serde_json::{Value, json};

use super::call_view::{cribs, item_name, lines};
use super::{DocumentSet, Messages, without_numbers};
use crate::plan::model::{CalledVehicle, Plan};

/// Whether anything is to be asked.
pub(super) fn is_asked(plan: &Plan) -> bool {
    asked(plan).next().is_some()
}

/// The vehicles asked about, in order of tour and vehicle.
pub(super) fn asked(plan: &Plan) -> impl Iterator<Item = &CalledVehicle> {
    let mut asked: Vec<&CalledVehicle> = plan
        .vehicles
        .iter()
        .filter(|one| one.told.as_ref().is_some_and(|told| told.asks_foreman))
        .collect();
    asked.sort_by_key(|one| (one.tour.as_str(), one.visit.as_str(), one.vehicle.as_str()));
    asked.into_iter()
}

/// The models asked about, each once.
pub(super) fn models(plan: &Plan) -> Vec<&str> {
    let mut models: Vec<&str> = asked(plan).map(|one| one.model.as_str()).collect();
    models.sort_unstable();
    models.dedup();
    models
}

/// What the customer said, one kind a line; numbers masked.
pub(super) fn said(set: &DocumentSet<'_>, booking: &str, words: &Messages) -> Vec<String> {
    let Some(told) = set.words_told.get(booking) else {
        return Vec::new();
    };
    [
        ("in_symptoms", &told.symptoms),
        ("in_use", &told.usage),
        ("in_wishes", &told.wishes),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(key, text)| format!("{}: {}", words.get(key), without_numbers(text)))
    .collect()
}

pub(super) fn sheet(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let vehicles: Vec<Value> = asked(set.plan)
        .map(|one| {
            let told = one.told.as_ref().and_then(|told| told.odometer_km);
            let estimate = one.odometer.as_ref();
            let odometer = told
                .map(|km| format!("{km:.0} km"))
                .or_else(|| estimate.map(|o| format!("≈ {:.0} ± {:.0} km", o.mean_km, o.sd_km)));
            let history: Vec<String> = one
                .history
                .iter()
                .map(|past| format!("{} {}", past.date, item_name(set, &past.what)))
                .collect();
            json!({
                "booking": one.booking, "tour": one.tour, "plate": one.plate, "vin": one.vehicle,
                "model": one.model, "slot": one.slot,
                "odometer": odometer.unwrap_or_else(|| words.get("unknown")),
                "history": history.join(&words.get("list_comma")),
                "said": said(set, &one.booking, words),
                "items": lines(set, one, words, &|_| true),
            })
        })
        .collect();
    json!({
        "title": words.get("doc_foreman"), "vehicles": vehicles,
        "cribs": cribs(set, models(set.plan)),
    })
}

//! 预估报价单: one page for every booked customer; a fleet is one estimate.
//!
//! What warranty, 三包 or goodwill may pay is never decided here: such lines stand apart or are marked as to be
//! confirmed. The sum is of the lines the customer agreed to.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Dial, contact_keys, label, wording};
use crate::documents::call_view::item_name;
use crate::documents::plan_view::day;
use crate::documents::{DocumentSet, Messages, mask};
use crate::domain::{Date, Fen};
use crate::plan::model::{CalledVehicle, PlannedItem, Tour};

/// The longest the three guarantees run: younger vehicles may be covered. Their papers decide.
const GUARANTEE_MONTHS: u32 = 36;
/// A first service this early in a vehicle's life may be the maker's free one.
const FIRST_SERVICE_MONTHS: f64 = 12.0;

/// One line.
#[derive(Clone, Debug)]
pub(in crate::documents) struct Row {
    /// Item or part.
    pub(in crate::documents) name: String,
    /// Hours in the field.
    pub(in crate::documents) hours: Option<f64>,
    /// Labour; `None` = to be confirmed.
    pub(in crate::documents) labour: Option<Fen>,
    /// Parts.
    pub(in crate::documents) parts: Fen,
    /// Why somebody else may pay, by its key in the catalogues; empty = nothing hints at it.
    pub(in crate::documents) cover: &'static str,
}

impl Row {
    pub(in crate::documents) fn sum(&self) -> Fen {
        self.labour.unwrap_or_default() + self.parts
    }

    /// Campaigns and first services are listed apart.
    pub(in crate::documents) fn is_apart(&self) -> bool {
        matches!(self.cover, "cover_campaign" | "cover_first")
    }
}

/// A piece in the customer's bag: name, unit, pieces, price each.
pub(in crate::documents) type Piece = (String, String, u32, Fen);

/// One vehicle of an estimate.
pub(in crate::documents) struct VehicleEstimate<'a> {
    pub(in crate::documents) one: &'a CalledVehicle,
    /// What the customer agreed to and is expected to pay.
    pub(in crate::documents) rows: Vec<Row>,
    /// What goodwill, a campaign or the first free service may pay.
    pub(in crate::documents) apart: Vec<Row>,
    /// Items only looked at on site.
    pub(in crate::documents) look: Vec<String>,
    /// Parts brought along in the customer's bag.
    pub(in crate::documents) pieces: Vec<Piece>,
    /// The price told during the call.
    pub(in crate::documents) told: Option<Fen>,
}

impl VehicleEstimate<'_> {
    pub(in crate::documents) fn sum(&self) -> Fen {
        self.rows.iter().map(Row::sum).sum()
    }
}

/// One customer's estimate.
pub(in crate::documents) struct Estimate<'a> {
    pub(in crate::documents) name: String,
    /// Masked.
    pub(in crate::documents) phone: String,
    pub(in crate::documents) vehicles: Vec<VehicleEstimate<'a>>,
}

impl Estimate<'_> {
    pub(in crate::documents) fn sum(&self) -> Fen {
        self.vehicles.iter().map(VehicleEstimate::sum).sum()
    }

    /// Of all vehicles; `None` where one of them was told nothing.
    pub(in crate::documents) fn told(&self) -> Option<Fen> {
        self.vehicles.iter().map(|one| one.told).sum()
    }

    /// Whether a line's labour is not known.
    pub(in crate::documents) fn is_open(&self) -> bool {
        let mut rows = self.vehicles.iter().flat_map(|one| &one.rows);
        rows.any(|row| row.labour.is_none())
    }
}

/// Every booked customer of a tour, by day and time of the first slot.
pub(in crate::documents) fn estimates<'a>(
    set: &DocumentSet<'a>,
    tour: &Tour,
    words: &Messages,
) -> Vec<Estimate<'a>> {
    let keys = contact_keys(set.plan);
    let mut together: BTreeMap<&str, Vec<&'a CalledVehicle>> = BTreeMap::new();
    let own = set.found.vehicles_of(tour).iter().copied();
    for one in own.filter(|one| one.is_booked()) {
        let key = keys.get(one.vehicle.as_str()).copied();
        together
            .entry(key.unwrap_or(&one.vehicle))
            .or_default()
            .push(one);
    }
    let mut list: Vec<Vec<&'a CalledVehicle>> = together.into_values().collect();
    for vehicles in &mut list {
        vehicles.sort_by_key(|one| (&one.slot, &one.vehicle));
    }
    list.sort_by_key(|vehicles| vehicles.first().map(|one| (&one.slot, &one.vehicle)));
    let estimate = |vehicles: Vec<&'a CalledVehicle>| {
        let dial = Dial::of(set, vehicles.iter().map(|one| one.vehicle.as_str()));
        Estimate {
            phone: dial
                .phones
                .first()
                .map_or_else(String::new, |phone| mask(phone)),
            name: dial.name,
            vehicles: vehicles
                .into_iter()
                .map(|one| vehicle(set, one, words))
                .collect(),
        }
    };
    list.into_iter().map(estimate).collect()
}

fn vehicle<'a>(
    set: &DocumentSet<'_>,
    one: &'a CalledVehicle,
    words: &Messages,
) -> VehicleEstimate<'a> {
    let row = |item: &PlannedItem| Row {
        name: item_name(set, &item.item).to_owned(),
        hours: Some(item.hours),
        labour: Some(item.labour),
        parts: item.parts,
        cover: cover(item, one),
    };
    let (agreed, open): (Vec<_>, Vec<_>) = one.items.iter().partition(|item| item.agreed);
    let (apart, mut rows): (Vec<Row>, Vec<Row>) =
        agreed.into_iter().map(row).partition(Row::is_apart);
    let told = one.told.as_ref();
    for (part, qty) in told.map_or(&[][..], |told| &told.extra_parts) {
        let facts = set.plan.part_facts.get(part);
        rows.push(Row {
            name: format!(
                "{} ×{qty}",
                facts.map_or(part.as_str(), |facts| &facts.name)
            ),
            hours: None,
            labour: Some(Fen(0)),
            parts: facts.map_or(Fen(0), |facts| facts.price * *qty),
            cover: age(one),
        });
    }
    let extra = told.map_or(0.0, |told| told.extra_hours);
    if extra > 0.0 {
        rows.push(Row {
            name: words.get("estimate_extra"),
            hours: Some(extra),
            labour: None,
            parts: Fen(0),
            cover: age(one),
        });
    }
    let bag = set
        .plan
        .kit
        .iter()
        .filter(|line| line.vehicle == one.vehicle);
    let pieces = bag.map(|line| {
        let facts = set.plan.part_facts.get(&line.part);
        let name = facts.map_or("", |facts| facts.name.as_str());
        let name = if name.is_empty() { &line.part } else { name };
        let price = facts.map(|facts| facts.price).unwrap_or_default();
        (name.to_owned(), set.unit(facts).to_owned(), line.qty, price)
    });
    VehicleEstimate {
        one,
        rows,
        apart,
        look: open
            .iter()
            .map(|item| item_name(set, &item.item).to_owned())
            .collect(),
        pieces: pieces.collect(),
        told: told.and_then(|told| told.price),
    }
}

/// Who else may pay a line; never decided, only named.
fn cover(item: &PlannedItem, one: &CalledVehicle) -> &'static str {
    let reason = &item.reason;
    let early = reason
        .since_months
        .is_some_and(|months| months <= FIRST_SERVICE_MONTHS);
    match &*reason.rule {
        "campaign" => "cover_campaign",
        "interval" if reason.counted_from == "new" && early => "cover_first",
        _ => age(one),
    }
}

/// Whether the vehicle is young enough for a guarantee on the day of its slot, or its age unknown.
fn age(one: &CalledVehicle) -> &'static str {
    let on = one.slot.get(0..10).and_then(Date::parse_iso);
    match (one.buy_date, on) {
        (Some(bought), Some(on)) if bought.plus_months(GUARANTEE_MONTHS) < on => "",
        (Some(_), _) => "cover_age",
        (None, _) => "cover_unknown",
    }
}

pub(super) fn view(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let said = |cover: &str| {
        if cover.is_empty() {
            String::new()
        } else {
            words.get(cover)
        }
    };
    let open = words.get("to_confirm");
    let row = |row: &Row| {
        json!({
            "name": row.name, "hours": row.hours.map(|hours| format!("{hours:.1}")),
            "labour": row.labour.map_or_else(|| open.clone(), |fen| fen.to_string()),
            "parts": row.parts.to_string(), "sum": row.sum().to_string(), "cover": said(row.cover),
        })
    };
    let vehicle = |one: &VehicleEstimate<'_>| {
        let visit = set
            .plan
            .visits
            .iter()
            .find(|visit| visit.id == one.one.visit);
        let point = visit.and_then(|visit| set.plan.point(&visit.point));
        json!({
            "plate": one.one.plate, "vin": one.one.vehicle, "model": one.one.model,
            "label": label(one.one), "slot": one.one.slot, "booking": one.one.booking,
            "place": point.map_or_else(String::new, |point| wording::place(words, point)),
            "odometer": one.one.told.as_ref().and_then(|told| told.odometer_km).map(|km| format!("{km:.0}")),
            "rows": one.rows.iter().map(row).collect::<Vec<_>>(),
            "apart": one.apart.iter().map(row).collect::<Vec<_>>(),
            "look": one.look.join(&words.get("list_comma")),
            "pieces": one.pieces.iter().map(|(name, unit, qty, price)| json!({
                "name": name, "unit": unit, "qty": qty, "price": price.to_string(),
                "amount": (*price * *qty).to_string() })).collect::<Vec<_>>(),
            "sum": one.sum().to_string(),
            "told": one.told.map(|fen| fen.to_string()),
        })
    };
    let list: Vec<Value> = estimates(set, tour, words)
        .iter()
        .map(|estimate| {
            json!({
                "customer": estimate.vehicles.first().map_or("", |one| one.one.customer.as_str()),
                "name": estimate.name, "phone": estimate.phone,
                "vehicles": estimate.vehicles.iter().map(vehicle).collect::<Vec<_>>(),
                "sum": estimate.sum().to_string(), "open": estimate.is_open(),
                "told": estimate.told().map(|fen| fen.to_string()),
            })
        })
        .collect();
    json!({
        "title": words.get("doc_estimates"), "tour": tour.id,
        "leader": tour.leader, "leader_phone": tour.leader_phone,
        "valid": day(set, tour.ret), "estimates": list,
    })
}

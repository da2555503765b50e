//! What goes into the van: pieces that lie together, the load list of a tour, and the labels of its bags.
//!
//! Responsible for: parcels, once for the list, the labels and both workbooks. Not responsible for: the order
//! and the places in the van (`stage`).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::notices::label;
use super::parts_view::name;
use super::{DocumentSet, Messages, plan_view::day, qr};
use crate::plan::model::{CalledVehicle, PartFacts, Tour, TourKit};
use crate::stage::{LoadLine, LoadZone, zone_weights};

/// Labels on a sheet: three by eight.
pub(super) const LABELS_A_SHEET: usize = 24;

/// Pieces that lie together: a bag, a box of common stock, or one heavy or large line.
#[derive(Clone)]
pub(super) struct Parcel<'a> {
    lines: &'a [LoadLine],
    first: &'a LoadLine,
    /// Whose it is; `None` = common stock.
    pub(super) one: Option<&'a CalledVehicle>,
    /// As the load list counts: `7` or `7–9`.
    pub(super) position: String,
    pub(super) pieces: u32,
    pub(super) weight_kg: f64,
    pub(super) volume_l: f64,
    pub(super) fragile: bool,
}

impl<'a> Parcel<'a> {
    fn of(set: &DocumentSet<'a>, lines: &'a [LoadLine]) -> Option<Self> {
        let (first, last) = (lines.first()?, lines.last()?);
        // The same numbers as on the workbook's list of single pieces.
        let position = match (first.position, last.position) {
            (from, to) if from == to => from.to_string(),
            (from, to) => format!("{from}–{to}"),
        };
        let fragile = |line: &LoadLine| facts(set, line).is_some_and(|part| part.fragile);
        Some(Self {
            one: set.found.called(&first.vehicle),
            position,
            pieces: lines.iter().map(|line| line.qty).sum(),
            weight_kg: lines.iter().map(|line| line.weight_kg).sum(),
            volume_l: lines.iter().map(|line| line.volume_l).sum(),
            fragile: lines.iter().any(fragile),
            lines,
            first,
        })
    }

    pub(super) fn visit(&self) -> &'a str {
        &self.first.visit
    }

    pub(super) fn zone(&self) -> LoadZone {
        self.first.zone
    }

    /// Number of the bag within its visit; 0 = common stock.
    pub(super) fn bag(&self) -> u32 {
        self.first.bag
    }

    pub(super) fn is_common(&self) -> bool {
        self.first.vehicle.is_empty()
    }

    /// `机滤×1、刹车片×2`.
    pub(super) fn contents(&self, set: &DocumentSet<'_>, words: &Messages) -> String {
        let lines = self.lines.iter();
        let names = lines.map(|line| match name(facts(set, line)) {
            "" => format!("{}×{}", line.part, line.qty),
            name => format!("{name}×{}", line.qty),
        });
        names.collect::<Vec<_>>().join(&words.get("list_comma"))
    }

    /// Whether it travels outside its bag: what is heavy or large has its own place.
    fn lies_loose(&self) -> bool {
        matches!(self.first.zone, LoadZone::Left | LoadZone::Right)
    }

    /// How many labels it takes: a customer's loose pieces one each, everything else one.
    fn labels(&self) -> u32 {
        if self.lies_loose() && !self.is_common() {
            self.pieces.max(1)
        } else {
            1
        }
    }
}

fn facts<'a>(set: &DocumentSet<'a>, line: &LoadLine) -> Option<&'a PartFacts> {
    set.plan.part_facts.get(&line.part)
}

/// Everything in the van, in the order it goes in.
pub(super) fn parcels<'a>(set: &DocumentSet<'a>, tour: &Tour) -> Vec<Parcel<'a>> {
    let lines = set.load.get(&tour.id).map_or(&[][..], Vec::as_slice);
    // Small pieces travel in their bag: one row for the bag. Heavy and large ones have their own place.
    let same_box = |a: &LoadLine, b: &LoadLine| {
        a.zone == b.zone
            && matches!(a.zone, LoadZone::Middle | LoadZone::Top)
            && (&a.visit, &a.vehicle) == (&b.visit, &b.vehicle)
    };
    let boxes = lines.chunk_by(same_box);
    boxes.filter_map(|lines| Parcel::of(set, lines)).collect()
}

pub(super) fn load_list(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let parcels = parcels(set, tour);
    let rows: Vec<Value> = parcels
        .iter()
        .map(|parcel| {
            let plate = parcel.one.map_or(parcel.first.vehicle.as_str(), |one| {
                if one.plate.is_empty() { one.vehicle.as_str() } else { one.plate.as_str() }
            });
            json!({
                "position": parcel.position, "zone": words.get(&format!("zone_{}", parcel.zone().key())),
                "visit": parcel.visit(), "bag": parcel.bag(), "plate": plate,
                "contents": parcel.contents(set, words), "qty": parcel.pieces,
                "weight": format!("{:.1}", parcel.weight_kg),
                "volume": format!("{:.1}", parcel.volume_l),
                "fragile": parcel.fragile,
            })
        })
        .collect();
    let kit = set.plan.kits.iter().find(|kit| kit.tour == tour.id);
    let load = |get: fn(&TourKit) -> (f64, f64)| {
        kit.map_or_else(String::new, |kit| {
            let (has, room) = get(kit);
            format!("{has:.0} / {room:.0}")
        })
    };
    let lines = set.load.get(&tour.id).map_or(&[][..], Vec::as_slice);
    json!({
        "title": words.get("doc_load"), "tour": tour.id, "depart": day(set, tour.depart),
        "van": tour.van, "leader": tour.leader, "rows": rows,
        "pieces": parcels.iter().map(|parcel| parcel.pieces).sum::<u32>(),
        "zones": zones(lines),
        "weight": load(|kit| (kit.weight_kg, kit.van_payload_kg)),
        "volume": load(|kit| (kit.volume_l, kit.van_volume_l)),
    })
}

/// Kilograms by place in the van, left and right to be compared.
fn zones(lines: &[LoadLine]) -> Value {
    let weights = zone_weights(lines);
    let kg = |zone: LoadZone| format!("{:.1}", weights.get(&zone).copied().unwrap_or(0.0));
    json!({
        "left": kg(LoadZone::Left), "right": kg(LoadZone::Right),
        "middle": kg(LoadZone::Middle), "top": kg(LoadZone::Top),
    })
}

/// Number of every vehicle's bag within its visit, as on labels and load list.
pub(super) fn bag_numbers<'a>(set: &DocumentSet<'a>, tour: &Tour) -> BTreeMap<&'a str, u32> {
    let lines = set.load.get(&tour.id).map_or(&[][..], Vec::as_slice);
    let bags = lines.iter().filter(|line| line.bag > 0);
    bags.map(|line| (line.vehicle.as_str(), line.bag)).collect()
}

/// One label to stick on.
pub(super) struct Label<'a> {
    pub(super) parcel: Parcel<'a>,
    /// `2` of so many pieces of the parcel; 0 = it has one label.
    pub(super) piece: u32,
    /// Time of the slot, booked or offered.
    pub(super) slot: &'a str,
    pub(super) point: &'a str,
}

/// A tour's labels in unloading order: the first stop's first, what lies above before what lies below.
pub(super) fn labels<'a>(set: &DocumentSet<'a>, tour: &Tour) -> Vec<Label<'a>> {
    let mut labels = Vec::new();
    for parcel in parcels(set, tour).into_iter().rev() {
        let mut visits = set.plan.visits.iter();
        let visit = visits.find(|visit| visit.id == parcel.visit());
        let point = visit.and_then(|visit| set.plan.point(&visit.point));
        let call = set.found.call_of(&parcel.first.vehicle);
        let call = call.filter(|_| !parcel.is_common());
        let booked = parcel.one.map_or("", |one| one.slot.as_str());
        let slot = if booked.is_empty() {
            call.map_or("", |call| call.slot_offered.as_str())
        } else {
            booked
        };
        let count = parcel.labels();
        for piece in 1..=count {
            labels.push(Label {
                parcel: parcel.clone(),
                piece: if count > 1 { piece } else { 0 },
                slot,
                point: point.map_or("", |point| point.name.as_str()),
            });
        }
    }
    labels
}

/// 备料袋标签: sheets of 24 labels of 70 × 37 mm. Plate and booking only: bags stand in other people's yards.
pub(super) fn label_sheets(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let view = |one: &Label<'_>| {
        let parcel = &one.parcel;
        let vehicle = parcel.one;
        let booking = vehicle.map_or("", |vehicle| vehicle.booking.as_str());
        json!({
            "stop": if parcel.is_common() { tour.id.as_str() } else { parcel.visit() },
            "common": parcel.is_common(), "bag": parcel.bag(),
            "name": vehicle.map_or_else(|| parcel.first.vehicle.clone(), label),
            "model": vehicle.map_or("", |vehicle| vehicle.model.as_str()),
            "slot": one.slot.get(5..).unwrap_or_default(), "point": one.point,
            "zone": words.get(&format!("zone_short_{}", parcel.zone().key())),
            "position": parcel.position, "piece": one.piece, "pieces": parcel.pieces,
            "weight": format!("{:.1}", parcel.weight_kg), "fragile": parcel.fragile,
            "loose": parcel.lies_loose(), "contents": parcel.contents(set, words),
            "booking": booking, "qr": qr::svg(booking),
        })
    };
    let labels: Vec<Value> = labels(set, tour).iter().map(view).collect();
    let sheets: Vec<&[Value]> = labels.chunks(LABELS_A_SHEET).collect();
    json!({
        "title": words.get("doc_labels"), "tour": tour.id, "depart": day(set, tour.depart),
        "van": tour.van, "leader": tour.leader, "count": labels.len(), "sheets": sheets,
    })
}

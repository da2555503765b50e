//! The Plan document: everything that was decided for a month, self-contained and versioned.
//!
//! Responsible for: the shape of plan.json; every later command and every document reads only this
//! (and `private/contacts.csv` where somebody dials). No customer's phone number ever stands in it.
//! Not responsible for: how it comes about (`pipeline`) and how it is checked (`verify`).

mod closing;
mod demand;
mod due;
mod life;
mod outlook;
mod parts;
mod people;
mod resting;
mod roads;
#[cfg(test)]
pub(crate) mod small;
mod supply;
mod tour;
mod vehicle;
mod version;

pub use closing::{
    FollowUp, HandOver, Incident, IncidentKind, Kpi, KpiNote, MonthClosing, Outcome, PartQty,
    PartsBy, ReturnLine, Revisit, TourClosing, VehicleOutcome, Way, WayOption,
};
pub use demand::PlaceDemand;
pub use life::{Change, Channel, Concerned, OrderLine, Reminder, ReminderKind, Told, TourChange};
pub use outlook::{Choice, Outlook, Rate, RateCase};
pub use parts::{
    CarriedFor, CarryReason, KitLine, PartRequirement, SourceKind, SourcingLine, TourKit,
};
pub(crate) use people::MOVED;
pub use people::{Call, Callable, Duty, ToolLine};
pub use resting::{RestState, Resting};
pub use roads::{RoadNote, RoadSources};
pub use supply::{SeenPeer, SeenStock, SupplySeen};
pub use tour::{HoursRisk, PlanPoint, Tour, TourCost, TourDay, Visit};
pub use vehicle::{
    CalledVehicle, CustomerRow, ItemReason, OdometerEstimate, PastRepair, PlannedItem, Status,
};
pub use version::{PLAN_SCHEMA, PLAN_VERSION, Unread, Use, read_plan};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{Calendar, Date, DayKind, Fen, Settings};
use crate::findings::{Finding, Lang};

/// What the approval of the month's parts and orders is called, beside the tours' ids.
pub const ORDERS: &str = "orders";

/// A month's plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// `tourplan-plan/1`: its name and major version.
    pub schema: String,
    /// The whole semantic version of its form (docs/schema-versions.md).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub schema_version: String,
    /// Short fingerprint of all that was decided; printed on every page.
    pub id: String,
    /// Version of the tool that made it.
    pub made_by: String,
    /// The month, `yyyy-mm`.
    pub month: String,
    /// The day it was made on.
    pub today: Date,
    /// Seed of the search.
    pub seed: u64,
    /// How the search went.
    pub search: Search,
    /// What the month could be instead, and how it stands under other rates.
    #[serde(default)]
    pub outlook: Outlook,
    /// Files read, with their hashes (changes with row order; nothing else here does).
    pub inputs: Vec<InputFile>,
    /// Every input row's fate, counted.
    pub rows: RowCounts,
    /// The settings used, all keys.
    pub settings: Settings,
    /// Where road distances come from.
    #[serde(default)]
    pub travel: RoadNote,
    /// The month in figures.
    pub figures: Figures,
    /// Vehicles by place and status, in order of county and town; whoever has no place is not among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demand: Vec<PlaceDemand>,
    /// The points visited, and the depot as `depot`.
    pub points: Vec<PlanPoint>,
    /// The tours, in order of departure.
    pub tours: Vec<Tour>,
    /// The visits, in order of tour and stop.
    pub visits: Vec<Visit>,
    /// Every vehicle that is called (status visit or waitlist), by id.
    pub vehicles: Vec<CalledVehicle>,
    /// Who is called when and by whom, by tour and number.
    pub calls: Vec<Call>,
    /// What each tour carries.
    pub kit: Vec<KitLine>,
    /// Fill rates and load of each tour's kit.
    pub kits: Vec<TourKit>,
    /// The pre-staged parts list of the month.
    pub parts: Vec<PartRequirement>,
    /// Where every piece comes from.
    pub sourcing: Vec<SourcingLine>,
    /// Who goes, day by day.
    pub crew: Vec<Duty>,
    /// Tools per tour.
    pub tools: Vec<ToolLine>,
    /// Names and prices the documents print: items by code.
    pub items: BTreeMap<String, ItemFacts>,
    /// Names and shelf places the documents print: parts by code.
    pub part_facts: BTreeMap<String, PartFacts>,
    /// Symptom → items, per model, for the caller.
    pub cribs: BTreeMap<String, Vec<CribLine>>,
    /// Messages to booked customers, in order of day, tour and contact; empty before the first `confirm`.
    #[serde(default)]
    pub reminders: Vec<Reminder>,
    /// Everything ordered and asked for this month, in order of its key.
    #[serde(default)]
    pub orders: Vec<OrderLine>,
    /// The tables of stock and of sister dealers as sources were last sought, for every part of `parts`.
    #[serde(default)]
    pub supply: SupplySeen,
    /// What was moved, cancelled or lost after planning, in order of its number.
    #[serde(default)]
    pub changes: Vec<TourChange>,
    /// What became of the tours read in with `close`, in order of their ids.
    #[serde(default)]
    pub closings: Vec<TourClosing>,
    /// The month in figures, over these tours; `None` = none was read in.
    #[serde(default)]
    pub month_closing: Option<MonthClosing>,
    /// What those changes took out of the month, as it stood.
    #[serde(default)]
    pub resting: Vec<Resting>,
    /// Signatures, by what they cover: `orders` or a tour id. Empty = NOT APPROVED.
    pub approvals: BTreeMap<String, Signature>,
    /// What the planner has to tell (warnings, deviations).
    pub findings: Vec<Finding>,
    /// Days the workspace's calendar.csv makes something else than the published calendar does, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_days: Vec<OwnDay>,
}

/// A day as calendar.csv has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnDay {
    /// The day.
    pub date: Date,
    /// Worked; else a day off.
    pub work: bool,
}

impl OwnDay {
    /// All of a calendar.
    pub fn of(calendar: &Calendar) -> Vec<Self> {
        let days = calendar.own_days().into_iter();
        days.map(|(date, kind)| Self {
            date,
            work: kind == DayKind::Work,
        })
        .collect()
    }
}

/// How the search for tours went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Search {
    /// Value of the plan by problem.json's objective, yuan.
    pub objective: f64,
    /// Proven upper bound, where one was computed.
    pub bound: Option<f64>,
    /// (bound − objective) / bound.
    pub gap: Option<f64>,
    /// Iterations done; give them as `--effort` to repeat the plan.
    pub iterations: u64,
    /// What ended it.
    pub stopped_by: String,
    /// Tours that stood while it searched: bound and gap are of the plans that hold them.
    #[serde(default)]
    pub standing: u64,
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InputFile {
    /// Path inside the workspace.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

/// rows = accepted + merged + rejected + ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowCounts {
    /// Rows below the headers of all population files.
    pub rows: u64,
    /// Rows that became a vehicle.
    pub accepted: u64,
    /// Rows merged into a vehicle already there.
    pub merged: u64,
    /// Rows set aside.
    pub rejected: u64,
    /// Blank, title, total and repeated header rows.
    pub ignored: u64,
}

/// The month in figures; each is a sum over the lists beside it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Vehicles by status: visit, waitlist, invite, deferred.
    pub by_status: BTreeMap<String, u64>,
    /// Deferred vehicles by reason.
    pub deferred_by_reason: BTreeMap<String, u64>,
    /// Accepted vehicles lacking model, phone or place.
    pub missing: BTreeMap<String, u64>,
    /// Vehicles outside the dealer's catchment with at least one item more likely due than not.
    pub due: u64,
    /// Of these, with a place on a visit.
    pub due_on_visit: u64,
    /// Expected vehicles to turn up.
    pub expected_arrivals: f64,
    /// Expected income before tax: labour and parts of visits, without weights.
    pub expected_income: Fen,
    /// Expected margin of visits, without weights.
    pub expected_margin: Fen,
    /// All tour costs.
    pub cost: Fen,
    /// Days of all teams on tour.
    pub team_days: u64,
    /// Kilometres driven.
    pub km: f64,
}

/// What documents print of a repair item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemFacts {
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Workshop hours.
    pub hours: f64,
    /// Labour price.
    pub labour_price: Fen,
    /// Names of the tools it takes.
    #[serde(default)]
    pub tools: Vec<String>,
}

/// What documents print of a part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartFacts {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Pieces per pack the maker sells.
    #[serde(default)]
    pub pack_qty: u32,
    /// Price each.
    pub price: Fen,
    /// Shelf place.
    pub bin: String,
    /// Litres each.
    pub volume_l: f64,
    /// Kilograms each.
    pub weight_kg: f64,
    /// Loaded on top.
    pub fragile: bool,
    /// Reviewed by the maker first.
    pub monitored: bool,
    /// Workdays of that review.
    #[serde(default)]
    pub review_workdays: u32,
    /// Transport modes allowed.
    #[serde(default)]
    pub modes: Vec<String>,
}

impl PartFacts {
    /// The unit in a reader's language: the common Chinese ones have an English word, any other stays the dealer's.
    pub fn unit_in(&self, lang: Lang) -> &str {
        match (lang, self.unit.trim()) {
            (Lang::En, "件" | "个" | "只" | "支" | "根" | "条" | "块" | "片" | "枚" | "把") => {
                "pc."
            }
            (Lang::En, "套" | "组" | "付" | "副") => "set",
            (Lang::En, "对") => "pair",
            (Lang::En, "桶") => "can",
            (Lang::En, "瓶") => "bottle",
            (Lang::En, "盒" | "箱") => "box",
            (Lang::En, "包" | "袋") => "pack",
            (Lang::En, "罐" | "听") => "tin",
            (Lang::En, "卷") => "roll",
            (Lang::En, "台") => "unit",
            (Lang::En, "升") => "L",
            (Lang::En, "毫升") => "mL",
            (Lang::En, "米") => "m",
            (Lang::En, "公斤" | "千克") => "kg",
            (Lang::En, "克") => "g",
            _ => &self.unit,
        }
    }
}

/// One line of the caller's crib: what a symptom may mean on this model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CribLine {
    /// Words to listen for.
    pub words: String,
    /// The item.
    pub item: String,
    /// How likely.
    pub probability: f64,
    /// Labour and parts of it on this model.
    pub price: Fen,
}

/// A signature over exactly one content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// Who signed.
    pub by: String,
    /// When.
    pub on: Date,
    /// SHA-256 of what was signed.
    pub sha256: String,
}

impl Plan {
    /// The calendar the plan was made with.
    pub fn calendar(&self) -> Calendar {
        let mut calendar = Calendar::official();
        for day in &self.own_days {
            let kind = if day.work {
                DayKind::Work
            } else {
                DayKind::Rest
            };
            calendar.mark(day.date, kind);
        }
        calendar
    }

    /// The tour with this id.
    pub fn tour(&self, id: &str) -> Option<&Tour> {
        self.tours.iter().find(|tour| tour.id == id)
    }

    /// The tour with this id, also where it is suspended or cancelled.
    pub fn tour_or_resting(&self, id: &str) -> Option<&Tour> {
        let rests = || self.resting.iter().rev().map(|rest| &rest.tour);
        self.tour(id).or_else(|| rests().find(|tour| tour.id == id))
    }

    /// The point with this id.
    pub fn point(&self, id: &str) -> Option<&PlanPoint> {
        self.points.iter().find(|point| point.id == id)
    }

    /// A called vehicle by its id, in whose order they stand.
    pub fn called(&self, vehicle: &str) -> Option<&CalledVehicle> {
        let at = self
            .vehicles
            .binary_search_by(|one| one.vehicle.as_str().cmp(vehicle));
        at.ok().map(|at| &self.vehicles[at])
    }

    /// A called vehicle's call, by its id; calls stand by tour and number.
    pub fn call_of(&self, vehicle: &str) -> Option<&Call> {
        let tour = &self.called(vehicle)?.tour;
        let from = self.calls.partition_point(|call| call.tour < *tour);
        let mut of_tour = self.calls[from..]
            .iter()
            .take_while(|call| call.tour == *tour);
        of_tour.find(|call| call.vehicle == vehicle)
    }

    /// What became of a tour, as far as it was read in.
    pub fn closing(&self, tour: &str) -> Option<&TourClosing> {
        self.closings.iter().find(|closing| closing.tour == tour)
    }

    /// Whether a tour is closed: nothing plans it anew.
    pub fn is_closed(&self, tour: &str) -> bool {
        self.closing(tour)
            .is_some_and(|closing| closing.closed_on.is_some())
    }

    /// The visits of a tour, in stop order.
    pub fn visits_of<'a>(&'a self, tour: &'a str) -> impl Iterator<Item = &'a Visit> {
        self.visits.iter().filter(move |visit| visit.tour == tour)
    }
}

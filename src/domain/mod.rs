//! The nouns of the trade: plain data with its invariants, units and the calendar.
//!
//! Responsible for: what a vehicle, a service point, a repair item, a part, a person *is*.
//! Not responsible for: reading them (`ingest`), predicting, planning or printing. Knows no other room.

pub mod after_visit;
pub mod beginning;
pub mod calendar;
pub mod catalogue;
pub mod date;
pub mod filled;
pub mod fingerprint;
pub mod geo;
pub mod money;
pub mod people;
pub mod phone;
pub mod rounding;
pub mod service_point;
pub mod settings;
pub mod supply;
pub mod vehicle;

pub use after_visit::{FollowUpAnswer, HandOverAnswer};
pub use beginning::beginning;
pub use calendar::{Calendar, DayKind};
pub use catalogue::{
    BomLine, Catalogue, Item, Model, Part, Priority, Rule, RuleKind, Symptom, Tool, TransportMode,
};
pub use date::{Date, Month, Weekday};
pub use filled::{
    Advice, Answer, CallOutcome, FilledAt, GoodsLine, JobReport, TourWish, VisitResult,
};
pub use fingerprint::sha256_hex;
pub use geo::{Datum, LonLat, PlaceLevel};
pub use money::Fen;
pub use people::{Person, Role, Van};
pub use phone::{Phones, is_mobile};
pub use service_point::{OpenDays, ServicePoint};
pub use settings::Settings;
pub use supply::{Coming, PeerStock, StockLine, SupplierKind, SupplierMode, Supply};
pub use vehicle::{
    CustomerType, LastService, Missing, PhoneList, Reading, Readings, SourceRow, Usage, Vehicle,
};

//! A vehicle of the population and the person behind it.

use std::sync::Arc;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::date::Date;
use super::geo::LonLat;

/// Where a row came from; cited in findings, never in plan decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceRow {
    /// File name inside the workspace.
    pub file: Arc<str>,
    /// Physical line, 1-based.
    pub line: u32,
}

/// One odometer reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The day it was read.
    pub date: Date,
    /// Kilometres shown.
    pub km: f64,
}

/// Numbers of a customer. Most have one: it stands in the vehicle itself, for a million lists elsewhere are as many waits
/// for memory each time they are gone through.
pub type PhoneList = SmallVec<[CompactString; 1]>;
/// Readings of a vehicle. An export row holds two at most; likewise.
pub type Readings = SmallVec<[Reading; 2]>;

/// The last service known to the dealer; either half may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LastService {
    /// Its day.
    pub date: Option<Date>,
    /// The odometer then.
    pub km: Option<f64>,
}

/// Who owns the vehicle. Decides the show-up rate and what 三包 may mean; never decided for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CustomerType {
    /// A private person (个人).
    Person,
    /// A firm or public body (单位).
    Firm,
    /// A group with a contract (集团).
    Group,
    /// Not stated.
    #[default]
    Unknown,
}

/// What the vehicle is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Usage {
    /// Private use (家用).
    Home,
    /// Goods (物流).
    Logistics,
    /// Passengers for hire (客运).
    Passenger,
    /// Building sites (工程).
    Construction,
    /// School bus (校车).
    School,
    /// Official use (公用).
    Official,
    /// Not stated, or another word.
    #[default]
    Unknown,
}

impl Usage {
    /// Every usage, in the order of declaration.
    pub const ALL: [Self; 7] = [
        Self::Home,
        Self::Logistics,
        Self::Passenger,
        Self::Construction,
        Self::School,
        Self::Official,
        Self::Unknown,
    ];

    /// The key used in settings and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Logistics => "logistics",
            Self::Passenger => "passenger",
            Self::Construction => "construction",
            Self::School => "school",
            Self::Official => "official",
            Self::Unknown => "unknown",
        }
    }
}

/// What an accepted vehicle still lacks; it stands on the worklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// No model, or none the catalogue knows.
    Model,
    /// No number anybody could dial.
    Phone,
    /// No place that can be found.
    Place,
}

impl Missing {
    /// The word used in customers.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Phone => "phone",
            Self::Place => "place",
        }
    }
}

/// One vehicle of the region, after reading, repairing and merging.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vehicle {
    /// VIN, else plate: the row key everywhere.
    pub id: CompactString,
    /// Vehicle identification number, upper case.
    pub vin: Option<CompactString>,
    /// Number plate, upper case without separators.
    pub plate: Option<CompactString>,
    /// Owner: a person or a firm.
    pub customer: CompactString,
    /// Who answers the phone, where that is not the owner.
    pub contact: CompactString,
    /// Every number given, in order, digits only.
    pub phones: PhoneList,
    /// Model id of the catalogue, where the text could be matched.
    pub model: Option<CompactString>,
    /// The model as written.
    pub model_text: CompactString,
    /// Province as written; so the next four.
    pub province: CompactString,
    /// Prefecture city.
    pub city: CompactString,
    /// County or district.
    pub county: CompactString,
    /// Township or street office.
    pub town: CompactString,
    /// Free address.
    pub address: CompactString,
    /// Given coordinates, already in WGS-84.
    pub lon_lat: Option<LonLat>,
    /// Day of purchase.
    pub buy_date: Option<Date>,
    /// Odometer readings, oldest first, one a day.
    pub readings: Readings,
    /// Last service known.
    pub last_service: LastService,
    /// Stated use, km per day.
    pub km_per_day: Option<f64>,
    /// Owner's kind.
    pub customer_type: CustomerType,
    /// Use.
    pub usage: Usage,
    /// Marked as a key customer.
    pub key_customer: bool,
    /// Asked not to be called.
    pub do_not_call: bool,
    /// Asked for no texts.
    pub sms_optout: bool,
    /// Agreed to being handed over to a partner; `None` = never asked.
    pub handover_consent: Option<bool>,
    /// The day the row was true, where stated: of two rows of a vehicle the newer one counts.
    pub as_of: Option<Date>,
    /// Remark as written.
    pub remark: CompactString,
    /// The row it was first seen on.
    pub source: SourceRow,
}

impl Vehicle {
    /// What must be completed before the vehicle can be served like any other.
    pub fn missing(&self, placed: bool) -> Vec<Missing> {
        let lacks = [
            (self.model.is_none(), Missing::Model),
            (self.phones.is_empty(), Missing::Phone),
            (!placed, Missing::Place),
        ];
        let missing = lacks.into_iter().filter(|(lacks, _)| *lacks);
        missing.map(|(_, what)| what).collect()
    }

    /// The name calls are addressed to: the contact, else the owner.
    pub fn addressee(&self) -> &str {
        if self.contact.is_empty() {
            &self.customer
        } else {
            &self.contact
        }
    }

    /// The key all vehicles reached by one call share: the first phone, else the owner's name,
    /// else the vehicle itself. It is turned into a neutral number before it reaches a file.
    pub fn contact_key(&self) -> String {
        let mut key = String::new();
        self.push_contact_key(&mut key);
        key
    }

    /// Writes that key behind a text.
    pub fn push_contact_key(&self, text: &mut String) {
        let (kind, value) = match self.phones.first() {
            Some(phone) => ("phone:", phone),
            None if !self.customer.is_empty() => ("name:", &self.customer),
            None => ("vehicle:", &self.id),
        };
        text.reserve_exact(kind.len() + value.len());
        text.push_str(kind);
        text.push_str(value);
    }
}

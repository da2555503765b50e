//! What the words on a filled sheet can stand for: the month's bookings and the catalogue's codes.
//!
//! Responsible for: exact look-up whatever the case, width and spaces. A word that fits two codes fits none.
//! Not responsible for: where the codes come from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::domain::Month;

/// One vehicle that was called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// Vehicle id: VIN, else plate.
    pub vehicle: String,
    /// Plate; empty = not plated.
    pub plate: String,
    /// Tour.
    pub tour: String,
    /// The items it was offered: what "all of them" means.
    pub items: Vec<String>,
}

/// Everything filled sheets can refer to.
#[derive(Clone, Debug)]
pub struct Codes {
    /// The month the sheets belong to: a day written without its year is the one nearest to it.
    pub month: Month,
    /// The month's bookings, by key.
    pub bookings: BTreeMap<String, Booked>,
    /// Repair items: code, Chinese name, English name.
    pub items: Vec<(String, String, String)>,
    /// Parts: code, name.
    pub parts: Vec<(String, String)>,
    /// Service points: id, name.
    pub points: Vec<(String, String)>,
    /// Teams.
    pub teams: Vec<String>,
    /// Tours of the plan.
    pub tours: Vec<String>,
    /// The order book: key of the line, part code.
    pub orders: BTreeMap<String, String>,
    /// The dealer's own headers: key (or table and key) → headers.
    pub columns: BTreeMap<String, Vec<String>>,
}

impl Codes {
    /// No codes at all yet.
    pub fn new(month: Month) -> Self {
        Self {
            month,
            bookings: BTreeMap::new(),
            items: Vec::new(),
            parts: Vec::new(),
            points: Vec::new(),
            teams: Vec::new(),
            tours: Vec::new(),
            orders: BTreeMap::new(),
            columns: BTreeMap::new(),
        }
    }
}

/// What a word turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This code.
    One(String),
    /// One of these.
    Several(Vec<String>),
    /// Nothing known.
    None,
}

/// Words of one kind → codes.
#[derive(Default)]
pub(super) struct Names {
    /// By the word as compared; codes win over names.
    by_code: HashMap<String, BTreeSet<String>>,
    by_name: HashMap<String, BTreeSet<String>>,
}

impl Names {
    fn add(&mut self, code: &str, names: &[&str]) {
        let key = |text: &str| (!text.trim().is_empty()).then(|| compared(text));
        if let Some(key) = key(code) {
            self.by_code.entry(key).or_default().insert(code.to_owned());
        }
        for name in names.iter().filter_map(|name| key(name)) {
            self.by_name
                .entry(name)
                .or_default()
                .insert(code.to_owned());
        }
    }

    pub(super) fn find(&self, word: &str) -> Found {
        let word = compared(word);
        let codes = self.by_code.get(&word).or_else(|| self.by_name.get(&word));
        match codes.map(|codes| codes.iter().cloned().collect::<Vec<_>>()) {
            Some(codes) if codes.len() == 1 => {
                codes.into_iter().next().map_or(Found::None, Found::One)
            }
            Some(codes) => Found::Several(codes),
            None => Found::None,
        }
    }
}

/// A word as it is compared: one width, no spaces, lower case. Signs stay: `A-1` is not `A1`.
fn compared(word: &str) -> String {
    word.nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A key as it is compared: letters and digits only, upper case, and the letters nobody tells from digits as
/// digits (keys have neither I, L nor O).
pub fn bare_key(key: &str) -> String {
    key.nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The codes, ready for look-up.
pub(super) struct Lookup<'c> {
    pub(super) codes: &'c Codes,
    pub(super) items: Names,
    pub(super) parts: Names,
    pub(super) points: Names,
    pub(super) teams: Names,
    pub(super) tours: Names,
    bookings: HashMap<String, Vec<&'c str>>,
    orders: HashMap<String, Vec<&'c str>>,
    vehicles: HashMap<String, Vec<&'c str>>,
}

impl<'c> Lookup<'c> {
    pub(super) fn of(codes: &'c Codes) -> Self {
        let mut items = Names::default();
        for (code, name, name_en) in &codes.items {
            items.add(code, &[name, name_en]);
        }
        let mut points = Names::default();
        for (id, name) in &codes.points {
            points.add(id, &[name]);
        }
        let mut parts = Names::default();
        for (code, name) in &codes.parts {
            parts.add(code, &[name]);
        }
        let plain = |list: &[String]| {
            let mut names = Names::default();
            for one in list {
                names.add(one, &[]);
            }
            names
        };
        let keyed = |keys: &mut dyn Iterator<Item = &'c str>| {
            let mut by_key: HashMap<String, Vec<&'c str>> = HashMap::new();
            for key in keys {
                by_key.entry(bare_key(key)).or_default().push(key);
            }
            by_key
        };
        let mut vehicles: HashMap<String, Vec<&'c str>> = HashMap::new();
        for (key, booked) in &codes.bookings {
            let mut ids = vec![bare_vehicle(&booked.vehicle), bare_vehicle(&booked.plate)];
            ids.dedup();
            for id in ids.into_iter().filter(|id| !id.is_empty()) {
                vehicles.entry(id).or_default().push(key);
            }
        }
        Self {
            codes,
            items,
            parts,
            points,
            teams: plain(&codes.teams),
            tours: plain(&codes.tours),
            bookings: keyed(&mut codes.bookings.keys().map(String::as_str)),
            orders: keyed(&mut codes.orders.keys().map(String::as_str)),
            vehicles,
        }
    }

    /// The booking a cell means, however it is spaced and cased.
    pub(super) fn booking(&self, written: &str) -> Option<(&'c str, &'c Booked)> {
        let key = one_of(&self.bookings, &bare_key(written), written)?;
        self.codes
            .bookings
            .get_key_value(key)
            .map(|(key, booked)| (key.as_str(), booked))
    }

    /// The order line a cell means, and its part.
    pub(super) fn order(&self, written: &str) -> Option<(&'c str, &'c str)> {
        let key = one_of(&self.orders, &bare_key(written), written)?;
        let (key, part) = self.codes.orders.get_key_value(key)?;
        Some((key, part))
    }

    /// The one booking of a vehicle, by VIN or plate.
    pub(super) fn booking_of(&self, vehicle: &str) -> Option<&'c str> {
        match self.vehicles.get(&bare_vehicle(vehicle)).map(Vec::as_slice) {
            Some([one]) => Some(one),
            _ => None,
        }
    }
}

/// The key itself, else the only one that looks like it.
fn one_of<'c>(keys: &HashMap<String, Vec<&'c str>>, bare: &str, written: &str) -> Option<&'c str> {
    let alike = keys.get(bare)?;
    let exact = alike.iter().find(|key| **key == written.trim());
    match (exact, alike.as_slice()) {
        (Some(key), _) => Some(key),
        (None, [one]) => Some(one),
        (None, _) => None,
    }
}

/// VIN or plate as compared.
pub(super) fn bare_vehicle(vehicle: &str) -> String {
    vehicle
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

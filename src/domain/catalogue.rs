//! Models, repair items, due rules, parts and what belongs together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::money::Fen;
use super::vehicle::Usage;

/// A vehicle model of the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Its id.
    pub id: String,
    /// Other ways it is written.
    pub aliases: Vec<String>,
    /// `D` diesel, `P` petrol, `E` electric, or the dealer's own class.
    pub class: String,
    /// Typical use.
    pub km_per_day: Option<f64>,
    /// Use by what the vehicle is used for, km per day, where it was learnt.
    pub km_by_use: BTreeMap<Usage, f64>,
}

/// Why an item matters; decides its priority weight and the order of calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Priority {
    Safety,
    Warranty,
    Wear,
    #[default]
    Comfort,
}

/// A repair item: one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Its code.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// English name; empty = the Chinese one.
    pub name_en: String,
    /// Labour hours in the workshop (the field factor comes on top).
    pub hours: f64,
    /// Every skill it needs.
    pub skills: BTreeSet<String>,
    /// Can be done on tour.
    pub on_site: bool,
    /// Only where there is a lift.
    pub needs_lift: bool,
    /// Tools it needs.
    pub tools: BTreeSet<String>,
    /// Labour price to the customer.
    pub labour_price: Fen,
    /// Expected margin, yuan (labour and parts).
    pub margin: f64,
    /// Why it matters.
    pub priority: Priority,
}

/// How an item falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    /// Every so many km or months, whichever first.
    Interval,
    /// Wears out, Weibull in km.
    Wear,
    /// Once, for listed vehicles.
    Campaign,
    /// In some months of the year.
    Season,
}

/// The bounds of a season or campaign, as months of the year or dates (both inclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A month, 1 to 12.
    Month(u32),
    /// A day.
    Day(Date),
}

/// One due rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The item it makes due.
    pub item: String,
    /// Model, class, glob, or a list of them.
    pub applies_to: String,
    /// Its kind.
    pub kind: RuleKind,
    /// Interval in km.
    pub km: Option<f64>,
    /// Interval in months.
    pub months: Option<f64>,
    /// First interval in km.
    pub first_km: Option<f64>,
    /// First interval in months.
    pub first_months: Option<f64>,
    /// Factor on the interval in severe use.
    pub severe_factor: Option<f64>,
    /// Weibull shape.
    pub shape: Option<f64>,
    /// Weibull scale, km.
    pub scale_km: Option<f64>,
    /// First month or day (inclusive).
    pub from: Option<When>,
    /// Last month or day (inclusive).
    pub to: Option<When>,
    /// Vehicles of a campaign; empty = all it applies to.
    pub vins: BTreeSet<String>,
    /// Probability that the item is wanted once due.
    pub probability: Option<f64>,
}

/// How a part may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum TransportMode {
    Road,
    Express,
    Air,
}

impl TransportMode {
    /// The word used in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Express => "express",
            Self::Air => "air",
        }
    }
}

/// A part.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a yes/no column of parts.csv"
)]
pub struct Part {
    /// Its code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit, e.g. 件.
    pub unit: String,
    /// Pieces per pack; the maker sells whole packs.
    pub pack_qty: u32,
    /// A pack is not opened (what is left of it would spoil or is not sold): every job takes whole packs. Otherwise
    /// pieces are taken out of it, litres out of a drum.
    pub whole_packs: bool,
    /// Price to the customer.
    pub price: Fen,
    /// Shelf place.
    pub bin: String,
    /// Litres each.
    pub volume_l: f64,
    /// Kilograms each.
    pub weight_kg: f64,
    /// Breaks easily: loaded on top.
    pub fragile: bool,
    /// Modes it may travel by.
    pub allowed_modes: BTreeSet<TransportMode>,
    /// Dangerous goods class, where stated.
    pub dg_class: String,
    /// Reviewed by the maker before an order is processed (监控件).
    pub monitored: bool,
    /// Workdays that review takes.
    pub review_workdays: u32,
    /// Made for one VIN.
    pub vin_specific: bool,
    /// The part it replaces.
    pub supersedes: String,
}

impl Part {
    /// Pieces the maker sells together, 1 or more; what is made for one VIN comes by the piece.
    pub fn pack(&self) -> u32 {
        if self.vin_specific {
            1
        } else {
            self.pack_qty.max(1)
        }
    }

    /// The pieces of as many whole packs as are needed.
    pub fn in_packs(&self, pieces: u32) -> u32 {
        pieces
            .checked_next_multiple_of(self.pack())
            .unwrap_or(pieces)
    }
}

/// One line of an item's bill of materials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BomLine {
    /// Item code.
    pub item: String,
    /// Model, class, glob, or a list of them.
    pub applies_to: String,
    /// Part code.
    pub part: String,
    /// Pieces.
    pub qty: u32,
}

/// What a customer may say, and what it may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Symptom {
    /// Words to listen for.
    pub words: Vec<String>,
    /// Model, class, glob, or a list of them.
    pub applies_to: String,
    /// Item it points to.
    pub item: String,
    /// How likely.
    pub probability: f64,
}

impl Symptom {
    /// Whether one of its words stands in what the customer said.
    pub fn is_heard_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let mut words = self.words.iter().map(|word| word.trim().to_lowercase());
        words.any(|word| !word.is_empty() && text.contains(&word))
    }
}

/// A tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its code.
    pub code: String,
    /// Name.
    pub name: String,
    /// How many the dealer owns.
    pub owned: u32,
}

/// Everything the dealer knows about repairing his models. Keys are ids; iteration is in id order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// Models by id.
    pub models: BTreeMap<String, Model>,
    /// Items by code.
    pub items: BTreeMap<String, Item>,
    /// Due rules, in order of item and content (not of the file).
    pub rules: Vec<Rule>,
    /// Parts by code.
    pub parts: BTreeMap<String, Part>,
    /// Bills of materials.
    pub bom: Vec<BomLine>,
    /// Symptom table.
    pub symptoms: Vec<Symptom>,
    /// Tools by code.
    pub tools: BTreeMap<String, Tool>,
}

impl Catalogue {
    /// Whether `pattern` (model id, class, glob with `*` and `?`, or a `|` list) covers the model.
    pub fn applies(&self, pattern: &str, model: &str) -> bool {
        let class = self.models.get(model).map_or("", |m| m.class.as_str());
        pattern.split('|').map(str::trim).any(|one| {
            one == model
                || (!class.is_empty() && one.eq_ignore_ascii_case(class))
                || glob(one, model)
        })
    }

    /// The parts one occurrence of an item needs on a model: (part code, pieces), in code order; each under its newest
    /// number, and whole packs of what is not opened.
    pub fn bom_of(&self, item: &str, model: &str) -> Vec<(&str, u32)> {
        let lines = self.bom.iter();
        let of_item = |line: &&BomLine| line.item == item && self.applies(&line.applies_to, model);
        self.summed(lines.filter(of_item))
    }

    /// The bills of materials of all items on a model, as [`Self::bom_of`] gives one, by item code.
    pub fn boms_of(&self, model: &str) -> BTreeMap<&str, Vec<(&str, u32)>> {
        let mut by_item: BTreeMap<&str, Vec<&BomLine>> = BTreeMap::new();
        for line in &self.bom {
            if self.applies(&line.applies_to, model) {
                by_item.entry(&line.item).or_default().push(line);
            }
        }
        let boms = by_item.into_iter();
        boms.map(|(item, lines)| (item, self.summed(lines)))
            .collect()
    }

    fn summed<'a>(&'a self, lines: impl IntoIterator<Item = &'a BomLine>) -> Vec<(&'a str, u32)> {
        let mut pieces: BTreeMap<&str, u32> = BTreeMap::new();
        for line in lines {
            *pieces.entry(self.newest(&line.part)).or_default() += line.qty;
        }
        for (part, qty) in &mut pieces {
            if let Some(part) = self.parts.get(*part).filter(|part| part.whole_packs) {
                *qty = part.in_packs(*qty);
            }
        }
        pieces.into_iter().filter(|(_, qty)| *qty > 0).collect()
    }

    /// The number a part is ordered under: what supersedes it, and what supersedes that. Where two do, the first by
    /// code; where numbers supersede each other in a circle, the part itself.
    pub fn newest<'a>(&'a self, part: &'a str) -> &'a str {
        let successor = |old: &str| {
            let mut parts = self.parts.values();
            parts.find(|part| part.supersedes == *old && part.code != *old)
        };
        let mut newest = part;
        for _ in 0..=self.parts.len() {
            match successor(newest) {
                Some(next) => newest = &next.code,
                None => return newest,
            }
        }
        part
    }

    /// The numbers a part supersedes, straight or through others, in code order: their stock serves for it.
    pub fn older(&self, part: &str) -> Vec<&str> {
        let replaced = self.parts.values().map(|known| known.supersedes.as_str());
        let old: BTreeSet<&str> = replaced
            .filter(|old| !old.is_empty() && *old != part && self.newest(old) == part)
            .collect();
        old.into_iter().collect()
    }
}

/// Shell-like match over characters: `*` any run, `?` any one, case-insensitive.
fn glob(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && (pattern[p] == '?' || pattern[p] == text[t]) && pattern[p] != '*' {
            p += 1;
            t += 1;
        } else if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, t));
            p += 1;
        } else if let Some((at, from)) = star {
            p = at + 1;
            t = from + 1;
            star = Some((at, from + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_whole_names() {
        assert!(glob("V80*", "V80 2.5T柴"));
        assert!(glob("*", ""));
        assert!(glob("*汽*", "T60 2.0T汽 20L4E"));
        assert!(!glob("V8", "V80"));
        assert!(!glob("V80*柴", "V80 2.0T汽"));
    }

    #[test]
    fn a_list_of_patterns_covers_by_id_class_or_glob() {
        let mut catalogue = Catalogue::default();
        catalogue.models.insert(
            "EV30".into(),
            Model {
                id: "EV30".into(),
                class: "E".into(),
                ..Model::default()
            },
        );
        assert!(catalogue.applies("D|E", "EV30"));
        assert!(catalogue.applies("ev*", "EV30"));
        assert!(!catalogue.applies("D|P", "EV30"));
    }
}

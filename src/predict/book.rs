//! The catalogue read once for each model: which rules apply, what an item costs and which parts tell that it was done.
//!
//! Patterns and bills of materials are matched here and nowhere else, so that a prediction is arithmetic.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::life::{Life, mean_life};
use crate::domain::{Catalogue, Fen, Item, Rule, RuleKind};

/// The catalogue by model.
pub struct Book<'a> {
    /// What it was read from.
    pub catalogue: &'a Catalogue,
    /// What the crew can do; `None` = everything.
    skills: Option<BTreeSet<String>>,
    models: BTreeMap<&'a str, ModelBook<'a>>,
}

/// What the catalogue says of one model.
#[derive(Clone)]
pub struct ModelBook<'a> {
    /// All items, in code order.
    items: Vec<ItemBook<'a>>,
    /// Rules that apply, in order of their items.
    pub(super) rules: Vec<RuleBook<'a>>,
    /// Positions of the items that a past repair was, by the item or part code it names. Looked up only.
    done_by: HashMap<&'a str, Vec<usize>>,
    /// The shortest interval, km: what a "service" on record certainly covered.
    pub(super) base_km: f64,
}

/// One rule on one model.
#[derive(Clone)]
pub(super) struct RuleBook<'a> {
    pub(super) rule: &'a Rule,
    /// Position of its item.
    pub(super) item: usize,
    /// Of a wear rule: mean life over the scale.
    pub(super) mean_life: f64,
    /// Likewise: the life in usual use and in hard use; `None` where it says none.
    lives: Option<[Life; 2]>,
}

impl RuleBook<'_> {
    /// How long what a wear rule is of lives, in hard use or not.
    pub(super) fn life(&self, severe: bool) -> Option<Life> {
        self.lives.map(|lives| lives[usize::from(severe)])
    }
}

/// What a wear rule says of lives, in usual use and in hard use.
fn lives(rule: &Rule) -> Option<[Life; 2]> {
    let shape = rule.shape.filter(|shape| *shape > 0.0)?;
    let scale = rule.scale_km.filter(|scale| *scale > 0.0)?;
    let severe = rule.severe_factor.unwrap_or(1.0);
    Some([1.0, severe].map(|factor| Life::new(shape, scale * factor)))
}

/// One item on one model.
#[derive(Clone)]
pub struct ItemBook<'a> {
    /// Its code.
    pub code: &'a str,
    pub(super) item: &'a Item,
    /// Can be done on tour.
    pub(super) fieldable: bool,
    /// What its parts cost the customer.
    pub(super) parts_price: Fen,
    /// Parts of its bill of materials that no other item of this model needs.
    own_parts: Vec<&'a str>,
}

impl<'a> Book<'a> {
    /// Reads a catalogue.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        Self::read(catalogue, None)
    }

    /// Reads a catalogue for a crew: an item it lacks a skill for is not done on tour.
    pub fn for_crew(catalogue: &'a Catalogue, skills: &BTreeSet<String>) -> Self {
        Self::read(catalogue, Some(skills.clone()))
    }

    fn read(catalogue: &'a Catalogue, skills: Option<BTreeSet<String>>) -> Self {
        let models = catalogue.models.keys();
        let book = |id| ModelBook::new(catalogue, id, skills.as_ref());
        let models = models.map(|id| (id.as_str(), book(id))).collect();
        Self {
            catalogue,
            skills,
            models,
        }
    }

    /// The models it lists.
    pub(super) fn models(&self) -> impl Iterator<Item = &'a str> {
        self.models.keys().copied()
    }

    /// A model's book; a model the catalogue does not list has what applies to every one.
    pub fn of(&self, model: &str) -> Cow<'_, ModelBook<'a>> {
        match self.models.get(model) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(ModelBook::new(self.catalogue, model, self.skills.as_ref())),
        }
    }
}

impl<'a> ModelBook<'a> {
    fn new(catalogue: &'a Catalogue, model: &str, skills: Option<&BTreeSet<String>>) -> Self {
        let boms = catalogue.boms_of(model);
        let mut needed_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for line in &catalogue.bom {
            if catalogue.applies(&line.applies_to, model) {
                needed_by.entry(&line.part).or_default().push(&line.item);
            }
        }
        let items: Vec<ItemBook<'a>> = catalogue
            .items
            .iter()
            .map(|(code, item)| {
                let bom = boms.get(code.as_str()).map_or(&[][..], Vec::as_slice);
                let price =
                    |&(part, qty): &(&str, u32)| Some(catalogue.parts.get(part)?.price * qty);
                let only_here = |part: &str| {
                    needed_by
                        .get(part)
                        .is_none_or(|items| items.iter().all(|other| other == code))
                };
                let own = bom.iter().map(|(part, _)| *part);
                ItemBook {
                    code,
                    item,
                    fieldable: item.on_site
                        && skills.is_none_or(|skills| item.skills.is_subset(skills)),
                    parts_price: bom.iter().filter_map(price).sum(),
                    own_parts: own.filter(|part| only_here(part)).collect(),
                }
            })
            .collect();
        let at = |code: &str| items.binary_search_by(|item| item.code.cmp(code)).ok();
        let applying = || {
            let rules = catalogue.rules.iter();
            rules.filter(|rule| catalogue.applies(&rule.applies_to, model))
        };
        let mut rules: Vec<RuleBook<'_>> = applying()
            .filter_map(|rule| {
                Some(RuleBook {
                    rule,
                    item: at(&rule.item)?,
                    mean_life: rule.shape.map_or(1.0, mean_life),
                    lives: lives(rule),
                })
            })
            .collect();
        rules.sort_by_key(|rule| rule.item);
        let base_km = applying()
            .filter(|rule| rule.kind == RuleKind::Interval)
            .filter_map(|rule| rule.km)
            .fold(f64::INFINITY, f64::min);
        let mut done_by: HashMap<&str, Vec<usize>> = HashMap::new();
        for (position, item) in items.iter().enumerate() {
            for what in std::iter::once(item.code).chain(item.own_parts.iter().copied()) {
                done_by.entry(what).or_default().push(position);
            }
        }
        Self {
            items,
            rules,
            done_by,
            base_km,
        }
    }

    /// Positions of the items that a past repair was, named by item or part code: the item itself, or the one item that
    /// needs the part.
    pub(super) fn done_by(&self, what: &str) -> &[usize] {
        self.done_by.get(what).map_or(&[], Vec::as_slice)
    }

    /// An item by its position in code order.
    pub(super) fn at(&self, position: usize) -> &ItemBook<'a> {
        &self.items[position]
    }

    /// An item by its code.
    pub fn item(&self, code: &str) -> Option<&ItemBook<'a>> {
        let at = self.items.binary_search_by(|item| item.code.cmp(code));
        Some(&self.items[at.ok()?])
    }
}

impl ItemBook<'_> {
    /// Whether a past repair, named by item or part code, was this item: itself, or a part that only it needs.
    pub(super) fn is_done_by(&self, what: &str) -> bool {
        what == self.code || self.own_parts.contains(&what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::{BomLine, Model};

    #[test]
    fn what_the_crew_cannot_do_is_not_done_on_a_model_the_catalogue_does_not_list_either() {
        let mut catalogue = Catalogue::default();
        let item = Item {
            on_site: true,
            skills: BTreeSet::from(["hv".to_owned()]),
            ..Item::default()
        };
        catalogue.items.insert("battery".into(), item);
        catalogue.models.insert("EV30".into(), Model::default());
        let fieldable = |book: &Book<'_>, model: &str| {
            let known = book.of(model);
            known.item("battery").is_some_and(|item| item.fieldable)
        };
        let none = BTreeSet::new();
        for model in ["EV30", "unlisted"] {
            assert!(fieldable(&Book::new(&catalogue), model), "{model}");
            assert!(
                !fieldable(&Book::for_crew(&catalogue, &none), model),
                "{model}"
            );
        }
    }

    #[test]
    fn a_part_tells_of_the_one_item_that_needs_it_and_of_none_where_two_do() {
        let mut catalogue = Catalogue::default();
        for code in ["oil", "pads"] {
            catalogue.items.insert(code.into(), Item::default());
        }
        let line = |item: &str, part: &str| BomLine {
            item: item.into(),
            applies_to: "*".into(),
            part: part.into(),
            qty: 1,
        };
        catalogue.bom = vec![
            line("oil", "filter"),
            line("oil", "cleaner"),
            line("pads", "cleaner"),
            line("pads", "pad-set"),
        ];
        let book = ModelBook::new(&catalogue, "G10", None);
        let told = ["oil", "pads", "filter", "pad-set", "cleaner", "unheard-of"]
            .map(|what| book.done_by(what));
        assert_eq!(told, [&[0][..], &[1], &[0], &[1], &[], &[]]);
        for what in ["oil", "pads", "filter", "pad-set", "cleaner"] {
            for (position, item) in book.items.iter().enumerate() {
                let listed = book.done_by(what).contains(&position);
                assert_eq!(item.is_done_by(what), listed, "{what} {position}");
            }
        }
    }
}

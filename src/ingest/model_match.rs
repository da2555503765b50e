//! Model text to a model of the catalogue.
//!
//! Responsible for: exact, alias and normalised matches, and one name contained in the text where
//! exactly one model is the longest to fit. Never a choice among equals: then the model is missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::domain::Model;

/// Words before a model's name that say nothing about which model it is.
const BRANDS: [&str; 8] = [
    "上汽大通",
    "上汽",
    "大通",
    "maxus",
    "迈克萨斯",
    "saic",
    "牌",
    "车型",
];

/// How a model was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelMatch {
    /// Its id, an alias, or one of these but for case, width, spaces and brand.
    Same(String),
    /// Its name (or most of it) stands in the text: the id, and the name that was found.
    Contained(String, String),
    /// Several models fit as well.
    Ambiguous(Vec<String>),
    /// None fits.
    Unknown,
}

/// The catalogue's names, ready for look-up.
pub struct ModelNames {
    exact: HashMap<String, BTreeSet<String>>,
    /// (name, id), longest first.
    names: Vec<(Bare, String)>,
}

impl ModelNames {
    /// Of every model its id and aliases.
    pub fn of(models: &BTreeMap<String, Model>) -> Self {
        let mut exact: HashMap<String, BTreeSet<String>> = HashMap::new();
        let mut names = Vec::new();
        for model in models.values() {
            for name in std::iter::once(&model.id).chain(&model.aliases) {
                let name = Bare::of(name);
                if !name.text.is_empty() {
                    exact
                        .entry(name.text.clone())
                        .or_default()
                        .insert(model.id.clone());
                    names.push((name, model.id.clone()));
                }
            }
        }
        names.sort_by(|a, b| b.0.text.len().cmp(&a.0.text.len()).then_with(|| a.cmp(b)));
        Self { exact, names }
    }

    /// Recognises a model.
    pub fn find(&self, text: &str) -> ModelMatch {
        let wanted = Bare::of(text);
        if wanted.text.is_empty() {
            return ModelMatch::Unknown;
        }
        if let Some(ids) = self.exact.get(&wanted.text) {
            return one_of(ids.clone(), ModelMatch::Same);
        }
        if let Some((longest, _)) = self.names.iter().find(|(name, _)| wanted.holds(&name.text)) {
            let equals = self.names.iter().filter(|(name, _)| {
                name.text.len() == longest.text.len() && wanted.holds(&name.text)
            });
            let ids = equals.map(|(_, id)| id.clone()).collect();
            return one_of(ids, |id| ModelMatch::Contained(id, longest.text.clone()));
        }
        // The other way round: the text is part of exactly one model's name.
        let longer = self
            .names
            .iter()
            .filter(|(name, _)| name.holds(&wanted.text));
        let ids = longer.map(|(_, id)| id.clone()).collect();
        one_of(ids, |id| ModelMatch::Contained(id, wanted.text.clone()))
    }
}

fn one_of(ids: BTreeSet<String>, found: impl FnOnce(String) -> ModelMatch) -> ModelMatch {
    let mut ids: Vec<String> = ids.into_iter().collect();
    if ids.len() > 1 {
        return ModelMatch::Ambiguous(ids);
    }
    ids.pop().map_or(ModelMatch::Unknown, found)
}

/// A name without case, width, spaces, punctuation and brand, and where it was cut.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bare {
    text: String,
    /// Byte positions in `text` before which a separator or brand stood.
    seams: Vec<usize>,
}

impl Bare {
    fn of(name: &str) -> Self {
        let mut spaced: String = name.nfkc().flat_map(char::to_lowercase).collect();
        for brand in BRANDS {
            spaced = spaced.replace(brand, " ");
        }
        let mut bare = Self {
            text: String::new(),
            seams: Vec::new(),
        };
        for c in spaced.chars() {
            if c.is_alphanumeric() || c == '.' {
                bare.text.push(c);
            } else if bare.seams.last() != Some(&bare.text.len()) {
                bare.seams.push(bare.text.len());
            }
        }
        bare
    }

    /// Whether `name` stands here as a word of its own: V90 does not stand in EV90, nor T6 in T60.
    fn holds(&self, name: &str) -> bool {
        if name.chars().count() < 2 {
            return false;
        }
        self.text
            .match_indices(name)
            .any(|(at, _)| self.is_cut(at) && self.is_cut(at + name.len()))
    }

    /// Whether a word may end or begin at this byte.
    fn is_cut(&self, at: usize) -> bool {
        let before = self
            .text
            .get(..at)
            .and_then(|text| text.chars().next_back());
        let after = self.text.get(at..).and_then(|text| text.chars().next());
        let (Some(before), Some(after)) = (before, after) else {
            return true;
        };
        let number = |c: char| c.is_ascii_digit() || c == '.';
        self.seams.contains(&at)
            || !((number(before) && number(after))
                || (before.is_ascii_alphabetic() && after.is_ascii_alphabetic()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> ModelNames {
        let model = |id: &str, aliases: &[&str]| {
            let aliases = aliases.iter().map(|a| (*a).to_owned()).collect();
            (
                id.to_owned(),
                Model {
                    id: id.into(),
                    aliases,
                    ..Model::default()
                },
            )
        };
        ModelNames::of(&BTreeMap::from([
            model("V80 2.5T柴", &["V80", "大通V80"]),
            model("V80 PLUS 2.0T柴", &["V80 PLUS"]),
            model("V90 2.0T柴", &["V90"]),
            model("EV90", &[]),
            model("T60 2.8T柴", &[]),
            model("T60 2.0T汽", &[]),
            model("G20 2.0T汽", &[]),
        ]))
    }

    fn contained(id: &str, name: &str) -> ModelMatch {
        ModelMatch::Contained(id.into(), name.into())
    }

    #[test]
    fn the_same_name_is_the_same_whatever_its_dress() {
        for text in [
            "V80",
            "v80",
            "大通 V80",
            "上汽大通Ｖ８０",
            "V80 2.5T柴",
            "MAXUS V80",
        ] {
            assert_eq!(
                names().find(text),
                ModelMatch::Same("V80 2.5T柴".into()),
                "{text}"
            );
        }
    }

    #[test]
    fn the_longest_name_in_the_text_wins() {
        assert_eq!(
            names().find("大通V80长轴中顶"),
            contained("V80 2.5T柴", "v80")
        );
        assert_eq!(
            names().find("V80 plus 长轴"),
            contained("V80 PLUS 2.0T柴", "v80plus")
        );
    }

    #[test]
    fn a_name_inside_another_word_is_not_found() {
        assert_eq!(names().find("EV90 纯电动"), contained("EV90", "ev90"));
        assert_eq!(names().find("V900"), ModelMatch::Unknown);
    }

    #[test]
    fn never_a_choice_among_equals() {
        assert!(matches!(names().find("T60"), ModelMatch::Ambiguous(ids) if ids.len() == 2));
        assert_eq!(names().find("G20"), contained("G20 2.0T汽", "g20"));
        assert_eq!(names().find("五菱宏光"), ModelMatch::Unknown);
    }
}

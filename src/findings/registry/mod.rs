//! Every code the tool can say, once: title, cause, what to do, in both languages.
//!
//! A code never changes its meaning. `D…` data, `P…` planning, `R…` roads, `M…` the month after it, `V…` verify, `C…` commands and files.

mod by_hand;
mod checking;
mod closing;
mod command;
mod filled;
mod goods;
mod input;
mod learning;
mod month;
mod notices;
mod planning;
mod privacy;
mod roads;
mod together;

use super::{Lang, Severity};

/// One sentence in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

impl Text {
    /// The sentence in one language.
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// One code.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What was found; `{name}` is filled by the finding.
    pub title: Text,
    /// Why that happens.
    pub cause: Text,
    /// What to do.
    pub action: Text,
}

/// Short form for the tables: code, severity, (title en, zh), (cause en, zh), (action en, zh).
const fn say(
    code: &'static str,
    severity: Severity,
    title: (&'static str, &'static str),
    cause: (&'static str, &'static str),
    action: (&'static str, &'static str),
) -> Entry {
    Entry {
        code,
        severity,
        title: Text {
            en: title.0,
            zh: title.1,
        },
        cause: Text {
            en: cause.0,
            zh: cause.1,
        },
        action: Text {
            en: action.0,
            zh: action.1,
        },
    }
}

/// All entries, in code order within their group.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    input::entries()
        .chain(planning::ENTRIES)
        .chain(roads::ENTRIES)
        .chain(checking::ENTRIES)
        .chain(month::ENTRIES)
        .chain(by_hand::ENTRIES)
        .chain(together::ENTRIES)
        .chain(goods::ENTRIES)
        .chain(filled::ENTRIES)
        .chain(closing::ENTRIES)
        .chain(notices::ENTRIES)
        .chain(privacy::ENTRIES)
        .chain(learning::ENTRIES)
        .chain(command::ENTRIES)
}

/// The entry of a code.
pub fn entry(code: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_and_speaks_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for entry in all() {
            assert!(seen.insert(entry.code), "{} stands twice", entry.code);
            for text in [entry.title, entry.cause, entry.action] {
                assert!(!text.en.is_empty() && !text.zh.is_empty(), "{}", entry.code);
            }
        }
    }
}

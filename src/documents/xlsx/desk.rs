//! What every sheet needs at hand: the plan, its words and its names.

use super::super::{DocumentSet, Messages, call_view};
use super::sheet::{Cell, Entry};
use super::words::{own_word, unit};
use super::writer::{Book, Head};
use crate::domain::Date;
use crate::findings::Lang;
use crate::plan::model::{CalledVehicle, PartFacts};

/// The set of documents being made, and its words.
pub(super) struct Desk<'a> {
    pub(super) set: &'a DocumentSet<'a>,
    pub(super) words: &'a Messages,
}

impl<'a> Desk<'a> {
    /// A word: the workbooks' own, else the catalogue's.
    pub(super) fn say(&self, key: &str) -> String {
        self.word(key).to_owned()
    }

    /// The same, not copied.
    pub(super) fn word<'k>(&'k self, key: &'k str) -> &'k str {
        own_word(self.set.lang, key).unwrap_or_else(|| self.words.word(key))
    }

    /// The title of a column: its word, and the unit of its figures.
    pub(super) fn head(&self, key: &str) -> String {
        let word = self.say(key);
        match unit(self.set.lang, key) {
            // Some words say it themselves.
            Some(unit) if !word.contains(['（', '(']) && !word.ends_with(unit) => {
                match self.set.lang {
                    Lang::Zh => format!("{word}（{unit}）"),
                    Lang::En => format!("{word} ({unit})"),
                }
            }
            _ => word,
        }
    }

    /// A word built from a prefix and a code; nothing for an empty code.
    pub(super) fn say_of(&self, prefix: &str, code: &str) -> String {
        if code.is_empty() {
            String::new()
        } else {
            self.say(&format!("{prefix}_{code}"))
        }
    }

    /// `yes`, or nothing.
    pub(super) fn tick(&self, yes: bool) -> Cell {
        if yes {
            Cell::Text(self.say("yes"))
        } else {
            Cell::Blank
        }
    }

    /// An empty workbook whose pages name the plan and whether it was signed.
    pub(super) fn book(
        &self,
        title: &str,
        about: &str,
        approval: &str,
    ) -> Result<Book, rust_xlsxwriter::XlsxError> {
        let plan = self.set.plan;
        Book::new(&Head {
            title: format!("{} {}", self.say(title), about),
            plan: format!("{} {}", self.say("plan"), plan.id),
            state: self.state(approval),
            dealer: plan.settings.dealer.name.clone(),
            footer: self.say("footer"),
            made_on: plan.today,
        })
    }

    /// Who signed, or NOT APPROVED.
    pub(super) fn state(&self, approval: &str) -> String {
        self.set.plan.approvals.get(approval).map_or_else(
            || self.say("not_approved"),
            |sign| format!("{} {} {}", self.say("approved_by"), sign.by, sign.on),
        )
    }

    /// A word in brackets behind another, with the signs of the language.
    pub(super) fn aside(&self, word: &str) -> String {
        match self.set.lang {
            Lang::Zh => format!("（{word}）"),
            Lang::En => format!(" ({word}) "),
        }
    }

    /// Between the items of a list in a cell; a filled sheet is read with either.
    pub(super) fn between(&self) -> &'static str {
        match self.set.lang {
            Lang::Zh => "、",
            Lang::En => "; ",
        }
    }

    /// As above.
    pub(super) fn ditto(&self) -> &'static str {
        match self.set.lang {
            Lang::Zh => "〃",
            Lang::En => "″",
        }
    }

    /// `2026-12-01 周二`.
    pub(super) fn day(&self, date: Date) -> String {
        let weekday = match self.set.lang {
            Lang::Zh => date.weekday().chinese(),
            Lang::En => date.weekday().english_name(),
        };
        format!("{date} {weekday}")
    }

    /// An item's name, a part's name, else the code.
    pub(super) fn item_name(&self, code: &str) -> String {
        call_view::item_name(self.set, code).to_owned()
    }

    /// A list of words to choose from.
    pub(super) fn choice(&self, keys: &[&str]) -> Entry {
        Entry::Choice(keys.iter().map(|key| self.say(key)).collect())
    }

    pub(super) fn yes_no(&self) -> Entry {
        self.choice(&["choice_yes", "choice_no"])
    }

    /// The VIN; nothing where the plate is all that is known.
    pub(super) fn vin(one: &CalledVehicle) -> &str {
        if one.vehicle == one.plate {
            ""
        } else {
            &one.vehicle
        }
    }

    /// What the customer read off, else an estimate and never one bare number.
    pub(super) fn odometer(&self, one: &CalledVehicle) -> String {
        if let Some(km) = one.told.as_ref().and_then(|told| told.odometer_km) {
            return format!("{km:.0}");
        }
        one.odometer.as_ref().map_or_else(
            || self.say("unknown"),
            |odometer| format!("≈ {:.0} ± {:.0}", odometer.mean_km, odometer.sd_km),
        )
    }

    /// The last repairs, one a line.
    pub(super) fn history(&self, one: &CalledVehicle) -> String {
        let past = one.history.iter();
        let lines = past.map(|past| format!("{} {}", past.date, self.item_name(&past.what)));
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn part(&self, code: &str) -> Option<&'a PartFacts> {
        self.set.plan.part_facts.get(code)
    }

    pub(super) fn part_name(&self, code: &str) -> Cell {
        Cell::text(self.part(code).map_or("", |part| &part.name))
    }

    pub(super) fn vehicle(&self, id: &str) -> Option<&'a CalledVehicle> {
        self.set.found.called(id)
    }

    /// The name of a point, else its id.
    pub(super) fn point_name(&self, id: &str) -> String {
        self.set
            .plan
            .point(id)
            .map_or_else(|| id.to_owned(), |point| point.name.clone())
    }

    /// The name of a visit's point; nothing for no visit.
    pub(super) fn visit_point(&self, id: &str) -> String {
        let visit = self.set.found.visit(id);
        visit.map_or_else(String::new, |visit| self.point_name(&visit.point))
    }
}

//! Foreman's sheets: one line per vehicle with symptoms.

use crate::domain::{Advice, FilledAt};

use super::line::Line;
use super::words::Asks;
use super::{Returned, Said};

impl Returned for Advice {
    fn about(&self) -> String {
        self.booking.clone()
    }
    fn at(&mut self) -> &mut FilledAt {
        &mut self.at
    }
}

pub(super) fn advice(line: &mut Line<'_, '_>) -> Said<Advice> {
    if !line.any(&["items", "hours", "parts", "workshop_only", "note"]) {
        return Said::Nothing;
    }
    let Some((booking, _)) = line.booking() else {
        return Said::Aside;
    };
    let mut note = line.text("note");
    Said::Line(Advice {
        booking: booking.to_owned(),
        items: line.items("items", &mut note),
        hours: line.hours("hours"),
        parts: line.parts("parts", &mut note),
        workshop_only: line.yes_no("workshop_only", Asks::Fact),
        note,
        at: line.at(),
    })
}

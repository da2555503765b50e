//! Lines of sheets about tours that have left: the van is loaded and the day has come, so they change no visit.

use std::collections::BTreeMap;

use crate::domain::{Advice, Answer, Date};
use crate::findings::Finding;
use crate::plan::model::{Plan, Tour};

/// The tour a booking is on, where it left before `today`.
fn left<'p>(plan: &'p Plan, booking: &str, today: Date) -> Option<&'p Tour> {
    let one = plan.vehicles.iter().find(|one| one.booking == booking)?;
    plan.tour(&one.tour).filter(|tour| tour.depart < today)
}

/// Call lines as they may still count; M073 for each tour that has left.
pub fn late_answers(plan: &Plan, lines: Vec<Answer>, today: Date) -> (Vec<Answer>, Vec<Finding>) {
    let mut late = Late::default();
    let lines = lines.into_iter().filter_map(|line| {
        let Some(tour) = left(plan, &line.booking, today) else {
            return Some(line);
        };
        late.count(tour, &line.at.file);
        let kept = Answer {
            booking: line.booking,
            called_on: line.called_on,
            do_not_call: line.do_not_call,
            sms_optout: line.sms_optout,
            handover_consent: line.handover_consent,
            at: line.at,
            ..Answer::default()
        };
        let says = kept.do_not_call.is_some()
            || kept.sms_optout.is_some()
            || kept.handover_consent.is_some();
        says.then_some(kept)
    });
    let lines = lines.collect();
    (lines, late.findings())
}

/// Likewise the foreman's lines, of which nothing counts any more.
pub fn late_advice(plan: &Plan, lines: Vec<Advice>, today: Date) -> (Vec<Advice>, Vec<Finding>) {
    let mut late = Late::default();
    let lines = lines.into_iter().filter(|line| {
        let tour = left(plan, &line.booking, today);
        if let Some(tour) = tour {
            late.count(tour, &line.at.file);
        }
        tour.is_none()
    });
    let lines = lines.collect();
    (lines, late.findings())
}

/// Lines counted by file and tour.
#[derive(Default)]
struct Late(BTreeMap<(String, String), (Date, usize)>);

impl Late {
    fn count(&mut self, tour: &Tour, file: &str) {
        let key = (file.to_owned(), tour.id.clone());
        self.0.entry(key).or_insert((tour.depart, 0)).1 += 1;
    }

    fn findings(self) -> Vec<Finding> {
        let say = |((file, tour), (depart, count)): ((String, String), (Date, usize))| {
            let finding = Finding::new("M073").in_file(file).arg("tour", tour);
            finding.arg("depart", depart).arg("count", count)
        };
        self.0.into_iter().map(say).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CallOutcome;
    use crate::plan::model::small;

    #[test]
    fn after_departure_only_wishes_about_being_asked_count() {
        let plan = small::plan();
        let one = &plan.vehicles[0];
        let depart = plan.tour(&one.tour).expect("its tour").depart;
        let line = Answer {
            booking: one.booking.clone(),
            outcome: Some(CallOutcome::Declined),
            do_not_call: Some(true),
            ..Answer::default()
        };
        let silent = Answer {
            do_not_call: None,
            ..line.clone()
        };
        let lines = || vec![line.clone(), silent.clone()];
        let (same, nothing) = late_answers(&plan, lines(), depart);
        assert_eq!((same, nothing.len()), (lines(), 0), "the day itself counts");
        let (kept, said) = late_answers(&plan, lines(), depart.plus_days(1));
        assert_eq!((kept.len(), kept[0].outcome), (1, None));
        assert_eq!(kept[0].do_not_call, Some(true));
        assert_eq!(said[0].args.get("count").map(String::as_str), Some("2"));
    }
}

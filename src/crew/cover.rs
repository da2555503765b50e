//! Staffing until nothing is planned that nobody there has the skill for.

use std::collections::{BTreeMap, BTreeSet};

use super::staff::Staffed;
use super::work::TourWork;

/// Skills by tour.
pub type SkillsByTour = BTreeMap<String, Vec<String>>;

/// Staffs a month; what asks for a skill nobody on its tour has is left out, and the month is staffed anew, until nothing
/// is left that somebody would have to leave out.
///
/// `left` takes off the jobs that need these skills and gives the work without them; first it is asked for all of it. Ends,
/// for each round leaves a skill of a tour out.
pub fn staff_covered(
    left: &mut dyn FnMut(&SkillsByTour) -> Vec<TourWork>,
    staff: &dyn Fn(&[TourWork]) -> Staffed,
) -> Staffed {
    let mut staffed = staff(&left(&SkillsByTour::new()));
    while !staffed.uncovered.is_empty() {
        let mut work = left(&staffed.uncovered);
        let before = std::mem::replace(&mut staffed, staff(&work));
        if !staffed.uncovered.is_empty() {
            // Without those jobs other people seem the better crew, who lack something else. The first ones lack nothing of what is
            // left, where they can be had again.
            keep_crews(&mut work, &before);
            staffed = staff(&work);
        }
    }
    staffed
}

fn keep_crews(work: &mut [TourWork], staffed: &Staffed) {
    let mut crews: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for duty in &staffed.duties {
        let crew = crews.entry(&duty.tour).or_default();
        crew.insert(duty.person.clone());
    }
    for tour in work {
        if let Some(crew) = crews.remove(tour.tour.as_str()) {
            tour.keep = crew;
        }
    }
}

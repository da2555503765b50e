//! Tools of a tour: what is in use at the same time, not one per job.

use std::collections::{BTreeMap, BTreeSet};

use super::work::TourWork;
use crate::domain::{Catalogue, Date};
use crate::findings::Finding;
use crate::plan::model::ToolLine;

/// One line per tour and tool, in tour order of `tours` and tool order. At a visit, a tool is in use at most
/// as often as jobs need it and vehicles are worked on at once; a tour takes the most of its visits.
pub fn tool_lines(tours: &[TourWork], catalogue: &Catalogue) -> Vec<ToolLine> {
    tours
        .iter()
        .flat_map(|tour| of_tour(tour, catalogue))
        .collect()
}

fn of_tour(tour: &TourWork, catalogue: &Catalogue) -> Vec<ToolLine> {
    let mut most: BTreeMap<&str, u32> = BTreeMap::new();
    for visit in &tour.tools {
        let mut wanted: BTreeMap<&str, u32> = BTreeMap::new();
        for tool in visit.jobs.iter().flatten() {
            *wanted.entry(tool).or_default() += 1;
        }
        for (tool, jobs) in wanted {
            let at_once = jobs.min(visit.at_once.max(1));
            let known = most.entry(tool).or_default();
            *known = (*known).max(at_once);
        }
    }
    most.into_iter()
        .map(|(code, qty)| {
            let tool = catalogue.tools.get(code);
            ToolLine {
                tour: tour.tour.clone(),
                tool: code.to_owned(),
                name: tool.map_or_else(|| code.to_owned(), |tool| tool.name.clone()),
                qty,
                owned: tool.map_or(0, |tool| tool.owned),
            }
        })
        .collect()
}

/// P017 where tours out on the same day want more of a tool than the dealer owns; the first such day of each.
pub(super) fn tools_short(tours: &[TourWork], lines: &[ToolLine]) -> Vec<Finding> {
    let days: BTreeSet<Date> = tours
        .iter()
        .flat_map(|tour| tour.days.iter().map(|day| day.date))
        .collect();
    let mut found: BTreeMap<&str, (u32, u32, Date)> = BTreeMap::new();
    for date in days {
        let out = |line: &&ToolLine| {
            let there = |tour: &TourWork| tour.days.iter().any(|day| day.date == date);
            tours
                .iter()
                .any(|tour| tour.tour == line.tour && there(tour))
        };
        let mut wanted: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for line in lines.iter().filter(out) {
            wanted.entry(&line.tool).or_insert((0, line.owned)).0 += line.qty;
        }
        for (tool, (qty, owned)) in wanted {
            // Owned 0 means that nobody has counted.
            if owned > 0 && qty > owned {
                found.entry(tool).or_insert((qty, owned, date));
            }
        }
    }
    found
        .into_iter()
        .map(|(tool, (qty, owned, date))| {
            let finding = Finding::new("P017").arg("tool", tool).arg("qty", qty);
            finding.arg("owned", owned).arg("date", date)
        })
        .collect()
}

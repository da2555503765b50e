//! Where the pieces of a tour's kit went: carried + extra = used + handed over + back.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Catalogue, Date};
use crate::findings::Finding;
use crate::plan::model::{HandOver, KitLine, Outcome, PartQty, Plan, ReturnLine, VehicleOutcome};

type Pieces<'p> = BTreeMap<&'p str, u32>;

/// A tour's kit as carried, and what of it was used.
pub(super) struct Kit<'p> {
    carried: Pieces<'p>,
    used: BTreeMap<String, u32>,
    wrong: BTreeMap<String, u32>,
    bags: BTreeMap<&'p str, Pieces<'p>>,
    /// Booked vehicles nothing was told about yet.
    open: BTreeSet<&'p str>,
}

impl<'p> Kit<'p> {
    pub(super) fn of(plan: &'p Plan, tour: &str, outcomes: &[VehicleOutcome]) -> Self {
        let mut kit = Self {
            carried: Pieces::new(),
            used: sum(outcomes, |one| &one.used),
            wrong: sum(outcomes, |one| &one.wrong),
            bags: BTreeMap::new(),
            open: BTreeSet::new(),
        };
        let own = |line: &&KitLine| line.tour == tour;
        for line in plan.kit.iter().filter(own) {
            *kit.carried.entry(&line.part).or_default() += line.qty;
            if !line.vehicle.is_empty() {
                let bag = kit.bags.entry(&line.vehicle).or_default();
                *bag.entry(&line.part).or_default() += line.qty;
            }
        }
        let told = |vehicle: &str| {
            outcomes
                .iter()
                .any(|one| one.vehicle == vehicle && one.result != Outcome::NotReported)
        };
        kit.open = plan
            .vehicles
            .iter()
            .filter(|one| one.tour == tour && one.is_booked() && !told(&one.vehicle))
            .map(|one| one.vehicle.as_str())
            .collect();
        kit
    }

    fn of_part(pieces: &BTreeMap<String, u32>, part: &str) -> u32 {
        pieces.get(part).copied().unwrap_or_default()
    }

    fn carried_of(&self, part: &str) -> u32 {
        self.carried.get(part).copied().unwrap_or_default()
    }

    /// Pieces neither used nor found unfit.
    fn left(&self, part: &str) -> u32 {
        let gone = Self::of_part(&self.used, part) + Self::of_part(&self.wrong, part);
        self.carried_of(part).saturating_sub(gone)
    }

    /// Pieces on the van that nobody who is still to come has been promised.
    pub(super) fn free(&self, part: &str) -> u32 {
        let promised: u32 = self
            .open
            .iter()
            .filter_map(|vehicle| self.bags.get(vehicle)?.get(part))
            .sum();
        self.left(part).saturating_sub(promised)
    }

    /// A vehicle's bag as packed.
    pub(super) fn bag(&self, vehicle: &str) -> Vec<PartQty> {
        let bag = self.bags.get(vehicle);
        let lines = bag.into_iter().flatten();
        lines
            .map(|(part, qty)| ((*part).to_owned(), *qty))
            .collect()
    }

    /// Shares what is left among the bags of those who did not come, in the order given: of each bag what is
    /// still there, and what others have taken out of it.
    pub(super) fn bags_left(&self, vehicles: &[&str]) -> Vec<(Vec<PartQty>, Vec<PartQty>)> {
        let mut left: BTreeMap<String, u32> = BTreeMap::new();
        let mut shared = Vec::new();
        for vehicle in vehicles {
            let (mut there, mut gone) = (Vec::new(), Vec::new());
            for (part, qty) in self.bag(vehicle) {
                let rest = left.entry(part.clone()).or_insert_with(|| self.left(&part));
                let taken = qty.min(*rest);
                *rest -= taken;
                if taken > 0 {
                    there.push((part.clone(), taken));
                }
                if taken < qty {
                    gone.push((part, qty - taken));
                }
            }
            shared.push((there, gone));
        }
        shared
    }

    /// The return list.
    pub(super) fn lines(
        &self,
        outcomes: &[VehicleOutcome],
        hand_overs: &[HandOver],
    ) -> Vec<ReturnLine> {
        let used = sum(outcomes, |one| &one.used);
        let with = |keep: fn(&HandOver) -> bool| {
            let mut pieces: BTreeMap<String, u32> = BTreeMap::new();
            for one in hand_overs.iter().filter(|one| keep(one)) {
                for (part, qty) in &one.parts {
                    *pieces.entry(part.clone()).or_default() += qty;
                }
            }
            pieces
        };
        let handed = with(HandOver::takes_parts);
        let held = with(|one| one.has_partner() && one.agreed_on.is_none());
        let parts: BTreeSet<&str> = self
            .carried
            .keys()
            .copied()
            .chain(used.keys().map(String::as_str))
            .collect();
        let line = |part: &str| {
            let (carried, used) = (self.carried_of(part), Self::of_part(&used, part));
            let handed_over = Self::of_part(&handed, part);
            let extra = (used + handed_over).saturating_sub(carried);
            let back = carried + extra - used - handed_over;
            ReturnLine {
                part: part.to_owned(),
                carried,
                extra,
                used,
                handed_over,
                back,
                wrong: Self::of_part(&self.wrong, part).min(back),
                held: Self::of_part(&held, part).min(back),
            }
        };
        parts.into_iter().map(line).collect()
    }

    /// What cannot have come off this van.
    pub(super) fn remarks(
        &self,
        catalogue: &Catalogue,
        tour: &str,
        outcomes: &[VehicleOutcome],
        findings: &mut Vec<Finding>,
    ) {
        for (part, used) in &self.used {
            let carried = self.carried_of(part);
            let code = match carried {
                0 if !catalogue.parts.contains_key(part) => "M066",
                0 => "M067",
                carried if *used > carried => "M068",
                _ => continue,
            };
            let by = outcomes.iter().filter(|one| uses(one, part));
            let by: Vec<&str> = by.map(|one| one.vehicle.as_str()).collect();
            let finding = Finding::new(code).value(part).vehicle(by.join(", "));
            findings.push(
                finding
                    .arg("tour", tour)
                    .arg("used", used)
                    .arg("carried", carried),
            );
        }
    }
}

/// Pieces by part that closed tours which were home before a day took along and did not bring back to the shelf.
pub(crate) fn kept_out(plan: &Plan, before: Date) -> BTreeMap<String, u32> {
    let mut pieces = BTreeMap::new();
    let home = |tour: &str| plan.tour(tour).is_some_and(|tour| tour.ret < before);
    let closed = plan.closings.iter();
    let closed = closed.filter(|one| one.closed_on.is_some() && home(&one.tour));
    for line in closed.flat_map(|one| &one.returns) {
        let gone = line.carried.saturating_sub(line.back);
        if gone > 0 {
            *pieces.entry(line.part.clone()).or_default() += gone;
        }
    }
    pieces
}

fn uses(one: &VehicleOutcome, part: &str) -> bool {
    one.used.iter().any(|(code, _)| code == part)
}

fn sum(
    outcomes: &[VehicleOutcome],
    list: impl Fn(&VehicleOutcome) -> &Vec<PartQty>,
) -> BTreeMap<String, u32> {
    let mut pieces: BTreeMap<String, u32> = BTreeMap::new();
    for (part, qty) in outcomes.iter().flat_map(list) {
        *pieces.entry(part.clone()).or_default() += qty;
    }
    pieces
}

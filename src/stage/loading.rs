//! The order in which a van is loaded: what is unloaded first goes in last.
//!
//! Last stop's bags first, the first stop's last, common stock nearest to the door because every stop may need
//! it. Within a stop: heavy and large below and at the sides, evenly left and right; small in the middle;
//! fragile on top.

use std::collections::BTreeMap;

use crate::plan::model::{KitLine, PartFacts};

/// From this weight a piece goes below, at the side.
const HEAVY_KG: f64 = 10.0;
/// From this volume a piece goes below, at the side.
const LARGE_L: f64 = 20.0;

/// Where in the van a line lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadZone {
    /// Below, on the left.
    Left,
    /// Below, on the right.
    Right,
    /// In the middle.
    Middle,
    /// On top of everything.
    Top,
}

impl LoadZone {
    /// The key documents translate.
    pub fn key(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Middle => "middle",
            Self::Top => "top",
        }
    }
}

/// One line of a van's load list.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadLine {
    /// 1 = goes in first.
    pub position: u32,
    /// Where it lies.
    pub zone: LoadZone,
    /// The bag's visit; empty = common stock.
    pub visit: String,
    /// The bag's vehicle; empty = common stock.
    pub vehicle: String,
    /// Number of the bag within its visit in slot order of the kit lines, from 1; 0 = common stock.
    pub bag: u32,
    /// Part code.
    pub part: String,
    /// Pieces.
    pub qty: u32,
    /// Kilograms of the line.
    pub weight_kg: f64,
    /// Litres of the line.
    pub volume_l: f64,
}

/// The load list of one tour. `visits` are the tour's visit ids in stop order; `kit` may hold other tours' lines.
pub fn load_order(
    tour: &str,
    visits: &[String],
    kit: &[KitLine],
    facts: &BTreeMap<String, PartFacts>,
) -> Vec<LoadLine> {
    let mut bags: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut of_visit: BTreeMap<&str, u32> = BTreeMap::new();
    let mut lines: Vec<(usize, u8, LoadLine)> = Vec::new();
    for line in kit.iter().filter(|line| line.tour == tour) {
        let bag = if line.vehicle.is_empty() {
            0
        } else {
            *bags.entry((&line.visit, &line.vehicle)).or_insert_with(|| {
                let count = of_visit.entry(&line.visit).or_default();
                *count += 1;
                *count
            })
        };
        let (class, load) = of_line(line, bag, facts.get(&line.part));
        lines.push((depth(&line.visit, visits), class, load));
    }
    lines.sort_by(|a, b| {
        let key = |x: &(usize, u8, LoadLine)| (x.0, x.1, x.2.bag);
        key(a)
            .cmp(&key(b))
            .then(b.2.weight_kg.total_cmp(&a.2.weight_kg))
            .then_with(|| a.2.part.cmp(&b.2.part))
    });
    balanced(lines.into_iter().map(|(_, _, line)| line))
}

/// Kilograms by place in the van.
pub fn zone_weights(lines: &[LoadLine]) -> BTreeMap<LoadZone, f64> {
    let mut weights = BTreeMap::new();
    for line in lines {
        *weights.entry(line.zone).or_default() += line.weight_kg;
    }
    weights
}

/// 0 = deepest: the last stop; common stock (and a visit not listed) lies nearest to the door.
fn depth(visit: &str, visits: &[String]) -> usize {
    match visits.iter().position(|id| id == visit) {
        Some(stop) => visits.len() - 1 - stop,
        None => visits.len(),
    }
}

fn of_line(line: &KitLine, bag: u32, facts: Option<&PartFacts>) -> (u8, LoadLine) {
    let (weight, volume) = facts.map_or((0.0, 0.0), |part| (part.weight_kg, part.volume_l));
    let fragile = facts.is_some_and(|part| part.fragile);
    let (class, zone) = if fragile {
        (2, LoadZone::Top)
    } else if weight >= HEAVY_KG || volume >= LARGE_L {
        (0, LoadZone::Left)
    } else {
        (1, LoadZone::Middle)
    };
    let load = LoadLine {
        position: 0,
        zone,
        visit: line.visit.clone(),
        vehicle: line.vehicle.clone(),
        bag,
        part: line.part.clone(),
        qty: line.qty,
        weight_kg: weight * f64::from(line.qty),
        volume_l: volume * f64::from(line.qty),
    };
    (class, load)
}

/// Numbers the lines and puts each heavy piece on the side that is lighter so far; a line's pieces may lie on both.
///
/// So the sides differ by no more than one piece, at any point of loading and therefore of unloading too.
fn balanced(lines: impl Iterator<Item = LoadLine>) -> Vec<LoadLine> {
    let (mut left, mut right) = (0.0, 0.0);
    let mut placed: Vec<LoadLine> = Vec::new();
    for line in lines {
        if line.zone != LoadZone::Left || line.qty == 0 {
            placed.push(line);
            continue;
        }
        let each = line.weight_kg / f64::from(line.qty);
        let mut on_left = 0;
        for _ in 0..line.qty {
            if left <= right {
                left += each;
                on_left += 1;
            } else {
                right += each;
            }
        }
        let sides = [
            (LoadZone::Left, on_left),
            (LoadZone::Right, line.qty - on_left),
        ];
        for (zone, qty) in sides.into_iter().filter(|(_, qty)| *qty > 0) {
            let share = f64::from(qty) / f64::from(line.qty);
            placed.push(LoadLine {
                zone,
                qty,
                weight_kg: line.weight_kg * share,
                volume_l: line.volume_l * share,
                ..line.clone()
            });
        }
    }
    for (index, line) in placed.iter_mut().enumerate() {
        line.position = index as u32 + 1;
    }
    placed
}

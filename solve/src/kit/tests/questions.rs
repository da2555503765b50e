//! Questions put together in code, piece by piece.

use super::*;

/// A part of a litre and a kilogram.
pub(in crate::kit) fn part(id: &str, cost: f64) -> KitPart {
    KitPart {
        id: id.to_owned(),
        cost,
        volume_l: 1.0,
        weight_kg: 1.0,
        available: None,
    }
}

/// An item with so many of these parts.
pub(in crate::kit) fn item(id: &str, bom: &[(usize, u32)]) -> KitItem {
    let line = |&(part, qty)| BomLine { part, qty };
    KitItem {
        id: id.to_owned(),
        bom: bom.iter().map(line).collect(),
    }
}

/// A job that may need these items.
pub(in crate::kit) fn job(show: f64, wanted: &[(usize, f64)]) -> KitJob {
    let wanted = wanted.iter();
    KitJob {
        id: "job".to_owned(),
        show,
        items: wanted.map(|&(item, p)| JobItem { item, p }).collect(),
    }
}

pub(in crate::kit) fn long_tour(policy: UsePolicy) -> KitProblem {
    let part = |j: usize| KitPart {
        id: format!("p{j}"),
        cost: 5.0 + (j * 7 % 13) as f64,
        volume_l: 1.0,
        weight_kg: 1.0,
        available: None,
    };
    let item = |k: usize| KitItem {
        id: format!("k{k}"),
        bom: (0..=k % 3)
            .map(|l| BomLine {
                part: (k * 5 + l * 3) % 20,
                qty: 1 + (l as u32) % 2,
            })
            .collect(),
    };
    let job = |i: usize| KitJob {
        id: format!("j{i}"),
        show: 0.8,
        items: (0..6)
            .map(|x| JobItem {
                item: (i + x * 2) % 12,
                p: 0.1 + 0.1 * (x as f64),
            })
            .collect(),
    };
    KitProblem {
        schema: KIT_SCHEMA.to_owned(),
        target_job_fill: 0.9,
        policy,
        parts: (0..20).map(part).collect(),
        items: (0..12).map(item).collect(),
        jobs: (0..14).map(job).collect(),
        van: VanLimits::default(),
        evaluate: Vec::new(),
    }
}

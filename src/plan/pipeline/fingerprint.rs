//! What tells two plans apart: a digest over everything decided.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::plan::model::{CalledVehicle, Outlook, Plan, RowCounts, SupplySeen};

/// Vehicles written at a time, and in one piece of it; what is in memory beside the plan.
const AT_A_TIME: usize = 1 << 12;
const PIECE: usize = 1 << 6;

/// Ten hexadecimal digits over everything decided (its form's version, input hashes, row counts, the map's dots, the outlook, signatures and how tours ended apart).
pub fn fingerprint(plan: &mut Plan) -> String {
    // Vehicles are most of a plan: they are read where they are, never copied.
    let vehicles = std::mem::take(&mut plan.vehicles);
    let decided = Plan {
        schema_version: String::new(),
        id: String::new(),
        inputs: Vec::new(),
        rows: RowCounts::default(),
        demand: Vec::new(),
        supply: SupplySeen::default(),
        outlook: Outlook::default(),
        approvals: BTreeMap::new(),
        closings: Vec::new(),
        month_closing: None,
        ..plan.clone()
    };
    let digest = digest_of(&decided, &vehicles);
    plan.vehicles = vehicles;
    let bits = digest
        .iter()
        .take(5)
        .fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    format!("{bits:010x}")
}

/// SHA-256 of both as one JSON list, the vehicles written on all cores.
fn digest_of(decided: &Plan, vehicles: &[CalledVehicle]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(b"[");
    digest.update(json(decided));
    digest.update(b",[");
    let mut is_first = true;
    for some in vehicles.chunks(AT_A_TIME) {
        let pieces = some.par_chunks(PIECE).map(|few| json(&few));
        for piece in pieces.collect::<Vec<_>>() {
            if !std::mem::take(&mut is_first) {
                digest.update(b",");
            }
            // Without the brackets of its own list.
            digest.update(&piece[1..piece.len().saturating_sub(1).max(1)]);
        }
    }
    digest.update(b"]]");
    digest.finalize().into()
}

/// A plan can always be written as JSON.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_else(|_| b"[]".to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_plan_written_in_one_piece() {
        let plan = crate::plan::model::small::plan();
        let one = plan.vehicles.first().expect("a vehicle");
        for count in [0, 1, PIECE, PIECE + 1, AT_A_TIME + 1] {
            let vehicles = vec![one.clone(); count];
            let whole = Sha256::digest(json(&(&plan, &vehicles)));
            assert_eq!(digest_of(&plan, &vehicles)[..], whole[..], "{count}");
        }
    }
}

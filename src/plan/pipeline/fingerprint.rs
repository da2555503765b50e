//! What tells two plans apart: a digest over everything decided.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::plan::files::{entries, without_breaks};
use crate::plan::model::{CalledVehicle, Outlook, Plan, RowCounts, SupplySeen};

/// Vehicles written at a time, and in one piece of it; what is in memory beside the plan.
const AT_A_TIME: usize = 1 << 12;
const PIECE: usize = 1 << 6;

/// Ten hexadecimal digits over everything decided (its form's version, input hashes, row counts, the map's dots, the outlook, signatures and how tours ended apart).
pub fn fingerprint(plan: &mut Plan) -> String {
    digest(plan, &mut drop)
}

/// The same with the plan's vehicles as they stand in plan.json, in pieces: written once for both.
pub fn fingerprint_and_vehicles(plan: &mut Plan) -> (String, Vec<Vec<u8>>) {
    let mut pieces = Vec::new();
    let id = digest(plan, &mut |piece| pieces.push(piece));
    (id, pieces)
}

fn digest(plan: &mut Plan, keep: &mut dyn FnMut(Vec<u8>)) -> String {
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
    let digest = digest_of(&decided, &vehicles, keep);
    plan.vehicles = vehicles;
    let bits = digest
        .iter()
        .take(5)
        .fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    format!("{bits:010x}")
}

/// SHA-256 of both as one JSON list, the vehicles written on all cores and kept as plan.json has them.
fn digest_of(
    decided: &Plan,
    vehicles: &[CalledVehicle],
    keep: &mut dyn FnMut(Vec<u8>),
) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(b"[");
    digest.update(json(decided));
    digest.update(b",[");
    let mut is_first = true;
    let mut read = |pieces: &[Vec<u8>]| {
        for piece in pieces {
            if !std::mem::take(&mut is_first) {
                digest.update(b",");
            }
            without_breaks(piece).for_each(|part| digest.update(part));
        }
    };
    let mut written: Vec<Vec<u8>> = Vec::new();
    for some in vehicles.chunks(AT_A_TIME) {
        // What is written is read while the next is being written.
        let pieces = some.par_chunks(PIECE);
        let pieces = pieces.map(|few| entries(few).unwrap_or_default());
        let ((), next) = rayon::join(|| read(&written), || pieces.collect());
        std::mem::replace(&mut written, next)
            .into_iter()
            .for_each(&mut *keep);
    }
    read(&written);
    written.into_iter().for_each(keep);
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
            let mut pieces = Vec::new();
            let digest = digest_of(&plan, &vehicles, &mut |piece| pieces.push(piece));
            assert_eq!(digest[..], whole[..], "{count}");
            assert_eq!(pieces.len(), count.div_ceil(PIECE), "{count}");
        }
    }
}

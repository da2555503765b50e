//! Every accepted vehicle in a row: handed over as customers.csv, counted for the figures and gathered for the map at one go,
//! so that no row is kept.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use super::PlanInputs;
use super::demand::{Places, here};
use super::region::Region;
use super::rows::customer;
use super::tours::MonthTours;
use crate::findings::Failure;
use crate::plan::files::CustomerTable;
use crate::plan::model::{CalledVehicle, CustomerRow, Status};

/// Rows made at a time, and in one piece of it; what is in memory besides the file.
const AT_A_TIME: usize = 1 << 16;
const PIECE: usize = 1 << 11;

/// The rows, counted.
#[derive(Default)]
pub(super) struct Register {
    pub(super) counts: Counts,
    pub(super) places: Places,
}

/// Rows counted.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) by_status: BTreeMap<String, u64>,
    pub(super) deferred_by_reason: BTreeMap<String, u64>,
    pub(super) missing: BTreeMap<String, u64>,
}

/// All rows, written as they are made; `called` are the vehicles the plan prints in full.
pub(super) fn of(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    month: &MonthTours,
    called: &[CalledVehicle],
) -> Result<Register, Failure> {
    // Looked up only.
    let called = called.iter().map(|one| (one.vehicle.as_str(), one));
    let called: HashMap<&str, &CalledVehicle> = called.collect();
    let row = |index: usize| customer(inputs, region, month, &called, index);
    let all = inputs.ingested.tables.vehicles.len();
    let write = |made: &[Vec<u8>]| inputs.rows.map_or(Ok(()), |rows| rows(&made.concat()));
    let mut made = vec![CustomerTable::new().finish()];
    let mut register = Register::default();
    for from in (0..all).step_by(AT_A_TIME) {
        let to = all.min(from + AT_A_TIME);
        let starts: Vec<usize> = (from..to).step_by(PIECE).collect();
        let pieces = starts
            .into_par_iter()
            .map(|start| piece(region, &row, start..to.min(start + PIECE)));
        // The disk takes some while the next ones are made.
        let make = || pieces.unzip::<_, _, Vec<Register>, Vec<Vec<u8>>>();
        let (written, (counted, next)) = rayon::join(|| write(&made), make);
        written?;
        made = next;
        for piece in counted {
            register.add(piece);
        }
    }
    write(&made)?;
    Ok(register)
}

fn piece<'r>(
    region: &Region<'_>,
    row: &(dyn Fn(usize) -> CustomerRow<'r> + Sync),
    vehicles: Range<usize>,
) -> (Register, Vec<u8>) {
    let mut table = CustomerTable::part();
    let mut register = Register::default();
    for index in vehicles {
        let row = row(index);
        table.row(&row);
        register.counts.count(&row);
        register.places.count(&row, region.located[index].as_ref());
    }
    (register, table.finish())
}

impl Register {
    fn add(&mut self, more: Self) {
        self.counts.add(more.counts);
        self.places.add(more.places);
    }
}

impl Counts {
    fn count(&mut self, row: &CustomerRow) {
        let one_more = |counts: &mut BTreeMap<String, u64>, key: &str| {
            here(counts, key, |count| *count += 1);
        };
        one_more(&mut self.by_status, row.status.key());
        if row.status == Status::Deferred {
            one_more(&mut self.deferred_by_reason, &row.reason);
        }
        for lack in row.missing.split('|').filter(|lack| !lack.is_empty()) {
            one_more(&mut self.missing, lack);
        }
    }

    fn add(&mut self, more: Self) {
        for (mine, theirs) in [
            (&mut self.by_status, more.by_status),
            (&mut self.deferred_by_reason, more.deferred_by_reason),
            (&mut self.missing, more.missing),
        ] {
            for (key, count) in theirs {
                *mine.entry(key).or_default() += count;
            }
        }
    }
}

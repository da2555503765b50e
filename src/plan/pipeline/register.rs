//! Every accepted vehicle in a row: handed over as customers.csv and counted for the figures at one go, so that no row is kept.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use super::PlanInputs;
use super::region::Region;
use super::rows::customer;
use super::tours::MonthTours;
use crate::findings::Failure;
use crate::plan::files::CustomerTable;
use crate::plan::model::{CalledVehicle, CustomerRow, Status};

/// Rows made at a time, and in one piece of it; what is in memory besides the file.
const AT_A_TIME: usize = 1 << 16;
const PIECE: usize = 1 << 11;

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
) -> Result<Counts, Failure> {
    // Looked up only.
    let called = called.iter().map(|one| (one.vehicle.as_str(), one));
    let called: HashMap<&str, &CalledVehicle> = called.collect();
    let row = |index: usize| customer(inputs, region, month, &called, index);
    let all = inputs.ingested.tables.vehicles.len();
    let write = |made: &[Vec<u8>]| {
        let mut made = made.iter();
        inputs
            .rows
            .map_or(Ok(()), |rows| made.try_for_each(|some| rows(some)))
    };
    let mut made = vec![CustomerTable::new().finish()];
    let mut counts = Counts::default();
    for from in (0..all).step_by(AT_A_TIME) {
        let to = all.min(from + AT_A_TIME);
        let starts: Vec<usize> = (from..to).step_by(PIECE).collect();
        let pieces = starts
            .into_par_iter()
            .map(|start| piece(&row, start..to.min(start + PIECE)));
        // The disk takes some while the next ones are made.
        let make = || pieces.unzip::<_, _, Vec<Counts>, Vec<Vec<u8>>>();
        let (written, (counted, next)) = rayon::join(|| write(&made), make);
        written?;
        made = next;
        for piece in counted {
            counts.add(piece);
        }
    }
    write(&made)?;
    Ok(counts)
}

fn piece<'r>(
    row: &(dyn Fn(usize) -> CustomerRow<'r> + Sync),
    vehicles: Range<usize>,
) -> (Counts, Vec<u8>) {
    let mut table = CustomerTable::part();
    let mut counts = Counts::default();
    for index in vehicles {
        let row = row(index);
        table.row(&row);
        counts.count(&row);
    }
    (counts, table.finish())
}

impl Counts {
    fn count(&mut self, row: &CustomerRow) {
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

/// Counts under a name. Nearly always it is known: no name is copied then.
fn one_more(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

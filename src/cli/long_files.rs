//! customers.csv and plan.json on their way into the plan folder: written as they are made, for of a large region they are
//! more than all else.
//!
//! Not responsible for: what stands in them (`plan::files`), the folder (`workspace`).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::Opened;
use crate::domain::Month;
use crate::findings::Failure;
use crate::plan::model::Plan;
use crate::workspace::{Unfinished, Workspace};

/// Every accepted vehicle.
pub(super) const CUSTOMERS: &str = "customers.csv";
/// The plan.
pub(super) const PLAN: &str = "plan.json";

/// Takes the files, each from its beginning on.
pub(super) struct LongFiles<'a> {
    workspace: &'a Workspace,
    month: Month,
    taken: Mutex<Taken>,
}

/// Where they are.
enum Taken {
    /// Kept: somebody reads them before they are written, or nothing is written.
    Kept(BTreeMap<&'static str, Vec<u8>>),
    /// In a folder that begins with the first of them.
    Written(Option<Unfinished>),
}

impl<'a> LongFiles<'a> {
    /// Of a month that had this plan; where tours have ended, their roads are looked up among the customers.
    pub(super) fn of(opened: &'a Opened, had: Option<&Plan>, dry_run: bool) -> Self {
        let keep = dry_run || had.is_some_and(|had| !had.closings.is_empty());
        Self {
            workspace: &opened.workspace,
            month: opened.month,
            taken: Mutex::new(if keep {
                Taken::Kept(BTreeMap::new())
            } else {
                Taken::Written(None)
            }),
        }
    }

    /// Takes what comes next in a file.
    ///
    /// # Errors
    /// Status 1 where the disk does not.
    pub(super) fn take(&self, name: &'static str, bytes: &[u8]) -> Result<(), Failure> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *taken {
            Taken::Kept(all) => all.entry(name).or_default().extend_from_slice(bytes),
            Taken::Written(Some(begun)) => begun.append(name, bytes)?,
            Taken::Written(none) => {
                let begun = none.insert(self.workspace.begin(self.month)?);
                begun.append(name, bytes)?;
            }
        }
        Ok(())
    }

    /// A file is whole.
    pub(super) fn end(&self, name: &str) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Taken::Written(Some(begun)) = &mut *taken {
            begun.flush(name);
        }
    }

    /// A file as far as it was kept.
    pub(super) fn kept(&mut self, name: &str) -> &[u8] {
        match self.taken.get_mut().unwrap_or_else(PoisonError::into_inner) {
            Taken::Kept(all) => all.get(name).map_or(&[], Vec::as_slice),
            Taken::Written(_) => &[],
        }
    }

    /// Puts what was kept among the files.
    pub(super) fn put_into(&mut self, files: &mut BTreeMap<String, Vec<u8>>) {
        if let Taken::Kept(all) = self.taken.get_mut().unwrap_or_else(PoisonError::into_inner) {
            let all = std::mem::take(all).into_iter();
            files.extend(all.map(|(name, bytes)| (name.to_owned(), bytes)));
        }
    }

    /// Publishes the month.
    ///
    /// # Errors
    /// As [`Workspace::publish`].
    pub(super) fn publish(self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        match self
            .taken
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
        {
            Taken::Written(Some(begun)) => self.workspace.publish_begun(begun, files),
            Taken::Written(None) | Taken::Kept(_) => self.workspace.publish(self.month, files),
        }
    }
}

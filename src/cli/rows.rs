//! customers.csv on its way into the plan folder: written as it is made, for a million rows are more than all else.
//!
//! Not responsible for: what stands in it (`plan::files`), the folder (`workspace`).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::Opened;
use crate::domain::Month;
use crate::findings::Failure;
use crate::plan::model::Plan;
use crate::workspace::{Unfinished, Workspace};

const NAME: &str = "customers.csv";

/// Takes the rows.
pub(super) struct Rows<'a> {
    workspace: &'a Workspace,
    month: Month,
    taken: Mutex<Taken>,
}

/// Where they are.
enum Taken {
    /// Kept: somebody reads them before they are written, or nothing is written.
    Kept(Vec<u8>),
    /// In a folder that begins with the first of them.
    Written(Option<Unfinished>),
}

impl<'a> Rows<'a> {
    /// Of a month that had this plan; where tours have ended, their roads are looked up in the rows.
    pub(super) fn of(opened: &'a Opened, had: Option<&Plan>, dry_run: bool) -> Self {
        let keep = dry_run || had.is_some_and(|had| !had.closings.is_empty());
        Self {
            workspace: &opened.workspace,
            month: opened.month,
            taken: Mutex::new(if keep {
                Taken::Kept(Vec::new())
            } else {
                Taken::Written(None)
            }),
        }
    }

    /// Takes more of them.
    ///
    /// # Errors
    /// Status 1 where the disk does not.
    pub(super) fn take(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *taken {
            Taken::Kept(all) => all.extend_from_slice(bytes),
            Taken::Written(Some(begun)) => begun.append(NAME, bytes)?,
            Taken::Written(none) => {
                let begun = none.insert(self.workspace.begin(self.month)?);
                begun.append(NAME, bytes)?;
            }
        }
        Ok(())
    }

    /// The rows as far as they were kept.
    pub(super) fn kept(&mut self) -> &[u8] {
        match self.taken.get_mut().unwrap_or_else(PoisonError::into_inner) {
            Taken::Kept(all) => all,
            Taken::Written(_) => &[],
        }
    }

    /// Puts rows that were kept among the files.
    pub(super) fn put_into(&mut self, files: &mut BTreeMap<String, Vec<u8>>) {
        if let Taken::Kept(all) = self.taken.get_mut().unwrap_or_else(PoisonError::into_inner) {
            files.insert(NAME.to_owned(), std::mem::take(all));
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

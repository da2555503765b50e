//! One writing command at a time; it clears away what a killed one left unfinished.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::disk;
use crate::findings::{Failure, Finding};

/// Held while a command writes; the operating system frees it even when the command is killed.
pub struct Lock {
    _file: File,
}

impl Lock {
    pub(super) fn take(root: &Path) -> Result<Self, Failure> {
        let path = root.join(".tourplan.lock");
        let file = disk::lock_file(&path).map_err(|error| super::io_failure(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {
                for folder in ["", "plans", "learn"] {
                    disk::clear_unfinished(&root.join(folder));
                }
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Failure::running(
                Finding::new("C004").in_file(path.display().to_string()),
            )),
            Err(TryLockError::Error(error)) => Err(super::io_failure(&path, &error)),
        }
    }
}

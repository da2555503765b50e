//! One writing command at a time.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::findings::{Failure, Finding};

/// Held while a command writes; the operating system frees it even when the command is killed.
pub struct Lock {
    _file: File,
}

impl Lock {
    pub(super) fn take(root: &Path) -> Result<Self, Failure> {
        let path = root.join(".tourplan.lock");
        let file = File::create(&path).map_err(|error| super::io_failure(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Failure::running(
                Finding::new("C004").in_file(path.display().to_string()),
            )),
            Err(TryLockError::Error(error)) => Err(super::io_failure(&path, &error)),
        }
    }
}

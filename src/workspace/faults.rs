//! A disk that fails when a test says so, below a folder the test names.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::disk::Act;

/// One act, and what of.
pub(crate) type Asked = (Act, PathBuf);

/// What is asked of the disk below one folder.
struct Watched {
    root: PathBuf,
    asked: Vec<Asked>,
    fail: Option<Fault>,
}

/// Which act fails.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    /// Its number among all that are asked, from 0.
    pub(crate) at: usize,
    /// As the system gives it.
    pub(crate) errno: i32,
    /// Everything after it fails too, as on a disk that stays full.
    pub(crate) for_good: bool,
}

/// Errors of Unix systems, and that of Windows where another program holds a file.
pub(crate) const EIO: i32 = 5;
pub(crate) const EACCES: i32 = 13;
pub(crate) const ENOSPC: i32 = 28;

/// Tests run beside each other: each watches its own folder.
static WATCHED: Mutex<Vec<Watched>> = Mutex::new(Vec::new());

/// Asked by every act.
pub(super) fn ask(act: Act, path: &Path) -> io::Result<()> {
    let mut all = WATCHED.lock().expect("no test fails in here");
    let Some(own) = all.iter_mut().find(|one| path.starts_with(&one.root)) else {
        return Ok(());
    };
    let number = own.asked.len();
    own.asked.push((act, path.to_owned()));
    match own.fail {
        Some(fault) if number == fault.at || (fault.for_good && number > fault.at) => {
            Err(io::Error::from_raw_os_error(fault.errno))
        }
        _ => Ok(()),
    }
}

/// A folder watched as long as this lives.
pub(crate) struct Watch {
    root: PathBuf,
}

impl Watch {
    /// Watches what is asked below a folder.
    pub(crate) fn over(root: &Path) -> Self {
        let root = root.to_owned();
        WATCHED.lock().expect("watched").push(Watched {
            root: root.clone(),
            asked: Vec::new(),
            fail: None,
        });
        Self { root }
    }

    /// Lets an act fail; what was asked so far is forgotten.
    pub(crate) fn fail(&self, fault: Option<Fault>) {
        self.with(|own| {
            own.asked.clear();
            own.fail = fault;
        });
    }

    /// What was asked since.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.with(|own| own.asked.clone())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Watched) -> T) -> T {
        let mut all = WATCHED.lock().expect("watched");
        let own = all.iter_mut().find(|one| one.root == self.root);
        work(own.expect("watched"))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Ok(mut all) = WATCHED.lock() {
            all.retain(|one| one.root != self.root);
        }
    }
}

//! The dealer's folder: settings, where files lie, publishing a plan folder whole, the lock.
//!
//! Responsible for: tour.toml, the lock, writing `plans/YYYY-MM` so that a crash, a full disk or a second
//! run never leaves half a plan or loses the last one. Not responsible for: what is in the files.

pub(crate) mod disk;
#[cfg(test)]
pub(crate) mod faults;
mod lock;
mod manifest;
mod names;
mod publish;
mod settings;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::{Month, Settings};
use crate::findings::{Failure, FailureKind, Finding};
use crate::place::{Gazetteer, GazetteerChoice};

pub use disk::Readers;
pub use lock::Lock;
pub use publish::Unfinished;
pub(crate) use settings::is_plain_address;

/// A plan folder's files: relative path with `/` → bytes.
pub type PlanFiles = BTreeMap<String, Vec<u8>>;

/// The workspace's own gazetteer.
const GAZETTEER: &str = "gazetteer.csv";
/// A folder that changes while it is read is read again, so many times.
const READING_TRIES: usize = 5;

/// An opened workspace.
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// Its settings.
    pub settings: Settings,
    /// What the settings gave rise to.
    pub findings: Vec<Finding>,
}

impl Workspace {
    /// Opens a folder that holds a tour.toml.
    ///
    /// # Errors
    /// Status 3 where it is missing or cannot be read.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        let file = root.join("tour.toml");
        let text = fs::read(&file).map_err(|_| {
            Failure::input(Finding::new("C001").in_file(root.display().to_string()))
        })?;
        let (settings, findings) = settings::read(&text)?;
        Ok(Self {
            root: root.to_owned(),
            settings,
            findings,
        })
    }

    /// The folder of a month's plan.
    pub fn plan_folder(&self, month: Month) -> PathBuf {
        self.root.join("plans").join(month.to_string())
    }

    /// Takes the lock for a command that writes.
    pub fn lock(&self) -> Result<Lock, Failure> {
        Lock::take(&self.root)
    }

    /// Writes a month's folder whole, in place of the last one.
    ///
    /// # Errors
    /// Status 3 where a file has a name that not every system takes, status 1 where the disk does not take it.
    pub fn publish(&self, month: Month, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        fit(files)?;
        publish::publish(&self.root.join("plans"), &month.to_string(), files)
    }

    /// Begins a month's folder, for what is too long to be kept until all of it is there.
    ///
    /// # Errors
    /// Status 1 where the disk does not take it.
    pub fn begin(&self, month: Month) -> Result<Unfinished, Failure> {
        Unfinished::begin(&self.root.join("plans"), &month.to_string())
    }

    /// As [`Self::publish`], with what such a folder holds already.
    ///
    /// # Errors
    /// Likewise.
    pub fn publish_begun(
        &self,
        begun: Unfinished,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), Failure> {
        fit(files)?;
        begun.publish(files)
    }

    /// Whether the month was planned. A folder with the tool's files in it counts also where plan.json is missing:
    /// reading it says so.
    ///
    /// # Errors
    /// Status 1 where a run was killed and its last plan cannot be brought back.
    pub fn has_plan(&self, month: Month) -> Result<bool, Failure> {
        publish::recover(&self.root.join("plans"), &month.to_string())?;
        let folder = self.plan_folder(month);
        let own = ["plan.json", manifest::MANIFEST, "journal.jsonl", "private"];
        Ok(own.iter().any(|name| folder.join(name).exists()))
    }

    /// Every file of a month's folder: relative path with `/` → bytes.
    ///
    /// # Errors
    /// Status 3 where the month was not planned, or something the program reads back is missing or cut short (C020) or
    /// is a link (C021); 1 where the disk does not give it.
    pub fn read_plan(&self, month: Month) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        let (files, lost) = self.read_plan_as_it_is(month)?;
        if lost.is_empty() {
            Ok(files)
        } else {
            Err(Failure {
                kind: FailureKind::Input,
                findings: lost,
            })
        }
    }

    /// Likewise, and what is missing or cut short beside it: for the checker, which says everything it finds.
    ///
    /// # Errors
    /// Status 3 where there is no plan.json or a link in the folder; 1 where the disk does not give it.
    pub fn read_plan_as_it_is(&self, month: Month) -> Result<(PlanFiles, Vec<Finding>), Failure> {
        if !self.has_plan(month)? {
            return Err(Failure::input(Finding::new("C005").arg("month", month)));
        }
        let folder = self.plan_folder(month);
        let plan = folder.join("plan.json");
        // Another run may give a new folder this name in between: what was read is of one folder.
        let stamp = || {
            let facts = fs::metadata(&plan).ok()?;
            Some((facts.len(), facts.modified().ok()))
        };
        let mut files = BTreeMap::new();
        for tries in 1.. {
            let before = stamp();
            files.clear();
            let read = read_tree(&folder, &folder, &mut files);
            let is_one = before == stamp();
            if is_one || tries == READING_TRIES {
                read?;
                break;
            }
        }
        let lost = manifest::lost(&mut files, &month.to_string());
        if files.contains_key("plan.json") {
            Ok((files, lost))
        } else {
            Err(Failure {
                kind: FailureKind::Input,
                findings: lost,
            })
        }
    }

    /// Every month that was planned, in order.
    ///
    /// # Errors
    /// Status 1 where the folder of plans cannot be read.
    pub fn months(&self) -> Result<Vec<Month>, Failure> {
        let plans = self.root.join("plans");
        if !plans.exists() {
            return Ok(Vec::new());
        }
        let fail = |error: std::io::Error| io_failure(&plans, &error);
        let mut months = std::collections::BTreeSet::new();
        for entry in fs::read_dir(&plans).map_err(fail)? {
            let name = entry.map_err(fail)?.file_name();
            let name = name.to_string_lossy();
            // A run killed between two renames left only the last one: it counts, and is brought back.
            let name = name.strip_prefix(".last-").unwrap_or(&name);
            months.extend(Month::parse(name));
        }
        let mut planned = Vec::new();
        for month in months {
            if self.has_plan(month)? {
                planned.push(month);
            }
        }
        Ok(planned)
    }

    /// Removes the folder that was set aside when a month was published.
    ///
    /// # Errors
    /// Status 1 where the disk does not let go of it.
    pub fn forget_last(&self, month: Month) -> Result<(), Failure> {
        let last = self.root.join("plans").join(format!(".last-{month}"));
        disk::remove_folder(&last).map_err(|error| io_failure(&last, &error))
    }

    /// Whether the workspace has a gazetteer of its own.
    pub fn has_gazetteer(&self) -> bool {
        self.root.join(GAZETTEER).exists()
    }

    /// The workspace's own gazetteer, which replaces the embedded one; `None` where it has none.
    ///
    /// # Errors
    /// Status 3 where gazetteer.csv is there and cannot be used, with its line.
    pub fn gazetteer(&self) -> Result<Option<Gazetteer>, Failure> {
        let Ok(bytes) = fs::read(self.root.join(GAZETTEER)) else {
            return Ok(None);
        };
        let choice = GazetteerChoice::of(&self.settings.place.gazetteer);
        Gazetteer::from_csv(&String::from_utf8_lossy(&bytes), choice)
            .map(Some)
            .map_err(|error| {
                let finding = Finding::new("C011").in_file(GAZETTEER);
                Failure::input(
                    finding
                        .arg("line", error.line)
                        .arg("message", error.message),
                )
            })
    }

    /// Templates of the workspace that replace built-in ones: name → text.
    pub fn templates(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let folder = self.root.join("templates");
        // Where there is none, or it cannot be read, the built-in ones are used.
        let _ = read_tree(&folder, &folder, &mut files);
        files
            .into_iter()
            .filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?)))
            .collect()
    }
}

/// Reads a tour.toml that is in memory already.
///
/// # Errors
/// Status 3 where it cannot be read or a value cannot be used.
pub fn read_settings(bytes: &[u8]) -> Result<(Settings, Vec<Finding>), Failure> {
    settings::read(bytes)
}

/// Links are not followed: what they lead to is not the folder's.
fn read_tree(
    base: &Path,
    folder: &Path,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| io_failure(folder, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if kind.is_dir() {
            read_tree(base, &path, files)?;
        } else if !kind.is_file() {
            let finding = Finding::new("C021").in_file(path.display().to_string());
            return Err(Failure::input(finding));
        } else if let Ok(relative) = path.strip_prefix(base) {
            let name = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            let bytes = fs::read(&path).map_err(|error| io_failure(&path, &error))?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

/// Writes a file with personal data: whole or not at all, readable by its owner only. The caller holds the lock.
///
/// # Errors
/// Exit status 1 where the disk does not take it.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = disk::replace(path, bytes, Readers::Owner, true);
    written.map_err(|error| io_failure(path, &error))
}

/// Writes a table of the workspace again: whole or not at all, with the rights the old file had. The caller holds
/// the lock.
///
/// # Errors
/// Exit status 1 where the disk does not take it.
pub fn rewrite_table(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = disk::replace(path, bytes, Readers::AsBefore, true);
    written.map_err(|error| io_failure(path, &error))
}

/// Writes a file somewhere, whole or not at all, without the lock.
///
/// # Errors
/// Exit status 1 where the disk does not take it.
pub fn write_file(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), Failure> {
    let written = disk::replace(path, bytes, readers, false);
    written.map_err(|error| io_failure(path, &error))
}

/// Makes a folder and those above it.
///
/// # Errors
/// Exit status 1 where the disk does not take it.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    disk::create_folder(path).map_err(|error| io_failure(path, &error))
}

/// A file's bytes; `None` = there is no such file.
///
/// # Errors
/// Exit status 1 where it is there and cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_failure(path, &error)),
    }
}

/// An operating-system error as a failure that names the file: the disk is full (C018), the file may not be written or
/// is open elsewhere (C019), or whatever else it says (C003).
pub fn io_failure(path: &Path, error: &std::io::Error) -> Failure {
    use std::io::ErrorKind;
    /// What Windows says of a file another program holds: sharing and lock violation.
    const HELD: [i32; 2] = [32, 33];
    let held = cfg!(windows) && error.raw_os_error().is_some_and(|os| HELD.contains(&os));
    let code = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "C018",
        ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::ResourceBusy
        | ErrorKind::ExecutableFileBusy => "C019",
        _ if held => "C019",
        _ => "C003",
    };
    Failure::running(
        Finding::new(code)
            .in_file(path.display().to_string())
            .arg("message", error),
    )
}

/// Whether every system takes the names.
fn fit(files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    match names::unfit(files.keys().map(String::as_str)) {
        Some(name) => Err(Failure::input(Finding::new("C031").value(name))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_and_cannot_be_read_is_not_taken_for_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let missing = folder.path().join("past-visits.csv");
        assert_eq!(read_if_there(&missing).expect("no file"), None);
        fs::write(&missing, "point,date\n").expect("written");
        let bytes = read_if_there(&missing).expect("a file");
        assert_eq!(bytes.as_deref(), Some(&b"point,date\n"[..]));
        let unreadable = read_if_there(folder.path()).expect_err("a folder");
        assert_eq!(unreadable.kind.exit_status(), 1);
    }
}

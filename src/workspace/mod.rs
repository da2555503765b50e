//! The dealer's folder: settings, where files lie, publishing a plan folder whole, the lock.
//!
//! Responsible for: tour.toml, the lock, writing `plans/YYYY-MM` so that a crash, a full disk or a second
//! run never leaves half a plan or loses the last one. Not responsible for: what is in the files.

mod lock;
mod names;
mod publish;
mod settings;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::domain::{Month, Settings};
use crate::findings::{Failure, Finding};
use crate::place::{Gazetteer, GazetteerChoice};

pub use lock::Lock;
pub(crate) use settings::is_plain_address;

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
        if let Some(name) = names::unfit(files.keys().map(String::as_str)) {
            return Err(Failure::input(Finding::new("C031").value(name)));
        }
        publish::publish(&self.root.join("plans"), &month.to_string(), files)
    }

    /// Whether the month was planned.
    pub fn has_plan(&self, month: Month) -> Result<bool, Failure> {
        publish::recover(&self.root.join("plans"), &month.to_string())?;
        Ok(self.plan_folder(month).join("plan.json").exists())
    }

    /// Every file of a month's folder: relative path with `/` → bytes.
    pub fn read_plan(&self, month: Month) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        publish::recover(&self.root.join("plans"), &month.to_string())?;
        let folder = self.plan_folder(month);
        let mut files = BTreeMap::new();
        read_tree(&folder, &folder, &mut files)
            .ok()
            .filter(|()| files.contains_key("plan.json"))
            .ok_or_else(|| Failure::input(Finding::new("C005").arg("month", month)))?;
        Ok(files)
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
        match fs::remove_dir_all(&last) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(io_failure(&last, &error))
            }
            _ => Ok(()),
        }
    }

    /// The workspace's own gazetteer, which replaces the embedded one; `None` where it has none.
    ///
    /// # Errors
    /// Status 3 where gazetteer.csv is there and cannot be used, with its line.
    pub fn gazetteer(&self) -> Result<Option<Gazetteer>, Failure> {
        const NAME: &str = "gazetteer.csv";
        let Ok(bytes) = fs::read(self.root.join(NAME)) else {
            return Ok(None);
        };
        let choice = GazetteerChoice::of(&self.settings.place.gazetteer);
        Gazetteer::from_csv(&String::from_utf8_lossy(&bytes), choice)
            .map(Some)
            .map_err(|error| {
                let finding = Finding::new("C011").in_file(NAME);
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
        let _ = read_tree(&folder, &folder, &mut files);
        files
            .into_iter()
            .filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?)))
            .collect()
    }
}

fn read_tree(
    base: &Path,
    folder: &Path,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_tree(base, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(base) {
            let name = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}

/// Writes a file with personal data: whole or not at all, readable by its owner only.
///
/// # Errors
/// Exit status 1 where the disk does not take it.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error: std::io::Error| io_failure(path, &error);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    // The owner's only from the first byte on.
    let mut file =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// Writes a table of the workspace again: whole or not at all, with the rights the old file had.
///
/// # Errors
/// Exit status 1 where the disk does not take it.
pub fn rewrite_table(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error: std::io::Error| io_failure(path, &error);
    let rights = fs::metadata(path).map(|facts| facts.permissions()).ok();
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    match rights {
        Some(rights) => file.as_file().set_permissions(rights).map_err(fail)?,
        None => readable_by_all(file.as_file()).map_err(fail)?,
    }
    file.as_file().sync_all().map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// As any new file: the temporary one is the owner's only.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &fs::File) -> std::io::Result<()> {
    Ok(())
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

/// An operating-system error as a failure that names the file.
pub fn io_failure(path: &Path, error: &std::io::Error) -> Failure {
    Failure::running(
        Finding::new("C003")
            .in_file(path.display().to_string())
            .arg("message", error),
    )
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

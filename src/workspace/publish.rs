//! Writing a plan folder whole.
//!
//! The new folder is written beside the old one and synced; then the old one steps aside
//! (`.last-2026-12`) and the new one takes its name. A run killed between the two renames is put right
//! by the next command: where there is no folder but a last one, the last one comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::io_failure;
use crate::findings::Failure;

pub(super) fn publish(
    plans: &Path,
    month: &str,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<(), Failure> {
    fs::create_dir_all(plans).map_err(|error| io_failure(plans, &error))?;
    recover(plans, month)?;
    let fresh = tempfile::Builder::new()
        .prefix(".new-")
        .tempdir_in(plans)
        .map_err(|error| io_failure(plans, &error))?;
    let inner = fresh.path().join("plan");
    write_whole(&inner, files)?;
    let target = plans.join(month);
    let last = plans.join(format!(".last-{month}"));
    if target.exists() {
        if last.exists() {
            fs::remove_dir_all(&last).map_err(|error| io_failure(&last, &error))?;
        }
        fs::rename(&target, &last).map_err(|error| io_failure(&target, &error))?;
    }
    if let Err(error) = fs::rename(&inner, &target) {
        let _ = fs::rename(&last, &target);
        return Err(io_failure(&target, &error));
    }
    sync_folder(plans);
    Ok(())
}

/// Brings the last plan back where a run was killed before the new one had its name.
pub(super) fn recover(plans: &Path, month: &str) -> Result<(), Failure> {
    let target = plans.join(month);
    let last = plans.join(format!(".last-{month}"));
    if !target.exists() && last.exists() {
        fs::rename(&last, &target).map_err(|error| io_failure(&target, &error))?;
    }
    Ok(())
}

/// Writes every file, then has all of them and their folders on the disk: asked for one after the other it takes a
/// multiple of the time.
fn write_whole(inner: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let mut folders = BTreeSet::from([inner.to_path_buf()]);
    let above = files
        .keys()
        .flat_map(|name| Path::new(name).ancestors().skip(1));
    folders.extend(above.map(|folder| inner.join(folder)));
    for folder in &folders {
        fs::create_dir_all(folder).map_err(|error| io_failure(folder, &error))?;
    }
    // Before anything personal is in it.
    only_for_owner(&inner.join("private"));
    for (name, bytes) in files {
        let path = inner.join(name);
        fs::write(&path, bytes).map_err(|error| io_failure(&path, &error))?;
    }
    only_for_owner(&inner.join("private"));
    let paths: Vec<PathBuf> = files.keys().map(|name| inner.join(name)).collect();
    paths.par_iter().try_for_each(|path| {
        let synced = File::open(path).and_then(|file| file.sync_all());
        synced.map_err(|error| io_failure(path, &error))
    })?;
    for folder in &folders {
        sync_folder(folder);
    }
    Ok(())
}

/// Names are on the disk too, where the system can be asked for that.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(unix)]
fn only_for_owner(private: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = fs::set_permissions(private, fs::Permissions::from_mode(0o700));
    if let Ok(entries) = fs::read_dir(private) {
        for entry in entries.flatten() {
            let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o600));
        }
    }
}

#[cfg(not(unix))]
fn only_for_owner(_private: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> BTreeMap<String, Vec<u8>> {
        BTreeMap::from([("plan.json".to_owned(), text.as_bytes().to_vec())])
    }

    fn read(plans: &Path) -> Option<String> {
        fs::read_to_string(plans.join("2026-12/plan.json")).ok()
    }

    #[test]
    fn a_new_plan_replaces_the_last_one_and_keeps_it_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        publish(folder.path(), "2026-12", &files("one")).expect("first");
        publish(folder.path(), "2026-12", &files("two")).expect("second");
        assert_eq!(read(folder.path()).as_deref(), Some("two"));
        let aside = fs::read_to_string(folder.path().join(".last-2026-12/plan.json"));
        assert_eq!(aside.ok().as_deref(), Some("one"));
    }

    #[test]
    fn a_run_killed_between_the_renames_loses_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        publish(folder.path(), "2026-12", &files("one")).expect("first");
        fs::rename(
            folder.path().join("2026-12"),
            folder.path().join(".last-2026-12"),
        )
        .expect("as a killed run leaves it");
        recover(folder.path(), "2026-12").expect("recovers");
        assert_eq!(read(folder.path()).as_deref(), Some("one"));
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_last_plan_in_place() {
        let folder = tempfile::tempdir().expect("a folder");
        publish(folder.path(), "2026-12", &files("one")).expect("first");
        let mut broken = files("two");
        broken.insert("plan.json/below".into(), Vec::new());
        assert!(publish(folder.path(), "2026-12", &broken).is_err());
        assert_eq!(read(folder.path()).as_deref(), Some("one"));
    }
}

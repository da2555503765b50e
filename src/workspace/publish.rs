//! Writing a plan folder whole.
//!
//! The new folder is written beside the old one and synced; then the old one steps aside
//! (`.last-2026-12`) and the new one takes its name. A run killed between the two renames is put right
//! by the next command: where there is no folder but a last one, the last one comes back.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

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
    for (name, bytes) in files {
        write_synced(&inner.join(name), bytes)?;
    }
    only_for_owner(&inner.join("private"));
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
    let _ = File::open(plans).and_then(|folder| folder.sync_all());
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

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error: std::io::Error| io_failure(path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let mut file = File::create(path).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.sync_data().map_err(fail)
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

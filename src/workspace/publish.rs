//! Writing a plan folder whole.
//!
//! The new folder is written beside the old one and synced; then the old one steps aside
//! (`.last-2026-12`) and the new one takes its name. A run killed between the two renames is put right
//! by the next command: where there is no folder but a last one, the last one comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use rayon::prelude::*;
use tempfile::TempDir;

use super::disk::{self, Readers};
use super::io_failure;
use super::manifest::{self, MANIFEST};
use crate::findings::Failure;

/// What only the owner of the machine's account may read.
const PRIVATE: &str = "private";

/// Whoever reads while the folders change names may bring the last one back: then it steps aside once more.
const TRIES: usize = 5;

/// A plan folder in the making, beside the one that stands; gone again with the value unless it is published.
pub struct Unfinished {
    plans: PathBuf,
    month: String,
    folder: TempDir,
    /// Files written before the others, with their lengths.
    grown: BTreeMap<String, u64>,
    /// Those of them on their way to the disk.
    flushed: Vec<(PathBuf, JoinHandle<io::Result<()>>)>,
}

impl Unfinished {
    pub(super) fn begin(plans: &Path, month: &str) -> Result<Self, Failure> {
        disk::create_folder(plans).map_err(|error| io_failure(plans, &error))?;
        recover(plans, month)?;
        let folder = disk::unfinished_folder(plans).map_err(|error| io_failure(plans, &error))?;
        Ok(Self {
            plans: plans.to_owned(),
            month: month.to_owned(),
            folder,
            grown: BTreeMap::new(),
            flushed: Vec::new(),
        })
    }

    fn inner(&self) -> PathBuf {
        self.folder.path().join("plan")
    }

    /// Adds to the end of a file beside the others, one that is too long to be kept until all are there.
    ///
    /// # Errors
    /// Status 1 where the disk does not take it.
    pub fn append(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let inner = self.inner();
        if self.grown.is_empty() {
            disk::create_folder(&inner).map_err(|error| io_failure(&inner, &error))?;
        }
        let path = inner.join(name);
        disk::append(&path, bytes).map_err(|error| io_failure(&path, &error))?;
        *self.grown.entry(name.to_owned()).or_default() += bytes.len() as u64;
        Ok(())
    }

    /// Lets the disk take such a file, whole now, while the others are being made: little is left to wait for in the end.
    pub fn flush(&mut self, name: &str) {
        let path = self.inner().join(name);
        let file = path.clone();
        let flushing = std::thread::spawn(move || disk::sync(&file));
        self.flushed.push((path, flushing));
    }

    /// Waits for those files. A disk tells of a failure once.
    fn flushed(&mut self) -> Result<(), Failure> {
        let ended = self.flushed.drain(..);
        let ended: Vec<_> = ended.map(|(path, one)| (path, one.join())).collect();
        ended.into_iter().try_for_each(|(path, one)| match one {
            Ok(Err(error)) => Err(io_failure(&path, &error)),
            // What broke off is asked for again with all others.
            Ok(Ok(())) | Err(_) => Ok(()),
        })
    }

    /// Writes all other files and gives the folder its name.
    pub(super) fn publish(mut self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        let inner = self.inner();
        self.flushed()?;
        write_whole(&inner, files, &self.grown)?;
        take_the_name(&self.plans, &self.month, &inner)
    }
}

impl Drop for Unfinished {
    /// A folder with an open file in it cannot be taken away everywhere.
    fn drop(&mut self) {
        let _ = self.flushed();
    }
}

pub(super) fn publish(
    plans: &Path,
    month: &str,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<(), Failure> {
    Unfinished::begin(plans, month)?.publish(files)
}

/// Lets the old folder step aside for the new one.
fn take_the_name(plans: &Path, month: &str, inner: &Path) -> Result<(), Failure> {
    let target = plans.join(month);
    let last = plans.join(format!(".last-{month}"));
    for tries in 1.. {
        if is_there(&target) {
            disk::remove_folder(&last).map_err(|error| io_failure(&last, &error))?;
            disk::rename(&target, &last).map_err(|error| io_failure(&target, &error))?;
        }
        match disk::rename(inner, &target) {
            Ok(()) => break,
            Err(_) if is_there(&target) && tries < TRIES => {}
            Err(error) => {
                let _ = disk::rename(&last, &target);
                return Err(io_failure(&target, &error));
            }
        }
    }
    disk::sync_folder(plans);
    Ok(())
}

/// Whether there is something of that name, a link that leads nowhere among it.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Brings the last plan back where a run was killed before the new one had its name.
pub(super) fn recover(plans: &Path, month: &str) -> Result<(), Failure> {
    let target = plans.join(month);
    let last = plans.join(format!(".last-{month}"));
    if is_there(&target) || !is_there(&last) {
        return Ok(());
    }
    match disk::rename(&last, &target) {
        // Another run has just given the new one its name.
        Err(error) if !is_there(&target) => Err(io_failure(&target, &error)),
        _ => Ok(()),
    }
}

/// Writes every file, then has all of them and their folders on the disk: asked for one after the other it takes a
/// multiple of the time.
fn write_whole(
    inner: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    grown: &BTreeMap<String, u64>,
) -> Result<(), Failure> {
    let lengths = files.iter();
    let lengths = lengths.map(|(name, bytes)| (name.as_str(), bytes.len() as u64));
    let grown = grown.iter().map(|(name, bytes)| (name.as_str(), *bytes));
    let list = manifest::of(lengths.chain(grown.clone()));
    let files: BTreeMap<&str, &[u8]> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .chain([(MANIFEST, list.as_slice())])
        .collect();
    let mut folders = BTreeSet::from([inner.to_path_buf()]);
    let above = files
        .keys()
        .flat_map(|name| Path::new(name).ancestors().skip(1));
    folders.extend(above.map(|folder| inner.join(folder)));
    for folder in &folders {
        disk::create_folder(folder).map_err(|error| io_failure(folder, &error))?;
    }
    // Before anything personal is in it.
    let private = inner.join(PRIVATE);
    if folders.contains(&private) {
        disk::folder_for_owner(&private).map_err(|error| io_failure(&private, &error))?;
    }
    files.par_iter().try_for_each(|(name, bytes)| {
        let path = inner.join(name);
        let readers = if Path::new(name).starts_with(PRIVATE) {
            Readers::Owner
        } else {
            Readers::AsBefore
        };
        disk::write(&path, bytes, readers).map_err(|error| io_failure(&path, &error))
    })?;
    let names = files.keys().copied().chain(grown.map(|(name, _)| name));
    let paths: Vec<PathBuf> = names.map(|name| inner.join(name)).collect();
    paths.par_iter().try_for_each(|path| {
        let synced = disk::sync(path);
        synced.map_err(|error| io_failure(path, &error))
    })?;
    for folder in &folders {
        disk::sync_folder(folder);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

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

    #[test]
    fn whatever_act_fails_the_last_plan_or_the_new_one_is_there_whole_and_publishing_again_succeeds()
     {
        use crate::workspace::faults::{EACCES, EIO, ENOSPC, Fault, Watch};

        let month = |text: &str| {
            let names = [
                "plan.json",
                "calls.csv",
                "private/contacts.csv",
                "tours/T01/a.html",
                "signed/T01.json",
            ];
            let named = names.map(|name| (name.to_owned(), format!("{name}{text}").into_bytes()));
            BTreeMap::from(named)
        };
        let folder = tempfile::tempdir().expect("a folder");
        let plans = folder.path();
        let read = || {
            let mut files = BTreeMap::new();
            for name in month("").keys() {
                let bytes = fs::read(plans.join("2026-12").join(name));
                files.insert(name.clone(), bytes.unwrap_or_default());
            }
            files
        };
        let (one, two) = (month("one"), month("two"));
        let watch = Watch::over(plans);
        publish(plans, "2026-12", &one).expect("first");
        watch.fail(None);
        publish(plans, "2026-12", &two).expect("second");
        let acts = watch.asked().len();
        assert!(acts > 25, "{acts} acts");
        let mut failed = 0;
        for at in 0..acts {
            for (errno, for_good) in [(EIO, false), (ENOSPC, true), (EACCES, false)] {
                watch.fail(None);
                publish(plans, "2026-12", &one).expect("as it was");
                watch.fail(Some(Fault {
                    at,
                    errno,
                    for_good,
                }));
                let published = publish(plans, "2026-12", &two);
                failed += usize::from(published.is_err());
                watch.fail(None);
                // What a reader does before it reads.
                recover(plans, "2026-12").expect("the last one comes back");
                let wanted = if published.is_ok() { &two } else { &one };
                assert!(read() == *wanted, "act {at}, error {errno}, {published:?}");
                publish(plans, "2026-12", &two).expect("again");
                assert!(read() == two);
            }
        }
        assert!(failed > acts * 2, "{failed} failed");
    }

    #[test]
    fn a_file_that_grew_beside_the_plan_is_published_with_it_and_goes_with_a_run_that_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let begin = || {
            let mut unfinished = Unfinished::begin(folder.path(), "2026-12").expect("begun");
            for part in ["one\r\n", "two\r\n"] {
                unfinished
                    .append("customers.csv", part.as_bytes())
                    .expect("taken");
            }
            unfinished
        };
        let listed = || fs::read_dir(folder.path()).expect("a folder").count();
        drop(begin());
        assert_eq!(listed(), 0, "nothing is left of it");
        begin().publish(&files("plan")).expect("published");
        assert_eq!(listed(), 1);
        let at = |name: &str| folder.path().join("2026-12").join(name);
        assert_eq!(
            fs::read(at("customers.csv")).ok(),
            Some(b"one\r\ntwo\r\n".to_vec())
        );
        let list = fs::read_to_string(at(MANIFEST)).expect("a list");
        assert!(
            list.contains("customers.csv,10\r\nplan.json,4\r\n"),
            "{list}"
        );
    }

    #[test]
    fn a_file_the_disk_did_not_take_beforehand_is_not_published() {
        use crate::workspace::faults::{EIO, Fault, Watch};

        let folder = tempfile::tempdir().expect("a folder");
        let plans = folder.path();
        publish(plans, "2026-12", &files("one")).expect("first");
        let watch = Watch::over(plans);
        let mut begun = Unfinished::begin(plans, "2026-12").expect("begun");
        begun.append("customers.csv", b"rows").expect("taken");
        // The disk tells of it once: the file can be flushed afterwards.
        watch.fail(Some(Fault {
            at: 0,
            errno: EIO,
            for_good: false,
        }));
        begun.flush("customers.csv");
        while watch.asked().is_empty() {
            std::thread::yield_now();
        }
        let failure = begun.publish(&files("two")).expect_err("not published");
        assert!(
            failure.findings[0].at.file.ends_with("customers.csv"),
            "{:?}",
            failure.findings
        );
        drop(watch);
        assert_eq!(read(plans).as_deref(), Some("one"));
        assert_eq!(fs::read_dir(plans).expect("a folder").count(), 1);
    }

    #[test]
    fn a_reader_that_brings_the_last_plan_back_in_between_holds_nobody_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let plans = folder.path();
        publish(plans, "2026-12", &files("0")).expect("first");
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                for _ in 0..2000 {
                    recover(plans, "2026-12").expect("nothing to do, or brought back");
                }
            });
            for number in 1..60 {
                publish(plans, "2026-12", &files(&number.to_string())).expect("published");
                assert_eq!(read(plans), Some(number.to_string()));
            }
            reader.join().expect("the reader ends well");
        });
    }
}

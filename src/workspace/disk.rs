//! Every change the program makes on a disk goes through here.
//!
//! Responsible for: the few ways of writing there are (a folder, a file, a file replaced whole, a name given), and that
//! tests can let each of them fail (`faults`). Not responsible for: what is written when, and what an error is called.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::{NamedTempFile, TempDir};

/// How the names of what is not finished begin: folders and files of a run that was killed, if it is gone.
pub(crate) const UNFINISHED: &str = ".new-";
/// Likewise of files written without the lock, which nobody else may clear away.
const UNLOCKED: &str = ".tmp-";

/// One thing asked of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    /// A folder made.
    Folder,
    /// A file made.
    Create,
    /// Bytes written.
    Write,
    /// Rights set.
    Rights,
    /// Bytes or names brought onto the disk.
    Sync,
    /// A name given.
    Rename,
    /// A file or folder removed.
    Remove,
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner only.
    Owner,
    /// Whoever may read the file it replaces; everybody where there is none.
    AsBefore,
}

#[cfg(not(test))]
#[inline]
#[expect(clippy::unnecessary_wraps, reason = "tests let it fail")]
fn ask(_act: Act, _path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
fn ask(act: Act, path: &Path) -> io::Result<()> {
    super::faults::ask(act, path)
}

/// A folder and those above it.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    ask(Act::Folder, path)?;
    fs::create_dir_all(path)
}

/// A folder of its own, gone again with the value.
pub(crate) fn unfinished_folder(within: &Path) -> io::Result<TempDir> {
    ask(Act::Folder, within)?;
    tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempdir_in(within)
}

/// A new file; nobody but the owner ever reads a private one.
pub(crate) fn write(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    ask(Act::Create, path)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    if readers == Readers::Owner {
        owners_only(&mut options);
    }
    let mut file = options.open(path)?;
    write_all(&mut file, path, bytes)
}

/// Bytes at the end of a file, which is made where it is not there.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    ask(Act::Create, path)?;
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    write_all(&mut file, path, bytes)
}

/// Half of it is there where the disk is full in between.
fn write_all(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let full = ask(Act::Write, path);
    let taken = bytes
        .get(..bytes.len() / 2)
        .filter(|_| full.is_err())
        .unwrap_or(bytes);
    file.write_all(taken)?;
    full
}

/// A file replaced whole or not at all, on the disk when this returns. With `locked` no other run clears it away.
pub(crate) fn replace(path: &Path, bytes: &[u8], readers: Readers, locked: bool) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    ask(Act::Create, path)?;
    let prefix = if locked { UNFINISHED } else { UNLOCKED };
    // The owner's only from the first byte on.
    let mut file: NamedTempFile = tempfile::Builder::new()
        .prefix(prefix)
        .tempfile_in(folder)?;
    write_all(file.as_file_mut(), path, bytes)?;
    if readers == Readers::AsBefore {
        ask(Act::Rights, path)?;
        match fs::metadata(path) {
            Ok(facts) => file.as_file().set_permissions(facts.permissions())?,
            Err(_) => readable_by_all(file.as_file())?,
        }
    }
    ask(Act::Sync, path)?;
    file.as_file().sync_all()?;
    ask(Act::Rename, path)?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// Bytes on the disk.
pub(crate) fn sync(path: &Path) -> io::Result<()> {
    ask(Act::Sync, path)?;
    // Windows flushes only what is open for writing.
    File::options().write(true).open(path)?.sync_all()
}

/// Names on the disk too, where the system can be asked for that.
pub(crate) fn sync_folder(folder: &Path) {
    let _ = ask(Act::Sync, folder).and_then(|()| File::open(folder)?.sync_all());
}

/// Another name for a file or folder.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    ask(Act::Rename, to)?;
    fs::rename(from, to)
}

/// A folder and what is in it gone; a link goes, and not what it leads to. Nothing there is nothing to do.
pub(crate) fn remove_folder(path: &Path) -> io::Result<()> {
    ask(Act::Remove, path)?;
    gone(fs::remove_dir_all(path))
}

/// A file gone.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    ask(Act::Remove, path)?;
    gone(fs::remove_file(path))
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The file a lock is held on: nothing of it is written over, whatever it is.
pub(crate) fn lock_file(path: &Path) -> io::Result<File> {
    ask(Act::Create, path)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).open(path)
}

/// What killed runs left unfinished in a folder, gone; the caller holds the lock. What cannot be removed stays.
pub(crate) fn clear_unfinished(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let _ = if is_folder {
                remove_folder(&entry.path())
            } else {
                remove_file(&entry.path())
            };
        }
    }
}

#[cfg(unix)]
fn owners_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owners_only(_options: &mut OpenOptions) {}

/// As any new file: a temporary one is the owner's only.
#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &File) -> io::Result<()> {
    Ok(())
}

/// A folder nobody else may open. A disk that knows no owners is no error.
#[cfg(unix)]
pub(crate) fn folder_for_owner(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    ask(Act::Rights, folder)?;
    match fs::set_permissions(folder, fs::Permissions::from_mode(0o700)) {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported
            ) =>
        {
            Err(error)
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
pub(crate) fn folder_for_owner(folder: &Path) -> io::Result<()> {
    ask(Act::Rights, folder)
}

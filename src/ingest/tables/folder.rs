//! population/: which files of the folder are read.

use std::path::PathBuf;

use crate::findings::Finding;
use crate::ingest::aliases::POPULATION;
use crate::ingest::desk::Desk;

/// Extensions of tables; the content decides what they really are.
const TABLES: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "htm", "html"];
/// Extensions of tables that are not read: skipping them would lose customers silently.
const OTHER_TABLES: [&str; 5] = ["xlsb", "ods", "et", "numbers", "dbf"];

/// The files to read with their names in messages.
pub(super) fn files(desk: &mut Desk<'_>) -> Vec<(PathBuf, String)> {
    let mut names = Vec::new();
    match std::fs::read_dir(desk.root.join(POPULATION.path)) {
        Ok(entries) => {
            for entry in entries.flatten() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => desk.failures.push(
            Finding::new("D004")
                .in_file("population/")
                .arg("message", error.kind()),
        ),
    }
    names.sort_unstable();
    let mut files = Vec::new();
    for name in names {
        let path = desk.root.join(POPULATION.path).join(&name);
        // What Excel, WPS and operating systems leave lying about.
        if name.starts_with(['.', '~'])
            || name == "Thumbs.db"
            || name == "desktop.ini"
            || path.is_dir()
        {
            continue;
        }
        let shown = format!("{}/{name}", POPULATION.path);
        let extension = name
            .rsplit_once('.')
            .map(|(_, e)| e.to_lowercase())
            .unwrap_or_default();
        if TABLES.contains(&extension.as_str()) {
            files.push((path, shown));
        } else if OTHER_TABLES.contains(&extension.as_str()) {
            desk.failures
                .push(Finding::new("D005").in_file(shown).arg("kind", extension));
        } else {
            desk.log.findings.push(Finding::new("D009").in_file(shown));
        }
    }
    for path in desk.options.extra {
        let shown = path.strip_prefix(desk.root).unwrap_or(path);
        files.push((path.clone(), shown.to_string_lossy().replace('\\', "/")));
    }
    files
}

//! What a plan folder holds, so that one that was copied by halves is known for it.
//!
//! Responsible for: `files.csv`, a line for each file with its length, and what is missing or cut short by it.
//! Not responsible for: whether what is written is right (`plan::verify`). Pages and workbooks are people's to fill in
//! and to throw away: only what the program reads back has to be there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::findings::Finding;

/// Its name in the plan folder.
pub(super) const MANIFEST: &str = "files.csv";
/// Endings of what is read back.
const READ_BACK: [&str; 3] = ["csv", "json", "jsonl"];

/// The list of these files and their lengths.
pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, u64)>) -> Vec<u8> {
    let files: BTreeMap<&str, u64> = files.collect();
    let mut text = "\u{feff}file,bytes\r\n".to_owned();
    for (name, bytes) in files.iter().filter(|(name, _)| **name != MANIFEST) {
        // Names of counties stand in names of folders, which hold no commas or quotes (`documents`).
        let _ = write!(text, "{name},{bytes}\r\n");
    }
    text.into_bytes()
}

/// Takes the list out of a folder's files and names (C020) each that is missing or cut short by it. A folder without a
/// list is one of an older version, unless other files are there and plan.json is not.
pub(super) fn lost(files: &mut BTreeMap<String, Vec<u8>>, month: &str) -> Vec<Finding> {
    let list = files.remove(MANIFEST);
    let text = list.as_deref().map(String::from_utf8_lossy);
    let mut findings = Vec::new();
    let mut say = |name: &str, bytes: &str, found: usize| {
        let finding = Finding::new("C020").in_file(format!("plans/{month}/{name}"));
        let finding = finding.arg("found", found).arg("bytes", bytes);
        findings.push(finding.arg("month", month));
    };
    if !files.contains_key("plan.json") {
        say("plan.json", "?", 0);
    }
    let Some(text) = text else {
        return findings;
    };
    // The list itself was cut short: the line it ends in says nothing.
    if !text.ends_with('\n') {
        say(MANIFEST, "?", text.len());
    }
    for line in text.lines().skip(1) {
        let Some((name, bytes)) = line.rsplit_once(',') else {
            continue;
        };
        let ending = name.rsplit('.').next().unwrap_or_default();
        if !READ_BACK.contains(&ending) {
            continue;
        }
        let found = files.get(name).map_or(0, Vec::len);
        // Where plan.json is cut short it can no longer be read; one that was edited can.
        let is_short = bytes.parse().is_ok_and(|bytes: usize| found < bytes) && name != "plan.json";
        let is_missing = !files.contains_key(name) && name != "plan.json";
        if is_missing || is_short {
            say(name, bytes, found);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> BTreeMap<String, Vec<u8>> {
        let files = [
            "plan.json",
            "journal.jsonl",
            "private/contacts.csv",
            "tours/T01/plan.html",
        ];
        let mut files: BTreeMap<String, Vec<u8>> = files
            .into_iter()
            .map(|name| (name.to_owned(), b"0123456789".to_vec()))
            .collect();
        let lengths = files.iter();
        let lengths = lengths.map(|(name, bytes)| (name.as_str(), bytes.len() as u64));
        let list = of(lengths);
        files.insert(MANIFEST.to_owned(), list);
        files
    }

    fn codes(mut files: BTreeMap<String, Vec<u8>>) -> Vec<String> {
        let findings = lost(&mut files, "2026-12");
        findings.into_iter().map(|one| one.at.file).collect()
    }

    #[test]
    fn a_whole_folder_has_lost_nothing_and_so_has_one_whose_pages_were_thrown_away() {
        assert_eq!(codes(whole()), Vec::<String>::new());
        let mut files = whole();
        files.remove("tours/T01/plan.html");
        files.insert("notes.txt".into(), Vec::new());
        assert_eq!(codes(files), Vec::<String>::new());
    }

    #[test]
    fn what_is_read_back_and_missing_or_cut_short_is_named() {
        let mut files = whole();
        files.remove("private/contacts.csv");
        files.insert("journal.jsonl".into(), b"01234".to_vec());
        assert_eq!(
            codes(files),
            [
                "plans/2026-12/journal.jsonl",
                "plans/2026-12/private/contacts.csv"
            ]
        );
        let mut files = whole();
        files.remove("plan.json");
        assert_eq!(codes(files), ["plans/2026-12/plan.json"]);
        let mut files = whole();
        files.insert(MANIFEST.into(), b"file,bytes\r\npla".to_vec());
        assert_eq!(codes(files), ["plans/2026-12/files.csv"]);
    }
}

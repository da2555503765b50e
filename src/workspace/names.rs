//! File names that every system takes: a plan folder made on one machine is opened on another, from a USB stick.
//!
//! Responsible for: what Windows, macOS and Linux all accept, and that two names do not become one file there.
//! Not responsible for: making names (whoever names a file keeps letters and digits of what people call things).

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

/// Device names of Windows, with any ending.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The longest name of a file or folder, in bytes of UTF-8 (ext4) and so in UTF-16 units too (NTFS).
const LONGEST: usize = 255;

/// The first path that not every system takes, or that another one of them would overwrite there.
pub(super) fn unfit<'a>(paths: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = BTreeSet::new();
    let mut fit = |path: &str| path.split('/').all(is_fit) && seen.insert(folded(path));
    let mut paths = paths;
    paths.find(|path| !fit(path))
}

/// One name of a path.
fn is_fit(name: &str) -> bool {
    let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let ends_badly = name.ends_with([' ', '.']);
    !name.is_empty()
        && name.len() <= LONGEST
        && !name.starts_with(' ')
        && !ends_badly
        && !name.contains(forbidden)
        && !is_device(name)
}

/// `con`, `COM1.txt`, `nul .csv`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        let number = stem.strip_prefix(port);
        number.is_some_and(|number| {
            matches!(
                number,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    });
    numbered || RESERVED.contains(&stem.as_str())
}

/// As systems compare that do not tell A from a, or é from e and its accent.
fn folded(path: &str) -> String {
    path.to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(paths: &[&'static str]) -> Option<&'static str> {
        unfit(paths.iter().copied())
    }

    #[test]
    fn ordinary_names_are_taken_in_any_writing() {
        let paths = [
            "plan.json",
            "tours/T01-浏阳市/call-sheet-2026-11-27-王.xlsx",
            ".hidden",
            "tours/T01-con/a.csv",
            "console.csv",
            "com10.csv",
        ];
        assert_eq!(first(&paths), None);
    }

    #[test]
    fn a_name_that_windows_keeps_for_itself_is_found_with_any_ending() {
        for name in [
            "CON",
            "nul.csv",
            "tours/aux/plan.html",
            "Com1.tar.gz",
            "lpt9 .txt",
            "com²",
            "conout$",
        ] {
            assert_eq!(unfit(std::iter::once(name)), Some(name));
        }
    }

    #[test]
    fn a_name_that_leads_out_of_the_folder_or_ends_in_nothing_is_found() {
        for name in [
            "../x",
            "tours/../../x",
            "/etc/x",
            "a\\b",
            "c:x",
            "what?.html",
            "tours/T01-./x",
            "tours/T01- /x",
            "a//b",
            "tab\t.csv",
            "",
        ] {
            assert_eq!(unfit(std::iter::once(name)), Some(name));
        }
        let long = "长".repeat(86);
        assert_eq!(unfit(std::iter::once(long.as_str())), Some(long.as_str()));
    }

    #[test]
    fn two_names_that_would_become_one_file_are_found() {
        assert_eq!(
            first(&["tours/T01-Abc/x", "tours/T01-ABC/x"]),
            Some("tours/T01-ABC/x")
        );
        assert_eq!(
            first(&["caf\u{e9}.csv", "cafe\u{301}.csv"]),
            Some("cafe\u{301}.csv")
        );
        assert_eq!(first(&["tours/T01-Abc/x", "tours/T01-Abc/y"]), None);
    }
}

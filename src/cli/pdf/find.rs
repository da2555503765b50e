//! Where a browser that prints is installed.

use std::path::{Path, PathBuf};

use crate::findings::{Failure, Finding};

/// A path given by the user; it is the only one tried then.
const OWN: &str = "TOURPLAN_BROWSER";
/// Looked for in PATH, in this order.
const PROGRAMS: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];
/// Folders of Windows, by the variables that name them, and what lies in them.
const WINDOWS_ROOTS: [&str; 3] = ["ProgramFiles(x86)", "ProgramFiles", "LocalAppData"];
const WINDOWS: [&str; 3] = [
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
];
const MAC: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// The browser to print with.
///
/// # Errors
/// Status 1 where there is none, or the one named is no file.
pub(super) fn browser() -> Result<PathBuf, Failure> {
    let own = std::env::var_os(OWN).filter(|path| !path.is_empty());
    if let Some(own) = own {
        let own = PathBuf::from(own);
        if own.is_file() {
            return Ok(own);
        }
        let finding = Finding::new("C015").in_file(own.display().to_string());
        return Err(Failure::running(finding.arg("variable", OWN)));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let roots: Vec<PathBuf> = WINDOWS_ROOTS
        .iter()
        .filter_map(|name| std::env::var_os(name).map(PathBuf::from))
        .collect();
    candidates(&folders, &roots)
        .into_iter()
        .find(|path| path.is_file())
        .ok_or_else(|| Failure::running(Finding::new("C014").arg("variable", OWN)))
}

/// Every place to look, the likeliest first.
fn candidates(folders: &[PathBuf], roots: &[PathBuf]) -> Vec<PathBuf> {
    let ending = std::env::consts::EXE_SUFFIX;
    let in_path = PROGRAMS.iter().flat_map(|name| {
        folders
            .iter()
            .map(move |at| at.join(format!("{name}{ending}")))
    });
    let installed = roots
        .iter()
        .flat_map(|root| WINDOWS.iter().map(move |program| root.join(program)));
    let mac = MAC.iter().map(|program| Path::new(program).to_owned());
    in_path.chain(installed).chain(mac).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_looked_through_before_the_usual_folders() {
        let looked = candidates(&["a".into(), "b".into()], &["c".into()]);
        let at = |start: &str| looked.iter().position(|path| path.starts_with(start));
        assert!(at("a") < at("b") && at("b") < at("c"));
        assert!(at("c").is_some() && at("c") < at("/Applications"));
    }
}

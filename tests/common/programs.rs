//! Programs the tests drive. Where one is missing a test skips and says so; on CI it must be there.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether a program starts; `package` is what to install.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
pub fn is_there(program: &Path, version: &str, package: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg(version)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let found = command.status().is_ok_and(|status| status.success());
    let name = program.display();
    assert!(
        found || std::env::var("CI").as_deref() != Ok("true"),
        "{name} is missing: apt-get install --no-install-recommends {package}"
    );
    if !found {
        eprintln!("SKIPPED: no {name} on this machine ({package})");
    }
    found
}

/// `LibreOffice`, where it is there.
pub fn has_libreoffice() -> bool {
    is_there(Path::new("soffice"), "--version", "libreoffice-calc")
}

/// Chromium: what `TOURPLAN_CHROMIUM` names, else the first of the usual names.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("TOURPLAN_CHROMIUM").map(PathBuf::from);
    let usual = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let program = named.unwrap_or_else(|| {
        let found = usual.into_iter().find(|program| starts(program));
        PathBuf::from(found.unwrap_or("chromium"))
    });
    is_there(&program, "--version", "chromium fonts-noto-cjk").then_some(program)
}

fn starts(program: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

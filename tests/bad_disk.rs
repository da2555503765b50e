//! Real disks that fail: full, read-only, with a limit on files; and no network.
//!
//! A machine that forbids what a test needs skips it and says so.
#![cfg(target_os = "linux")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use common::small::write_small;
use common::written;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tourplan");
const APPROVE: &str = "approve --by X --lang en --today 2026-11-16";

/// A month, planned once for all tests.
static PLANNED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    write_small(folder.path());
    let planned = sh(folder.path(), "$P plan --effort 2 --quiet");
    assert!(planned.status.success(), "{}", said(&planned));
    folder
});

fn planned() -> (TempDir, BTreeMap<PathBuf, Vec<u8>>) {
    let folder = TempDir::new().expect("a folder");
    let copied = sh(
        PLANNED.path(),
        &format!("cp -r . {}", folder.path().display()),
    );
    assert!(copied.status.success(), "{}", said(&copied));
    let before = written(folder.path());
    (folder, before)
}

/// A shell in the workspace; `$P` is the program.
fn sh(root: &Path, script: &str) -> Output {
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .env("P", PROGRAM)
        .current_dir(root);
    command.output().expect("a shell")
}

/// Likewise, with mounts or a network of its own where the machine allows that.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn apart(root: &Path, flags: &str, script: &str) -> Option<Output> {
    let mut command = Command::new("unshare");
    command
        .args([flags, "sh", "-c", script])
        .env("P", PROGRAM)
        .current_dir(root);
    let output = command.output().ok();
    // 77: the shell was there, but might not do what was needed.
    let output = output.filter(|output| {
        let text = String::from_utf8_lossy(&output.stderr);
        output.status.code() != Some(77) && !text.starts_with("unshare:")
    });
    if output.is_none() {
        eprintln!("SKIPPED: this machine allows no unshare {flags}");
    }
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn fails_with(output: &Output, code: &str) {
    let text = said(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains(code) && text.contains("run the command again"),
        "{text}"
    );
}

#[test]
fn a_limit_on_the_size_of_files_is_said_and_the_last_plan_stands() {
    let (folder, before) = planned();
    let limited = format!("trap '' XFSZ; ulimit -f 100; exec $P {APPROVE}");
    fails_with(&sh(folder.path(), &limited), "C018");
    assert!(written(folder.path()) == before);
    let again = sh(folder.path(), &format!("$P {APPROVE}"));
    assert!(again.status.success(), "{}", said(&again));
}

#[test]
fn a_full_disk_is_said_and_the_last_plan_stands_until_there_is_room() {
    let (folder, before) = planned();
    let disk = TempDir::new().expect("a folder");
    // The month fits once, and not twice.
    let script = format!(
        "room=$(($(du -sk . | cut -f1) + $(du -sk plans | cut -f1) / 2))
         mount -t tmpfs -o size=${{room}}k none {disk} || exit 77
         cp -r . {disk} && cd {disk} || exit 76
         $P {APPROVE}; status=$?
         diff -r {from}/plans/2026-12 plans/2026-12 || exit 75
         mount -o remount,size=32m {disk} || exit 77
         $P {APPROVE} --quiet && $P verify --quiet || exit 74
         exit $status",
        disk = disk.path().display(),
        from = folder.path().display(),
    );
    if let Some(output) = apart(folder.path(), "-rm", &script) {
        fails_with(&output, "C018");
    }
    assert!(written(folder.path()) == before);
}

#[test]
fn a_read_only_folder_is_said_and_reading_commands_go_on() {
    let (folder, before) = planned();
    let root = folder.path();
    let script = format!(
        "mount --bind . {root} && mount -o remount,bind,ro {root} && cd {root} || exit 77
         $P verify --quiet && $P show --quiet && $P due --quiet || exit 76
         exec $P {APPROVE}",
        root = root.display(),
    );
    if let Some(output) = apart(root, "-rm", &script) {
        fails_with(&output, "C019");
    }
    assert!(written(root) == before);
}

#[test]
fn nothing_is_asked_of_any_network() {
    let (folder, before) = planned();
    // Not even a loopback device: whatever would ask fails.
    let script = "$P plan --effort 2 --quiet && exec $P check --quiet";
    if let Some(output) = apart(folder.path(), "-rn", script) {
        assert!(output.status.success(), "{}", said(&output));
        assert!(
            written(folder.path()) == before,
            "the same month without a network"
        );
    }
    // And nobody tries: a name server, a proxy, an update.
    let traced = "strace -f -qq -e trace=socket,connect -o trace.txt $P plan --effort 2 --quiet";
    if common::programs::is_there(Path::new("strace"), "-V", "strace") {
        let output = sh(folder.path(), traced);
        assert!(output.status.success(), "{}", said(&output));
        let calls = fs::read_to_string(folder.path().join("trace.txt")).expect("a trace");
        let asked: Vec<&str> = calls
            .lines()
            .filter(|line| line.contains("AF_INET"))
            .collect();
        assert_eq!(asked, Vec::<&str>::new());
    }
}

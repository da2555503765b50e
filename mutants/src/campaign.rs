//! Which tests reach a change, and whether one of them fails when it is on.
//!
//! Responsible for: running the test program, test by test, within limits. Not responsible for: building it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Gigabytes a changed test may ask for, and the least seconds of a processor it may use.
const MEMORY_GB: u64 = 8;
const LEAST_SECONDS: u64 = 5;

/// The test program and what it is told.
pub(crate) struct Campaign {
    pub(crate) program: PathBuf,
    /// Where the tests run: the package in the copy.
    pub(crate) folder: PathBuf,
    /// Only tests whose name starts so.
    pub(crate) tests: String,
}

/// One test as it runs without a change.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    name: String,
    took: Duration,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// A test failed.
    Noticed,
    /// A test did not end in its time.
    TimedOut,
    /// Tests reached it and none failed.
    Survived,
    /// No test reached it.
    Unreached,
}

impl Outcome {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Noticed => "noticed",
            Self::TimedOut => "timed-out",
            Self::Survived => "survived",
            Self::Unreached => "unreached",
        }
    }
}

impl Campaign {
    /// Runs every test by itself: the tests that reach a change, the quickest first.
    pub(crate) fn trace(&self, scratch: &Path) -> Result<BTreeMap<usize, Vec<Test>>, String> {
        let output = Command::new(&self.program)
            .args(["--list", "--format=terse"])
            .current_dir(&self.folder)
            .output()
            .map_err(|error| error.to_string())?;
        let names = String::from_utf8_lossy(&output.stdout).into_owned();
        let names = names.lines().filter_map(|line| line.strip_suffix(": test"));
        let names: Vec<&str> = names.filter(|name| name.starts_with(&self.tests)).collect();
        let reached: Mutex<BTreeMap<usize, Vec<Test>>> = Mutex::default();
        let broken: Mutex<Vec<String>> = Mutex::default();
        in_parallel(names.len(), |index| {
            let name = names[index];
            let file = scratch.join(format!("trace-{index}"));
            let _ = fs::remove_file(&file);
            let started = Instant::now();
            let mut command = self.command(name, 3600);
            let ended = command.env("WOVEN_TRACE", &file).status();
            let test = Test {
                name: name.to_owned(),
                took: started.elapsed(),
            };
            if !ended.is_ok_and(|status| status.success()) {
                broken.lock().expect("no panic").push(name.to_owned());
                return;
            }
            let seen = fs::read_to_string(&file).unwrap_or_default();
            let mut reached = reached.lock().expect("no panic");
            for id in seen.lines().filter_map(|line| line.parse().ok()) {
                reached.entry(id).or_default().push(test.clone());
            }
        });
        let broken = broken.into_inner().expect("no panic");
        if !broken.is_empty() {
            return Err(format!("fail without any change: {}", broken.join(", ")));
        }
        let mut reached = reached.into_inner().expect("no panic");
        for tests in reached.values_mut() {
            tests.sort_by_key(|test| (test.took, test.name.clone()));
        }
        Ok(reached)
    }

    /// Switches every change on by itself and tells what became of it as soon as it is known.
    pub(crate) fn run(
        &self,
        ids: &BTreeSet<usize>,
        reached: &BTreeMap<usize, Vec<Test>>,
        tell: impl Fn(usize, Outcome, &str) + Sync,
    ) {
        let ids: Vec<usize> = ids.iter().copied().collect();
        // What noticed a neighbour is asked first.
        let noticed: Mutex<Vec<String>> = Mutex::default();
        in_parallel(ids.len(), |index| {
            let id = ids[index];
            let tests = reached.get(&id).map_or(&[] as &[Test], Vec::as_slice);
            if tests.is_empty() {
                return tell(id, Outcome::Unreached, "");
            }
            let lately = noticed.lock().expect("no panic").clone();
            let mut tests: Vec<&Test> = tests.iter().collect();
            let rank = |test: &&Test| lately.iter().rev().position(|name| *name == test.name);
            tests.sort_by_key(|test| rank(test).unwrap_or(usize::MAX));
            for test in &tests {
                let seconds = LEAST_SECONDS + 10 * test.took.as_secs();
                let ended = self
                    .command(&test.name, seconds)
                    .env("WOVEN_ON", id.to_string())
                    .status();
                match ended.ok().and_then(|status| status.code()) {
                    Some(0) => {}
                    // `timeout` itself, and what it passes on of SIGKILL and SIGXCPU.
                    Some(124 | 137 | 152) => return tell(id, Outcome::TimedOut, &test.name),
                    _ => {
                        let mut noticed = noticed.lock().expect("no panic");
                        noticed.retain(|name| *name != test.name);
                        noticed.push(test.name.clone());
                        return tell(id, Outcome::Noticed, &test.name);
                    }
                }
            }
            tell(id, Outcome::Survived, &format!("{} tests", tests.len()));
        });
    }

    /// One test, held to some seconds of a processor (and, should it wait for ever, to as many minutes).
    fn command(&self, test: &str, seconds: u64) -> Command {
        let mut command = Command::new("sh");
        let limits = format!(
            "ulimit -v {}; ulimit -t {seconds}; exec timeout {} \"$@\"",
            MEMORY_GB << 20,
            60 * seconds
        );
        command
            .args(["-c", &limits, "sh"])
            .arg(&self.program)
            .args(["--exact", test, "--test-threads=1"])
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

/// Works through `0..count` on all cores.
fn in_parallel(count: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    work(index);
                }
            });
        }
    });
}

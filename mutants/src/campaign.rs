//! Which tests reach a change, and whether one of them fails when it is on.
//!
//! Responsible for: running the test program, test by test, within limits. Not responsible for: building it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Gigabytes a changed test may ask for.
const MEMORY_GB: u64 = 8;
/// Seconds of a processor it may use: so many, and so many times what it takes without a change.
const LEAST_SECONDS: u64 = 2;
const TIMES_LONGER: f64 = 10.0;

/// The test program and what it is told.
pub(crate) struct Campaign {
    pub(crate) program: PathBuf,
    /// Where the tests run: the package in the copy.
    pub(crate) folder: PathBuf,
    /// Only tests whose name starts so.
    pub(crate) tests: String,
    /// Tests that take longer than this, woven and without a change, seconds of a processor, are not asked.
    pub(crate) under: f64,
    /// How many tests run at a time.
    pub(crate) jobs: usize,
}

/// One test as it runs without a change.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    name: String,
    /// Seconds of a processor.
    took: f64,
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
    /// None of those that were asked failed; slower ones reach it.
    Quick,
    /// Only tests reach it that are too slow to be asked.
    Slow,
    /// No test reached it.
    Unreached,
}

impl Outcome {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Noticed => "noticed",
            Self::TimedOut => "timed-out",
            Self::Survived => "survived",
            Self::Quick => "survived-quick",
            Self::Slow => "slow-only",
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
        self.in_parallel(names.len(), |index| {
            let name = names[index];
            let file = scratch.join(format!("trace-{index}"));
            let _ = fs::remove_file(&file);
            // Once for its time, once for what it reaches: tracing makes it slower.
            let (plain, took) = self.run_one(name, 3600, ("WOVEN_ON", "none"));
            let (traced, _) = self.run_one(name, 3600, ("WOVEN_TRACE", &file.to_string_lossy()));
            if (plain, traced) != (Some(0), Some(0)) {
                broken.lock().expect("no panic").push(name.to_owned());
                return;
            }
            eprintln!("{took:.2} s: {name}");
            let test = Test {
                name: name.to_owned(),
                took,
            };
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
            tests.sort_by(|a, b| a.took.total_cmp(&b.took).then(a.name.cmp(&b.name)));
        }
        Ok(reached)
    }

    /// Switches every change on by itself and tells what became of it as soon as it is known.
    pub(crate) fn run(
        &self,
        ids: &[usize],
        reached: &BTreeMap<usize, Vec<Test>>,
        tell: impl Fn(usize, Outcome, &str) + Sync,
    ) {
        // What noticed a neighbour is asked first, then the quickest.
        let lately: Mutex<String> = Mutex::default();
        self.in_parallel(ids.len(), |index| {
            let id = ids[index];
            let reaching = reached.get(&id).map_or(&[] as &[Test], Vec::as_slice);
            let asked = reaching.iter().filter(|test| test.took <= self.under);
            let mut tests: Vec<&Test> = asked.collect();
            if tests.is_empty() {
                let (outcome, by) = match reaching.first() {
                    Some(test) => (Outcome::Slow, test.name.as_str()),
                    None => (Outcome::Unreached, ""),
                };
                return tell(id, outcome, by);
            }
            let first = lately.lock().expect("no panic").clone();
            tests.sort_by_key(|test| test.name != first);
            for test in &tests {
                let seconds = LEAST_SECONDS + (TIMES_LONGER * test.took).ceil() as u64;
                let on = id.to_string();
                match self.run_one(&test.name, seconds, ("WOVEN_ON", &on)).0 {
                    Some(0) => {}
                    // `timeout` itself, and what it passes on of SIGKILL and SIGXCPU.
                    Some(124 | 137 | 152) => return tell(id, Outcome::TimedOut, &test.name),
                    _ => {
                        test.name.clone_into(&mut lately.lock().expect("no panic"));
                        return tell(id, Outcome::Noticed, &test.name);
                    }
                }
            }
            let slower = reaching.len() - tests.len();
            let outcome = if slower > 0 {
                Outcome::Quick
            } else {
                Outcome::Survived
            };
            tell(id, outcome, &format!("{} tests", tests.len()));
        });
    }

    /// One test, held to some seconds of a processor (and, should it wait for ever, to as many minutes), told one thing
    /// by its environment: how it ended, and the seconds of a processor it took.
    fn run_one(&self, test: &str, seconds: u64, told: (&str, &str)) -> (Option<i32>, f64) {
        let memory = MEMORY_GB << 20;
        let minutes = 60 * seconds;
        let script = format!(
            "ulimit -v {memory}; ulimit -t {seconds}; timeout {minutes} \"$@\" >/dev/null 2>&1; ended=$?; times; exit $ended"
        );
        let output = Command::new("sh")
            .args(["-c", &script, "sh"])
            .arg(&self.program)
            .args(["--exact", test, "--test-threads=1"])
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
            .env(told.0, told.1)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output();
        output.map_or((None, 0.0), |output| {
            let times = String::from_utf8_lossy(&output.stdout).into_owned();
            (
                output.status.code(),
                times.lines().last().map_or(0.0, spent),
            )
        })
    }

    /// Works through `0..count`, `jobs` at a time.
    fn in_parallel(&self, count: usize, work: impl Fn(usize) + Sync) {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..self.jobs {
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
}

/// What `times` says of the children, user and system: `1m2.5s 0m0.1s`.
fn spent(line: &str) -> f64 {
    let time = |text: &str| {
        let (minutes, seconds) = text.strip_suffix('s')?.split_once('m')?;
        Some(60.0 * minutes.parse::<f64>().ok()? + seconds.parse::<f64>().ok()?)
    };
    line.split_whitespace().filter_map(time).sum()
}

//! The routing server of `[travel]`: answers of earlier runs are read from travel-cache.csv, the rest is asked
//! for over the network and kept. The only place of the program that opens a connection.

mod http;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::output::Output;
use super::{Common, Settings};
use crate::findings::Finding;
use crate::place::osrm::{Asking, Cache, Wanted, service};
use crate::plan::pipeline::RoadAnswers;
pub(super) use http::Http;

/// The file answers are kept in.
pub(super) const CACHE: &str = "travel-cache.csv";

/// What the command knows of roads so far.
pub(super) struct RoadBook {
    file: PathBuf,
    /// Whether new answers are written down.
    keeps: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// `None` = not read yet.
    cache: Option<Cache>,
    /// Said of the file; not of the plan.
    said: Vec<Finding>,
    /// The server gave up on this run, with these words: it is not asked again.
    gone: Option<Vec<Finding>>,
}

impl RoadBook {
    /// The book of a workspace; nothing is read before it is needed.
    pub(super) fn new(root: &std::path::Path, common: &Common) -> Self {
        Self {
            file: root.join(CACHE),
            keeps: !common.dry_run,
            state: Mutex::default(),
        }
    }

    /// The wanted drives: from the file, and from the server what is not there.
    pub(super) fn answers(
        &self,
        settings: &Settings,
        wanted: &Wanted,
        progress: &dyn Fn(usize, usize),
    ) -> RoadAnswers {
        let travel = &settings.travel;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State { cache, said, gone } = &mut *state;
        let cache = cache.get_or_insert_with(|| self.read(said));
        let url = travel.url.trim_end_matches('/');
        let roads = cache.roads(&format!("{url}{}", service(&travel.profile)));
        let mut findings = gone.clone().unwrap_or_default();
        if gone.is_none() && !roads.missing(wanted).is_empty() {
            let before = roads.clone();
            let server = Http::new(url, Duration::from_secs_f64(travel.timeout_seconds));
            let asking = Asking {
                server: &server,
                url,
                profile: &travel.profile,
                max_table_size: travel.max_table_size as usize,
                tries: travel.tries,
                wait: &std::thread::sleep,
                progress,
            };
            findings = asking.ask(wanted, roads);
            if !roads.missing(wanted).is_empty() {
                *gone = Some(findings.clone());
            }
            let answered = roads.clone();
            if answered != before && self.keeps {
                said.extend(self.write(cache));
            }
            // How large a request may be says nothing of the plan, which is the same without any request.
            let (of_server, of_plan) = findings.into_iter().partition(|one| one.code == "R006");
            said.extend::<Vec<Finding>>(of_server);
            return RoadAnswers {
                roads: answered,
                findings: of_plan,
            };
        }
        findings.retain(|one| one.code != "R006");
        RoadAnswers {
            roads: roads.clone(),
            findings,
        }
    }

    /// What is to be said of the file and the server, once.
    pub(super) fn said(&self) -> Vec<Finding> {
        std::mem::take(
            &mut self
                .state
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .said,
        )
    }

    fn read(&self, said: &mut Vec<Finding>) -> Cache {
        let unusable = |line: u64| Finding::new("R007").arg("file", CACHE).arg("line", line);
        match std::fs::read(&self.file).map(|bytes| Cache::read(&bytes)) {
            Ok(Ok(cache)) => return cache,
            Ok(Err(line)) => said.push(unusable(line)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(_) => said.push(unusable(0)),
        }
        Cache::default()
    }

    fn write(&self, cache: &Cache) -> Option<Finding> {
        let failure = crate::workspace::rewrite_table(&self.file, &cache.written()).err()?;
        let why = failure.findings.first()?.args.get("message")?.clone();
        Some(Finding::new("R011").arg("file", CACHE).arg("message", why))
    }
}

/// How far the asking is.
pub(super) fn progress_text(output: &Output, done: usize, of: usize) -> String {
    let word = output.pick("asking for roads", "查询路程");
    format!("{word} {}/{of}", done + 1)
}

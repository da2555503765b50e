//! Random small workspaces through the whole month: planned, ordered, answered, moved, driven, closed, planned again. After every
//! step that is done every rule holds and nobody is lost; a step that cannot be done says why by a code and changes nothing.
//!
//! A longer campaign: `PROPTEST_CASES=300 cargo test --release --test random_lives` (CONTRIBUTING).

mod common;
#[path = "../examples/fill_sheets/fill.rs"]
mod fill;
#[path = "common/random.rs"]
mod random;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use common::{table, tourplan, written};
use fill::Month;
use random::{in_a_workspace, runner, workspaces};

/// What happens in a month after it was planned.
#[derive(Clone, Debug)]
enum Event {
    /// The order, or a tour, is signed.
    Approve(Option<Index>),
    /// What was ordered arrives.
    Receive,
    /// These hundredths of the callable customers have been called.
    Calls(u64, u64),
    /// A tour is moved, stopped, or loses something.
    Move(Index, Lost),
    /// Job sheets of a tour are read in.
    Close(Index, Sheets),
    /// The month is searched anew around what stands.
    Replan,
    /// The tours sheet is changed by hand and read in.
    ByHand(Index, Hand),
    /// The dealer's own files change, and the month is searched anew.
    Files(File, Index),
}

/// Which job sheets of a tour.
#[derive(Clone, Debug)]
enum Sheets {
    /// All of them, once it is home.
    All,
    /// Every second line, once it is home.
    Half,
    /// Those of its first day, on that evening.
    Evening,
}

/// What is changed in the tours sheet, at one of its stops.
#[derive(Clone, Debug)]
enum Hand {
    /// Its tour leaves so many days later.
    Later(i8),
    /// The stop is left out.
    Without,
    /// It takes a day more.
    Longer,
    /// Its whole tour is left out.
    NoTour,
}

/// One line of a file of the workspace: gone, or, a vehicle, new.
#[derive(Clone, Debug)]
enum File {
    Person,
    Point,
    Stock,
    Sold,
    Delivered,
}

#[derive(Clone, Debug)]
enum Lost {
    Days(u8),
    Suspend,
    Cancel,
    Van,
    Person(Index),
    Point(Index),
}

fn event() -> impl Strategy<Value = Event> {
    let lost = prop_oneof![
        3 => (1_u8..12).prop_map(Lost::Days),
        1 => Just(Lost::Suspend),
        1 => Just(Lost::Cancel),
        1 => Just(Lost::Van),
        1 => any::<Index>().prop_map(Lost::Person),
        1 => any::<Index>().prop_map(Lost::Point),
    ];
    let hand = prop_oneof![
        2 => (-4_i8..5).prop_map(Hand::Later),
        1 => Just(Hand::Without),
        1 => Just(Hand::Longer),
        1 => Just(Hand::NoTour),
    ];
    let file = select(vec![
        File::Person,
        File::Point,
        File::Stock,
        File::Sold,
        File::Delivered,
    ]);
    let sheets =
        prop_oneof![2 => Just(Sheets::All), 1 => Just(Sheets::Half), 1 => Just(Sheets::Evening)];
    prop_oneof![
        2 => prop::option::of(any::<Index>()).prop_map(Event::Approve),
        1 => Just(Event::Receive),
        4 => (0_u64..60, select(vec![20_u64, 60, 100])).prop_map(|(from, more)| Event::Calls(from, from + more)),
        4 => (any::<Index>(), lost).prop_map(|(tour, lost)| Event::Move(tour, lost)),
        2 => (any::<Index>(), sheets).prop_map(|(tour, sheets)| Event::Close(tour, sheets)),
        1 => Just(Event::Replan),
        1 => (any::<Index>(), hand).prop_map(|(stop, hand)| Event::ByHand(stop, hand)),
        1 => (file, any::<Index>()).prop_map(|(file, line)| Event::Files(file, line)),
    ]
}

/// A workspace in the middle of its month.
struct Life<'a> {
    root: &'a Path,
    /// The day it is; never goes back.
    today: String,
    /// Vehicles of the population.
    accepted: usize,
    steps: usize,
}

impl<'a> Life<'a> {
    /// The month planned; `None` where it has no plan.
    fn begin(root: &'a Path) -> Option<Self> {
        let plan = tourplan(root)
            .args(["plan", "--effort", "60", "--quiet"])
            .output()
            .expect("ran");
        if !plan.status.success() {
            return None;
        }
        let made = fs::read(root.join("plans/2026-12/plan.json")).expect("a plan");
        let made: serde_json::Value = serde_json::from_slice(&made).expect("JSON");
        let accepted = made["rows"]["accepted"].as_u64().expect("a count");
        let accepted = usize::try_from(accepted).expect("small");
        Some(Self {
            root,
            today: made["today"].as_str().expect("a day").to_owned(),
            accepted,
            steps: 0,
        })
    }

    fn tours(&self) -> Vec<common::Row> {
        table(self.root, "tours.csv")
    }

    /// Runs a command; done, it leaves a sound month, and refused, the month as it was. Whether it was done.
    fn step(&mut self, args: &[String]) -> Result<bool, TestCaseError> {
        let before = written(self.root);
        let run = tourplan(self.root)
            .args(args)
            .args(["--today", &self.today])
            .output()
            .expect("the program ran");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        self.steps += 1;
        match run.status.code() {
            Some(0) => {
                self.sound(args)?;
                Ok(true)
            }
            // An order that has become too late is not signed: sources are sought anew and shown, to be signed again.
            Some(3) if said.contains("M021") => {
                self.sound(args)?;
                Ok(false)
            }
            Some(3 | 4) => {
                let coded = said.lines().any(|line| line.starts_with("error "));
                prop_assert!(coded, "{args:?} names no reason: {said}");
                prop_assert!(
                    before == written(self.root),
                    "{args:?} was refused and changed something: {said}"
                );
                Ok(false)
            }
            status => {
                prop_assert!(
                    false,
                    "{args:?} on {}: status {status:?}: {said}",
                    self.today
                );
                Ok(false)
            }
        }
    }

    fn sound(&self, after: &[String]) -> Result<(), TestCaseError> {
        let verify = tourplan(self.root)
            .args(["verify", "--today", &self.today])
            .output()
            .expect("ran");
        let told = String::from_utf8_lossy(&verify.stderr).into_owned();
        prop_assert!(
            verify.status.success(),
            "after {after:?} on {}: {told}",
            self.today
        );
        let customers = table(self.root, "customers.csv");
        let vehicles: BTreeSet<&String> = customers.iter().map(|row| &row["vehicle"]).collect();
        prop_assert_eq!(
            (customers.len(), vehicles.len()),
            (self.accepted, self.accepted)
        );
        Ok(())
    }

    /// A sheet filled in from the month as it stands.
    fn sheet(&self, fill: impl FnOnce(&Month) -> String) -> String {
        let month = Month::open(&self.root.join("plans/2026-12")).expect("a plan");
        let path = self.root.join(format!("sheet-{}.csv", self.steps));
        fs::write(&path, fill(&month)).expect("a sheet");
        path.display().to_string()
    }

    /// The day is this one, where that is not in the past.
    fn comes(&mut self, day: &str) {
        if day > self.today.as_str() {
            day.clone_into(&mut self.today);
        }
    }

    fn happens(&mut self, event: &Event) -> Result<bool, TestCaseError> {
        let tours = self.tours();
        let args: Vec<String> = match event {
            Event::Approve(None) => words(&["approve", "--orders", "--by", "示例总监"]),
            Event::Approve(Some(_)) | Event::Move(..) | Event::Close(..) | Event::ByHand(..)
                if tours.is_empty() =>
            {
                return Ok(false);
            }
            Event::Approve(Some(tour)) => words(&[
                "approve",
                "--tour",
                &tour.get(&tours)["tour"],
                "--by",
                "示例总监",
            ]),
            Event::Receive => words(&["receive", "--goods", &self.sheet(Month::goods)]),
            Event::Calls(from, to) => {
                if let Some(tour) = tours.first() {
                    let first = back(&tour["depart"], 4);
                    self.comes(&first);
                }
                words(&[
                    "confirm",
                    "--calls",
                    &self.sheet(|month| month.calls(&(*from..*to))),
                ])
            }
            Event::Move(tour, lost) => {
                let tour = tour.get(&tours);
                let mut args = words(&["move", &tour["tour"]]);
                args.extend(self.lost(tour, lost));
                args
            }
            Event::Close(tour, sheets) => self.job_sheets(tour.get(&tours), sheets),
            Event::Replan => again(),
            Event::ByHand(stop, hand) => {
                let sheet = self.by_hand(&tours, *stop, hand);
                words(&["plan", "--tours", &sheet, "--effort", "60", "--quiet"])
            }
            Event::Files(file, line) => {
                return self.changed(file, *line);
            }
        };
        self.step(&args)
    }

    /// Reads job sheets of a tour in, on a day for it.
    fn job_sheets(&mut self, tour: &common::Row, sheets: &Sheets) -> Vec<String> {
        let evening = matches!(sheets, Sheets::Evening);
        let day = &tour[if evening { "depart" } else { "return" }];
        self.comes(day);
        let sheet = self.sheet(|month| {
            let all = month.jobs(&tour["tour"]);
            let of_day = format!(",{day},");
            let is_in = |number: usize, line: &str| match sheets {
                Sheets::All => true,
                Sheets::Half => number.is_multiple_of(2),
                Sheets::Evening => number == 0 || line.contains(&of_day),
            };
            let lines = all.lines().enumerate();
            let lines = lines.filter(|(number, line)| is_in(*number, line));
            lines.map(|(_, line)| line.to_owned() + "\n").collect()
        });
        let mut args = words(&["close", "--visits", &sheet]);
        if evening {
            args.push("--evening".to_owned());
        }
        args
    }

    /// The tours sheet, changed at one stop.
    fn by_hand(&self, tours: &[common::Row], stop: Index, hand: &Hand) -> String {
        let mut visits = table(self.root, "visits.csv");
        let stop = stop.index(visits.len());
        let changed = visits[stop]["tour"].clone();
        if matches!(hand, Hand::Without) {
            visits.remove(stop);
        }
        let mut text = String::from("巡回,班组,出发,站次,服务地点,天数\n");
        for (at, visit) in visits.iter().enumerate() {
            let name = &visit["tour"];
            let tour = tours.iter().find(|tour| tour["tour"] == *name);
            let tour = tour.expect("a visit's tour");
            let depart = match hand {
                Hand::NoTour if *name == changed => continue,
                Hand::Later(days) if *name == changed => back(&tour["depart"], -i64::from(*days)),
                _ => tour["depart"].clone(),
            };
            let mut days = between(&visit["first_day"], &visit["last_day"]) + 1;
            if matches!(hand, Hand::Longer) && at == stop {
                days += 1;
            }
            let (team, number, point) = (&tour["team"], &visit["stop"], &visit["point"]);
            let _ = writeln!(text, "{name},{team},{depart},{number},{point},{days}");
        }
        self.sheet(|_| text)
    }

    /// One of the dealer's files, changed at one line, and the month searched anew; as it was where that is refused.
    fn changed(&mut self, file: &File, line: Index) -> Result<bool, TestCaseError> {
        let path = self.root.join(match file {
            File::Person => "crew.csv",
            File::Point => "points.csv",
            File::Stock => "stock.csv",
            File::Sold | File::Delivered => "population/all.csv",
        });
        let text = fs::read_to_string(&path).expect("a file");
        let mut lines: Vec<&str> = text.lines().collect();
        if lines.len() < 3 {
            return Ok(false);
        }
        let at = 1 + line.index(lines.len() - 1);
        // The same customer's, under a number of its own.
        let new = format!(
            "LSKDEM{:03}{}",
            self.steps + 1,
            lines[at].get(9..).unwrap_or("")
        );
        let accepted = self.accepted;
        match file {
            File::Delivered => {
                lines.push(&new);
                self.accepted += 1;
            }
            File::Sold => {
                lines.remove(at);
                self.accepted -= 1;
            }
            File::Person | File::Point | File::Stock => {
                lines.remove(at);
            }
        }
        fs::write(&path, lines.join("\n") + "\n").expect("a file");
        let done = self.step(&again())?;
        if !done {
            fs::write(&path, text).expect("a file");
            self.accepted = accepted;
        }
        Ok(done)
    }

    fn lost(&self, tour: &common::Row, lost: &Lost) -> Vec<String> {
        let of_tour = |name: &str| -> Vec<common::Row> {
            let mut rows = table(self.root, name);
            rows.retain(|row| row["tour"] == tour["tour"]);
            rows
        };
        match lost {
            Lost::Days(days) => words(&["--to", &back(&tour["depart"], -i64::from(*days))]),
            Lost::Suspend => words(&["--suspend"]),
            Lost::Cancel => words(&["--cancel"]),
            Lost::Van => words(&["--without", &tour["van"]]),
            Lost::Person(who) => words(&["--without", &who.get(&of_tour("crew.csv"))["person"]]),
            Lost::Point(which) => {
                words(&["--close-point", &which.get(&of_tour("visits.csv"))["point"]])
            }
        }
    }
}

fn again() -> Vec<String> {
    words(&["plan", "--replan", "--effort", "60", "--quiet"])
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Days from one ISO date to another.
fn between(first: &str, last: &str) -> i64 {
    let date = |text: &str| -> chrono::NaiveDate { text.parse().expect("a date") };
    (date(last) - date(first)).num_days()
}

/// So many days before an ISO date.
fn back(date: &str, days: i64) -> String {
    let date: chrono::NaiveDate = date.parse().expect("a date");
    (date - chrono::Duration::days(days)).to_string()
}

#[test]
#[expect(clippy::print_stdout, reason = "a campaign says what it tried")]
fn every_random_month_keeps_every_rule_to_its_end() {
    let (mut runner, cases) = runner(3);
    let done: RefCell<BTreeMap<String, u32>> = RefCell::default();
    let lives = (workspaces(), prop::collection::vec(event(), 5..10));
    runner
        .run(&lives, |(drawn, events)| {
            in_a_workspace("random_lives", &drawn, |root| {
                let Some(mut life) = Life::begin(root) else {
                    // What has no plan is the other test's matter (random_workspaces).
                    return Ok(());
                };
                for event in &events {
                    if life.happens(event)? {
                        let name = format!("{event:?}");
                        let name = name.split('(').next().unwrap_or_default().to_owned();
                        *done.borrow_mut().entry(name).or_default() += 1;
                    }
                }
                Ok(())
            })
        })
        .unwrap_or_else(|why| panic!("{why}"));
    let done = done.borrow();
    let total: u32 = done.values().sum();
    println!("{cases} months: {done:?}");
    assert!(total >= cases * 2, "steps done in {cases} months: {done:?}");
    assert!(
        done.contains_key("Calls") && done.contains_key("Move"),
        "{done:?}"
    );
}

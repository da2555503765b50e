//! Commands: one file each. The only room that prints, reads the environment and knows a terminal.

mod approve;
mod by_hand;
mod calibrate;
mod check;
mod close;
mod confirm;
mod diff;
mod due;
mod ending;
mod explain;
#[cfg(test)]
mod faults;
mod init;
mod learn;
mod long_files;
mod make;
mod moving;
mod outlook;
mod output;
mod pages;
mod parts;
mod pdf;
mod plan;
mod purge;
mod receive;
mod republish;
mod roads;
mod rollup;
mod schema;
mod sheets;
mod shell;
mod show;
mod solve;
mod status;
mod timings;
mod verify;
mod what_if;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::domain::{Date, Month, Settings, sha256_hex};
use crate::findings::{Failure, Finding, Lang};
use crate::ingest::{Ingested, ReadOptions, encoding_named, read_learned, read_workspace};
use crate::learn::{LEARNED, Learned};
use crate::place::{GazetteerChoice, Matcher, to_wgs84};
use crate::workspace::Workspace;
use output::Output;

/// Plans a vehicle dealer's proactive touring service for a month: which counties and service points, on
/// which days, who goes, who is called when, and which parts to bring. 主动巡回服务月度计划
#[derive(Parser, Debug)]
#[command(name = "tourplan", version, max_term_width = 100, after_help = EXAMPLES)]
struct Args {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "Examples:
  tourplan plan -C sample-data/hunan
  tourplan check -C my-dealer --lang en

Exit status: 0 done · 1 failed while running · 2 wrong usage · 3 an input cannot be used · 4 no plan";

/// Options of every command.
#[derive(clap::Args, Debug, Clone)]
struct Common {
    /// The workspace folder
    #[arg(
        short = 'C',
        long = "dir",
        global = true,
        value_name = "DIR",
        default_value = "."
    )]
    dir: PathBuf,
    /// Result as JSON on stdout, for scripts
    #[arg(long, global = true)]
    json: bool,
    /// Language: zh-CN or en (default: tour.toml, else the locale)
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<String>,
    /// Only errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say what would be written, write nothing
    #[arg(long, global = true)]
    dry_run: bool,
    /// Seed of the search
    #[arg(long, global = true, value_name = "N")]
    seed: Option<u64>,
    /// Take this day for today, yyyy-mm-dd
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,
    /// Encoding of population files that do not state theirs: utf-8, gb18030, big5 …
    #[arg(long, global = true, value_name = "NAME")]
    encoding: Option<String>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// A workspace to start from
    Init(init::Args),
    /// Read all inputs; say what was repaired, merged, ignored, rejected, and what is missing on whom
    Check(check::Args),
    /// Predict, choose areas and points, make tours, stage parts, crew; write the documents
    Plan(plan::Args),
    /// Record a signature over exactly this order or tour
    Approve(approve::Args),
    /// Filled job sheets read in, day by day or at the end: incidents, hand-overs, returns, follow-ups, figures
    Close(close::Args),
    /// The pre-staged parts list and sourcing again, on today's stock, without replanning
    Parts(parts::Args),
    /// Read filled call sheets: slots booked, kits, crew and orders firmed up, reminders and estimates
    Confirm(confirm::Args),
    /// Read filled goods-received sheets; what is short or late, and whom to call
    Receive(receive::Args),
    /// Move, suspend, resume or cancel a tour; a van, a person or a point lost: change notices, nothing else moves
    Move(moving::Args),
    /// Fit wear, use and coming from history and closed tours; proposals, nothing changed unasked
    Learn(learn::Args),
    /// What is to be done today
    Due(due::Args),
    /// Remove call data after the retention time
    Purge(purge::Args),
    /// Every page of the month as a PDF, for sending by chat
    Pdf(pdf::Args),
    /// The plan in the terminal
    Show(show::Args),
    /// Why: a vehicle, part, person, point, visit, tour, item, day, or a deferred customer
    Explain(explain::Args),
    /// Several months or dealers as one parts requirement, calendar and table of figures
    Rollup(rollup::Args),
    /// What differs between two plans: figures, tours, vehicles, parts, orders
    Diff(diff::Args),
    /// Fit the estimate of road distances and times to measured drives; proposes settings, changes nothing
    Calibrate(calibrate::Args),
    /// Every rule a plan must keep, computed again from the written files
    Verify(verify::Args),
    /// Formats: settings, columns, plan, findings
    Schema(schema::Args),
    /// Completions for a shell
    Completions(shell::Args),
    /// The manual pages
    Man(shell::ManArgs),
    /// One planning question alone, for experts
    Solve(solve::Args),
}

/// Parses the command line, runs the command, prints what went wrong.
pub fn run() -> ExitCode {
    ExitCode::from(done(&Args::parse()))
}

/// Runs one command and gives its exit status.
fn done(args: &Args) -> u8 {
    let mut output = Output::new(&args.common);
    let result = match &args.command {
        None => status::run(&args.common, &mut output),
        Some(Command::Init(own)) => init::run(own, &args.common, &mut output),
        Some(Command::Check(own)) => check::run(own, &args.common, &mut output),
        Some(Command::Plan(own)) => plan::run(own, &args.common, &mut output),
        Some(Command::Approve(own)) => approve::run(own, &args.common, &mut output),
        Some(Command::Close(own)) => close::run(own, &args.common, &mut output),
        Some(Command::Parts(own)) => parts::run(own, &args.common, &mut output),
        Some(Command::Confirm(own)) => confirm::run(own, &args.common, &mut output),
        Some(Command::Receive(own)) => receive::run(own, &args.common, &mut output),
        Some(Command::Move(own)) => moving::run(own, &args.common, &mut output),
        Some(Command::Learn(own)) => learn::run(own, &args.common, &mut output),
        Some(Command::Due(own)) => due::run(own, &args.common, &mut output),
        Some(Command::Purge(own)) => purge::run(own, &args.common, &mut output),
        Some(Command::Pdf(own)) => pdf::run(own, &args.common, &mut output),
        Some(Command::Show(own)) => show::run(own, &args.common, &mut output),
        Some(Command::Explain(own)) => explain::run(own, &args.common, &mut output),
        Some(Command::Rollup(own)) => rollup::run(own, &args.common, &mut output),
        Some(Command::Diff(own)) => diff::run(own, &args.common, &mut output),
        Some(Command::Calibrate(own)) => calibrate::run(own, &args.common, &mut output),
        Some(Command::Verify(own)) => verify::run(own, &args.common, &mut output),
        Some(Command::Schema(own)) => schema::run(own, &mut output),
        Some(Command::Completions(own)) => shell::completions(own, &mut output),
        Some(Command::Man(own)) => shell::man(own, &args.common, &mut output),
        Some(Command::Solve(own)) => solve::run(own, &args.common, &mut output),
    };
    result.unwrap_or_else(|failure| {
        output.failure(&failure);
        failure.kind.exit_status()
    })
}

/// Months and lead times are counted on from today: at the calendar's end there is nothing to count.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9900;

/// An opened workspace with the day and month filled in.
struct Opened {
    workspace: Workspace,
    today: Date,
    month: Month,
    encoding: Option<&'static encoding_rs::Encoding>,
    /// Accepted values, laid over the settings already and over the tables when they are read.
    learned: Learned,
    /// The hash of learned.csv, where there is one.
    learned_hash: Option<String>,
    roads: roads::RoadBook,
    /// Prints PDFs beside the pages, where asked for.
    printer: Option<pdf::Printer>,
}

impl Opened {
    /// Opens the workspace and settles language, day and month.
    fn new(common: &Common, month: Option<&str>, output: &mut Output) -> Result<Self, Failure> {
        let mut workspace = Workspace::open(&common.dir)?;
        output.settle_lang(workspace.settings.lang.as_deref());
        let today = match &common.today {
            Some(text) => {
                Date::parse_iso(text).ok_or_else(|| wrong(text, "--today", "yyyy-mm-dd"))?
            }
            None => workspace
                .settings
                .today
                .unwrap_or_else(Date::today_on_this_machine),
        };
        let month = match month.or(workspace.settings.month.as_deref()) {
            Some(text) => Month::parse(text).ok_or_else(|| wrong(text, "--month", "yyyy-mm"))?,
            None => Month::of(today).next(),
        };
        let expected = "a day from 1900 to 9900";
        if !YEARS.contains(&today.year()) {
            return Err(wrong(&today.to_string(), "--today, today", expected));
        }
        if !YEARS.contains(&month.first().year()) {
            return Err(wrong(&month.to_string(), "--month, month", expected));
        }
        let encoding = match &common.encoding {
            Some(name) => Some(
                encoding_named(name)
                    .ok_or_else(|| wrong(name, "--encoding", "utf-8, gb18030, gbk, big5 …"))?,
            ),
            None => None,
        };
        workspace.settings.today = Some(today);
        workspace.settings.month = Some(month.to_string());
        let bytes = crate::workspace::read_if_there(&workspace.root.join(LEARNED))?;
        let learned = match &bytes {
            Some(bytes) => {
                let (rows, findings) = read_learned(bytes, LEARNED)?;
                Learned::of(rows, findings)
            }
            None => Learned::default(),
        };
        learned.lay_over_rates(&mut workspace.settings.predict);
        Ok(Self {
            learned,
            learned_hash: bytes.as_deref().map(sha256_hex),
            roads: roads::RoadBook::new(&workspace.root, common),
            printer: None,
            workspace,
            today,
            month,
            encoding,
        })
    }

    /// Likewise, and every page it publishes is printed as a PDF too where `asked`.
    fn printing(mut self, asked: pdf::Asked) -> Result<Self, Failure> {
        self.printer = asked.printer()?;
        Ok(self)
    }

    /// PDFs beside the pages of a folder that is about to be published, where they are asked for.
    fn add_pdfs(
        &self,
        files: &mut BTreeMap<String, Vec<u8>>,
        made_on: Date,
        output: &mut Output,
    ) -> Result<(), Failure> {
        pdf::forget(files);
        if let Some(printer) = &self.printer {
            printer.add(files, made_on, &|_| true, output)?;
        }
        Ok(())
    }

    fn settings(&self) -> &Settings {
        &self.workspace.settings
    }

    /// The dealer's own gazetteer, where there is one, else the built-in one.
    fn places<'m>(&self, own: Option<&'m Matcher<'m>>) -> &'m Matcher<'m> {
        let choice = GazetteerChoice::of(&self.settings().place.gazetteer);
        own.unwrap_or_else(|| Matcher::builtin(choice))
    }

    /// The files of the month's plan as it stands; none where there is no plan yet.
    fn last_plan(&self) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        if self.workspace.has_plan(self.month)? {
            self.workspace.read_plan(self.month)
        } else {
            Ok(BTreeMap::new())
        }
    }

    /// Reads every table; what was learnt and accepted lies over it.
    fn read(&self, extra: &[PathBuf]) -> Result<Ingested, Failure> {
        let options = ReadOptions {
            extra,
            encoding: self.encoding,
            to_wgs84: &|datum, at| to_wgs84(at, datum),
        };
        // Places are looked up next: the built-in names are put in order meanwhile.
        if !self.workspace.has_gazetteer() {
            let choice = GazetteerChoice::of(&self.settings().place.gazetteer);
            rayon::spawn(move || {
                Matcher::builtin(choice);
            });
        }
        let mut ingested = read_workspace(&self.workspace.root, self.settings(), options)?;
        let said = self.learned.lay_over(&mut ingested.tables.catalogue);
        ingested.findings.extend(said);
        if let Some(hash) = &self.learned_hash {
            ingested.files.push((LEARNED.to_owned(), hash.clone()));
            ingested.files.sort();
        }
        Ok(ingested)
    }
}

fn wrong(value: &str, key: &str, expected: &str) -> Failure {
    Failure::usage(
        Finding::new("C008")
            .value(value)
            .arg("key", key)
            .arg("expected", expected),
    )
}

/// Reads a file, `-` = stdin.
fn read_input(path: &Path) -> Result<Vec<u8>, Failure> {
    if path.as_os_str() == "-" {
        use std::io::Read as _;
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| crate::workspace::io_failure(path, &error))?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(|error| {
        Failure::input(
            Finding::new("C007")
                .in_file(path.display().to_string())
                .arg("message", error),
        )
    })
}

/// The language of the machine.
fn locale() -> Option<Lang> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::parse(&value))
}

//! Making a month's plan from the tables and all that is known of the month, and publishing it whole: the one
//! way for `plan` and for every command that takes the customers' answers.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::ending::{end_tours, know_walk_ins, tables_of_ends};
use super::long_files::{CUSTOMERS, LongFiles, PLAN};
use super::output::Output;
use super::roads::progress_text;
use super::{Common, Opened, pages};
use crate::domain::{Month, Phones};
use crate::findings::Failure;
use crate::ingest::Ingested;
use crate::month::moving::Moving;
use crate::month::{
    CHANGES, Event, FILLED, Filled, JOURNAL, Journal, Refusals, Renewal, SIGNED, TableHashes, book,
    changes_table, consents, first_seen, out_with_tours, renew, schedule, seen, supply_now,
};
use crate::place::Matcher;
use crate::plan::files;
use crate::plan::model::{Plan, Unread, Use, read_plan};
use crate::plan::pipeline::{
    Given, Outcome, PlanInputs, Step, fingerprint_and_vehicles, plan_month,
};

/// What the month knows so far.
pub(super) struct Known {
    /// The plan as it stands, or why it cannot be read; `None` before the first one.
    plan: Option<Result<Arc<Plan>, Unread>>,
    /// What is still asked of its folder: what was signed, and problem.json.
    pub(super) folder: BTreeMap<String, Vec<u8>>,
    /// Its journal, with what was just read in.
    pub(super) journal: Journal,
    /// What filled sheets said, with what was just read in.
    pub(super) filled: Filled,
    /// The workspace's consents.csv, with what was just told.
    pub(super) consents: Option<Vec<u8>>,
    /// Whether something was just told: then it is written beside the plan.
    pub(super) has_new_consents: bool,
    /// The change of a tour that is being planned.
    pub(super) moving: Option<Moving>,
}

impl Known {
    /// Reads what stands in the month's folder and beside it; says where the clock stands before it.
    pub(super) fn of(
        opened: &Opened,
        mut folder: BTreeMap<String, Vec<u8>>,
        output: &Output,
    ) -> Result<Self, Failure> {
        let path = opened.workspace.root.join(consents::CONSENTS);
        let consents = crate::workspace::read_if_there(&path)?;
        let journal = Journal::read(folder.get(JOURNAL).map(Vec::as_slice))?;
        output.findings(journal.clock(opened.today).as_slice());
        let filled = Filled::read(folder.get(FILLED).map(Vec::as_slice))?;
        let plan = folder
            .remove("plan.json")
            .map(|bytes| read_plan(&bytes, Use::Writing).map(Arc::new));
        // The documents are made anew.
        folder.retain(|name, _| name.starts_with(SIGNED) || name == "problem.json");
        Ok(Self {
            consents,
            has_new_consents: false,
            moving: None,
            journal,
            filled,
            plan,
            folder,
        })
    }

    /// Whether there is a plan, readable or not.
    pub(super) fn has_plan(&self) -> bool {
        self.plan.is_some()
    }

    /// The last plan, where there is one that can be read: a damaged one is replaced by the new one.
    ///
    /// # Errors
    /// Status 3 where a newer version of the tool made it: replacing it would lose what only that version knows.
    pub(super) fn last(&self) -> Result<Option<Arc<Plan>>, Failure> {
        match &self.plan {
            Some(Ok(plan)) => Ok(Some(plan.clone())),
            Some(Err(newer @ Unread::Newer(_))) => Err(Failure::input(newer.finding("plan.json"))),
            Some(Err(Unread::Broken(_))) | None => Ok(None),
        }
    }

    /// The plan that a command goes on with.
    ///
    /// # Errors
    /// Status 3 where it cannot be read.
    pub(super) fn plan(&self, month: Month) -> Result<Arc<Plan>, Failure> {
        let unread = match &self.plan {
            Some(Ok(plan)) => return Ok(plan.clone()),
            Some(Err(unread)) => unread,
            None => &Unread::Broken(0),
        };
        Err(Failure::input(unread.finding(&month.to_string())))
    }
}

/// How hard to search.
#[derive(Clone, Copy, Default)]
pub(super) struct Effort<'a> {
    /// Iterations; `None` = by the size of the region.
    pub(super) iterations: Option<u64>,
    /// Asked between iterations.
    pub(super) stop: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// Plans, keeps what signatures still cover, writes every file. With `given` the tours stand as they are.
pub(super) fn make(
    opened: &Opened,
    common: &Common,
    mut ingested: Ingested,
    mut known: Known,
    given: Option<&Given<'_>>,
    effort: Effort<'_>,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let mut said = opened.workspace.findings.clone();
    // What customers said about calls, texts and hand-overs in any month counts over the population's columns.
    let (words, unreadable) = known
        .consents
        .as_deref()
        .map(consents::read)
        .unwrap_or_default();
    consents::apply(&words, &mut ingested.tables.vehicles);
    said.extend(unreadable);
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    let places = opened.places(own.as_ref());
    // The tables as they are, and the month's own orders beside them.
    let tables = ingested.tables.supply.clone();
    let hashes = TableHashes::of(&ingested.files);
    let last = known.last()?;
    let last = last.as_deref();
    let out = out_with_tours(last, &hashes, opened.today);
    let since = first_seen(last, &hashes, opened.today);
    let had = given.map(|given| given.last).or(last);
    let mut long = LongFiles::of(opened, had, common.dry_run);
    let now = supply_now(&tables, &known.journal, &hashes, &out, opened.today);
    ingested.tables.supply = now.supply;
    let mut outcome = {
        let shown = Mutex::new(&mut *output);
        plan_month(&PlanInputs {
            ingested: &ingested,
            settings: opened.settings(),
            places,
            month: opened.month,
            today: opened.today,
            seed: common.seed.unwrap_or(opened.settings().seed),
            effort: effort.iterations,
            given,
            stop: effort.stop,
            roads: Some(&|wanted| {
                let told = |done, of| {
                    let mut output = shown.lock().unwrap_or_else(PoisonError::into_inner);
                    let text = progress_text(&output, done, of);
                    output.step(text);
                };
                opened.roads.answers(opened.settings(), wanted, &told)
            }),
            rows: Some(&|bytes| long.take(CUSTOMERS, bytes)),
            progress: &|step| {
                let mut output = shown.lock().unwrap_or_else(PoisonError::into_inner);
                let text = step_text(&output, step);
                output.step(text);
            },
        })?
    };
    output.step(step_text(output, Step::Documents));
    long.end(CUSTOMERS);
    outcome.plan.orders = book(&known.journal);
    outcome.plan.supply = seen(&outcome.plan, &tables, &hashes, &out, (since, opened.today));
    outcome.plan.findings.extend(now.findings);
    if let Some(last) = had {
        outcome.plan.changes.clone_from(&last.changes);
        outcome.plan.closings.clone_from(&last.closings);
    }
    if let Some(moving) = known.moving.take() {
        let change = moving.complete(&mut outcome.plan, &ingested.tables.crew)?;
        known.journal.add(opened.today, Event::Changed { change });
    }
    remind(&mut outcome, last, &ingested, opened);
    let (plan, vehicles) = fingerprint_and_vehicles(&mut outcome.plan);
    outcome.plan.id.clone_from(&plan);
    let renewal = renew(&mut outcome.plan, &known.journal, &known.folder)?;
    known.journal.add(opened.today, Event::Planned { plan });
    ingested.tables.supply = tables;
    let mut written = folder_of(
        &mut outcome,
        &ingested,
        &mut known,
        (&renewal, vehicles),
        (opened, &mut long),
        output,
    )?;
    long.put_into(&mut written);
    if !common.dry_run {
        opened.add_pdfs(&mut written, outcome.plan.today, output)?;
        output.step(output.pick("writing", "写入").to_owned());
        // First: once the month is published its sheets are read in, and a refusal would not be written again.
        if let Some(bytes) = known.consents.filter(|_| known.has_new_consents) {
            let path = opened.workspace.root.join(consents::CONSENTS);
            crate::workspace::write_private(&path, &bytes)?;
        }
        long.publish(&written)?;
    }
    output.done();
    if common.dry_run {
        for (name, bytes) in &written {
            output.say(&format!("{name} {}", bytes.len()));
        }
    }
    said.extend(opened.roads.said());
    output.findings(&said);
    output.findings(&ingested.findings);
    output.findings(&outcome.plan.findings);
    // The process ends soon: taking a million vehicles apart one by one would only take time.
    std::mem::forget(ingested);
    Ok(outcome)
}

/// Every file of the month's folder but the long ones: plan.json is written here, the customers' rows are read where tours
/// have ended. `vehicles` are the plan's as plan.json has them.
fn folder_of(
    outcome: &mut Outcome,
    ingested: &Ingested,
    known: &mut Known,
    (renewal, vehicles): (&Renewal, Vec<Vec<u8>>),
    (opened, long): (&Opened, &mut LongFiles<'_>),
    output: &Output,
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let lang = output.lang();
    let plan = &mut outcome.plan;
    if !plan.closings.is_empty() {
        let roads = files::road_files(&outcome.problem, long.kept(CUSTOMERS))?;
        let none = BTreeSet::new();
        end_tours(plan, &roads, opened, &ingested.tables, &known.filled, &none);
        know_walk_ins(&mut outcome.contacts, plan, &ingested.tables);
    }
    let parts = files::plan_json_parts(plan, vehicles)?;
    let long = &*long;
    let write_plan = || {
        let mut parts = parts.into_iter();
        parts.try_for_each(|part| long.take(PLAN, &part))?;
        long.end(PLAN);
        Ok(())
    };
    let outcome = &*outcome;
    let (plan, contacts) = (&outcome.plan, &outcome.contacts);
    let (filled, templates) = (&known.filled, opened.workspace.templates());
    let ((whole, tables), pages) = rayon::join(
        || rayon::join(write_plan, || files::written(outcome, ingested, lang)),
        || pages::of(plan, contacts, filled, &templates, lang),
    );
    whole?;
    let mut written = tables?;
    written.extend(tables_of_ends(plan, lang));
    let pages = pages?.into_iter().map(|page| (page.path, page.bytes));
    written.extend(pages);
    let signed = std::mem::take(&mut known.folder).into_iter();
    written.extend(signed.filter(|(name, _)| name.starts_with(SIGNED)));
    written.insert(JOURNAL.to_owned(), known.journal.written()?);
    if known.filled != Filled::default() {
        written.insert(FILLED.to_owned(), known.filled.written()?);
    }
    if !renewal.changes.is_empty() {
        written.insert(CHANGES.to_owned(), changes_table(&renewal.changes));
    }
    Ok(written)
}

/// Messages to booked customers; those of the last plan that lay before today stay as they were sent.
fn remind(outcome: &mut Outcome, last: Option<&Plan>, ingested: &Ingested, opened: &Opened) {
    let phones = |vehicle: &str| {
        let numbers = outcome.contacts.get(vehicle).map(|line| &line.phones);
        Phones::of(numbers.into_iter().flatten().map(String::as_str))
    };
    let tables = &ingested.tables;
    // Looked for where somebody is booked only.
    let refusing = LazyCell::new(|| Refusals::of(&tables.vehicles));
    let refusals = |vehicle: &str| {
        let known = tables.by_id(vehicle);
        let refused = known.and_then(|known| refusing.get(&known.contact_key()));
        refused.copied().unwrap_or_default()
    };
    let sent = last.map_or(&[][..], |last| last.reminders.as_slice());
    let calendar = &tables.calendar;
    let (plan, today) = (&outcome.plan, opened.today);
    let (reminders, findings) = schedule(plan, &phones, &refusals, sent, calendar, today);
    outcome.plan.reminders = reminders;
    outcome.plan.findings.extend(findings);
}

fn step_text(output: &Output, step: Step) -> String {
    match step {
        Step::Region => output.pick("places and predictions", "定位与预测"),
        Step::Tours => output.pick("choosing tours", "选择巡回路线"),
        Step::Parts => output.pick("crew and parts", "人员与配件"),
        Step::Outlook => output.pick("other sizes and rates", "比较其他规模与假设"),
        Step::Documents => output.pick("documents", "生成单据"),
    }
    .to_owned()
}

//! A plan changed after it was made: read, sources sought again, published whole. For every command that takes
//! the month a step further.

use std::collections::BTreeMap;

use super::output::Output;
use super::{Common, Opened, pages};
use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::ingest::Ingested;
use crate::month::{
    CHANGES, Change, FILLED, Filled, JOURNAL, Journal, TableHashes, book, changes_table,
    first_seen, out_with_tours, seen, supply_now,
};
use crate::plan::files;
use crate::plan::model::{Plan, Use};
use crate::plan::pipeline::fingerprint;
use crate::stage::net;

/// A month's folder, opened to be changed.
pub(super) struct Month {
    /// Every file, by its path in the folder.
    pub(super) folder: BTreeMap<String, Vec<u8>>,
    /// plan.json.
    pub(super) plan: Plan,
    /// What came to pass so far.
    pub(super) journal: Journal,
}

impl Month {
    /// Reads the month; says where the clock stands before it. The caller holds the lock.
    pub(super) fn open(opened: &Opened, output: &Output) -> Result<Self, Failure> {
        let folder = opened.workspace.read_plan(opened.month)?;
        let plan = super::show::plan_of(&folder, opened.month, Use::Writing)?;
        let journal = Journal::read(folder.get(JOURNAL).map(Vec::as_slice))?;
        output.findings(journal.clock(opened.today).as_slice());
        Ok(Self {
            folder,
            plan,
            journal,
        })
    }

    /// Writes plan, journal, the tables that follow from orders, and every page, in place of the folder as it
    /// was; `open` are the changes no signature covers yet. With `--dry-run` nothing is written.
    pub(super) fn publish(
        mut self,
        open: &[(String, Change)],
        opened: &Opened,
        common: &Common,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let folder = &mut self.folder;
        // Pages that are there only while they say something.
        folder.retain(|name, _| !crate::documents::PASSING.contains(&name.as_str()));
        folder.remove(CHANGES);
        if !open.is_empty() {
            folder.insert(CHANGES.to_owned(), changes_table(open));
        }
        folder.insert(JOURNAL.to_owned(), self.journal.written()?);
        folder.insert("plan.json".to_owned(), files::plan_json(&self.plan)?);
        folder.extend(files::goods_tables(&self.plan));
        let contacts = folder.get("private/contacts.csv").map(Vec::as_slice);
        let contacts = files::read_contacts(contacts.unwrap_or_default())?;
        let filled = Filled::read(folder.get(FILLED).map(Vec::as_slice))?;
        let templates = opened.workspace.templates();
        for page in pages::of(&self.plan, &contacts, &filled, &templates, output.lang())? {
            folder.insert(page.path, page.bytes);
        }
        if common.dry_run {
            return Ok(());
        }
        opened.add_pdfs(folder, self.plan.today, output)?;
        opened.workspace.publish(opened.month, folder)
    }
}

/// Codes said anew whenever sources are sought.
const OF_SOURCES: [&str; 3] = ["P010", "M028", "M032"];

/// Seeks the sources of the plan's kits again, in the tables as they are now with the order book beside them.
/// Parts, sourcing, orders, what was seen of the tables and the plan's id change; kits and tours do not.
pub(super) fn source_again(
    plan: &mut Plan,
    journal: &Journal,
    ingested: &Ingested,
    today: Date,
) -> Vec<Finding> {
    let tables = &ingested.tables;
    let hashes = TableHashes::of(&ingested.files);
    let out = out_with_tours(Some(plan), &hashes, today);
    let since = first_seen(Some(plan), &hashes, today);
    let mut now = supply_now(&tables.supply, journal, &hashes, &out, today);
    let jobs = crate::plan::jobs::jobs(plan, &tables.vans);
    let netted = net(
        &jobs,
        &plan.kit,
        &tables.catalogue,
        &now.supply,
        &tables.calendar,
        today,
    );
    plan.parts = netted.parts;
    plan.sourcing = netted.sourcing;
    plan.orders = book(journal);
    plan.supply = seen(plan, &tables.supply, &hashes, &out, (since, today));
    for input in &mut plan.inputs {
        let now = ingested.files.iter().find(|(file, _)| *file == input.file);
        if let Some((_, sha256)) = now.filter(|_| sought_in(&input.file)) {
            input.sha256.clone_from(sha256);
        }
    }
    let mut findings = netted.findings;
    findings.append(&mut now.findings);
    plan.findings
        .retain(|finding| !OF_SOURCES.contains(&finding.code.as_str()));
    plan.findings.extend(findings.iter().cloned());
    plan.id = fingerprint(plan);
    findings
}

/// Whether sources are sought in this table.
fn sought_in(file: &str) -> bool {
    ["stock.", "peers.", "suppliers."]
        .iter()
        .any(|table| file.starts_with(table))
}

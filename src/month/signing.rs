//! What a signature covers: the forecast order, or one tour, as lists of lines.
//!
//! A signature is the SHA-256 of these lists' bytes; they stay in the plan folder as they were signed, so
//! that anyone can compare and a later difference can be shown line by line. Figures stand in them as the
//! documents print them: what nobody can see on a page is no change.

use std::collections::BTreeMap;

use super::difference::{Change, difference};
use super::journal::{Event, Journal};
use crate::domain::{Date, sha256_hex};
use crate::findings::{Failure, Finding};
use crate::plan::files::Table;
use crate::plan::model::{ORDERS, Plan, Signature, Status};

/// Name → text of one line.
pub type Fields = BTreeMap<String, String>;

/// List → key → fields.
pub type Content = BTreeMap<String, BTreeMap<String, Fields>>;

/// What changed since it was signed; a file of the plan folder, there only while something did.
pub const CHANGES: &str = "approval-changes.csv";

/// Where in a plan folder the signed lists stand.
pub const SIGNED: &str = "signed/";

/// Where the content of a signature lies in the plan folder.
pub fn signed_file(covers: &str) -> String {
    format!("{SIGNED}{covers}.json")
}

/// What is to be signed: `orders`, or a tour's id; `None` where the plan has no such tour.
pub fn content(plan: &Plan, covers: &str) -> Option<Content> {
    if covers == ORDERS {
        Some(order(plan))
    } else {
        tour(plan, covers)
    }
}

/// The bytes a signature covers, and their SHA-256.
///
/// # Errors
/// Status 1 where they cannot be written as JSON.
pub fn seal(content: &Content) -> Result<(Vec<u8>, String), Failure> {
    let mut bytes = serde_json::to_vec_pretty(content)
        .map_err(|error| Failure::running(Finding::new("C003").arg("message", error)))?;
    bytes.push(b'\n');
    let sha256 = sha256_hex(&bytes);
    Ok((bytes, sha256))
}

/// Signs: the signature stands in the plan and in the journal; returns the bytes it covers.
///
/// # Errors
/// Status 3 where the plan has no such tour.
pub fn sign(
    plan: &mut Plan,
    journal: &mut Journal,
    covers: &str,
    by: &str,
    on: Date,
) -> Result<Vec<u8>, Failure> {
    let Some(content) = content(plan, covers) else {
        let tours: Vec<&str> = plan.tours.iter().map(|tour| tour.id.as_str()).collect();
        let finding = Finding::new("M002").value(covers);
        return Err(Failure::input(finding.arg("tours", tours.join(", "))));
    };
    let (bytes, sha256) = seal(&content)?;
    let signature = Signature {
        by: by.to_owned(),
        on,
        sha256: sha256.clone(),
    };
    plan.approvals.insert(covers.to_owned(), signature);
    plan.findings
        .retain(|finding| !STALE.contains(&finding.code.as_str()) || finding.value != covers);
    journal.add(
        on,
        Event::Approved {
            covers: covers.to_owned(),
            by: by.to_owned(),
            sha256,
            plan: plan.id.clone(),
        },
    );
    Ok(bytes)
}

/// The codes that say a signature no longer holds.
const STALE: [&str; 2] = ["M003", "M004"];

/// What became of the signatures on another plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renewal {
    /// What differs, by what was signed.
    pub changes: Vec<(String, Change)>,
    /// One finding for each signature that no longer holds.
    pub findings: Vec<Finding>,
}

/// Keeps the signatures whose content is still the same; the others are asked for again, with what
/// changed. `signed` holds the contents as they were signed.
///
/// # Errors
/// Status 3 where a signed content cannot be read back.
pub fn renew(
    plan: &mut Plan,
    journal: &Journal,
    signed: &BTreeMap<String, Vec<u8>>,
) -> Result<Renewal, Failure> {
    let mut renewal = Renewal::default();
    plan.approvals.clear();
    plan.findings
        .retain(|finding| !STALE.contains(&finding.code.as_str()));
    for (covers, signature) in journal.signatures() {
        let lapsed = |code: &str| {
            Finding::new(code)
                .value(covers)
                .arg("by", &signature.by)
                .arg("on", signature.on)
        };
        let Some(now) = content(plan, covers) else {
            renewal.findings.push(lapsed("M004"));
            continue;
        };
        if seal(&now)?.1 == signature.sha256 {
            plan.approvals.insert(covers.to_owned(), signature);
            continue;
        }
        let changes = difference(&as_signed(covers, signed)?, &now);
        renewal
            .findings
            .push(lapsed("M003").arg("changes", changes.len()));
        let of_this = changes
            .into_iter()
            .map(|change| (covers.to_owned(), change));
        renewal.changes.extend(of_this);
    }
    plan.findings.extend(renewal.findings.iter().cloned());
    Ok(renewal)
}

/// The changes as a table.
pub fn changes_table(changes: &[(String, Change)]) -> Vec<u8> {
    let mut table = Table::new(&["approval", "list", "key", "field", "before", "after"]);
    for (covers, change) in changes {
        table.row(&[
            covers.clone(),
            change.list.clone(),
            change.key.clone(),
            change.field.clone(),
            change.before.clone(),
            change.after.clone(),
        ]);
    }
    table.finish()
}

fn as_signed(covers: &str, signed: &BTreeMap<String, Vec<u8>>) -> Result<Content, Failure> {
    let file = signed_file(covers);
    let bytes = signed.get(&file).map_or(&[][..], Vec::as_slice);
    serde_json::from_slice(bytes).map_err(|error| {
        let finding = Finding::new("M001").in_file(file);
        Failure::input(finding.arg("line", error.line()).arg("message", error))
    })
}

/// What is ordered and transferred, whether placed already or still to be: not what lies on the shelf, which
/// changes every day. What is placed moves from the plan's lines into the book and changes no line here; pieces
/// nobody needs any more are left out, so that a smaller need asks again as a larger one does.
fn order(plan: &Plan) -> Content {
    let mut lists = Lists::default();
    for ((part, source, supplier, mode, to), qty) in super::orders::ordered_pieces(plan) {
        let key = [&part, source.key(), &supplier, &mode, &to];
        lists.line("sourcing", &key, &[("qty", qty.to_string())]);
    }
    let mut short: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for line in plan.sourcing.iter().filter(|line| !line.feasible) {
        *short.entry((&line.part, &line.tour)).or_default() += line.qty;
    }
    for ((part, tour), qty) in short {
        lists.line("short", &[part, tour], &[("qty", qty.to_string())]);
    }
    lists.0
}

/// Where a tour goes, when, who goes, for whom, what it costs and carries.
fn tour(plan: &Plan, id: &str) -> Option<Content> {
    let tour = plan.tour(id)?;
    let mut lists = Lists::default();
    lists.line(
        "tour",
        &[id],
        &[
            ("team", tour.team.clone()),
            ("van", tour.van.clone()),
            ("leader", tour.leader.clone()),
            ("depart", tour.depart.to_string()),
            ("return", tour.ret.to_string()),
            ("km", format!("{:.0}", tour.km)),
            ("nights", tour.nights.to_string()),
            ("cost", tour.cost.total().plain()),
            ("expected_income", tour.expected_income.plain()),
        ],
    );
    for visit in plan.visits_of(id) {
        let fields = [
            ("point", visit.point.clone()),
            ("first_day", visit.first_day.to_string()),
            ("last_day", visit.last_day.to_string()),
        ];
        lists.line("visits", &[&visit.id], &fields);
    }
    for duty in plan.crew.iter().filter(|duty| duty.tour == id) {
        let fields = [("role", duty.role.clone()), ("driver", yes(duty.driver))];
        lists.line("crew", &[&duty.date.to_string(), &duty.person], &fields);
    }
    for line in plan.tools.iter().filter(|line| line.tour == id) {
        lists.line("tools", &[&line.tool], &[("qty", line.qty.to_string())]);
    }
    for line in plan.kit.iter().filter(|line| line.tour == id) {
        let fields = [("qty", line.qty.to_string())];
        lists.line("kit", &[&line.visit, &line.vehicle, &line.part], &fields);
    }
    let placed =
        |one: &&crate::plan::model::CalledVehicle| one.tour == id && one.status == Status::Visit;
    for one in plan.vehicles.iter().filter(placed) {
        lists.line("vehicles", &[&one.vehicle], &[("visit", one.visit.clone())]);
    }
    Some(lists.0)
}

#[derive(Default)]
struct Lists(Content);

impl Lists {
    /// Adds a line; a second one of the same key stands beside the first, numbered.
    fn line(&mut self, list: &str, key: &[&str], fields: &[(&str, String)]) {
        let lines = self.0.entry(list.to_owned()).or_default();
        let parts: Vec<&str> = key
            .iter()
            .copied()
            .filter(|part| !part.is_empty())
            .collect();
        let first = parts.join(" / ");
        let mut key = first.clone();
        let mut number = 1;
        while lines.contains_key(&key) {
            number += 1;
            key = format!("{first} #{number}");
        }
        let fields = fields
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.clone()));
        lines.insert(key, fields.collect());
    }
}

fn yes(value: bool) -> String {
    (if value { "yes" } else { "no" }).to_owned()
}

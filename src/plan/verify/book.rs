//! Rule 6, the orders: the book is what the journal says, and what it brings is promised once.
//!
//! Responsible for: folding journal.jsonl anew, what the plan could draw on when it sought its sources: the tables
//! as it saw them (plan.json, `supply`), because stock.csv moves on every day, and the order book beside them.
//! The copy in plan.json is itself checked against the table as long as the table has the same SHA-256.
//! Not responsible for: what was promised of it (`parts`, `sourcing`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::case::{Case, differs};
use super::sheet::{Line, Sheet};
use super::tables::Sourcing;
use crate::domain::Date;
use crate::findings::Finding;

const JOURNAL: &str = "journal.jsonl";
const PLAN: &str = "plan.json";
const ORDERS: &str = "orders.csv";

/// One order line, folded from the journal.
#[derive(Clone, Debug, Default)]
pub(super) struct Ordered {
    pub(super) order: String,
    pub(super) part: String,
    pub(super) source: String,
    pub(super) supplier: String,
    pub(super) mode: String,
    pub(super) to: String,
    pub(super) tour: String,
    pub(super) qty: u64,
    pub(super) expected: Option<Date>,
    pub(super) sound: u64,
    pub(super) damaged: u64,
    last_came: Option<Date>,
    /// The tables it was placed under.
    stock: String,
    peers: String,
    /// Sound pieces by the stock table they were counted under.
    counted: Vec<(String, u64)>,
}

impl Ordered {
    /// Pieces still to come.
    pub(super) fn open(&self) -> u64 {
        self.qty.saturating_sub(self.sound + self.damaged)
    }
}

/// The order book, in the order of the journal.
pub(super) fn book(case: &Case<'_>) -> Vec<Ordered> {
    let mut book: Vec<Ordered> = Vec::new();
    for entry in &case.journal {
        let lines = entry.get("lines").and_then(Value::as_array);
        let lines = lines.map_or(&[][..], Vec::as_slice);
        match text(entry, "event").as_str() {
            "ordered" => book.extend(lines.iter().map(|line| Ordered {
                stock: text(entry, "stock"),
                peers: text(entry, "peers"),
                ..ordered(line)
            })),
            "received" => {
                for line in lines {
                    let key = text(line, "order");
                    if let Some(known) = book.iter_mut().find(|known| known.order == key) {
                        receive(known, line, entry);
                    }
                }
            }
            _ => {}
        }
    }
    book
}

fn ordered(line: &Value) -> Ordered {
    Ordered {
        order: text(line, "order"),
        part: text(line, "part"),
        source: text(line, "source"),
        supplier: text(line, "supplier"),
        mode: text(line, "mode"),
        to: text(line, "to"),
        tour: text(line, "tour"),
        qty: pieces(line, "qty"),
        expected: day(line, "expected"),
        ..Ordered::default()
    }
}

fn receive(known: &mut Ordered, line: &Value, entry: &Value) {
    if line.get("counted").is_some_and(Value::is_u64) {
        let (counted, damaged) = (pieces(line, "counted"), pieces(line, "damaged"));
        let sound = counted.saturating_sub(damaged);
        known.sound += sound;
        known.damaged += damaged.min(counted);
        let came = day(line, "on").or_else(|| day(entry, "on"));
        known.last_came = known.last_came.max(came);
        known.counted.push((text(entry, "stock"), sound));
    }
    known.expected = day(line, "announced").or(known.expected);
}

fn text(value: &Value, key: &str) -> String {
    let found = value.get(key).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}

fn pieces(value: &Value, key: &str) -> u64 {
    value.get(key).and_then(Value::as_u64).unwrap_or_default()
}

fn day(value: &Value, key: &str) -> Option<Date> {
    Date::parse_iso(value.get(key)?.as_str()?)
}

/// The day sources were last sought.
pub(super) fn sought_on(case: &Case<'_>) -> Date {
    let seen = case.plan.get("supply").and_then(|seen| day(seen, "on"));
    seen.unwrap_or_else(|| case.planned_on())
}

/// Pieces on order that serve the same need: part, supplier, mode, destination, tour (where sent to a point), day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lot([String; 5], Date);

impl Lot {
    /// The lot a line of sourcing.csv draws on.
    pub(super) fn of(line: &Sourcing, arrives: Date) -> Self {
        Self::at(
            [&line.part, &line.supplier, &line.mode, &line.to, &line.tour],
            arrives,
        )
    }

    fn at([part, supplier, mode, to, tour]: [&str; 5], eta: Date) -> Self {
        let tour = if to == "depot" { "" } else { tour };
        Self([part, supplier, mode, to, tour].map(str::to_owned), eta)
    }
}

/// What there was of one part.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) on_hand: u64,
    pub(super) free: u64,
    /// On order, with a day to count on.
    pub(super) lots: BTreeMap<Lot, u64>,
}

impl Seen {
    /// All pieces on order.
    pub(super) fn coming(&self) -> u64 {
        self.lots.values().sum()
    }
}

/// What the plan could draw on when it sought its sources.
pub(super) struct SeenSupply {
    parts: BTreeMap<String, Seen>,
    peers: BTreeMap<(String, String), u64>,
}

/// A row of the stock table: on hand, reserved, on order, its day.
type StockRow = (u64, u64, u64, Option<Date>);

impl SeenSupply {
    pub(super) fn of(case: &Case<'_>) -> Self {
        let (rows, mut peers) = tables(case);
        let (book, day) = (book(case), sought_on(case));
        let hash = |name: &str| {
            let seen = case.plan.get("supply");
            seen.map(|seen| text(seen, name)).unwrap_or_default()
        };
        let (stock_hash, peers_hash) = (hash("stock_sha256"), hash("peers_sha256"));
        let out = case.plan.pointer("/supply/out").and_then(Value::as_object);
        let listed = case.parts.iter().map(|row| row.part.clone());
        let names: BTreeSet<String> = rows.keys().cloned().chain(listed).collect();
        let mut parts = BTreeMap::new();
        for part in names {
            let (table, reserved, on_order, eta) = rows.get(&part).copied().unwrap_or_default();
            let mine: Vec<&Ordered> = book.iter().filter(|line| line.part == part).collect();
            let mut seen = Seen {
                on_hand: table + out.and_then(|out| out.get(&part)?.as_u64()).unwrap_or(0),
                ..Seen::default()
            };
            let mut known_to_table = 0;
            for line in mine {
                let way: [&str; 5] = [&line.part, &line.supplier, &line.mode, &line.to, &line.tour];
                if line.to == "depot" {
                    let under = line.counted.iter().filter(|(hash, _)| *hash == stock_hash);
                    seen.on_hand += under.map(|(_, sound)| sound).sum::<u64>();
                } else if let Some(came) = line.last_came {
                    *seen.lots.entry(Lot::at(way, came)).or_default() += line.sound;
                }
                if let Some(expected) = line.expected.filter(|expected| *expected >= day) {
                    *seen.lots.entry(Lot::at(way, expected)).or_default() += line.open();
                    if line.stock != stock_hash {
                        known_to_table += line.open();
                    }
                }
            }
            // The larger of the table's figure and the book's, never both.
            let beyond = on_order.saturating_sub(known_to_table);
            let owed = reserved.saturating_sub(seen.on_hand);
            if let Some(eta) = eta {
                let lot = Lot::at([&part, "", "", "depot", ""], eta);
                *seen.lots.entry(lot).or_default() += beyond.saturating_sub(owed);
            }
            seen.free = seen.on_hand.saturating_sub(reserved);
            parts.insert(part, seen);
        }
        for line in book.iter().filter(|line| line.source == "peer") {
            let gone = if line.peers == peers_hash {
                line.qty
            } else {
                line.open()
            };
            let row = peers.entry((line.supplier.clone(), line.part.clone()));
            let there = row.or_default();
            *there = there.saturating_sub(gone);
        }
        Self { parts, peers }
    }

    pub(super) fn of_part(&self, part: &str) -> &Seen {
        static NOTHING: Seen = Seen {
            on_hand: 0,
            free: 0,
            lots: BTreeMap::new(),
        };
        self.parts.get(part).unwrap_or(&NOTHING)
    }

    /// Pieces a sister dealer still has.
    pub(super) fn at_peer(&self, dealer: &str, part: &str) -> u64 {
        let key = (dealer.to_owned(), part.to_owned());
        self.peers.get(&key).copied().unwrap_or_default()
    }
}

/// The tables as the plan saw them; as they are now where it does not say.
fn tables(case: &Case<'_>) -> (BTreeMap<String, StockRow>, BTreeMap<(String, String), u64>) {
    let seen = case
        .plan
        .get("supply")
        .filter(|seen| day(seen, "on").is_some());
    let Some(seen) = seen else {
        return tables_now(case);
    };
    let list = |name: &str| {
        seen.get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let mut stock: BTreeMap<String, StockRow> = BTreeMap::new();
    for row in list("stock") {
        let line = (
            pieces(&row, "on_hand"),
            pieces(&row, "reserved"),
            pieces(&row, "on_order"),
            day(&row, "eta"),
        );
        stock.insert(text(&row, "part"), line);
    }
    let mut peers: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in list("peers") {
        *peers
            .entry((text(&row, "dealer"), text(&row, "part")))
            .or_default() += pieces(&row, "on_hand");
    }
    (stock, peers)
}

fn tables_now(case: &Case<'_>) -> (BTreeMap<String, StockRow>, BTreeMap<(String, String), u64>) {
    let supply = case.inputs.supply;
    let stock = supply.stock.iter().map(|row| {
        let line = (
            u64::from(row.on_hand),
            u64::from(row.reserved),
            u64::from(row.on_order),
            row.eta,
        );
        (row.part.clone(), line)
    });
    let mut peers: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in &supply.peers {
        *peers
            .entry((row.dealer.clone(), row.part.clone()))
            .or_default() += u64::from(row.on_hand);
    }
    (stock.collect(), peers)
}

/// plan.json's orders and orders.csv are what the journal folds to, line by line.
pub(super) fn the_book_is_the_journal(case: &Case<'_>) -> Vec<Finding> {
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let wanted: BTreeMap<String, String> = book(case)
        .into_iter()
        .map(|line| {
            let words = [
                line.part,
                line.source,
                line.supplier,
                line.mode,
                line.to,
                line.tour,
            ];
            let figures = [line.qty, line.sound, line.damaged].map(|n| n.to_string());
            let text = format!(
                "{} {} {}",
                words.join(" "),
                figures.join(" "),
                date(line.expected)
            );
            (line.order, text)
        })
        .collect();
    let words = ["part", "source", "supplier", "mode", "to", "tour"];
    let mut faults = Vec::new();
    let mut compare = |file: &str, found: BTreeMap<String, String>| {
        let keys: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
        for key in keys {
            let of = |lines: &BTreeMap<String, String>| {
                lines.get(key).cloned().unwrap_or_else(|| "–".to_owned())
            };
            if wanted.get(key) != found.get(key) {
                faults.push(differs("V622", (file, 0), key, of(&found), of(&wanted)));
            }
        }
    };
    let orders = case.plan.get("orders").and_then(Value::as_array);
    let in_plan = orders.into_iter().flatten().map(|line| {
        let said = words.map(|word| text(line, word));
        let figures = ["qty", "received", "damaged"].map(|name| pieces(line, name).to_string());
        let expected = date(day(line, "expected"));
        let all = format!("{} {} {expected}", said.join(" "), figures.join(" "));
        (text(line, "order"), all)
    });
    compare(PLAN, in_plan.collect());
    let columns = ["order", "qty", "received", "damaged", "expected"];
    let columns: Vec<&str> = columns.into_iter().chain(words).collect();
    let sheet = Sheet::read(case.files, ORDERS, &columns, &mut Vec::new());
    let line = |line: Line<'_>| {
        let said = words.map(|word| line.owned(word));
        let figures = ["qty", "received", "damaged"].map(|name| line.owned(name));
        let expected = line.owned("expected");
        let all = format!("{} {} {expected}", said.join(" "), figures.join(" "));
        (line.owned("order"), all)
    };
    let in_table = sheet.iter().flat_map(Sheet::lines).map(line);
    compare(ORDERS, in_table.collect());
    faults
}

/// Pieces received and damaged are at most the pieces ordered, and nobody received what was not ordered.
pub(super) fn no_more_came_than_was_ordered(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for line in book(case) {
        let came = line.sound + line.damaged;
        if came > line.qty || !seen.insert(line.order.clone()) {
            faults.push(differs("V623", (JOURNAL, 0), &line.order, came, line.qty));
        }
    }
    faults
}

/// What plan.json says of the tables is what they say, as long as they are still the same.
pub(super) fn the_tables_were_seen_as_they_are(case: &Case<'_>) -> Vec<Finding> {
    let Some(seen) = case
        .plan
        .get("supply")
        .filter(|seen| day(seen, "on").is_some())
    else {
        return Vec::new();
    };
    let unchanged = |stem: &str, hash: &str| {
        let named = |file: &str| file.rsplit_once('.').is_some_and(|(name, _)| name == stem);
        let now = case.inputs.files.iter().find(|(file, _)| named(file));
        now.is_some_and(|(_, now)| *now == text(seen, hash))
    };
    let ((saw, saw_peers), (stock, peers)) = (tables(case), tables_now(case));
    let mut faults = Vec::new();
    for row in &case.parts {
        let (found, wanted) = (saw.get(&row.part), stock.get(&row.part));
        if unchanged("stock", "stock_sha256") && found != wanted {
            faults.push(seen_differs(&row.part, row_text(found), row_text(wanted)));
        }
    }
    if unchanged("peers", "peers_sha256") {
        let listed: BTreeSet<&str> = case.parts.iter().map(|row| row.part.as_str()).collect();
        let keys: BTreeSet<&(String, String)> = saw_peers.keys().chain(peers.keys()).collect();
        for key in keys
            .into_iter()
            .filter(|key| listed.contains(key.1.as_str()))
        {
            let (found, wanted) = (saw_peers.get(key), peers.get(key));
            if found != wanted {
                let name = format!("{} {}", key.1, key.0);
                let count = |row: Option<&u64>| row.copied().unwrap_or_default().to_string();
                faults.push(seen_differs(&name, count(found), count(wanted)));
            }
        }
    }
    faults
}

/// `12, reserved 2, on order 4 on 2026-12-01`, as figures only.
fn row_text(row: Option<&StockRow>) -> String {
    row.map_or_else(
        || "–".to_owned(),
        |(on_hand, reserved, on_order, eta)| {
            let eta = eta.map_or_else(|| "–".to_owned(), |day| day.to_string());
            format!("{on_hand}/{reserved}/{on_order}/{eta}")
        },
    )
}

fn seen_differs(key: &str, found: String, wanted: String) -> Finding {
    differs("V624", (PLAN, 0), key, found, wanted)
}

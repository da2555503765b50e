//! Values no page and no workbook may be moved by: markup, script, formulas, control characters, endless names, writing from
//! right to left. They stay text, everywhere, and can be read.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use html5gum::{Token, Tokenizer};

use super::inert::plain;
use super::{ContactLine, DocumentSet, Found, Page, WordsTold, render};
use crate::domain::Fen;
use crate::findings::Lang;
use crate::plan::model::small::{book, day, plan};
use crate::plan::model::{
    CarriedFor, Channel, Duty, ItemFacts, Plan, Reminder, ReminderKind, SourceKind, SourcingLine,
    Told, ToolLine,
};
use crate::stage::load_order;

/// What stands for every name in a harmless month.
pub(crate) const HARMLESS: &str = "甲";

/// What an export, a stock list or a customer could hold.
pub(crate) fn payloads() -> [String; 9] {
    [
        "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>".to_owned(),
        "</td></table><h1 onclick=alert(1)>{{ 7 * 7 }}{% raw %}</style>".to_owned(),
        "=HYPERLINK(\"http://example.invalid\",\"x\")".to_owned(),
        "+1+1".to_owned(),
        "@SUM(1)".to_owned(),
        "\t=1+1".to_owned(),
        "张\u{0}三\u{7}\u{1b}[31m\u{ffff}".to_owned(),
        "长".repeat(10_000),
        "\u{202e}gnp.exe\u{202c} שלום \u{2066}12".to_owned(),
    ]
}

/// The small month with every document it can have, and this text wherever somebody else's words stand.
pub(crate) fn month(text: &str) -> Plan {
    let mut plan = plan();
    let text: &dyn Fn() -> String = &|| text.to_owned();
    plan.settings.dealer.name = text();
    plan.settings.dealer.address = text();
    for (booking, slot) in [("B-001", "2026-12-10 10:00"), ("B-002", "2026-12-11 09:00")] {
        book(&mut plan, booking, slot);
    }
    let facts = ItemFacts {
        name: text(),
        name_en: text(),
        tools: vec![text()],
        ..ItemFacts::default()
    };
    plan.items.insert("oil".into(), facts);
    for part in plan.part_facts.values_mut() {
        (part.name, part.unit, part.bin) = (text(), text(), text());
    }
    for one in &mut plan.vehicles {
        (one.customer, one.plate, one.model) = (text(), text(), text());
        (one.county, one.town) = (text(), text());
    }
    plan.vehicles[2].told = Some(Told {
        asks_foreman: true,
        ..Told::default()
    });
    for line in plan.cribs.values_mut().flatten() {
        line.words = text();
    }
    for tour in &mut plan.tours {
        (tour.team, tour.van, tour.leader) = (text(), text(), text());
    }
    for point in &mut plan.points {
        (point.name, point.address, point.host) = (text(), text(), text());
    }
    for call in &mut plan.calls {
        call.caller = text();
    }
    for line in &mut plan.kit {
        line.items = vec![CarriedFor {
            item: text(),
            pieces: 0.5,
            ..CarriedFor::default()
        }];
    }
    add_lines(&mut plan, text);
    plan
}

/// A person, a tool, an order and two reminders.
fn add_lines(plan: &mut Plan, text: &dyn Fn() -> String) {
    plan.crew.push(Duty {
        tour: "T01".into(),
        date: day(10),
        person: text(),
        role: "technician".into(),
        skills: text(),
        driver: true,
        hours: 8.0,
        rest_day: false,
    });
    plan.tools.push(ToolLine {
        tour: "T01".into(),
        tool: text(),
        name: text(),
        qty: 1,
        owned: 1,
    });
    plan.sourcing.push(SourcingLine {
        part: "0012".into(),
        tour: "T01".into(),
        source: SourceKind::Peer,
        supplier: text(),
        mode: "road".into(),
        qty: 1,
        order_qty: 1,
        number: text(),
        to: "P07".into(),
        order_by: Some(day(3)),
        arrives: Some(day(8)),
        cost: Fen(100),
        feasible: true,
        reason: "cheapest".into(),
    });
    for at in [0, 1] {
        let one = &plan.vehicles[at];
        plan.reminders.push(Reminder {
            booking: one.booking.clone(),
            tour: one.tour.clone(),
            vehicle: one.vehicle.clone(),
            contact: format!("C{at}"),
            date: Some(day(8)),
            channel: Channel::Text,
            kind: ReminderKind::First,
            slot: one.slot.clone(),
            deviation: String::new(),
        });
    }
}

/// Every page, table and workbook of it.
pub(crate) fn documents(text: &str) -> Vec<Page> {
    let plan = month(text);
    let line = ContactLine {
        contact: text.to_owned(),
        phones: vec!["13800008000".into()],
    };
    let vehicles = plan.vehicles.iter();
    let contacts: BTreeMap<String, ContactLine> = vehicles
        .map(|one| (one.vehicle.clone(), line.clone()))
        .collect();
    let told = WordsTold {
        usage: text.to_owned(),
        symptoms: text.to_owned(),
        wishes: text.to_owned(),
    };
    let words_told = plan
        .vehicles
        .iter()
        .map(|one| (one.booking.clone(), told.clone()));
    let load = load_order("T01", &["T01-1".to_owned()], &plan.kit, &plan.part_facts);
    let set = DocumentSet {
        plan: &plan,
        found: Found::of(&plan),
        contacts: &contacts,
        load: &BTreeMap::from([("T01".to_owned(), load)]),
        lang: Lang::Zh,
        words_told: words_told.collect(),
        outlines: &[],
    };
    render(&set, &BTreeMap::new()).expect("documents")
}

fn ends_in(page: &Page, ending: &str) -> bool {
    page.path
        .rsplit_once('.')
        .is_some_and(|(_, own)| own == ending)
}

/// The file without the folder, which is named by a county.
fn name(page: &Page) -> &str {
    page.path.rsplit('/').next().unwrap_or(&page.path)
}

fn pages(documents: &[Page]) -> BTreeMap<String, String> {
    let pages = documents.iter().filter(|page| ends_in(page, "html"));
    pages
        .map(|page| {
            let text = String::from_utf8(page.bytes.clone()).expect("UTF-8");
            (name(page).to_owned(), text)
        })
        .collect()
}

/// What a browser would build: tags with the names of their attributes; and the text it would show.
fn read(page: &str) -> (Vec<String>, String) {
    let (mut tags, mut shown) = (Vec::new(), String::new());
    for token in Tokenizer::new(page).flatten() {
        match token {
            Token::StartTag(tag) => {
                let names = tag.attributes.keys();
                let names: Vec<_> = names
                    .map(|key| String::from_utf8_lossy(key).into_owned())
                    .collect();
                let tag = String::from_utf8_lossy(&tag.name).into_owned();
                tags.push(format!("{tag} {}", names.join(" ")));
            }
            Token::String(text) => shown.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    (tags, shown)
}

#[test]
fn no_value_adds_a_tag_or_an_attribute_to_any_page_and_all_can_be_read() {
    let harmless = pages(&documents(HARMLESS));
    assert!(harmless.len() > 10, "{:?}", harmless.keys());
    for payload in payloads() {
        let hostile = pages(&documents(&payload));
        let visible: String = plain(payload.trim()).chars().take(12).collect();
        for (file, page) in &hostile {
            // The map of the first page sets its labels by their length.
            if let Some(known) = harmless.get(file).filter(|_| file != "index.html") {
                let ((tags, shown), (known, _)) = (read(page), read(known));
                assert!(tags == known, "{file}: {visible}");
                assert!(shown.contains(&visible), "{file}: {visible}");
            }
            let scripts = |page: &str| page.matches("alert(1)>").count();
            assert_eq!(scripts(page), 0, "{file}");
            assert!(
                !page.contains(['\u{202e}', '\u{202c}', '\u{0}', '\u{7}', '\u{ffff}']),
                "{file}"
            );
        }
        assert_eq!(hostile.len(), harmless.len());
    }
}

#[test]
fn no_value_becomes_a_formula_or_a_link_in_any_workbook_and_all_can_be_read() {
    for payload in payloads() {
        let documents = documents(&payload);
        let books = documents.iter().filter(|page| ends_in(page, "xlsx"));
        let visible: String = plain(&payload).chars().take(40).collect();
        let (mut count, mut shown) = (0, 0);
        for book in books {
            let mut read: Xlsx<_> =
                Xlsx::new(Cursor::new(book.bytes.as_slice())).expect("a workbook");
            for sheet in read.sheet_names() {
                let formulas = read.worksheet_formula(&sheet).expect("a sheet");
                assert!(
                    formulas.used_cells().next().is_none(),
                    "{} {sheet}",
                    book.path
                );
                let cells = read.worksheet_range(&sheet).expect("a sheet");
                for (_, _, cell) in cells.used_cells() {
                    let Data::String(text) = cell else {
                        continue;
                    };
                    shown += usize::from(text.contains(&visible));
                    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
                    assert!(!text.contains(odd), "{}: {visible}", book.path);
                }
            }
            count += 1;
        }
        assert!(count > 8 && shown > 20, "{visible}: {count} {shown}");
    }
}

//! No Chinese on English pages and no English on Chinese ones, but for the data's own words.
//!
//! So that the test can be exact, every word of the data is replaced by a neutral marker first: then whatever
//! is left of the other language is the program's.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;
use tourplan::documents::{ContactLine, DocumentSet, Found, render};
use tourplan::findings::Lang;
use tourplan::plan::model::Plan;
use tourplan::stage::load_order;

use crate::month;

/// Keys of plan.json whose values are the program's own words, beside those its schema lists: documents must
/// translate them.
const OURS: [&str; 25] = [
    "schema",
    "id",
    "made_by",
    "month",
    "reason",
    "mode",
    "modes",
    "skills",
    "role",
    "basis",
    "rule",
    "by",
    "counted_from",
    "way",
    "stopped_by",
    "code",
    "tour",
    "visit",
    "booking",
    "unit",
    "order",
    "slot",
    "key",
    "need",
    "why",
];

/// Every word the schema of plan.json lists.
fn listed(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(word) if key == "const" => drop(words.insert(word.clone())),
                    Value::Array(list) if key == "enum" => {
                        words.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => listed(value, words),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|one| listed(one, words)),
        _ => {}
    }
}

/// Replaces words of the data: the same word by the same marker everywhere, so that keys still lead to their rows.
struct Markers {
    lang: Lang,
    known: BTreeMap<String, String>,
    ours: BTreeSet<String>,
}

impl Markers {
    fn of(lang: Lang) -> Self {
        let schema = serde_json::to_value(schemars::schema_for!(Plan)).expect("a schema");
        let mut ours = BTreeSet::new();
        listed(&schema, &mut ours);
        Self {
            lang,
            known: BTreeMap::new(),
            ours,
        }
    }

    /// Whether a word could be taken for one of the other language.
    fn foreign(&self, text: &str) -> bool {
        text.chars().any(|c| match self.lang {
            Lang::En => is_chinese(c),
            Lang::Zh => c.is_ascii_alphabetic(),
        })
    }

    fn marker(&mut self, text: &str) -> String {
        if !self.foreign(text) || self.ours.contains(text) {
            return text.to_owned();
        }
        let number = self.known.len();
        let lang = self.lang;
        let marker = self
            .known
            .entry(text.to_owned())
            .or_insert_with(|| match lang {
                Lang::En => format!("Mark{number}"),
                Lang::Zh => format!("标记{number}"),
            });
        marker.clone()
    }

    fn replace(&mut self, key: &str, value: &mut Value) {
        match value {
            Value::String(text) if !OURS.contains(&key) || self.lang == Lang::En => {
                *text = self.marker(text);
            }
            Value::Array(list) => {
                for one in list {
                    // Rows of a list are no map by words.
                    let key = if one.is_object() { "" } else { key };
                    self.replace(key, one);
                }
            }
            Value::Object(map) => {
                let old = std::mem::take(map);
                // Maps by a word of the data: models, items, parts.
                let by_word = ["items", "part_facts", "cribs"].contains(&key);
                for (name, mut value) in old {
                    // Settings are ours but for the dealer's own.
                    let kept = key == "settings" && name != "dealer";
                    if !kept || self.lang == Lang::En {
                        self.replace(&name, &mut value);
                    }
                    let name = if by_word { self.marker(&name) } else { name };
                    map.insert(name, value);
                }
            }
            _ => {}
        }
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Path → what can be read of every page and workbook of the month, its data replaced by markers.
fn readable(lang: Lang) -> BTreeMap<String, Vec<String>> {
    let text = fs::read(month().join("plan.json")).expect("plan.json");
    let mut plan: Value = serde_json::from_slice(&text).expect("JSON");
    Markers::of(lang).replace("", &mut plan);
    let plan: Plan = serde_json::from_value(plan).expect("still a plan");
    let contact = ContactLine {
        contact: if lang == Lang::En { "Mark" } else { "标记" }.into(),
        phones: vec!["19900000000".into()],
    };
    let called = plan.vehicles.iter();
    let contacts = called
        .map(|one| (one.vehicle.clone(), contact.clone()))
        .collect();
    let load = plan.tours.iter().map(|tour| {
        let visits: Vec<String> = plan
            .visits_of(&tour.id)
            .map(|visit| visit.id.clone())
            .collect();
        (
            tour.id.clone(),
            load_order(&tour.id, &visits, &plan.kit, &plan.part_facts),
        )
    });
    let set = DocumentSet {
        plan: &plan,
        found: Found::of(&plan),
        contacts: &contacts,
        load: &load.collect(),
        lang,
        words_told: BTreeMap::new(),
        outlines: &[],
    };
    let pages = render(&set, &BTreeMap::new()).expect("documents");
    pages
        .into_iter()
        .map(|page| {
            let ending = page.path.rsplit('.').next().unwrap_or_default().to_owned();
            let words = match ending.as_str() {
                "html" => seen(&String::from_utf8(page.bytes).expect("UTF-8")),
                "xlsx" => cells(page.bytes),
                "ics" => {
                    let text = String::from_utf8(page.bytes).expect("UTF-8");
                    let text = text.replace("\r\n ", "");
                    let said = ["SUMMARY:", "DESCRIPTION:"];
                    let lines = text.lines();
                    lines
                        .filter_map(|line| said.iter().find_map(|name| line.strip_prefix(name)))
                        .map(|line| line.replace("\\n", " "))
                        .collect()
                }
                // Tables have the columns of the contract, whatever the language.
                "csv" => Vec::new(),
                other => panic!("{} is of no kind known here: {other}", page.path),
            };
            (page.path, words)
        })
        .collect()
}

/// The texts of a page: between tags, and in what is read out or shown on hovering; no style, no script.
fn seen(page: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        texts.push(rest[..start].to_owned());
        let silent = ["<style", "<script"]
            .into_iter()
            .find(|tag| rest[start..].starts_with(tag));
        let end = match silent {
            Some("<style") => rest[start..].find("</style>"),
            Some(_) => rest[start..].find("</script>"),
            None => rest[start..].find('>'),
        };
        let end = start + end.expect("the tag ends");
        if silent.is_none() {
            for name in [
                "title=\"",
                "aria-label=\"",
                "placeholder=\"",
                "data-l=\"",
                "data-none=\"",
                "alt=\"",
            ] {
                let value = rest[start..end]
                    .split(name)
                    .nth(1)
                    .and_then(|rest| rest.split('"').next());
                texts.extend(value.map(str::to_owned));
            }
        }
        rest = &rest[end + 1..];
        // A silent element's end tag is still there.
        if silent.is_some() {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}

/// Every text cell and sheet name.
fn cells(bytes: Vec<u8>) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut texts = book.sheet_names();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("a sheet");
        texts.extend(range.used_cells().filter_map(|(_, _, cell)| match cell {
            Data::String(text) => Some(text.clone()),
            _ => None,
        }));
    }
    texts
}

#[test]
fn no_chinese_stands_in_an_english_document() {
    let mut leaks = BTreeSet::new();
    for (path, texts) in readable(Lang::En) {
        let kind = path.rsplit('/').next().unwrap_or_default().to_owned();
        // Platforms for texts ask for the sender's name in these brackets, whatever the language.
        let texts = texts.iter().map(|text| text.replace(['【', '】'], ""));
        for text in texts.filter(|text| text.chars().any(is_chinese)) {
            leaks.insert(format!("{kind}: {}", text.trim()));
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// Latin words that Chinese offices use as they are: units, names of formats and of this program.
const AS_THEY_ARE: [&str; 13] = [
    "VIN", "XLSX", "CSV", "ICS", "PDF", "km", "kg", "mm", "GS", "KPI", "QR", "OSRM", "osrm",
];

/// Files are called what they are called.
const ENDINGS: [&str; 5] = [".csv", ".xlsx", ".html", ".ics", ".toml"];

/// A column of a table, or the beginning of a file's name, is called what it is called.
const COLUMNS: [&str; 2] = ["days_off", "texts-sms"];

/// Places of a template that a platform for texts fills in, and the columns they are filled from.
const VARIABLES: [&str; 5] = ["visits", "items", "leader", "phone", "arrival"];

/// Words of Latin letters in a text that are no name of a file, no key with a figure in it (T01-2, 2612-O001), no
/// single letter, and no command of this program.
fn latin(text: &str) -> Vec<&str> {
    let signs = |c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c));
    let words = text.split(signs).map(|word| word.trim_matches(['-', '.']));
    words
        .take_while(|word| *word != "tourplan")
        .filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 1)
        .filter(|word| !word.chars().any(|c| c.is_ascii_digit()))
        .filter(|word| !ENDINGS.iter().any(|ending| word.ends_with(ending)))
        .filter(|word| !AS_THEY_ARE.contains(word) && !COLUMNS.contains(word))
        .filter(|word| !VARIABLES.contains(word))
        .collect()
}

#[test]
fn no_english_stands_in_a_chinese_document() {
    let mut leaks = BTreeSet::new();
    for (path, texts) in readable(Lang::Zh) {
        let kind = path.rsplit('/').next().unwrap_or_default().to_owned();
        for text in &texts {
            for word in latin(text) {
                leaks.insert(format!("{kind}: {word} in {}", text.trim()));
            }
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

#[test]
fn no_key_of_a_word_stands_where_the_word_should() {
    let mut leaks = BTreeSet::new();
    for lang in [Lang::Zh, Lang::En] {
        for (path, texts) in readable(lang) {
            for text in &texts {
                let keys = latin(text).into_iter().filter(|word| word.contains('_'));
                leaks.extend(keys.map(|key| format!("{path}: {key}")));
            }
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

fn figures(text: &str) -> impl Iterator<Item = &str> {
    let figures = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    figures.map(|figure| figure.trim_matches(['.', ',']))
}

/// Amounts of a thousand and more without a separator: `1234.50`.
fn bare_amounts(text: &str) -> Vec<&str> {
    let bare = |figure: &&str| {
        let (whole, fen) = figure.split_once('.').unwrap_or_default();
        whole.len() > 3 && !whole.contains(',') && fen.len() == 2
    };
    figures(text).filter(bare).collect()
}

#[test]
fn money_is_written_one_way_on_every_page() {
    assert_eq!(
        bare_amounts("¥1234.50, 1,234.50, 999.00, 2026-12-01 0.5"),
        ["1234.50"]
    );
    let (mut found, mut apart) = (BTreeSet::new(), 0);
    for lang in [Lang::Zh, Lang::En] {
        let pages = readable(lang).into_iter();
        for (path, texts) in pages.filter(|(path, _)| path.contains(".html")) {
            for text in &texts {
                let bare = bare_amounts(text).into_iter();
                found.extend(bare.map(|amount| format!("{path}: {amount}")));
                apart += figures(text)
                    .filter(|one| one.contains(',') && one.contains('.'))
                    .count();
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(apart > 0, "no amount was seen at all");
}

#[test]
fn the_tests_of_the_languages_would_notice_a_leak() {
    let page = "<style>b { color: red }</style><p title=\"Sum\">合计</p><script>var word;</script><i>why_declined 3</i>";
    let texts = seen(page);
    assert_eq!(texts, ["Sum", "合计", "why_declined 3"]);
    let words: Vec<&str> = texts.iter().flat_map(|text| latin(text)).collect();
    assert_eq!(words, ["Sum", "why_declined"]);
    assert_eq!(
        latin("T01-2 见 crew.csv，tourplan approve --orders"),
        Vec::<&str>::new()
    );
    assert!("（".chars().any(is_chinese) && !"·×→²".chars().any(is_chinese));
}

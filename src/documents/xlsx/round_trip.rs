//! What goes out comes back: our own workbooks, filled and read.

use std::collections::BTreeMap;

use super::super::Page;
use super::tests::{Seen, cells, page, pages_of};
use crate::domain::{
    Answer, CallOutcome, Catalogue, Date, Fen, FilledAt, JobReport, TourWish, VisitResult,
};
use crate::findings::Lang;
use crate::ingest::filled::{Codes, read_calls, read_foreman, read_jobs, read_tours};
use crate::month::codes_of;
use crate::plan::model::small::{VIN, day, plan};
use crate::plan::model::{ItemFacts, Plan, Told};

const CALLS: &str = "call-sheet-2026-12-05-王.xlsx";
const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// The small month with two vehicles booked, the second of them vague.
fn month() -> (Plan, Codes) {
    let mut plan = plan();
    let facts = |name: &str, name_en: &str| ItemFacts {
        name: name.into(),
        name_en: name_en.into(),
        ..ItemFacts::default()
    };
    plan.items
        .insert("oil".into(), facts("机油机滤", "Oil and filter"));
    plan.items
        .insert("brake".into(), facts("刹车片", "Brake pads"));
    for (one, slot) in plan
        .vehicles
        .iter_mut()
        .zip(["2026-12-10 09:30", "2026-12-10 10:30"])
    {
        one.slot = slot.into();
        one.items[0].agreed = true;
    }
    plan.vehicles[1].told = Some(Told {
        asks_foreman: true,
        ..Told::default()
    });
    let codes = codes_of(&plan, &Catalogue::default());
    (plan, codes)
}

/// The first sheet as CSV, with values typed under titles in the row that has `key` somewhere.
fn filled(page: &Page, key: &str, typed: &[(&str, &str)]) -> Vec<u8> {
    let cells = cells(page);
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    for ((row, column), value) in cells {
        let text = match value {
            Seen::Text(text) => text,
            Seen::Number(number) | Seen::Date(number) => number.to_string(),
        };
        rows.entry(row).or_default().insert(column, text);
    }
    let titles = rows[&0].clone();
    let row = rows
        .values_mut()
        .find(|row| row.values().any(|text| text == key))
        .expect("the row");
    for (title, text) in typed {
        // Units stand behind the word, in brackets.
        let word = |known: &String| {
            known
                .split(['（', '('])
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let column = titles.iter().find(|(_, known)| word(known) == *title);
        let column = *column.unwrap_or_else(|| panic!("no column {title}")).0;
        row.insert(column, (*text).to_owned());
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    let width = titles.keys().max().copied().unwrap_or(0);
    for row in rows.values() {
        let cell = |column| row.get(&column).map_or("", String::as_str);
        csv.write_record((0..=width).map(cell)).expect("a row");
    }
    csv.into_inner().expect("bytes")
}

fn at<T: Clone>(lines: &[T], clear: fn(&mut T) -> &mut FilledAt) -> Vec<T> {
    let mut lines = lines.to_vec();
    for line in &mut lines {
        *clear(line) = FilledAt::default();
    }
    lines
}

#[test]
fn untouched_sheets_of_either_language_say_nothing_and_raise_no_doubt() {
    let (mut plan, codes) = month();
    // One is answered already and stands on a sheet of its own.
    plan.calls[0].outcome = Some(CallOutcome::Coming);
    for lang in BOTH {
        let pages = pages_of(&plan, lang);
        let calls = read_calls(&page(&pages, CALLS).bytes, CALLS, &codes).expect("calls");
        assert_eq!((calls.lines, calls.findings), (vec![], vec![]));
        let foreman =
            read_foreman(&page(&pages, "foreman.xlsx").bytes, "f", &codes).expect("foreman");
        assert_eq!((foreman.lines, foreman.findings), (vec![], vec![]));
        let jobs = read_jobs(&page(&pages, "job-sheets.xlsx").bytes, "j", &codes).expect("jobs");
        assert_eq!((jobs.lines, jobs.findings), (vec![], vec![]));
        let tours = read_tours(&page(&pages, "tours.xlsx").bytes, "t", &codes);
        let tours = tours.unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(tours.findings, vec![]);
        let want = TourWish {
            in_order: true,
            tour: "T01".into(),
            team: "team-1".into(),
            depart: Some(day(10)),
            stops: vec![("P07".into(), Some(2))],
            at: FilledAt::default(),
        };
        assert_eq!(at(&tours.lines, |wish| &mut wish.at), [want]);
    }
}

#[test]
fn a_call_sheet_filled_in_either_language_is_read_back_cell_by_cell() {
    let (plan, codes) = month();
    let want = Answer {
        booking: "B-003".into(),
        called_on: Some(day(5)),
        outcome: Some(CallOutcome::Coming),
        odometer_km: Some(86_000.0),
        usage: "工地".into(),
        symptoms: "抖动\n异响".into(),
        wishes: "洗车".into(),
        elsewhere: Some(true),
        confirmed: vec!["oil".into()],
        struck: vec![],
        added: vec!["brake".into()],
        price_told: Some(Fen(43_200)),
        day: Some(day(10)),
        minutes: Some(570),
        do_not_call: Some(false),
        sms_optout: Some(true),
        handover_consent: Some(true),
        again: Date::new(2026, 12, 6),
        at: FilledAt::default(),
    };
    let values = [
        "",
        "46361",
        "86000",
        "工地",
        "抖动\n异响",
        "洗车",
        "",
        "oil",
        "",
        "brake",
        "432",
        "46366",
        "9:30",
        "",
        "",
        "",
        "46362",
    ];
    let titles_zh = [
        "接通结果",
        "致电日期",
        "当前里程",
        "用车情况",
        "故障现象",
        "其他需求",
        "在外维修",
        "确认项目",
        "划掉项目",
        "增加项目",
        "告知价格",
        "到店日期",
        "时段",
        "拒绝联系",
        "退订短信",
        "转交同意",
        "再联系时间",
    ];
    let titles_en = [
        "Call result",
        "Call date",
        "Odometer now",
        "Use",
        "Symptoms",
        "Other wishes",
        "Repaired elsewhere",
        "Items confirmed",
        "Items struck",
        "Items added",
        "Price told",
        "Day wished",
        "Time wished",
        "Do not call",
        "No texts",
        "Hand-over consent",
        "Call again",
    ];
    for (lang, titles, choices) in [
        (Lang::Zh, titles_zh, ["来", "是", "否"]),
        (Lang::En, titles_en, ["Coming", "yes", "no"]),
    ] {
        let pages = pages_of(&plan, lang);
        let [result, yes, no] = choices;
        let mut values = values;
        (values[0], values[6], values[13], values[14], values[15]) = (result, yes, no, yes, yes);
        let typed: Vec<(&str, &str)> = titles.into_iter().zip(values).collect();
        let csv = filled(page(&pages, CALLS), "B-003", &typed);
        let read = read_calls(&csv, "c.csv", &codes).expect("a call sheet");
        assert_eq!(read.findings, vec![]);
        assert_eq!(
            at(&read.lines, |answer| &mut answer.at),
            std::slice::from_ref(&want)
        );
    }
}

#[test]
fn every_result_the_lists_offer_is_read_as_what_it_says() {
    let (plan, codes) = month();
    for lang in BOTH {
        let words = super::super::Messages::new(lang);
        let pages = pages_of(&plan, lang);
        let outcomes = [
            CallOutcome::Coming,
            CallOutcome::Undecided,
            CallOutcome::Declined,
            CallOutcome::NotReached,
            CallOutcome::WrongNumber,
            CallOutcome::CallLater,
        ];
        for (key, outcome) in crate::documents::call_days::OUTCOMES
            .into_iter()
            .zip(outcomes)
        {
            let typed = [(words.get("in_result"), words.get(key))];
            let typed = typed
                .each_ref()
                .map(|(title, word)| (title.as_str(), word.as_str()));
            let csv = filled(page(&pages, CALLS), "B-002", &typed);
            let read = read_calls(&csv, "c.csv", &codes).expect("a call sheet");
            assert_eq!(read.lines[0].outcome, Some(outcome), "{key}");
        }
        let results = [
            VisitResult::Done,
            VisitResult::PartlyDone,
            VisitResult::NoShow,
            VisitResult::TooHard,
        ];
        for (key, result) in crate::documents::job_view::RESULTS.into_iter().zip(results) {
            let typed = [(words.get("in_service_result"), words.get(key))];
            let typed = typed
                .each_ref()
                .map(|(title, word)| (title.as_str(), word.as_str()));
            let csv = filled(page(&pages, "job-sheets.xlsx"), "B-001", &typed);
            let read = read_jobs(&csv, "j.csv", &codes).expect("job sheets");
            assert_eq!(read.lines[0].result, Some(result), "{key}");
        }
    }
}

#[test]
fn a_foremans_sheet_and_a_job_sheet_are_read_back() {
    let (plan, codes) = month();
    let pages = pages_of(&plan, Lang::Zh);
    let typed = [
        ("判断项目", "brake"),
        ("附加工时", "0.5"),
        ("附加配件", "0012×2"),
        ("需进店", "否"),
        ("备注", "带检测仪"),
    ];
    let csv = filled(page(&pages, "foreman.xlsx"), "B-002", &typed);
    let read = read_foreman(&csv, "f.csv", &codes).expect("a foreman's sheet");
    let advice = &read.lines[0];
    assert_eq!(
        (advice.booking.as_str(), advice.hours),
        ("B-002", Some(0.5))
    );
    assert_eq!(advice.items, ["brake"]);
    assert_eq!(advice.parts, [("0012".to_owned(), 2)]);
    assert_eq!(
        (advice.workshop_only, advice.note.as_str()),
        (Some(false), "带检测仪")
    );

    let typed = [
        ("服务日期", "46366"),
        ("服务结果", "部分完成"),
        ("当前里程", "87000"),
        ("完成项目", "oil"),
        ("使用配件", "0012×1"),
        ("缺件", "0012"),
        ("实际工时", "1.2"),
        ("结算金额", "432"),
        ("其中保修", "100"),
        ("转交同意", "是"),
    ];
    let csv = filled(page(&pages, "job-sheets.xlsx"), "B-001", &typed);
    let read = read_jobs(&csv, "j.csv", &codes).expect("job sheets");
    assert_eq!(read.findings, vec![]);
    let want = JobReport {
        booking: "B-001".into(),
        tour: "T01".into(),
        vehicle: VIN.into(),
        on: Some(day(10)),
        result: Some(VisitResult::PartlyDone),
        odometer_km: Some(87_000.0),
        done: vec!["oil".into()],
        used: vec![("0012".into(), 1)],
        missing: vec![("0012".into(), 1)],
        hours: Some(1.2),
        settled: Some(Fen(43_200)),
        warranty: Some(Fen(10_000)),
        handover_consent: Some(true),
        ..JobReport::default()
    };
    assert_eq!(at(&read.lines, |report| &mut report.at), [want]);
}

#[test]
fn nobody_dials_from_the_foremans_sheet_or_a_job_sheet() {
    let (plan, _) = month();
    for page in pages_of(&plan, Lang::Zh) {
        if ["foreman.xlsx", "job-sheets.xlsx"]
            .iter()
            .any(|name| page.path.ends_with(name))
        {
            let texts: Vec<Seen> = cells(&page).into_values().collect();
            let phone =
                |seen: &Seen| matches!(seen, Seen::Text(text) if text.contains("13800008000"));
            assert!(!texts.iter().any(phone), "{}", page.path);
            let masked =
                |seen: &Seen| matches!(seen, Seen::Text(text) if text.contains("138****8000"));
            assert_eq!(
                texts.iter().any(masked),
                page.path == "foreman.xlsx",
                "{}",
                page.path
            );
        }
    }
}

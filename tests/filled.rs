//! Sheets that `LibreOffice` opened, filled, sorted and saved are read back right.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tourplan::documents::{ContactLine, DocumentSet, Found, Page, WordsTold, render};
use tourplan::domain::{
    Answer, CallOutcome, Catalogue, Date, Fen, FilledAt, JobReport, VisitResult,
};
use tourplan::findings::Lang;
use tourplan::ingest::filled::{Codes, ReadBack, read_calls, read_jobs};
use tourplan::month::codes_of;
use tourplan::plan::model::{CalledVehicle, Plan};

const MACRO: &str = r#"
' A title, with its unit in brackets or without.
Function Column(sheet, title As String) As Long
  Dim at As Long
  Dim head As String
  For at = 0 To 60
    head = sheet.getCellByPosition(at, 0).String
    If head = title Or Left(head, Len(title) + 1) = title & "（" Or Left(head, Len(title) + 2) = title & " (" Then
      Column = at
      Exit Function
    End If
  Next at
  Column = -1
End Function

Function RowOf(sheet, key As String) As Long
  Dim at As Long
  For at = 1 To 2000
    If sheet.getCellByPosition(0, at).String = key Then
      RowOf = at
      Exit Function
    End If
  Next at
  RowOf = -1
End Function

' The first row whose cell under a title is empty and whose key is empty: a spare row.
Function SpareRow(sheet, title As String) As Long
  Dim at As Long
  For at = 1 To 2000
    If sheet.getCellByPosition(0, at).String = "" And sheet.getCellByPosition(Column(sheet, title), at).String = "" Then
      SpareRow = at
      Exit Function
    End If
  Next at
End Function

' As if it were typed: dates become dates, cells of text keep what was typed.
Sub TypeIn(sheet, row As Long, title As String, text As String)
  sheet.getCellByPosition(Column(sheet, title), row).FormulaLocal = text
End Sub

Sub SortBy(sheet, title As String)
  Dim fields(0) As New com.sun.star.table.TableSortField
  Dim how(1) As New com.sun.star.beans.PropertyValue
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  area = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
  fields(0).Field = Column(sheet, title)
  fields(0).IsAscending = False
  how(0).Name = "SortFields" : how(0).Value = fields()
  how(1).Name = "ContainsHeader" : how(1).Value = True
  area.sort(how())
End Sub

Sub Save(doc, url As String, filter As String, options As String)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = filter
  how(1).Name = "FilterOptions" : how(1).Value = options
  doc.storeToURL(url, how())
End Sub
"#;

/// A value typed into the row with a key (empty = the first spare row) under a title.
type Typed<'a> = (&'a str, &'a str, String);

/// Opens a workbook in `LibreOffice`, types, hides a column, sorts by another, and saves as XLSX, XLS and CSV.
fn through_libreoffice(
    workbook: &[u8],
    typed: &[Typed<'_>],
    sort_by: &str,
) -> Vec<(String, Vec<u8>)> {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("sheet.xlsx"), workbook).expect("the workbook");
    let url = |name: &str| format!("file://{}", at(name).display());
    let quoted = |text: &str| text.replace('"', "\"\"");
    let mut main = format!(
        "Sub Main\nDim hidden(0) As New com.sun.star.beans.PropertyValue\n\
         hidden(0).Name = \"Hidden\" : hidden(0).Value = True\n\
         doc = StarDesktop.loadComponentFromURL(\"{}\", \"_blank\", 0, hidden())\n\
         sheet = doc.Sheets.getByIndex(0)\nDim spare As Long\nspare = 0\n",
        url("sheet.xlsx")
    );
    for (key, title, text) in typed {
        let row = if key.is_empty() {
            let _ = writeln!(
                main,
                "If spare = 0 Then spare = SpareRow(sheet, \"{title}\")"
            );
            "spare".to_owned()
        } else {
            format!("RowOf(sheet, \"{key}\")")
        };
        let text = quoted(text).replace('\n', "\" & Chr(10) & \"");
        let _ = writeln!(main, "TypeIn(sheet, {row}, \"{title}\", \"{text}\")");
    }
    let csv = "44,34,76,1,,0,false,true,false";
    let _ = write!(
        main,
        "sheet.Columns.getByIndex(Column(sheet, \"车型\")).IsVisible = False\n\
         SortBy(sheet, \"{sort_by}\")\n\
         Save(doc, \"{}\", \"Calc MS Excel 2007 XML\", \"\")\n\
         Save(doc, \"{}\", \"MS Excel 97\", \"\")\n\
         Save(doc, \"{}\", \"Text - txt - csv (StarCalc)\", \"{csv}\")\n\
         doc.close(True)\nEnd Sub\n",
        url("saved.xlsx"),
        url("saved.xls"),
        url("saved.csv")
    );
    run_macro(folder.path(), &format!("{main}{MACRO}"));
    ["saved.xlsx", "saved.xls", "saved.csv"]
        .into_iter()
        .map(|name| {
            let bytes = fs::read(at(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name.to_owned(), bytes)
        })
        .collect()
}

/// Runs a program in `StarBasic` in a fresh profile.
fn run_macro(folder: &Path, program: &str) {
    // The first start lays the profile out and would write over a program that is there already.
    run_office(folder, "--terminate_after_init");
    let library =
        "library:name=\"Standard\" library:readonly=\"false\" library:passwordprotected=\"false\"";
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let space = "xmlns:library=\"http://openoffice.org/2000/library\"";
    let escaped = program
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let index = |file: &str| {
        format!(
            "{head}<library:libraries {space} xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
             <library:library library:name=\"Standard\" xlink:href=\"$(USER)/basic/Standard/{file}.xlb/\" \
             xlink:type=\"simple\" library:link=\"false\"/></library:libraries>"
        )
    };
    let files: [(&str, String); 5] = [
        (
            "basic/Standard/Module1.xba",
            format!(
                "{head}<script:module xmlns:script=\"http://openoffice.org/2000/script\" \
                 script:name=\"Module1\" script:language=\"StarBasic\">{escaped}</script:module>"
            ),
        ),
        (
            "basic/Standard/script.xlb",
            format!(
                "{head}<library:library {space} {library}><library:element library:name=\"Module1\"/></library:library>"
            ),
        ),
        (
            "basic/Standard/dialog.xlb",
            format!("{head}<library:library {space} {library}/>"),
        ),
        ("basic/script.xlc", index("script")),
        ("basic/dialog.xlc", index("dialog")),
    ];
    for (name, text) in files {
        fs::write(folder.join("profile/user").join(name), text).expect("a profile's file");
    }
    let settings = folder.join("profile/user/registrymodifications.xcu");
    let allow = "<item oor:path=\"/org.openoffice.Office.Common/Security/Scripting\">\
        <prop oor:name=\"MacroSecurityLevel\" oor:op=\"fuse\"><value>0</value></prop></item></oor:items>";
    let text = fs::read_to_string(&settings).expect("a profile's settings");
    fs::write(&settings, text.replace("</oor:items>", allow)).expect("a profile's settings");
    run_office(folder, "macro:///Standard.Module1.Main");
}

/// Runs `LibreOffice` to its end.
fn run_office(folder: &Path, what: &str) {
    let mut office = Command::new("soffice")
        .args(["--headless", "--norestore", "--nologo"])
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .arg(what)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("soffice starts");
    let until = Instant::now() + Duration::from_mins(3);
    while office.try_wait().expect("soffice runs").is_none() {
        if Instant::now() > until {
            office.kill().expect("soffice stops");
            panic!("LibreOffice did not come to an end");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A planned month of the sample with every vehicle of a visit booked, and its documents in Chinese.
fn month() -> (Plan, Vec<Page>, Codes) {
    let folder = common::workspace(12);
    common::plan(folder.path());
    let text = fs::read(folder.path().join("plans/2026-12/plan.json")).expect("plan.json");
    let mut plan: Plan = serde_json::from_slice(&text).expect("a plan");
    for one in &mut plan.vehicles {
        let call = plan.calls.iter().find(|call| call.booking == one.booking);
        one.slot = call.map_or_else(String::new, |call| call.slot_offered.clone());
        one.items
            .iter_mut()
            .for_each(|item| item.agreed = item.p > 0.5);
    }
    let contacts: BTreeMap<String, ContactLine> = BTreeMap::new();
    let words_told: BTreeMap<String, WordsTold> = BTreeMap::new();
    let load = BTreeMap::new();
    let set = DocumentSet {
        plan: &plan,
        found: Found::of(&plan),
        contacts: &contacts,
        load: &load,
        lang: Lang::Zh,
        words_told,
        outlines: &[],
    };
    let pages = render(&set, &BTreeMap::new()).expect("documents");
    let codes = codes_of(&plan, &Catalogue::default());
    (plan, pages, codes)
}

/// The workbook with the most rows of `keys` among those whose name begins with `name`.
fn workbook<'a>(pages: &'a [Page], name: &str) -> &'a Page {
    let named = |page: &&Page| {
        let file = page.path.rsplit('/').next().unwrap_or_default();
        let path = std::path::Path::new(file);
        file.starts_with(name) && path.extension().is_some_and(|ending| ending == "xlsx")
    };
    pages
        .iter()
        .filter(named)
        .max_by_key(|page| page.bytes.len())
        .expect("a workbook")
}

/// The vehicles on a tour's sheet that have items, in the plan's order.
fn vehicles<'a>(plan: &'a Plan, page: &Page) -> Vec<&'a CalledVehicle> {
    let folder = page.path.split('/').nth(1).unwrap_or_default();
    let tour = folder.split('-').next().unwrap_or_default();
    let has_items =
        |one: &&CalledVehicle| one.tour == tour && !one.items.is_empty() && !one.slot.is_empty();
    plan.vehicles.iter().filter(has_items).collect()
}

fn bare<T>(read: ReadBack<T>, at: fn(&mut T) -> &mut FilledAt, key: fn(&T) -> &str) -> Vec<T> {
    assert_eq!(read.findings, vec![], "nothing to doubt");
    let mut lines = read.lines;
    for line in &mut lines {
        *at(line) = FilledAt::default();
    }
    lines.sort_by(|a, b| key(a).cmp(key(b)));
    lines
}

#[test]
fn call_sheets_filled_and_sorted_in_libreoffice_are_read_back_from_xlsx_xls_and_csv() {
    if !common::programs::has_libreoffice() {
        return;
    }
    let (plan, pages, codes) = month();
    let page = workbook(&pages, "call-sheet-2");
    // Only rows of this sheet can be filled: the reader says which they are.
    let csv_keys: Vec<&CalledVehicle> = vehicles(&plan, page)
        .into_iter()
        .filter(|one| {
            let call = plan.calls.iter().find(|call| call.booking == one.booking);
            call.is_some_and(|call| {
                let date = call
                    .call_date
                    .map_or_else(String::new, |date| date.to_string());
                page.path
                    .ends_with(&format!("call-sheet-{date}-{}.xlsx", call.caller))
            })
        })
        .collect();
    let [first, second, third, ..] = csv_keys[..] else {
        panic!("at least three vehicles with items on {}", page.path)
    };
    let item = |one: &CalledVehicle| one.items[0].item.clone();
    let say = |one: &'static str| one.to_owned();
    let typed: Vec<Typed<'_>> = vec![
        (&first.booking, "接通结果", say("来")),
        (&first.booking, "致电日期", say("2026-11-27")),
        (&first.booking, "当前里程", say("86000")),
        (&first.booking, "用车情况", say("跑乡镇, 每天送货")),
        (&first.booking, "故障现象", say("冷车抖动\n刹车\"吱\"响")),
        (&first.booking, "在外维修", say("否")),
        (&first.booking, "确认项目", item(first)),
        (&first.booking, "告知价格", say("432.5")),
        (&first.booking, "到店日期", say("2026-12-10")),
        (&first.booking, "时段", say("9:30")),
        (&first.booking, "转交同意", say("是")),
        (&second.booking, "接通结果", say("接通，不来")),
        (&second.booking, "退订短信", say("是")),
        (&third.booking, "接通结果", say("再打")),
        (&third.booking, "再联系时间", say("2026-11-29")),
    ];
    let mut want = vec![
        Answer {
            booking: first.booking.clone(),
            called_on: Date::new(2026, 11, 27),
            outcome: Some(CallOutcome::Coming),
            odometer_km: Some(86_000.0),
            usage: "跑乡镇, 每天送货".into(),
            symptoms: "冷车抖动\n刹车\"吱\"响".into(),
            elsewhere: Some(false),
            confirmed: vec![item(first)],
            price_told: Some(Fen(43_250)),
            day: Date::new(2026, 12, 10),
            minutes: Some(570),
            handover_consent: Some(true),
            ..Answer::default()
        },
        Answer {
            booking: second.booking.clone(),
            outcome: Some(CallOutcome::Declined),
            sms_optout: Some(true),
            ..Answer::default()
        },
        Answer {
            booking: third.booking.clone(),
            outcome: Some(CallOutcome::CallLater),
            again: Date::new(2026, 11, 29),
            ..Answer::default()
        },
    ];
    want.sort_by(|a, b| a.booking.cmp(&b.booking));
    for (name, bytes) in through_libreoffice(&page.bytes, &typed, "车架号") {
        let read = read_calls(&bytes, &name, &codes).unwrap_or_else(|failure| panic!("{failure}"));
        let lines = bare(read, |answer| &mut answer.at, |answer| &answer.booking);
        assert_eq!(lines, want, "{name}");
    }
}

#[test]
fn job_sheets_with_a_walk_in_filled_in_libreoffice_are_read_back_from_xlsx_xls_and_csv() {
    if !common::programs::has_libreoffice() {
        return;
    }
    let (plan, pages, codes) = month();
    let page = workbook(&pages, "job-sheets");
    let booked = vehicles(&plan, page);
    let [first, second, ..] = booked[..] else {
        panic!("at least two booked vehicles on {}", page.path)
    };
    let part = plan.part_facts.keys().next().expect("a part").clone();
    let item = first.items[0].item.clone();
    let say = |one: &'static str| one.to_owned();
    let typed: Vec<Typed<'_>> = vec![
        (&first.booking, "服务日期", say("2026-12-10")),
        (&first.booking, "服务结果", say("部分完成")),
        (&first.booking, "当前里程", say("87000")),
        (&first.booking, "完成项目", item.clone()),
        (&first.booking, "使用配件", format!("{part}×2")),
        (&first.booking, "错件", format!("{part}*1")),
        (&first.booking, "实际工时", say("1.5")),
        (&first.booking, "结算金额", say("432")),
        (&second.booking, "服务结果", say("未到")),
        ("", "车架号或车牌", say("LSKDEMO0099999999")),
        ("", "服务结果", say("完成")),
        ("", "完成项目", item.clone()),
    ];
    let mut want = vec![
        JobReport {
            booking: first.booking.clone(),
            tour: first.tour.clone(),
            vehicle: first.vehicle.clone(),
            on: Date::new(2026, 12, 10),
            result: Some(VisitResult::PartlyDone),
            odometer_km: Some(87_000.0),
            done: vec![item.clone()],
            used: vec![(part.clone(), 2)],
            wrong: vec![(part, 1)],
            hours: Some(1.5),
            settled: Some(Fen(43_200)),
            ..JobReport::default()
        },
        JobReport {
            booking: second.booking.clone(),
            tour: second.tour.clone(),
            vehicle: second.vehicle.clone(),
            result: Some(VisitResult::NoShow),
            ..JobReport::default()
        },
        JobReport {
            tour: first.tour.clone(),
            vehicle: "LSKDEMO0099999999".into(),
            walk_in: true,
            result: Some(VisitResult::Done),
            done: vec![item],
            ..JobReport::default()
        },
    ];
    want.sort_by(|a, b| a.booking.cmp(&b.booking));
    for (name, bytes) in through_libreoffice(&page.bytes, &typed, "车架号或车牌") {
        let read = read_jobs(&bytes, &name, &codes).unwrap_or_else(|failure| panic!("{failure}"));
        let lines = bare(read, |report| &mut report.at, |report| &report.booking);
        assert_eq!(lines, want, "{name}");
    }
}

//! `LibreOffice` opens what the program wrote, and saves it again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx, open_workbook};

type Cells = BTreeMap<(String, u32, u32), String>;

/// Every filled cell: sheet, row and column, and what stands there. Days and figures as numbers, everything else as
/// text, so that a code that became a number is seen.
fn cells(path: &Path) -> Cells {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let mut cells = Cells::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("a sheet");
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let text = match cell {
                Data::Empty => continue,
                Data::String(text) if text.is_empty() => continue,
                Data::String(text) => format!("text {text}"),
                Data::Float(number) => format!("number {number}"),
                Data::Int(number) => format!("number {number}"),
                Data::DateTime(day) => format!("day {}", day.as_f64()),
                other => format!("{other:?}"),
            };
            let at = (top + row as u32, left + column as u32);
            cells.insert((sheet.clone(), at.0, at.1), text);
        }
    }
    cells
}

/// Has all workbooks below a folder saved again in one run, and compares every cell. Gives how many workbooks.
pub fn saves_the_same_cells(folder: &Path) -> usize {
    let aside = tempfile::tempdir().expect("a temporary folder");
    let (before, after) = (aside.path().join("before"), aside.path().join("after"));
    fs::create_dir_all(&before).expect("a folder");
    let books = super::files_ending("xlsx", folder);
    // One folder: the same names in several tours' folders are told apart by a number.
    let mut names = BTreeSet::new();
    for (number, book) in books.iter().enumerate() {
        let name = format!("{number:03}.xlsx");
        fs::copy(book, before.join(&name)).expect("a copy");
        names.insert(name);
    }
    let mut office = Command::new("soffice")
        .args(["--headless", "--norestore", "--nologo"])
        .arg(format!(
            "-env:UserInstallation=file://{}",
            aside.path().join("profile").display()
        ))
        .args(["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&after)
        .args(names.iter().map(|name| before.join(name)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("soffice starts");
    let until = Instant::now() + Duration::from_mins(5);
    while office.try_wait().expect("soffice runs").is_none() {
        if Instant::now() > until {
            office.kill().expect("soffice stops");
            panic!("LibreOffice did not come to an end");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    for (name, book) in names.iter().zip(&books) {
        let (ours, theirs) = (cells(&before.join(name)), cells(&after.join(name)));
        assert!(!ours.is_empty(), "{}", book.display());
        for (at, cell) in &ours {
            assert_eq!(theirs.get(at), Some(cell), "{} {at:?}", book.display());
        }
        assert_eq!(ours.len(), theirs.len(), "{}", book.display());
    }
    books.len()
}

//! Workbooks on paper: one A4 page wide, in letters that can be read, with the titles on every page.

use std::fs::File;
use std::io::Read as _;

use zip::ZipArchive;

use crate::{common, month};

/// A4 less the margins every sheet has (0.4 in on both sides), points: across and upright.
const PAPER: (f64, f64) = (784.0, 537.0);
/// What a digit of a column's width takes at full size, points.
const DIGIT: f64 = 5.25;
/// The letters of all cells.
const LETTERS: f64 = 10.0;
const SMALLEST: f64 = 6.9;

struct Book(ZipArchive<File>);

impl Book {
    fn part(&mut self, name: &str) -> String {
        let mut text = String::new();
        let mut part = self.0.by_name(name).expect(name);
        part.read_to_string(&mut text).expect("text");
        text
    }
}

/// The value of an attribute.
fn said<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let after = tag.split(&format!(" {name}=\"")).nth(1)?;
    after.split('"').next()
}

/// `'备料单'!$A$1:$T$20` → 20 columns.
fn last_column(area: &str) -> usize {
    let last = area.rsplit(':').next().expect("a last cell");
    let name = last.trim_start_matches('$').split('$').next();
    let letters = name.expect("a column").bytes();
    letters.fold(0, |number, letter| {
        number * 26 + usize::from(letter - b'A') + 1
    })
}

/// Size of a sheet's letters on paper.
fn letters(sheet: &str, columns: usize) -> f64 {
    let room = if sheet.contains("orientation=\"landscape\"") {
        PAPER.0
    } else {
        PAPER.1
    };
    let mut width = 0.0;
    for tag in sheet.split("<col ").skip(1) {
        let number = |name: &str| -> f64 {
            let value = said(&format!(" {tag}"), name).expect(name).to_owned();
            value.parse().expect("a number")
        };
        let (first, last) = (number("min") as usize, number("max") as usize);
        let printed = (first..=last).filter(|at| *at <= columns).count();
        width += number("width") * printed as f64;
    }
    LETTERS * (room / (width * DIGIT)).min(1.0)
}

#[test]
fn every_workbook_prints_one_page_wide_in_seven_points_and_repeats_its_titles() {
    let mut sheets = 0;
    for lang in ["zh", "en"] {
        for path in common::files_ending("xlsx", &month().join(lang)) {
            let name = path.strip_prefix(month()).expect("inside").display();
            let mut book =
                Book(ZipArchive::new(File::open(&path).expect("a file")).expect("a zip"));
            let list = book.part("xl/workbook.xml");
            let names: Vec<&str> = list.split("<definedName ").skip(1).collect();
            let named = |kind: &str, at: usize| {
                let own = format!("localSheetId=\"{at}\"");
                let found = names
                    .iter()
                    .find(|tag| tag.contains(kind) && tag.contains(&own));
                let text = found.and_then(|tag| tag.split('>').nth(1)?.split('<').next());
                text.unwrap_or_else(|| panic!("{name}: sheet {} has no {kind}", at + 1))
            };
            for at in 0..list.matches("<sheet ").count() {
                let sheet = book.part(&format!("xl/worksheets/sheet{}.xml", at + 1));
                let setup = sheet.split("<pageSetup").nth(1).expect("a page setup");
                // One is the default.
                assert_eq!(said(setup, "fitToWidth").unwrap_or("1"), "1", "{name}");
                assert!(sheet.contains("fitToPage=\"1\""), "{name}");
                let size = letters(&sheet, last_column(named("Print_Area", at)));
                assert!(size >= SMALLEST, "{name}, sheet {}: {size:.1} pt", at + 1);
                named("Print_Titles", at);
                sheets += 1;
            }
        }
    }
    assert!(sheets > 60, "{sheets}");
}

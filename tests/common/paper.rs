//! What a PDF holds, as poppler's tools see it.

use std::path::Path;
use std::process::Command;

/// A4 in points, with what browsers round.
const A4: (f64, f64) = (595.0, 842.0);
const ROUNDING: f64 = 1.0;
/// How far the box of a line may reach over the edge where its signs do not.
const FONT_BOX_PT: f64 = 3.0;

/// One sheet: width and height, and its words with their boxes (left, top, right, bottom), points.
pub type Sheet = ((f64, f64), Vec<(String, [f64; 4])>);

/// What a program of poppler says of a PDF.
pub fn poppler(program: &str, args: &[&str], pdf: &Path) -> String {
    let output = Command::new(program)
        .args(args)
        .arg(pdf)
        .args((program == "pdftotext").then_some("-"))
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The sheets of a PDF.
pub fn sheets(pdf: &Path) -> Vec<Sheet> {
    let boxes = poppler("pdftotext", &["-bbox"], pdf);
    let number = |tag: &str, name: &str| -> f64 {
        let value = tag.split(&format!("{name}=\"")).nth(1);
        let value = value.and_then(|rest| rest.split('"').next()?.parse().ok());
        value.unwrap_or_else(|| panic!("{name} in {tag}"))
    };
    let pages = boxes.split("<page ").skip(1);
    pages
        .map(|page| {
            let size = (number(page, "width"), number(page, "height"));
            let words = page.split("<word ").skip(1).map(|word| {
                let text = word.split('>').nth(1);
                let text = text.and_then(|rest| rest.split('<').next());
                let at = ["xMin", "yMin", "xMax", "yMax"].map(|side| number(word, side));
                (text.unwrap_or_default().to_owned(), at)
            });
            (size, words.collect())
        })
        .collect()
}

/// How many pages; every one is A4, upright or across.
pub fn a4_pages(file: &Path) -> usize {
    let sheets = sheets(file);
    for ((width, height), _) in &sheets {
        let (short, long) = (width.min(*height), width.max(*height));
        let is_a4 = (short - A4.0).abs() < ROUNDING && (long - A4.1).abs() < ROUNDING;
        assert!(is_a4, "{}: {width} × {height}", file.display());
    }
    assert!(!sheets.is_empty(), "{}", file.display());
    sheets.len()
}

/// The text of all pages.
pub fn text(file: &Path) -> String {
    poppler("pdftotext", &["-layout"], file)
}

/// No word stands out of its page, and no page is empty.
pub fn every_word_stands_on_its_page(file: &Path) {
    for (number, ((width, height), words)) in (1..).zip(sheets(file)) {
        let name = file.display();
        assert!(!words.is_empty(), "{name}: sheet {number} is empty");
        for (word, [left, top, right, bottom]) in words {
            // The box of a CJK font is taller than its signs.
            let inside = left >= -ROUNDING
                && top >= -FONT_BOX_PT
                && right <= width + ROUNDING
                && bottom <= height + FONT_BOX_PT;
            assert!(inside, "{name}, sheet {number}: {word} stands outside");
        }
    }
}

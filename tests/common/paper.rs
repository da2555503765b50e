//! What a PDF holds, as poppler's tools see it.

use std::path::Path;
use std::process::Command;

/// A4 in points, with what browsers round.
const A4: (f64, f64) = (595.0, 842.0);
const ROUNDING: f64 = 1.5;
/// How far the box of a line may reach over the edge where its signs do not.
const FONT_BOX_PT: f64 = 3.0;

fn tool(program: &str, args: &[&str], file: &Path) -> String {
    let mut command = Command::new(program);
    command.args(args).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program} {}", file.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// How many pages; every one is A4, upright or across.
pub fn a4_pages(file: &Path) -> usize {
    let said = tool("pdfinfo", &["-f", "1", "-l", "9999"], file);
    let sizes = said
        .lines()
        .filter(|line| line.starts_with("Page ") && line.contains(" size:"));
    let mut pages = 0;
    for line in sizes {
        let figures: Vec<f64> = line
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [.., width, height] = figures[..] else {
            panic!("{line}");
        };
        let (short, long) = (width.min(height), width.max(height));
        assert!(
            (short - A4.0).abs() < ROUNDING && (long - A4.1).abs() < ROUNDING,
            "{line}"
        );
        pages += 1;
    }
    assert!(pages > 0, "{said}");
    pages
}

/// The text of all pages.
pub fn text(file: &Path) -> String {
    tool("pdftotext", &["-layout"], file)
}

/// No word stands out of its page.
pub fn every_word_stands_on_its_page(file: &Path) {
    let said = tool("pdftotext", &["-bbox"], file);
    let (mut width, mut height, mut words) = (0.0, 0.0, 0);
    for line in said.lines() {
        let figure = |name: &str| -> f64 {
            let after = line.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
            after
                .split('"')
                .next()
                .and_then(|text| text.parse().ok())
                .unwrap_or(f64::NAN)
        };
        if line.trim_start().starts_with("<page ") {
            (width, height) = (figure("width"), figure("height"));
        } else if line.trim_start().starts_with("<word ") {
            words += 1;
            // The box of a CJK font is taller than its signs.
            let inside = figure("xMin") >= 0.0
                && figure("yMin") >= -FONT_BOX_PT
                && figure("xMax") <= width
                && figure("yMax") <= height + FONT_BOX_PT;
            assert!(inside, "{}: {line}", file.display());
        }
    }
    assert!(words > 0, "{}", file.display());
}

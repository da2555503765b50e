//! The booking number as a QR code: on bags, labels and job sheets, so that a hand scanner or a phone types it.
//!
//! Responsible for: the picture, as SVG that prints sharp at any size. Not responsible for: where it stands.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// White modules around the code that a reader needs (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The picture of a text; nothing for an empty text, or one longer than a code can hold. Nothing of the text itself stands in it.
pub(super) fn svg(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    // Medium: labels get dirty.
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return String::new();
    };
    let size = code.size();
    let whole = size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// What a reader sees in a picture made by [`svg`], drawn with so many pixels a module.
    pub(in crate::documents) fn read(picture: &str, pixels: usize) -> String {
        let number = |text: &str| text.parse::<usize>().expect("a number");
        let view = picture.split("viewBox=\"0 0 ").nth(1).expect("a view box");
        let side = number(view.split(' ').next().expect("a side"));
        let path = picture.split(" d=\"").nth(1).expect("a path");
        let path = path.split('"').next().expect("its end");
        let mut dark = vec![false; side * side];
        for run in path.split('M').skip(1) {
            let (from, rest) = run.split_once('h').expect("a run");
            let (x, y) = from.split_once(' ').expect("a place");
            let length = number(rest.split('v').next().expect("a length"));
            let at = number(y) * side + number(x);
            dark[at..at + length].fill(true);
        }
        let wide = side * pixels;
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(wide, wide, |x, y| {
            if dark[y / pixels * side + x / pixels] {
                0
            } else {
                255
            }
        });
        let grids = seen.detect_grids();
        assert_eq!(grids.len(), 1, "one code");
        grids[0].decode().expect("a readable code").1
    }

    #[test]
    fn a_reader_gets_the_text_back() {
        for text in ["A1B2-C3D4", "K7M2QX", "预约 0001", &"9".repeat(80)] {
            assert_eq!(read(&svg(text), 4), text);
        }
    }

    #[test]
    fn nothing_and_too_much_give_no_picture_and_no_text_stands_in_one() {
        assert_eq!(svg(""), "");
        assert_eq!(svg(&"长".repeat(10_000)), "");
        assert!(!svg("<script>alert(1)</script>").contains("script"));
    }
}

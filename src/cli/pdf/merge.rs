//! Several PDFs as one file, page after page.
//!
//! Responsible for files as Chromium writes them: PDF 1.4 with a plain table of its objects (ISO 32000-1, 7.5.4), which
//! are renumbered and hung below one tree of pages; what their streams hold is copied as it is. Anything else is refused,
//! never guessed at. A library for every kind of PDF is more than the rest of printing together (docs/decisions/pdf.md).

use crate::domain::Date;

/// One file taken apart.
struct File<'b> {
    /// By number: what stands between `obj` and the next object; nothing for a number not in use.
    objects: Vec<&'b [u8]>,
    /// The number of the root of its tree of pages.
    pages: usize,
    count: usize,
}

/// One file with the pages of all, in order; `title` is what its window is called.
///
/// # Errors
/// Why a file cannot be taken apart.
pub(super) fn merged(files: &[&[u8]], title: &str, made_on: Date) -> Result<Vec<u8>, String> {
    let files: Vec<File<'_>> = files
        .iter()
        .map(|bytes| File::read(bytes).ok_or_else(|| "a PDF of an unknown kind".to_owned()))
        .collect::<Result<_, _>>()?;
    // 1: catalogue, 2: the tree of pages, 3: about the file.
    let mut out = Out::new();
    let mut firsts = Vec::with_capacity(files.len());
    let mut next = 4;
    for file in &files {
        firsts.push(next);
        next += file.objects.len();
    }
    out.object(
        1,
        b"<</Type /Catalog\n/Pages 2 0 R\n/ViewerPreferences <</DisplayDocTitle true>>>>",
    );
    let roots = files.iter().zip(&firsts);
    let roots: Vec<String> = roots
        .map(|(file, first)| format!("{} 0 R", first + file.pages))
        .collect();
    let count: usize = files.iter().map(|file| file.count).sum();
    let tree = format!(
        "<</Type /Pages\n/Count {count}\n/Kids [{}]>>",
        roots.join(" ")
    );
    out.object(2, tree.as_bytes());
    let units: Vec<String> = title
        .encode_utf16()
        .map(|unit| format!("{unit:04X}"))
        .collect();
    let about = format!(
        "<</Title <FEFF{}>\n/CreationDate (D:{}000000+00'00')>>",
        units.concat(),
        made_on.to_string().replace('-', "")
    );
    out.object(3, about.as_bytes());
    for (file, first) in files.iter().zip(&firsts) {
        for (number, body) in file.objects.iter().enumerate() {
            if body.is_empty() {
                continue;
            }
            let mut body = renumbered(body, *first);
            if number == file.pages {
                let open = find(&body, b"<<").ok_or("a tree of pages without pages")?;
                body.splice(open + 2..open + 2, *b"/Parent 2 0 R\n");
            }
            out.object(first + number, &body);
        }
    }
    Ok(out.finish(next))
}

impl<'b> File<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let tail = bytes.len().saturating_sub(64);
        let noted = find(&bytes[tail..], b"startxref")? + tail;
        let table: usize = number(bytes.get(noted + 9..)?)?.0;
        let head = bytes.get(table..)?.strip_prefix(b"xref\n0 ")?;
        let (size, digits) = number(head)?;
        let entries = head.get(digits + 1..)?;
        let mut starts: Vec<(usize, usize)> = Vec::new();
        for at in 1..size {
            let entry = entries.get(at * 20..at * 20 + 20)?;
            if entry[17] == b'n' {
                starts.push((number(entry)?.0, at));
            }
        }
        starts.sort_unstable();
        let mut objects: Vec<&[u8]> = vec![b""; size];
        for (index, (start, at)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(table, |next| next.0);
            let whole = bytes.get(*start..end)?;
            let head = format!("{at} 0 obj");
            let body = whole.strip_prefix(head.as_bytes())?;
            let end = body.windows(6).rposition(|word| word == b"endobj")?;
            objects[*at] = &body[..end];
        }
        let trailer = bytes.get(table..)?;
        let root = after(trailer, b"/Root ")?;
        let pages = after(objects.get(root)?, b"/Pages ")?;
        let count = after(objects.get(pages)?, b"/Count ")?;
        Some(Self {
            objects,
            pages,
            count,
        })
    }
}

/// The file in the making.
struct Out {
    bytes: Vec<u8>,
    places: Vec<(usize, usize)>,
}

impl Out {
    fn new() -> Self {
        Self {
            bytes: b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n".to_vec(),
            places: Vec::new(),
        }
    }

    fn object(&mut self, number: usize, body: &[u8]) {
        self.places.push((number, self.bytes.len()));
        self.bytes.extend(format!("{number} 0 obj\n").into_bytes());
        self.bytes.extend(body.trim_ascii_start());
        self.bytes.extend(b"\nendobj\n");
    }

    fn finish(mut self, size: usize) -> Vec<u8> {
        let table = self.bytes.len();
        let mut entries = vec!["0000000000 65535 f \n".to_owned(); size];
        for (number, place) in &self.places {
            entries[*number] = format!("{place:010} 00000 n \n");
        }
        let text = format!(
            "xref\n0 {size}\n{}trailer\n<</Size {size}\n/Root 1 0 R\n/Info 3 0 R>>\nstartxref\n{table}\n%%EOF\n",
            entries.concat()
        );
        self.bytes.extend(text.into_bytes());
        self.bytes
    }
}

/// An object with every reference `12 0 R` in it raised; texts and streams are left alone.
fn renumbered(body: &[u8], by: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 32);
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        let begins = out.last().is_none_or(|byte: &u8| {
            !byte.is_ascii_alphanumeric() && *byte != b'.' && *byte != b'-'
        });
        if rest[0] == b'(' {
            let end = end_of_text(rest);
            out.extend(&rest[..end]);
            at += end;
        } else if rest.starts_with(b"stream") {
            out.extend(rest);
            break;
        } else if begins && let Some((to, length)) = reference(rest) {
            out.extend(format!("{} 0 R", to + by).into_bytes());
            at += length;
        } else {
            out.push(rest[0]);
            at += 1;
        }
    }
    out
}

/// `12 0 R` at the beginning: the number, and how long it is written.
fn reference(text: &[u8]) -> Option<(usize, usize)> {
    let (to, digits) = number(text)?;
    let behind = text.get(digits..)?.strip_prefix(b" 0 R")?;
    let ends = behind
        .first()
        .is_none_or(|byte| !byte.is_ascii_alphanumeric());
    ends.then_some((to, digits + 4))
}

/// Length of a text in brackets, which may hold others; `\` takes the meaning from the next sign.
fn end_of_text(text: &[u8]) -> usize {
    let (mut deep, mut at) = (0_u32, 0);
    while at < text.len() {
        match text[at] {
            b'\\' => at += 1,
            b'(' => deep += 1,
            b')' if deep == 1 => return at + 1,
            b')' => deep -= 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The number behind a word.
fn after(text: &[u8], word: &[u8]) -> Option<usize> {
    let at = find(text, word)? + word.len();
    Some(number(text.get(at..)?)?.0)
}

/// A number, blanks before it passed over, and where it ends.
fn number(text: &[u8]) -> Option<(usize, usize)> {
    let blanks = text
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let digits = text[blanks..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let read = std::str::from_utf8(&text[blanks..blanks + digits]).ok()?;
    Some((read.parse().ok()?, blanks + digits))
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_raised_and_nothing_that_looks_like_one() {
        let body = b"<</Kids [2 0 R 13 0 R]\n/Box [0 0 595 842]\n/T (2 0 R \\) \\( 3 0 R)\n/X 7 0 Rx>> stream 2 0 R";
        assert_eq!(
            String::from_utf8_lossy(&renumbered(body, 100)),
            "<</Kids [102 0 R 113 0 R]\n/Box [0 0 595 842]\n/T (2 0 R \\) \\( 3 0 R)\n/X 7 0 Rx>> stream 2 0 R"
        );
    }

    #[test]
    fn what_is_no_pdf_of_the_browsers_kind_is_refused() {
        let day = Date::new(2026, 11, 16).expect("a day");
        for bytes in [
            &b""[..],
            b"%PDF-1.4",
            b"startxref\n9999\n%%EOF",
            b"xref\n0 9\nstartxref\n0\n%%EOF",
        ] {
            assert!(merged(&[bytes], "", day).is_err());
        }
    }
}

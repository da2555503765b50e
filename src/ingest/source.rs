//! What kind of file this is, by its first bytes, and its bytes.
//!
//! Responsible for: reading a file once and saying what it really is, whatever its name says.
//! Not responsible for: what stands in it (`encoding`, `delimited`, `workbook`).

use std::path::Path;

/// Largest file that is read at all.
const MAX_FILE_BYTES: u64 = 1 << 30;

/// What a file really is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Characters between delimiters.
    Delimited,
    /// A zip archive with a workbook in it (.xlsx).
    Xlsx,
    /// The workbook of Excel 97 to 2003 (.xls).
    Xls,
    /// A page that calls itself a workbook.
    Html,
    /// Pictures, documents and whatever else has no rows.
    Other,
}

impl SourceKind {
    /// Judges by magic bytes.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::Xlsx;
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Self::Xls;
        }
        for magic in [
            &b"%PDF"[..],
            b"\x89PNG",
            b"\xFF\xD8\xFF",
            b"GIF8",
            b"Rar!",
            b"7z\xBC\xAF",
            b"{\\rtf",
            b"MIME-Version:",
        ] {
            if bytes.starts_with(magic) {
                return Self::Other;
            }
        }
        if is_page(bytes) {
            Self::Html
        } else {
            Self::Delimited
        }
    }

    /// Plain words for messages, in both languages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Delimited => "CSV",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS (Excel 97-2003)",
            Self::Html => "HTML/XML",
            Self::Other => "PDF/图片/其他 (not a table)",
        }
    }
}

/// Whether the first thing in it is an element a page begins with. Zeros are left out, so that pages in
/// UTF-16 are seen too.
fn is_page(bytes: &[u8]) -> bool {
    const ELEMENTS: [&str; 13] = [
        "<html",
        "<!doctype html",
        "<table",
        "<?xml",
        "<meta",
        "<style",
        "<head",
        "<body",
        "<div",
        "<form",
        "<center",
        "<font",
        "<span",
    ];
    let marks = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"];
    let start = marks.iter().find_map(|mark| bytes.strip_prefix(*mark));
    let head = start.unwrap_or(bytes).iter().take(4096);
    let head: Vec<u8> = head.copied().filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let mut rest = head.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment
            .split_once("-->")
            .map_or("", |(_, behind)| behind.trim_start());
    }
    ELEMENTS.iter().any(|element| rest.starts_with(element))
}

/// A file's bytes.
pub(crate) struct SourceFile {
    pub(crate) kind: SourceKind,
    pub(crate) bytes: Vec<u8>,
}

/// Why a file could not be had.
pub(crate) enum SourceError {
    Missing,
    TooLarge { bytes: u64, limit: u64 },
    Unreadable(String),
}

impl SourceFile {
    /// Reads it whole.
    pub(crate) fn read(path: &Path) -> Result<Self, SourceError> {
        let size = match std::fs::metadata(path) {
            Ok(facts) if facts.is_file() => facts.len(),
            Ok(_) => return Err(SourceError::Unreadable("not a file".into())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(SourceError::Missing);
            }
            Err(error) => return Err(SourceError::Unreadable(error.kind().to_string())),
        };
        if size > MAX_FILE_BYTES {
            return Err(SourceError::TooLarge {
                bytes: size,
                limit: MAX_FILE_BYTES,
            });
        }
        let bytes = std::fs::read(path)
            .map_err(|error| SourceError::Unreadable(error.kind().to_string()))?;
        Ok(Self::of(bytes))
    }

    /// A file already in memory.
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Self {
            kind: SourceKind::of(&bytes),
            bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_by_content_and_not_by_name() {
        assert_eq!(SourceKind::of(b"PK\x03\x04rest"), SourceKind::Xlsx);
        assert_eq!(
            SourceKind::of(&[0xD0, 0xCF, 0x11, 0xE0, 0]),
            SourceKind::Xls
        );
        assert_eq!(SourceKind::of(b"\n <HTML xmlns:x="), SourceKind::Html);
        assert_eq!(
            SourceKind::of("\u{feff}<table border=1>".as_bytes()),
            SourceKind::Html
        );
        for page in [
            "<!-- saved -->\n<html>",
            "<div><table>",
            "<HEAD><meta charset=utf-8>",
        ] {
            assert_eq!(SourceKind::of(page.as_bytes()), SourceKind::Html, "{page}");
        }
        let wide: Vec<u8> = "\u{feff}<html>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(SourceKind::of(&wide), SourceKind::Html);
        assert_eq!(SourceKind::of(b"MIME-Version: 1.0\n"), SourceKind::Other);
        assert_eq!(
            SourceKind::of("车架号,车型".as_bytes()),
            SourceKind::Delimited
        );
        assert_eq!(SourceKind::of(b"%PDF-1.4"), SourceKind::Other);
    }
}

//! Bytes to characters.
//!
//! Responsible for: byte order marks, strict UTF-8, GB18030 as the Chinese default, a guess as the
//! last resort, and naming what could not be decoded. Not responsible for: lines and cells.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How sure the encoding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// A byte order mark, or every byte fits.
    Sure,
    /// The best guess; somebody should look at the Chinese text.
    Guessed,
}

/// Decoded text.
pub(crate) struct Decoded<'b> {
    /// The bytes themselves where they are UTF-8.
    pub(crate) text: Cow<'b, str>,
    pub(crate) encoding: &'static str,
    pub(crate) certainty: Certainty,
    /// Bytes that stand for no character; each is `U+FFFD` in the text.
    pub(crate) damaged: usize,
}

/// Decodes a whole file. A byte order mark is believed; without one `stated` is.
pub(crate) fn decode<'b>(bytes: &'b [u8], stated: Option<&'static Encoding>) -> Decoded<'b> {
    let marked = Encoding::for_bom(bytes);
    let body = marked.and_then(|(_, mark)| bytes.get(mark..));
    let bytes = body.unwrap_or(bytes);
    let certain = marked.map(|(encoding, _)| encoding).or(stated);
    if certain.is_some_and(|encoding| encoding != UTF_8) || utf16_without_mark(bytes).is_some() {
        return match certain {
            Some(encoding) => finish(encoding, bytes, Certainty::Sure),
            None => guess(bytes),
        };
    }
    // Most files are this, and their bytes are their text already.
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8.name(),
            certainty: Certainty::Sure,
            damaged: 0,
        },
        Err(_) if certain.is_some() => finish(UTF_8, bytes, Certainty::Sure),
        Err(_) => guess(bytes),
    }
}

/// The encoding a name stands for: utf-8, gbk, gb18030, big5 …
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    // What Windows and WPS call them.
    let name = match name.trim().to_lowercase().as_str() {
        "ansi" | "cp936" | "936" => "gb18030".to_owned(),
        "utf8-bom" | "utf-8-sig" => "utf-8".to_owned(),
        other => other.to_owned(),
    };
    Encoding::for_label(name.as_bytes())
}

/// The encoding that fits best.
fn guess(bytes: &[u8]) -> Decoded<'_> {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return finish(encoding, bytes, Certainty::Guessed);
    }
    let chinese = finish(GB18030, bytes, Certainty::Sure);
    if chinese.damaged == 0 && !mostly_utf8(bytes) {
        return chinese;
    }
    if let Some(mixed) = line_by_line(bytes) {
        return mixed;
    }
    if mostly_utf8(bytes) {
        return finish(UTF_8, bytes, Certainty::Guessed);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = finish(
        detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow),
        bytes,
        Certainty::Guessed,
    );
    // A one-byte encoding fits anything: it only wins where GB18030 fits badly.
    if guess.damaged < chinese.damaged && chinese.damaged * 50 > bytes.len() {
        guess
    } else {
        Decoded {
            certainty: Certainty::Guessed,
            ..chinese
        }
    }
}

/// Two exports joined into one file: some lines in UTF-8, others in GB18030. `None` where all are in one.
fn line_by_line(bytes: &[u8]) -> Option<Decoded<'static>> {
    let mut text = String::new();
    let (mut in_utf8, mut in_gb18030) = (0_usize, 0_usize);
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let (sound, broken) = characters(line);
        if sound >= broken {
            in_utf8 += usize::from(sound > 0);
            text.push_str(&String::from_utf8_lossy(line));
        } else {
            let (chinese, errors) = GB18030.decode_without_bom_handling(line);
            in_gb18030 += usize::from(!errors);
            text.push_str(&chinese);
        }
    }
    (in_utf8 > 0 && in_gb18030 > 0).then(|| Decoded {
        damaged: text.matches('\u{fffd}').count(),
        text: Cow::Owned(text),
        encoding: "UTF-8 + gb18030",
        certainty: Certainty::Guessed,
    })
}

fn finish<'b>(encoding: &'static Encoding, body: &'b [u8], certainty: Certainty) -> Decoded<'b> {
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    let damaged = if had_errors {
        text.matches('\u{fffd}').count()
    } else {
        0
    };
    Decoded {
        text,
        encoding: encoding.name(),
        certainty,
        damaged,
    }
}

/// Zeros at every other byte of the beginning: two-byte units of mostly ASCII.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(512))?;
    if head.len() < 8 {
        return None;
    }
    let zeros = |parity: usize| {
        head.iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    if odd * 4 > pairs && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 4 > pairs && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A UTF-8 file in which a few bytes were damaged: nineteen of twenty characters beyond ASCII are
/// sound. Text in GB18030 fails this by far, as its second bytes rarely continue a UTF-8 character.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (sound, broken) = characters(bytes);
    sound >= broken * 19
}

/// Read as UTF-8: how many characters beyond ASCII are sound, and how many broken.
fn characters(bytes: &[u8]) -> (usize, usize) {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (sound, broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_the_mark_of_utf8() {
        let decoded = decode("\u{feff}车架号,车型\n".as_bytes(), None);
        assert_eq!(
            (decoded.text.as_ref(), decoded.encoding),
            ("车架号,车型\n", "UTF-8")
        );
    }

    #[test]
    fn reads_gb18030_with_characters_outside_gbk() {
        let text = "客户名称,地址\n㮾梨街道𦰡溪,长沙县\n";
        let (bytes, _, _) = GB18030.encode(text);
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, "gb18030"));
        assert_eq!(decoded.certainty, Certainty::Sure);
    }

    #[test]
    fn keeps_a_utf8_file_with_one_broken_byte_and_counts_it() {
        let mut bytes = "车架号,车型,客户名称,联系电话,地址,购车日期,行驶里程\n"
            .repeat(3)
            .into_bytes();
        bytes.push(0xE8);
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.encoding, decoded.damaged), ("UTF-8", 1));
        assert_eq!(decoded.certainty, Certainty::Guessed);
    }

    #[test]
    fn two_files_joined_are_read_line_by_line() {
        let line = "测试客户,示例路1号,浏阳市,备注\n";
        let mut bytes = line.repeat(5).into_bytes();
        bytes.extend_from_slice(&GB18030.encode(line).0);
        let decoded = decode(&bytes, None);
        assert_eq!(
            (decoded.text.as_ref(), decoded.damaged),
            (line.repeat(6).as_str(), 0)
        );
        assert_eq!(decoded.certainty, Certainty::Guessed);
    }

    #[test]
    fn what_is_stated_wins_over_what_fits_but_not_over_a_mark() {
        let big5 = encoding_rs::BIG5;
        let (bytes, _, _) = big5.encode("車型");
        assert_eq!(decode(&bytes, Some(big5)).text, "車型");
        assert_ne!(decode(&bytes, None).text, "車型");
        let marked = "\u{feff}车型".as_bytes().to_vec();
        assert_eq!(decode(&marked, Some(big5)).text, "车型");
        let stated = decode(&[b'a', 0xFF], encoding_named("UTF-8"));
        assert_eq!((stated.encoding, stated.damaged), ("UTF-8", 1));
        assert_eq!(encoding_named("ANSI"), Some(GB18030));
        assert_eq!(encoding_named("klingon"), None);
    }

    #[test]
    fn reads_utf16_as_excel_saves_unicode_text() {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend("车型\tV80".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&bytes, None).text, "车型\tV80");
    }
}

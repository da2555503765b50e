//! Several items or parts in one cell.
//!
//! Separated by `|`, `、`, `，`, `,`, `；`, `;`, `/`, `+` or a new line; a name that holds such a sign itself is
//! found all the same, because the longest run that names something wins. What names nothing stays a word.

use super::codes::{Found, Names};

/// Longest cell that is taken apart; a longer one was not written by hand.
pub(super) const LONGEST_LIST: usize = 4_000;
/// Most pieces joined to find one name.
const LONGEST_RUN: usize = 6;

/// What a piece of a cell is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A code, and pieces of it.
    Code(String, u32),
    /// One of several codes.
    Several(String, Vec<String>),
    /// A quantity that is none.
    NoCount(String),
    /// Words that name nothing.
    Words(String),
}

/// Takes a cell of items apart.
pub(super) fn items(text: &str, names: &Names) -> Vec<Piece> {
    let mut once: Vec<Piece> = Vec::new();
    for piece in pieces(text, &|word| item(word, names)) {
        if !once.contains(&piece) {
            once.push(piece);
        }
    }
    once
}

/// Takes a cell of parts apart: `0012×2`, `0012*2`, `0012 2个`, `机滤2个`, `0012`.
pub(super) fn parts(text: &str, names: &Names) -> Vec<Piece> {
    let mut summed: Vec<Piece> = Vec::new();
    for piece in pieces(text, &|word| part(word, names)) {
        let same = summed.iter_mut().find_map(|known| match (known, &piece) {
            (Piece::Code(code, count), Piece::Code(again, more)) if code == again => {
                Some((count, *more))
            }
            _ => None,
        });
        match same {
            Some((count, more)) => *count = count.saturating_add(more),
            None => summed.push(piece),
        }
    }
    summed
}

/// Splits at separators, joining as many neighbours as name something together.
fn pieces(text: &str, read: &dyn Fn(&str) -> Option<Piece>) -> Vec<Piece> {
    let separators = |c: char| "|｜、，,;；/／+＋\n\r\t".contains(c);
    let mut found = Vec::new();
    // Where each piece stands in the text, so that joined pieces keep the signs between them.
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, sign) in text.match_indices(separators).chain([(text.len(), "")]) {
        spans.push((from, at));
        from = at + sign.len();
    }
    let mut next = 0;
    while let Some((start, _)) = spans.get(next).copied() {
        let longest = (next + LONGEST_RUN).min(spans.len());
        let hit = (next..longest).rev().find_map(|last| {
            let (_, end) = spans.get(last).copied()?;
            let run = text.get(start..end)?.trim();
            Some((last, read(run).filter(|_| !run.is_empty())?))
        });
        let (last, piece) = hit.unwrap_or_else(|| {
            let end = spans.get(next).map_or(start, |(_, end)| *end);
            let word = text.get(start..end).unwrap_or_default().trim();
            (next, Piece::Words(word.to_owned()))
        });
        match piece {
            Piece::Words(words) if words.is_empty() => {}
            Piece::Words(words) => found.extend(by_spaces(&words, read)),
            piece => found.push(piece),
        }
        next = last + 1;
    }
    found
}

/// Words with spaces between them, where each of them names something.
fn by_spaces(words: &str, read: &dyn Fn(&str) -> Option<Piece>) -> Vec<Piece> {
    let each: Option<Vec<Piece>> = words.split_whitespace().map(read).collect();
    match each {
        Some(pieces) if pieces.len() > 1 => pieces,
        _ => vec![Piece::Words(words.to_owned())],
    }
}

fn code(word: &str, names: &Names) -> Option<Piece> {
    match names.find(word) {
        Found::One(code) => Some(Piece::Code(code, 1)),
        Found::Several(codes) => Some(Piece::Several(word.to_owned(), codes)),
        Found::None => None,
    }
}

/// An item: its code, its name, or both as the sheet prints them: `oil 机油机滤（很可能）96.00+336.00=432.00`.
fn item(word: &str, names: &Names) -> Option<Piece> {
    let word = word.trim_start_matches(['□', '☑', '√', '✓', '●', '·', '-', ' ']);
    if let Some(piece) = code(word, names) {
        return Some(piece);
    }
    let (before, behind) = word.split_once(['(', '（']).unwrap_or((word, ""));
    let sums = behind.split_once([')', '）']).map_or("", |(_, sums)| sums);
    if sums.contains(|c: char| !is_of_a_price(c)) {
        return None;
    }
    let before = before.trim();
    // A price stands apart from the name: `BAT23` is not `BAT` for 23 yuan.
    let bare = before.trim_end_matches(is_of_a_price);
    let apart = before
        .get(bare.len()..)
        .is_some_and(|sum| sum.starts_with([' ', '¥', '￥']));
    let bare = if apart { bare } else { before };
    for text in [before, bare] {
        if let Some(piece) = code(text, names).filter(|_| text != word) {
            return Some(piece);
        }
        let (first, name) = text.split_once(char::is_whitespace)?;
        match (names.find(first), names.find(name)) {
            (Found::One(code), Found::One(named)) if code == named => {
                return Some(Piece::Code(code, 1));
            }
            // Two items may have one name: the code says which.
            (Found::One(code), Found::Several(named)) if named.contains(&code) => {
                return Some(Piece::Code(code, 1));
            }
            _ => {}
        }
    }
    None
}

fn is_of_a_price(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || ".,+=¥￥元".contains(c)
}

const UNITS: [&str; 20] = [
    "个", "只", "件", "套", "桶", "升", "瓶", "片", "根", "条", "支", "盒", "台", "副", "把",
    "pcs", "pc", "ea", "l", "块",
];

fn part(word: &str, names: &Names) -> Option<Piece> {
    if let Some(piece) = code(word, names) {
        return Some(piece);
    }
    let lower = word.to_lowercase();
    let closed = lower.trim_end_matches([')', '）', ' ']);
    let bare = UNITS
        .iter()
        .find_map(|unit| closed.strip_suffix(unit))
        .unwrap_or(closed)
        .trim_end();
    let digits = |c: char| c.is_ascii_digit() || c == '.' || ('０'..='９').contains(&c);
    let head = bare.trim_end_matches(digits);
    let (name, count) = if head.len() < bare.len() {
        (head, bare.get(head.len()..)?.to_owned())
    } else {
        let c = bare.chars().last()?;
        let spelled = "一二三四五六七八九".chars().position(|known| known == c);
        let spelled = spelled.map(|at| at + 1).or((c == '两').then_some(2))?;
        (bare.get(..bare.len() - c.len_utf8())?, spelled.to_string())
    };
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || "×✕*＊:：=(（x".contains(c));
    let found = code(name, names)?;
    let count: String = unicode_normalization::UnicodeNormalization::nfkc(count.as_str()).collect();
    let count = count.strip_suffix(".0").unwrap_or(&count);
    match (found, count.parse::<u32>()) {
        (Piece::Code(code, _), Ok(count)) if count > 0 => Some(Piece::Code(code, count)),
        (Piece::Code(..), _) => Some(Piece::NoCount(word.to_owned())),
        (several, _) => Some(several),
    }
}

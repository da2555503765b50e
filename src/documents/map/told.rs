//! What the map says of a place: short, and safe inside the drawing.

use std::fmt::Write as _;

use crate::documents::Messages;
use crate::documents::inert;
use crate::documents::numbers::whole;
use crate::plan::model::PlaceDemand;

/// Letters of a name shown at most.
const NAME: usize = 40;

/// `浏阳市 大瑶镇：T01；安排 8，候补 4，顺延 2`.
pub(super) fn told(place: &PlaceDemand, words: &Messages) -> String {
    let mut text = format!("{} {}", short(&place.county), short(&place.town));
    text.truncate(text.trim_end().len());
    if !place.tour.is_empty() {
        let _ = write!(text, " · {}", place.tour);
    }
    for (status, vehicles) in &place.by_status {
        let _ = write!(text, " · {} {}", words.get(status), whole(*vehicles));
    }
    text
}

/// The beginning of a name.
pub(super) fn short(name: &str) -> String {
    let mut text: String = name.chars().take(NAME).collect();
    if text.len() < name.len() {
        text.push('…');
    }
    text
}

/// Text inside SVG; the template takes the map as it is.
pub(super) fn escape(text: &str) -> String {
    let mut out = Vec::new();
    // Writing into memory cannot fail.
    let _ = inert::escape(text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

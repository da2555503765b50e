//! How tours are told apart: by colour, by the angle of a hatch, and always by their number.
//!
//! Printed in black and white the hatch and the numbers remain.

use std::fmt::Write as _;

/// Dark enough for white figures on them.
const COLOURS: [&str; 10] = [
    "#b3261e", "#1a5fb4", "#26734d", "#8a4b08", "#6b2c91", "#0b7285", "#5c5c00", "#a01060",
    "#37474f", "#3f51b5",
];
/// Degrees; after every round of colours the hatch grows denser.
const ANGLES: [u32; 5] = [45, 135, 0, 90, 20];

/// The colour of the tour with this number, from 0.
pub(in crate::documents) fn colour(number: usize) -> &'static str {
    COLOURS[number % COLOURS.len()]
}

/// Dashes of its route.
pub(super) fn dash(number: usize) -> &'static str {
    match number / COLOURS.len() % 3 {
        0 => "",
        1 => " stroke-dasharray=\"7 3\"",
        _ => " stroke-dasharray=\"2 3\"",
    }
}

/// One hatch a tour, and the arrow of its route, as definitions.
pub(super) fn hatches(text: &mut String, tours: usize) {
    text.push_str("<defs>");
    for number in 0..tours {
        let (angle, ink) = (ANGLES[number % ANGLES.len()], colour(number));
        let gap = if (number / ANGLES.len()).is_multiple_of(2) {
            7
        } else {
            4
        };
        let _ = write!(
            text,
            "<pattern id=\"hatch{number}\" width=\"{gap}\" height=\"{gap}\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate({angle})\"><rect width=\"{gap}\" height=\"{gap}\" fill=\"{ink}\" fill-opacity=\"0.1\"/><path d=\"M0 0V{gap}\" stroke=\"{ink}\" stroke-width=\"1.3\" stroke-opacity=\"0.45\"/></pattern>"
        );
        let _ = write!(
            text,
            "<marker id=\"arrow{number}\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" markerWidth=\"4.2\" markerHeight=\"4.2\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"{ink}\"/></marker>"
        );
    }
    text.push_str("</defs>");
}

//! One is singular: English sentences whose number is filled in afterwards.

/// Nouns that are counted in sentences, and their singulars where more than the s goes.
const COUNTED: [(&str, &str); 28] = [
    ("vehicles", "vehicle"),
    ("tours", "tour"),
    ("visits", "visit"),
    ("days", "day"),
    ("workdays", "workday"),
    ("nights", "night"),
    ("months", "month"),
    ("times", "time"),
    ("pieces", "piece"),
    ("parts", "part"),
    ("items", "item"),
    ("lines", "line"),
    ("rows", "row"),
    ("orders", "order"),
    ("calls", "call"),
    ("texts", "text"),
    ("reminders", "reminder"),
    ("contacts", "contact"),
    ("customers", "customer"),
    ("jobs", "job"),
    ("technicians", "technician"),
    ("people", "person"),
    ("seats", "seat"),
    ("places", "place"),
    ("incidents", "incident"),
    ("changes", "change"),
    ("walk-ins", "walk-in"),
    ("stops", "stop"),
];

/// `1 vehicles` becomes `1 vehicle`; 21, 0.1 and 1,001 vehicles stay.
pub fn counted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("1 ") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        out.push_str(before);
        out.push_str("1 ");
        rest = after;
        // Part of a longer number or of a key?
        let alone =
            !out[..out.len() - 2].ends_with(|c: char| c.is_alphanumeric() || ".,-_".contains(c));
        let end = after.find(|c: char| !c.is_ascii_alphabetic() && c != '-');
        let word = &after[..end.unwrap_or(after.len())];
        let one = COUNTED.iter().find(|(many, _)| *many == word);
        if let (true, Some((many, one))) = (alone, one) {
            out.push_str(one);
            rest = &after[many.len()..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_nothing_else_changes() {
        for (many, one) in [
            (
                "1 vehicles wait, 2 tours, 1 days",
                "1 vehicle wait, 2 tours, 1 day",
            ),
            (
                "21 vehicles, 0.1 days, 1,001 pieces",
                "21 vehicles, 0.1 days, 1,001 pieces",
            ),
            ("T01 days", "T01 days"),
            ("1 daysman; (1 walk-ins)", "1 daysman; (1 walk-in)"),
            ("第1 天，1 台", "第1 天，1 台"),
            ("1 ", "1 "),
        ] {
            assert_eq!(counted(many), one);
        }
    }
}

//! What differs between two contents, line by line.

use super::signing::{Content, Fields};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The list it stands on: `sourcing`, `crew` …
    pub list: String,
    /// The line.
    pub key: String,
    /// The field; empty = the whole line came or went.
    pub field: String,
    /// As signed; empty = the line is new.
    pub before: String,
    /// As it is now; empty = the line is gone.
    pub after: String,
}

/// Every difference, in order of list, line and field.
pub fn difference(before: &Content, after: &Content) -> Vec<Change> {
    let mut changes = Vec::new();
    for (list, key) in lines(before, after) {
        let line =
            |content: &'_ Content| content.get(list).and_then(|lines| lines.get(key)).cloned();
        let change = |field: &str, before: String, after: String| Change {
            list: list.to_owned(),
            key: key.to_owned(),
            field: field.to_owned(),
            before,
            after,
        };
        match (line(before), line(after)) {
            (Some(old), Some(new)) => {
                let names: std::collections::BTreeSet<&String> =
                    old.keys().chain(new.keys()).collect();
                for name in names {
                    let text = |fields: &Fields| fields.get(name).cloned().unwrap_or_default();
                    if text(&old) != text(&new) {
                        changes.push(change(name, text(&old), text(&new)));
                    }
                }
            }
            (old, new) => changes.push(change("", whole(old), whole(new))),
        }
    }
    changes
}

/// Every (list, key) of either, once.
fn lines<'c>(
    before: &'c Content,
    after: &'c Content,
) -> std::collections::BTreeSet<(&'c str, &'c str)> {
    let of = |content: &'c Content| {
        content
            .iter()
            .flat_map(|(list, lines)| lines.keys().map(|key| (list.as_str(), key.as_str())))
    };
    of(before).chain(of(after)).collect()
}

/// A line in one cell.
fn whole(fields: Option<Fields>) -> String {
    let texts = fields
        .into_iter()
        .flatten()
        .map(|(name, text)| format!("{name} {text}"));
    texts.collect::<Vec<_>>().join(", ")
}

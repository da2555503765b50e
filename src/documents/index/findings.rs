//! What the planner has to tell, grouped by code, worst first.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::documents::DocumentSet;
use crate::findings::{Finding, Severity, describe, entry};

/// Of one code, shown at once.
const SHOWN: usize = 2;
/// Of one code, in the page at all.
const MOST: usize = 60;

pub(super) fn groups(set: &DocumentSet<'_>) -> Vec<Value> {
    let mut groups: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &set.plan.findings {
        let severity = entry(&finding.code).map_or(Severity::Warning, |entry| entry.severity);
        groups
            .entry((severity, finding.code.as_str()))
            .or_default()
            .push(finding);
    }
    let groups = groups.into_iter();
    groups
        .map(|((severity, code), all)| {
            let say = |finding: &&Finding| {
                let text = describe(finding, set.lang);
                text.strip_prefix(code).map_or(text.clone(), |rest| {
                    rest.trim_start_matches([':', ' ']).to_owned()
                })
            };
            json!({
                "code": code, "severity": severity, "count": all.len(),
                "shown": all.iter().take(SHOWN).map(say).collect::<Vec<_>>(),
                "more": all.iter().take(MOST).skip(SHOWN).map(say).collect::<Vec<_>>(),
                "left_out": all.len().saturating_sub(MOST),
            })
        })
        .collect()
}

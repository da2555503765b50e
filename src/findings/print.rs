//! Findings as text for people, and the registry as a page of documentation.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::registry::{self, entry};
use super::{Finding, Lang, Severity, counted};

/// How many findings of one code are shown before "and n more".
const SHOWN_PER_CODE: usize = 5;

/// Fills `{name}` by the finding's args; `{value}`, `{file}`, `{line}`, `{vehicle}` come from the finding.
fn fill(template: &str, finding: &Finding) -> String {
    let mut text = template.to_owned();
    for (name, value) in &finding.args {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    // The number first: a value of the data is not read as a sentence.
    counted(&text)
        .replace("{value}", &finding.value)
        .replace("{file}", &finding.at.file)
        .replace("{line}", &finding.at.line.to_string())
        .replace("{vehicle}", &finding.vehicle)
}

/// `population/a.csv:12 F 手机号码`, or nothing.
fn place(finding: &Finding) -> String {
    let at = &finding.at;
    let mut text = at.file.clone();
    if !at.sheet.is_empty() {
        let _ = write!(text, "[{}]", at.sheet);
    }
    if at.line > 0 {
        let _ = write!(text, ":{}", at.line);
    }
    for word in [&at.letter, &at.header] {
        if !word.is_empty() {
            let _ = write!(text, " {word}");
        }
    }
    text
}

/// One finding in one line: code, where, what, what to do.
pub fn describe(finding: &Finding, lang: Lang) -> String {
    let Some(entry) = entry(&finding.code) else {
        return format!("{} {}", finding.code, place(finding));
    };
    let mut text = finding.code.clone();
    let place = place(finding);
    if !place.is_empty() {
        let _ = write!(text, " {place}");
    }
    let _ = write!(text, ": {}", fill(entry.title.get(lang), finding));
    if !finding.value.is_empty() && !entry.title.get(lang).contains("{value}") {
        let _ = write!(text, " ({})", finding.value);
    }
    let action = fill(entry.action.get(lang), finding);
    if !action.is_empty() {
        let arrow = if lang == Lang::Zh {
            "。→ "
        } else {
            ". → "
        };
        text.push_str(arrow);
        text.push_str(&action);
    }
    text
}

/// Findings grouped by code, worst first, each group with its count and its first few lines.
pub fn grouped_text(findings: &[Finding], lang: Lang) -> String {
    let mut groups: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let severity = entry(&finding.code).map_or(Severity::Warning, |e| e.severity);
        groups
            .entry((severity, finding.code.as_str()))
            .or_default()
            .push(finding);
    }
    let mut text = String::new();
    for ((severity, _), group) in groups {
        let word = match (severity, lang) {
            (Severity::Error, Lang::En) => "error",
            (Severity::Warning, Lang::En) => "warning",
            (Severity::Note, Lang::En) => "note",
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Warning, Lang::Zh) => "注意",
            (Severity::Note, Lang::Zh) => "说明",
        };
        for finding in group.iter().take(SHOWN_PER_CODE) {
            let _ = writeln!(text, "{word} {}", describe(finding, lang));
        }
        if group.len() > SHOWN_PER_CODE {
            let more = group.len() - SHOWN_PER_CODE;
            let _ = match lang {
                Lang::En => writeln!(text, "  … and {more} more"),
                Lang::Zh => writeln!(text, "  … 另有 {more} 条"),
            };
        }
    }
    text
}

/// docs/findings.md: every code with title, cause and what to do, in both languages.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Findings\n\nGenerated from the registry in `src/findings/registry` by `tourplan schema findings`; a test keeps it true.\n",
    );
    for entry in registry::all() {
        let _ = write!(
            text,
            "\n## {} ({:?})\n\n**{}**\n\n- Cause: {}\n- What to do: {}\n\n**{}**\n\n- 原因：{}\n- 处理：{}\n",
            entry.code,
            entry.severity,
            entry.title.en,
            entry.cause.en,
            entry.action.en,
            entry.title.zh,
            entry.cause.zh,
            entry.action.zh
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Spot;

    #[test]
    fn the_place_of_a_finding_stands_in_its_text() {
        let at = Spot {
            file: "goods.csv".into(),
            line: 7,
            ..Spot::default()
        };
        let finding = Finding::new("M027").at(at).value("2612-O001");
        for lang in [Lang::En, Lang::Zh] {
            let text = describe(&finding, lang);
            assert!(text.contains('7') && !text.contains('{'), "{text}");
        }
    }
}

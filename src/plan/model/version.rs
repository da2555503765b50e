//! Which form a plan.json has, and reading every form there was.
//!
//! Responsible for: the version written, what an older one lacks, refusing a newer one with a word.
//! Not responsible for: what the fields mean. The policy stands in docs/schema-versions.md.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Plan;
use crate::findings::Finding;

/// The name written into plan.json; the number is the major version.
pub const PLAN_SCHEMA: &str = "tourplan-plan/1";

/// The semantic version written into plan.json. Minor: fields were added; major: one was removed or means another thing.
pub const PLAN_VERSION: &str = "1.1.0";

/// What is to be done with a plan that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is only looked at: fields of a newer minor version are passed over.
    Looking,
    /// The month is written again from it: fields this version does not know would be lost.
    Writing,
}

/// Why a plan.json was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Made by a newer version, with its number.
    Newer(String),
    /// It does not hold a plan; the line where that shows (0 = the whole file).
    Broken(usize),
}

impl Unread {
    /// The finding for it; `file` is the plan's place or month, as people know it.
    pub fn finding(&self, file: &str) -> Finding {
        match self {
            Self::Newer(version) => Finding::new("C030")
                .in_file(file)
                .value(version)
                .arg("known", PLAN_VERSION),
            Self::Broken(line) => Finding::new("C010")
                .arg("month", file)
                .arg("message", format!("plan.json:{line}")),
        }
    }
}

/// The two fields that say what a file is.
#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    schema: String,
    #[serde(default)]
    schema_version: String,
}

/// Reads a plan.json of this or any older form.
///
/// # Errors
/// Where it is of a newer major version, of a newer minor one and is to be written again, or no plan.
pub fn read_plan(bytes: &[u8], purpose: Use) -> Result<Plan, Unread> {
    let broken = |error: serde_json::Error| Unread::Broken(error.line());
    let label: Label = serde_json::from_slice(bytes).map_err(broken)?;
    let number = label
        .schema
        .strip_prefix("tourplan-plan/")
        .and_then(|number| number.parse::<u32>().ok())
        .ok_or(Unread::Broken(0))?;
    let (major, minor) = numbers(PLAN_VERSION).ok_or(Unread::Broken(0))?;
    if number > major {
        let version = label.schema_version;
        let known = !version.is_empty();
        return Err(Unread::Newer(if known { version } else { label.schema }));
    }
    let written = match label.schema_version.as_str() {
        // Forms before 1.1 wrote no number.
        "" => 0,
        text => numbers(text).ok_or(Unread::Broken(0))?.1,
    };
    if written > minor && purpose == Use::Writing {
        return Err(Unread::Newer(label.schema_version));
    }
    let mut plan: Plan = if written == 0 {
        let mut value: Value = serde_json::from_slice(bytes).map_err(broken)?;
        from_1_0(&mut value);
        serde_json::from_value(value).map_err(broken)?
    } else {
        serde_json::from_slice(bytes).map_err(broken)?
    };
    if written < minor {
        PLAN_VERSION.clone_into(&mut plan.schema_version);
    }
    Ok(plan)
}

/// Major and minor of `1.1.0`.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    Some((parts.next()??, parts.next()??))
}

/// What 1.0 left out and its readers knew: fields whose absence does not mean nothing. The others are filled by the
/// model itself, because there nothing is what they mean.
fn from_1_0(plan: &mut Value) {
    let mode = plan.pointer("/settings/travel/mode").cloned();
    add(plan, "travel", || json!({ "mode": mode }));
    for line in list(plan, "sourcing") {
        // Pieces were ordered one by one.
        let bought = matches!(line["source"].as_str(), Some("peer" | "order"));
        let pieces = if bought {
            line["qty"].clone()
        } else {
            json!(0)
        };
        add(line, "order_qty", || pieces);
    }
    for visit in list(plan, "visits") {
        // Where a matrix was used, nobody knows any more which drives it had.
        add(visit, "leg_estimated", || json!(true));
    }
    for vehicle in list(plan, "vehicles") {
        let has_place = vehicle["status"] == "visit";
        add(vehicle, "had_place", || json!(has_place));
    }
}

fn list<'a>(plan: &'a mut Value, name: &str) -> impl Iterator<Item = &'a mut Value> {
    let lines = plan.get_mut(name).and_then(Value::as_array_mut);
    lines.into_iter().flatten()
}

/// Adds a field where there is none of that name.
fn add(line: &mut Value, name: &str, value: impl FnOnce() -> Value) {
    if let Some(fields) = line.as_object_mut() {
        fields.entry(name).or_insert_with(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::model::SourceKind;
    use crate::plan::model::small::plan;

    const FIRST: &[u8] = include_bytes!("../../../tests/recorded/plan-1.0.0/plan.json");

    fn written(schema: &str, version: &str) -> Vec<u8> {
        let mut plan = plan();
        schema.clone_into(&mut plan.schema);
        version.clone_into(&mut plan.schema_version);
        let mut value = serde_json::to_value(plan).expect("JSON");
        value["of_another_version"] = json!(1);
        serde_json::to_vec(&value).expect("JSON")
    }

    #[test]
    fn the_first_form_is_read_and_loses_no_order() {
        let told: Value = serde_json::from_slice(FIRST).expect("JSON");
        assert!(told.get("schema_version").is_none() && told.get("travel").is_none());
        let plan = read_plan(FIRST, Use::Writing).expect("a plan");
        assert_eq!(plan.schema_version, PLAN_VERSION);
        let kinds = [SourceKind::Peer, SourceKind::Order];
        let bought = |line: &&crate::plan::model::SourcingLine| kinds.contains(&line.source);
        let lines: Vec<_> = plan.sourcing.iter().filter(bought).collect();
        assert!(!lines.is_empty());
        assert!(lines.iter().all(|line| line.order_qty == line.qty));
        assert_eq!(plan.travel.mode, "estimate");
        let places = plan.vehicles.iter().filter(|one| one.had_place).count();
        assert_eq!(Some(&(places as u64)), plan.figures.by_status.get("visit"));
    }

    #[test]
    fn what_is_written_now_is_read_back_as_it_was() {
        let now = plan();
        let bytes = serde_json::to_vec(&now).expect("JSON");
        assert_eq!(read_plan(&bytes, Use::Writing), Ok(now));
    }

    #[test]
    fn a_newer_minor_version_is_looked_at_but_never_written_over() {
        let newer = written(PLAN_SCHEMA, "1.2.0");
        assert!(read_plan(&newer, Use::Looking).is_ok());
        let refused = read_plan(&newer, Use::Writing);
        assert_eq!(refused, Err(Unread::Newer("1.2.0".into())));
    }

    #[test]
    fn a_newer_major_version_is_refused_whatever_it_is_for() {
        for purpose in [Use::Looking, Use::Writing] {
            let numbered = read_plan(&written("tourplan-plan/2", "2.0.0"), purpose);
            assert_eq!(numbered, Err(Unread::Newer("2.0.0".into())));
            let bare = read_plan(br#"{"schema":"tourplan-plan/7"}"#, purpose);
            assert_eq!(bare, Err(Unread::Newer("tourplan-plan/7".into())));
        }
    }

    #[test]
    fn what_is_no_plan_is_named_by_its_line() {
        let line = |text: &str| read_plan(text.as_bytes(), Use::Looking).map(|_| ());
        assert_eq!(line("{}"), Err(Unread::Broken(0)));
        assert_eq!(line("{\n{"), Err(Unread::Broken(2)));
        let wrong = r#"{"schema":"tourplan-problem/1"}"#;
        assert_eq!(line(wrong), Err(Unread::Broken(0)));
        let odd = r#"{"schema":"tourplan-plan/1","schema_version":"one"}"#;
        assert_eq!(line(odd), Err(Unread::Broken(0)));
    }
}

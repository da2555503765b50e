//! tour.toml → settings: unknown keys are named, impossible values refused.

use crate::domain::settings::is_pin;
use crate::domain::{Month, Settings};
use crate::findings::{Failure, Finding};

mod travel;

pub(crate) use travel::is_plain_address;

/// Reads the file's bytes; a BOM is allowed.
pub(super) fn read(bytes: &[u8]) -> Result<(Settings, Vec<Finding>), Failure> {
    let unreadable = |message: String| {
        Failure::input(
            Finding::new("C002")
                .in_file("tour.toml")
                .arg("message", message),
        )
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|error| unreadable(format!("not UTF-8: {error}")))?
        .trim_start_matches('\u{feff}');
    let settings: Settings =
        toml::from_str(text).map_err(|error| unreadable(error.to_string().trim().to_owned()))?;
    let written: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| unreadable(error.to_string()))?;
    let mut findings = Vec::new();
    unknown_keys(&written, &known(), "", &mut findings);
    check(&settings, &written)?;
    Ok((settings, findings))
}

/// Every key there is: the defaults, with the optional ones filled in.
fn known() -> toml::Table {
    let mut settings = Settings {
        team: vec![crate::domain::settings::TeamSettings::default()],
        today: crate::domain::Date::new(2000, 1, 1),
        month: Some(String::new()),
        lang: Some(String::new()),
        ..Settings::default()
    };
    settings.dealer.lon = Some(0.0);
    settings.dealer.lat = Some(0.0);
    settings.place.province = Some(String::new());
    toml::Table::try_from(&settings).unwrap_or_default()
}

fn unknown_keys(
    written: &toml::Table,
    known: &toml::Table,
    prefix: &str,
    findings: &mut Vec<Finding>,
) {
    for (key, value) in written {
        let path = format!("{prefix}{key}");
        let Some(model) = known.get(key) else {
            let near = known
                .keys()
                .filter(|other| distance(other, key) <= 3)
                .min_by_key(|other| distance(other, key));
            let hint = near.map_or_else(
                || "tourplan schema settings".to_owned(),
                |near| format!("{prefix}{near}?"),
            );
            let finding = Finding::new("C009").in_file("tour.toml");
            findings.push(finding.arg("key", &path).arg("hint", hint));
            continue;
        };
        // [columns], [pins] and datum_of hold the dealer's own names.
        if path == "columns" || path == "place.datum_of" || path == "pins" {
            continue;
        }
        match (value, model) {
            (toml::Value::Table(inner), toml::Value::Table(model)) => {
                unknown_keys(inner, model, &format!("{path}."), findings);
            }
            (toml::Value::Array(list), toml::Value::Array(models)) => {
                for (one, model) in list
                    .iter()
                    .filter_map(|one| Some((one.as_table()?, models.first()?.as_table()?)))
                {
                    unknown_keys(one, model, &format!("{path}."), findings);
                }
            }
            _ => {}
        }
    }
}

/// A key with a number nothing is counted in, and what was expected.
type Odd = (String, String, &'static str);

/// Keys with numbers nothing is counted in: not numbers at all, below zero, beyond any hours, money or distance.
fn odd_numbers(written: &toml::Table, prefix: &str, odd: &mut Vec<Odd>) {
    for (key, value) in written {
        let path = format!("{prefix}{key}");
        let number = match value {
            toml::Value::Float(number) => *number,
            toml::Value::Integer(number) => *number as f64,
            toml::Value::Table(inner) => {
                odd_numbers(inner, &format!("{path}."), odd);
                continue;
            }
            toml::Value::Array(list) => {
                for inner in list.iter().filter_map(toml::Value::as_table) {
                    odd_numbers(inner, &format!("{path}."), odd);
                }
                continue;
            }
            _ => continue,
        };
        let (allowed, expected) = match path.as_str() {
            "seed" => continue,
            "dealer.lon" => (-180.0..=180.0, "-180 … 180"),
            "dealer.lat" => (-90.0..=90.0, "-90 … 90"),
            _ => (0.0..=1e9, "0 … 1,000,000,000"),
        };
        if !allowed.contains(&number) {
            odd.push((path, value.to_string(), expected));
        }
    }
}

/// Edit distance over characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replace = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replace.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Values no plan can be made with: one clear failure with all of them.
#[expect(clippy::too_many_lines, reason = "one line or two for each rule")]
fn check(settings: &Settings, written: &toml::Table) -> Result<(), Failure> {
    let tour = &settings.tour;
    let most_hours = if tour.overtime_allowed { 11.0 } else { 8.0 };
    let share = |x: f64| (0.0..=1.0).contains(&x);
    let positive = |x: f64| x.is_finite() && x > 0.0;
    let not_negative = |x: f64| x.is_finite() && x >= 0.0;
    let rules: Vec<travel::Rule> = vec![
        (
            positive(tour.hours_per_day) && tour.hours_per_day <= most_hours,
            "tour.hours_per_day",
            tour.hours_per_day.to_string(),
            "> 0, ≤ 8 (≤ 11: overtime_allowed)",
        ),
        (
            not_negative(tour.setup_hours),
            "tour.setup_hours",
            tour.setup_hours.to_string(),
            "≥ 0",
        ),
        (
            not_negative(tour.min_service_hours),
            "tour.min_service_hours",
            tour.min_service_hours.to_string(),
            "≥ 0",
        ),
        (
            not_negative(tour.max_drive_hours_per_day),
            "tour.max_drive_hours_per_day",
            tour.max_drive_hours_per_day.to_string(),
            "≥ 0",
        ),
        (
            share(tour.utilisation) && tour.utilisation > 0.0,
            "tour.utilisation",
            tour.utilisation.to_string(),
            "0 … 1",
        ),
        (
            not_negative(tour.max_customer_km),
            "tour.max_customer_km",
            tour.max_customer_km.to_string(),
            "≥ 0",
        ),
        (
            not_negative(tour.attendance_full_km),
            "tour.attendance_full_km",
            tour.attendance_full_km.to_string(),
            "≥ 0",
        ),
        (
            not_negative(tour.attendance_half_km),
            "tour.attendance_half_km",
            tour.attendance_half_km.to_string(),
            "≥ 0",
        ),
        (
            not_negative(tour.free_check_hours),
            "tour.free_check_hours",
            tour.free_check_hours.to_string(),
            "≥ 0",
        ),
        (
            positive(tour.field_factor),
            "tour.field_factor",
            tour.field_factor.to_string(),
            "> 0",
        ),
        (
            not_negative(settings.costs.per_km),
            "costs.per_km",
            settings.costs.per_km.to_string(),
            "≥ 0",
        ),
        (
            not_negative(settings.costs.per_night),
            "costs.per_night",
            settings.costs.per_night.to_string(),
            "≥ 0",
        ),
        (
            settings.calls.from_days >= settings.calls.to_days,
            "calls.from_days",
            settings.calls.from_days.to_string(),
            "≥ calls.to_days",
        ),
        (
            settings.reminders.from_days >= settings.reminders.to_days,
            "reminders.from_days",
            settings.reminders.from_days.to_string(),
            "≥ reminders.to_days",
        ),
        (
            share(settings.parts.target_job_fill),
            "parts.target_job_fill",
            settings.parts.target_job_fill.to_string(),
            "0 … 1",
        ),
        (
            matches!(settings.parts.policy.as_str(), "partial" | "all-or-nothing"),
            "parts.policy",
            settings.parts.policy.clone(),
            "partial | all-or-nothing",
        ),
        (
            matches!(settings.place.gazetteer.as_str(), "all" | "clean"),
            "place.gazetteer",
            settings.place.gazetteer.clone(),
            "all | clean",
        ),
        (
            share(settings.policy.served_lost_share),
            "policy.served_lost_share",
            settings.policy.served_lost_share.to_string(),
            "0 … 1",
        ),
        (
            not_negative(settings.policy.served_recovers_months),
            "policy.served_recovers_months",
            settings.policy.served_recovers_months.to_string(),
            "≥ 0",
        ),
        (
            settings.policy.overdue_safety_factor.is_finite()
                && settings.policy.overdue_safety_factor >= 1.0,
            "policy.overdue_safety_factor",
            settings.policy.overdue_safety_factor.to_string(),
            "≥ 1",
        ),
        (
            settings.pins.values().all(|pin| is_pin(pin, None)),
            "pins",
            settings
                .pins
                .values()
                .find(|pin| !is_pin(pin, None))
                .cloned()
                .unwrap_or_default(),
            "must | never | yyyy-mm-dd",
        ),
        (
            settings
                .month
                .as_deref()
                .is_none_or(|month| Month::parse(month).is_some()),
            "month",
            settings.month.clone().unwrap_or_default(),
            "yyyy-mm",
        ),
    ];
    let mut findings: Vec<Finding> = rules
        .into_iter()
        .chain(travel::rules(settings))
        .filter(|rule| !rule.0)
        .map(|(_, key, value, expected)| {
            Finding::new("C008")
                .in_file("tour.toml")
                .value(value)
                .arg("key", key)
                .arg("expected", expected)
        })
        .collect();
    let mut odd = Vec::new();
    odd_numbers(written, "", &mut odd);
    for (key, value, expected) in odd {
        // A rule of its own says it better.
        if findings.iter().all(|finding| finding.args["key"] != key) {
            let finding = Finding::new("C008").in_file("tour.toml").value(value);
            findings.push(finding.arg("key", key).arg("expected", expected));
        }
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Failure {
            kind: crate::findings::FailureKind::Input,
            findings,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_key_is_named_with_the_likely_one() {
        let (_, findings) = read(b"[tour]\nmax_nigths = 2\n").expect("readable");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].args["hint"], "tour.max_nights?");
    }

    #[test]
    fn every_impossible_value_is_named_at_once() {
        let failure = read(b"[tour]\nhours_per_day = 12\nutilisation = 3\n").expect_err("refused");
        assert_eq!(failure.findings.len(), 2);
    }

    #[test]
    fn numbers_nothing_is_counted_in_are_refused_in_every_key() {
        for (text, key) in [
            (
                "[predict]\nweight_warranty = nan\n",
                "predict.weight_warranty",
            ),
            ("[parts]\ncarry_yuan = 1e308\n", "parts.carry_yuan"),
            (
                "[[team]]\nid = 't'\ncost_per_day = -1.0\n",
                "team.cost_per_day",
            ),
            ("[dealer]\nlon = inf\n", "dealer.lon"),
            ("[dealer]\nlat = 91\n", "dealer.lat"),
        ] {
            let failure = read(text.as_bytes()).expect_err(key);
            let keys: Vec<&str> = failure
                .findings
                .iter()
                .map(|one| one.args["key"].as_str())
                .collect();
            assert_eq!(keys, [key]);
        }
        assert!(read(b"seed = 9999999999\n[dealer]\nlon = -70.5\nlat = -33.4\n").is_ok());
    }

    #[test]
    fn the_documented_keys_are_all_known() {
        let text = "today='2026-11-16'\nmonth='2026-12'\n[dealer]\nlon=112.9\n[[team]]\nid='t'\n[columns]\nphone=['x']\n[place]\nprovince='430000'\n";
        let (_, findings) = read(text.as_bytes()).expect("readable");
        assert_eq!(findings, Vec::new());
    }
}

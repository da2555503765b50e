//! What `[travel]` may say.

use crate::domain::Settings;
use crate::domain::settings::{TravelCurve, TravelSettings};

/// A rule: whether it is kept, the key, its value, what is allowed.
pub(super) type Rule = (bool, &'static str, String, &'static str);

/// The rules of `[travel]`.
pub(super) fn rules(settings: &Settings) -> Vec<Rule> {
    let mut rules = of_server(&settings.travel);
    rules.extend(of_estimate(&settings.travel.estimate));
    rules
}

fn within(
    key: &'static str,
    value: f64,
    (least, most): (f64, f64),
    expected: &'static str,
) -> Rule {
    let kept = (least..=most).contains(&value);
    (kept, key, value.to_string(), expected)
}

fn of_server(travel: &TravelSettings) -> Vec<Rule> {
    let word = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
    let profile = &travel.profile;
    let (size, tries) = (f64::from(travel.max_table_size), f64::from(travel.tries));
    vec![
        (
            matches!(travel.mode.as_str(), "estimate" | "matrix" | "osrm"),
            "travel.mode",
            travel.mode.clone(),
            "estimate | matrix | osrm",
        ),
        (
            travel.mode != "osrm" || is_plain_address(&travel.url),
            "travel.url",
            travel.url.clone(),
            "http://HOST[:PORT][/PATH] (https: a proxy on this network, docs/decisions/http-client.md)",
        ),
        (
            !profile.is_empty() && profile.bytes().all(word),
            "travel.profile",
            profile.clone(),
            "A-Z a-z 0-9 - _",
        ),
        within("travel.max_table_size", size, (4.0, 10_000.0), "4 … 10000"),
        within(
            "travel.timeout_seconds",
            travel.timeout_seconds,
            (0.1, 600.0),
            "0.1 … 600",
        ),
        within("travel.tries", tries, (1.0, 10.0), "1 … 10"),
        within(
            "travel.time_factor",
            travel.time_factor,
            (0.1, 10.0),
            "0.1 … 10",
        ),
    ]
}

/// A road is never shorter than the straight line: what is in reach is looked for by that.
fn of_estimate(curve: &TravelCurve) -> Vec<Rule> {
    let factor = (1.0, 10.0);
    let (fade, loss) = ((0.0, 1e4), (0.0, curve.speed_far));
    vec![
        within(
            "travel.estimate.detour_far",
            curve.detour_far,
            factor,
            "1 … 10",
        ),
        within(
            "travel.estimate.detour_near",
            curve.detour_near,
            (0.0, 10.0),
            "0 … 10",
        ),
        within(
            "travel.estimate.detour_fade_km",
            curve.detour_fade_km,
            fade,
            "0 … 10000",
        ),
        within("travel.estimate.plain", curve.plain, factor, "1 … 10"),
        within("travel.estimate.hills", curve.hills, factor, "1 … 10"),
        within(
            "travel.estimate.mountains",
            curve.mountains,
            factor,
            "1 … 10",
        ),
        within(
            "travel.estimate.least_km",
            curve.least_km,
            (0.0, 100.0),
            "0 … 100",
        ),
        within(
            "travel.estimate.speed_far",
            curve.speed_far,
            (4.0, 200.0),
            "4 … 200",
        ),
        within(
            "travel.estimate.speed_loss_near",
            curve.speed_loss_near,
            loss,
            "0 … speed_far",
        ),
        within(
            "travel.estimate.speed_fade_km",
            curve.speed_fade_km,
            fade,
            "0 … 10000",
        ),
        within(
            "travel.estimate.rest_after_hours",
            curve.rest_after_hours,
            (0.1, 24.0),
            "0.1 … 24",
        ),
    ]
}

/// Plain http to a named host, without a password, a query or a fragment: the address stands in the plan.
pub(crate) fn is_plain_address(url: &str) -> bool {
    let rest = url.strip_prefix("http://");
    rest.is_some_and(|rest| {
        let odd = |c: char| c.is_whitespace() || c.is_control() || "@?#\\\"<>".contains(c);
        !rest.is_empty() && !rest.starts_with(['/', ':']) && !rest.contains(odd)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(change: impl Fn(&mut Settings)) -> Vec<&'static str> {
        let mut settings = Settings::default();
        change(&mut settings);
        let rules = rules(&settings).into_iter().filter(|rule| !rule.0);
        rules.map(|rule| rule.1).collect()
    }

    #[test]
    fn the_defaults_keep_every_rule() {
        assert_eq!(broken(|_| ()), Vec::<&str>::new());
    }

    #[test]
    fn a_routing_server_needs_a_plain_address_without_a_password() {
        for url in [
            "",
            "https://osrm.example",
            "http://",
            "http://me:secret@host",
            "http://host?x",
            "host:5000",
        ] {
            let found = broken(|settings| {
                settings.travel.mode = "osrm".into();
                settings.travel.url = url.into();
            });
            assert_eq!(found, ["travel.url"], "{url}");
        }
        assert!(
            is_plain_address("http://127.0.0.1:5000") && is_plain_address("http://roads.lan/osrm/")
        );
    }

    #[test]
    fn a_road_is_not_estimated_shorter_than_the_straight_line() {
        let found = broken(|settings| settings.travel.estimate.mountains = 0.8);
        assert_eq!(found, ["travel.estimate.mountains"]);
    }
}

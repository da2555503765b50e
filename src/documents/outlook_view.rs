//! What the index shows beside the certificate: months of other sizes as curve and table, and other rates.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Messages;
use super::numbers::{percent, rounded};
use crate::findings::Lang;
use crate::plan::model::{Choice, Outlook, Rate, RateCase};

/// The drawing, px.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 240.0;
/// Room for the axes' figures.
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 34.0;
const TOP: f64 = 12.0;
const RIGHT: f64 = 14.0;

/// Curve, its table and the rates; empty lists where nothing was looked at.
pub(super) fn outlook(outlook: &Outlook, words: &Messages, lang: Lang) -> Value {
    json!({
        "curve": outlook.curve.iter().map(choice).collect::<Vec<_>>(),
        "svg": if outlook.curve.len() > 1 { svg(&outlook.curve, words) } else { String::new() },
        "rates": outlook.rates.iter().map(|case| rate(case, words, lang)).collect::<Vec<_>>(),
    })
}

fn choice(choice: &Choice) -> Value {
    json!({
        "is_plan": choice.is_plan, "team_days": choice.team_days, "teams": choice.teams, "tours": choice.tours,
        "vehicles": rounded(choice.vehicles), "due": rounded(choice.due),
        "cost": rounded(choice.cost_yuan), "contribution": rounded(choice.contribution_yuan),
    })
}

fn rate(case: &RateCase, words: &Messages, lang: Lang) -> Value {
    json!({
        "what": rate_name(case, words, lang),
        "kept": rounded(case.kept_yuan), "best": rounded(case.best_yuan),
        "lost": percent(lost_share(case)),
        "visits": format!("{} / {}", case.visits_kept, case.visits),
        "fill": percent(case.job_fill),
        "needed": rounded(case.needed), "leftover": rounded(case.leftover),
    })
}

/// `Show-up −20%`.
fn rate_name(case: &RateCase, words: &Messages, lang: Lang) -> String {
    let name = words.get(match case.rate {
        Rate::ShowUp => "rate_show_up",
        Rate::Wear => "rate_wear",
    });
    let percent = (case.factor - 1.0) * 100.0;
    let sign = if percent < 0.0 { "−" } else { "+" };
    match lang {
        Lang::En => format!("{name} {sign}{:.0}%", percent.abs()),
        Lang::Zh => format!("{name}{sign}{:.0}%", percent.abs()),
    }
}

/// What the plan's tours bring less than the best found for the rate, as a share of the latter.
fn lost_share(case: &RateCase) -> f64 {
    if case.best_yuan > 0.0 {
        (case.best_yuan - case.kept_yuan) / case.best_yuan
    } else {
        0.0
    }
}

/// Contribution against team-days; the plan is the filled mark.
fn svg(curve: &[Choice], words: &Messages) -> String {
    let most_days = curve.iter().map(|c| c.team_days).max().unwrap_or(1).max(1) as f64;
    let yuan = || curve.iter().map(|choice| choice.contribution_yuan);
    let (low, high) = (yuan().fold(0.0, f64::min), yuan().fold(1.0, f64::max));
    let step = round_step((high - low) / 4.0);
    let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
    let x = |days: u64| LEFT + days as f64 / most_days * (WIDTH - LEFT - RIGHT);
    let y = |yuan: f64| TOP + (high - yuan) / (high - low) * (HEIGHT - TOP - BOTTOM);
    let mut text = format!(
        "<svg class=\"curve\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\" style=\"max-width:{WIDTH}px\">",
        words.get("outlook_curve")
    );
    let grid = "stroke=\"#b9bdc4\" stroke-width=\"0.6\"";
    let lines = ((high - low) / step).round() as u32;
    for line in 0..=lines {
        let yuan = low + step * f64::from(line);
        let _ = write!(
            text,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" {grid}/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"10\">{}</text>",
            WIDTH - RIGHT,
            y(yuan),
            y(yuan),
            LEFT - 5.0,
            y(yuan) + 3.5,
            rounded(yuan),
        );
    }
    let path: Vec<String> = curve
        .iter()
        .map(|c| format!("{:.1},{:.1}", x(c.team_days), y(c.contribution_yuan)))
        .collect();
    let _ = write!(
        text,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1a5fb4\" stroke-width=\"1.6\"/>",
        path.join(" ")
    );
    let mut last_label = f64::NEG_INFINITY;
    for choice in curve {
        let (cx, cy) = (x(choice.team_days), y(choice.contribution_yuan));
        let (fill, radius) = if choice.is_plan {
            ("#b3261e", 5.0)
        } else {
            ("#fff", 3.0)
        };
        let _ = write!(
            text,
            "<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"{radius}\" fill=\"{fill}\" stroke=\"#1a5fb4\"><title>{} {} · {}</title></circle>",
            choice.team_days,
            words.get("team_days"),
            rounded(choice.contribution_yuan),
        );
        if choice.is_plan {
            // Below the line, which rises from the left.
            let _ = write!(
                text,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"11\" font-weight=\"700\" fill=\"#b3261e\">{}</text>",
                cx.clamp(LEFT + 24.0, WIDTH - 28.0),
                cy + 19.0,
                words.get("plan_here"),
            );
        }
        if choice.is_plan || cx - last_label > 22.0 {
            last_label = cx;
            let _ = write!(
                text,
                "<text x=\"{cx:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"10\">{}</text>",
                HEIGHT - BOTTOM + 13.0,
                choice.team_days,
            );
        }
    }
    let _ = write!(
        text,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"10\">{}</text></svg>",
        WIDTH - RIGHT,
        HEIGHT - 6.0,
        words.get("team_days"),
    );
    text
}

/// The next of 1, 2, 2.5, 5 and their tenfolds: what people count by.
fn round_step(wanted: f64) -> f64 {
    let mut unit = 1.0;
    while unit * 10.0 < wanted {
        unit *= 10.0;
    }
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|by| by * unit);
    steps
        .into_iter()
        .find(|step| *step >= wanted)
        .unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(team_days: u64, contribution_yuan: f64, is_plan: bool) -> Choice {
        Choice {
            team_days,
            contribution_yuan,
            is_plan,
            ..Choice::default()
        }
    }

    #[test]
    fn the_curve_rises_to_the_right_and_marks_the_plan_once() {
        let curve = [
            at(4, 2000.0, false),
            at(8, 3500.0, true),
            at(12, 3000.0, false),
        ];
        let text = svg(&curve, &Messages::new(Lang::En));
        assert_eq!(text.matches("r=\"5\" fill=\"#b3261e\"").count(), 1);
        let points = text
            .split("points=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let points: Vec<(f64, f64)> = points
            .expect("a line")
            .split(' ')
            .filter_map(|pair| pair.split_once(','))
            .map(|(x, y)| (x.parse().expect("x"), y.parse().expect("y")))
            .collect();
        assert!(points[0].0 < points[1].0 && points[1].0 < points[2].0);
        assert!(
            points[1].1 < points[0].1 && points[1].1 < points[2].1,
            "up is more"
        );
        assert!(
            points
                .iter()
                .all(|(x, y)| (0.0..=WIDTH).contains(x) && (0.0..=HEIGHT).contains(y))
        );
    }

    #[test]
    fn the_axis_counts_in_round_figures() {
        assert_eq!(
            [0.3, 3.0, 7329.0, 24_000.0].map(round_step),
            [1.0, 5.0, 10_000.0, 25_000.0]
        );
    }

    #[test]
    fn a_rate_is_named_with_its_sign_and_what_the_plan_loses_by_it() {
        let case = RateCase {
            rate: Rate::Wear,
            factor: 0.8,
            kept_yuan: 950.0,
            best_yuan: 1000.0,
            visits: 9,
            visits_kept: 8,
            job_fill: 0.95,
            needed: 10.0,
            leftover: 4.0,
        };
        let shown = rate(&case, &Messages::new(Lang::En), Lang::En);
        assert_eq!(shown["what"], "Wear −20%");
        assert_eq!(shown["lost"], "5.0%");
    }
}

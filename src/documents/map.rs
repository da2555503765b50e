//! The map as inline SVG: counties, depot, points, routes. No script, no network.

use std::fmt::Write as _;

use super::DocumentSet;
use crate::plan::model::PlanPoint;

/// cos of Hunan's middle latitude (27.6°): an even scale both ways.
const EAST_WEST: f64 = 0.8862;
/// Pixels per degree of latitude.
const SCALE: f64 = 130.0;
/// Dark enough to tell apart in greyscale by dash too.
const COLOURS: [&str; 8] = [
    "#b3261e", "#1a5fb4", "#26734d", "#8a4b08", "#6b2c91", "#0b7285", "#5c5c00", "#a01060",
];

/// The map, with only this tour's route, or all of them.
pub(super) fn svg(set: &DocumentSet<'_>, only: Option<&str>) -> String {
    let region: Vec<_> = set
        .outlines
        .iter()
        .filter(|o| o.province == "湖南省")
        .collect();
    let (mut west, mut south, mut east, mut north) = (180.0_f64, 90.0_f64, -180.0_f64, -90.0_f64);
    for outline in &region {
        west = west.min(outline.bounds[0]);
        south = south.min(outline.bounds[1]);
        east = east.max(outline.bounds[2]);
        north = north.max(outline.bounds[3]);
    }
    let at = |lon: f64, lat: f64| {
        (
            (lon - west) * EAST_WEST * SCALE + 8.0,
            (north - lat) * SCALE + 8.0,
        )
    };
    let (width, height) = at(east, south);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\">",
        width + 8.0,
        height + 8.0
    );
    text.push_str("<g fill=\"#f6f5f1\" stroke=\"#b8b4a8\" stroke-width=\"0.7\">");
    for outline in region {
        let mut path = String::new();
        for ring in &outline.rings {
            for (index, (lon, lat)) in ring.iter().enumerate() {
                let (x, y) = at(*lon, *lat);
                let _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
            }
            path.push('Z');
        }
        let _ = write!(
            text,
            "<path d=\"{path}\"><title>{}</title></path>",
            escape(&outline.name)
        );
    }
    text.push_str("</g>");
    routes(set, only, &at, &mut text);
    points(set, only, &at, &mut text);
    text.push_str("</svg>");
    text
}

fn routes(
    set: &DocumentSet<'_>,
    only: Option<&str>,
    at: &dyn Fn(f64, f64) -> (f64, f64),
    text: &mut String,
) {
    let Some(depot) = set.plan.point("depot") else {
        return;
    };
    for (number, tour) in set.plan.tours.iter().enumerate() {
        if only.is_some_and(|only| only != tour.id) {
            continue;
        }
        let mut stops: Vec<&PlanPoint> = vec![depot];
        stops.extend(
            set.plan
                .visits_of(&tour.id)
                .filter_map(|v| set.plan.point(&v.point)),
        );
        stops.push(depot);
        let line: Vec<String> = stops
            .iter()
            .map(|p| at(p.lon, p.lat))
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let dash = if number >= COLOURS.len() {
            " stroke-dasharray=\"6 3\""
        } else {
            ""
        };
        let _ = write!(
            text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-opacity=\"0.8\"{dash}><title>{}</title></polyline>",
            line.join(" "),
            COLOURS[number % COLOURS.len()],
            escape(&tour.id)
        );
    }
}

fn points(
    set: &DocumentSet<'_>,
    only: Option<&str>,
    at: &dyn Fn(f64, f64) -> (f64, f64),
    text: &mut String,
) {
    for point in &set.plan.points {
        let (x, y) = at(point.lon, point.lat);
        if point.id == "depot" {
            let _ = write!(
                text,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"10\" height=\"10\" fill=\"#111\"><title>{}</title></rect>",
                x - 5.0,
                y - 5.0,
                escape(&point.name)
            );
            continue;
        }
        let tour = set.plan.visits.iter().find(|visit| visit.point == point.id);
        let shown = tour.is_some_and(|visit| only.is_none_or(|only| only == visit.tour));
        if !shown {
            let _ = write!(
                text,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\" fill=\"#fff\" stroke=\"#8a867a\"><title>{}</title></circle>",
                escape(&point.name)
            );
            continue;
        }
        let label = tour.map_or(String::new(), |v| format!("{} {}", v.tour, point.county));
        let _ = write!(
            text,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\" fill=\"#111\"><title>{}</title></circle><text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\" paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\">{}</text>",
            escape(&point.name),
            x + 6.0,
            y - 5.0,
            escape(&label)
        );
    }
}

/// Text inside SVG; the template takes the map as it is.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

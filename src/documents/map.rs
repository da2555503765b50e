//! The map as inline SVG: counties coloured by the tour that serves them, depot, points, routes.
//! No script, no network.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::DocumentSet;
use super::map_labels::{Label, Labels};
use crate::place::Outline;
use crate::plan::model::PlanPoint;

/// Drawing width, px.
const WIDTH: f64 = 860.0;
/// Degrees shown around the outermost points.
const MARGIN: f64 = 0.35;
/// Dark enough to tell apart in greyscale by dash too.
const COLOURS: [&str; 8] = [
    "#b3261e", "#1a5fb4", "#26734d", "#8a4b08", "#6b2c91", "#0b7285", "#5c5c00", "#a01060",
];
/// Height of a label, px; the stylesheet of the page does not reach into the drawing.
const LETTER: f64 = 12.0;

/// The map, with only this tour's route, or all of them.
pub(super) fn svg(set: &DocumentSet<'_>, only: Option<&str>) -> String {
    let frame = Frame::around(&set.plan.points);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {:.0}\" role=\"img\" style=\"font-family:inherit\">",
        frame.height()
    );
    let drawing = Drawing { set, only, frame };
    drawing.counties(&mut text);
    drawing.routes(&mut text);
    drawing.points(&mut text);
    text.push_str("</svg>");
    text
}

/// What part of the world is drawn, degrees.
struct Frame {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    /// cos of the middle latitude: an even scale both ways.
    east_west: f64,
}

impl Frame {
    fn around(points: &[PlanPoint]) -> Self {
        let (mut west, mut south, mut east, mut north) =
            (180.0_f64, 90.0_f64, -180.0_f64, -90.0_f64);
        for point in points {
            west = west.min(point.lon - MARGIN);
            east = east.max(point.lon + MARGIN);
            south = south.min(point.lat - MARGIN);
            north = north.max(point.lat + MARGIN);
        }
        if points.is_empty() {
            (west, south, east, north) = (108.6, 24.6, 114.3, 30.2);
        }
        Self {
            west,
            south,
            east,
            north,
            east_west: libm::cos(libm::fabs(south + north) / 2.0 * std::f64::consts::PI / 180.0),
        }
    }

    /// Pixels per degree of latitude.
    fn scale(&self) -> f64 {
        WIDTH / ((self.east - self.west) * self.east_west)
    }

    fn height(&self) -> f64 {
        (self.north - self.south) * self.scale()
    }

    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        let scale = self.scale();
        (
            (lon - self.west) * self.east_west * scale,
            (self.north - lat) * scale,
        )
    }

    /// Whether a box (west, south, east, north) touches the frame.
    fn meets(&self, bounds: [f64; 4]) -> bool {
        bounds[0] < self.east
            && bounds[2] > self.west
            && bounds[1] < self.north
            && bounds[3] > self.south
    }
}

struct Drawing<'a> {
    set: &'a DocumentSet<'a>,
    only: Option<&'a str>,
    frame: Frame,
}

impl Drawing<'_> {
    fn colour(&self, tour: &str) -> &'static str {
        let tours = &self.set.plan.tours;
        let number = tours.iter().position(|one| one.id == tour).unwrap_or(0);
        COLOURS[number % COLOURS.len()]
    }

    fn shows(&self, tour: &str) -> bool {
        self.only.is_none_or(|only| only == tour)
    }

    /// County → the tour that calls most of its vehicles.
    fn areas(&self) -> BTreeMap<&str, &str> {
        let mut counts: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
        for vehicle in &self.set.plan.vehicles {
            let tours = counts.entry(&vehicle.county).or_default();
            *tours.entry(&vehicle.tour).or_default() += 1;
        }
        counts
            .into_iter()
            .filter_map(|(county, tours)| {
                let most = tours
                    .into_iter()
                    .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
                Some((county, most.0))
            })
            .collect()
    }

    fn counties(&self, text: &mut String) {
        let areas = self.areas();
        text.push_str("<g fill=\"#f7f6f2\" stroke=\"#b8b4a8\" stroke-width=\"0.7\">");
        for outline in self
            .set
            .outlines
            .iter()
            .filter(|o| self.frame.meets(o.bounds))
        {
            let tour = areas
                .get(outline.name.as_str())
                .filter(|tour| self.shows(tour));
            let fill = tour.map_or_else(String::new, |tour| {
                format!(" fill=\"{}\" fill-opacity=\"0.16\"", self.colour(tour))
            });
            let _ = write!(
                text,
                "<path{fill} d=\"{}\"><title>{} {}</title></path>",
                self.path(outline),
                escape(&outline.name),
                tour.map_or_else(String::new, |tour| escape(tour)),
            );
        }
        text.push_str("</g>");
    }

    fn path(&self, outline: &Outline) -> String {
        let mut path = String::new();
        for ring in &outline.rings {
            for (index, (lon, lat)) in ring.iter().enumerate() {
                let (x, y) = self.frame.at(*lon, *lat);
                let _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
            }
            path.push('Z');
        }
        path
    }

    fn routes(&self, text: &mut String) {
        let plan = self.set.plan;
        let Some(depot) = plan.point("depot") else {
            return;
        };
        for (number, tour) in plan.tours.iter().enumerate() {
            if !self.shows(&tour.id) {
                continue;
            }
            let visits = plan.visits_of(&tour.id);
            let stops = visits.filter_map(|visit| plan.point(&visit.point));
            let line: Vec<String> = std::iter::once(depot)
                .chain(stops)
                .chain(std::iter::once(depot))
                .map(|point| self.frame.at(point.lon, point.lat))
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
                self.colour(&tour.id),
                escape(&tour.id)
            );
        }
    }

    fn points(&self, text: &mut String) {
        let plan = self.set.plan;
        let mut labels = Labels::new(WIDTH, self.frame.height());
        for point in &plan.points {
            let (x, y) = self.frame.at(point.lon, point.lat);
            let name = escape(&point.name);
            if point.id == "depot" {
                let (left, top) = (x - 5.0, y - 5.0);
                let _ = write!(
                    text,
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"10\" height=\"10\" fill=\"#111\"><title>{name}</title></rect>"
                );
                labels.keep_clear(x, y, 6.0);
                continue;
            }
            let visit = plan
                .visits
                .iter()
                .find(|visit| visit.point == point.id && self.shows(&visit.tour));
            let look = match visit {
                Some(visit) => format!(
                    "r=\"4.5\" fill=\"{}\" stroke=\"#fff\"",
                    self.colour(&visit.tour)
                ),
                None => "r=\"2.5\" fill=\"#fff\" stroke=\"#8a867a\"".to_owned(),
            };
            let _ = write!(
                text,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" {look}><title>{name}</title></circle>"
            );
            labels.keep_clear(x, y, 4.0);
            if let Some(visit) = visit {
                let text = format!("{} {}", visit.tour, point.county);
                labels.want(x, y, LETTER, text);
            }
        }
        for Label { x, y, text: words } in labels.place() {
            let _ = write!(
                text,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{LETTER}\" paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\">{}</text>",
                escape(&words)
            );
        }
    }
}

/// Text inside SVG; the template takes the map as it is.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

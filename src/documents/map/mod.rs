//! The map as inline SVG: counties, where the vehicles are, depot, points, routes in order.
//!
//! Responsible for: the drawing, the same with and without script, on screen and on paper. Everything of one
//! tour stands in a group of its own (`data-tour`), so that a page can bring it forward. Not responsible for:
//! the words beside it. No script, no network.

mod colours;
mod frame;
mod labels;
mod told;

use std::fmt::Write as _;

use super::{DocumentSet, Messages};
use crate::place::Outline;
use crate::plan::model::{PlaceDemand, PlanPoint, Status, Visit};
pub(super) use colours::colour;
use frame::{Frame, WIDTH};
use labels::{Label, Labels};
use told::{escape, short, told};

/// Height of a label, px; the stylesheet of the page does not reach into the drawing. The month's map is shown
/// smaller than it is drawn, beside the list of tours.
const LETTER: f64 = 15.0;
/// The same on a tour's own sheet.
const LETTER_OF_ONE: f64 = 12.0;
/// Radius of a stop's mark over the height of a letter.
const MARK: f64 = 0.64;
/// Places drawn at most, those with most vehicles: a region of a million has more than anybody can tell apart.
const MOST_PLACES: usize = 3000;

/// A drawing, and what could not be shown on it.
pub(super) struct Map {
    /// The drawing.
    pub(super) svg: String,
    /// Vehicles with a place that stand on no dot: outside the frame, or beyond the number of dots.
    pub(super) unseen: u64,
}

/// The map of the month.
pub(super) fn month(set: &DocumentSet<'_>, words: &Messages) -> Map {
    Drawing::of(set, None).draw(words)
}

/// The map with only this tour's route and vehicles.
pub(super) fn tour(set: &DocumentSet<'_>, tour: &str, words: &Messages) -> String {
    Drawing::of(set, Some(tour)).draw(words).svg
}

struct Drawing<'a> {
    set: &'a DocumentSet<'a>,
    only: Option<&'a str>,
    frame: Frame,
    /// Height of a label, px.
    letter: f64,
    /// Radius of a stop's mark, px.
    mark: f64,
}

impl<'a> Drawing<'a> {
    fn of(set: &'a DocumentSet<'a>, only: Option<&'a str>) -> Self {
        let letter = only.map_or(LETTER, |_| LETTER_OF_ONE);
        Self {
            set,
            only,
            frame: Frame::around(&set.plan.points),
            letter,
            mark: letter * MARK,
        }
    }

    fn draw(&self, words: &Messages) -> Map {
        let mut text = format!(
            "<svg class=\"map\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {:.0}\" role=\"group\" aria-label=\"{}\" style=\"font-family:inherit\">",
            self.frame.height(),
            escape(&words.get("map"))
        );
        colours::hatches(&mut text, self.set.plan.tours.len());
        self.counties(&mut text);
        let (places, unseen) = self.places();
        self.grey(&mut text, &places, words);
        for number in 0..self.set.plan.tours.len() {
            self.tour(&mut text, number, &places, words);
        }
        self.points(&mut text);
        self.marks(&mut text);
        self.scale_bar(&mut text);
        text.push_str("</svg>");
        Map { svg: text, unseen }
    }

    fn number(&self, tour: &str) -> Option<usize> {
        let tours = &self.set.plan.tours;
        tours.iter().position(|one| one.id == tour)
    }

    fn shows(&self, tour: &str) -> bool {
        self.only.is_none_or(|only| only == tour)
    }

    fn counties(&self, text: &mut String) {
        text.push_str("<g class=\"counties\" fill=\"#f7f6f2\" stroke=\"#a9a598\" stroke-width=\"0.7\" stroke-linejoin=\"round\">");
        let outlines = self.set.outlines.iter();
        for outline in outlines.filter(|outline| self.frame.meets(outline.bounds)) {
            let tour = self.set.found.tour_of_county(&outline.name);
            let tour = tour.filter(|tour| self.shows(tour));
            let number = tour.and_then(|tour| self.number(tour));
            let fill = number.map_or_else(String::new, |number| {
                let id = escape(&self.set.plan.tours[number].id);
                format!(" data-tour=\"{id}\" fill=\"url(#hatch{number})\"")
            });
            let _ = write!(
                text,
                "<path{fill} d=\"{}\"><title>{} {}</title></path>",
                self.path(outline),
                escape(&outline.name),
                tour.map_or_else(String::new, escape),
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

    /// Places inside the frame, the largest drawn first; and the vehicles of the others.
    fn places(&self) -> (Vec<&'a PlaceDemand>, u64) {
        let all = |place: &PlaceDemand| place.by_status.values().sum::<u64>();
        let mut places: Vec<&PlaceDemand> = self.set.plan.demand.iter().collect();
        let total: u64 = places.iter().map(|place| all(place)).sum();
        places.retain(|place| self.frame.holds(place.lon, place.lat));
        places.sort_by_key(|place| std::cmp::Reverse(all(place)));
        places.truncate(MOST_PLACES);
        let shown: u64 = places.iter().map(|place| all(place)).sum();
        (places, total - shown)
    }

    /// Who is not called this month: deferred in grey, the dealer's own catchment as rings.
    fn grey(&self, text: &mut String, places: &[&PlaceDemand], words: &Messages) {
        if self.only.is_some() {
            return;
        }
        let fills = [
            (
                Status::Deferred,
                "class=\"later\" fill=\"#8d9096\" fill-opacity=\"0.5\"",
            ),
            (
                Status::Invite,
                "class=\"own\" fill=\"none\" stroke=\"#55585e\" stroke-width=\"1\" stroke-dasharray=\"2 1.5\"",
            ),
        ];
        for (status, look) in fills {
            let _ = write!(text, "<g {look}>");
            for place in places.iter().filter(|place| place.of(status) > 0) {
                self.dot(text, place, place.of(status), words);
            }
            text.push_str("</g>");
        }
    }

    /// One place's vehicles as an area.
    fn dot(&self, text: &mut String, place: &PlaceDemand, vehicles: u64, words: &Messages) {
        let (x, y) = self.frame.at(place.lon, place.lat);
        let _ = write!(
            text,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"><title>{}</title></circle>",
            radius(vehicles),
            escape(&told(place, words))
        );
    }

    /// One tour's vehicles and its way.
    fn tour(&self, text: &mut String, number: usize, places: &[&PlaceDemand], words: &Messages) {
        let plan = self.set.plan;
        let tour = &plan.tours[number];
        if !self.shows(&tour.id) {
            return;
        }
        let (id, ink) = (escape(&tour.id), colour(number));
        let _ = write!(
            text,
            "<g class=\"area\" data-tour=\"{id}\"><g fill=\"{ink}\" fill-opacity=\"0.75\" stroke=\"#fff\" stroke-width=\"0.6\">"
        );
        for place in places.iter().filter(|place| place.tour == tour.id) {
            let called = place.of(Status::Visit) + place.of(Status::Waitlist);
            if called > 0 {
                self.dot(text, place, called, words);
            }
        }
        text.push_str("</g>");
        if let Some(depot) = plan.point("depot") {
            let visits = plan.visits_of(&tour.id);
            let stops = visits.filter_map(|visit| plan.point(&visit.point));
            let way: Vec<&PlanPoint> = std::iter::once(depot)
                .chain(stops)
                .chain(std::iter::once(depot))
                .collect();
            let _ = write!(
                text,
                "<polyline class=\"way\" points=\"{}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"2\" stroke-linejoin=\"round\" marker-mid=\"url(#arrow{number})\"{}><title>{id}</title></polyline>",
                self.line(&way),
                colours::dash(number),
            );
        }
        text.push_str("</g>");
    }

    /// The way with an arrow in the middle of each leg.
    fn line(&self, way: &[&PlanPoint]) -> String {
        let at = |point: &PlanPoint| self.frame.at(point.lon, point.lat);
        let mut corners = Vec::new();
        for leg in way.windows(2) {
            let (from, to) = (at(leg[0]), at(leg[1]));
            corners.push(from);
            corners.push((f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1)));
        }
        corners.extend(way.last().map(|last| at(last)));
        let corners: Vec<String> = corners
            .into_iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        corners.join(" ")
    }

    /// Points nobody goes to this month, and the depot.
    fn points(&self, text: &mut String) {
        let plan = self.set.plan;
        text.push_str("<g class=\"points\" fill=\"#fff\" stroke=\"#6b675c\">");
        for point in plan.points.iter().filter(|point| point.id != "depot") {
            if self.visits_at(point).next().is_none() {
                let (x, y) = self.frame.at(point.lon, point.lat);
                let _ = write!(
                    text,
                    "<path d=\"M{x:.1} {:.1}l3.6 3.6l-3.6 3.6l-3.6-3.6z\"><title>{}</title></path>",
                    y - 3.6,
                    escape(&point.name)
                );
            }
        }
        text.push_str("</g>");
        if let Some(depot) = plan.point("depot") {
            let (x, y) = self.frame.at(depot.lon, depot.lat);
            let _ = write!(
                text,
                "<rect class=\"depot\" x=\"{:.1}\" y=\"{:.1}\" width=\"12\" height=\"12\" fill=\"#111\" stroke=\"#fff\"><title>{}</title></rect>",
                x - 6.0,
                y - 6.0,
                escape(&depot.name)
            );
        }
    }

    fn visits_at(&self, point: &'a PlanPoint) -> impl Iterator<Item = &'a Visit> {
        let visits = self.set.plan.visits.iter();
        visits.filter(move |visit| visit.point == point.id && self.shows(&visit.tour))
    }

    /// The stops: number of the stop on the mark, tour and county beside it.
    fn marks(&self, text: &mut String) {
        let mut labels = Labels::new(WIDTH, self.frame.height());
        if let Some(depot) = self.set.plan.point("depot") {
            let (x, y) = self.frame.at(depot.lon, depot.lat);
            labels.keep_clear(x, y, 7.0);
        }
        let mut wanted = Vec::new();
        for point in self.set.plan.points.iter().filter(|p| p.id != "depot") {
            for (again, visit) in self.visits_at(point).enumerate() {
                let Some(number) = self.number(&visit.tour) else {
                    continue;
                };
                let (x, y) = self.frame.at(point.lon, point.lat);
                // A second tour at the same point stands beside the first.
                let x = x + again as f64 * (2.0 * self.mark + 1.0);
                labels.keep_clear(x, y, self.mark);
                wanted.push((x, y, number, visit, point));
            }
        }
        for (x, y, _, visit, point) in &wanted {
            labels.want(
                *x,
                *y,
                self.letter,
                format!("{} {}", visit.tour, short(&point.county)),
            );
        }
        for ((x, y, number, visit, point), label) in wanted.into_iter().zip(labels.place()) {
            self.mark(text, (x, y), number, (visit, point), &label);
        }
    }

    fn mark(
        &self,
        text: &mut String,
        (x, y): (f64, f64),
        number: usize,
        (visit, point): (&Visit, &PlanPoint),
        label: &Label,
    ) {
        let (id, ink) = (escape(&visit.tour), colour(number));
        // On a tour's own page there is no row to go to.
        let (open, close) = if self.only.is_none() {
            (
                format!("<a href=\"#{id}\" class=\"stop\" data-tour=\"{id}\">"),
                "</a>",
            )
        } else {
            ("<g>".to_owned(), "</g>")
        };
        let _ = write!(
            text,
            "{open}<title>{} {} {}–{}</title><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\" fill=\"{ink}\" stroke=\"#fff\" stroke-width=\"1.2\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{:.1}\" font-weight=\"700\" fill=\"#fff\">{}</text><text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{:.0}\" paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\" fill=\"{ink}\" font-weight=\"600\">{}</text>{close}",
            escape(&visit.id),
            escape(&short(&point.name)),
            visit.first_day,
            visit.last_day,
            self.mark,
            y + self.letter * 0.32,
            self.letter * 0.88,
            visit.stop,
            label.x,
            label.y,
            self.letter,
            escape(&label.text),
        );
    }

    fn scale_bar(&self, text: &mut String) {
        let (km, long) = self.frame.scale_bar();
        let (left, base) = (14.0, self.frame.height() - 14.0);
        let _ = write!(
            text,
            "<g class=\"scale\"><path d=\"M{left} {:.1}v5h{long:.1}v-5\" fill=\"none\" stroke=\"#333\"/><text x=\"{left}\" y=\"{:.1}\" font-size=\"10\">{km} km</text></g>",
            base - 5.0,
            base - 8.0,
        );
    }
}

/// Area by number, legible from one vehicle on.
fn radius(vehicles: u64) -> f64 {
    (1.4 * libm::sqrt(vehicles as f64)).clamp(1.6, 16.0)
}

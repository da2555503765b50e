//! A day of the month: who is where, who is called, what must be ordered.

use serde::Serialize;

use super::page::{Page, SHOWN, words};
use super::{Ground, Told, value};
use crate::domain::Date;
use crate::findings::Lang;
use crate::plan::model::{SourceKind, Tour, TourDay};

#[derive(Debug, Serialize)]
struct DayFacts {
    day: Date,
    workday: bool,
    tours: Vec<Out>,
    /// Contacts called.
    calls: usize,
    /// Messages due.
    reminders: usize,
    /// Part, pieces, supplier: this is the last day to order.
    orders: Vec<(String, u32, String)>,
    /// Parts that arrive.
    arrivals: Vec<(String, u32)>,
}

#[derive(Debug, Serialize)]
struct Out {
    tour: String,
    team: String,
    visit: String,
    point: String,
    drive_hours: f64,
    expected_hours: f64,
    capacity_hours: f64,
    people: Vec<String>,
}

pub(super) fn explain(ground: &Ground<'_>, day: &str, lang: Lang) -> Told {
    let day = Date::parse_iso(day).unwrap_or(ground.plan.today);
    let facts = gather(ground, day);
    let mut page = Page::default();
    tell(&facts, ground, lang, &mut page);
    (value(&facts), page)
}

fn gather(ground: &Ground<'_>, day: Date) -> DayFacts {
    let plan = ground.plan;
    let out = |tour: &Tour, of_day: &TourDay| Out {
        tour: tour.id.clone(),
        team: tour.team.clone(),
        visit: of_day.visit.clone(),
        point: of_day.point.clone(),
        drive_hours: of_day.drive_hours,
        expected_hours: of_day.expected_hours,
        capacity_hours: of_day.capacity_hours,
        people: plan
            .crew
            .iter()
            .filter(|duty| duty.tour == tour.id && duty.date == day)
            .map(|duty| duty.person.clone())
            .collect(),
    };
    let mut contacts: Vec<&str> = plan
        .calls
        .iter()
        .filter(|call| call.call_date == Some(day))
        .map(|call| call.contact.as_str())
        .collect();
    contacts.sort_unstable();
    contacts.dedup();
    let lines = plan.sourcing.iter();
    let bought = lines.clone().filter(|line| line.order_by == Some(day));
    let arriving = lines.filter(|line| {
        line.arrives == Some(day) && line.source != SourceKind::Stock && line.feasible
    });
    DayFacts {
        day,
        workday: ground.ingested.tables.calendar.is_work(day),
        tours: plan
            .tours
            .iter()
            .flat_map(|tour| {
                let days = tour.days.iter().filter(|of_day| of_day.date == day);
                days.map(move |of_day| out(tour, of_day))
            })
            .collect(),
        calls: contacts.len(),
        reminders: plan
            .reminders
            .iter()
            .filter(|one| one.date == Some(day))
            .count(),
        orders: bought
            .map(|line| (line.part.clone(), line.qty, line.supplier.clone()))
            .collect(),
        arrivals: arriving.map(|line| (line.part.clone(), line.qty)).collect(),
    }
}

fn tell(facts: &DayFacts, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
    let (day, tours, calls) = (facts.day, facts.tours.len(), facts.calls);
    let (reminders, orders) = (facts.reminders, facts.orders.len());
    let kind = match (facts.workday, lang) {
        (true, Lang::En) => "a workday",
        (false, Lang::En) => "a rest day",
        (true, Lang::Zh) => "工作日",
        (false, Lang::Zh) => "休息日",
    };
    page.say(words!(
        lang,
        "{day} ({kind}): {tours} tours out, {calls} contacts to call, {reminders} reminders, {orders} order lines due.",
        "{day}（{kind}）：在外巡回{tours}次，致电{calls}个联系人，提醒{reminders}条，最迟订货{orders}行。"
    ));
    for out in &facts.tours {
        let driving = out.drive_hours;
        page.row(&[
            &out.tour,
            &out.visit,
            &format!("{} {}", out.point, ground.point_name(&out.point)),
            &words!(lang, "driving {driving:.1} h", "驾驶{driving:.1}小时"),
            &format!("{:.1}/{:.1} h", out.expected_hours, out.capacity_hours),
            &out.people.join(" "),
        ]);
    }
    if !facts.orders.is_empty() {
        page.heading(words!(lang, "Last day to order:", "最迟订货："));
        for (part, qty, supplier) in facts.orders.iter().take(SHOWN) {
            page.row(&[part, &qty.to_string(), supplier]);
        }
    }
    if !facts.arrivals.is_empty() {
        page.heading(words!(lang, "Arrives:", "到货："));
        for (part, qty) in facts.arrivals.iter().take(SHOWN) {
            page.row(&[part, &qty.to_string()]);
        }
    }
}

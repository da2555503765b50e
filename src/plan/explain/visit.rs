//! Why a visit: what it brings, how full it is, what it costs, and what a day more or less would do.

use serde::Serialize;

use super::desk::{Desk, Way};
use super::page::{Page, days, words, yuan};
use super::{Ground, Said, value};
use crate::domain::Date;
use crate::findings::{Failure, Finding, Lang};
use crate::plan::model::Status;

/// A visit.
#[derive(Debug, Serialize)]
pub(super) struct VisitFacts {
    pub(super) visit: String,
    pub(super) tour: String,
    pub(super) point: String,
    pub(super) first_day: Date,
    pub(super) last_day: Date,
    pub(super) days: u32,
    /// Hours offered and expected, as in visits.csv.
    pub(super) capacity_hours: f64,
    pub(super) expected_hours: f64,
    pub(super) vehicles: u64,
    /// Of these, with a booked slot.
    pub(super) booked: usize,
    pub(super) waiting: usize,
    /// Planning value of the places: Σ share × value, yuan.
    pub(super) places_value: f64,
    /// Yuan of one further hour there; 0 where hours are left over.
    pub(super) hour_price: f64,
    pub(super) fee: f64,
    /// The month without it, with a day more, with a day less.
    pub(super) without: Option<Way>,
    pub(super) day_more: Option<Way>,
    pub(super) day_less: Option<Way>,
}

pub(super) fn explain(ground: &Ground<'_>, id: &str, lang: Lang) -> Said {
    let desk = ground.desk()?;
    let facts = VisitFacts::of(ground, &desk, id).ok_or_else(|| {
        let finding = Finding::new("C010").arg("month", ground.month);
        Failure::input(finding.arg("message", format!("visits: {id}")))
    })?;
    let mut page = Page::default();
    facts.tell(ground, lang, &mut page);
    Ok((value(&facts), page))
}

impl VisitFacts {
    pub(super) fn of(ground: &Ground<'_>, desk: &Desk<'_>, id: &str) -> Option<Self> {
        let plan = ground.plan;
        let visit = plan.visits.iter().find(|visit| visit.id == id)?;
        let tour = desk.tour(&visit.tour)?;
        let stops = desk.tours[tour].stops.iter();
        let stop = stops.clone().position(|stop| stop.point == visit.point)?;
        let laid = &desk.facts(tour).stops[stop];
        let on = || plan.vehicles.iter().filter(|one| one.visit == id);
        let with = |status: Status| on().filter(move |one| one.status == status);
        Some(Self {
            visit: id.to_owned(),
            tour: visit.tour.clone(),
            point: visit.point.clone(),
            first_day: visit.first_day,
            last_day: visit.last_day,
            days: laid.days,
            capacity_hours: visit.capacity_hours,
            expected_hours: visit.expected_hours,
            vehicles: visit.vehicles,
            booked: with(Status::Visit).filter(|one| one.is_booked()).count(),
            waiting: with(Status::Waitlist).count(),
            places_value: with(Status::Visit)
                .map(|one| one.share * one.planning_value)
                .sum(),
            hour_price: desk.prices.hour[laid.point],
            fee: laid.fee,
            without: desk.without_stop(tour, stop),
            day_more: desk.with_days(tour, stop, 1),
            day_less: desk.with_days(tour, stop, -1),
        })
    }

    pub(super) fn tell(&self, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
        let (visit, tour, point) = (&self.visit, &self.tour, &self.point);
        let name = ground.point_name(point);
        let (first, last) = (self.first_day, self.last_day);
        let gain = self.without.as_ref().map_or(0.0, |way| -way.change);
        let worth = yuan(gain);
        page.say(if self.without.is_none() {
            words!(
                lang,
                "{visit} ({first} … {last}, {point} {name}): {tour} cannot be driven without it.",
                "{visit}（{first}至{last}，{point} {name}）：没有这一站，{tour}无法成行。"
            )
        } else if gain >= 0.0 {
            words!(
                lang,
                "{visit} stops at {point} {name} from {first} to {last} because the month is worth {worth} yuan more with it than without.",
                "{visit}于{first}至{last}到{point} {name}，因为有这一站全月多得{worth}元。"
            )
        } else {
            let lost = yuan(-gain);
            words!(
                lang,
                "{visit} ({first} … {last}, {point} {name}): the month would be worth {lost} yuan more without it.",
                "{visit}（{first}至{last}，{point} {name}）：若不去这一站，全月反而多得{lost}元。"
            )
        });
        let (vehicles, booked, waiting) = (self.vehicles, self.booked, self.waiting);
        let (expected, offered) = (self.expected_hours, self.capacity_hours);
        let (value, price) = (yuan(self.places_value), yuan(self.hour_price));
        page.say(words!(
            lang,
            "  {vehicles} places ({booked} booked, {waiting} waiting) fill {expected:.1} of {offered:.1} h and bring a planning value of {value} yuan; one more hour there would bring {price} yuan.",
            "  {vehicles}个名额（已约{booked}，候补{waiting}）占用{expected:.1}/{offered:.1}小时，规划价值{value}元；再多一小时可增加{price}元。"
        ));
        if let Some(way) = &self.without {
            let (saved, km, fee) = (yuan(-way.cost), -way.km, yuan(self.fee));
            let days = days(self.days, lang);
            page.say(words!(
                lang,
                "  The stop costs {saved} yuan: {km:.0} km of detour, {days}, fee {fee}.",
                "  这一站的费用{saved}元：绕行{km:.0}公里，{days}，场地费{fee}元。"
            ));
        }
        let tries = [(&self.day_more, 1), (&self.day_less, -1)];
        for (way, by) in tries {
            page.say(format!("  {}", a_day(way.as_ref(), by, self.days, lang)));
        }
    }
}

fn a_day(way: Option<&Way>, by: i32, days: u32, lang: Lang) -> String {
    match (way, by) {
        (Some(way), by) => {
            let change = format!("{:+.2}", way.change);
            if by > 0 {
                words!(lang, "A day more: {change} yuan.", "多一天：{change}元。")
            } else {
                words!(lang, "A day less: {change} yuan.", "少一天：{change}元。")
            }
        }
        (None, -1) if days == 1 => words!(
            lang,
            "A day less would be dropping it.",
            "少一天即取消这一站。"
        ),
        (None, by) if by > 0 => words!(
            lang,
            "A day more is not allowed (nights away, days at the point, or the team's calendar).",
            "不能多一天（过夜数、该点天数或班组日程所限）。"
        ),
        _ => words!(
            lang,
            "A day less would break a rule of the tour.",
            "少一天不符合巡回规则。"
        ),
    }
}

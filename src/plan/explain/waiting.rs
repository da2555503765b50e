//! Why a vehicle has no place: no point in reach, none of them visited, the visit full, or nobody may call.

use serde::Serialize;

use super::desk::Desk;
use super::page::{Page, words, yuan};
use super::point::{Verdict, verdict};
use super::{Ground, point_words};
use crate::findings::{Failure, Lang};
use crate::plan::model::{CalledVehicle, CustomerRow, Status};

/// Points looked at for a customer none of whose points is visited.
const POINTS: usize = 3;

/// Why it has no place.
#[derive(Debug, Serialize)]
pub(super) struct Waiting {
    /// The word of customers.csv.
    pub(super) why: String,
    /// The visit it waits for.
    pub(super) full: Option<Full>,
    /// The nearest points in its reach, none of them visited.
    pub(super) points: Vec<Near>,
    /// Points in its reach, all of them.
    pub(super) points_in_reach: usize,
    /// The nearest candidate point whatever the limit, with its road km.
    pub(super) nearest: Option<(String, f64)>,
    /// How far customers come at most, road km.
    pub(super) limit_km: f64,
    /// Road km to the depot, and the catchment within which customers are invited.
    pub(super) depot_km: Option<f64>,
    pub(super) catchment_km: f64,
}

/// A full visit.
#[derive(Debug, Serialize)]
pub(super) struct Full {
    pub(super) visit: String,
    pub(super) point: String,
    pub(super) capacity_hours: f64,
    pub(super) expected_hours: f64,
    pub(super) free_hours: f64,
    /// What this vehicle takes and brings there: its share of expected hours and planning value.
    pub(super) own_hours: f64,
    pub(super) own_value: f64,
    pub(super) own_per_hour: f64,
    /// Its contact's vehicles that wait there too, and their hours: they stay together.
    pub(super) together: usize,
    pub(super) together_hours: f64,
    /// Places, with their mean and least planning value per hour.
    pub(super) places: usize,
    pub(super) mean_per_hour: f64,
    pub(super) least_per_hour: f64,
    /// Who waits there with a higher value per hour.
    pub(super) ahead: usize,
    /// Yuan one further hour would bring there.
    pub(super) hour_price: f64,
}

/// A point in reach that is not visited.
#[derive(Debug, Serialize)]
pub(super) struct Near {
    pub(super) km: f64,
    pub(super) share: f64,
    /// What this customer would bring there: share × planning value.
    pub(super) own_value: f64,
    pub(super) verdict: Verdict,
}

impl Waiting {
    pub(super) fn of(ground: &Ground<'_>, row: &CustomerRow<'static>) -> Result<Self, Failure> {
        let desk = ground.desk()?;
        let settings = &ground.plan.settings;
        let mut waiting = Self {
            why: row.reason.to_string(),
            full: None,
            points: Vec::new(),
            points_in_reach: 0,
            nearest: None,
            limit_km: settings.tour.max_customer_km,
            depot_km: None,
            catchment_km: settings.dealer.catchment_km,
        };
        match &*row.reason {
            "not_this_month" => waiting.near(&desk, row),
            "out_of_reach" => {
                let roads = ground.roads(&row.vehicle);
                waiting.nearest = roads.and_then(|roads| roads.points.into_iter().next());
            }
            "catchment" => {
                waiting.depot_km = ground.roads(&row.vehicle).map(|roads| roads.depot);
            }
            "capacity" => {
                waiting.full = Full::of(ground, &desk, &row.vehicle);
            }
            _ => {}
        }
        Ok(waiting)
    }

    /// The points in reach, nearest first, each judged.
    fn near(&mut self, desk: &Desk<'_>, row: &CustomerRow<'static>) {
        let cells = desk.problem.cells.iter();
        let Some(cell) = cells.clone().position(|cell| cell.id == row.cell) else {
            return;
        };
        let pairs = desk.problem.pairs.iter().filter(|pair| pair.cell == cell);
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_by(|a, b| a.km.total_cmp(&b.km).then(a.point.cmp(&b.point)));
        self.points_in_reach = pairs.len();
        for pair in pairs.into_iter().take(POINTS) {
            self.points.push(Near {
                km: pair.km,
                share: pair.share,
                own_value: pair.share * row.planning_value,
                verdict: verdict(desk, &desk.problem.points[pair.point].id),
            });
        }
    }

    /// The answer: why it has no place.
    pub(super) fn answer(&self, ground: &Ground<'_>, lang: Lang) -> String {
        let (limit, catchment) = (self.limit_km, self.catchment_km);
        match self.why.as_str() {
            "capacity" => self.answer_full(lang),
            "do_not_call" => words!(lang, "the customer asked not to be called", "客户拒绝联系"),
            "no_phone" => words!(lang, "no phone number is known", "没有电话号码"),
            "not_called" => words!(
                lang,
                "in reach of a visit, but its list is already twice as long as the advisers can still call, with customers of more value or called before (P019)",
                "在巡回覆盖范围内，但名单已达尚可打电话数的两倍，名单上的客户价值更高或已致电（P019）"
            ),
            "no_place" => words!(
                lang,
                "its place could not be found, so no point can be near it (worklist of `tourplan check`)",
                "地址无法定位，不能分配服务点（见 tourplan check 的待补清单）"
            ),
            "catchment" => {
                let km = self.depot_km.map_or_else(String::new, |km| match lang {
                    Lang::En => format!(": {km:.1} km by road"),
                    Lang::Zh => format!("：路程{km:.1}公里"),
                });
                words!(
                    lang,
                    "it is in the dealer's own catchment of {catchment:.0} km{km}",
                    "位于店周边{catchment:.0}公里以内{km}"
                )
            }
            "out_of_reach" => self.nearest.as_ref().map_or_else(
                || words!(lang, "no point is in its reach", "覆盖范围内没有服务点"),
                |(point, km)| {
                    let name = ground.point_name(point);
                    words!(
                        lang,
                        "the nearest candidate point, {point} {name}, is {km:.1} km away; customers come {limit:.0} km at most",
                        "最近的候选服务点{point} {name}距离{km:.1}公里，超过客户最远路程{limit:.0}公里"
                    )
                },
            ),
            "not_this_month" => {
                let count = self.points_in_reach;
                words!(
                    lang,
                    "no tour goes to a point in its reach ({count} in all)",
                    "可达的服务点（共{count}个）本月都不去"
                )
            }
            "declined" => words!(lang, "the customer does not want to come", "客户本次不来"),
            "tour_left" => words!(
                lang,
                "it said yes when its tour had left",
                "客户答复时巡回已出发"
            ),
            "suspended" => words!(lang, "its tour is suspended", "所在巡回已暂停"),
            "cancelled" => words!(lang, "its tour was cancelled", "所在巡回已取消"),
            "point_closed" => words!(lang, "its stop was closed", "所在到站点已关闭"),
            other => other.to_owned(),
        }
    }

    fn answer_full(&self, lang: Lang) -> String {
        let Some(full) = &self.full else {
            return words!(lang, "the visit is full", "该站已满");
        };
        let (visit, free, own) = (&full.visit, full.free_hours, full.own_hours);
        let (together, hours) = (full.together, full.together_hours);
        if own <= free && together > 1 {
            words!(
                lang,
                "{visit} has {free:.2} h left, and the {together} vehicles of its contact, who stay together, need {hours:.2} h",
                "{visit}只剩{free:.2}小时，同一联系人的{together}台车一起安排需{hours:.2}小时"
            )
        } else {
            words!(
                lang,
                "{visit} is full: {free:.2} h are left and it needs {own:.2} h",
                "{visit}已满：剩余{free:.2}小时，而它需要{own:.2}小时"
            )
        }
    }

    /// The figures behind the answer.
    pub(super) fn tell(&self, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
        if let Some(full) = &self.full {
            full.tell(lang, page);
        }
        for near in &self.points {
            let (km, share, own) = (near.km, near.share * 100.0, yuan(near.own_value));
            let judged = point_words::not_visited(&near.verdict, ground, lang);
            page.say(words!(
                lang,
                "  {km:.1} km away ({share:.0}% of customers come so far; this one would bring {own} yuan): {judged}",
                "  距离{km:.1}公里（该距离到场比例{share:.0}%，该客户可带来{own}元）：{judged}"
            ));
        }
    }
}

impl Full {
    fn of(ground: &Ground<'_>, desk: &Desk<'_>, vehicle: &str) -> Option<Self> {
        let plan = ground.plan;
        let own = plan.vehicles.iter().find(|one| one.vehicle == vehicle)?;
        let visit = plan.visits.iter().find(|visit| visit.id == own.visit)?;
        let on = plan.vehicles.iter().filter(|one| one.visit == visit.id);
        let (placed, waiting): (Vec<_>, Vec<_>) = on
            .filter(|one| matches!(one.status, Status::Visit | Status::Waitlist))
            .partition(|one| one.status == Status::Visit);
        let contact = |vehicle: &str| {
            let mut calls = plan.calls.iter();
            let call = calls.find(|call| call.vehicle == vehicle);
            call.map(|call| call.contact.as_str()).unwrap_or_default()
        };
        let same: Vec<&&CalledVehicle> = waiting
            .iter()
            .filter(|one| contact(&one.vehicle) == contact(vehicle))
            .collect();
        let hours = |one: &CalledVehicle| one.share * one.expected_hours;
        let values: f64 = placed
            .iter()
            .map(|one| one.share * one.planning_value)
            .sum();
        let filled: f64 = placed.iter().map(|one| hours(one)).sum();
        let least = placed.iter().map(|one| per_hour(one));
        let point = desk.point(&visit.point);
        Some(Self {
            visit: visit.id.clone(),
            point: visit.point.clone(),
            capacity_hours: visit.capacity_hours,
            expected_hours: visit.expected_hours,
            free_hours: (visit.capacity_hours - visit.expected_hours).max(0.0),
            own_hours: hours(own),
            own_value: own.share * own.planning_value,
            own_per_hour: per_hour(own),
            together: same.len(),
            together_hours: same.iter().map(|one| hours(one)).sum(),
            places: placed.len(),
            mean_per_hour: if filled > 0.0 { values / filled } else { 0.0 },
            least_per_hour: least.reduce(f64::min).unwrap_or(0.0),
            ahead: waiting
                .iter()
                .filter(|one| per_hour(one) > per_hour(own))
                .count(),
            hour_price: point.map_or(0.0, |point| desk.prices.hour[point]),
        })
    }

    fn tell(&self, lang: Lang, page: &mut Page) {
        let (hours, value, own) = (self.own_hours, yuan(self.own_value), self.own_per_hour);
        let (mean, least, ahead) = (self.mean_per_hour, self.least_per_hour, self.ahead);
        let (visit, filled, offered) = (&self.visit, self.expected_hours, self.capacity_hours);
        let (places, price) = (self.places, self.hour_price);
        page.say(words!(
            lang,
            "  {visit}: {places} places fill {filled:.2} of {offered:.2} h.",
            "  {visit}：{places}个名额占用{filled:.2}/{offered:.2}小时。"
        ));
        page.say(words!(
            lang,
            "  Places go by planning value per hour: this vehicle {own:.0} yuan/h ({value} yuan in {hours:.2} h), those with a place {mean:.0} on average and {least:.0} at least; {ahead} who wait come before it.",
            "  名额按每小时规划价值给出：该车{own:.0}元/小时（{hours:.2}小时{value}元），已安排者平均{mean:.0}、最低{least:.0}；候补中排在其前的有{ahead}台。"
        ));
        page.say(words!(
            lang,
            "  One more hour there would bring {price:.0} yuan to the plan.",
            "  该站每多一小时可为计划增加{price:.0}元。"
        ));
    }
}

/// Planning value per expected hour, yuan.
pub(super) fn per_hour(one: &CalledVehicle) -> f64 {
    if one.expected_hours > 0.0 {
        one.planning_value / one.expected_hours
    } else {
        0.0
    }
}

//! The ways out of an incident, each in figures, and the choice among them.

use super::Ground;
use super::kit::Kit;
use crate::domain::{Date, Fen, Priority, SupplierKind, TransportMode};
use crate::plan::model::{PlanPoint, Visit, Way, WayOption};
use crate::stage::order_options;

/// Where an incident happened and what it is about.
pub(super) struct Need<'a> {
    pub(super) part: &'a str,
    pub(super) qty: u32,
    pub(super) visit: Option<&'a Visit>,
    pub(super) priority: Priority,
    pub(super) worth: Fen,
    /// The maker's engineers may talk the crew through it.
    pub(super) can_be_phoned: bool,
    /// It cannot be done on tour at all.
    pub(super) workshop_only: bool,
}

/// Every way, cheapest and surest first as they are thought of: van, send on, express, second trip, …
pub(super) fn options(ground: &Ground<'_>, need: &Need<'_>, kit: &Kit<'_>) -> Vec<WayOption> {
    let mut list = Vec::new();
    if need.can_be_phoned {
        list.push(WayOption {
            in_time: still_there(ground, need),
            // Which part fits is asked; when it comes is not known yet.
            ready: (need.qty == 0).then_some(ground.today),
            ..free(Way::Phone)
        });
    }
    let mut at_depot = Some(ground.today);
    if !need.part.is_empty() {
        list.extend(from_van(ground, need, kit));
        let (ways, earliest) = shipped(ground, need);
        list.extend(ways);
        at_depot = earliest;
    }
    if !need.workshop_only {
        list.extend(second_trip(ground, need, at_depot));
    }
    list.push(WayOption {
        ready: at_depot,
        ..free(Way::Workshop)
    });
    if need.priority == Priority::Safety && need.workshop_only {
        list.push(WayOption {
            cost: None,
            km: road(ground, need).map_or(0.0, |km| 2.0 * km),
            ready: at_depot,
            ..free(Way::Tow)
        });
    }
    list.push(free(Way::NextTour));
    list
}

/// The way taken, and why (a key of the catalogues).
///
/// What lies on the van is used. A safety item takes the way that is ready first, then the cheaper one. Anything
/// else takes the cheapest way that costs no more than the work is worth to the customer: in time for the visit
/// before a second trip. What is not worth a trip waits for the workshop, inside the dealer's own catchment, else
/// for the next tour.
pub(super) fn choose(
    ground: &Ground<'_>,
    need: &Need<'_>,
    options: &[WayOption],
) -> (WayOption, &'static str) {
    let find = |way: Way| options.iter().find(|option| option.way == way).cloned();
    let or_next = |way: Way| find(way).unwrap_or_else(|| free(Way::NextTour));
    if let Some(van) = find(Way::Van).filter(|van| van.in_time) {
        return (van, "on_the_van");
    }
    if let Some(phone) = find(Way::Phone) {
        return (phone, "ask_first");
    }
    let cost = |option: &WayOption| option.cost.unwrap_or(Fen(i64::MAX));
    if need.priority == Priority::Safety {
        if need.workshop_only {
            return (or_next(Way::Tow), "safety_first");
        }
        let moves = options.iter().filter(|option| brings(option.way));
        let first = moves.min_by_key(|option| {
            let ready = option.ready.unwrap_or_else(|| ground.today.plus_days(3660));
            (ready, cost(option), option.way)
        });
        return match first {
            Some(option) => (option.clone(), "safety_first"),
            None => (or_next(Way::Workshop), "no_other"),
        };
    }
    let pays = |option: &&WayOption| brings(option.way) && cost(option) <= need.worth;
    let in_time = options.iter().filter(pays).filter(|option| option.in_time);
    if let Some(option) = in_time.min_by_key(|option| (cost(option), option.ready, option.way)) {
        return (option.clone(), "cheapest");
    }
    if let Some(trip) = find(Way::SecondTrip).filter(|trip| cost(trip) <= need.worth) {
        return (trip, "pays");
    }
    let near = road(ground, need).is_some_and(|km| km <= ground.plan.settings.dealer.catchment_km);
    if need.workshop_only || near {
        return (or_next(Way::Workshop), "no_other");
    }
    (free(Way::NextTour), "not_worth_it")
}

/// Whether the customer can stay where he is.
fn brings(way: Way) -> bool {
    matches!(way, Way::SendOn | Way::Express | Way::SecondTrip)
}

fn free(way: Way) -> WayOption {
    WayOption {
        way,
        from: String::new(),
        mode: String::new(),
        km: 0.0,
        cost: Some(Fen(0)),
        ready: None,
        in_time: false,
    }
}

/// The last day the crew is at the point.
fn last_day(need: &Need<'_>) -> Option<Date> {
    need.visit.map(|visit| visit.last_day)
}

fn still_there(ground: &Ground<'_>, need: &Need<'_>) -> bool {
    last_day(need).is_some_and(|last| ground.today <= last)
}

fn point<'g>(ground: &Ground<'g>, need: &Need<'_>) -> Option<&'g PlanPoint> {
    ground.plan.point(&need.visit?.point)
}

/// Depot to point, one way.
fn road(ground: &Ground<'_>, need: &Need<'_>) -> Option<f64> {
    ground.roads.between("depot", &need.visit?.point)
}

fn from_van(ground: &Ground<'_>, need: &Need<'_>, kit: &Kit<'_>) -> Option<WayOption> {
    (kit.free(need.part) >= need.qty).then(|| WayOption {
        from: "van".into(),
        ready: Some(ground.today),
        in_time: still_there(ground, need),
        ..free(Way::Van)
    })
}

/// Sent from the own shelf or by a supplier, where the point takes goods; and the day the part can be at the
/// depot.
fn shipped(ground: &Ground<'_>, need: &Need<'_>) -> (Vec<WayOption>, Option<Date>) {
    let Some(part) = ground.catalogue.parts.get(need.part) else {
        return (Vec::new(), None);
    };
    let shelf = ground.supply.stock.iter();
    let shelf = shelf.filter(|line| line.part == need.part);
    let on_shelf: u32 = shelf
        .map(|line| line.on_hand.saturating_sub(line.reserved))
        .sum();
    let by = last_day(need).unwrap_or(ground.today);
    let receives = point(ground, need).is_some_and(|point| point.receives_goods);
    let mut list = Vec::new();
    let mut at_depot = (on_shelf >= need.qty).then_some(ground.today);
    if on_shelf >= need.qty && receives {
        // What a parcel costs and takes is known only from the suppliers' own: the quickest of them stands for it.
        let parcels = ground.supply.suppliers.iter().filter(|way| {
            way.mode == TransportMode::Express && part.allowed_modes.contains(&way.mode)
        });
        let quickest = parcels.min_by(|a, b| {
            a.lead_workdays
                .cmp(&b.lead_workdays)
                .then(a.cost_fixed.total_cmp(&b.cost_fixed))
        });
        list.extend(quickest.map(|way| {
            let ready = ground
                .calendar
                .workdays_after(ground.today, way.lead_workdays);
            let kilos = part.weight_kg.max(0.0) * f64::from(need.qty);
            WayOption {
                from: "depot".into(),
                mode: way.mode.key().into(),
                cost: Some(Fen::from_yuan(way.cost_fixed + way.cost_per_kg * kilos)),
                ready: Some(ready),
                in_time: ready <= by,
                ..free(Way::SendOn)
            }
        }));
    }
    let has = |supplier: &str| {
        let there = ground.supply.peers.iter();
        let there = there.filter(|line| line.dealer == supplier && line.part == need.part);
        there.map(|line| line.on_hand).sum::<u32>() >= need.qty
    };
    let all = order_options(
        part,
        ground.supply,
        ground.calendar,
        ground.today,
        by,
        need.qty,
    );
    for option in all {
        if option.kind == SupplierKind::Peer && !has(&option.supplier) {
            continue;
        }
        // Ordered at once, not on the latest day that would do.
        let early = order_options(
            part,
            ground.supply,
            ground.calendar,
            ground.today,
            ground.today,
            need.qty,
        );
        let arrives = early
            .iter()
            .find(|other| other.supplier == option.supplier && other.mode == option.mode)
            .map_or(option.arrives, |other| other.arrives);
        at_depot = Some(at_depot.map_or(arrives, |known| known.min(arrives)));
        if receives && option.mode != TransportMode::Road {
            list.push(WayOption {
                from: option.supplier.clone(),
                mode: option.mode.key().into(),
                cost: Some(Fen::from_yuan(option.cost(need.qty))),
                ready: Some(arrives),
                in_time: option.in_time && still_there(ground, need),
                ..free(Way::Express)
            });
        }
    }
    (list, at_depot)
}

/// Somebody drives out the day after the part is at the depot.
fn second_trip(ground: &Ground<'_>, need: &Need<'_>, at_depot: Option<Date>) -> Option<WayOption> {
    let km = 2.0 * road(ground, need)?;
    let from = if need.part.is_empty() { "" } else { "depot" };
    Some(WayOption {
        from: from.into(),
        km,
        cost: Some(Fen::from_yuan(km * ground.plan.settings.costs.per_km)),
        ready: at_depot.map(|day| ground.calendar.workdays_after(day, 1)),
        ..free(Way::SecondTrip)
    })
}

//! Latest order days: every supplier and mode a part may come by, and by when it must be ordered.

use crate::domain::{Calendar, Date, Part, SupplierKind, SupplierMode, Supply, TransportMode};

/// Longer than any order takes: keeps a slip in a table from running the calendar to its end.
const MOST_WORKDAYS: u32 = 2_000;

/// One way to have a part.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderOption {
    /// Supplier, for a peer the dealer's name.
    pub supplier: String,
    /// Maker or peer.
    pub kind: SupplierKind,
    /// Transport mode, allowed for the part.
    pub mode: TransportMode,
    /// In time: the latest day to order (inclusive). Too late: the next day an order can leave.
    pub order_by: Date,
    /// The day it is there when ordered on `order_by`.
    pub arrives: Date,
    /// Whether it arrives on the day needed or before.
    pub in_time: bool,
    /// Yuan per order.
    pub cost_fixed: f64,
    /// Yuan per piece on top.
    pub cost_per_piece: f64,
}

impl OrderOption {
    /// Yuan for an order of so many pieces alone.
    pub fn cost(&self, pieces: u32) -> f64 {
        self.cost_fixed + self.cost_per_piece * f64::from(pieces)
    }
}

/// Every way a part is allowed to come, cheapest for `pieces` first (then the earlier arrival, then by name).
///
/// Peers stand here whether or not they have the part. An order leaves on a workday from `today` on, on the
/// supplier's weekday where there is one; the maker's review of a monitored part comes before the lead time.
pub fn order_options(
    part: &Part,
    supply: &Supply,
    calendar: &Calendar,
    today: Date,
    needed: Date,
    pieces: u32,
) -> Vec<OrderOption> {
    let mut options: Vec<OrderOption> = supply
        .suppliers
        .iter()
        .filter(|way| part.allowed_modes.contains(&way.mode))
        .filter(|way| !(part.vin_specific && way.kind == SupplierKind::Peer))
        .filter_map(|way| option(part, way, calendar, today, needed))
        .collect();
    options.sort_by(|a, b| {
        a.cost(pieces)
            .total_cmp(&b.cost(pieces))
            .then((a.arrives, &a.supplier, a.mode).cmp(&(b.arrives, &b.supplier, b.mode)))
    });
    options
}

fn option(
    part: &Part,
    way: &SupplierMode,
    calendar: &Calendar,
    today: Date,
    needed: Date,
) -> Option<OrderOption> {
    let workdays = way
        .lead_workdays
        .saturating_add(review_workdays(part, way.kind))
        .min(MOST_WORKDAYS);
    let latest = latest_order_day(way, workdays, calendar, today, needed);
    let order_by = latest.or_else(|| next_order_day(way, calendar, today))?;
    Some(OrderOption {
        supplier: way.supplier.clone(),
        kind: way.kind,
        mode: way.mode,
        order_by,
        arrives: calendar.workdays_after(order_by, workdays),
        in_time: latest.is_some(),
        cost_fixed: way.cost_fixed.max(0.0),
        cost_per_piece: way.cost_per_kg.max(0.0) * part.weight_kg.max(0.0),
    })
}

/// The maker reviews a monitored part before the order is processed; a peer has it on the shelf.
fn review_workdays(part: &Part, kind: SupplierKind) -> u32 {
    if part.monitored && kind == SupplierKind::Maker {
        part.review_workdays
    } else {
        0
    }
}

/// Whether an order can leave on the day.
fn leaves_on(way: &SupplierMode, calendar: &Calendar, day: Date) -> bool {
    calendar.is_work(day)
        && way
            .cutoff_weekday
            .is_none_or(|weekday| weekday == day.weekday())
}

/// The latest day from `today` on whose order is there on `needed` or before.
fn latest_order_day(
    way: &SupplierMode,
    workdays: u32,
    calendar: &Calendar,
    today: Date,
    needed: Date,
) -> Option<Date> {
    // No later day can do: from it on, too few workdays are left.
    let mut day = calendar.workdays_before(needed.plus_days(1), workdays);
    day = day.min(needed);
    while day >= today {
        if leaves_on(way, calendar, day) && calendar.workdays_after(day, workdays) <= needed {
            return Some(day);
        }
        day = day.plus_days(-1);
    }
    None
}

/// The next day an order can leave; looks a year ahead.
fn next_order_day(way: &SupplierMode, calendar: &Calendar, today: Date) -> Option<Date> {
    (0..366)
        .map(|days| today.plus_days(days))
        .find(|day| leaves_on(way, calendar, *day))
}

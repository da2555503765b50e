//! Where pieces come from: stock → on order → peers → maker, each the cheapest way that is in time.
//!
//! Pieces are promised in order of departure and never twice; what was sent straight to a point serves first,
//! because it serves no other tour. What cannot be at the depot the day before
//! departure may be sent straight to a point that receives goods, by the first day there.

use std::collections::BTreeMap;

use super::options::{OrderOption, order_options};
use super::shelf::{Over, Shelf};
use crate::domain::{Calendar, Coming, Date, Fen, Part, SupplierKind, Supply};
use crate::plan::model::{SourceKind, SourcingLine};

/// What one departure needs of a part beyond what earlier ones had.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub(super) tour: String,
    pub(super) pieces: u32,
    /// Last day at the depot (inclusive).
    pub(super) depot_by: Date,
    /// Points that take pieces sent ahead: id, last day there (inclusive), most pieces used there.
    pub(super) points: Vec<(String, Date, u32)>,
}

/// A line before the fixed cost of its order is shared out.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) line: SourcingLine,
    fixed: Fen,
}

/// Everything that stays the same while one part is sourced.
struct Desk<'a> {
    part: &'a Part,
    supply: &'a Supply,
    calendar: &'a Calendar,
    today: Date,
}

/// Appends the lines for one part; needs in order of departure.
pub(super) fn source(
    part: &Part,
    older: &[&str],
    needs: &[Need],
    supply: &Supply,
    calendar: &Calendar,
    today: Date,
    drafts: &mut Vec<Draft>,
) {
    let desk = Desk {
        part,
        supply,
        calendar,
        today,
    };
    let mut shelf = Shelf::of(&part.code, older, supply);
    for need in needs {
        let mut left = need.pieces;
        // What was sent to a point already takes room there: its jobs use no more than `most` in all.
        let mut points = need.points.clone();
        left -= desk.sent_ahead(need, &mut points, left, &mut shelf, drafts);
        left -= desk.own(need, left, &mut shelf, drafts);
        left -= Desk::over(need, left, &mut shelf, drafts);
        left -= desk.bought(need, left, need.depot_by, None, &mut shelf, drafts);
        for (point, by, room) in &points {
            let wanted = left.min(*room);
            left -= desk.bought(need, wanted, *by, Some(point), &mut shelf, drafts);
        }
        if left > 0 {
            drafts.push(desk.short(need, left));
        }
    }
}

impl Desk<'_> {
    /// From the own shelf and from what is on order in time; returns the pieces found.
    fn own(&self, need: &Need, wanted: u32, shelf: &mut Shelf, drafts: &mut Vec<Draft>) -> u32 {
        let mut found = 0;
        // The old number first: nobody orders it any more, so it would only grow older.
        for (number, free) in &mut shelf.older {
            let taken = (wanted - found).min(*free);
            if taken > 0 {
                found += taken;
                *free -= taken;
                let mut draft = self.draft(need, SourceKind::Stock, taken);
                draft.line.number.clone_from(number);
                "superseded".clone_into(&mut draft.line.reason);
                drafts.push(draft);
            }
        }
        let taken = (wanted - found).min(shelf.free);
        if taken > 0 {
            found += taken;
            shelf.free -= taken;
            drafts.push(self.draft(need, SourceKind::Stock, taken));
        }
        // An arrival day gone by means the order is overdue: nobody can count on it.
        let usable = |line: &Coming| {
            line.to == "depot" && line.eta >= self.today && line.eta <= need.depot_by
        };
        for line in shelf.coming.iter_mut().filter(|line| usable(line)) {
            let taken = (wanted - found).min(line.qty);
            found += taken;
            drafts.extend(self.on_order(need, line, taken));
        }
        found
    }

    /// From packs ordered for earlier departures; returns the pieces found.
    fn over(need: &Need, wanted: u32, shelf: &mut Shelf, drafts: &mut Vec<Draft>) -> u32 {
        let mut found = 0;
        let there = |over: &&mut Over| {
            over.draft
                .line
                .arrives
                .is_some_and(|day| day <= need.depot_by)
        };
        for over in shelf.over.iter_mut().filter(there) {
            let taken = (wanted - found).min(over.pieces);
            if taken > 0 {
                found += taken;
                over.pieces -= taken;
                let mut draft = over.draft.clone();
                draft.line.tour.clone_from(&need.tour);
                draft.line.qty = taken;
                draft.line.order_qty = 0;
                draft.line.cost = Fen(0);
                "rest_of_pack".clone_into(&mut draft.line.reason);
                drafts.push(draft);
            }
        }
        found
    }

    /// From what was sent straight to a point of this tour; returns the pieces found, and takes them off the room
    /// left at each of `points`.
    fn sent_ahead(
        &self,
        need: &Need,
        points: &mut [(String, Date, u32)],
        wanted: u32,
        shelf: &mut Shelf,
        drafts: &mut Vec<Draft>,
    ) -> u32 {
        let mut found = 0;
        for (point, by, room) in points {
            let usable = |line: &Coming| {
                let there = line.here || line.eta >= self.today;
                there && line.eta <= *by && line.to == *point && line.tour == need.tour
            };
            for line in shelf.coming.iter_mut().filter(|line| usable(line)) {
                let taken = (wanted - found).min(line.qty).min(*room);
                found += taken;
                *room -= taken;
                drafts.extend(self.on_order(need, line, taken));
            }
        }
        found
    }

    /// Takes pieces of an order; nothing for none.
    fn on_order(&self, need: &Need, line: &mut Coming, taken: u32) -> Option<Draft> {
        if taken == 0 {
            return None;
        }
        line.qty -= taken;
        let mut draft = self.draft(need, SourceKind::OnOrder, taken);
        draft.line.arrives = Some(line.eta);
        draft.line.supplier.clone_from(&line.supplier);
        draft.line.mode.clone_from(&line.mode);
        draft.line.to.clone_from(&line.to);
        Some(draft)
    }

    /// From peers, then from the maker, in time for `by`; returns the pieces found.
    fn bought(
        &self,
        need: &Need,
        wanted: u32,
        by: Date,
        point: Option<&String>,
        shelf: &mut Shelf,
        drafts: &mut Vec<Draft>,
    ) -> u32 {
        if wanted == 0 {
            return 0;
        }
        let options = self.options(by, self.part.in_packs(wanted));
        let mut found = 0;
        for kind in [SupplierKind::Peer, SupplierKind::Maker] {
            let mut passed_over = false;
            for option in options.iter().filter(|option| option.kind == kind) {
                let there = match kind {
                    SupplierKind::Peer => shelf.peers.get(&option.supplier).copied().unwrap_or(0),
                    SupplierKind::Maker => u32::MAX,
                };
                let taken = (wanted - found).min(there);
                if taken == 0 {
                    continue;
                }
                if !option.in_time {
                    passed_over = true;
                    continue;
                }
                if let Some(left) = shelf.peers.get_mut(&option.supplier)
                    && kind == SupplierKind::Peer
                {
                    *left -= taken;
                }
                found += taken;
                let draft = self.ordered(need, option, taken, point, passed_over);
                let over = draft.line.order_qty - taken;
                // At a point the rest comes home with the van.
                if over > 0 && point.is_none() {
                    let draft = draft.clone();
                    shelf.over.push(Over {
                        draft,
                        pieces: over,
                    });
                }
                drafts.push(draft);
            }
        }
        found
    }

    fn options(&self, by: Date, pieces: u32) -> Vec<OrderOption> {
        order_options(
            self.part,
            self.supply,
            self.calendar,
            self.today,
            by,
            pieces,
        )
    }

    fn ordered(
        &self,
        need: &Need,
        option: &OrderOption,
        pieces: u32,
        point: Option<&String>,
        passed_over: bool,
    ) -> Draft {
        let source = match option.kind {
            SupplierKind::Peer => SourceKind::Peer,
            SupplierKind::Maker => SourceKind::Order,
        };
        let mut draft = self.draft(need, source, pieces);
        draft.fixed = Fen::from_yuan(option.cost_fixed);
        draft.line.supplier.clone_from(&option.supplier);
        option.mode.key().clone_into(&mut draft.line.mode);
        draft.line.order_by = Some(option.order_by);
        draft.line.arrives = Some(option.arrives);
        draft.line.order_qty = match option.kind {
            // A sister dealer opens its packs.
            SupplierKind::Peer => pieces,
            SupplierKind::Maker => self.part.in_packs(pieces),
        };
        let freight = option.cost_per_piece * f64::from(draft.line.order_qty);
        draft.line.cost = Fen::from_yuan(freight);
        match (point, passed_over) {
            (Some(_), _) => "sent_to_point",
            (None, true) => "only_in_time",
            (None, false) => "cheapest",
        }
        .clone_into(&mut draft.line.reason);
        if let Some(point) = point {
            draft.line.to.clone_from(point);
        }
        draft
    }

    /// An order that comes too late, by the way that is there first; or none, where no way is allowed.
    fn short(&self, need: &Need, pieces: u32) -> Draft {
        let makers = self
            .supply
            .suppliers
            .iter()
            .any(|way| way.kind == SupplierKind::Maker);
        let options = self.options(need.depot_by, self.part.in_packs(pieces));
        let first = options
            .iter()
            .filter(|option| option.kind == SupplierKind::Maker)
            .min_by_key(|option| option.arrives);
        let mut draft = match first {
            Some(option) => self.ordered(need, option, pieces, None, false),
            None => self.draft(need, SourceKind::Order, pieces),
        };
        draft.line.feasible = false;
        match (first, makers) {
            (Some(_), _) => "too_late",
            (None, true) => "mode_not_allowed",
            (None, false) => "no_supplier",
        }
        .clone_into(&mut draft.line.reason);
        draft
    }

    fn draft(&self, need: &Need, source: SourceKind, qty: u32) -> Draft {
        let line = SourcingLine {
            part: self.part.code.clone(),
            tour: need.tour.clone(),
            source,
            supplier: String::new(),
            mode: String::new(),
            qty,
            order_qty: 0,
            number: String::new(),
            order_by: None,
            arrives: None,
            to: "depot".to_owned(),
            cost: Fen(0),
            feasible: true,
            reason: String::new(),
        };
        Draft {
            line,
            fixed: Fen(0),
        }
    }
}

/// Shares the fixed cost of each order (one supplier, mode, order day and destination) out over its lines,
/// to the fen.
pub(super) fn with_costs(drafts: Vec<Draft>) -> Vec<SourcingLine> {
    type Order = (SourceKind, String, String, Option<Date>, String);
    let key = |line: &SourcingLine| -> Order {
        let (supplier, mode) = (line.supplier.clone(), line.mode.clone());
        (line.source, supplier, mode, line.order_by, line.to.clone())
    };
    let mut orders: BTreeMap<Order, (i64, i64)> = BTreeMap::new();
    for draft in &drafts {
        orders.entry(key(&draft.line)).or_default().0 += 1;
    }
    let mut lines = Vec::with_capacity(drafts.len());
    for Draft { mut line, fixed } in drafts {
        if let Some((count, before)) = orders.get_mut(&key(&line)) {
            let extra = i64::from(*before < fixed.0 % *count);
            line.cost += Fen(fixed.0 / *count + extra);
            *before += 1;
        }
        lines.push(line);
    }
    lines
}

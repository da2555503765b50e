//! Where a part's pieces come from, why that way, and which other ways there are.

use serde::Serialize;

use super::Ground;
use super::page::{Page, words, yuan};
use crate::domain::{Date, SupplierKind};
use crate::findings::Lang;
use crate::plan::model::{PartRequirement, SourceKind, SourcingLine};
use crate::stage::{OrderOption, order_options};

/// Sources of a part.
#[derive(Debug, Serialize)]
pub(super) struct Sources {
    on_hand: u32,
    reserved: u32,
    on_order: u32,
    eta: Option<Date>,
    peers: Vec<(String, u32)>,
    lines: Vec<SourcingLine>,
    /// Ways to have what is ordered, for the first tour that orders.
    ways: Vec<OrderWay>,
}

/// One way an order could come.
#[derive(Debug, Serialize)]
struct OrderWay {
    supplier: String,
    kind: SupplierKind,
    mode: &'static str,
    order_by: Date,
    arrives: Date,
    in_time: bool,
    /// Pieces a sister dealer has; `None` = the maker, or not known.
    there: Option<u32>,
    /// Transport, yuan, of the pieces ordered for that tour.
    cost: f64,
    chosen: bool,
}

impl Sources {
    pub(super) fn of(ground: &Ground<'_>, part: &str) -> Self {
        let plan = ground.plan;
        let stock = plan.supply.stock.iter().filter(|row| row.part == part);
        let (mut on_hand, mut reserved, mut on_order, mut eta) = (0, 0, 0, None);
        for row in stock {
            on_hand += row.on_hand;
            reserved += row.reserved;
            on_order += row.on_order;
            eta = eta.max(row.eta);
        }
        let peers = plan.supply.peers.iter();
        let peers = peers.filter(|row| row.part == part && row.on_hand > 0);
        let lines = plan.sourcing.iter().filter(|line| line.part == part);
        Self {
            on_hand,
            reserved,
            on_order,
            eta,
            peers: peers.map(|row| (row.dealer.clone(), row.on_hand)).collect(),
            lines: lines.cloned().collect(),
            ways: ways(ground, part),
        }
    }

    /// Stock and sources in words, and why.
    pub(super) fn tell(&self, need: &PartRequirement, lang: Lang, page: &mut Page) {
        let (on_hand, reserved, on_order) = (self.on_hand, self.reserved, self.on_order);
        page.heading(words!(lang, "Where they come from:", "货源："));
        let eta = self.eta.map_or_else(String::new, |eta| match lang {
            Lang::En => format!(" (arrives {eta})"),
            Lang::Zh => format!("（{eta}到货）"),
        });
        page.say(words!(
            lang,
            "On the shelf {on_hand}, of which {reserved} promised to others; on order {on_order}{eta}.",
            "库存{on_hand}，其中已被占用{reserved}；在途{on_order}{eta}。"
        ));
        if !self.peers.is_empty() {
            let there: Vec<String> = self
                .peers
                .iter()
                .map(|(dealer, qty)| format!("{dealer} {qty}"))
                .collect();
            let there = there.join(", ");
            page.say(words!(
                lang,
                "Sister dealers have: {there}.",
                "兄弟店有货：{there}。"
            ));
        }
        let (peak, sum) = (need.peak_qty, need.kit_qty);
        if peak < sum {
            page.say(words!(
                lang,
                "{sum} are carried over the month, but only {peak} must exist at once: what one tour brings back serves the next.",
                "全月共携带{sum}，但同时只需{peak}：前一次巡回退回的可供下一次使用。"
            ));
        }
        for line in &self.lines {
            let by = line.order_by.map_or_else(String::new, |day| match lang {
                Lang::En => format!("order by {day}"),
                Lang::Zh => format!("最迟{day}订货"),
            });
            let there = line.arrives.map_or_else(String::new, |day| match lang {
                Lang::En => format!("there {day}"),
                Lang::Zh => format!("{day}到"),
            });
            let way = [line.supplier.as_str(), line.mode.as_str()].join(" ");
            page.row(&[
                &line.tour,
                source(line.source, lang),
                &line.qty.to_string(),
                way.trim(),
                &by,
                &there,
                reason(&line.reason, lang),
            ]);
        }
        self.tell_ways(lang, page);
    }

    fn tell_ways(&self, lang: Lang, page: &mut Page) {
        if self.ways.is_empty() {
            return;
        }
        page.heading(words!(
            lang,
            "Ways to order (for the first tour that needs an order):",
            "可选订货方式（以首个需要订货的巡回计）："
        ));
        for way in &self.ways {
            let (by, there, cost) = (way.order_by, way.arrives, yuan(way.cost));
            let time = match (way.there, way.in_time) {
                (Some(0), _) => words!(lang, "none there", "无货"),
                (_, true) => words!(lang, "in time", "来得及"),
                (_, false) => words!(lang, "too late", "来不及"),
            };
            let chosen = if way.chosen {
                words!(lang, "← chosen", "← 选用")
            } else {
                String::new()
            };
            page.row(&[
                &way.supplier,
                way.mode,
                &words!(lang, "order by {by}", "最迟{by}订货"),
                &words!(lang, "there {there}", "{there}到"),
                &words!(lang, "{cost} yuan", "{cost}元"),
                &time,
                &chosen,
            ]);
        }
    }
}

/// Every way for the first line that is asked of a peer or ordered.
fn ways(ground: &Ground<'_>, code: &str) -> Vec<OrderWay> {
    let (plan, tables) = (ground.plan, &ground.ingested.tables);
    let bought = |line: &&SourcingLine| {
        line.part == code && matches!(line.source, SourceKind::Peer | SourceKind::Order)
    };
    let (Some(line), Some(part)) = (
        plan.sourcing.iter().find(bought),
        tables.catalogue.parts.get(code),
    ) else {
        return Vec::new();
    };
    let Some(tour) = plan.tour_or_resting(&line.tour) else {
        return Vec::new();
    };
    // Sent to a point it must be there by the visit, else at the depot the day before the van leaves.
    let visits = plan.visits.iter();
    let mut at_point = visits.filter(|visit| visit.tour == line.tour && visit.point == line.to);
    let needed = at_point
        .next()
        .map_or_else(|| tour.depart.plus_days(-1), |visit| visit.first_day);
    let today = plan.supply.on.unwrap_or(plan.today);
    let options = order_options(
        part,
        &tables.supply,
        &tables.calendar,
        today,
        needed,
        line.qty,
    );
    options
        .into_iter()
        .map(|option| OrderWay {
            there: pieces_there(ground, code, &option),
            chosen: option.supplier == line.supplier && option.mode.key() == line.mode,
            cost: option.cost(line.qty),
            supplier: option.supplier,
            kind: option.kind,
            mode: option.mode.key(),
            order_by: option.order_by,
            arrives: option.arrives,
            in_time: option.in_time,
        })
        .collect()
}

/// What a sister dealer had when sources were last sought.
fn pieces_there(ground: &Ground<'_>, part: &str, option: &OrderOption) -> Option<u32> {
    (option.kind == SupplierKind::Peer).then(|| {
        let peers = ground.plan.supply.peers.iter();
        let own = peers.filter(|row| row.part == part && row.dealer == option.supplier);
        own.map(|row| row.on_hand).sum()
    })
}

fn source(kind: SourceKind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (SourceKind::Stock, Lang::En) => "own stock",
        (SourceKind::Stock, Lang::Zh) => "本店库存",
        (SourceKind::OnOrder, Lang::En) => "on order",
        (SourceKind::OnOrder, Lang::Zh) => "在途",
        (SourceKind::Peer, Lang::En) => "sister dealer",
        (SourceKind::Peer, Lang::Zh) => "兄弟店调货",
        (SourceKind::Order, Lang::En) => "order",
        (SourceKind::Order, Lang::Zh) => "向厂家订货",
    }
}

fn reason(code: &str, lang: Lang) -> &'static str {
    let (en, zh) = match code {
        "cheapest" => ("the cheapest way in time", "来得及的方式中最便宜"),
        "only_in_time" => ("a cheaper way would be too late", "更便宜的方式来不及"),
        "sent_to_point" => (
            "too late for the depot, sent straight to the point",
            "来不及到店，直接发往服务点",
        ),
        "too_late" => ("no way is in time: SHORT", "任何方式都来不及：缺件"),
        "mode_not_allowed" => (
            "no allowed way of transport: SHORT",
            "无允许的运输方式：缺件",
        ),
        "no_supplier" => ("no supplier in the tables: SHORT", "供应商表中无货源：缺件"),
        _ => ("", ""),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

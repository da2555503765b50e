//! Why so many of a part: who may need it on each tour, how the need is spread, what a piece more or less does.

use serde::Serialize;

use super::page::{Page, SHOWN, percent, words};
use super::sources::Sources;
use super::{Ground, Told, value};
use crate::domain::Part;
use crate::findings::Lang;
use crate::plan::jobs::jobs;
use crate::plan::model::PartRequirement;
use crate::stage::{PartReason, part_reason};

#[derive(Debug, Serialize)]
struct PartFacts {
    part: String,
    name: String,
    unit: String,
    /// The line of parts.csv; `None` = nobody on a tour may need it.
    month: Option<PartRequirement>,
    /// The same expected need, computed again from the jobs.
    expected_again: f64,
    tours: Vec<TourPart>,
    sources: Option<Sources>,
    target_job_fill: f64,
    bag_probability: f64,
    vin_specific: bool,
    pack_qty: u32,
    supersedes: String,
}

/// One tour.
#[derive(Debug, Serialize)]
struct TourPart {
    tour: String,
    /// Job fill of its whole kit, as published.
    job_fill: Option<f64>,
    expected: f64,
    rounded_singly: u32,
    most: u32,
    in_bags: u32,
    common: u32,
    weighed: Vec<Stocked>,
    vehicles: Vec<Needing>,
}

#[derive(Debug, Serialize)]
struct Stocked {
    pieces: u32,
    exceeded: f64,
    shortage: f64,
    leftover: f64,
    job_fill: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Needing {
    vehicle: String,
    visit: String,
    show: f64,
    /// Code, probability, pieces.
    items: Vec<(String, f64, u32)>,
    expected: f64,
    in_bag: u32,
    agreed: bool,
}

pub(super) fn explain(ground: &Ground<'_>, code: &str, lang: Lang) -> Told {
    let facts = gather(ground, code);
    let mut page = Page::default();
    tell(&facts, ground, lang, &mut page);
    (value(&facts), page)
}

fn gather(ground: &Ground<'_>, code: &str) -> PartFacts {
    let (plan, tables) = (ground.plan, &ground.ingested.tables);
    let mut tours = Vec::new();
    for tour in jobs(plan, &tables.vans) {
        let reason = part_reason(
            &tour,
            code,
            &plan.kit,
            &tables.catalogue,
            &plan.settings.parts,
            plan.seed,
        );
        tours.extend(reason.map(|reason| tour_part(ground, &tour.tour, reason)));
    }
    let unknown = Part::default();
    let part = tables.catalogue.parts.get(code).unwrap_or(&unknown);
    let printed = plan.part_facts.get(code);
    let month = plan.parts.iter().find(|line| line.part == code).cloned();
    PartFacts {
        part: code.to_owned(),
        name: printed.map_or_else(String::new, |facts| facts.name.clone()),
        unit: printed.map_or_else(String::new, |facts| facts.unit.clone()),
        expected_again: tours.iter().map(|tour| tour.expected).sum(),
        sources: month.as_ref().map(|_| Sources::of(ground, code)),
        month,
        tours,
        target_job_fill: plan.settings.parts.target_job_fill,
        bag_probability: plan.settings.parts.bag_probability,
        vin_specific: part.vin_specific,
        pack_qty: part.pack_qty,
        supersedes: part.supersedes.clone(),
    }
}

fn tour_part(ground: &Ground<'_>, tour: &str, reason: PartReason) -> TourPart {
    let plan = ground.plan;
    let agreed = |vehicle: &str, items: &[(String, f64, u32)]| {
        let mut called = plan.vehicles.iter();
        called
            .find(|one| one.vehicle == vehicle)
            .is_some_and(|one| {
                let mut own = one.items.iter().filter(|item| item.agreed);
                own.any(|item| items.iter().any(|(code, _, _)| *code == item.item))
            })
    };
    TourPart {
        tour: tour.to_owned(),
        job_fill: plan
            .kits
            .iter()
            .find(|kit| kit.tour == tour)
            .map(|kit| kit.job_fill),
        expected: reason.expected,
        rounded_singly: reason.rounded_singly,
        most: reason.most,
        in_bags: reason.in_bags,
        common: reason.common,
        weighed: reason
            .weighed
            .into_iter()
            .map(|one| Stocked {
                pieces: one.pieces,
                exceeded: one.exceeded,
                shortage: one.shortage,
                leftover: one.leftover,
                job_fill: one.job_fill,
            })
            .collect(),
        vehicles: reason
            .asking
            .into_iter()
            .map(|one| Needing {
                agreed: agreed(&one.vehicle, &one.items),
                vehicle: one.vehicle,
                visit: one.visit,
                show: one.show,
                items: one.items,
                expected: one.expected,
                in_bag: one.in_bag,
            })
            .collect(),
    }
}

fn tell(facts: &PartFacts, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
    let (part, name) = (&facts.part, &facts.name);
    let printed = ground.plan.part_facts.get(part.as_str());
    let unit = printed.map_or(facts.unit.as_str(), |facts| facts.unit_in(lang));
    let Some(month) = &facts.month else {
        page.say(words!(
            lang,
            "{part} {name}: none is carried, because no vehicle with a place on a tour may need it this month.",
            "{part} {name}：本月不备，因为巡回到站车辆中没有可能需要它的。"
        ));
        return;
    };
    let (kit, need, peak) = (month.kit_qty, month.needed_expected, month.peak_qty);
    let (target, count) = (percent(facts.target_job_fill), facts.tours.len());
    page.say(words!(
        lang,
        "{part} {name}: {kit} {unit} are carried, on tours: {count}, for an expected use of {need:.2}, so that {target} of the jobs needing parts can be finished; {peak} must exist at once.",
        "{part} {name}：{count}次巡回共备{kit}{unit}，预计用量{need:.2}，使需要配件的工单有{target}能当场完工；同时需要{peak}{unit}。"
    ));
    if (facts.expected_again - need).abs() > 0.005 {
        let again = facts.expected_again;
        page.say(words!(
            lang,
            "Computed again from today's tables the expected use is {again:.2}.",
            "按当前表格重新计算，预计用量为{again:.2}。"
        ));
    }
    tell_kind(facts, month, lang, page);
    let heads = match lang {
        Lang::En => [
            "tour",
            "vehicles",
            "expected",
            "in bags",
            "common",
            "carried",
            "P(more asked)",
            "short",
            "back",
            "one by one",
        ],
        Lang::Zh => [
            "巡回",
            "车辆",
            "预计",
            "客户袋",
            "公共",
            "携带",
            "不够的概率",
            "预计缺",
            "预计退",
            "逐车取整",
        ],
    };
    page.heading(words!(lang, "Per tour:", "按巡回："));
    page.row(&heads);
    for tour in &facts.tours {
        let carried = tour.in_bags + tour.common;
        let here = tour.weighed.iter().find(|one| one.pieces == carried);
        let (exceeded, short, back) = here.map_or((0.0, 0.0, 0.0), |one| {
            (one.exceeded, one.shortage, one.leftover)
        });
        page.row(&[
            &tour.tour,
            &tour.vehicles.len().to_string(),
            &format!("{:.2}", tour.expected),
            &tour.in_bags.to_string(),
            &tour.common.to_string(),
            &carried.to_string(),
            &percent(exceeded),
            &format!("{short:.2}"),
            &format!("{back:.2}"),
            &tour.rounded_singly.to_string(),
        ]);
    }
    let singly: u32 = facts.tours.iter().map(|tour| tour.rounded_singly).sum();
    if singly != kit {
        page.say(words!(
            lang,
            "Rounding up every vehicle's need by itself would be {singly}; pooled over a tour's customers {kit} do.",
            "若逐车向上取整需{singly}；同一巡回的客户合并考虑后为{kit}。"
        ));
    }
    tell_pieces(facts, lang, page);
    tell_vehicles(facts, ground, lang, page);
    if let Some(sources) = &facts.sources {
        sources.tell(month, lang, page);
    }
}

fn tell_kind(facts: &PartFacts, month: &PartRequirement, lang: Lang, page: &mut Page) {
    if facts.vin_specific {
        page.say(words!(
            lang,
            "It is made for one VIN: every piece is for one vehicle only.",
            "按车架号定制：每件只供一台车。"
        ));
    }
    if month.monitored {
        page.say(words!(
            lang,
            "It is monitored: the maker reviews an order first.",
            "监控件：订货须先经厂家审核。"
        ));
    }
    let (packs, old) = (facts.pack_qty, &facts.supersedes);
    if packs > 1 {
        page.say(words!(
            lang,
            "The maker sells packs of {packs}.",
            "厂家按每包{packs}件供货。"
        ));
    }
    if !old.is_empty() {
        page.say(words!(lang, "It replaces {old}.", "替代旧件号{old}。"));
    }
}

/// What a piece less or more does to the whole kit.
fn tell_pieces(facts: &PartFacts, lang: Lang, page: &mut Page) {
    let target = percent(facts.target_job_fill);
    page.heading(words!(
        lang,
        "One piece less or more (target job fill {target}):",
        "少备或多备一件（目标配件满足率{target}）："
    ));
    let heads = match lang {
        Lang::En => [
            "tour",
            "carried",
            "P(more asked) with one less",
            "carried",
            "one more",
            "job fill with one less",
            "carried",
            "one more",
        ],
        Lang::Zh => [
            "巡回",
            "携带",
            "不够的概率：少一件",
            "现数",
            "多一件",
            "配件满足率：少一件",
            "现数",
            "多一件",
        ],
    };
    page.row(&heads);
    for tour in &facts.tours {
        let carried = i64::from(tour.in_bags + tour.common);
        let with = |more: i64, figure: &dyn Fn(&Stocked) -> Option<String>| {
            let mut weighed = tour.weighed.iter();
            let one = weighed.find(|one| i64::from(one.pieces) == carried + more);
            one.and_then(figure).unwrap_or_else(|| "–".to_owned())
        };
        let exceeded = |one: &Stocked| Some(percent(one.exceeded));
        let fill = |one: &Stocked| one.job_fill.map(|fill| format!("{:.2}%", fill * 100.0));
        page.row(&[
            &tour.tour,
            &carried.to_string(),
            &with(-1, &exceeded),
            &with(0, &exceeded),
            &with(1, &exceeded),
            &with(-1, &fill),
            &with(0, &fill),
            &with(1, &fill),
        ]);
    }
}

fn tell_vehicles(facts: &PartFacts, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
    let likely = percent(facts.bag_probability);
    page.heading(words!(
        lang,
        "Who may need it (a need of at least {likely} once the vehicle comes gets its own bag while the kit lasts):",
        "谁可能需要（来店后需要的概率不低于{likely}的，在备料够时装入本人客户袋）："
    ));
    let heads = match lang {
        Lang::En => [
            "visit",
            "vehicle",
            "comes",
            "expected",
            "in bag",
            "items (probability × pieces)",
        ],
        Lang::Zh => [
            "到站",
            "车辆",
            "到场",
            "预计",
            "客户袋",
            "项目（概率×件数）",
        ],
    };
    let all: Vec<&Needing> = facts.tours.iter().flat_map(|tour| &tour.vehicles).collect();
    if !all.is_empty() {
        page.row(&heads);
    }
    let mut ranked = all.clone();
    ranked.sort_by(|a, b| {
        b.expected
            .total_cmp(&a.expected)
            .then_with(|| a.vehicle.cmp(&b.vehicle))
    });
    for one in ranked.iter().take(SHOWN) {
        let items: Vec<String> = one
            .items
            .iter()
            .map(|(code, p, qty)| {
                let name = if code.is_empty() {
                    words!(lang, "named by the foreman", "车间主管指定")
                } else {
                    ground.item(code, lang)
                };
                format!("{name} {}×{qty}", percent(*p))
            })
            .collect();
        let agreed = if one.agreed {
            words!(lang, " (agreed)", "（已确认）")
        } else {
            String::new()
        };
        page.row(&[
            &one.visit,
            &one.vehicle,
            &percent(one.show),
            &format!("{:.2}", one.expected),
            &one.in_bag.to_string(),
            &format!("{}{agreed}", items.join(" + ")),
        ]);
    }
    if let Some(more) = all.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        page.say(words!(
            lang,
            "  … and {more} more (--json lists all)",
            "  … 另有{more}台（--json 列出全部）"
        ));
    }
}

//! One tour's kit: jobs and bills of material → the engine's question; its answer → lines and figures.

use std::collections::BTreeMap;

use super::bags;
use super::need::{JobNeed, TourJobs};
use crate::domain::settings::PartsSettings;
use crate::domain::{Catalogue, Fen, Van};
use crate::findings::Finding;
use crate::plan::model::{KitLine, TourKit};
use crate::solve::kit::{
    self, BomLine, JobItem, KIT_SCHEMA, KitItem, KitJob, KitPart, KitProblem, KitSolution,
    UsePolicy, VanLimits,
};

/// What is wanted of one part on a tour: for the whole tour, or for one vehicle where it fits no other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted {
    /// Part code.
    pub(super) part: String,
    /// The job it is made for (position in [`Question::jobs`]); `None` = any vehicle.
    pub(super) job: Option<usize>,
}

/// A tour's question to the kit engine, and what its positions mean.
pub(super) struct Question<'a> {
    pub(super) problem: KitProblem,
    /// The meaning of `problem.parts`, in part order.
    pub(super) wanted: Vec<Wanted>,
    /// The meaning of `problem.jobs`: position of the visit, and the vehicle.
    pub(super) jobs: Vec<(usize, &'a JobNeed)>,
    /// The meaning of each job's items: the item's code, empty for parts named beside the items.
    pub(super) codes: Vec<Vec<&'a str>>,
}

/// One tour's kit, interpreted.
pub(super) struct Kit {
    pub(super) lines: Vec<KitLine>,
    pub(super) facts: TourKit,
    pub(super) findings: Vec<Finding>,
}

/// Chooses what a tour carries and splits it into bags and common stock; of one that has left it stands.
pub(super) fn kit_of(
    tour: &TourJobs,
    catalogue: &Catalogue,
    settings: &PartsSettings,
    seed: u64,
) -> Kit {
    if let Some(loaded) = &tour.loaded {
        return Kit {
            lines: loaded.lines.clone(),
            facts: loaded.facts.clone(),
            findings: Vec::new(),
        };
    }
    let question = priced(tour, catalogue, settings);
    let Ok(solution) = kit::solve(&question.problem, seed) else {
        // Only quantities beyond anything a van carries are refused; then nothing is promised.
        return nothing(tour, settings);
    };
    let lines = bags::split(tour, &question, &solution.kit, settings.bag_probability);
    let mut findings = Vec::new();
    // Less than what the message could show is sampling, not a van too small.
    if !solution.target_met && solution.job_fill < settings.target_job_fill - 0.0005 {
        findings.push(low_fill(tour, solution.job_fill, settings));
    }
    Kit {
        facts: facts(tour, catalogue, &question, &solution),
        lines,
        findings,
    }
}

/// What a job does with parts when not all are there.
pub(super) fn tour_policy(settings: &PartsSettings) -> UsePolicy {
    if settings.policy.trim() == "all-or-nothing" {
        UsePolicy::AllOrNothing
    } else {
        UsePolicy::Partial
    }
}

/// A tour's question as `tourplan solve kit` takes it: jobs in visit and slot order, parts by code.
pub fn kit_question(
    tour: &TourJobs,
    catalogue: &Catalogue,
    settings: &PartsSettings,
) -> KitProblem {
    priced(tour, catalogue, settings).problem
}

/// The question with costs, target and policy.
fn priced<'a>(tour: &'a TourJobs, catalogue: &Catalogue, settings: &PartsSettings) -> Question<'a> {
    let mut question = question(tour, catalogue);
    question.problem.target_job_fill = share(settings.target_job_fill);
    question.problem.policy = tour_policy(settings);
    let handling = amount(settings.carry_yuan) + amount(settings.return_yuan);
    for part in &mut question.problem.parts {
        let price = catalogue
            .parts
            .get(&part.id)
            .map_or(0.0, |known| known.price.yuan());
        part.cost = handling + amount(settings.carry_share) * amount(price);
    }
    question
}

/// The engine's question without costs and target: pooled parts once, parts made for one VIN once per vehicle.
pub(super) fn question<'a>(tour: &'a TourJobs, catalogue: &Catalogue) -> Question<'a> {
    let jobs: Vec<(usize, &JobNeed)> = tour
        .visits
        .iter()
        .enumerate()
        .flat_map(|(visit, at)| at.jobs.iter().map(move |job| (visit, job)))
        .collect();
    let mut boms = Boms {
        catalogue,
        known: BTreeMap::new(),
    };
    let mut parts: BTreeMap<Wanted, usize> = BTreeMap::new();
    let mut asked: Vec<Vec<(Bill, f64)>> = Vec::with_capacity(jobs.len());
    let mut codes = Vec::with_capacity(jobs.len());
    for (index, (_, job)) in jobs.iter().enumerate() {
        let (mut items, mut of_job) = (Vec::new(), Vec::new());
        for (item, p) in &job.items {
            let bill = boms.bill(item, job.model.as_deref().unwrap_or(""), index);
            if bill.is_empty() || share(*p) <= 0.0 {
                continue;
            }
            for (wanted, _) in &bill {
                parts.entry(wanted.clone()).or_default();
            }
            items.push((bill, share(*p)));
            of_job.push(item.as_str());
        }
        let extra = boms.extra(&job.extra_parts, index);
        if !extra.is_empty() {
            for (wanted, _) in &extra {
                parts.entry(wanted.clone()).or_default();
            }
            items.push((extra, 1.0));
            of_job.push("");
        }
        asked.push(items);
        codes.push(of_job);
    }
    for (position, index) in parts.values_mut().enumerate() {
        *index = position;
    }
    let (items, job_items) = numbered(asked, &parts);
    let problem = KitProblem {
        schema: KIT_SCHEMA.to_owned(),
        target_job_fill: 0.0,
        policy: UsePolicy::Partial,
        parts: parts
            .keys()
            .map(|wanted| kit_part(&wanted.part, catalogue))
            .collect(),
        items,
        jobs: jobs
            .iter()
            .zip(job_items)
            .map(|((_, job), items)| KitJob {
                id: job.vehicle.clone(),
                show: share(job.show),
                items,
            })
            .collect(),
        van: van_limits(tour.van.as_ref()),
        evaluate: Vec::new(),
    };
    Question {
        problem,
        wanted: parts.into_keys().collect(),
        jobs,
        codes,
    }
}

impl Question<'_> {
    /// Pieces carried of each part of the problem, by the tour's own lines.
    pub(super) fn carried(&self, lines: &[&KitLine]) -> Vec<u32> {
        let wanted = self.wanted.iter().map(|wanted| {
            let vehicle = wanted.job.and_then(|job| self.jobs.get(job));
            let these = lines.iter().filter(|line| {
                line.part == wanted.part
                    && vehicle.is_none_or(|(_, job)| job.vehicle == line.vehicle)
            });
            these.map(|line| line.qty).sum()
        });
        wanted.collect()
    }
}

/// What one item needs, each part with its pieces.
type Bill = Vec<(Wanted, u32)>;

/// Part, pieces, and whether it is made for one VIN.
type BomLines = Vec<(String, u32, bool)>;

/// Bills of material, looked up once per item and model.
struct Boms<'a> {
    catalogue: &'a Catalogue,
    known: BTreeMap<(String, String), BomLines>,
}

impl Boms<'_> {
    /// Parts named beside the items, each once; of the catalogue only.
    fn extra(&self, parts: &[(String, u32)], job: usize) -> Bill {
        let mut pieces: BTreeMap<Wanted, u32> = BTreeMap::new();
        for (code, qty) in parts {
            if let Some(part) = self.catalogue.parts.get(self.catalogue.newest(code)) {
                let wanted = Wanted {
                    part: part.code.clone(),
                    job: part.vin_specific.then_some(job),
                };
                *pieces.entry(wanted).or_default() += qty;
            }
        }
        pieces.into_iter().filter(|(_, qty)| *qty > 0).collect()
    }

    /// Parts of the catalogue only: what is not in it has no weight, no price and no supplier.
    fn bill(&mut self, item: &str, model: &str, job: usize) -> Bill {
        let catalogue = self.catalogue;
        let lines = self
            .known
            .entry((item.to_owned(), model.to_owned()))
            .or_insert_with(|| {
                let known = |(code, qty): (&str, u32)| {
                    let part = catalogue.parts.get(code)?;
                    Some((code.to_owned(), qty, part.vin_specific))
                };
                catalogue
                    .bom_of(item, model)
                    .into_iter()
                    .filter_map(known)
                    .collect()
            });
        lines
            .iter()
            .map(|(part, qty, own)| {
                (
                    Wanted {
                        part: part.clone(),
                        job: own.then_some(job),
                    },
                    *qty,
                )
            })
            .collect()
    }
}

/// Gives every distinct bill a number, in order of first use.
fn numbered(
    asked: Vec<Vec<(Bill, f64)>>,
    parts: &BTreeMap<Wanted, usize>,
) -> (Vec<KitItem>, Vec<Vec<JobItem>>) {
    let mut numbers: BTreeMap<Bill, usize> = BTreeMap::new();
    let mut items: Vec<KitItem> = Vec::new();
    let mut jobs = Vec::with_capacity(asked.len());
    for wanted in asked {
        let mut of_job = Vec::with_capacity(wanted.len());
        for (bill, p) in wanted {
            let bom = bill
                .iter()
                .filter_map(|(wanted, qty)| {
                    parts.get(wanted).map(|part| BomLine {
                        part: *part,
                        qty: *qty,
                    })
                })
                .collect();
            let item = *numbers.entry(bill).or_insert_with(|| {
                items.push(KitItem {
                    id: format!("k{}", items.len()),
                    bom,
                });
                items.len() - 1
            });
            of_job.push(JobItem { item, p });
        }
        jobs.push(of_job);
    }
    (items, jobs)
}

fn kit_part(code: &str, catalogue: &Catalogue) -> KitPart {
    let part = catalogue.parts.get(code);
    KitPart {
        id: code.to_owned(),
        cost: 0.0,
        volume_l: part.map_or(0.0, |part| amount(part.volume_l)),
        weight_kg: part.map_or(0.0, |part| amount(part.weight_kg)),
        available: None,
    }
}

/// A van without figures sets no limit.
fn van_limits(van: Option<&Van>) -> VanLimits {
    let known = |figure: f64| (figure.is_finite() && figure > 0.0).then_some(figure);
    VanLimits {
        volume_l: van.and_then(|van| known(van.volume_l)),
        payload_kg: van.and_then(|van| known(van.payload_kg)),
    }
}

fn facts(
    tour: &TourJobs,
    catalogue: &Catalogue,
    question: &Question<'_>,
    solution: &KitSolution,
) -> TourKit {
    let limits = question.problem.van;
    let mut facts = TourKit {
        tour: tour.tour.clone(),
        job_fill: solution.job_fill,
        part_fill: solution.part_fill,
        van_volume_l: limits.volume_l.unwrap_or(0.0),
        van_payload_kg: limits.payload_kg.unwrap_or(0.0),
        tour_fill: solution.tour_fill,
        cost: solution.cost,
        lower_bound: solution.lower_bound,
        gap: solution.gap,
        ..TourKit::default()
    };
    for (part, pieces) in question.problem.parts.iter().zip(&solution.kit) {
        facts.volume_l += part.volume_l * f64::from(*pieces);
        facts.weight_kg += part.weight_kg * f64::from(*pieces);
        let price = catalogue
            .parts
            .get(&part.id)
            .map_or(Fen(0), |known| known.price);
        facts.value += price * *pieces;
    }
    for expected in kit::expectations(&question.problem, &solution.kit) {
        facts.expected_leftover += expected.leftover;
        facts.expected_shortage += expected.shortage;
    }
    facts
}

fn nothing(tour: &TourJobs, settings: &PartsSettings) -> Kit {
    let limits = van_limits(tour.van.as_ref());
    Kit {
        lines: Vec::new(),
        facts: TourKit {
            tour: tour.tour.clone(),
            van_volume_l: limits.volume_l.unwrap_or(0.0),
            van_payload_kg: limits.payload_kg.unwrap_or(0.0),
            ..TourKit::default()
        },
        findings: vec![low_fill(tour, 0.0, settings)],
    }
}

fn low_fill(tour: &TourJobs, fill: f64, settings: &PartsSettings) -> Finding {
    Finding::new("P015")
        .arg("tour", &tour.tour)
        .arg("fill", format!("{:.1} %", fill * 100.0))
        .arg(
            "target",
            format!("{:.1} %", settings.target_job_fill * 100.0),
        )
}

/// A probability as the engine takes it: 0 to 1, what is no number counts as 0.
fn share(value: f64) -> f64 {
    if value.is_nan() {
        0.0
    } else {
        value.clamp(0.0, 1.0)
    }
}

/// A quantity as the engine takes it: finite, from 0 up.
fn amount(value: f64) -> f64 {
    if value.is_finite() {
        value.max(0.0)
    } else {
        0.0
    }
}

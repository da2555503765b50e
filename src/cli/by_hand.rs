//! `tourplan plan --tours`: the tours sheet, changed by hand, read back: completed, checked, planned, and compared
//! with the plan before and with the best that a search finds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::make::{Effort, Known, make};
use super::output::Output;
use super::sheets::{Incoming, codes};
use super::{Common, Opened};
use crate::domain::{Date, TourWish};
use crate::findings::{Failure, FailureKind, Finding, Lang, Severity, counted, entry};
use crate::ingest::Ingested;
use crate::ingest::filled::{self, ReadBack};
use crate::month::{Sheet, consents};
use crate::place::Matcher;
use crate::place::osrm::Wanted;
use crate::plan::difference::Difference;
use crate::plan::model::Plan;
use crate::plan::pipeline::{
    Given, GivenTour, Outcome, PlanInputs, RoadAnswers, broken, earliest_depart, free_ids,
    plan_month, problem_of,
};
use crate::solve::territory::{OpenTour, TourPlan, complete};

pub(super) fn run(
    sheet: &Path,
    opened: &Opened,
    common: &Common,
    mut known: Known,
    effort: Effort<'_>,
    output: &mut Output,
) -> Result<u8, Failure> {
    if !known.has_plan() {
        let finding = Finding::new("C005").arg("month", opened.month);
        return Err(Failure::input(finding));
    }
    let last = known.plan(opened.month)?;
    output.step(output.pick("reading", "读取数据").to_owned());
    let mut ingested = opened.read(&[])?;
    let (incoming, read) = read(sheet, opened, &last, &ingested)?;
    let (answers, said) = known.filled.answers();
    let advice = known.filled.advice();
    let words = known.consents.as_deref().map(consents::read);
    consents::apply(&words.unwrap_or_default().0, &mut ingested.tables.vehicles);
    let mut given = Given::of(&last, answers.clone(), advice.clone());
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    let run = Run {
        opened,
        ingested: &ingested,
        places: opened.places(own.as_ref()),
        seed: common.seed.unwrap_or(opened.settings().seed),
        effort,
        roads: &|wanted| opened.roads.answers(opened.settings(), wanted, &|_, _| {}),
    };
    given.tours = tours(&run, &given, &read.lines)?;
    given.holds = true;
    let lines = read.lines.len();
    incoming.note(
        Sheet::Tours,
        read.sha256,
        lines,
        opened.today,
        &mut known.journal,
    );
    let outcome = make(
        opened,
        common,
        ingested.clone(),
        known,
        Some(&given),
        effort,
        output,
    )?;
    output.step(
        output
            .pick("the best, to compare", "求最优方案作比较")
            .to_owned(),
    );
    let earliest = run.earliest();
    let around = Given::around(&last, answers, advice, earliest);
    let best = run.searched(&around);
    output.done();
    output.findings(&read.findings);
    output.findings(&said);
    tell(&outcome.plan, &last, best.map(|best| best.plan), output);
    Ok(0)
}

/// The sheet's tours. Every line counts here: a sheet with one that cannot be used is refused whole.
fn read(
    sheet: &Path,
    opened: &Opened,
    last: &Plan,
    ingested: &Ingested,
) -> Result<(Incoming, ReadBack<TourWish>), Failure> {
    let incoming = Incoming::open(sheet)?;
    let mut codes = codes(opened, last, &ingested.tables);
    // A point or team that came after the plan was made can be wished as well.
    for point in &ingested.tables.points {
        if codes.points.iter().all(|(id, _)| *id != point.id) {
            codes.points.push((point.id.clone(), point.name.clone()));
        }
    }
    for team in &opened.settings().team {
        if !codes.teams.contains(&team.id) {
            codes.teams.push(team.id.clone());
        }
    }
    let mut read = filled::read_tours(&incoming.bytes, &incoming.file, &codes)?;
    let is_error = |finding: &Finding| {
        entry(&finding.code).is_some_and(|entry| entry.severity == Severity::Error)
    };
    if read.set_aside > 0 || read.findings.iter().any(is_error) {
        // What is wrong first; the rest may explain it.
        read.findings.sort_by_key(|finding| !is_error(finding));
        return Err(Failure {
            kind: FailureKind::Input,
            findings: read.findings,
        });
    }
    if read.lines.is_empty() {
        return Err(Failure::input(Finding::new("M101").in_file(&incoming.file)));
    }
    Ok((incoming, read))
}

/// What a plan and a search of this month have in common.
struct Run<'r> {
    opened: &'r Opened,
    ingested: &'r Ingested,
    places: &'r Matcher<'r>,
    seed: u64,
    effort: Effort<'r>,
    roads: &'r (dyn Fn(&Wanted) -> RoadAnswers + Sync),
}

impl Run<'_> {
    fn inputs<'i>(&'i self, given: Option<&'i Given<'i>>) -> PlanInputs<'i> {
        PlanInputs {
            ingested: self.ingested,
            settings: self.opened.settings(),
            places: self.places,
            month: self.opened.month,
            today: self.opened.today,
            seed: self.seed,
            effort: self.effort.iterations,
            given,
            stop: self.effort.stop,
            roads: Some(self.roads),
            rows: None,
            progress: &|_| {},
        }
    }

    fn earliest(&self) -> Date {
        let opened = self.opened;
        earliest_depart(opened.settings(), opened.month, opened.today)
    }

    /// The best plan a search finds; none where it finds nothing worth making.
    fn searched(&self, given: &Given<'_>) -> Option<Outcome> {
        plan_month(&self.inputs(Some(given))).ok()
    }
}

/// The tours wished, complete, with their ids.
fn tours(run: &Run<'_>, given: &Given<'_>, wishes: &[TourWish]) -> Result<Vec<GivenTour>, Failure> {
    let mut free = free_ids(given.last);
    let ids: Vec<String> = wishes
        .iter()
        .map(|wish| {
            if wish.tour.is_empty() {
                free.next().unwrap_or_default()
            } else {
                wish.tour.clone()
            }
        })
        .collect();
    let mut problem = problem_of(&run.inputs(Some(given)))?;
    // A day somebody wrote is his own; days chosen here leave time for the calls.
    problem.limits.first_depart = None;
    let open: Vec<OpenTour> = wishes.iter().map(open_tour).collect();
    let earliest = run.earliest().to_string();
    let done = complete(&problem, &open, &earliest).map_err(|not| {
        let tour = ids.get(not.tour).map_or("", String::as_str);
        let mut findings: Vec<Finding> = not
            .broken
            .iter()
            .map(|rule| broken(rule, tour, &ids))
            .collect();
        if findings.is_empty() {
            findings.push(Finding::new("M117").arg("tour", tour));
        }
        refused(findings)
    })?;
    let crew: BTreeMap<&str, &GivenTour> = given
        .tours
        .iter()
        .map(|tour| (tour.id.as_str(), tour))
        .collect();
    let tours: Vec<GivenTour> = ids
        .into_iter()
        .zip(done)
        .map(|(id, tour)| GivenTour {
            crew: crew
                .get(id.as_str())
                .map(|last| last.crew.clone())
                .unwrap_or_default(),
            id,
            tour,
        })
        .collect();
    in_time(&given.tours, &tours, run.opened.today)?;
    Ok(tours)
}

fn open_tour(wish: &TourWish) -> OpenTour {
    OpenTour {
        team: (!wish.team.is_empty()).then(|| wish.team.clone()),
        depart: wish.depart.map(|day| day.to_string()),
        stops: wish.stops.clone(),
        in_order: wish.in_order,
    }
}

/// A tour that left stays as it was, and no other one leaves in the past.
fn in_time(before: &[GivenTour], now: &[GivenTour], today: Date) -> Result<(), Failure> {
    let day = |tour: &TourPlan| Date::parse_iso(&tour.depart);
    let mut findings = Vec::new();
    for old in before {
        let left = day(&old.tour).filter(|depart| *depart <= today);
        let same = now
            .iter()
            .any(|new| new.id == old.id && new.tour == old.tour);
        if let Some(depart) = left.filter(|_| !same) {
            let finding = Finding::new("M119").arg("tour", &old.id);
            findings.push(finding.arg("depart", depart));
        }
    }
    for new in now {
        let same = before
            .iter()
            .any(|old| old.id == new.id && old.tour == new.tour);
        if let Some(depart) = day(&new.tour).filter(|depart| *depart < today && !same) {
            let finding = Finding::new("M120").arg("tour", &new.id);
            findings.push(finding.arg("depart", depart).arg("today", today));
        }
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(refused(findings))
    }
}

fn refused(findings: Vec<Finding>) -> Failure {
    Failure {
        kind: FailureKind::NoPlan,
        findings,
    }
}

/// Says what the change did, and how far the plan is from the best found.
fn tell(plan: &Plan, last: &Plan, best: Option<Plan>, output: &Output) {
    let changed = Difference::between(last, plan);
    let best = best.map(|mut best| {
        // Parts were not sought for it: only the tours are compared.
        best.parts.clone_from(&plan.parts);
        best.orders.clone_from(&plan.orders);
        (Difference::between(&best, plan), best)
    });
    if output.json {
        let best = best.as_ref().map(|(difference, best)| {
            serde_json::json!({ "search": best.search, "difference": difference })
        });
        output.json(&serde_json::json!({
            "status": 0, "month": plan.month, "plan": plan.id, "figures": plan.figures,
            "search": plan.search, "difference": changed, "best": best,
            "findings": plan.findings,
        }));
        return;
    }
    let lang = output.lang();
    let mut text = super::show::summary(plan, output);
    text.push_str(match lang {
        Lang::En => "\n\nAgainst the plan before:\n",
        Lang::Zh => "\n\n与原计划相比：\n",
    });
    text.push_str(&super::diff::text(&changed, lang));
    match &best {
        Some((difference, best)) => {
            let iterations = best.search.iterations;
            let _ = match lang {
                Lang::En => writeln!(
                    text,
                    "\nAgainst the best plan found ({iterations} iterations; best → by hand):"
                ),
                Lang::Zh => writeln!(
                    text,
                    "\n与求得的最优方案相比（迭代{iterations}次；最优 → 手工）："
                ),
            };
            text.push_str(&super::diff::text(difference, lang));
        }
        None => text.push_str(match lang {
            Lang::En => "\nA search finds no tour worth making.\n",
            Lang::Zh => "\n求解未找到值得进行的巡回。\n",
        }),
    }
    output.result(counted(&text).as_bytes());
}

//! `tourplan plan --teams … --max-nights … --max-customer-km … --pin …`: what if? The month searched under other
//! conditions and set beside the plan as it stands. Nothing is written.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::make::{Effort, Known};
use super::output::Output;
use super::plan::standing;
use super::{Common, Opened};
use crate::domain::Settings;
use crate::domain::settings::is_pin;
use crate::findings::{Failure, Lang};
use crate::month::consents;
use crate::place::Matcher;
use crate::place::osrm::Wanted;
use crate::plan::model::{Choice, Plan};
use crate::plan::pipeline::{
    PlanInputs, RoadAnswers, measured, problem_of, searched, tour_plan, with_teams,
};
use crate::solve::territory::{Problem, Solution, TourPlan, solve_fixed};

/// What is to be otherwise.
#[derive(clap::Args, Debug)]
pub(super) struct WhatIf {
    /// What if there were so many teams? Further ones are like the last. Prints the difference, writes nothing
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100), help_heading = "What if", conflicts_with_all = ["tours", "replan", "pdf"])]
    teams: Option<u32>,
    /// What if tours could stay away so many nights?
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=30), help_heading = "What if", conflicts_with_all = ["tours", "replan", "pdf"])]
    max_nights: Option<u32>,
    /// What if customers came from so many road km?
    #[arg(long, value_name = "KM", value_parser = road_km, help_heading = "What if", conflicts_with_all = ["tours", "replan", "pdf"])]
    max_customer_km: Option<f64>,
    /// What if a point must, or must not, be visited, or on this day? P07=must, P07=never, P07=2026-12-08
    #[arg(long, value_name = "POINT=PIN", value_parser = pin, help_heading = "What if", conflicts_with_all = ["tours", "replan", "pdf"])]
    pin: Vec<(String, String)>,
}

fn road_km(text: &str) -> Result<f64, String> {
    let km = text.parse::<f64>().map_err(|error| error.to_string())?;
    if (0.0..=2000.0).contains(&km) {
        Ok(km)
    } else {
        Err("0 … 2000".to_owned())
    }
}

fn pin(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((point, pin)) if is_pin(pin, None) => Ok((point.to_owned(), pin.to_owned())),
        _ => Err("POINT=must | POINT=never | POINT=yyyy-mm-dd".to_owned()),
    }
}

impl WhatIf {
    pub(super) fn is_asked(&self) -> bool {
        self.teams.is_some()
            || self.max_nights.is_some()
            || self.max_customer_km.is_some()
            || !self.pin.is_empty()
    }

    /// The workspace's settings with what is asked for.
    fn settings(&self, settings: &Settings) -> Settings {
        let mut changed = settings.clone();
        if let Some(nights) = self.max_nights {
            changed.tour.max_nights = nights;
        }
        if let Some(km) = self.max_customer_km {
            changed.tour.max_customer_km = km;
        }
        changed.pins.extend(self.pin.iter().cloned());
        changed
    }

    /// What to write into tour.toml to keep it.
    fn keys(&self, lang: Lang) -> Vec<String> {
        let mut keys = Vec::new();
        if let Some(teams) = self.teams {
            keys.push(match lang {
                Lang::En => format!("{teams} × [[team]] (with people and a van each)"),
                Lang::Zh => format!("{teams}个[[team]]（各需人员与车辆）"),
            });
        }
        if let Some(nights) = self.max_nights {
            keys.push(format!("[tour] max_nights = {nights}"));
        }
        if let Some(km) = self.max_customer_km {
            keys.push(format!("[tour] max_customer_km = {km}"));
        }
        for (point, pin) in &self.pin {
            keys.push(format!("[pins] {point} = \"{pin}\""));
        }
        keys
    }
}

/// One side of the comparison.
struct Side {
    choice: Choice,
    bound: Option<f64>,
    points: BTreeSet<String>,
}

pub(super) fn run(
    what_if: &WhatIf,
    opened: &Opened,
    common: &Common,
    known: &Known,
    effort: Effort<'_>,
    output: &mut Output,
) -> Result<u8, Failure> {
    output.step(output.pick("reading", "读取数据").to_owned());
    let mut ingested = opened.read(&[])?;
    let words = known.consents.as_deref().map(consents::read);
    consents::apply(&words.unwrap_or_default().0, &mut ingested.tables.vehicles);
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    let last = known.last()?;
    let given = standing(opened, known, last.as_deref(), false);
    let changed = what_if.settings(opened.settings());
    let roads: &(dyn Fn(&Wanted) -> RoadAnswers + Sync) =
        &|wanted| opened.roads.answers(opened.settings(), wanted, &|_, _| {});
    let inputs = |settings| PlanInputs {
        ingested: &ingested,
        settings,
        places: opened.places(own.as_ref()),
        month: opened.month,
        today: opened.today,
        seed: common.seed.unwrap_or(opened.settings().seed),
        effort: effort.iterations,
        stop: effort.stop,
        given: given.as_ref(),
        rows: None,
        roads: Some(roads),
        progress: &|_| {},
    };
    let before = inputs(opened.settings());
    let after = inputs(&changed);
    output.step(output.pick("choosing tours", "选择巡回路线").to_owned());
    let problem = problem_of(&before)?;
    let now = as_planned(&problem, known, last.as_deref())
        .map_or_else(|| searched(&before, &problem), Ok)?;
    let mut other = problem_of(&after)?;
    if let Some(teams) = what_if.teams {
        other = with_teams(&other, teams as usize).unwrap_or(other);
    }
    let mut then = searched(&after, &other)?;
    // What is planned may be the best there too; then nothing is gained, but nothing lost either.
    if let Ok(same) = solve_fixed(&other, &now.tours)
        && same.objective > then.objective
    {
        (then.tours, then.allocation, then.objective) =
            (same.tours, same.allocation, same.objective);
    }
    let sides = (side(&problem, &now), side(&other, &then));
    output.done();
    tell(what_if, &sides, output);
    Ok(0)
}

/// The published tours on today's tables; `None` without a plan, or where a rule forbids them by now.
fn as_planned(problem: &Problem, known: &Known, last: Option<&Plan>) -> Option<Solution> {
    let last = last?;
    let tours: Vec<TourPlan> = last
        .tours
        .iter()
        .map(|tour| tour_plan(last, tour))
        .collect();
    let mut solution = solve_fixed(problem, &tours).ok()?;
    // The plan's bound is one of the problem it was found for: with other tables or on another day it says nothing.
    let posed = known.folder.get("problem.json");
    let posed = posed.and_then(|bytes| serde_json::from_slice::<Problem>(bytes).ok());
    solution.bound = last
        .search
        .bound
        .filter(|_| posed.as_ref() == Some(problem));
    Some(solution)
}

fn side(problem: &Problem, solution: &Solution) -> Side {
    let stops = solution.tours.iter().flat_map(|tour| &tour.stops);
    Side {
        choice: measured(problem, solution).unwrap_or_default(),
        bound: solution.bound,
        points: stops.map(|stop| stop.point.clone()).collect(),
    }
}

/// A figure of both sides: its name, now, then, decimals; NaN = not known.
type Figure = (&'static str, f64, f64, usize);

fn figures(now: &Side, then: &Side, output: &Output) -> [Figure; 10] {
    type Get = fn(&Side) -> f64;
    let row = |en, zh, of: Get, places| (output.pick(en, zh), of(now), of(then), places);
    [
        row("teams out", "出车班组", |s| s.choice.teams as f64, 0),
        row("team-days", "班组日", |s| s.choice.team_days as f64, 0),
        row("tours", "巡回", |s| s.choice.tours as f64, 0),
        row("nights away", "外宿夜数", |s| s.choice.nights as f64, 0),
        row("km", "公里", |s| s.choice.km, 0),
        row(
            "vehicles with a place",
            "有名额车辆",
            |s| s.choice.vehicles,
            0,
        ),
        row(
            "of these with something due",
            "其中有到期项目",
            |s| s.choice.due,
            0,
        ),
        row(
            "tour costs, yuan",
            "巡回费用（元）",
            |s| s.choice.cost_yuan,
            2,
        ),
        row(
            "planning value less costs, yuan",
            "计划价值减费用（元）",
            |s| s.choice.contribution_yuan,
            2,
        ),
        row(
            "at most possible, yuan",
            "理论上限（元）",
            |s| s.bound.unwrap_or(f64::NAN),
            2,
        ),
    ]
}

fn tell(what_if: &WhatIf, (now, then): &(Side, Side), output: &Output) {
    let lang = output.lang();
    let came: Vec<&String> = then.points.difference(&now.points).collect();
    let went: Vec<&String> = now.points.difference(&then.points).collect();
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "written": false, "keys": what_if.keys(lang),
            "now": now.choice, "now_bound": now.bound,
            "then": then.choice, "then_bound": then.bound,
            "points_only_then": came, "points_only_now": went,
        }));
        return;
    }
    let words = |en: &'static str, zh: &'static str| output.pick(en, zh).to_owned();
    let mut text = format!(
        "{}\n{}{}{}{}\n",
        what_if.keys(lang).join("; "),
        padded("", -34),
        padded(&words("now", "现计划"), 12),
        padded(&words("then", "假设"), 12),
        padded(&words("change", "变化"), 12),
    );
    for (what, before, after, places) in figures(now, then, output) {
        let figure = |x: f64| format!("{x:.places$}");
        let known = |text: String, x: f64| if x.is_nan() { "–".to_owned() } else { text };
        let change = after - before + 0.0;
        let _ = writeln!(
            text,
            "{}{}{}{}",
            padded(what, -34),
            padded(&known(figure(before), before), 12),
            padded(&known(figure(after), after), 12),
            padded(&known(format!("{change:+.places$}"), change), 12),
        );
    }
    let list = |points: &[&String]| {
        let names: Vec<&str> = points.iter().map(|point| point.as_str()).collect();
        if names.is_empty() {
            "–".to_owned()
        } else {
            names.join(" ")
        }
    };
    let _ = writeln!(
        text,
        "{} {}",
        words("points only then:", "仅假设中到访："),
        list(&came)
    );
    let _ = writeln!(
        text,
        "{} {}",
        words("points only now:", "仅现计划到访："),
        list(&went)
    );
    text.push_str(&words(
        "Nothing was written. To keep it, put the keys above into tour.toml and plan again.\n",
        "未写入任何文件。如需采用，请将上列设置写入 tour.toml 后重新编制计划。\n",
    ));
    output.result(text.as_bytes());
}

/// The text in so many columns of a terminal, to the left where `columns` is negative: Chinese characters take two.
fn padded(text: &str, columns: i32) -> String {
    let wide: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let room = " ".repeat((columns.unsigned_abs() as usize).saturating_sub(wide));
    if columns < 0 {
        format!("{text}{room}")
    } else {
        format!("{room}{text}")
    }
}

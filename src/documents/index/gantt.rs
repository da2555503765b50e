//! The month as a calendar: teams by days with their tours, and below them calls, reminders and latest order days.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::documents::map::colour;
use crate::documents::numbers::{bar, whole};
use crate::documents::plan_view::{day, stops};
use crate::documents::{DocumentSet, Messages};
use crate::domain::Date;
use crate::findings::Lang;
use crate::plan::model::{Plan, Tour};

/// Days shown at most; nothing of a month lies further apart.
const MOST_DAYS: i64 = 92;
/// Days between the plan and the first thing to be done, at most, so that both are shown.
const NEAR_DAYS: i64 = 10;

pub(super) fn view(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let plan = set.plan;
    let orders = plan.orders_due().into_iter();
    let counts = [
        (
            "gantt_calls",
            by_day(plan.calls_due().into_iter().map(|call| call.0)),
        ),
        (
            "gantt_reminders",
            by_day(plan.messages_due().into_iter().map(|one| one.0)),
        ),
        (
            "gantt_orders",
            orders
                .map(|(day, pieces)| (day, u64::from(pieces)))
                .collect(),
        ),
    ];
    let days = span(plan, &counts);
    let rows: Vec<Value> = counts
        .iter()
        .filter(|(_, row)| !row.is_empty())
        .map(|(key, row)| json!({ "name": words.get(key), "cells": heat(set, &days, row) }))
        .collect();
    json!({
        "months": months(&days),
        "days": days.iter().map(|date| head(set, *date)).collect::<Vec<_>>(),
        "teams": teams(set, &days),
        "rows": rows,
    })
}

/// Every day from the first with something on it to the last.
fn span(plan: &Plan, counts: &[(&str, BTreeMap<Date, u64>)]) -> Vec<Date> {
    let out = plan.tours.iter().flat_map(|tour| [tour.depart, tour.ret]);
    let counted = counts.iter().flat_map(|(_, row)| row.keys().copied());
    let mut all: BTreeSet<Date> = out.chain(counted).collect();
    // The day of the plan is shown too, where it is near.
    let ahead = all.first().map(|first| first.days_since(plan.today));
    if ahead.is_some_and(|days| (0..=NEAR_DAYS).contains(&days)) {
        all.insert(plan.today);
    }
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return Vec::new();
    };
    let days = last.days_since(*first).min(MOST_DAYS);
    (0..=days).map(|after| first.plus_days(after)).collect()
}

/// Month names over their days.
fn months(days: &[Date]) -> Vec<Value> {
    let mut months: Vec<(String, u32)> = Vec::new();
    for date in days {
        let name = format!("{:04}-{:02}", date.year(), date.month());
        match months.last_mut() {
            Some((last, count)) if *last == name => *count += 1,
            _ => months.push((name, 1)),
        }
    }
    let months = months.into_iter();
    months
        .map(|(name, days)| json!({ "name": name, "days": days }))
        .collect()
}

fn head(set: &DocumentSet<'_>, date: Date) -> Value {
    let weekday = match set.lang {
        Lang::Zh => date.weekday().chinese(),
        Lang::En => date.weekday().english_name(),
    };
    let letter = match set.lang {
        Lang::Zh => weekday.chars().last(),
        Lang::En => weekday.chars().next(),
    };
    json!({
        "day": date.day(), "letter": letter.map(String::from), "full": day(set, date),
        "rest": rests(set.plan, date), "today": date == set.plan.today,
    })
}

/// Weekends, public holidays and the workspace's own days, as the plan counted them.
fn rests(plan: &Plan, date: Date) -> bool {
    !plan.calendar().is_work(date)
}

/// One line a team; tours that overlap (never of one team in a plan that keeps the rules) get lines of their own.
fn teams(set: &DocumentSet<'_>, days: &[Date]) -> Vec<Value> {
    let plan = set.plan;
    let mut lines: Vec<(&str, Vec<(usize, &Tour)>)> = Vec::new();
    let mut tours: Vec<(usize, &Tour)> = plan.tours.iter().enumerate().collect();
    tours.sort_by(|a, b| (&a.1.team, a.1.depart).cmp(&(&b.1.team, b.1.depart)));
    for (number, tour) in tours {
        let fits = lines.last_mut().filter(|(team, line)| {
            *team == tour.team && line.last().is_none_or(|(_, last)| last.ret < tour.depart)
        });
        match fits {
            Some((_, line)) => line.push((number, tour)),
            None => lines.push((&tour.team, vec![(number, tour)])),
        }
    }
    let lines = lines.into_iter();
    lines
        .map(|(team, line)| json!({ "team": team, "cells": bars(set, days, &line) }))
        .collect()
}

/// Free days and tours in turn; a tour is as wide as it is long.
fn bars(set: &DocumentSet<'_>, days: &[Date], line: &[(usize, &Tour)]) -> Vec<Value> {
    let mut cells = Vec::new();
    let mut index = 0;
    while let Some(date) = days.get(index) {
        let tour = line
            .iter()
            .find(|(_, tour)| tour.depart <= *date && *date <= tour.ret);
        let Some((number, tour)) = tour else {
            cells.push(json!({ "rest": rests(set.plan, *date) }));
            index += 1;
            continue;
        };
        let long = tour.ret.days_since(*date) + 1;
        let long = (long as usize).min(days.len() - index);
        cells.push(json!({
            "tour": tour.id, "colour": colour(*number), "days": long,
            "stops": stops(set, tour), "from": day(set, tour.depart), "to": day(set, tour.ret),
        }));
        index += long;
    }
    cells
}

/// A count a day; its share of the busiest day shades the cell.
fn heat(set: &DocumentSet<'_>, days: &[Date], row: &BTreeMap<Date, u64>) -> Vec<Value> {
    let most = row.values().copied().max().unwrap_or(1) as f64;
    days.iter()
        .map(|date| {
            let count = row.get(date).copied().unwrap_or(0);
            json!({
                "text": if count == 0 { String::new() } else { whole(count) },
                "heat": bar(count as f64, most), "rest": rests(set.plan, *date), "full": day(set, *date),
            })
        })
        .collect()
}

/// How often each day stands in a list.
fn by_day(days: impl Iterator<Item = Date>) -> BTreeMap<Date, u64> {
    let mut counts = BTreeMap::new();
    for day in days {
        *counts.entry(day).or_default() += 1;
    }
    counts
}

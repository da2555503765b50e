//! rules.csv.

use std::collections::BTreeSet;

use crate::domain::catalogue::When;
use crate::domain::{Catalogue, Rule, RuleKind};
use crate::ingest::aliases::RULES;
use crate::ingest::cells::{self, words};
use crate::ingest::desk::{Desk, Need};
use crate::ingest::record::Record;

use super::{pattern, refer, values};

/// Due rules, in order of item and content.
pub(crate) fn read(desk: &mut Desk<'_>, catalogue: &Catalogue) -> Vec<Rule> {
    values(desk.rows(&RULES, Need::Required, &mut |record| {
        let item = record.needed_text("item")?;
        refer(record, "item", catalogue.items.contains_key(&item), "D301");
        let applies_to = pattern(record, catalogue);
        let kind = record.word("kind", words::rule_kind, "interval, wear, campaign, season");
        let kind = record.needed("kind", kind)?;
        let rule = Rule {
            applies_to,
            kind,
            km: record.amount("km"),
            months: record.amount("months"),
            first_km: record.amount("first_km"),
            first_months: record.amount("first_months"),
            severe_factor: record.amount("severe_factor"),
            shape: record.amount("shape"),
            scale_km: record.amount("scale_km"),
            from: when(record, "from"),
            to: when(record, "to"),
            vins: vins(record),
            probability: record.share("probability"),
            item: item.clone(),
        };
        tell_what_is_lacking(record, &rule);
        Some((item, rule))
    }))
}

/// A rule that can never make anything due is worth a word.
fn tell_what_is_lacking(record: &mut Record<'_>, rule: &Rule) {
    let lacking = match rule.kind {
        RuleKind::Interval
            if [rule.km, rule.months, rule.first_km, rule.first_months] == [None; 4] =>
        {
            "km, months"
        }
        RuleKind::Wear if rule.shape.is_none() || rule.scale_km.is_none() => "shape, scale_km",
        RuleKind::Season if rule.from.is_none() || rule.to.is_none() => "from, to",
        RuleKind::Interval | RuleKind::Wear | RuleKind::Campaign | RuleKind::Season => return,
    };
    record.tell(record.finding("D306", "kind").arg("lacking", lacking));
}

/// A month of the year (`11`, `11月`) or a day.
fn when(record: &mut Record<'_>, key: &str) -> Option<When> {
    let raw = record.raw(key);
    let month = raw.strip_suffix('月').unwrap_or(raw);
    if let Ok(month @ 1..=12) = month.parse::<u32>() {
        return Some(When::Month(month));
    }
    record.date(key).map(When::Day)
}

fn vins(record: &Record<'_>) -> BTreeSet<String> {
    let list = record.list("vins");
    list.iter()
        .map(|text| match cells::vin::read(text).into_value() {
            Some(vin) => vin.text.into(),
            None => cells::plate::read(text)
                .into_value()
                .map_or_else(|| text.clone(), String::from),
        })
        .collect()
}

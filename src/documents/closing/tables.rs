//! Incidents, hand-overs, notices, the return list and the follow-up calls, as the templates want them.

use serde_json::{Value, json};

use super::{Desk, notices};
use crate::plan::model::{HandOver, Incident, PartsBy, WayOption};

impl Desk<'_> {
    pub(super) fn incidents(&self) -> Value {
        let rows: Vec<Value> = self
            .closing
            .incidents
            .iter()
            .map(|one| self.incident(one))
            .collect();
        json!({ "title": self.words.get("doc_incidents"), "rows": rows })
    }

    fn incident(&self, one: &Incident) -> Value {
        let called = self.called(&one.vehicle);
        let others = one.options.iter().filter(|option| **option != one.chosen);
        let others: Vec<String> = others.map(|option| self.way(option)).collect();
        json!({
            "number": one.number, "on": self.date(one.on), "plate": self.plate(&one.vehicle),
            "customer": called.map_or("", |called| called.customer.as_str()),
            "model": called.map_or("", |called| called.model.as_str()),
            "booking": one.booking,
            "what": self.word("incident", one.kind.key()),
            "part": if one.part.is_empty() { String::new() } else { self.part(&one.part, one.qty) },
            "items": self.items(&one.items), "need": self.word("need", &one.need),
            "safety": one.need == "safety", "worth": one.worth.to_string(),
            "way": self.word("way", one.chosen.way.key()), "from": self.from(&one.chosen),
            "km": if one.chosen.km > 0.0 { format!("{:.0}", one.chosen.km) } else { String::new() },
            "cost": self.cost(&one.chosen), "ready": self.date(one.chosen.ready),
            "why": self.word("why_way", &one.why), "others": others.join(&self.words.get("list_semicolon")),
        })
    }

    /// `补寄 本店 快递 33.00 元 2026-12-12`.
    pub(in crate::documents) fn way(&self, option: &WayOption) -> String {
        let mut words = vec![self.word("way", option.way.key()), self.from(option)];
        if option.km > 0.0 {
            words.push(format!("{:.0} km", option.km));
        }
        words.push(self.cost(option));
        words.push(option.ready.map_or_else(String::new, |day| day.to_string()));
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }

    /// Where the part comes from and how it travels.
    pub(in crate::documents) fn from(&self, option: &WayOption) -> String {
        let from = match option.from.as_str() {
            "depot" => self.words.get("to_depot"),
            "van" => self.words.get("van"),
            other => other.to_owned(),
        };
        format!("{from} {}", self.word("mode", &option.mode))
            .trim()
            .to_owned()
    }

    pub(in crate::documents) fn cost(&self, option: &WayOption) -> String {
        option
            .cost
            .map_or_else(|| self.words.get("to_be_asked"), |cost| cost.to_string())
    }

    pub(super) fn hand_overs(&self) -> Value {
        let asked = self
            .closing
            .hand_overs
            .iter()
            .filter(|one| one.has_partner());
        let rows: Vec<Value> = asked.map(|one| self.hand_over(one)).collect();
        json!({ "title": self.words.get("doc_hand_overs"), "sheets": rows })
    }

    fn hand_over(&self, one: &HandOver) -> Value {
        let called = self.called(&one.vehicle);
        let items: Vec<Value> = one.items.iter().map(|code| {
            let hours = self.set.plan.items.get(code).map_or(0.0, |item| item.hours);
            json!({ "code": code, "name": self.items(std::slice::from_ref(code)), "hours": format!("{hours:.1}") })
        }).collect();
        let part = |(code, qty): &(String, u32), short: bool| {
            let facts = self.set.plan.part_facts.get(code);
            json!({
                "code": code, "name": facts.map_or("", |part| part.name.as_str()),
                "unit": self.set.unit(facts), "qty": qty, "short": short,
            })
        };
        let mut parts: Vec<Value> = one.parts.iter().map(|line| part(line, false)).collect();
        parts.extend(one.parts_short.iter().map(|line| part(line, true)));
        json!({
            "booking": one.booking, "partner": one.partner, "partner_name": one.partner_name,
            "partner_address": one.partner_address, "partner_phone": one.partner_phone,
            "partner_contact": one.partner_contact, "km": self.km(one), "far": one.km.is_some_and(|km| km > self.set.plan.settings.tour.max_customer_km),
            "plate": self.plate(&one.vehicle),
            "model": called.map_or("", |called| called.model.as_str()),
            "customer": self.addressee(&one.vehicle), "phones": self.phones(&one.vehicle),
            "items": items, "parts": parts,
            "by": self.words.get(match one.parts_by { PartsBy::Left => "parts_left", PartsBy::Sent => "parts_sent" }),
            "technical": one.technical_contact, "technical_phone": one.technical_phone,
            "price": one.price.map_or_else(|| self.words.get("to_be_agreed"), |price| price.to_string()),
            "until": self.date(Some(one.valid_until)), "state": self.state(one),
            "declined": one.declined.join(" "),
        })
    }

    /// Kilometres, and whether they count from the visit's point.
    pub(in crate::documents) fn km(&self, one: &HandOver) -> String {
        let km = one.km.map_or_else(String::new, |km| format!("{km:.0} km"));
        if one.km_from_point {
            format!("{km} {}", self.words.get("via_point"))
        } else {
            km
        }
    }

    /// Asked, agreed, repaired.
    pub(in crate::documents) fn state(&self, one: &HandOver) -> String {
        match (one.repaired_on, one.agreed_on) {
            (Some(day), _) => format!("{} {day}", self.words.get("repaired_on")),
            (None, Some(day)) => format!("{} {day}", self.words.get("partner_agreed")),
            (None, None) => self.words.get("partner_not_answered"),
        }
    }

    pub(super) fn notices(&self) -> Value {
        let rows: Vec<Value> = notices(self)
            .into_iter()
            .map(|one| {
                json!({
                    "booking": one.booking, "plate": one.plate, "customer": one.customer,
                    "phones": one.phones, "channel": self.word("notice_by", one.channel),
                    "state": one.state, "text": one.text, "segments": one.segments,
                })
            })
            .collect();
        json!({ "title": self.words.get("doc_notices"), "rows": rows })
    }

    pub(super) fn return_list(&self) -> Value {
        let bin = |code: &str| {
            self.set
                .plan
                .part_facts
                .get(code)
                .map_or("", |part| part.bin.as_str())
        };
        let mut lines: Vec<_> = self.closing.returns.iter().collect();
        lines.sort_by(|a, b| (bin(&a.part), &a.part).cmp(&(bin(&b.part), &b.part)));
        let rows: Vec<Value> = lines.iter().map(|line| {
            let facts = self.set.plan.part_facts.get(&line.part);
            json!({
                "bin": bin(&line.part), "part": line.part,
                "name": facts.map_or("", |part| part.name.as_str()),
                "unit": self.set.unit(facts),
                "carried": line.carried, "extra": line.extra, "used": line.used,
                "handed": line.handed_over, "back": line.back, "wrong": line.wrong, "held": line.held,
            })
        }).collect();
        let sum = |of: fn(&crate::plan::model::ReturnLine) -> u32| {
            lines.iter().map(|line| of(line)).sum::<u32>()
        };
        json!({
            "title": self.words.get("doc_returns"), "rows": rows,
            "carried": sum(|l| l.carried), "extra": sum(|l| l.extra), "used": sum(|l| l.used),
            "handed": sum(|l| l.handed_over), "back": sum(|l| l.back),
            "wrong": sum(|l| l.wrong), "held": sum(|l| l.held),
        })
    }

    pub(super) fn follow_up(&self) -> Value {
        let rows: Vec<Value> = self.closing.follow_ups.iter().map(|call| {
            let outcome = self.closing.outcome(&call.vehicle);
            let called = self.called(&call.vehicle);
            json!({
                "on": self.date(Some(call.on)), "booking": call.booking,
                "customer": self.addressee(&call.vehicle), "phones": self.phones(&call.vehicle),
                "plate": self.plate(&call.vehicle),
                "model": called.map_or("", |one| one.model.as_str()),
                "done": outcome.map_or_else(String::new, |one| self.items(&one.items_done)),
                "open": outcome.map_or_else(String::new, |one| self.items(&one.items_open)),
                "satisfaction": call.satisfaction.map_or_else(String::new, |grade| grade.to_string()),
                "again": call.fault_again.map_or_else(String::new, |again| self.words.get(if again { "again_yes" } else { "again_no" })),
            })
        }).collect();
        json!({ "title": self.words.get("doc_follow_up"), "rows": rows })
    }
}

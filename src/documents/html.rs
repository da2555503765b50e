//! Templates and what every page carries.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use tera::{Context, Tera};

use super::{DocumentSet, Messages, Page};
use crate::findings::{Failure, Finding, Lang};

/// The built-in templates.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("head.html", include_str!("../../templates/head.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("index.html", include_str!("../../templates/index.html")),
    (
        "index-map.html",
        include_str!("../../templates/index-map.html"),
    ),
    (
        "index-tours.html",
        include_str!("../../templates/index-tours.html"),
    ),
    (
        "index-calendar.html",
        include_str!("../../templates/index-calendar.html"),
    ),
    (
        "index-find.html",
        include_str!("../../templates/index-find.html"),
    ),
    (
        "index-parts.html",
        include_str!("../../templates/index-parts.html"),
    ),
    (
        "index-outlook.html",
        include_str!("../../templates/index-outlook.html"),
    ),
    (
        "index-sources.html",
        include_str!("../../templates/index-sources.html"),
    ),
    (
        "index-style.html",
        include_str!("../../templates/index-style.html"),
    ),
    (
        "index-script.html",
        include_str!("../../templates/index-script.html"),
    ),
    (
        "parts-list.html",
        include_str!("../../templates/parts-list.html"),
    ),
    (
        "crew-and-tools.html",
        include_str!("../../templates/crew-and-tools.html"),
    ),
    ("orders.html", include_str!("../../templates/orders.html")),
    (
        "order-changes.html",
        include_str!("../../templates/order-changes.html"),
    ),
    (
        "goods-received.html",
        include_str!("../../templates/goods-received.html"),
    ),
    (
        "shortage-calls.html",
        include_str!("../../templates/shortage-calls.html"),
    ),
    ("plan.html", include_str!("../../templates/plan.html")),
    (
        "call-sheet.html",
        include_str!("../../templates/call-sheet.html"),
    ),
    (
        "pick-list.html",
        include_str!("../../templates/pick-list.html"),
    ),
    (
        "load-list.html",
        include_str!("../../templates/load-list.html"),
    ),
    ("labels.html", include_str!("../../templates/labels.html")),
    ("texts.html", include_str!("../../templates/texts.html")),
    ("slots.html", include_str!("../../templates/slots.html")),
    (
        "estimates.html",
        include_str!("../../templates/estimates.html"),
    ),
    (
        "change-notice.html",
        include_str!("../../templates/change-notice.html"),
    ),
    ("foreman.html", include_str!("../../templates/foreman.html")),
    (
        "job-sheets.html",
        include_str!("../../templates/job-sheets.html"),
    ),
    (
        "incidents.html",
        include_str!("../../templates/incidents.html"),
    ),
    (
        "hand-overs.html",
        include_str!("../../templates/hand-overs.html"),
    ),
    (
        "customer-notices.html",
        include_str!("../../templates/customer-notices.html"),
    ),
    (
        "return-list.html",
        include_str!("../../templates/return-list.html"),
    ),
    (
        "follow-up.html",
        include_str!("../../templates/follow-up.html"),
    ),
    ("closing.html", include_str!("../../templates/closing.html")),
    (
        "month-closing.html",
        include_str!("../../templates/month-closing.html"),
    ),
];

/// Whether any distance is an estimate; also of a plan made before that was kept.
fn estimated_roads(plan: &crate::plan::model::Plan) -> bool {
    let (legs, customers) = (&plan.travel.legs, &plan.travel.customers);
    plan.travel.mode.is_empty() || legs.estimated + customers.estimated > 0
}

/// Templates loaded, and the head of every page.
pub(super) struct Press {
    tera: Tera,
    head: Context,
    approvals: BTreeMap<String, String>,
    unapproved: String,
}

impl Press {
    pub(super) fn new(
        set: &DocumentSet<'_>,
        words: &Messages,
        overrides: &BTreeMap<String, String>,
    ) -> Result<Self, Failure> {
        let mut tera = Tera::default();
        let sources: Vec<(String, String)> = TEMPLATES
            .iter()
            .map(|(name, text)| {
                let own = overrides.get(*name).cloned();
                (
                    (*name).to_owned(),
                    own.unwrap_or_else(|| punctuated(text, set.lang)),
                )
            })
            .collect();
        tera.autoescape_on(vec![".html"]);
        tera.set_escape_fn(super::inert::escape);
        tera.add_raw_templates(sources)
            .map_err(|error| unusable("templates", &error))?;
        let approved = words.get("approved_by");
        let head = json!({
            "lang": set.lang.tag(),
            "plan": set.plan.id,
            "month": set.plan.month,
            "dealer": set.plan.settings.dealer.name,
            "phone": set.plan.settings.dealer.phone,
            "made_on": set.plan.today.to_string(),
            "estimated_roads": estimated_roads(set.plan),
            "made_by": set.plan.made_by,
            "w": words.all(),
        });
        Ok(Self {
            tera,
            head: Context::from_serialize(&head).map_err(|error| unusable("head", &error))?,
            approvals: set
                .plan
                .approvals
                .iter()
                .map(|(what, sign)| (what.clone(), format!("{approved} {} {}", sign.by, sign.on)))
                .collect(),
            unapproved: words.get("not_approved"),
        })
    }

    /// One page: `what` names the approval it needs.
    pub(super) fn page(
        &self,
        template: &str,
        path: &str,
        what: &str,
        view: impl Serialize,
    ) -> Result<Page, Failure> {
        let view = Context::from_serialize(&view).map_err(|error| unusable(path, &error))?;
        let mut context = self.head.clone();
        context.extend(view);
        let state = self.approvals.get(what).unwrap_or(&self.unapproved);
        context.insert("approval", state);
        let text = self
            .tera
            .render(template, &context)
            .map_err(|error| unusable(template, &error))?;
        Ok(Page {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        })
    }
}

/// A built-in template, whose signs between words are Chinese, with those of the language. Values are not touched.
fn punctuated(template: &str, lang: Lang) -> String {
    if lang == Lang::Zh {
        return template.to_owned();
    }
    let signs = [
        ('　', "\u{2003}"),
        ('（', " ("),
        ('）', ") "),
        ('：', ": "),
        ('；', "; "),
        ('，', ", "),
        ('、', ", "),
        ('。', ". "),
        ('／', " / "),
        ('＋', " + "),
        ('〃', "″"),
    ];
    let mut text = String::with_capacity(template.len());
    for c in template.chars() {
        match signs.iter().find(|(sign, _)| *sign == c) {
            Some((_, own)) => text.push_str(own),
            None => text.push(c),
        }
    }
    text
}

fn unusable(name: &str, error: &dyn std::error::Error) -> Failure {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    Failure::input(Finding::new("C007").in_file(name).arg("message", message))
}

//! Every kind of rule, on vehicles made for it.

use crate::domain::catalogue::When;
use crate::domain::settings::{PolicySettings, PredictSettings, TourSettings};
use crate::domain::{
    Answer, Catalogue, Date, Item, LastService, Model, Reading, Rule, RuleKind, Symptom, Vehicle,
};

use super::{
    Book, Bookshelf, Outline, PastWork, Prediction, Predictor, RepairRecord, Said, UsageClasses,
    Used,
};

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

fn item(code: &str) -> (String, Item) {
    let item = Item {
        id: code.into(),
        hours: 1.0,
        on_site: true,
        margin: 100.0,
        ..Item::default()
    };
    (code.into(), item)
}

fn rule(item: &str, kind: RuleKind) -> Rule {
    Rule {
        item: item.into(),
        applies_to: "*".into(),
        kind,
        km: None,
        months: None,
        first_km: None,
        first_months: None,
        severe_factor: None,
        shape: None,
        scale_km: None,
        from: None,
        to: None,
        vins: std::collections::BTreeSet::new(),
        probability: Some(1.0),
    }
}

/// One model, the items a rule or symptom names, and the rules.
fn catalogue(rules: Vec<Rule>, symptoms: Vec<Symptom>) -> Catalogue {
    let codes = rules.iter().map(|rule| rule.item.as_str());
    let codes = codes.chain(symptoms.iter().map(|symptom| symptom.item.as_str()));
    Catalogue {
        models: [(
            "G10".to_owned(),
            Model {
                id: "G10".into(),
                ..Model::default()
            },
        )]
        .into(),
        items: codes.map(item).collect(),
        rules,
        symptoms,
        ..Catalogue::default()
    }
}

/// Bought two years ago, read today: 100 km a day, 73,000 km.
fn vehicle() -> Vehicle {
    Vehicle {
        id: "TEST-1".into(),
        model: Some("G10".into()),
        phones: ["13000000000".into()].into(),
        buy_date: Some(day("2024-12-15")),
        readings: vec![Reading {
            date: day("2026-12-15"),
            km: 73_000.0,
        }]
        .into(),
        ..Vehicle::default()
    }
}

fn predict(
    catalogue: &Catalogue,
    vehicle: &Vehicle,
    history: &[(&str, &str, Option<f64>)],
    said: Said<'_>,
) -> Prediction {
    let record = RepairRecord::new(history.iter().map(|(date, what, km)| {
        let work = PastWork {
            date: day(date),
            km: *km,
            what: (*what).into(),
        };
        (vehicle.id.clone(), work)
    }));
    let classes = UsageClasses::learn(&[], catalogue, 55.0);
    let book = Book::new(catalogue);
    let predictor = Predictor {
        book: &book,
        rates: &PredictSettings {
            lapsed_open: 1.0,
            ..PredictSettings::default()
        },
        policy: &PolicySettings::default(),
        tour: &TourSettings::default(),
        record: &record,
        classes: &classes,
        day: day("2026-12-15"),
    };
    let full = predictor.predict(vehicle);
    let on_site = |item: &str| catalogue.items[item].on_site;
    let needs_lift = |item: &str| catalogue.items[item].needs_lift;
    // The short way to the few figures must lead where the long one does.
    let mut seen = Vec::new();
    let [outline] = predictor.outlines_by(
        &Bookshelf::of([&book]),
        vehicle,
        &Used::of(vehicle),
        |position, p| {
            let code = catalogue.items.keys().nth(position).expect("an item");
            seen.push((code.as_str(), p));
        },
    );
    assert_eq!(outline, Outline::of(&full, &on_site, &needs_lift));
    let items = full.items.iter();
    let items: Vec<(&str, f64)> = items.map(|item| (item.item.as_str(), item.p)).collect();
    assert_eq!(seen, items);
    full.after(&predictor, vehicle, said)
}

fn p_of(prediction: &Prediction, item: &str) -> f64 {
    let found = prediction.items.iter().find(|one| one.item == item);
    found.map_or(0.0, |one| one.p)
}

fn interval(km: Option<f64>, months: Option<f64>) -> Rule {
    Rule {
        km,
        months,
        ..rule("oil", RuleKind::Interval)
    }
}

#[test]
fn an_interval_is_due_by_km_or_by_months_whichever_comes_first() {
    let due = |km, months, done: (&str, f64)| {
        let known = catalogue(vec![interval(km, months)], Vec::new());
        p_of(
            &predict(
                &known,
                &vehicle(),
                &[(done.0, "oil", Some(done.1))],
                Said::default(),
            ),
            "oil",
        )
    };
    // 3 months and about 9,000 km since it was done.
    let recent = ("2026-09-15", 64_000.0);
    assert!(
        due(Some(10_000.0), Some(12.0), recent) > 0.4,
        "nearly due by km"
    );
    assert!(
        due(Some(20_000.0), Some(12.0), recent) < 0.05,
        "due by neither"
    );
    assert!(
        due(Some(20_000.0), Some(3.0), recent) > 0.99,
        "due by months alone"
    );
    assert!(
        due(Some(5_000.0), Some(12.0), recent) > 0.99,
        "due by km alone"
    );
}

#[test]
fn a_vague_odometer_gives_a_chance_and_a_sharp_one_an_answer() {
    let known = catalogue(vec![interval(Some(70_000.0), None)], Vec::new());
    let sharp = vehicle();
    let mut vague = vehicle();
    vague.readings.clear();
    vague.km_per_day = Some(90.0);
    let (sharp, vague) = (
        p_of(&predict(&known, &sharp, &[], Said::default()), "oil"),
        p_of(&predict(&known, &vague, &[], Said::default()), "oil"),
    );
    assert!(sharp > 0.99, "{sharp}");
    assert!((0.2..0.95).contains(&vague), "{vague}");
}

#[test]
fn the_first_interval_counts_where_an_item_was_never_done() {
    let first = Rule {
        first_km: Some(100_000.0),
        ..interval(Some(20_000.0), None)
    };
    let known = catalogue(vec![first], Vec::new());
    let never = p_of(&predict(&known, &vehicle(), &[], Said::default()), "oil");
    let done = [("2026-03-15", "oil", Some(45_000.0))];
    let once = p_of(&predict(&known, &vehicle(), &done, Said::default()), "oil");
    assert!(never < 0.05 && once > 0.99, "{never} {once}");
}

#[test]
fn two_rules_of_one_item_are_one_item_with_one_minus_the_product() {
    let campaign = Rule {
        probability: Some(0.5),
        ..rule("oil", RuleKind::Campaign)
    };
    let season = Rule {
        probability: Some(0.4),
        from: Some(When::Month(11)),
        to: Some(When::Month(2)),
        ..rule("oil", RuleKind::Season)
    };
    let both = predict(
        &catalogue(vec![campaign, season], Vec::new()),
        &vehicle(),
        &[],
        Said::default(),
    );
    assert_eq!(both.items.len(), 1);
    assert!((both.items[0].p - 0.7).abs() < 1e-9, "{:?}", both.items);
}

#[test]
fn a_campaign_is_open_for_its_vehicles_until_it_is_done() {
    let listed = Rule {
        vins: ["TEST-1".to_owned()].into(),
        ..rule("recall", RuleKind::Campaign)
    };
    let known = catalogue(vec![listed], Vec::new());
    let mut mine = vehicle();
    mine.vin = Some("TEST-1".into());
    let other = vehicle();
    let open = p_of(&predict(&known, &mine, &[], Said::default()), "recall");
    let not_listed = p_of(&predict(&known, &other, &[], Said::default()), "recall");
    let done = [("2026-05-01", "recall", None)];
    let closed = p_of(&predict(&known, &mine, &done, Said::default()), "recall");
    assert_eq!((open, not_listed, closed), (1.0, 0.0, 0.0));
}

#[test]
fn a_season_runs_over_the_turn_of_the_year() {
    let offered = |from, to| {
        let season = Rule {
            from: Some(When::Month(from)),
            to: Some(When::Month(to)),
            probability: Some(0.3),
            ..rule("battery", RuleKind::Season)
        };
        p_of(
            &predict(
                &catalogue(vec![season], Vec::new()),
                &vehicle(),
                &[],
                Said::default(),
            ),
            "battery",
        )
    };
    assert!((offered(11, 2) - 0.3).abs() < 1e-9);
    assert_eq!(offered(5, 8), 0.0);
}

#[test]
fn wear_since_the_last_good_look_follows_the_weibull_law() {
    let pads = Rule {
        shape: Some(2.0),
        scale_km: Some(60_000.0),
        ..rule("pads", RuleKind::Wear)
    };
    let known = catalogue(vec![pads], Vec::new());
    let mut seen = vehicle();
    seen.last_service = LastService {
        date: Some(day("2026-07-15")),
        km: Some(58_000.0),
    };
    let p = p_of(&predict(&known, &seen, &[], Said::default()), "pads");
    let hazard = |km: f64| (km / 60_000.0) * (km / 60_000.0);
    let law = 1.0 - libm::exp(hazard(58_000.0) - hazard(73_000.0));
    assert!((p - law).abs() < 0.02, "{p} for {law}");
    let replaced = [("2026-07-15", "pads", Some(58_000.0))];
    let young = p_of(&predict(&known, &seen, &replaced, Said::default()), "pads");
    assert!(young < p / 3.0, "{young} after a replacement, {p} before");
}

#[test]
fn an_overdue_safety_item_weighs_more_than_one_due_early() {
    let worth = |km| {
        let mut known = catalogue(vec![interval(Some(km), None)], Vec::new());
        let oil = known.items.get_mut("oil").expect("an item");
        oil.priority = crate::domain::Priority::Safety;
        predict(&known, &vehicle(), &[], Said::default()).item_values[0]
    };
    let (early, overdue) = (worth(76_000.0), worth(60_000.0));
    assert!(
        (early - 160.0).abs() < 1e-9 && (overdue - 190.0).abs() < 1e-9,
        "{early} {overdue}"
    );
}

#[test]
fn a_symptom_names_its_alternatives_once_and_what_the_customer_strikes_is_gone() {
    let cause = |words: &[&str], item: &str, probability| Symptom {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        applies_to: "*".into(),
        item: item.into(),
        probability,
    };
    let known = catalogue(
        Vec::new(),
        vec![
            cause(&["刹车异响", "异响"], "pads", 0.6),
            cause(&["刹车异响"], "discs", 0.3),
            cause(&["刹车软"], "fluid", 0.7),
        ],
    );
    let mut answer = Answer {
        symptoms: "踩刹车异响".into(),
        ..Answer::default()
    };
    answer.struck = vec!["discs".into()];
    let said = Said {
        answer: Some(&answer),
        advice: None,
    };
    let heard = predict(&known, &vehicle(), &[], said);
    assert!((p_of(&heard, "pads") - 0.6).abs() < 1e-9);
    assert_eq!((p_of(&heard, "discs"), p_of(&heard, "fluid")), (0.0, 0.0));
    assert_eq!(heard.items.len(), 1, "two words of one cause name it once");
}

#[test]
fn by_two_books_at_once_everybody_needs_what_each_says_alone() {
    let wear = |scale| Rule {
        shape: Some(2.0),
        scale_km: Some(scale),
        ..rule("pads", RuleKind::Wear)
    };
    // A wear rule behind another kind of rule for one item, and an item only worn.
    let known = |factor: f64| {
        let oil = Rule {
            item: "oil".into(),
            ..wear(80_000.0 * factor)
        };
        let rules = vec![
            interval(Some(10_000.0), None),
            oil,
            wear(100_000.0 * factor),
        ];
        catalogue(rules, Vec::new())
    };
    let (now, soon, late) = (known(1.0), known(0.8), known(1.3));
    let books = [&now, &soon, &late].map(Book::new);
    let (rates, policy, tour) = (
        PredictSettings::default(),
        PolicySettings::default(),
        TourSettings::default(),
    );
    let (record, classes) = (
        RepairRecord::default(),
        UsageClasses::learn(&[], &now, 55.0),
    );
    let by = |book| Predictor {
        book,
        rates: &rates,
        policy: &policy,
        tour: &tour,
        record: &record,
        classes: &classes,
        day: day("2026-12-15"),
    };
    let alone = books.each_ref().map(|book| by(book).outline(&vehicle()));
    let together = by(&books[0]).outlines_by(
        &Bookshelf::of(books.each_ref()),
        &vehicle(),
        &Used::of(&vehicle()),
        |_, _| {},
    );
    assert_eq!(together, alone);
    let value = |outline: &Outline| outline.expected(true).value;
    assert!(value(&alone[1]) > value(&alone[0]) && value(&alone[0]) > value(&alone[2]));
}

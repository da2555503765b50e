//! A region with a known truth (invented) gives the truth back within the error it states.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{Date, Item, Model, Reading, Rule, RuleKind, Usage};
use crate::ingest::{LearnedRow, Mark};
use crate::predict::PastWork;
use compact_str::CompactString;

const SHAPE: f64 = 3.0;
const SCALE: f64 = 60_000.0;

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

/// Uniform on (0, 1), the same on every run (`SplitMix64`).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn weibull(&mut self) -> f64 {
        SCALE * libm::pow(-libm::log(self.roll()), 1.0 / SHAPE)
    }
}

struct Region {
    vehicles: Vec<Vehicle>,
    catalogue: Catalogue,
    record: RepairRecord,
    rates: PredictSettings,
}

impl Region {
    /// So many vehicles at 100 km a day, bought at any time of 2014 to 2026; the records begin in 2020. Pads are
    /// replaced when they fail, at true lives. The catalogue believes another law.
    fn of(count: u32) -> Self {
        let begin = day("2020-01-01");
        let end = day("2026-11-01");
        let mut dice = Dice(7);
        let (mut vehicles, mut works) = (Vec::new(), Vec::new());
        for number in 0..count {
            let id: CompactString = format!("V{number:05}").into();
            let bought = day("2014-01-01").plus_days((dice.roll() * 4_300.0) as i64);
            let newest = 100.0 * end.days_since(bought) as f64;
            let check = PastWork {
                date: bought.max(begin),
                km: None,
                what: "CHECK".into(),
            };
            works.push((id.clone(), check));
            let mut km = dice.weibull();
            while km < newest {
                let date = bought.plus_days((km / 100.0) as i64);
                if date >= begin {
                    let work = PastWork {
                        date,
                        km: Some(km.round()),
                        what: "PADS".into(),
                    };
                    works.push((id.clone(), work));
                }
                km += dice.weibull();
            }
            vehicles.push(Vehicle {
                id: id.clone(),
                model: Some("G10".into()),
                usage: Usage::Logistics,
                buy_date: Some(bought),
                readings: vec![Reading {
                    date: end,
                    km: newest,
                }]
                .into(),
                ..Vehicle::default()
            });
        }
        Self {
            vehicles,
            catalogue: catalogue(),
            record: RepairRecord::new(works),
            rates: PredictSettings::default(),
        }
    }

    fn learn(&self) -> Lesson {
        learn(&Evidence {
            vehicles: &self.vehicles,
            catalogue: &self.catalogue,
            rates: &self.rates,
            record: &self.record,
            months: &[],
            fingerprint: "Ltest",
        })
    }
}

fn catalogue() -> Catalogue {
    let wear = |item: &str| Rule {
        item: item.into(),
        applies_to: "*".into(),
        kind: RuleKind::Wear,
        km: None,
        months: None,
        first_km: None,
        first_months: None,
        severe_factor: None,
        shape: Some(2.0),
        scale_km: Some(90_000.0),
        from: None,
        to: None,
        vins: std::collections::BTreeSet::new(),
        probability: None,
    };
    let item = |id: &str| {
        let item = Item {
            id: id.into(),
            ..Item::default()
        };
        (id.to_owned(), item)
    };
    let model = Model {
        id: "G10".into(),
        km_per_day: Some(60.0),
        ..Model::default()
    };
    Catalogue {
        models: BTreeMap::from([("G10".to_owned(), model)]),
        items: BTreeMap::from([item("PADS"), item("BELT")]),
        rules: vec![wear("BELT"), wear("PADS")],
        ..Catalogue::default()
    }
}

fn line<'l>(lesson: &'l Lesson, key: &str, parameter: &str) -> &'l Line {
    let mut lines = lesson.lines.iter();
    let found = lines.find(|line| line.key == key && line.parameter == parameter);
    found.expect("a line")
}

#[test]
fn the_true_law_comes_back_within_its_stated_error_and_predicts_better() {
    let lesson = Region::of(400).learn();
    for (parameter, truth) in [("shape", SHAPE), ("scale_km", SCALE)] {
        let line = line(&lesson, "PADS@*", parameter);
        let (after, se) = (line.after.expect("proposed"), line.se.expect("an error"));
        assert!((after - truth).abs() < 3.0 * se, "{line:?}");
        assert!(se < 0.1 * truth, "{line:?}");
        let (before, after) = (
            line.score_before.expect("judged"),
            line.score_after.expect("judged"),
        );
        assert!(after < 0.98 * before, "{line:?}");
    }
}

#[test]
fn the_use_of_a_class_comes_back_and_fits_other_vehicles_better() {
    let lesson = Region::of(60).learn();
    let line = line(&lesson, "G10@logistics", "km_per_day");
    assert!(
        (line.after.expect("proposed") - 100.0).abs() < 1.0,
        "{line:?}"
    );
    assert_eq!(line.before, Some(60.0));
    assert!(line.score_after < line.score_before, "{line:?}");
}

#[test]
fn what_never_failed_is_listed_with_the_reason_and_proposes_nothing() {
    let lesson = Region::of(60).learn();
    let line = line(&lesson, "BELT@*", "scale_km");
    assert_eq!(
        (line.after, line.reason.as_str(), line.events),
        (None, "no_failure", 0)
    );
    assert!(report(&lesson, crate::findings::Lang::En).contains("nothing failed yet"));
    assert!(report(&lesson, crate::findings::Lang::Zh).contains("尚无失效"));
}

#[test]
fn a_vehicle_nobody_ever_saw_tells_nothing() {
    let mut region = Region::of(60);
    let seen = region.learn();
    let stranger = Vehicle {
        id: "Z".into(),
        ..region.vehicles[0].clone()
    };
    region.vehicles.push(stranger);
    let with_stranger = region.learn();
    let n = |lesson: &Lesson| line(lesson, "PADS@*", "shape").n;
    assert_eq!(n(&with_stranger), n(&seen));
}

#[test]
fn a_few_failures_move_the_catalogue_only_a_little() {
    let few = Region::of(12).learn();
    let many = Region::of(400).learn();
    let scale = |lesson: &Lesson| line(lesson, "PADS@*", "scale_km").after.expect("proposed");
    assert!((scale(&many) - SCALE).abs() < 4_000.0);
    assert!(
        (scale(&few) - scale(&many)).abs() > 1.0,
        "the prior counts where data are few"
    );
    let se = |lesson: &Lesson| line(lesson, "PADS@*", "scale_km").se.expect("an error");
    assert!(se(&few) > 3.0 * se(&many));
}

#[test]
fn the_same_evidence_gives_the_same_bytes() {
    let region = Region::of(80);
    let (one, two) = (region.learn(), region.learn());
    assert_eq!(table(&one), table(&two));
    assert!(table(&one).len() > 300);
}

fn mark(lesson: &Lesson, parameter: &str) -> Mark {
    let line = line(lesson, "PADS@*", parameter);
    Mark {
        what: line.what.clone(),
        key: line.key.clone(),
        parameter: line.parameter.clone(),
        after: line.after,
        accept: true,
        evidence: lesson.fingerprint.clone(),
        line: 2,
    }
}

#[test]
fn accepts_what_is_marked_and_refuses_what_was_edited_or_is_of_other_data() {
    let lesson = Region::of(80).learn();
    let today = day("2026-11-16");
    let both = [mark(&lesson, "shape"), mark(&lesson, "scale_km")];
    let taken = accepted(&lesson, &both, today, "周建国").expect("accepted");
    assert_eq!(
        (taken.len(), taken[0].by.as_str(), taken[0].date),
        (2, "周建国", Some(today))
    );
    let code = |marks: &[Mark]| {
        let refused = accepted(&lesson, marks, today, "x").expect_err("refused");
        assert_eq!(refused.kind.exit_status(), 3);
        refused.findings[0].code.clone()
    };
    let mut edited = both.clone();
    edited[1].after = Some(1_000.0);
    assert_eq!(code(&edited), "M152");
    let mut renamed = both.clone();
    renamed[0].key = "BELT@*".into();
    assert_eq!(code(&renamed), "M152");
    let mut foreign = both.clone();
    foreign[0].evidence = "Lother".into();
    assert_eq!(code(&foreign), "M151");
    assert_eq!(code(&both[..1]), "M153");
    let unmarked = both.clone().map(|mark| Mark {
        accept: false,
        ..mark
    });
    assert_eq!(code(&unmarked), "M154");
}

fn row(what: &str, key: &str, parameter: &str, value: f64) -> LearnedRow {
    LearnedRow {
        what: what.into(),
        key: key.into(),
        parameter: parameter.into(),
        value: Some(value),
        date: Some(day("2026-11-16")),
        by: "x".into(),
        evidence: String::new(),
        line: 2,
    }
}

#[test]
fn learned_values_lie_over_the_catalogue_and_the_rates_and_are_said() {
    let rows = vec![
        row("wear", "PADS@*", "shape", 3.1),
        row("wear", "PADS@*", "scale_km", 61_000.0),
        row("usage", "G10@logistics", "km_per_day", 97.5),
        row("rate", "show_up_booked", "show_up_booked", 0.8),
        row("wear", "GONE@*", "shape", 2.0),
        row("wear", "PADS@*", "scale_km", -5.0),
        row("rate", "acceptance", "acceptance", 1.7),
    ];
    let learned = Learned::of(rows, Vec::new());
    let (mut catalogue, mut rates) = (catalogue(), PredictSettings::default());
    learned.lay_over_rates(&mut rates);
    let said = learned.lay_over(&mut catalogue);
    let pads = &catalogue.rules[1];
    assert_eq!((pads.shape, pads.scale_km), (Some(3.1), Some(61_000.0)));
    assert_eq!(catalogue.rules[0].shape, Some(2.0), "another rule stays");
    assert_eq!(catalogue.models["G10"].km_by_use[&Usage::Logistics], 97.5);
    assert_eq!(
        (rates.show_up_booked, rates.acceptance),
        (0.8, PredictSettings::default().acceptance)
    );
    let count = |code: &str| said.iter().filter(|one| one.code == code).count();
    assert_eq!((count("M157"), count("M155"), count("M156")), (4, 1, 2));
}

#[test]
fn a_newly_accepted_value_takes_the_place_of_the_old_one() {
    let mut learned = Learned::of(vec![row("wear", "PADS@*", "shape", 3.1)], Vec::new());
    let new = LearnedLine {
        what: "wear".into(),
        key: "PADS@*".into(),
        parameter: "shape".into(),
        value: 2.8,
        ..LearnedLine::default()
    };
    learned.take(vec![new]);
    assert_eq!(learned.lines.len(), 1);
    assert_eq!(learned.lines[0].value, 2.8);
}

//! Why a line is carried and what is expected of it, by hand.

use super::*;
use crate::domain::Calendar;
use crate::plan::model::{CarryReason, KitLine};
use crate::stage::{Staged, stage};

fn staged(jobs: Vec<JobNeed>, catalogue: &Catalogue, parts: &PartsSettings) -> Staged {
    let tours = [tour("T01", "2026-12-08", "2026-12-09", jobs)];
    let supply = supply(Vec::new(), maker());
    let today = day("2026-11-10");
    stage(
        &tours,
        catalogue,
        &supply,
        &Calendar::official(),
        parts,
        today,
        7,
    )
}

fn line<'k>(kit: &'k [KitLine], vehicle: &str) -> &'k KitLine {
    kit.iter()
        .find(|line| line.vehicle == vehicle)
        .expect("a line")
}

fn near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() < 1e-4
}

#[test]
fn a_booked_customers_certain_part_is_agreed_and_an_uncertain_one_probable() {
    let catalogue = catalogue(&[(road_part("A"), 1), (road_part("B"), 1)]);
    let booked = JobNeed {
        booked: true,
        ..job("V1", 0.9, &[("k:A", 1.0), ("k:B", 0.5)])
    };
    let all = PartsSettings {
        target_job_fill: 1.0,
        ..settings()
    };
    let staged = staged(vec![booked], &catalogue, &all);
    let why: Vec<(&str, CarryReason)> = staged
        .kit
        .iter()
        .map(|line| (line.part.as_str(), line.why))
        .collect();
    assert_eq!(
        why,
        [("A", CarryReason::Agreed), ("B", CarryReason::Probable)]
    );
    let agreed = &staged.kit[0];
    assert!(near(agreed.need, 0.9) && near(agreed.shortage, 0.0) && near(agreed.leftover, 0.1));
    assert_eq!(
        (agreed.items[0].item.as_str(), agreed.items[0].vehicles),
        ("k:A", 1)
    );
}

#[test]
fn common_stock_is_reckoned_for_what_bags_do_not_hold() {
    // Three vehicles need one piece with 0.2 each; no bag at that probability. Two pieces are carried.
    let catalogue = catalogue(&[(road_part("A"), 1)]);
    let jobs = (1..=3)
        .map(|n| job(&format!("V{n}"), 1.0, &[("k:A", 0.2)]))
        .collect();
    let most = PartsSettings {
        target_job_fill: 0.95,
        ..settings()
    };
    let staged = staged(jobs, &catalogue, &most);
    let common = line(&staged.kit, "");
    assert_eq!((common.qty, common.items[0].vehicles), (2, 3));
    // P(3 needed) = 0.008; mean 0.6.
    assert!(near(common.need, 0.6) && near(common.shortage, 0.008) && near(common.leftover, 1.408));
    let facts = &staged.kits[0];
    assert!(near(facts.expected_shortage, 0.008) && near(facts.tour_fill, 0.992));
    assert!(near(facts.cost, 2.0 * (1.0 + 0.01 * 100.0)));
    assert!(
        near(facts.lower_bound.expect("enumerated"), facts.cost)
            && near(facts.gap.expect("proven"), 0.0)
    );
}

#[test]
fn parts_named_by_the_foreman_and_parts_made_for_one_vehicle_say_so() {
    let made = Part {
        vin_specific: true,
        ..road_part("B")
    };
    let catalogue = catalogue(&[(road_part("A"), 1), (made, 1)]);
    let told = JobNeed {
        extra_parts: vec![("A".into(), 2)],
        ..job("V1", 1.0, &[("k:B", 0.9)])
    };
    let staged = staged(vec![told], &catalogue, &settings());
    let why: Vec<(&str, CarryReason)> = staged
        .kit
        .iter()
        .map(|line| (line.part.as_str(), line.why))
        .collect();
    assert_eq!(why, [("A", CarryReason::Named), ("B", CarryReason::Made)]);
}

//! Invented service points: county seats chosen so that nearly everybody outside the dealer's own
//! catchment has one within reach; and where the team has been lately.

use std::error::Error;
use std::path::Path;

use crate::dice::Dice;
use crate::places::{County, DEPOT, km};

/// How many points there are.
const POINTS: usize = 54;

/// Farthest-first choice of county seats, nearest to the dealer first, weighed by population.
fn chosen(counties: &[County]) -> Vec<usize> {
    let at = |county: &County| (county.lon, county.lat);
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < POINTS.min(counties.len()) {
        let gain = |index: usize| {
            let here = at(&counties[index]);
            let from_depot = km(here, DEPOT);
            if from_depot < 24.0 {
                return -1.0;
            }
            let apart = chosen
                .iter()
                .map(|&other| km(here, at(&counties[other])))
                .fold(from_depot, f64::min);
            apart * counties[index].weight.sqrt()
        };
        let best = (0..counties.len())
            .filter(|index| !chosen.contains(index))
            .max_by(|&a, &b| gain(a).total_cmp(&gain(b)).then(b.cmp(&a)));
        match best {
            Some(index) => chosen.push(index),
            None => break,
        }
    }
    chosen.sort_unstable();
    chosen
}

pub(crate) fn write(
    out: &Path,
    counties: &[County],
    dice: &mut Dice,
) -> Result<(), Box<dyn Error>> {
    let mut points = crate::writer(&out.join("points.csv"))?;
    points.write_record([
        "point",
        "name",
        "city",
        "county",
        "address",
        "lon",
        "lat",
        "host",
        "contact",
        "phone",
        "bays",
        "fee_per_day",
        "open",
        "closed",
        "partner",
        "lift",
        "receives_goods",
        "max_days",
        "remark",
    ])?;
    let yes = |flag: bool| if flag { "yes" } else { "no" };
    for (number, index) in chosen(counties).into_iter().enumerate() {
        let county = &counties[index];
        let kind = ["汽修厂", "物流园", "货运市场", "客户车场"][dice.below(4)];
        let given = dice.chance(0.4);
        let workshop = kind == "汽修厂";
        points.write_record([
            format!("P{:02}", number + 1),
            format!("{}示例{kind}", county.name),
            county.city.clone(),
            county.name.clone(),
            format!("示例路{}号", 1 + dice.below(99)),
            if given {
                format!("{:.5}", county.lon)
            } else {
                String::new()
            },
            if given {
                format!("{:.5}", county.lat)
            } else {
                String::new()
            },
            format!("示例{kind}{:02}", number + 1),
            format!("示例场长{:02}", number + 1),
            format!("1990200{:04}", number + 1),
            format!("{}", 1 + dice.below(3)),
            format!("{}", 50 * dice.below(7)),
            if dice.chance(0.15) {
                "mon|tue|wed|thu|fri".into()
            } else {
                String::new()
            },
            if dice.chance(0.15) {
                format!("2026-12-{:02}", 1 + dice.below(28))
            } else {
                String::new()
            },
            yes(workshop).into(),
            yes(workshop || dice.chance(0.3)).into(),
            yes(dice.chance(0.6)).into(),
            format!("{}", 1 + dice.below(3)),
            String::new(),
        ])?;
    }
    points.flush()?;
    let mut visits = crate::writer(&out.join("past-visits.csv"))?;
    visits.write_record(["point", "date"])?;
    for (point, day) in [
        ("P05", "2026-08-12"),
        ("P11", "2026-08-26"),
        ("P17", "2026-09-08"),
        ("P23", "2026-09-22"),
        ("P29", "2026-10-14"),
        ("P35", "2026-10-21"),
        ("P41", "2026-10-28"),
        ("P47", "2026-11-05"),
    ] {
        visits.write_record([point, day])?;
    }
    visits.flush()?;
    Ok(())
}

//! All vehicles of a file at once: classes are learnt from them, then each has its odometer on the day.

use std::collections::BTreeMap;

use super::chain::chain_within;
use super::{
    ClassRate, Estimate, MOST_KM_PER_DAY, OwnRecord, SetAside, class_rate, extrapolate, interpolate,
};

/// What is known of one vehicle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Its class (model × use); empty = none stated.
    pub class: String,
    /// Day of purchase: the odometer stood at 0.
    pub bought: Option<i64>,
    /// (day, km) in order of day, then km.
    pub readings: Vec<(i64, f64)>,
}

/// What an estimate rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Two readings or more.
    Readings,
    /// One reading, and its age where the purchase is known.
    OneReading,
    /// No reading: its age at the use of its class.
    Age,
    /// Neither.
    Nothing,
}

/// Whose use a vehicle is shrunk towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassBasis {
    /// Its own class.
    Class,
    /// All vehicles: its class has fewer than five records.
    Fleet,
    /// An assumed use: all vehicles together have fewer than five.
    Assumed,
}

/// The answer for one vehicle.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Odometer on the day; `None` where nothing is known.
    pub estimate: Option<Estimate>,
    /// What it rests on.
    pub basis: Basis,
    /// Whose use it leans on.
    pub class_basis: ClassBasis,
    /// Readings used.
    pub used: usize,
    /// Readings set aside, by position.
    pub set_aside: Vec<SetAside>,
}

/// One vehicle with its readings sorted out.
struct Sorted {
    /// (day, km) that can be true together, purchase included.
    chain: Vec<(i64, f64)>,
    own: Option<OwnRecord>,
    used: usize,
    set_aside: Vec<SetAside>,
}

/// How many standard deviations of its class a stretch between readings may lie above the class mean, where the
/// others do not.
const FAR: f64 = 8.0;
/// Share of a vehicle's readings that must be left for its class to speak against one of them.
const MOST_LEFT: f64 = 0.7;

/// The odometers on day `at`, in the order of `known`; `assumed` km per day where nothing can be learnt.
///
/// Readings are sorted out twice: by what no vehicle can drive, then, once the classes are known, by what this class
/// hardly drives, as long as that speaks against a few readings only: a vehicle unlike its class keeps its own.
pub fn answer(known: &[Known], at: i64, assumed: f64) -> Vec<Answer> {
    let first: Vec<Sorted> = known.iter().map(sort_out).collect();
    let prior = ClassRate::assumed(assumed.max(1.0));
    let (fleet, rates) = classes(known, &first, prior);
    let again = |(vehicle, one): (&Known, Sorted)| {
        let class = rates.get(vehicle.class.as_str()).copied().unwrap_or(fleet);
        let most = |days: f64| {
            let spread = class.within * days + class.between * days * days;
            (class.mean * days + FAR * spread.sqrt()).min(MOST_KM_PER_DAY * days)
        };
        let strict = sort_out_within(vehicle, &most);
        let left = MOST_LEFT * one.chain.len() as f64;
        if strict.chain.len() >= 2 && strict.chain.len() as f64 >= left {
            strict
        } else {
            one
        }
    };
    let sorted: Vec<Sorted> = known.iter().zip(first).map(again).collect();
    let (fleet, rates) = classes(known, &sorted, prior);
    let beyond_class = if fleet == prior {
        ClassBasis::Assumed
    } else {
        ClassBasis::Fleet
    };
    let answer = |(vehicle, one): (&Known, Sorted)| {
        let own_class = rates.get(vehicle.class.as_str()).copied();
        let class = own_class.unwrap_or(fleet);
        let leans_on_class = !vehicle.class.is_empty() && class != fleet;
        let readings = one.chain.iter().filter(|reading| reading.1 > 0.0).count();
        Answer {
            estimate: estimate(&one, class, at),
            basis: match (one.chain.is_empty(), readings) {
                (true, _) => Basis::Nothing,
                (_, 0) => Basis::Age,
                (_, 1) => Basis::OneReading,
                _ => Basis::Readings,
            },
            class_basis: if leans_on_class {
                ClassBasis::Class
            } else {
                beyond_class
            },
            used: one.used,
            set_aside: one.set_aside,
        }
    };
    known.iter().zip(sorted).map(answer).collect()
}

/// The use of all vehicles, and of each class.
fn classes<'k>(
    known: &'k [Known],
    sorted: &[Sorted],
    prior: ClassRate,
) -> (ClassRate, BTreeMap<&'k str, ClassRate>) {
    let owns: Vec<OwnRecord> = sorted.iter().filter_map(|one| one.own).collect();
    let fleet = class_rate(&owns, prior);
    let mut by_class: BTreeMap<&str, Vec<OwnRecord>> = BTreeMap::new();
    for (vehicle, one) in known.iter().zip(sorted) {
        by_class.entry(&vehicle.class).or_default().extend(one.own);
    }
    let rates = by_class.into_iter();
    let rates = rates.map(|(class, owns)| (class, class_rate(&owns, fleet)));
    (fleet, rates.collect())
}

/// The longest chain through the readings and the purchase.
fn sort_out(known: &Known) -> Sorted {
    sort_out_within(known, &|days| MOST_KM_PER_DAY * days)
}

/// Likewise where so many days allow `most` km.
fn sort_out_within(known: &Known, most: &dyn Fn(f64) -> f64) -> Sorted {
    // Where the purchase stands among the readings, they keep their positions beside it.
    let mut facts: Vec<(i64, f64, Option<usize>)> = known
        .readings
        .iter()
        .enumerate()
        .map(|(index, reading)| (reading.0, reading.1, Some(index)))
        .collect();
    let reads_zero_then = |day: i64| known.readings.contains(&(day, 0.0));
    if let Some(day) = known.bought.filter(|day| !reads_zero_then(*day)) {
        facts.push((day, 0.0, None));
    }
    facts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let numbers: Vec<(i64, f64)> = facts.iter().map(|fact| (fact.0, fact.1)).collect();
    let (kept, aside) = chain_within(&numbers, most);
    let reading_at = |at: usize| facts.get(at).and_then(|fact| fact.2);
    let chain: Vec<(i64, f64)> = kept.iter().map(|at| numbers[*at]).collect();
    Sorted {
        own: OwnRecord::of(&chain),
        used: kept.iter().filter(|at| reading_at(**at).is_some()).count(),
        set_aside: aside
            .into_iter()
            .filter_map(|one| {
                Some(SetAside {
                    index: reading_at(one.index)?,
                    why: one.why,
                })
            })
            .collect(),
        chain,
    }
}

fn estimate(one: &Sorted, class: ClassRate, at: i64) -> Option<Estimate> {
    let (first, last) = (*one.chain.first()?, *one.chain.last()?);
    if at >= last.0 {
        return Some(extrapolate(last.1, (at - last.0) as f64, one.own, class));
    }
    if at <= first.0 {
        return Some(extrapolate(first.1, (at - first.0) as f64, one.own, class));
    }
    let after = one.chain.partition_point(|reading| reading.0 <= at);
    let (before, after) = (
        *one.chain.get(after.checked_sub(1)?)?,
        *one.chain.get(after)?,
    );
    Some(interpolate(before, after, at, one.own, class))
}

#[cfg(test)]
mod tests {
    use super::super::WhySetAside;
    use super::*;

    fn known(class: &str, bought: Option<i64>, readings: &[(i64, f64)]) -> Known {
        Known {
            class: class.into(),
            bought,
            readings: readings.to_vec(),
        }
    }

    /// Six vehicles at `rate`, a reading every 50 days.
    fn class_at(name: &str, rate: f64) -> Vec<Known> {
        let readings: Vec<(i64, f64)> = (0..9).map(|n| (n * 50, rate * 50.0 * n as f64)).collect();
        vec![known(name, None, &readings); 6]
    }

    #[test]
    fn a_vehicle_without_a_reading_has_its_age_at_the_use_of_its_class_and_says_so() {
        let mut vehicles = class_at("van", 100.0);
        vehicles.extend(class_at("car", 30.0));
        vehicles.push(known("car", Some(0), &[]));
        let answers = answer(&vehicles, 400, 55.0);
        let last = answers.last().expect("one");
        assert_eq!(
            (last.basis, last.class_basis),
            (Basis::Age, ClassBasis::Class)
        );
        let estimate = last.estimate.expect("estimated");
        assert!((estimate.mean_km - 12_000.0).abs() < 1e-6, "{estimate:?}");
        assert!(estimate.sd_km > 2_000.0, "{estimate:?}");
    }

    #[test]
    fn one_reading_counts_from_the_purchase() {
        let mut vehicles = class_at("van", 100.0);
        vehicles.push(known("van", Some(0), &[(1_000, 40_000.0)]));
        let answers = answer(&vehicles, 1_010, 55.0);
        let last = answers.last().expect("one");
        assert_eq!((last.basis, last.used), (Basis::OneReading, 1));
        let rate = last.estimate.expect("estimated").km_per_day;
        assert!((40.0..60.0).contains(&rate), "{rate}");
    }

    #[test]
    fn between_two_readings_the_odometer_lies_between_them() {
        let vehicles = [known("", None, &[(0, 1_000.0), (100, 3_000.0)])];
        let answers = answer(&vehicles, 25, 55.0);
        let estimate = answers[0].estimate.expect("estimated");
        assert!((estimate.mean_km - 1_500.0).abs() < 1e-9);
        assert_eq!(answers[0].class_basis, ClassBasis::Assumed);
        let on_the_day = answer(&vehicles, 100, 55.0)[0].estimate.expect("estimated");
        assert_eq!((on_the_day.mean_km, on_the_day.sd_km), (3_000.0, 0.0));
    }

    #[test]
    fn a_reading_set_aside_is_named_by_its_own_position_beside_a_purchase() {
        let readings = [(10, 90_000.0), (100, 5_000.0), (200, 10_000.0)];
        let answers = answer(&[known("", Some(0), &readings)], 300, 55.0);
        let aside = SetAside {
            index: 0,
            why: WhySetAside::Backwards,
        };
        assert_eq!(answers[0].set_aside, [aside]);
    }

    #[test]
    fn a_last_reading_its_class_hardly_drives_is_set_aside_and_a_vehicle_unlike_its_class_keeps_its_own()
     {
        let mut vehicles = class_at("car", 30.0);
        let mistyped = [(0, 0.0), (50, 1_500.0), (100, 3_000.0), (150, 45_000.0)];
        vehicles.push(known("car", None, &mistyped));
        let hard: Vec<(i64, f64)> = (0..8).map(|n| (n * 50, 40_000.0 * n as f64)).collect();
        vehicles.push(known("car", None, &hard));
        let answers = answer(&vehicles, 400, 55.0);
        let aside = SetAside {
            index: 3,
            why: WhySetAside::TooFast,
        };
        assert_eq!(answers[6].set_aside, [aside]);
        assert_eq!((answers[7].used, answers[7].set_aside.len()), (8, 0));
    }

    #[test]
    fn a_stretch_eight_deviations_of_its_class_above_the_mean_is_too_fast() {
        // A class at 30 a day, 1,000 km up and down every 50 days: σ² = 8·1,000²/50/7, spread 0.2·30.
        let up_and_down = |n: i32| (i64::from(n) * 50, f64::from(n * 1_500 + n % 2 * 1_000));
        let readings: Vec<(i64, f64)> = (0..9).map(up_and_down).collect();
        let most = 1_500.0 + 8.0 * (8.0e6 / 350.0 * 50.0 + 36.0 * 2_500.0_f64).sqrt();
        for (km, aside) in [(most - 10.0, 0), (most + 10.0, 1)] {
            let mut vehicles = vec![known("car", None, &readings); 6];
            let slow = [(0, 0.0), (50, 1_500.0), (100, 3_000.0), (150, 4_500.0)];
            let fast = [&slow[..], &[(200, 4_500.0 + km)]].concat();
            vehicles.push(known("car", None, &fast));
            let answers = answer(&vehicles, 400, 55.0);
            assert_eq!(answers[6].set_aside.len(), aside, "{km}");
        }
    }

    #[test]
    fn a_class_that_would_set_aside_most_of_a_record_is_not_heard() {
        let mut vehicles = class_at("car", 30.0);
        let hard = |n: i32| (i64::from(n) * 50, f64::from(n) * 40_000.0);
        let readings = [
            &[(-50, -1_500.0)],
            &(0..5).map(hard).collect::<Vec<_>>()[..],
        ]
        .concat();
        vehicles.push(known("car", None, &readings));
        assert_eq!(answer(&vehicles, 400, 55.0)[6].used, 6);
    }

    #[test]
    fn a_class_too_small_to_be_known_leans_on_the_fleet_and_says_so() {
        let mut vehicles = class_at("van", 100.0);
        vehicles.push(known("car", Some(0), &[(100, 3_000.0)]));
        vehicles.extend(class_at("", 50.0));
        let answers = answer(&vehicles, 400, 55.0);
        assert_eq!(answers[0].class_basis, ClassBasis::Class);
        assert_eq!(answers[6].class_basis, ClassBasis::Fleet);
        assert_eq!(answers[7].class_basis, ClassBasis::Fleet, "no class stated");
    }

    #[test]
    fn before_the_first_reading_the_odometer_is_counted_back() {
        let vehicles = [known("", None, &[(20_000, 6_000.0), (20_100, 12_000.0)])];
        let estimate = answer(&vehicles, 19_980, 60.0)[0].estimate.expect("one");
        assert!((estimate.mean_km - 4_800.0).abs() < 1e-9, "{estimate:?}");
    }

    #[test]
    fn nothing_known_is_no_estimate() {
        let answers = answer(&[known("van", None, &[])], 300, 55.0);
        assert_eq!(
            (answers[0].basis, answers[0].estimate),
            (Basis::Nothing, None)
        );
    }
}

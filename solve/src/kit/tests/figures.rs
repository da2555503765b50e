//! Figures by hand: what is expected of a part, the most that is worth carrying, what is wrong with a question.

use super::*;

/// Two vehicles that come with 0.5 and then need two units of the first part with 0.4.
fn two_vehicles() -> KitProblem {
    let part = |id| KitPart {
        volume_l: 2.0,
        weight_kg: 0.5,
        ..part(id, 3.0)
    };
    let job = || job(0.5, &[(0, 0.4)]);
    KitProblem {
        parts: vec![part("wanted"), part("unwanted")],
        items: vec![item("brakes", &[(0, 2), (1, 0)])],
        jobs: vec![job(), job()],
        ..read(FIXTURES[0].1)
    }
}

#[test]
fn a_part_is_expected_as_often_as_by_hand() {
    // Nothing 0.64, two units 0.32, four 0.04.
    let expected = |stock: u32| expectations(&two_vehicles(), &[stock]);
    let of = |stock| {
        let part = expected(stock)[0];
        [part.need, part.shortage, part.leftover, part.available]
    };
    for (stock, by_hand) in [
        (0, [0.8, 0.8, 0.0, 0.64]),
        (1, [0.8, 0.44, 0.64, 0.64]),
        (2, [0.8, 0.08, 1.28, 0.96]),
        (4, [0.8, 0.0, 3.2, 1.0]),
    ] {
        let found = of(stock);
        let near = found.iter().zip(by_hand);
        assert!(
            near.into_iter().all(|(a, b)| (a - b).abs() < 1e-12),
            "{stock}: {found:?}"
        );
    }
    let unwanted = expected(2)[1];
    assert_eq!((unwanted.need, unwanted.available), (0.0, 1.0));
    assert_eq!(part_demand(&two_vehicles())[1], [1.0]);
}

#[test]
fn no_more_is_worth_carrying_than_is_asked_for_can_be_had_and_fits_alone() {
    let caps = |change: fn(&mut KitProblem)| {
        let mut problem = two_vehicles();
        problem.van = VanLimits::default();
        change(&mut problem);
        demand::caps(&problem, &part_demand(&problem))
    };
    assert_eq!(caps(|_| ()), [4, 0]);
    assert_eq!(caps(|p| p.parts[0].available = Some(3)), [3, 0]);
    assert_eq!(caps(|p| p.van.volume_l = Some(6.0)), [3, 0]);
    assert_eq!(caps(|p| p.van.volume_l = Some(5.9)), [2, 0]);
    assert_eq!(caps(|p| p.van.payload_kg = Some(1.0)), [2, 0]);
    // What takes no room is not held back by it.
    assert_eq!(
        caps(|p| (p.van.volume_l, p.parts[0].volume_l) = (Some(0.0), 0.0)),
        [4, 0]
    );
    // Three tenths hold three of a tenth.
    assert_eq!(
        caps(|p| (p.van.volume_l, p.parts[0].volume_l) = (Some(0.3), 0.1)),
        [3, 0]
    );
    assert_eq!(
        caps(|p| p.jobs[1].items[0].p = 0.0),
        [2, 0],
        "what never happens is not asked for"
    );
}

#[test]
fn a_van_takes_what_fills_it_and_nothing_more() {
    let problem = KitProblem {
        van: VanLimits {
            volume_l: Some(6.0),
            payload_kg: Some(1.5),
        },
        ..two_vehicles()
    };
    let limits = Limits::of(&problem, vec![4, 4]);
    assert!(limits.fits(&[3, 0]) && limits.fits(&[1, 2]));
    assert!(!limits.fits(&[3, 1]));
    let light = Limits::of(
        &KitProblem {
            van: VanLimits {
                volume_l: None,
                payload_kg: Some(1.0),
            },
            ..problem.clone()
        },
        vec![4, 4],
    );
    assert!(light.fits(&[2, 0]) && !light.fits(&[2, 1]));
    // A third of the litres and of the kilograms, each at a price of 30 for the whole van.
    let dearer = limits.cost_with_space(30.0);
    assert!((dearer[0] - 23.0).abs() < 1e-12, "{dearer:?}");
    let dearer = light.cost_with_space(30.0);
    assert!((dearer[0] - 18.0).abs() < 1e-12, "{dearer:?}");
}

#[test]
fn a_question_is_refused_for_each_of_its_figures() {
    type Case = (fn(&mut KitProblem), &'static str);
    let faults = |change: fn(&mut KitProblem)| {
        let mut problem = two_vehicles();
        problem.evaluate.clear();
        change(&mut problem);
        match problem.validate() {
            Ok(()) => String::new(),
            Err(KitError::Invalid(faults)) => {
                let at: Vec<String> = faults.into_iter().map(|fault| fault.at).collect();
                at.join(" ")
            }
        }
    };
    let cases: [Case; 16] = [
        (|_| (), ""),
        (|p| p.schema = "tourplan-kit/2".into(), "schema"),
        (|p| p.target_job_fill = 1.0, ""),
        (|p| p.target_job_fill = f64::NAN, "target_job_fill"),
        (|p| p.parts[1].cost = 0.0, ""),
        (|p| p.parts[1].volume_l = -1.0, "parts[1].volume_l"),
        (
            |p| p.parts[1].weight_kg = f64::INFINITY,
            "parts[1].weight_kg",
        ),
        (|p| p.items[0].bom[1].part = 2, "items[0].bom[1].part"),
        (|p| p.jobs[1].show = 1.01, "jobs[1].show"),
        (|p| p.jobs[1].items[0].item = 1, "jobs[1].items[0].item"),
        (|p| p.van.volume_l = Some(-0.1), "van.volume_l"),
        (|p| p.van.payload_kg = Some(f64::NAN), "van.payload_kg"),
        (|p| p.evaluate = vec![vec![1, 1, 1]], "evaluate[0]"),
        (|p| p.items[0].bom[0].qty = 50_000, ""),
        (|p| p.items[0].bom[0].qty = 50_001, "parts[0]"),
        (|p| p.items[0].bom[0].qty = u32::MAX, "parts[0]"),
    ];
    for (n, (change, at)) in cases.into_iter().enumerate() {
        assert_eq!(faults(change), at, "case {n}");
    }
}

#[test]
fn a_kit_that_fills_exactly_the_target_is_enough() {
    // Two units with p, one with q: two units miss only what wants both. Each answer is a tie with the target.
    // Of a single job, whatever it leaves untouched.
    let policies = [(0.5, UsePolicy::Partial), (0.7, UsePolicy::AllOrNothing)];
    let all = (1..=9).flat_map(|p| (1..=9).map(move |q| (p, q)));
    for ((p, q), (show, policy)) in all.flat_map(|pq| policies.map(|with| (pq, with))) {
        let some = 100 - (10 - p) * (10 - q);
        let problem = KitProblem {
            target_job_fill: f64::from(some - p * q) / f64::from(some),
            parts: vec![part("wanted", 3.0)],
            items: vec![item("pair", &[(0, 2)]), item("one", &[(0, 1)])],
            jobs: vec![job(
                show,
                &[(0, f64::from(p) / 10.0), (1, f64::from(q) / 10.0)],
            )],
            van: VanLimits::default(),
            evaluate: Vec::new(),
            policy,
            ..two_vehicles()
        };
        let answer = solve(&problem, 1).expect("a problem");
        assert_eq!(
            (
                answer.kit.as_slice(),
                answer.cost,
                answer.lower_bound,
                answer.target_met
            ),
            ([2].as_slice(), 6.0, Some(6.0), true),
            "{p} {q} {show}"
        );
    }
}

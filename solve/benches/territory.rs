//! The territory engine on made-up problems: time only. How good its plans are is measured by
//! `examples/bench_territory` (docs/territory.md), whose generator makes these problems too.

use divan::{Bencher, black_box};
use tourplan_solve::territory::{
    self, Budget, OpenTour, Problem, Solution, StoppedBy, complete, default_iterations, evaluate,
    improve, prices, solve, solve_fixed, validate,
};

#[path = "../../examples/bench_territory/cases.rs"]
mod cases;

fn main() {
    divan::main();
}

/// Small enough to be proved in a moment.
const SMALL: cases::Case = cases::case("small", (60, 12, 14, 2), 250.0, 2.2);

const NAMES: [&str; 2] = ["middle-equal", "wide-equal"];

/// Rounds of a search: enough to leave its start behind, far fewer than the default effort.
const ROUNDS: u64 = 50;

fn problem(name: &str) -> Problem {
    let mut all = std::iter::once(&SMALL).chain(&cases::CASES);
    let case = all.find(|case| case.name == name).expect("a case");
    cases::problem(case, 1)
}

fn searched(problem: &Problem) -> Solution {
    let budget = Budget {
        iterations: ROUNDS,
        stop: None,
    };
    solve(problem, 1, &budget).expect("no pins")
}

/// One iteration: 50 rounds of the search and, beside it on the other thread, of the bound, from nothing.
#[divan::bench(args = NAMES, sample_count = 10, sample_size = 1)]
fn search_and_bound_50_rounds(bencher: Bencher<'_, '_>, name: &str) {
    let problem = problem(name);
    bencher.bench_local(|| searched(black_box(&problem)));
}

/// One iteration: 50 rounds of the search alone, on one thread, from nothing.
#[divan::bench(args = NAMES, sample_count = 10, sample_size = 1)]
fn search_50_rounds(bencher: Bencher<'_, '_>, name: &str) {
    let problem = problem(name);
    bencher.bench_local(|| improve(black_box(&problem), &[], &[], 1, ROUNDS).expect("no pins"));
}

/// One iteration: search and bound from nothing until the plan is proved the best.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn small_until_proved(bencher: Bencher<'_, '_>) {
    let problem = problem("small");
    bencher.bench_local(|| {
        let budget = Budget {
            iterations: default_iterations(&problem),
            stop: None,
        };
        let solution = solve(black_box(&problem), 1, &budget);
        let solution = solution.expect("no pins");
        assert_eq!(solution.stopped_by, StoppedBy::Converged);
        assert!(solution.gap.is_some_and(|gap| gap < 1e-6), "not proved");
        solution
    });
}

/// One iteration: the best allocation of all cells to the tours of a plan (a linear program, exact).
#[divan::bench(args = NAMES)]
fn allocation(bencher: Bencher<'_, '_>, name: &str) {
    let problem = problem(name);
    let tours = searched(&problem).tours;
    bencher.bench_local(|| solve_fixed(black_box(&problem), &tours).expect("it keeps every rule"));
}

/// One iteration: the prices of hours and cells beside the tours of a plan.
#[divan::bench(args = NAMES)]
fn dual_prices(bencher: Bencher<'_, '_>, name: &str) {
    let problem = problem(name);
    let tours = searched(&problem).tours;
    bencher.bench_local(|| prices(black_box(&problem), &tours).expect("it keeps every rule"));
}

/// One iteration: four tours of a plan completed of which only the points are given.
#[divan::bench(args = ["middle-equal"], sample_count = 20, sample_size = 1)]
fn completion_of_points(bencher: Bencher<'_, '_>, name: &str) {
    let problem = problem(name);
    let open = |tour: territory::TourPlan| OpenTour {
        stops: tour.stops.into_iter().map(|s| (s.point, None)).collect(),
        ..OpenTour::default()
    };
    // They are completed one after the other, days as they pay: not every plan leaves room for all of them that way.
    let tours = searched(&problem).tours.into_iter().take(4);
    let tours: Vec<OpenTour> = tours.map(open).collect();
    let first = problem.days[0].date.clone();
    bencher.bench_local(|| complete(black_box(&problem), &tours, &first).expect("it fits"));
}

/// One iteration: every rule of the format over a whole problem.
#[divan::bench(args = NAMES)]
fn validation(bencher: Bencher<'_, '_>, name: &str) {
    let problem = problem(name);
    bencher.bench_local(|| validate(black_box(&problem)));
}

/// One iteration: every rule of a plan and its objective, recomputed from the written solution.
#[divan::bench(args = NAMES)]
fn evaluation(bencher: Bencher<'_, '_>, name: &str) {
    let problem = problem(name);
    let solution = searched(&problem);
    bencher.bench_local(|| evaluate(black_box(&problem), &solution).expect("it keeps every rule"));
}

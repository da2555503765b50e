//! The desk's calls (an optimal semi-matching) on made-up months.

use divan::{Bencher, black_box};
use tourplan_solve::calls::{Asked, Room, quotas};

fn main() {
    divan::main();
}

/// One iteration: the contacts of 12 tours given to days, three days a tour, two tours leaving every other day;
/// (contacts a tour, calls a day). At (30, 40) all can be called, at (300, 40) the desk is full.
#[divan::bench(args = [(30, 40), (300, 40)])]
fn calls_of_12_tours(bencher: Bencher<'_, '_>, (contacts, calls): (usize, usize)) {
    let windows: Vec<[usize; 3]> = (0..12)
        .map(|tour| [tour - tour % 2, tour - tour % 2 + 1, tour - tour % 2 + 2])
        .collect();
    let asked: Vec<Asked<'_, usize>> = windows
        .iter()
        .map(|days| Asked { contacts, days })
        .collect();
    let room = |_| Room {
        busy: 0,
        free: calls,
    };
    bencher.bench_local(|| quotas(black_box(&asked), &room));
}

//! The stream against its authors' code, and where things are spread.

use super::*;

#[test]
fn the_stream_is_that_of_the_reference_code() {
    // The first outputs of the authors' C code for this seed.
    let first = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
    ];
    let mut stream = Stream(1_234_567);
    assert_eq!(first.map(|_| stream.next_bits()), first);
    let bits = stream.clone().next_bits();
    assert!((stream.uniform() - bits as f64 / 18_446_744_073_709_551_616.0).abs() < 1e-15);
    // Seeds and purposes give streams of their own.
    let firsts: std::collections::BTreeSet<u64> = (0..4)
        .flat_map(|seed| (0..4).map(move |purpose| Stream::new(seed, purpose).next_bits()))
        .collect();
    assert_eq!(firsts.len(), 16);
}

#[test]
fn a_number_below_an_end_is_each_as_often() {
    let mut stream = Stream::new(5, 0);
    let mut seen = [0_i32; 7];
    for _ in 0..14_000 {
        seen[stream.below(7)] += 1;
    }
    // 2,000 each, give or take 41.
    assert!(seen.iter().all(|n| (n - 2_000).abs() < 200), "{seen:?}");
}

#[test]
fn what_happens_is_spread_over_every_set_of_places_alike() {
    let mut stream = Stream::new(9, 0);
    let mut places = [0, 1, 2, 3];
    // Twice among four places: six sets; 0.55 of four is twice, and thrice every fifth time.
    for (p, thrice) in [(0.5, 0.0), (0.55, 0.2)] {
        let mut sets = std::collections::BTreeMap::new();
        let mut more = 0;
        for _ in 0..6_000 {
            let mut chosen = stream.spread(p, &mut places).to_vec();
            chosen.sort_unstable();
            if chosen.len() > 2 {
                more += 1;
            }
            *sets.entry(chosen).or_insert(0) += 1;
        }
        let share = |n: i32| f64::from(n) / 6_000.0;
        assert!((share(more) - thrice).abs() < 0.02, "{more}");
        assert_eq!(sets.len(), if thrice > 0.0 { 6 + 4 } else { 6 });
        for (set, n) in sets {
            let due = if set.len() == 2 {
                (1.0 - thrice) / 6.0
            } else {
                thrice / 4.0
            };
            assert!((share(n) - due).abs() < 0.02, "{set:?}: {n}");
        }
    }
    let mut all = places;
    all.sort_unstable();
    assert_eq!(all, [0, 1, 2, 3]);
    assert_eq!(stream.spread(1.0, &mut places).len(), 4);
    assert!(stream.spread(0.0, &mut places).is_empty());
    assert!(stream.spread(0.5, &mut []).is_empty());
}

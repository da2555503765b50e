//! Wanted drives → requests within the server's table size.
//!
//! The drives of one destination go together; destinations whose places fit into one request share it. So
//! a full table is cut into about (2n/size)² requests, and customers' places are asked around their point.

use std::collections::{BTreeMap, BTreeSet};

use super::{Spot, Wanted};

/// One request: every source to every destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) sources: BTreeSet<Spot>,
    pub(super) destinations: BTreeSet<Spot>,
}

impl Block {
    /// Its places, each once: what the server counts.
    pub(super) fn places(&self) -> Vec<Spot> {
        self.sources.union(&self.destinations).copied().collect()
    }

    /// Path and query of the request.
    pub(super) fn path(&self, service: &str) -> String {
        let places = self.places();
        let coordinates: Vec<String> = places.iter().map(ToString::to_string).collect();
        let indices = |wanted: &BTreeSet<Spot>| {
            let here = places.iter().enumerate();
            let here = here.filter(|(_, place)| wanted.contains(place));
            let here: Vec<String> = here.map(|(index, _)| index.to_string()).collect();
            here.join(";")
        };
        format!(
            "{service}/{}?annotations=duration,distance&generate_hints=false&sources={}&destinations={}",
            coordinates.join(";"),
            indices(&self.sources),
            indices(&self.destinations)
        )
    }

    /// Takes in more sources for one destination, if the request stays within `size` places.
    fn takes(&mut self, sources: &BTreeSet<Spot>, destination: Spot, size: usize) -> bool {
        let mut places: BTreeSet<Spot> = self.places().into_iter().collect();
        places.extend(sources);
        places.insert(destination);
        if places.len() > size {
            return false;
        }
        self.sources.extend(sources);
        self.destinations.insert(destination);
        true
    }
}

/// Requests that cover all wanted drives; none has more than `size` places (at least 2).
pub(super) fn blocks(wanted: &Wanted, size: usize) -> Vec<Block> {
    let size = size.max(2);
    let mut sources_of: BTreeMap<Spot, Vec<Spot>> = BTreeMap::new();
    for (from, to) in wanted {
        sources_of.entry(*to).or_default().push(*from);
    }
    let mut parts: Vec<(BTreeSet<Spot>, Spot)> = Vec::new();
    for (to, sources) in sources_of {
        // Half the places for either side makes a full table in the fewest requests.
        for some in sources.chunks(size / 2) {
            parts.push((some.iter().copied().collect(), to));
        }
    }
    // Destinations with nearly the same sources come to stand side by side.
    parts.sort_unstable();
    let mut blocks: Vec<Block> = Vec::new();
    for (sources, to) in parts {
        let last = blocks.last_mut();
        if !last.is_some_and(|block| block.takes(&sources, to, size)) {
            blocks.push(Block {
                sources,
                destinations: BTreeSet::from([to]),
            });
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::super::Spot;
    use super::*;

    fn spots(count: i32) -> Vec<Spot> {
        let at = |index| Spot {
            lon: 11_200_000 + index * 1000,
            lat: 2_800_000,
        };
        (0..count).map(at).collect()
    }

    fn all_pairs(spots: &[Spot]) -> Wanted {
        let pairs = spots.iter().flat_map(|from| {
            let others = spots.iter().filter(move |to| *to != from);
            others.map(move |to| (*from, *to))
        });
        pairs.collect()
    }

    fn covered(blocks: &[Block]) -> Wanted {
        let pairs = blocks.iter().flat_map(|block| {
            let from = block.sources.iter();
            from.flat_map(|from| block.destinations.iter().map(|to| (*from, *to)))
        });
        pairs.collect()
    }

    #[test]
    fn a_table_that_fits_is_one_request() {
        let wanted = all_pairs(&spots(61));
        let blocks = blocks(&wanted, 100);
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].places().len(), 61);
    }

    #[test]
    fn a_larger_table_is_cut_and_every_pair_is_asked() {
        let wanted = all_pairs(&spots(122));
        for size in [2, 7, 100] {
            let blocks = blocks(&wanted, size);
            assert!(blocks.iter().all(|block| block.places().len() <= size));
            assert!(wanted.is_subset(&covered(&blocks)), "{size}");
        }
        assert!(blocks(&wanted, 100).len() <= 12);
    }

    #[test]
    fn customers_places_are_asked_around_their_points() {
        let places = spots(400);
        let points = [100, 120, 300].map(|index| places[index]);
        let mut wanted = Wanted::new();
        for point in points {
            let near = places
                .iter()
                .filter(|place| (place.lon - point.lon).abs() <= 30_000);
            wanted.extend(
                near.filter(|place| **place != point)
                    .map(|place| (*place, point)),
            );
        }
        let blocks = blocks(&wanted, 100);
        assert!(wanted.is_subset(&covered(&blocks)));
        assert!(blocks.len() <= 4, "{}", blocks.len());
    }

    #[test]
    fn the_path_names_sources_and_destinations_by_their_index() {
        let places = spots(3);
        let block = Block {
            sources: BTreeSet::from([places[0], places[2]]),
            destinations: BTreeSet::from([places[1], places[2]]),
        };
        assert_eq!(
            block.path("/table/v1/driving"),
            "/table/v1/driving/112.00000,28.00000;112.01000,28.00000;112.02000,28.00000\
             ?annotations=duration,distance&generate_hints=false&sources=0;2&destinations=1;2"
        );
    }
}

//! Choosing between the chains of an address.
//!
//! Responsible for: the best chain, or the equals among which nothing decides, or that columns and address
//! contradict each other. Not responsible for: what a chain is worth (`chains`).

use super::adcode::Adcode;
use super::chain::{Chain, Doubt};
use super::index::Form;
use super::normalise::Plain;
use crate::domain::geo::PlaceLevel;

/// What the chains of an address come to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Choice {
    /// One reading is the best. The flag says that only the dealer's province decided.
    One(Box<Chain>, bool),
    /// Several are as good; sorted by code.
    Equals(Vec<Adcode>),
    /// None.
    Nothing,
}

impl PartialEq for Chain {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code && self.spot == other.spot
    }
}

/// A chain worth this much is an address of its own: what comes after it is another one.
const OWN_ADDRESS: i32 = 80;

/// The choice. `home` is the dealer's province: it decides between equals, and admits a short
/// county name that stands alone.
pub(crate) fn choose(chains: &[Chain], home: Option<Adcode>) -> Choice {
    let at_home = |chain: &Chain| home.is_some_and(|home| home.contains(chain.code));
    let sound: Vec<&Chain> = chains
        .iter()
        .filter(|chain| {
            chain.doubt == Doubt::None || (chain.doubt == Doubt::Alone && at_home(chain))
        })
        .collect();
    let Some(best) = first_address(&sound) else {
        return Choice::Nothing;
    };
    // What would not do alone is still enough to doubt another reading of the same letters.
    let readings: Vec<&Chain> = chains
        .iter()
        .filter(|chain| chain.doubt != Doubt::Road)
        .collect();
    let equals = equals_of(best, &readings);
    let only_home = |chain: &Chain| chain.doubt != Doubt::None;
    match equals.as_slice() {
        [one] => Choice::One(Box::new(**one), only_home(one)),
        several => {
            let mut near = several.iter().filter(|chain| at_home(chain));
            if let (Some(one), None) = (near.next(), near.next()) {
                return Choice::One(Box::new(**one), true);
            }
            let mut codes: Vec<Adcode> = several.iter().map(|chain| chain.code).collect();
            codes.sort_unstable();
            codes.dedup();
            Choice::Equals(codes)
        }
    }
}

/// The two counties of a row whose columns officially name one and whose address another: whichever were
/// taken, it would be a guess.
pub(crate) fn contradiction(chains: &[Chain], plain: &Plain) -> Option<Vec<Adcode>> {
    let address = plain.address;
    if address == 0 || address == plain.chars.len() {
        return None;
    }
    let official = |chain: &&Chain| {
        chain.form <= Form::Former
            && chain.doubt == Doubt::None
            && chain.level <= PlaceLevel::County
    };
    let best = |one: &Chain| (one.points, std::cmp::Reverse(one.code));
    let of_columns = || {
        chains
            .iter()
            .filter(|chain| chain.first < address)
            .filter(official)
    };
    let column = of_columns().max_by_key(|chain| best(chain))?;
    let of_address = chains
        .iter()
        .filter(|chain| chain.first == address && chain.names > 1);
    let of_address = of_address
        .filter(official)
        .max_by_key(|chain| best(chain))?;
    let county = of_address.code.county();
    if of_columns().any(|chain| chain.code.county() == county) {
        return None;
    }
    let mut counties = vec![column.code.county(), county];
    counties.sort_unstable();
    Some(counties)
}

/// The best chain of the first address in the text.
fn first_address<'c>(sound: &[&'c Chain]) -> Option<&'c Chain> {
    let best_of = |limit: usize, floor: i32| {
        sound
            .iter()
            .filter(|chain| chain.end <= limit && chain.points >= floor)
            .filter(|chain| limit == usize::MAX || chain.level < PlaceLevel::Province)
            .max_by_key(|chain| {
                (
                    chain.points,
                    chain.names,
                    std::cmp::Reverse((chain.first, chain.code)),
                )
            })
            .copied()
    };
    let mut best = best_of(usize::MAX, 0)?;
    while let Some(earlier) = best_of(best.first, OWN_ADDRESS) {
        let later_explains = sound.iter().any(|chain| {
            chain.points == earlier.points
                && chain.first == earlier.first
                && chain.code.contains(best.code)
        });
        if later_explains {
            break;
        }
        best = earlier;
    }
    Some(best)
}

/// All chains as good as `best`, each lineage once: of a name that stands for a division and for
/// one inside it, the larger; of a chain and its continuation, the continuation.
fn equals_of<'c>(best: &'c Chain, sound: &[&'c Chain]) -> Vec<&'c Chain> {
    let mut equals: Vec<&Chain> = Vec::new();
    for &chain in sound
        .iter()
        .filter(|chain| chain.points == best.points && chain.first == best.first)
    {
        if !equals.contains(&chain) {
            equals.push(chain);
        }
    }
    let all = equals.clone();
    equals.retain(|chain| {
        !all.iter().any(|other| {
            let shorter =
                other.names > chain.names && chain.code.contains(other.code) && chain != other;
            let smaller = other.names == chain.names
                && other.code != chain.code
                && other.code.contains(chain.code);
            shorter || smaller
        })
    });
    equals
}

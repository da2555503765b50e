//! Chains: names of an address that agree downwards, read from left to right.
//!
//! Responsible for: linking the names found into chains such as province ⊃ city ⊃ county ⊃
//! township, and the rules by which a name may begin or lengthen a chain. Not responsible for:
//! choosing between chains (`score`).
//!
//! What a single chain is and what a name adds to it: `chain`.

use super::adcode::Adcode;
use super::chain::{Chain, Doubt, first_link};
use super::index::{Entry, Form, Hit, NO_SPOT, NameIndex};
use super::normalise::Plain;
use super::wording::{begins_with, is_general, names_a_finer_place, names_a_road_or_firm};
use crate::domain::geo::PlaceLevel;

/// More chains than any real address makes; what is beyond is dropped.
const MOST_CHAINS: usize = 96;
/// How far behind its city or county a township's full name is still read.
const TOWN_REACH: usize = 12;

/// All chains of an address.
pub(crate) fn chains(index: &NameIndex, plain: &Plain) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::with_capacity(16);
    let mut hits: Vec<Hit<'_>> = Vec::with_capacity(8);
    for at in 0..plain.chars.len() {
        hits.clear();
        index.hits_at(plain, at, &mut hits);
        if hits.is_empty() {
            continue;
        }
        lengthen(&mut chains, &hits, plain);
        let longest_full = longest_full_name(&hits);
        for hit in &hits {
            begin(&mut chains, longest_full, hit, plain);
        }
        chains.truncate(MOST_CHAINS);
    }
    chains
}

/// Lengthens each chain by the longest name here that lies inside it. A shorter name at the same
/// place counts only if a full name begins right behind it (平谷 before 镇罗营镇, not 平谷镇).
fn lengthen(chains: &mut Vec<Chain>, hits: &[Hit<'_>], plain: &Plain) {
    let start = hits.first().map_or(0, |hit| hit.start);
    for at in 0..chains.len() {
        let Some(chain) = chains.get(at).copied().filter(|chain| chain.open_at(start)) else {
            continue;
        };
        // Where the longest fitting name ends.
        let mut fitted: Option<usize> = None;
        for hit in hits {
            if fitted == Some(hit.end) || is_cut_off(hit, hits) {
                continue;
            }
            let before = chains.len();
            let fits = add_longer(chains, &chain, hit, plain);
            for new in chains.iter_mut().skip(before).filter(|_| fitted.is_some()) {
                new.cut_short = true;
                new.doubt = Doubt::Road;
            }
            // Written in one go with a sure name below: what comes later is another address.
            let sure = chains
                .get(before)
                .is_some_and(|new| hit.start == chain.end && new.form <= Form::Former);
            let again = !fits && fitted.is_none() && says_again(&chain, hit);
            if let Some(same) = chains.get_mut(at) {
                same.closed |= sure;
                // The same names written twice: go on behind the second time.
                same.end = if again { hit.end } else { same.end };
            }
            if again {
                break;
            }
            fitted = fitted.or(fits.then_some(hit.end));
        }
    }
}

/// Whether this can only be a township's short name, and is part of a longer name: 冷水 in 冷水滩路.
fn is_cut_off(hit: &Hit<'_>, hits: &[Hit<'_>]) -> bool {
    let short = |entry: &Entry| entry.level == PlaceLevel::Township && entry.form == Form::Short;
    let longer = |other: &Hit<'_>| {
        let mut entries = other.entries.iter();
        other.end > hit.end && entries.any(|entry| entry.level >= PlaceLevel::County)
    };
    hit.suffixed.is_none() && hit.entries.iter().all(short) && hits.iter().any(longer)
}

/// Whether the name repeats the chain's division or one above it, right behind it.
fn says_again(chain: &Chain, hit: &Hit<'_>) -> bool {
    hit.start == chain.end
        && hit.starters.iter().any(|entry| {
            let suffix_fits = hit.suffixed.is_none_or(|level| level == entry.level);
            entry.level >= PlaceLevel::County && suffix_fits && entry.code.contains(chain.code)
        })
}

/// Adds the chains that arise when `chain` goes on with this name, and says whether the name fits
/// at all: one borne by several townships fits, but none of them can be taken.
fn add_longer(chains: &mut Vec<Chain>, chain: &Chain, hit: &Hit<'_>, plain: &Plain) -> bool {
    let gap = hit.start - chain.end;
    let mut best: Option<Form> = None;
    let mut found: Vec<(Entry, Form)> = Vec::new();
    for entry in inside(hit.entries, chain.context)
        .iter()
        .chain(inside_renamed(hit.entries, chain))
    {
        let Some(form) = form_as_read(entry, hit) else {
            continue;
        };
        if !may_follow(chain, entry, form, gap, hit, plain) || best.is_some_and(|best| form > best)
        {
            continue;
        }
        if best.is_none_or(|best| form < best) {
            best = Some(form);
            found.clear();
        }
        if !found
            .iter()
            .any(|(other, _)| other.code == entry.code && other.spot == entry.spot)
        {
            found.push((*entry, form));
        }
    }
    keep_largest(&mut found);
    match found.as_slice() {
        [] => {}
        [(entry, form)] => chains.push(chain.followed_by(entry, *form, hit, plain)),
        // Several counties of that name inside the chain: kept apart, so that none is preferred.
        several
            if several
                .iter()
                .all(|(entry, _)| entry.level == PlaceLevel::County) =>
        {
            chains.extend(
                several
                    .iter()
                    .map(|(entry, form)| chain.followed_by(entry, *form, hit, plain)),
            );
        }
        several => chains.extend(chain.common_county(several, hit)),
    }
    !found.is_empty()
}

/// Of a name borne by a city and by a county inside it (长沙), only the city is meant.
fn keep_largest(found: &mut Vec<(Entry, Form)>) {
    if found.len() > 1 {
        let all = found.clone();
        found.retain(|(entry, _)| {
            !all.iter()
                .any(|(other, _)| other.level > entry.level && other.code.contains(entry.code))
        });
    }
}

/// The entries whose context lies inside `context`.
fn inside(entries: &[Entry], context: Adcode) -> &[Entry] {
    let (first, last) = context.range();
    let from = entries.partition_point(|entry| entry.context.nine() < first);
    let to = entries.partition_point(|entry| entry.context.nine() <= last);
    entries.get(from..to).unwrap_or_default()
}

/// For a chain standing on a former prefecture, also what lies in its present place.
fn inside_renamed<'e>(entries: &'e [Entry], chain: &Chain) -> &'e [Entry] {
    if chain.context == chain.code {
        &[]
    } else {
        inside(entries, chain.code)
    }
}

/// The form in which a name is read; `None` if the typed suffix is of another level.
fn form_as_read(entry: &Entry, hit: &Hit<'_>) -> Option<Form> {
    match hit.suffixed {
        None => Some(entry.form),
        Some(level) => (entry.form == Form::Short && entry.level == level).then_some(Form::Variant),
    }
}

/// Whether a name may lengthen a chain, `gap` characters behind it.
fn may_follow(
    chain: &Chain,
    entry: &Entry,
    form: Form,
    gap: usize,
    hit: &Hit<'_>,
    plain: &Plain,
) -> bool {
    if entry.level >= chain.level || (entry.code == chain.code && entry.spot == NO_SPOT) {
        return false;
    }
    let rest = plain.rest(hit.end);
    let below_county = chain.level <= PlaceLevel::County;
    match (entry.level, form) {
        (PlaceLevel::Village, _) => gap == 0 && below_county,
        (PlaceLevel::Township, Form::Short) => {
            let directly = entry.code.county() == chain.code;
            // 高新区 behind its county is the zone, not the street office of that name.
            let zone = rest.first() == Some(&'区') || begins_with(rest, "技术");
            // 余杭 behind 余杭区 is the county once more, not its street office of that name.
            gap == 0
                && directly
                && !zone
                && !says_again(chain, hit)
                && !names_a_road_or_firm(rest)
                && !names_a_finer_place(rest)
        }
        (PlaceLevel::Township, _) => {
            gap == 0 || (gap <= TOWN_REACH && chain.level <= PlaceLevel::City)
        }
        (PlaceLevel::County, Form::Short) => gap == 0 && !repeats_city(chain, hit, plain),
        // 淮安市 behind 淮安市 is the city again, not the county that once bore this name.
        (PlaceLevel::County, Form::Former)
            if chain.level == PlaceLevel::City && says_again(chain, hit) =>
        {
            false
        }
        (_, Form::Short) => gap == 0,
        (_, Form::FormerShort) => {
            gap == 0
                && chain.level == PlaceLevel::City
                && !names_a_road_or_firm(rest)
                && !names_a_finer_place(rest)
        }
        (_, Form::Zone) => gap == 0 && entry.context == chain.code,
        (_, Form::Full | Form::Former | Form::Variant) => {
            gap == 0
                || plain.seam(hit.start)
                || !is_general(plain.chars.get(hit.start..hit.end).unwrap_or_default())
        }
    }
}

/// Whether a short name behind its city is rather the city once more than a county of that name: in
/// 长沙市长沙高新开发区 it is not 长沙县. A cell of its own with nothing else in it is the county.
fn repeats_city(chain: &Chain, hit: &Hit<'_>, plain: &Plain) -> bool {
    let cell = plain.seam(hit.start) && plain.seam(hit.end);
    chain.level == PlaceLevel::City && !cell && says_again(chain, hit)
}

/// Where the longest full name of a township or more ends; 0 if there is none.
fn longest_full_name(hits: &[Hit<'_>]) -> usize {
    let full = |hit: &&Hit<'_>| {
        let mut entries = hit.entries.iter();
        hit.suffixed.is_none()
            && entries
                .any(|entry| entry.form <= Form::Former && entry.level >= PlaceLevel::Township)
    };
    hits.iter().find(full).map_or(0, |hit| hit.end)
}

/// Adds the chains this name can begin, where the longest full name at this place ends at
/// `longest_full`.
fn begin(chains: &mut Vec<Chain>, longest_full: usize, hit: &Hit<'_>, plain: &Plain) {
    let written = plain.chars.get(hit.start..hit.end).unwrap_or_default();
    let seam = plain.seam(hit.start);
    if !seam && is_general(written) {
        return;
    }
    let read = || {
        let forms = hit
            .starters
            .iter()
            .filter_map(|entry| Some((entry, form_as_read(entry, hit)?)));
        forms.filter(|(entry, form)| may_begin(entry, *form, seam))
    };
    let best = read().map(|(_, form)| form).min();
    for (entry, form) in read() {
        let as_good = Some(form) == best
            || (best == Some(Form::Full) && form == Form::Former && entry.recent);
        // The same letters as a full name that was read already.
        let read_already = form == Form::Variant && longest_full == hit.end;
        if as_good && !read_already {
            let mut link = first_link(entry, form, hit, plain);
            // 阳高新区 in 益阳高新区: letters of a name that began before.
            let began_before = |chain: &Chain| chain.first < hit.start && hit.start < chain.end;
            if form == Form::Variant && chains.iter().any(began_before) {
                link.doubt = Doubt::Road;
            }
            if longest_full > hit.end {
                link.cut_short = true;
                link.doubt = Doubt::Road;
            }
            chains.push(link);
        }
    }
}

/// A township's name, and a county's short one, begin an address only where a name may begin.
fn may_begin(entry: &Entry, form: Form, seam: bool) -> bool {
    match entry.level {
        PlaceLevel::Township => seam && form == Form::Full,
        PlaceLevel::County => seam || form != Form::Short,
        PlaceLevel::City | PlaceLevel::Province => true,
        PlaceLevel::Village | PlaceLevel::Point => false,
    }
}

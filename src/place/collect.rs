//! Collecting every name for the index, with what it may mean.
//!
//! Responsible for: full, short and former names, former prefectures, villages and the hand
//! tables. Not responsible for: searching them (`index`).

use std::collections::{BTreeMap, BTreeSet};

use super::adcode::Adcode;
use super::gazetteer::{Former, Gazetteer};
use super::index::{Entry, Form, NO_SPOT};
use super::names::{CONTRACTIONS, short_name};
use super::normalise::plain_name;
use super::zones::ZONES;
use crate::domain::geo::PlaceLevel;

/// Former names last used before this year give way to a present division of the same name.
const RECENT_YEAR: u16 = 2012;

/// Names with their meanings while the index is being built.
#[derive(Default)]
pub(crate) struct NamedEntries(Vec<(Vec<char>, Entry)>);

impl NamedEntries {
    /// Every name of the gazetteer.
    pub(crate) fn of(gazetteer: &Gazetteer) -> Self {
        let mut all = Self::default();
        all.divisions(gazetteer);
        all.former(gazetteer);
        all.spots(gazetteer);
        all.hand_tables(gazetteer);
        all
    }

    /// By name, then by context: always the same.
    pub(crate) fn sorted(mut self) -> Vec<(Vec<char>, Entry)> {
        let order = |entry: &Entry| {
            (
                entry.context,
                entry.code,
                entry.level,
                entry.spot,
                entry.form,
            )
        };
        self.0
            .sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| order(&a.1).cmp(&order(&b.1))));
        self.0
    }

    fn add(&mut self, name: Vec<char>, entry: Entry) {
        if name.len() >= 2 {
            self.0.push((name, entry));
        }
    }

    fn divisions(&mut self, gazetteer: &Gazetteer) {
        for division in gazetteer.divisions() {
            let name = plain_name(&division.name);
            let (code, level) = (division.adcode, division.level);
            let entry = |form| Entry {
                context: code,
                code,
                level,
                form,
                recent: false,
                spot: NO_SPOT,
            };
            if let Some(short) = short_name(&name, level) {
                self.add(short, entry(Form::Short));
            }
            self.add(name, entry(Form::Full));
        }
    }

    fn former(&mut self, gazetteer: &Gazetteer) {
        let present: BTreeSet<Vec<char>> = gazetteer
            .divisions()
            .iter()
            .filter(|division| division.level >= PlaceLevel::City)
            .map(|division| plain_name(&division.name))
            .collect();
        let mut cities: BTreeMap<(Vec<char>, u32), Vec<&Former>> = BTreeMap::new();
        for former in &gazetteer.former {
            if moved_to_another_city(gazetteer, former) {
                continue;
            }
            let name = plain_name(&former.name);
            let recent = former.last_year >= RECENT_YEAR;
            let entry = |form| {
                let (context, code) = (former.code, former.now);
                Entry {
                    context,
                    code,
                    level: code.level(),
                    form,
                    recent,
                    spot: NO_SPOT,
                }
            };
            if let Some(short) = short_name(&name, PlaceLevel::County) {
                self.add(short, entry(Form::FormerShort));
            }
            self.add(name, entry(Form::Former));
            if former.city.ends_with(['市', '区', '州', '盟']) {
                cities
                    .entry((plain_name(&former.city), former.code.city().nine()))
                    .or_default()
                    .push(former);
            }
        }
        for ((city, code), members) in cities {
            if !present.contains(city.as_slice()) {
                self.former_city(city, Adcode::from_nine(code), &members);
            }
        }
    }

    /// A former prefecture stands for what its counties now have in common: a city or a province.
    fn former_city(&mut self, name: Vec<char>, context: Adcode, members: &[&Former]) {
        let Some(first) = members.first() else { return };
        let same_city = members
            .iter()
            .all(|member| member.now.city() == first.now.city());
        let (code, level) = if same_city && first.now.city().level() == PlaceLevel::City {
            (first.now.city(), PlaceLevel::City)
        } else {
            (first.now.province(), PlaceLevel::Province)
        };
        if members.iter().all(|member| code.contains(member.now)) {
            self.add(
                name,
                Entry {
                    context,
                    code,
                    level,
                    form: Form::Former,
                    recent: false,
                    spot: NO_SPOT,
                },
            );
        }
    }

    fn spots(&mut self, gazetteer: &Gazetteer) {
        for (at, spot) in gazetteer.spots.iter().enumerate() {
            let form = if spot.level == PlaceLevel::Village {
                Form::Full
            } else {
                Form::Former
            };
            let (code, level) = (spot.within, spot.level);
            let entry = Entry {
                context: code,
                code,
                level,
                form,
                recent: false,
                spot: at as u32,
            };
            self.add(plain_name(&spot.name), entry);
        }
    }

    fn hand_tables(&mut self, gazetteer: &Gazetteer) {
        for (name, code) in CONTRACTIONS {
            let code = Adcode::from_nine(code * 1000);
            if let Some(division) = gazetteer.get(code) {
                let level = division.level;
                let entry = Entry {
                    context: code,
                    code,
                    level,
                    form: Form::Short,
                    recent: false,
                    spot: NO_SPOT,
                };
                self.add(plain_name(name), entry);
            }
        }
        for (city, names, county) in ZONES {
            let (context, code) = (
                Adcode::from_nine(city * 1000),
                Adcode::from_nine(county * 1000),
            );
            if gazetteer.get(code).is_some() {
                for name in names {
                    let level = PlaceLevel::County;
                    let entry = Entry {
                        context,
                        code,
                        level,
                        form: Form::Zone,
                        recent: false,
                        spot: NO_SPOT,
                    };
                    self.add(plain_name(name), entry);
                }
            }
        }
    }
}

/// A county that was split is recorded with one successor only. When that successor has another
/// name and lies in another city that existed then too, it is not where the customer lives.
fn moved_to_another_city(gazetteer: &Gazetteer, former: &Former) -> bool {
    let then = former.code.city();
    let renamed = gazetteer
        .get(former.now)
        .is_none_or(|now| now.name != former.name);
    renamed && gazetteer.get(then).is_some() && then != former.now.city()
}

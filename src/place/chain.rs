//! One chain of names, and what each name adds to it.
//!
//! Responsible for: beginning and lengthening a chain, its points and its doubts. Not responsible
//! for: which names are tried (`chains`), choosing between chains (`score`).
//!
//! Points are hundredths of a full official name; what a form is worth was set on labelled
//! addresses.

use super::adcode::Adcode;
use super::index::{Entry, Form, Hit};
use super::normalise::Plain;
use super::wording::{names_a_finer_place, names_a_road_or_firm, names_its_zone};
use crate::domain::geo::PlaceLevel;

/// What keeps a chain from being an answer unless more is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doubt {
    /// Nothing.
    None,
    /// A short county name alone: any name inside it settles it, and so does the dealer's province.
    Alone,
    /// It reads as part of a road's or a firm's name: only a full name inside it settles that.
    Road,
}

/// A chain read so far.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of a small plain value"
)]
pub(crate) struct Chain {
    /// The deepest division.
    pub(crate) code: Adcode,
    pub(crate) level: PlaceLevel,
    /// Where names inside it are looked for; differs from `code` for a former prefecture.
    pub(crate) context: Adcode,
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) points: i32,
    pub(crate) names: u32,
    pub(crate) doubt: Doubt,
    /// The least sure form in the chain.
    pub(crate) form: Form,
    /// A county was inferred from its township.
    pub(crate) inferred: bool,
    /// Something unread lies between two names.
    pub(crate) gap: bool,
    /// Village or former township, or `NO_SPOT`.
    pub(crate) spot: u32,
    /// Not to be lengthened any more.
    pub(crate) closed: bool,
    /// A longer name begins at the same place: only a name that begins right behind justifies the
    /// shorter one (济南 before 市中区).
    pub(crate) cut_short: bool,
}

impl Chain {
    /// Whether a name beginning at `start` may lengthen the chain.
    pub(crate) fn open_at(&self, start: usize) -> bool {
        !self.closed && (start == self.end || (start > self.end && !self.cut_short))
    }

    pub(crate) fn followed_by(
        &self,
        entry: &Entry,
        form: Form,
        hit: &Hit<'_>,
        plain: &Plain,
    ) -> Self {
        let gap = hit.start - self.end;
        let sure = matches!(form, Form::Full | Form::Former | Form::Variant);
        let doubt = if form == Form::Short && names_a_road_or_firm(plain.rest(hit.end)) {
            Doubt::Road
        } else if form == Form::Short
            && entry.level == PlaceLevel::County
            && names_a_finer_place(plain.rest(hit.end))
            && self.level == PlaceLevel::Province
        {
            Doubt::Alone
        } else if sure || (self.doubt == Doubt::Alone && gap == 0) {
            Doubt::None
        } else {
            self.doubt
        };
        let skips_county = entry.level == PlaceLevel::Township && self.level > PlaceLevel::County;
        Self {
            code: entry.code,
            level: entry.level,
            context: entry.code,
            end: hit.end,
            points: self.points + self.worth(entry, form, gap),
            names: self.names + 1,
            doubt,
            form: self.form.max(form),
            inferred: self.inferred || skips_county,
            gap: self.gap || gap > 0,
            spot: entry.spot,
            cut_short: false,
            ..*self
        }
    }

    /// A township's name borne twice inside one county: that county is sure, the township is not.
    pub(crate) fn common_county(&self, several: &[(Entry, Form)], hit: &Hit<'_>) -> Option<Self> {
        let county = several.first()?.0.code.county();
        let shared = several
            .iter()
            .all(|(entry, _)| entry.code.county() == county);
        (shared && self.level > PlaceLevel::County && county.level() == PlaceLevel::County).then(
            || Self {
                code: county,
                context: county,
                level: PlaceLevel::County,
                end: hit.end,
                points: self.points + 50,
                names: self.names + 1,
                inferred: true,
                cut_short: false,
                ..*self
            },
        )
    }

    /// Points a name adds to this chain.
    fn worth(&self, entry: &Entry, form: Form, gap: usize) -> i32 {
        let worth = match (entry.level, form) {
            (PlaceLevel::Village, _) => 30,
            // A short township must not decide between counties that are written in full.
            (PlaceLevel::Township, Form::Short) => {
                if self.form == Form::Short {
                    20
                } else {
                    0
                }
            }
            (PlaceLevel::Township, Form::Variant) => 50,
            (PlaceLevel::Township, _) => 60,
            _ => first_worth(entry.level, form),
        };
        if gap == 0 {
            worth
        } else {
            worth - 10 - 2 * gap.min(10) as i32
        }
    }
}

/// Points of a name by its form; among short names the larger division is the likelier.
fn first_worth(level: PlaceLevel, form: Form) -> i32 {
    match form {
        Form::Full => 100,
        Form::Former => 98,
        Form::Variant => 95,
        Form::Short => match level {
            PlaceLevel::Province => 55,
            PlaceLevel::City => 50,
            _ => 40,
        },
        Form::FormerShort | Form::Zone => 30,
    }
}

/// A place better known as a county than as the city of that name.
const CITY_NOT_FOREMOST: [u32; 1] = [211_300];

/// A chain of one name.
pub(crate) fn first_link(entry: &Entry, form: Form, hit: &Hit<'_>, plain: &Plain) -> Chain {
    let rest = plain.rest(hit.end);
    let seam = plain.seam(hit.start);
    let short = form == Form::Short;
    let road = short
        && (names_a_road_or_firm(rest)
            || (entry.level < PlaceLevel::City && names_a_finer_place(rest)));
    let lone_county = short && entry.level == PlaceLevel::County;
    // 龙泉信息科技园 need not be in 龙泉: a county's short name must be all there is, or hold another.
    let all_there_is = hit.start == 0 && plain.seam(hit.end);
    let its_zone = seam && names_its_zone(rest);
    let doubt = if road {
        Doubt::Road
    } else if lone_county && !all_there_is && !its_zone {
        Doubt::Alone
    } else {
        Doubt::None
    };
    let town = entry.level == PlaceLevel::Township;
    let mut points = if town {
        60
    } else if entry.recent {
        first_worth(entry.level, Form::Full)
    } else {
        first_worth(entry.level, form)
    };
    if short && CITY_NOT_FOREMOST.contains(&(entry.code.nine() / 1000)) {
        points = first_worth(PlaceLevel::County, form);
    }
    if !seam {
        points -= if short { 25 } else { 10 };
    }
    Chain {
        code: entry.code,
        level: entry.level,
        context: if entry.level >= PlaceLevel::City {
            entry.context
        } else {
            entry.code
        },
        first: hit.start,
        end: hit.end,
        points,
        names: 1,
        doubt,
        form,
        inferred: town,
        gap: false,
        spot: entry.spot,
        closed: false,
        cut_short: false,
    }
}

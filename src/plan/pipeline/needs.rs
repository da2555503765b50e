//! What everybody needs, in short: everybody is looked at once, by the tables' rates and by any others.
//!
//! Not responsible for: predictions in full (`region`), what follows from them (`posing`, `rows`).

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::PlanInputs;
use super::heard::Heard;
use super::region::{can_field, needs_lift};
use crate::domain::Vehicle;
use crate::predict::{Book, Bookshelf, Expected, Outline, Predictor, Used};

/// Vehicles looked at at a time, and in one piece of it; what is in memory twice.
const AT_A_TIME: usize = 1 << 16;
const PIECE: usize = 1 << 11;

/// An item that a vehicle may need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likely {
    /// Its position in the catalogue's order.
    pub(super) item: u16,
    /// Its probability, ten-thousandths: predictions are rounded to them.
    pub(super) p: u16,
}

/// Everybody in short, beside the tables' vehicles.
#[derive(Default)]
pub(super) struct Needs {
    /// In a few figures.
    pub(super) outlines: Vec<Outline>,
    /// The items of all, one vehicle behind the other.
    items: Vec<Likely>,
    /// Where each vehicle's items end.
    ends: Vec<usize>,
    /// Whether a [`Likely`] can name every item.
    keeps_items: bool,
}

/// What a vehicle asks of a tour.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    /// One item at least is more likely needed than not.
    pub(super) due: bool,
    /// All that can be done on tour.
    pub(super) all: Expected,
    /// The part of its value that needs a lift, yuan.
    pub(super) lift_value: f64,
}

impl From<&Outline> for Ask {
    fn from(outline: &Outline) -> Self {
        let all = outline.expected(true);
        Self {
            due: outline.due,
            all,
            lift_value: all.value - outline.expected(false).value,
        }
    }
}

impl Needs {
    /// By the first of these books, and what is asked for by each of the others, beside the vehicles, which were `used`
    /// so; the books differ in how fast things wear only.
    pub(super) fn look<const BOOKS: usize>(
        inputs: &PlanInputs<'_>,
        used: &[Used],
        predictor: &Predictor<'_>,
        skills: &BTreeSet<String>,
        books: [&Book<'_>; BOOKS],
    ) -> (Self, Vec<Vec<Ask>>) {
        let (vehicles, catalogue) = (
            &inputs.ingested.tables.vehicles,
            &inputs.ingested.tables.catalogue,
        );
        let looker = Looker {
            inputs,
            predictor,
            skills,
            shelf: Bookshelf::of(books),
            keeps_items: u16::try_from(catalogue.items.len()).is_ok(),
        };
        let mut all = Piece::with_room::<BOOKS>(vehicles.len());
        all.needs.keeps_items = looker.keeps_items;
        let mut looked: Vec<Piece> = Vec::new();
        for some in vehicles.chunks(AT_A_TIME).zip(used.chunks(AT_A_TIME)) {
            let pieces = some.0.par_chunks(PIECE).zip(some.1.par_chunks(PIECE));
            let pieces = pieces.map(|few| looker.piece(few));
            // Those before are put in their place while these are looked at.
            let before = std::mem::take(&mut looked).into_iter();
            let ((), next) = rayon::join(
                || before.for_each(|piece| all.add(piece)),
                || pieces.collect(),
            );
            looked = next;
        }
        for piece in looked {
            all.add(piece);
        }
        (all.needs, all.others)
    }

    /// The items of a vehicle of which nothing was said; `None` where they are not kept.
    pub(super) fn items(&self, index: usize) -> Option<&[Likely]> {
        let from = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.keeps_items
            .then(|| &self.items[from..self.ends[index]])
    }
}

/// Some vehicles.
struct Piece {
    needs: Needs,
    /// By the other books.
    others: Vec<Vec<Ask>>,
}

impl Piece {
    fn with_room<const BOOKS: usize>(vehicles: usize) -> Self {
        let needs = Needs {
            outlines: Vec::with_capacity(vehicles),
            ends: Vec::with_capacity(vehicles),
            ..Needs::default()
        };
        let others = (1..BOOKS).map(|_| Vec::with_capacity(vehicles));
        Self {
            needs,
            others: others.collect(),
        }
    }

    fn add(&mut self, more: Self) {
        let behind = self.needs.items.len();
        self.needs.outlines.extend(more.needs.outlines);
        self.needs.items.extend(more.needs.items);
        let ends = more.needs.ends.into_iter().map(|end| behind + end);
        self.needs.ends.extend(ends);
        for (mine, theirs) in self.others.iter_mut().zip(more.others) {
            mine.extend(theirs);
        }
    }
}

struct Looker<'a, const BOOKS: usize> {
    inputs: &'a PlanInputs<'a>,
    predictor: &'a Predictor<'a>,
    skills: &'a BTreeSet<String>,
    shelf: Bookshelf<'a, BOOKS>,
    keeps_items: bool,
}

impl<const BOOKS: usize> Looker<'_, BOOKS> {
    fn piece(&self, (vehicles, used): (&[Vehicle], &[Used])) -> Piece {
        let mut piece = Piece::with_room::<BOOKS>(vehicles.len());
        for (vehicle, used) in vehicles.iter().zip(used) {
            let [own, others @ ..] = &self.look(vehicle, used, &mut piece.needs.items)[..] else {
                continue;
            };
            piece.needs.outlines.push(*own);
            piece.needs.ends.push(piece.needs.items.len());
            for (list, other) in piece.others.iter_mut().zip(others) {
                list.push(other.into());
            }
        }
        piece
    }

    /// A vehicle by each book, with what was said.
    fn look(&self, vehicle: &Vehicle, used: &Used, items: &mut Vec<Likely>) -> [Outline; BOOKS] {
        let heard = Heard::of(self.inputs);
        if heard.said(vehicle).is_nothing() {
            let see = |position: usize, p: f64| {
                if self.keeps_items {
                    items.push(Likely {
                        item: position as u16,
                        p: (p * 1e4).round() as u16,
                    });
                }
            };
            return self.predictor.outlines_by(&self.shelf, vehicle, used, see);
        }
        let catalogue = &self.inputs.ingested.tables.catalogue;
        let field = |item: &str| can_field(catalogue, self.skills, item);
        let lift = |item: &str| needs_lift(catalogue, item);
        self.shelf.books().map(|book| {
            let predictor = Predictor {
                book,
                ..*self.predictor
            };
            Outline::of(&heard.predicted(&predictor, vehicle), &field, &lift)
        })
    }
}

//! The same catalogue by several rates of wear, side by side: all but the wear itself is looked at once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::book::{Book, ModelBook};

/// Books that differ in how fast things wear only, by model.
pub struct Bookshelf<'b, const BOOKS: usize> {
    books: [&'b Book<'b>; BOOKS],
    models: BTreeMap<&'b str, Abreast<'b, BOOKS>>,
}

/// One model in each of them.
#[derive(Clone)]
pub(super) struct Abreast<'b, const BOOKS: usize> {
    pub(super) models: [Cow<'b, ModelBook<'b>>; BOOKS],
    /// By rule: how fast it wears.
    paces: Vec<Pace<BOOKS>>,
}

/// Of a wear rule, in usual use and in hard use: how many times as fast as by each book it wears by each other one;
/// `None` where that is not the same at every age.
type Pace<const BOOKS: usize> = [[[Option<f64>; BOOKS]; BOOKS]; 2];

impl<'b, const BOOKS: usize> Bookshelf<'b, BOOKS> {
    /// Puts books side by side.
    pub fn of(books: [&'b Book<'b>; BOOKS]) -> Self {
        let models = books.first().into_iter().flat_map(|book| book.models());
        Self {
            books,
            models: models.map(|id| (id, Abreast::of(books, id))).collect(),
        }
    }

    /// The books, in their order.
    pub fn books(&self) -> [&'b Book<'b>; BOOKS] {
        self.books
    }

    /// A model; one the catalogue does not list has what applies to every one.
    pub(super) fn model(&self, id: &str) -> Cow<'_, Abreast<'b, BOOKS>> {
        match self.models.get(id) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(Abreast::of(self.books, id)),
        }
    }
}

impl<'b, const BOOKS: usize> Abreast<'b, BOOKS> {
    fn of(books: [&'b Book<'b>; BOOKS], model: &str) -> Self {
        let models = books.map(|book| book.of(model));
        let rules = models.first().map_or(0, |first| first.rules.len());
        let pace = |rule: usize| {
            [false, true].map(|severe| {
                let lives = models
                    .each_ref()
                    .map(|model| model.rules[rule].life(severe));
                lives.map(|one| lives.map(|other| other?.times_as_fast_as(one?)))
            })
        };
        let paces = (0..rules).map(pace).collect();
        Self { models, paces }
    }

    /// How many times as fast as by book `than` something wears by book `book`, by a rule's position.
    pub(super) fn times_as_fast(
        &self,
        rule: usize,
        severe: bool,
        (book, than): (usize, usize),
    ) -> Option<f64> {
        self.paces[rule][usize::from(severe)][than][book]
    }
}

impl<'b> From<Cow<'b, ModelBook<'b>>> for Abreast<'b, 1> {
    /// Of one book there is nothing to compare.
    fn from(model: Cow<'b, ModelBook<'b>>) -> Self {
        Self {
            models: [model],
            paces: Vec::new(),
        }
    }
}

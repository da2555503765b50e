//! The worklist to be filled in: rejected rows and vehicles that lack something, and the models there are.

use rust_xlsxwriter::XlsxError;

use super::sheet::{Cell, Column, Entry, Table};
use super::words::own_word;
use super::writer::{Book, Head};
use crate::documents::worklist::Worklist;
use crate::domain::{Catalogue, Date};

pub(super) fn book(
    list: &Worklist,
    catalogue: &Catalogue,
    dealer: &str,
    today: Date,
) -> Result<Vec<u8>, XlsxError> {
    let say = |key: &str| own_word(list.lang(), key).unwrap_or_default().to_owned();
    let mut book = Book::new(&Head {
        title: say("sheet_worklist"),
        plan: today.to_string(),
        state: say("keep_private"),
        dealer: dealer.to_owned(),
        footer: say("footer"),
        made_on: today,
    })?;
    let columns = list.columns();
    let titled = list.headers();
    let widths = titled.into_iter().enumerate().map(|(index, title)| {
        if index == 0 {
            Column::new(title, 34.0)
        } else if index == 1 {
            Column::new(title, 26.0)
        } else if let Some(column) = columns.get(index - 2) {
            Column::entry(title, width(column.key), Entry::Text)
        } else {
            Column::new(title, 40.0).clipped()
        }
    });
    book.table(&Table {
        name: say("sheet_worklist"),
        columns: widths.collect(),
        rows: list
            .cells()
            .into_iter()
            .map(|row| row.into_iter().map(Cell::text).collect())
            .collect(),
        landscape: true,
        frozen_columns: 1,
        ..Table::default()
    })?;
    book.table(&Table {
        name: say("sheet_models"),
        columns: vec![
            Column::new(say("model_name"), 26.0),
            Column::new(say("model_aliases"), 60.0),
        ],
        rows: catalogue
            .models
            .values()
            .map(|model| vec![Cell::text(&model.id), Cell::text(model.aliases.join(", "))])
            .collect(),
        frozen_columns: 1,
        ..Table::default()
    })?;
    book.finish()
}

fn width(key: &str) -> f64 {
    match key {
        "vin" => 21.0,
        "customer" | "model" => 20.0,
        "phone" => 16.0,
        "address" | "remark" => 30.0,
        _ => 12.0,
    }
}

//! Plan → workbooks to work in: sort, filter, write into, send back.
//!
//! Responsible for: which sheets a month has and what stands in each column. Every workbook is printable
//! on A4 and opens right in Excel and WPS: codes, plates and numbers to dial are text, dates are dates.
//! Not responsible for: the pages for print (the templates), the CSV tables (`plan`), the disk.

mod call_row;
mod call_sheet;
mod closing;
mod crew;
mod desk;
mod figures;
mod fit;
mod foreman;
mod goods;
mod job_sheets;
mod labels;
mod load_list;
mod notices;
mod parts_list;
mod pick_list;
#[cfg(test)]
mod round_trip;
mod sheet;
mod sms;
mod style;
mod summary;
#[cfg(test)]
mod tests;
mod tour_plan;
mod tours;
mod words;
mod worklist;
mod writer;

use super::{DocumentSet, Messages, Page, Worklist, foreman_view, job_view, tour_folder};
use crate::domain::{Catalogue, Date};
use crate::findings::{Failure, Finding};
use crate::plan::model::{ORDERS, Tour};
use desk::Desk;
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;

/// Every workbook of a month: three for the month, four for each tour, more once calls are read in.
///
/// # Errors
/// Exit status 1 where a sheet is larger than a workbook can hold.
pub fn workbooks(set: &DocumentSet<'_>, words: &Messages) -> Result<Vec<Page>, Failure> {
    let desk = Desk { set, words };
    let mut pages = vec![
        page("tours.xlsx".to_owned(), tours::book(&desk))?,
        page("parts-list.xlsx".to_owned(), parts_list::book(&desk))?,
        page("crew-and-tools.xlsx".to_owned(), crew::book(&desk))?,
    ];
    for (name, title) in super::goods_rows::present(set) {
        pages.push(page(
            format!("{name}.xlsx"),
            goods::book(&desk, name, title),
        )?);
    }
    if foreman_view::is_asked(set.plan) {
        pages.push(page("foreman.xlsx".to_owned(), foreman::book(&desk))?);
    }
    let tours = set.plan.tours.par_iter();
    let of_tours = tours.map(|tour| tour_books(&desk, tour));
    pages.extend(
        of_tours
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten(),
    );
    pages.extend(notices::books(&desk)?);
    pages.extend(closing::books(&desk)?);
    Ok(pages)
}

/// Workbooks a tour goes out with.
fn tour_books(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<Page>, Failure> {
    let plan = desk.set.plan;
    let folder = tour_folder(plan, tour);
    let mut books = vec![("plan.xlsx".to_owned(), tour_plan::book(desk, tour))];
    books.extend(call_sheet::books(desk, tour));
    books.push(("pick-list.xlsx".to_owned(), pick_list::book(desk, tour)));
    books.push(("load-list.xlsx".to_owned(), load_list::book(desk, tour)));
    books.push(("labels.xlsx".to_owned(), labels::book(desk, tour)));
    if job_view::has_jobs(desk.set, tour) {
        books.push(("job-sheets.xlsx".to_owned(), job_sheets::book(desk, tour)));
    }
    let pages = books.into_iter();
    pages
        .map(|(file, book)| page(format!("{folder}/{file}"), book))
        .collect()
}

/// The worklist as a workbook.
///
/// # Errors
/// Exit status 1 where it is larger than a workbook can hold.
pub fn worklist(
    list: &Worklist,
    catalogue: &Catalogue,
    dealer: &str,
    today: Date,
) -> Result<Vec<u8>, Failure> {
    let path = "worklist.xlsx".to_owned();
    page(path, worklist::book(list, catalogue, dealer, today)).map(|page| page.bytes)
}

fn page(path: String, book: Result<Vec<u8>, XlsxError>) -> Result<Page, Failure> {
    match book {
        Ok(bytes) => Ok(Page { path, bytes }),
        Err(error) => Err(Failure::running(
            Finding::new("C003")
                .arg("file", &path)
                .in_file(path)
                .arg("message", error),
        )),
    }
}

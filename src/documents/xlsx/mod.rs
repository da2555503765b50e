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
use crate::plan::model::ORDERS;
use desk::Desk;
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
    for tour in &set.plan.tours {
        let folder = tour_folder(set.plan, tour);
        pages.push(page(
            format!("{folder}/plan.xlsx"),
            tour_plan::book(&desk, tour),
        )?);
        for (file, book) in call_sheet::books(&desk, tour) {
            pages.push(page(format!("{folder}/{file}"), book)?);
        }
        pages.push(page(
            format!("{folder}/pick-list.xlsx"),
            pick_list::book(&desk, tour),
        )?);
        pages.push(page(
            format!("{folder}/load-list.xlsx"),
            load_list::book(&desk, tour),
        )?);
        pages.push(page(
            format!("{folder}/labels.xlsx"),
            labels::book(&desk, tour),
        )?);
        if job_view::has_jobs(set.plan, tour) {
            pages.push(page(
                format!("{folder}/job-sheets.xlsx"),
                job_sheets::book(&desk, tour),
            )?);
        }
    }
    pages.extend(notices::books(&desk)?);
    pages.extend(closing::books(&desk)?);
    Ok(pages)
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

//! Fills the sheets of a planned month with invented answers, so that every step of a month can be tried on the sample.
//!
//!     cargo run --release --example fill_sheets -- calls sample-data/hunan/plans/2026-12 0-60 > calls-1.csv

mod fill;

use std::io::Write as _;
use std::path::Path;

use fill::Month;

const USAGE: &str = "fill_sheets calls FOLDER FROM-TO | goods FOLDER | jobs FOLDER TOUR   (FROM-TO: share of the customers, 0-100)";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let sheet = match args[..] {
        ["calls", folder, share] => {
            let (from, to) = share.split_once('-').ok_or(USAGE)?;
            Month::open(Path::new(folder))?.calls(&(from.parse()?..to.parse()?))
        }
        ["goods", folder] => Month::open(Path::new(folder))?.goods(),
        ["jobs", folder, tour] => Month::open(Path::new(folder))?.jobs(tour),
        _ => return Err(USAGE.into()),
    };
    std::io::stdout().write_all(sheet.as_bytes())?;
    Ok(())
}

//! `tourplan solve place`.

use std::path::Path;

use super::super::output::Output;
use super::super::read_input;
use super::{refused, unusable};
use crate::findings::Failure;
use crate::place::{GazetteerChoice, Matcher, solve};

pub(super) fn run(file: &Path, output: &Output) -> Result<u8, Failure> {
    let bytes = read_input(file)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headers = reader.headers().map_err(|why| refused(file, &why))?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim() == name);
    let Some(address) = column("address") else {
        return Err(Failure::input(unusable(file, "column address is missing")));
    };
    let others = ["province", "city", "county", "town"].map(column);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let matcher = Matcher::builtin(GazetteerChoice::All);
    for record in reader.records() {
        let record = record.map_err(|why| refused(file, &why))?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").to_owned();
        let row = solve::PlaceRow {
            address: cell(Some(address)),
            province: cell(others[0]),
            city: cell(others[1]),
            county: cell(others[2]),
            town: cell(others[3]),
        };
        let answer = solve::solve_place(&row, matcher);
        writer
            .serialize(answer)
            .map_err(|why| refused(file, &why))?;
    }
    output.result(&writer.into_inner().unwrap_or_default());
    Ok(0)
}

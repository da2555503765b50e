//! Makes an invented region: population, service points, past repairs and visits.
//!
//! `cargo run --release --example generate_region -- --out DIR [--vehicles 6000] [--seed 1]`
//!
//! `-- --as-exported --out sample-data/hunan-as-exported` makes the sample once more as a dealer's systems
//! would export it.
//!
//! With `--out sample-data/hunan` it makes the sample again, byte for byte. Any other folder becomes a
//! complete workspace: the sample's catalogue, stock, crew and settings are copied beside the new
//! population. A million vehicles are about 160 MB. Everything is invented; the places are real.

mod dice;
mod export;
mod places;
mod points;
mod vehicles;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use dice::Dice;
use places::County;
use vehicles::{HEADERS, Owner};

const USAGE: &str = "generate_region --out DIR [--vehicles 6000] [--seed 1] [--as-exported]";

struct Options {
    out: PathBuf,
    vehicles: usize,
    seed: u64,
    as_exported: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let counties = places::read(root)?;
    fs::create_dir_all(options.out.join("population"))?;
    let sample = root.join("sample-data/hunan");
    if options.as_exported {
        copy_tables(&sample, &options.out, &["population", "plans", "README.md"])?;
        return export::write(&sample, &options.out, &mut Dice::new(options.seed));
    }
    if fs::canonicalize(&options.out)? != fs::canonicalize(&sample)? {
        let made = [
            "population",
            "points.csv",
            "history.csv",
            "past-visits.csv",
            "plans",
        ];
        copy_tables(&sample, &options.out, &made)?;
    }
    let mut dice = Dice::new(options.seed);
    population(&options, &counties, &mut dice)?;
    points::write(&options.out, &counties, &mut dice)?;
    Ok(())
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        out: PathBuf::new(),
        vehicles: 6000,
        seed: 1,
        as_exported: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        if word == "--as-exported" {
            options.as_exported = true;
            continue;
        }
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--out" => options.out = value()?.into(),
            "--vehicles" => options.vehicles = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            _ => return Err(USAGE.into()),
        }
    }
    if options.out.as_os_str().is_empty() {
        return Err(USAGE.into());
    }
    Ok(options)
}

/// Everything of the sample but what is made.
fn copy_tables(from: &Path, to: &Path, made: &[&str]) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == ".tourplan.lock" || made.iter().any(|made| name.to_string_lossy() == *made) {
            continue;
        }
        let target = to.join(&name);
        if entry.path().is_dir() {
            fs::create_dir_all(&target)?;
            copy_tables(&entry.path(), &target, made)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn writer(path: &Path) -> Result<csv::Writer<std::io::BufWriter<fs::File>>, Box<dyn Error>> {
    use std::io::Write as _;
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    file.write_all(b"\xef\xbb\xbf")?;
    Ok(csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file))
}

fn population(
    options: &Options,
    counties: &[County],
    dice: &mut Dice,
) -> Result<(), Box<dyn Error>> {
    let mut retail = writer(&options.out.join("population/retail.csv"))?;
    let mut fleets = writer(&options.out.join("population/fleets.csv"))?;
    let mut history = writer(&options.out.join("history.csv"))?;
    retail.write_record(HEADERS)?;
    fleets.write_record(HEADERS)?;
    history.write_record(["车架号", "date", "odometer_km", "item"])?;
    let weights: Vec<f64> = counties.iter().map(|county| county.weight).collect();
    let mut number = 0;
    let mut fleet = 0;
    while number < options.vehicles {
        number += 1;
        // Every county has somebody; the rest goes by weight.
        let county = if number <= counties.len() {
            number - 1
        } else {
            dice.pick(&weights)
        };
        let in_fleet = number > counties.len() && dice.chance(0.008);
        if in_fleet {
            fleet += 1;
            let size = (4 + dice.below(32)).min(options.vehicles - number + 1);
            let owner = Owner {
                name: format!("示例车队有限公司{fleet:02}"),
                contact: format!("示例车管{fleet:02}"),
                phone: vehicles::phone(9_000_000 + fleet),
                kind: if size > 20 { "集团" } else { "单位" },
            };
            let usage = 1 + dice.below(4);
            for _ in 0..size {
                let row = vehicles::row(dice, number, &owner, &counties[county], Some(usage));
                fleets.write_record(&row)?;
                past_repairs(dice, &row, &mut history)?;
                number += 1;
            }
            number -= 1;
            continue;
        }
        let firm = dice.chance(0.25);
        let owner = Owner {
            name: if firm {
                format!("示例商行{number:05}")
            } else {
                format!("测试客户{number:05}")
            },
            contact: if firm {
                format!("测试联系人{number:05}")
            } else {
                String::new()
            },
            phone: vehicles::phone(number),
            kind: if firm { "单位" } else { "个人" },
        };
        let row = vehicles::row(dice, number, &owner, &counties[county], None);
        retail.write_record(&row)?;
        past_repairs(dice, &row, &mut history)?;
        // The same vehicle once more in the other export, read later.
        if dice.chance(0.004) && !row[14].is_empty() {
            let mut again = row.clone();
            again[14] = format!("{}", row[14].parse::<f64>().unwrap_or(0.0) + 350.0);
            again[15] = vehicles::date(20_770);
            fleets.write_record(&again)?;
        }
    }
    retail.flush()?;
    fleets.flush()?;
    history.flush()?;
    Ok(())
}

/// A quarter of the vehicles have repairs on record: the service itself, and what went with it.
fn past_repairs<W: std::io::Write>(
    dice: &mut Dice,
    row: &[String],
    history: &mut csv::Writer<W>,
) -> Result<(), Box<dyn Error>> {
    if row[16].is_empty() || !dice.chance(0.25) {
        return Ok(());
    }
    let oil = match row[5].as_str() {
        text if text.contains('汽') => "I03",
        text if text.starts_with("EV") => "I43",
        _ => "I02",
    };
    let extras = ["I05", "I06", "I10", "I18", "I28", "I26"];
    history.write_record([&row[0], &row[16], &row[17], oil])?;
    for item in extras {
        if dice.chance(0.2) {
            history.write_record([&row[0], &row[16], &row[17], item])?;
        }
    }
    Ok(())
}

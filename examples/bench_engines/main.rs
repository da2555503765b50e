//! Measures the engines on cases with known answers and prints one Markdown table per engine.
//!
//!     cargo run --release --example bench_engines -- FOLDER
//!
//! FOLDER holds one folder per engine, named like it, with cases and `expected.json`: `kit/` questions (`*.json`), `wear/`
//! lives (`*.csv`).

mod kit;
mod wear;

use std::path::Path;

/// An engine's table from its folder of cases.
type Bench = fn(&Path) -> Result<String, Box<dyn std::error::Error>>;

/// One line here and one file beside this one for each engine.
const ENGINES: [(&str, Bench); 2] = [("kit", kit::table), ("wear", wear::table)];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("bench_engines FOLDER")?;
    let mut tables = Vec::new();
    for (engine, bench) in ENGINES {
        let cases = Path::new(&folder).join(engine);
        if cases.is_dir() {
            tables.push(format!("## {engine}\n\n{}", bench(&cases)?));
        }
    }
    if tables.is_empty() {
        return Err(format!("{folder}: no folder named like an engine").into());
    }
    std::io::Write::write_all(&mut std::io::stdout(), tables.join("\n").as_bytes())?;
    Ok(())
}

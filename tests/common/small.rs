//! A region of two counties: one tour, some two dozen customers, planned in a second by an unoptimised build.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const COUNTIES: [&str; 2] = [",湘乡市,", ",攸县,"];
const POINTS: [&str; 2] = ["P04,", "P07,"];
/// Every so many-th vehicle of these counties.
const EVERY: usize = 2;

/// Writes it into an empty folder.
pub(crate) fn write_small(to: &Path) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/hunan");
    for folder in ["population", "catalogue"] {
        fs::create_dir_all(to.join(folder)).expect("a folder");
    }
    let read = |name: &str| fs::read_to_string(sample.join(name)).expect("the sample");
    let mut vehicles = BTreeSet::new();
    for name in ["population/retail.csv", "population/fleets.csv"] {
        let text = read(name);
        let ours = |line: &&str| COUNTIES.iter().any(|county| line.contains(county));
        let mut kept = vec![text.lines().next().unwrap_or_default()];
        kept.extend(text.lines().filter(ours).step_by(EVERY));
        let id = |line: &&str| line.split(',').next().unwrap_or_default().to_owned();
        vehicles.extend(kept.iter().map(id));
        fs::write(to.join(name), kept.join("\n") + "\n").expect("written");
    }
    let thinned = |name: &str, keep: &dyn Fn(&str) -> bool| {
        let text = read(name);
        let lines = text.lines().enumerate();
        let kept: Vec<&str> = lines
            .filter(|(number, line)| *number == 0 || keep(line))
            .map(|(_, line)| line)
            .collect();
        fs::write(to.join(name), kept.join("\n") + "\n").expect("written");
    };
    thinned("points.csv", &|line| {
        POINTS.iter().any(|point| line.starts_with(point))
    });
    thinned("history.csv", &|line| {
        line.split(',')
            .next()
            .is_some_and(|id| vehicles.contains(id))
    });
    let catalogue = [
        "models", "items", "rules", "parts", "bom", "symptoms", "tools",
    ];
    let others = [
        "tour.toml",
        "stock.csv",
        "peers.csv",
        "suppliers.csv",
        "crew.csv",
        "vans.csv",
        "past-visits.csv",
    ];
    let names = catalogue.map(|name| format!("catalogue/{name}.csv"));
    for name in names.iter().map(String::as_str).chain(others) {
        fs::copy(sample.join(name), to.join(name)).expect("a copy");
    }
}

//! `tourplan calibrate`: the estimate of roads fitted to measured drives; a proposal for tour.toml, no more.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use super::output::Output;
use super::roads::{Http, progress_text};
use super::{Common, Opened, wrong};
use crate::domain::LonLat;
use crate::domain::settings::TravelCurve;
use crate::findings::{Failure, Finding, Lang};
use crate::ingest::Tables;
use crate::place::fit::{Compared, Fit, LEAST_SAMPLES, Misses, Sample, fit};
use crate::place::osrm::{Asking, Drive, Roads, Spot, Wanted};
use crate::place::terrain::{Terrain, terrain_of};
use crate::place::{Adcode, Matcher, distance_km};
use crate::territory::{Locator, depot};
use crate::workspace::is_plain_address;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan calibrate -C my-dealer
  tourplan calibrate --osrm http://127.0.0.1:5000 --samples 1000

Nothing is changed: the keys proposed go to stdout, for [travel.estimate] in tour.toml.")]
pub(super) struct Args {
    /// Measure with this OSRM server instead of matrix.csv: only depot and points are sent
    #[arg(long, value_name = "URL")]
    osrm: Option<String>,
    /// Drives to measure with it, drawn from those between depot and points
    #[arg(long, value_name = "N", default_value_t = 400, requires = "osrm")]
    samples: usize,
}

/// Drives shorter than this on the straight line say nothing of a detour, km.
const SHORTEST_KM: f64 = 0.5;

/// Where a named place is, and its terrain.
type Places = BTreeMap<String, (LonLat, Terrain)>;

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, None, output)?;
    output.step(output.pick("reading", "读取数据").to_owned());
    let tables = opened.read(&[])?.tables;
    let places = places(&opened, &tables)?;
    let mut said = opened.workspace.findings.clone();
    let samples = match &args.osrm {
        None => of_matrix(&tables, &places),
        Some(url) => {
            let url = url.trim_end_matches('/');
            if !is_plain_address(url) {
                return Err(wrong(url, "--osrm", "http://HOST[:PORT][/PATH]"));
            }
            let seed = common.seed.unwrap_or(opened.settings().seed);
            let wanted = drawn(&places, args.samples, seed);
            let (roads, findings) = ask(&opened, url, &wanted, &places, output);
            said.extend(findings);
            of_server(&opened, &roads, &wanted, &places)
        }
    };
    output.done();
    output.findings(&said);
    if samples.len() < LEAST_SAMPLES {
        let finding = Finding::new("R012").arg("count", samples.len());
        return Err(Failure::input(finding.arg("least", LEAST_SAMPLES)));
    }
    let now = opened.settings().travel.estimate;
    let fit = fit(&samples, &now);
    let source = if args.osrm.is_some() {
        "osrm"
    } else {
        "matrix"
    };
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "source": source, "samples": samples.len(), "km": fit.km,
            "minutes": fit.minutes, "now": now, "proposal": fit.curve, "findings": said,
        }));
    } else {
        output.say(&report(&fit, samples.len(), output.lang()));
        output.result(proposal(&fit, &now, output.lang()).as_bytes());
    }
    Ok(0)
}

/// Depot and points that can be placed.
fn places(opened: &Opened, tables: &Tables) -> Result<Places, Failure> {
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    let matcher = opened.places(own.as_ref());
    let depot = depot(opened.settings(), matcher)
        .ok_or_else(|| Failure::input(Finding::new("P012").in_file("tour.toml")))?;
    let locator = Locator::new(matcher, Adcode::parse(&depot.county_code));
    let points = tables.points.iter().filter_map(|point| {
        let placed = locator.point(point)?;
        Some((point.id.clone(), (placed.at, terrain_of(&placed.adcode))))
    });
    let mut places: Places = points.collect();
    places.insert("depot".into(), (depot.at, terrain_of(&depot.county_code)));
    Ok(places)
}

/// A drive as a sample; none where it can teach nothing.
fn sample(places: &Places, (from, to): (&str, &str), km: f64, minutes: f64) -> Option<Sample> {
    let ((one, first), (other, second)) = (places.get(from)?, places.get(to)?);
    let straight_km = distance_km(*one, *other);
    let sound = straight_km >= SHORTEST_KM && km > 0.0 && minutes > 0.0;
    let (low, high) = (from.min(to), from.max(to));
    sound.then(|| Sample {
        straight_km,
        terrain: (*first, *second),
        km,
        minutes,
        ends: scattered(&format!("{low}\n{high}"), 0),
    })
}

/// The same number for the same text and seed on every machine (FNV-1a, then mixed).
fn scattered(text: &str, seed: u64) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325 ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let hash = text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    (hash ^ (hash >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 8
}

fn of_matrix(tables: &Tables, places: &Places) -> Vec<Sample> {
    let legs = tables.matrix.iter();
    legs.filter_map(|leg| sample(places, (&leg.from, &leg.to), leg.km, leg.minutes))
        .collect()
}

/// So many drives between different places, drawn by the seed.
fn drawn(places: &Places, count: usize, seed: u64) -> Vec<(String, String)> {
    let mut all: Vec<(u64, String, String)> = Vec::new();
    for from in places.keys() {
        for to in places.keys().filter(|to| *to != from) {
            let ticket = scattered(&format!("{from}\n{to}"), seed);
            all.push((ticket, from.clone(), to.clone()));
        }
    }
    all.sort_unstable();
    all.truncate(count);
    all.into_iter().map(|(_, from, to)| (from, to)).collect()
}

fn spots(places: &Places, (from, to): &(String, String)) -> Option<(Spot, Spot)> {
    Some((Spot::of(places.get(from)?.0), Spot::of(places.get(to)?.0)))
}

/// What the server says of the drives drawn; nothing of it is kept.
fn ask(
    opened: &Opened,
    url: &str,
    drives: &[(String, String)],
    places: &Places,
    output: &mut Output,
) -> (Roads, Vec<Finding>) {
    let travel = &opened.settings().travel;
    let wanted: Wanted = drives
        .iter()
        .filter_map(|drive| spots(places, drive))
        .collect();
    let server = Http::new(url, Duration::from_secs_f64(travel.timeout_seconds));
    let shown = std::cell::RefCell::new(output);
    let mut roads = Roads::default();
    let asking = Asking {
        server: &server,
        url,
        profile: &travel.profile,
        max_table_size: travel.max_table_size as usize,
        tries: travel.tries,
        wait: &std::thread::sleep,
        progress: &|done, of| {
            let mut output = shown.borrow_mut();
            let text = progress_text(&output, done, of);
            output.step(text);
        },
    };
    let findings = asking.ask(&wanted, &mut roads);
    (roads, findings)
}

fn of_server(
    opened: &Opened,
    roads: &Roads,
    drives: &[(String, String)],
    places: &Places,
) -> Vec<Sample> {
    let travel = &opened.settings().travel;
    let samples = drives.iter().filter_map(|drive| {
        let (from, to) = spots(places, drive)?;
        let Drive::Road(road) = roads.drive(from, to, travel.snap_m) else {
            return None;
        };
        let minutes = f64::from(road.seconds) / 60.0 * travel.time_factor;
        let km = f64::from(road.metres) / 1000.0;
        sample(places, (&drive.0, &drive.1), km, minutes)
    });
    samples.collect()
}

/// How far estimates miss, before and after.
fn report(fit: &Fit, count: usize, lang: Lang) -> String {
    let mut text = match lang {
        Lang::En => format!(
            "{count} measured drives. How far estimates miss them (after: drives held out of the fit):\n"
        ),
        Lang::Zh => format!("实测路程{count}段。估算误差（校准后：未参与校准的路程）：\n"),
    };
    let row = |misses: &Misses| match lang {
        Lang::En => format!(
            "mean {:.1}, too long by {:+.1}, nine of ten below {:.1}",
            misses.mean, misses.bias, misses.p90
        ),
        Lang::Zh => format!(
            "平均{:.1}，偏差{:+.1}，九成低于{:.1}",
            misses.mean, misses.bias, misses.p90
        ),
    };
    let figures: [(&str, &Compared); 2] = match lang {
        Lang::En => [("km", &fit.km), ("minutes", &fit.minutes)],
        Lang::Zh => [("公里", &fit.km), ("分钟", &fit.minutes)],
    };
    for (name, compared) in figures {
        let (before, after) = match lang {
            Lang::En => ("before", "after"),
            Lang::Zh => ("校准前", "校准后"),
        };
        let _ = writeln!(text, "{name} {before}: {}", row(&compared.before));
        let _ = write!(text, "{name} {after}: {}", row(&compared.after));
        let word = match (compared.better, lang) {
            (true, _) => "",
            (false, Lang::En) => " (no better: its keys stay)",
            (false, Lang::Zh) => "（无改进：相关设置不变）",
        };
        let _ = writeln!(text, "{word}");
    }
    text.trim_end().to_owned()
}

/// The keys that change, as they go into tour.toml.
fn proposal(fit: &Fit, now: &TravelCurve, lang: Lang) -> String {
    let curve = &fit.curve;
    let keys = [
        ("detour_far", now.detour_far, curve.detour_far),
        ("detour_near", now.detour_near, curve.detour_near),
        ("detour_fade_km", now.detour_fade_km, curve.detour_fade_km),
        ("hills", now.hills, curve.hills),
        ("mountains", now.mountains, curve.mountains),
        ("speed_far", now.speed_far, curve.speed_far),
        (
            "speed_loss_near",
            now.speed_loss_near,
            curve.speed_loss_near,
        ),
        ("speed_fade_km", now.speed_fade_km, curve.speed_fade_km),
    ];
    let changed: Vec<String> = keys
        .into_iter()
        .filter(|(_, now, then)| now != then)
        .map(|(key, now, then)| format!("{key} = {then:?} # {now:?}\n"))
        .collect();
    if changed.is_empty() {
        return match lang {
            Lang::En => "# nothing to change\n".into(),
            Lang::Zh => "# 无需修改\n".into(),
        };
    }
    format!("[travel.estimate]\n{}", changed.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> Places {
        let place = |index: i32| {
            let at = LonLat {
                lon: 112.0 + f64::from(index) / 10.0,
                lat: 28.0,
            };
            (format!("P{index:02}"), (at, Terrain::Hills))
        };
        (0..10).map(place).collect()
    }

    #[test]
    fn the_drives_drawn_are_of_the_seed_and_never_to_the_same_place() {
        let places = ring();
        let drives = drawn(&places, 30, 1);
        assert_eq!(drives, drawn(&places, 30, 1));
        assert_ne!(drives, drawn(&places, 30, 2));
        assert!(drives.len() == 30 && drives.iter().all(|(from, to)| from != to));
        assert_eq!(drawn(&places, 10_000, 1).len(), 90);
        let mut starts: Vec<&str> = drives.iter().map(|drive| drive.0.as_str()).collect();
        starts.sort_unstable();
        starts.dedup();
        assert!(starts.len() >= 8, "{starts:?}");
    }

    #[test]
    fn there_and_back_are_held_out_together_and_what_teaches_nothing_is_no_sample() {
        let places = ring();
        let there = sample(&places, ("P01", "P02"), 12.0, 15.0).expect("a sample");
        let back = sample(&places, ("P02", "P01"), 13.0, 16.0).expect("a sample");
        assert_eq!(there.ends, back.ends);
        assert_eq!(sample(&places, ("P01", "P01"), 1.0, 1.0), None);
        assert_eq!(sample(&places, ("P01", "P02"), 0.0, 1.0), None);
        assert_eq!(sample(&places, ("P01", "elsewhere"), 5.0, 9.0), None);
    }

    #[test]
    fn only_keys_that_change_are_proposed_beside_what_they_were() {
        let now = TravelCurve::default();
        let fit = Fit {
            curve: TravelCurve {
                detour_far: 1.31,
                ..now
            },
            km: Compared::default(),
            minutes: Compared::default(),
        };
        let text = proposal(&fit, &now, Lang::En);
        assert_eq!(text, "[travel.estimate]\ndetour_far = 1.31 # 1.2\n");
        let same = Fit { curve: now, ..fit };
        assert_eq!(proposal(&same, &now, Lang::Zh), "# 无需修改\n");
    }
}

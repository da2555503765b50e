//! What a reply may be taken for.

use serde::Deserialize;

use super::blocks::Block;
use super::client::Reply;
use super::{Road, Roads};

/// Why a reply gives no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nobody answers, or the server is busy or broken: may pass.
    Gone(String),
    /// Too many places for this server.
    TooBig,
    /// No road near the place at this position of the request.
    NoSegment(usize),
    /// The server does not answer such questions.
    Refused(String),
    /// Not the answer of a routing server.
    NotATable(String),
}

/// Cells of a table: null = no road.
type Cells = Vec<Vec<Option<f64>>>;

#[derive(Deserialize)]
struct Answer {
    code: String,
    #[serde(default)]
    message: String,
    durations: Option<Cells>,
    distances: Option<Cells>,
    sources: Option<Vec<Waypoint>>,
    destinations: Option<Vec<Waypoint>>,
}

#[derive(Deserialize)]
struct Waypoint {
    /// Metres from the place asked for to the road it was put on.
    distance: Option<f64>,
}

/// Takes the reply to a block into what is known.
pub(super) fn learn(reply: &Reply, block: &Block, known: &mut Roads) -> Result<(), Fault> {
    let answer: Result<Answer, _> = serde_json::from_slice(&reply.body);
    match (reply.status, answer) {
        (200, Ok(answer)) if answer.code == "Ok" => table(answer, block, known),
        (_, Ok(answer)) => refusal(reply.status, &answer, block, known),
        (413 | 414, Err(_)) => Err(Fault::TooBig),
        (429 | 500..=599, Err(_)) => Err(Fault::Gone(format!("HTTP {}", reply.status))),
        (200, Err(error)) if error.is_eof() => Err(Fault::Gone(format!("cut off: {error}"))),
        (200, Err(error)) => Err(Fault::NotATable(error.to_string())),
        (status, Err(_)) => Err(Fault::NotATable(format!("HTTP {status}"))),
    }
}

fn refusal(status: u16, answer: &Answer, block: &Block, known: &mut Roads) -> Result<(), Fault> {
    match answer.code.as_str() {
        "TooBig" => Err(Fault::TooBig),
        "NoTable" => {
            // By the service's description: no road between any of them.
            for from in &block.sources {
                for to in &block.destinations {
                    known.drives.insert((*from, *to), None);
                }
            }
            Ok(())
        }
        "NoSegment" => {
            let last = answer.message.rsplit(' ').next();
            let index = last.and_then(|word| word.parse().ok());
            let index = index.filter(|index| *index < block.places().len());
            Err(index.map_or_else(|| refused(answer), Fault::NoSegment))
        }
        _ if status >= 500 || status == 429 => Err(Fault::Gone(said(answer))),
        _ => Err(refused(answer)),
    }
}

fn refused(answer: &Answer) -> Fault {
    Fault::Refused(said(answer))
}

/// The server's own words, no more of them than a line takes.
fn said(answer: &Answer) -> String {
    let text = format!("{} {}", answer.code, answer.message);
    let text: String = text.chars().filter(|c| !c.is_control()).take(120).collect();
    text.trim().to_owned()
}

fn table(answer: Answer, block: &Block, known: &mut Roads) -> Result<(), Fault> {
    let shape = |what: &str| Fault::NotATable(format!("{what}: another shape than asked for"));
    let (rows, columns) = (block.sources.len(), block.destinations.len());
    let fits = |cells: &Cells| cells.len() == rows && cells.iter().all(|row| row.len() == columns);
    let durations = answer.durations.filter(fits);
    let durations = durations.ok_or_else(|| shape("durations"))?;
    let distances = answer.distances.filter(fits);
    let distances = distances.ok_or_else(|| shape("distances"))?;
    let mut drives = Vec::new();
    for (row, from) in block.sources.iter().enumerate() {
        for (column, to) in block.destinations.iter().enumerate() {
            let road = match (distances[row][column], durations[row][column]) {
                (Some(metres), Some(seconds)) => Some(Road {
                    metres: whole(metres)?,
                    seconds: whole(seconds)?,
                }),
                _ => None,
            };
            drives.push(((*from, *to), road));
        }
    }
    let ends = [
        (&block.sources, answer.sources),
        (&block.destinations, answer.destinations),
    ];
    for (places, waypoints) in ends {
        for (place, waypoint) in places.iter().zip(waypoints.into_iter().flatten()) {
            if let Some(metres) = waypoint.distance {
                known.snaps.insert(*place, Some(whole(metres)?));
            }
        }
    }
    known.drives.extend(drives);
    Ok(())
}

/// No drive is longer or takes longer, metres or seconds: once around the earth.
const MOST: f64 = 40_000_000.0;

fn whole(value: f64) -> Result<u32, Fault> {
    if (0.0..=MOST).contains(&value) {
        Ok(value.round() as u32)
    } else {
        Err(Fault::NotATable(format!("{value}")))
    }
}

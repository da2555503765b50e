//! `tourplan explain`: why a vehicle, part, person, point, visit, tour, item or day is as it is in the plan.

use super::output::Output;
use super::{Common, Opened};
use crate::documents::mask;
use crate::findings::{Failure, Finding};
use crate::month::consents;
use crate::place::Matcher;
use crate::plan::explain::{Ground, Unclear, Why, explain};
use crate::plan::model::Use;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan explain T01 -C sample-data/hunan
  tourplan explain P07 --json")]
pub(super) struct Args {
    /// A vehicle (VIN, plate, booking number), part, person, point, visit, tour, item or day (yyyy-mm-dd); of
    /// parts, points, items and people a part of the name is enough
    #[arg(value_name = "KEY")]
    key: String,
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let folder = opened.workspace.read_plan(opened.month)?;
    let plan = super::show::plan_of(&folder, opened.month, Use::Looking)?;
    let mut ingested = opened.read(&[])?;
    // As `plan` reads them: what customers said in any month counts over the population's columns.
    let path = opened.workspace.root.join(consents::CONSENTS);
    if let Some(bytes) = crate::workspace::read_if_there(&path)? {
        let (words, _) = consents::read(&bytes);
        consents::apply(&words, &mut ingested.tables.vehicles);
    }
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    let places = opened.places(own.as_ref());
    let ground = Ground::open(&folder, (&plan, opened.month), &ingested, places)?;
    let said = explain(&ground, &args.key, output.lang()).map_err(|why| match why {
        Why::Failed(failure) => failure,
        Why::Unclear(unclear) => Failure::usage(refusal(&unclear, &args.key)),
    })?;
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": plan.month, "plan": plan.id,
            "kind": said.kind, "key": said.id, "facts": said.facts,
        }));
    } else {
        output.result(said.text.as_bytes());
    }
    Ok(0)
}

fn refusal(unclear: &Unclear, key: &str) -> Finding {
    // A key that may be a phone number is not repeated.
    let digits = key.chars().filter(char::is_ascii_digit).count();
    let letters = key.chars().any(char::is_alphabetic);
    let shown = if digits >= 7 && !letters {
        mask(key)
    } else {
        key.to_owned()
    };
    match unclear {
        Unclear::Unknown(nearest) => Finding::new("C012")
            .value(shown)
            .arg("nearest", nearest.join(", ")),
        Unclear::Ambiguous(several, count) => Finding::new("C013")
            .value(shown)
            .arg("count", count)
            .arg("several", several.join(", ")),
    }
}

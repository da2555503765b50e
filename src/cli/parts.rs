//! `tourplan parts`: parts list and sourcing again, on today's stock, without replanning.

use std::path::{Path, PathBuf};

use super::output::Output;
use super::republish::source_again;
use super::{Common, Opened};
use crate::findings::Failure;
use crate::ingest::Tables;
use crate::month::{JOURNAL, Journal};
use crate::plan::files::parts_tables;
use crate::plan::jobs::jobs;
use crate::plan::model::Plan;
use crate::stage::kit_question;
use crate::workspace::{Readers, create_folder, write_file};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan parts -C sample-data/hunan
  tourplan parts --tour T01 --out parts-T01.csv")]
pub(super) struct Args {
    /// Only what this tour needs
    #[arg(long, value_name = "TOUR")]
    tour: Option<String>,
    /// Write the sourcing here (CSV) instead of stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write each tour's question to the kit engine here, for `solve kit`
    #[arg(long, value_name = "DIR")]
    questions: Option<PathBuf>,
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let mut plan = super::show::read_plan(&opened)?;
    if let Some(tour) = &args.tour
        && plan.tour(tour).is_none()
    {
        return Err(super::wrong(tour, "--tour", "a tour of this plan"));
    }
    let folder = opened.workspace.read_plan(opened.month)?;
    let journal = Journal::read(folder.get(JOURNAL).map(Vec::as_slice))?;
    let ingested = opened.read(&[])?;
    if let Some(folder) = args.questions.as_ref().filter(|_| !common.dry_run) {
        let only = |tour: &str| args.tour.as_ref().is_none_or(|wanted| wanted == tour);
        write_questions(folder, &plan, &ingested.tables, &only)?;
    }
    let findings = source_again(&mut plan, &journal, &ingested, opened.today);
    if let Some(tour) = &args.tour {
        plan.sourcing.retain(|line| line.tour == *tour);
        let used: Vec<String> = plan
            .kit
            .iter()
            .filter(|line| line.tour == *tour)
            .map(|line| line.part.clone())
            .collect();
        plan.parts.retain(|line| used.contains(&line.part));
    }
    output.findings(&findings);
    let (parts, sourcing) = parts_tables(&plan);
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "parts": plan.parts, "sourcing": plan.sourcing,
        }));
    } else if let Some(path) = args.out.as_ref().filter(|_| !common.dry_run) {
        write_file(path, &sourcing, Readers::AsBefore)?;
        output.result(&parts);
    } else {
        output.result(&parts);
        output.result(&sourcing);
    }
    Ok(0)
}

/// One file per tour: the question its kit answers, named like the tour.
fn write_questions(
    folder: &Path,
    plan: &Plan,
    tables: &Tables,
    only: &dyn Fn(&str) -> bool,
) -> Result<(), Failure> {
    create_folder(folder)?;
    for tour in jobs(plan, &tables.vans) {
        if only(&tour.tour) {
            let question = kit_question(&tour, &tables.catalogue, &plan.settings.parts);
            let text = serde_json::to_vec_pretty(&question).unwrap_or_default();
            let path = folder.join(format!("{}.json", tour.tour));
            write_file(&path, &text, Readers::AsBefore)?;
        }
    }
    Ok(())
}

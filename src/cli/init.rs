//! `tourplan init`: a workspace to start from.

use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Common;
use super::output::Output;
use crate::findings::{Failure, Finding};
use crate::workspace::{Readers, create_folder, write_file};

static HUNAN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data/hunan");

/// A double click on Windows: where the month stands, and the newest plan.
const LAUNCHER: (&str, &[u8]) = (
    "tourplan-start.cmd",
    include_bytes!("../../packaging/windows/tourplan-start.cmd"),
);

/// What a new workspace takes from the sample as it is: settings to edit and the catalogue.
const STARTERS: [&str; 2] = ["catalogue", "suppliers.csv"];

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan init my-dealer
  tourplan init trial --sample hunan")]
pub(super) struct Args {
    /// The new folder
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Fill it with a sample region
    #[arg(long, value_parser = ["hunan"])]
    sample: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let taken = fs::read_dir(&args.dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        let name = args.dir.display().to_string();
        return Err(Failure::input(Finding::new("C006").in_file(name)));
    }
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    gather(&HUNAN, &mut files);
    if args.sample.is_none() {
        files = starter(files);
    }
    files.push((LAUNCHER.0.into(), LAUNCHER.1.to_vec()));
    // tour.toml last: without it the folder is no workspace.
    files.sort_by_key(|(name, _)| (name == Path::new("tour.toml"), name.clone()));
    for (name, bytes) in &files {
        if !common.dry_run
            && let Err(failure) = write(&args.dir.join(name), bytes)
        {
            take_back(&args.dir, &files);
            return Err(failure);
        }
        output.say(&name.display().to_string());
    }
    Ok(0)
}

fn gather(folder: &Dir<'_>, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for file in folder.files() {
        files.push((file.path().to_owned(), file.contents().to_vec()));
    }
    for inner in folder.dirs().filter(|dir| !dir.path().starts_with("plans")) {
        gather(inner, files);
    }
}

/// Settings without the sample's dates, the catalogue, and every other table with its header only.
fn starter(sample: Vec<(PathBuf, Vec<u8>)>) -> Vec<(PathBuf, Vec<u8>)> {
    sample
        .into_iter()
        .filter(|(name, _)| {
            name.extension()
                .is_some_and(|kind| kind == "csv" || kind == "toml")
        })
        .map(|(name, bytes)| {
            if name == Path::new("tour.toml") {
                let text = String::from_utf8_lossy(&bytes);
                let lines = text.lines().map(|line| {
                    let pinned = line.starts_with("today") || line.starts_with("month");
                    if pinned {
                        format!("# {line}\n")
                    } else {
                        format!("{line}\n")
                    }
                });
                return (name, lines.collect::<String>().into_bytes());
            }
            if STARTERS.iter().any(|starter| name.starts_with(starter)) {
                return (name, bytes);
            }
            let end = bytes
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(bytes.len(), |at| at + 1);
            (name, bytes[..end].to_vec())
        })
        .collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    write_file(path, bytes, Readers::AsBefore)
}

/// The folder was empty: what was written before the disk failed goes again, so that the command can be given again.
fn take_back(root: &Path, files: &[(PathBuf, Vec<u8>)]) {
    for (name, _) in files {
        let _ = fs::remove_file(root.join(name));
    }
    for folder in files.iter().filter_map(|(name, _)| name.parent()) {
        let _ = fs::remove_dir(root.join(folder));
    }
}

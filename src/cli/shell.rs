//! `tourplan completions` and `tourplan man`, from the one definition of the command line.

use std::path::{Path, PathBuf};

use clap::CommandFactory as _;

use super::Common;
use super::output::Output;
use crate::findings::Failure;
use crate::workspace::io_failure;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan completions bash > ~/.local/share/bash-completion/completions/tourplan
  tourplan completions powershell")]
pub(super) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan man | man -l -
  tourplan man --out target/man")]
pub(super) struct ManArgs {
    /// Write a page for every command into this folder, instead of printing the program's page
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[expect(clippy::unnecessary_wraps, reason = "every command answers alike")]
pub(super) fn completions(args: &Args, output: &mut Output) -> Result<u8, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut super::Args::command(),
        "tourplan",
        &mut bytes,
    );
    output.result(&bytes);
    Ok(0)
}

pub(super) fn man(args: &ManArgs, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let command = super::Args::command();
    let Some(folder) = &args.out else {
        let mut bytes = Vec::new();
        clap_mangen::Man::new(command)
            .render(&mut bytes)
            .map_err(|error| io_failure(Path::new("man"), &error))?;
        output.result(&bytes);
        return Ok(0);
    };
    if !common.dry_run {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|error| io_failure(folder, &error))?;
    }
    output.say(&format!("→ {}", folder.display()));
    Ok(0)
}

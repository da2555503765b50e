//! `tourplan completions` and `tourplan man`, from the one definition of the command line.

use clap::CommandFactory as _;

use super::output::Output;
use crate::findings::{Failure, Finding};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan completions bash > ~/.local/share/bash-completion/completions/tourplan
  tourplan completions powershell")]
pub(super) struct Args {
    /// The shell
    shell: clap_complete::Shell,
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

pub(super) fn man(output: &mut Output) -> Result<u8, Failure> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(super::Args::command())
        .render(&mut bytes)
        .map_err(|error| {
            Failure::running(Finding::new("C003").in_file("man").arg("message", error))
        })?;
    output.result(&bytes);
    Ok(0)
}

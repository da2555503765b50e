//! Parse, run one command, map the kind of failure to the exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    tourplan::cli::run()
}

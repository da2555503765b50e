//! Bare `tourplan`: where the month stands and what to do next.

use super::output::Output;
use super::{Common, Opened};
use crate::findings::{Failure, Lang};

pub(super) fn run(common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, None, output)?;
    if !opened.workspace.has_plan(opened.month)? {
        let text = match output.lang() {
            Lang::En => format!(
                "{}: not planned yet. Next: tourplan check, then tourplan plan",
                opened.month
            ),
            Lang::Zh => format!(
                "{}：尚未排程。下一步：tourplan check，然后 tourplan plan",
                opened.month
            ),
        };
        output.result(format!("{text}\n").as_bytes());
        return Ok(0);
    }
    let plan = super::show::read_plan(&opened)?;
    output.result(
        format!(
            "{}\n\n{}",
            super::show::summary(&plan, output),
            super::due::text(&plan, opened.today, opened.month, output)
        )
        .as_bytes(),
    );
    Ok(0)
}

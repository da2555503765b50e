//! Bare `tourplan`: where the month stands and what to do next.

use super::output::Output;
use super::{Common, Opened};
use crate::findings::{Failure, Lang};
use crate::plan::model::Plan;

pub(super) fn run(common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, None, output)?;
    let Ok(plan) = super::show::read_plan(&opened) else {
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
    };
    output.result(
        format!(
            "{}\n{}\n",
            super::show::summary(&plan, output),
            next(&plan, &opened, output)
        )
        .as_bytes(),
    );
    Ok(0)
}

/// What is next on the calendar.
fn next(plan: &Plan, opened: &Opened, output: &Output) -> String {
    let order = plan
        .sourcing
        .iter()
        .filter(|line| line.feasible)
        .filter_map(|line| line.order_by)
        .filter(|date| *date >= opened.today)
        .min();
    let call = plan
        .calls
        .iter()
        .filter_map(|call| call.call_date)
        .filter(|d| *d >= opened.today)
        .min();
    let text =
        |date: Option<crate::domain::Date>| date.map_or_else(|| "–".to_owned(), |d| d.to_string());
    match output.lang() {
        Lang::En => format!(
            "Today {}: order by {}; first calls {}",
            opened.today,
            text(order),
            text(call)
        ),
        Lang::Zh => format!(
            "今天{}：最近订货期限{}；首批电话{}",
            opened.today,
            text(order),
            text(call)
        ),
    }
}

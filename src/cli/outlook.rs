//! What stands beside the certificate in the terminal: the plan under other rates, and what another team-day brings.

use std::fmt::Write as _;

use crate::findings::Lang;
use crate::plan::model::{Choice, Plan, Rate};

/// A line for every rate looked at, and one for the next larger month; empty where nothing was looked at.
pub(super) fn text(plan: &Plan, lang: Lang) -> String {
    let mut text = String::new();
    for case in &plan.outlook.rates {
        let percent = (case.factor - 1.0) * 100.0;
        let lost = case.best_yuan - case.kept_yuan;
        let fill = case.job_fill * 100.0;
        let (kept, of) = (case.visits_kept, case.visits);
        let _ = match (lang, case.rate) {
            (Lang::En, rate) => writeln!(
                text,
                "if {} {percent:+.0} %: value less cost {:.0} yuan, {lost:.0} below the best then; {kept} of {of} points would stay; parts complete for {fill:.1} % of jobs",
                if rate == Rate::ShowUp {
                    "show-up"
                } else {
                    "wear"
                },
                case.kept_yuan,
            ),
            (Lang::Zh, rate) => writeln!(
                text,
                "若{}{percent:+.0}%：价值减费用{:.0}元，比届时最好少{lost:.0}元；{of}个站点中保留{kept}个；配件齐全作业{fill:.1}%",
                if rate == Rate::ShowUp {
                    "到场率"
                } else {
                    "磨损率"
                },
                case.kept_yuan,
            ),
        };
    }
    if let Some((now, more)) = next_larger(&plan.outlook.curve) {
        let days = more.team_days - now.team_days;
        let gain = more.contribution_yuan - now.contribution_yuan;
        let _ = match lang {
            Lang::En => writeln!(
                text,
                "{} teams and {days} more team-days: value less cost {gain:+.0} yuan",
                more.teams
            ),
            Lang::Zh => writeln!(
                text,
                "若有{}个班组、多{days}个班组日：价值减费用{gain:+.0}元",
                more.teams
            ),
        };
    }
    text
}

/// The plan and the first size above it.
fn next_larger(curve: &[Choice]) -> Option<(&Choice, &Choice)> {
    let plan = curve.iter().find(|choice| choice.is_plan)?;
    let more = curve
        .iter()
        .find(|choice| choice.team_days > plan.team_days)?;
    Some((plan, more))
}

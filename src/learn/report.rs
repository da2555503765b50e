//! learn/report.md: the same for people, with what could not be told and how predictions turned out.

use std::fmt::Write as _;

use super::proposal::Line;
use super::{Calibration, Lesson};
use crate::findings::Lang;

/// Its place in the workspace.
pub const REPORT: &str = "learn/report.md";

/// The report in one language.
pub fn report(lesson: &Lesson, lang: Lang) -> String {
    let pick = |en: &'static str, zh: &'static str| match lang {
        Lang::En => en,
        Lang::Zh => zh,
    };
    let mut text = format!(
        "# {}\n\n",
        pick("What the past teaches", "历史数据学习报告")
    );
    text.push_str(pick(
        "Nothing is changed by this report. Mark lines of proposal.csv with yes in column accept, then run tourplan learn --accept. Scores compare what is believed now with what two thirds of the vehicles teach, on the other third, which was not used for it; lower is better. Values are shrunk towards what is believed now: few data move them little. A repair done elsewhere is on no record and makes lives look longer than they are: a scale far above the catalogue's wants that explanation first.",
        "本报告不更改任何设置。请在 proposal.csv 的 accept 列填“是”，再运行 tourplan learn --accept。评分以三分之二车辆学习、在其余三分之一车辆上比较（未用于学习），越低越好。建议值向现值收缩：数据越少，变动越小。在别处做的维修没有记录，会使寿命显得更长：尺度远高于目录值时请先排除这一原因。",
    ));
    let _ = write!(
        text,
        "\n\n{}: `{}`\n",
        pick("Evidence", "依据"),
        lesson.fingerprint
    );
    let (proposed, untold): (Vec<&Line>, Vec<&Line>) =
        lesson.lines.iter().partition(|line| line.after.is_some());
    let _ = write!(text, "\n## {}\n\n", pick("Proposed", "建议"));
    if proposed.is_empty() {
        let _ = writeln!(text, "{}", pick("Nothing.", "无。"));
    } else {
        text.push_str(pick(
            "| what | of | number | now | proposed | 95 % | n | events | score now → proposed |\n",
            "| 类型 | 对象 | 参数 | 现值 | 建议值 | 95%区间 | 样本 | 发生 | 评分 现值→建议值 |\n",
        ));
        text.push_str("|---|---|---|--:|--:|--:|--:|--:|--:|\n");
        for line in proposed {
            row(&mut text, line);
        }
    }
    if !untold.is_empty() {
        let _ = write!(
            text,
            "\n## {}\n\n",
            pick("Not told by the data", "数据不足，无建议")
        );
        for line in untold {
            let why = why(&line.reason, lang);
            let _ = writeln!(
                text,
                "- {} {}: {why} (n = {}, {} = {})",
                cell(&line.what),
                cell(&line.key),
                line.n,
                pick("events", "发生"),
                line.events
            );
        }
    }
    for (rule, calibration) in &lesson.kept {
        let all = pick("all items", "全部项目");
        let name = if rule.is_empty() { all } else { rule };
        let title = pick("How predictions turned out", "预测与实际");
        let _ = write!(text, "\n## {title}: {name}\n\n");
        turned_out(&mut text, calibration, lang);
    }
    text
}

fn row(text: &mut String, line: &Line) {
    let number = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), |x| format!("{}", round(x)));
    let interval = line.interval.map_or_else(String::new, |[low, high]| {
        format!("{} … {}", round(low), round(high))
    });
    let scores = format!(
        "{} {} → {}",
        line.score,
        number(line.score_before),
        number(line.score_after)
    );
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {} | {interval} | {} | {} | {scores} |",
        cell(&line.what),
        cell(&line.key),
        cell(&line.parameter),
        number(line.before),
        number(line.after),
        line.n,
        line.events
    );
}

fn turned_out(text: &mut String, calibration: &Calibration, lang: Lang) {
    let score = &calibration.score;
    let skill = score
        .skill
        .map_or_else(|| "–".to_owned(), |x| format!("{x:.3}"));
    let (n, brier, loss) = (score.n, score.brier, score.log_loss);
    let (observed, expected, z) = (score.observed, score.expected, score.z);
    let ratio = if expected > 0.0 {
        observed / expected
    } else {
        0.0
    };
    let s = score.spiegelhalter;
    let _ = match lang {
        Lang::En => writeln!(
            text,
            "n = {n}, Brier {brier:.4}, skill {skill}, log loss {loss:.4}; observed {observed:.0}, expected {expected:.1}, O/E {ratio:.2} (z = {z:.2}), Spiegelhalter z = {s:.2}\n"
        ),
        Lang::Zh => writeln!(
            text,
            "样本 {n}，Brier {brier:.4}，技巧分 {skill}，对数损失 {loss:.4}；实际 {observed:.0}，预期 {expected:.1}，O/E {ratio:.2}（z = {z:.2}），Spiegelhalter z = {s:.2}\n"
        ),
    };
    text.push_str(match lang {
        Lang::En => "| predicted | n | mean | observed | 95 % (Wilson) |\n",
        Lang::Zh => "| 预测概率 | 样本 | 平均 | 实际 | 95%区间（Wilson） |\n",
    });
    text.push_str("|---|--:|--:|--:|--:|\n");
    for bin in &calibration.bins {
        let _ = writeln!(
            text,
            "| {:.1} – {:.1} | {} | {:.3} | {:.3} | {:.3} – {:.3} |",
            bin.from, bin.to, bin.n, bin.mean, bin.observed, bin.wilson[0], bin.wilson[1]
        );
    }
}

fn why(reason: &str, lang: Lang) -> &'static str {
    let (en, zh) = match reason {
        "no_failure" => ("nothing failed yet", "尚无失效"),
        "few_failures" => ("fewer than three failures", "失效少于三次"),
        "few_vehicles" => (
            "fewer than five vehicles with a record",
            "有里程记录的车辆少于五台",
        ),
        "few_chances" => ("fewer than ten chances", "样本少于十个"),
        _ => (
            "the lives identify no law of wear of their own",
            "寿命数据本身无法确定磨损规律",
        ),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

/// Four digits, as people read them.
fn round(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return 0.0;
    }
    let size = libm::pow(10.0, 3.0 - libm::floor(libm::log10(x.abs())));
    let size = if x.abs() >= 1e4 { 1.0 } else { size };
    (x * size).round() / size
}

/// Text in a table's cell: nothing of it is markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

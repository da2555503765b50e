//! `tourplan solve wear`.

use std::path::Path;

use super::super::output::Output;
use super::super::read_input;
use crate::findings::Failure;
use crate::ingest::read_lives;
use crate::solve::wear::{Fit, counts, fit};

pub(super) const HELP: &str = "Status: 1 failed at time, 0 still good at time, 2 found failed at the first look (upper), 3 failed between two
looks (lower, upper]. entry: age at which it entered the records (left truncation). Where the data identify no
law there is no estimate, and warning says why.

Examples:
  tourplan solve wear lives.csv
  tourplan solve wear - < lives.csv";

/// Above this standard error of ln shape even the direction of wear is open: 95 % reach from 1/7 to 7 times.
const WIDE: f64 = 1.0;
/// Above this standard error of ln scale the scale is an extrapolation: 95 % reach from 1/360 to 360 times.
const FAR: f64 = 3.0;

pub(super) fn run(file: &Path, output: &Output) -> Result<u8, Failure> {
    let lives = read_lives(&read_input(file)?, &file.display().to_string())?;
    let (n, failures) = counts(&lives);
    let answer = match fit(&lives) {
        Ok(fit) => {
            let warning = warning(&fit).map(|(en, zh)| output.pick(en, zh));
            serde_json::json!({
                "shape": fit.shape, "scale": fit.scale,
                "se_log_shape": fit.se_log_shape, "se_log_scale": fit.se_log_scale,
                "loglik": fit.loglik, "n": n, "failures": failures, "warning": warning,
                "shape_95": fit.shape_95(), "scale_95": fit.scale_95(),
                "covariance": fit.covariance,
            })
        }
        Err(why) => {
            let (en, zh) = why.words();
            serde_json::json!({
                "shape": null, "scale": null, "se_log_shape": null, "se_log_scale": null,
                "loglik": null, "n": n, "failures": failures, "warning": output.pick(en, zh),
                "shape_95": null, "scale_95": null, "covariance": null,
            })
        }
    };
    output.json(&answer);
    Ok(0)
}

/// What to know of an estimate that says little.
fn warning(fit: &Fit) -> Option<(&'static str, &'static str)> {
    if fit.se_log_shape > WIDE {
        return Some((
            "the shape is hardly known: its 95 % interval reaches from less than a seventh to more than seven times the estimate",
            "形状参数几乎无法确定：其95%区间跨度超过估计值的七分之一至七倍",
        ));
    }
    (fit.se_log_scale > FAR).then_some((
        "the scale is hardly known: it lies far beyond what was observed",
        "尺度参数几乎无法确定：远超出观察范围",
    ))
}

//! The wear engine: estimates, errors and log-likelihood against exact ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use tourplan::ingest::read_lives;
use tourplan::solve::wear::{counts, fit};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One case's known answers, by distribution.
#[derive(Deserialize)]
struct Known {
    weibull: Exact,
}

/// The exact maximum: shape, scale, errors of their logarithms, log-likelihood.
#[derive(Deserialize)]
struct Exact {
    beta: f64,
    eta: f64,
    se_log_beta: f64,
    se_log_eta: f64,
    loglik: f64,
}

/// Markdown: case, lives, failures, shape, scale, and the largest relative distance from the exact answers.
pub(crate) fn table(folder: &Path) -> Outcome<String> {
    let known = std::fs::read(folder.join("expected.json"))?;
    let known: BTreeMap<String, Known> = serde_json::from_slice(&known)?;
    let mut text = String::from(
        "| case | lives | failures | shape | scale | estimates and log-likelihood off by | errors off by |\n|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (case, Known { weibull: exact }) in known {
        let file = format!("{case}.csv");
        let lives = read_lives(&std::fs::read(folder.join(&file))?, &file)
            .map_err(|failure| format!("{:?}", failure.findings))?;
        let (n, failures) = counts(&lives);
        let fit = fit(&lives).map_err(|why| why.words().0)?;
        let estimates = apart(&[
            (fit.shape, exact.beta),
            (fit.scale, exact.eta),
            (fit.loglik, exact.loglik),
        ]);
        let errors = apart(&[
            (fit.se_log_shape, exact.se_log_beta),
            (fit.se_log_scale, exact.se_log_eta),
        ]);
        writeln!(
            text,
            "| {case} | {n} | {failures} | {:.6} | {:.6} | {estimates:.1e} | {errors:.1e} |",
            fit.shape, fit.scale
        )?;
    }
    Ok(text)
}

/// The largest relative distance of the pairs.
fn apart(pairs: &[(f64, f64)]) -> f64 {
    let relative = pairs.iter().map(|(ours, exact)| (ours / exact - 1.0).abs());
    relative.fold(0.0, f64::max)
}

//! Results to stdout, words for people to stderr, progress only on a terminal.

use std::io::IsTerminal as _;
#[cfg(not(test))]
use std::io::Write as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Common;
use super::timings::Timings;
use crate::findings::{Failure, Finding, Lang, counted, describe, grouped_text};

/// Where everything a command says goes.
pub(super) struct Output {
    /// JSON instead of text on stdout.
    pub(super) json: bool,
    lang: Lang,
    lang_fixed: bool,
    quiet: bool,
    bar: Option<ProgressBar>,
    timings: Option<Timings>,
}

impl Output {
    pub(super) fn new(common: &Common) -> Self {
        let asked = common.lang.as_deref().and_then(Lang::parse);
        Self {
            json: common.json,
            lang: asked.or_else(super::locale).unwrap_or_default(),
            lang_fixed: asked.is_some(),
            quiet: common.quiet,
            bar: None,
            timings: None,
        }
    }

    /// The workspace's language, unless the command line said another.
    pub(super) fn settle_lang(&mut self, setting: Option<&str>) {
        if let Some(lang) = setting.and_then(Lang::parse).filter(|_| !self.lang_fixed) {
            self.lang = lang;
        }
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// One of two sentences.
    pub(super) fn pick<'s>(&self, en: &'s str, zh: &'s str) -> &'s str {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    /// The result. A closed pipe is no error.
    #[expect(
        clippy::unused_self,
        reason = "everything a command says goes through its output"
    )]
    pub(super) fn result(&self, bytes: &[u8]) {
        to_stdout(bytes);
    }

    /// The result as JSON; numbers somebody could dial are masked, whosever they are.
    pub(super) fn json(&self, value: &serde_json::Value) {
        let mut value = value.clone();
        mask_phones(&mut value);
        let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
        text.push('\n');
        self.result(text.as_bytes());
    }

    /// Text for people, on stderr.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            to_stderr(&format!("{}\n", counted(text)));
        }
    }

    /// Findings, grouped.
    pub(super) fn findings(&self, findings: &[Finding]) {
        if !self.quiet && !findings.is_empty() {
            to_stderr(&grouped_text(findings, self.lang));
        }
    }

    /// What went wrong; as JSON too where asked.
    pub(super) fn failure(&mut self, failure: &Failure) {
        self.done();
        for finding in &failure.findings {
            let word = self.pick("error", "错误");
            to_stderr(&format!("{word} {}\n", describe(finding, self.lang)));
        }
        if self.json {
            self.json(&serde_json::json!({
                "status": failure.kind.exit_status(),
                "findings": failure.findings,
            }));
        }
    }

    /// From here on every step is timed, and said by [`Output::done`].
    pub(super) fn time_steps(&mut self) {
        self.timings = Some(Timings::new());
    }

    /// A step begins; shown on a terminal.
    pub(super) fn step(&mut self, text: String) {
        if let Some(timings) = &mut self.timings {
            // How far a step has come (`PDF 3/59`) makes no step of its own.
            let counts = |c: char| c.is_ascii_digit() || c == '/' || c == ' ';
            timings.step(text.trim_end_matches(counts));
        }
        if self.quiet || !std::io::stderr().is_terminal() {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        bar.set_message(text);
    }

    /// Ends the progress; says what the steps took where that was asked.
    pub(super) fn done(&mut self) {
        if let Some(mut timings) = self.timings.take() {
            timings.end();
            let total = self.pick("all steps", "合计");
            to_stderr(&format!("{}\n", timings.text(total)));
        }
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Masks what stands under a key that names a phone.
fn mask_phones(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Array(list) => list.iter_mut().for_each(mask_phones),
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                match value {
                    Value::String(text) if key.ends_with("phone") && !text.is_empty() => {
                        *text = crate::documents::mask(text);
                    }
                    _ => mask_phones(value),
                }
            }
        }
        _ => {}
    }
}

#[cfg(not(test))]
fn to_stdout(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes);
    let _ = out.flush();
}

#[cfg(not(test))]
fn to_stderr(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

#[cfg(test)]
use captured::{to_stderr, to_stdout};

/// What commands say in tests.
#[cfg(test)]
pub(super) mod captured {
    use std::cell::RefCell;

    thread_local! {
        static SAID: RefCell<String> = const { RefCell::new(String::new()) };
    }

    pub(super) fn to_stdout(bytes: &[u8]) {
        to_stderr(&String::from_utf8_lossy(bytes));
    }

    pub(super) fn to_stderr(text: &str) {
        SAID.with_borrow_mut(|said| said.push_str(text));
    }

    /// Everything said on this thread since it was last asked.
    pub(crate) fn taken() -> String {
        SAID.take()
    }
}

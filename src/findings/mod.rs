//! Coded findings: what was noticed, where, and what to do about it, in both languages.
//!
//! Responsible for: the one registry of codes, filling its sentences in, printing as text and JSON.
//! Not responsible for: deciding what is a finding. A bad row is a [`Finding`]; a stage that cannot
//! run returns a [`Failure`], which is a finding with an exit status.

mod failure;
mod finding;
mod plural;
mod print;
pub mod registry;

pub use failure::{Failure, FailureKind};
pub use finding::{Finding, Severity, Spot};
pub use plural::counted;
pub use print::{describe, grouped_text, markdown};
pub use registry::{Entry, Text, entry};

/// The two languages of messages and documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`, `en-GB` …
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        if lower.starts_with("zh") {
            Some(Self::Zh)
        } else if lower.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// `zh-CN` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

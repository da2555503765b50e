//! Why a command could not do its work.

use std::fmt;

use super::{Finding, Lang, describe};

/// Which exit status a failure ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Disk or network: 1.
    Running,
    /// Wrong usage: 2.
    Usage,
    /// An input cannot be used, or a step is out of order: 3.
    Input,
    /// No tour is allowed or worth making, or a pin cannot be kept: 4.
    NoPlan,
}

impl FailureKind {
    /// The exit status.
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Running => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::NoPlan => 4,
        }
    }
}

/// A stage could not run. Carries every finding that led to it; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The kind.
    pub kind: FailureKind,
    /// Why, most important first.
    pub findings: Vec<Finding>,
}

impl Failure {
    /// An input cannot be used.
    pub fn input(finding: Finding) -> Self {
        Self::of(FailureKind::Input, finding)
    }

    /// Failed while running.
    pub fn running(finding: Finding) -> Self {
        Self::of(FailureKind::Running, finding)
    }

    /// Wrong usage.
    pub fn usage(finding: Finding) -> Self {
        Self::of(FailureKind::Usage, finding)
    }

    /// No plan.
    pub fn no_plan(finding: Finding) -> Self {
        Self::of(FailureKind::NoPlan, finding)
    }

    fn of(kind: FailureKind, finding: Finding) -> Self {
        Self {
            kind,
            findings: vec![finding],
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{}", describe(finding, Lang::En))?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

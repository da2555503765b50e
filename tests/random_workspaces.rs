//! Random small workspaces: whatever is planned for them keeps every rule, and what cannot be planned is
//! said with the status for it.

mod common;
#[path = "common/random.rs"]
mod random;

use std::path::Path;

use proptest::prelude::*;

use common::tourplan;
use random::{in_a_workspace, runner, workspaces};

#[test]
fn every_plan_of_a_random_workspace_keeps_every_rule() {
    let (mut runner, cases) = runner(24);
    let planned = std::cell::Cell::new(0_u32);
    runner
        .run(&workspaces(), |drawn| {
            in_a_workspace("random_workspaces", &drawn, |root| {
                if keeps_every_rule(root)? {
                    planned.set(planned.get() + 1);
                }
                Ok(())
            })
        })
        .unwrap_or_else(|why| panic!("{why}"));
    let planned = planned.get();
    assert!(
        planned * 3 >= cases,
        "only {planned} of {cases} workspaces had a plan"
    );
}

/// Plans and verifies; whether there was a plan.
fn keeps_every_rule(root: &Path) -> Result<bool, TestCaseError> {
    let run = tourplan(root)
        .args(["plan", "--effort", "60", "--quiet"])
        .output()
        .expect("the program ran");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    match run.status.code() {
        Some(0) => {
            let verify = tourplan(root).arg("verify").output().expect("ran");
            prop_assert!(
                verify.status.success(),
                "{}{}",
                String::from_utf8_lossy(&verify.stdout),
                String::from_utf8_lossy(&verify.stderr)
            );
            Ok(true)
        }
        Some(4) => {
            prop_assert!(
                said.contains("error P"),
                "no plan, and no rule named: {said}"
            );
            Ok(false)
        }
        other => Err(TestCaseError::fail(format!("status {other:?}: {said}"))),
    }
}

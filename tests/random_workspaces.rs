//! Random small workspaces: whatever is planned for them keeps every rule, and what cannot be planned is
//! said with the status for it.

mod common;
#[path = "common/random.rs"]
mod random;

use proptest::prelude::*;
use tempfile::TempDir;

use common::tourplan;
use random::{runner, workspaces, write_workspace};

#[test]
fn every_plan_of_a_random_workspace_keeps_every_rule() {
    let (mut runner, cases) = runner(24);
    let planned = std::cell::Cell::new(0_u32);
    runner
        .run(&workspaces(), |(owners, sites, limits)| {
            let folder = TempDir::new().expect("a temporary folder");
            write_workspace(folder.path(), &owners, &sites, &limits);
            let run = tourplan(folder.path())
                .args(["plan", "--effort", "60", "--quiet"])
                .output()
                .expect("the program ran");
            let said = String::from_utf8_lossy(&run.stderr).into_owned();
            match run.status.code() {
                Some(0) => {
                    planned.set(planned.get() + 1);
                    let verify = tourplan(folder.path()).arg("verify").output().expect("ran");
                    prop_assert!(
                        verify.status.success(),
                        "{}{}",
                        String::from_utf8_lossy(&verify.stdout),
                        String::from_utf8_lossy(&verify.stderr)
                    );
                }
                Some(4) => prop_assert!(
                    said.contains("error P"),
                    "no plan, and no rule named: {said}"
                ),
                other => prop_assert!(false, "status {other:?}: {said}"),
            }
            Ok(())
        })
        .unwrap_or_else(|why| panic!("{why}"));
    let planned = planned.get();
    assert!(
        planned * 3 >= cases,
        "only {planned} of {cases} workspaces had a plan"
    );
}

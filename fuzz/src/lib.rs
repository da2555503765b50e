//! The reading rooms of `tourplan`, compiled by themselves, and what must hold of every reading.
#![allow(dead_code, reason = "the rooms have more in them than is tested here")]

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/findings/mod.rs"]
pub mod findings;
#[path = "../../src/ingest/mod.rs"]
pub mod ingest;

/// Where the settings' reader lives.
pub mod workspace;

use domain::{LonLat, Settings};

/// Reads a population file: every row must be accounted for, every finding be in the registry.
pub fn read_population(bytes: Vec<u8>) {
    let options = ingest::ReadOptions {
        extra: &[],
        encoding: None,
        to_wgs84: &|_, at: LonLat| at,
    };
    let read = ingest::read_population("population/x", bytes, &Settings::default(), options);
    let findings = match read {
        Ok(read) => {
            let counts = read.counts;
            let sum = counts.accepted + counts.merged + counts.rejected + counts.ignored;
            assert_eq!(counts.rows, sum, "every row is accounted for");
            assert_eq!(counts.accepted, read.tables.vehicles.len() as u64);
            for pair in read.tables.vehicles.windows(2) {
                assert!(pair[0].id < pair[1].id, "vehicles are sorted and differ");
            }
            read.findings
        }
        Err(failure) => {
            assert!(!failure.findings.is_empty(), "a failure says why");
            failure.findings
        }
    };
    for finding in findings {
        assert!(findings::entry(&finding.code).is_some(), "{} is registered", finding.code);
        findings::describe(&finding, findings::Lang::Zh);
    }
}

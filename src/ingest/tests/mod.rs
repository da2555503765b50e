//! Whole workspaces through the reader. Every person and number in them is invented.

mod bad_rows;
mod exports;
mod failures;
mod merging;
mod population;
mod tables;
mod workbooks;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::domain::{Date, LonLat, Settings};
use crate::findings::{Failure, Finding};

use super::{Ingested, ReadOptions, read_workspace};

/// The smallest workspace that is complete but for its population.
const TABLES: [(&str, &str); 11] = [
    (
        "points.csv",
        "point,name,county,bays,open,lift\nP01,宁乡站,宁乡市,2,周一至周五,yes\nP02,醴陵站,醴陵市,1,,no\n",
    ),
    (
        "catalogue/models.csv",
        "model,aliases,class\nV80 2.5T柴,V80|大通V80,D\nEV30,,E\nT60 2.8T柴,,D\nT60 2.0T汽,,P\n",
    ),
    (
        "catalogue/items.csv",
        "item,name,hours,skill,labour_price\nI02,机油机滤,0.8,机修,96\nI05,空滤,0.3,机修|底盘,36\n",
    ),
    (
        "catalogue/rules.csv",
        "item,applies_to,kind,km,months\nI02,D,interval,15000,12\n",
    ),
    (
        "catalogue/parts.csv",
        "part,name,price,allowed_modes\nC001,机油滤芯,38.5,\nC002,机油,88,road\n",
    ),
    (
        "catalogue/bom.csv",
        "item,applies_to,part,qty\nI02,D,C001,1\nI02,D,C002,6.5\n",
    ),
    ("stock.csv", "part,on_hand,bin\nC001,4,A1\nC001,2,B1\n"),
    ("peers.csv", "dealer,part,on_hand\n湘潭店,C001,5\n"),
    (
        "suppliers.csv",
        "supplier,kind,mode,lead_workdays,cost_fixed,cutoff_weekday\n厂家,maker,road,7,200,周三\n",
    ),
    (
        "crew.csv",
        "name,role,skills,driver,days_off\n技师甲,technician,机修|底盘,yes,2026-12-05\n",
    ),
    (
        "vans.csv",
        "van,volume_l,payload_kg,seats\nVAN1,3000,800,3\n",
    ),
];

/// A workspace on disk.
pub(super) struct Workspace {
    dir: TempDir,
    pub(super) settings: Settings,
}

impl Workspace {
    /// Complete but for its population.
    pub(super) fn new() -> Self {
        let settings = Settings {
            today: Date::new(2026, 11, 23),
            ..Settings::default()
        };
        let workspace = Self {
            dir: tempfile::tempdir().expect("a folder"),
            settings,
        };
        for (name, text) in TABLES {
            workspace.write(name, text.as_bytes());
        }
        workspace
    }

    /// With one population file.
    pub(super) fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        Self::new().and(name, bytes)
    }

    /// With one more file.
    pub(super) fn and(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(name, bytes.as_ref());
        self
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(super) fn remove(self, name: &str) -> Self {
        fs::remove_file(self.path().join(name)).expect("removed");
        self
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(super) fn try_read(&self) -> Result<Ingested, Failure> {
        let options = ReadOptions {
            extra: &[],
            encoding: None,
            to_wgs84: &|_, at: LonLat| at,
        };
        read_workspace(self.path(), &self.settings, options)
    }

    pub(super) fn read(&self) -> Ingested {
        self.try_read().expect("a workspace that can be read")
    }

    /// The codes of a failure, sorted.
    pub(super) fn failure(&self) -> Vec<Finding> {
        self.try_read()
            .expect_err("a workspace that cannot be read")
            .findings
    }
}

impl Ingested {
    /// `code:line` of every finding about a population row.
    fn found(&self) -> Vec<String> {
        let in_rows = |f: &&Finding| f.at.line > 0 && f.at.file.starts_with("population");
        let rows = self.findings.iter().filter(in_rows);
        rows.map(|finding| format!("{}:{}", finding.code, finding.at.line))
            .collect()
    }

    fn has(&self, code: &str) -> bool {
        self.findings.iter().any(|finding| finding.code == code)
    }

    fn adds_up(&self) -> bool {
        let counts = self.counts;
        counts.rows == counts.accepted + counts.merged + counts.rejected + counts.ignored
            && counts.accepted == self.tables.vehicles.len() as u64
    }
}

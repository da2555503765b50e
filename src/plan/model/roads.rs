//! Where the road distances of a plan come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who said how far the drives of the month are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RoadNote {
    /// `[travel] mode`.
    pub mode: String,
    /// Drives between the depot and all points, one way each.
    pub legs: RoadSources,
    /// Drives from customers' places (demand cells) to the points in reach: the pairs of problem.json.
    pub customers: RoadSources,
}

/// Drives by who measured them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RoadSources {
    /// In matrix.csv.
    pub matrix: u64,
    /// By the routing server.
    pub server: u64,
    /// By nobody: estimated from the straight line.
    pub estimated: u64,
}

impl RoadSources {
    /// All of them.
    pub fn all(&self) -> u64 {
        self.matrix + self.server + self.estimated
    }
}

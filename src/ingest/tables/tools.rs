//! tools.csv.

use std::collections::BTreeMap;

use crate::domain::Tool;
use crate::ingest::aliases::TOOLS;
use crate::ingest::desk::{Desk, Need};

use super::by_key;

/// Tools by code.
pub(crate) fn read(desk: &mut Desk<'_>) -> BTreeMap<String, Tool> {
    by_key(desk.unique_rows(&TOOLS, Need::Optional, &mut |record| {
        let code = record.needed_text("tool")?;
        let name = record.needed_text("name")?;
        // A tool that is listed is owned once where nothing else is said.
        let owned = record.count("owned", f64::floor).unwrap_or(1);
        Some((code.clone(), Tool { code, name, owned }))
    }))
}

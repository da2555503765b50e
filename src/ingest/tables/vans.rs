//! vans.csv.

use crate::domain::Van;
use crate::findings::Finding;
use crate::ingest::aliases::VANS;
use crate::ingest::desk::{Desk, Need};

use super::{dates, values};

/// Service vans, in order of id.
pub(crate) fn read(desk: &mut Desk<'_>) -> Vec<Van> {
    let vans: Vec<Van> = values(desk.unique_rows(&VANS, Need::Required, &mut |record| {
        let id = record.needed_text("van")?;
        let volume_l = record.amount("volume_l");
        let payload_kg = record.amount("payload_kg");
        let seats = record.count("seats", f64::floor);
        let van = Van {
            volume_l: record.needed("volume_l", volume_l)?,
            payload_kg: record.needed("payload_kg", payload_kg)?,
            seats: record.needed("seats", seats)?,
            days_off: dates(record, "days_off"),
            id: id.clone(),
        };
        Some((id, van))
    }));
    for team in &desk.settings.team {
        if !team.van.is_empty() && !vans.iter().any(|van| van.id == team.van) {
            let finding = Finding::new("D303")
                .in_file("tour.toml")
                .value(team.van.clone());
            desk.log.findings.push(finding.arg("team", &team.id));
        }
    }
    vans
}

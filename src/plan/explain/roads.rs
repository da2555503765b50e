//! Road kilometres from one customer to every point, and the prediction of one vehicle, as the month is planned with.

use super::Ground;
use crate::domain::Vehicle;
use crate::ingest::HistoryEntry;
use crate::place::Adcode;
use crate::plan::pipeline::written_table;
use crate::predict::{Book, Prediction, Predictor, RepairRecord, UsageClasses};
use crate::territory::{Locator, depot, depot_stop};

/// Road km of one customer.
pub(super) struct Roads {
    pub(super) depot: f64,
    /// By point, nearest first.
    pub(super) points: Vec<(String, f64)>,
}

impl Ground<'_> {
    /// The vehicle as the tables hold it.
    pub(super) fn vehicle(&self, id: &str) -> Option<&Vehicle> {
        self.ingested.tables.by_id(id)
    }

    /// Road km from the customer's place to the depot and to every point on the map, nearest first; `None` without
    /// a place.
    pub(super) fn roads(&self, id: &str) -> Option<Roads> {
        let (tables, settings) = (&self.ingested.tables, &self.plan.settings);
        let home = depot(settings, self.places)?;
        let vehicle = self.vehicle(id)?;
        let locator = Locator::new(self.places, Adcode::parse(&home.county_code));
        let found = locator.vehicles(std::slice::from_ref(vehicle));
        let place = found.into_iter().next().flatten()?;
        let travel = written_table(settings, tables);
        let points = tables.points.iter();
        let mut points: Vec<(String, f64)> = points
            .filter_map(|point| {
                let placed = locator.point(point)?;
                Some((point.id.clone(), travel.leg(place.stop(), placed.stop()).km))
            })
            .collect();
        points.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        Some(Roads {
            depot: travel.leg(depot_stop(&home), place.stop()).km,
            points,
        })
    }

    /// What a vehicle was predicted to need, for those the plan keeps in customers.csv only.
    pub(super) fn prediction(&self, id: &str) -> Option<Prediction> {
        let (tables, settings) = (&self.ingested.tables, &self.plan.settings);
        let vehicle = self.vehicle(id)?;
        let own = tables.history.iter();
        let own = own.filter(|entry| entry.vehicle == vehicle.id);
        let record = RepairRecord::new(own.map(HistoryEntry::past_work));
        let classes = UsageClasses::learn(
            &tables.vehicles,
            &tables.catalogue,
            settings.predict.km_per_day,
        );
        let book = Book::new(&tables.catalogue);
        let predictor = Predictor {
            book: &book,
            rates: &settings.predict,
            policy: &settings.policy,
            tour: &settings.tour,
            record: &record,
            classes: &classes,
            day: self.month.reference_day(),
        };
        Some(predictor.predict(vehicle))
    }
}

//! How a class of vehicles is used: mean, spread between vehicles, spread from day to day.

/// How much a month's use of one vehicle varies round its own mean, where no residuals tell: coefficient of
/// variation over 30 days. An assumption (research/parts §2.3 found 0.4–0.6 on fleet data).
const MONTHLY_VARIATION: f64 = 0.5;

/// How much vehicles of a class differ where too few are known to tell, as a share of the mean.
const BETWEEN_VEHICLES: f64 = 0.5;

/// Least spread between vehicles of a class, as a share of the mean.
const LEAST_BETWEEN: f64 = 0.2;

/// Fewest vehicles a class needs before its own mean is used.
const SMALLEST_CLASS: usize = 5;

/// Fewest degrees of freedom before residuals tell how much use varies from day to day.
const FEWEST_RESIDUALS: u32 = 20;

/// Use of a class of vehicles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassRate {
    /// Mean, km per day.
    pub mean: f64,
    /// Variance of vehicles' own means, (km/day)².
    pub between: f64,
    /// Variance of one vehicle's daily increments, km²/day.
    pub within: f64,
}

impl ClassRate {
    /// A class known only by an assumed mean.
    pub fn assumed(mean: f64) -> Self {
        let spread = BETWEEN_VEHICLES * mean;
        Self {
            mean,
            between: spread * spread,
            within: assumed_within(mean),
        }
    }
}

fn assumed_within(mean: f64) -> f64 {
    let month = MONTHLY_VARIATION * 30.0 * mean;
    (month * month / 30.0).max(1.0)
}

/// One vehicle's own record: kilometres over days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnRecord {
    /// Days between first and last reading, > 0.
    pub days: f64,
    /// Kilometres between them.
    pub km: f64,
    /// Σ (increment − own rate·days)²/days over the stretches between readings, km²/day.
    pub residual: f64,
    /// Stretches less one: what the residuals were measured on.
    pub freedom: u32,
}

impl OwnRecord {
    /// A record of which only both ends are known.
    pub fn of_ends(days: f64, km: f64) -> Self {
        Self {
            days,
            km,
            residual: 0.0,
            freedom: 0,
        }
    }

    /// The record of (day, km) readings that can be true together; `None` where no day lies between them.
    pub fn of(chain: &[(i64, f64)]) -> Option<Self> {
        let (first, last) = (chain.first()?, chain.last()?);
        let days = (last.0 - first.0) as f64;
        if days <= 0.0 {
            return None;
        }
        let mut own = Self::of_ends(days, last.1 - first.1);
        let rate = own.km / days;
        let mut stretches = 0_u32;
        let mut from = *first;
        for to in chain {
            let length = (to.0 - from.0) as f64;
            if length > 0.0 {
                let away = to.1 - from.1 - rate * length;
                own.residual += away * away / length;
                stretches += 1;
                from = *to;
            }
        }
        own.freedom = stretches.saturating_sub(1);
        Some(own)
    }

    fn rate(&self) -> f64 {
        self.km / self.days
    }
}

/// Class mean and spreads by moments, records in a fixed order; `prior` where too few are known. Day-to-day
/// spread from the residuals; between vehicles as in `DerSimonian` & Laird (1986), each weighted by the length of
/// its record. A record far from all others (a wrong reading no chain could tell) teaches nothing of the class.
pub fn class_rate(records: &[OwnRecord], prior: ClassRate) -> ClassRate {
    let usable: Vec<&OwnRecord> = records.iter().filter(|r| r.days > 0.0).collect();
    if usable.len() < SMALLEST_CLASS {
        return prior;
    }
    let usable = within_reach(usable);
    let days: f64 = usable.iter().map(|r| r.days).sum();
    let pooled = usable.iter().map(|r| r.km).sum::<f64>() / days;
    let within = day_to_day(&usable).unwrap_or_else(|| assumed_within(pooled.max(1.0)));
    let weigh = |between: f64| {
        let mut sums = [0.0; 3];
        for record in &usable {
            let weight = 1.0 / (between + within / record.days);
            sums[0] += weight;
            sums[1] += weight * weight;
            sums[2] += weight * record.rate();
        }
        sums
    };
    let [sum, squares, rates] = weigh(0.0);
    let centre = rates / sum;
    let scatter: f64 = usable
        .iter()
        .map(|r| (r.rate() - centre) * (r.rate() - centre) * r.days / within)
        .sum();
    let excess = scatter - (usable.len() - 1) as f64;
    let between = (excess / (sum - squares / sum)).max(0.0);
    let [sum, _, rates] = weigh(between);
    let mean = (rates / sum).max(1.0);
    let least = LEAST_BETWEEN * mean;
    ClassRate {
        mean,
        between: between.max(least * least),
        within,
    }
}

/// The records whose rates lie within six robust deviations (1.48 × the median deviation, Hampel 1974) of the
/// median rate, or within a quarter of it.
fn within_reach(records: Vec<&OwnRecord>) -> Vec<&OwnRecord> {
    let middle = median(records.iter().map(|r| r.rate()).collect());
    let deviation = median(records.iter().map(|r| (r.rate() - middle).abs()).collect());
    let reach = (6.0 * 1.4826 * deviation).max(0.25 * middle);
    let near = |r: &&OwnRecord| (r.rate() - middle).abs() <= reach;
    records.into_iter().filter(near).collect()
}

/// Variance of daily increments pooled over records, those with ten times the median variance left out; `None`
/// where too few stretches tell.
fn day_to_day(records: &[&OwnRecord]) -> Option<f64> {
    let own = |r: &OwnRecord| r.residual / f64::from(r.freedom);
    let telling: Vec<&&OwnRecord> = records.iter().filter(|r| r.freedom > 0).collect();
    if telling.is_empty() {
        return None;
    }
    let most = 10.0 * median(telling.iter().map(|r| own(r)).collect());
    let (mut residual, mut freedom) = (0.0, 0_u32);
    for record in telling.iter().filter(|r| own(r) <= most) {
        residual += record.residual;
        freedom += record.freedom;
    }
    (freedom >= FEWEST_RESIDUALS).then(|| (residual / f64::from(freedom)).max(1.0))
}

fn median(mut values: Vec<f64>) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let (half, odd) = (values.len() / 2, values.len() % 2 == 1);
    let (below, upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    let lower = below.iter().copied().max_by(f64::total_cmp);
    match lower {
        Some(lower) if !odd => 0.5 * (lower + *upper),
        _ => *upper,
    }
}

#[cfg(test)]
mod tests {
    use super::{ClassRate, median};

    #[test]
    fn the_median_is_the_middle_one_or_lies_between_the_middle_two() {
        assert_eq!(median(vec![9.0, 1.0, 4.0]), 4.0);
        assert_eq!(median(vec![9.0, 1.0, 4.0, 6.0]), 5.0);
        assert_eq!(median(vec![9.0, 1.0, 4.0, 6.0, 0.0]), 4.0);
    }

    #[test]
    fn vehicles_of_an_assumed_class_differ_by_half_its_mean() {
        assert_eq!(ClassRate::assumed(60.0).between, 900.0);
    }
}

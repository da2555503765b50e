//! Three hundred random problems of up to six jobs and six parts against every stock there is, scored by other means:
//! with partial use by cumulative sums over requirement vectors, with all-or-nothing stock by stock.

use super::*;

/// `xorshift64*` (Vigna 2016): not the engine's stream.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..10 {
            dice.share();
        }
        dice
    }

    fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn between(&mut self, from: usize, to: usize) -> usize {
        from + (self.share() * (to - from + 1) as f64) as usize
    }

    fn chance(&mut self, p: f64) -> bool {
        self.share() < p
    }

    /// 0 and 1 now and then, else anything between, to three places.
    fn probability(&mut self) -> f64 {
        match self.between(0, 11) {
            0 => 0.0,
            1 => 1.0,
            _ => (self.share() * 1000.0).floor() / 1000.0,
        }
    }
}

pub(super) fn problem(seed: u64) -> KitProblem {
    let mut dice = Dice::new(seed);
    let (parts, jobs, items) = (dice.between(2, 6), dice.between(2, 6), dice.between(2, 8));
    let part = |j: usize, dice: &mut Dice| KitPart {
        id: format!("p{j}"),
        cost: if dice.chance(0.03) {
            0.0
        } else {
            0.5 + dice.share() * 60.0
        },
        volume_l: dice.share() * 5.0,
        weight_kg: dice.share() * 3.0,
        available: None,
    };
    let parts: Vec<KitPart> = (0..parts).map(|j| part(j, &mut dice)).collect();
    let bom = |dice: &mut Dice| {
        let lines = if dice.chance(0.05) {
            0
        } else {
            dice.between(1, 3)
        };
        let line = |_| BomLine {
            part: dice.between(0, parts.len() - 1),
            qty: dice.between(1, 2) as u32,
        };
        (0..lines).map(line).collect()
    };
    let item = |k: usize, dice: &mut Dice| KitItem {
        id: format!("k{k}"),
        bom: bom(dice),
    };
    let items: Vec<KitItem> = (0..items).map(|k| item(k, &mut dice)).collect();
    let job = |i: usize, dice: &mut Dice| KitJob {
        id: format!("j{i}"),
        show: if dice.chance(0.15) {
            1.0
        } else {
            dice.probability()
        },
        // The same item may stand twice on a job.
        items: (0..dice.between(0, 3))
            .map(|_| JobItem {
                item: dice.between(0, items.len() - 1),
                p: dice.probability(),
            })
            .collect(),
    };
    let jobs = (0..jobs).map(|i| job(i, &mut dice)).collect();
    let targets = [0.8, 0.85, 0.9, 0.95, 0.99, 1.0];
    let mut problem = KitProblem {
        schema: KIT_SCHEMA.to_owned(),
        target_job_fill: targets[dice.between(0, 5)],
        policy: if dice.chance(0.5) {
            UsePolicy::Partial
        } else {
            UsePolicy::AllOrNothing
        },
        parts,
        items,
        jobs,
        van: VanLimits::default(),
        evaluate: Vec::new(),
    };
    if dice.chance(0.3) {
        for part in &mut problem.parts {
            part.available = dice.chance(0.5).then(|| dice.between(1, 6) as u32);
        }
    }
    problem.van.volume_l = dice.chance(0.3).then(|| 10.0 + dice.share() * 60.0);
    problem.van.payload_kg = dice.chance(0.2).then(|| 5.0 + dice.share() * 40.0);
    problem
}

/// What one job may ask for, item by item: probability and units of every part.
fn demands(problem: &KitProblem, job: &KitJob) -> Vec<(f64, Vec<u32>)> {
    let none = vec![0; problem.parts.len()];
    let mut all = vec![(1.0 - job.show, none.clone())];
    for chosen in 0..1_u32 << job.items.len() {
        let (mut chance, mut units) = (job.show, none.clone());
        for (x, wanted) in job.items.iter().enumerate() {
            let needed = chosen >> x & 1 == 1;
            chance *= if needed { wanted.p } else { 1.0 - wanted.p };
            for line in problem.items[wanted.item].bom.iter().filter(|_| needed) {
                units[line.part] += line.qty;
            }
        }
        all.push((chance, units));
    }
    all.retain(|(chance, _)| *chance > 0.0);
    all
}

/// The job fill of every stock.
pub(super) struct EveryStock {
    levels: Vec<usize>,
    pub(super) fill: Vec<f64>,
}

impl EveryStock {
    /// `None` above a hundred thousand stocks.
    pub(super) fn of(problem: &KitProblem) -> Option<Self> {
        let jobs: Vec<_> = problem
            .jobs
            .iter()
            .map(|job| demands(problem, job))
            .collect();
        let most = |part: usize| -> usize {
            let of = |job: &Vec<(f64, Vec<u32>)>| job.iter().map(|(_, units)| units[part]).max();
            jobs.iter().filter_map(of).sum::<u32>() as usize
        };
        let levels: Vec<usize> = (0..problem.parts.len())
            .map(|part| most(part) + 1)
            .collect();
        if levels.iter().product::<usize>() > 100_000 {
            return None;
        }
        let mut every = Self {
            fill: vec![0.0; levels.iter().product()],
            levels,
        };
        if problem.policy == UsePolicy::Partial {
            every.partial(&jobs);
        } else {
            every.all_or_nothing(&jobs);
        }
        let needs = |(chance, units): &(f64, Vec<u32>)| {
            if units.iter().any(|units| *units > 0) {
                *chance
            } else {
                0.0
            }
        };
        let needing: f64 = jobs.iter().flatten().map(needs).sum();
        for fill in &mut every.fill {
            *fill = if needing > 0.0 { *fill / needing } else { 1.0 };
        }
        Some(every)
    }

    pub(super) fn place(&self, stock: &[u32]) -> usize {
        let steps = stock.iter().zip(&self.levels).rev();
        steps.fold(0, |place, (held, levels)| place * levels + *held as usize)
    }

    pub(super) fn stock(&self, mut place: usize) -> Vec<u32> {
        let digit = |levels: &usize| {
            let held = place % levels;
            place /= levels;
            held as u32
        };
        self.levels.iter().map(digit).collect()
    }

    /// Every job's requirement where it stands, then sums along each part.
    fn partial(&mut self, jobs: &[Vec<(f64, Vec<u32>)>]) {
        let mut before = vec![0.0; self.fill.len()];
        before[0] = 1.0;
        for job in jobs {
            let mut after = vec![0.0; self.fill.len()];
            for place in (0..before.len()).filter(|place| before[*place] > 0.0) {
                let asked = self.stock(place);
                for (chance, units) in job {
                    let sum: Vec<u32> = asked.iter().zip(units).map(|(a, b)| a + b).collect();
                    after[self.place(&sum)] += before[place] * chance;
                    let own = |(sum, own): (&u32, &u32)| if *own > 0 { *sum } else { 0 };
                    let required: Vec<u32> = sum.iter().zip(units).map(own).collect();
                    if required.iter().any(|units| *units > 0) {
                        let at = self.place(&required);
                        self.fill[at] += before[place] * chance;
                    }
                }
            }
            before = after;
        }
        let mut stride = 1;
        for levels in self.levels.clone() {
            for place in 0..self.fill.len() {
                if place / stride % levels > 0 {
                    self.fill[place] += self.fill[place - stride];
                }
            }
            stride *= levels;
        }
    }

    fn all_or_nothing(&mut self, jobs: &[Vec<(f64, Vec<u32>)>]) {
        for job in jobs.iter().rev() {
            let later = self.fill.clone();
            for place in 0..later.len() {
                let stock = self.stock(place);
                let value = |(chance, units): &(f64, Vec<u32>)| {
                    let left: Option<Vec<u32>> = stock
                        .iter()
                        .zip(units)
                        .map(|(a, b)| a.checked_sub(*b))
                        .collect();
                    let needs = f64::from(u8::from(units.iter().any(|units| *units > 0)));
                    chance * left.map_or(later[place], |left| needs + later[self.place(&left)])
                };
                self.fill[place] = job.iter().map(value).sum();
            }
        }
    }

    /// Least cost that reaches the target, the most that can be filled, and the least cost of that, within the limits.
    pub(super) fn best(&self, problem: &KitProblem) -> (Option<f64>, f64, f64) {
        let (mut least, mut most, mut full) = (None::<f64>, 0.0_f64, f64::INFINITY);
        for (place, fill) in self.fill.iter().enumerate() {
            let kit = self.stock(place);
            let sum = |each: fn(&KitPart) -> f64| -> f64 {
                let units = kit.iter().map(|units| f64::from(*units));
                units
                    .zip(&problem.parts)
                    .map(|(units, part)| units * each(part))
                    .sum()
            };
            let here =
                |(units, part): (&u32, &KitPart)| part.available.is_none_or(|most| *units <= most);
            let allowed = kit.iter().zip(&problem.parts).all(here)
                && problem
                    .van
                    .volume_l
                    .is_none_or(|room| sum(|part| part.volume_l) <= room)
                && problem
                    .van
                    .payload_kg
                    .is_none_or(|room| sum(|part| part.weight_kg) <= room);
            if !allowed {
                continue;
            }
            let cost = sum(|part| part.cost);
            if *fill > most + 1e-11 {
                (most, full) = (*fill, cost);
            } else if *fill > most - 1e-11 {
                full = full.min(cost);
            }
            if *fill >= problem.target_job_fill - 1e-11 {
                least = Some(least.map_or(cost, |known| known.min(cost)));
            }
        }
        (least, most, full)
    }
}

#[test]
fn three_hundred_problems_are_solved_to_the_optimum_with_exact_fills_and_honest_bounds() {
    let (mut asked, mut reachable) = (0, 0);
    for seed in 1.. {
        if asked == 300 {
            break;
        }
        let problem = problem(seed);
        let Some(every) = EveryStock::of(&problem) else {
            continue;
        };
        asked += 1;
        let (least, most, full) = every.best(&problem);
        let solution = solve(&problem, 1).expect("valid");
        let fill = every.fill[every.place(&solution.kit)];
        assert_eq!(solution.method, Method::Enumeration, "{seed}");
        assert!(
            (solution.job_fill - fill).abs() < 1e-9,
            "{seed}: {} {fill}",
            solution.job_fill
        );
        assert_eq!(solution.target_met, least.is_some(), "{seed}");
        let Some(least) = least else {
            assert!((fill - most).abs() < 1e-9, "{seed}: {fill} of {most}");
            assert!(
                (solution.cost - full).abs() < 1e-5,
                "{seed}: {} {full}",
                solution.cost
            );
            assert_eq!(solution.lower_bound, None, "{seed}");
            continue;
        };
        reachable += 1;
        assert!(
            (solution.cost - least).abs() < 1e-5,
            "{seed}: {} {least}",
            solution.cost
        );
        let bound = solution.lower_bound.expect("small enough to prove");
        assert!(bound <= least + 1e-6, "{seed}: {bound} above {least}");
    }
    assert!(reachable > 150, "{reachable}");
}

//! Invented vehicles: identity, owner, place, age, use, service record. Nobody real stands behind a row.

use crate::dice::Dice;
use crate::places::{County, Town};

/// Headers as a dealer system writes them.
pub(crate) const HEADERS: [&str; 25] = [
    "车架号",
    "车牌号",
    "客户名称",
    "联系人",
    "手机号码",
    "车型",
    "省",
    "市",
    "县(区)",
    "乡镇",
    "地址",
    "经度",
    "纬度",
    "购车日期",
    "行驶里程",
    "里程日期",
    "上次保养日期",
    "上次保养里程",
    "日均里程",
    "客户类型",
    "车辆用途",
    "重点客户",
    "拒绝联系",
    "短信退订",
    "转交同意",
];

/// Model, free spelling, share of the fleet, interval km.
const MODELS: [(&str, &str, f64, f64); 12] = [
    ("V80 2.5T柴", "大通V80", 18.0, 15000.0),
    ("V80 PLUS 2.0T柴", "大通V80PLUS", 10.0, 15000.0),
    ("V90 2.0T柴", "大通V90", 12.0, 15000.0),
    ("G10 1.9T柴", "G10柴", 8.0, 15000.0),
    ("G10 2.0T汽", "G10汽油", 10.0, 10000.0),
    ("G20 2.0T汽", "G20", 4.0, 10000.0),
    ("D60 1.5T汽", "大通D60", 5.0, 10000.0),
    ("T60 2.8T柴", "T60柴油", 10.0, 15000.0),
    ("T60 2.0T汽 20L4E", "T60汽油", 6.0, 10000.0),
    ("T70 2.0T柴", "大通T70", 8.0, 15000.0),
    ("EV30", "大通EV30", 6.0, 10000.0),
    ("EV90", "大通EV90", 3.0, 10000.0),
];
/// Usage, km per day, shares for persons and for firms.
const USAGES: [(&str, f64, f64, f64); 6] = [
    ("家用", 35.0, 50.0, 2.0),
    ("物流", 95.0, 25.0, 50.0),
    ("客运", 110.0, 5.0, 15.0),
    ("工程", 70.0, 12.0, 18.0),
    ("校车", 55.0, 0.0, 5.0),
    ("公用", 45.0, 0.0, 10.0),
];
/// Days from 1970-01-01 to 2026-11-16, the sample's "today".
const TODAY: i64 = 20_773;

/// An owner of one vehicle or of a fleet.
pub(crate) struct Owner {
    pub(crate) name: String,
    pub(crate) contact: String,
    pub(crate) phone: String,
    pub(crate) kind: &'static str,
}

/// One row in the order of [`HEADERS`].
pub(crate) fn row(
    dice: &mut Dice,
    number: usize,
    owner: &Owner,
    county: &County,
    usage: Option<usize>,
) -> Vec<String> {
    let firm = owner.kind != "个人";
    let shares: Vec<f64> = USAGES
        .iter()
        .map(|u| if firm { u.3 } else { u.2 })
        .collect();
    let usage = &USAGES[usage.unwrap_or_else(|| dice.pick(&shares))];
    let weights: Vec<f64> = MODELS.iter().map(|m| m.2).collect();
    let model = &MODELS[dice.pick(&weights)];
    let per_day = (usage.1 * (1.0 + 0.3 * dice.normal())).max(8.0);
    let bought = TODAY - 30 - dice.below(3900) as i64;
    let read_on = TODAY - 5 - dice.below(400).min((TODAY - bought - 6) as usize) as i64;
    let km_at = |day: i64| (per_day * (day - bought).max(0) as f64 / 10.0).round() * 10.0;
    let has_reading = !dice.chance(0.10);
    let service = last_service(dice, bought, per_day, model.3);
    let town = (!county.towns.is_empty() && !dice.chance(0.12))
        .then(|| &county.towns[dice.below(county.towns.len())]);
    let place = place(dice, county, town);
    let plated = !dice.chance(0.02);
    let blank = |present: bool, text: String| if present { text } else { String::new() };
    let yes = |flag: bool| blank(flag, "是".into());
    vec![
        vin(number),
        if plated {
            plate(dice, number)
        } else {
            "未上牌".into()
        },
        owner.name.clone(),
        owner.contact.clone(),
        blank(!dice.chance(0.015), owner.phone.clone()),
        if dice.chance(0.01) {
            String::new()
        } else if dice.chance(0.04) {
            model.1.into()
        } else {
            model.0.into()
        },
        place[0].clone(),
        place[1].clone(),
        place[2].clone(),
        place[3].clone(),
        place[4].clone(),
        place[5].clone(),
        place[6].clone(),
        date(bought),
        blank(has_reading, format!("{}", km_at(read_on))),
        blank(has_reading, date(read_on)),
        service.map_or_else(String::new, date),
        service.map_or_else(String::new, |day| format!("{}", km_at(day))),
        blank(dice.chance(0.08), format!("{}", per_day.round())),
        owner.kind.into(),
        blank(!dice.chance(0.05), usage.0.into()),
        yes(dice.chance(0.02)),
        yes(dice.chance(0.015)),
        yes(dice.chance(0.03)),
        match dice.below(5) {
            0 => "是".into(),
            1 => "否".into(),
            _ => String::new(),
        },
    ]
}

/// Most are served about on time, a quarter are lost, some have no record.
fn last_service(dice: &mut Dice, bought: i64, per_day: f64, every_km: f64) -> Option<i64> {
    let cycle = (every_km / per_day).min(365.0) as i64;
    if dice.chance(0.08) || TODAY - bought < cycle {
        return None;
    }
    let ago = if dice.chance(0.25) {
        425 + dice.below(500) as i64
    } else {
        5 + (dice.unit() * 1.15 * cycle as f64) as i64
    };
    (TODAY - ago > bought + 20).then_some(TODAY - ago)
}

/// Province, city, county, town, address, lon, lat.
fn place(dice: &mut Dice, county: &County, town: Option<&Town>) -> [String; 7] {
    let mut cells: [String; 7] = Default::default();
    if dice.chance(0.007) {
        return cells;
    }
    cells[0] = "湖南省".into();
    cells[1].clone_from(&county.city);
    cells[2].clone_from(&county.name);
    if let Some(town) = town {
        if dice.chance(0.5) {
            cells[3].clone_from(&town.name);
            cells[4] = format!("示例路{}号", 1 + dice.below(300));
        } else {
            cells[4] = format!("{}示例村{}组", town.name, 1 + dice.below(20));
        }
        if dice.chance(0.03) {
            cells[5] = format!("{:.5}", town.lon + (dice.unit() - 0.5) * 0.04);
            cells[6] = format!("{:.5}", town.lat + (dice.unit() - 0.5) * 0.04);
        }
    } else {
        cells[4] = "示例大道1号".into();
    }
    cells
}

/// A phone number nobody has: 199 0100 0000 and up.
pub(crate) fn phone(number: usize) -> String {
    format!("199{:08}", 1_000_000 + number)
}

/// `LSKDEM…` with a correct check digit (weights and letters of ISO 3779 / FMVSS 565).
fn vin(number: usize) -> String {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let text = format!("LSKDEM00{}H{:07}", 0, number % 10_000_000);
    let mut letters: Vec<char> = text.chars().collect();
    let sum: u32 = letters
        .iter()
        .zip(WEIGHTS)
        .map(|(c, weight)| value(*c) * weight)
        .sum::<u32>()
        % 11;
    letters[8] = if sum == 10 {
        'X'
    } else {
        char::from_digit(sum, 10).unwrap_or('0')
    };
    letters.into_iter().collect()
}

fn value(c: char) -> u32 {
    match c {
        '0'..='9' => c as u32 - '0' as u32,
        'A'..='H' => c as u32 - 'A' as u32 + 1,
        'J'..='N' => c as u32 - 'J' as u32 + 1,
        'P' => 7,
        'R' => 9,
        'S'..='Z' => c as u32 - 'S' as u32 + 2,
        _ => 0,
    }
}

/// A plate that is unique by construction: five characters count up.
fn plate(dice: &mut Dice, number: usize) -> String {
    const LETTERS: [char; 14] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'S',
    ];
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRSTUVWX";
    let area = LETTERS[number % LETTERS.len()];
    let _ = dice.bits();
    let code: String = (0..5)
        .rev()
        .map(|place| char::from(DIGITS[(number / LETTERS.len()) >> (place * 5) & 31]))
        .collect();
    format!("湘{area}{code}")
}

/// Civil date of a day number (Howard Hinnant's algorithm).
pub(crate) fn date(days: i64) -> String {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

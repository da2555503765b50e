//! Random small workspaces, drawn.
//!
//! The catalogue is the sample's; everything else is drawn: who lives where and drives what, points with
//! odd opening days, crews that lack skills, vans too small, stock, lead times, limits, and the day the
//! plan is made on.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRng, TestRunner};
use tempfile::TempDir;

/// Counties around the depot and farther off, with a township each.
const PLACES: [(&str, &str, &str); 12] = [
    ("长沙市", "浏阳市", "永安镇"),
    ("长沙市", "宁乡市", "灰汤镇"),
    ("株洲市", "醴陵市", "白兔潭镇"),
    ("湘潭市", "湘乡市", "棋梓镇"),
    ("岳阳市", "平江县", "长寿镇"),
    ("娄底市", "双峰县", "永丰街道"),
    ("邵阳市", "邵东市", "廉桥镇"),
    ("衡阳市", "衡东县", "洣水镇"),
    ("永州市", "江华瑶族自治县", "沱江镇"),
    ("怀化市", "通道侗族自治县", "双江镇"),
    ("湘西土家族苗族自治州", "龙山县", "里耶镇"),
    ("郴州市", "桂东县", "沤江镇"),
];
const MODELS: [&str; 5] = ["V80 2.5T柴", "V90 2.0T柴", "G10 2.0T汽", "EV30", ""];
const USES: [&str; 4] = ["物流", "家用", "客运", ""];
const SKILLS: [&str; 5] = ["mechanic", "electrical", "diagnosis", "ac", "ev"];

#[derive(Clone, Debug)]
pub(crate) struct Owner {
    place: Index,
    model: Index,
    usage: Index,
    /// Vehicles under this phone.
    vehicles: usize,
    has_town: bool,
    has_phone: bool,
    refuses: bool,
    age_days: u16,
    km_per_day: u16,
    service_ago: Option<u16>,
}

#[derive(Clone, Debug)]
pub(crate) struct Site {
    place: Index,
    bays: u8,
    fee: u16,
    open: Index,
    lift: bool,
    receives: bool,
    max_days: Option<u8>,
}

#[derive(Clone, Debug)]
pub(crate) struct Limits {
    today: Index,
    teams: usize,
    technicians: u8,
    max_nights: u8,
    min_days_home: u8,
    visits_per_point: u8,
    max_customer_km: u16,
    catchment_km: u16,
    utilisation: u8,
    rest_days: bool,
    overtime: bool,
    van_litres: u16,
    seats: u8,
    technicians_known: usize,
    skills: Index,
    calls_per_day: u8,
    stock: u8,
    policy: bool,
}

fn owner() -> impl Strategy<Value = Owner> {
    (
        (any::<Index>(), any::<Index>(), any::<Index>()),
        prop_oneof![8 => Just(1_usize), 1 => 2_usize..9],
        (
            any::<bool>(),
            prop::bool::weighted(0.9),
            prop::bool::weighted(0.05),
        ),
        (10_u16..4000, 5_u16..350, prop::option::of(1_u16..900)),
    )
        .prop_map(|(where_what, vehicles, flags, use_of)| Owner {
            place: where_what.0,
            model: where_what.1,
            usage: where_what.2,
            vehicles,
            has_town: flags.0,
            has_phone: flags.1,
            refuses: flags.2,
            age_days: use_of.0,
            km_per_day: use_of.1,
            service_ago: use_of.2.filter(|ago| *ago < use_of.0),
        })
}

fn site() -> impl Strategy<Value = Site> {
    (
        any::<Index>(),
        1_u8..5,
        prop_oneof![Just(0_u16), 50_u16..600],
        any::<Index>(),
        any::<bool>(),
        any::<bool>(),
        prop::option::of(1_u8..4),
    )
        .prop_map(|(place, bays, fee, open, lift, receives, max_days)| Site {
            place,
            bays,
            fee,
            open,
            lift,
            receives,
            max_days,
        })
}

fn limits() -> impl Strategy<Value = Limits> {
    (
        (
            any::<Index>(),
            1_usize..3,
            1_u8..4,
            0_u8..5,
            0_u8..3,
            1_u8..3,
        ),
        (20_u16..70, select(vec![0_u16, 25, 60]), 60_u8..=100),
        (
            any::<bool>(),
            any::<bool>(),
            select(vec![150_u16, 800, 3000]),
            2_u8..7,
        ),
        (
            3_usize..9,
            any::<Index>(),
            select(vec![2_u8, 10, 60]),
            0_u8..30,
            any::<bool>(),
        ),
    )
        .prop_map(|(tour, reach, van, people)| Limits {
            today: tour.0,
            teams: tour.1,
            technicians: tour.2,
            max_nights: tour.3,
            min_days_home: tour.4,
            visits_per_point: tour.5,
            max_customer_km: reach.0,
            catchment_km: reach.1,
            utilisation: reach.2,
            rest_days: van.0,
            overtime: van.1,
            van_litres: van.2,
            seats: van.3,
            technicians_known: people.0,
            skills: people.1,
            calls_per_day: people.2,
            stock: people.3,
            policy: people.4,
        })
}

fn write_population(folder: &Path, owners: &[Owner]) {
    let mut text = String::from(
        "车架号,车牌号,客户名称,手机号码,车型,市,县(区),乡镇,购车日期,行驶里程,里程日期,上次保养日期,上次保养里程,车辆用途,拒绝联系\n",
    );
    let day = |ago: u16| {
        (chrono::NaiveDate::from_ymd_opt(2026, 11, 1).expect("a date")
            - chrono::Duration::days(i64::from(ago)))
        .to_string()
    };
    let mut number = 0;
    for (index, owner) in owners.iter().enumerate() {
        let (city, county, town) = *owner.place.get(&PLACES);
        for _ in 0..owner.vehicles {
            number += 1;
            let phone = if owner.has_phone {
                format!("199{index:08}")
            } else {
                String::new()
            };
            let km = u32::from(owner.age_days) * u32::from(owner.km_per_day);
            let service = owner.service_ago.map_or_else(
                || ",".to_owned(),
                |ago| {
                    let at = u32::from(owner.age_days - ago) * u32::from(owner.km_per_day);
                    format!("{},{at}", day(ago))
                },
            );
            let _ = writeln!(
                text,
                "LSKDEM000H{number:07},,测试客户{index:03},{phone},{},{city},{county},{},{},{km},2026-11-01,{service},{},{}",
                owner.model.get(&MODELS),
                if owner.has_town { town } else { "" },
                day(owner.age_days),
                owner.usage.get(&USES),
                if owner.refuses { "是" } else { "" },
            );
        }
    }
    fs::create_dir_all(folder.join("population")).expect("a folder");
    fs::write(folder.join("population/all.csv"), text).expect("a population");
}

fn write_points(folder: &Path, sites: &[Site]) {
    let opens = [
        "",
        "mon|wed|fri",
        "sat|sun",
        "2026-12-08|2026-12-09|2026-12-10",
        "tue",
    ];
    let mut text =
        String::from("point,name,city,county,bays,fee_per_day,open,lift,receives_goods,max_days\n");
    for (index, site) in sites.iter().enumerate() {
        let (city, county, _) = *site.place.get(&PLACES);
        let _ = writeln!(
            text,
            "P{index:02},示例点{index:02},{city},{county},{},{},{},{},{},{}",
            site.bays,
            site.fee,
            site.open.get(&opens),
            site.lift,
            site.receives,
            site.max_days
                .map_or_else(String::new, |days| days.to_string()),
        );
    }
    fs::write(folder.join("points.csv"), text).expect("points");
}

fn write_people(folder: &Path, limits: &Limits) {
    let mut crew = String::from("name,role,skills,hours_per_day,calls_per_day,days_off,driver\n");
    let start = limits.skills.index(SKILLS.len());
    for person in 0..limits.technicians_known {
        // Everybody is a mechanic; the other skills go round, so that some are rare or missing.
        let other = SKILLS[(start + person) % SKILLS.len()];
        let role = if person == 0 { "leader" } else { "technician" };
        let off = if person % 3 == 2 { "2026-12-09" } else { "" };
        let driver = if person % 2 == 0 { "yes" } else { "no" };
        let _ = writeln!(
            crew,
            "示例技师{person:02},{role},mechanic|{other},8,,{off},{driver}"
        );
    }
    let _ = writeln!(crew, "示例顾问,adviser,,8,{},,no", limits.calls_per_day);
    fs::write(folder.join("crew.csv"), crew).expect("crew");
    let mut vans = String::from("van,volume_l,payload_kg,seats\n");
    for team in 0..limits.teams {
        let _ = writeln!(
            vans,
            "van-{team},{},{},{}",
            limits.van_litres,
            limits.van_litres / 4,
            limits.seats
        );
    }
    fs::write(folder.join("vans.csv"), vans).expect("vans");
}

fn write_supply(folder: &Path, limits: &Limits) {
    let parts = fs::read_to_string(folder.join("catalogue/parts.csv")).expect("the sample's parts");
    let mut stock = String::from("part,on_hand,reserved,on_order,eta\n");
    let mut peers = String::from("dealer,part,on_hand\n");
    for (index, line) in parts.lines().skip(1).enumerate() {
        let part = line.split(',').next().unwrap_or("");
        let on_hand = (usize::from(limits.stock) + index * 7) % 11;
        let _ = writeln!(
            stock,
            "{part},{on_hand},{},{},2026-12-05",
            on_hand / 3,
            index % 3
        );
        if index % 4 == 0 {
            let _ = writeln!(peers, "示例同行店,{part},{}", index % 6);
        }
    }
    fs::write(folder.join("stock.csv"), stock).expect("stock");
    fs::write(folder.join("peers.csv"), peers).expect("peers");
    fs::write(
        folder.join("suppliers.csv"),
        "supplier,kind,mode,lead_workdays,cost_fixed,cost_per_kg,cutoff_weekday\n\
         示例厂,maker,road,6,60,1.2,thu\n示例厂,maker,express,2,25,8,\n示例厂,maker,air,1,80,25,\n示例同行店,peer,express,1,20,6,\n",
    )
    .expect("suppliers");
}

fn write_settings(folder: &Path, limits: &Limits) {
    let todays = ["2026-11-10", "2026-11-25", "2026-12-04"];
    let mut text = format!(
        "today = \"{}\"\nmonth = \"2026-12\"\nlang = \"en\"\n[dealer]\nname = \"示例店\"\naddress = \"湖南省长沙市岳麓区\"\nlon = 112.91\nlat = 28.21\ncatchment_km = {}\n",
        limits.today.get(&todays),
        limits.catchment_km
    );
    for team in 0..limits.teams {
        let _ = writeln!(
            text,
            "[[team]]\nid = \"team-{team}\"\ntechnicians = {}\nvan = \"van-{team}\"\ncost_per_day = 300\ndays_off = [\"2026-12-1{team}\"]",
            limits.technicians
        );
    }
    let hours = if limits.overtime { 10 } else { 8 };
    let _ = write!(
        text,
        "[tour]\nhours_per_day = {hours}\novertime_allowed = {}\nmax_nights = {}\nmin_days_home = {}\nvisits_per_point = {}\nmax_customer_km = {}\nutilisation = {}\nrest_days_allowed = {}\n[parts]\npolicy = \"{}\"\n",
        limits.overtime,
        limits.max_nights,
        limits.min_days_home,
        limits.visits_per_point,
        limits.max_customer_km,
        f64::from(limits.utilisation) / 100.0,
        limits.rest_days,
        if limits.policy {
            "partial"
        } else {
            "all-or-nothing"
        },
    );
    fs::write(folder.join("tour.toml"), text).expect("settings");
}

/// Everything a dealer would have written.
fn write_workspace(folder: &Path, (owners, sites, limits): &Drawn) {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/hunan/catalogue");
    fs::create_dir_all(folder.join("catalogue")).expect("a folder");
    for file in fs::read_dir(catalogue)
        .expect("the sample's catalogue")
        .flatten()
    {
        fs::copy(file.path(), folder.join("catalogue").join(file.file_name())).expect("a copy");
    }
    write_population(folder, owners);
    write_points(folder, sites);
    write_people(folder, limits);
    write_supply(folder, limits);
    write_settings(folder, limits);
}

/// What a workspace is written from.
pub(crate) type Drawn = (Vec<Owner>, Vec<Site>, Limits);

/// Whole workspaces.
pub(crate) fn workspaces() -> impl Strategy<Value = Drawn> {
    (
        prop::collection::vec(owner(), 10..120),
        prop::collection::vec(site(), 1..9),
        limits(),
    )
}

/// The same cases in the same order each time. `PROPTEST_CASES` asks for more of them, `PROPTEST_RNG_SEED` for others.
pub(crate) fn runner(cases: u32) -> (TestRunner, u32) {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.and_then(|asked| asked.parse().ok()).unwrap_or(cases);
    let config = Config {
        cases,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let runner = match config.rng_seed {
        RngSeed::Fixed(_) => TestRunner::new(config),
        RngSeed::Random => {
            let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
            TestRunner::new_with_rng(config, rng)
        }
    };
    (runner, cases)
}

/// Runs a case in a workspace of its own. Where it fails the workspace stays, in the target's `tmp` under the test's name:
/// after the run that of the smallest case that failed, which is the one proptest tells.
pub(crate) fn in_a_workspace(
    test: &str,
    drawn: &Drawn,
    case: impl FnOnce(&Path) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let beside = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = TempDir::new_in(beside).expect("a temporary folder");
    write_workspace(folder.path(), drawn);
    let done = case(folder.path());
    if matches!(done, Err(TestCaseError::Fail(_))) {
        let kept = beside.join(test);
        let _ = fs::remove_dir_all(&kept);
        fs::rename(folder.keep(), kept).expect("a folder to look at");
    }
    done
}

//! A small plan folder written by hand, and the workspace it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::settings::TeamSettings;
use crate::domain::{
    Calendar, Catalogue, Date, Item, Month, Part, PeerStock, Person, Role, ServicePoint, Settings,
    StockLine, SupplierKind, SupplierMode, Supply, TransportMode, Van,
};
use crate::findings::Finding;

use super::super::{Inputs, RowsRead, WrittenPlan, verify};

const CUSTOMERS: &str = "\
vehicle,plate,customer,county,town,cell,status,tour,visit,point,date,km,items,expected_hours,planning_value,reason,missing,share,workshop_items
VA,湘A00001,\"<b>张三\"\"</b>\",宁乡市,,c1,visit,T01,T01-1,P1,2026-12-08,5.00,oil:0.90|clutch:0.30,2.0000,900.00,,,1.0000,
VB,湘A00002,'=SUM(1),宁乡市,,c1,visit,T01,T01-1,P1,2026-12-08,5.00,oil:0.80,1.0000,400.00,,,1.0000,
VC,湘A00003,李四,浏阳市,,c2,visit,T01,T01-2,P2,2026-12-10,35.00,oil:0.70,4.0000,800.00,,,0.5000,axle:0.40
VD,湘A00004,王五,桃江县,,c3,visit,T02,T02-1,P3,2026-12-15,3.00,oil:0.60,1.5000,700.00,,model,1.0000,
VE,湘A00005,赵六,宁乡市,,c1,waitlist,T01,T01-1,P1,,6.00,oil:0.10,0.5000,20.00,capacity,,1.0000,
VF,湘A00006,钱七,长沙县,,,invite,,,,,,oil:0.50,1.0000,100.00,own_catchment,,,
VG,湘A00007,孙八,,,,deferred,,,,,,oil:0.50,1.0000,100.00,no_place,phone|place,,
";
const TOURS: &str = "\
tour,team,van,leader,depart,return,km,drive_hours,service_hours,nights,cost
T01,team-1,van-1,老王,2026-12-08,2026-12-10,140.00,2.75,33.575,2,4610.00
T02,team-1,van-1,老王,2026-12-15,2026-12-15,40.00,1.00,11.05,0,1260.00
";
const VISITS: &str = "\
visit,tour,stop,point,first_day,last_day,vehicles,expected_hours,capacity_hours
T01-1,T01,1,P1,2026-12-08,2026-12-09,2,3.0000,23.8000
T01-2,T01,2,P2,2026-12-10,2026-12-10,1,2.0000,9.7750
T02-1,T02,1,P3,2026-12-15,2026-12-15,1,1.5000,11.0500
";
const CREW: &str = "\
tour,date,person,role,skills,hours,driver,rest_day
T01,2026-12-08,老王,leader,mech,2.25,yes,no
T01,2026-12-08,小李,technician,elec|mech,2.25,no,no
T01,2026-12-09,老王,leader,mech,1.25,yes,no
T01,2026-12-09,小李,technician,elec|mech,1.25,no,no
T01,2026-12-10,老王,leader,mech,3.25,yes,no
T01,2026-12-10,小李,technician,elec|mech,3.25,no,no
T02,2026-12-15,老王,leader,mech,2.25,yes,no
T02,2026-12-15,小李,technician,elec|mech,2.25,no,no
";
const CALLS: &str = "\
booking,tour,vehicle,contact,call_date,caller,priority,slot_offered,callable,rest_day
B-VA,T01,VA,C0001,2026-12-03,小赵,1,2026-12-08 09:30,yes,no
B-VB,T01,VB,C0001,2026-12-03,小赵,2,2026-12-08 11:30,yes,no
B-VC,T01,VC,C0002,2026-12-03,小赵,3,2026-12-10 10:00,yes,no
B-VE,T01,VE,C0003,,,4,,do_not_call,no
B-VD,T02,VD,C0004,2026-12-10,小赵,1,2026-12-15 09:00,yes,no
";
const REMINDERS: &str = "\
booking,tour,vehicle,reminder_date,channel,slot,kind,contact,deviation
B-VA,T01,VA,2026-12-07,text,2026-12-08 09:30,first,C0001,
B-VC,T01,VC,2026-12-07,text,2026-12-10 10:00,first,C0002,
B-VA,T01,VA,2026-12-08,text,2026-12-08 09:30,departure,C0001,
B-VC,T01,VC,2026-12-09,text,2026-12-10 10:00,second,C0002,
B-VD,T02,VD,,none,2026-12-15 09:00,first,C0004,no_number
";
const PARTS: &str = "\
part,name,needed_expected,kit_qty,peak_qty,on_hand,from_stock,on_order,from_peer,to_order,short,monitored
belt,皮带,0.5000,1,1,0,0,0,0,1,0,yes
filter,机滤,2.4000,4,4,3,2,1,1,0,0,no
lamp,灯,0.2000,1,1,0,0,0,0,0,1,no
";
const SOURCING: &str = "\
part,tour,source,supplier,mode,qty,order_by,arrives,to,cost,feasible,reason,order_qty,number
belt,T01,order,maker,road,1,2026-11-20,2026-12-02,depot,30.00,yes,cheapest,1,
filter,T01,stock,,,2,,,depot,0.00,yes,,0,
filter,T01,on_order,,,1,,2026-11-25,depot,0.00,yes,,0,
filter,T02,peer,dealer-b,road,1,2026-11-30,2026-12-02,P3,12.00,yes,sent_to_point,1,
lamp,T02,order,maker,road,1,2026-12-10,2026-12-17,depot,30.00,no,too_late,1,
";
const KIT: &str = "\
tour,visit,vehicle,part,qty,why,items,need,shortage,leftover
T01,T01-1,VA,filter,1,agreed,oil:0.90,0.9000,0.0000,0.1000
T01,,,belt,1,probable,belts:0.50,0.5000,0.0500,0.5500
T01,,,filter,2,probable,oil:1.20,1.2000,0.1000,0.9000
T02,,,filter,1,probable,oil:0.60,0.6000,0.0500,0.4500
T02,,,lamp,1,made,light:0.40,0.4000,0.0200,0.6200
";
const REJECTS: &str = "\
fate,file,sheet,line,column,value,code,reason,original row
merged,a.csv,,9,,,D301,merged into VA,VA;13812345678
rejected,a.csv,,10,vin,,D201,no identity,;;13812345678
ignored,a.csv,,11,,,D202,total row,合计
";
const PLAN: &str = r#"{"schema":"tourplan-plan/1","month":"2026-12","today":"2026-11-10",
"rows":{"rows":10,"accepted":7,"merged":1,"rejected":1,"ignored":1},
"figures":{"by_status":{"visit":4,"waitlist":1,"invite":1,"deferred":1}},
"demand":[{"county":"c","town":"t","by_status":{"visit":3}},{"county":"d","town":"","by_status":{"deferred":1}}],
"search":{"objective":1630.0},
"vehicles":[{"vehicle":"VA","tour":"T01","slot":"2026-12-08 09:30","sms_optout":false},
{"vehicle":"VC","tour":"T01","slot":"2026-12-10 10:00","sms_optout":false},
{"vehicle":"VD","tour":"T02","slot":"2026-12-15 09:00","sms_optout":true},
{"vehicle":"VE","tour":"T01","slot":"","sms_optout":false}],"changes":[],
"kit":[{"tour":"T01","visit":"T01-1","vehicle":"VA","part":"filter","qty":1},
{"tour":"T01","visit":"","vehicle":"","part":"belt","qty":1},
{"tour":"T01","visit":"","vehicle":"","part":"filter","qty":2},
{"tour":"T02","visit":"","vehicle":"","part":"filter","qty":1},
{"tour":"T02","visit":"","vehicle":"","part":"lamp","qty":1}],
"findings":[{"code":"P010","args":{"part":"lamp","tour":"T02"}}]}"#;
const PLACED: &str = r#""supply":{"on":"2026-11-10","stock_sha256":"s1","peers_sha256":"p1",
"stock":[{"part":"filter","on_hand":3,"reserved":1,"on_order":1,"eta":"2026-11-25"}],
"peers":[{"dealer":"dealer-b","part":"filter","on_hand":1}],"out":{}},
"orders":[{"order":"2612-O001","part":"belt","source":"order","supplier":"maker","mode":"road","to":"depot",
"tour":"T01","qty":1,"expected":"2026-11-20","received":0,"damaged":0},
{"order":"2612-O002","part":"filter","source":"peer","supplier":"dealer-b","mode":"road","to":"P3",
"tour":"T02","qty":1,"expected":"2026-12-02","received":0,"damaged":0}],
"#;
const JOURNAL: &str = concat!(
    r#"{"on":"2026-11-10","event":"ordered","stock":"s1","peers":"p1","lines":["#,
    r#"{"order":"2612-O001","part":"belt","source":"order","supplier":"maker","mode":"road","to":"depot","#,
    r#""tour":"T01","qty":1,"expected":"2026-11-20"},"#,
    r#"{"order":"2612-O002","part":"filter","source":"peer","supplier":"dealer-b","mode":"road","to":"P3","#,
    r#""tour":"T02","qty":1,"expected":"2026-12-02"}]}"#,
    "\n"
);
const ORDERS: &str = "\
order,part,name,source,supplier,mode,to,tour,qty,ordered_on,expected,received,damaged,received_on,closed
2612-O001,belt,皮带,order,maker,road,depot,T01,1,2026-11-10,2026-11-20,0,0,,no
2612-O002,filter,机滤,peer,dealer-b,road,P3,T02,1,2026-11-10,2026-12-02,0,0,,no
";
const SOLUTION: &str = r#"{"schema":"tourplan-solution/1","tours":[
{"team":"team-1","depart":"2026-12-08","stops":[{"point":"P1","days":2},{"point":"P2","days":1}]},
{"team":"team-1","depart":"2026-12-15","stops":[{"point":"P3","days":1}]}],
"allocation":[{"cell":0,"tour":0,"stop":0,"x":1.0},{"cell":1,"tour":0,"stop":1,"x":1.0},
{"cell":2,"tour":1,"stop":0,"x":1.0}],"objective":1630.0,"bound":1700.0}"#;
const PROBLEM: &str = r#"{"schema":"tourplan-problem/1","days":[DAYS],
"teams":[{"id":"team-1","technicians":2,"hours_per_day":8.0,"cost_per_day":1200.0,"days_off":["2026-12-22"]}],
"limits":{"max_nights":4,"setup_hours":0.5,"min_service_hours":2.0,"max_drive_hours_per_day":6.0,
"visits_per_point":1,"utilisation":0.85,"first_depart":"2026-12-01","min_days_home":1},
"costs":{"per_km":1.5,"per_night":300.0},
"points":[{"id":"P1","bays":2,"fee_per_day":100.0,"open":null,"max_days":3,"pin":"must"},
{"id":"P2","bays":2,"fee_per_day":0.0,"open":["2026-12-10","2026-12-11"],"max_days":null,"pin":null},
{"id":"P3","bays":2,"fee_per_day":0.0,"open":null,"max_days":null,"pin":null}],
"legs":{"km":[[0,50,60,20],[50,0,30,60],[60,30,0,70],[20,60,70,0]],
"hours":[[0,1,1.25,0.5],[1,0,0.5,1.5],[1.25,0.5,0,2],[0.5,1.5,2,0]]},
"cells":[{"id":"c1","vehicles":3,"hours":3.5,"value":5000.0},{"id":"c2","vehicles":1,"hours":4.0,"value":2000.0},
{"id":"c3","vehicles":1,"hours":1.5,"value":1500.0}],
"pairs":[{"cell":0,"point":0,"km":5.0,"share":1.0,"cost":0.0},{"cell":1,"point":1,"km":35.0,"share":0.5,"cost":0.0},
{"cell":2,"point":2,"km":3.0,"share":1.0,"cost":0.0}]}"#;
const PAGE: &str = "<!doctype html>\n<html><head><style>p{}</style></head>\n<body>\
<script>const tours = 2;</script>\n<p>&lt;b&gt;张三&quot;&lt;/b&gt; 138****5678</p>\n</body></html>\n";
const CALL_SHEET: &str = "<html><body><p>138 1234 5678</p></body></html>\n";
const CONTACTS: &str =
    "vehicle,contact,phone\nVA,张三,13812345678|13900001111\nVC,李四,13700002222\n";

pub(super) fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

fn words(text: &str) -> BTreeSet<String> {
    text.split('|')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The plan and its workspace; tests break one thing at a time.
pub(super) struct Fixture {
    pub(super) written: WrittenPlan,
    pub(super) points: Vec<ServicePoint>,
    pub(super) catalogue: Catalogue,
    pub(super) supply: Supply,
    pub(super) crew: Vec<Person>,
    pub(super) vans: Vec<Van>,
    pub(super) calendar: Calendar,
    pub(super) settings: Settings,
    pub(super) accepted: Vec<String>,
    pub(super) rows: RowsRead,
    pub(super) files: Vec<(String, String)>,
}

impl Fixture {
    pub(super) fn new() -> Self {
        let rows = RowsRead {
            rows: 10,
            accepted: 7,
            merged: 1,
            rejected: 1,
            ignored: 1,
        };
        let accepted = ["VA", "VB", "VC", "VD", "VE", "VF", "VG"]
            .map(str::to_owned)
            .to_vec();
        let mut settings = Settings::default();
        settings.tour.min_days_home = 1;
        settings.team.push(TeamSettings {
            technicians: 2,
            ..TeamSettings::default()
        });
        Self {
            written: WrittenPlan { files: files() },
            points: points(),
            catalogue: catalogue(),
            supply: supply(),
            crew: crew(),
            vans: vec![Van {
                id: "van-1".into(),
                volume_l: 20.0,
                payload_kg: 10.0,
                seats: 2,
                days_off: BTreeSet::new(),
            }],
            calendar: Calendar::official(),
            settings,
            accepted,
            rows,
            files: Vec::new(),
        }
    }

    /// Replaces text that must be there in one file.
    pub(super) fn edit(&mut self, file: &str, from: &str, to: &str) {
        let bytes = self
            .written
            .files
            .get_mut(file)
            .expect("a file of the fixture");
        let text = String::from_utf8(bytes.clone()).expect("text");
        assert!(text.contains(from), "{file} holds no {from}");
        *bytes = text.replacen(from, to, 1).into_bytes();
    }

    /// Adds a change of a tour, to plan.json and to the journal.
    pub(super) fn change(&mut self, change: &str) {
        let mark = "\"changes\":[";
        let plan = self.written.files["plan.json"].clone();
        let plan = String::from_utf8(plan).expect("text");
        let more = if plan.contains("\"changes\":[]") {
            ""
        } else {
            ","
        };
        self.edit("plan.json", mark, &format!("{mark}{change}{more}"));
        let line = format!("{{\"on\":\"2026-11-10\",\"event\":\"changed\",\"change\":{change}}}\n");
        let journal = self
            .written
            .files
            .entry("journal.jsonl".into())
            .or_default();
        journal.splice(0..0, line.into_bytes());
    }

    /// A tour taken away: `state`, its id, and one vehicle with a slot it had.
    pub(super) fn rest(&mut self, state: &str, tour: &str, vehicle: &str) {
        let rest = format!(
            "\"resting\":[{{\"state\":\"{state}\",\"tour\":{{\"id\":\"{tour}\"}},\"vehicles\":[{{\"vehicle\":\"{vehicle}\",\"slot\":\"2026-12-09 09:00\"}}]}}],\"changes\""
        );
        self.edit("plan.json", "\"changes\"", &rest);
    }

    /// Adds a signature and the content it covers.
    pub(super) fn sign(&mut self, covers: &str, content: &str) {
        let hex = crate::domain::sha256_hex(content.as_bytes());
        let file = format!("signed/{covers}.json");
        self.written.files.insert(file, content.as_bytes().to_vec());
        let approval =
            format!("\"approvals\":{{\"{covers}\":{{\"sha256\":\"{hex}\"}}}},\"findings\"");
        self.edit("plan.json", "\"findings\"", &approval);
    }

    /// Places the order for the belt and asks the peer for the filter: both come, nothing is left to order.
    pub(super) fn place(&mut self) {
        self.edit("parts.csv", "1,1,0,0,0,0,1,0,yes", "1,1,0,0,1,0,0,0,yes");
        self.edit("parts.csv", "4,4,3,2,1,1,0,0,no", "4,4,3,2,2,0,0,0,no");
        let from = "belt,T01,order,maker,road,1,2026-11-20,2026-12-02,depot,30.00,yes,cheapest";
        let to = "belt,T01,on_order,maker,road,1,,2026-11-20,depot,0.00,yes,";
        self.edit("sourcing.csv", from, to);
        let from =
            "filter,T02,peer,dealer-b,road,1,2026-11-30,2026-12-02,P3,12.00,yes,sent_to_point";
        let to = "filter,T02,on_order,dealer-b,road,1,,2026-12-02,P3,0.00,yes,";
        self.edit("sourcing.csv", from, to);
        self.edit("plan.json", "\"kit\":", &format!("{PLACED}\"kit\":"));
        let files = &mut self.written.files;
        files.insert("journal.jsonl".into(), JOURNAL.into());
        files.insert("orders.csv".into(), format!("\u{feff}{ORDERS}").into());
        self.files = vec![
            ("stock.csv".into(), "s1".into()),
            ("peers.csv".into(), "p1".into()),
        ];
    }

    /// Counts a delivery in plan.json, orders.csv and the journal alike.
    pub(super) fn receive(&mut self, order: &str, counted: u32, damaged: u32, stock: &str) {
        let line = format!(
            "{{\"on\":\"2026-11-10\",\"event\":\"received\",\"stock\":\"{stock}\",\"lines\":[{{\"order\":\"{order}\",\"counted\":{counted},\"damaged\":{damaged}}}]}}\n"
        );
        let journal = self.written.files.get_mut("journal.jsonl");
        journal.expect("orders").extend(line.as_bytes());
        let sound = counted - damaged;
        let now = format!("\"received\":{sound},\"damaged\":{damaged}");
        self.edit("plan.json", "\"received\":0,\"damaged\":0", &now);
        self.edit(
            "orders.csv",
            "2026-11-20,0,0",
            &format!("2026-11-20,{sound},{damaged}"),
        );
    }

    /// The codes of all faults, each once.
    pub(super) fn codes(&self) -> Vec<String> {
        let faults = self.faults().into_iter();
        let codes: BTreeSet<String> = faults.map(|finding| finding.code).collect();
        codes.into_iter().collect()
    }

    /// All faults.
    pub(super) fn faults(&self) -> Vec<Finding> {
        let inputs = Inputs {
            points: &self.points,
            catalogue: &self.catalogue,
            supply: &self.supply,
            crew: &self.crew,
            vans: &self.vans,
            calendar: &self.calendar,
            settings: &self.settings,
            month: Month::parse("2026-12").expect("a test month"),
            today: day("2026-12-01"),
            accepted: &self.accepted,
            files: &self.files,
            rows: self.rows,
        };
        verify(&self.written, &inputs)
    }
}

fn files() -> BTreeMap<String, Vec<u8>> {
    let tables = [
        ("customers.csv", CUSTOMERS),
        ("tours.csv", TOURS),
        ("visits.csv", VISITS),
        ("crew.csv", CREW),
        ("calls.csv", CALLS),
        ("reminders.csv", REMINDERS),
        ("parts.csv", PARTS),
        ("sourcing.csv", SOURCING),
        ("kit.csv", KIT),
        ("rejects.csv", REJECTS),
        ("private/contacts.csv", CONTACTS),
    ];
    let days: Vec<String> = Month::parse("2026-12")
        .expect("a test month")
        .days()
        .into_iter()
        .map(|date| format!("{{\"date\":\"{date}\",\"work\":{}}}", !date.is_weekend()))
        .collect();
    let others = [
        ("plan.json", PLAN.to_owned()),
        ("solution.json", SOLUTION.to_owned()),
        ("problem.json", PROBLEM.replace("DAYS", &days.join(","))),
        ("index.html", PAGE.to_owned()),
        ("tours/T01-宁乡/01-call-sheet.html", CALL_SHEET.to_owned()),
        ("tours/T01-宁乡/05-pick-list.html", PAGE.to_owned()),
    ];
    let tables = tables.map(|(name, text)| (name.to_owned(), format!("\u{feff}{text}")));
    let others = others.map(|(name, text)| (name.to_owned(), text));
    tables
        .into_iter()
        .chain(others)
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
}

fn points() -> Vec<ServicePoint> {
    let point = |id: &str| ServicePoint {
        id: id.into(),
        bays: 2,
        ..ServicePoint::default()
    };
    let mut points = vec![point("P1"), point("P2"), point("P3")];
    points[0].fee_per_day = 100.0;
    points[0].lift = true;
    points[0].max_days = Some(3);
    points[1].open.dates = [day("2026-12-10"), day("2026-12-11")].into();
    points[2].receives_goods = true;
    points
}

fn catalogue() -> Catalogue {
    let item = |id: &str, skills: &str| Item {
        id: id.into(),
        name: id.into(),
        hours: 1.0,
        skills: words(skills),
        on_site: true,
        ..Item::default()
    };
    let mut items = vec![
        item("oil", "mech"),
        item("clutch", "mech|elec"),
        item("axle", "mech"),
    ];
    items[1].needs_lift = true;
    items[2].on_site = false;
    let part = |code: &str| Part {
        code: code.into(),
        name: code.into(),
        volume_l: 2.0,
        weight_kg: 1.0,
        allowed_modes: [TransportMode::Road].into(),
        ..Part::default()
    };
    let mut parts = vec![part("belt"), part("filter"), part("lamp")];
    parts[0].monitored = true;
    parts[0].review_workdays = 3;
    Catalogue {
        items: items
            .into_iter()
            .map(|item| (item.id.clone(), item))
            .collect(),
        parts: parts
            .into_iter()
            .map(|part| (part.code.clone(), part))
            .collect(),
        ..Catalogue::default()
    }
}

fn supply() -> Supply {
    let way = |supplier: &str, kind: SupplierKind, lead_workdays: u32| SupplierMode {
        supplier: supplier.into(),
        kind,
        mode: TransportMode::Road,
        lead_workdays,
        cost_fixed: 10.0,
        cost_per_kg: 2.0,
        cutoff_weekday: None,
    };
    Supply {
        coming: vec![],
        stock: vec![StockLine {
            part: "filter".into(),
            on_hand: 3,
            reserved: 1,
            bin: String::new(),
            on_order: 1,
            eta: Some(day("2026-11-25")),
        }],
        peers: vec![PeerStock {
            dealer: "dealer-b".into(),
            part: "filter".into(),
            on_hand: 1,
            contact: String::new(),
        }],
        suppliers: vec![
            way("maker", SupplierKind::Maker, 5),
            way("dealer-b", SupplierKind::Peer, 2),
        ],
    }
}

fn crew() -> Vec<Person> {
    let person = |name: &str, role: Role, skills: &str, driver: bool| Person {
        name: name.into(),
        role,
        phone: "13500003333".into(),
        skills: words(skills),
        level: 1,
        hours_per_day: None,
        calls_per_day: if role == Role::Adviser { 2 } else { 0 },
        days_off: BTreeSet::new(),
        driver,
    };
    vec![
        person("老王", Role::Leader, "mech", true),
        person("小李", Role::Technician, "mech|elec", false),
        person("小赵", Role::Adviser, "", false),
    ]
}

//! Invented answers of invented customers: the sheets of a month as people would give them back.
//!
//! What a customer says hangs on nothing but his booking key, so that the same plan gives the same month again.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

/// The calls of a month come in on several days: shares of a hundred customers.
pub(crate) type Share = std::ops::Range<u64>;

/// A month's plan as the sheets know it.
pub(crate) struct Month {
    plan: Value,
}

impl Month {
    /// Reads plan.json in a month's folder.
    ///
    /// # Errors
    /// Where there is no plan.
    pub(crate) fn open(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let plan = serde_json::from_slice(&std::fs::read(folder.join("plan.json"))?)?;
        Ok(Self { plan })
    }

    fn list(&self, name: &str) -> &[Value] {
        self.plan[name].as_array().map_or(&[], Vec::as_slice)
    }

    /// Call sheets of a share of those who may be called: six in ten come, two do not, one is not reached, one
    /// has not decided.
    pub(crate) fn calls(&self, share: &Share) -> String {
        let mut sheet = "\u{feff}预约编号,接通结果,通话日期,当前里程,故障现象,确认项目,划掉项目,转交同意,再打日期\n".to_owned();
        let callable = self.list("calls").iter();
        for call in callable.filter(|call| call["callable"] == "yes") {
            let (booking, day) = (text(call, "booking"), text(call, "call_date"));
            if day.is_empty() || !share.contains(&dice(booking, "share", 100)) {
                continue;
            }
            let called = self.list("vehicles").iter();
            let mut called = called.filter(|one| text(one, "booking") == booking);
            let Some(vehicle) = called.next() else {
                continue;
            };
            let _ = match dice(booking, "answer", 10) {
                0..=5 => writeln!(sheet, "{booking},来,{day},{}", wishes(booking, vehicle)),
                6..=7 => writeln!(sheet, "{booking},不来,{day},,,,,,"),
                8 => writeln!(sheet, "{booking},未接,{day},,,,,,"),
                _ => writeln!(sheet, "{booking},未定,{day},,,,,,"),
            };
        }
        sheet
    }

    /// Goods received: all of it, but of the first line of two pieces or more one piece is damaged.
    pub(crate) fn goods(&self) -> String {
        let mut sheet = "\u{feff}订单行号,配件编码,实到,破损,备注\n".to_owned();
        let mut sound = true;
        for order in self.list("orders") {
            let qty = order["qty"].as_u64().unwrap_or_default();
            let damaged = u64::from(sound && qty >= 2 && order["to"] == "depot");
            sound &= damaged == 0;
            let (order, part) = (text(order, "order"), text(order, "part"));
            let remark = if damaged > 0 { "包装压坏" } else { "" };
            let _ = writeln!(sheet, "{order},{part},{qty},{damaged},{remark}");
        }
        sheet
    }

    /// Job sheets of a tour: twelve of a hundred booked customers do not come; of those who come, one finds a part that
    /// does not fit; two vehicles come unbooked.
    pub(crate) fn jobs(&self, tour: &str) -> String {
        let mut sheet = "\u{feff}预约编号,巡回,车牌,临时到场,服务日期,服务结果,当前里程,完成项目,使用配件,错件,实际工时,结算金额,备注\n".to_owned();
        let own = self.list("vehicles").iter().filter(|one| {
            text(one, "tour") == tour
                && text(one, "status") == "visit"
                && !text(one, "slot").is_empty()
        });
        let mut all_fits = true;
        for one in own {
            let booking = text(one, "booking");
            let day = text(one, "slot").get(..10).unwrap_or_default();
            let bag = self.bag(tour, text(one, "vehicle"));
            if dice(booking, "came", 100) < 12 {
                let _ = writeln!(sheet, "{booking},{tour},,,{day},未到,,,,,,,");
                continue;
            }
            let items = agreed(one);
            let codes: Vec<&str> = items.iter().map(|item| text(item, "item")).collect();
            let hours: f64 = items.iter().filter_map(|item| item["hours"].as_f64()).sum();
            let fen: u64 = items.iter().map(|item| price(item)).sum();
            let odometer = one["odometer"]["mean_km"].as_f64().unwrap_or(50_000.0);
            let (result, used, wrong) = match bag.split_first() {
                Some((first, rest)) if all_fits => {
                    all_fits = false;
                    ("部分完成", rest.join("；"), first.clone())
                }
                _ => ("完成", bag.join("；"), String::new()),
            };
            let _ = writeln!(
                sheet,
                "{booking},{tour},,,{day},{result},{:.0},{},{used},{wrong},{:.1},{},",
                odometer + 40.0,
                codes.join("；"),
                hours.max(0.3),
                yuan(fen),
            );
        }
        let first_day = self
            .list("visits")
            .iter()
            .find(|visit| text(visit, "tour") == tour);
        let first_day = first_day.map_or("", |visit| text(visit, "first_day"));
        for number in 1..=2 {
            let _ = writeln!(
                sheet,
                ",{tour},湘A0000{number},是,{first_day},完成,,,,,0.5,120,示例临时到场"
            );
        }
        sheet
    }

    /// A vehicle's bag, as the job sheet names parts.
    fn bag(&self, tour: &str, vehicle: &str) -> Vec<String> {
        let own = self.list("kit").iter();
        let own = own.filter(|line| text(line, "tour") == tour && text(line, "vehicle") == vehicle);
        own.map(|line| format!("{}×{}", text(line, "part"), line["qty"]))
            .collect()
    }
}

/// What somebody who comes says: the odometer, now and then a symptom, the likely items wanted and the others not.
fn wishes(booking: &str, vehicle: &Value) -> String {
    let odometer = vehicle["odometer"]["mean_km"].as_f64().unwrap_or(50_000.0);
    let odometer = odometer * (0.97 + 0.06 * dice(booking, "odometer", 100) as f64 / 100.0);
    let symptom = match dice(booking, "symptom", 10) {
        0 => "刹车响",
        1 => "说不清，偶尔异响",
        _ => "",
    };
    let items = vehicle["items"].as_array().map_or(&[][..], Vec::as_slice);
    let likely = |item: &&Value| item["p"].as_f64().unwrap_or_default() >= 0.5;
    let codes = |wanted: bool| {
        let picked = items.iter().filter(|item| likely(item) == wanted);
        let codes: Vec<&str> = picked.map(|item| text(item, "item")).collect();
        codes.join("；")
    };
    let consent = if dice(booking, "consent", 10) < 7 {
        "是"
    } else {
        "否"
    };
    format!(
        "{odometer:.0},{symptom},{},{},{consent},",
        codes(true),
        codes(false)
    )
}

/// The items a customer agreed to.
fn agreed(vehicle: &Value) -> Vec<&Value> {
    let items = vehicle["items"].as_array().map_or(&[][..], Vec::as_slice);
    items.iter().filter(|item| item["agreed"] == true).collect()
}

/// Labour and parts, fen.
fn price(item: &Value) -> u64 {
    let fen = |key: &str| item[key].as_u64().unwrap_or_default();
    fen("labour") + fen("parts")
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// 0 … sides - 1, by the key and what is asked (FNV-1a).
fn dice(key: &str, question: &str, sides: u64) -> u64 {
    let bytes = key.bytes().chain(question.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 17) % sides
}

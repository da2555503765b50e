//! Words only the workbooks use; all others stand in the message catalogues.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::findings::Lang;

/// Key, Chinese, English. Column heads a filled sheet is read back by stand here too.
pub(super) const WORDS: &[(&str, &str, &str)] = &[
    ("footer", "&C第&P页/共&N页", "&CPage &P / &N"),
    ("sheet_plan", "方案", "Plan"),
    ("sheet_calls", "电话登记", "Calls"),
    ("sheet_crib", "症状速查", "Symptoms"),
    ("sheet_pick", "备料单", "Pick list"),
    ("sheet_load", "装车清单", "Load list"),
    ("sheet_parts", "配件", "Parts"),
    ("sheet_sourcing", "货源", "Sourcing"),
    ("sheet_crew", "人员", "Crew"),
    ("sheet_tools", "工具", "Tools"),
    ("sheet_without_slot", "暂无时段", "No time left"),
    ("sheet_tours", "巡回", "Tours"),
    ("priority", "次序", "Priority"),
    ("callable", "可否致电", "May be called"),
    ("status", "安排", "Status"),
    ("customer", "客户名称", "Customer"),
    ("contact", "联系人", "Contact"),
    ("phone", "手机号码", "Phone"),
    ("vin", "车架号", "VIN"),
    ("town", "县区乡镇", "County, town"),
    ("last_service", "上次保养日期", "Last service"),
    ("last_service_km", "上次保养里程", "Last service km"),
    ("probability", "可能性 %", "Likelihood %"),
    ("price", "价格（元，预估）", "Price (yuan, estimate)"),
    ("item", "项目编码", "Item"),
    ("item_name", "项目", "Item name"),
    ("picked", "已备", "Picked"),
    ("loaded", "已装", "Loaded"),
    ("label_number", "标签序号", "Label"),
    ("label_piece", "件序", "Piece"),
    ("bag_number", "袋号", "Bag no."),
    ("labelled", "已贴", "Stuck on"),
    ("fragile", "易碎", "Fragile"),
    ("visit_id", "到站编号", "Visit"),
    ("total", "合计", "Total"),
    ("van_rating", "车辆额定", "Van holds"),
    ("feasible", "能否及时", "In time"),
    ("person", "姓名", "Name"),
    ("rest_day", "休息日出勤", "Rest-day duty"),
    ("owned", "自有", "Owned"),
    ("tour_days", "天数", "Days"),
    ("point_id", "服务地点", "Point"),
    ("point_name", "地点名称", "Point name"),
    ("first_day", "首日", "First day"),
    ("last_day", "末日", "Last day"),
    ("overview", "概况", "Overview"),
    ("sheet_worklist", "待补待改", "To complete"),
    ("sheet_models", "可用名称", "Names to use"),
    (
        "keep_private",
        "含客户信息，请勿外传",
        "customer data, keep private",
    ),
    ("model_name", "目录名称", "Catalogue name"),
    ("model_aliases", "其他写法", "Also written"),
];

/// One of them, in the language asked for.
pub(super) fn own_word(lang: Lang, key: &str) -> Option<&'static str> {
    // Every cell of a long list asks. Looked up only.
    static BY_KEY: LazyLock<HashMap<&str, [&str; 2]>> = LazyLock::new(|| {
        let words = WORDS.iter();
        words.map(|(key, zh, en)| (*key, [*zh, *en])).collect()
    });
    let [zh, en] = BY_KEY.get(key)?;
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

/// Columns that hold figures, by the unit that stands in their title; the rest say it themselves.
const UNITS: &[(&str, &str, &[&str])] = &[
    (
        "km",
        "km",
        &[
            "last_service_km",
            "odometer",
            "in_odometer_now",
            "in_odometer",
            "tour_km",
            "distance",
        ],
    ),
    (
        "元",
        "yuan",
        &[
            "in_price",
            "in_settled",
            "in_warranty",
            "freight",
            "tour_cost",
            "settled",
            "warranty_part",
            "way_cost",
            "way_real_cost",
        ],
    ),
    (
        "小时",
        "h",
        &[
            "in_worked",
            "in_extra_hours",
            "tour_hours",
            "tour_offered",
            "hours",
            "estimate_hours",
            "slots_hours",
        ],
    ),
];

/// The unit of a column.
pub(super) fn unit(lang: Lang, key: &str) -> Option<&'static str> {
    let (zh, en, _) = UNITS.iter().find(|(_, _, keys)| keys.contains(&key))?;
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

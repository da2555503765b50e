//! Tables that stand alone: the questions of `tourplan solve`.

use super::{TableSpec, optional, required};

/// Life data.
pub const LIVES: TableSpec = TableSpec {
    name: "lives",
    path: "lives",
    columns: &[
        required("status", &["状态"]),
        optional("time", &["时间", "寿命"]),
        optional("count", &["数量", "台数"]),
        optional("entry", &["起始", "进入时间"]),
        optional("lower", &["下限"]),
        optional("upper", &["上限"]),
    ],
    one_of: &[&["time", "upper"]],
};

/// Odometer readings.
pub const READINGS: TableSpec = TableSpec {
    name: "readings",
    path: "readings",
    columns: &[
        required("vehicle", &["车辆", "车架号", "车牌号", "vin", "plate"]),
        required("date", &["日期", "里程日期"]),
        required("odometer_km", &["行驶里程", "里程", "公里数"]),
        optional("class", &["类别", "车型", "用途"]),
        optional("buy_date", &["购车日期"]),
    ],
    one_of: &[],
};

/// learned.csv.
pub const LEARNED: TableSpec = TableSpec {
    name: "learned",
    path: "learned",
    columns: &[
        required("what", &["类型"]),
        required("key", &["对象"]),
        required("parameter", &["参数"]),
        required("value", &["值"]),
        optional("date", &["日期"]),
        optional("by", &["采纳人"]),
        optional("evidence", &["依据"]),
    ],
    one_of: &[],
};

/// learn/proposal.csv as it comes back.
pub const MARKS: TableSpec = TableSpec {
    name: "proposal",
    path: "learn/proposal",
    columns: &[
        required("what", &["类型"]),
        required("key", &["对象"]),
        required("parameter", &["参数"]),
        required("after", &["建议值"]),
        required("accept", &["采纳"]),
        required("evidence", &["依据"]),
    ],
    one_of: &[],
};

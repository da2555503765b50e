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

//! Headers of service points, crew, vans, the calendar and the road matrix.

use super::{TableSpec, optional, personal, required};

const DAYS_OFF: &[&str] = &["休息日", "休假", "请假日期", "不可用日期"];

/// Candidate service points. Staff and hosts are named on documents, so only private parts of a
/// row are personal here.
pub const POINTS: TableSpec = TableSpec {
    name: "points",
    path: "points",
    columns: &[
        required("point", &["服务点", "服务点编号", "地点编号", "编号"]),
        required("name", &["名称", "服务点名称", "地点名称"]),
        optional("province", &["省", "省份"]),
        optional("city", &["市", "城市", "地市", "市州"]),
        optional("county", &["县(区)", "区县", "县", "区", "县区", "县市区"]),
        optional("town", &["乡镇", "镇", "街道"]),
        personal("address", &["地址", "详细地址"]),
        optional("lon", &["经度", "longitude", "lng"]),
        optional("lat", &["纬度", "latitude"]),
        personal(
            "customer",
            &["所属客户", "客户自有场地", "仅限客户", "客户名称"],
        ),
        personal("host", &["场地方", "合作方", "主人", "单位"]),
        personal("contact", &["联系人"]),
        personal("phone", &["联系电话", "电话", "手机", "手机号码", "手机号"]),
        required("bays", &["工位", "工位数"]),
        optional(
            "fee_per_day",
            &["每日费用", "场地费", "日租金", "场地费/天"],
        ),
        optional("open", &["开放日", "可用日期", "开放日期", "开放时间"]),
        optional("closed", &["关闭日", "不可用日期", "关闭日期"]),
        optional("partner", &["合作维修点", "可转交", "合作"]),
        optional("lift", &["举升机", "有举升机", "举升"]),
        optional("receives_goods", &["可收货", "代收货", "收货"]),
        optional("max_days", &["最多天数", "最大天数"]),
        optional("remark", &["备注", "说明"]),
    ],
    one_of: &[&["county", "address", "lon", "town", "city"]],
};

/// Staff.
pub const CREW: TableSpec = TableSpec {
    name: "crew",
    path: "crew",
    columns: &[
        required("name", &["姓名", "名字", "人员"]),
        required("role", &["角色", "岗位", "职务"]),
        personal("phone", &["联系电话", "电话", "手机", "手机号码", "手机号"]),
        optional("skills", &["技能", "工种"]),
        optional("level", &["级别", "等级"]),
        optional("hours_per_day", &["每日工时", "日工时", "每天工时"]),
        optional("calls_per_day", &["每日电话数", "日电话量", "每天电话数"]),
        optional("days_off", DAYS_OFF),
        optional("driver", &["驾驶", "可驾驶", "驾驶员", "司机"]),
    ],
    one_of: &[],
};

/// Service vans.
pub const VANS: TableSpec = TableSpec {
    name: "vans",
    path: "vans",
    columns: &[
        required("van", &["服务车", "车辆", "车号", "车牌号"]),
        required("volume_l", &["容积", "容积(升)", "容积(L)", "装载容积"]),
        required("payload_kg", &["载重", "载重(kg)", "载重(公斤)", "载质量"]),
        required("seats", &["座位", "座位数", "座位数量"]),
        optional("days_off", DAYS_OFF),
    ],
    one_of: &[],
};

/// Holidays and make-up workdays.
pub const CALENDAR: TableSpec = TableSpec {
    name: "calendar",
    path: "calendar",
    columns: &[
        required("date", &["日期"]),
        required("kind", &["类型", "种类"]),
        optional("name", &["名称", "节日", "说明"]),
    ],
    one_of: &[],
};

/// Measured roads.
pub const MATRIX: TableSpec = TableSpec {
    name: "matrix",
    path: "matrix",
    columns: &[
        required("from", &["起点", "从"]),
        required("to", &["终点", "到"]),
        required("km", &["公里", "里程", "距离"]),
        required("minutes", &["分钟", "时间", "时长"]),
    ],
    one_of: &[],
};

//! Headers of the vehicles, their history and past visits.

use super::{Column, TableSpec, optional, personal, required};

const VIN: &[&str] = &[
    "车架号",
    "车架号(VIN)",
    "VIN码",
    "VIN号",
    "车辆识别代号",
    "车辆识别代码",
    "底盘号",
    "车架号码",
    "底盘号码",
    "车辆识别号",
];
const PLATE: &[&str] = &[
    "车牌号",
    "车牌号码",
    "车牌",
    "牌照号",
    "牌照",
    "牌照号码",
    "号牌号码",
    "license plate",
];

/// The region's vehicles.
pub const POPULATION: TableSpec = TableSpec {
    name: "population",
    path: "population",
    columns: &[
        optional("vin", VIN),
        optional("plate", PLATE),
        Column {
            key: "customer",
            names: &[
                "客户名称",
                "客户姓名",
                "车主",
                "车主姓名",
                "车主名称",
                "姓名",
                "单位名称",
                "客户",
                "所有人",
                "用户名称",
                "customer name",
                "owner",
            ],
            required: true,
            personal: true,
        },
        personal(
            "contact",
            &[
                "联系人",
                "联系人姓名",
                "驾驶员",
                "送修人",
                "司机",
                "使用人",
                "contact person",
            ],
        ),
        Column {
            key: "phone",
            names: &[
                "手机号码",
                "手机",
                "手机号",
                "联系电话",
                "电话",
                "电话号码",
                "移动电话",
                "联系方式",
                "联系人电话",
                "联系手机",
                "客户电话",
                "车主电话",
                "固定电话",
                "座机",
                "备用电话",
                "电话1",
                "电话2",
                "mobile",
                "tel",
                "telephone",
            ],
            required: true,
            personal: true,
        },
        required(
            "model",
            &[
                "车型",
                "品牌车型",
                "厂牌车型信息",
                "车系",
                "厂牌型号",
                "车型名称",
                "车辆型号",
                "车辆型号名称",
                "品牌型号",
            ],
        ),
        optional("province", &["省", "省份", "所在省"]),
        optional("city", &["市", "城市", "地市", "所在市", "地级市", "市州"]),
        optional(
            "county",
            &[
                "县(区)",
                "区县",
                "县",
                "区",
                "县区",
                "县市区",
                "区/县",
                "所在区县",
                "所在地区",
                "区域",
                "地区",
            ],
        ),
        optional(
            "town",
            &["乡镇", "镇", "乡", "街道", "乡镇街道", "township"],
        ),
        personal(
            "address",
            &[
                "地址",
                "详细地址",
                "联系地址",
                "通讯地址",
                "家庭地址",
                "单位地址",
                "客户地址",
                "住址",
            ],
        ),
        optional("lon", &["经度", "longitude", "lng"]),
        optional("lat", &["纬度", "latitude"]),
        optional(
            "buy_date",
            &[
                "购车日期",
                "开票日期",
                "销售日期",
                "交车日期",
                "购买日期",
                "购车时间",
                "初登日期",
                "上牌日期",
                "登记日期",
            ],
        ),
        optional(
            "odometer_km",
            &[
                "行驶里程",
                "最近进店里程",
                "公里数",
                "里程",
                "当前里程",
                "里程数",
                "行驶公里数",
                "最新里程",
                "汽车公里数",
                "odometer",
                "mileage",
            ],
        ),
        optional(
            "odometer_date",
            &[
                "里程日期",
                "最近进店日期",
                "里程记录日期",
                "最后来厂日期",
                "最近离店日期",
                "最后离厂日期",
            ],
        ),
        optional(
            "last_service_date",
            &[
                "上次保养日期",
                "上次保养时间",
                "最后保养时间",
                "最后保养日期",
                "最近保养日期",
            ],
        ),
        optional(
            "last_service_km",
            &["上次保养里程", "最后保养里程", "最近保养里程"],
        ),
        optional("km_per_day", &["日均里程", "日均行驶里程", "日均公里"]),
        optional("km_per_month", &["月均里程", "月均行驶里程"]),
        optional(
            "customer_type",
            &["客户类型", "客户性质", "客户类别", "车主性质", "车主类型"],
        ),
        optional("usage", &["车辆用途", "用途", "使用性质", "车辆使用性质"]),
        optional("key_customer", &["重点客户", "重要客户", "vip"]),
        optional("do_not_call", &["拒绝联系", "拒绝来电", "勿扰", "免打扰"]),
        optional("sms_optout", &["短信退订", "拒收短信"]),
        optional("handover_consent", &["转交同意", "同意转交"]),
        personal("remark", &["备注", "说明", "备注信息", "remarks", "note"]),
    ],
    one_of: &[&["vin", "plate"]],
};

/// Past repairs.
pub const HISTORY: TableSpec = TableSpec {
    name: "history",
    path: "history",
    columns: &[
        optional("vin", VIN),
        optional("plate", PLATE),
        required(
            "date",
            &[
                "日期",
                "维修日期",
                "进店日期",
                "结算日期",
                "完工日期",
                "保养日期",
                "服务日期",
                "进厂日期",
            ],
        ),
        optional(
            "odometer_km",
            &["行驶里程", "进店里程", "里程", "公里数", "进厂里程"],
        ),
        optional(
            "item",
            &["维修项目", "项目", "项目编码", "项目代码", "作业项目"],
        ),
        optional(
            "part",
            &["配件", "配件编码", "配件代码", "配件号", "零件号", "备件号"],
        ),
    ],
    one_of: &[&["vin", "plate"], &["item", "part"]],
};

/// When an area was last served.
pub const PAST_VISITS: TableSpec = TableSpec {
    name: "past-visits",
    path: "past-visits",
    columns: &[
        optional(
            "point",
            &["服务点", "服务点编号", "地点", "地点编号", "服务地点"],
        ),
        optional("county", &["县(区)", "区县", "县", "区", "县区", "县市区"]),
        required("date", &["日期", "服务日期", "巡回日期"]),
    ],
    one_of: &[&["point", "county"]],
};

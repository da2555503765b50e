//! The columns of the sheets that come back, by every name they may have.
//!
//! Names of both languages stand here; `documents` prints one of them. What is printed for the eye only is
//! listed too, so that a column nobody knows is told.

use super::after::{FOLLOW_UP, HAND_OVER};
use crate::ingest::aliases::{Column, TableSpec, optional, personal, required};

/// Key of columns that are printed and not read.
pub(super) const PRINTED: &str = "printed";

/// Sheets our own workbooks have beside the one that is filled.
pub(super) const OWN_SHEETS: [&str; 4] = ["症状速查", "Symptoms", "名单", "Lists"];

pub(super) const BOOKING: Column = required(
    "booking",
    &[
        "预约编号",
        "预约号",
        "预约编码",
        "预约单号",
        "booking",
        "booking key",
    ],
);
pub(super) const VEHICLE: Column = optional(
    "vehicle",
    &[
        "车架号",
        "车架号VIN",
        "VIN",
        "车辆识别代号",
        "车架号或车牌",
        "VIN or plate",
        "车辆",
    ],
);
pub(super) const PLATE: Column = optional("plate", &["车牌", "车牌号", "车牌号码"]);
pub(super) const NOTE: Column = optional("note", &["备注", "说明", "remark"]);
const CONSENT: Column = optional(
    "handover_consent",
    &[
        "转交同意",
        "同意转交",
        "是否同意转交",
        "hand-over consent",
        "hand-over agreed",
    ],
);

/// Read by nobody: it stands there for whoever fills the sheet. May be a name or a number to dial.
const SHOWN: Column = personal(
    PRINTED,
    &[
        "换过",
        "done before",
        "预计项目",
        "predicted items",
        "服务地点",
        "point",
        "巡回",
        "tour",
        "计划致电日",
        "planned call day",
        "致电人",
        "caller",
        "次序",
        "priority",
        "可否致电",
        "may be called",
        "安排",
        "status",
        "客户名称",
        "customer",
        "联系人",
        "contact",
        "手机号码",
        "phone",
        "车型",
        "model",
        "县区乡镇",
        "county, town",
        "上次保养日期",
        "last service",
        "上次保养里程",
        "last service km",
        "预计里程",
        "expected odometer",
        "维修记录",
        "最近维修",
        "history",
        "last repairs",
        "预测项目",
        "项目与价格",
        "expected items",
        "items and prices",
        "需进店项目",
        "workshop items",
        "症状速查",
        "crib",
        "可约时段",
        "place offered",
        "上次答复",
        "last answer",
        "同一客户",
        "same customer",
        "电话中的描述",
        "said on the phone",
        "预约时段",
        "slot",
        "booked slot",
        "约定项目",
        "agreed items",
        "本车备件袋",
        "bag",
        "parts in the bag",
        "名称",
        "配件名称",
        "name",
        "part name",
        "应到",
        "qty",
        "供方",
        "supplier",
        "运输",
        "mode",
        "送至",
        "to",
        "地点名称",
        "point name",
        "返回",
        "returns",
        "里程合计",
        "km",
        "车辆数",
        "vehicles",
        "预计工时",
        "expected hours",
        "可用工时",
        "offered hours",
        "费用",
        "cost",
        "负责人",
        "leader",
        "首日",
        "first day",
        "末日",
        "last day",
        "车辆安排",
        "van",
        "到站",
        "visit",
    ],
);

/// Call sheet.
pub(super) const CALLS: TableSpec = TableSpec {
    name: "calls",
    path: "",
    columns: &[
        BOOKING,
        VEHICLE,
        PLATE,
        optional(
            "outcome",
            &[
                "接通结果",
                "通话结果",
                "致电结果",
                "电话结果",
                "结果",
                "call result",
                "result",
            ],
        ),
        optional(
            "called_on",
            &[
                "致电日期",
                "通话日期",
                "拨打日期",
                "实际致电日期",
                "call date",
                "called on",
            ],
        ),
        optional(
            "odometer_km",
            &[
                "当前里程",
                "现在里程",
                "今日里程",
                "行驶里程",
                "里程",
                "odometer now",
                "odometer",
            ],
        ),
        optional(
            "usage",
            &[
                "用车情况",
                "使用情况",
                "车辆用途",
                "用途",
                "use of vehicle",
                "use",
            ],
        ),
        optional(
            "symptoms",
            &["故障现象", "症状", "客户描述", "故障", "symptom"],
        ),
        optional(
            "wishes",
            &[
                "其他需求",
                "其它需求",
                "客户需求",
                "需求",
                "备注",
                "other wishes",
                "remark",
                "note",
            ],
        ),
        optional(
            "elsewhere",
            &[
                "在外维修",
                "是否在外维修",
                "外修",
                "repaired elsewhere",
                "elsewhere?",
            ],
        ),
        optional(
            "confirmed",
            &["确认项目", "同意项目", "客户确认项目", "items confirmed"],
        ),
        optional(
            "struck",
            &[
                "划掉项目",
                "不做项目",
                "取消项目",
                "删除项目",
                "items struck",
            ],
        ),
        optional(
            "added",
            &["增加项目", "新增项目", "另加项目", "items added"],
        ),
        optional(
            "price_told",
            &["告知价格", "告知金额", "报价", "price told", "price"],
        ),
        optional(
            "day",
            &[
                "到店日期",
                "到站日期",
                "期望日期",
                "预约日期",
                "date booked",
                "day wished",
                "date wished",
            ],
        ),
        optional(
            "time",
            &[
                "时段",
                "期望时段",
                "到店时间",
                "时间",
                "time booked",
                "time wished",
            ],
        ),
        optional("when", &["日期时段", "期望时间", "day and time", "when"]),
        optional(
            "do_not_call",
            &["拒绝联系", "拒绝来电", "勿扰", "do not call", "no calls"],
        ),
        optional(
            "sms_optout",
            &[
                "退订短信",
                "短信退订",
                "不收短信",
                "no texts",
                "sms opt-out",
            ],
        ),
        CONSENT,
        optional(
            "again",
            &[
                "再联系时间",
                "再联系",
                "再联系日期",
                "再次致电",
                "call again",
                "call again when",
            ],
        ),
        optional("tour", &["巡回", "巡回编号"]),
        SHOWN,
    ],
    one_of: &[],
};

/// Foreman's sheet.
pub(super) const FOREMAN: TableSpec = TableSpec {
    name: "foreman",
    path: "",
    columns: &[
        BOOKING,
        VEHICLE,
        PLATE,
        optional(
            "items",
            &[
                "判断项目",
                "维修项目",
                "项目",
                "items needed",
                "repair items",
            ],
        ),
        optional("hours", &["附加工时", "增加工时", "工时", "extra hours"]),
        optional("parts", &["附加配件", "增加配件", "配件", "extra parts"]),
        optional(
            "workshop_only",
            &["需进店", "仅进店", "必须进店", "workshop only"],
        ),
        NOTE,
        optional("tour", &["巡回", "巡回编号"]),
        SHOWN,
    ],
    one_of: &[],
};

/// Goods-received sheet.
pub(super) const GOODS: TableSpec = TableSpec {
    name: "goods",
    path: "",
    columns: &[
        required(
            "order",
            &[
                "订单行号",
                "订单行",
                "订单号",
                "订货行号",
                "订货单号",
                "order line",
            ],
        ),
        optional(
            "part",
            &[
                "配件编码",
                "配件代码",
                "配件号",
                "零件号",
                "编码",
                "配件",
                "code",
                "part code",
            ],
        ),
        optional(
            "counted",
            &[
                "实到",
                "实到数量",
                "实收",
                "实收数量",
                "清点",
                "received",
                "pieces counted",
            ],
        ),
        optional(
            "damaged",
            &["破损", "破损数量", "损坏", "损坏数量", "pieces damaged"],
        ),
        optional(
            "on",
            &["到货日期", "收货日期", "到货日", "received on", "arrived"],
        ),
        optional(
            "announced",
            &[
                "预计新到货日",
                "新到货日",
                "新到货日期",
                "new day",
                "new date",
            ],
        ),
        NOTE,
        SHOWN,
        optional("tour", &["巡回", "巡回编号"]),
    ],
    one_of: &[],
};

/// Job sheets, one row per vehicle.
pub(super) const JOBS: TableSpec = TableSpec {
    name: "jobs",
    path: "",
    columns: &[
        BOOKING,
        VEHICLE,
        PLATE,
        optional("tour", &["巡回", "巡回编号"]),
        optional(
            "walk_in",
            &["临时到场", "未预约", "散客", "未预约到场", "walk-in"],
        ),
        optional(
            "on",
            &["服务日期", "维修日期", "日期", "service date", "date"],
        ),
        optional(
            "result",
            &["服务结果", "维修结果", "结果", "service result"],
        ),
        optional(
            "odometer_km",
            &[
                "当前里程",
                "里程",
                "里程表读数",
                "行驶里程",
                "odometer now",
                "odometer",
            ],
        ),
        optional("done", &["完成项目", "已做项目", "实做项目", "items done"]),
        optional("used", &["使用配件", "用料", "实用配件", "parts used"]),
        optional(
            "missing",
            &["缺件", "缺少配件", "缺料", "parts missing", "missing parts"],
        ),
        optional(
            "wrong",
            &[
                "错件",
                "不符配件",
                "不匹配配件",
                "parts wrong",
                "wrong parts",
            ],
        ),
        optional("hours", &["实际工时", "工时", "hours worked"]),
        optional(
            "settled",
            &["结算金额", "实收金额", "结算", "amount settled"],
        ),
        optional(
            "warranty",
            &["其中保修", "保修金额", "其中保修或优惠", "of it warranty"],
        ),
        CONSENT,
        NOTE,
        SHOWN,
    ],
    one_of: &[],
};

/// Tours sheet, one row per stop.
pub(super) const TOURS: TableSpec = TableSpec {
    name: "tours",
    path: "",
    columns: &[
        required(
            "point",
            &[
                "服务地点",
                "地点",
                "服务点",
                "地点编号",
                "point",
                "point id",
            ],
        ),
        optional("tour", &["巡回", "巡回编号"]),
        optional("team", &["班组", "团队", "小组"]),
        optional(
            "depart",
            &["出发", "出发日期", "出发日", "departs", "departure"],
        ),
        optional("stop", &["站次", "站序", "停站", "站"]),
        optional("days", &["天数", "停留天数", "服务天数"]),
        SHOWN,
    ],
    one_of: &[],
};

/// Every sheet that is read back, for `schema` and docs.
pub const FILLED_TABLES: [&TableSpec; 7] = [
    &CALLS, &FOREMAN, &GOODS, &JOBS, &FOLLOW_UP, &HAND_OVER, &TOURS,
];

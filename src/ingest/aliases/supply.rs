//! Headers of stock, sister dealers and suppliers.

use super::{TableSpec, optional, personal, required};

const PART: &[&str] = &[
    "配件",
    "配件编码",
    "配件代码",
    "配件编号",
    "配件号",
    "零件号",
    "备件号",
    "图号",
];
const ON_HAND: &[&str] = &["库存", "库存数量", "现有库存", "在库", "在库数量", "数量"];

/// Own stock.
pub const STOCK: TableSpec = TableSpec {
    name: "stock",
    path: "stock",
    columns: &[
        required("part", PART),
        required("on_hand", ON_HAND),
        optional("reserved", &["预留", "预留数量", "占用", "已预留"]),
        optional("bin", &["库位", "货位", "仓位"]),
        optional("on_order", &["在途", "在途数量", "已订", "已订货"]),
        optional("eta", &["预计到货", "预计到货日期", "到货日期"]),
    ],
    one_of: &[],
};

/// Sister dealers' stock.
pub const PEERS: TableSpec = TableSpec {
    name: "peers",
    path: "peers",
    columns: &[
        required("dealer", &["经销商", "店名", "兄弟店", "门店"]),
        required("part", PART),
        required("on_hand", ON_HAND),
        personal("contact", &["联系人", "联系方式"]),
    ],
    one_of: &[],
};

/// Suppliers by mode of transport.
pub const SUPPLIERS: TableSpec = TableSpec {
    name: "suppliers",
    path: "suppliers",
    columns: &[
        required("supplier", &["供应商", "供方"]),
        optional("kind", &["类型", "供应商类型"]),
        required("mode", &["运输方式", "方式"]),
        required(
            "lead_workdays",
            &["到货工作日", "交期", "交期(工作日)", "交货工作日"],
        ),
        required("cost_fixed", &["固定费用", "每单费用", "起步费"]),
        optional("cost_per_kg", &["每公斤费用", "公斤费用", "单价/公斤"]),
        optional("cutoff_weekday", &["截单日", "截止星期", "订货日"]),
    ],
    one_of: &[],
};

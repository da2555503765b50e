//! Headers of the catalogue's tables.

use super::{TableSpec, optional, required};

const ITEM: &[&str] = &["项目", "项目编码", "项目代码", "项目编号", "维修项目"];
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
const APPLIES: &[&str] = &["适用车型", "适用", "适用范围", "车型"];
const SOURCE: &[&str] = &["来源", "出处", "依据"];
const PROBABILITY: &[&str] = &["概率", "可能性"];

/// Vehicle models.
pub const MODELS: TableSpec = TableSpec {
    name: "models",
    path: "catalogue/models",
    columns: &[
        required("model", &["车型", "车型编码", "车型代码", "型号"]),
        optional("aliases", &["别名", "其他名称", "又名"]),
        optional("class", &["类别", "分类", "燃料类型", "动力类型"]),
        optional("km_per_day", &["日均里程", "典型日均里程"]),
        optional("source", SOURCE),
    ],
    one_of: &[],
};

/// Repair items.
pub const ITEMS: TableSpec = TableSpec {
    name: "items",
    path: "catalogue/items",
    columns: &[
        required("item", ITEM),
        required("name", &["名称", "项目名称"]),
        optional("name_en", &["英文名称", "英文名"]),
        required("hours", &["工时", "标准工时", "工时定额", "小时"]),
        required("skill", &["技能", "工种", "所需技能"]),
        optional("on_site", &["可现场", "现场可做", "可上门", "是否可现场"]),
        optional("needs_lift", &["需举升", "需要举升机", "需举升机"]),
        optional("tools", &["工具", "所需工具"]),
        optional("labour_price", &["工时费", "工费", "人工费", "labor_price"]),
        optional("margin", &["毛利", "预期毛利"]),
        optional("priority", &["优先级", "重要性"]),
        optional("source", SOURCE),
    ],
    one_of: &[],
};

/// Due rules.
pub const RULES: TableSpec = TableSpec {
    name: "rules",
    path: "catalogue/rules",
    columns: &[
        required("item", ITEM),
        required("applies_to", APPLIES),
        required("kind", &["类型", "规则类型", "种类"]),
        optional("km", &["里程间隔", "间隔里程", "公里"]),
        optional("months", &["月数", "间隔月数", "月"]),
        optional("first_km", &["首次里程", "首保里程"]),
        optional("first_months", &["首次月数", "首保月数"]),
        optional("severe_factor", &["恶劣系数", "恶劣工况系数"]),
        optional("shape", &["形状参数", "形状"]),
        optional("scale_km", &["尺度里程", "特征里程"]),
        optional("from", &["起", "开始", "起始"]),
        optional("to", &["止", "结束", "截止"]),
        optional("vins", &["车架号", "适用车架号", "车架号清单"]),
        optional("probability", PROBABILITY),
        optional("source", SOURCE),
    ],
    one_of: &[],
};

/// Parts.
pub const PARTS: TableSpec = TableSpec {
    name: "parts",
    path: "catalogue/parts",
    columns: &[
        required("part", PART),
        required("name", &["名称", "配件名称", "零件名称"]),
        optional("unit", &["单位", "计量单位"]),
        optional("pack_qty", &["包装数量", "最小包装", "包装量"]),
        optional("open_pack", &["可拆零", "可拆包"]),
        optional("price", &["单价", "价格", "销售价", "零售价"]),
        optional("bin", &["库位", "货位", "仓位"]),
        optional("volume_l", &["体积", "体积(升)", "体积(L)"]),
        optional("weight_kg", &["重量", "重量(kg)", "重量(公斤)"]),
        optional("fragile", &["易碎", "易碎品"]),
        optional(
            "allowed_modes",
            &["可用运输方式", "运输方式", "允许运输方式"],
        ),
        optional("dg_class", &["危险品类别", "危险品", "危险品等级"]),
        optional("monitored", &["监控件", "是否监控件"]),
        optional("review_workdays", &["审核工作日", "审核天数"]),
        optional("vin_specific", &["按车架号定制", "一车一件"]),
        optional("supersedes", &["替代", "替代件", "替换旧件"]),
        optional("source", SOURCE),
    ],
    one_of: &[],
};

/// Bills of materials.
pub const BOM: TableSpec = TableSpec {
    name: "bom",
    path: "catalogue/bom",
    columns: &[
        required("item", ITEM),
        required("applies_to", APPLIES),
        required("part", PART),
        required("qty", &["数量", "用量"]),
    ],
    one_of: &[],
};

/// What customers say and what it may mean.
pub const SYMPTOMS: TableSpec = TableSpec {
    name: "symptoms",
    path: "catalogue/symptoms",
    columns: &[
        required("words", &["故障现象", "现象", "关键词", "症状"]),
        optional("applies_to", APPLIES),
        required("item", ITEM),
        required("probability", PROBABILITY),
    ],
    one_of: &[],
};

/// Tools.
pub const TOOLS: TableSpec = TableSpec {
    name: "tools",
    path: "catalogue/tools",
    columns: &[
        required("tool", &["工具", "工具编码", "工具编号"]),
        required("name", &["名称", "工具名称"]),
        optional("owned", &["数量", "拥有数量", "现有数量"]),
    ],
    one_of: &[],
};

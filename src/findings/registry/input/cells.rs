//! `D1…`: cells.

use super::super::super::Severity::{Error, Note, Warning};
use super::super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "D101",
        Warning,
        ("date {value} cannot be read", "日期 {value} 无法识别"),
        ("day, month and year are not certain", "年月日不明确"),
        ("write it as 2026-05-01", "请写成 2026-05-01"),
    ),
    say(
        "D102",
        Warning,
        (
            "date {value} lies in the future and was not used",
            "日期 {value} 晚于今天，未采用",
        ),
        (
            "a typing mistake, or today is set wrongly",
            "书写错误，或 today 设置不正确",
        ),
        ("correct it", "请更正"),
    ),
    say(
        "D103",
        Warning,
        ("mileage {value} cannot be read", "里程 {value} 无法识别"),
        (
            "it is no number of kilometres, or an impossible one",
            "不是公里数，或数值不可能",
        ),
        ("write kilometres as a plain number", "请直接填写公里数"),
    ),
    say(
        "D104",
        Warning,
        (
            "odometer {value} is below the last service at {service_km} km",
            "行驶里程 {value} 小于上次保养里程 {service_km}",
        ),
        (
            "one of the two is wrong, or the instrument was replaced",
            "其中一个有误，或更换过仪表",
        ),
        ("ask at the call", "请在电话中核实"),
    ),
    say(
        "D105",
        Warning,
        (
            "phone cannot be read, or not all of it",
            "电话号码无法识别或部分无法识别",
        ),
        (
            "digits are missing, masked, or there is a remark",
            "号码缺位、被隐藏，或写了备注",
        ),
        (
            "correct it in the source; repairs and rejects list the original",
            "请在源数据中更正，原值见 repairs/rejects",
        ),
    ),
    say(
        "D106",
        Warning,
        (
            "phone was turned into an exponent; its digits are lost",
            "电话号码被转成科学计数法，数字已丢失",
        ),
        (
            "Excel treated the column as a number",
            "Excel 把该列当作数字",
        ),
        (
            "export again with the column as text",
            "请将该列设为文本后重新导出",
        ),
    ),
    say(
        "D107",
        Warning,
        ("number {value} cannot be read", "数字 {value} 无法识别"),
        ("there are words or signs in it", "含有文字或符号"),
        ("write a plain number", "请填写数字"),
    ),
    say(
        "D108",
        Warning,
        (
            "{value} is neither yes nor no",
            "{value} 既不是“是”也不是“否”",
        ),
        ("another word was used", "填写了其他内容"),
        (
            "write 是/否, yes/no or 1/0; do_not_call and sms_optout count as yes until then",
            "请填写 是/否；拒绝联系、短信退订在更正前按“是”处理",
        ),
    ),
    say(
        "D109",
        Warning,
        (
            "{value} is not one of: {allowed}",
            "{value} 不在可用值内：{allowed}",
        ),
        ("another word was used", "填写了其他内容"),
        ("use one of {allowed}", "请使用：{allowed}"),
    ),
    say(
        "D110",
        Warning,
        ("{value} is not a whole VIN", "{value} 不是完整的车架号"),
        (
            "a VIN has 17 characters, none of them I, O or Q",
            "车架号为17位，不含 I、O、Q",
        ),
        (
            "check it on the vehicle licence {suggestion}",
            "请核对行驶证 {suggestion}",
        ),
    ),
    say(
        "D111",
        Warning,
        (
            "the check digit of VIN {value} does not fit",
            "车架号 {value} 校验位不符",
        ),
        (
            "a typing mistake, or the maker does not use check digits",
            "录入错误，或厂家未使用校验位",
        ),
        (
            "check it on the vehicle licence; the VIN is used as it stands",
            "请核对行驶证；暂按原值使用",
        ),
    ),
    say(
        "D112",
        Warning,
        ("plate {value} has an unusual form", "车牌 {value} 格式异常"),
        ("a character is missing or wrong", "缺字或有误"),
        ("check it", "请核对"),
    ),
    say(
        "D113",
        Warning,
        (
            "position {value} lies outside China and was not used",
            "坐标 {value} 不在国内，未采用",
        ),
        (
            "a typing mistake, or another unit than degrees",
            "书写错误，或单位不是度",
        ),
        (
            "give longitude and latitude in degrees",
            "请填写以度为单位的经纬度",
        ),
    ),
    say(
        "D114",
        Warning,
        (
            "model {value} is not in the catalogue ({count} vehicles); it may be: {candidates}",
            "车型 {value} 不在目录中（{count}辆），可能是：{candidates}",
        ),
        (
            "no model has this name or alias, or several have",
            "目录中没有该名称或别名，或有多个相同",
        ),
        (
            "add it to aliases of the right model in catalogue/models.csv",
            "请在 catalogue/models.csv 对应车型的 aliases 中补充",
        ),
    ),
    say(
        "D115",
        Note,
        (
            "model {value} was taken as {model} by its part {name} ({count} vehicles)",
            "车型 {value} 按“{name}”识别为 {model}（{count}辆）",
        ),
        (
            "only a part of the text names a model",
            "仅部分文字与车型名称相符",
        ),
        (
            "if that is wrong, add the text to aliases of the right model",
            "如有误，请在正确车型的 aliases 中补充",
        ),
    ),
    say(
        "D116",
        Warning,
        (
            "{count} odometer figures have no day and were taken as read on {date}",
            "{count}个里程没有日期，按 {date} 读取处理",
        ),
        ("the export has no odometer date", "导出中没有里程日期"),
        (
            "export the day of the last visit too (里程日期 or 最近进店日期)",
            "请同时导出里程日期或最近进店日期",
        ),
    ),
    say(
        "D117",
        Warning,
        (
            "{value} is below zero and was not used",
            "{value} 小于零，未采用",
        ),
        ("a typing mistake", "书写错误"),
        ("correct it", "请更正"),
    ),
    say(
        "D118",
        Error,
        (
            "the row has no usable {column} and was not used",
            "该行 {column} 缺失或无效，整行未采用",
        ),
        (
            "the cell is empty or cannot be read",
            "单元格为空或无法识别",
        ),
        ("fill it in", "请补充"),
    ),
    say(
        "D119",
        Warning,
        (
            "{value} is more than 1 and was not used",
            "{value} 大于1，未采用",
        ),
        (
            "a share or probability lies between 0 and 1",
            "比例或概率应在0到1之间",
        ),
        ("write 0.3 or 30%", "请写 0.3 或 30%"),
    ),
    say(
        "D120",
        Warning,
        (
            "{value} pieces are beyond what one item needs (at most {limit})",
            "单个项目用量 {value} 过大（最多 {limit}）",
        ),
        (
            "another number got into the column, or millilitres stand for litres",
            "误填其他数字，或将升写成毫升",
        ),
        (
            "write the pieces or units one item takes; the line is left out",
            "请填写单个项目所需数量；本行暂不采用",
        ),
    ),
];

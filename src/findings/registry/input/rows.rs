//! `D2…`: rows of the population.

use super::super::super::Severity::{Error, Note, Warning};
use super::super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "D201",
        Error,
        (
            "the row has neither a VIN nor a plate",
            "该行既无车架号也无车牌号",
        ),
        ("both cells are empty or unreadable", "两项均为空或无法识别"),
        (
            "add one of them in the source; rejects.csv holds the row",
            "请在源数据中补充，原行见 rejects.csv",
        ),
    ),
    say(
        "D202",
        Error,
        (
            "the row has more cells than the header: it is shifted",
            "该行列数多于表头，内容错位",
        ),
        (
            "a delimiter stands inside a value without quotes",
            "内容中含有未加引号的分隔符",
        ),
        (
            "put the value in quotes, or export as .xlsx",
            "请给该值加引号，或导出为 .xlsx",
        ),
    ),
    say(
        "D203",
        Error,
        ("a quote is opened here and never closed", "此处引号未闭合"),
        (
            "a single quote character stands at the beginning of a value",
            "内容开头有单个引号",
        ),
        (
            "remove or double it, or export as .xlsx",
            "请删除或成对填写，或导出为 .xlsx",
        ),
    ),
    say(
        "D204",
        Note,
        (
            "the row is the same vehicle as {vehicle} and was merged",
            "该行与 {vehicle} 是同一辆车，已合并",
        ),
        (
            "the same VIN or plate stands in several rows or files",
            "同一车架号或车牌出现多次",
        ),
        (
            "nothing; contradictions are listed apart",
            "无需处理；矛盾之处另行列出",
        ),
    ),
    say(
        "D205",
        Note,
        ("blank row", "空行"),
        ("nothing stands in it", "该行无内容"),
        ("nothing", "无需处理"),
    ),
    say(
        "D206",
        Note,
        ("title above the header", "表头上方的标题行"),
        ("the report has a title", "报表带有标题"),
        ("nothing", "无需处理"),
    ),
    say(
        "D207",
        Note,
        ("sum, footer or note", "合计、页脚或说明行"),
        (
            "the report has a total, a signature line or notes",
            "报表带有合计、落款或说明",
        ),
        ("nothing", "无需处理"),
    ),
    say(
        "D208",
        Note,
        (
            "the header once more, or a line above it",
            "重复的表头或其上方的行",
        ),
        (
            "the report repeats it on every page, or files were joined",
            "报表每页重复表头，或由多个文件拼接",
        ),
        ("nothing", "无需处理"),
    ),
    say(
        "D210",
        Warning,
        (
            "{rows} rows of {vehicle} contradict each other in: {columns}",
            "{vehicle} 的{rows}行在以下列不一致：{columns}",
        ),
        (
            "the vehicle changed hands, or one source is out of date",
            "车辆过户，或其中一个来源过期",
        ),
        (
            "the newest row was used; ask at the call",
            "已采用最新一行；请在电话中核实",
        ),
    ),
    say(
        "D211",
        Warning,
        (
            "plate {value} stands on several VINs: {vins}",
            "车牌 {value} 对应多个车架号：{vins}",
        ),
        (
            "the plate was transferred, or a VIN was mistyped",
            "车牌过户，或车架号录入错误",
        ),
        (
            "check the vehicle licences; they are kept as several vehicles",
            "请核对行驶证；暂按多辆车处理",
        ),
    ),
    say(
        "D212",
        Warning,
        (
            "{vehicle} has no VIN and its plate stands on several vehicles; kept on its own",
            "{vehicle} 无车架号且车牌对应多辆车，单独保留",
        ),
        (
            "it cannot be told which of them it is",
            "无法判断属于哪一辆",
        ),
        ("add the VIN", "请补充车架号"),
    ),
    say(
        "D213",
        Warning,
        (
            "{vehicle} seems to have changed hands: older rows name another customer with other phones",
            "{vehicle} 可能已过户：较早的行是另一位客户、另一组电话",
        ),
        (
            "the vehicle was sold on; files of different age name both owners",
            "车辆已转让，不同时期的资料各有一位车主",
        ),
        (
            "the newest customer is called, the former one's phones are left out; ask at the call",
            "只联系最新车主，不用前车主电话；请在电话中核实",
        ),
    ),
];

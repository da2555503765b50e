//! `D3…`: references between tables.

use super::super::super::Severity::{Note, Warning};
use super::super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "D301",
        Warning,
        (
            "{value} is not in the catalogue's items",
            "{value} 不在维修项目目录中",
        ),
        (
            "the item was renamed, or the catalogue lacks it",
            "项目已改名，或目录缺少",
        ),
        (
            "add it to catalogue/items.csv, or correct the code",
            "请补充 catalogue/items.csv 或更正编码",
        ),
    ),
    say(
        "D302",
        Warning,
        (
            "part {value} is not in the catalogue",
            "配件 {value} 不在目录中",
        ),
        (
            "the part was renumbered, or the catalogue lacks it",
            "配件号已变更，或目录缺少",
        ),
        (
            "add it to catalogue/parts.csv, or correct the code",
            "请补充 catalogue/parts.csv 或更正编码",
        ),
    ),
    say(
        "D303",
        Warning,
        (
            "team {team} names van {value}, which is not in vans.csv",
            "班组 {team} 的车辆 {value} 不在 vans.csv 中",
        ),
        ("the van was renamed or sold", "车辆已改名或停用"),
        (
            "correct [[team]] in tour.toml, or vans.csv",
            "请更正 tour.toml 的 [[team]] 或 vans.csv",
        ),
    ),
    say(
        "D304",
        Warning,
        (
            "{value} stands twice; the row of line {first} is used",
            "{value} 重复，采用第{first}行",
        ),
        ("the same key in two rows", "两行关键字相同"),
        ("delete one of them", "请删除其中一行"),
    ),
    say(
        "D305",
        Warning,
        (
            "{value} fits no model of the catalogue",
            "{value} 不适用于目录中任何车型",
        ),
        (
            "the model, class or pattern is misspelt, or the model was removed",
            "车型、类别或通配符有误，或车型已删除",
        ),
        ("correct applies_to", "请更正 applies_to"),
    ),
    say(
        "D306",
        Warning,
        (
            "the rule can never make anything due: {lacking} missing",
            "该规则不会产生到期项目：缺少 {lacking}",
        ),
        ("its kind needs these columns", "该类型需要这些列"),
        ("fill them in", "请补充"),
    ),
    say(
        "D307",
        Note,
        (
            "part {value} stands in several stock rows, which were added up",
            "配件 {value} 有多行库存，已合计",
        ),
        ("it lies on several shelves", "存放于多个库位"),
        ("nothing, if that is so", "如确实如此无需处理"),
    ),
    say(
        "D308",
        Warning,
        (
            "tool {value} is not in tools.csv",
            "工具 {value} 不在 tools.csv 中",
        ),
        (
            "the tool was renamed, or the table lacks it",
            "工具已改名，或表中缺少",
        ),
        (
            "add it to catalogue/tools.csv",
            "请补充 catalogue/tools.csv",
        ),
    ),
    say(
        "D309",
        Note,
        (
            "{count} rows of the history belong to no vehicle of the population",
            "维修历史中有{count}行不属于保有量中的车辆",
        ),
        (
            "the vehicles left the region, or are written differently",
            "车辆已离开本区域，或写法不同",
        ),
        ("nothing, if that is so", "如确实如此无需处理"),
    ),
    say(
        "D310",
        Warning,
        (
            "{value} is neither depot nor a point of points.csv",
            "{value} 既不是 depot 也不是 points.csv 中的服务点",
        ),
        ("the point was renamed or removed", "服务点已改名或删除"),
        ("correct matrix.csv", "请更正 matrix.csv"),
    ),
];

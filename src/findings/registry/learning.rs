//! `M15…`: learning from history and closed tours.

use super::super::Severity::{Error, Note, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M150",
        Note,
        ("there is nothing to learn from yet", "暂无可供学习的数据"),
        (
            "history.csv holds no repairs of these vehicles, and no tour is closed",
            "history.csv 中没有这些车辆的维修记录，也没有已收尾的巡回",
        ),
        (
            "put past repairs into history.csv, or close tours with tourplan close",
            "请在 history.csv 中放入历史维修，或用 tourplan close 收尾巡回",
        ),
    ),
    say(
        "M151",
        Error,
        (
            "this proposal was made from other data than there are now",
            "该建议表所依据的数据与当前数据不同",
        ),
        (
            "history, population, catalogue, rates or a closed tour changed since, or it is another dealer's",
            "此后维修记录、保有量、目录、比率或已收尾巡回有变，或为其他店的表",
        ),
        (
            "run tourplan learn again and mark the new proposal",
            "请重新运行 tourplan learn，并在新表上标注",
        ),
    ),
    say(
        "M152",
        Error,
        (
            "line {line}: {value} is not what was proposed",
            "第 {line} 行：{value} 与建议不符",
        ),
        (
            "its name or value was edited, or the line proposes nothing",
            "名称或数值被改动，或该行没有建议值",
        ),
        (
            "mark lines as they stand; a value of your own belongs into the catalogue or tour.toml",
            "请只标注、不改动；自定数值请写入目录或 tour.toml",
        ),
    ),
    say(
        "M153",
        Error,
        (
            "only one of the two numbers of {value} is accepted",
            "{value} 的两个参数只采纳了一个",
        ),
        (
            "shape and scale were fitted together and mean nothing apart",
            "形状与尺度是一起拟合的，不能分开使用",
        ),
        ("mark both lines, or neither", "两行都标注，或都不标注"),
    ),
    say(
        "M154",
        Error,
        (
            "no line of the proposal is marked yes",
            "建议表中没有标注“是”的行",
        ),
        ("column accept is empty", "“accept”列为空"),
        (
            "write yes into the column accept of the lines wanted",
            "请在需要采纳的行的 accept 列填“是”",
        ),
    ),
    say(
        "M155",
        Warning,
        (
            "learned value {value} belongs to nothing any more",
            "已采纳的值 {value} 已无对应对象",
        ),
        (
            "the rule, model or symptom was renamed or taken out of the catalogue",
            "对应的规则、车型或症状已改名或从目录中删除",
        ),
        (
            "take the line out of learned.csv, or learn again",
            "请从 learned.csv 删去该行，或重新学习",
        ),
    ),
    say(
        "M156",
        Warning,
        (
            "learned value {value} cannot be and is not used",
            "已采纳的值 {value} 不可能成立，未使用",
        ),
        (
            "the file was edited: the number is missing or out of range",
            "文件被改动：数值缺失或超出范围",
        ),
        (
            "correct or remove the line of learned.csv",
            "请更正或删除 learned.csv 中的该行",
        ),
    ),
    say(
        "M157",
        Note,
        (
            "{value} = {to} is learned, accepted by {by} {date}",
            "{value} = {to} 为学习所得，由{by}于{date}采纳",
        ),
        (
            "learned.csv lies over the catalogue and the rates of tour.toml",
            "learned.csv 覆盖目录和 tour.toml 中的相应值",
        ),
        (
            "take the line away to go back to the catalogue's value",
            "删除该行即恢复目录中的值",
        ),
    ),
];

//! `D4…`: tables that stand alone (`tourplan solve wear` and `usage`).

use super::super::super::Severity::Error;
use super::super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "D401",
        Error,
        (
            "'{value}' in column {column} is no number of at least 0",
            "{column} 列的“{value}”不是不小于0的数",
        ),
        (
            "a unit, a comma or a word stands in the cell, or a sign is wrong",
            "单元格中有单位、逗号或文字，或符号有误",
        ),
        (
            "write digits only, with . for decimals",
            "只写数字，小数点用 .",
        ),
    ),
    say(
        "D402",
        Error,
        ("status '{value}' is unknown", "状态“{value}”无法识别"),
        (
            "1 = failed at time, 0 = still good at time, 2 = found failed at the first look, 3 = failed between two looks",
            "1=在 time 失效，0=在 time 仍完好，2=首次检查即失效，3=两次检查之间失效",
        ),
        ("write one of 0, 1, 2, 3", "请填 0、1、2、3 之一"),
    ),
    say(
        "D403",
        Error,
        (
            "a row with status {status} needs a value in column {column}",
            "状态为 {status} 的行需要 {column} 列的值",
        ),
        (
            "0 and 1 need time, 2 needs upper, 3 needs lower and upper",
            "0、1 需要 time，2 需要 upper，3 需要 lower 和 upper",
        ),
        (
            "fill in the cell, or take the row out",
            "请补填，或删去该行",
        ),
    ),
    say(
        "D404",
        Error,
        (
            "upper {value} is not above lower",
            "上限 {value} 不大于下限",
        ),
        (
            "the two looks were written the wrong way round, or are the same",
            "两次检查写反了，或相同",
        ),
        (
            "correct them; a failure at a known time has status 1",
            "请更正；失效时刻已知的用状态 1",
        ),
    ),
    say(
        "D405",
        Error,
        (
            "entry {value} does not lie before the end of this life",
            "进入时间 {value} 不早于该寿命的终点",
        ),
        (
            "what entered the records after it had failed could never have been seen",
            "失效之后才进入记录的不可能被观察到",
        ),
        ("correct the row, or take it out", "请更正或删去该行"),
    ),
    say(
        "D406",
        Error,
        ("a failure at time {value}", "失效时间为 {value}"),
        (
            "no law of wear has failures at time 0: it was broken when it came",
            "磨损规律中没有零时刻的失效：到货即损坏",
        ),
        (
            "take the row out, or correct the time",
            "请删去该行或更正时间",
        ),
    ),
    say(
        "D407",
        Error,
        (
            "count '{value}' is not a whole number up to 9,007,199,254,740,992",
            "数量“{value}”不是整数，或超过 9007199254740992",
        ),
        ("a count of lives", "寿命的个数"),
        ("write a whole number", "请写整数"),
    ),
];

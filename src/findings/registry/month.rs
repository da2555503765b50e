//! `M…`: the life of a month after it was planned.

use super::super::Severity::{Error, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M001",
        Error,
        (
            "{file}, line {line}, cannot be read: {message}",
            "{file} 第{line}行无法读取：{message}",
        ),
        (
            "the file was edited by hand, or a disk lost part of it",
            "文件被手工改动，或磁盘丢失了部分内容",
        ),
        (
            "put the file back from a backup; nothing was changed",
            "请从备份恢复该文件；未作任何更改",
        ),
    ),
    say(
        "M002",
        Error,
        (
            "the plan has no tour '{value}'; it has {tours}",
            "计划中没有巡回“{value}”；现有 {tours}",
        ),
        (
            "the month was planned anew, or a slip of the pen",
            "该月已重新排程，或编号写错",
        ),
        ("give one of these", "请指定其中之一"),
    ),
    say(
        "M003",
        Warning,
        (
            "{value}: approved by {by} on {on}, {changes} lines changed since",
            "{value}：{by} 于{on}已审批，此后有{changes}处变动",
        ),
        (
            "the plan was made again on other data or settings",
            "数据或设置变化后重新排程",
        ),
        (
            "look at approval-changes.csv, then ask for a new signature: tourplan approve",
            "请查看 approval-changes.csv，并重新审批：tourplan approve",
        ),
    ),
    say(
        "M004",
        Warning,
        (
            "{value}: approved by {by} on {on}, and no longer in the plan",
            "{value}：{by} 于{on}已审批，计划中已不存在",
        ),
        (
            "the plan was made again with fewer tours",
            "重新排程后巡回减少",
        ),
        (
            "tell who signed; the other tours may have new numbers",
            "请告知审批人；其他巡回的编号可能有变",
        ),
    ),
    say(
        "M005",
        Error,
        ("whoever approves has to be named", "审批人姓名不能为空"),
        ("--by is empty", "--by 为空"),
        (
            "give the name of who signs: --by NAME",
            "请填写审批人：--by 姓名",
        ),
    ),
    say(
        "M010",
        Warning,
        (
            "booking {value}: '{cell}' is filled differently in {old} and in {new}; the later one counts",
            "预约 {value}：“{cell}”在 {old} 与 {new} 中填写不一致，以较新的为准",
        ),
        (
            "two callers filled copies of the same sheet, or the customer changed his mind",
            "两人填写了同一张表的副本，或客户改了主意",
        ),
        (
            "ask who is right; if the earlier one is, write it into the sheet and read that in again",
            "请核实；若以前者为准，请改正后重新读入",
        ),
    ),
];

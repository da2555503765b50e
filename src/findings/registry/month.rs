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
    say(
        "M011",
        Error,
        (
            "the tours cannot stand as they are: {message}",
            "巡回无法照此执行：{message}",
        ),
        (
            "points, teams, days off or limits changed since they were planned, or a change by hand breaks a rule",
            "服务点、班组、休息日或限制在排程后有变，或手工改动违反规则",
        ),
        (
            "put the tables right; nothing was changed",
            "请修正资料；未作任何更改",
        ),
    ),
    say(
        "M012",
        Warning,
        (
            "booking {value}: the time wished is taken at {visit}; booked at {slot}",
            "预约 {value}：{visit} 所希望的时段已满，已安排 {slot}",
        ),
        (
            "every bay is busy then, or the day is not one of the visit's",
            "该时段工位已满，或该日不在到站日期内",
        ),
        (
            "tell the customer; another wish goes into the call sheet",
            "请告知客户；另有希望可填入电话表",
        ),
    ),
    say(
        "M013",
        Warning,
        (
            "booking {value}: {visit} is over-full; the slot {slot} does not end within the day",
            "预约 {value}：{visit} 已超出容量，时段 {slot} 当日做不完",
        ),
        (
            "more customers said yes than were expected",
            "答应到场的客户多于预期",
        ),
        (
            "ask somebody to come another time, or invite to the workshop; the new wish goes into the call sheet",
            "请部分客户改期，或邀约进店；新的希望填入电话表",
        ),
    ),
    say(
        "M014",
        Warning,
        (
            "booking {value} said yes, and {visit} is full: it waits",
            "预约 {value} 已答应到场，但 {visit} 已满，列为候补",
        ),
        (
            "the hours of the visit are taken by those who said yes before",
            "该站工时已被先答应的客户占用",
        ),
        (
            "ask somebody with a place to come another time, or invite this one to the workshop",
            "请有位客户改期，或邀约该客户进店",
        ),
    ),
    say(
        "M016",
        Warning,
        (
            "{file}: a file with exactly these bytes was read in before; nothing changes",
            "{file}：内容完全相同的文件已读入过，未作更改",
        ),
        ("the same sheet was given twice", "同一份表给了两次"),
        ("give the sheet as it is filled now", "请提供最新填写的表"),
    ),
    say(
        "M017",
        Error,
        (
            "{month} has {booked} customers who said yes: it is not planned anew",
            "{month} 已有{booked}位客户答应到场，不再重新排程",
        ),
        (
            "a new plan could take their places away",
            "重新排程会打乱已答应的预约",
        ),
        (
            "read further answers with tourplan confirm, or plan around the bookings with --replan; nothing was changed",
            "请用 tourplan confirm 继续读入答复，或用 --replan 在保留预约的前提下重新排程；未作任何更改",
        ),
    ),
    say(
        "M018",
        Error,
        (
            "{value} cannot be changed that way: it is {state}",
            "{value} 不能这样变更：状态为 {state}",
        ),
        (
            "gone = it has left, closed = it is closed, suspended = it has no day now, cancelled = it does not take place",
            "gone＝已出发，closed＝已结案，suspended＝已暂停，cancelled＝已取消",
        ),
        (
            "a suspended tour leaves again with tourplan move TOUR --to DATE; one that is cancelled is planned in another month",
            "暂停的巡回请用 tourplan move 巡回 --to 日期 恢复；已取消的请在其他月份排程",
        ),
    ),
    say(
        "M019",
        Error,
        (
            "{value} cannot leave on {date}; nearest days that are allowed: {days}",
            "{value} 不能于{date}出发；最近可行的日期：{days}",
        ),
        (
            "a team, van or person is out or has a day off, a point is closed, or it is a rest day",
            "班组、车辆或人员已有任务或休息，服务点不开放，或为休息日",
        ),
        (
            "give one of these days, or tourplan move TOUR --suspend; nothing was changed",
            "请改用其中一天，或先暂停：tourplan move 巡回 --suspend；未作任何更改",
        ),
    ),
    say(
        "M093",
        Warning,
        (
            "today is {today}, but the journal's newest entry is of {newest}",
            "今天是{today}，但日志最新一条的日期是{newest}",
        ),
        (
            "the computer's clock is wrong, or --today or tour.toml gives an earlier day",
            "电脑时钟有误，或 --today、tour.toml 指定了较早的日期",
        ),
        (
            "set the clock, or give --today; what is written now bears the earlier day, and the order of the entries stays",
            "请校准时钟，或用 --today 指定日期；本次记录使用较早的日期，各条记录的先后次序不变",
        ),
    ),
];

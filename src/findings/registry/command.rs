//! `C…`: commands, files and the workspace.

use super::super::Severity::{Error, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "C001",
        Error,
        (
            "{file} is not a workspace: tour.toml is missing",
            "{file} 不是工作区：缺少 tour.toml",
        ),
        (
            "the command ran in another folder",
            "命令在其他文件夹中运行",
        ),
        (
            "give the workspace with -C, or make one with tourplan init",
            "用 -C 指定工作区，或用 tourplan init 新建",
        ),
    ),
    say(
        "C002",
        Error,
        (
            "tour.toml cannot be read: {message}",
            "tour.toml 无法读取：{message}",
        ),
        ("a typing mistake in the file", "文件有书写错误"),
        ("correct the line named", "更正所指的行"),
    ),
    say(
        "C003",
        Error,
        ("{file}: {message}", "{file}：{message}"),
        (
            "the disk is full, read-only, or another program holds the file",
            "磁盘已满、只读或文件被占用",
        ),
        (
            "close other programs, free space, and run the command again; the plan folder is whole, as it was before",
            "关闭其他程序、清理空间后重新运行该命令；计划文件夹完整，内容不变",
        ),
    ),
    say(
        "C004",
        Error,
        (
            "another tourplan is working in this workspace ({file})",
            "另一个 tourplan 正在使用此工作区（{file}）",
        ),
        ("two commands at once", "两个命令同时运行"),
        ("wait for it to end, then run again", "等待其结束后重试"),
    ),
    say(
        "C005",
        Error,
        ("there is no plan for {month}", "没有 {month} 的计划"),
        (
            "plan was not run yet, or for another month",
            "尚未运行 plan，或月份不同",
        ),
        (
            "run tourplan plan --month {month}",
            "运行 tourplan plan --month {month}",
        ),
    ),
    say(
        "C006",
        Error,
        ("folder {file} is not empty", "文件夹 {file} 不为空"),
        ("init never writes over files", "init 不覆盖已有文件"),
        ("give a new folder", "请指定新文件夹"),
    ),
    say(
        "C007",
        Error,
        ("{file}: {message}", "{file}：{message}"),
        (
            "the file is not what the command expects",
            "文件不符合命令要求",
        ),
        (
            "see tourplan schema for the format",
            "格式见 tourplan schema",
        ),
    ),
    say(
        "C008",
        Error,
        ("'{value}' is not {expected}", "“{value}”不是{expected}"),
        (
            "a setting or argument has a value that cannot be used",
            "设置或参数取值无效",
        ),
        ("correct {key}", "更正 {key}"),
    ),
    say(
        "C009",
        Warning,
        (
            "tour.toml has an unknown key {key}",
            "tour.toml 有未知的键 {key}",
        ),
        (
            "a typing mistake, or a key of another version",
            "书写错误，或其他版本的键",
        ),
        ("{hint}", "{hint}"),
    ),
    say(
        "C010",
        Error,
        (
            "the plan of {month} cannot be read: {message}",
            "{month} 的计划无法读取：{message}",
        ),
        (
            "the file was edited, copied incompletely, or made by another version",
            "文件被改动、未复制完整，或由其他版本生成",
        ),
        (
            "copy the whole folder again, or put plans/.last-{month} in its place; plan the month again only where neither is there",
            "请重新完整复制该文件夹，或用 plans/.last-{month} 替换；两者都没有时才重新排程",
        ),
    ),
    say(
        "C011",
        Error,
        (
            "the workspace's own gazetteer cannot be used: line {line}: {message}",
            "自备地名库无法使用：第 {line} 行：{message}",
        ),
        (
            "gazetteer.csv replaces the built-in one and needs its columns adcode, province, city, county, township, lon, lat",
            "gazetteer.csv 会替代内置地名库，需有 adcode、province、city、county、township、lon、lat 各列",
        ),
        (
            "correct the line, or take the file away to use the built-in gazetteer",
            "更正该行，或移走该文件以使用内置地名库",
        ),
    ),
    say(
        "C012",
        Error,
        (
            "'{value}' is nothing in this month's plan",
            "本月计划中没有“{value}”",
        ),
        (
            "a typing mistake, or something of another month",
            "书写错误，或属于其他月份",
        ),
        ("the nearest keys: {nearest}", "相近的有：{nearest}"),
    ),
    say(
        "C013",
        Error,
        (
            "'{value}' can mean {count} things",
            "“{value}”可以指{count}项内容",
        ),
        ("several names contain these words", "多个名称含有这些字"),
        (
            "give one of their keys: {several}",
            "请给出其中一个编号：{several}",
        ),
    ),
    say(
        "C014",
        Error,
        (
            "no browser to print PDFs with was found",
            "没有找到可用于打印 PDF 的浏览器",
        ),
        (
            "PDFs are printed by an installed Microsoft Edge, Google Chrome or Chromium",
            "PDF 由本机安装的 Microsoft Edge、Google Chrome 或 Chromium 打印",
        ),
        (
            "install one of them, or put the path of its program into {variable}; the HTML pages can be printed from any browser",
            "请安装其中之一，或把程序路径写入环境变量 {variable}；HTML 单据可用任何浏览器打印",
        ),
    ),
    say(
        "C015",
        Error,
        (
            "{variable} names {file}, which is no file",
            "{variable} 指向的 {file} 不是文件",
        ),
        (
            "a typing mistake, or the browser was removed",
            "书写错误，或浏览器已卸载",
        ),
        (
            "give the path of the browser's program, or unset it to have the usual places looked through",
            "请填写浏览器程序的路径，或清除该变量以查找常用位置",
        ),
    ),
    say(
        "C016",
        Error,
        (
            "{program} does not print {file}: {message}",
            "{program} 未能打印 {file}：{message}",
        ),
        (
            "the browser is damaged, too old, or a policy forbids driving it",
            "浏览器损坏、过旧，或被策略禁止远程调试",
        ),
        (
            "update it or name another one in TOURPLAN_BROWSER; without --pdf the command works as ever; nothing was changed",
            "请更新浏览器或用 TOURPLAN_BROWSER 指定另一个；不加 --pdf 时命令照常可用；未作任何更改",
        ),
    ),
    say(
        "C017",
        Error,
        (
            "there is no tour {value} in the plan for {month}",
            "{month} 的计划中没有巡回 {value}",
        ),
        (
            "a typing mistake, or the plan was made again",
            "书写错误，或计划已重做",
        ),
        (
            "tourplan show lists the tours",
            "用 tourplan show 查看全部巡回",
        ),
    ),
    say(
        "C018",
        Error,
        (
            "{file} does not fit on the disk: {message}",
            "磁盘空间不足，无法写入 {file}：{message}",
        ),
        (
            "the disk is full, or a quota or size limit is reached",
            "磁盘已满，或达到配额、文件大小限制",
        ),
        (
            "free space and run the command again; the plan folder is whole, as it was before",
            "请清理空间后重新运行该命令；计划文件夹完整，内容不变",
        ),
    ),
    say(
        "C019",
        Error,
        (
            "{file} cannot be used: {message}",
            "{file} 无法使用：{message}",
        ),
        (
            "it, or something in it, is open in Excel, WPS or another program, or the folder is read-only",
            "该文件（或文件夹中的文件）正在 Excel、WPS 等程序中打开，或文件夹为只读",
        ),
        (
            "close it there, or give this account the right to write, and run the command again; the plan folder is whole, as it was before",
            "请在该程序中关闭，或为本账户开通写入权限，然后重新运行该命令；计划文件夹完整，内容不变",
        ),
    ),
    say(
        "C020",
        Error,
        (
            "{file} is missing or cut short: {found} of {bytes} bytes are there",
            "{file} 缺失或不完整：应有 {bytes} 字节，现有 {found} 字节",
        ),
        (
            "the plan folder was copied by halves (a stick pulled out too early, a full disk), or a file was deleted or edited",
            "计划文件夹未复制完整（过早拔出 U 盘、磁盘已满），或文件被删除、改动",
        ),
        (
            "copy the whole folder again, or put plans/.last-{month} in its place; where neither is there, move plans/{month} away and plan the month again",
            "请重新完整复制该文件夹，或用 plans/.last-{month} 替换；两者都没有时，移走 plans/{month} 后重新排程",
        ),
    ),
    say(
        "C021",
        Error,
        (
            "{file} is a link or a device, not a file",
            "{file} 是链接或设备，不是文件",
        ),
        (
            "somebody put it into the plan folder; what it leads to is not read and not written",
            "有人将其放入计划文件夹；其指向的内容不会被读取或写入",
        ),
        (
            "take it out of the plan folder and run the command again",
            "请将其移出计划文件夹后重新运行该命令",
        ),
    ),
    say(
        "C030",
        Error,
        (
            "{file}: the plan has the form {value}; this version knows {known}",
            "{file}：计划格式为 {value}，本版本只认识 {known}",
        ),
        (
            "a newer version of tourplan made it",
            "由较新版本的 tourplan 生成",
        ),
        (
            "use that version, or update this one; the plan stays as it is",
            "请使用该版本或升级本程序；计划保持不变",
        ),
    ),
    say(
        "C031",
        Error,
        (
            "not every system takes a file of the name '{value}'",
            "并非所有系统都接受文件名“{value}”",
        ),
        (
            "plan.json was edited, or a tour, person or point has a name that cannot be part of a file's",
            "plan.json 被改动，或巡回、人员、网点的名称不能用于文件名",
        ),
        (
            "change that name and plan again; nothing was changed",
            "请修改该名称后重新排程；未作任何更改",
        ),
    ),
];

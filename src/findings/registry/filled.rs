//! `M040…`: filled sheets that come back.

use super::super::Severity::{Error, Note, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M040",
        Error,
        (
            "{file} has no column {column}: nobody can tell what its lines are about; it has {found}",
            "{file} 缺少“{column}”列，无法对应到车辆；现有列：{found}",
        ),
        (
            "the column was deleted or renamed, or it is another file",
            "该列被删除或改名，或文件选错",
        ),
        (
            "call the column one of {aliases}, or copy the keys back from the sheet that went out",
            "请把列名改为以下之一：{aliases}；或从原表把编号复制回来",
        ),
    ),
    say(
        "M041",
        Error,
        (
            "'{value}' is nothing this month knows: the line is set aside",
            "“{value}”不是本月的编号，该行未采用",
        ),
        (
            "a slip of the pen, or a sheet of another month or plan",
            "编号写错，或是其他月份、其他方案的表",
        ),
        (
            "correct the key by the sheet that went out and read the file in again",
            "请按原表更正编号后重新读入",
        ),
    ),
    say(
        "M042",
        Error,
        (
            "something is written here and nothing says what it is about: the line is set aside",
            "该行已填写，但没有编号，未采用",
        ),
        (
            "the key was deleted, or the line was added by hand",
            "编号被删除，或该行是手工添加的",
        ),
        (
            "write the key in and read the file in again",
            "请补上编号后重新读入",
        ),
    ),
    say(
        "M043",
        Warning,
        (
            "'{value}' is no day that can be read; the cell is left out",
            "“{value}”不是可识别的日期，该格未采用",
        ),
        (
            "words like 'next week', or a weekday that does not fit the date",
            "写的是“下周”之类，或星期与日期不符",
        ),
        (
            "write the day as 2026-12-10 or 12月10日",
            "请写成 2026-12-10 或 12月10日",
        ),
    ),
    say(
        "M044",
        Warning,
        (
            "'{value}' is no time that can be read; the cell is left out",
            "“{value}”不是可识别的时间，该格未采用",
        ),
        ("words instead of a time", "写的不是时间"),
        (
            "write 9:30, 下午3点半 or 上午",
            "请写成 9:30、下午3点半 或 上午",
        ),
    ),
    say(
        "M045",
        Warning,
        (
            "'{value}' is no amount that can be read; the cell is left out",
            "“{value}”不是可识别的金额，该格未采用",
        ),
        ("a sum or words instead of one figure", "写的是算式或文字"),
        ("write one figure in yuan", "请写一个金额（元）"),
    ),
    say(
        "M046",
        Warning,
        (
            "'{value}' is no odometer reading; the cell is left out",
            "“{value}”不是可识别的里程，该格未采用",
        ),
        ("words instead of kilometres", "写的不是公里数"),
        ("write 86000 or 8.6万", "请写成 86000 或 8.6万"),
    ),
    say(
        "M047",
        Warning,
        (
            "'{value}' is neither yes nor no; the cell is left out",
            "“{value}”不是“是”或“否”，该格未采用",
        ),
        ("words instead of a choice", "写的是文字，不是选项"),
        (
            "choose yes or no; other words belong under remarks",
            "请选“是”或“否”，其他内容写在备注中",
        ),
    ),
    say(
        "M048",
        Warning,
        (
            "'{value}' is none of {allowed}; the cell is left out",
            "“{value}”不在选项中（{allowed}），该格未采用",
        ),
        (
            "words of one's own, or two results in one cell",
            "写的是自己的说法，或一格写了两种结果",
        ),
        ("choose one from the list", "请从下拉列表中选一个"),
    ),
    say(
        "M049",
        Warning,
        (
            "'{value}' is no number that fits here; the cell is left out",
            "“{value}”不是可用的数量，该格未采用",
        ),
        (
            "words, a fraction of a piece, or nought",
            "写的是文字、小数或 0",
        ),
        ("write one number", "请写一个数字"),
    ),
    say(
        "M050",
        Warning,
        (
            "'{value}' is no repair item's code or name; the words are kept beside the line",
            "“{value}”不是项目编码或名称，原文已保留",
        ),
        ("a symptom or a name of one's own", "写的是症状或自己的叫法"),
        (
            "write the item's code as it is printed, or have the foreman say which items it takes",
            "请写表上的项目编码，或请车间主管判断",
        ),
    ),
    say(
        "M051",
        Warning,
        (
            "'{value}' is no part's code or name; the words are kept beside the line",
            "“{value}”不是配件编码或名称，原文已保留",
        ),
        (
            "a slip of the pen or a part that is not in the catalogue",
            "编码写错，或目录中没有",
        ),
        (
            "write the code and the pieces: 0012×2",
            "请写编码和数量，如 0012×2",
        ),
    ),
    say(
        "M052",
        Warning,
        (
            "'{value}' may be any of {candidates}; the words are kept beside the line",
            "“{value}”可能是 {candidates}，原文已保留",
        ),
        ("several codes have this name", "多个编码同名"),
        ("write the code", "请写编码"),
    ),
    say(
        "M053",
        Error,
        (
            "{key} does not belong to '{value}': the line is set aside",
            "{key} 与“{value}”不对应，该行未采用",
        ),
        (
            "some columns were sorted or moved without the others",
            "只对部分列排序或移动，行已错位",
        ),
        (
            "undo the sorting, or select the whole sheet before sorting, and read the file in again",
            "请撤销排序，或全选后再排序，然后重新读入",
        ),
    ),
    say(
        "M054",
        Warning,
        (
            "something is written in this line, but not how it went",
            "该行有填写，但没有填结果",
        ),
        ("the result was forgotten", "忘记填写结果"),
        (
            "choose a result and read the file in again; the other cells are kept",
            "请补选结果后重新读入；其他内容已保留",
        ),
    ),
    say(
        "M055",
        Note,
        (
            "this line says the same as line {first}: read once",
            "该行与第{first}行相同，只读一次",
        ),
        ("the row was copied", "行被复制"),
        ("nothing", "无需处理"),
    ),
    say(
        "M056",
        Warning,
        (
            "the cell is too long: {limit} characters of it are kept as a remark",
            "该格过长，只保留前{limit}个字符作为备注",
        ),
        ("something else was pasted into it", "粘贴了其他内容"),
        ("write it shorter", "请缩短后重新读入"),
    ),
    say(
        "M057",
        Error,
        (
            "{damaged} pieces damaged of {counted} counted: the line is set aside",
            "实到“{counted}”，破损“{damaged}”，数量矛盾，该行未采用",
        ),
        (
            "damaged pieces are among those counted; a count is missing or cannot be read",
            "实到应包含破损件；数量未填或无法识别",
        ),
        (
            "write all pieces that came under received, and those of them that are damaged",
            "请在“实到”填写到货总数，“破损”填写其中的破损数",
        ),
    ),
    say(
        "M058",
        Error,
        (
            "'{value}' is none of the plan's tours, points or teams: the line is set aside",
            "“{value}”不是方案中的巡回、地点或班组，该行未采用",
        ),
        ("a slip of the pen, or a new name", "写错，或是新名称"),
        (
            "choose from the sheet Lists; leave the tour empty, or write 'new', for a new tour",
            "请从“名单”表中选择；新增巡回请把“巡回”留空或写“新”",
        ),
    ),
    say(
        "M059",
        Warning,
        (
            "the rows of {value} disagree on {cell}: the first stop's counts",
            "{value} 各行的 {cell} 不一致，以第一站为准",
        ),
        (
            "only one of several rows was changed",
            "同一巡回有多行，只改了其中一行",
        ),
        (
            "look whether the first stop's row says what is wished",
            "请核对第一站所在行",
        ),
    ),
];

//! `D0…`: files, sheets and columns.

use super::super::super::Severity::{Error, Note, Warning};
use super::super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "D001",
        Error,
        (
            "{file} is missing (table {table})",
            "缺少 {file}（{table} 表）",
        ),
        (
            "the file was not put into the workspace, or has another name",
            "文件未放入工作区，或文件名不同",
        ),
        (
            "put it there as .csv or .xlsx; tourplan schema {table} lists its columns",
            "请放入 .csv 或 .xlsx 文件；列说明见 tourplan schema {table}",
        ),
    ),
    say(
        "D002",
        Error,
        ("{file} has no column {column}", "{file} 缺少列 {column}"),
        (
            "none of its headers is known for it: {aliases}",
            "表头中没有可识别的名称：{aliases}",
        ),
        (
            "rename a column to one of {aliases}, or add the dealer's own name under [columns] in tour.toml",
            "把表头改为以下之一：{aliases}；或在 tour.toml 的 [columns] 中登记自己的列名",
        ),
    ),
    say(
        "D003",
        Error,
        (
            "{file} has no header row that can be recognised",
            "{file} 中找不到可识别的表头",
        ),
        (
            "the file is empty, has no headers, or is another table",
            "文件为空、没有表头，或不是这张表",
        ),
        (
            "give the columns the names that tourplan schema lists, within the first 30 rows",
            "请在前30行内加上 tourplan schema 所列的列名",
        ),
    ),
    say(
        "D004",
        Error,
        (
            "{file} cannot be opened: {message}",
            "{file} 无法打开：{message}",
        ),
        (
            "another program holds it, or access is not allowed",
            "文件被占用或没有权限",
        ),
        (
            "close it in Excel or WPS and run again",
            "请在 Excel/WPS 中关闭后重试",
        ),
    ),
    say(
        "D005",
        Error,
        (
            "{file} is {kind}, which cannot be read",
            "{file} 是 {kind}，无法读取",
        ),
        (
            "the system exported another format, whatever the name says",
            "系统导出的是其他格式，与扩展名无关",
        ),
        (
            "open it in Excel or WPS and save it as .xlsx or as CSV UTF-8",
            "请用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV UTF-8",
        ),
    ),
    say(
        "D006",
        Error,
        (
            "{file} and {other} both hold the same table",
            "{file} 和 {other} 是同一张表",
        ),
        ("an older copy was left beside the new one", "旧文件未删除"),
        ("keep one of them", "请只保留一个"),
    ),
    say(
        "D007",
        Error,
        (
            "{file} is too large: {what} (limit {limit})",
            "{file} 过大：{what}（上限 {limit}）",
        ),
        (
            "the file is damaged, or not an export of vehicles",
            "文件损坏，或不是车辆导出文件",
        ),
        ("export it again, or split it", "请重新导出或拆分"),
    ),
    say(
        "D008",
        Error,
        (
            "{file} is a damaged workbook: {message}",
            "{file} 工作簿已损坏：{message}",
        ),
        (
            "the download or copy was cut short, or it is protected by a password",
            "下载或复制不完整，或设有密码",
        ),
        (
            "open it in Excel or WPS and save it again without a password",
            "请用 Excel 或 WPS 打开，取消密码后重新保存",
        ),
    ),
    say(
        "D009",
        Warning,
        (
            "{file} is not a table and was left alone",
            "{file} 不是表格，已跳过",
        ),
        (
            "population/ holds a file that is neither .csv nor .xlsx",
            "population/ 中有非 .csv/.xlsx 文件",
        ),
        (
            "move it elsewhere, or save the table in it as .xlsx",
            "请移走，或将其中的表格另存为 .xlsx",
        ),
    ),
    say(
        "D010",
        Warning,
        (
            "{file} was read as {encoding}, a guess",
            "{file} 按 {encoding} 编码读取（推测）",
        ),
        (
            "its bytes fit no encoding without doubt",
            "文件编码无法确定",
        ),
        (
            "look at the Chinese text in the result; if it is garbled, save the file as CSV UTF-8",
            "请检查中文是否乱码；如有乱码请另存为 CSV UTF-8",
        ),
    ),
    say(
        "D011",
        Warning,
        (
            "{count} characters of this cell could not be decoded",
            "该单元格有{count}个字符无法解码",
        ),
        (
            "the file was damaged or put together from two encodings",
            "文件损坏，或由两种编码拼接而成",
        ),
        (
            "correct the text in the source and export again",
            "请在源系统更正后重新导出",
        ),
    ),
    say(
        "D012",
        Note,
        (
            "columns without a meaning here: {columns}",
            "未使用的列：{columns}",
        ),
        (
            "their headers are not in the list of known names",
            "表头不在已知名称中",
        ),
        (
            "nothing, or name them under [columns] in tour.toml",
            "无需处理；如需使用请在 tour.toml 的 [columns] 中登记",
        ),
    ),
    say(
        "D013",
        Warning,
        (
            "several columns mean {column}: {columns}; the first that is filled is used",
            "多列同为 {column}：{columns}；取先有值的一列",
        ),
        (
            "the export holds the same thing twice",
            "导出文件中含义重复",
        ),
        (
            "rename the column that should not be used",
            "请改名不需要的列",
        ),
    ),
    say(
        "D014",
        Note,
        (
            "this sheet has no known headers and was left alone",
            "该工作表没有可识别的表头，已跳过",
        ),
        (
            "it is another table, a cover or a pivot",
            "可能是其他表、封面或透视表",
        ),
        (
            "nothing, unless vehicles stand on it",
            "如其中有车辆数据，请补上表头",
        ),
    ),
    say(
        "D015",
        Warning,
        (
            "{file} is missing; the plan is made without it",
            "缺少 {file}，本次按没有该表处理",
        ),
        (
            "the file was not put into the workspace",
            "文件未放入工作区",
        ),
        (
            "add it to have {table} counted on",
            "补充后即可使用 {table}",
        ),
    ),
    say(
        "D016",
        Error,
        ("population/ holds no table", "population/ 中没有表格"),
        (
            "the export of the region's vehicles is not there yet",
            "尚未放入区域车辆导出文件",
        ),
        (
            "put the DMS export there as .csv or .xlsx",
            "请放入 DMS 导出的 .csv 或 .xlsx",
        ),
    ),
    say(
        "D017",
        Warning,
        (
            "{file} has headers but no usable row",
            "{file} 只有表头，没有可用的行",
        ),
        ("the export was empty", "导出内容为空"),
        ("export it again", "请重新导出"),
    ),
    say(
        "D018",
        Warning,
        (
            "{count} cells stand beyond column {limit} and were left",
            "有{count}个单元格超出第{limit}列，未读取",
        ),
        ("stray values far to the right", "右侧有零散内容"),
        ("delete them", "请删除"),
    ),
    say(
        "D019",
        Warning,
        (
            "{count} more findings {code} in {file} are not listed",
            "{file} 另有{count}条 {code} 未逐条列出",
        ),
        (
            "the same fault stands in very many rows",
            "同一问题在大量行中出现",
        ),
        (
            "correct it in the source, where it is one mistake, and export again",
            "多为同一原因，请在源系统更正后重新导出",
        ),
    ),
    say(
        "D020",
        Warning,
        (
            "this sheet names vehicles but has no column {columns} and was left alone; another sheet of the file is used",
            "该工作表有车辆，但缺少列 {columns}，已跳过；已使用同一文件的其他工作表",
        ),
        (
            "it is another list, such as repairs, or headers are missing",
            "可能是维修记录等其他清单，或缺少表头",
        ),
        (
            "nothing, unless its vehicles stand nowhere else: then complete its headers",
            "如其中车辆未出现在其他表中，请补全表头",
        ),
    ),
    say(
        "D021",
        Note,
        (
            "this sheet is hidden and was left alone",
            "该工作表已隐藏，未读取",
        ),
        ("somebody hid it", "有人将其隐藏"),
        (
            "show it in Excel or WPS if its vehicles are wanted",
            "如需读取其中车辆，请取消隐藏",
        ),
    ),
];

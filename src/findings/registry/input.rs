//! `D…`: what was noticed while reading the tables. D0 files and columns, D1 cells, D2 rows,
//! D3 references between tables.

use super::super::Severity::{Error, Note, Warning};
use super::{Entry, say};

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
        ("sum or footer", "合计或页脚行"),
        (
            "the report has a total or a signature line",
            "报表带有合计或落款",
        ),
        ("nothing", "无需处理"),
    ),
    say(
        "D208",
        Note,
        ("the header once more", "重复的表头"),
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

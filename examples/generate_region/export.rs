//! The sample's population as a dealer's systems would export it: other encodings, formats, headers and
//! ways of writing, and what people do to such files.
//!
//! Nothing is lost on the way but a few phones that a spreadsheet turned into `1.99E+10`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use encoding_rs::GB18030;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use crate::dice::Dice;
use crate::vehicles::HEADERS;

/// Columns of the customer export in its own order: the sample's header, the export's.
const CUSTOMERS: [(&str, &str); 25] = [
    ("客户名称", "*车主姓名"),
    ("联系人", "送修人"),
    ("手机号码", "联系方式"),
    ("客户类型", "客户性质"),
    ("省", "省份"),
    ("市", "地市"),
    ("县(区)", "区县"),
    ("乡镇", "乡镇街道"),
    ("地址", "详细地址"),
    ("车型", "品牌车型"),
    ("车架号", "底盘号"),
    ("车牌号", "牌照号码"),
    ("购车日期", "开票日期"),
    ("车辆用途", "使用性质"),
    ("行驶里程", "最近进店里程"),
    ("里程日期", "最近进店日期"),
    ("上次保养日期", "最后保养日期"),
    ("上次保养里程", "最后保养里程"),
    ("日均里程", "日均行驶里程"),
    ("重点客户", "VIP"),
    ("拒绝联系", "免打扰"),
    ("短信退订", "拒收短信"),
    ("转交同意", "同意转交"),
    ("经度", "经度"),
    ("纬度", "纬度"),
];

/// One clean row by the sample's headers.
struct Row(Vec<String>);

impl Row {
    fn get(&self, header: &str) -> &str {
        let at = HEADERS.iter().position(|name| *name == header);
        at.and_then(|at| self.0.get(at)).map_or("", String::as_str)
    }
}

/// Writes `out/population` from the sample's.
pub(crate) fn write(sample: &Path, out: &Path, dice: &mut Dice) -> Result<(), Box<dyn Error>> {
    let retail = read(&sample.join("population/retail.csv"))?;
    let fleets = read(&sample.join("population/fleets.csv"))?;
    let (first, second) = retail.split_at(retail.len() / 2);
    let folder = out.join("population");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("客户资料导出.csv"), customers(first, dice))?;
    fs::write(folder.join("车辆台账.xlsx"), ledger(second, dice)?)?;
    fs::write(folder.join("集团客户.xls"), page(&fleets, dice))?;
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = Vec::new();
    for row in reader.records() {
        rows.push(Row(row?.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

/// A cell as somebody typed it or some system printed it.
fn dressed(row: &Row, header: &str, dice: &mut Dice) -> String {
    let clean = row.get(header);
    if clean.is_empty() {
        return if dice.chance(0.05) && !header.contains('度') {
            // 无 in a column of yes and no would be a no.
            ["-", "NULL", "  "][dice.below(3)].to_owned()
        } else {
            String::new()
        };
    }
    match header {
        "手机号码" => phone(clean, dice),
        "车架号" => match dice.below(20) {
            0 => clean.to_lowercase(),
            1 => format!(" {clean} "),
            2 => wide(clean),
            _ => clean.to_owned(),
        },
        "车牌号" => plate(clean, dice),
        "行驶里程" | "上次保养里程" => mileage(clean, dice),
        _ if header.ends_with("日期") => day(clean, dice),
        "车型" if dice.chance(0.2) => format!("上汽大通 {clean}"),
        "重点客户" | "拒绝联系" | "短信退订" | "转交同意" if clean == "是" => {
            ["是", "√", "Y", "1"][dice.below(4)].to_owned()
        }
        _ => clean.to_owned(),
    }
}

fn wide(text: &str) -> String {
    let shift = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().map(shift).collect()
}

fn phone(clean: &str, dice: &mut Dice) -> String {
    let parts = (clean.get(..3), clean.get(3..7), clean.get(7..));
    let (Some(a), Some(b), Some(c)) = parts else {
        return clean.to_owned();
    };
    match dice.below(300) {
        0 => "1.99E+10".to_owned(),
        1..=15 => format!("{a} {b} {c}"),
        16..=30 => format!("{a}-{b}-{c}"),
        31..=40 => format!("+86 {clean}"),
        41..=60 => format!("{clean}.0"),
        61..=65 => wide(clean),
        66..=70 => format!("手机：{clean}"),
        71..=75 => format!("{clean}（本人）"),
        _ => clean.to_owned(),
    }
}

fn plate(clean: &str, dice: &mut Dice) -> String {
    let split = clean
        .char_indices()
        .nth(2)
        .map_or(clean.len(), |(at, _)| at);
    let (area, number) = clean.split_at(split);
    match dice.below(10) {
        0 => format!("{area}·{number}"),
        1 => format!("{area} {}", number.to_lowercase()),
        2 => format!("{area}-{number}"),
        _ => clean.to_owned(),
    }
}

fn mileage(clean: &str, dice: &mut Dice) -> String {
    let Ok(km) = clean.parse::<u64>() else {
        return clean.to_owned();
    };
    match dice.below(12) {
        0 => format!("{clean}公里"),
        1 => format!("{clean} km"),
        2 if km >= 1000 => format!("{},{:03}", km / 1000, km % 1000),
        3 if km >= 10_000 && km % 1000 == 0 => format!("{}.{}万", km / 10_000, km / 1000 % 10),
        4 => format!("{clean}.0"),
        _ => clean.to_owned(),
    }
}

fn day(clean: &str, dice: &mut Dice) -> String {
    let Some((year, month, day)) = parts_of(clean) else {
        return clean.to_owned();
    };
    match dice.below(8) {
        0 => format!("{year}/{month}/{day}"),
        1 => format!("{year}.{month}.{day}"),
        2 => format!("{year}年{month}月{day}日"),
        3 => clean.replace('-', ""),
        4 => format!("{clean} 00:00:00"),
        _ => clean.to_owned(),
    }
}

fn parts_of(day: &str) -> Option<(u16, u8, u8)> {
    let mut parts = day.split('-');
    let year = parts.next()?.parse().ok()?;
    Some((
        year,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    ))
}

/// GB18030 with a title, alias headers, headers repeated on every printed page, blank rows, a sum.
fn customers(rows: &[Row], dice: &mut Dice) -> Vec<u8> {
    const PAGE: usize = 500;
    let header: Vec<&str> = CUSTOMERS.iter().map(|(_, theirs)| *theirs).collect();
    let header = format!("序号,{},建档人\r\n", header.join(","));
    let mut text =
        format!("客户资料导出（示例）,,,\r\n导出时间：2026-11-22 08:30:11,,\r\n\r\n{header}");
    for (index, row) in rows.iter().enumerate() {
        if index > 0 && index % PAGE == 0 {
            text.push_str("\r\n");
            text.push_str(&header);
        }
        let _ = write!(text, "{}", index + 1);
        for (ours, _) in CUSTOMERS {
            let cell = dressed(row, ours, dice);
            let quoted = cell.contains([',', '"']);
            let _ = if quoted {
                write!(text, ",\"{}\"", cell.replace('"', "\"\""))
            } else {
                write!(text, ",{cell}")
            };
        }
        text.push_str(",示例建档员\r\n");
    }
    // Somebody the system knows nothing about, and the sum.
    text.push_str("9999,示例未登记客户,,,,,,,,,,,,,,,,,,,,,,,,,示例建档员\r\n");
    let _ = write!(text, "合计：{}台,,,\r\n", rows.len());
    GB18030.encode(&text).0.into_owned()
}

/// A workbook with a merged title, dates as dates, phones as numbers, and a second sheet of notes.
fn ledger(rows: &[Row], dice: &mut Dice) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut book = Workbook::new();
    // Pinned, so that the file is the same every time.
    let made = ExcelDateTime::from_ymd(2026, 11, 22)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let date = Format::new().set_num_format("yyyy/m/d");
    let notes = book.add_worksheet().set_name("说明")?;
    notes.write_string(0, 0, "本表为虚构示例，由系统导出后人工整理")?;
    let sheet = book.add_worksheet().set_name("台账")?;
    let last = HEADERS.len() as u16;
    sheet.merge_range(0, 0, 0, last, "示例经销商车辆台账", &Format::new())?;
    sheet.write_string(1, 0, "No.")?;
    for (column, header) in (1..).zip(HEADERS) {
        sheet.write_string(1, column, header)?;
    }
    for (line, row) in (2..).zip(rows) {
        sheet.write_number(line, 0, line - 1)?;
        for (column, header) in (1..).zip(HEADERS) {
            let clean = row.get(header);
            let as_number = matches!(header, "手机号码" | "行驶里程" | "上次保养里程");
            if let Some((year, month, day)) = parts_of(clean).filter(|_| dice.chance(0.7)) {
                let day = ExcelDateTime::from_ymd(year, month, day)?;
                sheet.write_datetime_with_format(line, column, &day, &date)?;
            } else if let Some(number) = clean
                .parse::<f64>()
                .ok()
                .filter(|_| as_number && dice.chance(0.5))
            {
                sheet.write_number(line, column, number)?;
            } else {
                let cell = dressed(row, header, dice);
                if !cell.is_empty() {
                    sheet.write_string(line, column, cell)?;
                }
            }
        }
    }
    let sum = rows.len() as u32 + 3;
    sheet
        .write_string(sum, 0, "合计")?
        .write_number(sum, 1, rows.len() as u32)?;
    Ok(book.save_to_buffer()?)
}

/// A page that calls itself `.xls`, as many a report server prints it.
fn page(rows: &[Row], dice: &mut Dice) -> Vec<u8> {
    let mut text = String::from(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\r\n<head><meta http-equiv=\"Content-Type\" \
         content=\"text/html; charset=gb2312\">\r\n<style>td{mso-number-format:\"\\@\"}</style></head>\r\n<body>\
         <table border=1>\r\n<tr><td colspan=26 align=center><b>集团客户车辆（示例）</b></td></tr>\r\n<tr>",
    );
    for (_, theirs) in CUSTOMERS {
        let _ = write!(text, "<th>{theirs}</th>");
    }
    text.push_str("</tr>\r\n");
    for row in rows {
        text.push_str("<tr height=19 style='mso-height-source:userset'>");
        for (ours, _) in CUSTOMERS {
            let cell = dressed(row, ours, dice);
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            let filler = if cell.is_empty() { "&nbsp;" } else { "" };
            let _ = write!(text, "<td>{cell}{filler}</td>");
        }
        text.push_str("</tr>\r\n");
    }
    let _ = write!(
        text,
        "<tr><td>合计</td><td>{}</td></tr>\r\n</table></body></html>",
        rows.len()
    );
    GB18030.encode(&text).0.into_owned()
}

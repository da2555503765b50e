//! One bad row in a file of good ones: it costs itself at most, and is named by its physical line.

use super::Workspace;
use crate::ingest::Fate;

const ROWS: usize = 400;
const BAD_AT: usize = 200;

fn good(number: usize) -> String {
    format!(
        "LSKG5GL1{number:09},湘A{number:05},测试客户{number},138{number:08},V80,示例路{number}号"
    )
}

/// What stands on the bad row, and whether the row can still be read as a vehicle.
fn bad_rows() -> Vec<(&'static str, Vec<u8>, bool)> {
    let text = |text: &str| text.as_bytes().to_vec();
    let good = good(BAD_AT);
    vec![
        ("too many cells", text(&format!("{good},多,出,来")), false),
        ("too few cells", text("LSKG5GL1000000200,湘A00200"), true),
        (
            "no identity",
            text(",,测试客户200,13800000200,V80,示例路200号"),
            false,
        ),
        (
            "quote never closed, first cell",
            text(&format!("\"{good}")),
            false,
        ),
        (
            "quote never closed, last cell",
            text(&good.replace("示例路", "\"示例路")),
            false,
        ),
        (
            "quote inside a cell",
            text(&good.replace("客户", "客\"户")),
            true,
        ),
        (
            "words behind a quote",
            text(&good.replace("测试客户200", "\"测试\"客户200")),
            true,
        ),
        ("another delimiter", text(&good.replace(',', ";")), false),
        (
            "bytes of another encoding",
            [
                &good.as_bytes()[..30],
                b"\xff\xfe\x81",
                b",,13800000200,V80,",
            ]
            .concat(),
            true,
        ),
        ("zero bytes", text("\0\0\0\0\0\0"), false),
        ("a row of quotes", text("\"\"\"\"\"\"\""), false),
        (
            "a very long cell",
            text(&format!("{good}{}", "长".repeat(100_000))),
            true,
        ),
        (
            "a lone carriage return",
            text(&good.replace("测试", "测\r试")),
            true,
        ),
        (
            "a broken date and number",
            text(&good.replace("138", "１３８x")),
            true,
        ),
        ("a formula", text("=1+1,=cmd|'/c calc'!A0,@x,-1,+1,"), false),
    ]
}

#[test]
fn one_bad_row_costs_itself_only_and_is_named_by_its_line() {
    for newline in ["\n", "\r\n"] {
        for (name, bad, readable) in bad_rows() {
            let mut file = "车架号,车牌号,客户名称,手机号码,车型,地址"
                .as_bytes()
                .to_vec();
            for number in 1..=ROWS {
                file.extend_from_slice(newline.as_bytes());
                if number == BAD_AT {
                    file.extend_from_slice(&bad);
                } else {
                    file.extend_from_slice(good(number).as_bytes());
                }
            }
            let read = Workspace::with("population/a.csv", file).read();
            assert!(read.adds_up(), "{name}");
            let others = (1..=ROWS).filter(|number| *number != BAD_AT);
            let lost = others.filter(|number| {
                let vin = format!("LSKG5GL1{number:09}");
                !read.tables.vehicles.iter().any(|vehicle| vehicle.id == vin)
            });
            assert_eq!(lost.count(), 0, "{name}: good rows are lost");
            let line = u32::try_from(BAD_AT + 1).expect("a line");
            let accepted = read.tables.vehicles.iter().any(|v| v.source.line == line);
            let rejected = read
                .fates
                .iter()
                .any(|f| f.line == line && f.fate == Fate::Rejected);
            let told = read.findings.iter().any(|finding| finding.at.line == line);
            assert!(
                accepted != rejected,
                "{name}: the row is a vehicle or rejected"
            );
            assert!(accepted || told, "{name}: the rejected row is a finding");
            assert!(
                accepted || !readable,
                "{name}: the row could have been read"
            );
        }
    }
}

use super::*;

#[derive(Default)]
struct Seen(Vec<(u32, String)>);

impl RowSink for Seen {
    fn row(&mut self, row: &Row<'_>) {
        let cells = row.cells;
        let mark = row.damage.unwrap_or_default();
        self.0
            .push((row.line, format!("{mark}{}", cells.join("/"))));
    }
    fn blank(&mut self, line: u32, count: u32) {
        self.0.push((line, format!("blank*{count}")));
    }
}

fn seen(text: &str) -> Vec<(u32, String)> {
    seen_in_parts(text, usize::MAX / 2)
}

fn seen_in_parts(text: &str, size: usize) -> Vec<(u32, String)> {
    let mut sink = Seen::default();
    for part in parts(text, 0, b',', size) {
        visit(text, part, b',', &mut sink);
    }
    sink.0
}

#[test]
fn rows_and_lines_are_the_same_read_in_parts() {
    let text =
        "a,b,c\n1,\"x\ny\",z\n\n\n2,\"oops,z\r\n3,y,z\r4,\"v\r\nw\",\n,,\n\n5,\"a\"\"b\",c\n6,,";
    let whole = seen(text);
    assert_eq!(whole.len(), 10, "{whole:?}");
    for size in 1..text.len() {
        assert_eq!(seen_in_parts(text, size), whole, "parts of {size}");
    }
}

#[test]
fn lines_without_quotes_are_read_as_those_behind_a_quote_are() {
    let text = "a,b,c\r\n1,,\n\n\r\n ,2\r3\n,,,\n\r4, x ,甲\n5";
    let behind_quote: Vec<(u32, String)> = seen(&format!("\"q\"\n{text}"))
        .into_iter()
        .skip(1)
        .map(|(line, row)| (line - 1, row))
        .collect();
    assert_eq!(seen(text), behind_quote);
    assert_eq!(behind_quote.len(), 9, "{behind_quote:?}");
}

#[test]
fn a_quote_closed_by_another_rows_quote_costs_its_own_line_only() {
    let text = "a,b,c\n1,\"oops,x\n2,y,z\n3,y,z\n4,5\",z\n6,\"q\",r\n";
    let rows = seen(text);
    assert_eq!(rows[1].0, 2);
    assert!(rows[1].1.starts_with("D203"), "{rows:?}");
    let lines: Vec<u32> = rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_row_may_have_several_cells_of_several_lines() {
    let text = "a,b,c,d\n1,x,y,z\n\"2\nzwei\",x,y,\"z\nzett\"\n3,x,y,z\n";
    let lines: Vec<u32> = seen(text).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 6]);
}

#[test]
fn a_bar_divides_cells_only_where_nothing_else_does() {
    let score = |cells: &[&str]| cells.iter().filter(|cell| cell.len() == 1).count();
    assert_eq!(sniff("a|b|c\n1|2|3\n", &score), b'|');
    assert_eq!(sniff("a,b,c\n1,2,x|y|z\n", &score), b',');
}

#[test]
fn physical_lines_are_the_same_under_every_newline_style() {
    let lf = "a,b\n1,\"x\ny\"\n\n2,z\n,\n3,w\n";
    let expected: Vec<u32> = vec![1, 2, 4, 5, 6, 7];
    for newline in ["\n", "\r\n", "\r"] {
        let lines: Vec<u32> = seen(&lf.replace('\n', newline))
            .into_iter()
            .map(|(line, _)| line)
            .collect();
        assert_eq!(lines, expected, "newline {newline:?}");
    }
    let mixed = "a,b\r\n1,\"x\ry\"\r\r\n2,z\n,\r\n3,w";
    assert_eq!(
        seen(mixed)
            .into_iter()
            .map(|(line, _)| line)
            .collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn an_unclosed_quote_costs_its_own_line_only() {
    let rows = seen("a,b\n1,\"oops\n2,fine\n3,\"y\"\n");
    assert_eq!(rows[1], (2, "D2031,\"oops".to_owned()));
    assert_eq!(seen("a,b\n1,\"oops\n")[1].1, "D2031,\"oops");
    assert_eq!(rows[2], (3, "2/fine".to_owned()));
    assert_eq!(rows[3], (4, "3/y".to_owned()));
}

#[test]
fn newlines_at_the_end_of_the_file_are_no_rows() {
    assert_eq!(seen("a\n1\n\n\n\n").len(), 2);
}

#[test]
fn the_delimiter_is_the_one_that_makes_headers_known() {
    let known = |record: &[&str]| {
        record
            .iter()
            .filter(|c| ["vin", "plate"].contains(c))
            .count()
    };
    assert_eq!(sniff("报表,甲,乙,丙\nvin;plate\nx;y,z,w\n", &known), b';');
    assert_eq!(sniff("vin\tplate\n", &known), b'\t');
    assert_eq!(stated_delimiter("sep=;\r\na;b"), Some((b';', 5)));
}

#[test]
fn hostile_quotes_do_not_take_square_time() {
    let text = "\"a,b\n".repeat(200_001);
    assert!(seen_in_parts(&text, 1 << 20).len() > 100_000);
}

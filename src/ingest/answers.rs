//! What comes back after a tour: filled follow-up sheets and hand-over sheets.
//!
//! Responsible for: telling the two apart by their headers, typed answers, findings for cells that cannot be
//! read. Not responsible for: whom an answer is about (`month::closing`).

use super::aliases::{Column, TableSpec};
use super::cells::{self, Cell};
use super::written::{Line, lines};
use crate::domain::{Date, FilledAt, FollowUpAnswer, HandOverAnswer};
use crate::findings::{Failure, Finding};

const fn column(key: &'static str, names: &'static [&'static str], required: bool) -> Column {
    Column {
        key,
        names,
        required,
        personal: false,
    }
}

const FOLLOW_UP: TableSpec = TableSpec {
    name: "follow-up",
    path: "",
    columns: &[
        column("booking", &["预约编号"], true),
        column("tour", &["巡回"], false),
        column("vehicle", &["车架号", "VIN"], false),
        column("called_on", &["回访日期", "Called on"], false),
        column(
            "satisfaction",
            &[
                "满意度",
                "满意度（1–5）",
                "Satisfaction",
                "Satisfaction 1–5",
            ],
            true,
        ),
        column("fault_again", &["同一故障再现", "Same fault again"], true),
        column("note", &["客户意见", "Remark"], false),
    ],
    one_of: &[],
};

const HAND_OVER: TableSpec = TableSpec {
    name: "hand-overs",
    path: "",
    columns: &[
        column("booking", &["预约编号"], true),
        column("partner_point", &["网点编号", "Partner point"], false),
        column("agreed", &["网点同意", "Partner agreed"], true),
        column("on", &["答复日期", "Answered on"], false),
        column("parts_left", &["配件已留网点", "Parts left there"], false),
        column("parts_received", &["配件已收到", "Parts received"], false),
        column("repaired_on", &["完工日期", "Repaired on"], false),
        column("note", &["备注", "Remark"], false),
    ],
    one_of: &[],
};

/// The answers of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// Lines of follow-up sheets that say something.
    pub follow_ups: Vec<FollowUpAnswer>,
    /// Lines of hand-over sheets that say something.
    pub hand_overs: Vec<HandOverAnswer>,
    /// Cells that could not be read.
    pub findings: Vec<Finding>,
}

/// Reads a filled follow-up or hand-over sheet, XLSX, XLS or CSV.
///
/// # Errors
/// Status 3 where the file is neither.
pub fn read_answers(bytes: &[u8], file: &str) -> Result<Answers, Failure> {
    let mut answers = Answers::default();
    let (mut calls, mut partners) = (Vec::new(), Vec::new());
    let mut cells = Cells::default();
    let mut found = lines(bytes, file, &FOLLOW_UP, &mut |line| {
        calls.extend(follow_up(line, &mut cells));
    })?;
    found |= lines(bytes, file, &HAND_OVER, &mut |line| {
        partners.extend(hand_over(line, &mut cells));
    })?;
    if !found {
        let columns = "预约编号 + 满意度 / 网点同意 (booking + satisfaction / agreed)";
        let finding = Finding::new("M077").value(file);
        return Err(Failure::input(finding.arg("columns", columns)));
    }
    answers.follow_ups = calls;
    answers.hand_overs = partners;
    answers.findings = cells.findings;
    Ok(answers)
}

fn follow_up(line: &Line<'_>, cells: &mut Cells) -> Option<FollowUpAnswer> {
    let blank = FollowUpAnswer {
        booking: line.text("booking").to_owned(),
        tour: line.text("tour").to_owned(),
        vehicle: line.text("vehicle").to_owned(),
        at: at(line),
        ..FollowUpAnswer::default()
    };
    let answer = FollowUpAnswer {
        called_on: cells.date(line, "called_on"),
        satisfaction: cells.satisfaction(line),
        fault_again: cells.yes(line, "fault_again"),
        note: line.text("note").to_owned(),
        ..blank.clone()
    };
    let named = !answer.booking.is_empty() || !answer.vehicle.is_empty();
    (named && answer != blank).then_some(answer)
}

fn hand_over(line: &Line<'_>, cells: &mut Cells) -> Option<HandOverAnswer> {
    let blank = HandOverAnswer {
        booking: line.text("booking").to_owned(),
        partner: line.text("partner_point").to_owned(),
        at: at(line),
        ..HandOverAnswer::default()
    };
    let answer = HandOverAnswer {
        agreed: cells.yes(line, "agreed"),
        on: cells.date(line, "on"),
        parts_left: cells.yes(line, "parts_left"),
        parts_received: cells.yes(line, "parts_received"),
        repaired_on: cells.date(line, "repaired_on"),
        note: line.text("note").to_owned(),
        ..blank.clone()
    };
    (!answer.booking.is_empty() && answer != blank).then_some(answer)
}

fn at(line: &Line<'_>) -> FilledAt {
    FilledAt {
        file: line.spot.file.clone(),
        sheet: line.spot.sheet.clone(),
        line: line.spot.line,
    }
}

/// Reads cells and remembers those that cannot be read.
#[derive(Default)]
struct Cells {
    findings: Vec<Finding>,
}

impl Cells {
    fn take<T>(&mut self, line: &Line<'_>, key: &str, cell: Cell<T>) -> Option<T> {
        let bad = matches!(cell, Cell::Bad(_));
        let value = cell.into_value();
        if bad {
            self.say(line, key);
        }
        value
    }

    fn say(&mut self, line: &Line<'_>, key: &str) {
        let finding = Finding::new("M078").at(line.spot.clone());
        let text: String = line.text(key).chars().take(20).collect();
        self.findings
            .push(finding.value(text).arg("column", line.title(key)));
    }

    fn date(&mut self, line: &Line<'_>, key: &str) -> Option<Date> {
        self.take(line, key, cells::date::read(line.text(key)))
    }

    fn yes(&mut self, line: &Line<'_>, key: &str) -> Option<bool> {
        self.take(line, key, cells::yes_no::read(line.text(key)))
    }

    /// 1 to 5; anything else is said and left out.
    fn satisfaction(&mut self, line: &Line<'_>) -> Option<u8> {
        const KEY: &str = "satisfaction";
        let number = self.take(line, KEY, cells::number::read(line.text(KEY)))?;
        let grade = (1..=5_u8).find(|grade| (f64::from(*grade) - number).abs() < f64::EPSILON);
        if grade.is_none() {
            self.say(line, KEY);
        }
        grade
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_follow_up_sheet_is_read_whatever_the_order_of_its_columns() {
        let text = "满意度（1–5）,车架号,预约编号,同一故障再现,回访日期\n5,V1,2612-A,否,2026/12/14\n,V2,2612-B,,\n9,V3,2612-C,也许,\n";
        let read = read_answers(text.as_bytes(), "回访.csv").expect("a sheet");
        assert_eq!(
            read.follow_ups.len(),
            1,
            "blank and unreadable lines say nothing"
        );
        let first = &read.follow_ups[0];
        assert_eq!(
            (first.satisfaction, first.fault_again),
            (Some(5), Some(false))
        );
        assert_eq!(first.called_on, Date::new(2026, 12, 14));
        let codes: Vec<&str> = read.findings.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["M078", "M078"]);
    }

    #[test]
    fn a_hand_over_sheet_is_told_from_a_follow_up_sheet_by_its_header() {
        let text = "booking,partner_point,agreed,on,parts_left\r\n2612-A,P07,yes,2026-12-13,no\r\n";
        let read = read_answers(text.as_bytes(), "h.csv").expect("a sheet");
        assert!(read.follow_ups.is_empty());
        assert_eq!(read.hand_overs[0].agreed, Some(true));
        assert_eq!(read.hand_overs[0].parts_left, Some(false));
        let other = read_answers("a,b\n1,2\n".as_bytes(), "x.csv").expect_err("no such sheet");
        assert_eq!(other.findings[0].code, "M077");
    }
}

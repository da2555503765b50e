//! The workbooks of a tour's end. Hand-overs and follow-up calls are written in and read back.

use rust_xlsxwriter::XlsxError;

use super::super::closing::{Desk as Closing, notices};
use super::desk::Desk;
use super::figures::{FIGURE_COLUMNS, figure_row, month_figures};
use super::sheet::{Cell, Column, Entry, Table};
use crate::documents::Page;
use crate::findings::Failure;
use crate::plan::model::{HandOver, ORDERS, PartsBy, ReturnLine, TourClosing};

/// Six for each tour read in, one for the month.
pub(super) fn books(desk: &Desk<'_>) -> Result<Vec<Page>, Failure> {
    let mut pages = Vec::new();
    for closing in &desk.set.plan.closings {
        let Some(tour) = desk.set.plan.tour(&closing.tour) else {
            continue;
        };
        let folder = super::tour_folder(desk.set.plan, tour);
        let one = One {
            desk,
            closing,
            view: Closing {
                set: desk.set,
                words: desk.words,
                closing,
            },
        };
        let sheets = [
            ("incidents", "doc_incidents", vec![one.incidents()]),
            ("hand-overs", "doc_hand_overs", vec![one.hand_overs()]),
            ("customer-notices", "doc_notices", vec![one.notices()]),
            ("return-list", "doc_returns", vec![one.returns()]),
            ("follow-up", "doc_follow_up", vec![one.follow_up()]),
            (
                "closing",
                "doc_closing",
                vec![one.figures(), one.outcomes()],
            ),
        ];
        for (file, title, tables) in sheets {
            let path = format!("{folder}/{file}.xlsx");
            pages.push(super::page(
                path,
                book(desk, title, &tour.id, &tour.id, &tables),
            )?);
        }
    }
    if let Some(month) = &desk.set.plan.month_closing {
        let table = [month_figures(desk, &month.kpis)];
        let about = &desk.set.plan.month;
        let bytes = book(desk, "doc_month_closing", about, ORDERS, &table);
        pages.push(super::page("month-closing.xlsx".to_owned(), bytes)?);
    }
    Ok(pages)
}

fn book(
    desk: &Desk<'_>,
    title: &str,
    about: &str,
    approval: &str,
    tables: &[Table],
) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book(title, about, approval)?;
    for table in tables {
        book.table(table)?;
    }
    book.finish()
}

/// One tour.
struct One<'a> {
    desk: &'a Desk<'a>,
    closing: &'a TourClosing,
    view: Closing<'a>,
}

impl One<'_> {
    fn columns(&self, columns: &[(&str, f64)]) -> Vec<Column> {
        let columns = columns.iter();
        columns
            .map(|(key, width)| Column::new(self.desk.head(key), *width))
            .collect()
    }

    fn entry(&self, key: &str, width: f64, entry: Entry) -> Column {
        Column::entry(self.desk.head(key), width, entry)
    }

    fn yes_no(&self) -> Entry {
        Entry::Choice(vec![self.desk.say("again_yes"), self.desk.say("again_no")])
    }

    /// A yes or no that is known already.
    fn said(&self, answer: Option<bool>) -> Cell {
        answer.map_or(Cell::Blank, |yes| {
            Cell::Text(self.desk.say(if yes { "again_yes" } else { "again_no" }))
        })
    }

    fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
        Table {
            name: self.desk.say(name),
            columns,
            rows,
            landscape: true,
            frozen_columns: 1,
            ..Table::default()
        }
    }

    fn incidents(&self) -> Table {
        let mut columns = self.columns(&[
            ("number", 7.0),
            ("date", 13.0),
            ("booking", 15.0),
            ("plate", 11.0),
            ("customer_name", 18.0),
            ("incident", 12.0),
            ("code", 14.0),
            ("part_name", 18.0),
            ("qty", 7.0),
            ("waiting_items", 24.0),
            ("way", 16.0),
            ("way_from", 18.0),
            ("distance", 9.0),
            ("way_cost", 11.0),
            ("way_ready", 13.0),
            ("way_why", 20.0),
        ]);
        columns.push(self.entry("way_decided", 14.0, Entry::Text));
        columns.push(self.entry("way_real_cost", 12.0, Entry::Yuan));
        columns.push(self.entry("way_signed", 14.0, Entry::Text));
        let rows = self.closing.incidents.iter().map(|one| {
            let called = self.view.called(&one.vehicle);
            vec![
                Cell::count(one.number),
                Cell::day(one.on),
                Cell::text(&one.booking),
                Cell::Text(self.view.plate(&one.vehicle)),
                Cell::text(called.map_or("", |called| &called.customer)),
                Cell::Text(self.view.word("incident", one.kind.key())),
                Cell::text(&one.part),
                self.desk.part_name(&one.part),
                if one.qty > 0 {
                    Cell::count(one.qty)
                } else {
                    Cell::Blank
                },
                Cell::Text(self.view.items(&one.items)),
                Cell::Text(self.view.word("way", one.chosen.way.key())),
                Cell::Text(self.view.from(&one.chosen)),
                Cell::km((one.chosen.km > 0.0).then_some(one.chosen.km)),
                match one.chosen.cost {
                    Some(cost) => Cell::Yuan(cost),
                    None => Cell::Text(self.desk.say("to_be_asked")),
                },
                Cell::day(one.chosen.ready),
                Cell::Text(self.view.word("why_way", &one.why)),
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
            ]
        });
        self.table("doc_incidents", columns, rows.collect())
    }

    /// The answers to collect, partner by partner; what the partner needs stands on its page.
    fn hand_overs(&self) -> Table {
        let mut columns = self.columns(&[
            ("booking", 15.0),
            ("in_partner_id", 9.0),
            ("partner", 16.0),
            ("contact_person", 14.0),
            ("plate", 11.0),
            ("customer_name", 14.0),
            ("phone_number", 14.0),
            ("items_to_do", 20.0),
            ("valid_until", 13.0),
        ]);
        columns.push(self.entry("in_partner_agreed", 12.0, self.yes_no()));
        columns.push(self.entry("in_answered_on", 13.0, Entry::Day));
        columns.push(self.entry("in_parts_left", 12.0, self.yes_no()));
        columns.push(self.entry("in_parts_received", 12.0, self.yes_no()));
        columns.push(self.entry("in_repaired_on", 13.0, Entry::Day));
        columns.push(self.entry("in_remark", 20.0, Entry::Text));
        let asked = self.closing.hand_overs.iter();
        let rows = asked.filter(|one| one.has_partner());
        let rows = rows.map(|one| self.hand_over(one)).collect();
        self.table("sheet_hand_overs", columns, rows)
    }

    fn hand_over(&self, one: &HandOver) -> Vec<Cell> {
        let contact = format!("{} {}", one.partner_contact, one.partner_phone);
        let agreed = one.agreed_on.map(|_| true);
        let left = agreed.map(|_| one.parts_by == PartsBy::Left);
        vec![
            Cell::text(&one.booking),
            Cell::text(&one.partner),
            Cell::text(&one.partner_name),
            Cell::Text(contact.trim().to_owned()),
            Cell::Text(self.view.plate(&one.vehicle)),
            Cell::Text(self.view.addressee(&one.vehicle)),
            Cell::Text(self.view.phones(&one.vehicle)),
            Cell::Text(self.view.items(&one.items)),
            Cell::Day(one.valid_until),
            self.said(agreed),
            Cell::day(one.agreed_on),
            self.said(left),
            self.said(one.parts_received),
            Cell::day(one.repaired_on),
            Cell::Blank,
        ]
    }

    fn notices(&self) -> Table {
        let mut columns = self.columns(&[
            ("booking", 15.0),
            ("customer_name", 16.0),
            ("phone_number", 15.0),
            ("plate", 11.0),
            ("notice_channel", 10.0),
            ("notice_state", 20.0),
            ("notice_text", 60.0),
            ("segments", 9.0),
        ]);
        columns.push(self.entry("sent_by", 12.0, Entry::Text));
        columns.push(self.entry("sent_at", 14.0, Entry::Text));
        columns.push(self.entry("answer_of_customer", 24.0, Entry::Text));
        let rows = notices(&self.view).into_iter().map(|one| {
            vec![
                Cell::Text(one.booking),
                Cell::Text(one.customer),
                Cell::Text(one.phones),
                Cell::Text(one.plate),
                Cell::Text(self.view.word("notice_by", one.channel)),
                Cell::Text(one.state),
                Cell::Text(one.text),
                Cell::Whole(one.segments as u64),
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
            ]
        });
        self.table("sheet_notices", columns, rows.collect())
    }

    fn returns(&self) -> Table {
        let mut columns = self.columns(&[
            ("bin", 10.0),
            ("code", 16.0),
            ("part_name", 24.0),
            ("unit", 7.0),
            ("carried", 9.0),
            ("extra", 11.0),
            ("used", 9.0),
            ("handed", 9.0),
            ("back", 11.0),
            ("of_it_wrong", 11.0),
            ("of_it_held", 11.0),
        ]);
        columns.push(self.entry("counted", 12.0, Entry::Text));
        columns.push(self.entry("lacking", 12.0, Entry::Text));
        let bin = |line: &ReturnLine| {
            let part = self.desk.part(&line.part);
            part.map_or("", |part| part.bin.as_str()).to_owned()
        };
        let mut lines: Vec<&ReturnLine> = self.closing.returns.iter().collect();
        lines.sort_by(|a, b| (bin(a), &a.part).cmp(&(bin(b), &b.part)));
        let figures = |line: &ReturnLine| {
            [
                line.carried,
                line.extra,
                line.used,
                line.handed_over,
                line.back,
                line.wrong,
                line.held,
            ]
        };
        let mut sums = [0_u64; 7];
        let mut rows = Vec::new();
        for line in lines {
            let part = self.desk.part(&line.part);
            let mut row = vec![
                Cell::Text(bin(line)),
                Cell::text(&line.part),
                self.desk.part_name(&line.part),
                Cell::text(self.desk.set.unit(part)),
            ];
            for (sum, pieces) in sums.iter_mut().zip(figures(line)) {
                *sum += u64::from(pieces);
                row.push(Cell::count(pieces));
            }
            row.extend([Cell::Blank, Cell::Blank]);
            rows.push(row);
        }
        let mut total = vec![
            Cell::Text(self.desk.say("sum")),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
        ];
        total.extend(sums.map(Cell::Whole));
        Table {
            totals: vec![total],
            ..self.table("doc_returns", columns, rows)
        }
    }

    fn follow_up(&self) -> Table {
        let mut columns = self.columns(&[
            ("booking", 15.0),
            ("tour", 7.0),
            ("call_on", 13.0),
            ("customer_name", 16.0),
            ("phone_number", 15.0),
            ("plate", 11.0),
            ("vin", 20.0),
            ("model", 16.0),
            ("items_done", 26.0),
            ("still_open", 18.0),
        ]);
        columns.push(self.entry("in_follow_up_on", 13.0, Entry::Day));
        let grades = (1..=5).map(|grade| grade.to_string()).collect();
        columns.push(self.entry("in_satisfaction", 12.0, Entry::Choice(grades)));
        columns.push(self.entry("in_fault_again", 12.0, self.yes_no()));
        columns.push(self.entry("in_opinion", 24.0, Entry::Text));
        let rows = self.closing.follow_ups.iter().map(|call| {
            let outcome = self.closing.outcome(&call.vehicle);
            let called = self.view.called(&call.vehicle);
            let items = |codes: Option<&Vec<String>>| {
                codes.map_or(Cell::Blank, |codes| Cell::Text(self.view.items(codes)))
            };
            vec![
                Cell::text(&call.booking),
                Cell::text(&self.closing.tour),
                Cell::Day(call.on),
                Cell::Text(self.view.addressee(&call.vehicle)),
                Cell::Text(self.view.phones(&call.vehicle)),
                Cell::Text(self.view.plate(&call.vehicle)),
                Cell::text(&call.vehicle),
                Cell::text(called.map_or("", |one| &one.model)),
                items(outcome.map(|one| &one.items_done)),
                items(outcome.map(|one| &one.items_open)),
                Cell::day(call.called_on),
                call.satisfaction
                    .map_or(Cell::Blank, |grade| Cell::Text(grade.to_string())),
                self.said(call.fault_again),
                Cell::Blank,
            ]
        });
        self.table("doc_follow_up", columns, rows.collect())
    }

    fn figures(&self) -> Table {
        let columns = self.columns(&FIGURE_COLUMNS);
        let rows = self.closing.kpis.iter();
        let rows = rows.map(|kpi| figure_row(self.desk, kpi));
        self.table("figures_title", columns, rows.collect())
    }

    fn outcomes(&self) -> Table {
        let columns = self.columns(&[
            ("booking", 15.0),
            ("plate", 11.0),
            ("vin", 20.0),
            ("date", 13.0),
            ("outcome", 14.0),
            ("items_done", 26.0),
            ("still_open", 20.0),
            ("used", 26.0),
            ("hours", 8.0),
            ("settled", 12.0),
            ("warranty_part", 12.0),
        ]);
        let rows = self.closing.outcomes.iter().map(|one| {
            let booking = if one.walk_in {
                self.desk.say("walk_in")
            } else {
                one.booking.clone()
            };
            vec![
                Cell::Text(booking),
                Cell::Text(self.view.plate(&one.vehicle)),
                Cell::text(&one.vehicle),
                Cell::day(one.on),
                Cell::Text(self.view.word("outcome", one.result.key())),
                Cell::Text(self.view.items(&one.items_done)),
                Cell::Text(self.view.items(&one.items_open)),
                Cell::Text(self.view.parts(&one.used)),
                one.hours.map_or(Cell::Blank, Cell::Tenths),
                one.settled.map_or(Cell::Blank, Cell::Yuan),
                one.warranty.map_or(Cell::Blank, Cell::Yuan),
            ]
        });
        self.table("outcomes_title", columns, rows.collect())
    }
}

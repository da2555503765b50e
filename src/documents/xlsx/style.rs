//! Fonts, borders and number formats of all workbooks.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::sheet::{Cell, Entry};

/// Present on every Windows PC of a Chinese office, and in WPS.
const FONT: &str = "微软雅黑";
const INK: u32 = 0x001F_3A5F;
const HEADER: u32 = 0x00DC_E6F1;
const TINT: u32 = 0x00FF_F8DC;
const LINE: u32 = 0x00A6_A6A6;

const TEXT: &str = "@";
const DAY: &str = "yyyy-mm-dd";
const YUAN: &str = "#,##0.00";
const WHOLE: &str = "0";
const TENTHS: &str = "0.0";

/// What stands out: fills print grey, bold and the mark in front are seen without any colour.
const ALERT_INK: u32 = 0x009C_0006;
const ALERT_FILL: u32 = 0x00F8_CBAD;
const ALERT_NUMBER: &str = "\"▲ \"0";
const ALERT_TEXT: &str = "General;General;General;\"▲ \"@";

/// The formats, made once per workbook.
pub(super) struct Style {
    pub(super) title: Format,
    pub(super) note: Format,
    pub(super) header: Format,
    pub(super) entry_header: Format,
    plain: ByKind,
    /// Of rows that begin a block.
    begun: ByKind,
}

/// A format for each kind of cell.
struct ByKind {
    text: Format,
    day: Format,
    yuan: Format,
    whole: Format,
    tenths: Format,
}

impl ByKind {
    fn of(&self, cell: &Cell) -> &Format {
        match cell {
            Cell::Text(_) | Cell::Blank | Cell::WriteIn => &self.text,
            Cell::Day(_) => &self.day,
            Cell::Yuan(_) => &self.yuan,
            Cell::Whole(_) => &self.whole,
            Cell::Tenths(_) => &self.tenths,
        }
    }

    fn beginning(&self) -> Self {
        Self {
            text: Style::beginning(&self.text),
            day: Style::beginning(&self.day),
            yuan: Style::beginning(&self.yuan),
            whole: Style::beginning(&self.whole),
            tenths: Style::beginning(&self.tenths),
        }
    }
}

impl Style {
    pub(super) fn new() -> Self {
        let plain = Format::new()
            .set_font_name(FONT)
            .set_font_size(10)
            .set_align(FormatAlign::VerticalCenter);
        let boxed = plain
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE));
        let head = boxed
            .clone()
            .set_bold()
            .set_font_color(Color::RGB(INK))
            .set_text_wrap();
        let number = |format: &str| boxed.clone().set_num_format(format);
        let plain_cells = ByKind {
            text: number(TEXT).set_text_wrap().set_align(FormatAlign::Left),
            day: number(DAY).set_align(FormatAlign::Left),
            yuan: number(YUAN),
            whole: number(WHOLE),
            tenths: number(TENTHS),
        };
        Self {
            note: plain.clone(),
            title: plain
                .clone()
                .set_bold()
                .set_font_size(14)
                .set_font_color(Color::RGB(INK))
                .set_num_format(TEXT),
            header: head.clone().set_background_color(Color::RGB(HEADER)),
            entry_header: head.set_background_color(Color::RGB(TINT)),
            begun: plain_cells.beginning(),
            plain: plain_cells,
        }
    }

    /// The format of a cell by what stands in it.
    pub(super) fn of(&self, cell: &Cell) -> &Format {
        self.plain.of(cell)
    }

    /// Likewise in a row that begins a block.
    pub(super) fn of_beginning(&self, cell: &Cell) -> &Format {
        self.begun.of(cell)
    }

    /// A format with a heavier line above: a block begins.
    pub(super) fn beginning(format: &Format) -> Format {
        let line = FormatBorder::Medium;
        format
            .clone()
            .set_border_top(line)
            .set_border_top_color(Color::RGB(INK))
    }

    /// What a cell becomes that stands out.
    pub(super) fn alert(of_text: bool) -> Format {
        Format::new()
            .set_bold()
            .set_font_color(Color::RGB(ALERT_INK))
            .set_background_color(Color::RGB(ALERT_FILL))
            .set_num_format(if of_text { ALERT_TEXT } else { ALERT_NUMBER })
    }

    /// The tinted format of a cell to be written in.
    pub(super) fn of_entry(&self, entry: &Entry) -> Format {
        let base = match entry {
            Entry::Text | Entry::Choice(_) | Entry::OneOf(_) => &self.plain.text,
            Entry::Km | Entry::Count => &self.plain.whole,
            Entry::Hours => &self.plain.tenths,
            Entry::Day => &self.plain.day,
            Entry::Yuan => &self.plain.yuan,
        };
        base.clone().set_background_color(Color::RGB(TINT))
    }
}

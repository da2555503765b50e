use super::{VIN_B, codes, told};
use crate::domain::{Answer, CallOutcome, Date, Fen, FilledAt};
use crate::findings::{Failure, Lang, describe};
use crate::ingest::filled::{ReadBack, read_calls};

fn read(text: &str) -> ReadBack<Answer> {
    read_calls(text.as_bytes(), "calls.csv", &codes()).expect("a call sheet")
}

/// One cell of the first booking's line.
fn cell(header: &str, text: &str) -> (Answer, Vec<String>) {
    let text = text.replace('"', "\"\"");
    let read = read(&format!(
        "预约编号,接通结果,{header}\n2612-7KQ4M2XR,来,\"{text}\"\n"
    ));
    let codes = told(&read.findings)
        .into_iter()
        .map(str::to_owned)
        .collect();
    (read.lines.into_iter().next().expect("a line"), codes)
}

fn day(number: u32) -> Option<Date> {
    Date::new(2026, 12, number)
}

#[test]
fn a_filled_line_says_all_its_cells_and_an_untouched_one_nothing() {
    let sheet = "2026年12月 邀约电话登记表,,,,,,,,,,,,,,,,,\n\n\
        预约编号,客户名称,手机号码,致电日期,接通结果,当前里程,用车情况,故障现象,其他需求,在外维修,确认项目,划掉项目,增加项目,告知价格,到店日期,时段,拒绝联系,退订短信,转交同意,再联系时间\n\
        2612-7KQ4M2XR,测试客户,13800008000,2026/11/27,来,8.6万,跑乡镇,抖动,下午到,否,OIL、前刹车片,,BAT2,¥432,12月10日,9点,否,是,同意,\n\
        2612-00A1BCDE,测试车队,13800008001,,,,,,,,,,,,,,,,,\n";
    let read = read(sheet);
    assert_eq!(told(&read.findings), Vec::<&str>::new());
    let [answer] = &read.lines[..] else {
        panic!("one line, not {}", read.lines.len())
    };
    assert_eq!(answer.booking, "2612-7KQ4M2XR");
    assert_eq!(answer.called_on, Date::new(2026, 11, 27));
    assert_eq!(answer.outcome, Some(CallOutcome::Coming));
    assert_eq!(answer.odometer_km, Some(86_000.0));
    assert_eq!(
        (answer.usage.as_str(), answer.symptoms.as_str()),
        ("跑乡镇", "抖动")
    );
    assert_eq!(answer.elsewhere, Some(false));
    assert_eq!(answer.confirmed, ["OIL", "BRK"]);
    assert_eq!(answer.added, ["BAT2"]);
    assert_eq!(answer.price_told, Some(Fen(43_200)));
    assert_eq!((answer.day, answer.minutes), (day(10), Some(540)));
    assert_eq!(answer.do_not_call, Some(false));
    assert_eq!(answer.sms_optout, Some(true));
    assert_eq!(answer.handover_consent, Some(true));
    assert_eq!((answer.at.file.as_str(), answer.at.line), ("calls.csv", 4));
}

#[test]
fn results_are_read_as_people_write_them() {
    use CallOutcome::{CallLater, Coming, Declined, NotReached, Undecided, WrongNumber};
    for (word, outcome) in [
        ("来", Coming),
        ("好", Coming),
        ("√", Coming),
        ("接通，来", Coming),
        ("已接通来", Coming),
        ("OK", Coming),
        ("接通", Undecided),
        ("考虑一下", Undecided),
        ("不来", Declined),
        ("接通 不来", Declined),
        ("不需要。", Declined),
        ("未接", NotReached),
        ("无人接听", NotReached),
        ("关机", NotReached),
        ("No answer", NotReached),
        ("空号", WrongNumber),
        ("号码错误", WrongNumber),
        ("再打", CallLater),
        ("稍后再拨", CallLater),
        ("call later", CallLater),
    ] {
        let read = read(&format!("预约编号,结果\n2612-7KQ4M2XR,\"{word}\"\n"));
        assert_eq!(read.lines[0].outcome, Some(outcome), "{word}");
    }
    for word in ["×", "来，不来", "也许吧谁知道", "来2台"] {
        let read = read(&format!("预约编号,结果\n2612-7KQ4M2XR,\"{word}\"\n"));
        assert_eq!(read.lines[0].outcome, None, "{word}");
        assert_eq!(told(&read.findings), ["M048"], "{word}");
    }
}

#[test]
fn days_and_times_are_read_as_people_write_them() {
    for (header, text, want) in [
        ("到店日期", "2026-12-10 09:00", (day(10), Some(540))),
        ("到店日期", "2026-12-10 00:00:00", (day(10), None)),
        ("到店日期", "12月10日上午", (day(10), Some(540))),
        ("到店日期", "12/10", (day(10), None)),
        ("到店日期", "10号", (day(10), None)),
        ("到店日期", "46366", (day(10), None)),
        ("到店日期", "46366.5", (day(10), Some(720))),
        ("到店日期", "12月10日（周四）下午2点", (day(10), Some(840))),
        ("到店日期", "2026年12月10号 9时30分", (day(10), Some(570))),
        ("到店日期", "１２月１０日", (day(10), None)),
        ("时段", "9点", (None, Some(540))),
        ("时段", "9:30", (None, Some(570))),
        ("时段", "14：00", (None, Some(840))),
        ("时段", "上午", (None, Some(540))),
        ("时段", "下午3点半", (None, Some(930))),
        ("时段", "下午三点半", (None, Some(930))),
        ("时段", "十点", (None, Some(600))),
        ("时段", "十一点一刻", (None, Some(675))),
        ("时段", "3点", (None, Some(900))),
        ("时段", "9:00-10:30", (None, Some(540))),
        ("时段", "9点到11点", (None, Some(540))),
        ("时段", "3:30 PM", (None, Some(930))),
        ("时段", "0930", (None, Some(570))),
        ("时段", "0.375", (None, Some(540))),
        ("时段", "9点左右", (None, Some(540))),
        ("时段", "中午", (None, Some(720))),
        ("时段", "12月10日 9:30", (day(10), Some(570))),
        ("日期时段", "12月10日上午", (day(10), Some(540))),
    ] {
        let (answer, codes) = cell(header, text);
        assert_eq!((answer.day, answer.minutes), want, "{text}");
        assert!(codes.is_empty(), "{text}: {codes:?}");
    }
    // A weekday that is not that day's, or words, would be a guess.
    for text in [
        "12月10日周三",
        "下周三",
        "12/10/2026",
        "26-12-10",
        "13月1日",
        "10.5万",
    ] {
        let (answer, codes) = cell("到店日期", text);
        assert_eq!(
            (answer.day, codes.as_slice()),
            (None, &["M043".to_owned()][..]),
            "{text}"
        );
    }
    for text in ["25点", "随时", "9:75", "9点到晚饭"] {
        let (answer, codes) = cell("时段", text);
        assert_eq!(
            (answer.minutes, codes.as_slice()),
            (None, &["M044".to_owned()][..]),
            "{text}"
        );
    }
}

#[test]
fn a_day_without_its_year_is_the_one_nearest_to_the_month() {
    let mut codes = codes();
    codes.month = crate::domain::Month::parse("2027-01").expect("a month");
    let sheet = "预约编号,结果,致电日期,到店日期\n2612-7KQ4M2XR,来,12月28日,1月6日\n";
    let read = read_calls(sheet.as_bytes(), "c.csv", &codes).expect("a call sheet");
    assert_eq!(read.lines[0].called_on, Date::new(2026, 12, 28));
    assert_eq!(read.lines[0].day, Date::new(2027, 1, 6));
}

#[test]
fn prices_and_readings_are_read_as_people_write_them() {
    for text in [
        "¥432",
        "￥432.00",
        "432元",
        "432",
        "约432元",
        "432块",
        "４３２",
    ] {
        assert_eq!(
            cell("告知价格", text).0.price_told,
            Some(Fen(43_200)),
            "{text}"
        );
    }
    assert_eq!(cell("告知价格", "1,432.5").0.price_told, Some(Fen(143_250)));
    for text in ["432+100", "免费", "-5", "1e12"] {
        let (answer, codes) = cell("告知价格", text);
        assert_eq!(
            (answer.price_told, codes.as_slice()),
            (None, &["M045".to_owned()][..]),
            "{text}"
        );
    }
    assert_eq!(cell("当前里程", "8万6").0.odometer_km, Some(86_000.0));
    assert_eq!(cell("当前里程", "看不清").1, ["M046"]);
}

#[test]
fn items_are_known_by_code_or_name_however_they_are_separated() {
    for text in [
        "OIL|BRK",
        "oil、brk",
        "机油/机滤，前刹车片",
        "Oil and filter; front brake pads",
        "OIL/BRK",
        "OIL\nBRK",
        "OIL BRK",
        "OIL 机油/机滤（很可能）96.00+336.00=432.00\nBRK 前刹车片（可能）80.00+200.00=280.00",
        "□机油/机滤 432.00、√BRK",
        "全部",
        "√",
        "OIL、OIL、BRK",
    ] {
        let (answer, codes) = cell("确认项目", text);
        assert_eq!(answer.confirmed, ["OIL", "BRK"], "{text}");
        assert!(codes.is_empty(), "{text}: {codes:?}");
    }
    assert_eq!(cell("划掉项目", "都不做").0.struck, ["OIL", "BRK"]);
}

#[test]
fn what_names_no_item_or_two_is_told_and_its_words_stay() {
    let (answer, codes) = cell("增加项目", "BRK、电瓶、换玻璃水");
    assert_eq!(answer.added, ["BRK"]);
    assert_eq!(codes, ["M052", "M050"]);
    assert_eq!(answer.wishes, "电瓶；换玻璃水");
    let (answer, _) = cell("划掉项目", "四轮定位");
    assert_eq!(answer.wishes, "✗ 四轮定位");
}

#[test]
fn a_key_is_known_however_it_is_typed_and_an_unknown_one_is_set_aside() {
    for key in [
        "2612-7kq4m2xr",
        " 2612 - 7KQ4 M2XR ",
        "26127KQ4M2XR",
        "２６１２－７ＫＱ４Ｍ２ＸＲ",
    ] {
        let read = read(&format!("预约编号,结果\n{key},来\n"));
        assert_eq!(read.lines[0].booking, "2612-7KQ4M2XR", "{key}");
    }
    // Nobody tells O from 0 and I from 1 on paper; keys have neither.
    assert_eq!(
        read("预约编号,结果\n2612-OOAIBCDE,来\n").lines[0].booking,
        "2612-00A1BCDE"
    );
    let read = read("预约编号,结果\n2612-ZZZZZZZZ,来\n,不来\n13800008000,来\n2612-7KQ4M2XR,来\n");
    assert_eq!(told(&read.findings), ["M041", "M042", "M041"]);
    assert_eq!((read.lines.len(), read.set_aside), (1, 3));
    let said = describe(&read.findings[0], Lang::En);
    assert!(
        said.contains("calls.csv:2 A 预约编号") && said.contains("ZZZZ"),
        "{said}"
    );
    let said = describe(&read.findings[2], Lang::Zh);
    assert!(!said.contains("13800008000"), "{said}");
}

#[test]
fn rows_sorted_columns_moved_deleted_or_added_and_blank_rows_change_nothing() {
    let usual = read(
        "预约编号,接通结果,当前里程,告知价格\n2612-7KQ4M2XR,来,86000,432\n2612-00A1BCDE,未接,,\n",
    );
    let moved = read(
        "告知价格;我的备忘;当前里程;预约编号;接通结果\n;;;;\n;x;;2612-00A1BCDE;未接\n;;;;\n432;;86000;2612-7KQ4M2XR;来\n合计;;;;\n",
    );
    let bare = |mut lines: Vec<Answer>| {
        for line in &mut lines {
            line.at = FilledAt::default();
        }
        lines.sort_by(|a, b| a.booking.cmp(&b.booking));
        lines
    };
    assert_eq!(told(&moved.findings), ["D012"]);
    assert_eq!(bare(usual.lines), bare(moved.lines));
}

#[test]
fn a_row_copied_counts_once_and_a_copy_that_says_something_else_is_kept() {
    let read = read("预约编号,结果\n2612-7KQ4M2XR,来\n2612-7KQ4M2XR,来\n2612-7KQ4M2XR,不来\n");
    assert_eq!(told(&read.findings), ["M055"]);
    assert_eq!(read.findings[0].at.line, 3);
    let outcomes: Vec<_> = read.lines.iter().map(|line| line.outcome).collect();
    assert_eq!(
        outcomes,
        [Some(CallOutcome::Coming), Some(CallOutcome::Declined)]
    );
}

#[test]
fn columns_sorted_apart_are_noticed_by_the_vehicle_and_the_line_is_set_aside() {
    let read = read(&format!(
        "预约编号,车架号,结果\n2612-7KQ4M2XR,{VIN_B},来\n2612-00A1BCDE,{VIN_B},来\n"
    ));
    assert_eq!(told(&read.findings), ["M053"]);
    assert_eq!(read.lines.len(), 1);
    let plates = read_calls(
        "预约编号,车牌,结果\n2612-7KQ4M2XR,湘a·00001,来\n2612-00A1BCDE,湘A00001,来\n".as_bytes(),
        "c.csv",
        &codes(),
    )
    .expect("a call sheet");
    assert_eq!((plates.lines.len(), plates.set_aside), (1, 1));
}

#[test]
fn half_filled_lines_are_kept_and_a_missing_result_is_told() {
    let read = read(
        "预约编号,结果,致电日期,当前里程\n2612-7KQ4M2XR,,,86000\n2612-00A1BCDE,,2026-11-27,\n",
    );
    assert_eq!(told(&read.findings), ["M054"]);
    assert_eq!(read.lines.len(), 1);
}

#[test]
fn every_dress_of_the_file_reads_the_same() {
    let sheet = "预约编号,接通结果,故障现象\n2612-7KQ4M2XR,来,抖动\n";
    let want = read(sheet).lines;
    let (gb, _, _) = encoding_rs::GB18030.encode(sheet);
    let bom = format!("\u{feff}{sheet}");
    let tab = sheet.replace(',', "\t");
    let html = "<html><meta charset=utf-8><table><tr><td>预约编号</td><td>接通结果</td><td>故障现象</td></tr>\
        <tr><td>2612-7KQ4M2XR</td><td>来</td><td>抖动</td></tr></table></html>";
    let dresses: [&[u8]; 5] = [
        &gb,
        bom.as_bytes(),
        tab.as_bytes(),
        sheet.as_bytes(),
        html.as_bytes(),
    ];
    for bytes in dresses {
        let read = read_calls(bytes, "folder\\calls.csv", &codes()).expect("a call sheet");
        let mut lines = read.lines;
        for line in &mut lines {
            line.at.sheet.clear();
        }
        assert_eq!(lines, want);
    }
}

fn refusal(bytes: &[u8]) -> Failure {
    read_calls(bytes, "folder/calls.csv", &codes()).expect_err("no call sheet")
}

#[test]
fn a_file_without_the_booking_column_is_one_clear_failure() {
    for bytes in [
        "接通结果,当前里程\n来,86000\n".as_bytes(),
        b"",
        "随便,写写\n1,2\n".as_bytes(),
    ] {
        let failure = refusal(bytes);
        assert_eq!((failure.kind.exit_status(), failure.findings.len()), (3, 1));
        let said = describe(&failure.findings[0], Lang::Zh);
        assert!(
            said.contains("calls.csv") && said.contains("“预约编号”"),
            "{said}"
        );
        assert!(said.contains("预约号"), "{said}");
    }
    assert_eq!(refusal(b"%PDF-1.4").findings[0].code, "D005");
    assert_eq!(refusal(b"PK\x03\x04broken").findings[0].code, "D008");
}

#[test]
fn an_endless_cell_costs_itself_only() {
    let long = "抖".repeat(40_000);
    for (header, code) in [
        ("故障现象", "M056"),
        ("确认项目", "M056"),
        ("到店日期", "M043"),
        ("告知价格", "M045"),
        ("当前里程", "M046"),
        ("在外维修", "M047"),
        ("时段", "M044"),
    ] {
        let (answer, codes) = cell(header, &long);
        assert_eq!(codes, [code], "{header}");
        assert_eq!(answer.outcome, Some(CallOutcome::Coming));
        assert!(answer.symptoms.chars().count() <= 2_000 && answer.wishes.chars().count() <= 2_100);
    }
    let many = "OIL,".repeat(900);
    assert_eq!(cell("确认项目", &many).0.confirmed, ["OIL"]);
    let read = read(&format!("预约编号,结果\n{long},来\n"));
    assert_eq!((told(&read.findings), read.set_aside), (vec!["M041"], 1));
}

#[test]
fn yes_and_no_are_read_by_what_the_column_asks() {
    let sheet = "预约编号,结果,拒绝联系,退订短信,转交同意,在外维修\n2612-7KQ4M2XR,来,拒绝,√,拒绝,无\n2612-00A1BCDE,来,×,退订,可以,修过\n";
    let read = read(sheet);
    let said = |at: usize| {
        let line = &read.lines[at];
        (
            line.do_not_call,
            line.sms_optout,
            line.handover_consent,
            line.elsewhere,
        )
    };
    assert_eq!(said(0), (Some(true), Some(true), Some(false), Some(false)));
    assert_eq!(said(1), (Some(false), Some(true), Some(true), Some(true)));
    assert_eq!(cell("转交同意", "看情况").1, ["M047"]);
}

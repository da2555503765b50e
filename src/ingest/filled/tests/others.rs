use super::{VIN_A, VIN_B, codes, told};
use crate::domain::{Date, Fen, VisitResult};
use crate::ingest::filled::{read_foreman, read_goods, read_jobs};

#[test]
fn a_foremans_line_says_items_hours_parts_and_whether_the_workshop_is_needed() {
    let sheet = "预约编号,车架号,故障现象,判断项目,附加工时,附加配件,需进店,备注\n\
        2612-7KQ4M2XR,LSKDEMO0000000001,异响,BRK,1.5小时,0012×2、F026-2,否,带测试仪\n2612-00A1BCDE,,抖动,,,,,\n";
    let read = read_foreman(sheet.as_bytes(), "f.csv", &codes()).expect("a foreman's sheet");
    let [advice] = &read.lines[..] else {
        panic!("one line")
    };
    assert_eq!(advice.items, ["BRK"]);
    assert_eq!(advice.hours, Some(1.5));
    assert_eq!(
        advice.parts,
        [("0012".to_owned(), 2), ("F026-2".to_owned(), 1)]
    );
    assert_eq!(
        (advice.workshop_only, advice.note.as_str()),
        (Some(false), "带测试仪")
    );
    // Somebody else's column of symptoms is none of this sheet's.
    assert_eq!(told(&read.findings), ["D012"]);
}

#[test]
fn parts_and_their_pieces_are_read_as_people_write_them() {
    for text in [
        "0012×2",
        "0012*2",
        "0012 2个",
        "0012x2",
        "0012 X 2",
        "0012：2",
        "0012(2)",
        "机滤2个",
        "机滤两个",
        "0012＊２",
        "0012×1、0012×1",
    ] {
        let sheet = format!("预约编号,附加配件\n2612-7KQ4M2XR,{text}\n");
        let read = read_foreman(sheet.as_bytes(), "f.csv", &codes()).expect("a foreman's sheet");
        assert_eq!(read.lines[0].parts, [("0012".to_owned(), 2)], "{text}");
    }
    for (text, code, kept) in [
        ("0012×0", "M049", "0012×0"),
        ("机油4.5升", "M049", "机油4.5升"),
        ("9999×2", "M051", "9999×2"),
    ] {
        let sheet = format!("预约编号,附加配件\n2612-7KQ4M2XR,{text}\n");
        let read = read_foreman(sheet.as_bytes(), "f.csv", &codes()).expect("a foreman's sheet");
        assert_eq!(told(&read.findings), [code], "{text}");
        assert_eq!(
            (read.lines[0].parts.len(), read.lines[0].note.as_str()),
            (0, kept)
        );
    }
}

#[test]
fn goods_received_are_counted_by_order_line() {
    let sheet = "订单行号,配件编码,名称,应到,实到,破损,到货日期,预计新到货日,备注\n\
        2612-O001,0012,机滤,10,8个,1,12月3日,12-08,外箱破\n2612-O002,F026-2,燃油滤,2,,,,,\n";
    let read = read_goods(sheet.as_bytes(), "g.csv", &codes()).expect("a goods sheet");
    assert_eq!(told(&read.findings), Vec::<&str>::new());
    let [line] = &read.lines[..] else {
        panic!("one line")
    };
    assert_eq!(
        (line.order.as_str(), line.part.as_str()),
        ("2612-O001", "0012")
    );
    assert_eq!((line.counted, line.damaged), (Some(8), 1));
    assert_eq!(line.on, Date::new(2026, 12, 3));
    assert_eq!(line.announced, Date::new(2026, 12, 8));
    assert_eq!(line.note, "外箱破");
}

#[test]
fn goods_that_contradict_themselves_or_the_order_are_set_aside() {
    let sheet = "订单行号,配件编码,实到,破损\n2612-O001,0012,2,3\n2612-O002,0012,2,\n2612-O001,0012,几个,\n,0012,2,\n2612-O009,0012,1,\n";
    let read = read_goods(sheet.as_bytes(), "g.csv", &codes()).expect("a goods sheet");
    assert_eq!(
        told(&read.findings),
        ["M057", "M053", "M049", "M057", "M042", "M041"]
    );
    assert_eq!((read.lines.len(), read.set_aside), (0, 5));
}

#[test]
fn a_delivery_counted_twice_in_identical_lines_is_counted_once() {
    let sheet = "order line,received\n2612-O001,4\n2612-O001,4\n";
    let read = read_goods(sheet.as_bytes(), "g.csv", &codes()).expect("a goods sheet");
    assert_eq!((read.lines.len(), told(&read.findings)), (1, vec!["M055"]));
}

#[test]
fn a_job_line_says_what_was_done_used_missing_and_settled() {
    let sheet = "预约编号,巡回,车架号,临时到场,服务日期,服务结果,当前里程,完成项目,使用配件,缺件,错件,实际工时,结算金额,其中保修,转交同意,备注\n\
        2612-7KQ4M2XR,T01,LSKDEMO0000000001,,12-10,部分完成,8.7万,OIL,0012×1,F026-2,,90分钟,432元,0,是,等件\n\
        2612-00A1BCDE,T01,LSKDEMO0000000002,,,未到,,,,,,,,,,\n\
        ,T01,lskdemo0000000009,是,12-10,完成,1万,BRK,,,,2,280,,,\n,T01,,是,,,,,,,,,,,,\n";
    let read = read_jobs(sheet.as_bytes(), "j.csv", &codes()).expect("job sheets");
    assert_eq!(told(&read.findings), Vec::<&str>::new());
    let [booked, absent, walk_in] = &read.lines[..] else {
        panic!("three lines, not {}", read.lines.len())
    };
    assert_eq!(booked.result, Some(VisitResult::PartlyDone));
    assert_eq!(
        (booked.vehicle.as_str(), booked.tour.as_str()),
        (VIN_A, "T01")
    );
    assert_eq!(booked.used, [("0012".to_owned(), 1)]);
    assert_eq!(booked.missing, [("F026-2".to_owned(), 1)]);
    assert_eq!(booked.hours, Some(1.5));
    assert_eq!(
        (booked.settled, booked.warranty),
        (Some(Fen(43_200)), Some(Fen(0)))
    );
    assert_eq!(booked.handover_consent, Some(true));
    assert_eq!(absent.result, Some(VisitResult::NoShow));
    assert!(walk_in.walk_in && walk_in.booking.is_empty());
    assert_eq!(walk_in.vehicle, "lskdemo0000000009");
}

#[test]
fn a_line_written_by_hand_finds_its_booking_by_the_vehicle_and_one_that_names_nothing_is_set_aside()
{
    let sheet = format!(
        "预约编号,车牌,服务结果\n,湘A·00002,完成\n,,完成\n,湘A99999,完成\n,{VIN_B},部分完成\n"
    );
    let read = read_jobs(sheet.as_bytes(), "j.csv", &codes()).expect("job sheets");
    let bookings: Vec<&str> = read
        .lines
        .iter()
        .map(|line| line.booking.as_str())
        .collect();
    assert_eq!(bookings, ["2612-00A1BCDE", "", "2612-00A1BCDE"]);
    assert!(read.lines[1].walk_in && !read.lines[0].walk_in);
    assert_eq!((told(&read.findings), read.set_aside), (vec!["M042"], 1));
}

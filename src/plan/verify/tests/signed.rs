//! What a signature over the orders still covers while goods come and packs are whole.

use super::fixture::Fixture;
use super::mutations::ORDERS;

/// The orders placed, one of them for so many pieces: order line, part of its row in the table, pieces.
fn placed(order: &str, row: &str, qty: u32) -> Fixture {
    let mut fixture = Fixture::new();
    fixture.place();
    for file in ["plan.json", "journal.jsonl"] {
        let bytes = fixture.written.files[file].clone();
        let text = String::from_utf8(bytes).expect("text");
        let at = text
            .find(&format!("\"order\":\"{order}\""))
            .expect("the order");
        let (before, from) = text.split_at(at);
        let from = from.replacen("\"qty\":1", &format!("\"qty\":{qty}"), 1);
        let files = &mut fixture.written.files;
        files.insert(file.into(), format!("{before}{from}").into_bytes());
    }
    fixture.edit("orders.csv", &format!("{row},1,"), &format!("{row},{qty},"));
    fixture
}

#[test]
fn pieces_lying_at_a_stop_serve_before_those_on_the_way() {
    // Two ordered, one came, one is taken: the other one can be sent off again, so one was signed for.
    let mut fixture = placed("2612-O002", "P3,T02", 2);
    let line = r#"{"on":"2026-11-10","event":"received","stock":"s1","lines":[{"order":"2612-O002","counted":1,"damaged":0}]}"#;
    let journal = fixture.written.files.get_mut("journal.jsonl");
    journal
        .expect("orders")
        .extend(format!("{line}\n").as_bytes());
    let open = "\"expected\":\"2026-12-02\",\"received\":";
    fixture.edit("plan.json", &format!("{open}0"), &format!("{open}1"));
    fixture.edit("orders.csv", "2026-12-02,0,0", "2026-12-02,1,0");
    fixture.edit(
        "sourcing.csv",
        "road,1,,2026-12-02,P3",
        "road,1,,2026-11-10,P3",
    );
    fixture.sign("orders", ORDERS);
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn only_whole_packs_can_be_sent_off_again() {
    // One of so many belts is taken; packs of two.
    for (ordered, stays) in [(2, 2), (4, 2), (5, 1)] {
        let mut fixture = placed("2612-O001", "depot,T01", ordered);
        let part = fixture.catalogue.parts.get_mut("belt");
        part.expect("a part").pack_qty = 2;
        let signed = ORDERS.replacen("\"1\"", &format!("\"{stays}\""), 1);
        fixture.sign("orders", &signed);
        assert_eq!(fixture.codes(), Vec::<String>::new(), "{ordered}");
    }
}

#[test]
fn two_orders_of_one_need_do_not_both_count_as_used() {
    let mut fixture = Fixture::new();
    fixture.place();
    let order = |state: &str| {
        format!(
            r#"{{"order":"2612-O003","part":"belt","source":"order","supplier":"maker","mode":"road","to":"depot","tour":"T01","qty":1,"expected":"2026-11-20"{state}}}"#
        )
    };
    let told = format!(
        r#"{{"on":"2026-11-10","event":"ordered","stock":"s1","peers":"p1","lines":[{}]}}"#,
        order("")
    );
    let journal = fixture.written.files.get_mut("journal.jsonl");
    journal
        .expect("orders")
        .extend(format!("{told}\n").as_bytes());
    let line = order(",\"received\":0,\"damaged\":0");
    fixture.edit("plan.json", "\"orders\":[", &format!("\"orders\":[{line},"));
    let row = "2612-O003,belt,皮带,order,maker,road,depot,T01,1,2026-11-10,2026-11-20,0,0,,no\n";
    let orders = fixture.written.files.get_mut("orders.csv");
    orders.expect("orders").extend(row.as_bytes());
    fixture.sign("orders", ORDERS);
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn a_line_signed_in_two_parts_is_one_line_and_a_name_with_a_mark_is_another() {
    let belt = "belt / order / maker / road / depot\"";
    for (number, wanted) in [("2", vec![]), ("b", vec!["V907".to_owned()])] {
        let parts =
            format!("{belt}:{{\"qty\":\"0\"}},\n\"belt / order / maker / road / depot #{number}\"");
        let mut fixture = Fixture::new();
        fixture.sign("orders", &ORDERS.replacen(belt, &parts, 1));
        assert_eq!(fixture.codes(), wanted, "{number}");
    }
}

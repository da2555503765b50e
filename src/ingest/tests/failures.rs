use super::Workspace;

const GOOD: &str = "plate,customer,phone,model\n湘A12345,甲,13800138000,V80\n";

fn codes(workspace: &Workspace) -> Vec<String> {
    let mut codes: Vec<String> = workspace
        .failure()
        .iter()
        .map(|f| format!("{} {}", f.code, f.at.file))
        .collect();
    codes.sort();
    codes
}

#[test]
fn a_missing_column_names_file_column_and_every_accepted_header() {
    let workspace = Workspace::with(
        "population/a.csv",
        "车牌号,车型,备注,客户姓名\n湘A12345,V80,,甲\n",
    );
    let failure = workspace.failure();
    assert_eq!(failure.len(), 1);
    let finding = &failure[0];
    assert_eq!(
        (finding.code.as_str(), finding.at.file.as_str()),
        ("D002", "population/a.csv")
    );
    assert_eq!(finding.args["column"], "phone");
    for alias in ["手机号码", "联系电话", "电话"] {
        assert!(finding.args["aliases"].contains(alias));
    }
}

#[test]
fn a_population_file_without_identity_is_an_error() {
    let workspace = Workspace::with(
        "population/a.csv",
        "客户名称,电话,车型\n甲,13800138000,V80\n",
    );
    let failure = workspace.failure();
    assert_eq!(failure[0].args["column"], "vin / plate");
}

#[test]
fn all_failures_are_told_at_once() {
    let workspace = Workspace::with("population/a.csv", "客户名称,车型\n甲,V80\n")
        .and("catalogue/bom.csv", "item,part,qty\nI02,C001,1\n")
        .and("points.xlsx", "x")
        .remove("vans.csv");
    assert_eq!(
        codes(&workspace),
        [
            "D001 vans.csv",
            "D002 catalogue/bom.csv",
            "D002 population/a.csv",
            "D002 population/a.csv",
            "D006 points.csv"
        ]
    );
}

#[test]
fn what_is_no_table_is_said_by_what_it_is() {
    let workspace = Workspace::with("population/a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1])
        .and("population/b.csv", "<html><table></table></html>")
        .and("population/c.csv", "")
        .and("population/d.csv", "一些,随便的,文字\n")
        .and("population/e.xlsx", b"PK\x03\x04broken")
        .and("population/f.ods", "x");
    assert_eq!(
        codes(&workspace),
        [
            "D003 population/b.csv",
            "D003 population/c.csv",
            "D003 population/d.csv",
            "D005 population/f.ods",
            "D008 population/a.xls",
            "D008 population/e.xlsx"
        ]
    );
}

#[test]
fn an_empty_population_is_an_error_and_wanted_tables_are_a_warning() {
    assert_eq!(codes(&Workspace::new()), ["D016 population/"]);
    let ingested = Workspace::with("population/a.csv", GOOD)
        .remove("stock.csv")
        .remove("suppliers.csv")
        .remove("peers.csv")
        .read();
    assert_eq!(
        ingested
            .findings
            .iter()
            .filter(|f| f.code == "D015")
            .count(),
        3
    );
}

#[test]
fn a_dealers_own_names_are_known_from_the_settings() {
    let mut workspace = Workspace::with(
        "population/a.csv",
        "牌子,户主,座席电话,款式\n湘A12345,甲,13800138000,V80\n",
    );
    for (key, name) in [
        ("plate", "牌子"),
        ("population.customer", "户 主"),
        ("phone", "座席电话"),
        ("model", "款式"),
    ] {
        workspace
            .settings
            .columns
            .insert(key.into(), vec![name.into()]);
    }
    assert_eq!(workspace.read().tables.vehicles[0].customer, "甲");
}

#[test]
fn unknown_columns_are_listed_and_no_error() {
    let workspace = Workspace::with(
        "population/a.csv",
        "plate,customer,phone,model,发动机号,颜色\n湘A12345,甲,13800138000,V80,x,白\n",
    );
    let ingested = workspace.read();
    let note = ingested
        .findings
        .iter()
        .find(|f| f.code == "D012")
        .expect("a note");
    assert_eq!(note.args["columns"], "E 发动机号, F 颜色");
}

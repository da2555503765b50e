//! Addresses, one case per way in which reading them goes wrong.
//!
//! Cases marked (cpca), (addressparser) or (address-parse) are taken from the tests of those
//! MIT-licensed packages; the others are invented.

use super::*;

mod doubts;

use crate::domain::geo::{LonLat, PlaceLevel};
use crate::place::solve::{PlaceRow, solve_place};

fn read(address: &str) -> Resolution {
    Matcher::builtin(GazetteerChoice::All).resolve(&Query::address(address))
}

/// Code of the place found; empty where none was.
fn code(address: &str) -> String {
    read(address)
        .found()
        .map_or_else(String::new, |found| found.adcode.to_string())
}

/// Full names of the place found.
fn names(address: &str) -> String {
    let gazetteer = Gazetteer::builtin(GazetteerChoice::All);
    read(address).found().map_or_else(String::new, |found| {
        let names = gazetteer.names(found.adcode);
        format!(
            "{}{}{}{}",
            names.province, names.city, names.county, names.town
        )
    })
}

fn candidates(address: &str) -> Vec<String> {
    match read(address) {
        Resolution::Ambiguous { candidates } => {
            candidates.iter().map(ToString::to_string).collect()
        }
        Resolution::Found(_) | Resolution::Unknown => Vec::new(),
    }
}

#[test]
fn finds_an_address_written_in_full_down_to_its_township() {
    assert_eq!(
        names("湖南省长沙市浏阳市大瑶镇花炮路1号"),
        "湖南省长沙市浏阳市大瑶镇"
    );
    let place = read("湖南省长沙市浏阳市大瑶镇花炮路1号");
    let found = place.found().unwrap();
    assert_eq!((found.level, found.via), (PlaceLevel::Township, Via::Names));
    assert!(found.confidence > 0.95 && found.typical_error_km == Some(4.3));
}

#[test]
fn reads_autonomous_counties_by_their_short_names() {
    assert_eq!(names("江华县沱江镇"), "湖南省永州市江华瑶族自治县沱江镇");
    assert_eq!(code("吉林前郭县"), "220721");
    assert_eq!(code("湖南通道县双江镇")[..6], *"431230");
    // (address-parse), (addressparser)
    assert_eq!(code("黑龙江齐齐哈尔市梅里斯区"), "230208");
    assert_eq!(
        code("海南保亭县保城镇七仙岭温泉国家森林公园")[..6],
        *"469029"
    );
}

#[test]
fn reads_names_with_the_suffix_cut_when_a_larger_name_holds_them() {
    assert_eq!(code("湖南会同"), "431225");
    assert_eq!(code("太原小店"), "140105");
    assert_eq!(code("长沙望城"), "430112");
    assert_eq!(code("上海浦东区"), "310115");
    assert_eq!(code("南京雨花"), "320114");
}

#[test]
fn does_not_take_a_road_or_a_firm_for_the_place_it_is_named_after() {
    assert_eq!(code("株洲路143号"), "");
    assert_eq!(code("青岛市株洲路91号"), "370200");
    assert_eq!(code("长沙市芙蓉中路一段478号"), "430100");
    assert_eq!(code("南宁市雅山东路9号"), "450100");
    assert_eq!(code("乌鲁木齐市南湖南路47号"), "650100");
    assert_eq!(code("上海大众汽车维修"), "");
    assert_eq!(code("龙泉信息科技园"), "");
    assert_eq!(code("长沙雨花路8号"), "430100");
}

#[test]
fn a_road_named_after_a_date_does_not_spoil_the_district_before_it() {
    assert_eq!(code("福州鼓楼六一中路79号"), "350102");
    assert_eq!(code("长沙芙蓉五一大道158号"), "430102");
}

#[test]
fn letters_that_span_two_names_are_not_a_third() {
    assert_eq!(code("青岛市市南区延安三路"), "370202");
    assert_eq!(code("青岛市南区延安三路"), "370202");
    assert_eq!(names("平度市南村镇"), "山东省青岛市平度市南村镇");
    assert_eq!(code("常德市津市市开发区"), "430781");
    assert_eq!(code("广东省东莞市莞城区")[..4], *"4419");
    assert_eq!(names("北京平谷镇罗营镇"), "北京市平谷区镇罗营镇");
}

#[test]
fn keeps_apart_province_city_and_county_of_one_name() {
    assert_eq!(code("吉林通化市"), "220500");
    assert_eq!(code("吉林市昌邑区"), "220202");
    assert_eq!(code("长沙五一大道766号"), "430100");
    assert_eq!(code("长沙县"), "430121");
    assert_eq!(code("河北区"), "120105");
}

#[test]
fn a_city_said_twice_is_not_the_county_of_its_name() {
    assert_eq!(code("湖南省长沙市长沙高新开发区文轩路27号"), "430104");
    assert_eq!(code("湖南省岳阳市岳阳大道12号"), "430600");
    assert_eq!(code("长沙市长沙县"), "430121");
    assert_eq!(code("江苏省淮安市淮安市淮海路2号"), "320800");
    assert_eq!(code("江苏省淮安市楚州区"), "320803");

    let cells = Query {
        province: "湖南省",
        city: "长沙市",
        county: "长沙",
        ..Query::default()
    };
    let by_column = Matcher::builtin(GazetteerChoice::All).resolve(&cells);
    assert_eq!(
        by_column.found().map(|found| found.adcode.to_string()),
        Some("430121".into())
    );
}

#[test]
fn reads_former_names_as_their_present_counties() {
    assert_eq!(code("望城县"), "430112");
    assert_eq!(names("宁乡县夏铎铺镇"), "湖南省长沙市宁乡市夏铎铺镇");
    assert_eq!(code("湖南省株洲县"), "430212");
    assert_eq!(code("宁波市江东区兴宁路42弄"), "330212");
    assert_eq!(code("九江市庐山区虞家河")[..6], *"360402");
    assert_eq!(code("深圳市龙华新区")[..6], *"440309");
    assert_eq!(code("零陵地区道县"), "431124");
    assert_eq!(
        read("望城县").found().map(|found| found.via),
        Some(Via::Former)
    );
}

#[test]
fn says_which_counties_share_a_name_and_chooses_none() {
    assert_eq!(candidates("朝阳区亚泰豪苑"), ["110105", "220104"]);
    assert_eq!(
        candidates("城关区白银路123号中国民生银行兰州分行"),
        ["540102", "620102"]
    );
    assert_eq!(candidates("江苏省鼓楼区"), ["320106", "320302"]);
    assert_eq!(candidates("永定区"), ["350803", "430802"]);
    assert_eq!(candidates("朝阳建设路"), ["110105", "211300", "220104"]);
    // One of them was renamed only lately and is as likely to be meant.
    assert_eq!(candidates("江北区"), ["330205", "500157"]);
}

#[test]
fn the_dealers_province_decides_between_equals_and_says_so() {
    let matcher = Matcher::builtin(GazetteerChoice::All);
    let home = Adcode::parse("430100");
    let place = matcher.resolve_from(&Query::address("永定区大桥路"), home);
    let found = place.found().unwrap();
    assert_eq!(
        (found.adcode.to_string().as_str(), found.via),
        ("430802", Via::Home)
    );
    let elsewhere = matcher.resolve_from(&Query::address("朝阳区"), home);
    assert!(matches!(elsewhere, Resolution::Ambiguous { .. }));
    // A short county name with other text behind it is taken only at home.
    assert_eq!(code("醴陵左权路"), "");
    let short = matcher.resolve_from(&Query::address("醴陵左家老街"), home);
    assert_eq!(short.found().map(|found| found.via), Some(Via::Home));
}

#[test]
fn puts_a_development_zone_into_its_county_and_marks_it_inferred() {
    assert_eq!(code("长沙市高新区麓天路2号"), "430104");
    assert_eq!(code("湖南省长沙经济技术开发区映霞路18号"), "430121");
    assert_eq!(
        read("长沙高新区").found().map(|found| found.via),
        Some(Via::Zone)
    );
    assert_eq!(code("洛阳市高新区"), "410300");
}

#[test]
fn infers_the_county_from_a_township_named_behind_its_city() {
    assert_eq!(names("永州市井头圩镇"), "湖南省永州市东安县井头圩镇");
    assert_eq!(
        read("永州市井头圩镇").found().map(|found| found.via),
        Some(Via::Town)
    );
    assert_eq!(code("濮阳市城关镇"), "410900");
}

#[test]
fn tries_a_township_before_the_county_of_its_name() {
    assert_eq!(names("临澧县望城街道"), "湖南省常德市临澧县望城街道");
    assert_eq!(names("湘潭县石鼓镇"), "湖南省湘潭市湘潭县石鼓镇");
    assert!(code("双牌镇").is_empty() || code("双牌镇").starts_with("430581"));
}

#[test]
fn a_townships_name_is_found_under_another_suffix() {
    assert_eq!(names("长沙县榔梨镇"), "湖南省长沙市长沙县㮾梨街道");
    assert_eq!(names("长沙县㮾梨街道"), "湖南省长沙市长沙县㮾梨街道");
    assert_eq!(names("邵东市斫曹乡"), "湖南省邵阳市邵东市斫𥕢乡");
}

#[test]
fn reads_names_written_twice_with_spaces_and_full_width_forms() {
    assert_eq!(
        code("湖南省 长沙市 芙蓉区 湖南省长沙市芙蓉区八一路３９９号"),
        "430102"
    );
    assert_eq!(code("410005　湖南省湖南省天心区五凌路"), "430103");
    assert_eq!(code("北京市市辖区东城区"), "110101");
}

#[test]
fn of_two_addresses_in_one_cell_the_first_counts() {
    assert_eq!(
        code("吉林省长春市南关区岳阳街68号/北京市朝阳区香江北路1号"),
        "220102"
    );
    assert_eq!(code("盘锦市兴隆台区大洼县兴隆三百"), "211103");
}

#[test]
fn finds_a_village_of_hunan_with_its_own_point() {
    let spot = Gazetteer::builtin(GazetteerChoice::All)
        .spots
        .iter()
        .find(|spot| {
            spot.level == PlaceLevel::Village && spot.within.to_string().starts_with("430181")
        });
    let spot = spot.unwrap();
    let place = read(&format!("浏阳市{}3组", spot.name));
    let found = place.found().unwrap();
    assert_eq!(
        (found.level, found.lonlat),
        (PlaceLevel::Village, spot.lonlat)
    );
}

#[test]
fn a_township_merged_away_still_gives_its_old_point() {
    let place = read("隆回县桃洪镇");
    let found = place.found().unwrap();
    assert_eq!(
        (found.adcode.to_string().as_str(), found.level),
        ("430524", PlaceLevel::Township)
    );
    assert_eq!(
        found.lonlat,
        Some(LonLat {
            lon: 111.0228,
            lat: 27.1083
        })
    );
}

#[test]
fn columns_and_address_are_read_as_one_and_the_columns_lead() {
    let matcher = Matcher::builtin(GazetteerChoice::All);
    let row = PlaceRow {
        province: "湖南".into(),
        city: "长沙".into(),
        county: "望城".into(),
        town: "乔口".into(),
        address: "柳林江村8组".into(),
    };
    let answer = solve_place(&row, matcher);
    assert_eq!(
        (answer.county.as_str(), answer.town.as_str()),
        ("望城区", "乔口镇")
    );
    let row = PlaceRow {
        county: "朝阳区".into(),
        address: "长春市朝阳区".into(),
        ..PlaceRow::default()
    };
    assert_eq!(solve_place(&row, matcher).adcode, "220104");
}

#[test]
fn an_answer_without_a_place_has_no_code_and_says_why() {
    let matcher = Matcher::builtin(GazetteerChoice::All);
    let ambiguous = solve_place(
        &PlaceRow {
            address: "朝阳区".into(),
            ..PlaceRow::default()
        },
        matcher,
    );
    assert_eq!(
        (ambiguous.status, ambiguous.candidates.as_str()),
        ("ambiguous", "110105|220104")
    );
    let unknown = solve_place(
        &PlaceRow {
            address: "我家门口".into(),
            ..PlaceRow::default()
        },
        matcher,
    );
    assert_eq!(
        (unknown.status, unknown.adcode.as_str(), unknown.lon),
        ("unknown", "", None)
    );
}

#[test]
fn every_county_is_found_by_its_own_full_address() {
    let gazetteer = Gazetteer::builtin(GazetteerChoice::All);
    for division in gazetteer
        .divisions()
        .iter()
        .filter(|d| d.level == PlaceLevel::County)
    {
        let names = gazetteer.names(division.adcode);
        let address = format!("{}{}{}建设路18号", names.province, names.city, names.county);
        assert_eq!(code(&address), division.adcode.to_string(), "{address}");
    }
}

#[test]
fn odd_text_is_read_without_harm() {
    for text in [
        "",
        "　",
        "县",
        "区区区区",
        "𦰡𦰡",
        "市辖区市辖区",
        "12345678901234567890",
        "省市县",
        "\u{0}\u{feff}",
    ] {
        assert_eq!(code(text), "", "{text:?}");
    }
    let long = "长沙市芙蓉区".repeat(2000);
    assert_eq!(code(&long), "430102");
}

#[test]
fn the_clean_gazetteer_has_no_point_of_doubtful_origin_and_a_larger_error_instead() {
    let clean = Gazetteer::builtin(GazetteerChoice::Clean);
    let doubtful =
        |d: &&Division| d.lonlat.is_some() && matches!(d.src, Source::Adcode | Source::Villages);
    assert_eq!(clean.divisions().iter().find(doubtful), None);
    let all = Gazetteer::builtin(GazetteerChoice::All);
    assert_eq!(clean.divisions().len(), all.divisions().len());
    let town = clean
        .divisions()
        .iter()
        .find(|d| d.adcode.to_string().starts_with("430181") && d.lonlat.is_none());
    let town = town.unwrap().adcode;
    assert!(clean.point(town).unwrap().1 > all.point(town).unwrap().1);
    assert!(clean.spots.iter().all(|spot| spot.lonlat.is_none()));
}

#[test]
fn a_workspace_may_bring_its_own_gazetteer_and_a_bad_line_is_named() {
    let header = "adcode,level,province,city,county,township,lon,lat,src\n";
    let own = format!(
        "\u{feff}{header}990000,province,甲省,,,,110,30,\n990101,county,甲省,,乙丙县,,110.5,30.5,\n"
    );
    let gazetteer = Gazetteer::from_csv(&own, GazetteerChoice::All).unwrap();
    let matcher = Matcher::new(&gazetteer);
    let place = matcher.resolve(&Query::address("乙丙县"));
    assert_eq!(
        place.found().and_then(|f| f.lonlat),
        Some(LonLat {
            lon: 110.5,
            lat: 30.5
        })
    );
    let bad = format!("{header}99,province,甲省,,,,110,30,\n");
    assert_eq!(
        Gazetteer::from_csv(&bad, GazetteerChoice::All)
            .unwrap_err()
            .line,
        2
    );
    let missing = Gazetteer::from_csv("code\n1\n", GazetteerChoice::All).unwrap_err();
    assert!(missing.message.contains("adcode"));
}

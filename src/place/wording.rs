//! The words around a name that show what it belongs to.
//!
//! Responsible for: telling a division's short name from a road, a firm, a village or an estate
//! named after it. Not responsible for: the names themselves (`names`).

/// Whether `rest` begins with `word`.
pub(crate) fn begins_with(rest: &[char], word: &str) -> bool {
    let mut forwards = rest.iter();
    word.chars().all(|c| forwards.next() == Some(&c))
}

/// Names so general that they are read only where a name may begin (`莞城区` is not `城区`).
pub(crate) fn is_general(name: &[char]) -> bool {
    name.len() == 2 && name.last() == Some(&'区')
}

/// Roads named after a date: their numeral belongs to the road, not to the name before it.
const DATE_ROADS: [&str; 7] = ["五一", "八一", "六一", "七一", "三八", "五四", "一二九"];
/// What stands between a name and its road (芙蓉中路, 远大二路).
const MODIFIERS: &str = "东西南北中上下前后新老大小一二三四五六七八九十";
/// What makes the name before it a road's or a firm's.
const ROAD_WORDS: [&str; 7] = ["路", "街", "大道", "巷", "弄", "桥", "胡同"];
const FIRM_WORDS: [&str; 24] = [
    "大厦",
    "公司",
    "集团",
    "商会",
    "银行",
    "饭店",
    "宾馆",
    "酒店",
    "商行",
    "有限",
    "股份",
    "商贸",
    "牌",
    "大众",
    "现代",
    "通用",
    "本田",
    "丰田",
    "福特",
    "奔驰",
    "汽车",
    "同乡会",
    "办事处",
    "驻",
];
/// What makes the name before it part of a finer place's name (a village, an estate, a hospital).
const PLACE_WORDS: [&str; 19] = [
    "村",
    "社区",
    "小区",
    "花园",
    "山庄",
    "公寓",
    "广场",
    "医院",
    "学校",
    "中学",
    "小学",
    "大学",
    "镇",
    "乡",
    "苏木",
    "火车站",
    "机场",
    "国际",
    "新城",
];

/// Whether what follows makes a short name part of a road's or a firm's name
/// (`芙蓉|中路`, `上海|路`, `长沙|大厦`).
pub(crate) fn names_a_road_or_firm(rest: &[char]) -> bool {
    if !rest.first().is_some_and(|c| can_begin_road_or_firm(*c)) {
        return false;
    }
    if FIRM_WORDS.iter().any(|word| begins_with(rest, word)) {
        return true;
    }
    let dated = DATE_ROADS.iter().any(|date| begins_with(rest, date));
    (0..=2).any(|skip| {
        let modified = rest
            .iter()
            .take(skip)
            .all(|c| MODIFIERS.contains(*c) || c.is_ascii_digit());
        let tail = rest.get(skip..).unwrap_or_default();
        modified && !(dated && skip > 0) && ROAD_WORDS.iter().any(|word| begins_with(tail, word))
    }) || names_a_road_along_water(rest)
}

/// `浏阳|河大道`, `浏阳|河中路`; not `湘阴|江东路`, for 江东路 is a name of its own.
fn names_a_road_along_water(rest: &[char]) -> bool {
    let [water, tail @ ..] = rest else {
        return false;
    };
    let middle = |c: &char| "中一二三四五六七八九十".contains(*c) || c.is_ascii_digit();
    let tail = match tail {
        [first, behind @ ..] if middle(first) => behind,
        _ => tail,
    };
    "河江湖山".contains(*water) && ROAD_WORDS.iter().any(|word| begins_with(tail, word))
}

/// Development zones that bear their county's name: they lie in it.
const ZONE_WORDS: [&str; 8] = [
    "经济技术开发区",
    "经济开发区",
    "经开区",
    "高新技术",
    "高新区",
    "高新开发区",
    "工业集中区",
    "循环经济",
];

/// Whether what follows makes a short name that of its development zone (`浏阳|经开区`).
pub(crate) fn names_its_zone(rest: &[char]) -> bool {
    matches!(rest.first(), Some('经' | '高' | '工' | '循'))
        && ZONE_WORDS.iter().any(|word| begins_with(rest, word))
}

/// Whether what follows makes a short name part of a finer place's own name (`鼓楼|医院`).
pub(crate) fn names_a_finer_place(rest: &[char]) -> bool {
    let first = rest.first().is_some_and(|c| can_begin_finer_place(*c));
    first && PLACE_WORDS.iter().any(|word| begins_with(rest, word))
}

// First characters of the word lists above, to turn most text away at once; a test compares them.

fn can_begin_road_or_firm(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '一' | '七'
                | '三'
                | '上'
                | '下'
                | '东'
                | '中'
                | '丰'
                | '九'
                | '二'
                | '五'
                | '八'
                | '公'
                | '六'
                | '前'
                | '办'
                | '北'
                | '十'
                | '南'
                | '同'
                | '后'
                | '商'
                | '四'
                | '大'
                | '奔'
                | '宾'
                | '小'
                | '巷'
                | '弄'
                | '新'
                | '有'
                | '本'
                | '桥'
                | '汽'
                | '江'
                | '河'
                | '湖'
                | '山'
                | '牌'
                | '现'
                | '福'
                | '老'
                | '股'
                | '胡'
                | '街'
                | '西'
                | '路'
                | '通'
                | '酒'
                | '银'
                | '集'
                | '饭'
                | '驻'
        )
}

fn can_begin_finer_place(c: char) -> bool {
    matches!(
        c,
        '中' | '乡'
            | '公'
            | '医'
            | '国'
            | '大'
            | '学'
            | '小'
            | '山'
            | '广'
            | '新'
            | '机'
            | '村'
            | '火'
            | '社'
            | '花'
            | '苏'
            | '镇'
    )
}

/// Whether any typed suffix begins so.
pub(crate) fn can_begin_suffix(c: char) -> bool {
    matches!(
        c,
        ',' | ']'
            | '乡'
            | '办'
            | '区'
            | '县'
            | '地'
            | '州'
            | '市'
            | '新'
            | '旗'
            | '林'
            | '特'
            | '盟'
            | '省'
            | '自'
            | '街'
            | '镇'
    )
}

#[cfg(test)]
mod tests {
    use super::super::names::typed_suffixes;
    use super::*;
    use crate::domain::geo::PlaceLevel;

    #[test]
    fn sees_that_a_name_goes_on_as_a_road() {
        let road = |rest: &str| names_a_road_or_firm(&rest.chars().collect::<Vec<_>>());
        assert!(road("中路一段") && road("路91号") && road("大道") && road("东二路"));
        assert!(road("河大道") && road("河中路") && !road("江东路9号") && !road("湖滨路"));
        assert!(!road("六一中路79号") && !road("中原路220号") && !road("区五一大道"));
    }

    #[test]
    fn the_quick_looks_at_a_first_character_agree_with_the_word_lists() {
        let first = |word: &&str| word.chars().next().unwrap();
        let modifiers = MODIFIERS.chars();
        let roads = ROAD_WORDS.iter().chain(&FIRM_WORDS).map(first);
        let water = "河江湖山".chars();
        assert!(
            roads
                .chain(modifiers)
                .chain(water)
                .all(can_begin_road_or_firm)
        );
        assert!(PLACE_WORDS.iter().map(first).all(can_begin_finer_place));
        for level in [
            PlaceLevel::Township,
            PlaceLevel::County,
            PlaceLevel::City,
            PlaceLevel::Province,
        ] {
            assert!(
                typed_suffixes(level)
                    .iter()
                    .map(first)
                    .all(can_begin_suffix),
                "{level:?}"
            );
        }
    }
}

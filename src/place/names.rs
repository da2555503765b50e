//! What people call a division: its name without suffix, contracted, or half contracted.
//!
//! Responsible for: deriving short names from official ones. Not responsible for: looking names
//! up (`index`), telling a place from a road named after it (`wording`).

use crate::domain::geo::PlaceLevel;

/// Peoples in the names of autonomous divisions; longer names first where one ends another.
const PEOPLES: [&str; 40] = [
    "各族",
    "维吾尔族",
    "维吾尔",
    "哈萨克族",
    "哈萨克",
    "柯尔克孜族",
    "柯尔克孜",
    "塔吉克",
    "锡伯",
    "达斡尔族",
    "蒙古族",
    "蒙古",
    "朝鲜族",
    "满族",
    "回族",
    "壮族",
    "土家族",
    "苗族",
    "布依族",
    "侗族",
    "瑶族",
    "白族",
    "哈尼族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "纳西族",
    "景颇族",
    "仫佬族",
    "羌族",
    "布朗族",
    "毛南族",
    "仡佬族",
    "彝族",
    "藏族",
    "裕固族",
];
/// The rest, which also end other names and so are tried after the list above.
const MORE_PEOPLES: [&str; 9] = [
    "撒拉族",
    "保安族",
    "东乡族",
    "普米族",
    "怒族",
    "独龙族",
    "鄂温克族",
    "土族",
    "俄罗斯族",
];

/// Contractions that no rule gives, with the division's code.
pub(crate) const CONTRACTIONS: [(&str, u32); 14] = [
    ("雨花", 320_114),
    ("峰峰", 130_406),
    ("前郭", 220_721),
    ("杜蒙", 230_624),
    ("喀左", 211_324),
    ("阜蒙", 210_921),
    ("巴州", 652_800),
    ("克州", 653_000),
    ("博州", 652_700),
    ("内蒙", 150_000),
    ("阿左旗", 152_921),
    ("阿右旗", 152_922),
    ("达茂旗", 150_223),
    ("莫旗", 150_722),
];

/// Suffixes of each level, longest first. A name is shortened by the first that fits.
fn suffixes(level: PlaceLevel) -> &'static [&'static str] {
    match level {
        PlaceLevel::Province => &["特别行政区", "自治区", "省", "市"],
        PlaceLevel::City => &["自治州", "地区", "市", "盟"],
        PlaceLevel::County => &[
            "自治县",
            "自治旗",
            "联合旗",
            "新区",
            "林区",
            "特区",
            "县",
            "区",
            "市",
            "旗",
        ],
        PlaceLevel::Township | PlaceLevel::Village | PlaceLevel::Point => {
            &["民族苏木", "民族乡", "街道", "苏木", "镇", "乡"]
        }
    }
}

/// Suffixes people put behind a short name instead of the official one, longest first.
pub(crate) fn typed_suffixes(level: PlaceLevel) -> &'static [&'static str] {
    match level {
        PlaceLevel::Province => &["自治区", "特区", "省", "市"],
        PlaceLevel::City => &["自治州", "地区", "州", "市", "盟"],
        PlaceLevel::County => &[
            "自治县",
            "自治旗",
            "新区",
            "林区",
            "特区",
            "县",
            "区",
            "市",
            "旗",
        ],
        PlaceLevel::Township | PlaceLevel::Village | PlaceLevel::Point => {
            &["街道办事处", "街道办", "办事处", "街道", "街办", "镇", "乡"]
        }
    }
}

/// The name without its suffix and peoples (`江华瑶族自治县` → `江华`); `None` where nothing
/// usable is left: one character, or a name that reads as a road.
pub(crate) fn short_name(name: &[char], level: PlaceLevel) -> Option<Vec<char>> {
    // 金林区 is 金林 + 区, not 金 + 林区.
    let usable =
        |suffix: &&&str| ends_with(name, suffix) && name.len() >= suffix.chars().count() + 2;
    let suffix = suffixes(level).iter().find(usable)?;
    let base = name.get(..name.len() - suffix.chars().count())?;
    let ethnic = suffix.starts_with("自治") || *suffix == "乡" || *suffix == "区";
    let base = if ethnic { without_peoples(base) } else { base };
    let reads_as_road =
        level == PlaceLevel::Township && base.last().is_some_and(|last| "路街道巷".contains(*last));
    (base.len() >= 2 && !reads_as_road).then(|| base.to_vec())
}

/// The name before the peoples it ends with.
fn without_peoples(mut base: &[char]) -> &[char] {
    while let Some(people) = PEOPLES
        .iter()
        .chain(&MORE_PEOPLES)
        .find(|people| ends_with(base, people))
    {
        base = match base.len() - people.chars().count() {
            // 东乡族自治县, 鄂温克族自治旗: the people is the name.
            0 => return base.strip_suffix(&['族']).unwrap_or(base),
            // 内蒙古自治区 is not 内.
            1 => return base,
            kept => base.get(..kept).unwrap_or_default(),
        };
    }
    base
}

fn ends_with(name: &[char], suffix: &str) -> bool {
    let mut backwards = name.iter().rev();
    suffix.chars().rev().all(|c| backwards.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(name: &str, level: PlaceLevel) -> Option<String> {
        short_name(&name.chars().collect::<Vec<_>>(), level).map(|base| base.into_iter().collect())
    }

    #[test]
    fn shortens_autonomous_counties_to_their_own_name() {
        assert_eq!(
            short("江华瑶族自治县", PlaceLevel::County).as_deref(),
            Some("江华")
        );
        assert_eq!(
            short("双江拉祜族佤族布朗族傣族自治县", PlaceLevel::County).as_deref(),
            Some("双江")
        );
        assert_eq!(
            short("梅里斯达斡尔族区", PlaceLevel::County).as_deref(),
            Some("梅里斯")
        );
        assert_eq!(
            short("东乡族自治县", PlaceLevel::County).as_deref(),
            Some("东乡")
        );
        assert_eq!(
            short("内蒙古自治区", PlaceLevel::Province).as_deref(),
            Some("内蒙古")
        );
        assert_eq!(
            short("湘西土家族苗族自治州", PlaceLevel::City).as_deref(),
            Some("湘西")
        );
    }

    #[test]
    fn keeps_no_short_name_of_one_character_or_of_a_road() {
        assert_eq!(short("道县", PlaceLevel::County), None);
        assert_eq!(short("文艺路街道", PlaceLevel::Township), None);
    }
}

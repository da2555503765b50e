//! Development zones: names people write where a county should stand.
//!
//! Responsible for: a small table made by hand of zones that lie (nearly) in one county. Not
//! responsible for: zones whose land is shared by several counties, which stay at their city.
//! A zone is no division, so an answer through this table is marked as inferred.

/// City code, what the zone is called after the city's name, code of the county it lies in.
pub(crate) const ZONES: [(u32, &[&str], u32); 16] = [
    (
        430_100,
        &["高新区", "高新技术", "高新开发区", "高新产业", "麓谷"],
        430_104,
    ),
    (
        430_100,
        &["经开区", "经济技术开发区", "经济开发区", "星沙"],
        430_121,
    ),
    (430_200, &["高新区", "高新技术", "高新开发区"], 430_211),
    (430_300, &["高新区", "高新技术", "高新开发区"], 430_304),
    (
        430_400,
        &["高新区", "高新技术", "高新开发区", "华新开发区"],
        430_408,
    ),
    (
        430_500,
        &["经开区", "经济技术开发区", "经济开发区"],
        430_502,
    ),
    (
        430_600,
        &["经开区", "经济技术开发区", "经济开发区", "南湖新区"],
        430_602,
    ),
    (430_700, &["经开区", "经济技术开发区", "德山"], 430_702),
    (430_700, &["高新区", "高新技术"], 430_703),
    (
        430_800,
        &["经开区", "经济技术开发区", "经济开发区"],
        430_802,
    ),
    (430_900, &["高新区", "高新技术"], 430_903),
    (431_000, &["高新区", "高新技术"], 431_003),
    (
        431_100,
        &["经开区", "经济技术开发区", "经济开发区", "凤凰园"],
        431_103,
    ),
    (
        431_200,
        &["经开区", "经济技术开发区", "经济开发区", "高新区"],
        431_202,
    ),
    (
        431_300,
        &["经开区", "经济技术开发区", "经济开发区"],
        431_302,
    ),
    (
        433_100,
        &["经开区", "经济技术开发区", "经济开发区"],
        433_101,
    ),
];

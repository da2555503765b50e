//! Words that stand for one of a few things.

use crate::domain::{CustomerType, Priority, Role, RuleKind, SupplierKind, TransportMode, Usage};

use super::half_width;

/// A cell's word, ready to be compared.
fn word(text: &str) -> String {
    half_width(text.trim()).to_lowercase()
}

/// Owner's kind. Firms' own words for themselves are read too.
pub fn customer_type(text: &str) -> Option<CustomerType> {
    // As it stands, mostly: these columns are filled in every row.
    customer_type_word(text).or_else(|| customer_type_word(&word(text)))
}

fn customer_type_word(word: &str) -> Option<CustomerType> {
    match word {
        "person" | "个人" | "私人" | "个人客户" | "私家" | "个体" => {
            Some(CustomerType::Person)
        }
        "firm" | "单位" | "公司" | "企业" | "单位客户" | "企业客户" | "机构" | "政府" => {
            Some(CustomerType::Firm)
        }
        "group" | "集团" | "大客户" | "集团客户" => Some(CustomerType::Group),
        "unknown" => Some(CustomerType::Unknown),
        _ => None,
    }
}

/// Use of the vehicle.
pub fn usage(text: &str) -> Option<Usage> {
    // As it stands, mostly: these columns are filled in every row.
    usage_word(text).or_else(|| usage_word(&word(text)))
}

fn usage_word(word: &str) -> Option<Usage> {
    match word {
        "home" | "家用" | "私用" | "自用" | "非营运" | "家庭" => Some(Usage::Home),
        "logistics" | "物流" | "货运" | "快递" | "配送" | "城配" | "物流运输" => {
            Some(Usage::Logistics)
        }
        "passenger" | "客运" | "营运客车" | "旅游" | "出租" | "网约" | "租赁" => {
            Some(Usage::Passenger)
        }
        "construction" | "工程" | "工地" | "施工" => Some(Usage::Construction),
        "school" | "校车" | "学校接送" => Some(Usage::School),
        "official" | "公用" | "公务" | "公务用车" | "单位用车" | "警用" | "救护" => {
            Some(Usage::Official)
        }
        "unknown" | "其他" | "其它" => Some(Usage::Unknown),
        _ => None,
    }
}

/// A member of staff's role.
pub fn role(text: &str) -> Option<Role> {
    match word(text).as_str() {
        "technician" | "技师" | "维修技师" | "维修工" | "技工" => Some(Role::Technician),
        "leader" | "负责人" | "领队" | "队长" | "组长" => Some(Role::Leader),
        "foreman" | "车间主管" | "技术主管" | "主管" => Some(Role::Foreman),
        "adviser" | "advisor" | "服务顾问" | "客服" | "顾问" => Some(Role::Adviser),
        _ => None,
    }
}

/// Why an item matters.
pub fn priority(text: &str) -> Option<Priority> {
    match word(text).as_str() {
        "safety" | "安全" => Some(Priority::Safety),
        "warranty" | "保修" | "质保" => Some(Priority::Warranty),
        "wear" | "磨损" | "易损" => Some(Priority::Wear),
        "comfort" | "舒适" | "一般" => Some(Priority::Comfort),
        _ => None,
    }
}

/// How an item falls due.
pub fn rule_kind(text: &str) -> Option<RuleKind> {
    match word(text).as_str() {
        "interval" | "间隔" | "定期" | "周期" => Some(RuleKind::Interval),
        "wear" | "磨损" | "易损" => Some(RuleKind::Wear),
        "campaign" | "服务活动" | "活动" | "召回" => Some(RuleKind::Campaign),
        "season" | "季节" | "季节性" => Some(RuleKind::Season),
        _ => None,
    }
}

/// How parts travel.
pub fn transport_mode(text: &str) -> Option<TransportMode> {
    match word(text).as_str() {
        "road" | "汽运" | "公路" | "陆运" | "物流" => Some(TransportMode::Road),
        "express" | "快递" => Some(TransportMode::Express),
        "air" | "空运" | "航空" => Some(TransportMode::Air),
        _ => None,
    }
}

/// Maker or sister dealer.
pub fn supplier_kind(text: &str) -> Option<SupplierKind> {
    match word(text).as_str() {
        "maker" | "厂家" | "主机厂" | "制造商" | "厂商" => Some(SupplierKind::Maker),
        "peer" | "兄弟店" | "经销商" | "同行" | "调货" => Some(SupplierKind::Peer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_languages_and_any_case() {
        assert_eq!(role("Technician"), Some(Role::Technician));
        assert_eq!(role("服务顾问"), Some(Role::Adviser));
        assert_eq!(transport_mode("空运"), Some(TransportMode::Air));
        assert_eq!(usage("客运"), Some(Usage::Passenger));
        assert_eq!(usage("飞行"), None);
    }
}

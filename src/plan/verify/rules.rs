//! The list of rules: number, words, and the function that checks it.

use super::case::Case;
use super::{
    book, calls, capacity, changes, closing, leaks, limits, parts, reach, reminders, rows,
    signatures, skills, solution, sourcing, staff, tours,
};
use crate::findings::{Finding, Text};

/// One rule of "What must always hold".
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its number there, 1 to 8; 9 = problem.json and its solution; 10 = signatures; 11 = closed tours; 12 = changes of tours.
    pub number: u8,
    /// What is checked.
    pub checks: Text,
    check: fn(&Case<'_>) -> Vec<Finding>,
}

impl Rule {
    pub(super) fn run(&self, case: &Case<'_>) -> Vec<Finding> {
        (self.check)(case)
    }
}

type Check = fn(&Case<'_>) -> Vec<Finding>;

const fn rule(number: u8, check: Check, en: &'static str, zh: &'static str) -> Rule {
    Rule {
        number,
        checks: Text { en, zh },
        check,
    }
}

/// Every rule, in the order of the contract.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    rule(1, rows::the_month_is_this, "the plan is of this month", "计划属于本月"),
    rule(1, rows::rows_add_up, "rows in = accepted + merged + rejected + ignored", "总行数 = 接收 + 合并 + 拒收 + 忽略"),
    rule(1, rows::rejects_account_for_every_row, "every row not accepted is in rejects.csv", "未接收的行全部列入 rejects.csv"),
    rule(1, rows::every_vehicle_once, "every accepted vehicle once in customers.csv", "每台接收车辆在 customers.csv 中恰好一次"),
    rule(1, rows::statuses_have_reasons, "statuses, reasons and missing words are valid", "状态、原因、缺项有效"),
    rule(1, rows::every_called_vehicle_once, "every visit and waitlist vehicle once in calls.csv", "本次和候补车辆在 calls.csv 中恰好一次"),
    rule(1, rows::figures_are_sums, "figures by status are the counts of customers.csv", "状态统计与 customers.csv 一致"),
    rule(2, reach::tables_agree_on_visits, "customers.csv and visits.csv agree", "customers.csv 与 visits.csv 一致"),
    rule(2, reach::points_are_open, "points are open on the visit's dates", "到站日期服务点开放"),
    rule(2, reach::points_are_not_overused, "points are used on at most max_days", "服务点使用天数不超过 max_days"),
    rule(2, reach::customers_are_near, "customers are within max_customer_km", "客户距离不超过 max_customer_km"),
    rule(2, reach::yards_serve_their_own, "a customer's own yard serves his vehicles only", "客户自有场地只服务其名下车辆"),
    rule(3, capacity::visits_fit_their_capacity, "expected hours ≤ capacity by the one formula", "预计工时不超过按公式计算的产能"),
    rule(3, capacity::visits_sum_their_vehicles, "visits are the sums of their vehicles", "到站合计等于各车辆之和"),
    rule(3, capacity::days_are_not_too_long, "nobody works longer than allowed", "每人每日工时不超限"),
    rule(3, capacity::driving_is_working_time, "driving and set-up are in the hours", "工时包含行车和布置"),
    rule(3, limits::the_problem_is_the_workspace, "problem.json holds the workspace's limits", "problem.json 与工作区设置一致"),
    rule(4, tours::tours_have_visits, "tours, visits, teams and points belong together", "巡回、到站、班组和服务点对应"),
    rule(4, tours::days_are_consecutive, "days are consecutive from departure to return", "从出发到返回日期连续"),
    rule(4, tours::nights_are_few, "nights ≤ max_nights", "在外过夜不超过 max_nights"),
    rule(4, tours::days_are_allowed, "workdays only, and no days off of the team", "仅在工作日且避开班组休息日"),
    rule(4, tours::nobody_is_out_twice, "no team and no van is out twice at once", "班组和车辆不同时出两趟"),
    rule(4, tours::sums_are_true, "km, hours and cost are the sums of the legs", "里程、工时、费用等于各段之和"),
    rule(4, tours::points_are_visited_seldom, "visits_per_point is kept", "同一服务点次数不超限"),
    rule(4, tours::days_are_worth_it, "min_service_hours and max_drive_hours_per_day are kept", "最少服务工时和最长行车时间"),
    rule(4, tours::pins_are_kept, "pins are kept", "指定要求得到满足"),
    rule(4, staff::nobody_is_in_two_places, "no person is in two places; days off are kept", "人员不同时在两处，休息日不出勤"),
    rule(4, staff::vans_carry_their_crew, "the van has seats for its crew and one drives", "车辆座位足够且有驾驶员"),
    rule(4, staff::leaders_are_there, "the leader is on the tour", "负责人随队"),
    rule(4, staff::teams_are_complete, "as many technicians go as were counted on", "技师人数与计划一致"),
    rule(5, calls::calls_keep_their_window, "calls from T-5 to T-3", "邀约电话在 T-5 至 T-3"),
    rule(5, calls::advisers_are_not_overrun, "advisers within calls_per_day", "客服每日电话不超限"),
    rule(5, calls::nobody_is_called_against_his_will, "do_not_call and no_phone have no call", "拒绝联系和无电话者不安排电话"),
    rule(5, calls::overflow_is_said, "calls without a day are said", "无法安排的电话有说明"),
    rule(5, calls::the_most_urgent_come_first, "the most urgent are called first", "最紧急者先打"),
    rule(5, calls::a_fleet_is_one_call, "one contact is one call", "同一联系人只打一次"),
    rule(5, calls::slots_lie_within_the_visit, "slots lie within the visit", "预约时段在到站日期内"),
    rule(5, calls::bookings_are_kept, "booked slots belong to customers who said yes", "已预约时段均属答应到场的客户"),
    rule(5, changes::deviations_have_a_change, "only a tour whose days were changed has calls outside their window", "仅改期的巡回可有超出窗口的电话"),
    rule(5, reminders::reminders_keep_their_window, "reminders from T-2 to T-1, second texts and departure texts on their days", "提醒在 T-2 至 T-1，二次提醒和出发通知按日发送"),
    rule(5, reminders::booked_customers_are_reminded, "every booked customer is reminded, or a word says why not", "已预约客户均有提醒或说明原因"),
    rule(5, reminders::nobody_is_texted_against_his_will, "who wants no texts gets none", "退订短信者不发短信"),
    rule(6, parts::kits_make_the_parts_list, "kit_qty = Σ kits; peak between what is out at once and kit_qty", "备料合计与峰值正确"),
    rule(6, parts::sources_make_the_peak, "peak = stock + on order + peers + to order + short", "峰值等于各货源之和"),
    rule(6, parts::stock_is_not_promised_twice, "stock is never used twice", "库存不重复占用"),
    rule(6, parts::kits_fit_their_vans, "kits fit their vans", "备料不超过车辆装载"),
    rule(6, parts::orders_are_whole_packs, "the maker is asked for whole packs, and for enough", "订货为整包装且足量"),
    rule(6, parts::lines_say_what_is_expected, "kit lines say why, and need, shortage, leftover add up", "备料行说明原因，需求、缺件、退回相符"),
    rule(6, parts::bags_have_owners, "bags belong to vehicles on the visit", "备料袋对应到站车辆"),
    rule(6, parts::documents_carry_the_same_kit, "plan.json and kit.csv carry the same kit", "plan.json 与 kit.csv 备料一致"),
    rule(6, sourcing::lines_make_sense, "every source has a tour and a destination", "每条货源对应巡回和目的地"),
    rule(6, sourcing::modes_are_allowed, "nothing travels by a mode it is not allowed", "运输方式均被允许"),
    rule(6, sourcing::feasible_is_in_time, "what is feasible arrives in time", "标为可行者按时到货"),
    rule(6, sourcing::orders_leave_early_enough, "order days include lead time and review", "订货日包含到货期和审核"),
    rule(6, book::the_book_is_the_journal, "the order book is what the journal says", "订单台账与日志一致"),
    rule(6, book::no_more_came_than_was_ordered, "no more came than was ordered", "到货不超过订货"),
    rule(6, book::the_tables_were_seen_as_they_are, "stock was seen as its table says", "所用库存与库存表一致"),
    rule(7, skills::people_have_their_skills, "people have the skills listed", "人员具备所列技能"),
    rule(7, skills::skills_are_covered, "every item's skills are covered on its visit", "到站人员覆盖所需技能"),
    rule(7, skills::items_can_be_done_there, "lifts and on-site work only where they can be", "举升和现场作业可行"),
    rule(8, leaks::phones_stay_private, "full phones only where somebody dials", "完整电话仅出现在拨打用文件"),
    rule(8, leaks::pages_escape_what_they_print, "pages hold no unescaped input", "网页不含未转义的输入"),
    rule(8, leaks::pages_need_no_network, "pages load nothing from elsewhere", "网页不加载外部内容"),
    rule(8, leaks::cells_run_no_formula, "no cell begins like a formula", "表格单元格不含公式"),
    rule(9, solution::the_solution_is_the_plan, "the solution's tours are the plan's", "求解结果与巡回一致"),
    rule(9, solution::the_allocation_is_allowed, "the allocation is allowed", "分配合法"),
    rule(9, solution::the_objective_is_true, "the objective is true", "目标值正确"),
    rule(10, signatures::signatures_cover_the_plan, "signatures cover exactly what the plan says", "审批签名与计划内容一致"),
    rule(11, closing::kits_come_back, "carried + extra = used + handed over + back", "携带与途中取得等于已用、转交与应退"),
    rule(11, closing::everybody_is_accounted_for, "every booked vehicle of a closed tour once", "已收尾巡回的每台预约车辆恰好一次"),
    rule(11, closing::partners_know_only_who_agreed, "partners know only who agreed", "合作网点仅知悉已同意的客户"),
    rule(11, closing::figures_are_their_formulas, "closing figures are what their formulas give", "小结指标与公式一致"),
    rule(12, changes::changes_are_the_journal, "changes of tours are what the journal says", "巡回变更与日志一致"),
    rule(12, changes::resting_tours_take_nothing, "a suspended or cancelled tour takes no day, crew, part, call or slot", "暂停或取消的巡回不占日期、人员、配件、电话和时段"),
    rule(12, changes::what_was_lost_is_gone, "vans, people and points lost are gone, moved tours leave on their day", "失去的车辆、人员、服务点不再使用，改期按新日期出发"),
    rule(12, changes::everybody_concerned_is_told, "everybody a change concerns is told and accounted for", "变更涉及的客户均在通知名单且有去向"),
];

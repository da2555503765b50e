//! `M140…`: several plans taken together.

use super::super::Severity::Error;
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M140",
        Error,
        (
            "a plan is of the form '{value}', not {wanted}",
            "某计划格式为“{value}”，不是{wanted}",
        ),
        (
            "it was made by another version of the tool",
            "由其他版本的程序生成",
        ),
        (
            "plan that month again with this version, or leave it out",
            "请用本版本重新计划该月，或不纳入汇总",
        ),
    ),
    say(
        "M141",
        Error,
        ("{dealer} {month} stands twice", "{dealer} {month} 重复"),
        (
            "the same plan was given twice, or two dealers have the same name in tour.toml",
            "同一计划给了两次，或两家经销商在 tour.toml 中同名",
        ),
        (
            "give each month of each dealer once; give the dealers different names",
            "每家每月只给一次；不同经销商请用不同名称",
        ),
    ),
];

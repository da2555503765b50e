//! `M090…`: consents and purging.

use super::super::Severity::{Error, Warning};
use super::{Entry, say};

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "M090",
        Warning,
        (
            "consents.csv has a line that cannot be read",
            "consents.csv 有一行无法读取",
        ),
        (
            "it was edited by hand: the vehicle, the matter, yes or no, or the day is missing or in other words",
            "文件被手工改动：车辆、事项、是否或日期缺失或写法不识别",
        ),
        (
            "mend the line: a refusal that cannot be read is not kept",
            "请改正该行：无法读取的拒绝不会生效",
        ),
    ),
    say(
        "M091",
        Error,
        (
            "{value} lies after today ({today}): nothing was removed",
            "{value} 晚于今天（{today}）：未删除任何内容",
        ),
        (
            "what is still to be said would be removed before it is used",
            "将删除仍需使用的资料",
        ),
        (
            "give a day up to today, or --retention",
            "请指定不晚于今天的日期，或用 --retention",
        ),
    ),
    say(
        "M092",
        Error,
        (
            "the call data of {month} was removed on {on}: no answers are read for it any more",
            "{month} 的电话资料已于{on}清除，不再读入答复",
        ),
        (
            "tourplan purge took numbers and answers out after the retention time",
            "保存期满后已由 tourplan purge 清除号码和答复",
        ),
        (
            "read call sheets in for a month that is still open; nothing was changed",
            "请为仍在进行的月份读入电话表；未作任何更改",
        ),
    ),
];

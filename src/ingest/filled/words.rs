//! Words that stand for how a call went, what became of a vehicle, yes and no.

use crate::domain::{CallOutcome, VisitResult};
use crate::ingest::cells::{Cell, yes_no};
use crate::ingest::naming::plain;

use CallOutcome::{CallLater, Coming, Declined, NotReached, Undecided, WrongNumber};

const OUTCOMES: &[(CallOutcome, &[&str])] = &[
    (
        Coming,
        &[
            "来",
            "会来",
            "要来",
            "能来",
            "来店",
            "到店",
            "来站",
            "预约",
            "已预约",
            "约好",
            "已约",
            "约了",
            "好",
            "好的",
            "行",
            "可以",
            "同意",
            "确认",
            "已确认",
            "愿意",
            "参加",
            "是",
            "对",
            "没问题",
            "coming",
            "comes",
            "come",
            "yes",
            "y",
            "ok",
            "booked",
            "agreed",
        ],
    ),
    (
        Undecided,
        &[
            "未定",
            "待定",
            "没定",
            "不确定",
            "考虑",
            "再考虑",
            "考虑一下",
            "考虑中",
            "再看",
            "看情况",
            "犹豫",
            "再说",
            "接通",
            "已接通",
            "接了",
            "已接",
            "打通",
            "通了",
            "接通未定",
            "undecided",
            "reached",
            "maybe",
            "thinking",
            "open",
        ],
    ),
    (
        Declined,
        &[
            "不来",
            "不去",
            "不来了",
            "不到",
            "不到店",
            "拒绝",
            "不需要",
            "不用",
            "不用了",
            "不要",
            "不参加",
            "没空",
            "没时间",
            "不做",
            "不同意",
            "不愿意",
            "谢绝",
            "否",
            "declined",
            "no",
            "n",
            "refused",
            "notcoming",
        ],
    ),
    (
        NotReached,
        &[
            "未接",
            "未接通",
            "没接",
            "不接",
            "没接通",
            "没人接",
            "无人接",
            "无人接听",
            "没有人接",
            "未通",
            "打不通",
            "不通",
            "无法接通",
            "关机",
            "停机",
            "占线",
            "忙",
            "忙音",
            "正忙",
            "不在服务区",
            "拒接",
            "挂断",
            "noanswer",
            "notreached",
            "busy",
            "off",
        ],
    ),
    (
        WrongNumber,
        &[
            "空号",
            "错号",
            "号码错误",
            "号码不对",
            "错误号码",
            "不是本人",
            "非本人",
            "打错",
            "打错了",
            "换号",
            "已换号",
            "号码有误",
            "wrongnumber",
            "wrong",
            "invalid",
        ],
    ),
    (
        CallLater,
        &[
            "再打",
            "再拨",
            "稍后",
            "稍后再打",
            "稍后再拨",
            "晚点",
            "晚点再打",
            "回头再打",
            "改天",
            "改天再打",
            "改日",
            "再联系",
            "再约",
            "约时间再打",
            "过几天",
            "过几天再打",
            "明天再打",
            "下午再打",
            "回电",
            "等回电",
            "calllater",
            "later",
            "callback",
            "again",
            "callagain",
        ],
    ),
];

/// The words the drop-down lists offer, Chinese and English: shown where another word was written.
pub(super) const OUTCOME_WORDS: &str = "来 coming | 未定 undecided | 不来 declined | 未接 no answer | 空号 wrong number | 再打 call later";
pub(super) const RESULT_WORDS: &str =
    "完成 done | 部分完成 partly done | 未到 no-show | 现场无法处理 too hard on site";

/// How a call went. `接通，来` is `来`: that somebody answered is said by every word but two.
pub(super) fn outcome(text: &str) -> Option<CallOutcome> {
    if ["√", "✓", "✔"].contains(&text.trim()) {
        return Some(Coming);
    }
    let whole = plain(text);
    if let Some(outcome) = word(OUTCOMES, &whole) {
        return Some(outcome);
    }
    let mut parts: Vec<String> = text
        .split([
            ',', '，', '、', ';', '；', '/', ' ', '。', '-', '\n', '(', ')', '（', '）',
        ])
        .map(plain)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() <= 1 {
        let rest = ["已接通", "接通了", "接通", "已接"]
            .iter()
            .find_map(|word| whole.strip_prefix(word));
        parts = vec![rest?.to_owned()];
    }
    let mut said: Vec<CallOutcome> = parts
        .iter()
        .map(|part| word(OUTCOMES, part))
        .collect::<Option<_>>()?;
    said.sort_unstable();
    said.dedup();
    if said.len() > 1 {
        said.retain(|one| *one != Undecided);
    }
    match said[..] {
        [one] => Some(one),
        _ => None,
    }
}

const RESULTS: &[(VisitResult, &[&str])] = &[
    (
        VisitResult::Done,
        &[
            "完成",
            "已完成",
            "全部完成",
            "做完",
            "修好",
            "已修好",
            "已修",
            "完工",
            "ok",
            "done",
            "finished",
            "yes",
            "是",
            "好",
        ],
    ),
    (
        VisitResult::PartlyDone,
        &[
            "部分完成",
            "部分",
            "完成部分",
            "未全部完成",
            "没做完",
            "partlydone",
            "partly",
            "partial",
        ],
    ),
    (
        VisitResult::NoShow,
        &[
            "未到",
            "未到场",
            "没来",
            "没到",
            "未来",
            "爽约",
            "缺席",
            "不来",
            "noshow",
            "absent",
            "missed",
            "didnotcome",
        ],
    ),
    (
        VisitResult::TooHard,
        &[
            "现场无法处理",
            "无法处理",
            "现场修不了",
            "修不了",
            "做不了",
            "需进店",
            "转店",
            "需拖车",
            "拖车",
            "疑难",
            "toohard",
            "toohardonsite",
            "workshop",
            "tow",
        ],
    ),
];

/// What became of a vehicle.
pub(super) fn result(text: &str) -> Option<VisitResult> {
    if ["√", "✓", "✔"].contains(&text.trim()) {
        return Some(VisitResult::Done);
    }
    word(RESULTS, &plain(text))
}

fn word<T: Copy>(table: &[(T, &[&str])], plain: &str) -> Option<T> {
    let found = table.iter().find(|(_, words)| words.contains(&plain));
    found.map(|(value, _)| *value)
}

/// What a bare refusal or agreement means in a column.
#[derive(Clone, Copy)]
pub(super) enum Asks {
    /// For consent: `同意` is yes, `拒绝` is no.
    Consent,
    /// For being left alone: `拒绝` and `退订` are yes.
    Refusal,
    /// For a fact.
    Fact,
}

/// Yes, no, nothing, or not understood.
pub(super) fn yes_or_no(text: &str, asks: Asks) -> Result<Option<bool>, ()> {
    let word = plain(text);
    let among = |words: &[&str]| words.contains(&word.as_str());
    let own = match asks {
        Asks::Consent
            if among(&[
                "同意",
                "愿意",
                "可以",
                "行",
                "好",
                "好的",
                "已同意",
                "agreed",
            ]) =>
        {
            Some(true)
        }
        Asks::Consent
            if among(&[
                "不同意",
                "不愿意",
                "拒绝",
                "不可以",
                "不行",
                "refused",
                "declined",
            ]) =>
        {
            Some(false)
        }
        Asks::Refusal
            if among(&[
                "拒绝",
                "退订",
                "勿扰",
                "不要打",
                "别打",
                "不收",
                "不要",
                "已退订",
            ]) =>
        {
            Some(true)
        }
        Asks::Refusal if among(&["可以", "同意", "不拒绝", "不退订", "接受"]) => {
            Some(false)
        }
        Asks::Fact if among(&["有过", "修过", "是的", "需要", "需"]) => Some(true),
        Asks::Fact if among(&["没", "没修过", "不需要", "不需", "不用"]) => Some(false),
        _ => None,
    };
    if own.is_some() {
        return Ok(own);
    }
    match yes_no::read(text) {
        Cell::Bad(_) if ["✔", "☑"].contains(&text.trim()) => Ok(Some(true)),
        Cell::Bad(_) if ["✘", "☒", "❌"].contains(&text.trim()) => Ok(Some(false)),
        Cell::Bad(_) => Err(()),
        cell => Ok(cell.into_value()),
    }
}

/// Whether a word in a column of items means every item offered.
pub(super) fn means_all(text: &str) -> bool {
    const ALL: [&str; 19] = [
        "全部",
        "全做",
        "都做",
        "全要",
        "都要",
        "全部做",
        "全部确认",
        "全部同意",
        "都同意",
        "全部项目",
        "所有",
        "同意",
        "确认",
        "是",
        "可以",
        "all",
        "yes",
        "ok",
        "y",
    ];
    ["√", "✓", "✔"].contains(&text.trim()) || ALL.contains(&plain(text).as_str())
}

/// Whether a word in a column of struck items means every item offered.
pub(super) fn means_none(text: &str) -> bool {
    const NONE: [&str; 9] = [
        "全不做",
        "都不做",
        "全部不做",
        "都不要",
        "全不要",
        "全部划掉",
        "全部取消",
        "全部",
        "all",
    ];
    NONE.contains(&plain(text).as_str())
}

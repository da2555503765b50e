//! Days and times as people write them on a sheet of a known month.
//!
//! Read beside everything `cells::date` reads: a day without its year (`12月10日`, `12-10`), the day alone
//! (`10号`), a time with it (`2026-12-10 09:00`, `12月10日上午`), times alone (`9点`, `9:30`, `14：00`,
//! `下午3点半`, a spreadsheet's fraction of a day), the beginning of a range (`9:00-10:30`). Nobody works on
//! vehicles before six: `3点` without a word for the half of the day is the afternoon.

use crate::domain::{Date, Month, Weekday};
use crate::ingest::cells::{date, half_width};

/// `上午` alone.
const MORNING: u32 = 9 * 60;
/// `早上` alone.
const EARLY: u32 = 8 * 60;
const NOON: u32 = 12 * 60;
/// `下午` alone.
const AFTERNOON: u32 = 14 * 60;
/// `晚上` alone.
const EVENING: u32 = 18 * 60;

/// A day, a time, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct When {
    pub(super) day: Option<Date>,
    /// Minutes after midnight.
    pub(super) minutes: Option<u32>,
}

/// Reads a cell in which a day is expected and a time may follow; `None` = not understood.
pub(super) fn day_first(text: &str, month: Month) -> Option<When> {
    let text = tidy(text);
    with_day(&text, month).or_else(|| only_time(&text))
}

/// Reads a cell in which a time is expected and a day may precede it.
pub(super) fn time_first(text: &str, month: Month) -> Option<When> {
    let text = tidy(text);
    only_time(&text).or_else(|| with_day(&text, month))
}

fn tidy(text: &str) -> String {
    let mut tidy = half_width(text.trim()).to_lowercase();
    for (index, digit) in "〇一二三四五六七八九".chars().enumerate() {
        // 十 is put in order where the hour is read.
        if index > 0 && !tidy.contains("周") && !tidy.contains("星期") && !tidy.contains("礼拜")
        {
            tidy = tidy.replace(digit, &index.to_string());
        }
    }
    tidy.replace('两', "2")
}

fn only_time(text: &str) -> Option<When> {
    let minutes = Some(time(text)?);
    Some(When { day: None, minutes })
}

fn with_day(text: &str, month: Month) -> Option<When> {
    if let Some(when) = serial(text) {
        return Some(when);
    }
    let (day, rest) = split_day(text, month)?;
    let (weekday, rest) = split_weekday(rest);
    if weekday.is_some_and(|weekday| weekday != day.weekday()) {
        return None;
    }
    let rest = rest.trim_start_matches([',', 't', ' ', ':']).trim();
    let minutes = match rest {
        "" | "00:00:00" | "0:00:00" => None,
        rest => Some(time(rest)?),
    };
    Some(When {
        day: Some(day),
        minutes,
    })
}

/// A spreadsheet's day count, with the fraction of the day behind the point.
fn serial(text: &str) -> Option<When> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() != 5 {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    let day = date::read(whole).into_value()?;
    let minutes = ((number - number.floor()) * 1440.0).round() as u32;
    Some(When {
        day: Some(day),
        minutes: (minutes > 0).then_some(minutes),
    })
}

/// The day at the beginning, and what follows it.
fn split_day(text: &str, month: Month) -> Option<(Date, &str)> {
    let (first, sign, rest) = number(text)?;
    if sign.is_none() && first.len() == 8 {
        return Some((date::read(first).into_value()?, rest));
    }
    let short = first.len() <= 2;
    match sign {
        Some('年' | '-' | '/' | '.') if first.len() == 4 => {
            let (month_of, _, rest) = number(rest)?;
            let (day, sign, rest) = number(rest)?;
            let ends = matches!(sign, None | Some('日' | '号'));
            let day = Date::new(
                first.parse().ok()?,
                month_of.parse().ok()?,
                day.parse().ok()?,
            )?;
            (ends && (1950..=2150).contains(&day.year())).then_some((day, rest))
        }
        Some('月' | '-' | '/' | '.') if short => {
            let (day, sign, rest) = number(rest)?;
            let ends = matches!(sign, None | Some('日' | '号')) && day.len() <= 2;
            let day = nearest(first.parse().ok()?, day.parse().ok()?, month)?;
            ends.then_some((day, rest))
        }
        Some('日' | '号') if short => {
            let first_day = month.first();
            let day = Date::new(first_day.year(), first_day.month(), first.parse().ok()?)?;
            Some((day, rest))
        }
        _ => None,
    }
}

/// Digits at the beginning, the sign of a date behind them, and the rest.
fn number(text: &str) -> Option<(&str, Option<char>, &str)> {
    let text = text.trim_start();
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text
        .split_at_checked(length)
        .filter(|(digits, _)| !digits.is_empty())?;
    let after = rest.trim_start();
    let sign = after.chars().next().filter(|c| "年月日号-/.".contains(*c));
    match sign {
        Some(sign) => Some((digits, Some(sign), after.get(sign.len_utf8()..)?)),
        None => Some((digits, None, rest)),
    }
}

/// The day of this month and day that lies nearest to the middle of the month given.
fn nearest(month_of: u32, day: u32, month: Month) -> Option<Date> {
    let middle = month.reference_day();
    let years = [-1, 0, 1].map(|years| middle.year() + years);
    let days = years
        .into_iter()
        .filter_map(|year| Date::new(year, month_of, day));
    days.min_by_key(|day| day.days_since(middle).abs())
}

/// A weekday behind the day, in brackets or not.
fn split_weekday(text: &str) -> (Option<Weekday>, &str) {
    let bare = text.trim_start().trim_start_matches(['(', ',']);
    for word in ["星期", "礼拜", "周"] {
        let Some(rest) = bare.strip_prefix(word) else {
            continue;
        };
        let Some(c) = rest.chars().next() else {
            break;
        };
        let c = if c == '天' { '日' } else { c };
        if let Some(weekday) = Weekday::parse(&format!("周{c}")) {
            let rest = rest.get(c.len_utf8()..).unwrap_or_default();
            return (Some(weekday), rest.trim_start_matches([')', ' ']));
        }
    }
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = bare.split_at_checked(letters).unwrap_or_default();
    match Weekday::parse(word) {
        Some(weekday) if letters >= 3 => (Some(weekday), rest.trim_start_matches([')', ' '])),
        _ => (None, text),
    }
}

/// Minutes after midnight.
fn time(text: &str) -> Option<u32> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // A spreadsheet's time: a fraction of the day.
    if let Some(part) = text
        .parse::<f64>()
        .ok()
        .filter(|part| text.contains('.') && *part < 1.0)
    {
        let minutes = (part * 1440.0).round();
        return (minutes > 0.0).then_some(minutes as u32);
    }
    let mut ends = text.splitn(2, ['-', '~', '—', '–', '到', '至']);
    let from = clock(ends.next()?)?;
    if let Some(until) = ends.next() {
        clock(until.trim_start_matches(['-', '—']))?;
    }
    Some(from)
}

/// One time of the clock, with or without a word for the half of the day.
fn clock(text: &str) -> Option<u32> {
    let mut rest = text;
    for word in [
        "左右", "以前", "之前", "以后", "之后", "前后", "前", "后", "开始", "起",
    ] {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    let halves = [
        ("上午", MORNING, false),
        ("早上", EARLY, false),
        ("早晨", EARLY, false),
        ("清晨", EARLY, false),
        ("morning", MORNING, false),
        ("am", MORNING, false),
        ("a.m.", MORNING, false),
        ("中午", NOON, true),
        ("noon", NOON, true),
        ("下午", AFTERNOON, true),
        ("午后", AFTERNOON, true),
        ("afternoon", AFTERNOON, true),
        ("pm", AFTERNOON, true),
        ("p.m.", AFTERNOON, true),
        ("晚上", EVENING, true),
        ("傍晚", EVENING, true),
        ("evening", EVENING, true),
    ];
    let half = halves.iter().find_map(|(word, alone, late)| {
        let bare = rest
            .strip_prefix(word)
            .or_else(|| rest.strip_suffix(word))?;
        Some((bare, *alone, *late))
    });
    let (bare, alone, late) = half.map_or((rest, None, None), |(bare, alone, late)| {
        (bare, Some(alone), Some(late))
    });
    if bare.is_empty() {
        return alone;
    }
    let (hour, minute) = hour_minute(bare)?;
    // 下午3点 and 中午1点 are after noon, 中午11点 is before it.
    let is_noon = alone == Some(NOON);
    let hour = match late {
        Some(true) if is_noon && hour > 3 => hour,
        Some(true) if hour < 12 => hour + 12,
        None if (1..6).contains(&hour) && !bare.starts_with('0') => hour + 12,
        _ => hour,
    };
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn hour_minute(text: &str) -> Option<(u32, u32)> {
    let text = tens(text);
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, rest) = text.split_at_checked(length)?;
    if hour.len() > 2 {
        // 0930.
        let (hour, minute) = hour.split_at_checked(hour.len() - 2)?;
        let fits = rest.is_empty() && hour.len() <= 2;
        return fits.then_some(Some((hour.parse().ok()?, minute.parse().ok()?)))?;
    }
    let hour: u32 = hour.parse().ok()?;
    let Some(sign) = rest.chars().next() else {
        return Some((hour, 0));
    };
    let behind = rest.get(sign.len_utf8()..).unwrap_or_default();
    let behind = behind.strip_prefix('钟').unwrap_or(behind);
    match (sign, behind) {
        ('点' | '时' | 'h', "") => Some((hour, 0)),
        ('点' | '时', "半") => Some((hour, 30)),
        ('点' | '时', "1刻") => Some((hour, 15)),
        ('点' | '时', "3刻") => Some((hour, 45)),
        ('点' | '时' | ':', minute) => {
            let minute = minute.strip_suffix('分').unwrap_or(minute);
            let minute = minute.split_once(':').map_or(minute, |(minute, _)| minute);
            let fits = (1..=2).contains(&minute.len());
            Some((hour, minute.parse().ok().filter(|_| fits)?))
        }
        _ => None,
    }
}

/// `10`, `11`, `20` for 十, 十1, 2十.
fn tens(text: &str) -> String {
    let Some((before, after)) = text.split_once('十') else {
        return text.to_owned();
    };
    let before = if before.is_empty() { "1" } else { before };
    let is_digit = after.starts_with(|c: char| c.is_ascii_digit());
    format!("{before}{}{after}", if is_digit { "" } else { "0" })
}

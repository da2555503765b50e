//! What a customer who did not come is told, and by which way.

use super::Desk;
use crate::ingest::cells::phone::is_mobile;
use crate::plan::model::{Callable, HandOver};

/// Characters of one text message.
const SEGMENT: usize = 70;
/// Characters of each part of a longer one.
const SEGMENT_OF_MANY: usize = 67;

/// One notice; somebody sends or reads it out.
pub(in crate::documents) struct Notice {
    pub(in crate::documents) booking: String,
    pub(in crate::documents) plate: String,
    pub(in crate::documents) customer: String,
    pub(in crate::documents) phones: String,
    /// `text`, `call`, `none`.
    pub(in crate::documents) channel: &'static str,
    pub(in crate::documents) state: String,
    pub(in crate::documents) text: String,
    pub(in crate::documents) segments: usize,
}

/// One for every no-show.
pub(in crate::documents) fn notices(desk: &Desk<'_>) -> Vec<Notice> {
    desk.closing
        .hand_overs
        .iter()
        .map(|one| {
            let text = text(desk, one);
            Notice {
                booking: one.booking.clone(),
                plate: desk.plate(&one.vehicle),
                customer: desk.addressee(&one.vehicle),
                phones: desk.phones(&one.vehicle),
                channel: channel(desk, &one.vehicle),
                state: if one.has_partner() {
                    desk.state(one)
                } else if one.consent {
                    desk.words.get("no_partner")
                } else {
                    desk.words.get("no_consent")
                },
                segments: segments(&text),
                text,
            }
        })
        .collect()
}

/// Text where that is wanted and possible, else a call, else neither.
fn channel(desk: &Desk<'_>, vehicle: &str) -> &'static str {
    let contact = desk.set.contacts.get(vehicle);
    let phones = contact.map_or(&[][..], |line| &line.phones);
    let mobile = phones.iter().any(|phone| is_mobile(phone));
    let no_texts = desk.called(vehicle).is_some_and(|one| one.sms_optout);
    let mut calls = desk.set.plan.calls.iter();
    let no_calls =
        calls.any(|call| call.vehicle == vehicle && call.callable == Callable::DoNotCall);
    match (mobile && !no_texts, no_calls || phones.is_empty()) {
        (true, _) => "text",
        (false, false) => "call",
        (false, true) => "none",
    }
}

/// By what holds now: a partner is named only once it has agreed.
fn text(desk: &Desk<'_>, one: &HandOver) -> String {
    let key = match (one.consent, one.has_partner(), one.agreed_on) {
        (true, true, Some(_)) => "notice_agreed",
        (true, true, None) => "notice_asking",
        (true, false, _) => "notice_nobody",
        (false, ..) => "notice_plain",
    };
    let dealer = &desk.set.plan.settings.dealer;
    let slot = desk.called(&one.vehicle);
    let slot = slot.and_then(|called| called.slot.get(..10));
    let price = one.price.map_or_else(String::new, |price| {
        let words = desk.words.get("notice_price");
        words.replace("{price}", &price.to_string())
    });
    // The customer's own words come last: a name may look like one of the marks.
    let marks = [
        ("{dealer}", dealer.name.clone()),
        ("{dealer_phone}", dealer.phone.clone()),
        ("{day}", slot.unwrap_or_default().to_owned()),
        ("{partner}", one.partner_name.clone()),
        ("{address}", one.partner_address.clone()),
        ("{phone}", one.partner_phone.clone()),
        ("{until}", one.valid_until.to_string()),
        ("{price}", price),
        ("{items}", desk.items(&one.items)),
        ("{plate}", desk.plate(&one.vehicle)),
        ("{customer}", desk.addressee(&one.vehicle)),
    ];
    let mut text = desk.words.get(key);
    for (mark, word) in marks {
        text = text.replace(mark, &word);
    }
    text
}

fn segments(text: &str) -> usize {
    let characters = text.chars().count();
    if characters <= SEGMENT {
        1
    } else {
        characters.div_ceil(SEGMENT_OF_MANY)
    }
}

//! One way, sometimes more, to break every rule.

use super::closing::closed;
use super::edges::late;
use super::fixture::{Fixture, day};
use crate::domain::{DayKind, Weekday};

/// Breaks one thing and names the code that must tell it.
pub(super) struct Mutation {
    pub(super) code: &'static str,
    pub(super) what: &'static str,
    pub(super) apply: fn(&mut Fixture),
}

pub(super) const fn m(code: &'static str, what: &'static str, apply: fn(&mut Fixture)) -> Mutation {
    Mutation { code, what, apply }
}

#[rustfmt::skip]
pub(super) const MUTATIONS: &[Mutation] = &[
    m("V001", "a table is gone", |f| { f.written.files.remove("kit.csv"); }),
    m("V001", "the problem is gone", |f| { f.written.files.remove("problem.json"); }),
    m("V002", "a column is gone", |f| f.edit("visits.csv", "capacity_hours", "capacity")),
    m("V003", "a date is not ISO", |f| f.edit("tours.csv", "2026-12-08", "2026/12/08")),
    m("V003", "a number has a unit", |f| f.edit("customers.csv", ",35.00,", ",35 km,")),
    m("V003", "a needed number is empty", |f| f.edit("tours.csv", "140.00", "")),
    m("V004", "JSON is cut off", |f| f.edit("plan.json", "]}", "")),
    m("V005", "no BOM", |f| f.edit("kit.csv", "\u{feff}", "")),
    m("V006", "a row with a cell too many", |f| f.edit("kit.csv", "belt,1", "belt,1,1")),

    m("V101", "rows do not add up", |f| f.rows.rows = 11),
    m("V101", "an accepted row without a vehicle", |f| f.accepted.push("VH".into())),
    m("V102", "a vehicle is lost", |f| f.accepted.push("VH".into())),
    m("V103", "a vehicle stands twice", |f| f.edit("customers.csv", "VG,", "VF,")),
    m("V104", "a vehicle from nowhere", |f| f.edit("customers.csv", "VG,", "VX,")),
    m("V105", "an unknown status", |f| f.edit("customers.csv", "deferred", "later")),
    m("V106", "deferred without a word", |f| f.edit("customers.csv", "no_place", "")),
    m("V107", "an unknown word in missing", |f| f.edit("customers.csv", "phone|place", "phone|name")),
    m("V108", "a vehicle nobody calls", |f| f.edit("calls.csv", "B-VE,T01,VE,C0003,,,4,,do_not_call,no\n", "")),
    m("V109", "called twice", |f| f.edit("calls.csv", "B-VE,T01,VE", "B-VE,T01,VC")),
    m("V110", "called without a tour", |f| f.edit("calls.csv", "B-VE,T01,VE", "B-VE,T01,VF")),
    m("V111", "a rejected row is lost", |f| f.edit("rejects.csv", "rejected", "ignored")),
    m("V112", "plan.json counts otherwise", |f| f.edit("plan.json", "\"merged\":1", "\"merged\":2")),
    m("V113", "figures are no sums", |f| f.edit("plan.json", "\"visit\":4", "\"visit\":5")),
    m("V113", "more deferred vehicles on the map than rows", |f| f.edit("plan.json", "\"by_status\":{\"deferred\":1}", "\"by_status\":{\"deferred\":2}")),
    m("V114", "rejected without a reason", |f| f.edit("rejects.csv", "no identity", "")),
    m("V115", "waits for no tour", |f| f.edit("customers.csv", "waitlist,T01", "waitlist,")),
    m("V116", "called for another tour", |f| f.edit("calls.csv", "B-VE,T01", "B-VE,T02")),
    m("V117", "another month", |f| f.edit("plan.json", "2026-12\"", "2026-11\"")),

    m("V201", "an unknown visit", |f| f.edit("customers.csv", "T02-1", "T02-9")),
    m("V202", "another point", |f| f.edit("customers.csv", "T01-2,P2", "T01-2,P1")),
    m("V202", "another first day", |f| f.edit("customers.csv", "P2,2026-12-10", "P2,2026-12-11")),
    m("V203", "an unknown point", |f| f.points[2].id = "P9".into()),
    m("V204", "closed that day", |f| { f.points[0].open.closed.insert(day("2026-12-09")); }),
    m("V204", "not open that weekday", |f| { f.points[2].open.weekdays.insert(Weekday::Mon); }),
    m("V205", "used too long", |f| f.points[0].max_days = Some(1)),
    m("V206", "too far", |f| f.edit("customers.csv", ",35.00,", ",40.01,")),
    m("V206", "no distance", |f| f.edit("customers.csv", ",35.00,", ",,")),
    m("V209", "a stranger in the yard", |f| f.points[2].customer = "李四".into()),
    m("V207", "not the plan's distance", |f| f.edit("customers.csv", ",35.00,", ",20.00,")),
    m("V208", "a share by another formula", |f| f.edit("customers.csv", ",0.5000,", ",0.6000,")),

    m("V301", "more work than hours", |f| f.edit("visits.csv", "1,2.0000,9.7750", "1,9.7800,9.7750")),
    m("V302", "hours claimed", |f| f.edit("visits.csv", "9.7750", "9.9000")),
    m("V302", "another formula in problem.json", |f| f.edit("problem.json", "0.85", "0.8")),
    m("V303", "a vehicle not counted", |f| f.edit("visits.csv", "2026-12-09,2,", "2026-12-09,3,")),
    m("V304", "hours that are no sum", |f| f.edit("visits.csv", "1,2.0000", "1,2.1000")),
    m("V304", "the share left out", |f| f.edit("visits.csv", "1,2.0000", "1,4.0000")),
    m("V305", "a day of nine hours", |f| f.edit("crew.csv", "3.25", "9.00")),
    m("V305", "beyond the person's own limit", |f| f.crew[1].hours_per_day = Some(3.0)),
    m("V305", "twelve hours in spite of overtime", |f| {
        f.settings.tour.overtime_allowed = true;
        f.settings.tour.hours_per_day = 12.0;
        f.edit("crew.csv", "3.25", "12.00");
    }),
    m("V306", "driving left out", |f| f.edit("crew.csv", "mech,3.25", "mech,2.00")),
    m("V307", "a limit not in tour.toml", |f| f.settings.tour.setup_hours = 1.0),
    m("V307", "bays that are not there", |f| f.points[1].bays = 1),
    m("V307", "a technician made up", |f| f.settings.team[0].technicians = 1),
    m("V308", "a gap in the days", |f| f.edit("problem.json", "{\"date\":\"2026-12-20\",\"work\":false},", "")),

    m("V401", "a visit of no tour", |f| f.edit("visits.csv", "T02-1,T02", "T02-1,T03")),
    m("V401", "a team unknown to problem.json", |f| f.edit("tours.csv", "T02,team-1", "T02,team-7")),
    m("V401", "a tour twice", |f| f.edit("tours.csv", "T02,", "T01,")),
    m("V402", "a day between two stops", |f| f.edit("visits.csv", "P2,2026-12-10,2026-12-10", "P2,2026-12-11,2026-12-11")),
    m("V402", "home later than the last visit", |f| f.edit("tours.csv", "2026-12-15,2026-12-15", "2026-12-15,2026-12-16")),
    m("V402", "a stop not numbered", |f| f.edit("visits.csv", "T01-2,T01,2", "T01-2,T01,3")),
    m("V403", "too many nights", |f| f.settings.tour.max_nights = 1),
    m("V403", "nights miscounted", |f| f.edit("tours.csv", "33.575,2", "33.575,3")),
    m("V404", "a holiday", |f| f.calendar.mark(day("2026-12-09"), DayKind::Rest)),
    m("V404", "no day of the problem", |f| f.edit("problem.json", "2026-12-15\",\"work\":true", "2026-12-15\",\"work\":false")),
    m("V405", "the team is off", |f| f.edit("problem.json", "\"days_off\":[\"2026-12-22", "\"days_off\":[\"2026-12-09")),
    m("V405", "the team is off by tour.toml", |f| f.settings.team[0].days_off.push(day("2026-12-15"))),
    m("V405", "the van is off", |f| { f.vans[0].days_off.insert(day("2026-12-15")); }),
    m("V406", "hardly home", |f| f.settings.tour.min_days_home = 5),
    m("V407", "one van on two tours", |f| f.edit("tours.csv", "2026-12-15,2026-12-15", "2026-12-10,2026-12-15")),
    m("V408", "in two places", |f| f.edit("crew.csv", "T02,2026-12-15,小李", "T02,2026-12-10,小李")),
    m("V408", "twice on one day", |f| f.edit("crew.csv", "T01,2026-12-09,小李", "T01,2026-12-08,小李")),
    m("V409", "a day off", |f| { f.crew[1].days_off.insert(day("2026-12-09")); }),
    m("V410", "km that are no sum", |f| f.edit("tours.csv", "140.00", "139.00")),
    m("V410", "the way home left out", |f| f.edit("tours.csv", "T02,team-1,van-1,老王,2026-12-15,2026-12-15,40.00", "T02,team-1,van-1,老王,2026-12-15,2026-12-15,20.00")),
    m("V411", "driving that is no sum", |f| f.edit("tours.csv", "2.75", "2.50")),
    m("V412", "service that is no sum", |f| f.edit("tours.csv", "33.575", "34.575")),
    m("V413", "a cost that is no sum", |f| f.edit("tours.csv", "4610.00", "4410.00")),
    m("V414", "visited too often", |f| f.settings.tour.visits_per_point = 0),
    m("V414", "twice in one tour", |f| f.edit("visits.csv", "T01,2,P2", "T01,2,P1")),
    m("V415", "a day not worth setting up", |f| f.settings.tour.min_service_hours = 6.0),
    m("V416", "too long at the wheel", |f| f.settings.tour.max_drive_hours_per_day = 1.5),
    m("V417", "too few seats", |f| f.vans[0].seats = 1),
    m("V417", "no such van", |f| f.vans[0].id = "van-9".into()),
    m("V418", "a driver who may not", |f| f.crew[0].driver = false),
    m("V418", "nobody is the driver", |f| f.edit("crew.csv", "2.25,yes", "2.25,no")),
    m("V419", "leaves too early", |f| f.edit("problem.json", "\"first_depart\":\"2026-12-01\"", "\"first_depart\":\"2026-12-09\"")),
    m("V420", "a point that must be visited", |f| f.edit("problem.json", "\"pin\":\"must\"", "\"pin\":\"never\"")),
    m("V420", "a pinned day", |f| f.edit("problem.json", "\"pin\":\"must\"", "\"pin\":\"2026-12-07\"")),
    m("V421", "nobody of the crew", |f| f.edit("crew.csv", "2026-12-15,小李", "2026-12-15,小周")),
    m("V421", "a day off the tour", |f| f.edit("crew.csv", "T02,2026-12-15,小李", "T02,2026-12-16,小李")),
    m("V422", "the leader stays at home", |f| f.edit("tours.csv", "老王", "小赵")),
    m("V423", "fewer technicians than counted on", |f| f.edit("crew.csv", "T02,2026-12-15,小李,technician,elec|mech,2.25,no,no\n", "")),

    m("V501", "called too early", |f| f.edit("calls.csv", "C0002,2026-12-03", "C0002,2026-12-02")),
    m("V501", "called too late", |f| f.edit("calls.csv", "C0004,2026-12-10", "C0004,2026-12-13")),
    m("V502", "more calls than an adviser makes", |f| f.crew[2].calls_per_day = 1),
    m("V503", "no adviser", |f| f.edit("calls.csv", "C0004,2026-12-10,小赵", "C0004,2026-12-10,小李")),
    m("V503", "an adviser on a day off", |f| { f.crew[2].days_off.insert(day("2026-12-10")); }),
    m("V504", "called against his will", |f| f.edit("calls.csv", "C0003,,,4", "C0003,2026-12-04,小赵,4")),
    m("V505", "a number that is not there", |f| f.edit("customers.csv", ",,model,", ",,model|phone,")),
    m("V505", "an unknown word", |f| f.edit("calls.csv", "do_not_call", "maybe")),
    m("V506", "reminded too early", |f| f.edit("reminders.csv", "VA,2026-12-07", "VA,2026-12-05")),
    m("V506", "a second text for an early visit", |f| f.edit("reminders.csv", "2026-12-08,text,2026-12-08 09:30,departure", "2026-12-08,text,2026-12-08 09:30,second")),
    m("V506", "the departure text on another day", |f| f.edit("reminders.csv", "2026-12-08,text,2026-12-08 09:30,departure", "2026-12-07,text,2026-12-08 09:30,departure")),
    m("V506", "a second text as a first", |f| f.edit("reminders.csv", "10:00,second", "10:00,first")),
    m("V506", "a reason is given and it is too late anyway", |f| f.edit("reminders.csv", "VC,2026-12-07,text,2026-12-10 10:00,first,C0002,", "VC,2026-12-10,text,2026-12-10 10:00,first,C0002,moved")),
    m("V507", "a text without a day", |f| f.edit("reminders.csv", "VA,2026-12-07", "VA,")),
    m("V507", "a channel nobody knows", |f| f.edit("reminders.csv", "VA,2026-12-07,text", "VA,2026-12-07,fax")),
    m("V508", "called on a Saturday without need", |f| f.edit("calls.csv", "C0002,2026-12-03", "C0002,2026-12-05")),
    m("V509", "the less urgent first", |f| {
        f.edit("calls.csv", "C0001,2026-12-03", "C0001,2026-12-04");
        f.edit("calls.csv", "C0001,2026-12-03", "C0001,2026-12-04");
    }),
    m("V509", "the more urgent left out", |f| {
        f.edit("calls.csv", "C0001,2026-12-03,小赵", "C0001,,");
        f.edit("calls.csv", "C0001,2026-12-03,小赵", "C0001,,");
    }),
    m("V510", "overflow hidden", |f| f.edit("calls.csv", "C0004,2026-12-10,小赵", "C0004,,")),
    m("V512", "a slot on another day", |f| f.edit("calls.csv", "2026-12-10 10:00", "2026-12-09 10:00")),
    m("V512", "a slot for the waiting list", |f| f.edit("calls.csv", "4,,do_not_call", "4,2026-12-08 10:00,do_not_call")),
    m("V513", "a fleet called twice", |f| f.edit("calls.csv", "VB,C0001,2026-12-03", "VB,C0001,2026-12-04")),
    m("V514", "a workday marked as rest", |f| f.edit("calls.csv", "09:00,yes,no", "09:00,yes,yes")),
    m("V515", "a booking twice", |f| f.edit("calls.csv", "B-VB", "B-VA")),
    m("V517", "declined, and still on the list", |f| {
        f.edit("calls.csv", "callable,rest_day", "callable,outcome");
        f.edit("calls.csv", "yes,no\n", "yes,declined\n");
    }),

    m("V518", "late without a change", |f| late(f, "moved")),
    m("V540", "a change the journal does not know", |f| f.edit("plan.json", "\"changes\":[]", "\"changes\":[{\"tour\":\"T01\",\"what\":\"without_van\",\"van\":\"van-9\"}]")),
    m("V540", "a change told otherwise", |f| {
        f.change(r#"{"tour":"T01","what":"without_van","van":"van-9"}"#);
        f.edit("plan.json", "van-9", "van-8");
    }),
    m("V541", "a suspended tour with a crew and slots", |f| f.change(r#"{"tour":"T01","what":"suspended"}"#)),
    m("V541", "a booked slot on a cancelled tour", |f| {
        f.change(r#"{"tour":"T09","what":"cancelled"}"#);
        f.edit("plan.json", "\"VE\",\"tour\":\"T01\",\"slot\":\"\"", "\"VE\",\"tour\":\"T09\",\"slot\":\"2026-12-09 09:00\"");
    }),
    m("V542", "the van that was lost", |f| f.change(r#"{"tour":"T01","what":"without_van","van":"van-1"}"#)),
    m("V542", "the person who was lost", |f| f.change(r#"{"tour":"T01","what":"without_person","person":"小李"}"#)),
    m("V542", "the point that is closed", |f| f.change(r#"{"tour":"T01","what":"without_point","point":"P2"}"#)),
    m("V543", "moved, and on the old day", |f| f.change(r#"{"tour":"T02","what":"moved","to":"2026-12-16"}"#)),
    m("V544", "somebody to tell without a number", |f| {
        f.written.files.insert("private/contacts.csv".into(), "\u{feff}vehicle,contact,phone\nVB,x,1\n".into());
        f.change(r#"{"tour":"T02","what":"moved","to":"2026-12-15","concerned":[{"vehicle":"VA"}]}"#);
    }),
    m("V545", "a slot taken away and nobody told", |f| f.rest("cancelled", "T09", "VG")),
    m("V546", "resting, and on a visit", |f| f.rest("suspended", "T09", "VA")),

    m("V530", "reminded on a Sunday without need", |f| f.edit("reminders.csv", "VA,2026-12-07", "VA,2026-12-06")),
    m("V531", "a booking nobody reminds", |f| f.edit("reminders.csv", "B-VA,T01,VA,2026-12-07,text,2026-12-08 09:30,first,C0001,\n", "")),
    m("V531", "a late visit without its second text", |f| f.edit("reminders.csv", "B-VC,T01,VC,2026-12-09,text,2026-12-10 10:00,second,C0002,\n", "")),
    m("V531", "reminded of another slot", |f| f.edit("plan.json", "2026-12-08 09:30", "2026-12-08 11:30")),
    m("V531", "none and no word why", |f| f.edit("reminders.csv", "no_number", "")),
    m("V532", "texted against his will", |f| f.edit("plan.json", "09:30\",\"sms_optout\":false", "09:30\",\"sms_optout\":true")),
    m("V533", "reminded of a tour that was suspended", |f| f.edit("plan.json", "\"changes\":[]", "\"changes\":[{\"tour\":\"T01\",\"what\":\"suspended\"}]")),

    m("V601", "a kit that is no sum", |f| f.edit("kit.csv", "T01,,,filter,2", "T01,,,filter,3")),
    m("V601", "carried and not listed", |f| f.edit("parts.csv", "lamp,", "bulb,")),
    m("V602", "more at once than carried", |f| f.edit("parts.csv", "4,4,3", "4,5,3")),
    m("V602", "less at once than is out", |f| f.edit("parts.csv", "4,4,3", "4,2,3")),
    m("V603", "sources that do not make the peak", |f| f.edit("parts.csv", "4,4,3,2,", "4,4,3,1,")),
    m("V604", "another figure in sourcing.csv", |f| f.edit("sourcing.csv", "stock,,,2", "stock,,,1")),
    m("V604", "short called feasible", |f| f.edit("sourcing.csv", "no,too_late", "yes,too_late")),
    m("V605", "reserved pieces taken", |f| f.supply.stock[0].reserved = 2),
    m("V606", "an order without a day", |f| f.supply.stock[0].eta = None),
    m("V606", "another day than stock.csv", |f| f.edit("sourcing.csv", "2026-11-25", "2026-11-24")),
    m("V607", "a peer without stock", |f| f.supply.peers[0].on_hand = 0),
    m("V608", "another shelf", |f| f.supply.stock[0].on_hand = 4),
    m("V609", "too large for the van", |f| f.vans[0].volume_l = 7.0),
    m("V609", "too heavy for the van", |f| f.vans[0].payload_kg = 3.0),
    m("V610", "by air", |f| f.edit("sourcing.csv", "maker,road,1,2026-12-10", "maker,air,1,2026-12-10")),
    m("V611", "sooner than it can be", |f| f.edit("sourcing.csv", "2026-11-30,2026-12-02", "2026-11-30,2026-12-01")),
    m("V612", "after departure", |f| f.edit("sourcing.csv", "2026-11-20,2026-12-02", "2026-11-27,2026-12-09")),
    m("V612", "after the visit begins", |f| f.edit("sourcing.csv", "2026-11-30,2026-12-02", "2026-12-14,2026-12-16")),
    m("V613", "sent where nobody takes it", |f| f.points[2].receives_goods = false),
    m("V613", "sent where the tour does not go", |f| f.edit("sourcing.csv", "filter,T02,peer", "filter,T01,peer")),
    m("V613", "an unknown source", |f| f.edit("sourcing.csv", "stock,,,2", "shelf,,,2")),
    m("V614", "ordered yesterday", |f| f.edit("sourcing.csv", "2026-11-20", "2026-11-09")),
    m("V615", "no order day", |f| f.edit("sourcing.csv", "2026-11-20", "")),
    m("V615", "no such supplier", |f| f.edit("sourcing.csv", "dealer-b", "dealer-c")),
    m("V616", "on a Saturday", |f| f.edit("sourcing.csv", "2026-11-20", "2026-11-21")),
    m("V616", "on another day than the cut-off", |f| f.supply.suppliers[1].cutoff_weekday = Some(Weekday::Wed)),
    m("V617", "without the review", |f| f.edit("sourcing.csv", "2026-11-20,2026-12-02", "2026-11-25,2026-12-02")),
    m("V618", "a bag for somebody elsewhere", |f| f.edit("kit.csv", "T01-1,VA", "T01-1,VC")),
    m("V618", "a bag for the waiting list", |f| f.edit("kit.csv", "T01-1,VA", "T01-1,VE")),
    m("V619", "not marked as monitored", |f| f.edit("parts.csv", "1,0,yes", "1,0,no")),
    m("V620", "not feasible, no word", |f| f.edit("sourcing.csv", "no,too_late", "no,")),
    m("V621", "another kit in the documents", |f| f.edit("plan.json", "\"filter\",\"qty\":2", "\"filter\",\"qty\":1")),
    m("V625", "carried for a reason nobody knows", |f| f.edit("kit.csv", "agreed", "because")),
    m("V625", "more comes back than can", |f| f.edit("kit.csv", "0.6200", "0.7200")),
    m("V626", "half a pack is ordered", |f| f.catalogue.parts.get_mut("belt").expect("a part").pack_qty = 2),
    m("V626", "less is ordered than needed", |f| f.edit("sourcing.csv", "cheapest,1", "cheapest,0")),
    m("V605", "more of an old number than lies there", |f| {
        f.catalogue.parts.get_mut("filter").expect("a part").supersedes = "old-filter".into();
        f.edit("sourcing.csv", "stock,,,2,,,depot,0.00,yes,,0,", "stock,,,2,,,depot,0.00,yes,superseded,0,old-filter");
    }),
    m("V622", "an order the journal does not know", |f| { f.place(); f.edit("journal.jsonl", "2612-O002", "2612-O009"); }),
    m("V622", "another count than the journal", |f| { f.place(); f.edit("orders.csv", "2026-12-02,0,0", "2026-12-02,1,0"); }),
    m("V623", "more came than was ordered", |f| { f.place(); f.receive("2612-O001", 2, 0, "s1"); }),
    m("V624", "another stock than its table", |f| { f.place(); f.supply.stock[0].on_hand = 4; }),
    m("V624", "another peer's stock than its table", |f| { f.place(); f.supply.peers[0].on_hand = 2; }),
    m("V605", "goods counted that the table holds", |f| {
        f.place();
        f.receive("2612-O001", 1, 0, "s0");
        f.edit("parts.csv", "1,1,0,0,1,0,0,0,yes", "1,1,1,1,0,0,0,0,yes");
        f.edit("sourcing.csv", "belt,T01,on_order,maker,road,1,,2026-11-20,", "belt,T01,stock,,,1,,,");
    }),
    m("V606", "damaged goods counted on", |f| { f.place(); f.receive("2612-O001", 1, 1, "s1"); }),
    m("V606", "sent to another tour's stop", |f| { f.place(); f.edit("journal.jsonl", "\"tour\":\"T02\"", "\"tour\":\"T01\""); }),
    m("V606", "an overdue order counted on", |f| { f.place(); f.edit("plan.json", "\"on\":\"2026-11-10\"", "\"on\":\"2026-11-21\""); }),
    m("V607", "a peer asked for the same piece again", |f| {
        f.place();
        let from = "filter,T01,on_order,,,1,,2026-11-25,depot,0.00,yes,";
        f.edit("sourcing.csv", from, "filter,T01,peer,dealer-b,road,1,2026-11-30,2026-12-02,depot,12.00,yes,cheapest");
        f.edit("parts.csv", "4,4,3,2,2,0,0,0,no", "4,4,3,2,1,1,0,0,no");
    }),

    m("V701", "a skill he has not", |f| f.edit("crew.csv", "leader,mech", "leader,elec")),
    m("V702", "a skill nobody has", |f| { f.crew[1].skills.remove("elec"); }),
    m("V702", "a day without the skill", |f| f.edit("crew.csv", "T01,2026-12-09,小李,technician,elec|mech,1.25,no,no\n", "")),
    m("V703", "no lift", |f| f.points[0].lift = false),
    m("V704", "workshop work on tour", |f| f.edit("customers.csv", "oil:0.70", "oil:0.70|axle:0.40")),
    m("V705", "an unknown item", |f| f.edit("customers.csv", "oil:0.70", "soap:0.70")),

    m("V801", "a phone in plan.json", |f| f.edit("plan.json", "\"findings\"", "\"x\":\"13812345678\",\"findings\"")),
    m("V801", "a second phone on a page", |f| f.edit("index.html", "138****5678", "+86 139-0000-1111")),
    m("V801", "a phone on a pick list", |f| f.edit("tours/T01-宁乡/05-pick-list.html", "138****5678", "13812345678")),
    m("V802", "a name not escaped", |f| f.edit("index.html", "&lt;b&gt;张三&quot;&lt;/b&gt;", "<b>张三\"</b>")),
    m("V802", "a point that runs a script", |f| {
        f.points[0].name = "<script>alert(1)</script>".into();
        f.edit("index.html", "<p>", "<p><script>alert(1)</script>");
    }),
    m("V803", "a script from elsewhere", |f| f.edit("index.html", "<script>", "<script src=\"https://example.org/a.js\">")),
    m("V804", "a formula in a table", |f| f.edit("customers.csv", "'=SUM(1)", "=SUM(1)")),
    m("V804", "a formula in a table nobody reads", |f| {
        f.written.files.insert("tools.csv".into(), "\u{feff}tour,tool,qty\nT01,@jack,1\n".into());
    }),

    m("V901", "a cell served twice", |f| f.edit("solution.json", "\"allocation\":[", "\"allocation\":[{\"cell\":0,\"tour\":0,\"stop\":0,\"x\":0.5},")),
    m("V901", "a pair that is not allowed", |f| f.edit("solution.json", "{\"cell\":1,\"tour\":0,\"stop\":1", "{\"cell\":1,\"tour\":0,\"stop\":0")),
    m("V901", "more than the hours offered", |f| f.edit("problem.json", "\"hours\":4.0", "\"hours\":40.0")),
    m("V902", "an objective made up", |f| f.edit("solution.json", "1630.0", "1640.0")),
    m("V903", "other tours than the plan's", |f| f.edit("solution.json", "\"days\":2", "\"days\":1")),
    m("V904", "a bound below the objective", |f| f.edit("solution.json", "1700.0", "1600.0")),
    m("V905", "another objective printed", |f| f.edit("plan.json", "1630.0", "1700.0")),
    m("V906", "a signature over something else", |f| { f.sign("orders", ORDERS); f.edit("signed/orders.json", "\"1\"", "\"2\""); }),
    m("V906", "a signature without its content", |f| { f.sign("orders", ORDERS); f.written.files.remove("signed/orders.json"); }),
    m("V907", "more ordered than was signed", |f| f.sign("orders", &ORDERS.replacen("\"1\"", "\"2\"", 1))),
    m("V907", "a shortage that was not signed", |f| f.sign("orders", &ORDERS.replace("lamp / T02", "lamp / T01"))),
    m("V907", "a line that was not signed", |f| f.sign("orders", "{}")),
    m("V907", "another day than signed", |f| f.sign("T02", &TOUR.replacen("12-15", "12-16", 1))),
    m("V907", "another load than signed", |f| f.sign("T02", &TOUR.replacen("\"1\"", "\"2\"", 1))),
    m("V950", "a piece vanished", |f| { closed(f); f.edit("plan.json", "\"handed_over\":1,\"back\":1", "\"handed_over\":1,\"back\":0"); }),
    m("V950", "a piece used that the list leaves out", |f| { closed(f); f.edit("plan.json", "[[\"filter\",1]],\"missing\":[],\"wrong\":[],\"hours\":1.5", "[[\"filter\",2]],\"missing\":[],\"wrong\":[],\"hours\":1.5"); }),
    m("V951", "another kit came home than left", |f| { closed(f); f.edit("plan.json", "\"carried\":3,\"extra\":0", "\"carried\":2,\"extra\":1"); }),
    m("V952", "a booked vehicle nobody accounts for", |f| { closed(f); f.edit("plan.json", "\"vehicle\":\"VA\",\"booking\":\"B-VA\",\"walk_in\":false", "\"vehicle\":\"VA\",\"booking\":\"B-VA\",\"walk_in\":true"); }),
    m("V952", "a booking counted that there is not", |f| { closed(f); f.edit("plan.json", "\"booking\":\"B-VE\",\"walk_in\":true", "\"booking\":\"B-VE\",\"walk_in\":false"); }),
    m("V953", "handed over without being asked", |f| { closed(f); f.edit("plan.json", "\"handover_consent\":true", "\"handover_consent\":null"); }),
    m("V953", "a partner's page with somebody else on it", |f| { closed(f); f.edit("tours/T01-宁乡/hand-overs.html", "B-VC", "B-VC B-VE"); }),
    m("V954", "a better show-up rate", |f| { closed(f); f.edit("kpis.csv", "show_up,T01,0.5", "show_up,T01,0.9"); }),
    m("V954", "a figure from missing hours", |f| { closed(f); f.edit("plan.json", "\"hours\":0.5", "\"hours\":null"); }),
    m("V954", "a figure left out", |f| { closed(f); f.edit("kpis.csv", "reach,T01", "reached,T01"); }),
    m("V955", "learning from a no-show that came", |f| { closed(f); f.edit("outcomes.csv", "B-VC,yes,no", "B-VC,yes,yes"); }),
];

/// What a signature over the fixture's order covers, and over its second tour.
pub(super) const ORDERS: &str = r#"{"sourcing":{
"belt / order / maker / road / depot":{"qty":"1"},
"filter / peer / dealer-b / road / P3":{"qty":"1"}},
"short":{"lamp / T02":{"qty":"1"}}}"#;
pub(super) const TOUR: &str = r#"{"tour":{"T02":{"depart":"2026-12-15","return":"2026-12-15"}},
"visits":{"T02-1":{"first_day":"2026-12-15","last_day":"2026-12-15"}},
"kit":{"filter":{"qty":"1"},"lamp":{"qty":"1"}}}"#;

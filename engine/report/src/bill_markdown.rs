//! The bill, or what a change costs, as a comment for a pull request. A hidden marker lets a bot find its own comment again.

use crate::change_text::{figures, percent, place, reasons, signed};
use crate::markdown::{Room, cell, code};
use crate::what_if_text::sentence;
use crate::{Bill, Style, total_text};
use cost::cents;
use cost::change::{Change, Difference, Kind};
use cost::what_if::{Alternative, Said};
use std::fmt::Write;

/// The whole comment, ending in a line break.
pub fn bill_markdown(bill: &Bill<'_>) -> String {
    let mut text = String::from("<!-- banana:cost -->\n### banana cost\n\n");
    for over in bill.over {
        let _ = writeln!(text, "**{}**\n", cell(over));
    }
    let mut room = Room::new(text);
    match bill.change {
        Some(change) => of_change(change, &mut room),
        None => of_bill(bill, &mut room),
    }
    if !bill.alternatives.is_empty() && room.has_all() {
        of_alternatives(bill.alternatives, &mut room);
    }
    let plain = Style { colour: false, links: false, ..Style::default() };
    room.close(&format!("\n{}\n", cell(&total_text(bill.estimate, &plain))))
}

fn of_change(change: &Change, room: &mut Room) {
    let percent = percent(change).map(|percent| format!(" ({percent})")).unwrap_or_default();
    let part = if change.is_complete() { "" } else { ", as far as it can be priced" };
    room.add(&format!(
        "**{} {} a month**{percent} against {}: {} → {}{part}\n\n",
        signed(change.delta),
        change.currency,
        code(&change.against),
        cents(change.before),
        cents(change.after),
    ));
    if !change.resources.is_empty() {
        room.add("| | resource | before | after | difference | because |\n| --- | --- | ---: | ---: | ---: | --- |\n");
    }
    for it in &change.resources {
        let (sign, before, after) = match it.change {
            Kind::Added => ("+", String::new(), cents(it.after)),
            Kind::Removed => ("−", cents(it.before), String::new()),
            Kind::Changed => ("~", cents(it.before), cents(it.after)),
        };
        room.row(&format!(
            "| {sign} | {} | {before} | {after} | {} | {} |\n",
            code(&it.address),
            signed(it.delta),
            because(it),
        ));
    }
    if !change.resources.is_empty() && room.has_all() {
        room.open(
            "lines",
            "| resource | line | quantity x price | difference |\n| --- | --- | --- | ---: |\n",
        );
        for it in &change.resources {
            for line in &it.components {
                room.row(&format!(
                    "| {} | {} | {} | {} |\n",
                    code(&it.address),
                    cell(&line.name),
                    cell(&figures(line, "→")),
                    signed(line.delta),
                ));
            }
        }
        room.shut();
    }
    let holes: Vec<_> = change.holes.iter().map(|hole| (&hole.address, &hole.reason)).collect();
    not_priced(&holes, room);
}

fn because(it: &Difference) -> String {
    let places = it.causes.iter().map(place);
    let reasons = reasons(it, "→").into_iter().zip(places.chain(std::iter::repeat(None)));
    let all = reasons.map(|(reason, place)| match place {
        Some(place) => {
            let what = reason.strip_suffix(place.as_str()).unwrap_or(&reason).trim_end();
            format!("{} {}", cell(what), code(&place))
        }
        None => cell(&reason),
    });
    all.collect::<Vec<_>>().join("<br>")
}

fn of_bill(bill: &Bill<'_>, room: &mut Room) {
    let estimate = bill.estimate;
    if !estimate.resources.is_empty() {
        room.add("| resource | a month |\n| --- | ---: |\n");
    }
    for it in &estimate.resources {
        room.row(&format!("| {} | {} |\n", code(&it.address), cents(it.monthly)));
    }
    if !estimate.resources.is_empty() && room.has_all() {
        room.open(
            "lines",
            "| resource | line | quantity x price | a month |\n| --- | --- | --- | ---: |\n",
        );
        for it in &estimate.resources {
            for line in &it.components {
                let (quantity, price) = (line.quantity.normalize(), line.unit_price.normalize());
                room.row(&format!(
                    "| {} | {} | {quantity} {} x {price} | {} |\n",
                    code(&it.address),
                    cell(&line.name),
                    cell(&line.unit),
                    cents(line.monthly),
                ));
            }
        }
        room.shut();
    }
    let missing = estimate
        .missing_prices
        .iter()
        .map(|m| (&m.address, format!("no price for {}", m.price_key)));
    let unsupported = estimate.unsupported.iter().map(|u| (&u.address, u.reason.clone()));
    let holes: Vec<_> = missing.chain(unsupported).collect();
    let holes: Vec<_> = holes.iter().map(|(address, reason)| (*address, reason)).collect();
    not_priced(&holes, room);
}

fn of_alternatives(alternatives: &[Alternative], room: &mut Room) {
    room.open(
        "what if",
        "| | a month | difference | what | risk |\n| --- | ---: | ---: | --- | --- |\n",
    );
    for it in alternatives {
        let all = |said: &[Said]| said.iter().map(|it| cell(&sentence(it))).collect::<Vec<_>>();
        let (after, delta, what) = if it.changes.is_empty() {
            let why = all(&it.unchanged).join("<br>");
            (String::new(), String::new(), format!("does not apply: {why}"))
        } else {
            (cents(it.after), signed(it.delta), all(&it.changes).join("<br>"))
        };
        let risks: Vec<String> = it.risks.iter().map(|risk| cell(risk)).collect();
        let risks = risks.join("<br>");
        room.row(&format!("| {} | {after} | {delta} | {what} | {risks} |\n", it.name));
    }
    room.shut();
}

fn not_priced(holes: &[(&String, &String)], room: &mut Room) {
    if holes.is_empty() || !room.has_all() {
        return;
    }
    room.open("not priced", "| resource | why |\n| --- | --- |\n");
    for (address, reason) in holes {
        room.row(&format!("| {} | {} |\n", code(address), cell(reason)));
    }
    room.shut();
}

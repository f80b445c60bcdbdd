//! Two bills, line by line.

use super::{Change, Difference, Figure, Hole, Kind, LineChange, Past, Snapshot};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

/// What `after` costs more or less than `before`. `moved`: addresses that resources had, by the ones they have now.
pub fn compare(
    against: &str,
    before: &Snapshot,
    after: &Snapshot,
    moved: &BTreeMap<String, String>,
) -> Change {
    let none = Past::default();
    let old =
        |address: &String| moved.get(address).filter(|had| before.resources.contains_key(*had));
    let mut matched = BTreeSet::new();
    let (mut resources, mut unchanged) = (Vec::new(), 0);
    for (address, now) in &after.resources {
        let from = old(address);
        let had = from.unwrap_or(address);
        let past = before.resources.get(had);
        matched.insert(had);
        match difference(address, past, Some(now)) {
            Some(found) => resources.push(Difference { moved_from: from.cloned(), ..found }),
            None => unchanged += usize::from(past.unwrap_or(&none).monthly > Decimal::ZERO),
        }
    }
    let gone = before.resources.iter().filter(|(address, _)| !matched.contains(address));
    resources.extend(gone.filter_map(|(address, past)| difference(address, Some(past), None)));
    resources.sort_by(|a, b| a.address.cmp(&b.address));
    let holes: BTreeSet<_> = before.holes.union(&after.holes).collect();
    let holes = holes.into_iter().map(|hole| Hole {
        address: hole.0.clone(),
        reason: hole.1.clone(),
        before: before.holes.contains(hole),
        after: after.holes.contains(hole),
    });
    let sums = (before.total().unwrap_or(Decimal::MAX), after.total().unwrap_or(Decimal::MAX));
    Change {
        against: against.to_owned(),
        currency: after.currency.clone(),
        before: sums.0,
        after: sums.1,
        delta: sums.1.saturating_sub(sums.0),
        percent: percent(sums.0, sums.1),
        resources,
        unchanged,
        holes: holes.collect(),
    }
}

/// One digit, halves away from zero.
fn percent(before: Decimal, after: Decimal) -> Option<String> {
    if before.is_zero() {
        return None;
    }
    let share =
        after.checked_sub(before)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before)?;
    let share = share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    Some(format!("{share:.1}"))
}

fn difference(address: &str, before: Option<&Past>, after: Option<&Past>) -> Option<Difference> {
    let sum = |past: Option<&Past>| past.map_or(Decimal::ZERO, |past| past.monthly);
    let (was, is) = (sum(before), sum(after));
    let components = lines(before, after);
    if components.is_empty() {
        return None;
    }
    let costs = |past: Option<&Past>| past.is_some_and(|past| !past.lines.is_empty());
    let change = match (costs(before), costs(after)) {
        (false, _) => Kind::Added,
        (_, false) => Kind::Removed,
        _ => Kind::Changed,
    };
    Some(Difference {
        address: address.to_owned(),
        moved_from: None,
        change,
        before: was,
        after: is,
        delta: is - was,
        causes: Vec::new(),
        components,
    })
}

/// Where a line stands in its bill, and what it was and is.
type Both<'p> = (usize, Option<&'p Figure>, Option<&'p Figure>);

/// The lines that are made up otherwise. One that costs nothing either way says nothing.
fn lines(before: Option<&Past>, after: Option<&Past>) -> Vec<LineChange> {
    let mut all: BTreeMap<(&str, usize), Both<'_>> = BTreeMap::new();
    for (past, now) in [(after, true), (before, false)] {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, line) in past.iter().flat_map(|past| past.lines.iter().enumerate()) {
            let same = seen.entry(&line.name).or_default();
            // Lines of one name are told apart by their order; the bill's own order is kept.
            let place = all.entry((&line.name, *same)).or_insert((at, None, None));
            if now {
                place.2 = Some(&line.figure);
            } else {
                place.1 = Some(&line.figure);
            }
            *same += 1;
        }
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(key, (at, ..))| (*at, *key));
    let cost = |figure: Option<&Figure>| figure.map_or(Decimal::ZERO, |figure| figure.monthly);
    all.into_iter()
        .filter(|(_, (_, was, is))| was != is && !(cost(*was).is_zero() && cost(*is).is_zero()))
        .map(|((name, _), (_, was, is))| LineChange {
            name: name.to_owned(),
            before: was.cloned(),
            after: is.cloned(),
            delta: cost(is) - cost(was),
        })
        .collect()
}

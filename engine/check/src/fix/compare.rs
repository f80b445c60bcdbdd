//! What must not happen while findings are fixed.

use super::Patch;
use crate::{Finding, Outcome, Severity, Verdict};
use stack::{Address, Stack, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A resolved and judged state of the files.
pub(crate) struct State {
    pub(crate) stack: Stack,
    pub(crate) outcome: Outcome,
}

/// Findings and the patch that is to put them right.
pub(crate) struct Repair<'f> {
    pub(crate) patch: &'f Patch,
    pub(crate) findings: Vec<&'f Finding>,
}

/// Why the files may not be changed so, for people; nothing when they may.
pub(crate) fn objection(before: &State, after: &State, repairs: &[Repair<'_>]) -> Option<String> {
    new_trouble(before, after)
        .or_else(|| left(before, after, repairs))
        .or_else(|| new_finding(before, after, repairs))
        .or_else(|| moved(&before.stack, &after.stack, repairs))
}

/// A problem of the stack itself that was not there.
fn new_trouble(before: &State, after: &State) -> Option<String> {
    let mut known: Vec<(&str, &str)> =
        before.stack.reports.iter().map(|it| (it.code, it.message.as_str())).collect();
    let mut fresh = after.stack.reports.iter();
    let fresh = fresh.find(|it| {
        match known.iter().position(|known| *known == (it.code, it.message.as_str())) {
            Some(at) => {
                known.swap_remove(at);
                false
            }
            None => true,
        }
    })?;
    Some(format!("the stack would have a new problem: {}", fresh.message))
}

/// How often each rule does not pass each address: failing, and undecided.
type Count<'f> = BTreeMap<(&'static str, &'f str), (usize, usize)>;

fn count(outcome: &Outcome) -> Count<'_> {
    let mut count = Count::new();
    for finding in outcome.findings.iter().filter(|finding| finding.suppressed.is_none()) {
        let (fails, unknowns) = count.entry((finding.rule, &finding.address)).or_default();
        match finding.verdict {
            Verdict::Fail => *fails += 1,
            Verdict::Unknown => *unknowns += 1,
            Verdict::Pass => {}
        }
    }
    count
}

/// A finding that would still be there, or no longer be decided.
fn left(before: &State, after: &State, repairs: &[Repair<'_>]) -> Option<String> {
    let (was, is) = (count(&before.outcome), count(&after.outcome));
    let mut gone: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in repairs.iter().flat_map(|repair| &repair.findings) {
        *gone.entry((finding.rule, &finding.address)).or_default() += 1;
    }
    for (key, gone) in gone {
        let (was_fail, was_open) = was.get(&key).copied().unwrap_or_default();
        let (is_fail, is_open) = is.get(&key).copied().unwrap_or_default();
        if is_fail + gone > was_fail || is_open > was_open {
            return Some(format!("{} of `{}` would still be found", key.0, key.1));
        }
    }
    None
}

/// A finding that was not there, and is no less bad than what is put right.
fn new_finding(before: &State, after: &State, repairs: &[Repair<'_>]) -> Option<String> {
    let findings = repairs.iter().flat_map(|repair| &repair.findings);
    let least = findings.map(|finding| finding.severity).min().unwrap_or(Severity::Low);
    let (was, is) = (count(&before.outcome), count(&after.outcome));
    let worse = |finding: &&Finding| {
        let key = (finding.rule, finding.address.as_str());
        let fails = |count: &Count<'_>| count.get(&key).map_or(0, |(fails, _)| *fails);
        finding.verdict == Verdict::Fail
            && finding.suppressed.is_none()
            && finding.severity >= least
            && fails(&is) > fails(&was)
    };
    let found = after.outcome.findings.iter().find(worse)?;
    Some(format!("{} would be found at `{}`: {}", found.rule, found.address, found.message))
}

/// A value, other than those that are put right, that would be another.
fn moved(before: &Stack, after: &Stack, repairs: &[Repair<'_>]) -> Option<String> {
    let mut free: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for repair in repairs {
        for finding in &repair.findings {
            let touched = repair.patch.touches.iter().map(String::as_str);
            free.entry(&finding.address).or_default().extend(touched);
        }
    }
    let addresses = |stack: &Stack| -> Vec<Address> {
        stack.resources.iter().map(|it| it.address.as_ref().clone()).collect()
    };
    if addresses(before) != addresses(after) {
        return Some("the stack would have other resources".into());
    }
    for (was, is) in before.resources.iter().zip(&after.resources) {
        let address = was.address.to_string();
        let none = BTreeSet::new();
        let free = free.get(address.as_str()).unwrap_or(&none);
        let other = differing(&was.config, &is.config, free);
        if let Some(name) = other.or_else(|| differing(&was.value, &is.value, free)) {
            return Some(format!("`{address}.{name}` would change too"));
        }
    }
    for (name, was) in &before.outputs {
        if after.outputs.get(name).is_none_or(|is| is.value != was.value) {
            return Some(format!("the output `{name}` would change too"));
        }
    }
    let same = |(was, is): (&stack::ProviderConfig, &stack::ProviderConfig)| was.value == is.value;
    let providers = before.providers.len() == after.providers.len()
        && before.providers.iter().zip(&after.providers).all(same);
    (!providers).then(|| "a provider's configuration would change too".into())
}

/// An attribute, other than the free ones, that differs.
fn differing(was: &Value, is: &Value, free: &BTreeSet<&str>) -> Option<String> {
    let differs = |(name, old): (&stack::Str, &Value)| {
        (!free.contains(name.as_str()) && is.get(name) != Some(old)).then(|| name.to_string())
    };
    was.entries().find_map(differs)
}

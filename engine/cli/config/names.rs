//! What configuration calls rules: codes, names, other checkers' ids, and patterns of them.

use super::file::{File, PerPath, RuleSetting};
use super::node::Placed;
use crate::commands::explain::answers;
use check::{Rule, Wildcard};
use schema::closest;
use std::collections::BTreeSet;
use syntax::{Report, Span};

/// True when a name or pattern stands for the rule, in whatever case.
pub(crate) fn names(name: &str, rule: &Rule) -> bool {
    if !name.contains(['*', '?']) {
        return answers(rule, name);
    }
    let pattern = Wildcard::new(name.to_ascii_lowercase());
    let own = [rule.meta.code, rule.meta.name];
    own.iter().chain(rule.meta.aliases).any(|own| pattern.matches(&own.to_ascii_lowercase()))
}

/// The name of a rule that is most like this one.
pub(crate) fn like(name: &str, rules: &[Rule]) -> Option<&'static str> {
    closest(name, rules.iter().flat_map(|rule| [rule.meta.code, rule.meta.name]))
}

/// How closely a name points: a name of its own before any pattern, a pattern with more letters before one with fewer.
fn closeness(name: &str) -> usize {
    if name.contains(['*', '?']) {
        name.chars().filter(|c| !"*?".contains(*c)).count()
    } else {
        usize::MAX
    }
}

/// What a list of settings says of a rule: the setting that points at it most closely.
pub(super) fn said<'s, T>(
    settings: &'s [RuleSetting],
    rule: &Rule,
    what: impl Fn(&'s RuleSetting) -> Option<&'s Placed<T>>,
) -> Option<&'s Placed<T>> {
    let of_it = settings.iter().filter(|setting| names(&setting.name.value, rule));
    let said = of_it.filter_map(|setting| Some((closeness(&setting.name.value), what(setting)?)));
    said.max_by_key(|(closeness, _)| *closeness).map(|(_, said)| said)
}

/// Says where a file names rules that there are not, and where it contradicts itself.
pub(super) fn check(file: &File, rules: &[Rule], reports: &mut Vec<Report>) {
    let lists = file.select.iter().chain(&file.ignore).flat_map(|list| &list.value);
    let of_paths = |entry: &PerPath| {
        let named = entry.rule.iter().map(|setting| setting.name.clone());
        entry.ignore.iter().cloned().chain(named).collect::<Vec<_>>()
    };
    let mut all: Vec<Placed<String>> = lists.cloned().collect();
    all.extend(file.rule.iter().map(|setting| setting.name.clone()));
    all.extend(file.per_path.iter().flat_map(of_paths));
    all.sort_by_key(|name| name.span);
    for name in all.iter().filter(|name| !rules.iter().any(|rule| names(&name.value, rule))) {
        reports.push(unknown(name, rules));
    }
    both(
        (file.select.as_ref().map_or(&[], |list| &list.value), "selected here"),
        (file.ignore.as_ref().map_or(&[], |list| &list.value), "ignored here"),
        rules,
        reports,
    );
    contradictions(&file.rule, rules, reports);
    for entry in &file.per_path {
        let named: Vec<_> = entry.rule.iter().map(|setting| setting.name.clone()).collect();
        both((&named, "set here"), (&entry.ignore, "ignored here"), rules, reports);
        contradictions(&entry.rule, rules, reports);
    }
}

fn unknown(name: &Placed<String>, rules: &[Rule]) -> Report {
    let pattern = name.value.contains(['*', '?']);
    let text = if pattern {
        format!("no rule fits `{}`", name.value)
    } else {
        format!("no rule is called `{}`", name.value)
    };
    let report = Report::error("config-rule", text).at(name.span, "no such rule");
    match like(&name.value, rules).filter(|_| !pattern) {
        Some(like) => report.help(format!("did you mean `{like}`? `banana rules` lists them all")),
        None => report.help("`banana rules` lists them all"),
    }
}

/// A rule that is named in two lists which cannot both be meant. A pattern in one and a name in the other is an exception, and fine.
fn both(
    (one, one_label): (&[Placed<String>], &str),
    (other, other_label): (&[Placed<String>], &str),
    rules: &[Rule],
    reports: &mut Vec<Report>,
) {
    for (first, second) in one.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
        let equal = closeness(&first.value) == closeness(&second.value);
        let rule = rules
            .iter()
            .find(|rule| equal && names(&first.value, rule) && names(&second.value, rule));
        if let Some(rule) = rule {
            let text = format!("the rule `{}` is in both lists", rule.meta.name);
            let report = Report::error("config-conflict", text).at(second.span, other_label);
            reports.push(report.also(first.span, one_label).help("take one of them out"));
        }
    }
}

/// Two settings that point at a rule equally closely and say different things.
fn contradictions(settings: &[RuleSetting], rules: &[Rule], reports: &mut Vec<Report>) {
    let mut told: BTreeSet<(Span, Span)> = BTreeSet::new();
    for rule in rules {
        let of_it: Vec<_> = settings.iter().filter(|s| names(&s.name.value, rule)).collect();
        for (at, second) in of_it.iter().enumerate() {
            for first in of_it.iter().take(at) {
                let severities = (first.severity.as_ref(), second.severity.as_ref());
                let switches = (first.ignorable.as_ref(), second.ignorable.as_ref());
                let equal = closeness(&first.name.value) == closeness(&second.name.value);
                for (one, other) in [differ(severities), differ(switches)].into_iter().flatten() {
                    if equal && told.insert((one, other)) {
                        let text = format!(
                            "two settings of the rule `{}` say different things",
                            rule.meta.name
                        );
                        let report = Report::error("config-conflict", text)
                            .at(other, format!("of `{}`", second.name.value))
                            .also(one, format!("of `{}`", first.name.value));
                        reports.push(report.help("take one of them out"));
                    }
                }
            }
        }
    }
}

fn differ<T: PartialEq>(both: (Option<&Placed<T>>, Option<&Placed<T>>)) -> Option<(Span, Span)> {
    let (one, other) = (both.0?, both.1?);
    (one.value != other.value).then_some((one.span, other.span))
}

//! What configuration calls rules: codes, names, other checkers' ids, and patterns of them.

use super::file::{File, PerPath, RuleSetting};
use super::node::Placed;
use crate::commands::explain::answers;
use check::{Rule, Wildcard};
use schema::closest;
use std::collections::{BTreeMap, BTreeSet};
use syntax::{Report, Span};

/// A name or pattern, made ready to be held against many rules.
struct Matcher<'n> {
    name: &'n str,
    pattern: Option<Wildcard>,
    closeness: usize,
}

impl<'n> Matcher<'n> {
    fn new(name: &'n str) -> Self {
        let pattern = name.contains(['*', '?']).then(|| Wildcard::new(name.to_ascii_lowercase()));
        Self { name, pattern, closeness: closeness(name) }
    }

    /// True when it stands for the rule, in whatever case.
    fn is(&self, rule: &Rule) -> bool {
        let Some(pattern) = &self.pattern else { return answers(rule, self.name) };
        let own = [rule.meta.code, rule.meta.name];
        own.iter().chain(rule.meta.aliases).any(|own| pattern.matches(&own.to_ascii_lowercase()))
    }
}

/// True when a name or pattern stands for the rule, in whatever case.
pub(crate) fn names(name: &str, rule: &Rule) -> bool {
    Matcher::new(name).is(rule)
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

fn matchers(names: &[Placed<String>]) -> Vec<(Matcher<'_>, Span)> {
    names.iter().map(|name| (Matcher::new(&name.value), name.span)).collect()
}

/// Those that stand for a rule: the first of each closeness. Only equally close ones can contradict each other.
fn levels(all: &[(Matcher<'_>, Span)], rule: &Rule) -> BTreeMap<usize, Span> {
    let mut levels = BTreeMap::new();
    for (name, span) in all.iter().filter(|(name, _)| name.is(rule)) {
        levels.entry(name.closeness).or_insert(*span);
    }
    levels
}

/// A rule that is named in two lists which cannot both be meant. A pattern in one and a name in the other is an exception, and fine.
fn both(
    (one, one_label): (&[Placed<String>], &str),
    (other, other_label): (&[Placed<String>], &str),
    rules: &[Rule],
    reports: &mut Vec<Report>,
) {
    let (one, other) = (matchers(one), matchers(other));
    let mut told: BTreeSet<(Span, Span)> = BTreeSet::new();
    for rule in rules {
        let (firsts, seconds) = (levels(&one, rule), levels(&other, rule));
        for (level, second) in seconds {
            let Some(first) = firsts.get(&level) else { continue };
            if told.insert((*first, second)) {
                let text = format!("the rule `{}` is in both lists", rule.meta.name);
                let report = Report::error("config-conflict", text).at(second, other_label);
                reports.push(report.also(*first, one_label).help("take one of them out"));
            }
        }
    }
}

/// Two settings that point at a rule equally closely and say different things.
fn contradictions(settings: &[RuleSetting], rules: &[Rule], reports: &mut Vec<Report>) {
    let settings: Vec<_> =
        settings.iter().map(|setting| (Matcher::new(&setting.name.value), setting)).collect();
    let mut told: BTreeSet<(Span, Span)> = BTreeSet::new();
    for rule in rules {
        let (mut severities, mut switches) = (BTreeMap::new(), BTreeMap::new());
        for (name, setting) in settings.iter().filter(|(name, _)| name.is(rule)) {
            let severity = setting.severity.as_ref();
            let severity = severity.and_then(|said| clash(&mut severities, name, said));
            let switch = setting.ignorable.as_ref();
            let switch = switch.and_then(|said| clash(&mut switches, name, said));
            for Clash { first, second, spans: (one, other) } in
                [severity, switch].into_iter().flatten()
            {
                if told.insert((one, other)) {
                    let rule = rule.meta.name;
                    let text = format!("two settings of the rule `{rule}` say different things");
                    let report = Report::error("config-conflict", text)
                        .at(other, format!("of `{second}`"))
                        .also(one, format!("of `{first}`"));
                    reports.push(report.help("take one of them out"));
                }
            }
        }
    }
}

/// Two names, and the places of what is said of them.
struct Clash<'s> {
    first: &'s str,
    second: &'s str,
    spans: (Span, Span),
}

/// Whether the first setting that points as closely says something else.
fn clash<'s, T: PartialEq>(
    firsts: &mut BTreeMap<usize, (&'s str, &'s Placed<T>)>,
    name: &Matcher<'s>,
    said: &'s Placed<T>,
) -> Option<Clash<'s>> {
    let second = name.name;
    let (first, before) = *firsts.entry(name.closeness).or_insert((second, said));
    let differ = before.value != said.value;
    differ.then_some(Clash { first, second, spans: (before.span, said.span) })
}

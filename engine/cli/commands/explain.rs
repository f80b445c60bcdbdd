//! `banana explain RULE`

use crate::args::Explain;
use crate::rulebook::Rulebook;
use crate::{Exit, Failure, Machine, config};
use check::Rule;
use report::Paint;
use std::fmt::Write as _;

/// Prints the page of a rule, found by its code, its name or another checker's id for it.
pub(crate) fn run(args: &Explain, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let files = config::own_rules(&args.rules, machine)?;
    let book = Rulebook::load(&files, machine)?;
    let found: Vec<&Rule> = book.rules.iter().filter(|rule| answers(rule, &args.rule)).collect();
    if found.is_empty() {
        let names = book.rules.iter().flat_map(|rule| [rule.meta.code, rule.meta.name]);
        let near =
            schema::closest(&args.rule, names).map(|name| format!("did you mean `{name}`? "));
        return Err(Failure::user(format!("no rule is called `{}`", args.rule))
            .help(format!("{}`banana rules` lists them all", near.unwrap_or_default())));
    }
    for rule in found {
        machine.out.write_all(page(rule, machine).as_bytes())?;
    }
    Ok(Exit::Ok)
}

/// True when this is one of the rule's names, in whatever case.
pub(crate) fn answers(rule: &Rule, name: &str) -> bool {
    let own = [rule.meta.code, rule.meta.name];
    own.iter().chain(rule.meta.aliases).any(|own| own.eq_ignore_ascii_case(name))
}

fn page(rule: &Rule, machine: &Machine<'_>) -> String {
    let meta = rule.meta;
    let mut text = String::new();
    let title = format!("{} {} ({})", meta.code, meta.name, meta.severity.name());
    let _ = writeln!(text, "{}\n", machine.style.paint(Paint::Bold, &title));
    let mut code = false;
    for line in rule.docs.lines() {
        code ^= line.starts_with("```");
        // In an example the same sign starts a comment.
        let heading = line.strip_prefix('#').filter(|_| !code);
        let heading = heading.map(|rest| rest.trim_start_matches('#').trim());
        let _ = match heading {
            Some(heading) if !heading.is_empty() => {
                writeln!(text, "{}", machine.style.paint(Paint::Bold, heading))
            }
            _ => writeln!(text, "{line}"),
        };
    }
    let controls: Vec<String> =
        meta.controls.iter().map(|(standard, number)| format!("{standard} {number}")).collect();
    text.push('\n');
    let fix = rule.fix.map(|fix| format!("{}: {}", fix.kind.name(), fix.title));
    for (label, items) in [
        ("fix", fix.unwrap_or_default()),
        ("judges", meta.resources.join(", ")),
        ("answers", meta.aliases.join(", ")),
        ("serves", controls.join(", ")),
        ("see", meta.links.join(" ")),
        ("source", rule.source.to_owned()),
    ] {
        if !items.is_empty() {
            let _ =
                writeln!(text, "{} {items}", machine.style.paint(Paint::Dim, &format!("{label}:")));
        }
    }
    text
}

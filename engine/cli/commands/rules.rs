//! `banana rules`

use crate::args::{Rules, RulesCommand, RulesFormat};
use crate::commands::rules_test;
use crate::rulebook::Rulebook;
use crate::{Exit, Failure, Machine, config, file};
use check::Rule;
use report::{rule_page, rules_book, rules_index};
use serde_json::json;
use std::path::Path;

/// Lists the rules by code.
pub(crate) fn run(args: &Rules, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    if let Some(RulesCommand::Test(args)) = &args.command {
        return rules_test::run(args, machine);
    }
    let files = config::own_rules(&args.files, machine)?;
    let book = Rulebook::load(&files, machine)?;
    if let Some(folder) = &args.pages {
        write_pages(&book.rules, &machine.disk().full(folder))?;
        return Ok(Exit::Ok);
    }
    match args.format {
        RulesFormat::Md => machine.out.write_all(rules_book(&book.rules).as_bytes())?,
        RulesFormat::Text => {
            for rule in &book.rules {
                let meta = rule.meta;
                let severity = meta.severity.name();
                let fix = rule.fix.map_or("", |fix| fix.kind.name());
                writeln!(
                    machine.out,
                    "{:<8} {severity:<9} {fix:<7} {:<36} {}",
                    meta.code,
                    meta.name,
                    rule.summary()
                )?;
            }
        }
        RulesFormat::Json => {
            let all: Vec<_> = book
                .rules
                .iter()
                .map(|rule| {
                    let meta = rule.meta;
                    json!({
                        "code": meta.code, "name": meta.name, "severity": meta.severity, "summary": rule.summary(),
                        "resources": meta.resources, "aliases": meta.aliases, "controls": meta.controls,
                        "since": meta.since, "links": meta.links, "docs": rule.docs,
                        "fix": rule.fix.map(|fix| json!({ "kind": fix.kind, "title": fix.title })),
                    })
                })
                .collect();
            writeln!(machine.out, "{:#}", json!({ "version": 1, "rules": all }))?;
        }
    }
    Ok(Exit::Ok)
}

/// A file a rule, named after its code, and README.md for the index.
fn write_pages(rules: &[Rule], folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::user(format!("cannot make `{}`: {error}", folder.display())))?;
    let name = |rule: &Rule| format!("{}.md", rule.meta.code);
    for rule in rules {
        file::replace(&folder.join(name(rule)), rule_page(rule).as_bytes(), false)?;
    }
    file::replace(&folder.join("README.md"), rules_index(rules, name).as_bytes(), false)
}

//! `banana rules`

use crate::args::{Format, Rules, RulesCommand};
use crate::commands::rules_test;
use crate::rulebook::Rulebook;
use crate::{Exit, Failure, Machine};
use serde_json::json;

/// Lists the rules by code.
pub(crate) fn run(args: &Rules, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    if let Some(RulesCommand::Test(args)) = &args.command {
        return rules_test::run(args, machine);
    }
    let book = Rulebook::load(&args.files, machine)?;
    match args.format {
        Format::Text => {
            for rule in &book.rules {
                let meta = rule.meta;
                let severity = meta.severity.name();
                writeln!(
                    machine.out,
                    "{:<8} {severity:<9} {:<36} {}",
                    meta.code,
                    meta.name,
                    rule.summary()
                )?;
            }
        }
        Format::Json => {
            let all: Vec<_> = book
                .rules
                .iter()
                .map(|rule| {
                    let meta = rule.meta;
                    json!({
                        "code": meta.code, "name": meta.name, "severity": meta.severity, "summary": rule.summary(),
                        "resources": meta.resources, "aliases": meta.aliases, "controls": meta.controls,
                        "since": meta.since, "links": meta.links, "docs": rule.docs,
                    })
                })
                .collect();
            writeln!(machine.out, "{:#}", json!({ "version": 1, "rules": all }))?;
        }
    }
    Ok(Exit::Ok)
}

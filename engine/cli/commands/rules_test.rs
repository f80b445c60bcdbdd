//! `banana rules test`: the user's rules on their own examples.

use crate::args::RulesTest;
use crate::rulebook::Rulebook;
use crate::{Exit, Failure, Machine, price};
use check::{CustomRule, Judge, Rule, Verdict};
use report::Paint;
use syntax::{Sources, Span};

/// Judges every example: exit 1 when one comes out otherwise than it says, or a rule has none that fails or none that passes.
pub(crate) fn run(args: &RulesTest, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let book = Rulebook::load(&args.files, machine)?;
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut broken = Vec::new();
    for rule in &book.rules {
        let Judge::Custom(custom) = rule.judge else { continue };
        let name = format!("{} {}", rule.meta.code, rule.meta.name);
        writeln!(machine.out, "{}", machine.style.paint(Paint::Bold, &name))?;
        for example in custom.examples() {
            let title = example.title.as_deref().map(|title| format!(" {title:?}"));
            let title = format!("{}{}", example.verdict.name(), title.unwrap_or_default());
            match custom.test(rule.meta, example, &price::by_the_book) {
                Ok(None) => {
                    good += 1;
                    writeln!(machine.out, "  {} {title}", machine.style.paint(Paint::Green, "ok"))?;
                }
                Ok(Some(why)) => {
                    bad += 1;
                    let mark = machine.style.paint(Paint::Red, "wrong");
                    let place = place(&book.sources, example.at);
                    writeln!(machine.out, "  {mark} {title} ({place})\n        {why}")?;
                }
                Err(report) => {
                    bad += 1;
                    let mark = machine.style.paint(Paint::Red, "error");
                    writeln!(machine.out, "  {mark} {title}")?;
                    broken.push(*report);
                }
            }
        }
        for missing in missing(custom) {
            bad += 1;
            let mark = machine.style.paint(Paint::Red, "wrong");
            let place = place(&book.sources, custom.header());
            writeln!(machine.out, "  {mark} no `{}` example ({place})", missing.name())?;
        }
    }
    broken.sort_by_key(|report| report.at.as_ref().map(|at| at.span));
    broken.dedup();
    machine.out.flush()?;
    book.refuse(&broken, machine)?;
    let rules = book.rules.iter().filter(|rule| is_custom(rule)).count();
    if rules == 0 {
        return Err(Failure::user("there are no rules in what was named"));
    }
    let s = if rules == 1 { "" } else { "s" };
    writeln!(machine.out, "{rules} rule{s}: {good} examples right, {bad} wrong")?;
    Ok(if bad == 0 { Exit::Ok } else { Exit::Findings })
}

fn is_custom(rule: &Rule) -> bool {
    matches!(rule.judge, Judge::Custom(_))
}

/// A rule that never fails, or never passes, was not shown to work.
fn missing(rule: &CustomRule) -> impl Iterator<Item = Verdict> {
    let has = |verdict| rule.examples().iter().any(|example| example.verdict == verdict);
    [Verdict::Fail, Verdict::Pass].into_iter().filter(move |verdict| !has(*verdict))
}

/// `policy/tags.hcl:12:3`
fn place(sources: &Sources, at: Span) -> String {
    let place = sources.place(at);
    format!("{}:{}:{}", place.file, place.line, place.column)
}

//! The rules on a resolved stack, and where the line between passing and failing runs.

use crate::args::{GateArgs, PriceArgs, StackArgs, Threshold, Unknown};
use crate::config::{self, Overrides, Settings};
use crate::rulebook::Rulebook;
use crate::{Failure, Machine, price};
use check::{Finding, Judge, Outcome, Rule, Severity, Verdict};
use stack::Stack;
use std::path::PathBuf;

/// What a stack is held against.
#[derive(Debug)]
pub(crate) struct Gate {
    pub(crate) settings: Settings,
    /// All the rules there are, those that do not run too.
    pub(crate) book: Rulebook,
    overrides: Overrides,
    /// How the stack is priced, where a rule asks.
    pub(crate) price: PriceArgs,
    of: StackArgs,
}

impl Gate {
    /// The gate that configuration, environment and arguments make for a stack. What is wrong with them is told.
    pub(crate) fn open(
        stack: &StackArgs,
        args: &GateArgs,
        machine: &mut Machine<'_>,
    ) -> Result<Self, Failure> {
        let settings = Settings::of(stack, args, machine)?;
        let files: Vec<PathBuf> = settings.rules.iter().map(|file| file.value.clone()).collect();
        let book = Rulebook::load(&files, machine)?;
        let overrides = settings.overrides(&book.rules, machine)?;
        let (mut of, mut price) = (stack.clone(), PriceArgs::default());
        config::price(&mut of, &mut price, None, machine)?;
        Ok(Self { settings, book, overrides, price, of })
    }

    /// Banana's own rules by the defaults, whatever anybody configured.
    pub(crate) fn open_wide(stack: &StackArgs, machine: &mut Machine<'_>) -> Result<Self, Failure> {
        let (settings, book) = (Settings::default(), Rulebook::load(&[], machine)?);
        let overrides = settings.overrides(&book.rules, machine)?;
        let (price, of) = (PriceArgs::default(), stack.clone());
        Ok(Self { settings, book, overrides, price, of })
    }

    /// Judges a stack.
    pub(crate) fn judge(
        &self,
        stack: &Stack,
        machine: &mut Machine<'_>,
    ) -> Result<Outcome, Failure> {
        let asks = |rule: &Rule| matches!(rule.judge, Judge::Custom(it) if it.reads_the_bill());
        let asked = self.overrides.rules.iter().any(asks);
        let price = || price::estimate(stack, &self.price, &self.of, machine);
        let bill = asked.then(price).transpose()?.map(|estimate| price::bill(&estimate));
        let options = check::Options {
            bill,
            today: machine.today.clone(),
            no_inline_ignores: self.settings.no_inline_ignores.value,
            unignorable: self.overrides.unignorable.clone(),
            known: self.book.rules.iter().map(|rule| rule.meta).collect(),
            required_tags: self.settings.required_tags.value.clone(),
        };
        let Outcome { mut findings, reports, .. } =
            check::run(stack, &self.overrides.rules, &options);
        self.book.refuse(&reports, machine)?;
        self.overrides.settle(&mut findings);
        Ok(Outcome::sorted(findings))
    }

    /// Whether the rule with this code runs.
    pub(crate) fn runs(&self, code: &str) -> bool {
        self.overrides.rules.iter().any(|rule| rule.meta.code == code)
    }

    /// The findings that fail the run.
    pub(crate) fn blocking<'a>(&self, outcome: &'a Outcome) -> Vec<&'a Finding> {
        let least = match self.settings.fail_on.value {
            Threshold::Critical => Severity::Critical,
            Threshold::High => Severity::High,
            Threshold::Medium => Severity::Medium,
            Threshold::Low => Severity::Low,
            Threshold::Never => return Vec::new(),
        };
        let counts = |finding: &&Finding| {
            finding.suppressed.is_none()
                && finding.severity >= least
                && match finding.verdict {
                    Verdict::Fail => true,
                    Verdict::Unknown => self.settings.unknown.value == Unknown::Fail,
                    Verdict::Pass => false,
                }
        };
        outcome.findings.iter().filter(counts).collect()
    }
}

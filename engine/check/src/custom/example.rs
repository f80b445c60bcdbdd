//! A rule's own tests: blocks of Terraform's language that it must fail, pass or leave open.

use super::CustomRule;
use crate::{Bill, Context, Meta, Verdict};
use model::data::Offline;
use stack::{Host, Options, Program, Stack};
use std::io;
use std::path::{Path, PathBuf};
use syntax::{Level, Report, Span};

/// `fail "no tags" { resource … }`
#[derive(Clone, Debug)]
pub struct Example {
    /// What must come out.
    pub verdict: Verdict,
    /// Its label.
    pub title: Option<String>,
    /// Its header.
    pub at: Span,
    /// The stack: what stands between the braces.
    pub text: String,
}

impl CustomRule {
    /// Judges an example, of which `price` makes the bill where the rule asks for it. `Ok(Some(…))` says what came out instead of what must; `Err` is about the rule.
    pub fn test(
        &self,
        meta: &'static Meta,
        example: &Example,
        price: &dyn Fn(&Stack) -> Bill,
    ) -> Result<Option<String>, Box<Report>> {
        let host = One(example.text.as_bytes());
        let options = Options { path: PathBuf::from(FILE), ..Options::default() };
        let stack = Program::load(&options, &host).resolve(&Offline::default());
        // What is open in an example is what an `unknown` one is about.
        let open = ["variable-not-set", "unknown-repetition"];
        let mut errors =
            stack.reports.iter().filter(|r| r.level == Level::Error && !open.contains(&r.code));
        if let Some(error) = errors.next() {
            let line = error.at.as_ref().map(|at| stack.sources.place(at.span).line);
            let line = line.map(|line| format!(" in its line {line}")).unwrap_or_default();
            return Ok(Some(format!("the stack itself is broken{line}: {}", error.message)));
        }
        let mut context = Context::new(&stack);
        context.bill = self.reads_the_bill().then(|| price(&stack));
        let rows = self.judge(&context, meta)?;
        let has = |verdict| rows.iter().any(|row| row.verdict == verdict);
        let came = match () {
            () if rows.is_empty() => return Ok(Some("the rule is about nothing in it".into())),
            () if has(Verdict::Fail) => Verdict::Fail,
            () if has(Verdict::Unknown) => Verdict::Unknown,
            () => Verdict::Pass,
        };
        if came == example.verdict {
            return Ok(None);
        }
        let telling = rows.iter().find(|row| row.verdict == came && !row.message.is_empty());
        let why = telling.map(|row| {
            let reason = row.reason.as_ref().map(|reason| format!(" ({reason})"));
            format!(": {}: {}{}", row.address, row.message, reason.unwrap_or_default())
        });
        Ok(Some(format!("its verdict is {}{}", came.name(), why.unwrap_or_default())))
    }
}

const FILE: &str = "main.tf";

/// A machine with one file.
struct One<'a>(&'a [u8]);

impl Host for One<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == Path::new(FILE) {
            Ok(self.0.to_vec())
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn list(&self, _: &Path) -> io::Result<Vec<(String, bool)>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok(PathBuf::new())
    }
}

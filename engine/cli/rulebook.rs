//! The rules in force: those of banana, and those of the user.

use crate::{Failure, Machine, job};
use check::{CustomRules, Rule};
use stack::Host;
use std::path::PathBuf;
use syntax::{Report, Sources};

/// The rules in force.
#[derive(Debug)]
pub(crate) struct Rulebook {
    /// By code; the user's follow, by file.
    pub(crate) rules: Vec<Rule>,
    /// The user's files.
    pub(crate) sources: Sources,
}

impl Rulebook {
    /// Reads the user's files. What is wrong in them is told, and ends the run: a gate with a hole is none.
    pub(crate) fn load(files: &[PathBuf], machine: &mut Machine<'_>) -> Result<Self, Failure> {
        let disk = machine.disk();
        let mut texts = Vec::new();
        for path in files {
            let name = path.display().to_string();
            let bytes = disk.read(path).map_err(|error| {
                Failure::user(format!("cannot read the rules in `{name}`: {error}"))
            })?;
            let text = String::from_utf8(bytes).map_err(|_| {
                Failure::user(format!("`{name}` is not text: rules are written in HCL"))
            })?;
            texts.push((name, text));
        }
        let custom = CustomRules::read(texts, rules::ALL);
        let mut book = Self { rules: rules::ALL.to_vec(), sources: custom.sources };
        book.refuse(&custom.reports, machine)?;
        book.rules.extend(custom.rules);
        Ok(book)
    }

    /// Tells what is wrong with the user's rules, if anything is.
    pub(crate) fn refuse(
        &self,
        reports: &[Report],
        machine: &mut Machine<'_>,
    ) -> Result<(), Failure> {
        let broken = job::tell(reports, &self.sources, "the rules", machine)?;
        if broken { Err(Failure::Told(crate::Exit::Error)) } else { Ok(()) }
    }
}

//! The settings in force, each with where it comes from: the default, a file, the environment, the command line. The later goes before.

use super::chain::{self, Chain};
use super::cost::CostSettings;
use super::file::File;
use super::node::Placed;
use super::path::{plain, shown};
use crate::args::{GateArgs, Known, StackArgs, Threshold, Unknown};
use crate::{Exit, Failure, Machine, job};
use check::RequiredTag;
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use syntax::{Report, Sources, Span};

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody says anything.
    #[default]
    Default,
    /// It was there.
    Found,
    /// A place in a configuration file.
    File(Span),
    /// An environment variable.
    Environment(&'static str),
    /// An argument of the command line.
    Flag(&'static str),
}

/// A setting and where it comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

impl<T> Setting<T> {
    /// A value of a file goes before what was there.
    pub(super) fn lay(&mut self, written: Option<Placed<T>>) {
        if let Some(Placed { value, span }) = written {
            *self = Self { value, origin: Origin::File(span) };
        }
    }
}

/// All of them; by default what holds where nobody says anything.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The least severity that fails the run.
    pub(crate) fail_on: Setting<Threshold>,
    /// What an undecided rule means.
    pub(crate) unknown: Setting<Unknown>,
    /// The only rules that run, unless empty. A name from a file has its place.
    pub(super) select: Setting<Vec<Placed<String>>>,
    /// The rules that are left out.
    pub(super) ignore: Setting<Vec<Placed<String>>>,
    /// Comments do not silence.
    pub(crate) no_inline_ignores: Setting<bool>,
    /// The region where no provider block says one.
    pub(crate) region: Setting<Option<String>>,
    /// How it is priced.
    pub(super) cost: CostSettings,
    /// The file of accepted findings, as people would type it.
    pub(crate) baseline: Setting<Option<PathBuf>>,
    /// Tags that resources must have.
    pub(crate) required_tags: Setting<Vec<RequiredTag>>,
    /// Files with rules of the user's own, as people would type them: sorted, none twice.
    pub(crate) rules: Vec<Setting<PathBuf>>,
    /// The names of the files that say so, the one that goes before the others first.
    pub(super) config: Setting<Vec<String>>,
    /// The files.
    pub(super) files: Vec<File>,
    /// Their texts.
    pub(super) sources: Sources,
}

impl Settings {
    /// Finds and reads the configuration of a stack, and lays the environment and the arguments over it.
    pub(crate) fn of(
        stack: &StackArgs,
        gate: &GateArgs,
        machine: &mut Machine<'_>,
    ) -> Result<Self, Failure> {
        let mut settings = if stack.no_config {
            Self::default()
        } else {
            Self::read(&stack.path, stack.config.clone(), machine)?
        };
        settings.lay_environment(machine)?;
        settings.lay_arguments(stack, gate);
        Ok(settings)
    }

    /// What the files say.
    fn read(
        stack: &Path,
        named: Option<PathBuf>,
        machine: &mut Machine<'_>,
    ) -> Result<Self, Failure> {
        let set = || machine.var("BANANA_CONFIG").map(PathBuf::from);
        let (origin, path) = if let Some(path) = named {
            (Origin::Flag("--config"), path)
        } else if let Some(path) = set() {
            (Origin::Environment("BANANA_CONFIG"), path)
        } else if let Some(path) = chain::nearest(stack, machine) {
            (Origin::Found, path)
        } else {
            return Ok(Self::default());
        };
        let mut chain = Chain::read(&path, machine)?;
        let files = chain.sources.iter().map(|(_, source)| source.name().to_owned());
        let config = Setting { value: files.collect(), origin };
        let mut rules = Vec::new();
        for file in &chain.files {
            rules.extend(named_by(file, &mut chain.reports, machine));
        }
        rules.sort_by(|a, b| a.value.cmp(&b.value));
        rules.dedup_by(|a, b| a.value == b.value);
        tell(&chain.reports, &chain.sources, machine)?;
        let mut settings = Self { config, rules, sources: chain.sources, ..Self::default() };
        for file in chain.files.iter().rev() {
            settings.lay_file(file, machine);
        }
        Ok(Self { files: chain.files, ..settings })
    }

    fn lay_file(&mut self, file: &File, machine: &Machine<'_>) {
        self.fail_on.lay(file.fail_on.clone());
        self.unknown.lay(file.unknown.clone());
        self.select.lay(file.select.clone());
        self.ignore.lay(file.ignore.clone());
        self.no_inline_ignores.lay(file.no_inline_ignores.clone());
        self.required_tags.lay(file.required_tags.clone());
        self.region.lay(file.region.clone().map(some));
        self.cost.lay(file, machine);
        let baseline = file.baseline.clone().map(|Placed { value, span }| {
            let path = shown(&plain(&file.folder.join(value)), machine);
            Placed { value: Some(path), span }
        });
        self.baseline.lay(baseline);
    }

    fn lay_environment(&mut self, machine: &Machine<'_>) -> Result<(), Failure> {
        let var = |name: &'static str| machine.var(name).map(|text| (name, text));
        if let Some((name, text)) = var("BANANA_FAIL_ON") {
            self.fail_on =
                Setting { value: choice(name, text)?, origin: Origin::Environment(name) };
        }
        if let Some((name, text)) = var("BANANA_UNKNOWN") {
            self.unknown =
                Setting { value: choice(name, text)?, origin: Origin::Environment(name) };
        }
        if let Some((name, text)) = var("BANANA_SELECT") {
            let value = unplaced(text.split(',').map(str::trim).filter(|name| !name.is_empty()));
            self.select = Setting { value, origin: Origin::Environment(name) };
        }
        if let Some((name, text)) = var("BANANA_IGNORE") {
            let value = unplaced(text.split(',').map(str::trim).filter(|name| !name.is_empty()));
            self.ignore = Setting { value, origin: Origin::Environment(name) };
        }
        if let Some((name, text)) = var("BANANA_NO_INLINE_IGNORES") {
            let value = match text {
                "true" | "1" => true,
                "false" | "0" => false,
                _ => return Err(wrong(name, text, "true, false")),
            };
            self.no_inline_ignores = Setting { value, origin: Origin::Environment(name) };
        }
        if let Some((name, text)) = var("BANANA_BASELINE") {
            self.baseline = Setting { value: Some(text.into()), origin: Origin::Environment(name) };
        }
        // AWS's own variables speak of every stack, so a file goes before them.
        for name in ["AWS_DEFAULT_REGION", "AWS_REGION", "BANANA_REGION"] {
            let ours = name == "BANANA_REGION";
            if let Some((name, text)) = var(name)
                && (ours || !matches!(self.region.origin, Origin::File(_)))
            {
                let value = Some(text.to_owned());
                self.region = Setting { value, origin: Origin::Environment(name) };
            }
        }
        Ok(())
    }

    fn lay_arguments(&mut self, stack: &StackArgs, gate: &GateArgs) {
        if let Some(value) = gate.fail_on {
            self.fail_on = Setting { value, origin: Origin::Flag("--fail-on") };
        }
        if let Some(value) = gate.unknown {
            self.unknown = Setting { value, origin: Origin::Flag("--unknown") };
        }
        if !gate.select.is_empty() {
            let value = unplaced(gate.select.iter().map(String::as_str));
            self.select = Setting { value, origin: Origin::Flag("--select") };
        }
        if !gate.ignore.is_empty() {
            let value = unplaced(gate.ignore.iter().map(String::as_str));
            self.ignore = Setting { value, origin: Origin::Flag("--ignore") };
        }
        if gate.no_inline_ignores {
            self.no_inline_ignores =
                Setting { value: true, origin: Origin::Flag("--no-inline-ignores") };
        }
        for path in &gate.rules {
            self.rules.push(Setting { value: path.clone(), origin: Origin::Flag("--rules") });
        }
        if stack.region.is_some() {
            self.region = Setting { value: stack.region.clone(), origin: Origin::Flag("--region") };
        }
    }
}

impl Settings {
    /// Lays the arguments that only `check` has over the others.
    pub(crate) fn lay_known(&mut self, known: &Known) {
        if known.baseline.is_some() {
            let value = known.baseline.clone();
            self.baseline = Setting { value, origin: Origin::Flag("--baseline") };
        }
    }
}

/// The files with rules of one's own that hold where banana was started, and those of the command line.
pub(crate) fn own_rules(
    given: &[PathBuf],
    machine: &mut Machine<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    let settings = Settings::read(Path::new("."), None, machine)?;
    let configured = settings.rules.into_iter().map(|file| file.value);
    Ok(configured.chain(given.iter().cloned()).collect())
}

/// The region of a stack, for commands that judge nothing: what [`Settings::of`] would say, but only where a file says it.
/// Gives back all that is configured.
pub(super) fn place(stack: &mut StackArgs, machine: &mut Machine<'_>) -> Result<Settings, Failure> {
    let gate = GateArgs::default();
    let settings = Settings::of(stack, &gate, machine)?;
    if !matches!(settings.region.origin, Origin::Environment("AWS_REGION" | "AWS_DEFAULT_REGION")) {
        stack.region.clone_from(&settings.region.value);
    }
    Ok(settings)
}

fn some(placed: Placed<String>) -> Placed<Option<String>> {
    Placed { value: Some(placed.value), span: placed.span }
}

/// Names that stand in no file.
fn unplaced<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Placed<String>> {
    names.map(|name| Placed { value: name.to_owned(), span: Span::default() }).collect()
}

fn choice<T: ValueEnum>(name: &str, text: &str) -> Result<T, Failure> {
    T::from_str(text, false).map_err(|_| {
        let all = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let all: Vec<_> = all.map(|value| value.get_name().to_owned()).collect();
        wrong(name, text, &all.join(", "))
    })
}

fn wrong(name: &str, text: &str, choices: &str) -> Failure {
    Failure::user(format!("`{name}` is `{text}`")).help(format!("it may be {choices}"))
}

/// The files with rules that a configuration file names.
fn named_by(
    file: &File,
    reports: &mut Vec<Report>,
    machine: &Machine<'_>,
) -> Vec<Setting<PathBuf>> {
    let mut found = Vec::new();
    for (text, glob) in &file.rules {
        let failed = |why: String| Report::error("config-rules", why).at(text.span, "no rules");
        match glob.files(&file.folder) {
            Ok(paths) if paths.is_empty() => {
                let report = failed(format!("no file fits `{}`", text.value));
                reports.push(
                    report.help(
                        "the pattern counts from the folder of the file that it is written in",
                    ),
                );
            }
            Ok(paths) => found.extend(paths.iter().map(|path| {
                let value = shown(&plain(&file.folder.join(path)), machine);
                Setting { value, origin: Origin::File(text.span) }
            })),
            Err(error) => {
                reports.push(failed(format!("cannot look for `{}`: {error}", text.value)));
            }
        }
    }
    found
}

/// Shows what is wrong with the configuration; an error when something is.
pub(super) fn tell(
    reports: &[Report],
    sources: &Sources,
    machine: &mut Machine<'_>,
) -> Result<(), Failure> {
    if reports.is_empty() {
        return Ok(());
    }
    job::tell(reports, sources, "the configuration", machine)?;
    Err(Failure::Told(Exit::Error))
}

//! From arguments to a loaded stack.

use crate::args::StackArgs;
use crate::variables::Variable;
use crate::{Failure, Machine, workspace};
use report::problems;
use stack::{Host, Options, Program, ProviderConfig, Stack, Value, VariableArgument};
use std::path::{Path, PathBuf};
use syntax::{Level, Report, Sources};

/// Reads the stack that the arguments name.
pub(crate) fn load<'d>(
    args: &StackArgs,
    disk: &'d dyn Host,
    machine: &Machine<'_>,
    defer_data: bool,
) -> Result<Program<'d>, Failure> {
    Ok(Program::load(&options(args, disk, machine, defer_data)?, disk))
}

/// A stack to be priced: from its files, or from Terraform's JSON of a plan or a state.
pub(crate) fn priced(args: &StackArgs, machine: &Machine<'_>) -> Result<Stack, Failure> {
    let disk = machine.disk();
    if let Some(text) = plan_json(&args.path, &disk) {
        if !args.variables.0.is_empty() {
            let text = format!("`{}` is a plan, which has its variables", args.path.display());
            return Err(Failure::user(text).help("leave --var and --var-file out"));
        }
        return from_plan(&args.path, &text, stack::Side::Planned);
    }
    let program = load(args, &disk, machine, false)?;
    let mut stack = resolve(&program);
    soften_what_is_open(&mut stack);
    Ok(stack)
}

/// The text of a file that is Terraform's JSON, or another form of its plans that a person may take for it.
pub(crate) fn plan_json(path: &Path, disk: &dyn Host) -> Option<String> {
    let is_source = path.file_name().is_some_and(|name| is_terraform(&name.to_string_lossy()));
    let bytes = if is_source { None } else { disk.read(path).ok() }?;
    if bytes.starts_with(b"PK\x03\x04") {
        return Some("PK".to_owned());
    }
    let text = String::from_utf8(bytes).ok()?;
    let log = text.starts_with('{') && text.lines().next()?.contains("\"@level\"");
    (log || stack::is_plan_json(&text)).then_some(text)
}

/// A side of a plan as a stack.
pub(crate) fn from_plan(path: &Path, text: &str, side: stack::Side) -> Result<Stack, Failure> {
    stack::read_plan_json(text, side)
        .map_err(|error| Failure::user(format!("`{}`: {error}", path.display())).help(error.help()))
}

/// What the arguments say about the stack.
pub(crate) fn options(
    args: &StackArgs,
    disk: &dyn Host,
    machine: &Machine<'_>,
    defer_data: bool,
) -> Result<Options, Failure> {
    let path = stack_path(&args.path, disk)?;
    let mut variables = args.brought.clone();
    for variable in &args.variables.0 {
        variables.push(match variable {
            Variable::Text(text) => {
                let (name, value) = text.split_once('=').ok_or_else(|| {
                    Failure::user(format!("`--var {text}` has no `=`"))
                        .help("write --var name=value, in quotes if it has blanks")
                })?;
                VariableArgument::Set(name.trim().to_owned(), value.to_owned())
            }
            Variable::File(path) => VariableArgument::File(path.clone()),
        });
    }
    let environment = machine.env.iter();
    let environment =
        environment.filter_map(|(k, v)| Some((k.strip_prefix("TF_VAR_")?.to_owned(), v.clone())));
    let region = args.region.clone().or_else(|| region(machine));
    let (environment, workspace) =
        (environment.collect(), workspace::of(&args.workspace, &args.path, machine));
    Ok(Options { path, variables, environment, workspace, region, defer_data })
}

/// What can be answered without AWS.
pub(crate) fn world() -> model::data::Offline {
    model::data::Offline::default()
}

/// Evaluates a stack as far as that is possible without AWS.
pub(crate) fn resolve(program: &Program<'_>) -> Stack {
    program.resolve(&world())
}

/// The region that the environment names, as the AWS command line reads it.
pub(crate) fn region(machine: &Machine<'_>) -> Option<String> {
    machine.var("AWS_REGION").or_else(|| machine.var("AWS_DEFAULT_REGION")).map(str::to_owned)
}

/// The region that calls go to, as far as it can be told without AWS's own files: the root module's default provider, the argument, the
/// environment.
pub(crate) fn work_region(
    stack: &Stack,
    args: &StackArgs,
    machine: &Machine<'_>,
) -> Option<String> {
    let says = provider(stack).and_then(|p| p.value.get("region")).and_then(Value::as_str);
    says.map(str::to_owned).or_else(|| args.region.clone()).or_else(|| region(machine))
}

/// The root module's default `aws` provider.
pub(crate) fn provider(stack: &Stack) -> Option<&ProviderConfig> {
    let is_default = |p: &&ProviderConfig| p.is_aws() && p.alias.is_none() && p.module.0.is_empty();
    stack.providers.iter().find(is_default)
}

/// True for the names that Terraform reads.
fn is_terraform(name: &str) -> bool {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|ending| name.ends_with(ending))
}

/// A folder without Terraform files stands for its `stack.hcl`.
pub(crate) fn stack_path(path: &Path, disk: &dyn Host) -> Result<PathBuf, Failure> {
    let Ok(names) = disk.list(path) else {
        if disk.read(path).is_err() {
            return Err(Failure::user(format!("cannot read `{}`", path.display()))
                .help("give a folder of Terraform files, or one file such as stack.hcl"));
        }
        return Ok(path.to_owned());
    };
    if names.iter().any(|(name, folder)| !folder && is_terraform(name)) {
        return Ok(path.to_owned());
    }
    if names.iter().any(|(name, folder)| !folder && name == "stack.hcl") {
        return Ok(if path == Path::new(".") {
            PathBuf::from("stack.hcl")
        } else {
            path.join("stack.hcl")
        });
    }
    Err(Failure::user(format!("`{}` holds no Terraform files and no stack.hcl", path.display()))
        .help("run banana where the *.tf files are, or name the folder: banana check PATH"))
}

/// A check and a bill go on without a variable's value, and with one instance for all where only AWS could count them: what depends on
/// it is unknown, and said to be.
pub(crate) fn soften_what_is_open(stack: &mut Stack) {
    const OPEN: [&str; 2] = ["variable-not-set", "unknown-repetition"];
    for report in stack.reports.iter_mut().filter(|report| OPEN.contains(&report.code)) {
        report.level = Level::Warning;
    }
}

/// Shows problems on standard error; true when one of them is an error.
pub(crate) fn tell_problems(
    reports: &[Report],
    sources: &Sources,
    machine: &mut Machine<'_>,
) -> Result<bool, Failure> {
    tell(reports, sources, "the stack", machine)
}

/// The same for `whose` files.
pub(crate) fn tell(
    reports: &[Report],
    sources: &Sources,
    whose: &str,
    machine: &mut Machine<'_>,
) -> Result<bool, Failure> {
    machine.err.write_all(problems(reports, sources, &machine.style).as_bytes())?;
    let count = reports.iter().filter(|report| report.level == Level::Error).count();
    if count > 0 {
        writeln!(
            machine.err,
            "{count} {} in {whose}",
            if count == 1 { "error" } else { "errors" }
        )?;
    }
    Ok(count > 0)
}

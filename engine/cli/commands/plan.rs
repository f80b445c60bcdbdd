//! `banana plan`

use crate::args::{Format, Plan, PlanArgs};
use crate::place::{Place, Question};
use crate::saved::{self, Words};
use crate::state::Prior;
use crate::{Exit, Failure, Machine, job, month, state};
use plan::{Drift, Options, Pattern, Planned, State};
use report::{diagnostics_json, plan_json, plan_text};
use stack::{Address, Program, Str, World};
use std::collections::BTreeMap;
use syntax::{Level, Report};

/// Shows what apply would do, and saves it where asked.
pub(crate) fn run(args: &Plan, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let disk = machine.disk();
    let mut program = job::load(&args.stack, &disk, machine, true)?;
    let place = Place::of(&program, Question::of(&args.stack, &args.shared), machine)?;
    let stored = match place.elsewhere() {
        Some(elsewhere) if args.out.is_some() => return Err(elsewhere),
        Some(elsewhere) => {
            writeln!(machine.err, "{elsewhere}: this plan takes it for empty; see --state")?;
            State::default()
        }
        None => place.read()?,
    };
    let mut prior = state::prior(&program, stored, args, args.out.is_some(), machine)?;
    for note in &prior.notes {
        writeln!(machine.err, "{note}")?;
    }
    interrupted(&place, machine)?;
    let planned = match against(&program, &mut prior, args)? {
        Ok(planned) => planned,
        Err(reports) => return refuse(&reports, &program, args.format, machine),
    };
    show(&planned, args, machine)?;
    if let Some(out) = &args.out {
        program.defer_data(false);
        let words = Words::of(&job::resolve(&program), &args.stack, machine)?;
        let recipe = saved::recipe(&args.stack, &args.shared, &place, machine);
        let offline = job::world();
        let how = options(&args.shared, args.destroy, Learned::default(), &offline)?;
        words.save(&planned, &how, &recipe, prior.asked.as_ref(), &disk.full(out))?;
        let unbound = if prior.asked.is_some() { "" } else { ", to no account" };
        writeln!(machine.err, "saved{unbound}: `banana apply {}`", out.display())?;
    }
    let changes = args.detailed_exitcode && !planned.plan.is_empty();
    Ok(if changes { Exit::Changes } else { Exit::Ok })
}

/// What reading AWS brought to a plan beside the state.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// What `import` blocks took into the state, with the ids.
    pub(crate) imported: BTreeMap<Address, Str>,
    /// What changed outside.
    pub(crate) drift: Vec<Drift>,
}

/// Plans against what exists; data sources are read where AWS was asked.
fn against(
    program: &Program<'_>,
    prior: &mut Prior,
    args: &Plan,
) -> Result<Result<Planned, Vec<Report>>, Failure> {
    let offline = job::world();
    let learned = prior.learned();
    let made = |world: &dyn World| {
        let how = options(&args.shared, args.destroy, learned, world)?;
        Ok(make(program, &prior.state, &how))
    };
    #[cfg(feature = "apply")]
    if let Some(cloud) = &prior.cloud {
        let parallelism = args.shared.parallelism;
        let reading =
            ::apply::Options { parallelism, world: &offline, ..::apply::Options::default() };
        return cloud.reading(&reading, made);
    }
    made(&offline)
}

/// Says that an earlier apply left operations without an end: what they made may be missing in the state, and in this plan.
#[cfg(feature = "apply")]
fn interrupted(place: &Place, machine: &mut Machine<'_>) -> Result<(), Failure> {
    let Some(journal) = place.journal() else { return Ok(()) };
    let text = std::fs::read(&journal).unwrap_or_default();
    match ::apply::unfinished(&text) {
        Ok(open) if open.is_empty() => {}
        Ok(open) => {
            let operations = match open.len() {
                1 => "1 operation".to_owned(),
                n => format!("{n} operations"),
            };
            writeln!(
                machine.err,
                "an earlier apply was interrupted with {operations} open: {}; `banana apply` looks into them first, and this plan does not know what they made",
                open.join(", ")
            )?;
        }
        Err(error) => writeln!(machine.err, "`{}`: {error}", journal.display())?,
    }
    Ok(())
}

#[cfg(not(feature = "apply"))]
#[expect(clippy::unnecessary_wraps, reason = "with feature `apply` there is a journal to read")]
fn interrupted(_place: &Place, _machine: &mut Machine<'_>) -> Result<(), Failure> {
    Ok(())
}

/// How to plan, as the arguments say.
pub(crate) fn options<'w>(
    args: &PlanArgs,
    destroy: bool,
    learned: Learned,
    world: &'w dyn World,
) -> Result<Options<'w>, Failure> {
    if args.refresh_only && (destroy || !args.refresh) {
        let with = if destroy { "destroy" } else { "--refresh=false" };
        return Err(Failure::user(format!("`--refresh-only` makes no sense with `{with}`")));
    }
    let Learned { imported, drift } = learned;
    Ok(Options {
        targets: patterns("--target", &args.target)?,
        exclude: patterns("--exclude", &args.exclude)?,
        replace: patterns("--replace", &args.replace)?,
        destroy,
        refresh_only: args.refresh_only,
        drift,
        world,
        imported,
    })
}

/// Plans; the error holds what is wrong with the stack.
pub(crate) fn make(
    program: &Program<'_>,
    prior: &State,
    options: &Options<'_>,
) -> Result<Planned, Vec<Report>> {
    let broken = program.reports().iter().any(|report| report.level == Level::Error);
    if broken { Err(program.reports().to_vec()) } else { plan::plan(program, prior, options) }
}

/// Addresses as they were typed.
pub(crate) fn patterns(option: &str, texts: &[String]) -> Result<Vec<Pattern>, Failure> {
    let parse = |text: &String| {
        text.parse().map_err(|error: plan::PatternError| {
            Failure::user(format!("{option}: {error}"))
                .help("write an address such as module.web.aws_ecs_service.this[\"a\"]")
        })
    };
    texts.iter().map(parse).collect()
}

/// Prints a plan.
fn show(planned: &Planned, args: &Plan, machine: &mut Machine<'_>) -> Result<(), Failure> {
    match args.format {
        Format::Json => writeln!(machine.out, "{}", plan_json(planned))?,
        Format::Text => {
            job::tell_problems(&planned.plan.reports, &planned.stack.sources, machine)?;
            let bill = month::change(planned, &args.price, &args.stack, machine)?;
            let text = plan_text(planned, bill.as_ref(), &machine.style);
            machine.out.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}

/// Says why there is no plan.
pub(crate) fn refuse(
    reports: &[Report],
    program: &Program<'_>,
    format: Format,
    machine: &mut Machine<'_>,
) -> Result<Exit, Failure> {
    match format {
        Format::Json => writeln!(machine.out, "{}", diagnostics_json(reports, program.sources()))?,
        Format::Text => drop(job::tell_problems(reports, program.sources(), machine)?),
    }
    Ok(Exit::Error)
}

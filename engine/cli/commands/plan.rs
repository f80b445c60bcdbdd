//! `banana plan`

use crate::args::{Format, Plan, PlanArgs};
use crate::place::{Place, Question};
use crate::saved::{self, Words};
use crate::{Exit, Failure, Machine, job, state};
use plan::{Options, Pattern, Planned, State};
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
    let prior = state::prior(&program, stored, args, args.out.is_some(), machine)?;
    for note in &prior.notes {
        writeln!(machine.err, "{note}")?;
    }
    let world = job::world();
    let options = options(&args.shared, args.destroy, prior.imported, &world)?;
    let planned = match make(&program, &prior.state, &options) {
        Ok(planned) => planned,
        Err(reports) => return refuse(&reports, &program, args.format, machine),
    };
    show(&planned, args.format, machine)?;
    if let Some(out) = &args.out {
        program.defer_data(false);
        let words = Words::of(&job::resolve(&program), &args.stack, machine)?;
        let recipe = saved::recipe(&args.stack, &args.shared, &place);
        words.save(&planned, &options, &recipe, prior.asked.as_ref(), &disk.full(out))?;
        let unbound = if prior.asked.is_some() { "" } else { ", to no account" };
        writeln!(machine.err, "saved{unbound}: `banana apply {}`", out.display())?;
    }
    let changes = args.detailed_exitcode && !planned.plan.is_empty();
    Ok(if changes { Exit::Changes } else { Exit::Ok })
}

/// How to plan, as the arguments say.
pub(crate) fn options<'w>(
    args: &PlanArgs,
    destroy: bool,
    imported: BTreeMap<Address, Str>,
    world: &'w dyn World,
) -> Result<Options<'w>, Failure> {
    Ok(Options {
        targets: patterns("--target", &args.target)?,
        replace: patterns("--replace", &args.replace)?,
        destroy,
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

fn patterns(option: &str, texts: &[String]) -> Result<Vec<Pattern>, Failure> {
    let parse = |text: &String| {
        text.parse().map_err(|error: plan::PatternError| {
            Failure::user(format!("{option}: {error}"))
                .help("write an address such as module.web.aws_ecs_service.this[\"a\"]")
        })
    };
    texts.iter().map(parse).collect()
}

/// Prints a plan.
fn show(planned: &Planned, format: Format, machine: &mut Machine<'_>) -> Result<(), Failure> {
    match format {
        Format::Json => writeln!(machine.out, "{}", plan_json(planned))?,
        Format::Text => {
            job::tell_problems(&planned.plan.reports, &planned.stack.sources, machine)?;
            machine.out.write_all(plan_text(planned, &machine.style).as_bytes())?;
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

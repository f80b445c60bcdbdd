//! `banana plan`

use crate::args::{Format, Plan, PlanArgs};
use crate::{Exit, Failure, Machine, job, state};
use plan::{Options, Pattern, Planned, State};
use report::{diagnostics_json, plan_json, plan_text};
use stack::{Program, World};
use syntax::{Level, Report};

/// Shows what apply would do.
pub(crate) fn run(args: &Plan, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let disk = machine.disk();
    let program = job::load(&args.stack, &disk, machine, true)?;
    let path = state::path(&args.stack, &args.shared, machine);
    let prior = state::read(&path)?;
    let (prior, notes) = state::refreshed(&program, prior, &args.stack, &args.shared, machine)?;
    for note in notes {
        writeln!(machine.err, "{note}")?;
    }
    let world = job::world();
    match make(&program, &prior, &args.shared, args.destroy, &world)? {
        Ok(planned) => {
            show(&planned, args.format, machine)?;
            let changes = args.detailed_exitcode && !planned.plan.is_empty();
            Ok(if changes { Exit::Changes } else { Exit::Ok })
        }
        Err(reports) => refuse(&reports, &program, args.format, machine),
    }
}

/// Plans; the inner error holds what is wrong with the stack.
pub(crate) fn make(
    program: &Program<'_>,
    prior: &State,
    args: &PlanArgs,
    destroy: bool,
    world: &dyn World,
) -> Result<Result<Planned, Vec<Report>>, Failure> {
    let options = Options {
        targets: patterns("--target", &args.target)?,
        replace: patterns("--replace", &args.replace)?,
        destroy,
        world,
        ..Options::default()
    };
    let broken = program.reports().iter().any(|report| report.level == Level::Error);
    Ok(if broken { Err(program.reports().to_vec()) } else { plan::plan(program, prior, &options) })
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

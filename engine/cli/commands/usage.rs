//! `banana usage`

use crate::args::{UsageInit, UsageVerb};
use crate::{Exit, Failure, Machine, file, job};
use cost::Usage;
use cost::book::Book;
use cost::simulate::Demand;
use model::Model;
use stack::Mode;

/// Does what `banana usage` was asked for.
pub(crate) fn run(verb: &UsageVerb, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    match verb {
        UsageVerb::Init(args) => init(args, machine),
    }
}

/// Writes a file with each assumption that the stack's bill rests on.
fn init(args: &UsageInit, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let stack = job::priced(&args.stack, machine)?;
    let disk = machine.disk();
    job::tell_problems(&stack.reports, &stack.sources, machine)?;
    let usage = Usage::of(args.profile.map(Into::into).unwrap_or_default());
    let region = args.stack.region.clone().or_else(|| job::region(machine));
    let options = cost::Options { region, usage };
    let estimate = cost::estimate(&Model::new(&stack), Book::embedded(), &options);
    let used: Vec<&str> = estimate.assumptions.iter().map(|assumed| assumed.name).collect();
    let types = stack.resources.iter().map(|resource| resource.address.ty.as_str());
    let services = stack.resources.iter().map(|resource| &resource.address);
    let services = services.filter(|it| it.mode == Mode::Managed && it.ty == "aws_ecs_service");
    let services: Vec<String> = services.map(ToString::to_string).collect();
    let text = options.usage.skeleton(types, &used) + &Demand::skeleton(&services);
    let out = args.out.clone().unwrap_or_else(|| {
        let path = &args.stack.path;
        let folder = if disk.full(path).is_dir() { Some(path.as_path()) } else { path.parent() };
        folder.unwrap_or(path).join("banana-usage.toml")
    });
    if out.as_os_str() == "-" {
        machine.out.write_all(text.as_bytes())?;
        return Ok(Exit::Ok);
    }
    let full = disk.full(&out);
    if full.exists() && !args.force {
        let text = format!("`{}` is there already", out.display());
        return Err(Failure::user(text).help("--force replaces it, --out FILE writes another"));
    }
    file::replace(&full, text.as_bytes(), false)?;
    writeln!(machine.out, "wrote {}", out.display())?;
    Ok(Exit::Ok)
}

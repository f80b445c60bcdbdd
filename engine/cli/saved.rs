//! Saved plans on disk: `plan --out FILE` seals one, `apply FILE` carries out exactly that or refuses.

use crate::args::{Apply, PlanArgs, PriceArgs, StackArgs};
use crate::gate::Gate;
use crate::place::Place;
use crate::{Failure, Machine, config, file, job, price, workspace};
use check::{Finding, Verdict};
use plan::{Bound, Options, Pattern, Planned, Recipe, Saved};
use report::{Style, total_text};
use stack::{Empty, Host, Stack};
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What `apply` was told to do: a stack as the arguments say, or as a saved plan says.
#[derive(Debug)]
pub(crate) struct Order {
    /// The arguments; those of a saved plan are the ones that it was made with.
    pub(crate) args: Apply,
    /// Everything goes.
    pub(crate) destroy: bool,
    /// The plan to keep to.
    pub(crate) saved: Option<Saved>,
}

/// The account and the region that AWS answered with.
pub(crate) type Asked = (String, String);

/// What the check and the bill of a stack come to, in words that stay the same as long as they do.
pub(crate) struct Words {
    findings: String,
    estimate: String,
    region: String,
}

/// Reads what `apply` or `destroy` was told: its path may be a saved plan's.
pub(crate) fn order(
    args: &Apply,
    destroy: bool,
    machine: &mut Machine<'_>,
) -> Result<Order, Failure> {
    let path = &args.stack.path;
    let text = machine.disk().read(path).unwrap_or_default();
    if !is_saved(&text) {
        let mut args = args.clone();
        config::price(&mut args.stack, &mut args.price, None, machine)?;
        return Ok(Order { args, destroy, saved: None });
    }
    let saved = Saved::read(&text)
        .map_err(|error| Failure::user(format!("`{}`: {error}", path.display())))?;
    if destroy {
        return Err(Failure::user(format!("`{}` is a saved plan", path.display()))
            .help("carry it out with `banana apply`; `banana plan --destroy --out FILE` saves one that takes everything away"));
    }
    let PlanArgs { target, exclude, replace, refresh_only, state, .. } = &args.plan;
    let patterns = [target, exclude, replace].iter().any(|all| !all.is_empty());
    if patterns || *refresh_only || state.is_some() {
        return Err(Failure::user("a saved plan brings its own options").help(
            "leave --target, --exclude, --replace, --refresh-only and --state out, or plan again with them",
        ));
    }
    let brought = saved.options(&Empty);
    let destroy = brought.destroy;
    let mut args = args.clone();
    let texts = |all: &[Pattern]| all.iter().map(ToString::to_string).collect();
    args.plan.target = texts(&brought.targets);
    args.plan.exclude = texts(&brought.exclude);
    args.plan.replace = texts(&brought.replace);
    args.plan.refresh_only = brought.refresh_only;
    restore(&mut args, &saved, machine)?;
    Ok(Order { args, destroy, saved: Some(saved) })
}

/// The arguments that the plan was made with. Variables that are given again come last, so that one with another value is noticed.
fn restore(args: &mut Apply, saved: &Saved, machine: &mut Machine<'_>) -> Result<(), Failure> {
    let recipe = saved.recipe();
    args.stack.path = (&recipe.stack).into();
    config::price(&mut args.stack, &mut args.price, None, machine)?;
    args.stack.workspace.clone_from(&recipe.workspace);
    args.plan.state = recipe.state.as_ref().map(Into::into);
    args.plan.refresh = recipe.refresh;
    args.stack.brought = saved.arguments();
    if args.stack.region.is_none() && job::region(machine).is_none() {
        args.stack.region = Some(saved.region().to_owned()).filter(|region| !region.is_empty());
    }
    // Who made it has seen it, and it cannot go elsewhere. One that is bound to no account is asked about.
    args.auto_approve |= !saved.account().is_empty();
    Ok(())
}

fn is_saved(text: &[u8]) -> bool {
    let key = b"\"banana_plan\"";
    text.trim_ascii_start().starts_with(b"{") && text.windows(key.len()).any(|part| part == key)
}

impl Words {
    /// Judges and prices a stack by the defaults, whatever the gate of this run is.
    pub(crate) fn of(
        stack: &Stack,
        args: &StackArgs,
        machine: &mut Machine<'_>,
    ) -> Result<Self, Failure> {
        let bill =
            PriceArgs { no_cached_prices: true, allow_missing: true, ..PriceArgs::default() };
        let outcome = Gate::open_wide(args, machine)?.judge(stack, machine)?;
        let told = |f: &&Finding| f.verdict != Verdict::Pass;
        let findings: BTreeSet<String> = outcome.findings.iter().filter(told).map(line).collect();
        let findings: Vec<String> = findings.into_iter().collect();
        let estimate = price::estimate(stack, &bill, args, machine)?;
        let region = job::work_region(stack, args, machine).unwrap_or_default();
        let estimate = total_text(&estimate, &Style::default());
        Ok(Self { findings: findings.join("\n"), estimate, region })
    }

    /// Everything that a plan is bound to.
    fn bound<'a>(
        &'a self,
        recipe: &'a Recipe,
        account: &'a str,
        region: &'a str,
        planned: &'a Planned,
    ) -> Bound<'a> {
        Bound {
            recipe,
            sources: &planned.stack.sources,
            variables: &planned.stack.variables,
            findings: &self.findings,
            estimate: &self.estimate,
            account,
            region,
            plan: &planned.plan,
        }
    }

    /// Seals a plan and puts it on disk, for its owner only.
    pub(crate) fn save(
        &self,
        planned: &Planned,
        options: &Options<'_>,
        recipe: &Recipe,
        asked: Option<&Asked>,
        path: &Path,
    ) -> Result<(), Failure> {
        let (account, region) =
            asked.map_or(("", self.region.as_str()), |(a, r)| (a.as_str(), r.as_str()));
        let saved = Saved::new(&self.bound(recipe, account, region, planned), options);
        write(path, &saved.write())
    }

    /// Refuses unless everything that the saved plan is bound to is still as it was. A plan that is bound to no account is held to the region
    /// that the stack and the arguments say.
    pub(crate) fn verify(
        &self,
        saved: &Saved,
        planned: &Planned,
        options: &Options<'_>,
        recipe: &Recipe,
        asked: Option<&Asked>,
    ) -> Result<(), Failure> {
        let unbound = saved.account().is_empty();
        let (account, region) = match asked {
            Some((account, region)) if !unbound => (account.as_str(), region.as_str()),
            _ if unbound => ("", self.region.as_str()),
            _ => (saved.account(), saved.region()),
        };
        let moved = saved.verify(&self.bound(recipe, account, region, planned), options);
        moved.map_err(|moved| {
            let lines: Vec<String> = moved.iter().map(ToString::to_string).collect();
            let lines = lines.join("\n  - ");
            Failure::user(format!(
                "not applied: this is not what was planned any more\n  - {lines}"
            ))
            .help("plan again, look at the new plan, and apply that")
        })
    }
}

/// The recipe of a plan that is made with these arguments.
pub(crate) fn recipe(
    stack: &StackArgs,
    args: &PlanArgs,
    place: &Place,
    machine: &Machine<'_>,
) -> Recipe {
    Recipe {
        stack: stack.path.display().to_string(),
        workspace: workspace::of(&stack.workspace, &stack.path, machine),
        state: args.state.as_ref().map(|path| path.display().to_string()),
        place: place.address(),
        refresh: args.refresh,
    }
}

/// A finding without what may change while it stays the same.
fn line(finding: &Finding) -> String {
    let verdict = match (&finding.suppressed, finding.verdict) {
        (Some(_), _) => "suppressed",
        (None, Verdict::Unknown) => "unknown",
        (None, _) => "fail",
    };
    format!("{} {} {verdict} {}", finding.rule, finding.address, finding.fingerprint)
}

/// Writes a plan for its owner only. A file that is something else is not overwritten.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Ok(text) if is_saved(&text) => {}
        _ => {
            return Err(Failure::user(format!(
                "`{}` is there already, and is no saved plan",
                path.display()
            ))
            .help("give --out another name"));
        }
    }
    file::replace(path, bytes, true)
}

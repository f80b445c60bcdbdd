//! From a program and a state to a plan.

mod changes;
mod destroy;
mod needs;
mod outputs;
mod refreshed;
mod rules;
mod scope;

pub(crate) use changes::keeps;
pub use changes::show;

use crate::world::{self, Fate, Prior, Rules};
use crate::{Object, Options, Plan, State, moved};
use stack::{Address, Program, Stack, Str, Value};
use std::collections::{BTreeMap, BTreeSet};
use syntax::{Level, Report};

/// A plan, and the stack it comes from.
#[derive(Debug)]
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// The stack as resolved against what exists.
    pub stack: Stack,
}

/// What one plan is made from.
struct Draft<'a> {
    options: &'a Options<'a>,
    stack: Stack,
    state: State,
    moves: BTreeMap<Address, Address>,
    imported: BTreeMap<Address, Str>,
    rules: Rules,
    fates: BTreeMap<Address, Fate>,
}

/// Rules are found by resolving, and resolving follows the rules: this often at most. Each round but the last finds a new object to replace or
/// to leave alone, and chains of `replace_triggered_by` are short.
const ROUNDS: usize = 32;

/// Plans how to get from `prior` (as last read) to what the program says. `Err` holds what is wrong with the stack, all of it.
pub fn plan(
    program: &Program<'_>,
    prior: &State,
    options: &Options<'_>,
) -> Result<Planned, Vec<Report>> {
    let mut state = prior.clone();
    let mut moves = BTreeMap::new();
    let mut imported = options.imported.clone();
    let mut rules = Rules::default();
    let mut moving = true;
    for _ in 0..ROUNDS {
        let objects = world::objects(&state).map_err(|wrong| {
            let (address, error) = *wrong;
            let message = format!("the state's object `{address}` does not fit its schema: {error}");
            vec![Report::error("bad-state-object", message).help(
                "it was written by another version of the AWS provider: run `terraform apply -refresh-only` once",
            )]
        })?;
        let prior_world = Prior::new(&objects, &rules, options.world);
        let mut stack = program.resolve(&prior_world);
        let fates = prior_world.fates();
        let pardoned = scope::pardoned(&mut stack, options);
        refuse(&stack, &pardoned)?;
        if moving {
            moving = false;
            (state, moves) = moved::apply(&stack, prior)?;
            let before = imported.len();
            import_builtin(&stack, &mut state, &mut imported);
            if !options.destroy {
                unread_imports(&stack, &state)?;
            }
            if !moves.is_empty() || imported.len() > before {
                continue;
            }
        }
        let draft = Draft { options, stack, state, moves, imported, rules, fates };
        let found = rules::found(&draft);
        if found == draft.rules {
            scope::named(program, &draft)?;
            return match (options.refresh_only, options.destroy) {
                (true, _) => Ok(refreshed::finish(draft)),
                (_, true) => destroy::finish(draft),
                _ => changes::finish(draft),
            };
        }
        (state, moves, imported, rules) = (draft.state, draft.moves, draft.imported, found);
    }
    Err(vec![Report::error(
        "endless-triggers",
        "`replace_triggered_by` does not settle: resources trigger each other's replacement",
    )])
}

/// A stack with errors has no plan, nor has one with a number of instances that is not known, unless it is `pardoned`.
fn refuse(stack: &Stack, pardoned: &BTreeSet<Address>) -> Result<(), Vec<Report>> {
    let mut reports: Vec<Report> = stack.reports.clone();
    let mut last = None;
    let outside = |r: &stack::Resource| pardoned.contains(&*r.address);
    for resource in stack.resources.iter().filter(|r| r.symbolic && !outside(r)) {
        if last != Some(resource.header) {
            last = Some(resource.header);
            let message = format!(
                "how many instances `{}` has depends on values that are only known when applied",
                resource.address
            );
            reports.push(
                Report::error("unknown-repetition", message)
                    .at(resource.header, "`count` or `for_each` is not known")
                    .help("use values that the configuration itself decides, or apply with `-target` first"),
            );
        }
    }
    for import in stack.statements.imports.iter().filter(|i| stack.find(&i.to).is_none()) {
        let message = format!(
            "`{}` is to be imported, but the configuration has no such resource",
            import.to
        );
        let help = "write its `resource` block";
        reports.push(
            Report::error("import-without-resource", message)
                .at(import.header, "imported here")
                .help(help),
        );
    }
    if reports.iter().any(|r| r.level == Level::Error) { Err(reports) } else { Ok(()) }
}

/// An object to be imported that nobody has read would be planned as a new one: a second object beside the first.
fn unread_imports(stack: &Stack, state: &State) -> Result<(), Vec<Report>> {
    let unread = stack.statements.imports.iter().filter(|i| state.current(&i.to).is_none());
    let report = |import: &stack::Import| {
        let message = format!("`{}` is to be imported, and AWS was not asked for it", import.to);
        Report::error("import-not-read", message)
            .at(import.header, "imported here")
            .help("plan with credentials: what exists must be read first")
    };
    let reports: Vec<Report> = unread.map(report).collect();
    if reports.is_empty() { Ok(()) } else { Err(reports) }
}

/// `terraform_data` is Terraform's own and lives in the state alone: importing it asks nobody.
fn import_builtin(stack: &Stack, state: &mut State, imported: &mut BTreeMap<Address, Str>) {
    for import in stack.statements.imports.iter().filter(|i| i.to.ty == "terraform_data") {
        let id = import.id.as_ref().and_then(Value::as_str);
        if let Some(id) = id.filter(|_| state.current(&import.to).is_none()) {
            let object = Object::new(0, &Value::object([("id", Value::string(id))]));
            state.put(&import.to, "", object);
            imported.insert(import.to.clone(), id.into());
        }
    }
}

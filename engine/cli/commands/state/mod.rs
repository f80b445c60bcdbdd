//! `banana state`: what the state holds, and how a person rearranges it.

mod list;
#[cfg(feature = "apply")]
mod rearrange;
mod show;
#[cfg(feature = "apply")]
mod transfer;

use crate::args::StackArgs;
use crate::place::{Place, Question};
use crate::state_args::{StateArgs, StateVerb};
use crate::variables::Variables;
use crate::{Exit, Failure, Machine, job};
use plan::Pattern;

/// Runs one of its verbs.
pub(crate) fn run(verb: &StateVerb, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    match verb {
        StateVerb::List(args) => list::run(args, machine),
        StateVerb::Show(args) => show::run(args, machine),
        #[cfg(feature = "apply")]
        StateVerb::Mv(args) => rearrange::mv(args, machine),
        #[cfg(feature = "apply")]
        StateVerb::Rm(args) => rearrange::rm(args, machine),
        #[cfg(feature = "apply")]
        StateVerb::Pull(args) => transfer::pull(args, machine),
        #[cfg(feature = "apply")]
        StateVerb::Push(args) => transfer::push(args, machine),
        #[cfg(not(feature = "apply"))]
        _ => Err(Failure::user("this build of banana cannot lock a state")
            .help("build it with the default features")),
    }
}

/// Where the state is. A file that is named needs no stack, nor does one where Terraform keeps it by default.
pub(crate) fn place(args: &StateArgs, machine: &mut Machine<'_>) -> Result<Place, Failure> {
    let question = Question {
        path: &args.stack,
        workspace: &args.workspace,
        state: args.state.as_deref(),
        backend_config: &args.backend_config,
    };
    let disk = machine.disk();
    if let Some(path) = question.state {
        return Ok(Place::File(disk.full(path)));
    }
    let stack = StackArgs {
        path: args.stack.clone(),
        variables: Variables::default(),
        brought: Vec::new(),
        workspace: args.workspace.clone(),
        region: None,
        config: None,
        no_config: true,
    };
    match job::load(&stack, &disk, machine, true) {
        Ok(program) => Place::of(&program, question, machine),
        Err(none) => {
            let file = disk.full(&args.stack).join("terraform.tfstate");
            if file.exists() { Ok(Place::File(file)) } else { Err(none) }
        }
    }
}

/// Addresses as they were typed.
fn patterns(texts: &[String]) -> Result<Vec<Pattern>, Failure> {
    let parse = |text: &String| {
        text.parse().map_err(|error: plan::PatternError| {
            Failure::user(error.to_string())
                .help("write an address such as module.web.aws_ecs_service.this[\"a\"]")
        })
    };
    texts.iter().map(parse).collect()
}

/// What to say when nothing is at an address.
fn nothing(text: &str, place: &Place) -> Failure {
    let place = place.name();
    Failure::user(format!("{place} holds nothing at `{text}`"))
        .help("`banana state list` names what it holds")
}

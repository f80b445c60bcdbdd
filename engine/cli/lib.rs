//! The program `banana`: arguments to a job to an exit code.
//!
//! The only room with a terminal, an environment, a home folder and a clock. [`run`] takes all of that as a [`Machine`], so that the
//! tests run whole commands in process.

mod args;
mod backend;
#[cfg(feature = "apply")]
mod bucket;
mod cache;
mod change;
#[cfg(feature = "apply")]
mod cloud;
mod commands;
mod config;
mod exit;
mod failure;
mod file;
mod fixing;
mod gate;
mod job;
mod judged;
mod known;
#[cfg(feature = "apply")]
mod locking;
mod machine;
mod month;
mod place;
mod price;
#[cfg(feature = "apply")]
mod progress;
mod revision;
mod roots;
mod rulebook;
mod saved;
mod simulate;
mod spelling;
mod state;
mod state_args;
mod variables;
#[cfg(feature = "apply")]
mod voice;
mod workspace;

pub use exit::Exit;
pub use failure::Failure;
pub use machine::{Disk, Machine};

use args::{Cli, Colour, Command, Cost};
use clap::Parser;
use report::Paint;

/// Runs one command line; the first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = String>, machine: &mut Machine<'_>) -> Exit {
    let cli = match Cli::try_parse_from(spelling::normalise(arguments)) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, machine),
    };
    match cli.color {
        Colour::Always => machine.style.colour = true,
        Colour::Never => machine.style.colour = false,
        Colour::Auto => machine.style.colour &= !cli.no_color,
    }
    machine.style.narrated |= cli.narrated;
    if let Some(folder) = &cli.chdir {
        machine.folder = machine.disk().full(folder);
    }
    let done = match cli.command {
        Command::Check(args) => commands::check::run(&args, machine),
        Command::Usage(args) => commands::usage::run(&args.verb, machine),
        Command::Baseline(args) => commands::baseline::run(&args, machine),
        Command::Cost(mut args) => {
            let Cost { stack, price, fail_if_increase, .. } = &mut args;
            config::price(stack, price, Some(fail_if_increase), machine)
                .and_then(|()| commands::cost::run(&args, machine))
        }
        Command::Plan(mut args) => config::price(&mut args.stack, &mut args.price, None, machine)
            .and_then(|()| commands::plan::run(&args, machine)),
        Command::Apply(args) => commands::apply::run(&args, false, machine),
        Command::Destroy(args) => commands::apply::run(&args, true, machine),
        Command::State(args) => commands::state::run(&args.verb, machine),
        Command::Unlock(args) => commands::unlock::run(&args, machine),
        Command::Explain(args) => commands::explain::run(&args, machine),
        Command::Rules(args) => commands::rules::run(&args, machine),
        Command::Prices(args) => commands::prices::run(&args, machine),
        Command::Eval(args) => {
            let (disk, root) = (machine.disk(), machine.disk().full(&args.root));
            commands::eval::run(&mut *machine.input, &mut *machine.out, &root, &disk)
                .map(|()| Exit::Ok)
                .map_err(Failure::from)
        }
        Command::Version => writeln!(machine.out, "banana {}", env!("CARGO_PKG_VERSION"))
            .map(|()| Exit::Ok)
            .map_err(Failure::from),
    };
    match done.and_then(|exit| machine.out.flush().map(|()| exit).map_err(Failure::from)) {
        Ok(exit) | Err(Failure::Told(exit)) => exit,
        Err(failure) => tell(&failure, machine),
    }
}

/// Says why a command stopped.
fn tell(failure: &Failure, machine: &mut Machine<'_>) -> Exit {
    let (help, exit) = match failure {
        Failure::User { help, exit, .. } => (help.as_deref(), *exit),
        Failure::Told(exit) => (None, *exit),
        Failure::BrokenPipe => return Exit::Ok,
        Failure::Stream(_) => (None, Exit::Error),
    };
    let error = machine.style.paint(Paint::Red, "error");
    let mut text = format!("{error}: {failure}\n");
    if let Some(help) = help {
        text = format!("{text}{}: {help}\n", machine.style.paint(Paint::Cyan, "help"));
    }
    // Nobody is left to hear of a standard error that does not work.
    drop(machine.err.write_all(text.as_bytes()));
    exit
}

/// `--help` and `--version` are products; everything else clap says is a mistake of usage.
fn usage(error: &clap::Error, machine: &mut Machine<'_>) -> Exit {
    let text = if machine.style.colour {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    let asked = !error.use_stderr();
    let stream = if asked { &mut machine.out } else { &mut machine.err };
    // The reader may be gone; the exit code still says what happened.
    drop(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()));
    if asked { Exit::Ok } else { Exit::Error }
}

//! `banana state mv` and `banana state rm`: under the lock, with the state before kept as the backup.

use super::{nothing, patterns, place};
use crate::place::Place;
use crate::state_args::{StateArgs, StateMove, StateRemove};
use crate::{Exit, Failure, Machine, locking, state};
use ::apply::Session;
use plan::State;
use tokio::runtime::Runtime;

/// Gives objects another address.
pub(super) fn mv(args: &StateMove, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let ends = patterns(&[args.from.clone(), args.to.clone()])?;
    let place = place(&args.state, machine)?;
    let change = |state: &mut State, machine: &mut Machine<'_>| {
        let [from, to] = ends.as_slice() else { return Ok(0) };
        let moved = state.rename(from, to).map_err(|error| Failure::user(error.to_string()))?;
        for (old, new) in &moved {
            writeln!(machine.out, "{old} -> {new}")?;
        }
        Ok(moved.len())
    };
    rearrange(&place, &args.state, args.dry_run, "moved", change, machine)
}

/// Forgets objects; in AWS they stay as they are.
pub(super) fn rm(args: &StateRemove, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let wanted = patterns(&args.addresses)?;
    let place = place(&args.state, machine)?;
    let change = |state: &mut State, machine: &mut Machine<'_>| {
        for (pattern, text) in wanted.iter().zip(&args.addresses) {
            if !state.instances.keys().any(|address| pattern.covers(address)) {
                return Err(nothing(text, &place));
            }
        }
        let gone = state.forget(&wanted);
        for address in &gone {
            writeln!(machine.out, "{address}")?;
        }
        Ok(gone.len())
    };
    rearrange(
        &place,
        &args.state,
        args.dry_run,
        "forgotten; in AWS nothing was touched",
        change,
        machine,
    )
}

fn rearrange(
    place: &Place,
    args: &StateArgs,
    dry_run: bool,
    done: &str,
    change: impl Fn(&mut State, &mut Machine<'_>) -> Result<usize, Failure>,
    machine: &mut Machine<'_>,
) -> Result<Exit, Failure> {
    if dry_run {
        let count = change(&mut place.read()?, machine)?;
        writeln!(machine.err, "{count} would be {done}")?;
        return Ok(Exit::Ok);
    }
    under_lock(place, args, machine, |session, runtime, machine| {
        if session.unfinished() > 0 {
            let text = "an interrupted apply left operations without an end, which the journal knows by their addresses";
            return Err(Failure::user(text).help("run `banana apply` first: it looks into them"));
        }
        let mut state = session.state().clone();
        let count = change(&mut state, machine)?;
        runtime.block_on(session.keep(&state)).map_err(|error| state::broken(&error))?;
        writeln!(machine.err, "{count} {done} (serial {})", session.state().serial)?;
        Ok(Exit::Ok)
    })
}

/// Does something to a state while nobody else does.
fn under_lock(
    place: &Place,
    args: &StateArgs,
    machine: &mut Machine<'_>,
    work: impl FnOnce(&mut Session, &Runtime, &mut Machine<'_>) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let runtime = locking::runtime()?;
    let operation = "OperationTypeState";
    let mut session = locking::session(place, &runtime, operation, args.lock_timeout, machine)?;
    let undisturbed = locking::give_back_on_interrupt(&runtime, session.store());
    let done = work(&mut session, &runtime, machine);
    undisturbed.abort();
    let closed = runtime.block_on(session.close());
    let exit = done?;
    closed.map_err(|error| state::broken(&error))?;
    Ok(exit)
}

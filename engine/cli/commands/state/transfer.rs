//! `banana state pull` and `banana state push`: the state as one text, from where it is kept and to there.

use super::place;
use super::rearrange::under_lock;
use crate::args::{StatePull, StatePush};
use crate::{Exit, Failure, Machine, locking, state};
use plan::State;
use stack::Host;
use std::path::Path;

/// Prints the state, byte by byte; nothing where there is none.
pub(super) fn pull(args: &StatePull, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let place = place(&args.state, machine)?;
    let runtime = locking::runtime()?;
    let store = locking::store(&place, &runtime)?;
    let bytes = runtime.block_on(store.read()).map_err(|error| state::broken(&error))?;
    machine.out.write_all(&bytes.unwrap_or_default())?;
    Ok(Exit::Ok)
}

/// Replaces the state by one from a file, unless that would lose something.
pub(super) fn push(args: &StatePush, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let new = read(&args.file, machine)?;
    let place = place(&args.state, machine)?;
    under_lock(&place, &args.state, machine, |session, runtime, machine| {
        let old = session.state();
        if !args.force {
            allowed(&new, old, &place.name())?;
        }
        let same = State { serial: old.serial, ..new.clone() } == *old;
        if same {
            writeln!(machine.err, "{} is the same already", place.name())?;
            return Ok(Exit::Ok);
        }
        // Storing it adds one: a plan that was made from the state before is stale, whichever serial was the higher one.
        let state = State { serial: old.serial.max(new.serial.saturating_sub(1)), ..new };
        runtime.block_on(session.keep(&state)).map_err(|error| state::broken(&error))?;
        let (count, serial) = (state.objects().count(), session.state().serial);
        writeln!(machine.err, "{} holds {count} objects now (serial {serial})", place.name())?;
        Ok(Exit::Ok)
    })
}

fn read(path: &Path, machine: &mut Machine<'_>) -> Result<State, Failure> {
    let (bytes, name) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        machine.input.read_to_end(&mut bytes)?;
        (bytes, "standard input".to_owned())
    } else {
        let bytes = machine
            .disk()
            .read(path)
            .map_err(|error| Failure::user(format!("cannot read `{}`: {error}", path.display())))?;
        (bytes, format!("`{}`", path.display()))
    };
    if bytes.trim_ascii().is_empty() {
        return Err(Failure::user(format!("{name} is empty, and no state")));
    }
    State::read(&bytes).map_err(|error| Failure::user(format!("{name}: {error}")))
}

/// Refuses a state of another stack, and one that is older than what is there.
fn allowed(new: &State, old: &State, place: &str) -> Result<(), Failure> {
    if old.is_new() {
        return Ok(());
    }
    if new.lineage != old.lineage {
        let text = format!(
            "{place} is another state: its lineage is {}, and the one to push has {}",
            old.lineage, new.lineage
        );
        return Err(Failure::user(text)
            .help("--force overwrites it; `banana state pull` first keeps a copy"));
    }
    if new.serial < old.serial {
        let text = format!(
            "{place} is newer: its serial is {}, and the one to push has {}",
            old.serial, new.serial
        );
        return Err(Failure::user(text)
            .help("look at what changed with `banana state pull`; --force overwrites it"));
    }
    Ok(())
}

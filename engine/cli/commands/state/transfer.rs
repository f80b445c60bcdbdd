//! `banana state pull` and `banana state push`: the state as one text, from where it is kept and to there.

use super::place;
use crate::place::Place;
use crate::state_args::{StatePull, StatePush};
use crate::{Exit, Failure, Machine, locking, state};
use ::apply::Store;
use plan::State;
use stack::Host;
use std::path::Path;
use std::sync::Arc;

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
    let runtime = locking::runtime()?;
    let store = locking::store_to_lock(&place, &runtime)?;
    let info = locking::info("OperationTypeStatePush", &place, machine);
    let patience = args.state.lock_timeout;
    locking::waiting(&runtime, patience, machine, || store.lock(&info))?;
    let undisturbed = locking::give_back_on_interrupt(&runtime, Arc::clone(&store));
    let done = runtime.block_on(replace(&*store, new, args.force, &place));
    undisturbed.abort();
    let freed = runtime.block_on(store.unlock());
    let told = done?;
    freed.map_err(|error| state::broken(&error))?;
    writeln!(machine.err, "{told}")?;
    Ok(Exit::Ok)
}

/// Stores it in place of what is there; what came of it, in words.
async fn replace(
    store: &dyn Store,
    new: State,
    force: bool,
    place: &Place,
) -> Result<String, Failure> {
    let bytes = store.read().await.map_err(|error| state::broken(&error))?.unwrap_or_default();
    let old = State::read(&bytes);
    let name = place.name();
    let serial = match &old {
        Ok(old) => {
            if !force {
                allowed(&new, old, &name)?;
            }
            if new == *old {
                return Ok(format!("{name} is the same already"));
            }
            old.serial
        }
        Err(error) if !force => {
            let text = format!("{name}: {error}");
            return Err(Failure::user(text).help("--force overwrites it"));
        }
        Err(_) => 0,
    };
    // A plan that was made from the state before is stale, whichever serial was the higher one.
    let state = State { serial: new.serial.max(serial + 1), ..new };
    store.write(state.write()).await.map_err(|error| state::broken(&error))?;
    Ok(format!("{name} holds {} objects now (serial {})", state.objects().count(), state.serial))
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

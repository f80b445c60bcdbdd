//! `banana unlock`: takes away a lock that a run left which is gone.

use crate::state_args::Unlock;
use crate::{Exit, Failure, Machine};

/// A build without locks has none to take away.
#[cfg(not(feature = "apply"))]
pub(crate) fn run(_args: &Unlock, _machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    Err(Failure::user("this build of banana cannot lock a state")
        .help("build it with the default features"))
}

#[cfg(feature = "apply")]
pub(crate) use locks::run;

#[cfg(feature = "apply")]
mod locks {
    use super::{Exit, Failure, Machine, Unlock};
    use crate::commands::state::place;
    use crate::place::Place;
    use crate::{locking, state};
    use ::apply::{LocalStore, LockInfo, Paths, StoreError};

    /// Runs it.
    pub(crate) fn run(args: &Unlock, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
        let place = place(&args.state, machine)?;
        let name = place.name();
        match &place {
            Place::File(path) => {
                let store = LocalStore::new(Paths::beside(path));
                let Some(left) = store.abandoned().map_err(|error| alive(&error))? else {
                    return free(&name, machine);
                };
                if agreed(args, &left, &name, machine)? {
                    store.clear().map_err(|error| alive(&error))?;
                    writeln!(machine.err, "{name} is not locked any more")?;
                    return Ok(Exit::Ok);
                }
            }
            Place::Bucket(bucket) => {
                let runtime = locking::runtime()?;
                let store = runtime.block_on(bucket.connect())?;
                let holder =
                    runtime.block_on(store.holder()).map_err(|error| state::broken(&error))?;
                let Some(holder) = holder else { return free(&name, machine) };
                if store.is_alive_here(&holder) {
                    let error = StoreError::Locked { place: name, info: Box::new(holder) };
                    return Err(alive(&error));
                }
                if agreed(args, &holder, &name, machine)? {
                    runtime.block_on(store.remove_lock()).map_err(|error| state::broken(&error))?;
                    writeln!(machine.err, "{name} is not locked any more")?;
                    return Ok(Exit::Ok);
                }
            }
            Place::Elsewhere(_) => {
                return Err(place.elsewhere().unwrap_or(Failure::Told(Exit::Error)));
            }
        }
        writeln!(machine.err, "nothing was done")?;
        Ok(Exit::Error)
    }

    fn free(name: &str, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
        writeln!(machine.err, "{name} is not locked")?;
        Ok(Exit::Ok)
    }

    /// A run that lives gives its lock back itself.
    fn alive(error: &StoreError) -> Failure {
        let failure = state::broken(error);
        match error {
            StoreError::Locked { .. } => failure
                .exit(Exit::Locked)
                .help("that run is alive: its lock goes when it ends, and Ctrl-C ends it safely"),
            _ => failure,
        }
    }

    /// Says whose lock it is, and asks, unless told not to.
    fn agreed(
        args: &Unlock,
        info: &LockInfo,
        name: &str,
        machine: &mut Machine<'_>,
    ) -> Result<bool, Failure> {
        if let Some(id) = args.id.as_ref().filter(|id| **id != info.id) {
            let text = format!("{name} has another lock than {id}: {}", described(info));
            return Err(Failure::user(text).help("somebody took the lock meanwhile: look again"));
        }
        writeln!(machine.err, "{name} is locked: {}", described(info))?;
        if args.force {
            return Ok(true);
        }
        if !machine.interactive {
            return Err(Failure::user("nobody is at the terminal to say yes").help("pass --force"));
        }
        write!(machine.err, "take the lock away? only `yes` goes on: ")?;
        machine.err.flush()?;
        let mut answer = String::new();
        machine.input.read_line(&mut answer)?;
        Ok(answer.trim() == "yes")
    }

    fn described(info: &LockInfo) -> String {
        let LockInfo { who, created, id, .. } = info;
        format!("{who} has been {} since {created} ({id})", info.doing())
    }
}

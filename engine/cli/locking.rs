//! Taking the lock of a state: who we are, how long to wait, and giving it back when a person changes their mind.

use crate::place::Place;
use crate::{Exit, Failure, Machine};
use ::apply::{Clock, LocalStore, LockInfo, Paths, Session, SessionError, Store, StoreError};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// What the lock says about us. `operation`: `OperationTypeApply`.
pub(crate) fn info(operation: &str, place: &Place, machine: &Machine<'_>) -> LockInfo {
    let who = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| machine.var(name));
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let host = host.as_deref().map(str::trim).or_else(|| machine.var("HOSTNAME"));
    let path = match place {
        Place::File(path) => path.display().to_string(),
        _ => place.address().unwrap_or_default().trim_start_matches("s3://").to_owned(),
    };
    LockInfo {
        operation: operation.to_owned(),
        who: format!("{}@{}", who.unwrap_or("somebody"), host.unwrap_or("this-machine")),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        created: jiff::Timestamp::now().to_string(),
        path,
        ..LockInfo::default()
    }
    .with_new_id()
}

/// Where calls run that need no provider.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.map_err(|error| Failure::user(format!("cannot start a thread: {error}")))
}

/// The state under lock, and the journal beside the stack.
pub(crate) fn session(
    place: &Place,
    runtime: &Runtime,
    operation: &str,
    patience: Duration,
    machine: &mut Machine<'_>,
) -> Result<Session, Failure> {
    let info = info(operation, place, machine);
    match place {
        Place::File(path) => {
            let paths = Paths::beside(make_room(path)?);
            waiting(runtime, patience, machine, || Session::local(&paths, &info, Clock::system()))
        }
        Place::Bucket(bucket) => {
            bucket.make_room()?;
            let store: Arc<dyn Store> = Arc::new(runtime.block_on(bucket.connect())?);
            let journal = bucket.journal();
            let start = || Session::start(Arc::clone(&store), &journal, &info, Clock::system());
            let session = waiting(runtime, patience, machine, start)?;
            if let Err(stranger) = bucket.is_no_stranger(session.state()) {
                // The first error is the one to tell.
                let _ = runtime.block_on(session.close());
                return Err(stranger);
            }
            Ok(session)
        }
        Place::Elsewhere(_) => Err(place.elsewhere().unwrap_or(Failure::Told(Exit::Error))),
    }
}

/// A store that is not locked.
pub(crate) fn store(place: &Place, runtime: &Runtime) -> Result<Arc<dyn Store>, Failure> {
    Ok(match place {
        Place::File(path) => Arc::new(LocalStore::new(Paths::beside(path))),
        Place::Bucket(bucket) => Arc::new(runtime.block_on(bucket.connect())?),
        Place::Elsewhere(_) => return Err(place.elsewhere().unwrap_or(Failure::Told(Exit::Error))),
    })
}

/// The same, with room for what is written.
pub(crate) fn store_to_lock(place: &Place, runtime: &Runtime) -> Result<Arc<dyn Store>, Failure> {
    match place {
        Place::File(path) => drop(make_room(path)?),
        Place::Bucket(bucket) => bucket.make_room()?,
        Place::Elsewhere(_) => {}
    }
    store(place, runtime)
}

/// A workspace's first state has no folder yet.
fn make_room(path: &Path) -> Result<&Path, Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::user(format!("`{}` cannot be made: {error}", folder.display()))
        })?;
    }
    Ok(path)
}

/// What cannot be had because of a lock.
pub(crate) trait Contended: std::fmt::Display {
    /// The lock's holder, when that is why.
    fn holder(&self) -> Option<&LockInfo>;
}

impl Contended for SessionError {
    fn holder(&self) -> Option<&LockInfo> {
        Self::holder(self)
    }
}

impl Contended for StoreError {
    fn holder(&self) -> Option<&LockInfo> {
        match self {
            Self::Locked { info, .. } => Some(info),
            _ => None,
        }
    }
}

/// Tries for as long as `patience` says, with Terraform's pauses: 1, 2, 4, 8 seconds, then 16 each time.
pub(crate) fn waiting<T, E: Contended, F: Future<Output = Result<T, E>>>(
    runtime: &Runtime,
    patience: Duration,
    machine: &mut Machine<'_>,
    attempt: impl Fn() -> F,
) -> Result<T, Failure> {
    let start = Instant::now();
    let mut pause = Duration::from_secs(1);
    loop {
        let error = match runtime.block_on(attempt()) {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let left = patience.saturating_sub(start.elapsed());
        if error.holder().is_none() || left.is_zero() {
            return Err(locked(&error, patience));
        }
        if pause == Duration::from_secs(1) {
            writeln!(machine.err, "waiting: {error}")?;
        }
        std::thread::sleep(pause.min(left));
        pause = (pause * 2).min(Duration::from_secs(16));
    }
}

/// The lock's holder with what to do, or whatever else is wrong.
fn locked(error: &dyn Contended, patience: Duration) -> Failure {
    let failure = Failure::user(error.to_string());
    let Some(holder) = error.holder() else { return failure };
    let wait = if patience.is_zero() { "wait for that run with --lock-timeout=5m" } else { "wait" };
    let help = match holder.id.as_str() {
        "" => format!("{wait}, or end it"),
        id => format!("{wait}; if it is gone for good, `banana unlock {id}` takes its lock away"),
    };
    failure.exit(Exit::Locked).help(help)
}

/// Gives the lock back when the process is asked to end before anything was touched, and ends it.
pub(crate) fn give_back_on_interrupt(runtime: &Runtime, store: Arc<dyn Store>) -> JoinHandle<()> {
    runtime.spawn(async move {
        interrupted().await;
        // A lock that stays is told by whoever meets it.
        let _ = store.unlock().await;
        leave();
    })
}

#[expect(clippy::exit, reason = "the main thread may be waiting for an answer at the terminal")]
fn leave() -> ! {
    std::process::exit(Exit::Interrupted.code().into())
}

/// Returns when the process is asked to end: Ctrl-C, or the signal by which CI servers and service managers ask.
#[cfg(unix)]
pub(crate) async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let ends = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = ends => {}
    }
}

/// Returns when the process is asked to end.
#[cfg(not(unix))]
pub(crate) async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}

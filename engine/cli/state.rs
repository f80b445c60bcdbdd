//! A stack's state as a plan sees it.

use crate::args::Plan;
use crate::commands::plan::Learned;
use crate::saved::Asked;
use crate::{Failure, Machine};
use plan::{Drift, State};
use stack::{Address, Program, Str};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// Reads a state file; one that is not there holds nothing.
pub(crate) fn read(path: &Path) -> Result<State, Failure> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            return Err(Failure::user(format!("cannot read `{}`: {error}", path.display())));
        }
    };
    State::read(&bytes).map_err(|error| {
        Failure::user(format!("`{}`: {error}", path.display()))
            .help("the state is left as it is; the one before the last run is beside it, with the ending .backup")
    })
}

/// What to say when a state is out of reach.
#[cfg(feature = "apply")]
pub(crate) fn broken(error: &apply::StoreError) -> Failure {
    Failure::user(error.to_string())
}

/// What a plan starts from.
#[derive(Debug)]
pub(crate) struct Prior {
    /// The state, with every object as AWS has it now.
    pub(crate) state: State,
    /// What `import` blocks took into it, with the ids.
    pub(crate) imported: BTreeMap<Address, Str>,
    /// What changed behind the state's back.
    pub(crate) drift: Vec<Drift>,
    /// What there is to say about the reading, a line each.
    pub(crate) notes: Vec<String>,
    /// Account and region, when AWS was asked.
    pub(crate) asked: Option<Asked>,
    /// The connection, when AWS was asked: data sources are read through it.
    #[cfg(feature = "apply")]
    pub(crate) cloud: Option<crate::cloud::Cloud>,
}

impl Prior {
    /// What reading AWS brought beside the state, for the one plan that is made from it.
    pub(crate) fn learned(&mut self) -> Learned {
        let Self { imported, drift, .. } = self;
        Learned { imported: std::mem::take(imported), drift: std::mem::take(drift) }
    }

    /// The state as it stands.
    pub(crate) fn stored(state: State) -> Self {
        let (imported, drift, notes) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self {
            state,
            imported,
            drift,
            notes,
            asked: None,
            #[cfg(feature = "apply")]
            cloud: None,
        }
    }
}

/// Asks AWS what the state's objects are now, where that is wanted, and what `import` blocks name. `bind`: whom AWS takes us for matters too.
#[cfg(feature = "apply")]
pub(crate) fn prior(
    program: &Program<'_>,
    state: State,
    args: &Plan,
    bind: bool,
    machine: &mut Machine<'_>,
) -> Result<Prior, Failure> {
    let imports = crate::cloud::imports(program, &state, args.destroy);
    let asks = args.shared.refresh && (bind || state.objects().next().is_some());
    let asks = asks || !imports.is_empty();
    let looks = args.shared.refresh && crate::cloud::looks_up(program);
    if !(asks || looks) {
        return Ok(Prior::stored(state));
    }
    let state = crate::cloud::at_home(state, program);
    let connected = crate::cloud::Cloud::connect(program, &args.stack, machine)
        .and_then(|cloud| cloud.account().map(|account| (cloud, account)));
    let (cloud, account) = match connected {
        Ok(connected) => connected,
        // A first plan only looks things up, and is as good without: what they are is not known yet.
        Err(failure) if !asks => {
            let note = format!("data sources are not read: {failure}");
            return Ok(Prior { notes: vec![note], ..Prior::stored(state) });
        }
        Err(failure) => {
            return Err(failure.help("a plan that needs no credentials is made with --refresh=false: it is bound to no account"));
        }
    };
    let prior =
        cloud.prior(&state, &imports, &account, (&args.shared, apply::Listener::default()))?;
    Ok(Prior { cloud: Some(cloud), ..prior })
}

/// Without the SDK nothing can be read: the state must be taken as it is, and the caller must say so.
#[cfg(not(feature = "apply"))]
pub(crate) fn prior(
    _program: &Program<'_>,
    state: State,
    args: &Plan,
    _bind: bool,
    _machine: &mut Machine<'_>,
) -> Result<Prior, Failure> {
    if args.shared.refresh && state.objects().next().is_some() {
        return Err(Failure::user("this build of banana cannot read AWS")
            .help("plan from the state as it stands with --refresh=false, or build with the default features"));
    }
    Ok(Prior::stored(state))
}

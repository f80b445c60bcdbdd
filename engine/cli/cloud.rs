//! AWS, as the stack's provider block and the arguments say; and what its answers look like on the way.

use crate::args::{PlanArgs, StackArgs};
use crate::commands::plan::patterns;
use crate::state::Prior;
use crate::{Exit, Failure, Machine, job};
use apply::{Listener, Live, Options};
use aws::prices::Prices;
use aws::{Aws, Keys};
use cost::PriceKey;
use plan::{Account, Pattern, Provider, State};
use stack::{Address, Import, Program, Stack, Value, World};
use tokio::runtime::Runtime;

/// A connection, and the runtime that its calls run on.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(crate) aws: Aws,
    pub(crate) runtime: Runtime,
}

impl Cloud {
    /// Connects as the root module's default `aws` provider says. Makes no call yet.
    pub(crate) fn connect(
        program: &Program<'_>,
        args: &StackArgs,
        machine: &Machine<'_>,
    ) -> Result<Self, Failure> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|e| Failure::user(format!("cannot start threads: {e}")))?;
        let options = options(&job::resolve(program), args, machine);
        let aws = runtime.block_on(Aws::connect(&options)).map_err(|failure| refused(&failure))?;
        Ok(Self { aws, runtime })
    }

    /// Who asks, and where: the first call, which tells whether the credentials and the endpoint are good.
    pub(crate) fn account(&self) -> Result<Account, Failure> {
        self.runtime.block_on(self.aws.account()).map_err(|failure| refused(&failure))
    }

    /// What a plan starts from: the state with every object as it is now, where that is wanted, and with what `import` blocks name.
    pub(crate) fn prior(
        &self,
        state: &State,
        imports: &[Import],
        account: &Account,
        (args, listener): (&PlanArgs, Listener),
    ) -> Result<Prior, Failure> {
        let parallelism = args.parallelism;
        let options = Options { parallelism, listener, ..Options::default() };
        let Prior { state, drift, notes, .. } = if args.refresh {
            self.refresh(state, args, &options)?
        } else {
            Prior::stored(state.clone())
        };
        let read = self.runtime.block_on(apply::import(&self.aws, imports, &state, &options));
        let (state, imported) = read.map_err(|failures| match failures.first() {
            Some((address, failure)) => refused_of(address, failure),
            None => Failure::user("AWS cannot be read"),
        })?;
        let asked = Some((account.id.clone(), account.region.clone()));
        Ok(Prior { state, imported, drift, notes, asked, cloud: None })
    }

    /// Does work that resolves the stack, with data sources read from AWS. A read that fails for good is the error.
    pub(crate) fn reading<T>(
        &self,
        options: &Options<'_>,
        work: impl FnOnce(&dyn World) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let live = Live::new(&self.aws, self.runtime.handle().clone(), options);
        let done = work(&live);
        match live.failures().first() {
            Some((address, failure)) => Err(refused_of(address, failure)),
            None => done,
        }
    }

    /// The state with every object as it is now, and what changed behind the state's back. With `--refresh-only` and targets only they
    /// are taken as they are now.
    fn refresh(
        &self,
        state: &State,
        args: &PlanArgs,
        options: &Options<'_>,
    ) -> Result<Prior, Failure> {
        let refreshed = self.runtime.block_on(apply::refresh(&self.aws, state, options));
        let mut refreshed = refreshed.map_err(|failures| {
            let Some((address, failure)) = failures.first() else {
                return Failure::user("AWS cannot be read");
            };
            let more = match failures.len() - 1 {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            let told = refused(failure);
            Failure::user(format!("cannot read {address}: {told}{more}")).help(
                failure.help.clone().unwrap_or_else(|| {
                    "plan from the state as it stands with --refresh=false".into()
                }),
            )
        })?;
        if args.refresh_only {
            let meant = meant(args)?;
            let kept = refreshed.drift.iter().filter(|drift| !meant(&drift.address));
            for address in kept.map(|drift| &*drift.address) {
                if let Some(stored) = state.instances.get(address) {
                    refreshed.state.instances.insert(address.clone(), stored.clone());
                }
            }
            refreshed.drift.retain(|drift| meant(&drift.address));
        }
        let unread = refreshed
            .unread
            .iter()
            .map(|address| format!("not read: {address}: banana cannot read this type yet"));
        let notes = unread.collect();
        Ok(Prior { drift: refreshed.drift, notes, ..Prior::stored(refreshed.state) })
    }
}

/// Which objects `-target` and `-exclude` mean by themselves.
fn meant(args: &PlanArgs) -> Result<impl Fn(&Address) -> bool, Failure> {
    let targets = patterns("--target", &args.target)?;
    let exclude = patterns("--exclude", &args.exclude)?;
    let any = |all: &[Pattern], address: &Address| all.iter().any(|p| p.covers(address));
    Ok(move |address: &Address| {
        (targets.is_empty() || any(&targets, address)) && !any(&exclude, address)
    })
}

/// The `import` blocks that AWS must be asked about.
pub(crate) fn imports(program: &Program<'_>, state: &State, destroy: bool) -> Vec<Import> {
    let stack = job::resolve(program);
    let asks = |import: &&Import| {
        let missing = state.current(&import.to).is_none() && stack.find(&import.to).is_some();
        missing && !destroy && import.to.ty != "terraform_data"
    };
    stack.statements.imports.iter().filter(asks).cloned().collect()
}

/// What AWS lists now as the prices of these keys.
pub(crate) fn prices(
    stack: &Stack,
    args: &StackArgs,
    keys: impl IntoIterator<Item = PriceKey>,
    machine: &Machine<'_>,
) -> Result<Prices, Failure> {
    fetched(&options(stack, args, machine), keys)
}

/// The same, whatever the stack: with the credentials that the environment gives.
pub(crate) fn listed(
    region: &str,
    keys: impl IntoIterator<Item = PriceKey>,
) -> Result<Prices, Failure> {
    let region = Some(region.to_owned());
    fetched(&aws::Options { region, profile: None, endpoint: None, keys: None }, keys)
}

fn fetched(
    options: &aws::Options,
    keys: impl IntoIterator<Item = PriceKey>,
) -> Result<Prices, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Failure::user(format!("cannot start a thread: {e}")))?;
    runtime.block_on(Prices::fetch(options, keys)).map_err(|failure| refused(&failure))
}

/// What the default `aws` provider of the root module says.
fn options(stack: &Stack, args: &StackArgs, machine: &Machine<'_>) -> aws::Options {
    let provider = job::provider(stack).map(|p| &p.value);
    let say = |name: &str| provider?.get(name).and_then(Value::as_str).map(str::to_owned);
    let keys = say("access_key").zip(say("secret_key"));
    aws::Options {
        region: job::work_region(stack, args, machine),
        profile: say("profile"),
        endpoint: None,
        keys: keys.map(|(access, secret)| Keys { access, secret, token: say("token") }),
    }
}

/// A failed call as the reason to stop before anything was touched.
pub(crate) fn refused(failure: &plan::Failure) -> Failure {
    told("", failure)
}

/// The same, where one object is concerned.
pub(crate) fn refused_of(address: &Address, failure: &plan::Failure) -> Failure {
    told(&format!("{address}: "), failure)
}

fn told(about: &str, failure: &plan::Failure) -> Failure {
    let place = if failure.operation.is_empty() {
        String::new()
    } else {
        format!(" ({})", failure.operation)
    };
    let told = Failure::user(format!("{about}{}{place}", failure.message)).exit(Exit::Error);
    match &failure.help {
        Some(help) => told.help(help.clone()),
        None => told,
    }
}

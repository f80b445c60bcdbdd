//! AWS, as the stack's provider block and the arguments say; and what its answers look like on the way.

use crate::args::{PlanArgs, StackArgs};
use crate::commands::plan::patterns;
use crate::place::folder;
use crate::state::Prior;
use crate::{Exit, Failure, Machine, job};
use apply::{Listener, Live, Options};
use aws::Fleet;
use aws::prices::Prices;
use cost::PriceKey;
use plan::{Account, Action, Change, Clouds, Pattern, Plan, State};
use stack::{Address, Import, Mode, Program, ProviderConfig, Resource, Stack, World};
use std::collections::{BTreeMap, BTreeSet};
use tokio::runtime::Runtime;

/// A connection, and the runtime that its calls run on.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(crate) fleet: Fleet,
    pub(crate) runtime: Runtime,
    /// The provider configurations that the stack's resources use.
    used: BTreeSet<String>,
}

impl Cloud {
    /// Connects as the stack's `aws` provider configurations say. Makes no call yet.
    pub(crate) fn connect(
        program: &Program<'_>,
        args: &StackArgs,
        machine: &Machine<'_>,
    ) -> Result<Self, Failure> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|e| Failure::user(format!("cannot start threads: {e}")))?;
        let stack = job::resolve(program);
        let blocks = stack.providers.iter().filter(|block| block.is_aws());
        let read_one = |block| (plan::aws_configuration(block), read(Some(block), args, machine));
        let mut configurations: BTreeMap<_, _> = blocks.map(read_one).collect();
        let used = used(&stack);
        let main = main(&used);
        let options = configurations.remove(&main);
        let options = options.unwrap_or_else(|| read(None, args, machine));
        let folder = folder(&args.path, &machine.disk());
        let fleet = runtime.block_on(Fleet::connect((&main, options), configurations, folder));
        Ok(Self { fleet: fleet.map_err(|failure| refused(&failure))?, runtime, used })
    }

    /// Who asks, and where: the first call, which tells whether the credentials and the endpoint are good.
    pub(crate) fn account(&self) -> Result<Account, Failure> {
        self.runtime.block_on(self.fleet.main().account()).map_err(|failure| refused(&failure))
    }

    /// Where the changes of a plan go that do not go to the main account and region: the provider configuration, and whom AWS takes it for.
    pub(crate) fn elsewhere(&self, plan: &Plan, main: &Account) -> Vec<(String, Account)> {
        let touches = |c: &&Change| c.action != Action::NoOp && c.address.mode == Mode::Managed;
        let names = plan.changes.iter().filter(touches).map(|c| c.provider.clone()).collect();
        self.others(&names, main)
    }

    /// Everywhere that a plan of this stack may work, in stable words: the main account, and others with their configurations.
    fn accounts(&self, main: &Account) -> String {
        let others = self.others(&self.used, main);
        let others = others.iter().map(|(name, a)| format!("; {}, {} by {name}", a.id, a.region));
        main.id.clone() + &others.collect::<String>()
    }

    fn others(&self, names: &BTreeSet<String>, main: &Account) -> Vec<(String, Account)> {
        let account = |name: &String| {
            // Those that do not work are told of where they are needed.
            let cloud = self.fleet.at(name).ok()?;
            let account = self.runtime.block_on(cloud.account()).ok()?;
            let is_main = (&account.id, &account.region) == (&main.id, &main.region);
            // Terraform's own provider works in no account.
            (!is_main && !account.id.is_empty()).then(|| (name.clone(), account))
        };
        names.iter().filter_map(account).collect()
    }

    /// What a plan starts from: the state with every object as it is now, where that is wanted, and with what `import` blocks name.
    pub(crate) fn prior(
        &self,
        state: &State,
        imports: &[(Import, String)],
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
        let read = self.runtime.block_on(apply::import(&self.fleet, imports, &state, &options));
        let (state, imported) = read.map_err(|failures| match failures.first() {
            Some((address, failure)) => refused_of(address, failure),
            None => Failure::user("AWS cannot be read"),
        })?;
        let asked = Some((self.accounts(account), account.region.clone()));
        Ok(Prior { state, imported, drift, notes, asked, cloud: None })
    }

    /// Does work that resolves the stack, with data sources read from AWS. A read that fails for good is the error.
    pub(crate) fn reading<T>(
        &self,
        options: &Options<'_>,
        work: impl FnOnce(&dyn World) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let live = Live::new(&self.fleet, self.runtime.handle().clone(), options);
        let done = work(&live);
        match live.failures().as_slice() {
            [] => done,
            [(address, failure)] => Err(refused_of(address, failure)),
            all @ [(_, first), ..] => {
                let each: Vec<_> = all.iter().map(|(a, f)| refused_of(a, f).to_string()).collect();
                let each = each.join("\n  ");
                let told =
                    Failure::user(format!("{} data sources cannot be read\n  {each}", all.len()));
                Err(first
                    .help
                    .iter()
                    .fold(told.exit(Exit::Error), |told, help| told.help(help.clone())))
            }
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
        let refreshed = self.runtime.block_on(apply::refresh(&self.fleet, state, options));
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

/// The `import` blocks that AWS must be asked about, with the provider configurations of their resources.
pub(crate) fn imports(
    program: &Program<'_>,
    state: &State,
    destroy: bool,
) -> Vec<(Import, String)> {
    let stack = job::resolve(program);
    let asks = |import: &&Import| {
        !destroy && state.current(&import.to).is_none() && import.to.ty != "terraform_data"
    };
    let named = |import: &Import| {
        let resource = stack.resource(stack.find(&import.to)?)?;
        let name = plan::configuration_of(&stack, resource);
        Some((import.clone(), name.unwrap_or_default()))
    };
    stack.statements.imports.iter().filter(asks).filter_map(named).collect()
}

/// True when there are data sources that only AWS can answer, and all of them are read from it.
pub(crate) fn looks_up(program: &Program<'_>) -> bool {
    let stack = job::resolve(program);
    let open: Vec<_> = stack
        .resources
        .iter()
        .filter(|r| r.address.mode == Mode::Data)
        .filter(|r| r.config.is_wholly_known() && !r.value.is_wholly_known())
        .collect();
    !open.is_empty() && open.iter().all(|r| aws::reads(&r.address.ty))
}

/// The state with every object under the provider configuration that its block names now, as Terraform reads objects: an alias may have been
/// renamed. What has no block any more keeps the one that made it.
pub(crate) fn at_home(mut state: State, program: &Program<'_>) -> State {
    let stack = job::resolve(program);
    let mut names = BTreeMap::new();
    for resource in &stack.resources {
        let Address { module, mode, ty, name, .. } = &*resource.address;
        if let Some(configuration) = plan::configuration_of(&stack, resource) {
            names.insert((module, mode, ty, name), configuration);
        }
    }
    for (address, instance) in &mut state.instances {
        let Address { module, mode, ty, name, .. } = address;
        if let Some(configuration) = names.get(&(module, mode, ty, name)) {
            instance.provider.clone_from(configuration);
        }
    }
    state
}

/// What AWS lists now as the prices of these keys.
pub(crate) fn prices(
    stack: &Stack,
    args: &StackArgs,
    keys: impl IntoIterator<Item = PriceKey>,
    machine: &Machine<'_>,
) -> Result<Prices, Failure> {
    let options = read(job::provider(stack), args, machine).map_err(|f| refused(&f))?;
    fetched(&options, keys)
}

/// The same, whatever the stack: with the credentials that the environment gives.
pub(crate) fn listed(
    region: &str,
    keys: impl IntoIterator<Item = PriceKey>,
) -> Result<Prices, Failure> {
    let region = Some(region.to_owned());
    fetched(&aws::Options { region, ..aws::Options::default() }, keys)
}

fn fetched(
    options: &aws::Options,
    keys: impl IntoIterator<Item = PriceKey>,
) -> Result<Prices, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Failure::user(format!("cannot start a thread: {e}")))?;
    runtime.block_on(Prices::fetch(options, keys)).map_err(|failure| refused(&failure))
}

/// The provider configurations that resources use.
fn used(stack: &Stack) -> BTreeSet<String> {
    let named = |resource: &Resource| {
        let config = stack.providers.get(resource.provider).filter(|p| p.is_aws())?;
        Some(plan::aws_configuration(config))
    };
    stack.resources.iter().filter_map(named).collect()
}

/// Whose account a run is said to work in: that of the root module's default configuration, unless resources use others only.
fn main(used: &BTreeSet<String>) -> String {
    let default = plan::configuration(Mode::Managed, "aws_vpc", None).unwrap_or_default();
    match used.first() {
        Some(first) if !used.contains(&default) => first.clone(),
        _ => default,
    }
}

/// What a configuration says; `None`: what the machine's surroundings say.
fn read(
    block: Option<&ProviderConfig>,
    args: &StackArgs,
    machine: &Machine<'_>,
) -> Result<aws::Options, plan::Failure> {
    let region = args.region.clone().or_else(|| job::region(machine));
    match block {
        Some(block) => aws::Options::of(block, region),
        None => Ok(aws::Options { region, ..aws::Options::default() }),
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

//! What can be typed. Terraform's spellings are accepted: see `spelling`.

use crate::state_args::{State, Unlock};
use crate::variables::Variables;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Check, price and apply AWS stacks written in Terraform's language.
#[derive(Debug, Parser)]
#[command(name = "banana", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 ok; 1 findings at or above --fail-on, or a busted budget; 2 usage, configuration, \
                        stack or internal error; 3 apply stopped part-way, the same command resumes; 4 the state is locked."
)]
pub(crate) struct Cli {
    /// When to colour.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: Colour,
    /// No colour: Terraform's spelling.
    #[arg(long, global = true, hide = true)]
    pub(crate) no_color: bool,
    /// Problems in words, without drawings: for screen readers.
    #[arg(long, global = true)]
    pub(crate) narrated: bool,
    /// Work as if started in this folder.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) chdir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// At a terminal, unless the environment says otherwise (`NO_COLOR`, `CLICOLOR_FORCE`).
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge a stack: security and good practice, with the deciding line of each finding.
    Check(Check),
    /// Price a stack: what it costs a month, line by line, without a network.
    Cost(Cost),
    /// Write what a bill depends on and no stack says into a file.
    Usage(Usage),
    /// Show what apply would do.
    Plan(Plan),
    /// Check, price, plan, ask, and then make it so.
    Apply(Apply),
    /// Take away everything that the state holds.
    Destroy(Apply),
    /// Look at what the state holds, and rearrange it.
    State(State),
    /// Take away the lock of a run that is gone.
    Unlock(Unlock),
    /// Write down what a stack finds now, for `check --baseline` to put up with.
    Baseline(Baseline),
    /// Explain a rule: what it checks, why, and how to fix it.
    Explain(Explain),
    /// List the rules.
    Rules(Rules),
    /// Bring the prices up to date.
    Prices(Prices),
    /// Evaluate expressions: JSON lines in, JSON lines out.
    Eval(Eval),
    /// Print the version.
    Version,
}

/// Which stack, with which values.
#[derive(Args, Clone, Debug)]
pub(crate) struct StackArgs {
    /// A folder of Terraform files, or one file; a folder without any falls back to its stack.hcl. `cost` also reads Terraform's plan JSON.
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) variables: Variables,
    /// Variables that a saved plan brings; those of the command line go before them.
    #[arg(skip)]
    pub(crate) brought: Vec<stack::VariableArgument>,
    /// The workspace; the one that `terraform workspace select` noted by default.
    #[arg(
        long,
        env = "TF_WORKSPACE",
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) workspace: String,
    /// The region, where no provider block says one.
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// The configuration file; by default the nearest banana.toml, from the stack's folder up to the repository's.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Read no configuration file.
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// How the bill is made.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct PriceArgs {
    /// Change an assumption, such as `logs.ingest_gb_month=20`.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) assume: Vec<String>,
    /// Usage from a file, ours or an infracost-usage.yml; banana-usage.toml or .yml beside the stack by default.
    #[arg(long, visible_alias = "usage-file", value_name = "FILE")]
    pub(crate) usage: Option<PathBuf>,
    /// How busy the stack is where nobody says: idle by default.
    #[arg(long, value_enum)]
    pub(crate) profile: Option<Profile>,
    /// Prices that go before the embedded book: a CSV of its columns.
    #[arg(long, value_name = "FILE")]
    pub(crate) prices: Option<PathBuf>,
    /// Take off what AWS gives each account free every month: only where the stack has its account for itself.
    #[arg(long)]
    pub(crate) free_tier: bool,
    /// Bill in another currency than USD: needs --rates.
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub(crate) currency: Option<String>,
    /// Exchange rates: a CSV of from,to,rate,date,source.
    #[arg(long, value_name = "FILE")]
    pub(crate) rates: Option<PathBuf>,
    /// What is taken off list prices: the configuration says it.
    #[arg(skip)]
    pub(crate) discounts: Vec<crate::config::Agreed>,
    /// Ask AWS for its list prices instead of using the embedded book: needs credentials that may read prices.
    #[arg(long, conflicts_with = "prices")]
    pub(crate) live_prices: bool,
    /// Leave out the prices that `banana prices update` keeps.
    #[arg(long)]
    pub(crate) no_cached_prices: bool,
    /// Fail when the month costs more than this: `500`, or with a currency `450EUR`.
    #[arg(long, value_name = "SUM")]
    pub(crate) budget: Option<cost::Sum>,
    /// List a missing price as a hole in the total instead of failing.
    #[arg(long)]
    pub(crate) allow_missing: bool,
}

fn currency(text: &str) -> Result<String, String> {
    let is_code = text.len() == 3 && text.bytes().all(|c| c.is_ascii_alphabetic());
    is_code.then(|| text.to_ascii_uppercase()).ok_or_else(|| "write a code such as EUR".to_owned())
}

/// How busy a stack is where nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// No traffic.
    Idle,
    /// A small service with some users.
    Light,
    /// A service that many use all day.
    Busy,
}

impl From<Profile> for cost::Profile {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Idle => Self::Idle,
            Profile::Light => Self::Light,
            Profile::Busy => Self::Busy,
        }
    }
}

/// `banana usage`
#[derive(Args, Debug)]
pub(crate) struct Usage {
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: UsageVerb,
}

/// The verbs of `banana usage`.
#[derive(Debug, Subcommand)]
pub(crate) enum UsageVerb {
    /// Write a commented file with each assumption of a stack's bill at its value.
    Init(UsageInit),
}

/// `banana usage init`
#[derive(Args, Debug)]
pub(crate) struct UsageInit {
    #[command(flatten)]
    pub(crate) stack: StackArgs,
    /// The file; banana-usage.toml beside the stack by default. `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Values of this profile: idle by default.
    #[arg(long, value_enum)]
    pub(crate) profile: Option<Profile>,
    /// Replace a file that is there.
    #[arg(long)]
    pub(crate) force: bool,
}

/// Where the line between passing and failing runs.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct GateArgs {
    /// The least severity that fails the run: high by default.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<Threshold>,
    /// What an undecided rule means: warn by default.
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) unknown: Option<Unknown>,
    /// Run only these rules: code, name, another checker's id, or a pattern such as `ECS*`.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) select: Vec<String>,
    /// Leave these rules out.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) ignore: Vec<String>,
    /// More rules: a file in HCL. May be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,
    /// Do not honour suppression comments.
    #[arg(long)]
    pub(crate) no_inline_ignores: bool,
}

/// `--fail-on`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Threshold {
    /// Only critical findings.
    Critical,
    /// High and above.
    #[default]
    High,
    /// Medium and above.
    Medium,
    /// Any finding.
    Low,
    /// Nothing fails the run.
    Never,
}

/// `--unknown`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unknown {
    /// Not shown.
    Ignore,
    /// Shown, never fails.
    #[default]
    Warn,
    /// Counts as a finding of the rule's severity.
    Fail,
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Output formats of `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    /// A line a rule.
    Text,
    /// For machines.
    Json,
    /// An index and all pages, as Markdown.
    Md,
}

/// Output formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingsFormat {
    /// For people.
    Text,
    /// One document.
    Json,
    /// A line a finding.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit`'s XML, for CI servers.
    Junit,
    /// Annotations of a GitHub workflow.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// A comment for a pull request.
    Markdown,
}

/// `--format FORMAT` or `--format FORMAT=FILE`
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) format: FindingsFormat,
    /// Standard output without one.
    pub(crate) file: Option<PathBuf>,
}

impl std::str::FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("name a file after `=`, or leave `=` out".into()),
            Some((name, file)) => (name, Some(file.into())),
            None => (text, None),
        };
        let known = || {
            let all =
                FindingsFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            all.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", ")
        };
        let format = FindingsFormat::from_str(name, false)
            .map_err(|_| format!("there is no format `{name}`; there are {}", known()))?;
        Ok(Self { format, file })
    }
}

/// Which findings were there before.
#[derive(Args, Clone, Debug)]
pub(crate) struct Known {
    /// Put up with the findings that this file lists: `banana baseline` writes it.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Put up with the findings that the stack had at this git revision: only what changed since can fail.
    #[arg(long, value_name = "REV")]
    pub(crate) new_from: Option<String>,
}

/// `banana baseline`
#[derive(Args, Debug)]
pub(crate) struct Baseline {
    #[command(flatten)]
    pub(crate) stack: StackArgs,
    /// The file; banana-baseline.txt beside the stack by default.
    #[arg(long = "baseline", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Only take out what no longer occurs; add nothing.
    #[arg(long)]
    pub(crate) prune: bool,
    /// More rules: a file in HCL. May be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,
}

/// `banana check`
#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) stack: StackArgs,
    /// More of them. A file of a module, such as main.tf, stands for the root modules that use it; each root is checked once.
    #[arg(value_name = "PATHS")]
    pub(crate) more: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
    #[command(flatten)]
    pub(crate) known: Known,
    /// text, json, json-lines, sarif, junit, github, gitlab or markdown; with `=FILE` into a file. May be given several times.
    #[arg(long, default_value = "text", value_name = "FORMAT[=FILE]")]
    pub(crate) format: Vec<Output>,
    /// Which verdicts to print.
    #[arg(long, value_enum, default_value = "findings", value_name = "WHICH")]
    pub(crate) show: Show,
    /// Exit 0 whatever is found.
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Print each setting with where it comes from, and do nothing else.
    #[arg(long)]
    pub(crate) show_settings: bool,
    #[command(flatten)]
    pub(crate) fixes: FixArgs,
}

/// What is done about findings.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct FixArgs {
    /// Put right in the files what can be put right, then tell what is left.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Print what `--fix` would change as a patch, and change nothing.
    #[arg(long, conflicts_with = "fix")]
    pub(crate) diff: bool,
    /// With `--fix` or `--diff`: also what changes behaviour, is billed by itself, or makes an object anew.
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
}

/// `--show`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// Fail and unknown.
    Findings,
    /// Pass and suppressed too: one row a rule and resource.
    All,
}

/// `banana cost`
#[derive(Args, Debug)]
pub(crate) struct Cost {
    #[command(flatten)]
    pub(crate) stack: StackArgs,
    #[command(flatten)]
    pub(crate) price: PriceArgs,
    /// Say what a change costs: against a git revision, an earlier `cost --format json`, or what stood before a plan (JSON of Terraform's).
    #[arg(long, value_name = "REV|FILE")]
    pub(crate) diff: Option<String>,
    /// With `--diff`: fail when the month costs that much more than before: `10%`, `50USD`.
    #[arg(long, value_name = "LIMIT", requires = "diff")]
    pub(crate) fail_if_increase: Option<cost::Limit>,
    /// What the month would cost otherwise: spot, arm, no-nat-with-endpoints, one-az, savings-plan-1y.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "ALTERNATIVE")]
    pub(crate) what_if: Vec<WhatIf>,
    #[command(flatten)]
    pub(crate) simulation: SimulationArgs,
    /// Text, JSON, or a comment for a pull request.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: BillFormat,
    /// Add up by `service`, `module`, `type` or `tag:NAME` as well.
    #[arg(long, value_name = "PART", value_parser = part)]
    pub(crate) by: Option<cost::Part>,
}

/// `--what-if`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum WhatIf {
    /// Fargate tasks on Fargate Spot.
    Spot,
    /// Graviton instead of x86.
    Arm,
    /// VPC endpoints instead of NAT gateways.
    NoNatWithEndpoints,
    /// One availability zone.
    OneAz,
    /// A Savings Plan of a year, at rates that banana.toml names.
    #[value(name = "savings-plan-1y")]
    SavingsPlan1y,
}

impl From<WhatIf> for cost::what_if::Scenario {
    fn from(name: WhatIf) -> Self {
        match name {
            WhatIf::Spot => Self::Spot,
            WhatIf::Arm => Self::Arm,
            WhatIf::NoNatWithEndpoints => Self::NoNatWithEndpoints,
            WhatIf::OneAz => Self::OneAz,
            WhatIf::SavingsPlan1y => Self::SavingsPlan1y,
        }
    }
}

/// Output formats of `cost`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BillFormat {
    /// For people.
    Text,
    /// For machines, and for a later `--diff`.
    Json,
    /// A comment for a pull request.
    Markdown,
}

fn part(text: &str) -> Result<cost::Part, String> {
    cost::Part::read(text)
        .ok_or_else(|| "it is none of `service`, `module`, `type` and `tag:NAME`".into())
}

/// How months are simulated.
#[derive(Args, Clone, Debug)]
pub(crate) struct SimulationArgs {
    /// Simulate months of each ECS service, minute by minute: demand comes from `[simulate]` in the --usage file, or from a trace.
    #[arg(long)]
    pub(crate) simulate: bool,
    /// What random numbers are made of: the same seed gives the same months.
    #[arg(long, default_value_t = 1, value_name = "N", requires = "simulate")]
    pub(crate) seed: u64,
    /// How many months.
    #[arg(long, default_value_t = 1000, value_name = "N", requires = "simulate", value_parser = clap::value_parser!(u32).range(1..=i64::from(cost::simulate::MOST_SCENARIOS)))]
    pub(crate) scenarios: u32,
    /// Demand as it was, for all services or for one: a CSV of times and numbers of requests. May be given several times.
    #[arg(long, value_name = "[ADDRESS=]FILE", requires = "simulate")]
    pub(crate) trace: Vec<String>,
}

/// What plan, apply and destroy share.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Clone, Debug)]
pub(crate) struct PlanArgs {
    /// The state file; `terraform.tfstate` beside the stack by default.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// What the backend block leaves open, as `terraform init -backend-config` takes it. May be given several times.
    #[arg(long, value_name = "NAME=VALUE|FILE")]
    pub(crate) backend_config: Vec<String>,
    /// How long to wait for the state's lock when somebody has it: `30s`, `5m`. A plan changes nothing, and takes none.
    #[arg(long, default_value = "0s", value_name = "DURATION", value_parser = wait, hide_default_value = true)]
    pub(crate) lock_timeout: Duration,
    /// Read AWS first, to see what changed behind the state's back.
    #[arg(long, default_value_t = true, action = clap::ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    pub(crate) refresh: bool,
    /// Touch nothing: tell what changed outside, and take it into the state and the outputs.
    #[arg(long, conflicts_with = "replace")]
    pub(crate) refresh_only: bool,
    /// Only this resource and what it needs. May be given several times.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) target: Vec<String>,
    /// All but this resource and what needs it. May be given several times.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "target")]
    pub(crate) exclude: Vec<String>,
    /// Make this resource anew. May be given several times.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) replace: Vec<String>,
    /// How many AWS calls may be in flight.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) parallelism: usize,
    /// Terraform's switch for prompts; banana asks only at a terminal.
    #[arg(long, hide = true, default_value_t = true, action = clap::ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    pub(crate) input: bool,
    /// Terraform's switch; banana always locks.
    #[arg(long, hide = true, default_value_t = true, action = clap::ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    pub(crate) lock: bool,
}

/// A duration as Terraform writes it.
pub(crate) fn wait(text: &str) -> Result<Duration, String> {
    let wrong = || "write a duration such as 30s or 5m".to_owned();
    let read = if text == "0" { "0s" } else { text }.parse::<jiff::SignedDuration>();
    read.ok().and_then(|duration| duration.try_into().ok()).ok_or_else(wrong)
}

/// `banana plan`
#[derive(Args, Debug)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) stack: StackArgs,
    #[command(flatten)]
    pub(crate) shared: PlanArgs,
    /// How the month is priced: the configuration says it.
    #[arg(skip)]
    pub(crate) price: PriceArgs,
    /// Save the plan, sealed, for `banana apply`.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Plan to take everything away.
    #[arg(long, conflicts_with = "refresh_only")]
    pub(crate) destroy: bool,
    /// Exit 2 when there are changes.
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
    /// Text, or Terraform's plan JSON.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

/// `banana apply`, `banana destroy`
#[derive(Args, Clone, Debug)]
pub(crate) struct Apply {
    #[command(flatten)]
    pub(crate) stack: StackArgs,
    #[command(flatten)]
    pub(crate) plan: PlanArgs,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) price: PriceArgs,
    /// Do not ask.
    #[arg(long)]
    pub(crate) auto_approve: bool,
    /// Tell what happens as Terraform's JSON events, one a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// For how many seconds AWS may not show yet what it made: so long an interrupted create is looked for.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    pub(crate) visible_within: u64,
}

/// `banana explain`
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// Code, name, or another checker's id for it: `ECS002`, `task-public-ip`, `CKV_AWS_333`.
    pub(crate) rule: String,
    /// More rules: a file in HCL. May be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,
}

/// `banana rules`
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Rules {
    /// Text, JSON, or the pages of a site.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: RulesFormat,
    /// Write a page a rule and an index into this folder.
    #[arg(long, value_name = "FOLDER", conflicts_with = "format")]
    pub(crate) pages: Option<PathBuf>,
    /// More rules: a file in HCL. May be given several times.
    #[arg(long = "rules", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Option<RulesCommand>,
}

/// `banana rules test`
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Try your own rules on the examples in them.
    Test(RulesTest),
}

/// `banana rules test FILE…`
#[derive(Args, Debug)]
pub(crate) struct RulesTest {
    /// Files of rules in HCL.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// `banana prices`
#[derive(Args, Debug)]
pub(crate) struct Prices {
    #[command(subcommand)]
    pub(crate) command: PricesCommand,
}

/// `banana prices update`
#[derive(Debug, Subcommand)]
pub(crate) enum PricesCommand {
    /// Read what AWS lists now, and keep it for a month: `cost` lays it over the embedded prices.
    Update(PricesUpdate),
}

/// `banana prices update [FILE…]`
#[derive(Args, Debug)]
pub(crate) struct PricesUpdate {
    /// Offer files of AWS's price list (JSON), or recorded answers of `GetProducts`. Without any, AWS is asked: that needs credentials that
    /// may read prices.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Only the prices of this region.
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
}

/// `banana eval`
#[derive(Args, Debug)]
pub(crate) struct Eval {
    /// Where paths in file functions start.
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    pub(crate) root: PathBuf,
}

//! What cannot work, told before anything is touched, all of it at once.

use crate::Options;
use crate::call::{Caller, Subject, repeatable};
use crate::event::Doing;
use crate::quotas::exceeded;
use crate::references::{IMAGE, Name, Site, found};
use futures_util::stream::{FuturesUnordered, StreamExt};
use plan::{Account, Action, Change, Clouds, Failure, FailureKind, Planned, Provider};
use stack::{Mode, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use syntax::{Report, Span};
use tokio::time::Instant;

/// For how long one thing is looked for: what cannot be looked up in time is a warning, not an error.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The part of a plan that one provider configuration carries out.
pub(crate) struct Part<'p> {
    pub(crate) provider: &'p dyn Provider,
    pub(crate) account: Account,
    pub(crate) changes: Vec<&'p Change>,
}

/// Everything that would stop the plan half-way: types that the provider cannot apply or read, accounts that the stack does not want, what it refers to
/// and nobody has, and quotas without room for it. What cannot be looked up is a warning. No error among them: the plan can be carried out.
pub async fn preflight(
    planned: &Planned,
    clouds: &dyn Clouds,
    options: &Options<'_>,
) -> Vec<Report> {
    let caller = Caller::new(options);
    let mut reports = wrong_accounts(planned, clouds).await;
    reports.extend(provisioned(planned));
    let (parts, unfit) = parts(planned, clouds).await;
    reports.extend(unfit);
    for part in &parts {
        reports.extend(missing(&caller, planned, part).await);
        reports.extend(exceeded(&caller, part).await);
    }
    reports
}

/// What each provider configuration has to do, and what nobody can: types that cannot be applied or read, configurations that do not work.
async fn parts<'p>(planned: &'p Planned, clouds: &'p dyn Clouds) -> (Vec<Part<'p>>, Vec<Report>) {
    let mut all: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in &planned.plan.changes {
        let is_asked = match change.address.mode {
            Mode::Data => change.action == Action::Read,
            Mode::Managed => change.action.makes() || change.action.deletes(),
        };
        if is_asked {
            all.entry(&change.provider).or_default().push(change);
        }
    }
    let (mut parts, mut reports) = (Vec::new(), Vec::new());
    let mut types: BTreeMap<(Mode, &str), Vec<&Change>> = BTreeMap::new();
    for (configuration, mut changes) in all {
        let found = clouds.at(configuration);
        let is_apt = |change: &Change| {
            let (mode, ty) = (change.address.mode, &change.address.ty);
            found.as_ref().is_ok_and(|provider| match mode {
                Mode::Data => provider.reads(ty),
                Mode::Managed => provider.handles(ty),
            })
        };
        let is_other = matches!(&found, Err(f) if f.kind != FailureKind::Unsupported);
        if !is_other {
            for change in changes.extract_if(.., |c| !is_apt(c)) {
                let of = (change.address.mode, change.address.ty.as_str());
                types.entry(of).or_default().push(change);
            }
        }
        let Some(first) = changes.first() else { continue };
        let account = match &found {
            Ok(provider) => provider.account().await,
            Err(failure) => Err(failure.clone()),
        };
        match (found, account) {
            (Ok(provider), Ok(account)) => {
                changes.retain(|change| change.address.mode == Mode::Managed);
                parts.push(Part { provider, account, changes });
            }
            (_, Err(failure)) | (Err(failure), _) => {
                reports.push(unusable(configuration, first, &failure));
            }
        }
    }
    reports.extend(types.into_iter().map(|(of, changes)| unsupported(of, &changes)));
    (parts, reports)
}

/// A provider configuration that does not work.
fn unusable(configuration: &str, first: &Change, failure: &Failure) -> Report {
    let Failure { message, operation, help, .. } = failure;
    let operation = if operation.is_empty() { String::new() } else { format!(" ({operation})") };
    let message = format!("`{configuration}` cannot be used: {message}{operation}");
    let report = Report::error("unusable-provider", message);
    let report = match help {
        Some(help) => report.help(help.clone()),
        None => report,
    };
    placed(report, first.header, "needs it")
}

fn unsupported((mode, ty): (Mode, &str), changes: &[&Change]) -> Report {
    let addresses: Vec<_> = changes.iter().map(|c| format!("`{}`", c.address)).collect();
    let (cannot, help) = match mode {
        Mode::Data => ("read", "write what it would tell as the value of a variable"),
        Mode::Managed => (
            "applied",
            "apply it with Terraform, which reads the same state; `check`, `cost` and `plan` work all the same",
        ),
    };
    let message = format!("`{ty}` cannot be {cannot}: {}", addresses.join(", "));
    let report = Report::error("unsupported-type", message).help(help);
    placed(report, changes.iter().find_map(|c| c.header), "of this type")
}

/// Provisioners of what is made or deleted: leaving them out in silence would leave the object half set up.
fn provisioned(planned: &Planned) -> Vec<Report> {
    let runs = |change: &&Change| {
        change.address.mode == Mode::Managed && (change.action.creates() || change.action.deletes())
    };
    let mut reports = BTreeMap::new();
    for change in planned.plan.changes.iter().filter(runs) {
        let Some(id) = planned.stack.find(&change.address) else { continue };
        let Some(resource) = planned.stack.resource(id) else { continue };
        let Some(header) = resource.provisioners.first() else { continue };
        reports.entry(*header).or_insert_with(|| {
            let message = format!("`{}` has a provisioner, and banana runs none", change.address);
            let help = "do what it does in the image, in user data or in a step of its own, or apply this stack with Terraform";
            Report::error("provisioner", message).at(*header, "would be left out").help(help)
        });
    }
    reports.into_values().collect()
}

/// `allowed_account_ids` and `forbidden_account_ids` of the provider blocks that the plan uses, and of the default one.
async fn wrong_accounts(planned: &Planned, clouds: &dyn Clouds) -> Vec<Report> {
    let mut reports = Vec::new();
    for block in planned.stack.providers.iter().filter(|p| p.is_aws()) {
        let name = plan::aws_configuration(block);
        let is_used = || planned.plan.changes.iter().any(|change| change.provider == name);
        let is_default = block.alias.is_none() && block.module.0.is_empty();
        let names = |name: &str| block.value.get(name).filter(|v| v.elements().next().is_some());
        let (allowed, forbidden) = (names("allowed_account_ids"), names("forbidden_account_ids"));
        if allowed.or(forbidden).is_none() || !(is_default || is_used()) {
            continue;
        }
        // What keeps the account from being known is told where it is used.
        let Ok(provider) = clouds.at(&name) else { continue };
        let Ok(account) = provider.account().await else { continue };
        let has = |list: &Value| list.elements().any(|id| id.as_str() == Some(&account.id));
        let mut tell = |list: &Value, says: &str| {
            let message =
                format!("this run works in account `{}`, which the provider {says}", account.id);
            let report = Report::error("wrong-account", message)
                .help(format!("the credentials are those of {}: use others", account.arn));
            reports.push(placed(report, list.blame.at.or(block.header), "decided here"));
        };
        if let Some(list) = allowed.filter(|list| !has(list)) {
            tell(list, "does not allow");
        }
        if let Some(list) = forbidden.filter(|list| has(list)) {
            tell(list, "forbids");
        }
    }
    reports
}

/// What the plan refers to and AWS does not have.
async fn missing(caller: &Caller, planned: &Planned, part: &Part<'_>) -> Vec<Report> {
    let Part { provider, account, .. } = part;
    let found = found(planned, part);
    let readable = found.iter().filter(|((ty, _), _)| *ty == IMAGE || provider.handles(ty));
    let mut looks: FuturesUnordered<_> = readable
        .filter_map(|(name, sites)| Some(look(caller, *provider, name, sites.first()?)))
        .collect();
    let (mut gone, mut unread) = (BTreeSet::new(), BTreeMap::new());
    while let Some((name, there)) = looks.next().await {
        match there {
            Ok(true) => {}
            Ok(false) => drop(gone.insert(name)),
            Err(failure) => drop(unread.insert(name, failure)),
        }
    }
    let mut reports = Vec::new();
    for (name, sites) in &found {
        for site in sites.iter().filter(|_| gone.contains(name)) {
            let message = format!(
                "`{}` refers to `{}`, and there is no such `{}` in account {}, {}",
                site.address, site.text, name.0, account.id, account.region
            );
            let report = Report::error("missing-reference", message).help(
                "make it first, correct the reference, or use other credentials or another region",
            );
            reports.push(placed(report, site.at, "not there"));
        }
        if let (Some(failure), Some(site)) = (unread.get(name), sites.first()) {
            let Failure { message, operation, .. } = failure;
            let message =
                format!("cannot tell whether `{}` exists: {message} ({operation})", site.text);
            let report = Report::warning("unread-reference", message);
            reports.push(placed(report, site.at, "referred to here"));
        }
    }
    reports
}

/// Whether one thing is there.
async fn look<'n>(
    caller: &Caller,
    provider: &dyn Provider,
    name: &'n Name,
    site: &Site,
) -> (&'n Name, Result<bool, Failure>) {
    let subject = Subject::new(&site.address, Doing::Read);
    let deadline = Instant::now() + PATIENCE.min(caller.patience);
    if name.0 == IMAGE {
        let call = || provider.image(&name.1);
        return (name, caller.call(None, &subject, deadline, repeatable, call).await);
    }
    let Some(attributes) = plan::imported::named(name.0, &name.1) else { return (name, Ok(true)) };
    let identity = plan::Identity { ty: name.0, attributes: &attributes };
    let call = || provider.read(identity);
    let read = caller.call(None, &subject, deadline, repeatable, call).await;
    (name, read.map(|object| object.is_some()))
}

pub(crate) fn placed(report: Report, at: Option<Span>, label: &str) -> Report {
    match at {
        Some(at) => report.at(at, label),
        None => report,
    }
}

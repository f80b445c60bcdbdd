//! What cannot work, told before anything is touched, all of it at once.

use crate::Options;
use crate::call::{Caller, Subject, repeatable};
use crate::event::Doing;
use crate::quotas::exceeded;
use crate::references::{IMAGE, Name, Site, found};
use futures_util::stream::{FuturesUnordered, StreamExt};
use plan::{Account, Failure, Planned, Provider};
use stack::{Mode, ProviderConfig, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use syntax::{Report, Span};
use tokio::time::Instant;

/// For how long one thing is looked for: what cannot be looked up in time is a warning, not an error.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Everything that would stop the plan half-way: types that the provider cannot apply, accounts and regions that the stack does not want,
/// what it refers to and nobody has, and quotas without room for it. What cannot be looked up is a warning. No error among them: the plan can be carried out.
pub async fn preflight(
    planned: &Planned,
    provider: &dyn Provider,
    account: &Account,
    options: &Options<'_>,
) -> Vec<Report> {
    let mut reports = wrong_account(planned, account);
    reports.extend(unfit(planned, provider, account));
    let caller = Caller::new(options);
    reports.extend(missing(&caller, planned, provider, account).await);
    reports.extend(exceeded(&caller, provider, planned, account).await);
    reports
}

/// `allowed_account_ids` and `forbidden_account_ids` of the provider blocks.
fn wrong_account(planned: &Planned, account: &Account) -> Vec<Report> {
    let mut reports = Vec::new();
    for block in planned.stack.providers.iter().filter(|p| p.name == "aws") {
        let names = |name: &str| block.value.get(name).filter(|v| v.elements().next().is_some());
        let has = |list: &Value| list.elements().any(|id| id.as_str() == Some(&account.id));
        let mut tell = |list: &Value, says: &str| {
            let message =
                format!("this run works in account `{}`, which the provider {says}", account.id);
            let report = Report::error("wrong-account", message)
                .help(format!("the credentials are those of {}: use others", account.arn));
            reports.push(placed(report, list.blame.at.or(block.header), "decided here"));
        };
        if let Some(list) = names("allowed_account_ids").filter(|list| !has(list)) {
            tell(list, "does not allow");
        }
        if let Some(list) = names("forbidden_account_ids").filter(|list| has(list)) {
            tell(list, "forbids");
        }
    }
    reports
}

/// Types that the provider cannot apply, and resources of another region than the provider's.
fn unfit(planned: &Planned, provider: &dyn Provider, account: &Account) -> Vec<Report> {
    let mut types: BTreeMap<&str, (Vec<String>, Option<Span>)> = BTreeMap::new();
    let mut reports = Vec::new();
    for change in &planned.plan.changes {
        let touches = change.action.makes() || change.action.deletes();
        if !touches || change.address.mode != Mode::Managed {
            continue;
        }
        let found = planned.stack.find(&change.address).and_then(|id| planned.stack.resource(id));
        if !provider.handles(&change.address.ty) {
            let of = types.entry(&change.address.ty).or_default();
            of.0.push(format!("`{}`", change.address));
            of.1 = of.1.or(found.map(|resource| resource.header));
        }
        let configuration = found.and_then(|r| planned.stack.providers.get(r.provider));
        let region =
            |p: &ProviderConfig| p.value.get("region").and_then(Value::as_str).map(str::to_owned);
        let region = configuration.and_then(region);
        if let (Some(region), Some(resource)) = (region.filter(|r| *r != account.region), found) {
            let message = format!(
                "`{}` belongs to region `{region}`, and this run works in `{}`",
                change.address, account.region
            );
            reports.push(
                Report::error("other-region", message)
                    .at(resource.header, "another region")
                    .help("keep each region in a stack of its own"),
            );
        }
    }
    for (ty, (addresses, at)) in types {
        let message = format!("`{ty}` cannot be applied: {}", addresses.join(", "));
        let help = "apply it with Terraform, which reads the same state; `check`, `cost` and `plan` work all the same";
        let report = Report::error("unsupported-type", message).help(help);
        reports.push(placed(report, at, "of this type"));
    }
    reports
}

/// What the plan refers to and AWS does not have.
async fn missing(
    caller: &Caller,
    planned: &Planned,
    provider: &dyn Provider,
    account: &Account,
) -> Vec<Report> {
    let found = found(planned, &account.id, &account.region);
    let readable = found.iter().filter(|((ty, _), _)| *ty == IMAGE || provider.handles(ty));
    let mut looks: FuturesUnordered<_> = readable
        .filter_map(|(name, sites)| Some(look(caller, provider, name, sites.first()?)))
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

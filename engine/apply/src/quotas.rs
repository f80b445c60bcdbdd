//! Whether the account has room for what the plan makes: a quota that is too small stops a run half-way, for days.

use crate::call::{Caller, Subject, repeatable};
use crate::event::Doing;
use crate::preflight::{PATIENCE, Part, placed};
use futures_util::stream::{FuturesUnordered, StreamExt};
use plan::{Account, Change, Failure, Provider, Quota};
use std::collections::BTreeMap;
use syntax::Report;
use tokio::time::Instant;

/// What the plan does about one quota.
#[derive(Default)]
struct Want<'p> {
    makes: Vec<&'p Change>,
    deletes: u64,
}

/// Quotas that would be exceeded when all is done, and those that cannot be read. What the plan deletes makes room for what it makes, so that
/// only what cannot work at all is refused.
pub(crate) async fn exceeded(caller: &Caller, part: &Part<'_>) -> Vec<Report> {
    let Part { provider, account, .. } = part;
    let wants = wants(part);
    let more = wants.iter().filter(|(_, want)| want.makes.len() as u64 > want.deletes);
    let mut asked: FuturesUnordered<_> = more
        .filter_map(|(name, want)| Some(ask(caller, *provider, name, want.makes.first()?)))
        .collect();
    let mut answers = BTreeMap::new();
    while let Some((name, answer)) = asked.next().await {
        answers.insert(name, answer);
    }
    let mut reports = Vec::new();
    let mut unread: Vec<(&str, Failure)> = Vec::new();
    for (name, answer) in answers {
        match (answer, wants.get(name)) {
            (Ok(quota), Some(want)) => reports.extend(judge(name, &quota, want, account)),
            (Err(failure), _) => unread.push((name, failure)),
            (Ok(_), None) => {}
        }
    }
    if let Some((_, failure)) = unread.first() {
        let names: Vec<_> = unread.iter().map(|(name, _)| format!("`{name}`")).collect();
        let (why, operation) = (&failure.message, &failure.operation);
        let message = format!("cannot tell whether the quotas {} suffice: {why}", names.join(", "));
        reports.push(Report::warning("unread-quota", format!("{message} ({operation})")));
    }
    reports
}

fn wants<'p>(part: &Part<'p>) -> BTreeMap<&'static str, Want<'p>> {
    let mut wants: BTreeMap<&'static str, Want<'p>> = BTreeMap::new();
    for change in &part.changes {
        let quota = |object: &_| part.provider.quota_of(&change.address.ty, object);
        if change.action.deletes()
            && let Some(name) = change.before.as_ref().and_then(quota)
        {
            wants.entry(name).or_default().deletes += 1;
        }
        if change.action.creates()
            && let Some(name) = change.after.as_ref().and_then(quota)
        {
            wants.entry(name).or_default().makes.push(change);
        }
    }
    wants
}

async fn ask<'q>(
    caller: &Caller,
    provider: &dyn Provider,
    name: &'q str,
    first: &Change,
) -> (&'q str, Result<Quota, Failure>) {
    let subject = Subject::new(&first.address, Doing::Read);
    let deadline = Instant::now() + PATIENCE.min(caller.patience);
    let call = || provider.quota(name);
    (name, caller.call(None, &subject, deadline, repeatable, call).await)
}

fn judge(name: &str, quota: &Quota, want: &Want<'_>, account: &Account) -> Option<Report> {
    let Quota { most, used, raise } = quota;
    let makes = want.makes.len() as u64;
    if used.saturating_add(makes).saturating_sub(want.deletes) <= *most {
        return None;
    }
    let first = want.makes.first()?;
    let others = match makes - 1 {
        0 => format!("`{}`", first.address),
        others => format!("`{}` and {others} more", first.address),
    };
    let deletes = match want.deletes {
        0 => String::new(),
        n => format!(" and deletes {n}"),
    };
    let message = format!(
        "`{name}` has no room for {others}: {used} of {most} are in use in account {}, {}, and the plan makes {makes}{deletes}",
        account.id, account.region
    );
    let help = format!("delete what is not needed, or ask for more: {raise}");
    let report = Report::error("quota-exceeded", message).help(help);
    Some(placed(report, first.header, "one too many"))
}

//! What a plan adds to the month's bill, and takes off it.

use crate::args::{PriceArgs, StackArgs};
use crate::price::Pricer;
use crate::{Failure, Machine};
use cost::change::{Change, Snapshot, compare};
use plan::Planned;
use std::collections::BTreeMap;

/// The bill of what will be against the bill of what is. `None` for a plan that leaves everything as it is.
pub(crate) fn change(
    planned: &Planned,
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Result<Option<Change>, Failure> {
    if planned.plan.is_empty() || planned.plan.refresh_only {
        return Ok(None);
    }
    let (before, after) = (planned.before(), planned.after());
    let pricer = Pricer::new(args, of, &[&after, &before], machine)?;
    let [before, after] = [before, after].map(|side| Snapshot::from(&pricer.estimate(&side)));
    Ok(Some(compare("the state", &before, &after, &BTreeMap::new())))
}

//! What cannot work, told before anything is touched.

use plan::{Account, Planned, Provider};
use stack::{Mode, Value};
use std::collections::BTreeMap;
use syntax::Report;

/// Types that the provider cannot apply, and resources of another region than the provider's. Empty when the plan can be carried out.
pub fn preflight(planned: &Planned, provider: &dyn Provider, account: &Account) -> Vec<Report> {
    let mut types: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut reports = Vec::new();
    for change in &planned.plan.changes {
        let touches = change.action.makes() || change.action.deletes();
        if !touches || change.address.mode != Mode::Managed {
            continue;
        }
        if !provider.handles(&change.address.ty) {
            types.entry(&change.address.ty).or_default().push(format!("`{}`", change.address));
        }
        let found = planned.stack.find(&change.address).and_then(|id| planned.stack.resource(id));
        let configuration = found.and_then(|r| planned.stack.providers.get(r.provider));
        let region = configuration.and_then(|p| p.value.get("region")).and_then(Value::as_str);
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
    for (ty, addresses) in types {
        let message = format!("`{ty}` cannot be applied: {}", addresses.join(", "));
        let help = "apply it with Terraform, which reads the same state; `check`, `cost` and `plan` work all the same";
        reports.push(Report::error("unsupported-type", message).help(help));
    }
    reports
}

//! Managed node groups: instances and their volumes. <https://aws.amazon.com/eks/pricing/>

use crate::bill::{Bill, decimal, written};
use crate::machine::{Machine, Volumes, template};
use crate::quantity::Quantity;
use model::field;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let scaling = |name| bill.block("scaling_config").and_then(|block| decimal(field(block, name)));
    let count = match (
        bill.said("machine.instances"),
        scaling("desired_size").or_else(|| scaling("min_size")),
    ) {
        (Some(said), _) => said,
        (None, Some(desired)) => {
            let (least, most) =
                (scaling("min_size").unwrap_or(desired), scaling("max_size").unwrap_or(desired));
            Quantity::fixed(desired).at_least(least.min(desired)).at_most(most.max(desired))
        }
        (None, None) => bill.assume("resource.instances").because("its size is not known yet"),
    };
    let template = bill.block("launch_template").and_then(|block| template(block, bill));
    let first =
        written(bill.resource, "instance_types").elements().next().and_then(|it| it.as_str());
    let mut machine = template.map(Machine::of).unwrap_or_default();
    if let Some(class) = first {
        machine.class = Some(class);
    }
    if machine.class.is_none() {
        machine.class = Some("t3.medium");
    }
    machine.spot = bill.choice("capacity_type", "ON_DEMAND") == Some("SPOT");
    machine.lines("", &count, bill);
    match template {
        Some(template) => Volumes::of_template(template).lines(&count, bill),
        None => Volumes::root(bill.number("disk_size").unwrap_or(20.into())).lines(&count, bill),
    }
}

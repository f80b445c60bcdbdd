//! Snapshots of volumes: their size, fast restores, direct requests. <https://aws.amazon.com/ebs/pricing/>

use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::Quantity;
use model::{Attr, field};
use rust_decimal::Decimal;
use stack::Resource;

const STORED: Rate = Rate::new("AmazonEC2", "EBS:SnapshotUsage", "GB-Mo");
const RESTORE: Rate = Rate::new("AmazonEC2", "EBS:FastSnapshotRestore", "Hrs");
const LIST: Rate = Rate::new("AmazonEC2", "EBS:directAPI.snapshot.List", "Requests");
const GET: Rate = Rate::new("AmazonEC2", "EBS:directAPI.snapshot.Get", "SnapshotAPIUnits");
const PUT: Rate = Rate::new("AmazonEC2", "EBS:directAPI.snapshot.Put", "SnapshotAPIUnits");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let stored = match size(bill, bill.resource, 3) {
        Some((gb, from)) => Quantity::derived(gb, format!("at most the size of {from}")),
        None => bill.assume("machine.root_gb").because("the size of its volume is not known"),
    };
    bill.line("EBS snapshot storage", &STORED, stored);
    if bill.resource.address.ty == "aws_ebs_snapshot_copy"
        || matches!(bill.attr::<&str>("storage_tier"), Attr::Known("archive", _))
    {
        return;
    }
    bill.used("fast snapshot restore", &RESTORE, "snapshot.fast_snapshot_restore_hours");
    bill.used("list requests", &LIST, "snapshot.list_block_requests_month");
    bill.used("get requests", &GET, "snapshot.get_block_requests_month");
    bill.used("put requests", &PUT, "snapshot.put_block_requests_month");
}

/// The size of the volume that a snapshot, or a copy of one, was made from; and which.
fn size(bill: &Bill<'_, '_>, of: &Resource, steps: u32) -> Option<(Decimal, String)> {
    let from = ["volume_id", "source_snapshot_id"]
        .iter()
        .find_map(|name| bill.model.refers(field(&of.value, name)))?;
    let from = bill.model.stack().resources.get(usize::try_from(from.0).ok()?)?;
    match decimal(written(from, "size")) {
        Some(gb) => Some((gb, from.address.to_string())),
        None if steps > 0 => size(bill, from, steps - 1),
        None => None,
    }
}

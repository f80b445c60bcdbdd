//! Tables: provisioned capacity by the hour or requests, storage, backups, streams, replicas.
//! <https://aws.amazon.com/dynamodb/pricing/>

use crate::autoscaling;
use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::{HOURS, Quantity};
use model::field;
use rust_decimal::Decimal;
use stack::Str;

const READ_HOURS: Rate = Rate::new("AmazonDynamoDB", "ReadCapacityUnit-Hrs", "RCU-Hrs");
const WRITE_HOURS: Rate = Rate::new("AmazonDynamoDB", "WriteCapacityUnit-Hrs", "WCU-Hrs");
const READS: Rate = Rate::new("AmazonDynamoDB", "ReadRequestUnits", "ReadRequestUnits");
const WRITES: Rate = Rate::new("AmazonDynamoDB", "WriteRequestUnits", "WriteRequestUnits");
const REPLICA_HOURS: Rate =
    Rate::new("AmazonDynamoDB", "ReplWriteCapacityUnit-Hrs", "ReplicatedWriteCapacityUnit-Hrs");
const REPLICA_WRITES: Rate =
    Rate::new("AmazonDynamoDB", "ReplWriteRequestUnits", "ReplicatedWriteRequestUnits");
const STORED: Rate = Rate::new("AmazonDynamoDB", "TimedStorage-ByteHrs", "GB-Mo");

/// What else is billed by use: what is called how, usage type, unit, assumption.
const MORE: [(&str, &str, &str, &str); 4] = [
    ("point-in-time recovery", "TimedPITRStorage-ByteHrs", "GB-Mo", "dynamodb.pitr_gb"),
    ("on-demand backup storage", "TimedBackupStorage-ByteHrs", "GB-Mo", "dynamodb.backup_gb"),
    ("table data restored", "RestoreDataSize-Bytes", "GB", "dynamodb.restored_gb_month"),
    (
        "streams read request unit",
        "Streams-Requests",
        "Requests",
        "dynamodb.stream_read_units_month",
    ),
];

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(mode) = bill.choice("billing_mode", "PROVISIONED") else { return };
    let written_units = match mode {
        "PAY_PER_REQUEST" => {
            bill.used("reads on demand", &READS, "dynamodb.read_units_month");
            bill.used("writes on demand", &WRITES, "dynamodb.write_units_month");
            Some((bill.assume("dynamodb.write_units_month"), REPLICA_WRITES))
        }
        "PROVISIONED" => {
            provisioned(bill, "read capacity", "read_capacity", &READ_HOURS);
            provisioned(bill, "write capacity", "write_capacity", &WRITE_HOURS)
                .map(|it| (it, REPLICA_HOURS))
        }
        mode => return bill.unsupported(format!("there is no billing mode `{mode}`")),
    };
    bill.used("items kept", &STORED, "dynamodb.stored_gb");
    for (name, usage, unit, assumption) in MORE {
        bill.used(name, &Rate::new("AmazonDynamoDB", usage, unit), assumption);
    }
    let Some((units, rate)) = written_units else { return };
    for replica in written(bill.resource, "replica").elements() {
        match field(replica, "region_name").as_str() {
            Some(region) => {
                let name = format!("replicated writes ({region})");
                bill.line(name, &rate.clone().at(Str::from(region)), units.clone());
                bill.line(
                    format!("items kept ({region})"),
                    &STORED.at(Str::from(region)),
                    bill.assume("dynamodb.stored_gb"),
                );
            }
            None => bill.unsupported("the region of a replica is not known yet"),
        }
    }
}

/// The table's capacity and that of its global indexes.
fn provisioned(
    bill: &mut Bill<'_, '_>,
    name: &str,
    attribute: &str,
    rate: &Rate,
) -> Option<Quantity> {
    let dimension =
        if attribute == "read_capacity" { "ReadCapacityUnits" } else { "WriteCapacityUnits" };
    let target = autoscaling::target(bill, "table", "name", &format!("dynamodb:table:{dimension}"));
    let indexes = written(bill.resource, "global_secondary_index");
    let mut units = match target {
        Some(target) => autoscaling::kept(target, bill),
        None => Quantity::fixed(0),
    };
    let own = target.is_none().then(|| written(bill.resource, attribute));
    for part in own.into_iter().chain(indexes.elements().map(|index| field(index, attribute))) {
        if part.is_unknown() || indexes.is_unknown() {
            bill.unsupported(format!("`{attribute}` is not known yet"));
            return None;
        }
        let more: Decimal = decimal(part).unwrap_or_default();
        units = units.map(|all| all.saturating_add(more));
    }
    let hours = units.times(HOURS);
    bill.line(name, rate, hours.clone());
    Some(hours)
}

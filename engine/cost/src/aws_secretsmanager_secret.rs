//! Secrets: each, each replica, and the calls that read them. <https://aws.amazon.com/secrets-manager/pricing/>

use crate::bill::{Bill, Rate, written};
use crate::quantity::Quantity;
use model::field;
use stack::Str;

const SECRET: Rate = Rate::new("AWSSecretsManager", "AWSSecretsManager-Secrets", "Secrets");
const CALLS: Rate = Rate::new("AWSSecretsManager", "AWSSecretsManagerAPIRequest", "API Requests");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("secret", &SECRET, Quantity::fixed(1));
    let replicas = written(bill.resource, "replica");
    if replicas.is_unknown() {
        bill.unsupported("its replicas are not known yet");
    }
    for replica in replicas.elements() {
        match field(replica, "region").as_str() {
            Some(region) => {
                let one = Quantity::fixed(1).because(format!("in {region}"));
                bill.line("replica", &SECRET.at(Str::from(region)), one);
            }
            None => bill.unsupported("the region of a replica is not known yet"),
        }
    }
    bill.line("calls", &CALLS, bill.assume("secret.requests_month"));
}

//! Customer keys, multi-Region replicas among them. <https://aws.amazon.com/kms/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;

const KEY: Rate = Rate::new("awskms", "KMS-Keys", "Keys");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("key", &KEY, Quantity::fixed(1));
    let Some(spec) = bill.choice("customer_master_key_spec", "SYMMETRIC_DEFAULT") else { return };
    let usage = match spec {
        "RSA_2048" => "KMS-Requests-Asymmetric-RSA_2048",
        spec if spec.starts_with("RSA_") || spec.starts_with("ECC_") => "KMS-Requests-Asymmetric",
        _ => "KMS-Requests",
    };
    bill.used("requests", &Rate::new("awskms", usage, "Requests"), "kms.requests_month");
    if spec == "SYMMETRIC_DEFAULT" {
        for (name, usage, assumption) in [
            (
                "ECC GenerateDataKeyPair requests",
                "KMS-Requests-GenerateDatakeyPair-ECC",
                "kms.ecc_pair_requests_month",
            ),
            (
                "RSA GenerateDataKeyPair requests",
                "KMS-Requests-GenerateDatakeyPair-RSA",
                "kms.rsa_pair_requests_month",
            ),
        ] {
            if bill.says(assumption) {
                bill.used(name, &Rate::new("awskms", usage, "Requests"), assumption);
            }
        }
    }
}

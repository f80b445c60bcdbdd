//! Certificates: public ones are free, private ones are not. <https://aws.amazon.com/certificate-manager/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;
use model::Attr;

const ISSUED: Rate =
    Rate::new("AWSCertificateManager", "PrivateCertificatesIssued", "Certificates");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    match bill.attr::<&str>("certificate_authority_arn") {
        Attr::Null(_) | Attr::Known("", _) => {}
        _ => bill.line(
            "certificate",
            &ISSUED,
            Quantity::fixed(1).because("a private authority issues it"),
        ),
    }
}

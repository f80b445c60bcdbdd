//! Private certificate authorities, and the certificates that they issue.
//! <https://aws.amazon.com/private-ca/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(mode) = bill.choice("usage_mode", "GENERAL_PURPOSE") else { return };
    let (note, authority, issued) = if mode == "SHORT_LIVED_CERTIFICATE" {
        (
            " (short-lived certificate mode)",
            "ShortLivedCertificatePrivateCA",
            "ShortLivedCertificatesIssued",
        )
    } else {
        ("", "PaidPrivateCA", "PrivateCertificatesIssued")
    };
    let rate = |usage, unit| Rate::new("AWSCertificateManager", usage, unit);
    bill.line(
        format!("private certificate authority{note}"),
        &rate(authority, "Months"),
        Quantity::fixed(1),
    );
    bill.used("certificates", &rate(issued, "Certificates"), "acmpca.requests_month");
}

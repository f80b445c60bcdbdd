//! Certificates: public ones are free, private ones are not. <https://aws.amazon.com/certificate-manager/pricing/>

use crate::bill::Bill;
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    match bill.attr::<&str>("certificate_authority_arn") {
        Attr::Null(_) | Attr::Known("", _) => {}
        _ => bill.unsupported("certificates of a private authority are not priced"),
    }
}

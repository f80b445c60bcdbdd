//! Parameters: the standard tier is free. <https://aws.amazon.com/systems-manager/pricing/>

use crate::bill::Bill;
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    match bill.attr::<&str>("tier") {
        Attr::Null(_) | Attr::Known("Standard", _) => {}
        Attr::Known(tier, _) => bill.unsupported(format!("tier `{tier}` is not priced")),
        Attr::Unknown(_) => bill.unsupported("`tier` is not known yet"),
    }
}

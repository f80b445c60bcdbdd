//! Subscriptions: deliveries. Those to queues and functions are free. <https://aws.amazon.com/sns/pricing/>

use crate::bill::{Bill, Rate};
use model::Attr;

const HTTP: Rate = Rate::new("AmazonSNS", "DeliveryAttempts-HTTP", "Notifications");
const MAIL: Rate = Rate::new("AmazonSNS", "DeliveryAttempts-SMTP", "Notifications");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let deliveries = bill.assume("sns.deliveries_month");
    match bill.attr::<&str>("protocol") {
        Attr::Known("sqs" | "lambda", _) => {}
        Attr::Known("http" | "https", _) => bill.line("deliveries by HTTP", &HTTP, deliveries),
        Attr::Known("email" | "email-json", _) => {
            bill.line("deliveries by mail", &MAIL, deliveries);
        }
        Attr::Known(protocol, _) => {
            bill.unsupported(format!("deliveries by `{protocol}` are not priced"));
        }
        Attr::Null(_) | Attr::Unknown(_) => bill.unsupported("`protocol` is not known yet"),
    }
}

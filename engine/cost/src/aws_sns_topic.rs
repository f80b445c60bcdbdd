//! Topics: messages published, and deliveries to those who subscribe elsewhere. <https://aws.amazon.com/sns/pricing/>

use crate::aws_apigatewayv2_api::steps;
use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;
use model::field;
use rust_decimal::Decimal;

const REQUESTS: Rate = Rate::new("AmazonSNS", "Requests-Tier1", "Requests");
const FIFO_REQUESTS: Rate = Rate::new("AmazonSNS", "FIFO-Requests", "Requests");
const FIFO_BYTES: Rate = Rate::new("AmazonSNS", "FIFO-PublishPayload-Bytes", "GB");
const FIFO_SENT: Rate = Rate::new("AmazonSNS", "FIFO-SubscriptionMessages", "Notifications");
const FIFO_SENT_BYTES: Rate = Rate::new("AmazonSNS", "FIFO-SubscriptionPayload-Bytes", "GB");

/// What is called how, its usage type, how many of its assumption's name subscribe.
const DELIVERIES: [(&str, &str, &str); 6] = [
    ("HTTP/HTTPS notifications", "DeliveryAttempts-HTTP", "sns.http_subscriptions"),
    ("Email/Email-JSON notifications", "DeliveryAttempts-SMTP", "sns.email_subscriptions"),
    ("Kinesis Firehose notifications", "DeliveryAttempts-FIREHOSE", "sns.kinesis_subscriptions"),
    ("mobile push notifications", "DeliveryAttempts-ADM", "sns.mobile_push_subscriptions"),
    ("MacOS notifications", "DeliveryAttempts-MACOS", "sns.macos_subscriptions"),
    ("SMS notifications", "DeliveryAttempts-SMS", "sns.sms_subscriptions"),
];

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let published = bill.assume("sns.requests_month");
    let size = bill.assume("sns.message_kb");
    if bill.is("fifo_topic") {
        bill.line("FIFO publish API requests", &FIFO_REQUESTS, published.clone());
        let gb = size.map(|kb| kb / Decimal::from(1024 * 1024));
        let bytes = published.clone().by(&gb);
        bill.line("FIFO publish API payload", &FIFO_BYTES, bytes.clone());
        let subscribers = bill.model.instances("aws_sns_topic_subscription").iter().filter(|id| {
            let at = usize::try_from(id.0).ok().and_then(|at| bill.model.stack().resources.get(at));
            at.is_some_and(|it| bill.model.refers(field(&it.value, "topic_arn")) == Some(bill.id))
        });
        let subscribers = Quantity::derived(subscribers.count(), "for each subscription");
        if !subscribers.amount.is_zero() {
            bill.line("FIFO notifications", &FIFO_SENT, published.by(&subscribers));
            bill.line("FIFO notification payload", &FIFO_SENT_BYTES, bytes.by(&subscribers));
        }
        return;
    }
    let counted = published.clone().by(&size.map(|kb| steps(kb, 64)));
    bill.line("messages published", &REQUESTS, counted.clone());
    for (name, usage, subscribers) in DELIVERIES {
        let deliveries = counted.clone().by(&bill.assume(subscribers));
        bill.line(name, &Rate::new("AmazonSNS", usage, "Notifications"), deliveries);
    }
}

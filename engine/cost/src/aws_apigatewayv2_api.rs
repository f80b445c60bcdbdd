//! HTTP APIs by request, WebSocket APIs by message and minute. <https://aws.amazon.com/api-gateway/pricing/>

use crate::bill::{Bill, Rate};
use rust_decimal::Decimal;

const REQUESTS: Rate = Rate::new("AmazonApiGateway", "ApiGatewayHttpRequest", "Requests");
const MESSAGES: Rate = Rate::new("AmazonApiGateway", "ApiGatewayMessage", "Messages");
const MINUTES: Rate = Rate::new("AmazonApiGateway", "ApiGatewayMinute", "Minutes");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(protocol) = bill.choice("protocol_type", "HTTP") else { return };
    if protocol == "WEBSOCKET" {
        let size = bill.assume("http_api.message_size_kb").map(|kb| steps(kb, 32));
        bill.line("messages", &MESSAGES, bill.assume("http_api.messages_month").by(&size));
        bill.used("connection duration", &MINUTES, "http_api.connection_mins_month");
    } else {
        let size = bill.assume("http_api.request_size_kb").map(|kb| steps(kb, 512));
        bill.line("requests", &REQUESTS, bill.assume("http_api.requests_month").by(&size));
    }
}

/// How often a thing of so many KB counts: once for each step begun, and at least once.
pub(crate) fn steps(kb: Decimal, step: u32) -> Decimal {
    (kb / Decimal::from(step)).ceil().max(Decimal::ONE)
}

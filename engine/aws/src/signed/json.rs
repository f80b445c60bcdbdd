//! Services that speak JSON: `X-Amz-Target` names the operation, input and output are the bodies.

use super::caller::{Caller, Sending};
use super::{Refusal, Service};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::ErrorMetadata;
use serde_json::Value as Json;

/// Operations that make something new are sent once: the engine decides what to do about a lost answer.
const CREATES: [&str; 4] = ["Create", "Request", "Import", "Register"];

pub(super) async fn call(
    caller: &Caller,
    service: &Service,
    operation: &str,
    input: &Json,
) -> Result<Json, Refusal> {
    let name = format!("{}:{operation}", service.name);
    let sending = Sending {
        method: "POST",
        path: "/".to_owned(),
        headers: vec![
            ("content-type", format!("application/x-amz-json-{}", service.version)),
            ("x-amz-target", format!("{}.{operation}", service.target)),
        ],
        body: input.to_string().into_bytes(),
    };
    let once = CREATES.iter().any(|start| operation.starts_with(start));
    let answer = caller.send(sending, once).await.map_err(|error| Refusal::of(&name, &error))?;
    if answer.body.is_empty() {
        return Ok(Json::Null);
    }
    serde_json::from_slice(&answer.body).map_err(|_| Refusal::unreadable(&name, answer.status))
}

/// The code is in a header or in `__type`, perhaps with a namespace before it and an address after it.
pub(super) fn refusal(response: &HttpResponse, body: &[u8]) -> ErrorMetadata {
    let body: Json = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Json::as_str);
    let code = response.headers().get("x-amzn-errortype");
    let code = code.or_else(|| text("__type")).or_else(|| text("code"));
    let mut error = ErrorMetadata::builder();
    if let Some(code) = code {
        let code = code.split(':').next().unwrap_or_default();
        error = error.code(code.rsplit('#').next().unwrap_or_default());
    }
    if let Some(message) = text("message").or_else(|| text("Message")) {
        error = error.message(message);
    }
    error.build()
}

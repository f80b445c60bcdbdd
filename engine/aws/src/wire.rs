//! Requests and answers of the JSON services as the JSON they are.
//!
//! ECS and Application Auto Scaling name their members as Terraform names its blocks, up to case and a few words. So one table a
//! type says what the SDK's builders would say field by field, and a document such as container definitions goes through unread.

use aws_sdk_ecs::config::http::HttpRequest;
use aws_sdk_ecs::config::interceptors::AfterDeserializationInterceptorContextRef;
use aws_sdk_ecs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ecs::error::BoxError;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value as Json};
use std::sync::{Arc, Mutex, PoisonError};

/// Members of a JSON object.
pub(crate) type Members = Map<String, Json>;

/// Adds members to the body of a request, before it is signed: `.customize().map_request(adding(members))`.
pub(crate) fn adding(
    members: Members,
) -> impl Fn(HttpRequest) -> Result<HttpRequest, serde_json::Error> + Send + Sync + 'static {
    move |mut request| {
        let body = request.body().bytes().unwrap_or_default();
        let mut all: Members = serde_json::from_slice(body)?;
        for (name, value) in &members {
            merge(&mut all, name, value.clone());
        }
        let text = serde_json::to_string(&all)?;
        request.headers_mut().insert("content-length", text.len().to_string());
        *request.body_mut() = text.into();
        Ok(request)
    }
}

/// Sets a member; an object is added to an object that is there.
fn merge(all: &mut Members, name: &str, value: Json) {
    match (all.get_mut(name), value) {
        (Some(Json::Object(old)), Json::Object(new)) => old.extend(new),
        (_, value) => drop(all.insert(name.to_owned(), value)),
    }
}

/// Keeps the body of the answer: `.customize().interceptor(answer.clone())`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer(Arc<Mutex<Json>>);

impl Answer {
    /// What came; null before it does, and when it is no JSON.
    pub(crate) fn take(&self) -> Json {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Intercept for Answer {
    fn name(&self) -> &'static str {
        "Answer"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(body) = context.response().body().bytes() {
            let json = serde_json::from_slice(body).unwrap_or_default();
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = json;
        }
        Ok(())
    }
}

/// The first object of a list in an answer.
pub(crate) fn first(answer: Json, list: &str) -> Json {
    nth(answer, list, 0)
}

/// An object of a list in an answer.
pub(crate) fn nth(mut answer: Json, list: &str, n: usize) -> Json {
    answer.pointer_mut(&format!("/{list}/{n}")).map(Json::take).unwrap_or_default()
}

/// A time as RFC 3339 has it, to the second; the API counts seconds. Empty where there is none.
pub(crate) fn time(object: &Json, name: &str) -> String {
    let seconds = object.get(name).and_then(Json::as_f64);
    let text = seconds.and_then(|s| DateTime::from_secs_f64(s.trunc()).fmt(Format::DateTime).ok());
    text.unwrap_or_default()
}

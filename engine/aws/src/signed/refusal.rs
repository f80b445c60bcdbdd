//! Why a signed call has no answer.

use super::caller::CallError;
use crate::failure;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use plan::Failure;

/// A failed call, with what callers tell cases apart by. Becomes a [`Failure`] by `?`.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What it means to the engine.
    pub failure: Failure,
    /// The service's code: `NoSuchKey`; empty when none came.
    pub code: String,
    /// The answer's status; `None` when none came.
    pub status: Option<u16>,
}

impl Refusal {
    pub(super) fn of(operation: &str, error: &CallError) -> Self {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
        Self {
            failure: failure::of(operation, error),
            code: code.unwrap_or_default().to_owned(),
            status: error.raw_response().map(|raw| raw.status().as_u16()),
        }
    }

    /// The call was answered, but not in the service's form.
    pub(super) fn unreadable(operation: &str, status: u16) -> Self {
        let message = format!("unreadable answer with status {status}");
        let failure = Failure {
            kind: failure::by_status(status),
            message,
            operation: operation.to_owned(),
            help: None,
        };
        Self { failure, code: String::new(), status: Some(status) }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        refusal.failure
    }
}

//! What the SDK's errors mean to the engine.

use crate::provider::Aws;
use aws_sdk_sts::config::http::HttpResponse;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use plan::{Failure, FailureKind};
use std::error::Error;

/// Turns an SDK error into a failure of this operation: `.map_err(fail("ec2:CreateVpc"))`.
pub(crate) fn fail<E>(operation: &'static str) -> impl FnOnce(SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    move |error| of(operation, &error)
}

/// Reads one thing: that it is not there is an answer, not a failure.
pub(crate) fn found<T, E>(
    operation: &'static str,
    result: Result<T, SdkError<E, HttpResponse>>,
) -> Result<Option<T>, Failure>
where
    E: ProvideErrorMetadata + Error + 'static,
{
    absent(result.map(Some).map_err(fail(operation)))
}

/// The same for a failure that is one already.
pub(crate) fn absent<T: Default>(result: Result<T, Failure>) -> Result<T, Failure> {
    match result {
        Err(failure) if failure.kind == FailureKind::NotFound => Ok(T::default()),
        other => other,
    }
}

/// A failure that is not the API's: an answer that lacks what it must have.
pub(crate) fn internal(message: String) -> Failure {
    Failure { kind: FailureKind::Other, message, operation: String::new(), help: None }
}

/// The answer to a create lacks the object's id.
pub(crate) fn no_id(operation: &'static str) -> Failure {
    Failure {
        kind: FailureKind::Unanswered,
        message: "the answer holds no id".to_owned(),
        operation: operation.to_owned(),
        help: None,
    }
}

/// A name that is taken by an object which this stack does not manage.
pub(crate) fn taken(operation: &'static str, what: &str) -> Failure {
    Failure {
        kind: FailureKind::Exists,
        message: format!("{what} exists and does not belong to this stack"),
        operation: operation.to_owned(),
        help: Some("choose another name, or import the object".to_owned()),
    }
}

/// The endpoint does not know the operation: it says so by code, or an endpoint that is not AWS's own breaks down over it
/// without an answer in the service's form.
pub(crate) fn is_unimplemented<E>(aws: &Aws, error: &SdkError<E, HttpResponse>) -> bool
where
    E: ProvideErrorMetadata,
{
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    let breaks_down = || {
        let status = error.raw_response().map(|raw| raw.status().as_u16());
        code.is_none() && matches!(status, Some(500 | 501))
    };
    matches!(code, Some("UnknownOperationException" | "InvalidAction" | "NotImplemented"))
        || aws.is_elsewhere() && breaks_down()
}

/// What an answer that is good as a whole says of one object.
pub(crate) fn told(operation: &str, code: &str, text: &str) -> Failure {
    let (kind, message) = (classify(code, text, 400), spell(code, text, 400));
    let help = help(kind, operation, &message);
    Failure { kind, message, operation: operation.to_owned(), help }
}

/// The same for any error, by reference.
pub(crate) fn of<E>(operation: &str, error: &SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let (kind, message) = match error {
        SdkError::ServiceError(service) => {
            let code = service.err().code().unwrap_or_default();
            let text = service.err().message().unwrap_or_default();
            let kind = classify(code, text, service.raw().status().as_u16());
            (kind, spell(code, text, service.raw().status().as_u16()))
        }
        SdkError::ResponseError(response) => {
            let status = response.raw().status().as_u16();
            (by_status(status), format!("unreadable answer with status {status}"))
        }
        SdkError::TimeoutError(_) => {
            (FailureKind::Unanswered, "no answer within the time limit".to_owned())
        }
        other => {
            let why = chain(other);
            (unsent(&why), lower(&why))
        }
    };
    let help = help(kind, operation, &message);
    Failure { kind, message, operation: operation.to_owned(), help }
}

/// Why a request got no answer at all.
fn unsent(why: &str) -> FailureKind {
    let says = |words: &[&str]| words.iter().any(|word| why.contains(word));
    if says(&["credentials", "identity", "token provider"]) {
        FailureKind::Credentials
    } else if says(&["(Connect)", "connect timeout", "dns error"]) {
        FailureKind::Unreachable
    } else {
        FailureKind::Unanswered
    }
}

fn chain(error: &(dyn Error + 'static)) -> String {
    let (mut texts, mut cause) = (Vec::new(), Some(error));
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    texts.dedup();
    texts.join(": ")
}

/// By code, then by words, then by status. Codes: the services' API references; words: what the services are known to say while
/// roles, service-linked roles and load balancers are still on their way.
fn classify(code: &str, text: &str, status: u16) -> FailureKind {
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let ends = |ends: &[&str]| ends.iter().any(|end| code.ends_with(end));
    match code {
        "RequestLimitExceeded"
        | "TooManyRequestsException"
        | "BandwidthLimitExceeded"
        | "SlowDown"
        | "EC2ThrottledException"
        | "PriorRequestNotComplete" => FailureKind::Throttled,
        _ if code.starts_with("Throttl") || code.starts_with("RequestThrottl") => {
            FailureKind::Throttled
        }
        "AuthFailure" if says(&["permission to access the specified resource"]) => {
            FailureKind::InUse
        }
        "ExpiredToken"
        | "ExpiredTokenException"
        | "RequestExpired"
        | "RequestTimeTooSkewed"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "MissingAuthenticationToken"
        | "IncompleteSignature"
        | "AuthFailure" => FailureKind::Credentials,
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "OptInRequired" => {
            FailureKind::Denied
        }
        "NoSuchEntity" | "NoSuchKey" | "Gateway.NotAttached" | "ServiceNotActiveException" => {
            FailureKind::NotFound
        }
        "ClientException" if says(&["Unable to describe task definition"]) => FailureKind::NotFound,
        "ValidationException" if says(&["No scaling policy found", "No scalable target found"]) => {
            FailureKind::NotFound
        }
        // A certificate takes minutes to be issued, and then it is there: a missing one is a wrong ARN.
        "CertificateNotFound" => FailureKind::Invalid,
        _ if ends(&["NotFound", "NotFoundException"]) => FailureKind::NotFound,
        "DependencyViolation"
        | "ResourceInUse"
        | "ResourceInUseException"
        | "DeleteConflict"
        | "UpdateInProgressException"
        | "InvalidIPAddress.InUse"
        | "InvalidGroup.InUse" => FailureKind::InUse,
        _ if code.starts_with("ClusterContains") => FailureKind::InUse,
        "InvalidParameterException"
            if says(&["cannot be stopped while deployments are active"]) =>
        {
            FailureKind::InUse
        }
        "Resource.AlreadyAssociated"
        | "PriorityInUse"
        | "ResourceExistsException"
        | "BucketAlreadyOwnedByYou" => FailureKind::Exists,
        "InvalidParameterException" if says(&["not idempotent"]) => FailureKind::Exists,
        _ if code.contains("AlreadyExists") || code.contains("Duplicate") => FailureKind::Exists,
        "InvalidParameterException"
        | "ClientException"
        | "ValidationException"
        | "MalformedPolicyDocument"
        | "MalformedPolicyDocumentException"
        | "InvalidRequestException"
        | "FailedResourceAccessException"
        | "AccessDeniedFault"
            if says(&[
                "service linked role",
                "service-linked role",
                "service role being passed",
                "does not have an associated load balancer",
                "Unable to assume",
                "Unable to retrieve",
                "Invalid principal in policy",
                "invalid principals",
                "scheduled for deletion",
                "was deleted",
                "ECS service doesn't exist",
                "Cluster was not ACTIVE",
                "still Draining",
                "Role is not valid",
                "Rate exceeded",
                "token included in the request is invalid",
            ]) =>
        {
            FailureKind::Retry
        }
        "ConcurrentModification"
        | "ConcurrentUpdateException"
        | "ConditionalRequestConflict"
        | "OperationAborted"
        | "OperationAbortedException"
        | "IncorrectState"
        | "IncorrectInstanceState"
        | "InvalidState"
        | "ServiceUnavailable"
        | "ServiceUnavailableException"
        | "Unavailable" => FailureKind::Retry,
        _ if (400..500).contains(&status) => match code {
            "" => FailureKind::Other,
            _ => FailureKind::Invalid,
        },
        _ => by_status(status),
    }
}

/// What a status alone says.
pub(crate) fn by_status(status: u16) -> FailureKind {
    match status {
        429 => FailureKind::Throttled,
        503 => FailureKind::Retry,
        // The call had its effect, or may have had it; what came of it is not known.
        200..300 | 500.. => FailureKind::Unanswered,
        403 => FailureKind::Denied,
        _ => FailureKind::Other,
    }
}

/// `the vpc ID 'vpc-1' does not exist (InvalidVpcID.NotFound)`
fn spell(code: &str, text: &str, status: u16) -> String {
    let text = lower(text.trim().trim_end_matches('.'));
    match (text.is_empty(), code.is_empty()) {
        (false, false) => format!("{text} ({code})"),
        (false, true) => text,
        (true, false) => code.to_owned(),
        (true, true) => format!("status {status}"),
    }
}

/// Lower case at the start, unless the first word is an acronym.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// AWS takes no request that is dated minutes off.
fn is_of_another_time(message: &str) -> bool {
    let words = [
        "RequestTimeTooSkewed",
        "RequestExpired",
        "Signature expired",
        "Signature not yet current",
    ];
    words.iter().any(|words| message.to_lowercase().contains(&words.to_lowercase()))
}

fn help(kind: FailureKind, operation: &str, message: &str) -> Option<String> {
    Some(match kind {
        FailureKind::Credentials if is_of_another_time(message) => {
            "set this machine's clock: AWS takes no request that is minutes off".to_owned()
        }
        FailureKind::Denied => format!("allow `{operation}` to the caller, or use another profile"),
        FailureKind::Credentials => {
            "log in again, or set a profile whose credentials are valid".to_owned()
        }
        FailureKind::Unreachable => {
            "check the network, the region, and `AWS_ENDPOINT_URL` if it is set".to_owned()
        }
        FailureKind::Exists => "choose another name, or import the object".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_words_and_status_decide() {
        use FailureKind as K;
        for (code, text, status, kind) in [
            ("InvalidVpcID.NotFound", "", 400, K::NotFound),
            ("NatGatewayNotFound", "", 400, K::NotFound),
            ("NoSuchEntity", "", 404, K::NotFound),
            ("ObjectNotFoundException", "", 400, K::NotFound),
            ("ClientException", "Unable to describe task definition.", 400, K::NotFound),
            ("ClientException", "Invalid setting", 400, K::Invalid),
            ("RequestLimitExceeded", "", 503, K::Throttled),
            ("ThrottlingException", "", 400, K::Throttled),
            ("DependencyViolation", "", 400, K::InUse),
            ("ClusterContainsServicesException", "", 400, K::InUse),
            ("InvalidGroup.Duplicate", "", 400, K::Exists),
            ("EntityAlreadyExists", "", 409, K::Exists),
            ("RouteAlreadyExists", "", 400, K::Exists),
            ("UnauthorizedOperation", "", 403, K::Denied),
            ("ExpiredToken", "", 403, K::Credentials),
            ("AuthFailure", "AWS was not able to validate the credentials", 401, K::Credentials),
            (
                "AuthFailure",
                "You do not have permission to access the specified resource.",
                400,
                K::InUse,
            ),
            (
                "InvalidParameterException",
                "Unable to assume the service linked role.",
                400,
                K::Retry,
            ),
            (
                "InvalidParameterException",
                "Creation of service was not idempotent.",
                400,
                K::Exists,
            ),
            ("InvalidParameterValue", "", 400, K::Invalid),
            ("InternalError", "", 500, K::Unanswered),
            ("ServiceUnavailable", "", 503, K::Retry),
            ("", "", 500, K::Unanswered),
            // A proxy's 404 must never make an object look deleted.
            ("", "", 404, K::Other),
        ] {
            assert_eq!(classify(code, text, status), kind, "{code} {text} {status}");
        }
    }

    #[test]
    fn a_clock_that_is_off_is_told_from_keys_that_are_not_valid() {
        let help = |code: &str, text: &str| {
            let kind = classify(code, text, 403);
            assert_eq!(kind, FailureKind::Credentials, "{code}");
            help(kind, "sts:GetCallerIdentity", &spell(code, text, 403)).unwrap()
        };
        for (code, text) in [
            ("RequestTimeTooSkewed", "The difference is too large."),
            (
                "SignatureDoesNotMatch",
                "Signature not yet current: 20261123T1 is later than 20261122",
            ),
            ("InvalidSignatureException", "Signature expired: 20261122 is now earlier"),
        ] {
            assert!(help(code, text).contains("clock"), "{code}");
        }
        assert!(help("ExpiredToken", "The security token is expired").contains("log in"));
    }

    #[test]
    fn messages_are_lower_case_without_a_period() {
        assert_eq!(spell("A.B", "The vpc is gone.", 400), "the vpc is gone (A.B)");
        assert_eq!(spell("A.B", "VPC is gone", 400), "VPC is gone (A.B)");
        assert_eq!(spell("", "", 500), "status 500");
    }
}

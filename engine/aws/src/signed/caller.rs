//! One endpoint of one service: the SDK's orchestrator with what all services share.

use super::{S3, Service};
use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::{ServiceClockSkewClassifier, ServiceClockSkewInterceptor};
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::error::ErrorMetadata;
use aws_types::SigningName;
use aws_types::region::{Region, SigningRegion};

/// A request before its endpoint and its signature.
#[derive(Clone, Debug, Default)]
pub(super) struct Sending {
    pub(super) method: &'static str,
    /// With its query, wholly encoded.
    pub(super) path: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) etag: Option<String>,
    pub(super) body: Vec<u8>,
}

pub(super) type CallError = SdkError<ErrorMetadata, HttpResponse>;

type Call = Operation<Sending, Answer, ErrorMetadata>;

/// Calls one endpoint.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    repeating: Call,
    once: Call,
}

impl Caller {
    pub(super) fn new(
        config: &SdkConfig,
        service: &'static Service,
        endpoint: &str,
        region: &str,
    ) -> Self {
        let retry = config.retry_config().cloned().unwrap_or_else(RetryConfig::standard);
        let build = |retry: &RetryConfig| build(config, service, endpoint, region, retry);
        Self { repeating: build(&retry), once: build(&RetryConfig::disabled()) }
    }

    /// Sends a request; `once`: an answer that is lost must not make a second object.
    pub(super) async fn send(&self, sending: Sending, once: bool) -> Result<Answer, CallError> {
        if once { &self.once } else { &self.repeating }.invoke(sending).await
    }
}

fn build(
    config: &SdkConfig,
    service: &'static Service,
    endpoint: &str,
    region: &str,
    retry: &RetryConfig,
) -> Call {
    let mut builder = Operation::builder()
        .service_name(service.name)
        .operation_name("Call")
        .endpoint_url(endpoint)
        .standard_retry(retry)
        .retry_classifier(TransientErrorClassifier::<ErrorMetadata>::new())
        .retry_classifier(AwsErrorCodeClassifier::<ErrorMetadata>::new())
        .retry_classifier(HttpStatusCodeClassifier::default())
        .retry_classifier(ServiceClockSkewClassifier::<ErrorMetadata>::new())
        .interceptor(ServiceClockSkewInterceptor::new())
        .interceptor(RequestInfoInterceptor::new())
        .interceptor(InvocationIdInterceptor::new())
        .with_connection_poisoning()
        .runtime_plugin(signing(config, service, region));
    if let Some(version) = config.behavior_version() {
        builder = builder.behavior_version(version);
    }
    if let Some(timeouts) = config.timeout_config() {
        builder = builder.timeout_config(timeouts.clone());
    }
    if let Some(sleep) = config.sleep_impl() {
        builder = builder.sleep_impl(sleep);
    }
    if let Some(clock) = config.time_source() {
        builder = builder.time_source(clock);
    }
    if let Some(client) = config.http_client() {
        builder = builder.http_client(client);
    }
    let refusal = if service == &S3 { super::object::refusal } else { super::json::refusal };
    builder.serializer(request).deserializer(move |response| answer(response, refusal)).build()
}

/// Signature version 4, with the credentials of the configuration.
fn signing(config: &SdkConfig, service: &'static Service, region: &str) -> StaticRuntimePlugin {
    let mut options = SigningOptions::default();
    if service == &S3 {
        // S3's own rules: the path as it is, and the hash of the body in a header.
        options.double_uri_encode = false;
        options.normalize_uri_path = false;
        options.content_sha256_header = true;
    }
    let mut layer = Layer::new("signed");
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    layer.store_put(SigV4OperationSigningConfig {
        region: Some(SigningRegion::from(Region::new(region.to_owned()))),
        region_set: None,
        name: Some(SigningName::from_static(service.name)),
        signing_options: options,
    });
    let resolver = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
    let mut components = RuntimeComponentsBuilder::new("signed")
        .with_auth_scheme(SigV4AuthScheme::new())
        .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(resolver)));
    // Shared with the generated clients: credentials are asked for once.
    if let Some(cache) = config.identity_cache() {
        components.set_identity_cache(Some(cache));
    }
    if let Some(credentials) = config.credentials_provider() {
        let resolver = SharedIdentityResolver::new(credentials);
        components.set_identity_resolver(SCHEME_ID, resolver);
    }
    StaticRuntimePlugin::new().with_config(layer.freeze()).with_runtime_components(components)
}

fn request(sending: Sending) -> Result<HttpRequest, BoxError> {
    let length = sending.body.len();
    let mut request = HttpRequest::new(SdkBody::from(sending.body));
    request.set_method(sending.method)?;
    request.set_uri(sending.path)?;
    let headers = request.headers_mut();
    headers.try_insert("user-agent", concat!("banana/", env!("CARGO_PKG_VERSION")))?;
    if length > 0 {
        headers.try_insert("content-length", length.to_string())?;
    }
    for (name, value) in sending.headers {
        headers.try_insert(name, value)?;
    }
    Ok(request)
}

fn answer(
    response: &HttpResponse,
    refusal: fn(&HttpResponse, &[u8]) -> ErrorMetadata,
) -> Result<Answer, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    if !response.status().is_success() {
        return Err(OrchestratorError::operation(refusal(response, body)));
    }
    let etag = response.headers().get("etag").map(str::to_owned);
    Ok(Answer { status: response.status().as_u16(), etag, body: body.to_vec() })
}

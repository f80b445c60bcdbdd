//! One client a service, twice: for calls that may be repeated, and for creates, which are sent once.

use crate::failure;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sts::config::Credentials;
use plan::{Failure, FailureKind};
use std::fmt;
use std::time::Duration;

/// Where to go and as whom. What is left out, the AWS CLI's own chain decides: environment, profile files, web identity,
/// container and instance roles; `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` are honoured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The region, before `AWS_REGION` and the profile's.
    pub region: Option<String>,
    /// The profile, before `AWS_PROFILE`.
    pub profile: Option<String>,
    /// Every service's endpoint, before `AWS_ENDPOINT_URL`.
    pub endpoint: Option<String>,
    /// Keys as a provider block may hold them, before the chain.
    pub keys: Option<Keys>,
}

/// An access key. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// `access_key`
    pub access: String,
    /// `secret_key`
    pub secret: String,
    /// `token`, of temporary keys
    pub token: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

/// A client a service.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) ec2: aws_sdk_ec2::Client,
    pub(crate) ecs: aws_sdk_ecs::Client,
    pub(crate) elb: aws_sdk_elasticloadbalancingv2::Client,
    pub(crate) iam: aws_sdk_iam::Client,
    pub(crate) logs: aws_sdk_cloudwatchlogs::Client,
    pub(crate) scaling: aws_sdk_applicationautoscaling::Client,
    pub(crate) sts: aws_sdk_sts::Client,
}

impl Clients {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self {
            ec2: aws_sdk_ec2::Client::new(config),
            ecs: aws_sdk_ecs::Client::new(config),
            elb: aws_sdk_elasticloadbalancingv2::Client::new(config),
            iam: aws_sdk_iam::Client::new(config),
            logs: aws_sdk_cloudwatchlogs::Client::new(config),
            scaling: aws_sdk_applicationautoscaling::Client::new(config),
            sts: aws_sdk_sts::Client::new(config),
        }
    }
}

/// Loads credentials and region. Reads no credential yet: the first call does.
pub(crate) async fn load(options: &Options) -> Result<(SdkConfig, String), Failure> {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(
            TimeoutConfig::builder()
                .operation_attempt_timeout(Duration::from_secs(30))
                .operation_timeout(Duration::from_secs(90))
                .build(),
        );
    if let Some(region) = &options.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = &options.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    if let Some(Keys { access, secret, token }) = options.keys.clone() {
        let keys = Credentials::new(access, secret, token, None, "provider block");
        loader = loader.credentials_provider(keys);
    }
    let config = loader.load().await;
    match config.region() {
        Some(region) => {
            let region = region.to_string();
            Ok((config, region))
        }
        None => Err(Failure {
            kind: FailureKind::Invalid,
            help: Some("set `region` in the provider block, or `AWS_REGION`".to_owned()),
            ..failure::internal("no region is set".to_owned())
        }),
    }
}

/// The same, but each call is sent once: an answer that is lost must not make the SDK create a second object.
pub(crate) fn once(config: &SdkConfig) -> SdkConfig {
    config.to_builder().retry_config(RetryConfig::disabled()).build()
}

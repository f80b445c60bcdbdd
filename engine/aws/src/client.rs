//! One client a service, twice: for calls that may be repeated, and for creates, which are sent once.

use crate::failure;
use crate::ignored_tags::IgnoredTags;
use aws_config::identity::IdentityCache;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_config::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use plan::{Failure, FailureKind};
use std::collections::BTreeMap;
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
    /// Roles to assume, the first with the credentials so far, each other with those of the one before.
    pub roles: Vec<Role>,
    /// A role to assume with a token instead of credentials.
    pub web_identity: Option<WebIdentity>,
    /// Single services' endpoints, by their names in a provider's `endpoints` block: `ec2`, `elbv2`.
    pub endpoints: BTreeMap<String, String>,
    /// Profile files instead of `~/.aws/config`.
    pub config_files: Vec<String>,
    /// Profile files instead of `~/.aws/credentials`.
    pub credentials_files: Vec<String>,
    /// Endpoints that keep to FIPS 140.
    pub fips: Option<bool>,
    /// Endpoints that speak IPv6 too.
    pub dual_stack: Option<bool>,
    /// Tags that are neither seen nor removed.
    pub ignored_tags: IgnoredTags,
}

/// A role to assume: STS `AssumeRole`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// `role_arn`
    pub arn: String,
    /// `session_name`
    pub session: Option<String>,
    /// `external_id`
    pub external_id: Option<String>,
    /// `duration`
    pub duration: Option<Duration>,
    /// `policy`, which narrows what the session may do
    pub policy: Option<String>,
    /// `policy_arns`
    pub policy_arns: Vec<String>,
    /// `tags` of the session
    pub tags: BTreeMap<String, String>,
}

/// STS `AssumeRoleWithWebIdentity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebIdentity {
    /// `role_arn`
    pub arn: String,
    /// `session_name`
    pub session: String,
    /// `web_identity_token_file`
    pub token_file: String,
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
    /// `endpoints`: single services' own, by their names in a provider's `endpoints` block.
    pub(crate) fn new(config: &SdkConfig, endpoints: &BTreeMap<String, String>) -> Self {
        let own = |names: &[&str]| names.iter().find_map(|name| endpoints.get(*name)).cloned();
        macro_rules! client {
            ($sdk:ident, $($name:literal),+) => {{
                let builder = $sdk::config::Builder::from(config);
                let builder = match own(&[$($name),+]) {
                    Some(url) => builder.endpoint_url(url),
                    None => builder,
                };
                $sdk::Client::from_conf(builder.build())
            }};
        }
        Self {
            ec2: client!(aws_sdk_ec2, "ec2"),
            ecs: client!(aws_sdk_ecs, "ecs"),
            elb: client!(aws_sdk_elasticloadbalancingv2, "elbv2", "elasticloadbalancingv2"),
            iam: client!(aws_sdk_iam, "iam"),
            logs: client!(aws_sdk_cloudwatchlogs, "logs", "cloudwatchlogs", "cloudwatchlog"),
            scaling: client!(
                aws_sdk_applicationautoscaling,
                "appautoscaling",
                "applicationautoscaling"
            ),
            sts: client!(aws_sdk_sts, "sts"),
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
    if !(options.config_files.is_empty() && options.credentials_files.is_empty()) {
        loader = loader.profile_files(files(options));
    }
    if let Some(fips) = options.fips {
        loader = loader.use_fips(fips);
    }
    if let Some(dual) = options.dual_stack {
        loader = loader.use_dual_stack(dual);
    }
    let mut config = loader.load().await;
    if let Some(identity) = &options.web_identity {
        config = with(&config, federated(identity, &config));
    }
    for role in &options.roles {
        config = with(&config, assumed(role, &config, options.endpoints.get("sts")).await);
    }
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

/// The profile files that are named, and the usual one of a kind of which none is named.
fn files(options: &Options) -> EnvConfigFiles {
    let Options { config_files, credentials_files, .. } = options;
    let mut files = EnvConfigFiles::builder()
        .include_default_config_file(config_files.is_empty())
        .include_default_credentials_file(credentials_files.is_empty());
    for file in config_files {
        files = files.with_file(EnvConfigFileKind::Config, file);
    }
    for file in credentials_files {
        files = files.with_file(EnvConfigFileKind::Credentials, file);
    }
    files.build()
}

/// The same configuration with other credentials, and a cache of their own.
fn with(config: &SdkConfig, credentials: SharedCredentialsProvider) -> SdkConfig {
    let cache = IdentityCache::lazy().build();
    config.to_builder().credentials_provider(credentials).identity_cache(cache).build()
}

/// The credentials of a role.
async fn assumed(
    role: &Role,
    config: &SdkConfig,
    endpoint: Option<&String>,
) -> SharedCredentialsProvider {
    let config = match endpoint {
        Some(url) => &config.to_builder().endpoint_url(url).build(),
        None => config,
    };
    let mut provider = AssumeRoleProvider::builder(&role.arn)
        .configure(config)
        .session_name(role.session.as_deref().unwrap_or("banana"));
    if let Some(id) = &role.external_id {
        provider = provider.external_id(id);
    }
    if let Some(time) = role.duration {
        provider = provider.session_length(time);
    }
    if let Some(policy) = &role.policy {
        provider = provider.policy(policy);
    }
    if !role.policy_arns.is_empty() {
        provider = provider.policy_arns(role.policy_arns.clone());
    }
    if !role.tags.is_empty() {
        provider = provider.tags(role.tags.clone());
    }
    SharedCredentialsProvider::new(provider.build().await)
}

/// The credentials of a role that a token opens.
fn federated(identity: &WebIdentity, config: &SdkConfig) -> SharedCredentialsProvider {
    let WebIdentity { arn, session, token_file } = identity;
    let region = ProviderConfig::default().with_region(config.region().cloned());
    let given = StaticConfiguration {
        web_identity_token_file: token_file.into(),
        role_arn: arn.clone(),
        session_name: session.clone(),
    };
    let provider = WebIdentityTokenCredentialsProvider::builder();
    let provider = provider.configure(&region).static_configuration(given).build();
    SharedCredentialsProvider::new(provider)
}

/// The same, but each call is sent once: an answer that is lost must not make the SDK create a second object.
pub(crate) fn once(config: &SdkConfig) -> SdkConfig {
    config.to_builder().retry_config(RetryConfig::disabled()).build()
}

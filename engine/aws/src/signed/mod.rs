//! Signed calls to services that have no SDK crate here: each such crate costs minutes of compiling for a handful of calls.
//!
//! The SDK's own orchestrator makes the calls: the same credentials, regions, endpoints, timeouts, retries and clock correction as
//! those of the generated clients. Two forms: [`Signed::json`] for services that speak JSON, [`Signed::object`] for S3.

mod caller;
mod endpoint;
mod json;
mod object;
mod refusal;
mod service;

pub use object::{Bucket, Reply, Request};
pub use refusal::Refusal;
pub use service::{ACM, CLOUDWATCH, ECR, KMS, S3, SECRETS_MANAGER, SERVICE_QUOTAS, SSM, Service};

use crate::client::{self, Options};
use aws_config::SdkConfig;
use caller::Caller;
use plan::Failure;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Makes signed calls as one caller in one region.
#[derive(Clone, Debug)]
pub struct Signed {
    config: SdkConfig,
    region: String,
    /// Single services' own, by their names in a provider's `endpoints` block.
    endpoints: BTreeMap<String, String>,
    /// By endpoint; made when first called.
    callers: Arc<Mutex<BTreeMap<(&'static str, String), Caller>>>,
}

impl Signed {
    /// Loads the configuration. No call is made.
    pub async fn connect(options: &Options) -> Result<Self, Failure> {
        let (config, region) = client::load(options).await?;
        Ok(Self::new(&config, &region, &options.endpoints))
    }

    pub(crate) fn new(
        config: &SdkConfig,
        region: &str,
        endpoints: &BTreeMap<String, String>,
    ) -> Self {
        let (config, region, endpoints) = (config.clone(), region.to_owned(), endpoints.clone());
        Self { config, region, endpoints, callers: Arc::default() }
    }

    /// The region that calls go to.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Calls an operation of a service that speaks JSON: `signed.json(&KMS, "DescribeKey", &json!({"KeyId": id}))`.
    pub async fn json(
        &self,
        service: &'static Service,
        operation: &str,
        input: &Json,
    ) -> Result<Json, Refusal> {
        let own = self.endpoints.get(service.own_name()).cloned();
        let endpoint = own.unwrap_or_else(|| endpoint::of(&self.config, service, &self.region));
        json::call(&self.caller(service, &endpoint), service, operation, input).await
    }

    /// Makes a request to an object of S3.
    pub async fn object(&self, bucket: &Bucket, request: Request<'_>) -> Result<Reply, Refusal> {
        let own = ["s3", "s3api"].iter().find_map(|name| self.endpoints.get(*name));
        let own = own.map(String::as_str);
        let (endpoint, path) = bucket.place(&self.config, &self.region, own, request.key);
        object::call(&self.caller(&S3, &endpoint), &path, request).await
    }

    fn caller(&self, service: &'static Service, endpoint: &str) -> Caller {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Caller::new(&self.config, service, endpoint, &self.region);
        callers.entry((service.name, endpoint.to_owned())).or_insert_with(new).clone()
    }
}

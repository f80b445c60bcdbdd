//! APIs.

pub mod api_key;
pub mod api_replacement;
pub mod authorizer;
pub mod cache_encryption;
pub mod client_certificate;
pub mod compression;
pub mod data_trace;
pub mod domain_tls;
pub mod execution_logs;
pub mod method_cache;
pub mod method_metrics;
pub mod model_name;
pub mod open_cors;
pub mod open_method;
pub mod open_route;
pub mod public_api;
pub mod public_policy;
pub mod request_validation;
pub mod stage_cache;
pub mod stage_logs;
pub mod stage_tracing;
pub mod stage_waf;
pub mod usage_plan;

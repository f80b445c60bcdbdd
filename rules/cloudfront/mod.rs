//! Distributions.

pub mod bucket_origin_access;
pub mod default_certificate;
pub mod disabled_distribution;
pub mod distribution_logs;
pub mod distribution_waf;
pub mod geo_restriction;
pub mod origin_failover;
pub mod origin_https;
pub mod origin_tls;
pub mod response_headers;
pub mod root_object;
pub mod sni;
pub mod strict_transport;
pub mod viewer_https;
pub mod viewer_tls;

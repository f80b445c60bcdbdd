//! Where a service answers.

use super::Service;
use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

/// The endpoint that the user named for this service or for all, in the order of the SDK's clients: what the options say, then
/// `AWS_ENDPOINT_URL_<SERVICE>` and its like in the profile, then `AWS_ENDPOINT_URL`.
pub(super) fn named(config: &SdkConfig, service: &Service) -> Option<String> {
    let general = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return general;
    }
    let key = ServiceConfigKey::builder()
        .service_id(service.id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok();
    let own = key.and_then(|key| config.service_config()?.load_config(key));
    own.or(general)
}

/// The endpoint of a service in a region.
pub(super) fn of(config: &SdkConfig, service: &Service, region: &str) -> String {
    named(config, service).unwrap_or_else(|| {
        let (fips, dual) = (config.use_fips() == Some(true), config.use_dual_stack() == Some(true));
        regional(service.host, region, fips, dual)
    })
}

/// As AWS names its hosts; S3 names those that also speak IPv6 in a way of its own.
pub(super) fn regional(host: &str, region: &str, fips: bool, dual: bool) -> String {
    let fips = if fips { "-fips" } else { "" };
    let china = region.starts_with("cn-");
    let suffix = match (host, dual, china) {
        ("s3", _, true) | (_, false, true) => "amazonaws.com.cn",
        ("s3", _, false) | (_, false, false) => "amazonaws.com",
        (_, true, true) => "api.amazonwebservices.com.cn",
        (_, true, false) => "api.aws",
    };
    let stack = if host == "s3" && dual { ".dualstack" } else { "" };
    format!("https://{host}{fips}{stack}.{region}.{suffix}")
}

#[cfg(test)]
mod tests {
    use super::regional;

    /// Hosts as the endpoint tables of AWS's General Reference list them.
    #[test]
    fn hosts_are_those_that_aws_lists() {
        for (host, region, fips, dual, expected) in [
            ("kms", "eu-west-3", false, false, "https://kms.eu-west-3.amazonaws.com"),
            ("kms", "us-east-1", true, false, "https://kms-fips.us-east-1.amazonaws.com"),
            ("kms", "cn-north-1", false, false, "https://kms.cn-north-1.amazonaws.com.cn"),
            ("kms", "eu-west-3", false, true, "https://kms.eu-west-3.api.aws"),
            ("api.ecr", "eu-west-3", false, false, "https://api.ecr.eu-west-3.amazonaws.com"),
            ("s3", "eu-west-3", false, false, "https://s3.eu-west-3.amazonaws.com"),
            ("s3", "eu-west-3", false, true, "https://s3.dualstack.eu-west-3.amazonaws.com"),
            ("s3", "us-east-1", true, true, "https://s3-fips.dualstack.us-east-1.amazonaws.com"),
        ] {
            assert_eq!(regional(host, region, fips, dual), expected);
        }
    }
}

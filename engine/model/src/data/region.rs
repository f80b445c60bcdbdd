//! What AWS' regions and partitions are called.

/// A partition: AWS' worlds that share nothing with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// `aws`
    pub name: &'static str,
    /// `amazonaws.com`
    pub suffix: &'static str,
    /// `com.amazonaws`
    pub reverse: &'static str,
}

/// The partition of a region, by the start of its name.
pub fn partition(region: &str) -> Partition {
    let of = |name, suffix, reverse| Partition { name, suffix, reverse };
    match region.split('-').take(2).collect::<Vec<_>>().as_slice() {
        ["cn", _] => of("aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"),
        ["us", "gov"] => of("aws-us-gov", "amazonaws.com", "com.amazonaws"),
        ["us", "iso"] => of("aws-iso", "c2s.ic.gov", "gov.ic.c2s"),
        ["us", "isob"] => of("aws-iso-b", "sc2s.sgov.gov", "gov.sgov.sc2s"),
        _ => of("aws", "amazonaws.com", "com.amazonaws"),
    }
}

/// Regions by code, with the names that AWS' endpoint list gives them
/// (<https://docs.aws.amazon.com/general/latest/gr/rande.html>).
const REGIONS: [(&str, &str); 37] = [
    ("af-south-1", "Africa (Cape Town)"),
    ("ap-east-1", "Asia Pacific (Hong Kong)"),
    ("ap-east-2", "Asia Pacific (Taipei)"),
    ("ap-northeast-1", "Asia Pacific (Tokyo)"),
    ("ap-northeast-2", "Asia Pacific (Seoul)"),
    ("ap-northeast-3", "Asia Pacific (Osaka)"),
    ("ap-south-1", "Asia Pacific (Mumbai)"),
    ("ap-south-2", "Asia Pacific (Hyderabad)"),
    ("ap-southeast-1", "Asia Pacific (Singapore)"),
    ("ap-southeast-2", "Asia Pacific (Sydney)"),
    ("ap-southeast-3", "Asia Pacific (Jakarta)"),
    ("ap-southeast-4", "Asia Pacific (Melbourne)"),
    ("ap-southeast-5", "Asia Pacific (Malaysia)"),
    ("ap-southeast-7", "Asia Pacific (Thailand)"),
    ("ca-central-1", "Canada (Central)"),
    ("ca-west-1", "Canada West (Calgary)"),
    ("cn-north-1", "China (Beijing)"),
    ("cn-northwest-1", "China (Ningxia)"),
    ("eu-central-1", "Europe (Frankfurt)"),
    ("eu-central-2", "Europe (Zurich)"),
    ("eu-north-1", "Europe (Stockholm)"),
    ("eu-south-1", "Europe (Milan)"),
    ("eu-south-2", "Europe (Spain)"),
    ("eu-west-1", "Europe (Ireland)"),
    ("eu-west-2", "Europe (London)"),
    ("eu-west-3", "Europe (Paris)"),
    ("il-central-1", "Israel (Tel Aviv)"),
    ("me-central-1", "Middle East (UAE)"),
    ("me-south-1", "Middle East (Bahrain)"),
    ("mx-central-1", "Mexico (Central)"),
    ("sa-east-1", "South America (Sao Paulo)"),
    ("us-east-1", "US East (N. Virginia)"),
    ("us-east-2", "US East (Ohio)"),
    ("us-gov-east-1", "AWS GovCloud (US-East)"),
    ("us-gov-west-1", "AWS GovCloud (US-West)"),
    ("us-west-1", "US West (N. California)"),
    ("us-west-2", "US West (Oregon)"),
];

/// What people call a region.
pub(super) fn description(region: &str) -> Option<&'static str> {
    let at = REGIONS.binary_search_by_key(&region, |(code, _)| code).ok()?;
    REGIONS.get(at).map(|(_, description)| *description)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_found() {
        assert!(REGIONS.is_sorted());
        assert_eq!(description("eu-west-3"), Some("Europe (Paris)"));
        assert_eq!(description("eu-west-9"), None);
    }

    #[test]
    fn partitions_follow_the_name() {
        for (region, name, suffix) in [
            ("eu-west-3", "aws", "amazonaws.com"),
            ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
            ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
            ("us-iso-east-1", "aws-iso", "c2s.ic.gov"),
            ("", "aws", "amazonaws.com"),
        ] {
            assert_eq!((partition(region).name, partition(region).suffix), (name, suffix));
        }
    }
}

//! Distributions: what leaves to each part of the world, requests, and what they switch on: `data/simple.tsv`.
//! <https://aws.amazon.com/cloudfront/pricing/>

use crate::bill::{Bill, Rate, written};
use crate::quantity::Quantity;
use crate::simple::write_with;
use model::field;
use stack::Value;

const CERTIFICATE: Rate = Rate::new("AmazonCloudFront", "SSL-Cert-Custom", "Certificates");

/// Regions of origin shields, and the assumptions that speak of them.
const SHIELDS: [(&str, &str); 8] = [
    ("us-east-1", "cloudfront.shield_requests_month.us"),
    ("eu-west-1", "cloudfront.shield_requests_month.europe"),
    ("sa-east-1", "cloudfront.shield_requests_month.south_america"),
    ("ap-northeast-1", "cloudfront.shield_requests_month.japan"),
    ("ap-southeast-2", "cloudfront.shield_requests_month.australia"),
    ("ap-southeast-1", "cloudfront.shield_requests_month.singapore"),
    ("ap-northeast-2", "cloudfront.shield_requests_month.south_korea"),
    ("ap-south-1", "cloudfront.shield_requests_month.india"),
];

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let of = |name: &'static str| written(bill.resource, name).elements();
    let behaviors: Vec<&Value> =
        of("default_cache_behavior").chain(of("ordered_cache_behavior")).collect();
    let set = |name: &str| {
        let text = |it: &&Value| field(it, name).as_str().is_some_and(|text| !text.is_empty());
        behaviors.iter().any(|it| text(it) || field(it, name).is_unknown())
    };
    let mut said = Vec::new();
    if set("field_level_encryption_id") {
        said.push("cloudfront.encryption_requests_month");
    }
    if set("realtime_log_config_arn") {
        said.push("cloudfront.log_lines_month");
    }
    let shields = of("origin").flat_map(|origin| field(origin, "origin_shield").elements());
    let regions: Vec<&str> =
        shields.filter_map(|it| field(it, "origin_shield_region").as_str()).collect();
    said.extend(
        SHIELDS.iter().filter(|(region, _)| regions.contains(region)).map(|(_, when)| *when),
    );
    let dedicated =
        of("viewer_certificate").any(|it| field(it, "ssl_support_method").as_str() == Some("vip"));
    if dedicated && !bill.says("cloudfront.custom_ssl_certificates") {
        bill.line("dedicated IP custom SSLs", &CERTIFICATE, Quantity::fixed(1));
    }
    write_with(&said, bill);
}

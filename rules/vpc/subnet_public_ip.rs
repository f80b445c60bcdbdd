//! # Everything in the subnet gets a public address
//!
//! `map_public_ip_on_launch = true`: what starts in the subnet gets a public IPv4 address unless it says otherwise.
//!
//! **Why.** An instance that somebody starts there for an hour is on the Internet, by default and unnoticed. Each address is paid
//! for by the hour. Load balancers and NAT gateways do not need it: they bring their own.
//!
//! **Fix.** Leave it out, and ask for an address where one is wanted.
//!
//! ```hcl,fail
//! resource "aws_subnet" "public" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_subnet" "public" {
//!   vpc_id     = "vpc-1"
//!   cidr_block = "10.0.0.0/24"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "public" {
//!   type = bool
//! }
//!
//! resource "aws_subnet" "public" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = var.public
//! }
//! ```

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, Subnet};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC005",
    name: "subnet-public-ip",
    severity: Severity::Medium,
    resources: &["aws_subnet"],
    aliases: &[
        "CKV_AWS_130",
        "AVD-AWS-0164",
        "aws-ec2-no-public-ip-subnet",
        "aws-vpc-no-public-ingress-sgr",
        "52f04a44-6bfa-4c41-b1d3-4ae99a2de05c",
        "SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED",
    ],
    controls: &[("FSBP", "EC2.15")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("give no public addresses", &[Want::set("map_public_ip_on_launch", "false")]);

const PATH: &str = "map_public_ip_on_launch";

/// Judges a subnet.
pub fn check<'a>(subnet: &Subnet<'a>, check: &mut Check<'a>) {
    match subnet.map_public_ip_on_launch {
        Attr::Known(true, value) => {
            check.fail(value, PATH, "everything that starts in the subnet gets a public address");
        }
        Attr::Unknown(value) => {
            check.unknown(
                value,
                PATH,
                "it is not known whether what starts here gets a public address",
            );
        }
        Attr::Known(false, _) | Attr::Null(_) => {}
    }
}

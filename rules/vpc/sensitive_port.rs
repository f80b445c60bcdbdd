//! # A port of a service is open to a wide network
//!
//! A port where databases, caches, file shares or consoles listen is open to public addresses, or to more than 256 private
//! ones.
//!
//! **Why.** Whoever gets into one machine of that network finds them, and they were not made to be attacked.
//!
//! **Fix.** Name the security group of those who need the port.
//!
//! ```hcl,fail
//! resource "aws_vpc_security_group_ingress_rule" "db" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "tcp"
//!   from_port         = 5432
//!   to_port           = 5432
//!   cidr_ipv4         = "10.0.0.0/16"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc_security_group_ingress_rule" "db" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "tcp"
//!   from_port         = 5432
//!   to_port           = 5432
//!   cidr_ipv4         = "10.0.1.0/24"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "range" {
//!   type = string
//! }
//!
//! resource "aws_vpc_security_group_ingress_rule" "db" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "tcp"
//!   from_port         = 5432
//!   to_port           = 5432
//!   cidr_ipv4         = var.range
//! }
//! ```
//!
//! **Limits.** What is open to the whole Internet is `open-admin-port`'s and `open-to-world`'s.

use check::{Check, Instance, Meta, Severity};
use reach::{Addresses, Ports, Set, TCP, UDP};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC024",
    name: "sensitive-port",
    severity: Severity::Low,
    resources: &[
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
    ],
    aliases: &[
        "92fe237e-074c-4262-81a4-2077acb928c1",
        "e35c16a2-d54e-419d-8546-a804d8e024d0",
        "AC_AWS_0320",
        "AC_AWS_0319",
        "AC_AWS_0313",
        "AC_AWS_0359",
        "AC_AWS_0271",
        "AC_AWS_0360",
        "AC_AWS_0314",
        "AC_AWS_0272",
        "AC_AWS_0321",
        "AC_AWS_0288",
        "AC_AWS_0330",
        "AC_AWS_0246",
        "AC_AWS_0254",
        "AC_AWS_0296",
        "AC_AWS_0343",
        "AC_AWS_0345",
        "AC_AWS_0297",
        "AC_AWS_0255",
        "AC_AWS_0344",
        "AC_AWS_0298",
        "AC_AWS_0256",
        "AC_AWS_0346",
        "AC_AWS_0257",
        "AC_AWS_0299",
        "AC_AWS_0347",
        "AC_AWS_0300",
        "AC_AWS_0258",
        "AC_AWS_0301",
        "AC_AWS_0348",
        "AC_AWS_0259",
        "AC_AWS_0355",
        "AC_AWS_0266",
        "AC_AWS_0308",
        "AC_AWS_0322",
        "AC_AWS_0315",
        "AC_AWS_0361",
        "AC_AWS_0273",
        "AC_AWS_0358",
        "AC_AWS_0341",
        "AC_AWS_0243",
        "AC_AWS_0285",
        "AC_AWS_0247",
        "AC_AWS_0331",
        "AC_AWS_0289",
        "AC_AWS_0244",
        "AC_AWS_0328",
        "AC_AWS_0286",
        "AC_AWS_0329",
        "AC_AWS_0287",
        "AC_AWS_0245",
        "AC_AWS_0312",
        "AC_AWS_0270",
        "AC_AWS_0267",
        "AC_AWS_0309",
        "AC_AWS_0356",
        "AC_AWS_0268",
        "AC_AWS_0357",
        "AC_AWS_0310",
        "AC_AWS_0260",
        "AC_AWS_0302",
        "AC_AWS_0349",
        "AC_AWS_0303",
        "AC_AWS_0261",
        "AC_AWS_0350",
        "AC_AWS_0264",
        "AC_AWS_0306",
        "AC_AWS_0353",
        "AC_AWS_0279",
        "AC_AWS_0337",
        "AC_AWS_0237",
        "AC_AWS_0253",
        "AC_AWS_0295",
        "AC_AWS_0336",
        "AC_AWS_0230",
        "AC_AWS_0323",
        "AC_AWS_0233",
        "AC_AWS_0269",
        "AC_AWS_0311",
        "AC_AWS_0277",
        "AC_AWS_0325",
        "AC_AWS_0278",
        "AC_AWS_0236",
        "AC_AWS_0304",
        "AC_AWS_0351",
        "AC_AWS_0262",
        "AC_AWS_0263",
        "AC_AWS_0352",
        "AC_AWS_0305",
        "AC_AWS_0338",
        "AC_AWS_0239",
        "AC_AWS_0281",
        "AC_AWS_0241",
        "AC_AWS_0283",
        "AC_AWS_0340",
        "AC_AWS_0242",
        "AC_AWS_0327",
        "AC_AWS_0284",
        "AC_AWS_0265",
        "AC_AWS_0307",
        "AC_AWS_0354",
        "AC_AWS_0282",
        "AC_AWS_0339",
        "AC_AWS_0240",
        "AC_AWS_0324",
        "AC_AWS_0234",
        "AC_AWS_0317",
        "AC_AWS_0235",
        "AC_AWS_0363",
        "AC_AWS_0318",
        "AC_AWS_0290",
        "AC_AWS_0332",
        "AC_AWS_0248",
        "AC_AWS_0334",
        "AC_AWS_0292",
        "AC_AWS_0250",
        "AC_AWS_0291",
        "AC_AWS_0249",
        "AC_AWS_0333",
        "AC_AWS_0293",
        "AC_AWS_0335",
        "AC_AWS_0251",
        "AC_AWS_0316",
        "AC_AWS_0274",
        "AC_AWS_0362",
        "AC_AWS_0342",
        "AC_AWS_0252",
        "AC_AWS_0294",
        "AC_AWS_0280",
        "AC_AWS_0238",
        "AC_AWS_0326",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group",
    ],
};

/// Ports where something listens that is no business of a whole network: protocol, port.
const SENSITIVE: [(u8, u16); 48] = [
    (TCP, 22),
    (TCP, 23),
    (TCP, 25),
    (TCP, 135),
    (TCP, 137),
    (UDP, 137),
    (TCP, 138),
    (UDP, 138),
    (TCP, 139),
    (UDP, 139),
    (UDP, 161),
    (TCP, 445),
    (TCP, 521),
    (TCP, 636),
    (TCP, 1433),
    (TCP, 1434),
    (UDP, 1434),
    (TCP, 1521),
    (TCP, 2382),
    (TCP, 2383),
    (TCP, 2484),
    (UDP, 2484),
    (TCP, 3000),
    (TCP, 3020),
    (TCP, 3306),
    (TCP, 3389),
    (TCP, 4505),
    (TCP, 4506),
    (TCP, 5432),
    (UDP, 5432),
    (TCP, 5500),
    (TCP, 6379),
    (TCP, 7001),
    (TCP, 8000),
    (TCP, 8140),
    (TCP, 9000),
    (TCP, 9200),
    (TCP, 9300),
    (TCP, 11211),
    (UDP, 11211),
    (TCP, 11214),
    (UDP, 11214),
    (TCP, 11215),
    (UDP, 11215),
    (TCP, 27017),
    (TCP, 27018),
    (TCP, 61620),
    (TCP, 61621),
];

/// True for more than 256 addresses, or one of the Internet; but not for the whole of it.
fn is_wide(addresses: &Addresses) -> bool {
    if addresses.covers_internet() {
        return false;
    }
    let many = addresses.v4.runs().iter().any(|run| run.last - run.first >= 256);
    let public = !addresses.v4.intersection(&Addresses::internet().v4).is_empty();
    many || public
}

/// Judges a group or rule.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let Some(group) = check.reach().group(it.id) else { return };
    let sensitive = SENSITIVE.into_iter().fold(Ports::default(), |all, (protocol, port)| {
        all.union(&Ports::run(protocol, protocol, Set::one(port)))
    });
    for rule in group.ingress.rules.iter().filter(|rule| rule.id == it.id) {
        for peer in &rule.peers {
            let path = format!("{}{}", rule.path, peer.path);
            let (must, may) =
                (rule.must.intersection(&sensitive), rule.may.intersection(&sensitive));
            if is_wide(&peer.must.addresses) && !must.is_empty() {
                check.fail(
                    peer.value,
                    path,
                    format!("a wide network may connect to {}", reach::describe(&must)),
                );
            } else if peer.must != peer.may && !peer.may.addresses.is_empty() && !may.is_empty() {
                check.unknown(
                    peer.value,
                    path,
                    "it is not known whether a wide network may connect",
                );
            }
        }
    }
}

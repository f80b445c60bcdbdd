//! # A network ACL lets the world log in
//!
//! The ACL lets the whole Internet connect to SSH, RDP or FTP.
//!
//! **Why.** Security groups are then the only wall, and one wrong rule in one of them is enough.
//!
//! **Fix.** Allow these ports from known addresses, or deny them with a lower rule number.
//!
//! ```hcl,fail
//! resource "aws_network_acl_rule" "ssh" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "tcp"
//!   rule_action    = "allow"
//!   cidr_block     = "0.0.0.0/0"
//!   from_port      = 22
//!   to_port        = 22
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_network_acl_rule" "ssh" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "tcp"
//!   rule_action    = "allow"
//!   cidr_block     = "10.0.0.0/8"
//!   from_port      = 22
//!   to_port        = 22
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "range" {
//!   type = string
//! }
//!
//! resource "aws_network_acl_rule" "ssh" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "tcp"
//!   rule_action    = "allow"
//!   cidr_block     = var.range
//!   from_port      = 22
//!   to_port        = 22
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Part};
use reach::Addresses;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC008",
    name: "open-network-acl",
    severity: Severity::Medium,
    resources: &["aws_network_acl", "aws_default_network_acl", "aws_network_acl_rule"],
    aliases: &[
        "CKV_AWS_232",
        "AVD-AWS-0105",
        "aws-ec2-no-public-ingress-acl",
        "aws-vpc-no-public-ingress-acl",
        "3af7f2fd-06e6-4dab-b996-2912bea19ba4",
        "CKV_AWS_231",
        "a20be318-cac7-457b-911d-04cc6e812c25",
        "CKV_AWS_229",
        "CKV_AWS_230",
    ],
    controls: &[("FSBP", "EC2.21")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21"],
};

/// One entry of an ACL, inline or of its own.
pub(crate) struct Entry<'a> {
    /// Where it stands.
    part: Part<'a>,
    /// True for a resource of its own.
    own: bool,
}

/// The entries for traffic that comes in, for one direction of inline ones.
pub(crate) fn entries<'a>(
    it: &Instance<'a>,
    direction: &str,
    check: &mut Check<'a>,
) -> Vec<Entry<'a>> {
    if it.ty() == "aws_network_acl_rule" {
        let egress = it.flag("egress").is_true();
        let wanted = egress == (direction == "egress");
        return wanted.then(|| Entry { part: Part::clone(it), own: true }).into_iter().collect();
    }
    check.blocks(it, direction).into_iter().map(|part| Entry { part, own: false }).collect()
}

impl<'a> Entry<'a> {
    /// Whether it lets the whole Internet through.
    pub(crate) fn allows_world(&self) -> At<'a, bool> {
        let action = if self.own { "rule_action" } else { "action" };
        let allowed = self.part.text(action).is(|action| action.eq_ignore_ascii_case("allow"));
        let world =
            |range: &str| Addresses::parse(range).is_some_and(|range| range.covers_internet());
        allowed.and(
            self.part
                .text("cidr_block")
                .is(world)
                .or_else(self.part.text("ipv6_cidr_block").is(world)),
        )
    }

    /// Whether it speaks of every protocol, or of every port of one.
    pub(crate) fn is_for_all(&self) -> At<'a, bool> {
        let every = self.part.text("protocol").is(|protocol| protocol == "-1" || protocol == "all");
        let first = self.part.number("from_port").is(|port| port <= 1);
        every.or_else(first.and(self.part.number("to_port").is(|port| port == 65535)))
    }

    /// Whether it speaks of a port of TCP.
    fn is_for(&self, wanted: i64) -> At<'a, bool> {
        let every = self.part.text("protocol").is(|protocol| protocol == "-1" || protocol == "all");
        let tcp = self
            .part
            .text("protocol")
            .is(|protocol| protocol == "6" || protocol.eq_ignore_ascii_case("tcp"));
        let within = self
            .part
            .number("from_port")
            .is(|port| port <= wanted)
            .and(self.part.number("to_port").is(|port| port >= wanted));
        every.or_else(tcp.and(within))
    }

    /// Its number: the lowest that fits decides.
    fn number(&self) -> Option<i64> {
        self.part.number(if self.own { "rule_number" } else { "rule_no" }).attr.known().copied()
    }

    /// True when it certainly denies a port to the whole Internet.
    fn denies(&self, wanted: i64) -> bool {
        let action = if self.own { "rule_action" } else { "action" };
        let world =
            |range: &str| Addresses::parse(range).is_some_and(|range| range.covers_internet());
        self.part.text(action).is(|action| action.eq_ignore_ascii_case("deny")).is_true()
            && self.part.text("cidr_block").is(world).is_true()
            && self.is_for(wanted).is_true()
    }
}

/// Judges a network ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let entries = entries(it, "ingress", check);
    for entry in &entries {
        let (mut open, mut maybe): (Vec<&str>, Option<At<'_, bool>>) = (Vec::new(), None);
        for (port, name) in
            [(22, "22 (SSH)"), (3389, "3389 (RDP)"), (20, "20 (FTP data)"), (21, "21 (FTP)")]
        {
            let denied =
                entries.iter().any(|other| other.denies(port) && other.number() < entry.number());
            let lets_in = entry.allows_world().and(entry.is_for(port)).and(At::certain(!denied));
            if lets_in.is_true() {
                open.push(name);
            } else if lets_in.attr.is_unknown() {
                maybe = Some(lets_in);
            }
        }
        let path = entry.part.path().to_owned();
        if !open.is_empty() {
            let message =
                format!("the ACL lets the whole Internet connect to port {}", open.join(", "));
            check.fail(entry.part.value(), path, message);
        } else if let Some(maybe) = maybe {
            let message = "it is not known whether the ACL lets the whole Internet log in";
            check.unknown(maybe.attr.value(), maybe.path, message);
        }
    }
}

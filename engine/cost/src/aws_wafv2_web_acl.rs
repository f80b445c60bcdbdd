//! Web ACLs, old and new: each, each of its rules and groups, and the requests inspected. <https://aws.amazon.com/waf/pricing/>

use crate::bill::{Bill, Rate, written};
use crate::quantity::Quantity;
use model::field;
use rust_decimal::Decimal;
use stack::Value;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let classic = bill.resource.address.ty != "aws_wafv2_web_acl";
    let rate = |old, new, unit| {
        if classic {
            Rate::new("AWSWAF-Classic", old, unit)
        } else {
            Rate::new("awswaf", new, unit)
        }
    };
    let rule = rate("Rule", "RuleV2", "Month");
    bill.line("web ACL", &rate("WebACL", "WebACLV2", "Month"), Quantity::fixed(1));
    let rules = written(bill.resource, if classic { "rules" } else { "rule" });
    if rules.is_unknown() || (!classic && !bill.attr::<&str>("rule_json").is_null()) {
        bill.unsupported("how many rules it has is not known yet");
    } else {
        let count = |kind: Kind| {
            Decimal::from(rules.elements().filter(|rule| Kind::of(rule) == kind).count())
        };
        let (group, managed) = (count(Kind::Group), count(Kind::Managed));
        // Rules of a group count like the ACL's own.
        let inside = bill.assume("waf.rule_group_rules");
        let more = bill.assume("waf.managed_rule_group_rules");
        let own = Quantity::fixed(count(Kind::Rule));
        let all = if inside.amount.is_zero() && more.amount.is_zero() {
            own
        } else {
            own.plus(&inside).plus(&more)
        };
        bill.line("rules", &rule, all);
        if !group.is_zero() {
            bill.line("rule groups", &rule, Quantity::fixed(group));
        }
        if !managed.is_zero() {
            let each = Quantity::fixed(managed).because("some of AWS Marketplace cost more");
            bill.line("managed rule groups", &rule, each);
        }
    }
    bill.used(
        "requests inspected",
        &rate("Request", "RequestV2-Tier1", "Request"),
        "waf.requests_month",
    );
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rule,
    Group,
    Managed,
}

impl Kind {
    fn of(rule: &Value) -> Self {
        let uses = |name| {
            let statement = field(rule, "statement").elements().next();
            statement.is_some_and(|it| field(it, name).elements().len() > 0)
        };
        if uses("managed_rule_group_statement") {
            Self::Managed
        } else if uses("rule_group_reference_statement")
            || field(rule, "type").as_str() == Some("GROUP")
        {
            Self::Group
        } else {
            Self::Rule
        }
    }
}

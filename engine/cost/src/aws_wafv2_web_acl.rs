//! Web ACLs: each, each of its rules, and the requests inspected. <https://aws.amazon.com/waf/pricing/>

use crate::bill::{Bill, Rate, written};
use crate::quantity::Quantity;

const ACL: Rate = Rate::new("awswaf", "WebACLV2", "Month");
const RULE: Rate = Rate::new("awswaf", "RuleV2", "Month");
const REQUESTS: Rate = Rate::new("awswaf", "RequestV2-Tier1", "Request");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("web ACL", &ACL, Quantity::fixed(1));
    let rules = written(bill.resource, "rule");
    if rules.is_unknown() || !bill.attr::<&str>("rule_json").is_null() {
        bill.unsupported("how many rules it has is not known yet");
    } else {
        let count = rules.elements().len();
        let each =
            Quantity::fixed(count).because("a managed rule group counts as one; some cost more");
        bill.line("rules", &RULE, if count == 0 { Quantity::fixed(0) } else { each });
    }
    bill.line("requests inspected", &REQUESTS, bill.assume("waf.requests_month"));
}

//! Inline rules: what they ask for, and how what the API has is told in their words.

use crate::args::Args;
use crate::permission::{Direction, Peer, Permission, Permissions, of_rule};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What the inline rules of a direction ask for; `None` when they are left to others.
pub(crate) fn wanted(object: Args<'_>, direction: Direction, group: &str) -> Option<Permissions> {
    let rules = object.0.get(direction.name())?;
    let decided = !rules.is_unknown() && !rules.is_null();
    let all = || object.blocks(direction.name()).flat_map(|rule| of_rule(rule, group));
    decided.then(|| all().collect())
}

/// The inline rules as the state has them.
pub(crate) struct Written<'a> {
    pub(crate) group: &'a str,
    pub(crate) rules: Args<'a>,
    pub(crate) direction: Direction,
}

impl Written<'_> {
    /// The actual permissions as rules. A written rule stays as it is written while all of it is there, and loses what is
    /// missing; what no written rule asks for is grouped by protocol, ports and description.
    pub(crate) fn grouped(&self, mut actual: Permissions) -> Vec<Json> {
        let mut rules = Vec::new();
        let all = actual.clone();
        for written in self.rules.blocks(self.direction.name()) {
            let asked = of_rule(written, self.group);
            let there = asked.iter().filter(|(p, d)| all.get(p) == Some(d));
            let there: Permissions = there.map(|(p, d)| (p.clone(), d.clone())).collect();
            if there.is_empty() && !asked.is_empty() {
                continue;
            }
            actual.retain(|p, d| there.get(p) != Some(d));
            rules.push(if there.len() == asked.len() {
                written.0.to_json()
            } else {
                self.rule(&there)
            });
        }
        let mut rest: BTreeMap<_, Permissions> = BTreeMap::new();
        for (p, description) in actual {
            let key = (p.protocol.clone(), p.from, p.to, description.clone());
            rest.entry(key).or_default().insert(p, description);
        }
        rules.extend(rest.values().map(|permissions| self.rule(permissions)));
        rules
    }

    /// One rule that asks for permissions of one protocol, port range and description.
    fn rule(&self, permissions: &Permissions) -> Json {
        let (mut v4, mut v6, mut lists, mut groups, mut own) =
            (vec![], vec![], vec![], vec![], false);
        for permission in permissions.keys() {
            match &permission.peer {
                Peer::V4(range) => v4.push(range.as_str()),
                Peer::V6(range) => v6.push(range.as_str()),
                Peer::PrefixList(id) => lists.push(id.as_str()),
                Peer::Group(id) if id == self.group => own = true,
                Peer::Group(id) => groups.push(id.as_str()),
            }
        }
        let first = permissions.iter().next();
        let permission = |get: fn(&Permission) -> Json| first.map_or(Json::Null, |(p, _)| get(p));
        json!({
            "protocol": permission(|p| p.protocol.as_str().into()),
            "from_port": permission(|p| p.from.into()),
            "to_port": permission(|p| p.to.into()),
            "description": first.and_then(|(_, description)| description.clone()).unwrap_or_default(),
            "cidr_blocks": v4,
            "ipv6_cidr_blocks": v6,
            "prefix_list_ids": lists,
            "security_groups": groups,
            "self": own,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use stack::Value;

    fn group(rules: &Json) -> Value {
        let ty = plan::shape::of_type("aws_security_group").unwrap();
        let mut draft = Draft::new(&ty, &Value::object::<&str>([]));
        draft.set("ingress", rules.clone());
        draft.finish().unwrap()
    }

    fn rule(port: u16, ranges: &[&str], description: &str) -> Json {
        json!({"protocol": "tcp", "from_port": port, "to_port": port, "description": description,
            "cidr_blocks": ranges, "ipv6_cidr_blocks": [], "prefix_list_ids": [],
            "security_groups": [], "self": false})
    }

    fn read(known: &Json, actual: &Json) -> Value {
        let (known, actual) = (group(known), group(actual));
        let permissions = wanted(Args(&actual), Direction::Ingress, "sg-1").unwrap();
        let written = Written { group: "sg-1", rules: Args(&known), direction: Direction::Ingress };
        group(&Json::from(written.grouped(permissions)))
    }

    #[test]
    fn what_is_written_stays_as_written() {
        let written = json!([
            rule(80, &["10.2.0.0/16", "10.1.0.0/16"], ""),
            rule(80, &["10.3.0.0/16"], "third"),
        ]);
        // The API tells the same in one permission, in another order.
        let actual = json!([
            rule(80, &["10.1.0.0/16", "10.2.0.0/16"], ""),
            rule(80, &["10.3.0.0/16"], "third"),
        ]);
        assert_eq!(read(&written, &actual), group(&written));
    }

    #[test]
    fn what_is_missing_or_new_shows() {
        let written = json!([rule(80, &["10.1.0.0/16", "10.2.0.0/16"], "")]);
        let actual = json!([rule(80, &["10.2.0.0/16"], ""), rule(22, &["0.0.0.0/0"], "hand")]);
        assert_eq!(read(&written, &actual), group(&actual));
        assert_eq!(read(&written, &json!([])), group(&json!([])));
    }

    #[test]
    fn another_description_is_another_rule() {
        let written = json!([rule(80, &["10.1.0.0/16"], "a")]);
        let actual = json!([rule(80, &["10.1.0.0/16"], "b")]);
        assert_eq!(read(&written, &actual), group(&actual));
    }
}

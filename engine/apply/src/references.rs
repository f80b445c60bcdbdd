//! What a plan refers to by id, ARN or name and does not make itself: found by how such names look, whatever argument they stand in.

use crate::preflight::Part;
use plan::{Account, Planned};
use stack::{Address, Kind, Mode, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use syntax::Span;

/// An image of the account's own registry: `web:1`, `web@sha256:…`.
pub(crate) const IMAGE: &str = "aws_ecr_image";

/// A type and the `id` that its objects go by.
pub(crate) type Name = (&'static str, String);

/// Where something is referred to.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) address: Arc<Address>,
    /// The text that decides it; `None` for what no file says.
    pub(crate) at: Option<Span>,
    /// As written.
    pub(crate) text: String,
}

/// What ids of EC2 start with.
const EC2: [(&str, &str); 7] = [
    ("eipalloc-", "aws_eip"),
    ("igw-", "aws_internet_gateway"),
    ("nat-", "aws_nat_gateway"),
    ("rtb-", "aws_route_table"),
    ("sg-", "aws_security_group"),
    ("subnet-", "aws_subnet"),
    ("vpc-", "aws_vpc"),
];

/// Everything that new and changed objects of a part refer to, as far as it belongs to its account and region.
pub(crate) fn found(planned: &Planned, part: &Part<'_>) -> BTreeMap<Name, Vec<Site>> {
    let known = Known::of(planned);
    let mut found: BTreeMap<Name, Vec<Site>> = BTreeMap::new();
    let Account { id: account, region, .. } = &part.account;
    for change in part.changes.iter().filter(|c| c.action.makes()) {
        let Some(after) = &change.after else { continue };
        let mut before = BTreeSet::new();
        change.before.iter().for_each(|value| collect(value, &mut before));
        texts(after, &mut |text, at| {
            let Some(name) = read(text, account, region) else { return };
            if before.contains(text) || known.has(text, &name) {
                return;
            }
            let (address, text) = (Arc::clone(&change.address), text.to_owned());
            found.entry(name).or_default().push(Site { address, at, text });
        });
    }
    found
}

/// What needs no looking up.
#[derive(Default)]
struct Known {
    /// Ids and ARNs of what the state holds, and all that data sources have just read.
    texts: BTreeSet<String>,
    /// Types and names of what the state holds and the plan makes.
    names: BTreeSet<(String, String)>,
    /// Repositories that the plan makes: nobody can have pushed an image yet.
    repositories: BTreeSet<String>,
}

impl Known {
    fn of(planned: &Planned) -> Self {
        let mut known = Self::default();
        for change in &planned.plan.changes {
            for value in change.before.iter().chain(&change.after) {
                known.add(&change.address, value);
                if change.action.creates() && change.address.ty == "aws_ecr_repository" {
                    known.repositories.extend(says(value, "name"));
                }
                if change.address.mode == Mode::Data {
                    collect(value, &mut known.texts);
                }
            }
        }
        for (address, _, object) in planned.plan.prior.objects() {
            object.value(address.mode, &address.ty).iter().for_each(|v| known.add(address, v));
        }
        known
    }

    fn add(&mut self, address: &Address, object: &Value) {
        self.texts.extend(says(object, "id").into_iter().chain(says(object, "arn")));
        self.names.extend(says(object, "name").map(|name| (address.ty.to_string(), name)));
    }

    fn has(&self, text: &str, (ty, id): &Name) -> bool {
        if *ty == IMAGE {
            return self.repositories.contains(id.split(['@', ':']).next().unwrap_or_default());
        }
        let named = || self.names.contains(&((*ty).to_owned(), id.clone()));
        self.texts.contains(text) || self.texts.contains(id) || named()
    }
}

fn says(object: &Value, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn collect(value: &Value, into: &mut BTreeSet<String>) {
    texts(value, &mut |text, _| {
        into.insert(text.to_owned());
    });
}

/// Calls `hear` for each text in a value that is known. A document is left out, but for the containers of a task: a policy may well name
/// what does not exist yet.
fn texts(value: &Value, hear: &mut dyn FnMut(&str, Option<Span>)) {
    let mut open = vec![(value, value.blame.at, false)];
    while let Some((value, above, containers)) = open.pop() {
        let at = value.blame.at.or(above);
        if let Kind::String(text) = &value.kind {
            match &value.blame.document {
                Some(document) if containers => open.push((document, at, false)),
                Some(_) => {}
                None => hear(text, at),
            }
        }
        let entries =
            value.entries().map(|(name, part)| (part, at, name == "container_definitions"));
        open.extend(entries);
        open.extend(value.elements().map(|part| (part, at, false)));
    }
}

/// What a text names; `None` for an ordinary text, and for what belongs to another account or region: nobody here can look it up.
fn read(text: &str, account: &str, region: &str) -> Option<Name> {
    for (start, ty) in EC2 {
        let is_id = |rest: &str| {
            matches!(rest.len(), 8 | 17)
                && rest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        if text.strip_prefix(start).is_some_and(is_id) {
            return Some((ty, text.to_owned()));
        }
    }
    if let Some(image) = text.split_once(".dkr.ecr.").filter(|(owner, _)| *owner == account) {
        let (host, name) = image.1.split_once('/')?;
        let tag = if name.contains(['@', ':']) { "" } else { ":latest" };
        return host.starts_with(&format!("{region}.")).then(|| (IMAGE, format!("{name}{tag}")));
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", _, service, place, owner, resource] = *parts.as_slice() else { return None };
    let ours = owner == account || service == "iam" && owner == "aws";
    if !ours || !(place.is_empty() || place == region) || resource.contains(['*', '?']) {
        return None;
    }
    let (kind, rest) = resource.split_once(['/', ':'])?;
    let whole = || text.to_owned();
    Some(match (service, kind) {
        // AWS makes its own roles when they are first needed.
        ("iam", "role") if rest.starts_with("aws-service-role/") => return None,
        ("iam", "role") => ("aws_iam_role", rest.rsplit('/').next()?.to_owned()),
        ("iam", "policy") => ("aws_iam_policy", whole()),
        ("elasticloadbalancing", "targetgroup") => ("aws_lb_target_group", whole()),
        ("elasticloadbalancing", "loadbalancer") => ("aws_lb", whole()),
        ("elasticloadbalancing", "listener") => ("aws_lb_listener", whole()),
        ("ecs", "cluster") => ("aws_ecs_cluster", whole()),
        ("acm", "certificate") => ("aws_acm_certificate", whole()),
        ("kms", "key") => ("aws_kms_key", rest.to_owned()),
        // Behind the name may stand a JSON key, a stage and a version.
        ("secretsmanager", "secret") => {
            let name = rest.split(':').next()?;
            (
                "aws_secretsmanager_secret",
                format!("{}:{name}", text.strip_suffix(&format!(":{rest}"))?),
            )
        }
        ("ssm", "parameter") if rest.contains('/') => ("aws_ssm_parameter", format!("/{rest}")),
        ("ssm", "parameter") => ("aws_ssm_parameter", rest.to_owned()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn names_are_told_by_their_looks() {
        let said = |text: &str| {
            read(text, "123456789012", "eu-west-3").map(|(ty, id)| format!("{ty} {id}"))
        };
        let is = |text: &str, what: &str| assert_eq!(said(text).as_deref(), Some(what), "{text}");
        is("subnet-0a1b2c3d", "aws_subnet subnet-0a1b2c3d");
        is("sg-0123456789abcdef0", "aws_security_group sg-0123456789abcdef0");
        is("arn:aws:iam::123456789012:role/path/to/web", "aws_iam_role web");
        let managed = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        is(managed, &format!("aws_iam_policy {managed}"));
        let secret = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-AbCdEf";
        is(secret, &format!("aws_secretsmanager_secret {secret}"));
        is(&format!("{secret}:password::"), &format!("aws_secretsmanager_secret {secret}"));
        is("arn:aws:ssm:eu-west-3:123456789012:parameter/web/word", "aws_ssm_parameter /web/word");
        is("arn:aws:ssm:eu-west-3:123456789012:parameter/word", "aws_ssm_parameter word");
        let image = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/a/b";
        is(image, "aws_ecr_image a/b:latest");
        is(&format!("{image}:1"), "aws_ecr_image a/b:1");
        is(&format!("{image}:1@sha256:00"), "aws_ecr_image a/b:1@sha256:00");
        let certificate = "arn:aws:acm:eu-west-3:123456789012:certificate/1";
        is(certificate, &format!("aws_acm_certificate {certificate}"));
        for other in [
            "subnet-a",
            "vpc-web-frontend",
            "sg-deadbeefx",
            "10.0.0.0/16",
            "nginx:1",
            "arn:aws:iam::210987654321:role/theirs",
            "arn:aws:acm:us-east-1:123456789012:certificate/1",
            "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
            "arn:aws:secretsmanager:eu-west-3:123456789012:secret:*",
            "arn:",
            "",
        ] {
            assert_eq!(said(other), None, "{other}");
        }
    }
}

//! What a rule can be about: a typed resource, or something else that has an address and a place.

use crate::{Context, Instance, Meta};
use model::{
    Attr, DefaultSecurityGroup, EcsService, IamGroupPolicy, IamPolicy, IamRole, IamRolePolicy,
    IamUserPolicy, Lb, PolicyDocument, SecurityGroup, SecurityGroupRule, Typed, VpcEndpoint,
    VpcSecurityGroupIngressRule, is_written,
};
use stack::{ProviderConfig, Resource, ResourceId, Value};
use std::borrow::Cow;
use std::collections::HashSet;
use syntax::Span;

/// Something that rules judge.
pub trait Subject<'a>: Clone + Sync + 'a {
    /// All there are that a rule with this `META` judges, in the order of their addresses.
    fn all(context: &'a Context<'a>, meta: &Meta) -> Cow<'a, [Self]>;

    /// What people call it: `module.web.aws_ecs_service.this["a"]`, `var.region`. Of an instance its address.
    fn address(&self) -> String {
        self.resource().map(|resource| resource.address.to_string()).unwrap_or_default()
    }

    /// Its block's header: the place to blame when nothing in it can be. `None` when no file has it.
    fn header(&self) -> Option<Span> {
        Some(self.resource()?.header)
    }

    /// The instance, when it is one.
    fn resource(&self) -> Option<&'a Resource> {
        None
    }
}

impl<'a, T: Typed<'a> + Clone> Subject<'a> for T {
    fn all(context: &'a Context<'a>, _: &Meta) -> Cow<'a, [Self]> {
        Cow::Borrowed(context.model.all())
    }

    fn resource(&self) -> Option<&'a Resource> {
        Some(model::Decode::resource(self))
    }
}

/// A resource that lets traffic into a security group: the group itself with its inline rules, or a rule of its own.
#[derive(Clone, Copy, Debug)]
pub struct Ingress<'a> {
    /// Its id.
    pub id: ResourceId,
    /// The instance.
    pub resource: &'a Resource,
}

impl<'a> Subject<'a> for Ingress<'a> {
    fn all(context: &'a Context<'a>, _: &Meta) -> Cow<'a, [Self]> {
        let model = &context.model;
        let rules = model.all::<SecurityGroupRule>().iter();
        let mut all: Vec<Self> = subjects(model.all::<SecurityGroup>())
            .chain(subjects(model.all::<DefaultSecurityGroup>()))
            .chain(
                rules
                    .filter(|rule| rule.kind.known() != Some(&"egress"))
                    .map(|rule| Self { id: rule.id, resource: rule.resource }),
            )
            .chain(subjects(model.all::<VpcSecurityGroupIngressRule>()))
            .collect();
        all.sort_by_key(|ingress| ingress.id);
        Cow::Owned(all)
    }

    fn resource(&self) -> Option<&'a Resource> {
        Some(self.resource)
    }
}

fn subjects<'m, 'a, T: Typed<'a>>(rows: &'m [T]) -> impl Iterator<Item = Ingress<'a>> + 'm
where
    'a: 'm,
{
    rows.iter().map(|row| Ingress { id: row.id(), resource: row.resource() })
}

/// A resource that says what somebody may do: identity policies.
#[derive(Clone, Debug)]
pub struct PolicyHolder<'a> {
    /// The instance.
    pub resource: &'a Resource,
    /// Its policies, each with its path: `policy`, `inline_policy[0].policy`.
    pub policies: Vec<(String, Attr<'a, PolicyDocument<'a>>)>,
}

impl PolicyHolder<'_> {
    /// The types that hold identity policies: the `resources` of a rule on them.
    pub const TYPES: &'static [&'static str] = &[
        "aws_iam_policy",
        "aws_iam_role_policy",
        "aws_iam_user_policy",
        "aws_iam_group_policy",
        "aws_iam_role",
        "aws_ssoadmin_permission_set_inline_policy",
        "data.aws_iam_policy_document",
    ];
}

impl<'a> Subject<'a> for PolicyHolder<'a> {
    fn all(context: &'a Context<'a>, _: &Meta) -> Cow<'a, [Self]> {
        let model = &context.model;
        let mut all: Vec<(ResourceId, Self)> = Vec::new();
        let mut add = |id, resource, policies: Vec<_>| {
            if !policies.is_empty() {
                all.push((id, Self { resource, policies }));
            }
        };
        let one = |policy: &Attr<'a, PolicyDocument<'a>>| vec![("policy".into(), policy.clone())];
        for it in model.all::<IamPolicy>() {
            add(it.id, it.resource, one(&it.policy));
        }
        for it in model.all::<IamRolePolicy>() {
            add(it.id, it.resource, one(&it.policy));
        }
        for it in model.all::<IamUserPolicy>() {
            add(it.id, it.resource, one(&it.policy));
        }
        for it in model.all::<IamGroupPolicy>() {
            add(it.id, it.resource, one(&it.policy));
        }
        for it in model.all::<IamRole>() {
            add(it.id, it.resource, inline(it));
        }
        for it in Instance::all(model, "aws_ssoadmin_permission_set_inline_policy") {
            let policy = it.get::<PolicyDocument<'a>>("inline_policy");
            add(it.id, it.resource, vec![(policy.path, policy.attr)]);
        }
        // A document is judged where it is used; by itself only when nothing of the stack uses it.
        let edges = context.stack().resources.iter().flat_map(|resource| &resource.edges);
        let used: HashSet<ResourceId> = edges.map(|edge| edge.to).collect();
        for it in Instance::all(model, "data.aws_iam_policy_document") {
            if !used.contains(&it.id) {
                let policy = it.get::<PolicyDocument<'a>>("json");
                add(it.id, it.resource, vec![(policy.path, policy.attr)]);
            }
        }
        all.sort_by_key(|(id, _)| *id);
        Cow::Owned(all.into_iter().map(|(_, holder)| holder).collect())
    }

    fn resource(&self) -> Option<&'a Resource> {
        Some(self.resource)
    }
}

/// The policies written inside a role.
pub fn inline<'a>(role: &IamRole<'a>) -> Vec<(String, Attr<'a, PolicyDocument<'a>>)> {
    let policies = role.inline_policy.elements().iter().enumerate();
    policies
        .map(|(at, policy)| {
            let path = format!("inline_policy[{at}].policy");
            match policy {
                Attr::Known(policy, _) => (path, policy.policy.clone()),
                Attr::Null(value) => (path, Attr::Null(value)),
                Attr::Unknown(value) => (path, Attr::Unknown(value)),
            }
        })
        .collect()
}

/// Something with a network interface, and so with security groups.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The instance.
    pub resource: &'a Resource,
    /// Where its groups are written.
    pub path: &'static str,
    /// Its groups; null when it names none.
    pub groups: Attr<'a, Vec<Attr<'a, &'a str>>>,
}

impl<'a> Subject<'a> for Member<'a> {
    fn all(context: &'a Context<'a>, _: &Meta) -> Cow<'a, [Self]> {
        let model = &context.model;
        let mut all: Vec<(ResourceId, Self)> = Vec::new();
        for it in model.all::<EcsService>() {
            if let Attr::Known(network, _) = &it.network_configuration {
                let path = "network_configuration[0].security_groups";
                let groups = network.security_groups.clone();
                all.push((it.id, Self { resource: it.resource, path, groups }));
            }
        }
        for it in model.all::<Lb>() {
            if it.load_balancer_type.known() == Some(&"application") {
                all.push((
                    it.id,
                    Self::computed(it.resource, "security_groups", &it.security_groups),
                ));
            }
        }
        for it in model.all::<VpcEndpoint>() {
            if it.vpc_endpoint_type.known() == Some(&"Interface") {
                let groups = &it.security_group_ids;
                all.push((it.id, Self::computed(it.resource, "security_group_ids", groups)));
            }
        }
        all.sort_by_key(|(id, _)| *id);
        Cow::Owned(all.into_iter().map(|(_, member)| member).collect())
    }

    fn resource(&self) -> Option<&'a Resource> {
        Some(self.resource)
    }
}

impl<'a> Member<'a> {
    /// Where the attribute is computed, AWS fills the default group in for what is not written.
    fn computed(
        resource: &'a Resource,
        path: &'static str,
        groups: &Attr<'a, Vec<Attr<'a, &'a str>>>,
    ) -> Self {
        let written = is_written(resource, path);
        let groups = if written { groups.clone() } else { Attr::Null(groups.value()) };
        Self { resource, path, groups }
    }
}

/// A value that is given to the stack as a whole: a root variable, or an argument of a provider.
#[derive(Clone, Debug)]
pub enum Setting<'a> {
    /// A root variable.
    Variable {
        /// Its name.
        name: &'a str,
        /// The value in force.
        value: &'a Value,
        /// Its block's header.
        header: Span,
    },
    /// A provider's configuration.
    Provider(&'a ProviderConfig),
}

impl<'a> Subject<'a> for Setting<'a> {
    fn all(context: &'a Context<'a>, _: &Meta) -> Cow<'a, [Self]> {
        let stack = context.stack();
        let variables = stack.variables.iter().map(|(name, variable)| Self::Variable {
            name,
            value: &variable.value,
            header: variable.header,
        });
        Cow::Owned(variables.chain(stack.providers.iter().map(Self::Provider)).collect())
    }

    fn address(&self) -> String {
        match self {
            Self::Variable { name, .. } => format!("var.{name}"),
            Self::Provider(provider) => {
                let module = if provider.module.0.is_empty() {
                    String::new()
                } else {
                    format!("{}.", provider.module)
                };
                let alias = provider.alias.as_ref().map(|a| format!(".{a}")).unwrap_or_default();
                format!("{module}provider.{}{alias}", provider.name)
            }
        }
    }

    fn header(&self) -> Option<Span> {
        match self {
            Self::Variable { header, .. } => Some(*header),
            Self::Provider(provider) => provider.header,
        }
    }
}

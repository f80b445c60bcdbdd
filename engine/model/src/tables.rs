//! One vector a resource type. A new type is one line here and one `mod` line in the crate's root.

use crate::{Decode, Typed};
use stack::{Resource, ResourceId};

/// Declares the vectors, the road from a type's name to its vector, and [`Typed`].
macro_rules! tables {
    ($($table:ident: $ty:ident,)*) => {
        /// Every managed instance, by type.
        #[derive(Debug, Default)]
        pub struct Tables<'a> {
            $($table: Vec<crate::$ty<'a>>,)*
        }

        impl<'a> Tables<'a> {
            /// Types an instance; one of a type without a struct is left out.
            pub(crate) fn add(&mut self, id: ResourceId, resource: &'a Resource) {
                let ty = resource.address.ty.as_str();
                $(if <crate::$ty<'a> as Decode<'a>>::TYPES.contains(&ty) {
                    self.$table.push(Decode::decode(id, resource));
                    return;
                })*
            }
        }

        $(impl<'a> Typed<'a> for crate::$ty<'a> {
            fn rows<'m>(tables: &'m Tables<'a>) -> &'m [Self] {
                &tables.$table
            }
        })*

        /// The types that have a struct, by Terraform's names.
        pub const TYPES: &[&[&str]] = &[$(<crate::$ty<'static> as Decode<'static>>::TYPES),*];
    };
}

tables! {
    appautoscaling_policies: AppautoscalingPolicy,
    appautoscaling_targets: AppautoscalingTarget,
    cloudwatch_log_groups: CloudwatchLogGroup,
    default_route_tables: DefaultRouteTable,
    default_security_groups: DefaultSecurityGroup,
    ec2_managed_prefix_lists: Ec2ManagedPrefixList,
    ecs_clusters: EcsCluster,
    ecs_services: EcsService,
    ecs_task_definitions: EcsTaskDefinition,
    egress_only_internet_gateways: EgressOnlyInternetGateway,
    eips: Eip,
    flow_logs: FlowLog,
    iam_group_policies: IamGroupPolicy,
    iam_policies: IamPolicy,
    iam_roles: IamRole,
    iam_role_policies: IamRolePolicy,
    iam_role_policy_attachments: IamRolePolicyAttachment,
    iam_user_policies: IamUserPolicy,
    internet_gateways: InternetGateway,
    lbs: Lb,
    lb_listeners: LbListener,
    lb_listener_rules: LbListenerRule,
    lb_target_groups: LbTargetGroup,
    main_route_table_associations: MainRouteTableAssociation,
    nat_gateways: NatGateway,
    routes: Route,
    route_tables: RouteTable,
    route_table_associations: RouteTableAssociation,
    security_groups: SecurityGroup,
    security_group_rules: SecurityGroupRule,
    subnets: Subnet,
    vpcs: Vpc,
    vpc_endpoints: VpcEndpoint,
    vpc_endpoint_route_table_associations: VpcEndpointRouteTableAssociation,
    vpc_security_group_egress_rules: VpcSecurityGroupEgressRule,
    vpc_security_group_ingress_rules: VpcSecurityGroupIngressRule,
}

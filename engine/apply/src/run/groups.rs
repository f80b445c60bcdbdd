//! Objects that are parts of one thing take their turns: AWS refuses or loses concurrent changes to one security group or listener.

use stack::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// The attribute that names what an object is a part of.
const PARTS: &[(&str, &str)] = &[
    ("aws_ecs_cluster_capacity_providers", "cluster_name"),
    ("aws_iam_role_policy", "role"),
    ("aws_iam_role_policy_attachment", "role"),
    ("aws_lb_listener_certificate", "listener_arn"),
    ("aws_lb_listener_rule", "listener_arn"),
    ("aws_network_acl_rule", "network_acl_id"),
    ("aws_route", "route_table_id"),
    ("aws_security_group_rule", "security_group_id"),
    ("aws_vpc_security_group_egress_rule", "security_group_id"),
    ("aws_vpc_security_group_ingress_rule", "security_group_id"),
];

/// The turns.
#[derive(Default)]
pub(super) struct Groups(Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Groups {
    /// Waits for the turn of an object; at once for one that is no part of anything.
    pub(super) async fn turn(&self, ty: &str, object: &Value) -> Option<OwnedMutexGuard<()>> {
        let (_, attribute) = PARTS.iter().find(|(part, _)| *part == ty)?;
        let whole = object.get(attribute)?.as_str()?.to_owned();
        let lock = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(whole).or_default())
        };
        Some(lock.lock_owned().await)
    }
}

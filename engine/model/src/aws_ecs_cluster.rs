//! `aws_ecs_cluster`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_cluster>

use crate::Attr;

crate::typed::resource! {
    /// A cluster.
    EcsCluster<'a> = "aws_ecs_cluster" {
        /// Its name.
        name: &'a str,
        /// `containerInsights` is the only setting there is.
        setting: Vec<Attr<'a, ClusterSetting<'a>>>,
    }
}

crate::typed::block! {
    /// A setting of a cluster.
    ClusterSetting<'a> {
        /// `containerInsights`
        name: &'a str,
        /// `enabled`, `enhanced` or `disabled`.
        value_ as "value": &'a str,
    }
}

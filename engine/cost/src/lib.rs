//! What a stack costs: a book of prices, the quantities that the resolved graph gives, and an estimate that says of every
//! line whether it is fixed, derived from the graph, or assumed.

mod assumption;
mod aws_appautoscaling_policy;
mod aws_cloudwatch_composite_alarm;
mod aws_cloudwatch_dashboard;
mod aws_cloudwatch_log_group;
mod aws_cloudwatch_metric_alarm;
mod aws_ecr_repository;
mod aws_ecs_cluster;
mod aws_ecs_service;
mod aws_eip;
mod aws_kms_key;
mod aws_lb;
mod aws_nat_gateway;
mod aws_route53_zone;
mod aws_secretsmanager_secret;
mod aws_vpc_endpoint;
mod bill;
pub mod book;
mod estimate;
mod fargate;
mod free;
mod launch;
mod money;
mod price;
mod pricing;
mod quantity;
mod region;
mod types;
mod usage;

pub use assumption::{ASSUMPTIONS, Assumption};
pub use estimate::{Assumed, Component, Estimate, MissingLine, Prices, ResourceCost, Unsupported};
pub use free::is_free;
pub use money::{cents, exact};
pub use price::{MissingPrice, Price, PriceKey, PriceSource, Tier};
pub use pricing::{Options, estimate};
pub use quantity::{Basis, HOURS};
pub use region::{Region, region, regions};
pub use types::{is_priced, priced};
pub use usage::{Usage, UsageError};

//! What a bill depends on and no stack says. Every one has a name, a unit and a default, and can be changed.

/// An assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// How it is called on the command line and in `banana-usage.toml`: `nat.gb_month`.
    pub name: &'static str,
    /// Its value when nobody says otherwise, as a decimal. Traffic is 0: the default bill is that of an idle stack.
    pub default: &'static str,
    /// What it counts.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
}

macro_rules! assumptions {
    ($($name:literal = $default:literal $unit:literal, $about:literal;)*) => {
        /// All assumptions, by name.
        pub const ASSUMPTIONS: &[Assumption] = &[$(
            Assumption { name: $name, default: $default, unit: $unit, about: $about },
        )*];
    };
}

assumptions! {
    "cache.nodes" = "1" "nodes", "nodes of a cache whose number is not known";
    "dns.queries_month" = "0" "queries", "DNS queries a month that a hosted zone answers";
    "dynamodb.read_units_month" = "0" "read request units", "reads a month of an on-demand table";
    "dynamodb.stored_gb" = "0" "GB", "what a table holds";
    "dynamodb.write_units_month" = "0" "write request units", "writes a month of an on-demand table";
    "ecr.stored_gb" = "0" "GB", "what a repository holds";
    "ecs.egress_gb_month" = "0" "GB", "what leaves for the Internet from a service's tasks with public addresses in a month, beyond the 100 GB that AWS gives each account";
    "ecs.extra_tasks" = "0" "tasks", "tasks that autoscaling runs above its minimum, on average over the month";
    "ecs.tasks" = "1" "tasks", "tasks of a service whose `desired_count` is not known";
    "efs.stored_gb" = "0" "GB", "what a file system holds";
    "elb.gb_month" = "0" "GB", "what a Classic Load Balancer processes in a month";
    "endpoint.gb_month" = "0" "GB", "what passes through a VPC endpoint in a month";
    "endpoint.zones" = "1" "zones", "network interfaces of an interface endpoint whose subnets are not known";
    "insights.logs_gb_month" = "0" "GB", "performance events a month that Container Insights writes for a cluster";
    "insights.metrics_per_cluster" = "8" "metrics", "custom metrics that Container Insights reports for a cluster";
    "insights.metrics_per_service" = "11" "metrics", "custom metrics that Container Insights reports for a service";
    "insights.metrics_per_task" = "0" "metrics", "further metrics for each task, with enhanced observability";
    "insights.metrics_per_task_family" = "6" "metrics", "custom metrics that Container Insights reports for a task definition family";
    "kms.requests_month" = "0" "requests", "requests a month to a key";
    "lambda.gb_seconds_month" = "0" "GB-seconds", "memory times duration a month of a function";
    "lambda.requests_month" = "0" "requests", "calls a month of a function";
    "lb.egress_gb_month" = "0" "GB", "what leaves for the Internet through a load balancer in a month, beyond the 100 GB that AWS gives each account";
    "lb.lcu" = "0" "LCU", "load balancer capacity units used, on average over the month";
    "lb.zones" = "2" "zones", "public addresses of a load balancer whose subnets are not known";
    "logs.age_months" = "12" "months", "how long events of a log group without retention have been gathering";
    "logs.compressed_share" = "0.15" "of the size", "what is left of log events once CloudWatch has compressed them";
    "logs.ingest_gb_month" = "0" "GB", "what is written to a log group in a month";
    "nat.egress_gb_month" = "0" "GB", "what leaves for the Internet through a NAT gateway in a month, beyond the 100 GB that AWS gives each account";
    "nat.gb_month" = "0" "GB", "what a NAT gateway processes in a month, both ways";
    "resource.instances" = "1" "instances", "instances of a resource whose `count` or `for_each` is not known";
    "s3.read_requests_month" = "0" "requests", "GET and SELECT requests a month to a bucket";
    "s3.stored_gb" = "0" "GB", "what a bucket holds in the Standard class";
    "s3.write_requests_month" = "0" "requests", "PUT, COPY, POST and LIST requests a month to a bucket";
    "secret.requests_month" = "0" "requests", "calls a month that read a secret";
    "sns.deliveries_month" = "0" "notifications", "deliveries a month to a subscription by HTTP or mail";
    "sns.requests_month" = "0" "requests", "messages a month published to a topic, in steps of 64 KB";
    "sqs.requests_month" = "0" "requests", "requests a month to a queue, in steps of 64 KB";
    "transit.gb_month" = "0" "GB", "what passes through a transit gateway attachment in a month";
    "waf.requests_month" = "0" "requests", "requests a month that a web ACL inspects";
}

impl Assumption {
    /// The assumption of a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        let at = ASSUMPTIONS.binary_search_by(|have| have.name.cmp(name)).ok()?;
        ASSUMPTIONS.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn names_are_sorted_and_defaults_are_numbers() {
        assert!(ASSUMPTIONS.is_sorted_by(|a, b| a.name < b.name));
        for assumption in ASSUMPTIONS {
            assert!(assumption.default.parse::<Decimal>().is_ok(), "{}", assumption.name);
            assert_eq!(Assumption::find(assumption.name), Some(assumption));
        }
    }

    #[test]
    fn traffic_is_nothing_by_default() {
        for assumption in ASSUMPTIONS.iter().filter(|a| a.name.ends_with("_month")) {
            assert_eq!(assumption.default, "0", "{}", assumption.name);
        }
    }
}

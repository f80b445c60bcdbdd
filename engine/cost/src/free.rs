//! Resource types that cost nothing by themselves.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static FREE: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    include_str!("../data/free.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Providers whose resources live on the machine that runs Terraform.
const LOCAL: [&str; 10] = [
    "archive",
    "cloudinit",
    "external",
    "http",
    "local",
    "null",
    "random",
    "template",
    "time",
    "tls",
];

/// True when AWS does not bill resources of this type by themselves.
pub fn is_free(ty: &str) -> bool {
    let provider = ty.split_once('_').map_or(ty, |(provider, _)| provider);
    FREE.contains(ty) || ty == "terraform_data" || LOCAL.contains(&provider)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::is_priced;

    #[test]
    fn free_is_what_the_list_says() {
        for ty in [
            "aws_vpc",
            "aws_security_group",
            "aws_ecs_task_definition",
            "random_id",
            "terraform_data",
        ] {
            assert!(is_free(ty), "{ty}");
        }
        for ty in ["aws_nat_gateway", "aws_msk_cluster", "google_project", "aws_new_thing", ""] {
            assert!(!is_free(ty), "{ty}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_names_nothing_that_is_priced() {
        let lines: Vec<&str> =
            include_str!("../data/free.txt").lines().filter(|l| !l.starts_with('#')).collect();
        assert!(lines.is_sorted_by(|a, b| a < b));
        assert!(lines.len() > 440);
        assert!(lines.iter().all(|ty| !is_priced(ty)));
    }
}

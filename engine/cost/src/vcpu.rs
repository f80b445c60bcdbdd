//! vCPUs of a machine or database class, by its size.
//! <https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html>

use rust_decimal::Decimal;

/// vCPUs of `db.r5.xlarge` or `t3.micro`; `None` for metal and for sizes of no rule.
pub(crate) fn vcpus(class: &str) -> Option<Decimal> {
    let (family, size) = class.rsplit_once('.')?;
    let family = family.rsplit('.').next().unwrap_or(family);
    let count = match (family, size) {
        ("t1" | "m1" | "m3", "micro" | "small" | "medium")
        | ("t2", "nano" | "micro" | "small")
        | (
            "m6g" | "m7g" | "m8g" | "c6g" | "c7g" | "c8g" | "r6g" | "r7g" | "r8g" | "a1",
            "medium",
        ) => 1,
        (_, "nano" | "micro" | "small" | "medium" | "large") => 2,
        (_, "xlarge") => 4,
        (_, size) => size.strip_suffix("xlarge")?.parse::<u32>().ok()?.checked_mul(4)?,
    };
    Some(count.into())
}

/// True for the burstable families that may go beyond their credits for money.
pub(crate) fn bursts(class: &str) -> bool {
    ["t2.", "t3.", "t3a.", "t4g."]
        .iter()
        .any(|family| class.trim_start_matches("db.").starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_vcpus() {
        for (class, count) in [
            ("t3.micro", 2),
            ("t2.small", 1),
            ("db.r5.8xlarge", 32),
            ("m5.xlarge", 4),
            ("m6g.medium", 1),
        ] {
            assert_eq!(vcpus(class), Some(count.into()), "{class}");
        }
        assert_eq!((vcpus("m5.metal"), vcpus("large"), vcpus("")), (None, None, None));
    }
}

//! What an estimate says besides its sums: regions, assumptions, what is missing, and its shape for machines.

mod machine;

use banana_cost::{Basis, HOURS, Part, totals};
use machine::{line, of, of_text, table};
use proptest::prelude::*;
use rust_decimal::Decimal;

const PARIS: &str = "provider \"aws\" { region = \"eu-west-3\" }\n";
const NAT: &str = "resource \"aws_nat_gateway\" \"n\" {\nsubnet_id = \"subnet-1\"\nallocation_id = \"eipalloc-1\"\n}";

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap_or_default()
}

#[test]
fn machines_read_version_one() {
    let text = format!(
        "{PARIS}resource \"aws_kms_key\" \"k\" {{}}\nresource \"aws_vpc\" \"free\" {{}}\nresource \"aws_lightsail_instance\" \"b\" {{}}"
    );
    let text = text.replace("\"b\" {}", "\"b\" {\nname = \"small\"\navailability_zone = \"eu-west-3a\"\nblueprint_id = \"debian_12\"\nbundle_id = \"nano_3_0\"\n}");
    let json = serde_json::to_string_pretty(&of(&text, &[])).unwrap_or_default();
    insta::assert_snapshot!(json, @r#"
    {
      "version": 1,
      "currency": "USD",
      "region": "eu-west-3",
      "prices": {
        "date": "2025-08-28"
      },
      "total_monthly": "1.00",
      "fixed_monthly": "1.00",
      "minimum_monthly": "1.00",
      "maximum_monthly": "1.00",
      "resources": [
        {
          "address": "aws_kms_key.k",
          "type": "aws_kms_key",
          "region": "eu-west-3",
          "tags": {},
          "monthly": "1",
          "minimum": "1",
          "maximum": "1",
          "components": [
            {
              "name": "key",
              "unit": "Keys",
              "quantity": "1",
              "unit_price": "1",
              "monthly": "1",
              "basis": "fixed",
              "assumption": null,
              "note": null,
              "price_key": "awskms/eu-west-3/KMS-Keys",
              "price_date": "2025-08-28",
              "price_source": "v0rts/aws-price-watcher@c4a0470:raw/kms.json#G6KAA982ZNRYXTGR.JRTCKXETXF.6YS6EN2CT7"
            },
            {
              "name": "requests",
              "unit": "Requests",
              "quantity": "0",
              "unit_price": "0.000003",
              "monthly": "0",
              "basis": "assumed",
              "assumption": "kms.requests_month",
              "note": null,
              "price_key": "awskms/eu-west-3/KMS-Requests",
              "price_date": "2025-08-28",
              "price_source": "v0rts/aws-price-watcher@c4a0470:raw/kms.json#QCRBRVP4WHFE4RN9.JRTCKXETXF.6YS6EN2CT7"
            }
          ],
          "notes": []
        }
      ],
      "assumptions": [
        {
          "name": "kms.requests_month",
          "address": null,
          "value": "0",
          "low": "0",
          "high": "0",
          "unit": "requests",
          "about": "requests a month to a key"
        }
      ],
      "missing_prices": [],
      "unsupported": [
        {
          "address": "aws_lightsail_instance.b",
          "type": "aws_lightsail_instance",
          "reason": "banana has no prices for this type yet"
        }
      ],
      "simulation": null
    }
    "#);
}

#[test]
fn a_region_is_never_guessed() {
    let nowhere = of(&format!("provider \"aws\" {{}}\n{NAT}"), &[]);
    let report = nowhere.reports.first().map(|r| (r.code, r.message.clone(), r.help.clone()));
    insta::assert_debug_snapshot!(report, @r#"
    Some(
        (
            "no-region",
            "provider `aws` names no region",
            Some(
                "write `region` in its block, or set AWS_REGION: prices differ from region to region",
            ),
        ),
    )
    "#);
    assert!(!nowhere.is_complete() && nowhere.total_monthly.is_zero());
    assert_eq!(nowhere.unsupported.len(), 1);

    let told = of_text(NAT, &[], Some("us-east-1"));
    assert_eq!(told.region.as_deref(), Some("us-east-1"));
    assert_eq!(told.total_monthly, decimal("32.85"));

    let asked = of(
        &format!(
            "variable \"r\" {{ type = string }}\nprovider \"aws\" {{ region = var.r }}\n{NAT}"
        ),
        &[],
    );
    let report = asked.reports.first().map(|r| (r.code, r.at.is_some()));
    assert_eq!(report, Some(("unknown-region", true)));
}

#[test]
fn each_resource_is_priced_where_its_provider_stands() {
    let estimate = of(
        &format!(
            "{PARIS}provider \"aws\" {{\nalias = \"us\"\nregion = \"us-east-1\"\n}}\n{NAT}\n{}\n{}",
            NAT.replace("\"n\" {", "\"there\" {\nprovider = aws.us"),
            NAT.replace("\"n\" {", "\"too\" {"),
        ),
        &[],
    );
    let at = |name: &str| line(&estimate, name, "NAT gateway").unit_price;
    assert_eq!(
        (at("aws_nat_gateway.n"), at("aws_nat_gateway.there")),
        (decimal("0.05"), decimal("0.045"))
    );
    assert_eq!(estimate.region.as_deref(), Some("eu-west-3"), "where most resources stand");
}

#[test]
fn a_missing_price_is_named_and_never_zero() {
    let taipei =
        of(&format!("provider \"aws\" {{ region = \"ap-east-2\" }}\n{NAT}"), &["nat.gb_month=1"]);
    insta::assert_snapshot!(table(&taipei), @r"
    aws_nat_gateway.n | data out to the Internet | 0 GB x 0.1083 = 0 | Assumed nat.egress_gb_month
    aws_nat_gateway.n | # its public IPv4 address is billed where it was made
    aws_nat_gateway.n | NAT gateway | missing: 730 x no price for `NatGateway-Hours` of AmazonEC2 in `ap-east-2`: it is known in `ap-east-1` and 21 other regions
    aws_nat_gateway.n | data processed | missing: 1 x no price for `NatGateway-Bytes` of AmazonEC2 in `ap-east-2`: it is known in `ap-northeast-1` and 6 other regions
    fixed 0.00, total 0.00, at most 0.00
    ");
    assert!(!taipei.is_complete());
    // Nothing times an unknown price is nothing: the sum of this one is right all the same.
    let frankfurt = of(&format!("provider \"aws\" {{ region = \"eu-central-1\" }}\n{NAT}"), &[]);
    assert_eq!(frankfurt.missing_prices.len(), 1);
    assert!(frankfurt.is_complete());
}

#[test]
fn an_unknown_count_is_an_assumption() {
    let text = format!(
        "{PARIS}variable \"n\" {{ type = number }}\n{}",
        NAT.replace("\"n\" {", "\"n\" {\ncount = var.n")
    );
    let one = of(&text, &[]);
    let gateway = line(&one, "aws_nat_gateway.n[*]", "NAT gateway");
    assert_eq!((gateway.basis, gateway.assumption), (Basis::Assumed, Some("resource.instances")));
    assert_eq!((one.fixed_monthly, one.total_monthly), (Decimal::ZERO, decimal("36.5")));
    let three = of(&text, &["resource.instances=3"]);
    assert_eq!(three.total_monthly, decimal("109.5"));
}

#[test]
fn an_assumption_can_be_made_for_one_resource() {
    let text = format!("{PARIS}{NAT}\n{}", NAT.replace("\"n\" {", "\"m\" {"));
    let estimate = of(
        &text,
        &["nat.gb_month=10", "aws_nat_gateway.m:nat.gb_month=100", "aws_lb.gone:lb.lcu=1"],
    );
    let data = |address: &str| line(&estimate, address, "data processed").monthly;
    assert_eq!(
        (data("aws_nat_gateway.n"), data("aws_nat_gateway.m")),
        (decimal("0.5"), decimal("5"))
    );
    let in_force: Vec<_> = estimate
        .assumptions
        .iter()
        .filter(|assumed| assumed.name == "nat.gb_month")
        .map(|assumed| (assumed.address.as_deref(), assumed.value.to_string()))
        .collect();
    assert_eq!(in_force, [(None, "10".into()), (Some("aws_nat_gateway.m"), "100".into())]);
    let warnings: Vec<_> = estimate.reports.iter().map(|report| report.message.as_str()).collect();
    assert_eq!(
        warnings,
        ["`aws_lb.gone` is spoken of in the usage, but the stack does not have it"]
    );
}

#[test]
fn a_line_has_a_part_for_each_step_of_its_price() {
    let estimate = of(&format!("{PARIS}{NAT}"), &["nat.egress_gb_month=60000"]);
    let nat = estimate.resources.first().map(|cost| cost.components.iter());
    let parts: Vec<String> = nat
        .into_iter()
        .flatten()
        .filter(|line| line.name.starts_with("data out"))
        .map(|line| {
            format!("{}: {} x {} = {}", line.name, line.quantity, line.unit_price, line.monthly)
        })
        .collect();
    insta::assert_snapshot!(parts.join("\n"), @r"
    data out to the Internet: 10240 x 0.09 = 921.60
    data out to the Internet, beyond 10240 GB: 40960 x 0.085 = 3481.600
    data out to the Internet, beyond 51200 GB: 8800 x 0.07 = 616.00
    ");
}

/// What AWS gives each account free is not taken for this stack's: three dashboards, 25 GB of a table.
#[test]
fn an_accounts_free_amounts_are_left_to_the_account() {
    let table = "resource \"aws_dynamodb_table\" \"t\" {\nname = \"t\"\nhash_key = \"k\"\nbilling_mode = \"PAY_PER_REQUEST\"\nattribute {\nname = \"k\"\ntype = \"S\"\n}\n}";
    let estimate = of(&format!("{PARIS}{table}"), &["dynamodb.stored_gb=10"]);
    let kept = line(&estimate, "aws_dynamodb_table.t", "items kept");
    assert_eq!((kept.quantity, kept.monthly), (10.into(), decimal("2.9715")));
}

/// Ten thousand new connections a second are 400 LCU: an hourly unit held all month, not once.
#[test]
fn capacity_units_count_by_the_hour() {
    let lb = "provider \"aws\" { region = \"us-east-1\" }\nresource \"aws_lb\" \"l\" { subnets = [\"subnet-1\", \"subnet-2\"] }";
    let estimate = of(lb, &["lb.lcu=400"]);
    assert_eq!(line(&estimate, "aws_lb.l", "capacity units (LCU)").monthly, decimal("2336"));
}

#[test]
fn figures_that_fit_nowhere_are_refused() {
    let volume = "resource \"aws_ebs_volume\" \"v\" {\navailability_zone = \"eu-west-3a\"\n\
                  type = \"gp3\"\nsize = 79228162514264337593543950335\n}";
    let estimate = of(&format!("{PARIS}{volume}"), &[]);
    let reasons: Vec<_> = estimate.unsupported.iter().map(|u| u.reason.as_str()).collect();
    assert_eq!(reasons, ["volume, gp3: the quantity is too large"]);
}

/// Services, modules and tags are parts that add up.
#[test]
fn parts_add_up() {
    let text = format!(
        "{PARIS}{NAT}\nresource \"aws_kms_key\" \"k\" {{\ntags = {{ team = \"core\" }}\n}}\nresource \"aws_kms_key\" \"l\" {{}}"
    );
    let estimate = of(&text, &[]);
    let by = |text: &str| totals(&estimate, &Part::read(text).unwrap());
    for part in ["service", "module", "type", "tag:team"] {
        assert_eq!(
            by(part).iter().map(|(_, sum)| sum).sum::<Decimal>(),
            estimate.total_monthly,
            "{part}"
        );
    }
    assert_eq!(
        by("service").iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["AmazonEC2", "awskms", "AWSDataTransfer"]
    );
    assert_eq!(by("tag:team").last().unwrap(), &("core".to_owned(), Decimal::ONE));
    assert_eq!((Part::read("tag:"), Part::read("colour")), (None, None));
}

/// A range goes through to the totals: low, likely, high.
#[test]
fn a_range_of_use_is_a_range_of_money() {
    let estimate = of(&format!("{PARIS}{NAT}"), &["nat.gb_month=10..100..1 TB"]);
    let bounds = [estimate.minimum_monthly, estimate.total_monthly, estimate.maximum_monthly];
    let each = |gb: i64| estimate.fixed_monthly + Decimal::from(gb) * decimal("0.05");
    assert_eq!(bounds, [10, 100, 1024].map(each));
    let nat = estimate.resources.iter().find(|cost| cost.ty == "aws_nat_gateway").unwrap();
    assert_eq!((nat.maximum - nat.monthly), decimal("46.2"));
    let said = estimate.assumptions.iter().find(|it| it.name == "nat.gb_month").unwrap();
    assert_eq!((said.low, said.high), (10.into(), 1024.into()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every line is its quantity times its unit price, the sums are those of the lines, and more use never costs less.
    #[test]
    fn sums_add_up(gb in 0u32..2_000_000, more in 0u32..2_000_000, tasks in 0u32..500) {
        let text = format!(
            "{PARIS}{NAT}\nresource \"aws_ecs_cluster\" \"c\" {{ name = \"c\" }}\n\
             resource \"aws_ecs_task_definition\" \"t\" {{\nfamily = \"t\"\ncpu = 256\nmemory = 512\ncontainer_definitions = \"[]\"\n}}\n\
             resource \"aws_ecs_service\" \"s\" {{\nname = \"s\"\ncluster = aws_ecs_cluster.c.id\ntask_definition = aws_ecs_task_definition.t.arn\n\
             launch_type = \"FARGATE\"\ndesired_count = {tasks}\n}}"
        );
        let less = of(&text, &[&format!("nat.egress_gb_month={gb}")]);
        let most = of(&text, &[&format!("nat.egress_gb_month={}", u64::from(gb) + u64::from(more))]);
        prop_assert!(less.total_monthly <= most.total_monthly);
        prop_assert_eq!(less.fixed_monthly, most.fixed_monthly);
        let mut sum = Decimal::ZERO;
        for cost in &most.resources {
            for line in &cost.components {
                prop_assert_eq!(line.quantity * line.unit_price, line.monthly);
            }
            prop_assert_eq!(cost.components.iter().map(|line| line.monthly).sum::<Decimal>(), cost.monthly);
            sum += cost.monthly;
        }
        prop_assert_eq!(sum, most.total_monthly);
        let each = decimal("0.25") * decimal("0.0486") + decimal("0.5") * decimal("0.0053");
        prop_assert_eq!(less.fixed_monthly, HOURS * (decimal("0.05") + each * Decimal::from(tasks)));
        prop_assert_eq!(table(&less), table(&of(&text, &[&format!("nat.egress_gb_month={gb}")])));
    }
}

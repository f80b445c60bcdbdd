//! The price book: packing loses nothing, broken lists are refused, and the embedded figures are AWS' own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use banana_cost::book::{Book, Broken, Overlay, Row, encode, read_csv};
use banana_cost::{PriceKey, PriceSource};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::LazyLock;

const TINY: &str = include_str!("../../../fixtures/cost/book/tiny.csv");
const LIST: &str = include_str!("../../../fixtures/cost/list-prices.csv");

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| Book::embedded().rows().collect());

fn tiny() -> Book {
    Book::read(encode(read_csv(TINY).unwrap()).unwrap()).unwrap()
}

fn key(service: &str, region: &str, usage: &str, unit: &str) -> PriceKey {
    PriceKey::new(service, region, usage, unit)
}

#[test]
fn packing_loses_nothing() {
    let mut rows = read_csv(TINY).unwrap();
    rows.sort();
    assert_eq!(tiny().rows().collect::<Vec<_>>(), rows);
    assert_eq!(rows.len(), TINY.lines().count() - 1);
}

#[test]
fn the_order_of_a_list_does_not_matter() {
    let mut rows = read_csv(TINY).unwrap();
    let packed = encode(rows.clone()).unwrap();
    rows.reverse();
    assert_eq!(encode(rows).unwrap(), packed);
}

/// What is embedded is what the packer makes of its rows: the committed file cannot be edited by hand.
#[test]
fn the_embedded_book_packs_to_itself() {
    let rows = ROWS.clone();
    assert_eq!(rows.len(), 73_742);
    assert!(encode(rows).unwrap() == include_bytes!("../data/prices.bin"), "the bytes differ");
    assert!(include_bytes!("../data/prices.bin").len() <= 600_000);
}

/// Every row says where it comes from in words that a reader can follow.
#[test]
fn every_row_has_a_source_and_a_date() {
    for row in Book::embedded().rows() {
        assert!(row.source.len() > 10 && !row.source.contains("file id"), "{}", row.source);
        assert!(("2022-01-01".."2027-01-01").contains(&row.date.as_str()), "{}", row.date);
    }
}

#[test]
fn every_listed_price_is_in_the_book() {
    let mut lines = 0;
    for line in LIST.lines().skip(1) {
        let [service, region, usage, unit, start, price] =
            line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let found = Book::embedded().price(&key(service, region, usage, unit)).unwrap();
        let (start, price): (Decimal, Decimal) = (start.parse().unwrap(), price.parse().unwrap());
        let tier = found.tiers.iter().find(|tier| tier.start == start);
        assert_eq!(tier.map(|tier| tier.price), Some(price), "{line}");
        lines += 1;
    }
    assert!(lines > 200);
}

/// What is found is what is stored.
#[test]
fn every_price_of_a_region_is_found() {
    let rows: Vec<_> = Book::embedded().rows().filter(|row| row.region == "eu-north-1").collect();
    assert!(rows.len() > 1000);
    for row in rows.iter().step_by(7) {
        let price =
            Book::embedded().price(&key(&row.service, &row.region, &row.usage, &row.unit)).unwrap();
        let tier = price.tiers.iter().find(|tier| tier.start == row.start).unwrap();
        assert_eq!((tier.end, tier.price), (row.end, row.price));
        assert!(price.date <= row.date);
    }
}

#[test]
fn a_missing_price_says_what_is_near() {
    let said = |service, region, usage, unit| {
        Book::embedded().price(&key(service, region, usage, unit)).unwrap_err().to_string()
    };
    insta::assert_snapshot!(
        [
            said("AmazonEC2", "ap-east-2", "NatGateway-Hours", "Hrs"),
            said("AmazonECS", "eu-west-3", "Fargate-vCPU-Hours", "vCPU-Hours"),
            said("AmazonECS", "eu-west-3", "Fargate-GB-Hours", "GB"),
            said("AmazonECS", "eu-west-9", "Fargate-GB-Hour", "GB-Hours"),
            said("AmazonNothing", "eu-west-3", "Hours", "Hrs"),
        ]
        .join("\n"),
        @r"
        no price for `NatGateway-Hours` of AmazonEC2 in `ap-east-2`: it is known in `ap-east-1` and 21 other regions
        no price for `Fargate-vCPU-Hours` of AmazonECS in `eu-west-3`: there is `Fargate-vCPU-Hours:perCPU`
        no price for `Fargate-GB-Hours` of AmazonECS in `eu-west-3`: it is counted in `GB-Hours`, not in `GB`
        no price for `Fargate-GB-Hour` of AmazonECS in `eu-west-9`: AmazonECS is known in `af-south-1`
        no price for `Hours` of AmazonNothing in `eu-west-3`
        "
    );
}

#[test]
fn broken_lists_are_refused() {
    let header = TINY.lines().next().unwrap();
    let row = "AmazonECS,eu-west-3,x,Hrs,0,Inf,1,list,2025-12-03";
    let said = |csv: String| match read_csv(&csv).and_then(encode) {
        Ok(_) => "accepted".into(),
        Err(error) => error.to_string(),
    };
    insta::assert_snapshot!(
        [
            said(format!("{header}\n{row}\n{row}\n")),
            said(format!("{header}\n{}\n{}\n", row.replace("0,Inf", "0,10"), row.replace("0,Inf", "11,Inf"))),
            said(format!("{header}\n{}\n{}\n", row.replace("0,Inf", "0,10"), row.replace("Hrs,0", "GB,10"))),
            said(format!("{header},colour\n{row},red\n")),
            said(header.replace("source_date", "source")),
            said(header.replace(",source_date", "")),
            said(format!("{header}\n{}\n", row.replace(",1,", ",free,"))),
            said(format!("{header}\n{}\n", row.replace("0,Inf", "5,5"))),
            said(format!("{header}\n{}\n", row.replace("2025-12-03", "yesterday"))),
            said(format!("{header}\n{row},\n")),
        ]
        .join("\n"),
        @r"
        `AmazonECS/eu-west-3/x` is given twice
        the steps of `AmazonECS/eu-west-3/x` do not join: one ends at 10, the next starts at 11
        `AmazonECS/eu-west-3/x` is counted both in `Hrs` and in `GB`
        the header must name the columns service, region, usage_type_or_key, unit, tier_start, tier_end, price_usd, source, source_date; `colour` is none of them
        the header must name the columns service, region, usage_type_or_key, unit, tier_start, tier_end, price_usd, source, source_date; `source` is there twice
        the header must name the columns service, region, usage_type_or_key, unit, tier_start, tier_end, price_usd, source, source_date; `source_date` is missing
        line 2: `price_usd` is `free`, not a number of at least 0
        line 2: the step ends at or before its start 5
        line 2: `source_date` is `yesterday`, not a day such as `2025-12-03`
        line 2: 10 fields, but the header has 9
        "
    );
}

#[test]
fn a_cut_book_is_refused() {
    let packed = encode(read_csv(TINY).unwrap()).unwrap();
    for cut in 0..packed.len() {
        let refused = Book::read(packed.get(..cut).unwrap().to_vec()).unwrap_err();
        assert!(matches!(refused, Broken::Format(_)));
    }
}

#[test]
fn an_own_list_lies_over_the_book() {
    let own = "service,region,usage_type_or_key,unit,tier_start,tier_end,price_usd,source,source_date\n\
               AmazonECS,eu-west-3,Fargate-GB-Hours,GB-Hours,0,Inf,0.004,our contract,2026-01-01\n";
    let prices = Overlay::read(own, tiny()).unwrap();
    let ours = prices.price(&key("AmazonECS", "eu-west-3", "Fargate-GB-Hours", "")).unwrap();
    assert_eq!(
        (ours.tiers[0].price, ours.source.as_str()),
        ("0.004".parse().unwrap(), "our contract")
    );
    let below = prices.price(&key("AmazonECS", "us-east-1", "Fargate-GB-Hours", "")).unwrap();
    assert_eq!(below.tiers[0].price, "0.004445".parse().unwrap());
    assert!(prices.price(&key("AmazonECS", "eu-west-3", "Fargate-GB-Hours", "GB")).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the price: more never costs less, and no step of it jumps.
    #[test]
    fn steps_of_every_price_are_monotone_and_join(at in 0usize..73_742, share in 0u32..2_000, more in 0u32..1_000) {
        let row = &ROWS[at];
        let price = Book::embedded().price(&key(&row.service, &row.region, &row.usage, &row.unit)).unwrap();
        let first = price.tiers[0].start;
        let edge = row.end.unwrap_or(row.start + Decimal::from(1000));
        let quantity = edge * Decimal::from(share) / Decimal::from(1000);
        let total = |quantity: Decimal| price.total(quantity);
        if let (Some(low), Some(high)) = (total(quantity), total(quantity + Decimal::from(more))) {
            prop_assert!(low <= high);
        }
        // Just before and just after an edge differ by no more than the dearest unit.
        let step = Decimal::new(1, 3);
        if let (Some(before), Some(after)) = (total(edge - step), total(edge + step)) {
            let dearest = price.tiers.iter().map(|tier| tier.price).max().unwrap();
            prop_assert!(after - before <= dearest * step * Decimal::TWO);
        }
        prop_assert!(price.tiers.windows(2).all(|pair| pair[0].end == Some(pair[1].start)));
        prop_assert_eq!(total(first), Some(Decimal::ZERO));
    }
}

//! AWS's price list as it is written: an offer file and an answer of `GetProducts`, in the shape that AWS documents. The figures are made up.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use banana_cost::book::{Book, Overlay};
use banana_cost::list::{List, ListError, Update, csv, keys};
use banana_cost::{PriceKey, PriceSource};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cost/price-list");
    fs::read(folder.join(name)).unwrap()
}

fn usages(keys: &[PriceKey]) -> BTreeSet<String> {
    keys.iter().map(|key| key.usage.split('|').next().unwrap().to_owned()).collect()
}

fn update(name: &str) -> Update {
    let book = Book::embedded();
    let keys = keys(book, None, Some("eu-west-3"), true);
    let list = List::read(fixture(name).as_slice(), &usages(&keys)).unwrap();
    Update::of(book, &keys, &list)
}

fn first(prices: &dyn PriceSource, service: &str, usage: &str) -> String {
    let price = prices.price(&PriceKey::new(service, "eu-west-3", usage, "")).unwrap();
    format!("{} {} {}", price.tiers.first().unwrap().price, price.date, price.source)
}

#[test]
fn an_offer_file_goes_over_the_book() {
    let update = update("offer.json");
    assert_eq!(
        update.rows.keys().collect::<Vec<_>>(),
        [&("AmazonECS".to_owned(), "eu-west-3".to_owned())]
    );
    assert_eq!((update.same, update.changed.len()), (1, 1), "{:?}", update.changed);
    assert!(update.missing.iter().any(|it| it.key.usage == "Fargate-ARM-GB-Hours"));
    let text = csv(&update.rows.into_values().flatten().collect::<Vec<_>>());
    let laid = Overlay::read(&text, Book::embedded()).unwrap();
    assert_eq!(
        first(&laid, "AmazonECS", "Fargate-vCPU-Hours:perCPU"),
        "0.05 2026-11-01 AWS offer file AmazonECS, SKU AAA1"
    );
    assert!(first(&laid, "AmazonECS", "Fargate-ARM-vCPU-Hours:perCPU").starts_with("0.03888 2025"));
}

#[test]
fn an_answer_of_the_api_goes_over_the_book() {
    let update = update("page.json");
    let text = csv(&update.rows.into_values().flatten().collect::<Vec<_>>());
    let laid = Overlay::read(&text, Book::embedded()).unwrap();
    assert!(first(&laid, "AmazonEC2", "NatGateway-Hours").starts_with("0.055 2026-11-01"));
    let balancer = "LoadBalancerUsage|LoadBalancing";
    assert!(first(&laid, "AWSELB", &format!("{balancer}:Application")).starts_with("0.02646 "));
    assert!(first(&laid, "AWSELB", &format!("{balancer}:Network")).starts_with("0.027 "));
    let egress = PriceKey::new("AWSDataTransfer", "eu-west-3", "DataTransfer-Out-Bytes", "GB");
    let steps: Vec<_> = laid.price(&egress).unwrap().tiers;
    let steps: Vec<_> = steps.iter().map(|step| format!("{} {}", step.start, step.price)).collect();
    assert_eq!(steps, ["0 0.08", "10240 0.075", "51200 0.07", "153600 0.05"]);
}

/// A file that is cut off anywhere is refused, and never half a list.
#[test]
fn half_a_file_is_no_list() {
    let whole = fixture("offer.json");
    let none = BTreeSet::new();
    for cut in (0..whole.len() - 2).step_by(97) {
        let read = List::read(whole.get(..cut).unwrap(), &none);
        assert!(matches!(read, Err(ListError::Json(_))), "{cut}: {read:?}");
    }
    let said = [
        "{}",
        "[]",
        "\"FormatVersion\",\"v1.0\"",
        "{\"offerCode\":\"A\"}",
        "{\"offerCode\":\"A\",\"terms\":{},\"products\":{}}",
        "{\"PriceList\":[7]}",
        "{\"offerCode\":\"A\"} x",
    ]
    .map(|text| List::read(text.as_bytes(), &none).unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"), @r"
    is no price list: it has neither `offerCode` with `products` and `terms`, nor `PriceList`
    is not JSON: invalid type: sequence, expected an object at line 1 column 1
    is CSV: give the offer file as JSON
    is no price list: it has neither `offerCode` with `products` and `terms`, nor `PriceList`
    has `terms` before `products`: it cannot be read as a stream
    is not JSON: `PriceList` holds something that is no product at line 1 column 17
    is not JSON: trailing characters at line 1 column 19
    ");
}

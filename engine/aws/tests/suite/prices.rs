//! Live prices: what is asked of the Price List API, and what its answer comes to.

use crate::wire::{Server, options};
use banana_aws::prices::{Asked, Prices};
use cost::{MissingPrice, Price, PriceKey, PriceSource};
use serde_json::{Value as Json, json};

/// A product of the price list, in the shape of `GetProducts`: a document a text.
fn product(sku: &str, usage: &str, unit: &str, price: &str) -> Json {
    let dimension = json!({"unit": unit, "beginRange": "0", "endRange": "Inf",
        "pricePerUnit": {"USD": price}});
    json!({"publicationDate": "2026-11-01T00:00:00Z",
        "product": {"sku": sku, "attributes": {"usagetype": usage}},
        "terms": {"OnDemand": {"a": {"priceDimensions": {"b": dimension}}}}})
}

fn answer(products: &[Json]) -> String {
    let texts: Vec<String> = products.iter().map(Json::to_string).collect();
    json!({"FormatVersion": "aws_v1", "PriceList": texts}).to_string()
}

/// Knows nothing: everything has to be asked.
struct Nothing;

impl PriceSource for Nothing {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        Err(MissingPrice { key: key.clone(), nearest: None })
    }
}

#[tokio::test]
async fn what_a_bill_asks_for_is_fetched() {
    let vcpu = PriceKey::new("AmazonECS", "eu-west-3", "Fargate-vCPU-Hours:perCPU", "hours");
    let asked = Asked::of(Nothing);
    assert!(asked.price(&vcpu).is_err());
    let listed = [
        product("A", "EUW3-Fargate-vCPU-Hours:perCPU", "hours", "0.0486"),
        product("B", "EUW3-Fargate-ARM-vCPU-Hours:perCPU", "hours", "0.0389"),
    ];
    let server = Server::start(Some((200, answer(&listed))));
    let prices = Prices::fetch(&options(&server.endpoint), asked.keys()).await.unwrap();
    let price = prices.price(&vcpu).unwrap();
    assert_eq!(price.tiers[0].price.to_string(), "0.0486");
    assert_eq!((&*price.date, &*price.source), ("2026-11-01", "AWS Price List API, SKU A"));
    let other = PriceKey::new("AmazonECS", "eu-west-3", "Fargate-GB-Hours", "hours");
    assert!(prices.price(&other).is_err(), "what was not asked for is missing, not free");
}

#[tokio::test]
async fn what_aws_does_not_list_is_missing_and_silence_is_an_error() {
    let key = PriceKey::new("AmazonECS", "eu-west-3", "Fargate-GB-Hours", "hours");
    let server = Server::start(Some((200, answer(&[]))));
    let prices = Prices::fetch(&options(&server.endpoint), [key.clone()]).await.unwrap();
    assert!(prices.price(&key).is_err());
    let server = Server::start(None::<(u16, &str)>);
    let failure = Prices::fetch(&options(&server.endpoint), [key]).await.unwrap_err();
    assert_eq!(failure.operation, "pricing:GetProducts");
}

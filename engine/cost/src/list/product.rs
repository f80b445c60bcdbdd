//! One product of the price list, and which of many a key means.

use crate::price::{MissingPrice, Price, PriceKey, Tier};
use rust_decimal::Decimal;
use serde_json::Value as Json;

/// A product with its on-demand price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    sku: String,
    usage: String,
    /// What tells products of one usage type apart: operation, engine, and the like.
    attributes: Json,
    unit: String,
    tiers: Vec<Tier>,
    /// `2026-10-09`
    published: String,
    /// The list that it stands in, for people.
    list: String,
}

impl Product {
    /// Reads a document of `PriceList`, as `GetProducts` answers. Numbers are texts there; the steps of a price come in no order; the
    /// last one ends at `Inf`. `None` for what has no price on demand in dollars.
    pub fn read(text: &str) -> Option<Self> {
        let document: Json = serde_json::from_str(text).ok()?;
        let terms = document.pointer("/terms/OnDemand")?;
        let published = document.get("publicationDate").and_then(Json::as_str).unwrap_or_default();
        let service = document.get("serviceCode").and_then(Json::as_str);
        let list = service.map(|service| format!(" {service}")).unwrap_or_default();
        let list = format!("AWS Price List API{list}");
        Self::of(document.get("product")?, terms, published, list)
    }

    /// The product of a description and its terms, keyed by SKU and term.
    pub(super) fn of(product: &Json, terms: &Json, published: &str, list: String) -> Option<Self> {
        let attributes = product.get("attributes")?;
        let mut dimensions =
            terms.as_object()?.values().filter_map(|term| term.get("priceDimensions")?.as_object());
        let dimensions = dimensions.next()?;
        let unit = dimensions.values().next()?.get("unit")?.as_str()?;
        let mut tiers = dimensions.values().map(tier).collect::<Option<Vec<_>>>()?;
        tiers.sort_by_key(|tier| tier.start);
        Some(Self {
            sku: product.get("sku")?.as_str()?.to_owned(),
            usage: attributes.get("usagetype")?.as_str()?.to_owned(),
            attributes: attributes.clone(),
            unit: unit.to_owned(),
            tiers,
            published: published.chars().take(10).collect(),
            list,
        })
    }

    /// Its usage type, with its region's prefix.
    pub fn usage(&self) -> &str {
        &self.usage
    }

    /// Its region's code, where it says one.
    pub fn region(&self) -> Option<&str> {
        self.attributes.get("regionCode").and_then(Json::as_str).filter(|code| !code.is_empty())
    }

    fn is(&self, attribute: &str, value: &str) -> bool {
        self.attributes.get(attribute).and_then(Json::as_str) == Some(value)
    }

    /// Free twins stand beside many products; none of them is the price.
    fn is_free(&self) -> bool {
        self.tiers.iter().all(|tier| tier.price.is_zero())
    }

    /// What the key says after the usage type: an operation, a database or cache engine.
    fn is_qualified(&self, qualifier: Option<&str>) -> bool {
        match qualifier {
            None => true,
            // The plain instance: shared hardware, Linux without anything on it, not out of a reservation.
            Some("RunInstances(Linux)") => {
                self.is("operation", "RunInstances")
                    && self.is("tenancy", "Shared")
                    && self.is("operatingSystem", "Linux")
                    && self.is("preInstalledSw", "NA")
                    && self.is("capacitystatus", "Used")
            }
            Some(word) => ["operation", "databaseEngine", "cacheEngine"]
                .iter()
                .any(|name| self.is(name, word)),
        }
    }
}

fn tier(dimension: &Json) -> Option<Tier> {
    let number = |name: &str| dimension.get(name)?.as_str()?.parse::<Decimal>().ok();
    let end = match dimension.get("endRange")?.as_str()? {
        "Inf" => None,
        text => Some(text.parse().ok()?),
    };
    let price = dimension.pointer("/pricePerUnit/USD")?.as_str()?.parse::<Decimal>().ok()?;
    Some(Tier { start: number("beginRange")?.normalize(), end, price: price.normalize() })
}

/// The text before the usage type is empty or a region's: `EUW3-`, `EU-`, `us-east-1-`.
pub(super) fn is_usage(product: &str, usage: &str) -> bool {
    let Some(head) = product.strip_suffix(usage) else { return false };
    let Some(prefix) = head.strip_suffix('-') else { return head.is_empty() };
    let letters = prefix.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_short = (2..=4).contains(&letters.len()) && prefix.len() - letters.len() <= 1;
    let is_region =
        prefix.split('-').count() == 3 && prefix.starts_with(|c: char| c.is_ascii_lowercase());
    is_region || is_short && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// NAT gateways of several kinds share their usage types' ends; the description of the group tells them apart.
fn group(usage: &str) -> Option<&'static str> {
    match usage {
        "NatGateway-Hours" => Some("Hourly charge for NAT Gateways"),
        "NatGateway-Bytes" => Some("Charge for per GB data processed by NatGateways"),
        _ => None,
    }
}

/// What a unit counts, whatever AWS calls it: what Fargate sells as `vCPU-Hours` on its page is listed in `hours`.
fn measure(unit: &str) -> String {
    let unit = unit.to_ascii_lowercase();
    let ends = |all: &[&str]| all.iter().any(|end| unit.ends_with(end));
    if ends(&["hours", "hour", "hrs"]) {
        "hours".into()
    } else if ends(&["gb-mo", "gb-month", "gigabyte-month"]) {
        "gb-mo".into()
    } else if ends(&["gigabyte", "gigabytes"]) {
        "gb".into()
    } else {
        unit.trim_end_matches('s').to_owned()
    }
}

/// The one price that a key means. Several products with one price are one; with different prices, none.
pub fn pick(key: &PriceKey, products: &[Product]) -> Result<Price, MissingPrice> {
    let missing = |nearest: Option<String>| MissingPrice { key: key.clone(), nearest };
    let (usage, qualifier) = match key.usage.split_once('|') {
        Some((usage, qualifier)) => (usage, Some(qualifier)),
        None => (key.usage.as_str(), None),
    };
    let fit = |product: &&Product| {
        is_usage(&product.usage, usage)
            && (key.region == "global" || product.region().is_none_or(|code| code == key.region))
            && product.is_qualified(qualifier)
            && group(usage).is_none_or(|group| product.is("groupDescription", group))
            && !product.is_free()
    };
    let mut found: Vec<&Product> = products.iter().filter(fit).collect();
    // Where old usage types have no region before them, a word of their own can look like one: the exact name wins.
    if found.iter().any(|product| product.usage == usage) {
        found.retain(|product| product.usage == usage);
    }
    let Some(first) = found.first() else { return Err(missing(None)) };
    if let Some(other) = found.iter().find(|other| other.tiers != first.tiers) {
        let both = format!("AWS lists more than one price: {} and {}", first.sku, other.sku);
        return Err(missing(Some(both)));
    }
    if !key.unit.is_empty() && measure(&first.unit) != measure(&key.unit) {
        let counted = format!("it is counted in `{}`, not in `{}`", first.unit, key.unit);
        return Err(missing(Some(counted)));
    }
    let tiers: Vec<Tier> =
        first.tiers.iter().filter(|tier| !tier.price.is_zero()).cloned().collect();
    let joins = |pair: &[Tier]| matches!(pair, [a, b] if a.end == Some(b.start));
    if !tiers.windows(2).all(joins) {
        return Err(missing(Some(format!("the steps of SKU {} do not join", first.sku))));
    }
    let unit = if key.unit.is_empty() { first.unit.as_str() } else { key.unit.as_str() };
    Ok(Price {
        unit: unit.into(),
        tiers,
        date: first.published.as_str().into(),
        source: format!("{}, SKU {}", first.list, first.sku).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A document in the shape of `GetProducts`: one level flatter than the bulk files, all numbers as texts.
    fn document(sku: &str, attributes: &Json, unit: &str, tiers: &[(&str, &str, &str)]) -> Product {
        let dimensions = tiers.iter().enumerate().map(|(at, (begin, end, price))| {
            let rate = format!("{sku}.JRTCKXETXF.{at}");
            let dimension = json!({"rateCode": rate, "unit": unit, "beginRange": begin,
                "endRange": end, "description": "", "appliesTo": [],
                "pricePerUnit": {"USD": price}});
            (rate, dimension)
        });
        let dimensions: serde_json::Map<_, _> = dimensions.collect();
        let text = json!({
            "product": {"productFamily": "any", "attributes": attributes, "sku": sku},
            "serviceCode": "any",
            "terms": {"OnDemand": {format!("{sku}.JRTCKXETXF"): {
                "offerTermCode": "JRTCKXETXF", "sku": sku, "effectiveDate": "2026-10-01T00:00:00Z",
                "termAttributes": {}, "priceDimensions": dimensions}}},
            "version": "20261009000000", "publicationDate": "2026-10-09T12:00:00Z",
        });
        Product::read(&text.to_string()).unwrap()
    }

    fn flat(sku: &str, usage: &str, operation: &str, price: &str) -> Product {
        let attributes = json!({"usagetype": usage, "operation": operation});
        document(sku, &attributes, "Hrs", &[("0", "Inf", price)])
    }

    fn key(service: &str, usage: &str, unit: &str) -> PriceKey {
        PriceKey::new(service, "eu-west-3", usage, unit)
    }

    #[test]
    fn the_operation_tells_load_balancers_apart() {
        let products = [
            flat("N", "EUW3-LoadBalancerUsage", "LoadBalancing:Network", "0.0264600000"),
            flat("A", "EUW3-LoadBalancerUsage", "LoadBalancing:Application", "0.0264600000"),
            flat("O", "EUW3-Outposts-LoadBalancerUsage", "LoadBalancing:Application", "1.0"),
        ];
        let key = key("AWSELB", "LoadBalancerUsage|LoadBalancing:Application", "Hrs");
        let price = pick(&key, &products).unwrap();
        assert_eq!(price.unit_price(1.into()), Some("0.02646".parse().unwrap()));
        assert_eq!(
            (price.date.as_str(), price.source.as_str()),
            ("2026-10-09", "AWS Price List API any, SKU A")
        );
    }

    #[test]
    fn steps_are_sorted_and_a_free_first_one_left_out() {
        let attributes = json!({"usagetype": "EUW3-DataTransfer-Out-Bytes"});
        let steps = [
            ("51200", "Inf", "0.0700000000"),
            ("0", "100", "0.0000000000"),
            ("10240", "51200", "0.0850000000"),
            ("100", "10240", "0.0900000000"),
        ];
        let products = [document("D", &attributes, "GB", &steps)];
        let price =
            pick(&key("AWSDataTransfer", "DataTransfer-Out-Bytes", "GB"), &products).unwrap();
        let starts: Vec<_> = price.tiers.iter().map(|tier| tier.start.to_string()).collect();
        assert_eq!(starts, ["100", "10240", "51200"]);
        assert_eq!(price.tiers.last().unwrap().end, None);
    }

    #[test]
    fn free_twins_and_other_gateways_are_no_price() {
        let nat = |sku, usage, group, price| {
            let attributes = json!({"usagetype": usage, "groupDescription": group});
            document(sku, &attributes, "Hrs", &[("0", "Inf", price)])
        };
        let hourly = "Hourly charge for NAT Gateways";
        let products = [
            nat("F", "EUW3-NatGateway-Hours", hourly, "0.0000000000"),
            nat("P", "EUW3-NatGateway-Hours", "Provisioned Bandwidth", "0.0900000000"),
            nat("G", "EUW3-NatGateway-Hours", hourly, "0.0500000000"),
        ];
        let price = pick(&key("AmazonEC2", "NatGateway-Hours", "Hrs"), &products).unwrap();
        assert_eq!(price.unit_price(1.into()), Some("0.05".parse().unwrap()));
    }

    #[test]
    fn what_is_ambiguous_or_counted_otherwise_is_missing() {
        let two = [flat("A", "EUW3-X", "", "1"), flat("B", "EUW3-X", "", "2")];
        let error = pick(&key("S", "X", "Hrs"), &two).unwrap_err();
        assert!(error.to_string().contains("A and B"), "{error}");
        let error = pick(&key("S", "X", "GB"), &two[..1]).unwrap_err();
        assert!(error.to_string().contains("`Hrs`, not in `GB`"), "{error}");
        assert_eq!(pick(&key("S", "Y", ""), &two).unwrap_err().nearest, None);
        let twins = [flat("A", "EUW3-X", "", "1"), flat("B", "EUW3-X", "", "1.0")];
        assert!(pick(&key("S", "X", ""), &twins).is_ok());
    }

    #[test]
    fn only_a_region_stands_before_a_usage_type() {
        for (product, is) in [
            ("EUW3-Fargate-GB-Hours", true),
            ("EU-Fargate-GB-Hours", true),
            ("USE1-Fargate-GB-Hours", true),
            ("Fargate-GB-Hours", true),
            ("us-east-1-Fargate-GB-Hours", true),
            ("EUW3-SpotUsage-Fargate-GB-Hours", false),
            ("Global-Fargate-GB-Hours", false),
            ("EUW3-Fargate-GB-Hours2", false),
        ] {
            assert_eq!(is_usage(product, "Fargate-GB-Hours"), is, "{product}");
        }
        let old =
            [flat("T", "TS-LoadBalancerUsage", "", "9"), flat("L", "LoadBalancerUsage", "", "1")];
        assert_eq!(
            pick(&key("AWSELB", "LoadBalancerUsage", ""), &old).unwrap().source,
            "AWS Price List API any, SKU L"
        );
    }
}

//! A file of the price list: an offer file of a service, or a recorded answer of `GetProducts`. Offer files are large (EC2's of one region
//! is some hundred MB): they are read as a stream, and only what is asked for is kept.

use super::product::{Product, is_usage};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Read};

/// What a file lists.
#[derive(Debug, Default)]
pub struct List {
    /// The offer: `AmazonECS`. An answer of `GetProducts` may be of several.
    pub services: BTreeSet<String>,
    /// Its products, as far as they were asked for: by what their usage type ends in.
    pub products: BTreeMap<String, Vec<Product>>,
}

/// Why a file is no list.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Disk(io::Error),
    /// No JSON, or cut off.
    #[error("is not JSON: {0}")]
    Json(serde_json::Error),
    /// JSON of something else.
    #[error(
        "is no price list: it has neither `offerCode` with `products` and `terms`, nor `PriceList`"
    )]
    Shape,
    /// The prices stand before what they are for.
    #[error("has `terms` before `products`: it cannot be read as a stream")]
    Order,
    /// The offer file as CSV.
    #[error("is CSV: give the offer file as JSON")]
    Csv,
}

impl List {
    /// Reads a file; of its products, those whose usage type is one of `usages`, whatever the region before it.
    pub fn read(mut from: impl Read, usages: &BTreeSet<String>) -> Result<Self, ListError> {
        let mut first = [0];
        let count = from.read(&mut first).map_err(ListError::Disk)?;
        let head = first.get(..count).unwrap_or_default();
        if head == b"\"" || head == b"S" {
            return Err(ListError::Csv);
        }
        let mut found = Found::new(usages);
        let mut json = serde_json::Deserializer::from_reader(head.chain(from));
        json.deserialize_map(&mut found).and_then(|()| json.end()).map_err(|error| {
            if error.is_io() { ListError::Disk(error.into()) } else { ListError::Json(error) }
        })?;
        found.list()
    }
}

/// What was found so far.
struct Found<'u> {
    usages: &'u BTreeSet<String>,
    offer: Option<String>,
    published: String,
    /// Of an offer file, by SKU.
    described: BTreeMap<String, Json>,
    priced: BTreeMap<String, Json>,
    terms_first: bool,
    has_terms: bool,
    /// Of `GetProducts`.
    answered: Option<Vec<(String, Product)>>,
}

impl<'u> Found<'u> {
    fn new(usages: &'u BTreeSet<String>) -> Self {
        Self {
            usages,
            offer: None,
            published: String::new(),
            described: BTreeMap::new(),
            priced: BTreeMap::new(),
            terms_first: false,
            has_terms: false,
            answered: None,
        }
    }

    fn list(self) -> Result<List, ListError> {
        let mut list = List::default();
        if let Some(answered) = self.answered {
            for (service, product) in answered {
                list.services.insert(service);
                list.add(&product, self.usages);
            }
            return Ok(list);
        }
        let Some(offer) = self.offer.filter(|_| self.has_terms) else {
            return Err(ListError::Shape);
        };
        if self.terms_first {
            return Err(ListError::Order);
        }
        for (sku, product) in &self.described {
            let Some(terms) = self.priced.get(sku) else { continue };
            let name = format!("AWS offer file {offer}");
            if let Some(product) = Product::of(product, terms, &self.published, name) {
                list.add(&product, self.usages);
            }
        }
        list.services.insert(offer);
        Ok(list)
    }
}

impl List {
    fn add(&mut self, product: &Product, usages: &BTreeSet<String>) {
        for end in ends(product.usage()).filter(|end| usages.contains(*end)) {
            self.products.entry(end.to_owned()).or_default().push(product.clone());
        }
    }
}

/// What a usage type may be without its region: `EUW3-NatGateway-Hours` and `NatGateway-Hours`.
fn ends(usage: &str) -> impl Iterator<Item = &str> {
    let after = usage.match_indices('-').filter_map(|(at, _)| usage.get(at + 1..)).take(3);
    std::iter::once(usage).chain(after).filter(move |end| is_usage(usage, end))
}

impl<'de> Visitor<'de> for &mut Found<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "offerCode" => self.offer = Some(map.next_value()?),
                "publicationDate" => self.published = map.next_value()?,
                "products" => {
                    let usages = self.usages;
                    let keep = |_: &str, product: &Json| {
                        let usage = product.pointer("/attributes/usagetype").and_then(Json::as_str);
                        usage.is_some_and(|usage| ends(usage).any(|end| usages.contains(end)))
                    };
                    self.terms_first = self.has_terms;
                    map.next_value_seed(Kept { keep: &keep, into: &mut self.described })?;
                }
                "terms" => {
                    self.has_terms = true;
                    map.next_value_seed(Terms {
                        described: &self.described,
                        into: &mut self.priced,
                    })?;
                }
                "PriceList" => {
                    let texts: Vec<Json> = map.next_value()?;
                    self.answered = Some(answered(texts).map_err(A::Error::custom)?);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// The documents of an answer: texts of JSON, or the same as objects. What has no price on demand is left out.
fn answered(documents: Vec<Json>) -> Result<Vec<(String, Product)>, String> {
    let mut all = Vec::new();
    for document in documents {
        let text = match document {
            Json::String(text) => text,
            Json::Object(_) => document.to_string(),
            _ => return Err("`PriceList` holds something that is no product".into()),
        };
        let service =
            serde_json::from_str::<Json>(&text).map_err(|e| format!("in `PriceList`: {e}"))?;
        let service = service.get("serviceCode").and_then(Json::as_str).unwrap_or_default();
        all.extend(Product::read(&text).map(|product| (service.to_owned(), product)));
    }
    Ok(all)
}

/// The entries of an object that are to be kept.
struct Kept<'k> {
    keep: &'k dyn Fn(&str, &Json) -> bool,
    into: &'k mut BTreeMap<String, Json>,
}

impl<'de> DeserializeSeed<'de> for Kept<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Kept<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let value: Json = map.next_value()?;
            if (self.keep)(&name, &value) {
                self.into.insert(name, value);
            }
        }
        Ok(())
    }
}

/// `OnDemand` of `terms`, of the products that were kept. What is reserved is not read.
struct Terms<'k> {
    described: &'k BTreeMap<String, Json>,
    into: &'k mut BTreeMap<String, Json>,
}

impl<'de> DeserializeSeed<'de> for Terms<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Terms<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let described = self.described;
        let keep = |sku: &str, _: &Json| described.contains_key(sku);
        while let Some(name) = map.next_key::<String>()? {
            if name == "OnDemand" {
                map.next_value_seed(Kept { keep: &keep, into: &mut *self.into })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

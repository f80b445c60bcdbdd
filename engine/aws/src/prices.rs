//! Live prices: the AWS Price List API, `GetProducts` of `aws-sdk-pricing`.

use crate::client::{self, Options};
use crate::failure::fail;
use aws_sdk_pricing::Client;
use aws_sdk_pricing::types::{Filter, FilterType};
use cost::list::{Product, pick};
use cost::{MissingPrice, Price, PriceKey, PriceSource};
use plan::Failure;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// A price source that notes which prices are asked for: run an estimate over it, and [`Prices::fetch`] what it noted.
#[derive(Debug)]
pub struct Asked<P> {
    below: P,
    keys: Mutex<BTreeSet<PriceKey>>,
}

impl<P: PriceSource> Asked<P> {
    /// Notes what is asked of `below`.
    pub fn of(below: P) -> Self {
        Self { below, keys: Mutex::default() }
    }

    /// All keys that were asked for.
    pub fn keys(self) -> BTreeSet<PriceKey> {
        self.keys.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: PriceSource + Sync> PriceSource for Asked<P> {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        self.below.price(key)
    }
}

/// Prices as AWS lists them now.
#[derive(Debug, Default)]
pub struct Prices {
    prices: BTreeMap<PriceKey, Result<Price, MissingPrice>>,
}

impl Prices {
    /// Asks AWS for the prices of keys. A key that AWS has no price for, or more than one, is missing; an error is AWS' silence.
    pub async fn fetch(
        options: &Options,
        keys: impl IntoIterator<Item = PriceKey>,
    ) -> Result<Self, Failure> {
        let (config, region) = client::load(options).await?;
        let home = aws_config::Region::new(endpoint(&region));
        let client = Client::new(&config.to_builder().region(home).build());
        let mut prices = BTreeMap::new();
        for key in keys {
            let price = pick(&key, &products(&client, &key).await?);
            prices.insert(key, price);
        }
        Ok(Self { prices })
    }
}

impl PriceSource for Prices {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        let unasked = || Err(MissingPrice { key: key.clone(), nearest: None });
        self.prices.get(key).cloned().unwrap_or_else(unasked)
    }
}

/// The Price List API lives in three regions.
fn endpoint(region: &str) -> &'static str {
    match region.split('-').next() {
        Some("eu" | "af" | "me" | "il") => "eu-central-1",
        Some("ap") => "ap-south-1",
        _ => "us-east-1",
    }
}

async fn products(client: &Client, key: &PriceKey) -> Result<Vec<Product>, Failure> {
    let filter = |ty, field: &str, value: &str| {
        Filter::builder().r#type(ty).field(field).value(value).build().ok()
    };
    let usage = key.usage.split('|').next().unwrap_or_default();
    let in_region = (key.region != "global")
        .then(|| filter(FilterType::TermMatch, "regionCode", &key.region))
        .flatten();
    let filters = in_region.into_iter().chain(filter(FilterType::Contains, "usagetype", usage));
    let pages = client
        .get_products()
        .service_code(key.service.as_str())
        .set_filters(Some(filters.collect()))
        .format_version("aws_v1")
        .into_paginator()
        .items()
        .send();
    let texts = pages.collect::<Result<Vec<String>, _>>().await;
    let texts = texts.map_err(fail("pricing:GetProducts"))?;
    Ok(texts.iter().filter_map(|text| Product::read(text)).collect())
}

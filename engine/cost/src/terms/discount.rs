//! Discounts: an agreement with AWS (EDP), Savings Plans, reserved capacity. Each takes a share off certain prices.

use crate::money::as_exact;
use crate::price::{MissingPrice, Price, PriceKey, PriceSource};
use rust_decimal::Decimal;
use serde::Serialize;

/// A discount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Discount {
    /// What it is called: `EDP`, `Compute Savings Plan`.
    pub name: String,
    /// How much it takes off, in percent: 0 to 100.
    #[serde(serialize_with = "as_exact")]
    pub percent: Decimal,
    /// For how much of the use, in percent: what a commitment covers. 0 to 100.
    #[serde(serialize_with = "as_exact")]
    pub share: Decimal,
    /// Off which prices, by their keys: `AmazonECS/*/Fargate-*`, where `*` stands for any text.
    pub prices: Vec<String>,
}

impl Discount {
    /// True when it takes something off the price of this key.
    pub fn is_for(&self, key: &PriceKey) -> bool {
        let key = key.to_string();
        self.prices.iter().any(|pattern| fits(pattern, &key))
    }

    /// What is left of a price.
    fn factor(&self) -> Decimal {
        let hundred = Decimal::ONE_HUNDRED;
        Decimal::ONE - self.percent / hundred * (self.share / hundred)
    }
}

/// True when a text fits a pattern in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| text.strip_prefix(head)) else {
        return false;
    };
    let Some(tail) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(tail)
}

/// A price list less discounts. Where several are for one price, each takes its share off what the others leave.
#[derive(Debug)]
pub struct Discounted<P> {
    below: P,
    discounts: Vec<Discount>,
}

impl<P: PriceSource> Discounted<P> {
    /// `below` less `discounts`.
    pub fn new(below: P, discounts: Vec<Discount>) -> Self {
        Self { below, discounts }
    }
}

impl<P: PriceSource> PriceSource for Discounted<P> {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        let mut price = self.below.price(key)?;
        for discount in self.discounts.iter().filter(|discount| discount.is_for(key)) {
            for tier in &mut price.tiers {
                tier.price = (tier.price * discount.factor()).normalize();
            }
            let off = (Decimal::ONE - discount.factor()) * Decimal::ONE_HUNDRED;
            let source =
                format!("{}; less {} % ({})", price.source, off.normalize(), discount.name);
            price.source = source.into();
        }
        Ok(price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;

    fn discount(percent: &str, share: &str, prices: &[&str]) -> Discount {
        let prices = prices.iter().map(|pattern| (*pattern).to_owned()).collect();
        let (percent, share) = (percent.parse().unwrap(), share.parse().unwrap());
        Discount { name: "plan".into(), percent, share, prices }
    }

    #[test]
    fn patterns_stand_for_any_text() {
        for (pattern, text, is) in [
            ("*", "a/b/c", true),
            ("a/*/c", "a/b/c", true),
            ("a/*/c", "a/b/d", false),
            ("a/*/c*", "a/b/cd", true),
            ("a", "ab", false),
            ("a*a", "a", false),
            ("*-*-*", "x-y", false),
            ("a/b/c", "a/b/c", true),
        ] {
            assert_eq!(fits(pattern, text), is, "{pattern} {text}");
        }
    }

    #[test]
    fn discounts_take_their_shares_off_one_after_the_other() {
        let key = PriceKey::new("AmazonECS", "eu-west-3", "Fargate-GB-Hours", "");
        let list = Book::embedded().price(&key).unwrap();
        let plan = discount("20", "50", &["AmazonECS/*/Fargate-*"]);
        let all = [plan, discount("10", "100", &["*"]), discount("99", "100", &["AmazonEC2/*"])];
        let paid = Discounted::new(Book::embedded(), all.to_vec()).price(&key).unwrap();
        let expected = list.tiers[0].price * "0.81".parse::<Decimal>().unwrap();
        assert_eq!(paid.tiers[0].price, expected.normalize());
        assert!(paid.source.ends_with("; less 10 % (plan); less 10 % (plan)"), "{}", paid.source);
        let none = PriceKey::new("AmazonECS", "nowhere", "Fargate-GB-Hours", "");
        assert!(Discounted::new(Book::embedded(), all.to_vec()).price(&none).is_err());
    }
}

//! What a customer pays instead of the list price: discounts, and another currency. Both are price lists over a price list, so that every
//! line shows what is really paid for one.

mod discount;
mod exchange;

pub use discount::{Discount, Discounted};
pub use exchange::{Converted, Rate, RatesError, read_rates};

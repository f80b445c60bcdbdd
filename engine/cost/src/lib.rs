//! What a stack costs: a book of prices, the quantities that the resolved graph gives, and an estimate that says of every
//! line whether it is fixed, derived from the graph, or assumed.

pub mod book;
mod price;
mod region;

pub use price::{MissingPrice, Price, PriceKey, PriceSource, Tier};
pub use region::{Region, region, regions};

//! AWS' regions as its price list names them. Derived from usage types that AWS itself publishes (its MSK price file).

/// A region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// `eu-west-3`
    pub code: &'static str,
    /// `EU (Paris)`
    pub location: &'static str,
    /// What most usage types start with here: `EUW3`. In `us-east-1` older services have none (`LoadBalancerUsage`), newer
    /// ones `USE1`. Empty where nothing published shows it.
    pub prefix: &'static str,
}

/// All regions that are known.
pub fn regions() -> impl Iterator<Item = Region> {
    include_str!("../data/regions.csv").lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        Some(Region { code: cells.next()?, location: cells.next()?, prefix: cells.next()? })
    })
}

/// The region of a code.
pub fn region(code: &str) -> Option<Region> {
    regions().find(|region| region.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;

    #[test]
    fn prefixes_are_read() {
        assert_eq!(
            region("eu-west-3").map(|r| (r.location, r.prefix)),
            Some(("EU (Paris)", "EUW3"))
        );
        assert_eq!(region("ap-south-1").map(|r| r.prefix), Some("APS3"));
        assert_eq!(region("mars-1"), None);
    }

    #[test]
    fn the_book_knows_every_region() {
        for region in regions() {
            assert!(
                Book::embedded().regions().iter().any(|code| code == region.code),
                "{region:?}"
            );
        }
    }
}

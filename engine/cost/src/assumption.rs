//! What a bill depends on and no stack says. Every one has a name, a unit and a default, and can be changed.

use std::sync::LazyLock;

/// An assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// How it is called on the command line and in `banana-usage.toml`: `nat.gb_month`.
    pub name: &'static str,
    /// Its value when nobody says otherwise, as a decimal. Traffic is 0: the default bill is that of an idle stack. Empty
    /// where the stack itself, or nothing, takes its place.
    pub default: &'static str,
    /// What it counts, or the words it may be: `linux|windows`.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Its values under [`Profile::Light`] and [`Profile::Busy`]; empty: the default.
    profiles: [&'static str; 2],
    /// The types that it is said of in `infracost-usage.yml`, separated by spaces.
    types: &'static str,
    /// Its names there.
    keys: &'static str,
}

/// How busy a stack is where nobody says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// No traffic.
    #[default]
    Idle,
    /// A small service with some users.
    Light,
    /// A service that many use all day.
    Busy,
}

static ALL: LazyLock<Vec<Assumption>> = LazyLock::new(|| {
    include_str!("../data/assumptions.csv").lines().skip(1).filter_map(read).collect()
});

/// All assumptions, by name.
pub fn assumptions() -> &'static [Assumption] {
    &ALL
}

/// One row: only the last column may hold commas.
fn read(line: &'static str) -> Option<Assumption> {
    let mut cells = line.splitn(8, ',');
    let mut cell = || cells.next();
    Some(Assumption {
        name: cell()?,
        default: cell()?,
        profiles: [cell()?, cell()?],
        unit: cell()?,
        types: cell()?,
        keys: cell()?,
        about: cell()?,
    })
}

impl Assumption {
    /// The assumption of a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        let at = ALL.binary_search_by(|have| have.name.cmp(name)).ok()?;
        ALL.get(at)
    }

    /// The assumption that a key of `infracost-usage.yml` means for a type.
    pub(crate) fn known_as(ty: &str, key: &str) -> Option<&'static Self> {
        ALL.iter().find(|it| it.keys.split(' ').any(|have| have == key) && it.is_of(ty))
    }

    /// The keys of `infracost-usage.yml` for a type.
    pub(crate) fn keys_of(ty: &str) -> impl Iterator<Item = &'static str> {
        ALL.iter().filter(move |it| it.is_of(ty)).flat_map(|it| it.keys.split(' '))
    }

    /// True when `infracost-usage.yml` says it of a type.
    pub(crate) fn is_of(&self, ty: &str) -> bool {
        self.types.split(' ').any(|have| have == ty)
    }

    /// Its value under a profile; empty: none.
    pub(crate) fn under(&self, profile: Profile) -> &'static str {
        let [light, busy] = self.profiles;
        let own = match profile {
            Profile::Idle => "",
            Profile::Light => light,
            Profile::Busy => busy,
        };
        if own.is_empty() { self.default } else { own }
    }

    /// The words that it may be, when it is no number.
    pub(crate) fn words(&self) -> Option<impl Iterator<Item = &'static str>> {
        self.unit.contains('|').then(|| self.unit.split('|'))
    }
}

impl Profile {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 3] =
        [("idle", Self::Idle), ("light", Self::Light), ("busy", Self::Busy)];

    /// The profile of a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(have, _)| *have == name).map(|(_, profile)| *profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_sorted_and_values_are_numbers() {
        let rows = include_str!("../data/assumptions.csv").lines().count();
        assert_eq!(assumptions().len() + 1, rows);
        assert!(assumptions().is_sorted_by(|a, b| a.name < b.name));
        for assumption in assumptions() {
            for (_, profile) in Profile::ALL {
                let value = assumption.under(profile);
                assert!(value.is_empty() || value.parse::<Decimal>().is_ok(), "{assumption:?}");
            }
            assert_eq!(Assumption::find(assumption.name), Some(assumption));
            assert!(!assumption.about.is_empty() && !assumption.unit.is_empty(), "{assumption:?}");
        }
    }

    #[test]
    fn traffic_is_nothing_by_default() {
        for it in assumptions().iter().filter(|it| it.name.ends_with("_month")) {
            let hours = it.default == "730";
            assert!(hours || matches!(it.default, "0" | ""), "{}", it.name);
        }
    }

    #[test]
    fn every_key_means_one_thing() {
        let mut seen = BTreeSet::new();
        for it in assumptions() {
            for pair in
                it.types.split(' ').flat_map(|ty| it.keys.split(' ').map(move |key| (ty, key)))
            {
                assert!(pair.1.is_empty() || seen.insert(pair), "{pair:?}");
            }
        }
        let types: BTreeSet<&str> = seen.iter().map(|(ty, _)| *ty).collect();
        assert!(types.len() >= 82 && seen.len() >= 347, "{} {}", types.len(), seen.len());
    }
}

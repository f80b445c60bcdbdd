//! From the dependencies that a state stores to the changes they mean.

use stack::{Address, Mode, ModulePath};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The address of a resource without any instance key: `module.web.aws_subnet.private`.
pub(crate) fn bare(address: &Address) -> String {
    let mut text = String::new();
    for step in &address.module.0 {
        let _ = write!(text, "module.{}.", step.name);
    }
    if address.mode == Mode::Data {
        text.push_str("data.");
    }
    let _ = write!(text, "{}.{}", address.ty, address.name);
    text
}

/// Which changes belong to a stored dependency.
pub(crate) struct Names<'a> {
    by_name: BTreeMap<String, Vec<(usize, &'a Address)>>,
}

impl<'a> Names<'a> {
    /// Of changes, by index.
    pub(crate) fn new(addresses: impl Iterator<Item = &'a Address>) -> Self {
        let mut by_name: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (index, address) in addresses.enumerate() {
            by_name.entry(bare(address)).or_default().push((index, address));
        }
        Self { by_name }
    }

    /// All instances that `dependency` can mean for `of`: those of another instance of one of its own modules are out.
    pub(crate) fn meant(&self, dependency: &str, of: &Address) -> impl Iterator<Item = usize> {
        let all = self.by_name.get(dependency).map_or(&[][..], Vec::as_slice);
        all.iter().filter(|(_, a)| !siblings(&a.module, &of.module)).map(|(index, _)| *index)
    }
}

/// True when two paths lead through different instances of one module call.
fn siblings(a: &ModulePath, b: &ModulePath) -> bool {
    let mut pairs = a.0.iter().zip(&b.0).take_while(|(x, y)| x.name == y.name);
    pairs.any(|(x, y)| x.key != y.key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pattern;

    fn address(text: &str) -> Address {
        text.parse::<Pattern>().unwrap().instance().unwrap()
    }

    #[test]
    fn a_stored_dependency_means_every_instance_but_not_those_of_a_sibling_module() {
        let all = [
            address(r#"module.m["a"].aws_vpc.v[0]"#),
            address(r#"module.m["a"].aws_vpc.v[1]"#),
            address(r#"module.m["b"].aws_vpc.v[0]"#),
            address("aws_vpc.v"),
        ];
        let names = Names::new(all.iter());
        let of = address(r#"module.m["a"].aws_subnet.s"#);
        assert_eq!(names.meant("module.m.aws_vpc.v", &of).collect::<Vec<_>>(), [0, 1]);
        let root = address("aws_subnet.s");
        assert_eq!(names.meant("module.m.aws_vpc.v", &root).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(names.meant("aws_vpc.w", &root).count(), 0);
    }
}

//! What a resource asks for, as the API wants to hear it: null, unknown and the empty string all mean "not given".

use stack::Value;
use std::collections::BTreeMap;

/// The arguments of a resource or of a block in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Args<'a>(pub(crate) &'a Value);

impl<'a> Args<'a> {
    /// A text that is given and not empty.
    pub(crate) fn str(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// The same, owned, as the SDK's builders take it.
    pub(crate) fn text(self, name: &str) -> Option<String> {
        self.str(name).map(str::to_owned)
    }

    /// One of an SDK enum's words.
    pub(crate) fn choice<T: From<&'a str>>(self, name: &str) -> Option<T> {
        self.str(name).map(T::from)
    }

    /// A bool that is given.
    pub(crate) fn flag(self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    /// True when given as true.
    pub(crate) fn is(self, name: &str) -> bool {
        self.flag(name) == Some(true)
    }

    /// A whole number that is given, spelled as a number or, as some attributes are, as text.
    pub(crate) fn int(self, name: &str) -> Option<i32> {
        let value = self.0.get(name)?;
        match value.as_str() {
            Some(text) => text.parse().ok(),
            None => i32::try_from(value.as_i64()?).ok(),
        }
    }

    /// The texts of a list or set; none when it is not given.
    pub(crate) fn strings(self, name: &str) -> Vec<String> {
        let elements = self.0.get(name).into_iter().flat_map(Value::elements);
        elements.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The texts of a list or set that has some.
    pub(crate) fn some_strings(self, name: &str) -> Option<Vec<String>> {
        Some(self.strings(name)).filter(|texts| !texts.is_empty())
    }

    /// The entries of a map of texts.
    pub(crate) fn map(self, name: &str) -> BTreeMap<String, String> {
        let entries = self.0.get(name).into_iter().flat_map(Value::entries);
        entries.filter_map(|(k, v)| Some((k.to_string(), v.as_str()?.to_owned()))).collect()
    }

    /// The blocks of a name.
    pub(crate) fn blocks(self, name: &str) -> impl Iterator<Item = Args<'a>> {
        self.0.get(name).into_iter().flat_map(Value::elements).map(Args)
    }

    /// The one block of a name.
    pub(crate) fn block(self, name: &str) -> Option<Args<'a>> {
        self.blocks(name).next()
    }

    /// The value at a path through single blocks: `access_logs.enabled`.
    pub(crate) fn at(self, path: &str) -> Option<&'a Value> {
        let mut here = self;
        let mut steps = path.split('.');
        let last = steps.next_back()?;
        for step in steps {
            here = here.block(step)?;
        }
        here.0.get(last)
    }

    /// The same as text, whatever its type: what key-value attributes take.
    pub(crate) fn spelled(self, path: &str) -> Option<String> {
        let value = self.at(path)?;
        let text = value.as_str().map(str::to_owned);
        let flag = || value.as_bool().map(|flag| flag.to_string());
        let number = || value.as_number().map(ToString::to_string);
        text.or_else(flag).or_else(number)
    }

    /// The attribute is known here and was something else in `prior`. Null, empty text and empty collections are one.
    pub(crate) fn differs(self, prior: Args<'_>, name: &str) -> bool {
        let (Some(new), old) = (self.0.get(name), prior.0.get(name)) else { return false };
        if new.is_unknown() {
            return false;
        }
        let absent = |v: Option<&Value>| {
            v.is_none_or(|v| v.is_null() || v.as_str() == Some("") || v.is_empty())
        };
        if absent(Some(new)) && absent(old) {
            return false;
        }
        old.and_then(|old| new.equals(old)) != Some(true)
    }

    /// Any of the attributes differs.
    pub(crate) fn any_differs(self, prior: Args<'_>, names: &[&str]) -> bool {
        names.iter().any(|name| self.differs(prior, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stack::{Origin, Type};

    fn object(value: Value) -> Value {
        Value::object([("a", value)])
    }

    #[test]
    fn what_is_not_given_is_none() {
        for value in [
            Value::null(Type::String),
            Value::string(""),
            Value::unknown(Type::String, Origin::default()),
        ] {
            assert_eq!(Args(&object(value)).str("a"), None);
        }
        assert_eq!(Args(&object(Value::string("x"))).text("b"), None);
        assert_eq!(Args(&object(Value::string("300"))).int("a"), Some(300));
        assert_eq!(Args(&object(Value::number(300_i64))).int("a"), Some(300));
    }

    #[test]
    fn a_path_goes_through_blocks() {
        let element = object(Value::number(60_i64));
        let block = Value::object([("b", Value::list(element.ty(), [element]))]);
        assert_eq!(Args(&block).spelled("b.a"), Some("60".to_owned()));
        assert_eq!(Args(&block).spelled("b.c"), None);
        assert_eq!(Args(&block).spelled("c.a"), None);
    }

    #[test]
    fn absence_has_many_spellings_and_none_differs_from_another() {
        let absent = [
            Value::null(Type::String),
            Value::string(""),
            Value::set(Type::String, []),
            Value::map::<&str>(Type::String, []),
        ];
        for (a, b) in absent.iter().flat_map(|a| absent.iter().map(move |b| (a, b))) {
            assert!(!Args(&object(a.clone())).differs(Args(&object(b.clone())), "a"));
        }
        let one = object(Value::string("1"));
        assert!(
            one.get("a")
                .is_some_and(|_| Args(&one).differs(Args(&object(Value::string("2"))), "a"))
        );
        assert!(Args(&object(Value::string(""))).differs(Args(&one), "a"));
        let later = object(Value::unknown(Type::String, Origin::default()));
        assert!(!Args(&later).differs(Args(&one), "a"));
    }
}

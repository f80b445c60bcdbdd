//! Addresses: `module.web["a"].aws_ecs_service.this[0]`.

use crate::value::Str;
use std::fmt;

/// The key of an instance made by `count` or `for_each`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// No repetition.
    #[default]
    None,
    /// `count`
    Int(u64),
    /// `for_each`
    Str(Str),
    /// ONE symbolic instance stands for all, since `count` or `for_each` is unknown. Printed `[*]`.
    Unknown,
}

/// One step of a module path: `module.web["a"]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleStep {
    /// The call's name.
    pub name: Str,
    /// Which instance of it.
    pub key: Key,
}

/// A module instance; empty for the root module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModulePath(pub Vec<ModuleStep>);

/// Managed resource or data source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// `resource`
    Managed,
    /// `data`
    Data,
}

/// A resource or data source instance. Orders as Terraform prints: by module, mode, type, name, key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// The module instance it stands in.
    pub module: ModulePath,
    /// Managed or data.
    pub mode: Mode,
    /// The resource type: `aws_subnet`.
    pub ty: Str,
    /// The name.
    pub name: Str,
    /// Which instance.
    pub key: Key,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Int(n) => write!(f, "[{n}]"),
            Self::Str(s) => write!(f, "[{:?}]", s.as_str()),
            Self::Unknown => f.write_str("[*]"),
        }
    }
}

impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            write!(f, "{}module.{}{}", if i == 0 { "" } else { "." }, step.name, step.key)?;
        }
        Ok(())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.module.0.is_empty() {
            write!(f, "{}.", self.module)?;
        }
        if self.mode == Mode::Data {
            f.write_str("data.")?;
        }
        write!(f, "{}.{}{}", self.ty, self.name, self.key)
    }
}

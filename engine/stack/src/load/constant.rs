//! Expressions that are read before any name has a value: tfvars, variable defaults, `optional` defaults.

use super::body::Expression;
use crate::Host;
use crate::Value;
use crate::eval::{self, Environment, Resolved, Scope, Traversal};
use std::io;
use std::path::{Path, PathBuf};
use syntax::Report;

/// Evaluates an expression that may refer to nothing.
pub(crate) fn evaluate(value: &Expression) -> (Value, Vec<Report>) {
    eval::evaluate(&value.tree, value.id, &Constant)
}

struct Constant;

impl Scope for Constant {
    fn resolve(&self, to: &Traversal) -> Result<Resolved, Box<Report>> {
        let report =
            Report::error("reference-not-allowed", format!("`{}` cannot be used here", to.root))
                .at(to.span, "only constant values are allowed")
                .help("write the value itself, or move the expression to a `locals` block");
        Err(Box::new(report))
    }

    fn environment(&self) -> Environment<'_> {
        Environment::new(&Nowhere, Path::new(""))
    }
}

/// A machine without files: constants may not read any.
struct Nowhere;

impl Host for Nowhere {
    fn read(&self, _path: &Path) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn list(&self, _folder: &Path) -> io::Result<Vec<(String, bool)>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn canonical(&self, _path: &Path) -> io::Result<PathBuf> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

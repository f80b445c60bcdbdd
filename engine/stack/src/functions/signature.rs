//! What a function takes and gives, before it is called.

use super::call::{Call, Outcome, Trouble};
use crate::value::{Type, Value};

/// A function.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) parameters: &'static [Parameter],
    /// The parameter that takes all further arguments.
    pub(crate) rest: Option<Parameter>,
    pub(crate) returns: Returns,
    /// The result is never null, not even while it is unknown.
    pub(crate) never_null: bool,
    pub(crate) run: Run,
}

/// How a call is answered.
pub(crate) enum Run {
    /// From the values of its arguments.
    Values(fn(&Call<'_>) -> Outcome),
    /// `try`: the first argument that can be evaluated.
    Try,
    /// `can`: whether its argument can be evaluated.
    Can,
    /// `templatestring`: its first argument must be a reference.
    TemplateString,
}

/// The type of a result, which an unknown result needs too.
pub(crate) enum Returns {
    /// Always this.
    Always(Want),
    /// It depends on the arguments, some of which may be unknown.
    From(fn(&[Value]) -> Result<Type, Trouble>),
}

/// A parameter.
#[expect(clippy::struct_excessive_bools, reason = "what passes is decided one by one")]
#[derive(Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) want: Want,
    /// Null is passed on; otherwise it is an error.
    pub(crate) null: bool,
    /// Unknown is passed on; otherwise it makes the result unknown.
    pub(crate) unknown: bool,
    /// An unknown of any type is passed on; otherwise it makes the result one.
    pub(crate) dynamic: bool,
    /// Marks are passed on; otherwise they are taken off the argument, however deep, and put on the result.
    pub(crate) marked: bool,
}

impl Parameter {
    pub(crate) const fn new(name: &'static str, want: Want) -> Self {
        Self { name, want, null: false, unknown: false, dynamic: false, marked: false }
    }

    pub(crate) const fn null(self) -> Self {
        Self { null: true, ..self }
    }

    pub(crate) const fn unknown(self) -> Self {
        Self { unknown: true, ..self }
    }

    pub(crate) const fn dynamic(self) -> Self {
        Self { dynamic: true, ..self }
    }

    pub(crate) const fn marked(self) -> Self {
        Self { marked: true, ..self }
    }
}

/// The types that signatures name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    Any,
    Bool,
    Number,
    String,
    ListOfAny,
    ListOfBool,
    ListOfNumber,
    ListOfString,
    SetOfAny,
    SetOfString,
    MapOfListOfString,
}

impl Want {
    pub(crate) fn ty(self) -> Type {
        match self {
            Self::Any => Type::Dynamic,
            Self::Bool => Type::Bool,
            Self::Number => Type::Number,
            Self::String => Type::String,
            Self::ListOfAny => Type::list(Type::Dynamic),
            Self::ListOfBool => Type::list(Type::Bool),
            Self::ListOfNumber => Type::list(Type::Number),
            Self::ListOfString => Type::list(Type::String),
            Self::SetOfAny => Type::set(Type::Dynamic),
            Self::SetOfString => Type::set(Type::String),
            Self::MapOfListOfString => Type::map(Type::list(Type::String)),
        }
    }
}

impl Function {
    /// A function that may give null.
    pub(crate) const fn new(
        name: &'static str,
        parameters: &'static [Parameter],
        returns: Returns,
        run: fn(&Call<'_>) -> Outcome,
    ) -> Self {
        Self { name, parameters, rest: None, returns, never_null: false, run: Run::Values(run) }
    }

    /// A function whose arguments are not evaluated first.
    pub(crate) const fn unevaluated(name: &'static str, run: Run) -> Self {
        const EXPRESSION: &[Parameter] = &[Parameter::new("expression", Want::Any)];
        let returns = Returns::Always(Want::Any);
        Self { name, parameters: EXPRESSION, rest: None, returns, never_null: false, run }
    }

    pub(crate) const fn never_null(self) -> Self {
        Self { never_null: true, ..self }
    }

    pub(crate) const fn rest(self, rest: Parameter) -> Self {
        Self { rest: Some(rest), ..self }
    }

    pub(crate) const fn run(self, run: Run) -> Self {
        Self { run, ..self }
    }

    /// The parameter that takes the argument at `at`.
    pub(crate) fn parameter(&self, at: usize) -> Option<&Parameter> {
        self.parameters.get(at).or(self.rest.as_ref())
    }
}

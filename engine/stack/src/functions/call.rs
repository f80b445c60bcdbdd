//! One call of a function with its arguments' values.

use super::signature::{Function, Returns, Run};
use crate::eval::Environment;
use crate::value::{Marks, Origin, Refinement, Type, Value};

/// Why a call fails.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// Which argument is at fault, if it is one.
    pub(crate) argument: Option<usize>,
    /// What is wrong: lower case, no final period. It may show arguments; the caller hides it where those are sensitive.
    pub(crate) message: String,
    /// What it took to find out, where that is much.
    pub(crate) cost: u64,
}

impl Trouble {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { argument: None, message: message.into(), cost: 0 }
    }

    pub(crate) fn argument(at: usize, message: impl Into<String>) -> Self {
        Self { argument: Some(at), message: message.into(), cost: 0 }
    }
}

impl<T: Into<String>> From<T> for Trouble {
    fn from(message: T) -> Self {
        Self::new(message)
    }
}

/// What a call gives.
pub(crate) type Outcome = Result<Value, Trouble>;

/// What a function sees of its call.
pub(crate) struct Call<'a> {
    pub(crate) arguments: &'a [Value],
    /// The type of the result.
    pub(crate) returns: Type,
    pub(crate) environment: Environment<'a>,
}

impl Call<'_> {
    /// An argument; calls are checked for their number before.
    pub(crate) fn at(&self, at: usize) -> Result<&Value, Trouble> {
        self.arguments.get(at).ok_or_else(|| Trouble::new("an argument is missing"))
    }

    /// A string argument.
    pub(crate) fn str(&self, at: usize) -> Result<&str, Trouble> {
        let text = self.at(at)?.as_str();
        text.ok_or_else(|| Trouble::argument(at, "a string is required"))
    }

    /// A whole number that fits a machine integer. Terraform blames the call when it is none, not the argument.
    pub(crate) fn int(&self, at: usize) -> Result<i64, Trouble> {
        int_of(self.at(at)?, at).map_err(|trouble| Trouble::new(trouble.message))
    }

    /// An unknown result of the expected type: the caller fills in who decides it.
    pub(crate) fn unknown(&self) -> Value {
        Value::unknown(self.returns.clone(), Origin::Error)
    }
}

/// A whole number that fits a machine integer.
pub(crate) fn int_of(value: &Value, at: usize) -> Result<i64, Trouble> {
    let number = value.as_number().ok_or_else(|| Trouble::argument(at, "a number is required"))?;
    number.as_i64().ok_or_else(|| {
        let what = if number.is_integer() {
            "the number is too large"
        } else {
            "a whole number is required"
        };
        Trouble::argument(at, what)
    })
}

/// A result that is a list of strings.
pub(crate) fn strings<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Value {
    let texts = texts.into_iter().map(|text| Value::string(text.as_ref()));
    Value::list(Type::String, texts)
}

/// Calls a function: what is null, unknown or marked among the arguments is dealt with as its parameters say.
pub(crate) fn call(
    function: &Function,
    arguments: &[Value],
    environment: Environment<'_>,
) -> Outcome {
    let Run::Values(run) = function.run else {
        return Err(Trouble::new("this function cannot be called here"));
    };
    environment.spend(0)?;
    let mut arguments = arguments.to_vec();
    let mut marks = Marks::NONE;
    let (mut any, mut unknown) = (false, false);
    for (at, argument) in arguments.iter_mut().enumerate() {
        let Some(parameter) = function.parameter(at) else { continue };
        if !parameter.marked {
            let (bare, own) = argument.clone().unmark_deep();
            *argument = bare;
            marks = marks.with(own);
        }
        if argument.is_null() && !parameter.null {
            return Err(Trouble::argument(at, "it must not be null"));
        }
        any |= !parameter.dynamic && argument.ty() == Type::Dynamic;
        unknown |= !parameter.unknown && argument.is_unknown();
    }
    let returns = match &function.returns {
        _ if any => Type::Dynamic,
        Returns::Always(want) => want.ty(),
        Returns::From(find) => match find(&arguments) {
            Ok(returns) => returns,
            Err(trouble) => {
                environment.spend(trouble.cost)?;
                return Err(trouble);
            }
        },
    };
    let result = if any || unknown {
        Value::unknown(returns, Origin::Error)
    } else {
        run(&Call { arguments: &arguments, returns, environment })?
    };
    let result = if function.never_null { not_null(result) } else { result };
    Ok(result.with_marks(marks))
}

/// The same value with one more certainty.
fn not_null(value: Value) -> Value {
    let Some(unknown) = value.as_unknown() else { return value };
    let refinement = Refinement { not_null: true, ..unknown.refinement.clone() };
    let refined = Value::refined(unknown.ty.clone(), unknown.origin.clone(), refinement);
    refined.with_marks(value.marks).with_blame(value.blame.clone())
}

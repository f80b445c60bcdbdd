//! `tobool`, `tolist`, `tomap`, `tonumber`, `toset`, `tostring`.

use super::Want;
use super::sequence::ty;
use super::{Call, Function, Outcome, Parameter, Returns, Trouble};
use crate::value::{Type, Value, possible};

const V: Parameter = Parameter::new("v", Want::Any).null().marked().dynamic().unknown();

macro_rules! to {
    ($name:literal, $ty:expr) => {
        Function::new($name, &[V], Returns::From(|a| reachable(a, $ty)), |c| convert(c, &$ty))
    };
}

pub(super) const FUNCTIONS: &[Function] = &[
    to!("tobool", Type::Bool),
    to!("tolist", Type::list(Type::Dynamic)),
    to!("tomap", Type::map(Type::Dynamic)),
    to!("tonumber", Type::Number),
    to!("toset", Type::set(Type::Dynamic)),
    to!("tostring", Type::String),
];

fn reachable(arguments: &[Value], to: Type) -> Result<Type, Trouble> {
    let from = ty(arguments, 0);
    if from == to || possible(&from, &to, true) {
        return Ok(to);
    }
    let message = format!("{} cannot become {}", from.friendly(), to.friendly());
    Err(Trouble::argument(0, message))
}

fn convert(call: &Call<'_>, to: &Type) -> Outcome {
    let value = call.at(0)?;
    if value.is_unknown() {
        return Ok(Value::unknown(to.clone(), crate::Origin::Error).with_marks(value.marks));
    }
    value.convert(to).map_err(|e| Trouble::argument(0, e.to_string()))
}

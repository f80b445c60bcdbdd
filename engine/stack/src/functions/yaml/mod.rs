//! `yamldecode` and `yamlencode`.

mod decode;
mod encode;
mod scalar;

use super::{Call, Function, Outcome, Parameter, Returns, Want};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "yamldecode",
        &[Parameter::new("src", Want::String)],
        Returns::Always(Want::Any),
        |c| Ok(decode::decode(c.str(0)?)?),
    ),
    Function::new(
        "yamlencode",
        &[Parameter::new("value", Want::Any).null().dynamic()],
        Returns::Always(Want::String),
        encode,
    ),
];

/// Reads one YAML document as `yamldecode` does; what is wrong with it names its line.
pub fn read_yaml(text: &str) -> Result<Value, String> {
    decode::decode(text)
}

fn encode(call: &Call<'_>) -> Outcome {
    let value = call.at(0)?;
    if !value.is_wholly_known() {
        return Ok(call.unknown());
    }
    Ok(Value::string(encode::encode(value)))
}

//! Marks: `ephemeralasnull`, `issensitive`, `nonsensitive`, `sensitive`.

use super::sequence::ty;
use super::{Call, Function, Outcome, Parameter, Returns, Want};
use crate::value::{Marks, Value};

const VALUE: Parameter = Parameter::new("value", Want::Any).null().marked().dynamic().unknown();
const SAME: Returns = Returns::From(|a| Ok(ty(a, 0)));

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("ephemeralasnull", &[VALUE], SAME, |c| Ok(without_ephemeral(c.at(0)?))),
    Function::new("issensitive", &[VALUE], Returns::Always(Want::Bool), is_sensitive),
    Function::new("nonsensitive", &[VALUE], SAME, |c| {
        let value = c.at(0)?.clone();
        Ok(Value { marks: value.marks.without(Marks::SENSITIVE), ..value })
    }),
    Function::new("sensitive", &[VALUE], SAME, |c| {
        Ok(c.at(0)?.clone().with_marks(Marks::SENSITIVE))
    }),
];

fn is_sensitive(call: &Call<'_>) -> Outcome {
    let value = call.at(0)?;
    Ok(if value.is_sensitive() {
        Value::bool(true)
    } else if value.is_unknown() {
        call.unknown()
    } else {
        Value::bool(false)
    })
}

fn without_ephemeral(value: &Value) -> Value {
    if value.marks.has(Marks::EPHEMERAL) {
        let null = Value::null(value.ty()).with_marks(value.marks.without(Marks::EPHEMERAL));
        return null.with_blame(value.blame.clone());
    }
    let mut value = value.clone();
    if value.deep_marks().has(Marks::EPHEMERAL) {
        value.kind = value.kind.map_parts(|part| without_ephemeral(&part));
    }
    value
}

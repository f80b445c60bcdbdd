//! An instance as its author sees it.

use model::field;
use schema::Body;
use stack::value::Kind;
use stack::{Address, Mode, Origin, Resource, Value};

/// The planned object, in which null stands for what is not written and left to AWS: a rule asks what was decided. What only AWS
/// can decide (an id) stays unknown, and so does what follows from something unknown, and all that a data source will read.
pub(super) fn seen(resource: &Resource) -> Value {
    let schema = schema::resource(&resource.address.ty);
    match (resource.address.mode, schema) {
        (Mode::Managed, Some(schema)) => {
            object(&resource.value, &resource.config, schema.body, &resource.address)
        }
        _ => resource.value.clone(),
    }
}

fn object(planned: &Value, written: &Value, body: &Body, address: &Address) -> Value {
    if !matches!(planned.kind, Kind::Object(_)) {
        return planned.clone();
    }
    let entries = planned.entries().map(|(name, value)| {
        let from = field(written, name);
        let is_left_open = is_own(value, address) && (from.is_null() || from.is_empty());
        let optional = body.attribute(name).is_none_or(|attribute| attribute.optional);
        let block = body.block(name);
        let seen = match block {
            _ if is_left_open && optional => Value::null(value.ty()),
            Some(block) => blocks(value, from, block.body(), address),
            None => value.clone(),
        };
        (name.clone(), seen)
    });
    like(planned, Value::object(entries.collect::<Vec<_>>()))
}

/// The blocks of a name. Those of a set may change places when defaults come in: several of them are read as planned.
fn blocks(planned: &Value, written: &Value, body: &Body, address: &Address) -> Value {
    if let Kind::Object(_) = planned.kind {
        return object(planned, written, body, address);
    }
    let aligned = planned.len() == written.len();
    let seen = || {
        let pairs = planned.elements().zip(written.elements());
        pairs.map(|(planned, written)| object(planned, written, body, address)).collect::<Vec<_>>()
    };
    match &planned.kind {
        Kind::List(of, _) if aligned => like(planned, Value::list(of.clone(), seen())),
        Kind::Set(of, items) if aligned && items.len() == 1 => {
            like(planned, Value::set(of.clone(), seen()))
        }
        _ => planned.clone(),
    }
}

/// With the place and the marks of another value.
fn like(other: &Value, value: Value) -> Value {
    value.with_blame(other.blame.clone()).with_marks(other.marks)
}

/// True for what is unknown because AWS will decide it, of this very instance.
fn is_own(value: &Value, address: &Address) -> bool {
    value.as_unknown().is_some_and(
        |unknown| matches!(&unknown.origin, Origin::Resource { address: of, .. } if **of == *address),
    )
}

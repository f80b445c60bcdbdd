//! `aws_caller_identity`: who applies, when that was said.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/caller_identity>

use super::{Offline, answered};
use stack::value::Origin;
use stack::{Str, Type, Value};

pub(super) fn read(world: &Offline, config: &Value) -> Option<Value> {
    let caller = world.caller.as_ref()?;
    let known = |text: &Option<Str>| match text {
        Some(text) => Value::string(text.clone()),
        None => {
            Value::unknown_not_null(Type::String, Origin::Apply("the caller's identity".into()))
        }
    };
    Some(answered(
        config,
        [
            ("id", Value::string(caller.account.clone())),
            ("account_id", Value::string(caller.account.clone())),
            ("arn", known(&caller.arn)),
            ("user_id", known(&caller.user)),
        ],
    ))
}

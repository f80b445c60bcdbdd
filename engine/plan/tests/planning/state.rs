//! Reading and writing states.

use banana_plan::{State, StateError};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// A state with everything that the format has: data, modules, keys of both kinds, a tainted and a deposed object, secrets, fields of a newer
/// version.
fn example() -> Json {
    let provider = r#"provider["registry.terraform.io/hashicorp/aws"]"#;
    json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 17, "lineage": "dc058061-1626-6ed2-1cba-879d43321b22",
        "outputs": {
            "dns": { "value": "a.example.com", "type": "string" },
            "word": { "value": "w", "type": "string", "sensitive": true }
        },
        "resources": [
            { "mode": "data", "type": "aws_region", "name": "r", "provider": provider, "instances": [
                { "schema_version": 0, "attributes": { "id": "eu-west-3" }, "sensitive_attributes": [] }
            ] },
            { "mode": "managed", "type": "aws_lb_target_group", "name": "t", "provider": provider, "instances": [
                { "schema_version": 0, "attributes": { "id": "new", "port": 80 }, "sensitive_attributes": [], "private": "bnVsbA==",
                  "create_before_destroy": true },
                { "deposed": "3f1d9a2c", "schema_version": 0, "attributes": { "id": "old" }, "sensitive_attributes": [],
                  "private": "bnVsbA==", "create_before_destroy": true, "identity_schema_version": 0 }
            ] },
            { "mode": "managed", "type": "aws_ssm_parameter", "name": "p", "provider": format!("{provider}.paris"),
              "instances": [ { "index_key": "db", "schema_version": 0, "attributes": { "id": "/b", "value": "w", "version": 1 },
                "sensitive_attributes": [ [ { "type": "get_attr", "value": "value" } ] ], "dependencies": [ "aws_kms_key.k" ] } ] },
            { "module": "module.vpc", "mode": "managed", "type": "aws_subnet", "name": "private", "provider": provider,
              "instances": [
                { "index_key": 0, "schema_version": 1, "attributes": { "id": "subnet-0" }, "sensitive_attributes": [] },
                { "index_key": 1, "status": "tainted", "schema_version": 1, "attributes": { "id": "subnet-1" },
                  "sensitive_attributes": [] }
              ] }
        ],
        "check_results": null, "a_field_of_tomorrow": { "x": [1, 2.50] }
    })
}

fn read(text: &str) -> Result<State, StateError> {
    State::read(text.as_bytes())
}

#[test]
fn a_state_is_written_as_it_was_read() {
    let state = read(&example().to_string()).unwrap();
    let text = String::from_utf8(state.write()).unwrap();
    assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), example());
    assert_eq!(read(&text).unwrap(), state);
    assert!(text.starts_with("{\n  \"version\": 4,\n  \"terraform_version\""), "{text}");
    assert!(text.ends_with("}\n"));
}

#[test]
fn a_secret_comes_back_as_one() {
    let state = read(&example().to_string()).unwrap();
    let (address, _, object) =
        state.objects().find(|(a, _, _)| a.ty == "aws_ssm_parameter").unwrap();
    let value = object.value(address.mode, &address.ty).unwrap();
    assert!(value.get("value").unwrap().is_sensitive());
    assert!(!value.get("id").unwrap().is_sensitive());
    let mut again = object.clone();
    again.set(&value);
    assert_eq!(again.sensitive, object.sensitive);
}

#[test]
fn what_the_schema_calls_a_secret_is_one_in_a_state_that_does_not_say_so() {
    let mut state = read(&example().to_string()).unwrap();
    for instance in state.instances.values_mut() {
        instance.current.iter_mut().for_each(|object| object.sensitive.clear());
    }
    let (address, _, object) =
        state.objects().find(|(a, _, _)| a.ty == "aws_ssm_parameter").unwrap();
    let value = object.value(address.mode, &address.ty).unwrap();
    assert!(value.get("value").unwrap().is_sensitive());
    assert!(!value.get("id").unwrap().is_sensitive());
}

#[test]
fn what_is_no_state_is_told_apart() {
    assert!(read("").unwrap().is_new());
    assert!(matches!(read("{\"version\": 4, \"serial\": 1, \"lin"), Err(StateError::Torn { .. })));
    assert!(matches!(read("{\"version\": 5}"), Err(StateError::Version { found: 5, .. })));
    assert!(matches!(read("{\"version\": 3}"), Err(StateError::Version { found: 3, .. })));
    assert!(matches!(read("hello"), Err(StateError::Damaged { line: 1, .. })));
    assert!(matches!(read("[]"), Err(StateError::Damaged { .. })));
    let twice = example().to_string().replace("\"index_key\":1", "\"index_key\":0");
    assert!(matches!(read(&twice), Err(StateError::Shape(_))));
}

proptest! {
    /// A write that was cut off never passes for a state.
    #[test]
    fn every_cut_is_noticed(at in 1usize..4000) {
        let bytes = serde_json::to_vec_pretty(&example()).unwrap();
        let at = at.min(bytes.len() - 1);
        prop_assert!(State::read(&bytes[..at]).is_err());
    }

    #[test]
    fn no_bytes_end_the_program(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = State::read(&bytes);
    }
}

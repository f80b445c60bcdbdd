//! Writing a state, byte for byte the same for the same content.

use super::{Object, State};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use stack::{Address, Key, Mode, Str};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct RawState<'a> {
    version: u64,
    terraform_version: &'a str,
    serial: u64,
    lineage: &'a str,
    outputs: BTreeMap<&'a str, RawOutput<'a>>,
    resources: Vec<RawResource<'a>>,
    check_results: &'a Json,
    #[serde(flatten)]
    other: &'a Map<String, Json>,
}

#[derive(Serialize)]
struct RawOutput<'a> {
    value: &'a Json,
    #[serde(rename = "type")]
    ty: &'a Json,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sensitive: bool,
}

#[derive(Serialize)]
struct RawResource<'a> {
    #[serde(skip_serializing_if = "String::is_empty")]
    module: String,
    mode: &'static str,
    #[serde(rename = "type")]
    ty: &'a str,
    name: &'a str,
    provider: &'a str,
    instances: Vec<RawInstance<'a>>,
}

#[derive(Serialize)]
struct RawInstance<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    index_key: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deposed: Option<&'a str>,
    schema_version: u64,
    attributes: &'a Map<String, Json>,
    sensitive_attributes: &'a [Json],
    #[serde(skip_serializing_if = "Option::is_none")]
    private: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    dependencies: &'a [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    create_before_destroy: bool,
    #[serde(flatten)]
    other: &'a Map<String, Json>,
}

impl State {
    /// The state file's bytes: sorted, indented by two spaces, with a final line end.
    pub fn write(&self) -> Vec<u8> {
        let mut resources: Vec<(String, RawResource<'_>)> = Vec::new();
        for (address, deposed, object) in self.objects() {
            let provider = self.instances.get(address).map_or("", |i| i.provider.as_str());
            let module = address.module.to_string();
            let entry = write_object(address, deposed.map(Str::as_str), object);
            match resources.last_mut() {
                Some((_, r)) if r.is_of(address, &module) => r.instances.push(entry),
                _ => resources.push((
                    module.clone(),
                    RawResource {
                        module,
                        mode: if address.mode == Mode::Data { "data" } else { "managed" },
                        ty: &address.ty,
                        name: &address.name,
                        provider,
                        instances: vec![entry],
                    },
                )),
            }
        }
        resources
            .sort_by(|(m, a), (n, b)| (m, a.mode, a.ty, a.name).cmp(&(n, b.mode, b.ty, b.name)));
        let outputs = self.outputs.iter().map(|(name, o)| {
            (name.as_str(), RawOutput { value: &o.value, ty: &o.ty, sensitive: o.sensitive })
        });
        let raw = RawState {
            version: 4,
            terraform_version: &self.terraform_version,
            serial: self.serial,
            lineage: &self.lineage,
            outputs: outputs.collect(),
            resources: resources.into_iter().map(|(_, r)| r).collect(),
            check_results: &self.check_results,
            other: &self.other,
        };
        // Maps with string keys and plain values always print.
        let mut bytes = serde_json::to_vec_pretty(&raw).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

impl RawResource<'_> {
    fn is_of(&self, address: &Address, module: &str) -> bool {
        let mode = if address.mode == Mode::Data { "data" } else { "managed" };
        (self.module.as_str(), self.mode, self.ty, self.name)
            == (module, mode, address.ty.as_str(), address.name.as_str())
    }
}

fn write_object<'a>(
    address: &Address,
    deposed: Option<&'a str>,
    object: &'a Object,
) -> RawInstance<'a> {
    RawInstance {
        index_key: match &address.key {
            Key::None | Key::Unknown => None,
            Key::Int(n) => Some(Json::from(*n)),
            Key::Str(s) => Some(Json::from(s.as_str())),
        },
        status: object.tainted.then_some("tainted"),
        deposed,
        schema_version: object.schema_version,
        attributes: &object.attributes,
        sensitive_attributes: &object.sensitive,
        private: object.private.as_deref(),
        dependencies: &object.dependencies,
        create_before_destroy: object.create_before_destroy,
        other: &object.other,
    }
}

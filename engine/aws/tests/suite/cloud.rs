//! One provider over one moto, and the laws that each object must keep from create to gone.

use banana_aws::{Aws, Keys, Options};
use plan::{Failure, Identity, Progress, Provider, Settled, Token};
use serde_json::{Map, Value as Json};
use stack::{Origin, Type, Value};
use std::sync::Mutex;
use std::time::Duration;

/// A provider, and what it made.
pub(crate) struct Cloud {
    pub(crate) aws: Aws,
    made: Mutex<Vec<(String, Value)>>,
    tokens: Mutex<u32>,
}

/// Hears of objects.
#[derive(Default)]
pub(crate) struct Heard(pub(crate) Mutex<Vec<Value>>);

impl Progress for Heard {
    fn created(&self, attributes: &Value) {
        self.0.lock().unwrap().push(attributes.clone());
    }
    fn note(&self, _text: &str) {}
}

impl Cloud {
    /// Connects to an endpoint with keys that open nothing.
    pub(crate) async fn connect(endpoint: String, region: &str) -> Self {
        let keys = Keys { access: "test".to_owned(), secret: "test".to_owned(), token: None };
        let options = Options {
            region: Some(region.to_owned()),
            endpoint: Some(endpoint),
            keys: Some(keys),
            ..Options::default()
        };
        let aws = Aws::connect(&options).await.unwrap();
        Self { aws, made: Mutex::default(), tokens: Mutex::default() }
    }

    /// Makes an object and holds it to the laws: it is announced with an id, its token finds it, it becomes ready, it is whole and
    /// known, it is what was planned, reading it again changes nothing, and the create's tag is off.
    pub(crate) async fn make(&self, ty: &str, arguments: Json) -> Value {
        let planned = planned(ty, &arguments);
        let token = self.token();
        let heard = Heard::default();
        let created = self.aws.create(ty, &planned, &token, &heard).await;
        let created = created.unwrap_or_else(|e| panic!("{ty}: {e:?}")).attributes;
        let announced = heard.0.lock().unwrap().clone();
        assert_eq!(announced.len(), 1, "{ty} is announced once");
        assert_eq!(id(&announced[0]), id(&created), "{ty} is announced by its id");
        let found = self.aws.find(ty, &planned, &token).await.unwrap();
        let found = found.unwrap_or_else(|| panic!("{ty} is found by its token"));
        assert_eq!(id(&found.attributes), id(&created));
        assert!(found.whole, "{ty} is whole");
        let ready = self.settled(ty, &created).await;
        assert_eq!(id(&ready), id(&created));
        self.check(ty, &planned, &ready).await;
        // Once it is whole and on record, its own tags are all that it carries.
        if ready.get("tags_all").is_some_and(|tags| !tags.is_empty()) {
            let found = self.aws.find(ty, &planned, &token).await.unwrap();
            assert!(found.is_none(), "{ty} no longer says which create made it");
        }
        self.made.lock().unwrap().push((ty.to_owned(), ready.clone()));
        ready
    }

    /// Changes an object in place and holds it to the same laws. A repeated update changes nothing.
    pub(crate) async fn update(&self, ty: &str, prior: &Value, arguments: Json) -> Value {
        let planned = over(prior, &planned(ty, &arguments));
        let mut ready = Value::null(Type::Dynamic);
        for _ in 0..2 {
            let changed = self.aws.update(ty, prior, &planned, &Heard::default()).await;
            let changed = changed.unwrap_or_else(|e| panic!("{ty}: {e:?}")).attributes;
            ready = self.settled(ty, &changed).await;
            self.check(ty, &planned, &ready).await;
        }
        let mut made = self.made.lock().unwrap();
        for (_, object) in
            made.iter_mut().filter(|(of, object)| of == ty && id(object) == id(prior))
        {
            *object = ready.clone();
        }
        ready
    }

    /// Reads an object.
    pub(crate) async fn read(&self, ty: &str, object: &Value) -> Option<Value> {
        self.aws.read(Identity { ty, attributes: object }).await.unwrap()
    }

    /// Ends an object, twice, and waits until it is gone.
    pub(crate) async fn end(&self, ty: &str, object: &Value) {
        let identity = Identity { ty, attributes: object };
        for _ in 0..2 {
            self.aws.delete(identity).await.unwrap_or_else(|e| panic!("{ty}: {e:?}"));
        }
        for _ in 0..50 {
            if self.aws.gone(identity).await.unwrap() {
                assert!(self.read(ty, object).await.is_none(), "{ty} is gone and not there");
                self.made.lock().unwrap().retain(|(of, made)| of != ty || id(made) != id(object));
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{ty} does not go");
    }

    /// Ends all that was made, last first.
    pub(crate) async fn end_all(&self) {
        let made = self.made.lock().unwrap().clone();
        for (ty, object) in made.iter().rev() {
            self.end(ty, object).await;
        }
    }

    /// What the provider says is wrong with a create.
    pub(crate) async fn refusal(&self, ty: &str, arguments: Json) -> Failure {
        let planned = planned(ty, &arguments);
        self.aws.create(ty, &planned, &self.token(), &Heard::default()).await.unwrap_err()
    }

    fn token(&self) -> Token {
        let mut tokens = self.tokens.lock().unwrap();
        *tokens += 1;
        Token(format!("00000000-0000-4000-8000-{tokens:012}"))
    }

    async fn settled(&self, ty: &str, object: &Value) -> Value {
        let mut reason = String::new();
        for _ in 0..50 {
            match self.aws.settle(Identity { ty, attributes: object }).await {
                Ok(Settled::Ready(ready)) => return ready,
                Ok(Settled::Waiting(why)) => {
                    reason = why;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(failure) => panic!("{ty}: {failure:?}"),
            }
        }
        panic!("{ty} does not settle: {reason}");
    }

    async fn check(&self, ty: &str, planned: &Value, ready: &Value) {
        assert!(ready.is_wholly_known(), "{ty}: {ready:?}");
        let schema = schema::resource(ty).unwrap();
        // What cannot be written is the API's to say.
        let is_said =
            |name: &str| schema.body.attribute(name).is_none_or(|a| a.optional || a.required);
        for (name, wanted) in planned.entries().filter(|(_, wanted)| wanted.is_wholly_known()) {
            if !is_said(name) {
                continue;
            }
            let is = ready.get(name).unwrap_or_else(|| panic!("{ty} has `{name}`"));
            let same = says(&wanted.to_json(), &is.to_json()) || (absent(wanted) && name != "tags");
            assert!(same, "{ty}.{name}: planned {}, is {}", wanted.to_json(), is.to_json());
        }
        let again = self.read(ty, ready).await.unwrap_or_else(|| panic!("{ty} is there"));
        assert_eq!(again.to_json(), ready.to_json(), "{ty} reads the same twice");
    }
}

/// The `id` attribute.
pub(crate) fn id(object: &Value) -> &str {
    object.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// A text attribute.
pub(crate) fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The object is as wanted, where it is said what is wanted: inside a block, null leaves it open.
fn says(wanted: &Json, is: &Json) -> bool {
    let inside = |wanted: &Json, is: &Json| wanted.is_null() || says(wanted, is);
    match (wanted, is) {
        (Json::Object(wanted), Json::Object(is)) => {
            wanted.iter().all(|(name, part)| is.get(name).is_some_and(|is| inside(part, is)))
        }
        (Json::Array(wanted), Json::Array(is)) => {
            wanted.len() == is.len()
                && wanted.iter().all(|part| is.iter().any(|is| inside(part, is)))
        }
        _ => wanted == is,
    }
}

fn absent(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("") || value.is_empty()
}

/// What a plan would hold: arguments as given, unknown where the provider computes, null or nothing for the rest. Without default
/// tags, all tags are the tags.
pub(crate) fn planned(ty: &str, arguments: &Json) -> Value {
    let schema = schema::resource(ty).unwrap();
    let mut arguments = arguments.clone();
    if schema.body.attributes.iter().any(|attribute| attribute.name == "tags_all") {
        let tags = arguments.get("tags").cloned().unwrap_or_else(|| Json::Object(Map::new()));
        arguments.as_object_mut().unwrap().entry("tags_all").or_insert(tags);
    }
    let arguments = &arguments;
    let whole = plan::shape::of_type(ty).unwrap();
    let given = Value::from_json(&whole, arguments).unwrap();
    let attributes = schema.body.attributes.iter().map(|attribute| {
        let value = given.get(attribute.name).unwrap();
        let open = arguments.get(attribute.name).is_none() && attribute.computed;
        let value =
            if open { Value::unknown(value.ty(), Origin::default()) } else { value.clone() };
        (attribute.name, value)
    });
    let blocks = schema.body.blocks.iter().map(|block| {
        let value = match (arguments.get(block.name), whole.attribute(block.name).unwrap()) {
            (None, Type::List(of)) => Value::list((**of).clone(), []),
            (None, Type::Set(of)) => Value::set((**of).clone(), []),
            _ => given.get(block.name).unwrap().clone(),
        };
        (block.name, value)
    });
    Value::object(attributes.chain(blocks))
}

/// A plan for an object that exists: what is open stays as it was.
fn over(prior: &Value, planned: &Value) -> Value {
    Value::object(planned.entries().map(|(name, value)| {
        if value.is_unknown() {
            (name.clone(), prior.get(name).unwrap().clone())
        } else {
            (name.clone(), value.clone())
        }
    }))
}

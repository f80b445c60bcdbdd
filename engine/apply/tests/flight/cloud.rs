//! A cloud in memory that behaves as badly as AWS does: it throttles, loses answers, shows things late, takes its time, refuses to delete what
//! is in use, and makes a second object when it is asked twice.

use crate::boundaries::Hand;
use crate::power::{Death, Power, Spent};
use plan::{
    Account, Created, Failure, FailureKind, Found, Identity, Pending, Progress, Provider, Quota,
    Settled, Token,
};
use proptest::sample::Index;
use stack::{Kind, Type, Value};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// Refused, nothing done.
    Throttled,
    /// A 5xx, nothing done.
    Broken,
    /// The call works, its answer is lost.
    LostAfter,
    /// The same, and reads do not see its object for a while.
    LostUnseen,
    /// The call is lost on its way.
    LostBefore,
    /// The object comes to be, then a follow-up call is throttled.
    HalfThenThrottled,
    /// The object comes to be, then a follow-up call is refused for good.
    HalfThenRefused,
    /// The same two, and reads do not see it for a while.
    UnseenThenThrottled,
    UnseenThenRefused,
    /// Refused for good.
    Denied,
    /// Refused for good, since the credentials have expired.
    Expired,
    /// The object comes to be, and never becomes ready.
    Stillborn,
    /// Reads see it only after a while.
    Late,
}

#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) ty: String,
    pub(crate) attributes: Value,
    token: String,
    visible: Instant,
    ready: Instant,
    stillborn: bool,
    /// Every call of its making was made.
    pub(crate) whole: bool,
    /// Those that were not will never be answered well.
    refused: bool,
}

#[derive(Default)]
pub(crate) struct Inner {
    pub(crate) things: BTreeMap<String, Thing>,
    /// Objects whose end has begun, until they are wholly gone.
    ending: BTreeMap<String, Instant>,
    count: u32,
    faults: VecDeque<Fault>,
    pub(crate) calls: Vec<String>,
    pub(crate) in_flight: usize,
    pub(crate) most_in_flight: usize,
    /// How often a deletion was refused because something still used the object.
    pub(crate) in_use: usize,
    pub(crate) expired: bool,
    /// How long an object of a type takes to be ready; of others, up to nine seconds.
    pub(crate) ready_after: BTreeMap<&'static str, Duration>,
    /// The credentials are another account's, where nothing is.
    pub(crate) elsewhere: bool,
}

/// The cloud, as seen from a machine that may die.
#[derive(Clone)]
pub(crate) struct Cloud {
    pub(crate) inner: Arc<Mutex<Inner>>,
    pub(crate) power: Power,
}

impl Cloud {
    pub(crate) fn new() -> Self {
        Self { inner: Arc::default(), power: Power::forever() }
    }

    pub(crate) fn from(&self, power: &Power) -> Self {
        Self { inner: Arc::clone(&self.inner), power: power.clone() }
    }

    /// A cloud that holds the same.
    pub(crate) fn copy(&self) -> Self {
        let inner = self.inner.lock().unwrap();
        let (things, ending, count) = (inner.things.clone(), inner.ending.clone(), inner.count);
        let copy = Inner { things, ending, count, ..Inner::default() };
        Self { inner: Arc::new(Mutex::new(copy)), power: Power::forever() }
    }

    pub(crate) fn plague(&self, faults: impl IntoIterator<Item = Fault>) {
        self.inner.lock().unwrap().faults = faults.into_iter().collect();
    }

    /// What somebody did without telling the state.
    pub(crate) fn by_hand(&self, what: &[(Index, Hand)]) {
        let mut inner = self.inner.lock().unwrap();
        for (of, hand) in what {
            // What others hold on to cannot go, by hand neither.
            let free =
                |(id, _): &(&String, &Thing)| *hand == Hand::Changes || inner.user(id).is_none();
            let ids: Vec<String> =
                inner.things.iter().filter(free).map(|(id, _)| id.clone()).collect();
            if ids.is_empty() {
                continue;
            }
            let id = of.get(&ids);
            match hand {
                Hand::Deletes => drop(inner.things.remove(id)),
                Hand::Changes => {
                    let thing = inner.things.get_mut(id).unwrap();
                    thing.attributes = changed(&thing.attributes);
                }
            }
        }
    }

    pub(crate) fn live(&self) -> BTreeMap<String, Thing> {
        self.inner.lock().unwrap().things.clone()
    }

    fn fault(&self) -> Fault {
        self.inner.lock().unwrap().faults.pop_front().unwrap_or(Fault::None)
    }

    /// The fault of a call that changes nothing. Those that only an object's making can have wait for one.
    fn reading(&self, operation: &str) -> Result<(), Failure> {
        let mut inner = self.inner.lock().unwrap();
        if inner.faults.front().is_some_and(|fault| fault.of_making()) {
            return Ok(());
        }
        match inner.faults.pop_front().unwrap_or(Fault::None) {
            Fault::LostAfter => Err(failure(FailureKind::Unanswered, "lost", operation)),
            fault => fault.refusal(operation).map_or(Ok(()), Err),
        }
    }

    /// A call: takes its time, counts, and may be the machine's last.
    async fn call<T>(
        &self,
        name: String,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        // Dying in a call that changes nothing is dying before the next one that does.
        let changes = ["create", "update", "delete"].iter().any(|verb| name.starts_with(verb));
        let spent = match changes {
            true => self.power.spend(),
            false if self.power.is_dead() => Spent::Dead,
            false => Spent::Alive,
        };
        {
            let mut inner = self.inner.lock().unwrap();
            if matches!(spent, Spent::Alive) {
                inner.calls.push(name.clone());
                inner.in_flight += 1;
                inner.most_in_flight = inner.most_in_flight.max(inner.in_flight);
            }
        }
        match spent {
            Spent::Alive => {}
            Spent::Dying(Death::After) => {
                let _ = work();
                return std::future::pending().await;
            }
            Spent::Dying(_) | Spent::Dead => return std::future::pending().await,
        }
        sleep(Duration::from_millis(50)).await;
        if self.power.is_dead() {
            return std::future::pending().await;
        }
        let result = if self.inner.lock().unwrap().expired {
            Err(failure(
                FailureKind::Credentials,
                "ExpiredToken: the security token is expired",
                &name,
            ))
        } else {
            work()
        };
        self.inner.lock().unwrap().in_flight -= 1;
        result
    }
}

fn failure(kind: FailureKind, message: &str, operation: &str) -> Failure {
    Failure { kind, message: message.into(), operation: operation.into(), help: None }
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Every string in a value.
fn strings(value: &Value, found: &mut Vec<String>) {
    if let Some(text) = value.as_str() {
        found.push(text.to_owned());
    }
    for part in value.children() {
        strings(part, found);
    }
}

/// Unknown parts filled in: `id` and the rest as AWS would decide them.
fn filled(value: &Value, id: &str) -> Value {
    let parts = value.entries().map(|(name, part)| {
        let part = match (&part.kind, name.as_str()) {
            (Kind::Unknown(_), "id") => Value::string(id),
            (Kind::Unknown(unknown), "tags_all") => {
                let tags = value.get("tags").filter(|t| !t.is_null()).cloned();
                tags.unwrap_or_else(|| match &unknown.ty {
                    Type::Map(of) => Value::map((**of).clone(), Vec::<(&str, Value)>::new()),
                    other => Value::null(other.clone()),
                })
            }
            (Kind::Unknown(_), "arn") => {
                Value::string(format!("arn:aws:any:eu-west-3:123456789012:{id}"))
            }
            (Kind::Unknown(unknown), name) => match &unknown.ty {
                Type::String => Value::string(format!("{name}-of-{id}")),
                Type::Bool => Value::bool(false),
                Type::Number => Value::number(0_i64),
                Type::List(of) => Value::list((**of).clone(), []),
                Type::Set(of) => Value::set((**of).clone(), []),
                Type::Map(of) => Value::map((**of).clone(), Vec::<(&str, Value)>::new()),
                other => Value::null(other.clone()),
            },
            _ => part.clone(),
        };
        (name.clone(), part)
    });
    Value::object(parts.collect::<Vec<_>>())
}

/// As somebody left it who changed its tags.
fn changed(value: &Value) -> Value {
    let tags = Value::map(Type::String, [("look", Value::string("by hand"))]);
    let part = |(name, part): (&stack::Str, &Value)| {
        let is_tags = matches!(name.as_str(), "tags" | "tags_all");
        (name.clone(), if is_tags { tags.clone() } else { part.clone() })
    };
    Value::object(value.entries().map(part).collect::<Vec<_>>())
}

/// What is not written, as the object has it.
fn filled_from(arguments: &Value, object: &Value) -> Value {
    let part = |(name, part): (&stack::Str, &Value)| {
        let found = object.get(name).filter(|_| part.is_null()).unwrap_or(part);
        (name.clone(), found.clone())
    };
    Value::object(arguments.entries().map(part).collect::<Vec<_>>())
}

impl Fault {
    /// The answer to a call that has no effect with this fault.
    fn refusal(self, operation: &str) -> Option<Failure> {
        let (kind, message) = match self {
            Self::Throttled => (FailureKind::Throttled, "slow down"),
            Self::Broken => (FailureKind::Retry, "500"),
            Self::LostBefore => (FailureKind::Unanswered, "lost"),
            Self::Denied => (FailureKind::Denied, "AccessDenied"),
            Self::Expired => (FailureKind::Credentials, "ExpiredToken"),
            _ => return None,
        };
        Some(failure(kind, message, operation))
    }

    /// True for what can only happen to an object that is being made.
    fn of_making(self) -> bool {
        use Fault::*;
        matches!(
            self,
            LostUnseen
                | HalfThenThrottled
                | HalfThenRefused
                | UnseenThenThrottled
                | UnseenThenRefused
                | Stillborn
                | Late
        )
    }
}

impl Inner {
    /// Anything that the value names must exist.
    fn dangling(&self, value: &Value) -> Option<String> {
        let mut named = Vec::new();
        strings(value, &mut named);
        named.into_iter().find(|text| text.starts_with("obj-") && !self.things.contains_key(text))
    }

    fn make(
        &mut self,
        ty: &str,
        planned: &Value,
        token: &Token,
        fault: Fault,
    ) -> Result<Thing, Failure> {
        if let Some(missing) = self.dangling(planned) {
            return Err(failure(
                FailureKind::Invalid,
                &format!("{missing} does not exist"),
                "Create",
            ));
        }
        let name = text(planned, "name");
        let same_name =
            |t: &Thing| t.ty == ty && !name.is_empty() && text(&t.attributes, "name") == name;
        if ty == "aws_cloudwatch_log_group" && self.things.values().any(same_name) {
            return Err(failure(FailureKind::Exists, "ResourceAlreadyExistsException", "Create"));
        }
        self.count += 1;
        let id = format!("obj-{ty}-{}", self.count);
        let now = Instant::now();
        let unseen =
            [Fault::Late, Fault::LostUnseen, Fault::UnseenThenThrottled, Fault::UnseenThenRefused];
        let late = Duration::from_secs(if unseen.contains(&fault) { 20 } else { 0 });
        let usual = Duration::from_secs(u64::from(self.count % 4) * 3);
        let ready_after = self.ready_after.get(ty).copied().unwrap_or(usual);
        let thing = Thing {
            ty: ty.into(),
            attributes: filled(planned, &id),
            token: token.0.clone(),
            visible: now + late,
            ready: now + late + ready_after,
            stillborn: fault == Fault::Stillborn,
            whole: false,
            refused: matches!(fault, Fault::HalfThenRefused | Fault::UnseenThenRefused),
        };
        self.things.insert(id, thing.clone());
        Ok(thing)
    }

    /// What keeps an object from going: a network holds what is in it; a tag holds nothing.
    fn user(&self, id: &str) -> Option<&String> {
        self.things.iter().find(|(_, t)| text(&t.attributes, "vpc_id") == id).map(|(user, _)| user)
    }

    fn visible(&self, id: &str) -> Option<&Thing> {
        self.things.get(id).filter(|t| t.visible <= Instant::now() && !self.elsewhere)
    }
}

impl Provider for Cloud {
    fn handles(&self, _: &str) -> bool {
        true
    }

    fn reads(&self, _: &str) -> bool {
        true
    }

    fn account(&self) -> Pending<'_, Result<Account, Failure>> {
        let account = || {
            let elsewhere = self.inner.lock().unwrap().elsewhere;
            let id = if elsewhere { "210987654321" } else { "123456789012" };
            let (id, arn) = (id.to_owned(), format!("arn:aws:iam::{id}:user/a"));
            Ok(Account { id, arn, region: "eu-west-3".into(), partition: "aws".into() })
        };
        Box::pin(self.call("account".into(), account))
    }

    fn read<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Option<Value>, Failure>> {
        let id = text(object.attributes, "id");
        Box::pin(self.call(format!("read {id}"), move || {
            self.reading("Read")?;
            Ok(self.inner.lock().unwrap().visible(&id).map(|t| t.attributes.clone()))
        }))
    }

    fn data<'a>(
        &'a self,
        ty: &'a str,
        arguments: &'a Value,
    ) -> Pending<'a, Result<Value, Failure>> {
        let id = text(arguments, "id");
        Box::pin(self.call(format!("data {ty} {id}"), move || {
            self.reading("Data")?;
            let inner = self.inner.lock().unwrap();
            let thing = inner.visible(&id);
            let found = thing.map(|t| filled_from(arguments, &t.attributes));
            found.ok_or_else(|| failure(FailureKind::NotFound, "no such object", "Data"))
        }))
    }

    fn image<'a>(&'a self, _: &'a str) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(async { Ok(true) })
    }

    fn quota_of(&self, _: &str, _: &Value) -> Option<&'static str> {
        None
    }

    fn quota<'a>(&'a self, name: &'a str) -> Pending<'a, Result<Quota, Failure>> {
        Box::pin(async move { unreachable!("nobody was told of {name}") })
    }

    fn create<'a>(
        &'a self,
        ty: &'a str,
        planned: &'a Value,
        token: &'a Token,
        progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        let refuse = |kind, what: &str| Err(failure(kind, what, "Create"));
        Box::pin(self.call(format!("create {ty}"), move || {
            let fault = self.fault();
            if let Some(refusal) = fault.refusal("Create") {
                return Err(refusal);
            }
            let thing = self.inner.lock().unwrap().make(ty, planned, token, fault)?;
            let lost = matches!(fault, Fault::LostAfter | Fault::LostUnseen);
            if lost || self.power.is_dead() {
                return refuse(FailureKind::Unanswered, "lost");
            }
            progress.created(&thing.attributes);
            match fault {
                Fault::HalfThenThrottled | Fault::UnseenThenThrottled => {
                    refuse(FailureKind::Throttled, "slow down")
                }
                Fault::HalfThenRefused | Fault::UnseenThenRefused => {
                    refuse(FailureKind::Invalid, "no such option")
                }
                _ => {
                    let mut inner = self.inner.lock().unwrap();
                    let made = inner.things.values_mut().filter(|made| made.token == token.0);
                    made.for_each(|made| made.whole = true);
                    Ok(Created { attributes: thing.attributes })
                }
            }
        }))
    }

    fn find<'a>(
        &'a self,
        ty: &'a str,
        _: &'a Value,
        token: &'a Token,
    ) -> Pending<'a, Result<Option<Found>, Failure>> {
        Box::pin(self.call(format!("find {ty}"), move || {
            self.reading("Find")?;
            let mut inner = self.inner.lock().unwrap();
            let mut ids = inner.things.keys().filter(|id| inner.visible(id).is_some());
            let ours = ids.find(|id| inner.things.get(*id).is_some_and(|t| t.token == token.0));
            let Some(thing) = ours.cloned().and_then(|id| inner.things.get_mut(&id)) else {
                return Ok(None);
            };
            thing.whole |= !thing.refused;
            Ok(Some(Found { attributes: thing.attributes.clone(), whole: thing.whole }))
        }))
    }

    fn settle<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Settled, Failure>> {
        let id = text(object.attributes, "id");
        Box::pin(self.call(format!("settle {id}"), move || {
            self.reading("Settle")?;
            let inner = self.inner.lock().unwrap();
            match inner.visible(&id) {
                None => Err(failure(FailureKind::NotFound, "not found", "Settle")),
                Some(thing) if thing.ready > Instant::now() => {
                    Ok(Settled::Waiting("state is pending".into()))
                }
                Some(thing) if thing.stillborn => {
                    Err(failure(FailureKind::Other, "state is failed", "Settle"))
                }
                Some(thing) => Ok(Settled::Ready(thing.attributes.clone())),
            }
        }))
    }

    fn update<'a>(
        &'a self,
        ty: &'a str,
        prior: &'a Value,
        planned: &'a Value,
        _: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        let id = text(prior, "id");
        let refuse = |kind, what: &str| Err(failure(kind, what, "Update"));
        Box::pin(self.call(format!("update {ty} {id}"), move || {
            let fault = self.fault();
            if let Some(refusal) = fault.refusal("Update") {
                return Err(refusal);
            }
            if matches!(fault, Fault::HalfThenRefused | Fault::UnseenThenRefused) {
                return refuse(FailureKind::Invalid, "no such option");
            }
            let mut inner = self.inner.lock().unwrap();
            if inner.visible(&id).is_none() {
                return refuse(FailureKind::NotFound, "not found");
            }
            if let Some(missing) = inner.dangling(planned) {
                return refuse(FailureKind::Invalid, &format!("{missing} does not exist"));
            }
            let Some(thing) = inner.things.get_mut(&id) else {
                return refuse(FailureKind::NotFound, "not found");
            };
            thing.attributes = filled(planned, &id);
            if matches!(fault, Fault::LostAfter | Fault::LostUnseen) {
                return refuse(FailureKind::Unanswered, "lost");
            }
            Ok(Created { attributes: thing.attributes.clone() })
        }))
    }

    fn delete<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<(), Failure>> {
        let id = text(object.attributes, "id");
        let refuse = |kind, what: &str| Err(failure(kind, what, "Delete"));
        Box::pin(self.call(format!("delete {id}"), move || {
            let fault = self.fault();
            if let Some(refusal) = fault.refusal("Delete") {
                return Err(refusal);
            }
            let mut inner = self.inner.lock().unwrap();
            // What is not visible yet passes for gone, here too.
            if inner.visible(&id).is_none() {
                return Ok(());
            }
            if let Some(user) = inner.user(&id).cloned() {
                inner.in_use += 1;
                return refuse(FailureKind::InUse, &format!("DependencyViolation: {user} uses it"));
            }
            if inner.things.remove(&id).is_some() {
                let time = Duration::from_secs(u64::from(inner.count % 3) * 4);
                inner.ending.insert(id.clone(), Instant::now() + time);
            }
            match fault {
                Fault::LostAfter | Fault::LostUnseen => refuse(FailureKind::Unanswered, "lost"),
                _ => Ok(()),
            }
        }))
    }

    fn gone<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<bool, Failure>> {
        let id = text(object.attributes, "id");
        Box::pin(self.call(format!("gone {id}"), move || {
            self.reading("Gone")?;
            let inner = self.inner.lock().unwrap();
            let ending = inner.ending.get(&id).is_some_and(|until| *until > Instant::now());
            Ok(!ending && inner.visible(&id).is_none())
        }))
    }
}

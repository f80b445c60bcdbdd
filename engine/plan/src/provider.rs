//! What plan and apply ask of a cloud. AWS implements it in `engine/aws`; tests implement it in memory, with faults.
//!
//! Calls are small on purpose, so that the engine, not the provider, owns waiting, retries and the journal:
//! a create returns as soon as the object exists, and [`Provider::settle`] is then asked, again and again, whether it is ready.

use stack::Value;
use std::future::Future;
use std::pin::Pin;

/// A boxed future: what an object-safe async method returns.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What makes one create call recognisable afterwards: a stable id, at most 36 ASCII characters, used as client token where
/// the API has one and as the tag `banana:op` where it has none. Written to the journal before the call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token(pub String);

/// Who is asking, as STS `GetCallerIdentity` and the client's configuration say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// The caller's ARN.
    pub arn: String,
    /// The region calls go to.
    pub region: String,
    /// `aws`, `aws-cn`, `aws-us-gov`
    pub partition: String,
}

/// What a read needs to find an object: the attributes that the state holds (`id` among them).
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    /// Resource type: `aws_vpc`.
    pub ty: &'a str,
    /// The object as the state last knew it: an object value of the schema's shape, wholly known.
    pub attributes: &'a Value,
}

/// Hears of an object the moment it exists, before any wait or follow-up call, and puts it on disk.
pub trait Progress: Send + Sync {
    /// The object exists; `attributes` holds at least `id` and what a later delete needs.
    fn created(&self, attributes: &Value);
    /// A line for people: `waiting for the load balancer to become active`.
    fn note(&self, text: &str);
}

/// What a create or update returns.
#[derive(Clone, Debug)]
pub struct Created {
    /// The whole object, computed attributes filled in as far as they are known; what is still unknown [`Provider::settle`] brings.
    pub attributes: Value,
}

/// What an interrupted create made.
#[derive(Clone, Debug)]
pub struct Found {
    /// The object, as far as it is known.
    pub attributes: Value,
    /// What the create had left to do is done.
    pub whole: bool,
}

/// Whether an object has reached the state that its dependents need.
#[derive(Clone, Debug)]
pub enum Settled {
    /// Ready, and this is the whole object.
    Ready(Value),
    /// Not yet, and why: `state is pending`.
    Waiting(String),
}

/// Why a call failed, as far as the engine must tell cases apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FailureKind {
    /// The object is not there.
    NotFound,
    /// Slow down.
    Throttled,
    /// Eventual consistency, a 5xx, or a dependency on its way: the same call may work soon. Nothing was made.
    Retry,
    /// No answer came: the call may or may not have had its effect.
    Unanswered,
    /// The name is taken by an object that is not provably ours.
    Exists,
    /// Something else still uses the object.
    InUse,
    /// Not allowed.
    Denied,
    /// Credentials are missing or have expired.
    Credentials,
    /// The endpoint cannot be reached.
    Unreachable,
    /// The API refuses the arguments.
    Invalid,
    /// This provider cannot do this to this type.
    Unsupported,
    /// Anything else.
    Other,
}

/// A failed call.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The case.
    pub kind: FailureKind,
    /// What the API said, with its code: lower case, no final period.
    pub message: String,
    /// The API operation: `ec2:CreateVpc`.
    pub operation: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// How many objects of one kind an account may have, and has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// So many at most.
    pub most: u64,
    /// So many are there.
    pub used: u64,
    /// Where a higher one is asked for: `quota L-F678F1CE of vpc in Service Quotas`.
    pub raise: String,
}

/// The clouds of a stack: one a provider configuration, each with an account, a region and credentials of its own. A single cloud stands for all.
pub trait Clouds: Send + Sync {
    /// The one that the root module's default configuration sees.
    fn main(&self) -> &dyn Provider;

    /// The one that a configuration sees, by the name that [`crate::configuration`] gives it. An error: nobody can be asked on its behalf.
    fn at(&self, configuration: &str) -> Result<&dyn Provider, Failure>;
}

impl<P: Provider> Clouds for P {
    fn main(&self) -> &dyn Provider {
        self
    }

    fn at(&self, _: &str) -> Result<&dyn Provider, Failure> {
        Ok(self)
    }
}

/// A cloud.
pub trait Provider: Send + Sync {
    /// True when this provider can read, create, update and delete the type.
    fn handles(&self, ty: &str) -> bool;

    /// True when this provider can read the data source, or nobody needs to be asked about it.
    fn reads(&self, ty: &str) -> bool;

    /// Who is asking.
    fn account(&self) -> Pending<'_, Result<Account, Failure>>;

    /// The object as it is now, in the schema's shape; `None` when it is gone.
    fn read<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Option<Value>, Failure>>;

    /// Reads a data source with these (wholly known) arguments.
    fn data<'a>(&'a self, ty: &'a str, arguments: &'a Value)
    -> Pending<'a, Result<Value, Failure>>;

    /// Whether an image is in the account's own registry, or would be fetched into it when it is first pulled. `image`: `web:1`, `team/web@sha256:…`.
    fn image<'a>(&'a self, image: &'a str) -> Pending<'a, Result<bool, Failure>>;

    /// The quota that an object counts toward, as AWS calls it: `VPCs per Region`; `None` when there is none that can be read.
    fn quota_of(&self, ty: &str, object: &Value) -> Option<&'static str>;

    /// One of the quotas that [`Provider::quota_of`] names, as it stands now.
    fn quota<'a>(&'a self, name: &'a str) -> Pending<'a, Result<Quota, Failure>>;

    /// Makes the object. `planned` is wholly known but for computed attributes. Calls `progress.created` the moment the object exists.
    fn create<'a>(
        &'a self,
        ty: &'a str,
        planned: &'a Value,
        token: &'a Token,
        progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>>;

    /// Finds what an interrupted create with this token made, if it made anything, and does what that create left to do. Must never return an object that is not provably
    /// this create's: by client token, by the `banana:op` tag, or, for objects that belong to a parent of ours, by natural key.
    fn find<'a>(
        &'a self,
        ty: &'a str,
        planned: &'a Value,
        token: &'a Token,
    ) -> Pending<'a, Result<Option<Found>, Failure>>;

    /// Asks whether a created or updated object is ready. By now its id is on record, so that the tag of its create may go.
    fn settle<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Settled, Failure>>;

    /// Changes the object in place from `prior` to `planned`. Safe to repeat.
    fn update<'a>(
        &'a self,
        ty: &'a str,
        prior: &'a Value,
        planned: &'a Value,
        progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>>;

    /// Starts the end of the object. An object that is gone already is a success. Safe to repeat.
    fn delete<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<(), Failure>>;

    /// True when the object is wholly gone, its network interfaces and all, so that what it used can go too.
    fn gone<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<bool, Failure>>;
}

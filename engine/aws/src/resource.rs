//! What each resource type tells the provider: how to make, find, read, change and end one object.

use crate::args::Args;
use crate::draft::Draft;
use crate::failure;
use crate::provider::Aws;
use crate::tags;
use plan::{Created, Failure, FailureKind, Found, Identity, Pending, Progress, Settled, Token};
use serde_json::Value as Json;
use stack::{Type, Value};
use std::time::Duration;

/// How one resource type maps to API calls. Implementations are unit structs, one a file, named like Terraform's type.
pub(crate) trait Resource: Send + Sync + 'static {
    /// Brings the object into being, with one call that is sent once, carrying the token. The draft holds the id and what a
    /// later delete needs, no more.
    fn make(&self, aws: &Aws, new: &New<'_>)
    -> impl Future<Output = Result<Draft, Failure>> + Send;

    /// What follows the create call: attributes that the API sets one by one. Idempotent.
    fn complete(
        &self,
        _aws: &Aws,
        _new: &New<'_>,
        _draft: &mut Draft,
    ) -> impl Future<Output = Result<(), Failure>> + Send {
        async { Ok(()) }
    }

    /// Finds what a create with this token made.
    fn locate(
        &self,
        aws: &Aws,
        new: &New<'_>,
    ) -> impl Future<Output = Result<Option<Draft>, Failure>> + Send;

    /// What an import's id says of the object, where that is not its `id` alone: attributes to read it by.
    fn imported(&self, _id: &str) -> Vec<(&'static str, Json)> {
        Vec::new()
    }

    /// The object as it is.
    fn read(
        &self,
        aws: &Aws,
        known: &Known<'_>,
    ) -> impl Future<Output = Result<Option<Seen>, Failure>> + Send;

    /// Changes the object in place. Idempotent.
    fn update(
        &self,
        aws: &Aws,
        change: &Change<'_>,
    ) -> impl Future<Output = Result<Draft, Failure>> + Send;

    /// Starts the object's end.
    fn delete(
        &self,
        aws: &Aws,
        known: &Known<'_>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// The object as it is, and whether it is ready for its dependents.
    fn settle(
        &self,
        aws: &Aws,
        known: &Known<'_>,
    ) -> impl Future<Output = Result<Option<Seen>, Failure>> + Send {
        self.read(aws, known)
    }

    /// Whether the object is wholly gone.
    fn gone(
        &self,
        aws: &Aws,
        known: &Known<'_>,
    ) -> impl Future<Output = Result<bool, Failure>> + Send {
        async { Ok(self.read(aws, known).await?.is_none()) }
    }
}

/// An object to be made.
pub(crate) struct New<'a> {
    pub(crate) ty: &'a Type,
    pub(crate) planned: Args<'a>,
    pub(crate) token: &'a Token,
}

impl New<'_> {
    /// The planned object with the id that the API gave it.
    pub(crate) fn draft(&self, id: impl Into<String>) -> Draft {
        let mut draft = Draft::new(self.ty, self.planned.0);
        draft.set("id", id.into());
        draft
    }

    /// The name: as written, or a prefix and 26 characters of the token, so that a repeated create means the same object.
    pub(crate) fn name(&self, default_prefix: &str) -> String {
        self.planned.text("name").unwrap_or_else(|| {
            let prefix = self.planned.str("name_prefix").unwrap_or(default_prefix);
            format!("{prefix}{}", self.unique())
        })
    }

    /// 26 characters of the token.
    pub(crate) fn unique(&self) -> String {
        self.token.0.chars().filter(char::is_ascii_alphanumeric).take(26).collect()
    }
}

/// What a name was made of, where its end is what [`New::name`] or Terraform makes unique: 26 hexadecimal digits.
pub(crate) fn name_prefix(name: &str) -> &str {
    let cut = name.len().checked_sub(26).and_then(|at| name.split_at_checked(at));
    let unique = |end: &str| end.bytes().all(|byte| byte.is_ascii_hexdigit());
    cut.filter(|(_, end)| unique(end)).map(|(prefix, _)| prefix).unwrap_or_default()
}

/// An object that exists, or did.
pub(crate) struct Known<'a> {
    pub(crate) ty: &'a Type,
    pub(crate) object: Args<'a>,
}

impl Known<'_> {
    /// What the state knows, to be overwritten with what the API says.
    pub(crate) fn draft(&self) -> Draft {
        Draft::new(self.ty, self.object.0)
    }

    /// The `id` attribute.
    pub(crate) fn id(&self) -> &str {
        self.object.str("id").unwrap_or_default()
    }

    /// Nothing but an id is known: the object is to be imported.
    pub(crate) fn is_import(&self) -> bool {
        let mut others = self.object.0.entries().filter(|(name, _)| *name != "id");
        others.all(|(_, value)| value.is_null() || value.is_empty())
    }
}

/// An object on its way from `prior` to `planned`.
pub(crate) struct Change<'a> {
    pub(crate) ty: &'a Type,
    pub(crate) prior: Args<'a>,
    pub(crate) planned: Args<'a>,
}

impl Change<'_> {
    /// The planned object, with the prior one's values for what the plan leaves open.
    pub(crate) fn draft(&self) -> Draft {
        Draft::over(self.ty, self.planned.0, self.prior.0)
    }

    /// The `id` attribute.
    pub(crate) fn id(&self) -> &str {
        self.prior.str("id").unwrap_or_default()
    }

    /// Any of the attributes is to change.
    pub(crate) fn touches(&self, names: &[&str]) -> bool {
        self.planned.any_differs(self.prior, names)
    }

    /// Refuses a change in place of anything but these attributes and the tags: what this provider cannot change, it must
    /// not pretend to have changed.
    pub(crate) fn only(&self, names: &[&str]) -> Result<(), Failure> {
        const ALWAYS: [&str; 3] = ["tags", "tags_all", "timeouts"];
        let mut others = self.planned.0.entries().map(|(name, _)| name.as_str()).filter(|name| {
            !names.contains(name) && !ALWAYS.contains(name) && self.touches(&[name])
        });
        match others.next() {
            None => Ok(()),
            Some(name) => Err(Failure {
                kind: FailureKind::Unsupported,
                help: Some("replace the object, or change it with Terraform".to_owned()),
                ..failure::internal(format!("`{name}` cannot be changed in place"))
            }),
        }
    }
}

/// An object as the API has it.
pub(crate) struct Seen {
    pub(crate) draft: Draft,
    pub(crate) status: Status,
}

/// How far the object is.
pub(crate) enum Status {
    Ready,
    Waiting(String),
    Failed(String),
}

impl Seen {
    pub(crate) fn ready(draft: Draft) -> Self {
        Self { draft, status: Status::Ready }
    }

    /// Ready when the API's state is the good one, failed when it is one of the bad, else on its way.
    pub(crate) fn in_state(draft: Draft, state: &str, good: &str, bad: &[&str]) -> Self {
        let status = match state {
            _ if state == good => Status::Ready,
            _ if bad.contains(&state) => Status::Failed(format!("state is {state}")),
            _ => Status::Waiting(format!("state is {state}")),
        };
        Self { draft, status }
    }

    /// Not ready before these attributes are what was asked for, if they were: a change takes a while to be visible everywhere.
    pub(crate) fn agreeing(mut self, known: &Known<'_>, names: &[&str]) -> Self {
        let seen = self.draft.value();
        let asked = |name: &str| known.object.0.get(name).is_some_and(|value| !value.is_null());
        let stale = names.iter().find(|n| asked(n) && known.object.differs(Args(&seen), n));
        if let (Status::Ready, Some(name)) = (&self.status, stale) {
            self.status = Status::Waiting(format!("`{name}` has not changed yet"));
        }
        self
    }

    pub(crate) fn settled(self) -> Result<Settled, Failure> {
        match self.status {
            Status::Ready => Ok(Settled::Ready(self.draft.finish()?)),
            Status::Waiting(why) => Ok(Settled::Waiting(why)),
            Status::Failed(why) => Err(failure::internal(why)),
        }
    }
}

/// [`Resource`] behind one pointer: what the table of types holds.
pub(crate) trait Dispatch: Send + Sync {
    fn create<'a>(
        &'a self,
        aws: &'a Aws,
        new: New<'a>,
        progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>>;
    fn find<'a>(
        &'a self,
        aws: &'a Aws,
        new: New<'a>,
    ) -> Pending<'a, Result<Option<Found>, Failure>>;
    fn read<'a>(
        &'a self,
        aws: &'a Aws,
        known: Known<'a>,
    ) -> Pending<'a, Result<Option<Value>, Failure>>;
    fn settle<'a>(
        &'a self,
        aws: &'a Aws,
        known: Known<'a>,
    ) -> Pending<'a, Result<Settled, Failure>>;
    fn update<'a>(
        &'a self,
        aws: &'a Aws,
        change: Change<'a>,
    ) -> Pending<'a, Result<Created, Failure>>;
    fn delete<'a>(&'a self, aws: &'a Aws, known: Known<'a>) -> Pending<'a, Result<(), Failure>>;
    fn gone<'a>(&'a self, aws: &'a Aws, known: Known<'a>) -> Pending<'a, Result<bool, Failure>>;
}

impl<R: Resource> Dispatch for R {
    fn create<'a>(
        &'a self,
        aws: &'a Aws,
        new: New<'a>,
        progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        Box::pin(async move {
            let mut draft = self.make(aws, &new).await.map_err(not_there_yet)?;
            progress.created(&draft.value());
            completed(self, aws, &new, &mut draft).await?;
            Ok(Created { attributes: draft.finish()? })
        })
    }

    fn find<'a>(
        &'a self,
        aws: &'a Aws,
        new: New<'a>,
    ) -> Pending<'a, Result<Option<Found>, Failure>> {
        Box::pin(async move {
            let Some(mut draft) = failure::absent(self.locate(aws, &new).await)? else {
                return Ok(None);
            };
            let whole = match completed(self, aws, &new, &mut draft).await {
                Ok(()) => true,
                Err(failure) if passing(failure.kind) => return Err(failure),
                Err(failure) if failure.kind == FailureKind::Credentials => return Err(failure),
                // Refused for good: the object is there all the same.
                Err(_) => false,
            };
            Ok(Some(Found { attributes: draft.finish()?, whole }))
        })
    }

    fn read<'a>(
        &'a self,
        aws: &'a Aws,
        known: Known<'a>,
    ) -> Pending<'a, Result<Option<Value>, Failure>> {
        Box::pin(async move {
            let mut draft = known.draft();
            if known.is_import() {
                for (name, json) in self.imported(known.id()) {
                    draft.set(name, json);
                }
            }
            let object = draft.finish()?;
            let known = Known { ty: known.ty, object: Args(&object) };
            Resource::read(self, aws, &known).await?.map(|seen| seen.draft.finish()).transpose()
        })
    }

    fn settle<'a>(
        &'a self,
        aws: &'a Aws,
        known: Known<'a>,
    ) -> Pending<'a, Result<Settled, Failure>> {
        Box::pin(async move {
            let Some(seen) = Resource::settle(self, aws, &known).await? else {
                return Ok(Settled::Waiting("not visible yet".to_owned()));
            };
            let mark = seen.draft.mark().map(str::to_owned);
            let settled = seen.settled()?;
            if let (Settled::Ready(object), Some(mark)) = (&settled, mark) {
                unmark(self, aws, &known, object, &mark).await?;
            }
            Ok(settled)
        })
    }

    fn update<'a>(
        &'a self,
        aws: &'a Aws,
        change: Change<'a>,
    ) -> Pending<'a, Result<Created, Failure>> {
        Box::pin(async move {
            let draft = Resource::update(self, aws, &change).await?;
            Ok(Created { attributes: draft.finish()? })
        })
    }

    fn delete<'a>(&'a self, aws: &'a Aws, known: Known<'a>) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move { failure::absent(Resource::delete(self, aws, &known).await) })
    }

    fn gone<'a>(&'a self, aws: &'a Aws, known: Known<'a>) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(async move { Resource::gone(self, aws, &known).await })
    }
}

/// Takes the tag off that says which create made the object: the object is whole, and its id is on disk. A caller who may not do that
/// keeps the tag, which every read passes over.
async fn unmark<R: Resource>(
    resource: &R,
    aws: &Aws,
    known: &Known<'_>,
    object: &Value,
    mark: &str,
) -> Result<(), Failure> {
    let marked = tags::with_mark(object, mark);
    let change = Change { ty: known.ty, prior: Args(&marked), planned: Args(object) };
    match resource.update(aws, &change).await {
        Err(failure) if passing(failure.kind) || failure.kind == FailureKind::Credentials => {
            Err(failure)
        }
        _ => Ok(()),
    }
}

/// A create that cannot find what it refers to made nothing, and may work once that is visible everywhere.
fn not_there_yet(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::NotFound => Failure { kind: FailureKind::Retry, ..failure },
        _ => failure,
    }
}

/// Follows a create up. The new object may not be visible everywhere yet, so each try but the last forgives that; the engine
/// repeats the rest through `find`.
async fn completed<R: Resource>(
    resource: &R,
    aws: &Aws,
    new: &New<'_>,
    draft: &mut Draft,
) -> Result<(), Failure> {
    for pause in [250, 500, 1000, 2000, 4000, 8000] {
        match resource.complete(aws, new, draft).await {
            Err(failure) if passing(failure.kind) => {
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            other => return other,
        }
    }
    resource.complete(aws, new, draft).await
}

fn passing(kind: FailureKind) -> bool {
    use FailureKind::{NotFound, Retry, Throttled, Unanswered};
    matches!(kind, NotFound | Retry | Throttled | Unanswered)
}

/// What the state holds of an object. One without an id cannot be asked for.
pub(crate) fn known<'a>(ty: &'a Type, identity: Identity<'a>) -> Result<Known<'a>, Failure> {
    let known = Known { ty, object: Args(identity.attributes) };
    match known.id() {
        "" => Err(failure::internal(format!("the state holds no id of this `{}`", identity.ty))),
        _ => Ok(known),
    }
}

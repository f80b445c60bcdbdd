//! A cloud in which some things stand, and of which nothing but looking is asked.

use plan::{
    Account, Created, Failure, FailureKind, Found, Identity, Pending, Progress, Provider, Quota,
    Settled, Token,
};
use stack::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

type Name = (String, String);

pub(crate) struct Shelf {
    there: BTreeSet<Name>,
    denied: BTreeSet<String>,
    unsupported: BTreeSet<String>,
    /// Quotas by type: so many at most, so many there.
    quotas: BTreeMap<&'static str, (u64, u64)>,
    asked: Mutex<Vec<Name>>,
}

impl Shelf {
    pub(crate) fn of(things: &[(&str, &str)]) -> Self {
        let there = things.iter().map(|(ty, id)| ((*ty).to_owned(), (*id).to_owned())).collect();
        let (denied, unsupported, quotas) = Default::default();
        Self { there, denied, unsupported, quotas, asked: Mutex::default() }
    }

    pub(crate) fn denying(mut self, ty: &str) -> Self {
        self.denied.insert(ty.into());
        self
    }

    pub(crate) fn without(mut self, types: &[&str]) -> Self {
        self.unsupported.extend(types.iter().map(ToString::to_string));
        self
    }

    /// A quota that is called like its type.
    pub(crate) fn with_quota(mut self, ty: &'static str, most: u64, used: u64) -> Self {
        self.quotas.insert(ty, (most, used));
        self
    }

    pub(crate) fn asked(&self) -> Vec<Name> {
        self.asked.lock().unwrap().clone()
    }
}

fn refused<T>(kind: FailureKind) -> Result<T, Failure> {
    Err(Failure { kind, message: "not here".into(), operation: "x:Look".into(), help: None })
}

impl Provider for Shelf {
    fn handles(&self, ty: &str) -> bool {
        !self.unsupported.contains(ty)
    }

    fn reads(&self, ty: &str) -> bool {
        !self.unsupported.contains(ty)
    }

    fn account(&self) -> Pending<'_, Result<Account, Failure>> {
        Box::pin(async {
            Ok(Account {
                id: "123456789012".into(),
                arn: "arn:aws:iam::123456789012:user/ann".into(),
                region: "eu-west-3".into(),
                partition: "aws".into(),
            })
        })
    }

    fn read<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Option<Value>, Failure>> {
        Box::pin(async move {
            let id = object.attributes.get("id").and_then(Value::as_str).unwrap();
            let name = (object.ty.to_owned(), id.to_owned());
            self.asked.lock().unwrap().push(name.clone());
            if self.denied.contains(object.ty) {
                return refused(FailureKind::Denied);
            }
            Ok(self.there.contains(&name).then(|| object.attributes.clone()))
        })
    }

    fn data<'a>(&'a self, _: &'a str, _: &'a Value) -> Pending<'a, Result<Value, Failure>> {
        Box::pin(async { refused(FailureKind::Unsupported) })
    }

    fn image<'a>(&'a self, image: &'a str) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(async move {
            let name = ("aws_ecr_image".to_owned(), image.to_owned());
            self.asked.lock().unwrap().push(name.clone());
            Ok(self.there.contains(&name))
        })
    }

    fn quota_of(&self, ty: &str, _: &Value) -> Option<&'static str> {
        self.quotas.keys().find(|name| **name == ty).copied()
    }

    fn quota<'a>(&'a self, name: &'a str) -> Pending<'a, Result<Quota, Failure>> {
        Box::pin(async move {
            self.asked.lock().unwrap().push(("quota".to_owned(), name.to_owned()));
            if self.denied.contains(name) {
                return refused(FailureKind::Denied);
            }
            let (most, used) = self.quotas[name];
            Ok(Quota { most, used, raise: "ask".into() })
        })
    }

    fn create<'a>(
        &'a self,
        _: &'a str,
        _: &'a Value,
        _: &'a Token,
        _: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        Box::pin(async { refused(FailureKind::Unsupported) })
    }

    fn find<'a>(
        &'a self,
        _: &'a str,
        _: &'a Value,
        _: &'a Token,
    ) -> Pending<'a, Result<Option<Found>, Failure>> {
        Box::pin(async { refused(FailureKind::Unsupported) })
    }

    fn settle<'a>(&'a self, _: Identity<'a>) -> Pending<'a, Result<Settled, Failure>> {
        Box::pin(async { refused(FailureKind::Unsupported) })
    }

    fn update<'a>(
        &'a self,
        _: &'a str,
        _: &'a Value,
        _: &'a Value,
        _: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        Box::pin(async { refused(FailureKind::Unsupported) })
    }

    fn delete<'a>(&'a self, _: Identity<'a>) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async { refused(FailureKind::Unsupported) })
    }

    fn gone<'a>(&'a self, _: Identity<'a>) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(async { refused(FailureKind::Unsupported) })
    }
}

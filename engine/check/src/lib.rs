//! Rules, verdicts and findings: judging a resolved stack.

mod baseline;
mod containers;
mod context;
mod custom;
mod evidence;
mod finding;
mod fix;
mod instance;
mod judge;
mod meta;
mod origin;
mod path;
mod resource_policy;
mod run;
mod secrets;
mod service;
mod subject;
mod suppress;
mod tagged;
mod wildcard;

pub use baseline::{Baseline, Entry, Malformed};
pub use context::Context;
pub use custom::{CustomRule, CustomRules, Example};
pub use finding::{Finding, Related, Site, Suppressed, Verdict};
pub use fix::{ChangedFile, Edit, Fix, FixKind, Fixed, Patch, Refused, Repaired, Want, Where, fix};
pub use instance::{Companions, Instance};
pub use judge::{Check, Row, each};
pub use meta::{Judge, Meta, Rule, Severity};
pub use resource_policy::{Allowance, is_everybody, narrowed};
pub use run::{Options, Outcome, Summary, run};
pub use secrets::secret_places;
pub use service::{ServiceImage, ServiceSubnet};
pub use subject::{Ingress, Member, PolicyHolder, Setting, Subject, inline};
pub use suppress::{Flaw, Suppression, Tool};
pub use tagged::{RequiredTag, Tagged};
pub use wildcard::Wildcard;

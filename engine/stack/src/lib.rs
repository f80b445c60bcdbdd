//! Trees to resolved stack: modules, variables, functions, `count`, `for_each` and `dynamic`, values, references.
//!
//! Measured against Terraform 1.11.4's own answers; see `fixtures/language/`.

mod address;
mod checked;
pub mod eval;
mod functions;
mod host;
mod load;
mod plan_json;
mod program;
mod resolve;
mod resolved;
mod shape;
pub mod value;
mod world;

pub use address::{Address, Key, Mode, ModulePath, ModuleStep};
pub use checked::{Checked, CheckedInstance, Held, Subject};
pub use functions::{duration, read_yaml};
pub use host::Host;
pub use load::{Backend, read_backend_config};
pub use plan_json::{PlanJsonError, Side, is_plan_json, read_plan_json};
pub use program::{Options, Program, VariableArgument};
pub use resolved::{
    Edge, Endpoint, Import, Lifecycle, Module, Moved, Output, ProviderConfig, Removed, Resource,
    ResourceId, Stack, Statements, Variable,
};
pub use shape::is_older_type;
pub use value::{Blame, Kind, Marks, Number, Origin, Str, Type, Unknown, Value};
pub use world::{Empty, World};

//! What a stack's backend is told: by its block, by `terraform init` before, and by `--backend-config`.

use crate::{Failure, Machine, job};
use serde_json::Value as Json;
use stack::{Host, Program, Str, Type, Value, read_backend_config};
use std::collections::BTreeMap;
use std::path::Path;
use syntax::Sources;

/// A backend's arguments, by name.
pub(crate) type Config = BTreeMap<Str, Value>;

/// The arguments of the stack's backend. The command line goes before the block; what neither says, the last `terraform init` may have been
/// told. Where the block and that disagree the state may be in either place, and banana does not guess.
pub(crate) fn config(
    program: &Program<'_>,
    folder: &Path,
    given: &[String],
    machine: &mut Machine<'_>,
) -> Result<Config, Failure> {
    let Some(backend) = program.backend() else { return Ok(Config::new()) };
    let block = backend.config.entries().filter(|(_, value)| !value.is_null());
    let block: Config = block.map(|(name, value)| (name.clone(), value.clone())).collect();
    let mut config = given_by_hand(given, machine)?;
    let Some((kind, recorded)) = recorded(folder, machine) else {
        return Ok(joined(config, block));
    };
    let help = "if the state was moved, run `terraform init` again, or remove the folder `.terraform`; if not, put the block back";
    if kind != backend.kind.as_str() {
        let text = format!(
            "the backend block says `{}`, and the last `terraform init` said `{kind}`",
            backend.kind
        );
        return Err(Failure::user(text).help(help));
    }
    let other = block.iter().find(|(name, value)| {
        !config.contains_key(*name) && recorded.get(*name).is_some_and(|v| !same(v, value))
    });
    if let Some((name, _)) = other {
        let text = format!("the last `terraform init` had another `{name}` than the backend block");
        return Err(Failure::user(text).help(help));
    }
    config = joined(config, block);
    Ok(joined(config, recorded))
}

/// The first, with what only the second says.
fn joined(mut first: Config, second: Config) -> Config {
    for (name, value) in second {
        first.entry(name).or_insert(value);
    }
    first
}

/// Equal, whether it came as text or not.
fn same(a: &Value, b: &Value) -> bool {
    let text = |value: &Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_json().to_string(),
    };
    text(a) == text(b)
}

/// `--backend-config NAME=VALUE` and `--backend-config FILE`, the later ones before the earlier ones.
fn given_by_hand(given: &[String], machine: &mut Machine<'_>) -> Result<Config, Failure> {
    let mut config = Config::new();
    for text in given {
        if let Some((name, value)) = text.split_once('=') {
            if value.starts_with('{') {
                let text = format!("--backend-config {name}: it takes more than one value");
                return Err(Failure::user(text)
                    .help("write it into a file, and pass --backend-config FILE"));
            }
            config.insert(name.trim().into(), Value::string(value));
            continue;
        }
        let (disk, mut sources) = (machine.disk(), Sources::default());
        if disk.read(Path::new(text)).is_err() {
            return Err(Failure::user(format!("--backend-config: cannot read `{text}`"))
                .help("write NAME=VALUE, or name a file of such lines"));
        }
        let (said, reports) = read_backend_config(Path::new(text), &disk, &mut sources);
        if job::tell(&reports, &sources, "the backend's settings", machine)? {
            return Err(Failure::Told(crate::Exit::Error));
        }
        config.extend(said);
    }
    Ok(config)
}

/// What the last `terraform init` was told: the kind of backend and its arguments, from its own note.
fn recorded(folder: &Path, machine: &Machine<'_>) -> Option<(String, Config)> {
    let data = machine.var("TF_DATA_DIR").unwrap_or(".terraform");
    let text = std::fs::read(folder.join(data).join("terraform.tfstate")).ok()?;
    let note: Json = serde_json::from_slice(&text).ok()?;
    let kind = note.pointer("/backend/type")?.as_str()?.to_owned();
    let config = note.pointer("/backend/config")?.as_object()?;
    let told = config.iter().filter(|(_, value)| !value.is_null());
    let read = |(name, value): (&String, &Json)| {
        Some((Str::from(name.as_str()), Value::from_json(&Type::Dynamic, value).ok()?))
    };
    Some((kind, told.filter_map(read).collect()))
}

//! Files and paths: `abspath`, `basename`, `dirname`, `file`, `filebase64`, `fileexists`, `fileset`, `pathexpand`. The disk is the
//! host's; relative paths start at the environment's base.

mod glob;
mod path;

use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::eval::Environment;
use crate::value::{Type, Value};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::io;
use std::path::{Path, PathBuf};

const PATH: Parameter = Parameter::new("path", Want::String);
const PATH_AS_IS: Parameter = PATH.marked().unknown();
const STRING: Returns = Returns::Always(Want::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abspath", &[PATH], STRING, abspath).never_null(),
    Function::new("basename", &[PATH], STRING, |c| Ok(Value::string(path::base(c.str(0)?))))
        .never_null(),
    Function::new("dirname", &[PATH], STRING, |c| Ok(Value::string(path::dir(c.str(0)?))))
        .never_null(),
    Function::new("file", &[PATH_AS_IS], STRING, |c| {
        with_path(c, |text| Ok(Value::string(read_text(text, c.environment)?)))
    })
    .never_null(),
    Function::new("filebase64", &[PATH_AS_IS], STRING, |c| {
        with_path(c, |text| {
            let bytes = read_argument(text, c.environment)?;
            Ok(Value::string(BASE64_STANDARD.encode(bytes)))
        })
    })
    .never_null(),
    Function::new("fileexists", &[PATH_AS_IS], Returns::Always(Want::Bool), |c| {
        with_path(c, |text| exists(text, c.environment))
    })
    .never_null(),
    Function::new(
        "fileset",
        &[PATH_AS_IS, Parameter::new("pattern", Want::String).marked().unknown()],
        Returns::Always(Want::SetOfString),
        fileset,
    )
    .never_null(),
    Function::new("pathexpand", &[PATH], STRING, |c| {
        Ok(Value::string(expand(c.str(0)?, c.environment)?))
    })
    .never_null(),
];

/// Passes a path on when it is known, and its marks to the result.
fn with_path(call: &Call<'_>, run: impl FnOnce(&str) -> Outcome) -> Outcome {
    let path = call.at(0)?;
    let result = if path.is_unknown() { call.unknown() } else { run(call.str(0)?)? };
    Ok(result.with_marks(path.marks))
}

/// `~` is the user's home.
fn expand(path: &str, environment: Environment<'_>) -> Result<String, Trouble> {
    let Some(rest) = path.strip_prefix('~') else { return Ok(path.to_owned()) };
    if !rest.is_empty() && !rest.starts_with('/') {
        return Err("the home of another user cannot be looked up".into());
    }
    let home = environment.host.home().ok_or("the home folder is not known")?;
    Ok(path::join(&home.to_string_lossy(), rest))
}

/// Where a path of the configuration is on the disk.
fn locate(path: &str, environment: Environment<'_>) -> Result<PathBuf, Trouble> {
    let path = expand(path, environment)?;
    let base = environment.base.to_string_lossy();
    let full = if path.starts_with('/') { path } else { path::join(&base, &path) };
    Ok(PathBuf::from(path::clean(&full)))
}

/// The bytes of a file.
pub(super) fn read(path: &str, environment: Environment<'_>) -> Result<Vec<u8>, Trouble> {
    let at = locate(path, environment)?;
    environment.host.read(&at).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Trouble::new(format!(
            "there is no file `{path}`; it must be there before anything is applied"
        )),
        _ => Trouble::new(format!("the file `{path}` cannot be read: {e}")),
    })
}

fn read_argument(path: &str, environment: Environment<'_>) -> Result<Vec<u8>, Trouble> {
    read(path, environment).map_err(|t| Trouble { argument: Some(0), ..t })
}

/// The text of a file.
pub(super) fn read_text(path: &str, environment: Environment<'_>) -> Result<String, Trouble> {
    String::from_utf8(read_argument(path, environment)?).map_err(|_| {
        Trouble::new(format!("the file `{path}` is not text in UTF-8; `filebase64` reads any file"))
    })
}

fn exists(path: &str, environment: Environment<'_>) -> Outcome {
    let at = locate(path, environment)?;
    if environment.host.list(&at).is_ok() {
        return Err(format!("`{path}` is a folder, not a file").into());
    }
    let (Some(folder), Some(name)) = (at.parent(), at.file_name()) else {
        return Ok(Value::bool(false));
    };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = environment.host.list(folder).unwrap_or_default();
    let name = name.to_string_lossy();
    Ok(Value::bool(entries.iter().any(|(entry, is_folder)| *entry == name && !is_folder)))
}

fn fileset(call: &Call<'_>) -> Outcome {
    let (folder, pattern) = (call.at(0)?, call.at(1)?);
    let marks = folder.marks.with(pattern.marks);
    if folder.is_unknown() || pattern.is_unknown() {
        return Ok(call.unknown().with_marks(marks));
    }
    let (folder, pattern) = (call.str(0)?, call.str(1)?);
    let base = call.environment.base.to_string_lossy();
    let root = if folder.starts_with('/') { folder.to_owned() } else { path::join(&base, folder) };
    let root = path::clean(&root);
    let found = glob::find(&path::join(&root, pattern), call.environment.host)?;
    let relative = found.iter().map(|file| Value::string(path::relative(&root, file)));
    Ok(Value::set(Type::String, relative).with_marks(marks))
}

fn abspath(call: &Call<'_>) -> Outcome {
    let given = call.str(0)?;
    let base = call.environment.base.to_string_lossy();
    let mut full = if given.starts_with('/') { given.to_owned() } else { path::join(&base, given) };
    if !full.starts_with('/') {
        let current = call.environment.host.current().map_err(|e| e.to_string())?;
        full = path::join(&current.to_string_lossy(), &full);
    }
    Ok(Value::string(path::clean(&full)))
}

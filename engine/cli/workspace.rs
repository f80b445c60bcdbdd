//! Which workspace a stack is in.

use crate::Machine;
use crate::place::folder;
use std::path::Path;

/// The one that is said, or that `terraform workspace select` noted in the stack's data folder, or `default`.
pub(crate) fn of(said: &str, stack: &Path, machine: &Machine<'_>) -> String {
    if !said.is_empty() {
        return said.to_owned();
    }
    let folder = folder(stack, &machine.disk());
    let data = machine.var("TF_DATA_DIR").unwrap_or(".terraform");
    let noted = std::fs::read_to_string(folder.join(data).join("environment"));
    let noted = noted.unwrap_or_default().trim().to_owned();
    if noted.is_empty() { "default".to_owned() } else { noted }
}

//! `.terraform/modules/modules.json`: where `terraform init` put what does not stand in the repository.

use crate::{Host, Str};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use syntax::Report;

/// Folder by the dotted path of calls.
#[derive(Debug, Default)]
pub(crate) struct Installed(BTreeMap<String, PathBuf>);

impl Installed {
    /// Reads the list; without one nothing is installed.
    pub(crate) fn read(root: &Path, host: &dyn Host, reports: &mut Vec<Report>) -> Self {
        let path = root.join(".terraform").join("modules").join("modules.json");
        let Ok(bytes) = host.read(&path) else { return Self::default() };
        let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) else {
            let text = format!("`{}` is not what `terraform init` writes", path.display());
            reports
                .push(Report::warning("bad-module-list", text).help("run `terraform init` again"));
            return Self::default();
        };
        let modules = json.get("Modules").and_then(|m| m.as_array()).map(Vec::as_slice);
        let entry = |module: &serde_json::Value| {
            let key = module.get("Key")?.as_str()?;
            let folder = module.get("Dir")?.as_str()?;
            Some((key.to_owned(), root.join(folder)))
        };
        Self(modules.unwrap_or_default().iter().filter_map(entry).collect())
    }

    /// Where a call leads.
    pub(crate) fn folder(&self, path: &[Str]) -> Option<&Path> {
        self.0.get(&path.join(".")).map(PathBuf::as_path)
    }
}

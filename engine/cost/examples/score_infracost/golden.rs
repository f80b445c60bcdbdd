//! infracost's golden tests: a folder with a stack, perhaps a usage file, and the bill as it was printed.

use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// One case.
pub(crate) struct Case {
    pub(crate) name: String,
    /// Its `.tf` file's folder.
    pub(crate) folder: PathBuf,
    pub(crate) usage: Option<(String, String)>,
    pub(crate) resources: Vec<Resource>,
}

/// What a resource costs there.
pub(crate) struct Resource {
    pub(crate) address: String,
    pub(crate) components: Vec<Component>,
}

/// A line of a bill.
#[derive(Debug)]
pub(crate) struct Component {
    /// Its name, below those of the parts of the resource that it is of: `root_block_device: storage (gp2)`.
    pub(crate) name: String,
    /// How much, and what it costs; `None` where the cost depends on usage.
    pub(crate) amount: Option<Amount>,
    /// `1M requests`
    pub(crate) unit: String,
}

/// A quantity as printed.
#[derive(Debug)]
pub(crate) struct Amount {
    pub(crate) quantity: Decimal,
    /// Half of the last digit printed.
    pub(crate) blur: Decimal,
    pub(crate) cost: Decimal,
}

/// All cases of a checkout, by name.
pub(crate) fn cases(root: &Path) -> std::io::Result<Vec<Case>> {
    let tests = root.join("internal/providers/terraform/aws/testdata");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(&tests)? {
        let folder = entry?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(folder.join(format!("{name}.golden"))) else {
            continue;
        };
        let file = format!("{name}.usage.yml");
        let usage = std::fs::read_to_string(folder.join(&file)).ok().map(|text| (file, text));
        cases.push(Case { name, folder, usage, resources: resources(&text) });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}

/// The table above the total: a resource's address, then its components as a tree.
fn resources(text: &str) -> Vec<Resource> {
    let mut all: Vec<Resource> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    for line in text.lines().take_while(|line| !line.starts_with(" OVERALL TOTAL")) {
        let body = line.trim_start_matches([' ', '│', '├', '└', '─']);
        let depth = line.chars().count() - body.chars().count();
        if !line.contains("─ ") {
            let address = body.trim();
            if !address.is_empty() && !address.starts_with("Name ") {
                all.push(Resource { address: address.into(), components: Vec::new() });
            }
            continue;
        }
        path.truncate(depth.saturating_sub(4) / 3);
        let cells: Vec<&str> =
            body.split("  ").map(str::trim).filter(|c| !c.is_empty() && *c != "*").collect();
        let (Some(name), Some(resource)) = (cells.first(), all.last_mut()) else { continue };
        path.push((*name).to_owned());
        if let Some((amount, unit)) = amount(&cells) {
            let name = path.join(": ");
            resource.components.push(Component { name, amount, unit });
        }
    }
    all
}

fn amount(cells: &[&str]) -> Option<(Option<Amount>, String)> {
    match cells {
        [_, usage] if usage.starts_with("Monthly cost depends on usage") => {
            let unit = usage.rsplit_once(" per ").map(|(_, unit)| unit).unwrap_or_default();
            Some((None, unit.into()))
        }
        [_, quantity, unit, cost] => {
            let plain: String = quantity.chars().filter(|c| *c != ',').collect();
            let digits = plain.split_once('.').map_or(0, |(_, digits)| digits.len());
            let blur = Decimal::new(5, u32::try_from(digits).ok()? + 1);
            let cost: String = cost.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            let amount = match (plain.parse(), cost.parse()) {
                (Ok(quantity), Ok(cost)) => Some(Amount { quantity, blur, cost }),
                _ => None,
            };
            Some((amount, (*unit).into()))
        }
        [_, _] => Some((None, String::new())),
        _ => None,
    }
}

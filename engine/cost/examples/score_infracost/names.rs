//! What their components are called in our bills: alike but for case, brackets and steps, or as `names.csv` says.

use rust_decimal::Decimal;

const TABLE: &str = include_str!("names.csv");

/// The names of a type.
pub(crate) struct Names {
    /// Start of theirs, start of ours, and how many of our units are one of theirs where their unit does not say.
    rows: Vec<(&'static str, &'static str, Option<Decimal>)>,
}

impl Names {
    pub(crate) fn of(ty: &str) -> Self {
        let row = |line: &'static str| {
            let mut cells = line.split('|');
            let types = cells.next()?;
            let (theirs, ours) = (cells.next()?, cells.next()?);
            let here = types == "*" || types.split(' ').any(|have| have == ty);
            here.then(|| (theirs, ours, cells.next().and_then(|factor| factor.parse().ok())))
        };
        Self { rows: TABLE.lines().filter_map(row).collect() }
    }

    /// True when a line of ours is a component of theirs.
    pub(crate) fn same(&self, ours: &str, theirs: &str) -> bool {
        let (ours, theirs) = (own(ours), path(theirs));
        if let Some((_, name, _)) = self.row(&theirs) {
            return name.split(" / ").any(|name| ours.starts_with(name));
        }
        ours == theirs || ours == bare(&theirs)
    }

    /// How many of our units are one of theirs.
    pub(crate) fn factor(&self, theirs: &str, unit: &str) -> Decimal {
        let said = self.row(&path(theirs)).and_then(|(.., factor)| *factor);
        // A duration in `hours (10 DPUs)` is that many of our units.
        let processors = unit
            .split_once(" (")
            .and_then(|(_, rest)| rest.strip_suffix("DPUs)").or(rest.strip_suffix("DPU)")));
        let processors = processors.and_then(|number| number.trim().parse().ok());
        said.or(processors).unwrap_or_else(|| {
            let head = unit.split(' ').next().unwrap_or_default();
            let digits = head.trim_end_matches(['k', 'K', 'M']);
            let scale = match head.strip_prefix(digits) {
                Some("k" | "K") => 1_000,
                Some("M") => 1_000_000,
                _ => 1,
            };
            digits.parse::<Decimal>().map_or(Decimal::ONE, |number| number * Decimal::from(scale))
        })
    }

    fn row(&self, theirs: &str) -> Option<&(&'static str, &'static str, Option<Decimal>)> {
        self.rows.iter().find(|(start, ..)| theirs.starts_with(start))
    }
}

/// Theirs, in small letters, without the launch template and the device that it is of.
fn path(name: &str) -> String {
    let part = |step: &&str| {
        let blocks =
            ["aws_", "module.", "root_block_device", "ebs_block_device", "block_device_mapping"];
        !blocks.iter().any(|block| step.starts_with(block))
    };
    let steps = name.split(": ").filter(part);
    steps.collect::<Vec<_>>().join(": ").to_lowercase()
}

/// Ours, without the step of the price.
fn own(name: &str) -> String {
    name.split(", beyond ").next().unwrap_or(name).to_lowercase()
}

/// Without what stands in brackets.
fn bare(name: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The type of an address.
pub(crate) fn type_of(address: &str) -> &str {
    address.split(['.', '[']).find(|step| step.starts_with("aws_")).unwrap_or(address)
}

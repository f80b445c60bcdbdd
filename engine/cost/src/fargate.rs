//! Fargate's sizes and platforms: which price a task runs at.

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, EcsTaskDefinition};
use rust_decimal::Decimal;

/// What a task runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    X86,
    Arm,
    Windows,
}

/// vCPUs and GiB that a task asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) cpu: Decimal,
    pub(crate) memory: Decimal,
}

impl Platform {
    /// The platform of a definition, or what of it is not known.
    pub(crate) fn of(definition: &EcsTaskDefinition<'_>) -> Result<Self, &'static str> {
        let platform = match &definition.runtime_platform {
            Attr::Known(platform, _) => platform,
            Attr::Null(_) => return Ok(Self::X86),
            Attr::Unknown(_) => return Err("`runtime_platform`"),
        };
        match (&platform.operating_system_family, &platform.cpu_architecture) {
            (Attr::Known(system, _), _) if system.starts_with("WINDOWS") => Ok(Self::Windows),
            (Attr::Unknown(_), _) => Err("`operating_system_family`"),
            (_, Attr::Known("ARM64", _)) => Ok(Self::Arm),
            (_, Attr::Unknown(_)) => Err("`cpu_architecture`"),
            _ => Ok(Self::X86),
        }
    }

    /// The lines of so many tasks.
    pub(crate) fn lines(
        self,
        size: &Size,
        spot: bool,
        suffix: &str,
        tasks: &Quantity,
        bill: &mut Bill<'_, '_>,
    ) {
        let (label, part) = match self {
            Self::X86 => ("", ""),
            Self::Arm => (" ARM", "ARM-"),
            Self::Windows => (" Windows", "Windows-"),
        };
        let (sold, prefix) = if spot { (" Spot", "SpotUsage-") } else { ("", "") };
        let name = |what| format!("Fargate{sold}{label} {what}{suffix}");
        let rate =
            |what, unit| Rate::of("AmazonECS", format!("{prefix}Fargate-{part}{what}"), unit);
        let tasks = tasks.clone().times(HOURS);
        let tasks =
            if spot { tasks.because("Spot prices move: these are one day's") } else { tasks };
        let each = |amount| tasks.clone().times(amount);
        let cpu = rate("vCPU-Hours:perCPU", "vCPU-Hours");
        bill.line(name("vCPU"), &cpu, each(size.cpu));
        bill.line(name("memory"), &rate("GB-Hours", "GB-Hours"), each(size.memory));
        if self == Self::Windows {
            let licence = rate("OS-Hours:perCPU", "vCPU-Hours");
            bill.line(name("licence"), &licence, each(size.cpu));
        }
    }
}

impl Size {
    /// The size of a definition, or what of it cannot be read. ECS takes CPU units (1024 a vCPU) and MiB, or `.5 vCPU` and `1 GB`.
    pub(crate) fn of(definition: &EcsTaskDefinition<'_>) -> Result<Self, &'static str> {
        let read = |attr: &Attr<'_, &str>, unit| attr.known().and_then(|text| amount(text, unit));
        Ok(Self {
            cpu: read(&definition.cpu, "vcpu").ok_or("there is no readable `cpu`")?,
            memory: read(&definition.memory, "gb").ok_or("there is no readable `memory`")?,
        })
    }
}

/// A size as ECS and App Runner take it: in 1/1024 of the unit, or with the unit behind it.
pub(crate) fn amount(text: &str, unit: &str) -> Option<Decimal> {
    let text = text.trim().to_ascii_lowercase();
    let (number, scale) = match text.strip_suffix(unit) {
        Some(number) => (number.trim_end(), 1),
        None => (text.as_str(), 1024),
    };
    let amount: Decimal = number.parse().ok()?;
    (amount > Decimal::ZERO).then(|| amount / Decimal::from(scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_ecs_reads_them() {
        for (text, unit, size) in [
            ("256", "vcpu", "0.25"),
            (".25 vCPU", "vcpu", "0.25"),
            ("4 vCPU", "vcpu", "4"),
            ("1024", "gb", "1"),
            ("512", "gb", "0.5"),
            ("2 GB", "gb", "2"),
            ("0.5GB", "gb", "0.5"),
        ] {
            assert_eq!(amount(text, unit), Some(size.parse().unwrap()), "{text}");
        }
        for text in ["", "vCPU", "-1", "0", "many", "1 vCPU vCPU"] {
            assert_eq!(amount(text, "vcpu"), None, "{text}");
        }
    }
}

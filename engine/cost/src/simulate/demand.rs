//! What people say about demand: the `[simulate]` table of `banana-usage.toml`.
//!
//! ```toml
//! [simulate]                              # each service
//! noise = 0.15
//!
//! [simulate."aws_ecs_service.front"]      # this one
//! requests_per_second = [20, 40, 90]      # low, likely, high
//! cpu_ms = 18
//! daily = "office"                        # flat, office, web, night, or 24 numbers from midnight
//! weekly = [1, 1, 1, 1, 1, 0.4, 0.3]      # from Monday
//! ```

use super::inputs::{INPUTS, Input, Inputs, Meaning};
use super::shape::{PROFILES, Shape};
use super::trace::Trace;
use super::triangular::Triangular;
use std::collections::BTreeMap;
use std::fmt::Write;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is said about the demand on each service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demand {
    /// By address; the empty one is said of all.
    said: BTreeMap<String, Said>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Said {
    /// By place in [`INPUTS`].
    inputs: BTreeMap<usize, Triangular>,
    daily: Option<[f64; 24]>,
    weekly: Option<[f64; 7]>,
    trace: Option<Trace>,
}

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct DemandError {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong: lower case, no final period.
    pub message: String,
}

impl Demand {
    /// Reads the `[simulate]` table of a usage file; everything else in it is left alone. A file of YAML, by its name, cannot have one.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<DemandError>> {
        let mut reader = Reader { text, errors: Vec::new() };
        let mut demand = Self::default();
        if [".yml", ".yaml"].iter().any(|ending| name.ends_with(ending)) {
            return match text.lines().position(|line| line.starts_with("simulate:")) {
                Some(line) => {
                    let message = "demand is read from TOML only: give it in a `banana-usage.toml`";
                    Err(vec![DemandError { line: line + 1, column: 1, message: message.into() }])
                }
                None => Ok(demand),
            };
        }
        match DeTable::parse(text) {
            Err(error) => reader.error(error.span().unwrap_or_default().start, error.message()),
            Ok(table) => {
                if let Some(value) = table.get_ref().get("simulate") {
                    reader.table(value, &mut demand);
                }
            }
        }
        // The table is sorted by name, a file is read from above.
        reader.errors.sort_by_key(|error| (error.line, error.column));
        if reader.errors.is_empty() { Ok(demand) } else { Err(reader.errors) }
    }

    /// Commented tables for services, with each input at its default: a part of what `banana usage init` writes. Empty without services.
    pub fn skeleton(addresses: &[String]) -> String {
        let mut text = String::new();
        for address in addresses {
            let quoted = address.replace('\\', "\\\\").replace('"', "\\\"");
            let _ = writeln!(text, "\n# [simulate.\"{quoted}\"]  # for `banana cost --simulate`");
            text.push_str(
                "# daily = \"flat\"  # flat, office, web, night, or 24 numbers from midnight\n",
            );
            text.push_str("# weekly = [1, 1, 1, 1, 1, 1, 1]  # from Monday\n");
            for Meaning { name, default, unit, about, .. } in INPUTS {
                let Triangular { low, likely, high } = default;
                let value = if default.is_uncertain() {
                    format!("[{low}, {likely}, {high}]")
                } else {
                    likely.to_string()
                };
                let _ = writeln!(text, "# {name} = {value}  # {unit}: {about}");
            }
        }
        text
    }

    /// Gives a service (all, when the address is empty) a recorded demand.
    pub fn trace(&mut self, address: &str, trace: Trace) {
        self.said.entry(address.to_owned()).or_default().trace = Some(trace);
    }

    /// Addresses that something is said about.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.said.keys().map(String::as_str).filter(|address| !address.is_empty())
    }

    /// The inputs of a service and the shape of its month; `None` when no demand is given for it.
    pub fn of(&self, address: &str) -> Option<(Inputs, Shape)> {
        let said: Vec<&Said> = ["", address].iter().filter_map(|at| self.said.get(*at)).collect();
        let mut inputs = Inputs::default();
        let mut given = false;
        let trace = said.iter().rev().find_map(|said| said.trace.as_ref());
        if let Some(trace) = trace {
            // What was recorded has its own noise.
            inputs = inputs
                .with(Input::RequestsPerSecond, Triangular::point(trace.mean()))
                .with(Input::Noise, Triangular::point(0.0));
            given = true;
        }
        for said in &said {
            for (at, value) in &said.inputs {
                inputs.set(*at, *value);
                given |= *at == 0;
            }
        }
        let daily = said.iter().rev().find_map(|said| said.daily).unwrap_or([1.0; 24]);
        let weekly = said.iter().rev().find_map(|said| said.weekly).unwrap_or([1.0; 7]);
        let shape = trace.map_or_else(|| Shape::profiles(&daily, &weekly), Trace::shape);
        given.then_some((inputs, shape))
    }
}

struct Reader<'t> {
    text: &'t str,
    errors: Vec<DemandError>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn error(&mut self, at: usize, message: &str) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let message = message.trim_end_matches('.').to_owned();
        self.errors.push(DemandError { line, column, message });
    }

    fn wrong(&mut self, at: &Value<'_>, message: &str) {
        self.error(at.span().start, message);
    }

    fn table(&mut self, value: &Value<'_>, demand: &mut Demand) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong(value, "`simulate` is not a table");
        };
        let mut all = Said::default();
        for (key, value) in table {
            if let DeValue::Table(own) = value.get_ref() {
                let mut said = Said::default();
                for (key, value) in own {
                    self.entry(key, value, &mut said);
                }
                demand.said.insert(key.get_ref().to_string(), said);
            } else {
                self.entry(key, value, &mut all);
            }
        }
        if all != Said::default() {
            demand.said.insert(String::new(), all);
        }
    }

    fn entry(&mut self, key: &Spanned<toml::de::DeString<'_>>, value: &Value<'_>, said: &mut Said) {
        match key.get_ref().as_ref() {
            "daily" => said.daily = self.profile(value),
            "weekly" => said.weekly = self.numbers(value, "7 numbers of at least 0, from Monday"),
            name => {
                let Some(at) = INPUTS.iter().position(|input| input.name == name) else {
                    return self.error(key.span().start, &unknown(name));
                };
                if let Some(triple) = self.triple(at, value) {
                    said.inputs.insert(at, triple);
                }
            }
        }
    }

    fn profile(&mut self, value: &Value<'_>) -> Option<[f64; 24]> {
        let Some(name) = value.get_ref().as_str() else {
            return self.numbers(value, "the name of a profile, or 24 numbers of at least 0");
        };
        let found = PROFILES.iter().find(|(have, _)| *have == name).map(|(_, day)| *day);
        if found.is_none() {
            let names: Vec<String> = PROFILES.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = format!("there is no profile `{name}`, only {}", names.join(", "));
            self.wrong(value, &message);
        }
        found
    }

    fn numbers<const N: usize>(&mut self, value: &Value<'_>, what: &str) -> Option<[f64; N]> {
        let numbers = list(value).filter(|all| all.iter().all(|n| (0.0..=1e6).contains(n)));
        let numbers: Option<[f64; N]> = numbers.and_then(|all| all.try_into().ok());
        match numbers {
            Some(all) if all.iter().any(|n| *n > 0.0) => Some(all),
            _ => {
                self.wrong(value, &format!("this is not {what}, one of them above 0"));
                None
            }
        }
    }

    /// A number, or low, likely and high, within the limits of the input.
    fn triple(&mut self, at: usize, value: &Value<'_>) -> Option<Triangular> {
        let meaning = INPUTS.get(at)?;
        let (least, most) = meaning.limits;
        let name = meaning.name;
        let triple = match (number(value.get_ref()), list(value).as_deref()) {
            (Some(one), _) => Triangular::point(one),
            (_, Some([low, likely, high])) => {
                Triangular { low: *low, likely: *likely, high: *high }
            }
            _ => {
                self.wrong(
                    value,
                    &format!("`{name}` is neither a number nor `[low, likely, high]`"),
                );
                return None;
            }
        };
        let Triangular { low, likely, high } = triple;
        if !(low <= likely && likely <= high) {
            self.wrong(
                value,
                &format!("`{name}` does not go up: low {low}, likely {likely}, high {high}"),
            );
            return None;
        }
        if low < least || high > most {
            let unit = meaning.unit;
            self.wrong(value, &format!("`{name}` is not between {least} and {most} ({unit})"));
            return None;
        }
        Some(triple)
    }
}

fn unknown(name: &str) -> String {
    let names = INPUTS.iter().map(|input| input.name).chain(["daily", "weekly"]);
    let near = schema::closest(name, names);
    let near = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
    format!("there is no input `{name}`{near}")
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(n) => n.as_str().replace('_', "").parse::<f64>().ok(),
        DeValue::Float(n) => n.as_str().replace('_', "").parse::<f64>().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

fn list(value: &Value<'_>) -> Option<Vec<f64>> {
    value.get_ref().as_array()?.iter().map(|item| number(item.get_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_wins_over_all_and_all_over_the_defaults() {
        let demand = Demand::read(
            "usage.toml",
            r#"
            lb.lcu = 2
            [simulate]
            noise = 0
            requests_per_second = 5
            [simulate."module.a[\"x\"].aws_ecs_service.a"]
            requests_per_second = [10, 20, 60]
            daily = "office"
            "#,
        )
        .unwrap();
        let (inputs, shape) = demand.of("module.a[\"x\"].aws_ecs_service.a").unwrap();
        assert_eq!(
            inputs.get(Input::RequestsPerSecond),
            Triangular { low: 10.0, likely: 20.0, high: 60.0 }
        );
        assert_eq!(inputs.get(Input::Noise), Triangular::point(0.0));
        assert_eq!(inputs.get(Input::CpuMs), Input::CpuMs.meaning().default);
        assert!(shape.factors().iter().any(|factor| *factor > 2.0));
        let (inputs, shape) = demand.of("aws_ecs_service.b").unwrap();
        assert_eq!(inputs.get(Input::RequestsPerSecond), Triangular::point(5.0));
        assert!(shape.factors().iter().all(|factor| factor.to_bits() == 1f32.to_bits()));
        assert_eq!(Demand::default().of("aws_ecs_service.b"), None);
    }

    #[test]
    fn a_skeleton_says_the_defaults() {
        let address = "module.a[\"x\"].aws_ecs_service.a".to_owned();
        let skeleton = Demand::skeleton(std::slice::from_ref(&address));
        let said: Vec<&str> = skeleton.lines().map(|line| line.trim_start_matches("# ")).collect();
        let demand = Demand::read("usage.toml", &said.join("\n")).unwrap();
        assert_eq!(demand.addresses().collect::<Vec<_>>(), [address.as_str()]);
        let (inputs, shape) = demand.of(&address).unwrap();
        assert_eq!(inputs, Inputs::default());
        assert_eq!(shape, Shape::profiles(&[1.0; 24], &[1.0; 7]));
        assert_eq!(Demand::skeleton(&[]), "");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let errors = Demand::read(
            "usage.toml",
            "[simulate]\nnoize = 1\nnoise = -1\ncpu_ms = [3, 2, 1]\nburst_factor = \"much\"\n\
             daily = \"weekend\"\nweekly = [1, 2]\nrequests_per_second = 1e12\nlog_bytes = nan\n\
             [simulate.\"a.b\"]\ndaily = [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]\n",
        )
        .unwrap_err();
        let mut said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        said.extend(
            Demand::read("usage.toml", "simulate = 3").unwrap_err().iter().map(ToString::to_string),
        );
        let yaml = Demand::read("usage.yml", "lb.lcu: 1\nsimulate:\n  noise: 1\n");
        said.extend(yaml.unwrap_err().iter().map(ToString::to_string));
        assert_eq!(Demand::read("usage.yml", "lb.lcu: 1\n"), Ok(Demand::default()));
        said.extend(Demand::read("usage.toml", "a =").unwrap_err().iter().map(ToString::to_string));
        insta::assert_snapshot!(said.join("\n"), @r"
        line 2, column 1: there is no input `noize`, did you mean `noise`?
        line 3, column 9: `noise` is not between 0 and 3 (of a logarithm)
        line 4, column 10: `cpu_ms` does not go up: low 3, likely 2, high 1
        line 5, column 16: `burst_factor` is neither a number nor `[low, likely, high]`
        line 6, column 9: there is no profile `weekend`, only `flat`, `office`, `web`, `night`
        line 7, column 10: this is not 7 numbers of at least 0, from Monday, one of them above 0
        line 8, column 23: `requests_per_second` is not between 0 and 1000000 (requests/s)
        line 9, column 13: `log_bytes` is neither a number nor `[low, likely, high]`
        line 11, column 9: this is not the name of a profile, or 24 numbers of at least 0, one of them above 0
        line 1, column 12: `simulate` is not a table
        line 2, column 1: demand is read from TOML only: give it in a `banana-usage.toml`
        line 1, column 4: string values must be quoted, expected literal string
        ");
    }
}

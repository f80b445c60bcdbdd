//! Price rows as CSV: what the book is built from and what `--prices` reads.

use rust_decimal::Decimal;
use stack::Str;

/// The columns, in the order in which they are written. A file may have them in any order, none missing and none else.
pub const COLUMNS: [&str; 9] = [
    "service",
    "region",
    "usage_type_or_key",
    "unit",
    "tier_start",
    "tier_end",
    "price_usd",
    "source",
    "source_date",
];

/// One step of one price. Orders by key, then by where the step starts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Offer code.
    pub service: Str,
    /// Region code or `global`.
    pub region: Str,
    /// Usage type without its region prefix, and what tells it from its twins.
    pub usage: Str,
    /// First unit of the step.
    pub start: Decimal,
    /// Where the step ends; `None` for `Inf`.
    pub end: Option<Decimal>,
    /// What is counted.
    pub unit: Str,
    /// US dollars a unit.
    pub price: Decimal,
    /// Who says so.
    pub source: Str,
    /// When: `2025-12-03`.
    pub date: Str,
}

/// What is wrong with a list of prices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The header names other columns.
    #[error("the header must name the columns {columns}; {what}", columns = COLUMNS.join(", "))]
    Columns {
        /// What is wrong with it.
        what: String,
    },
    /// A line that is no row.
    #[error("line {line}: {what}")]
    Line {
        /// 1-based line.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The same step twice.
    #[error("{}`{key}` is given twice{}", line_of(*line), also(*first))]
    Duplicate {
        /// 1-based line of the second; 0 where there are no lines.
        line: usize,
        /// That of the first.
        first: usize,
        /// Service, region and usage type.
        key: String,
    },
    /// Steps that leave a hole or overlap.
    #[error("{}the steps of `{key}` do not join: one ends at {end}, the next starts at {start}", line_of(*line))]
    Gap {
        /// 1-based line of the upper step; 0 where there are no lines.
        line: usize,
        /// Service, region and usage type.
        key: String,
        /// End of the lower step.
        end: String,
        /// Start of the upper step.
        start: String,
    },
    /// The steps of one key count in different units.
    #[error("{}`{key}` is counted both in `{one}` and in `{other}`", line_of(*line))]
    Units {
        /// 1-based line of the other; 0 where there are no lines.
        line: usize,
        /// Service, region and usage type.
        key: String,
        /// One unit.
        one: Str,
        /// The other.
        other: Str,
    },
    /// More distinct values than the format can number.
    #[error("too many different values of `{0}` for the format")]
    TooMany(&'static str),
    /// Bytes that are no book.
    #[error("not a price book: {0}")]
    Format(&'static str),
}

fn line_of(line: usize) -> String {
    if line == 0 { String::new() } else { format!("line {line}: ") }
}

fn also(first: usize) -> String {
    if first == 0 { String::new() } else { format!(", first in line {first}") }
}

impl Row {
    /// Service, region and usage type, for people.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.service, self.region, self.usage)
    }

    fn same_key(&self, other: &Self) -> bool {
        self.usage == other.usage && self.region == other.region && self.service == other.service
    }
}

/// Reads rows. Fields may be quoted as in RFC 4180; empty lines are skipped.
pub fn read_csv(text: &str) -> Result<Vec<Row>, Broken> {
    Ok(read_numbered(text)?.into_iter().map(|(_, row)| row).collect())
}

/// The same, each with its 1-based line.
pub(super) fn read_numbered(text: &str) -> Result<Vec<(usize, Row)>, Broken> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let header = lines.next().map(|(_, line)| fields(line)).unwrap_or_default();
    if let Some(other) = header.iter().find(|name| !COLUMNS.contains(&name.as_str())) {
        return Err(Broken::Columns { what: format!("`{other}` is none of them") });
    }
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let mut found = header.iter().enumerate().filter(|(_, name)| *name == column);
        match (found.next(), found.next()) {
            (Some((at, _)), None) => *place = at,
            (None, _) => return Err(Broken::Columns { what: format!("`{column}` is missing") }),
            (Some(_), Some(_)) => {
                return Err(Broken::Columns { what: format!("`{column}` is there twice") });
            }
        }
    }
    lines
        .map(|(line, text)| {
            let cells = fields(text);
            if cells.len() != header.len() {
                let what = format!("{} fields, but the header has {}", cells.len(), header.len());
                return Err(Broken::Line { line, what });
            }
            let row = row(&cells, &places).map_err(|what| Broken::Line { line, what })?;
            Ok((line, row))
        })
        .collect()
}

fn row(cells: &[String], places: &[usize; COLUMNS.len()]) -> Result<Row, String> {
    let [service, region, usage, unit, start, end, price, source, date] =
        places.map(|at| cells.get(at).map(|cell| cell.trim()).unwrap_or_default());
    for (name, cell) in [("service", service), ("region", region), ("usage_type_or_key", usage)] {
        if cell.is_empty() {
            return Err(format!("`{name}` is empty"));
        }
    }
    let date_like = date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !date_like {
        return Err(format!("`source_date` is `{date}`, not a day such as `2025-12-03`"));
    }
    let start = number("tier_start", start)?;
    let end = match end {
        "Inf" => None,
        end => Some(number("tier_end", end)?),
    };
    if end.is_some_and(|end| end <= start) {
        return Err(format!("the step ends at or before its start {start}"));
    }
    Ok(Row {
        service: service.into(),
        region: region.into(),
        usage: usage.into(),
        start,
        end,
        unit: unit.into(),
        price: number("price_usd", price)?,
        source: source.into(),
        date: date.into(),
    })
}

fn number(name: &str, text: &str) -> Result<Decimal, String> {
    match Decimal::from_str_exact(text) {
        Ok(number) if !number.is_sign_negative() => Ok(number.normalize()),
        _ => Err(format!("`{name}` is `{text}`, not a number of at least 0")),
    }
}

/// The fields of one line.
pub(crate) fn fields(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(field) = all.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            c => field.push(c),
        }
    }
    all
}

/// Sorts rows and proves that each key has one unit and steps that neither repeat, overlap nor leave a hole.
pub(super) fn sorted(rows: Vec<Row>) -> Result<Vec<Row>, Broken> {
    sorted_numbered(rows.into_iter().map(|row| (0, row)).collect())
}

/// The same of rows with their lines.
pub(super) fn sorted_numbered(mut rows: Vec<(usize, Row)>) -> Result<Vec<Row>, Broken> {
    rows.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
    for pair in rows.windows(2) {
        let [(first, a), (line, b)] = pair else { continue };
        let (first, line) = (*first, *line);
        if !a.same_key(b) {
            continue;
        }
        if a.start == b.start {
            return Err(Broken::Duplicate {
                line: first.max(line),
                first: first.min(line),
                key: a.key(),
            });
        }
        if a.end != Some(b.start) {
            let end = a.end.map_or_else(|| "Inf".into(), |end| end.to_string());
            return Err(Broken::Gap { line, key: a.key(), end, start: b.start.to_string() });
        }
        if a.unit != b.unit {
            let (one, other) = (a.unit.clone(), b.unit.clone());
            return Err(Broken::Units { line, key: a.key(), one, other });
        }
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

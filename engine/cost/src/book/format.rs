//! The committed file: tables of words, then one packed chunk for each service and region.
//!
//! ```text
//! "banana prices 1\n"
//! u32 LE   length of the packed tables
//! tables   zstd of text: `services N`, N lines, and so on for regions, keys, units, spans, prices, sources, dates; then
//!          `chunks N` and N lines `service region rows bytes`
//! chunks   each zstd of seven columns, in the order of the list; a column holds the rows' table numbers, little endian:
//!          key u16, span u16, unit u16, price u16, source u16, date u16
//! ```
//!
//! Rows are sorted by service, region, key and step, so that a look-up halves its way to a chunk and then to a row, and
//! unpacks nothing but the tables (once) and that chunk. Words are sorted too: the same rows give the same bytes.

use super::row::{Broken, Row, sorted};
use rust_decimal::Decimal;
use stack::Str;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

const MAGIC: &[u8] = b"banana prices 1\n";
const LEVEL: i32 = 19;
/// Key, span, unit, price, source, date.
const WIDTH: usize = 6;

/// The tables of a book, and where its chunks are.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) services: Vec<Str>,
    pub(super) regions: Vec<Str>,
    pub(super) keys: Vec<Str>,
    units: Vec<Str>,
    spans: Vec<(Decimal, Option<Decimal>)>,
    prices: Vec<Decimal>,
    sources: Vec<Str>,
    dates: Vec<Str>,
    pub(super) chunks: Vec<Chunk>,
}

/// The largest chunk, in bytes: many times that of any service in any region.
const LARGEST: usize = 16 << 20;

/// Where the rows of one service in one region are.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) service: usize,
    pub(super) region: usize,
    rows: usize,
    bytes: Range<usize>,
    unpacked: OnceLock<Option<Columns>>,
}

/// A chunk's columns, unpacked.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    rows: usize,
    bytes: Vec<u8>,
}

/// Packs rows. Refuses repeated steps, holes between steps and two units for one key.
pub fn encode(rows: Vec<Row>) -> Result<Vec<u8>, Broken> {
    let rows = sorted(rows)?;
    let words = |what, of: fn(&Row) -> String| Words::new(what, rows.iter().map(of));
    let services = words("service", |r| r.service.to_string())?;
    let regions = words("region", |r| r.region.to_string())?;
    let keys = words("usage_type_or_key", |r| r.usage.to_string())?;
    let units = words("unit", |r| r.unit.to_string())?;
    let spans = words("tier", span)?;
    let prices = words("price_usd", |r| r.price.to_string())?;
    let sources = words("source", |r| r.source.to_string())?;
    let dates = words("source_date", |r| r.date.to_string())?;

    let mut tables = String::new();
    for (name, words) in [
        ("services", &services),
        ("regions", &regions),
        ("keys", &keys),
        ("units", &units),
        ("spans", &spans),
        ("prices", &prices),
        ("sources", &sources),
        ("dates", &dates),
    ] {
        section(&mut tables, name, words.0.iter().map(String::as_str));
    }

    let (mut lines, mut packed) = (Vec::new(), Vec::new());
    for rows in rows.chunk_by(|a, b| a.service == b.service && a.region == b.region) {
        let Some(first) = rows.first() else { continue };
        let mut columns = Vec::with_capacity(rows.len() * WIDTH * 2);
        let mut column = |words: &Words, of: fn(&Row) -> String| {
            columns.extend(rows.iter().flat_map(|row| words.number(&of(row)).to_le_bytes()));
        };
        column(&keys, |r| r.usage.to_string());
        column(&spans, span);
        column(&units, |r| r.unit.to_string());
        column(&prices, |r| r.price.to_string());
        column(&sources, |r| r.source.to_string());
        column(&dates, |r| r.date.to_string());
        let chunk = pack(&columns)?;
        let (service, region) = (services.number(&first.service), regions.number(&first.region));
        lines.push(format!("{service} {region} {} {}", rows.len(), chunk.len()));
        packed.extend(chunk);
    }
    section(&mut tables, "chunks", lines.iter().map(String::as_str));

    let tables = pack(tables.as_bytes())?;
    let length = u32::try_from(tables.len()).map_err(|_| Broken::TooMany("every column"))?;
    let mut file = MAGIC.to_vec();
    file.extend(length.to_le_bytes());
    file.extend(tables);
    file.extend(packed);
    Ok(file)
}

fn span(row: &Row) -> String {
    let end = row.end.map_or_else(|| "Inf".into(), |end| end.to_string());
    format!("{} {end}", row.start)
}

fn section<'a>(tables: &mut String, name: &str, lines: impl ExactSizeIterator<Item = &'a str>) {
    let count = lines.len().to_string();
    for part in [name, " ", &count, "\n"] {
        tables.push_str(part);
    }
    for line in lines {
        tables.push_str(line);
        tables.push('\n');
    }
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|_| Broken::Format("zstd cannot pack it"))
}

/// The distinct words of a column, sorted, numbered by their place.
struct Words(Vec<String>);

impl Words {
    fn new(what: &'static str, words: impl Iterator<Item = String>) -> Result<Self, Broken> {
        let words: BTreeSet<String> = words.collect();
        let fits = u16::try_from(words.len()).is_ok() && words.iter().all(|w| !w.contains('\n'));
        fits.then(|| Self(words.into_iter().collect())).ok_or(Broken::TooMany(what))
    }

    /// Every word of a column is in its table, so that the search always finds it.
    fn number(&self, word: &str) -> u16 {
        let at = self.0.partition_point(|have| have.as_str() < word);
        u16::try_from(at).unwrap_or(u16::MAX)
    }
}

impl Tables {
    /// Reads the head of a book.
    pub(super) fn read(file: &[u8]) -> Result<Self, Broken> {
        let rest = file.strip_prefix(MAGIC).ok_or(Broken::Format("its first line is another"))?;
        let (length, rest) = rest.split_first_chunk().ok_or(Broken::Format("it is cut off"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let packed = rest.get(..length).ok_or(Broken::Format("it is cut off"))?;
        let text = zstd::decode_all(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or(Broken::Format("its tables cannot be unpacked"))?;
        let start = MAGIC.len() + size_of::<u32>() + length;
        let tables = Self::parse(&text, start).ok_or(Broken::Format("its tables make no sense"))?;
        let end = tables.chunks.last().map_or(start, |chunk| chunk.bytes.end);
        (end == file.len()).then_some(tables).ok_or(Broken::Format("it is cut off"))
    }

    fn parse(text: &str, start: usize) -> Option<Self> {
        let mut lines = text.lines();
        let mut section = |name: &str| -> Option<Vec<&str>> {
            let (found, count) = lines.next()?.split_once(' ')?;
            let count: usize = count.parse().ok()?;
            let words: Vec<&str> = lines.by_ref().take(count).collect();
            (found == name && words.len() == count).then_some(words)
        };
        let strings = |words: Vec<&str>| words.into_iter().map(Str::from).collect();
        Some(Self {
            services: strings(section("services")?),
            regions: strings(section("regions")?),
            keys: strings(section("keys")?),
            units: strings(section("units")?),
            spans: section("spans")?.into_iter().map(read_span).collect::<Option<_>>()?,
            prices: section("prices")?
                .into_iter()
                .map(|p| p.parse().ok())
                .collect::<Option<_>>()?,
            sources: strings(section("sources")?),
            dates: strings(section("dates")?),
            chunks: read_chunks(&section("chunks")?, start)?,
        })
    }

    /// A row of a chunk.
    pub(super) fn row(&self, chunk: &Chunk, columns: &Columns, row: usize) -> Option<Row> {
        let (start, end) = *self.spans.get(columns.cell(1, row)?)?;
        Some(Row {
            service: self.services.get(chunk.service)?.clone(),
            region: self.regions.get(chunk.region)?.clone(),
            usage: self.keys.get(columns.cell(0, row)?)?.clone(),
            start,
            end,
            unit: self.units.get(columns.cell(2, row)?)?.clone(),
            price: *self.prices.get(columns.cell(3, row)?)?,
            source: self.sources.get(columns.cell(4, row)?)?.clone(),
            date: self.dates.get(columns.cell(5, row)?)?.clone(),
        })
    }
}

impl Chunk {
    /// Its columns, unpacked once from the file that it was read from.
    pub(super) fn columns(&self, file: &[u8]) -> Option<&Columns> {
        let unpack = || {
            let size = self.rows.checked_mul(WIDTH * 2).filter(|size| *size <= LARGEST)?;
            let bytes = zstd::bulk::decompress(file.get(self.bytes.clone())?, size).ok()?;
            (bytes.len() == size).then_some(Columns { rows: self.rows, bytes })
        };
        self.unpacked.get_or_init(unpack).as_ref()
    }
}

impl Columns {
    fn cell(&self, column: usize, row: usize) -> Option<usize> {
        let at = (column * self.rows + row) * 2;
        let bytes = self.bytes.get(at..at + 2)?;
        Some(usize::from(u16::from_le_bytes(bytes.try_into().ok()?)))
    }

    /// The rows of a key.
    pub(super) fn find(&self, key: usize) -> Range<usize> {
        let cut = |past: fn(usize, usize) -> bool| {
            let (mut low, mut high) = (0, self.rows);
            while low < high {
                let middle = usize::midpoint(low, high);
                if self.cell(0, middle).is_some_and(|found| past(found, key)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            low
        };
        cut(|found, key| found >= key)..cut(|found, key| found > key)
    }

    /// The distinct keys, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = usize> {
        let mut keys: Vec<usize> = (0..self.rows).filter_map(|row| self.cell(0, row)).collect();
        keys.dedup();
        keys.into_iter()
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows
    }
}

fn read_span(text: &str) -> Option<(Decimal, Option<Decimal>)> {
    let (start, end) = text.split_once(' ')?;
    let end = match end {
        "Inf" => None,
        end => Some(end.parse().ok()?),
    };
    Some((start.parse().ok()?, end))
}

fn read_chunks(lines: &[&str], mut start: usize) -> Option<Vec<Chunk>> {
    let chunk = |line: &&str| {
        let mut numbers = line.split(' ').map(str::parse);
        let mut number = || numbers.next()?.ok();
        let (service, region, rows, bytes): (usize, usize, usize, usize) =
            (number()?, number()?, number()?, number()?);
        let bytes = start..start.checked_add(bytes)?;
        start = bytes.end;
        Some(Chunk { service, region, rows, bytes, unpacked: OnceLock::new() })
    };
    lines.iter().map(chunk).collect()
}

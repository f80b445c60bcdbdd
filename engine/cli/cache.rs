//! Prices that `banana prices update` keeps: a CSV of the book's columns for each region, service and day, in the user's cache folder.

use crate::{Disk, Failure, Machine, file};
use cost::book::{Book, Overlay, Row};
use cost::list::csv;
use stack::Host;
use std::path::{Path, PathBuf};

/// How many days prices are kept.
const KEPT: i32 = 30;

/// The folder.
pub(crate) fn folder(machine: &Machine<'_>) -> Option<PathBuf> {
    let home = || Some(PathBuf::from(machine.var("HOME")?).join(".cache"));
    let base = machine.var("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)?;
    Some(base.join("banana").join("prices"))
}

/// A file of it: `eu-west-3.AmazonECS.2026-11-23.csv`.
struct Entry {
    place: String,
    day: jiff::civil::Date,
    path: PathBuf,
}

fn entries(folder: &Path, disk: &Disk) -> Vec<Entry> {
    let names = disk.list(folder).unwrap_or_default();
    let entry = |(name, is_folder): (String, bool)| {
        let (place, day) = name.strip_suffix(".csv")?.rsplit_once('.')?;
        let day = day.parse().ok().filter(|_| !is_folder)?;
        Some(Entry { place: place.to_owned(), day, path: folder.join(&name) })
    };
    names.into_iter().filter_map(entry).collect()
}

/// The embedded book under what was read lately, and a line on what is too old to count.
pub(crate) fn prices(
    machine: &Machine<'_>,
) -> Result<(Overlay<&'static Book>, Vec<String>), Failure> {
    let disk = machine.disk();
    let all = folder(machine).map(|folder| entries(&folder, &disk)).unwrap_or_default();
    let today: Option<jiff::civil::Date> = machine.today.as_ref().and_then(|day| day.parse().ok());
    let (mut text, mut old) = (String::new(), Vec::new());
    for Entry { place, day, path } in all {
        let age = today.and_then(|today| Some(today.since(day).ok()?.get_days()));
        if !age.is_some_and(|age| (0..=KEPT).contains(&age)) {
            old.push(format!("{place} of {day}"));
            continue;
        }
        let read = disk.read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let broken = |why: String| {
            Failure::user(format!("`{}`: {why}", path.display()))
                .help("delete the file, or run `banana prices update` again")
        };
        let read = read.ok_or_else(|| broken("it cannot be read".into()))?;
        Overlay::read(&read, Book::embedded()).map_err(|error| broken(error.to_string()))?;
        let rows = if text.is_empty() {
            read.as_str()
        } else {
            read.split_once('\n').map_or("", |(_, rows)| rows)
        };
        text += rows;
    }
    if text.is_empty() {
        text = csv(&[]);
    }
    let laid = Overlay::read(&text, Book::embedded());
    let laid = laid.map_err(|error| {
        Failure::user(format!("the cached prices contradict each other: {error}"))
            .help("delete the folder banana/prices in your cache folder")
    })?;
    let notes = if old.is_empty() {
        Vec::new()
    } else {
        vec![format!(
            "cached prices older than {KEPT} days are left out: {}; `banana prices update` brings new ones",
            old.join(", ")
        )]
    };
    Ok((laid, notes))
}

/// Keeps rows of a service in a region, instead of those that were kept before.
pub(crate) fn keep(
    (service, region): (&str, &str),
    rows: &[Row],
    machine: &Machine<'_>,
) -> Result<PathBuf, Failure> {
    let no_folder =
        || Failure::user("there is no place to keep prices in").help("set HOME or XDG_CACHE_HOME");
    let folder = folder(machine).ok_or_else(no_folder)?;
    let today =
        machine.today.as_deref().ok_or_else(|| Failure::user("today's date is not known"))?;
    std::fs::create_dir_all(&folder)
        .map_err(|e| Failure::user(format!("cannot make `{}`: {e}", folder.display())))?;
    let place = format!("{region}.{service}");
    let path = folder.join(format!("{place}.{today}.csv"));
    file::replace(&path, csv(rows).as_bytes(), false)?;
    for old in entries(&folder, &machine.disk()) {
        if old.place == place && old.path != path {
            drop(std::fs::remove_file(&old.path));
        }
    }
    Ok(path)
}

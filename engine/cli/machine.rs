//! The machine banana runs on: streams, environment, terminal, disk. Only this room knows it; tests bring their own.

use report::Style;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

/// Streams and surroundings of one run.
pub struct Machine<'a> {
    /// The product.
    pub out: &'a mut dyn Write,
    /// Progress, problems, prompts.
    pub err: &'a mut dyn Write,
    /// Answers to prompts, or a piped stack.
    pub input: &'a mut dyn BufRead,
    /// Environment variables.
    pub env: BTreeMap<String, String>,
    /// Where relative paths start.
    pub folder: PathBuf,
    /// How standard output may look.
    pub style: Style,
    /// A person sits at the terminal and can be asked.
    pub interactive: bool,
    /// Today in UTC, as `2026-01-31`: suppressions end by it.
    pub today: Option<String>,
}

impl Machine<'_> {
    /// An environment variable, unless empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.env.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The disk below this machine's folder.
    pub fn disk(&self) -> Disk {
        Disk { folder: self.folder.clone(), home: self.var("HOME").map(PathBuf::from) }
    }
}

/// What a machine is without its streams: work that goes on beside other work has streams of its own.
#[derive(Clone, Debug)]
pub(crate) struct Surroundings {
    env: BTreeMap<String, String>,
    folder: PathBuf,
    style: Style,
    today: Option<String>,
}

impl Surroundings {
    pub(crate) fn of(machine: &Machine<'_>) -> Self {
        let Machine { env, folder, style, today, .. } = machine;
        Self { env: env.clone(), folder: folder.clone(), style: *style, today: today.clone() }
    }

    /// Does work that nobody is asked about and that prints nothing, and gives back what it tells too.
    pub(crate) fn aside<T>(&self, work: impl FnOnce(&mut Machine<'_>) -> T) -> (T, Vec<u8>) {
        let Self { env, folder, style, today } = self.clone();
        let mut told = Vec::new();
        let (out, input) = (&mut io::sink(), &mut io::empty());
        let mut machine =
            Machine { out, err: &mut told, input, env, folder, style, interactive: false, today };
        let done = work(&mut machine);
        (done, told)
    }
}

impl fmt::Debug for Machine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine")
            .field("folder", &self.folder)
            .field("style", &self.style)
            .finish_non_exhaustive()
    }
}

/// The disk, with relative paths starting at a folder.
#[derive(Clone, Debug)]
pub struct Disk {
    folder: PathBuf,
    home: Option<PathBuf>,
}

impl Disk {
    /// The path with the folder in front, if it is relative.
    pub fn full(&self, path: &Path) -> PathBuf {
        if path.as_os_str().is_empty() || path == Path::new(".") {
            self.folder.clone()
        } else {
            self.folder.join(path)
        }
    }
}

/// The largest file that is read, in bytes. A device such as `/dev/zero` has no end.
const LARGEST: u64 = 256 << 20;

impl stack::Host for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = std::fs::File::open(self.full(path))?;
        let expected = file.metadata().map_or(0, |about| about.len().min(LARGEST));
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0) + 1);
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(self.full(folder))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = entry.file_type()?;
            let is_folder = kind.is_dir() || kind.is_symlink() && entry.path().is_dir();
            names.push((name, is_folder));
        }
        names.sort();
        Ok(names)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.full(path).canonicalize()
    }

    fn home(&self) -> Option<PathBuf> {
        self.home.clone()
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok(self.folder.clone())
    }
}

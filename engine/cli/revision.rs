//! The files of a git revision, as a disk: what the stack was like then.
//!
//! Files that git knows are the revision's. What git ignores is not part of any revision and is taken from the working tree: installed
//! modules under `.terraform`, secret variable files. So is a variable file of the command line that the revision does not have.

use crate::{Disk, Failure};
use stack::Host;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// How many symbolic links are followed.
const MOST_LINKS: usize = 16;

/// A revision.
pub(crate) struct Revision {
    disk: Disk,
    /// Where banana was started.
    folder: PathBuf,
    /// Where the repository is checked out.
    root: PathBuf,
    /// Files by their path from the root.
    files: BTreeMap<PathBuf, File>,
    /// Names in each folder, and whether each is a folder itself.
    folders: BTreeMap<PathBuf, BTreeMap<String, bool>>,
    /// Paths that the working tree has and no revision does.
    ignored: BTreeSet<PathBuf>,
    /// Files that are read wherever they are.
    given: BTreeSet<PathBuf>,
    objects: Mutex<Objects>,
}

struct File {
    object: String,
    link: bool,
}

/// Where a path leads.
enum Place {
    /// From the root on.
    Revision(PathBuf),
    Disk,
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revision").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Revision {
    /// Opens a revision of the repository around a folder, which an option names. `current` is where banana was started.
    pub(crate) fn open(
        (option, name): (&'static str, &str),
        around: &Path,
        current: &Path,
        disk: Disk,
        given: impl IntoIterator<Item = PathBuf>,
    ) -> Result<Self, Failure> {
        let git = |folder: &Path, arguments: &[&str]| git(option, folder, arguments);
        let root = git(around, &["rev-parse", "--show-toplevel"])?.map_err(|why| {
            if !why.contains("not a git repository") {
                return Failure::user(format!("`{option} {name}`: git says: {why}"));
            }
            let text = format!("`{option} {name}`: `{}` is in no git repository", around.display());
            Failure::user(text)
                .help(format!("run banana where the stack is checked out, or leave {option} out"))
        })?;
        let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches(['\n', '\r']));
        let commit = format!("{name}^{{commit}}");
        // What starts with a dash would be an option of git's.
        let commit = match git(&root, &["rev-parse", "--verify", "--quiet", &commit])? {
            Ok(commit) if !name.starts_with('-') => {
                String::from_utf8_lossy(&commit).trim().to_owned()
            }
            _ => {
                let text = format!("`{option} {name}`: git knows no revision `{name}`");
                return Err(Failure::user(text)
                    .help("name a branch, a tag or a commit; in CI, fetch it first: `git fetch origin main`"));
            }
        };
        let broken = |why: String| Failure::user(format!("`{option} {name}`: git says: {why}"));
        let tree = git(&root, &["ls-tree", "-r", "-z", "--full-tree", &commit])?.map_err(broken)?;
        let others =
            ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"];
        let ignored = git(&root, &others)?.map_err(broken)?;
        let mut revision = Self {
            disk,
            folder: current.canonicalize().unwrap_or_else(|_| current.to_owned()),
            files: BTreeMap::new(),
            folders: BTreeMap::from([(PathBuf::new(), BTreeMap::new())]),
            ignored: records(&ignored).map(|path| path.trim_end_matches('/').into()).collect(),
            given: BTreeSet::new(),
            objects: Mutex::new(Objects::open(option, &root)?),
            root,
        };
        revision.given = given.into_iter().map(|path| revision.full(&path)).collect();
        for record in records(&tree) {
            revision.add(&record);
        }
        Ok(revision)
    }

    /// A record of `git ls-tree`: mode, type, object, tab, path.
    fn add(&mut self, record: &str) {
        let Some((head, path)) = record.split_once('\t') else { return };
        let mut head = head.split(' ');
        let (Some(mode), Some(kind), Some(object)) = (head.next(), head.next(), head.next()) else {
            return;
        };
        let path = PathBuf::from(path);
        if kind == "commit" {
            // A submodule: its files are another repository's.
            self.ignored.insert(path);
            return;
        }
        let mut inside = path.as_path();
        let mut is_folder = false;
        while let (Some(parent), Some(name)) = (inside.parent(), inside.file_name()) {
            let names = self.folders.entry(parent.to_owned()).or_default();
            let known = names.insert(name.to_string_lossy().into_owned(), is_folder).is_some();
            if known {
                break;
            }
            (inside, is_folder) = (parent, true);
        }
        self.files.insert(path, File { object: object.to_owned(), link: mode == "120000" });
    }

    /// True when no revision has a path, since git ignores it.
    pub(crate) fn ignores(&self, path: &Path) -> bool {
        matches!(self.place(path), Place::Disk)
    }

    fn full(&self, path: &Path) -> PathBuf {
        clean(&self.folder.join(path))
    }

    fn place(&self, path: &Path) -> Place {
        let full = self.full(path);
        let inside = full.strip_prefix(&self.root).map(Path::to_owned).or_else(|_| {
            let canonical = self.disk.canonical(path).unwrap_or_default();
            canonical.strip_prefix(&self.root).map(Path::to_owned)
        });
        let Ok(inside) = inside else { return Place::Disk };
        let installed = inside.iter().any(|part| part == ".terraform");
        if installed || inside.ancestors().any(|above| self.ignored.contains(above)) {
            return Place::Disk;
        }
        let inside = self.follow(inside);
        let there = self.files.contains_key(&inside) || self.folders.contains_key(&inside);
        if !there && self.given.contains(&full) { Place::Disk } else { Place::Revision(inside) }
    }

    /// The path without the symbolic links that the revision has on its way.
    fn follow(&self, path: PathBuf) -> PathBuf {
        let mut path = path;
        for _ in 0..MOST_LINKS {
            let mut on_the_way: Vec<&Path> = path.ancestors().collect();
            on_the_way.reverse();
            let link = on_the_way.into_iter().find_map(|above| {
                let file = self.files.get(above).filter(|file| file.link)?;
                let target = self.object(&file.object).ok()?;
                let target = PathBuf::from(String::from_utf8(target).ok()?);
                let rest = path.strip_prefix(above).ok()?;
                Some(clean(&above.parent()?.join(target).join(rest)))
            });
            match link {
                Some(next) => path = next,
                None => return path,
            }
        }
        path
    }

    fn object(&self, name: &str) -> io::Result<Vec<u8>> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).read(name)
    }
}

impl Host for Revision {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.place(path) {
            Place::Disk => self.disk.read(path),
            Place::Revision(inside) => {
                let file = self.files.get(&inside).ok_or(io::ErrorKind::NotFound)?;
                self.object(&file.object)
            }
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        let Place::Revision(inside) = self.place(folder) else { return self.disk.list(folder) };
        let mut names = self.folders.get(&inside).cloned().unwrap_or_default();
        let beside = self.ignored.iter().filter(|path| path.parent() == Some(&inside));
        for (path, name) in beside.filter_map(|path| Some((path, path.file_name()?))) {
            let is_folder = self.root.join(path).is_dir();
            names.entry(name.to_string_lossy().into_owned()).or_insert(is_folder);
        }
        if names.is_empty() && !self.folders.contains_key(&inside) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(names.into_iter().collect())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let Place::Revision(inside) = self.place(path) else { return self.disk.canonical(path) };
        let there = self.files.contains_key(&inside) || self.folders.contains_key(&inside);
        if there { Ok(self.root.join(inside)) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn home(&self) -> Option<PathBuf> {
        self.disk.home()
    }

    fn current(&self) -> io::Result<PathBuf> {
        self.disk.current()
    }
}

/// Without `.` and `..`.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean
}

/// The parts of an output that `-z` ends with zeroes.
fn records(output: &[u8]) -> impl Iterator<Item = String> {
    let parts = output.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    parts.map(|part| String::from_utf8_lossy(part).into_owned())
}

fn no_git(option: &str, error: &io::Error) -> Failure {
    let text = format!("`{option}` needs the program `git`, which cannot be started: {error}");
    Failure::user(text).help(format!("install git, or {}", instead(option)))
}

/// What serves where there is no revision.
pub(crate) fn instead(option: &str) -> &'static str {
    match option {
        "--diff" => "name a file instead: an earlier `banana cost --format json`",
        _ => "use a baseline instead: `banana baseline`",
    }
}

/// Git in a folder. A hook's variables name the repository from another folder, and perhaps half a commit.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).env("LC_ALL", "C");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
}

/// What git prints; or else what it complains of.
fn git(
    option: &str,
    folder: &Path,
    arguments: &[&str],
) -> Result<Result<Vec<u8>, String>, Failure> {
    let output = command(folder).args(arguments).output();
    let output = output.map_err(|error| no_git(option, &error))?;
    let complaint = || String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Ok(if output.status.success() { Ok(output.stdout) } else { Err(complaint()) })
}

/// A `git cat-file --batch` that is asked for one object after the other.
struct Objects {
    child: Child,
    /// Closed first when it ends.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Objects {
    fn open(option: &str, root: &Path) -> Result<Self, Failure> {
        let mut command = command(root);
        command.args(["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| no_git(option, &error))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.ok_or_else(|| no_git(option, &io::ErrorKind::BrokenPipe.into()))?;
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(input, "{name}")?;
        input.flush()?;
        let mut head = String::new();
        self.output.read_line(&mut head)?;
        // Name, type and size; or the name and `missing`.
        let size = head.split_whitespace().nth(2).and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("git has no object `{name}`")))?;
        let mut bytes = Vec::new();
        self.output.by_ref().take(size).read_to_end(&mut bytes)?;
        let mut end = [0];
        self.output.read_exact(&mut end)?;
        Ok(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.input = None;
        // It ends by itself when nothing more can be asked.
        drop(self.child.wait());
    }
}

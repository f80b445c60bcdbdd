//! From text to resolved stack, and from stack to findings and a bill: the whole pre-flight, stage by stage.
//!
//! `BANANA_BENCH_STACK` names another folder to measure beside the reference stack.

use criterion::{Criterion, criterion_group, criterion_main};
use stack::{Empty, Host, Options, Program};
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

/// The disk as it is.
struct Disk;

impl Host for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        let mut names: Vec<_> = entries
            .iter()
            .map(|e| (e.file_name().to_string_lossy().into_owned(), e.path().is_dir()))
            .collect();
        names.sort();
        Ok(names)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        std::env::current_dir()
    }
}

fn stages(c: &mut Criterion) {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stack.hcl");
    let other = std::env::var_os("BANANA_BENCH_STACK").map(PathBuf::from);
    for (name, path) in [("reference", Some(reference)), ("other", other)] {
        let Some(path) = path else { continue };
        let options = Options { path, ..Options::default() };
        let program = Program::load(&options, &Disk);
        let stack = program.resolve(&Empty);
        let mut group = c.benchmark_group(name);
        group.bench_function("load", |b| b.iter(|| Program::load(black_box(&options), &Disk)));
        group.bench_function("resolve", |b| b.iter(|| black_box(&program).resolve(&Empty)));
        let check = check::Options::default();
        group.bench_function("check", |b| {
            b.iter(|| check::run(black_box(&stack), rules::ALL, &check));
        });
        let (book, cost) = (cost::book::Book::embedded(), cost::Options::default());
        group.bench_function("cost", |b| {
            b.iter(|| cost::estimate(&model::Model::new(black_box(&stack)), book, &cost));
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);

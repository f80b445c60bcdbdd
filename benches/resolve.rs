//! From text to resolved stack, and from stack to findings and a bill: the whole pre-flight, stage by stage.
//!
//! `BANANA_BENCH_STACK` names another folder to measure beside the reference stack. The reference stack as a module that is called 10, 40
//! and 160 times shows that the work grows with the number of instances and no faster.

use criterion::Throughput;
use criterion::{Criterion, criterion_group, criterion_main};
use stack::{Empty, Host, Options, Program};
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

#[path = "../tests/disk/mod.rs"]
mod disk;

use disk::Disk;

fn stages(c: &mut Criterion) {
    let other = std::env::var_os("BANANA_BENCH_STACK").map(PathBuf::from);
    for (name, path) in [("reference", Some(reference())), ("other", other)] {
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

/// A root module that calls the reference stack many times over.
struct Calls {
    root: String,
}

impl Host for Calls {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match path.to_str() {
            Some("main.tf") => Ok(self.root.clone().into_bytes()),
            Some("front/main.tf") => Disk.read(&reference()),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        match folder.to_str() {
            Some("." | "" | "front") => Ok(vec![("main.tf".to_owned(), false)]),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok(PathBuf::new())
    }
}

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../stack.hcl")
}

fn sizes(c: &mut Criterion) {
    let mut group = c.benchmark_group("sizes");
    group.sample_size(10);
    for calls in [10, 40, 160] {
        let arn = "arn:aws:acm:eu-west-3:123456789012:certificate/a";
        let root = format!(
            "module \"front\" {{\n  source          = \"./front\"\n  count           = {calls}\n  certificate_arn = \"{arn}\"\n}}\n"
        );
        let host = Calls { root };
        let options = Options { path: PathBuf::from("."), ..Options::default() };
        let instances = Program::load(&options, &host).resolve(&Empty).resources.len();
        group.throughput(Throughput::Elements(instances as u64));
        let check = check::Options::default();
        group.bench_function(format!("check of {instances} instances"), |b| {
            b.iter(|| {
                let stack = Program::load(&options, &host).resolve(&Empty);
                check::run(black_box(&stack), rules::ALL, &check)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages, sizes);
criterion_main!(benches);

//! From text to resolved stack, and from stack to findings and a bill: the whole pre-flight, stage by stage.
//!
//! `BANANA_BENCH_STACK` names another folder to measure beside the reference stack.

use criterion::{Criterion, criterion_group, criterion_main};
use stack::{Empty, Options, Program};
use std::hint::black_box;
use std::path::{Path, PathBuf};

#[path = "../tests/disk/mod.rs"]
mod disk;

use disk::Disk;

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

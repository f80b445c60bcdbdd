//! The parser beside hcl-edit, on the same texts in one run, one core.
//!
//! `BANANA_BENCH_CORPUS` names a folder whose Terraform files are parsed; without it the repository's own are.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::FileId;

/// The texts of all files in native syntax below a folder, in the order of their names. Links are not followed.
fn texts(folder: &Path, found: &mut Vec<Arc<str>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths.iter().filter(|path| !path.is_symlink()) {
        let is_native = path.extension().is_some_and(|e| ["tf", "tfvars"].iter().any(|n| e == *n));
        if path.is_dir() {
            texts(path, found);
        } else if let (true, Ok(text)) = (is_native, std::fs::read_to_string(path)) {
            found.push(text.into());
        }
    }
}

/// An object of so many keys: what is quadratic shows here.
fn object(keys: usize) -> Arc<str> {
    let lines: Vec<String> = (0..keys).map(|key| format!("  key_{key} = {key}")).collect();
    format!("a = {{\n{}\n}}\n", lines.join("\n")).into()
}

fn parsers(c: &mut Criterion) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let folder = std::env::var_os("BANANA_BENCH_CORPUS").map_or(own, PathBuf::from);
    let mut corpus = Vec::new();
    texts(&folder, &mut corpus);
    // What either refuses would flatter it: a parser that gives up is quick.
    corpus.retain(|text| {
        hcl_edit::parser::parse_body(text).is_ok() && syntax::parse(FileId(0), text).1.is_empty()
    });
    let bytes: usize = corpus.iter().map(|text| text.len()).sum();
    let mut group = c.benchmark_group("parse");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("banana", |b| {
        b.iter(|| {
            for text in &corpus {
                black_box(syntax::parse(FileId(0), black_box(text)));
            }
        });
    });
    group.bench_function("hcl-edit", |b| {
        b.iter(|| {
            for text in &corpus {
                black_box(hcl_edit::parser::parse_body(black_box(text)).ok());
            }
        });
    });
    for keys in [10_000, 100_000] {
        let text = object(keys);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("banana, an object of {keys} keys"), |b| {
            b.iter(|| syntax::parse(FileId(0), black_box(&text)));
        });
    }
    group.finish();
}

criterion_group!(benches, parsers);
criterion_main!(benches);

//! Speed in words per second, with and without reasons, beside a plain `split_whitespace` over the same text; and the
//! time for 1x, 4x and 16x as much text without a full stop.

use std::hint::black_box;

use cefr::{Exempt, measure, score};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// The sample passages of all levels, repeated.
fn text(words: usize) -> String {
    let passages: Vec<&str> = include_str!("../tests/data/graded.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|row| row.1)
        .collect();
    let once = passages.join("\n\n");
    let times = words / once.split_whitespace().count() + 1;
    vec![once; times].join("\n\n")
}

fn words_per_second(criterion: &mut Criterion) {
    cefr::warm_up();
    let text = text(100_000);
    let none = Exempt::none();
    let terms = Exempt::new(["hand sanitizer", "washing machine", "council"]);
    let mut group = criterion.benchmark_group("words");
    group.throughput(Throughput::Elements(text.split_whitespace().count() as u64));
    group.bench_function("split_whitespace", |bench| bench.iter(|| black_box(&text).split_whitespace().count()));
    group.bench_function("sentences", |bench| bench.iter(|| cefr::sentences(black_box(&text)).count()));
    group.bench_function("tokens", |bench| bench.iter(|| cefr::tokens(black_box(&text)).count()));
    group.bench_function("score", |bench| bench.iter(|| score(black_box(&text), &none)));
    group.bench_function("measure", |bench| bench.iter(|| measure(black_box(&text), &none)));
    group.bench_function("measure_exempt", |bench| bench.iter(|| measure(black_box(&text), &terms)));
    group.finish();
}

fn no_full_stop(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("no_full_stop");
    group.sample_size(10);
    for times in [1usize, 4, 16] {
        let text = "wash the hands and dry the table ".repeat(10_000 * times);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(times), &text, |bench, text| {
            bench.iter(|| measure(black_box(text), &Exempt::none()));
        });
    }
    group.finish();
}

criterion_group!(benches, words_per_second, no_full_stop);
criterion_main!(benches);

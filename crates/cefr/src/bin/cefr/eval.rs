//! `eval`: agreement with people, on data that the model was not trained on, and speed.

mod metrics;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use cefr::{Exempt, Level};
use metrics::{Agreement, macro_f1, pearson, qwk, within_one};

/// Sentences from work instructions, with the level a teacher would give them.
const SOP_SENTENCES: &str = include_str!("../../../tests/data/sop_sentences.tsv");
/// Short passages of all levels.
const PASSAGES: &str = include_str!("../../../tests/data/graded.tsv");

pub fn eval(out: &mut impl Write, data: &Path, docs: Option<&Path>) -> Result<()> {
    let start = Instant::now();
    cefr::warm_up();
    writeln!(out, "start: model and tables ready in {:.2} ms", start.elapsed().as_secs_f64() * 1e3)?;
    for (split, note) in [("test", "held out"), ("dev", "seen in training"), ("train", "seen in training")] {
        let file = data.join(format!("cefr-sp-wiki-auto/CEFR-SP_Wikiauto_{split}.txt"));
        if file.exists() {
            sentences(out, &file, &format!("Wiki-Auto {split} ({note})"))?;
        }
    }
    let texts = data.join("onestopenglish/Texts-SeparatedByReadingLevel");
    if texts.exists() {
        onestopenglish(out, &texts)?;
    }
    labelled(out, SOP_SENTENCES, "SOP sentences", |text| cefr::score_sentence(text, &Exempt::none()).score)?;
    labelled(out, PASSAGES, "own passages", |text| cefr::score(text, &Exempt::none()).score)?;
    if let Some(docs) = docs {
        documents(out, docs)?;
    }
    speed(out)
}

fn sentences(out: &mut impl Write, file: &Path, name: &str) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let none = Exempt::none();
    let (mut a, mut b, mut p) = (Vec::new(), Vec::new(), Vec::new());
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[sentence, first, second, ..] = fields.as_slice() else { continue };
        a.push(first.trim().parse()?);
        b.push(second.trim().parse()?);
        p.push(cefr::score_sentence(sentence, &none).band as usize + 1);
    }
    let (qa, qb) = (qwk(&a, &p), qwk(&b, &p));
    let Agreement { either_f1, f1_a, f1_b } = Agreement::of(&a, &b, &p);
    writeln!(out, "{name}: n {}, QWK against A {qa:.3}, B {qb:.3}, mean {:.3}", p.len(), f64::midpoint(qa, qb))?;
    writeln!(
        out,
        "    within one level {:.3}, macro-F1 {either_f1:.3} (either annotator right; against A {f1_a:.3}, B {f1_b:.3})",
        within_one(&a, &b, &p)
    )?;
    writeln!(out, "    the annotators with each other: QWK {:.3}, macro-F1 {:.3}", qwk(&a, &b), macro_f1(&a, &b))?;
    Ok(())
}

fn onestopenglish(out: &mut impl Write, folder: &Path) -> Result<()> {
    let mut texts: BTreeMap<String, [Option<f32>; 3]> = BTreeMap::new();
    for (i, (name, suffix)) in [("Ele-Txt", "ele"), ("Int-Txt", "int"), ("Adv-Txt", "adv")].into_iter().enumerate() {
        for entry in fs::read_dir(folder.join(name))? {
            let path: PathBuf = entry?.path();
            if path.extension().is_none_or(|extension| extension != "txt") {
                continue;
            }
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
            let title = stem.trim_end_matches(suffix).trim_end_matches([' ', '-', '–']).to_owned();
            let score = cefr::score(&crate::report::read(&path)?, &Exempt::none()).score;
            texts.entry(title).or_default()[i] = Some(score);
        }
    }
    let full: Vec<[f32; 3]> = texts.values().filter_map(|found| Some([found[0]?, found[1]?, found[2]?])).collect();
    let count = full.len() as f64;
    let mean = |i: usize| full.iter().map(|scores| f64::from(scores[i])).sum::<f64>() / count;
    let share =
        |low: usize, high: usize| full.iter().filter(|scores| scores[low] < scores[high]).count() as f64 / count;
    let all = full.iter().filter(|scores| scores[0] < scores[1] && scores[1] < scores[2]).count() as f64 / count;
    writeln!(out, "OneStopEnglish: {} texts, means {:.2} {:.2} {:.2}", full.len(), mean(0), mean(1), mean(2))?;
    let (low, high, far) = (share(0, 1), share(1, 2), share(0, 2));
    writeln!(
        out,
        "    pairs in order {:.3} (elementary-intermediate {low:.3}, intermediate-advanced {high:.3}, elementary-advanced {far:.3}), all three {all:.3}",
        (low + high + far) / 3.0
    )?;
    Ok(())
}

/// Agreement with lines `level TAB text`.
fn labelled(out: &mut impl Write, rows: &str, name: &str, score: impl Fn(&str) -> f32) -> Result<()> {
    let (mut labels, mut scores) = (Vec::new(), Vec::new());
    for (level, text) in rows.lines().filter_map(|line| line.split_once('\t')) {
        labels.push(level.parse::<Level>()? as usize + 1);
        scores.push(score(text));
    }
    graded(out, name, &labels, &scores)
}

/// Agreement with a CSV of the columns `text` and `label`.
fn documents(out: &mut impl Write, file: &Path) -> Result<()> {
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("reading {}", file.display()))?;
    let headers = reader.headers()?.clone();
    let column =
        |name: &str| headers.iter().position(|header| header == name).with_context(|| format!("no column {name}"));
    let (text, label) = (column("text")?, column("label")?);
    let (mut labels, mut scores) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record?;
        labels.push(record.get(label).unwrap_or_default().parse::<Level>()? as usize + 1);
        scores.push(cefr::score(record.get(text).unwrap_or_default(), &Exempt::none()).score);
    }
    graded(out, "graded documents", &labels, &scores)
}

fn graded(out: &mut impl Write, name: &str, labels: &[usize], scores: &[f32]) -> Result<()> {
    let bands: Vec<usize> = scores.iter().map(|score| Level::from_score(*score) as usize + 1).collect();
    writeln!(
        out,
        "{name}: n {}, r {:.3}, QWK {:.3}, within one level {:.3}",
        labels.len(),
        pearson(labels, scores),
        qwk(labels, &bands),
        within_one(labels, labels, &bands)
    )?;
    let means = Level::ALL.map(|level| {
        let own = || labels.iter().zip(scores).filter(|(label, _)| **label == level as usize + 1);
        let count = own().count();
        let mean = own().map(|(_, score)| score).sum::<f32>() / count.max(1) as f32;
        if count == 0 { format!("{level} -") } else { format!("{level} {mean:.2}") }
    });
    writeln!(out, "    means {}", means.join(" "))?;
    Ok(())
}

/// Words a second, in one thread, over the passages many times.
fn speed(out: &mut impl Write) -> Result<()> {
    let passages: Vec<&str> = PASSAGES.lines().filter_map(|line| line.split_once('\t')).map(|row| row.1).collect();
    let text = passages.join("\n\n") + "\n\n";
    let text = text.repeat(80);
    let none = Exempt::none();
    let words = text.split_whitespace().count();
    let rate = |start: Instant| words as f64 / start.elapsed().as_secs_f64();
    let start = Instant::now();
    let measured = cefr::measure(&text, &none);
    let with_reasons = rate(start);
    let start = Instant::now();
    let scored = cefr::score(&text, &none);
    let without = rate(start);
    let start = Instant::now();
    let split = std::hint::black_box(&text).split_whitespace().count();
    let plain = rate(start);
    writeln!(
        out,
        "speed: {with_reasons:.0} words/s with reasons, {without:.0} without, {plain:.0} for split_whitespace ({split} words, {} sentences, score {:.2})",
        measured.sentences.len(),
        scored.score
    )?;
    Ok(())
}

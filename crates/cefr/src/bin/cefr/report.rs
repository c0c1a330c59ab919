//! `measure`, `sentences` and `features`.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use cefr::{Exempt, Level};

/// Reads a file, or standard input for `-`; bytes that are not UTF-8 become replacement characters.
pub fn read(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).context("reading standard input")?;
    } else {
        bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// Reads exempt terms, one per line.
pub fn read_exempt(path: Option<&Path>) -> Result<Exempt> {
    path.map_or_else(|| Ok(Exempt::none()), |path| Ok(Exempt::new(read(path)?.lines())))
}

pub fn measure(
    out: &mut impl Write,
    file: &Path,
    text: &str,
    target: Option<Level>,
    exempt: &Exempt,
    json: bool,
) -> Result<()> {
    let measured = cefr::measure_against(text, target.unwrap_or(Level::A2), exempt);
    if json {
        let mut value = serde_json::to_value(&measured)?;
        if let Some(object) = value.as_object_mut() {
            object.insert("file".to_owned(), file.display().to_string().into());
        }
        writeln!(out, "{value}")?;
    } else {
        let (score, band, confidence) = (measured.score, measured.band, measured.confidence);
        writeln!(
            out,
            "{}: {band} (score {score:.2}, confidence {confidence:.2}, {} words in {} sentences)",
            file.display(),
            measured.words,
            measured.sentences.len()
        )?;
    }
    Ok(())
}

pub fn sentences(out: &mut impl Write, tsv: &str) -> Result<()> {
    let exempt = Exempt::none();
    for line in tsv.lines() {
        let sentence = line.split('\t').next().unwrap_or_default();
        let score = cefr::score_sentence(sentence, &exempt);
        writeln!(out, "{sentence}\t{:.3}\t{}", score.score, score.band)?;
    }
    Ok(())
}

pub fn features(out: &mut impl Write, tsv: &str) -> Result<()> {
    writeln!(out, "{}", cefr::training::names().join("\t"))?;
    for line in tsv.lines() {
        let (values, parts) = cefr::training::features(line.split('\t').next().unwrap_or_default());
        let values: Vec<String> = values.iter().map(f32::to_string).collect();
        writeln!(out, "{}\t{}", values.join("\t"), parts.trim_end())?;
    }
    Ok(())
}

pub fn raw(out: &mut impl Write, text: &str) -> Result<()> {
    let scores: Vec<String> =
        cefr::training::raw_scores(text).iter().map(|(words, raw)| format!("{words}:{raw:.4}")).collect();
    writeln!(out, "{}", scores.join(" "))?;
    Ok(())
}

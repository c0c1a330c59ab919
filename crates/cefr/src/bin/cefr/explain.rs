//! `explain`: the reasons, in colour, for people.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::Result;
use cefr::simplify::Simplifier;
use cefr::{Exempt, Level, Measurement, Sentence};

const COLOURS: [&str; 6] = ["32", "32", "36", "33", "31", "35"];

/// Writes a level in its colour, or plainly.
struct Paint(bool);

impl Paint {
    fn level(&self, level: Level, text: &str) -> String {
        let colour = COLOURS.get(level as usize).unwrap_or(&"0");
        if self.0 { format!("\x1b[1;{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

pub fn explain(out: &mut impl Write, text: &str, target: Option<Level>, plain: bool, wordnet: &Path) -> Result<()> {
    let paint = Paint(!plain && std::io::stdout().is_terminal());
    let target = target.unwrap_or(Level::A2);
    let simplifier = Simplifier::open(wordnet).ok();
    let measured = cefr::measure_against(text, target, &Exempt::none());
    let Measurement { score, band, confidence, .. } = measured;
    writeln!(out, "{} score {score:.2}, confidence {confidence:.2}", paint.level(band, band.as_str()))?;
    for sentence in &measured.sentences {
        explain_sentence(out, text, sentence, &paint)?;
        simpler(out, text, sentence, simplifier.as_ref(), target)?;
    }
    Ok(())
}

fn explain_sentence(out: &mut impl Write, text: &str, sentence: &Sentence, paint: &Paint) -> Result<()> {
    let written = text.get(sentence.span.clone()).unwrap_or_default();
    writeln!(out, "\n{} {:.2}  {written}", paint.level(sentence.band, sentence.band.as_str()), sentence.score)?;
    for word in &sentence.words_above {
        let written = text.get(word.span.clone()).unwrap_or_default();
        writeln!(out, "    {} {written}", paint.level(word.level, word.level.as_str()))?;
    }
    for used in &sentence.grammar {
        let written = text.get(used.span.clone()).unwrap_or_default();
        writeln!(out, "    {} {}: \"{written}\"", paint.level(used.level, used.level.as_str()), used.point.label())?;
    }
    writeln!(out, "    {} words", sentence.words)?;
    Ok(())
}

/// Simpler words for the hard ones, where WordNet is installed and knows some.
fn simpler(
    out: &mut impl Write,
    text: &str,
    sentence: &Sentence,
    simplifier: Option<&Simplifier>,
    target: Level,
) -> Result<()> {
    let Some(simplifier) = simplifier else { return Ok(()) };
    for word in &sentence.words_above {
        let words = simplifier.suggest(text, word, target);
        if !words.is_empty() {
            let written = text.get(word.span.clone()).unwrap_or_default();
            writeln!(out, "    instead of \"{written}\": {}", words.join(", "))?;
        }
    }
    Ok(())
}

//! Sentences and texts: score, band, confidence, and the reasons.

use std::ops::Range;

use serde::Serialize;

use crate::analysis::Analysis;
use crate::classes::Classes;
use crate::exempt::Exempt;
use crate::features::Extractor;
use crate::grammar::{self, GrammarPoint, Hit};
use crate::level::Level;
use crate::model::model;
use crate::parts;
use crate::segment::sentences;
use crate::table::Entry;
use crate::token::TokenKind;

/// The level of a text, and of each of its sentences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// 1.0 (A1) to 6.0 (C2).
    pub score: f32,
    pub band: Level,
    /// 0.0 (no English words to judge) to 1.0.
    pub confidence: f32,
    pub words: usize,
    pub sentences: Vec<Sentence>,
    /// Where exempt terms stand; they count neither for nor against the level.
    pub exempt: Vec<Range<usize>>,
}

/// The level of one sentence, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sentence {
    /// Bytes in the text; so are all spans below.
    pub span: Range<usize>,
    pub score: f32,
    pub band: Level,
    pub confidence: f32,
    pub words: usize,
    /// Content words above the target level, or above A2 when no target was given.
    pub words_above: Vec<WordAbove>,
    pub grammar: Vec<GrammarUse>,
}

/// A word that is harder than the target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordAbove {
    pub span: Range<usize>,
    pub score: f32,
    pub level: Level,
}

/// A point of grammar where it occurs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GrammarUse {
    pub span: Range<usize>,
    pub point: GrammarPoint,
    pub level: Level,
}

/// Score, band and confidence of a text, without reasons.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    pub score: f32,
    pub band: Level,
    pub confidence: f32,
    pub words: usize,
}

/// The training script divides by the number of words plus this, too.
const DAMPING: f32 = 3.0;

/// Measures a text, with the reasons. Words above A2 are listed.
///
/// ```
/// let measured = cefr::measure("Wash your hands for 20 seconds.", &cefr::Exempt::none());
/// assert!(measured.band <= cefr::Level::A2);
/// ```
pub fn measure(text: &str, exempt: &Exempt) -> Measurement {
    measure_against(text, Level::A2, exempt)
}

/// Measures a text, with the reasons. Words above `target` are listed.
pub fn measure_against(text: &str, target: Level, exempt: &Exempt) -> Measurement {
    let mut meter = Meter::new(exempt);
    let mut found = Vec::new();
    let mut exempt_spans = Vec::new();
    for span in sentences(text) {
        let Some(piece) = text.get(span.clone()) else {
            continue;
        };
        let measured = meter.sentence(piece);
        meter.exempt_spans(span.start, &mut exempt_spans);
        found.push(Sentence {
            score: measured.score,
            band: measured.band,
            confidence: measured.confidence,
            words: measured.words,
            words_above: meter.words_above(span.start, target),
            grammar: meter.grammar(span.start),
            span,
        });
    }
    let total = meter.text();
    Measurement {
        score: total.score,
        band: total.band,
        confidence: total.confidence,
        words: total.words,
        sentences: found,
        exempt: exempt_spans,
    }
}

/// Measures a text without reasons; faster than [`measure`].
pub fn score(text: &str, exempt: &Exempt) -> Score {
    let mut meter = Meter::new(exempt);
    for span in sentences(text) {
        if let Some(piece) = text.get(span) {
            meter.sentence(piece);
        }
    }
    meter.text()
}

/// Measures `text` as one sentence, without reasons.
pub fn score_sentence(text: &str, exempt: &Exempt) -> Score {
    Meter::new(exempt).sentence(text)
}

/// Number of words and raw score of each sentence, for the calibration of texts.
pub(crate) fn raw_scores(text: &str) -> Vec<(usize, f32)> {
    let exempt = Exempt::none();
    let mut meter = Meter::new(&exempt);
    let mut scores = Vec::new();
    for span in sentences(text) {
        meter.analyse(text.get(span).unwrap_or_default());
        if meter.analysis.words > 0 {
            scores.push((meter.analysis.words, model().raw(&meter.features, meter.difficulty())));
        }
    }
    scores
}

/// Measures sentences one after another in the same buffers, and what they make together.
pub(crate) struct Meter<'a> {
    exempt: &'a Exempt,
    pub analysis: Analysis,
    pub hits: Vec<Hit>,
    pub features: Vec<f32>,
    extractor: Extractor,
    total: Total,
}

/// What a text's level is made from.
#[derive(Debug, Default)]
struct Total {
    sentences: usize,
    words: usize,
    weight: f32,
    raw: f32,
    score: f32,
    confidence: f32,
}

impl<'a> Meter<'a> {
    pub fn new(exempt: &'a Exempt) -> Self {
        Self {
            exempt,
            analysis: Analysis::default(),
            hits: Vec::new(),
            features: Vec::new(),
            extractor: Extractor::default(),
            total: Total::default(),
        }
    }

    /// Analyses a sentence: its items, grammar and features.
    pub fn analyse(&mut self, text: &str) {
        self.analysis.fill(text, self.exempt);
        grammar::find(&self.analysis, &mut self.hits);
        self.extractor.fill(&self.analysis, &self.hits, &mut self.features);
    }

    /// The mean learned difficulty of the sentence's words, damped so that few words do not decide alone.
    fn difficulty(&self) -> f32 {
        let judged = self.analysis.items.iter().filter(|item| item.is_word() && !item.exempt);
        let (sum, count) = judged.fold((0.0, 0.0f32), |(sum, count), item| {
            let known = item.entry != Entry::default();
            let lower = self.analysis.lower(item);
            let learned = if known { item.entry.learned() } else { parts::difficulty(lower) };
            (sum + learned, count + 1.0)
        });
        sum / (count + DAMPING)
    }

    fn sentence(&mut self, text: &str) -> Score {
        self.analyse(text);
        let words = self.analysis.words;
        let confidence = self.confidence();
        if words == 0 {
            return Score { score: 1.0, band: Level::A1, confidence: 0.0, words };
        }
        let raw = model().raw(&self.features, self.difficulty());
        let score = model().sentence_score(raw);
        let weight = (words as f32).min(60.0);
        let total = &mut self.total;
        total.sentences += 1;
        total.words += words;
        total.weight += weight;
        total.raw += weight * raw.clamp(0.0, 7.0);
        total.score += weight * score;
        total.confidence += weight * confidence;
        Score { score, band: Level::from_score(score), confidence, words }
    }

    fn text(&self) -> Score {
        let total = &self.total;
        if total.words == 0 {
            return Score { score: 1.0, band: Level::A1, confidence: 0.0, words: 0 };
        }
        let whole = model().text_score(total.raw / total.weight);
        let single = total.score / total.weight;
        let share = ((total.sentences as f32 - 1.0) / 4.0).clamp(0.0, 1.0);
        let score = share * whole + (1.0 - share) * single;
        let enough = 1.0 - (-(total.words as f32) / 30.0).exp();
        let confidence = total.confidence / total.weight;
        let confidence = confidence + (1.0 - confidence) * 0.5 * enough * confidence;
        Score { score, band: Level::from_score(score), confidence, words: total.words }
    }

    /// How far the sentence can be judged: enough English words, known ones.
    fn confidence(&self) -> f32 {
        let analysis = &self.analysis;
        let words = analysis.words as f32;
        if analysis.words == 0 {
            return 0.0;
        }
        let (mut unknown, mut function) = (0.0, 0.0);
        for item in analysis.items.iter().filter(|item| item.is_word()) {
            unknown += f32::from(u8::from(item.level == 0.0 && !item.name && !item.exempt));
            function += f32::from(u8::from(item.classes.has(Classes::FUNCTION)));
        }
        let enough = 1.0 - (-words / 8.0).exp();
        let known = (1.0 - 2.0 * unknown / words).max(0.0);
        let script = words / (words + 4.0 * analysis.foreign as f32);
        let english = if words >= 8.0 { (function / words * 6.0).clamp(0.1, 1.0) } else { 1.0 };
        let marks = analysis.items.iter().filter(|item| item.kind == TokenKind::Mark).count() as f32;
        let sane = (80.0 / words).min(2.0 * words / marks.max(1.0)).min(1.0);
        (0.15 + 0.85 * enough) * known * script * english * sane
    }

    fn words_above(&self, offset: usize, target: Level) -> Vec<WordAbove> {
        let limit = target.score() + 0.5;
        let above = |item: &&crate::analysis::Item| item.is_vocabulary() && item.level >= limit;
        let items = || self.analysis.items.iter().filter(above);
        let mut words = Vec::with_capacity(items().count());
        words.extend(items().map(|item| WordAbove {
            span: offset + item.span.start..offset + item.span.end,
            score: item.level,
            level: Level::from_score(item.level),
        }));
        words
    }

    fn grammar(&self, offset: usize) -> Vec<GrammarUse> {
        let items = &self.analysis.items;
        let mut uses = Vec::with_capacity(self.hits.len());
        uses.extend(self.hits.iter().filter_map(|hit| {
            let (first, last) = (items.get(hit.first)?, items.get(hit.last)?);
            let span = offset + first.span.start..offset + last.span.end;
            Some(GrammarUse { span, point: hit.point, level: hit.point.level() })
        }));
        uses
    }

    /// Appends the spans of exempt terms; neighbours become one.
    fn exempt_spans(&self, offset: usize, spans: &mut Vec<Range<usize>>) {
        let mut open = false;
        for item in &self.analysis.items {
            let end = offset + item.span.end;
            match spans.last_mut() {
                Some(last) if open && item.exempt => last.end = end,
                _ if item.exempt => spans.push(offset + item.span.start..end),
                _ => {}
            }
            open = item.exempt;
        }
    }
}

//! What the model knows of a sentence: about ninety numbers, each with a name.
//!
//! This is the only implementation. The training script reads the numbers that `cefr features` prints, so that
//! training and use cannot disagree.

use crate::analysis::{Analysis, Item};
use crate::classes::Classes;
use crate::grammar::{GrammarPoint, Hit};
use crate::morphology::syllables;
use crate::token::TokenKind;

/// Where features go, in a fixed order.
trait Sink {
    fn put(&mut self, name: &'static str, value: f32);
}

struct Values<'a>(&'a mut Vec<f32>);

impl Sink for Values<'_> {
    fn put(&mut self, _: &'static str, value: f32) {
        self.0.push(value);
    }
}

struct Names(Vec<&'static str>);

impl Sink for Names {
    fn put(&mut self, name: &'static str, _: f32) {
        self.0.push(name);
    }
}

/// Buffers that are used again from one sentence to the next.
#[derive(Debug, Default)]
pub(crate) struct Extractor {
    listed: Vec<f32>,
    zipf: Vec<f32>,
    level: Vec<f32>,
}

/// The names of the features, in their order.
pub(crate) fn names() -> Vec<&'static str> {
    let mut names = Names(Vec::new());
    Extractor::default().extract(&Analysis::default(), &[], &mut names);
    names.0
}

impl Extractor {
    /// Writes the features of a sentence into `values`.
    pub fn fill(&mut self, analysis: &Analysis, hits: &[Hit], values: &mut Vec<f32>) {
        values.clear();
        self.extract(analysis, hits, &mut Values(values));
    }

    fn extract(&mut self, analysis: &Analysis, hits: &[Hit], out: &mut impl Sink) {
        self.collect(analysis);
        self.lexical(out);
        shape(analysis, out);
        closed_classes(analysis, out);
        endings(analysis, out);
        grammar(hits, out);
    }

    /// Gathers the content words' levels and frequencies, sorted.
    fn collect(&mut self, analysis: &Analysis) {
        self.listed.clear();
        self.zipf.clear();
        self.level.clear();
        for item in analysis.items.iter().filter(|item| item.is_content()) {
            self.zipf.push(item.entry.zipf());
            self.listed.extend(item.entry.listed());
            if item.level > 0.0 {
                self.level.push(item.level);
            }
        }
        for values in [&mut self.listed, &mut self.zipf, &mut self.level] {
            values.sort_unstable_by(f32::total_cmp);
        }
    }

    fn lexical(&self, out: &mut impl Sink) {
        const BANDS: [(&str, f32, f32); 7] = [
            ("zipf_none", -1.0, 0.01),
            ("zipf_rare", 0.01, 3.0),
            ("zipf_3.0", 3.0, 3.6),
            ("zipf_3.6", 3.6, 4.1),
            ("zipf_4.1", 4.1, 4.7),
            ("zipf_4.7", 4.7, 5.2),
            ("zipf_5.2", 5.2, 9.0),
        ];
        let zipf = &self.zipf;
        for (name, low, high) in BANDS {
            out.put(name, share(zipf, |z| z >= low && z < high));
        }
        out.put("zipf_mean", mean(zipf, 4.5));
        out.put("zipf_min", quantile(zipf, 0.0, 4.5));
        out.put("zipf_p10", quantile(zipf, 0.1, 4.5));
        out.put("zipf_p25", quantile(zipf, 0.25, 4.5));
        out.put("zipf_spread", spread(zipf));
        out.put("zipf_second", zipf.get(1).copied().unwrap_or(4.5));
        let listed = &self.listed;
        out.put("listed_mean", mean(listed, 1.0));
        out.put("listed_spread", spread(listed));
        out.put("listed_max", quantile(listed, 1.0, 1.0));
        out.put("listed_p75", quantile(listed, 0.75, 1.0));
        out.put("listed_p90", quantile(listed, 0.9, 1.0));
        out.put("listed_b2", share(listed, |level| level >= 3.5));
        out.put("listed_c1", share(listed, |level| level >= 4.5));
        out.put("listed_c2", share(listed, |level| level >= 5.5));
        let level = &self.level;
        out.put("level_mean", mean(level, 1.0));
        out.put("level_max", quantile(level, 1.0, 1.0));
        out.put("level_p75", quantile(level, 0.75, 1.0));
        out.put("level_a1", share(level, |level| level < 1.5));
        out.put("level_a2", share(level, |level| (1.5..2.5).contains(&level)));
        out.put("level_b1", share(level, |level| (2.5..3.5).contains(&level)));
        out.put("level_b2", share(level, |level| (3.5..4.5).contains(&level)));
        out.put("level_c", share(level, |level| level >= 4.5));
        out.put("hard_words", count(level, |level| level >= 3.5).min(6.0));
        out.put("very_hard_words", count(level, |level| level >= 4.5).min(4.0));
    }
}

/// Length of the sentence and of its words.
fn shape(analysis: &Analysis, out: &mut impl Sink) {
    let words = || analysis.items.iter().filter(|item| item.is_word() && !item.exempt);
    let n = (analysis.words as f32).max(1.0);
    let judged = ((analysis.words - analysis.exempt) as f32).max(1.0);
    let content = words().filter(|item| item.is_content()).count() as f32;
    let lengths = |item: &Item| item.span.len() as f32;
    let length = words().map(lengths).sum::<f32>() / judged;
    let square = words().map(|item| lengths(item).powi(2)).sum::<f32>() / judged;
    let (mut all, mut long) = (0.0, 0.0);
    for item in words() {
        let count = syllables(analysis.lower(item)) as f32;
        all += count;
        long += f32::from(u8::from(count >= 3.0));
    }
    out.put("words", n.min(60.0));
    out.put("words_log", n.min(60.0).ln());
    out.put("words_over_8", (n - 8.0).clamp(0.0, 40.0));
    out.put("words_over_15", (n - 15.0).clamp(0.0, 40.0));
    out.put("words_over_25", (n - 25.0).clamp(0.0, 40.0));
    out.put("word_length", length);
    out.put("word_length_spread", (square - length * length).max(0.0).sqrt());
    out.put("words_over_6_letters", words().filter(|item| item.span.len() > 6).count() as f32 / judged);
    out.put("syllables", all / judged);
    out.put("syllables_3", long / judged);
    out.put("flesch_kincaid", 0.39 * n.min(60.0) + 11.8 * all / judged - 15.59);
    out.put("content_share", content / judged);
    out.put("content_words", content.min(30.0));
    out.put("names", words().filter(|item| item.name).count() as f32 / n);
    let numbers = analysis.items.iter().filter(|item| item.kind == TokenKind::Number).count() as f32;
    out.put("numbers", numbers.min(4.0));
    let marks = |wanted: &[u8]| {
        let hits = |item: &&Item| item.kind == TokenKind::Mark && wanted.contains(&item.first);
        analysis.items.iter().filter(hits).count() as f32
    };
    out.put("commas", marks(b",").min(6.0));
    out.put("clause_marks", marks(b";:(").min(4.0));
    out.put("quotes", marks(b"\"").min(2.0));
    out.put("hyphens", marks(b"-").min(3.0));
    out.put("questions", marks(b"?!").min(1.0));
}

fn closed_classes(analysis: &Analysis, out: &mut impl Sink) {
    const COUNTED: [(&str, Classes); 13] = [
        ("subordinators", Classes::SUBORDINATOR),
        ("relatives", Classes::RELATIVE),
        ("modals", Classes::MODAL),
        ("connectors", Classes::CONNECTOR),
        ("prepositions", Classes::PREPOSITION),
        ("negations", Classes::NEGATION),
        ("i_you_we", Classes::FIRST_SECOND),
        ("he_she_it", Classes::THIRD),
        ("and", Classes::AND),
        ("the", Classes::THE),
        ("be", Classes::BE),
        ("to", Classes::TO),
        ("quantities", Classes::QUANTITY),
    ];
    let mut counts = [0.0f32; COUNTED.len()];
    for item in analysis.items.iter().filter(|item| item.is_word()) {
        for (count, (_, class)) in counts.iter_mut().zip(COUNTED) {
            *count += f32::from(u8::from(item.classes.has(class)));
        }
    }
    let n = (analysis.words as f32).max(1.0);
    for (count, (name, _)) in counts.into_iter().zip(COUNTED) {
        out.put(name, count / n);
    }
    out.put("preposition_count", counts[4].min(8.0));
    out.put("subordinator_count", (counts[0] + counts[1]).min(4.0));
}

fn endings(analysis: &Analysis, out: &mut impl Sink) {
    const LISTS: [(&str, &[&str]); 5] = [
        ("ing", &["ing"]),
        ("ed", &["ed"]),
        ("ly", &["ly"]),
        ("abstract", &["tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism"]),
        ("derived", &["ive", "ous", "ical", "able", "ible", "ary", "al", "ic"]),
    ];
    let mut counts = [0.0f32; LISTS.len()];
    for item in analysis.items.iter().filter(|item| item.is_content()) {
        let lower = analysis.lower(item);
        let singular = lower.strip_suffix('s').unwrap_or(lower);
        if singular.len() < 5 {
            continue;
        }
        for (count, (_, list)) in counts.iter_mut().zip(LISTS) {
            *count += f32::from(u8::from(list.iter().any(|ending| singular.ends_with(ending))));
        }
    }
    let n = (analysis.words as f32).max(1.0);
    for (count, (name, _)) in counts.into_iter().zip(LISTS) {
        out.put(name, count / n);
    }
}

/// How often each grammar point occurs, three times at most; the rarest points are counted together.
fn grammar(hits: &[Hit], out: &mut impl Sink) {
    const SINGLE: [(&str, GrammarPoint); 20] = [
        ("imperative", GrammarPoint::Imperative),
        ("there_is", GrammarPoint::ThereIs),
        ("basic_modal", GrammarPoint::BasicModal),
        ("progressive", GrammarPoint::Progressive),
        ("past_simple", GrammarPoint::PastSimple),
        ("to_infinitive", GrammarPoint::ToInfinitive),
        ("comparison", GrammarPoint::Comparison),
        ("time_clause", GrammarPoint::TimeClause),
        ("weak_modal", GrammarPoint::WeakModal),
        ("present_perfect", GrammarPoint::PresentPerfect),
        ("passive", GrammarPoint::Passive),
        ("relative_clause", GrammarPoint::RelativeClause),
        ("that_clause", GrammarPoint::ThatClause),
        ("gerund", GrammarPoint::Gerund),
        ("modal_passive", GrammarPoint::ModalPassive),
        ("concession", GrammarPoint::Concession),
        ("participle_phrase", GrammarPoint::ParticiplePhrase),
        ("reduced_relative", GrammarPoint::ReducedRelative),
        ("nominalisation", GrammarPoint::Nominalisation),
        ("noun_group", GrammarPoint::NounGroup),
    ];
    let mut counts = [0.0f32; SINGLE.len()];
    let mut rare = 0.0f32;
    let mut sum = 0.0f32;
    for hit in hits {
        match SINGLE.iter().position(|(_, point)| *point == hit.point) {
            Some(i) => counts[i] += 1.0,
            None => rare += 1.0,
        }
        sum += (hit.point.level().score() - 1.0).max(0.0);
    }
    for (count, (name, _)) in counts.into_iter().zip(SINGLE) {
        out.put(name, count.min(3.0));
    }
    out.put("rare_points", rare.min(3.0));
    out.put("grammar_load", sum.min(20.0));
}

fn mean(values: &[f32], none: f32) -> f32 {
    if values.is_empty() { none } else { values.iter().sum::<f32>() / values.len() as f32 }
}

fn count(values: &[f32], is: impl Fn(f32) -> bool) -> f32 {
    values.iter().filter(|value| is(**value)).count() as f32
}

fn share(values: &[f32], is: impl Fn(f32) -> bool) -> f32 {
    count(values, is) / (values.len() as f32).max(1.0)
}

fn spread(values: &[f32]) -> f32 {
    let middle = mean(values, 0.0);
    let square = values.iter().map(|value| (value - middle).powi(2)).sum::<f32>();
    (square / (values.len() as f32).max(1.0)).sqrt()
}

/// A quantile of sorted values, interpolated.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the place is not negative and below the length"
)]
fn quantile(sorted: &[f32], q: f32, none: f32) -> f32 {
    let Some(last) = sorted.len().checked_sub(1) else { return none };
    let at = q * last as f32;
    let below = at as usize;
    let value = |i: usize| sorted.get(i.min(last)).copied().unwrap_or(none);
    value(below) + at.fract() * (value(below + 1) - value(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_as_many_as_values() {
        let names = names();
        let mut values = Vec::new();
        Extractor::default().fill(&Analysis::default(), &[], &mut values);
        assert_eq!(names.len(), values.len());
        let distinct: std::collections::HashSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        assert!(values.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn quantiles_interpolate() {
        assert!((quantile(&[1.0, 2.0, 3.0], 0.75, 0.0) - 2.5).abs() < 1e-6);
        assert!((quantile(&[], 0.75, 9.0) - 9.0).abs() < 1e-6);
    }
}

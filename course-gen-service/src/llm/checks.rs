//! Whether a text that rests on clauses says what they say, at the learners' level, and nothing else.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{LineRole, Proven, Provenance, ReadingLine, Relation};
use course_format::sop::Redactor;

use super::answers::Cited;
use super::ground::grounded;
use super::{claims, hygiene};
use crate::engine::author::Assignment;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{stems, word_count};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::lock;
use crate::engine::verify::language;

/// The clauses of a lesson as a model sees them, and everything that its texts are held against.
pub struct Bench<'a> {
    pub library: &'a Library,
    pub level: Level,
    redactor: Redactor,
    /// Clause `c1` is the first.
    pub clauses: Vec<ClauseRef>,
    /// Stems of everything that the lesson is about.
    pub lesson: BTreeSet<String>,
    /// The vocabulary of the lesson, which counts as known.
    pub terms: Vec<String>,
    /// What reviewers asked for.
    pub notes: &'a [String],
}

/// What a text stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scope {
    /// All that its clauses say.
    Whole,
    /// Something that its clauses say.
    Part,
}

impl<'a> Bench<'a> {
    /// `terms`: the lesson's vocabulary.
    pub fn new(assignment: &Assignment<'a>, terms: Vec<String>) -> Self {
        let Assignment { brief, library, lesson, related, .. } = *assignment;
        let sound = |at: &ClauseRef| !library.addresses_a_model(*at);
        let clauses: Vec<ClauseRef> = lesson.clauses.iter().chain(related).copied().filter(sound).collect();
        let mut about = stems(&lesson.title);
        for at in &clauses {
            about.extend(stems(&library.clause(*at).text));
            about.extend(stems(&library.clause(*at).section));
        }
        let redactor = Redactor::new(library.documents());
        Self { library, level: brief.level, notes: &brief.notes, redactor, clauses, lesson: about, terms }
    }

    /// The clause with this name, and its number.
    pub fn clause(&self, name: &str) -> Option<ClauseRef> {
        let number: usize = name.trim().strip_prefix('c')?.parse().ok()?;
        self.clauses.get(number.checked_sub(1)?).copied()
    }

    /// A model's text with the proof that we found, or why it is refused.
    pub fn proven(&self, text: &str, proof: &[Cited], scope: Scope) -> Result<Proven, String> {
        let restored = self.restored(text);
        let text = restored.trim();
        Self::form(text)?;
        if proof.is_empty() {
            return Err("names no clause".to_owned());
        }
        let mut provenance: Vec<Provenance> = Vec::new();
        let mut sources: Vec<String> = Vec::new();
        let mut around = BTreeSet::new();
        let mut places: Vec<ClauseRef> = Vec::new();
        for cited in proof.iter().take(8) {
            let at = self.clause(&cited.clause).ok_or("names a clause that the lesson does not have")?;
            let quote = self.restored(&cited.quote);
            let quote = self.quote(at, &quote).ok_or("quotes words that its clause does not have")?;
            sources.push(if scope == Scope::Whole {
                self.library.clause(at).text.clone()
            } else {
                self.around(at, quote)
            });
            around.extend(stems(&self.library.clause(at).text));
            around.extend(stems(&self.library.clause(at).section));
            let found = self.library.prove_part(at, quote);
            if !provenance.contains(&found) {
                provenance.push(found);
            }
            places.push(at);
        }
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        locked(&sources, text, scope)?;
        grounded(text, &around, &self.lesson)?;
        self.at_level(text, &around, &sources)?;
        let relation = if sources.iter().any(|s| s.contains(text)) && provenance.iter().any(|p| p.quote.contains(text))
        {
            Relation::Quote
        } else {
            Relation::Compress
        };
        Ok(Proven { text: text.to_owned(), relation, provenance })
    }

    /// A line of the reading, rewritten: it stands for everything that the line before it stood for.
    pub fn line(&self, text: &str, proof: &[Cited], base: &Proven) -> Result<Proven, String> {
        let restored = self.restored(text);
        let text = restored.trim();
        if text == base.text {
            return Ok(base.clone());
        }
        Self::form(text)?;
        let of_line = |at: ClauseRef| base.provenance.iter().any(|p| p.clause_id == self.library.clause(at).id);
        let quotes = |c: &Cited| {
            self.clause(&c.clause).is_some_and(|at| of_line(at) && self.quote(at, &self.restored(&c.quote)).is_some())
        };
        if proof.is_empty() || !proof.iter().all(quotes) {
            return Err("quotes words that its clause does not have".to_owned());
        }
        let sources: Vec<&str> = base.provenance.iter().map(|p| p.quote.as_str()).collect();
        locked(&sources, text, Scope::Whole)?;
        let mut around = BTreeSet::new();
        for provenance in &base.provenance {
            around.extend(stems(&provenance.quote));
            around.extend(stems(provenance.section.as_deref().unwrap_or_default()));
        }
        grounded(text, &around, &BTreeSet::new())?;
        self.at_level(text, &around, &sources)?;
        let relation = if sources.contains(&text) { Relation::Quote } else { Relation::Compress };
        Ok(Proven { text: text.to_owned(), relation, provenance: base.provenance.clone() })
    }

    /// Facts come in the order of the steps.
    pub fn in_order<'p>(&self, proofs: impl Iterator<Item = &'p [Cited]>) -> Result<(), String> {
        let mut last: Option<ClauseRef> = None;
        for at in proofs.filter_map(|proof| proof.iter().filter_map(|c| self.clause(&c.clause)).min()) {
            if self.library.step(at).is_none_or(|(procedure, _)| !procedure.ordered) {
                continue;
            }
            if last.is_some_and(|l| l.document == at.document && at < l) {
                return Err("gives the steps in another order".to_owned());
            }
            last = Some(at);
        }
        Ok(())
    }

    /// A text for somebody outside the house: without names and numbers of people.
    pub fn redacted(&self, text: &str) -> String {
        self.redactor.redact(text)
    }

    /// A text from outside, with the names and numbers that were taken out of it.
    pub fn restored(&self, text: &str) -> String {
        self.redactor.restore(text)
    }

    pub fn definition_words(&self) -> usize {
        match self.level {
            Level::A1 => 8,
            Level::A2 | Level::B1 => 12,
            Level::B2 | Level::C1 | Level::C2 => 18,
        }
    }

    pub fn turns(&self) -> &'static str {
        if self.level <= Level::A2 { "8 to 12" } else { "8 to 16" }
    }

    /// Form alone: plain text, sentences, articles.
    pub fn form(text: &str) -> Result<(), String> {
        if let Some(fault) = hygiene::fault(text, 600) {
            return Err(fault.to_owned());
        }
        language::faults(text).into_iter().next().map_or(Ok(()), Err)
    }

    /// The quote, if the clause says it word for word. Two words are the least that can prove something.
    fn quote<'q>(&self, at: ClauseRef, quote: &'q str) -> Option<&'q str> {
        let quote = quote.trim();
        let text = &self.library.clause(at).text;
        let enough = word_count(quote) >= 2 || quote == text.trim();
        (enough && text.contains(quote)).then_some(quote)
    }

    /// The sentences of the clause that the quote stands in: a quote cannot be cut so that its "not" is lost.
    fn around(&self, at: ClauseRef, quote: &str) -> String {
        let text = &self.library.clause(at).text;
        let Some(start) = text.find(quote) else { return text.clone() };
        let end = start + quote.len();
        let hit: Vec<&str> = sentences(text)
            .into_iter()
            .filter(|(from, sentence)| *from < end && start < from + sentence.len())
            .map(|(_, sentence)| sentence)
            .collect();
        if hit.is_empty() { text.clone() } else { hit.join(" ") }
    }

    /// No new word above the level, no sentence longer than the level allows unless the SOP's own is.
    fn at_level(&self, text: &str, around: &BTreeSet<String>, sources: &[&str]) -> Result<(), String> {
        if let Some(word) = self.words_above(text).into_iter().find(|w| !stems(w).iter().all(|s| around.contains(s))) {
            return Err(format!("uses “{word}”, which is above {}", self.level));
        }
        let longest = sources.iter().flat_map(|s| sentences(s)).map(|(_, s)| word_count(s)).max().unwrap_or(0);
        let most = most_words(self.level).max(longest);
        match sentences(text).into_iter().find(|(_, s)| word_count(s) > most) {
            Some(_) => Err(format!("has a sentence of more than {most} words")),
            None => Ok(()),
        }
    }

    /// Words of a text above the level; the lesson's terms are exempt.
    pub fn words_above(&self, text: &str) -> Vec<String> {
        let exempt = cefr::Exempt::new(self.terms.iter().map(String::as_str));
        let fit = cefr::fits(text, cefr::Level::from_score(self.level.score()), &exempt);
        let words = fit.words_above.iter().filter_map(|w| text.get(w.span.clone()));
        // A contraction is as easy as what it stands for.
        words.filter(|w| !w.contains(['\'', '’'])).map(str::to_owned).collect()
    }

    /// How far the text's measured level is from the level that was ordered.
    pub fn distance(&self, text: &str) -> f32 {
        let exempt = cefr::Exempt::new(self.terms.iter().map(String::as_str));
        (cefr::measure(text, &exempt).score - self.level.score()).abs()
    }
}

/// The safety lock, and opposites, which it does not know.
fn locked(sources: &[&str], text: &str, scope: Scope) -> Result<(), String> {
    let breaches = match scope {
        Scope::Whole => lock::check(sources, text),
        Scope::Part => lock::check_part(sources, text),
    };
    if let Some(breach) = breaches.into_iter().next() {
        return Err(format!("changes what its clause says: {}", breach.detail));
    }
    match claims::opposite(sources, text) {
        Some((given, said)) => Err(format!("says “{said}” where its clause says “{given}”")),
        None => Ok(()),
    }
}

/// Whether a line of the reading can be rewritten: a heading, a row of a table or a thing in a list is no sentence, and what
/// leads the reader rests on no clause.
pub fn is_rewritable(line: &ReadingLine) -> bool {
    let of_the_sop = line.role != LineRole::Heading && !line.text.provenance.is_empty();
    of_the_sop && language::faults(&line.text.text).is_empty() && !line.text.text.contains('|')
}

/// The longest sentence of a level, in words.
pub fn most_words(level: Level) -> usize {
    match level {
        Level::A1 => 10,
        Level::A2 => 14,
        Level::B1 => 20,
        Level::B2 => 25,
        Level::C1 | Level::C2 => 30,
    }
}

/// The words of a text without what stands around them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests;

//! The guide's rewrite operations: a clause in words of the learners' level, or the clause as it is.
//!
//! Every operation works on one sentence, changes one thing, and knows when not to. After each of them the lock
//! compares the sentence with the one before, and the language rules read it: an operation that fails either is undone.
//! So a text that comes out has passed both at every step, and what no operation is sure of stays a quotation.

mod aside;
mod bullets;
mod condition;
mod duty;
mod join;
pub mod limits;
mod note;
mod padding;
mod phrase;
mod predicate;
mod reason;
mod relative;
mod share;
mod sign;
mod split;
mod stack;
pub mod synonym;
mod time;
mod voice;
mod word;

pub use join::{Bond, Joint, Part, Way};
pub use phrase::lemma as base_form;
pub use sign::to_words as signs_to_words;

use course_format::Level;

use phrase::Mask;

use super::english::article::by_sound;
use super::english::sentence::sentences;
use super::english::text::word_count;
use super::lock;
use super::verify::language;

/// What the operations must know about the clause.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub level: Level,
    /// The text of the whole document: it tells names from words.
    pub document: &'a str,
    /// Approved terms in small letters, each word of them: they stay as the client writes them.
    pub terms: &'a [String],
    /// Limits, bans and warnings: no sentences are joined.
    pub critical: bool,
}

/// A clause in other words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rewriting {
    pub text: String,
    /// The guide's numbers of the operations, in the order in which they were applied.
    pub operations: Vec<&'static str>,
}

/// Signs of tables, paths and code: such a text is no sentence.
const NO_SENTENCE: [char; 8] = ['|', '→', '{', '}', '[', ']', '=', '#'];

/// Words of a sentence with several acts of one person that beginners still read with ease.
const SHARED_SUBJECT: usize = 11;

/// Words of a sentence with two predicates that beginners still read with ease.
const TWO_PREDICATES: usize = 9;

/// The clause at the level; nothing where no operation applies or is safe.
pub fn rewrite(text: &str, context: &Context<'_>) -> Option<Rewriting> {
    if text.contains(NO_SENTENCE) || text.contains("http") || word_count(text) < 2 {
        return None;
    }
    let mut work =
        Work { sentences: sentences(text).into_iter().map(|(_, s)| s.to_owned()).collect(), operations: Vec::new() };
    work.run(context);
    let out = text_of(&work.sentences);
    let sound = out != text && lock::check(&[text], &out).is_empty() && language::faults(&ended(&out)).is_empty();
    sound.then_some(Rewriting { text: out, operations: work.operations })
}

/// Every way to say neighbours in one sentence (R20) that the lock passes. `quotes` are the clauses they come from.
///
/// The last sentence of the first part and the first of the last part are joined; what stands around them stays.
pub fn joined(parts: &[Part<'_>], quotes: &[&str], bond: Bond, level: Level, document: &str) -> Vec<Way> {
    let most = limits::of(level).words_a_sentence;
    let ends = parts.first().zip(parts.last()).and_then(|(first, last)| {
        let (start, before) = sentences(first.text).pop()?;
        Some((&first.text[..start], before, *sentences(last.text).first().map(|(_, s)| s)?, last.text))
    });
    let Some((head, before, after, last)) = ends else { return Vec::new() };
    // Words between the parts that are joined would stand in the middle of the sentence.
    let middle = parts.len() > 2 && parts[1..parts.len() - 1].iter().any(|p| sentences(p.text).len() > 1);
    if middle {
        return Vec::new();
    }
    let tail = last[after.len()..].trim_start();
    let mut inner = parts.to_vec();
    let end = inner.len() - 1;
    inner[0].text = before;
    inner[end].text = after;
    let texts: Vec<&str> = parts.iter().map(|p| p.text).collect();
    join::ways(&inner, bond, level, document)
        .into_iter()
        .map(|way| Way { text: by_sound(&way.text), ..way })
        .filter(|way| word_count(&way.text) <= most)
        .map(|way| Way { text: format!("{head}{} {tail}", way.text).trim_end().to_owned(), ..way })
        .filter(|way| says(&texts, &way.text) && lock::check(quotes, &way.text).is_empty())
        .collect()
}

/// A row of a table that says what somebody does, as a sentence.
pub fn row(row: &str, document: &str) -> Option<String> {
    share::row(row, document).filter(|said| says(&[row], said))
}

/// An order after a word that leads on from the step before ("Next, open the valve.").
pub fn lead(sentence: &str, quotes: &[&str], cue: &str) -> Option<String> {
    if sentence.contains('\n') {
        return None;
    }
    join::led(sentence, cue).filter(|led| says(&[sentence], led) && lock::check(quotes, led).is_empty())
}

fn says(parts: &[&str], wording: &str) -> bool {
    lock::check(parts, wording).is_empty() && language::faults(&ended(wording)).is_empty()
}

/// Sentences one after the other; after the entries of a list a new line begins.
fn text_of(sentences: &[String]) -> String {
    let mut out = String::new();
    for (i, sentence) in sentences.iter().enumerate() {
        let listed = i > 0 && sentences[i - 1].contains('\n');
        out.push_str(if i == 0 {
            ""
        } else if listed {
            "\n"
        } else {
            " "
        });
        out.push_str(sentence);
    }
    out
}

struct Work {
    sentences: Vec<String>,
    operations: Vec<&'static str>,
}

impl Work {
    fn run(&mut self, context: &Context<'_>) {
        let level = context.level;
        let (beginner, low, middle) = (level == Level::A1, level <= Level::A2, level <= Level::B1);
        let term = |word: &str| context.terms.contains(&word.to_lowercase());
        let target = cefr::Level::from_score(level.score());
        self.each("R18", padding::drop);
        self.each("R10", note::articles);
        if middle {
            self.each("R11", sign::to_words);
            self.each("R16", duty::one_word);
            self.each("R16", duty::mandatory);
            self.each("R16", duty::advice);
            self.each("R17", duty::ban);
            self.each("R5", time::noun_to_verb);
            self.each("R9", time::participle);
            self.each("R9", time::when_you);
            self.each("R6", condition::first);
            self.each("R14", |s| stack::open(s, &term));
        }
        if low {
            self.split(aside::after);
            self.split(aside::including);
            self.split(|s| predicate::two(s, TWO_PREDICATES));
            self.split(|s| predicate::in_case(s, SHARED_SUBJECT));
            self.split(|s| reason::because(s, SHARED_SUBJECT));
            self.split(|s| reason::so_that(s, SHARED_SUBJECT));
            self.split(relative::which);
            self.split(relative::who);
            self.split(relative::place);
            self.each("R7", |s| condition::unless(s, context.document));
            self.each("R4", |s| Mask::around(s, |t| voice::agent(t, context.document)));
            self.each("R3", |s| Mask::around(s, |t| voice::you(t, context.document)));
        }
        self.split(|s| split::actions(s, limits::of(level).actions));
        if low {
            self.split(|s| share::case(s, limits::of(level).words_a_sentence));
            self.split(share::that_clauses);
            self.split(|s| share::subject(s, SHARED_SUBJECT));
            self.split(|s| share::responsible(s, SHARED_SUBJECT));
        }
        if middle {
            let most = limits::of(level).words_a_sentence;
            self.split(|s| split::clauses(s, if low { most.min(SHARED_SUBJECT) } else { most }));
        }
        if beginner {
            self.each("R8", time::first_then);
            self.each("R6", condition::as_question);
        }
        if low {
            self.each("R9", time::before_you);
        }
        if middle {
            self.synonyms(target, &term);
        }
        if level >= Level::C1 {
            self.each("R20", join::inverted);
        }
        self.warning_first();
        if low {
            self.each("R2", |s| bullets::list(s, SHARED_SUBJECT, context.document));
        }
        if level >= Level::B1 {
            self.join(context);
        }
    }

    /// Applies an operation to every sentence where it passes.
    fn each(&mut self, name: &'static str, operation: impl Fn(&str) -> Option<String>) {
        for sentence in &mut self.sentences {
            if let Some(new) = operation(sentence).map(|s| by_sound(&s)).filter(|new| is_sound(sentence, new)) {
                *sentence = new;
                self.operations.push(name);
            }
        }
    }

    fn split(&mut self, operation: impl Fn(&str) -> Option<Vec<String>>) {
        let mut out = Vec::with_capacity(self.sentences.len());
        for sentence in std::mem::take(&mut self.sentences) {
            match operation(&sentence).filter(|parts| is_sound(&sentence, &parts.join(" "))) {
                Some(parts) => {
                    out.extend(parts);
                    self.operations.push("R1");
                }
                None => out.push(sentence),
            }
        }
        self.sentences = out;
    }

    /// Every easier word of a sentence at once; where the lock refuses them together, each that it passes alone.
    fn synonyms(&mut self, target: cefr::Level, term: &dyn Fn(&str) -> bool) {
        for sentence in &mut self.sentences {
            let passes = |old: &str, new: &str| is_sound(old, &by_sound(new));
            if let Some(new) = word::easier(sentence, target, term, &passes) {
                *sentence = by_sound(&new);
                self.operations.push("R12");
            }
        }
    }

    fn warning_first(&mut self) {
        if let Some(new) = padding::warning_first(&self.sentences) {
            self.sentences = new;
            self.operations.push("R19");
        }
    }

    /// Joins sentences of one clause, two pairs at most: more would be heavy.
    fn join(&mut self, context: &Context<'_>) {
        for _ in 0..2 {
            let pair = (1..self.sentences.len()).find_map(|at| Some((at, self.joined(context, at)?)));
            let Some((at, joined)) = pair else { return };
            self.sentences.splice(at - 1..=at, [joined]);
            self.operations.push("R20");
        }
    }

    fn joined(&self, context: &Context<'_>, at: usize) -> Option<String> {
        let (first, second) = (&self.sentences[at - 1], &self.sentences[at]);
        let most = limits::of(context.level).words_a_sentence;
        let mut ways = join::in_one_clause(first, second, context.level, context.document);
        if !context.critical && context.level >= Level::B2 {
            let parts = [first, second].map(|text| Part { text, critical: false });
            let said = join::ways(&parts, Bond::Steps, context.level, context.document);
            let turn = at % said.len().max(1);
            ways.extend(said[turn..].iter().chain(&said[..turn]).map(|w| w.text.clone()));
        }
        if context.level >= Level::B2 {
            ways.extend(join::side_by_side(first, second, context.document));
        }
        ways.into_iter().find(|new| word_count(new) <= most && says(&[first, second], new))
    }
}

fn is_sound(before: &str, after: &str) -> bool {
    before != after && lock::check(&[before], after).is_empty() && language::faults(&ended(after)).is_empty()
}

/// List items have no full stop; that is no fault.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?', ':', '”', '"', ')']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests;

//! One sentence as the model sees it: tokens with their records, in buffers that are used again and again.

use std::ops::Range;

use crate::classes::Classes;
use crate::exempt::Exempt;
use crate::lexicon;
use crate::table::{self, Entry};
use crate::token::{TokenKind, tokens};

/// A token with what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Bytes in the sentence's text.
    pub span: Range<usize>,
    /// Bytes in [`Analysis::lower`].
    lower: Range<usize>,
    pub kind: TokenKind,
    pub entry: Entry,
    pub classes: Classes,
    pub hash: u64,
    /// Level 1.0 to 6.0; 0 when there is none.
    pub level: f32,
    /// First byte of a mark, lower-cased first byte of a word.
    pub first: u8,
    pub capital: bool,
    pub name: bool,
    pub exempt: bool,
}

impl Item {
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// A word that carries meaning: no function word, no name, no unit, not exempt.
    pub fn is_content(&self) -> bool {
        self.is_word() && !self.name && !self.exempt && !self.classes.has(Classes::FUNCTION)
    }

    /// A word that learners would look up: content, and no contraction of an auxiliary, which word lists do not know.
    pub fn is_vocabulary(&self) -> bool {
        let auxiliary = [Classes::BE, Classes::HAVE, Classes::DO, Classes::MODAL, Classes::NEGATION];
        self.is_content() && !auxiliary.iter().any(|class| self.classes.has(*class))
    }
}

/// Places for levels of words met before.
const SLOTS: usize = 1024;

/// The analysed sentence. Its buffers are kept from one sentence to the next.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    pub items: Vec<Item>,
    lower: String,
    /// Levels of words met before, by hash: most words of a text are few.
    levels: Vec<(u64, f32)>,
    pub words: usize,
    /// Words in other scripts.
    pub foreign: usize,
    /// Words that belong to exempt terms.
    pub exempt: usize,
}

impl Analysis {
    /// Analyses `text`, one sentence. Spans are relative to it.
    pub fn fill(&mut self, text: &str, exempt: &Exempt) {
        self.items.clear();
        self.lower.clear();
        self.words = 0;
        self.foreign = 0;
        self.exempt = 0;
        let (mut capitals, mut letters) = (0usize, 0usize);
        for token in tokens(text) {
            let written = &text[token.span.clone()];
            let item = self.item(written, token.span, token.kind);
            if item.is_word() {
                self.words += 1;
                if !item.classes.has(Classes::FUNCTION) {
                    capitals += usize::from(item.capital);
                    letters += 1;
                }
            }
            self.foreign += usize::from(item.kind == TokenKind::Foreign);
            self.items.push(item);
        }
        exempt.mark(&mut self.items);
        self.exempt = self.items.iter().filter(|item| item.exempt && item.is_word()).count();
        let title = letters > 2 && capitals * 3 > letters * 2;
        self.mark_units();
        self.mark_names(title);
    }

    /// The lower-case form of an item.
    pub fn lower(&self, item: &Item) -> &str {
        self.lower.get(item.lower.clone()).unwrap_or("")
    }

    fn item(&mut self, written: &str, span: Range<usize>, kind: TokenKind) -> Item {
        let start = self.lower.len();
        let mut item = Item {
            span,
            lower: start..start,
            kind,
            entry: Entry::default(),
            classes: Classes::NONE,
            hash: 0,
            level: 0.0,
            first: written.bytes().next().unwrap_or(0),
            capital: false,
            name: false,
            exempt: false,
        };
        if kind != TokenKind::Word {
            return item;
        }
        item.capital = written.chars().next().is_some_and(char::is_uppercase);
        push_folded(&mut self.lower, written);
        item.lower = start..self.lower.len();
        let lower = &self.lower[start..];
        item.first = lower.bytes().next().unwrap_or(0);
        item.hash = table::hash(lower.as_bytes());
        item.classes = Classes::find(item.hash);
        let mut found = table::find(item.hash);
        let stem = lower.split('\'').next().unwrap_or(lower);
        if stem.len() < lower.len() && !stem.is_empty() && !item.classes.has(Classes::FUNCTION) {
            let whole = item.classes;
            item.hash = table::hash(stem.as_bytes());
            item.classes = if whole == Classes::NONE { Classes::find(item.hash) } else { whole };
            found = table::find(item.hash).or(found);
            item.lower.end = start + stem.len();
        }
        item.entry = found.unwrap_or_default();
        if item.classes.has(Classes::FUNCTION) {
            item.level = item.entry.listed().unwrap_or(1.0).min(3.0);
        } else {
            item.level = self.level(item.hash, item.lower.clone(), found);
        }
        item
    }

    fn level(&mut self, hash: u64, lower: Range<usize>, found: Option<Entry>) -> f32 {
        let slot = table::low_bits(hash) & (SLOTS - 1);
        if let Some(&(known, level)) = self.levels.get(slot)
            && known == hash
        {
            return level;
        }
        let level = lexicon::score_of(&self.lower[lower], found).map_or(0.0, |found| found.0);
        self.levels.resize(SLOTS, (0, 0.0));
        if let Some(place) = self.levels.get_mut(slot) {
            *place = (hash, level);
        }
        level
    }

    /// Units after a number are no words to be judged.
    fn mark_units(&mut self) {
        let mut after_number = false;
        for item in &mut self.items {
            if after_number && item.is_word() && item.classes.has(Classes::UNIT) && item.level > 2.0 {
                item.level = 1.0;
            }
            let degree = item.kind == TokenKind::Mark && item.span.len() == 2;
            after_number = item.kind == TokenKind::Number || after_number && degree;
        }
    }

    /// Marks names: capital letters inside a sentence (and unknown capitalised words at its start).
    fn mark_names(&mut self, title: bool) {
        let mut seen_word = false;
        for item in &mut self.items {
            if !item.is_word() {
                seen_word = seen_word && !matches!(item.first, b':' | b'"');
                continue;
            }
            let proper = item.entry.is_proper_noun() && item.entry.zipf() > 0.0;
            let unlisted = item.entry.listed().is_none_or(|level| level >= 5.5);
            let inside = seen_word && !title;
            let likely = if inside { proper || unlisted } else { proper && unlisted };
            let unknown = item.entry == Entry::default();
            item.name = item.capital && !item.classes.has(Classes::FUNCTION) && (likely || unknown);
            seen_word = true;
        }
    }
}

/// Appends `written` in lower case, with plain apostrophes and without accents.
fn push_folded(lower: &mut String, written: &str) {
    if written.is_ascii() {
        let start = lower.len();
        lower.push_str(written);
        if let Some(tail) = lower.get_mut(start..) {
            tail.make_ascii_lowercase();
        }
        return;
    }
    for c in written.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' => lower.push('a'),
            'ç' => lower.push('c'),
            'è'..='ë' => lower.push('e'),
            'ì'..='ï' => lower.push('i'),
            'ñ' => lower.push('n'),
            'ò'..='ö' => lower.push('o'),
            'ù'..='ü' => lower.push('u'),
            '’' | 'ʼ' => lower.push('\''),
            c => lower.push(c),
        }
    }
}

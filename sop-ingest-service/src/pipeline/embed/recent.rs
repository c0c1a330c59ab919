//! Texts that were read closely a moment ago: the questions about one SOP meet the same clauses again and again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::Embedded;

/// So many words are kept, twice: 1.5 KB each.
const MOST_WORDS: usize = 12_000;

/// Two generations: what is asked for moves to the young one, and the old one goes when the young one is full.
#[derive(Default)]
pub struct Recent(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<String, Arc<Embedded>>,
    old: HashMap<String, Arc<Embedded>>,
    /// In the young one.
    words: usize,
}

impl Recent {
    pub fn get(&self, text: &str) -> Option<Arc<Embedded>> {
        let mut kept = self.lock();
        if let Some(known) = kept.young.get(text) {
            return Some(Arc::clone(known));
        }
        let (text, known) = kept.old.remove_entry(text)?;
        kept.put(text, Arc::clone(&known));
        Some(known)
    }

    pub fn put(&self, text: String, read: Arc<Embedded>) {
        self.lock().put(text, read);
    }

    fn lock(&self) -> MutexGuard<'_, Generations> {
        // What a panicking thread left is a cache all the same.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn put(&mut self, text: String, read: Arc<Embedded>) {
        if self.words + read.words.len() > MOST_WORDS {
            self.old = std::mem::take(&mut self.young);
            self.words = 0;
        }
        self.words += read.words.len();
        self.young.insert(text, read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(words: usize) -> Arc<Embedded> {
        Arc::new(Embedded { whole: Vec::new(), words: vec![Vec::new(); words] })
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let recent = Recent::default();
        recent.put("often".to_owned(), text_of(10));
        recent.put("once".to_owned(), text_of(10));
        for at in 0..10 {
            assert!(recent.get("often").is_some());
            recent.put(format!("long {at}"), text_of(MOST_WORDS / 2));
        }
        assert!(recent.get("often").is_some() && recent.get("once").is_none());
        let kept = recent.lock();
        let words = kept.young.values().chain(kept.old.values()).map(|e| e.words.len()).sum::<usize>();
        assert!(words <= 2 * MOST_WORDS, "{words}");
    }
}

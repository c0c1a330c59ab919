//! Verbs of two words: those whose second word changes what they do ("put out the sign"), and those that need it ("look at").

use std::sync::LazyLock;

/// A verb of two words, in one of its senses.
pub struct TwoWords {
    pub verb: &'static str,
    pub particle: &'static str,
    /// Nothing for a verb that only needs its preposition.
    pub meaning: Option<&'static str>,
    /// The thing may stand between the two.
    pub separable: bool,
    /// Words one of which must stand near it for this sense.
    near: Vec<&'static str>,
}

static ALL: LazyLock<Vec<TwoWords>> = LazyLock::new(|| {
    include_str!("two_words.txt").lines().filter(|line| !line.starts_with('#')).filter_map(read).collect()
});

fn read(line: &'static str) -> Option<TwoWords> {
    let mut fields = line.split(" | ");
    let (verb, particle, meaning) = (fields.next()?, fields.next()?, fields.next()?);
    let separable = fields.next() == Some("yes");
    let near = fields.next().map(|n| n.split(' ').collect()).unwrap_or_default();
    Some(TwoWords { verb, particle, meaning: Some(meaning).filter(|m| *m != "-"), separable, near })
}

/// The verbs that a learner can look up, with the sense that fits these words.
pub fn taught(words: &[&str]) -> impl Iterator<Item = &'static TwoWords> {
    let near: Vec<String> = words.iter().map(|w| cefr::lemma(&w.to_lowercase())).collect();
    let fits = move |p: &TwoWords| p.near.is_empty() || p.near.iter().any(|n| near.iter().any(|w| w == n));
    ALL.iter().filter(|p| p.meaning.is_some()).filter(move |p| fits(p))
}

/// Whether the second word belongs to the verb before it and opens no part of the sentence by itself.
pub fn belongs(verb: &str, particle: &str) -> bool {
    ALL.iter().any(|p| p.particle == particle && p.verb == verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_company_of_a_verb_of_two_words_decides_what_it_means() {
        let meaning = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            taught(&words).find(|p| p.verb == words[0] && words.contains(&p.particle)).and_then(|p| p.meaning)
        };
        assert!(meaning("put out a wet floor sign").unwrap().contains("see"));
        assert!(meaning("put out the fire").unwrap().contains("fire"));
        assert!(meaning("look at the chart").is_none());
    }

    #[test]
    fn every_line_has_a_verb_a_particle_and_a_meaning_that_begins_as_one() {
        let lines = include_str!("two_words.txt").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(ALL.len(), lines);
        for p in ALL.iter() {
            assert!(p.meaning.is_none_or(|m| m.starts_with("to ") && !m.contains(';')), "{} {}", p.verb, p.particle);
        }
    }
}

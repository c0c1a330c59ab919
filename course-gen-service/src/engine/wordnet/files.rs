//! WordNet's index and data files. Indexes are kept in memory, synonym sets are read where they are asked for.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use cefr::PartOfSpeech;

const PARTS: [(PartOfSpeech, &str, &[char]); 4] = [
    (PartOfSpeech::Noun, "noun", &['1']),
    (PartOfSpeech::Verb, "verb", &['2']),
    (PartOfSpeech::Adjective, "adj", &['3', '5']),
    (PartOfSpeech::Adverb, "adv", &['4']),
];

/// One synonym set.
#[derive(Clone, Debug)]
pub struct Sense {
    pub words: Vec<String>,
    pub gloss: String,
    /// Number of the lexicographer file: 6 things made by people, 13 food, 18 people, 27 substances.
    pub domain: u32,
    /// How often the sense was met in tagged texts.
    pub count: u32,
    /// Place of the wider term.
    pub wider: Option<u64>,
}

/// WordNet, opened.
#[derive(Debug)]
pub struct Files {
    parts: Vec<(PartOfSpeech, String, File)>,
    counts: String,
}

impl Files {
    pub fn open(folder: &Path) -> io::Result<Self> {
        let mut parts = Vec::new();
        for (part, name, _) in PARTS {
            let index = std::fs::read_to_string(folder.join(format!("index.{name}")))?;
            parts.push((part, index, File::open(folder.join(format!("data.{name}")))?));
        }
        Ok(Self { parts, counts: std::fs::read_to_string(folder.join("cntlist.rev"))? })
    }

    /// The senses of a base form, most frequent first.
    pub fn senses(&self, lemma: &str, part: PartOfSpeech) -> Vec<Sense> {
        let Some((_, index, _)) = self.parts.iter().find(|p| p.0 == part) else { return Vec::new() };
        let lemma = lemma.replace(' ', "_");
        let Some(line) = first_line(index, &format!("{lemma} ")) else { return Vec::new() };
        let fields: Vec<&str> = line.split_whitespace().collect();
        let count = fields.get(2).and_then(|c| c.parse::<usize>().ok()).unwrap_or(0);
        let offsets = fields.iter().skip(fields.len().saturating_sub(count)).filter_map(|o| o.parse().ok());
        let mut senses: Vec<Sense> = offsets.filter_map(|o| self.sense_at(part, o)).collect();
        let counts = self.counts_of(&lemma, part);
        for (sense, number) in senses.iter_mut().zip(1..) {
            sense.count = counts.iter().find(|(n, _)| *n == number).map_or(0, |(_, c)| *c);
        }
        senses
    }

    pub fn sense_at(&self, part: PartOfSpeech, offset: u64) -> Option<Sense> {
        let (_, _, data) = self.parts.iter().find(|p| p.0 == part)?;
        let mut buffer = vec![0; 12 * 1024];
        let count = data.read_at(&mut buffer, offset).ok()?;
        let text = String::from_utf8_lossy(buffer.get(..count)?);
        read(text.lines().next()?)
    }

    /// Sense number and count of every tagged sense.
    fn counts_of(&self, lemma: &str, part: PartOfSpeech) -> Vec<(u32, u32)> {
        let Some((_, _, kinds)) = PARTS.iter().find(|p| p.0 == part) else { return Vec::new() };
        let prefix = format!("{lemma}%");
        let Some(first) = first_line(&self.counts, &prefix) else { return Vec::new() };
        let start = first.as_ptr() as usize - self.counts.as_ptr() as usize;
        self.counts[start..]
            .lines()
            .take_while(|line| line.starts_with(&prefix))
            .filter(|line| line[prefix.len()..].starts_with(*kinds))
            .filter_map(|line| {
                let mut fields = line.split(' ').skip(1);
                Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
            })
            .collect()
    }
}

/// `offset domain kind count word id ... pointers | gloss`; the number of words is hexadecimal.
fn read(line: &str) -> Option<Sense> {
    let (fields, gloss) = line.split_once(" | ")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let count = usize::from_str_radix(fields.get(3)?, 16).ok()?;
    let words = (0..count).filter_map(|i| fields.get(4 + 2 * i)).map(|w| (*w).to_owned()).collect();
    let wider = fields.iter().skip(4 + 2 * count).position(|f| *f == "@");
    let wider = wider.and_then(|at| fields.get(4 + 2 * count + at + 1)).and_then(|o| o.parse().ok());
    Some(Sense { words, gloss: gloss.trim().to_owned(), domain: fields.get(1)?.parse().ok()?, count: 0, wider })
}

/// The first line of sorted text that begins with `prefix`.
fn first_line<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let bytes = text.as_bytes();
    let line_start = |at: usize| bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |newline| newline + 1);
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let start = line_start(low + (high - low) / 2);
        let line = text.get(start..)?.lines().next()?;
        if line < prefix {
            low = (start + line.len() + 1).max(low + 1);
        } else {
            high = start;
        }
    }
    text.get(low..)?.lines().next().filter(|line| line.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_lines_are_found_by_their_beginning() {
        let text = "ash%1 1\nask%2 1\nask%2 3\nasp%1 1\n";
        assert_eq!(first_line(text, "ask%"), Some("ask%2 1"));
        assert_eq!(first_line(text, "as "), None);
        assert_eq!(first_line(text, "zoo"), None);
    }

    #[test]
    fn a_synonym_set_is_read() {
        let line = "14859344 27 n 02 disinfectant 0 germicide 0 001 @ 14778019 n 0000 | an agent that destroys germs  ";
        let sense = read(line).unwrap();
        assert_eq!(sense.words, ["disinfectant", "germicide"]);
        assert_eq!((sense.domain, sense.wider), (27, Some(14_778_019)));
        assert_eq!(sense.gloss, "an agent that destroys germs");
    }
}

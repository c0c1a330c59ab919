//! Where the words of a block were recognised, and which of them are doubtful.

use course_format::sop::PageBox;

use super::{source::Line, words::Area};
use crate::pipeline::extract::{Block, LineBox};

/// Words that are less sure than this may be others.
const DOUBTFUL_BELOW: f32 = 70.0;
/// A wrong digit is a wrong limit.
const DOUBTFUL_NUMBER_BELOW: f32 = 85.0;
/// How many words may have been left out between two words of a block: labels, bullets, dust.
const LOOK_AHEAD: usize = 24;

/// One page as it was recognised: how an area of its picture becomes an area of the page.
pub trait Paper {
    fn area(&self, page: u32, area: Area) -> PageBox;
}

/// Walks through blocks and lines side by side; both are in reading order.
pub fn place(blocks: &mut [Block], lines: &[Line], paper: &impl Paper) {
    let words: Vec<(String, usize, usize)> = lines
        .iter()
        .enumerate()
        .flat_map(|(l, line)| line.words.iter().enumerate().map(move |(w, word)| (folded(&word.text), l, w)))
        .collect();
    let (mut next, mut page) = (0, lines.first().map_or(1, |l| l.page));
    for block in blocks {
        let (mut sure, mut letters) = (0.0, 0.0);
        let mut open: Option<(usize, usize, Area)> = None;
        let text = block.text.clone();
        for (start, token) in tokens(&text) {
            let wanted = folded(token);
            let Some(found) = words.iter().skip(next).take(LOOK_AHEAD).position(|(text, ..)| *text == wanted) else {
                continue;
            };
            let (_, l, w) = &words[next + found];
            next += found + 1;
            let word = &lines[*l].words[*w];
            sure += word.confidence * token.len() as f32;
            letters += token.len() as f32;
            if is_doubtful(token, word.confidence) {
                block.doubtful.push(start..start + token.len());
            }
            open = match open {
                Some((line, from, area)) if line == *l => Some((line, from, area.around(word.area))),
                other => {
                    end(block, other, lines, paper);
                    Some((*l, start, word.area))
                }
            };
        }
        end(block, open, lines, paper);
        if let Some(line) = block.lines.first_mut() {
            line.start = 0;
            page = line.area.page;
        }
        block.page = page;
        block.confidence = (letters > 0.0).then(|| (sure / letters / 100.0).clamp(0.0, 1.0));
    }
}

fn end(block: &mut Block, open: Option<(usize, usize, Area)>, lines: &[Line], paper: &impl Paper) {
    if let Some((line, start, area)) = open {
        block.lines.push(LineBox { start, area: paper.area(lines[line].page, area) });
    }
}

pub fn is_doubtful(token: &str, confidence: f32) -> bool {
    let numeric = token.contains(|c: char| c.is_ascii_digit() || matches!(c, '<' | '>' | '≤' | '≥' | '±'));
    confidence < if numeric { DOUBTFUL_NUMBER_BELOW } else { DOUBTFUL_BELOW }
}

pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|token| (token.as_ptr() as usize - text.as_ptr() as usize, token))
}

/// Letters and digits; signs only where there is nothing else.
pub fn folded(word: &str) -> String {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() { word.to_owned() } else { letters }
}

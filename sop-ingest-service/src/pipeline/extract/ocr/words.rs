//! What tesseract says: words in lines, each with its place and how sure it is.

/// A word as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    pub text: String,
    /// 0 to 100.
    pub confidence: f32,
    pub area: Area,
    /// Thickness of its strokes, in dots; 0 where it was not measured.
    pub stem: f32,
}

/// In pixels from the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Signs that are nothing and of which the recogniser is not sure are specks of dust.
const DUST_BELOW: f32 = 40.0;

/// Lines of which the recogniser is less sure than this are not text.
const LINE_BELOW: f32 = 45.0;

/// A bullet stands apart from the words after it by so many heights of them.
pub const APART: f32 = 0.7;
/// Signs that begin a line and are no bullets.
const NO_BULLETS: [&str; 12] = ["→", "<", ">", "≤", "≥", "±", "=", "(", "\"", "“", "'", "&"];

/// Whether a line begins with what is left of a bullet: a sign, or a round letter, that stands apart.
pub fn marker(line: &[Word]) -> bool {
    let [first, next, ..] = line else { return false };
    let sign = first.text.chars().count() <= 2 && !first.text.contains(char::is_alphanumeric);
    let round = matches!(first.text.as_str(), "e" | "o" | "O");
    (sign && !NO_BULLETS.contains(&first.text.as_str()) || round)
        && next.area.left - first.area.right >= APART * next.area.height()
}

/// Takes specks of dust out, and lines that are no text. Returns how many lines went.
pub fn sweep(lines: &mut Vec<Vec<Word>>) -> usize {
    for line in lines.iter_mut() {
        let marked = marker(line);
        let mut first = true;
        line.retain(|w| {
            let sign = std::mem::take(&mut first) && marked;
            sign || w.confidence >= DUST_BELOW || w.text.contains(|c: char| c.is_alphanumeric() || c == '→')
        });
    }
    lines.retain(|line| !line.is_empty());
    let before = lines.len();
    lines.retain(|line| confidence(std::slice::from_ref(line)).is_some_and(|sure| sure >= LINE_BELOW));
    before - lines.len()
}

/// Lines of words, in the recogniser's reading order.
pub fn read(tsv: &str) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let mut open = None;
    for row in tsv.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let ["5", page, block, paragraph, line, _, left, top, width, height, confidence, text] = fields[..] else {
            continue;
        };
        let number = |field: &str| field.parse::<f32>().ok().filter(|n| n.is_finite() && *n >= 0.0);
        let (Some(left), Some(top), Some(width), Some(height), Some(confidence)) =
            (number(left), number(top), number(width), number(height), number(confidence))
        else {
            continue;
        };
        let text = super::super::inline::visible(text);
        if text.is_empty() {
            continue;
        }
        let area = Area { left, top, right: left + width, bottom: top + height };
        let key = [page, block, paragraph, line].map(str::to_owned);
        if open.as_ref() != Some(&key) {
            lines.push(Vec::new());
            open = Some(key);
        }
        if let Some(line) = lines.last_mut() {
            line.push(Word { text, confidence, area, stem: 0.0 });
        }
    }
    lines
}

/// How sure the recogniser is of the page, weighted by letters; `None` without words.
pub fn confidence(lines: &[Vec<Word>]) -> Option<f32> {
    let words = || lines.iter().flatten();
    let letters = words().map(|w| w.text.len() as f32).sum::<f32>();
    let sure = words().map(|w| w.text.len() as f32 * w.confidence).sum::<f32>();
    (letters > 0.0).then(|| sure / letters)
}

/// The height of an ordinary word.
pub fn height(lines: &[Vec<Word>]) -> Option<f32> {
    let mut heights: Vec<f32> = lines.iter().flatten().filter(|w| w.text.len() > 2).map(|w| w.area.height()).collect();
    median(&mut heights)
}

pub fn median(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_one_line_stand_together_and_dust_is_swept_away() {
        let tsv = "level\tpage_num\n4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n5\t1\t1\t1\t1\t1\t10\t20\t30\t8\t96.5\tWash\n5\t1\t1\t1\t1\t2\t45\t20\t30\t8\t91\thands\n5\t1\t1\t1\t2\t1\t10\t40\t3\t3\t12\t~\n5\t1\t1\t1\t3\t1\t10\t60\t30\t8\t80\tnow\n";
        let mut lines = read(tsv);
        assert!(!marker(&lines[0]));
        assert_eq!(sweep(&mut lines), 0);
        let shown: Vec<Vec<&str>> = lines.iter().map(|l| l.iter().map(|w| w.text.as_str()).collect()).collect();
        assert_eq!(shown, [vec!["Wash", "hands"], vec!["now"]]);
        assert_eq!(lines[0][0].area, Area { left: 10.0, top: 20.0, right: 40.0, bottom: 28.0 });
    }

    #[test]
    fn a_sign_that_stands_apart_is_a_bullet_however_it_was_read() {
        let of = |sign: &str, gap: f32| {
            let word = |text: &str, left: f32| Word {
                text: text.to_owned(),
                confidence: 20.0,
                area: Area { left, top: 0.0, right: left + 20.0, bottom: 30.0 },
                stem: 0.0,
            };
            let line = vec![word(sign, 0.0), word("Wash", 20.0 + gap)];
            let mut lines = vec![line.clone()];
            sweep(&mut lines);
            (marker(&line), lines.first().map_or(0, Vec::len))
        };
        assert!(of("¢", 40.0).0 && of("e", 40.0).0 && of("—", 40.0).0);
        assert!(!of("¢", 10.0).0 && !of("<", 40.0).0 && !of("1", 40.0).0);
    }

    proptest! {
        #[test]
        fn any_table_is_read(tsv in "(5\t1\t1\t1\t[0-9]\t1\t[-0-9a-z]{1,3}\t1\t1\t1\t[-0-9.]{1,4}\t.{0,6}\n|.{0,20}\n){0,10}") {
            let lines = read(&tsv);
            prop_assert!(lines.iter().all(|l| !l.is_empty()));
            confidence(&lines);
        }
    }
}

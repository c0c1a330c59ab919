//! What tesseract says: words in lines, each with its place and how sure it is.

/// A word as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    /// 0 to 100.
    pub confidence: f32,
    pub area: Area,
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

/// Takes specks of dust out, and lines that are no text. Returns how many lines went.
pub fn sweep(lines: &mut Vec<Vec<Word>>) -> usize {
    for line in lines.iter_mut() {
        line.retain(|w| w.confidence >= DUST_BELOW || w.text.contains(|c: char| c.is_alphanumeric() || c == '→'));
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
            line.push(Word { text, confidence, area });
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
        assert_eq!(sweep(&mut lines), 0);
        let shown: Vec<Vec<&str>> = lines.iter().map(|l| l.iter().map(|w| w.text.as_str()).collect()).collect();
        assert_eq!(shown, [vec!["Wash", "hands"], vec!["now"]]);
        assert_eq!(lines[0][0].area, Area { left: 10.0, top: 20.0, right: 40.0, bottom: 28.0 });
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

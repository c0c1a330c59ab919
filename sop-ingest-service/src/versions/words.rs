use course_format::sop::WordChange;

/// Words of clauses that are longer than this together are compared as a whole.
const TABLE: usize = 250_000;

/// The words that differ, run by run.
pub(super) fn changed(old: &str, new: &str) -> Vec<WordChange> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let kept = if old.len() * new.len() <= TABLE { common(old, new) } else { Vec::new() };
    let (mut out, mut from) = (Vec::new(), (0, 0));
    for (o, n) in kept.into_iter().chain([(old.len(), new.len())]) {
        if from.0 < o || from.1 < n {
            out.push(WordChange { old: old[from.0..o].join(" "), new: new[from.1..n].join(" ") });
        }
        from = (o + 1, n + 1);
    }
    out
}

/// Places of the longest common subsequence of words.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let columns = new.len() + 1;
    let mut table = vec![0_u32; (old.len() + 1) * columns];
    for r in (0..old.len()).rev() {
        for c in (0..new.len()).rev() {
            table[r * columns + c] = if old[r] == new[c] {
                table[(r + 1) * columns + c + 1] + 1
            } else {
                table[(r + 1) * columns + c].max(table[r * columns + c + 1])
            };
        }
    }
    let (mut r, mut c, mut out) = (0, 0, Vec::new());
    while r < old.len() && c < new.len() {
        if old[r] == new[c] {
            out.push((r, c));
            (r, c) = (r + 1, c + 1);
        } else if table[(r + 1) * columns + c] >= table[r * columns + c + 1] {
            r += 1;
        } else {
            c += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<(String, String)> {
        changed(old, new).into_iter().map(|c| (c.old, c.new)).collect()
    }

    #[test]
    fn only_the_words_that_differ_are_named() {
        let change = shown("Keep the fridge below 8 °C at all times.", "Keep the cold room below 5 °C at all times.");
        assert_eq!(change, [("fridge".into(), "cold room".into()), ("8".into(), "5".into())]);
        assert_eq!(shown("Close it.", "Close it."), []);
        assert_eq!(shown("Close it.", "Close it. Lock it."), [(String::new(), "Lock it.".into())]);
    }
}

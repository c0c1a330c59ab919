//! Words that cannot go together: a verb with the wrong subject or after a modal verb, a mass noun that is counted, two small
//! words of which one is too many.

use crate::engine::english::words::{base_of_third_person, is_noun_like, is_verb};

/// Two words that no sentence has side by side.
const NEVER: [(&str, &str); 33] = [
    ("a", "the"),
    ("the", "a"),
    ("an", "the"),
    ("the", "an"),
    ("the", "your"),
    ("your", "the"),
    ("a", "your"),
    ("of", "of"),
    ("he", "have"),
    ("she", "have"),
    ("they", "has"),
    ("you", "has"),
    ("we", "has"),
    ("they", "is"),
    ("you", "is"),
    ("these", "is"),
    ("those", "is"),
    ("this", "are"),
    ("must", "to"),
    ("should", "to"),
    ("cannot", "to"),
    ("must", "must"),
    ("do", "must"),
    ("more", "easier"),
    ("more", "better"),
    ("more", "colder"),
    ("many", "information"),
    ("many", "equipment"),
    ("each", "are"),
    ("every", "are"),
    ("people", "is"),
    ("people", "has"),
    ("to", "to"),
];

/// Nouns that nobody counts.
const MASS: &str = "advice equipment furniture information luggage machinery research staff traffic homework knowledge";

/// What goes against the grammar of `words`, in small letters and without their marks.
pub fn faults(words: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for (i, pair) in words.windows(2).enumerate() {
        let (first, second) = (pair[0], pair[1]);
        let before = i.checked_sub(1).map_or("", |p| words[p]);
        if NEVER.contains(&(first, second)) && !(first == "this" && before == "like") {
            out.push(format!("has “{first} {second}”"));
        }
        // "must checks", "does not checks"; "the can opens" has a noun.
        let modal = matches!(first, "must" | "should" | "cannot" | "shall")
            || first == "not" && matches!(before, "must" | "should" | "does" | "do" | "did" | "may" | "cannot");
        let third = base_of_third_person(second).is_some_and(|b| is_verb(&b) && !is_verb(second));
        if modal && third {
            out.push(format!("has “{first} {second}”"));
        }
        let counted = matches!(first, "a" | "an") && MASS.split(' ').any(|m| m == second);
        let noun_next = words.get(i + 2).is_some_and(|w| cefr::can_be(&cefr::lemma(w), cefr::PartOfSpeech::Noun));
        if counted && !noun_next {
            out.push(format!("counts “{second}”"));
        }
    }
    let plural = |w: &&&str| {
        w.strip_suffix('s').is_some_and(|one| one != "staff" && one != "homework" && MASS.split(' ').any(|m| m == one))
    };
    out.extend(words.iter().find(plural).map(|w| format!("has the plural “{w}”")));
    out.extend(question(words));
    out
}

/// "Does the nurse checks", "Do he wait"
fn question(words: &[&str]) -> Option<String> {
    let does = words.iter().position(|w| *w == "does").filter(|at| *at < 3)?;
    let end = words[does..].iter().position(|w| matches!(*w, "if" | "when" | "that" | "who" | "which" | "before"));
    let part = &words[does..end.map_or(words.len(), |e| does + e).min(does + 6)];
    let verb = part
        .iter()
        .skip(2)
        .find(|w| base_of_third_person(w).is_some_and(|b| is_verb(&b) && !is_noun_like(&b)) && !is_verb(w))?;
    Some(format!("has “does … {verb}”"))
}

//! A sentence of the SOP with a word or number to type. The key is what stands there.

use std::collections::BTreeMap;

use course_format::course::{Answer, GapPiece, ItemBody, Relation};

use super::build::Spec;
use super::lines::{Line, could_head};
use super::{Bench, Made};
use crate::engine::english::parse::Form;
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::english::words::{is_easy, is_verb};

/// Every gap item that the lesson's sentences give.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = Vec::new();
    for line in bench.lines().filter(|l| (4..=28).contains(&l.words)) {
        out.extend(number(bench, line));
        let term = term(bench, line);
        if term.is_none() {
            out.extend(noun(bench, line));
        }
        out.extend(term);
        out.extend(modal(bench, line));
        out.extend(time_word(bench, line));
        out.extend(verb(bench, line));
    }
    let loose = bench.lesson.clauses.iter().flat_map(|at| bench.stock.loose_of(*at));
    for line in loose {
        out.extend(number(bench, line));
        out.extend(term(bench, line).or_else(|| noun(bench, line)));
    }
    out
}

/// Cuts `answers` out of the sentence, in the order in which they stand there.
fn cut(bench: &Bench<'_>, spec: Spec, sentence: &str, answers: &[(usize, &str, Vec<String>, Option<String>)]) -> Made {
    let mut pieces = Vec::new();
    let mut accepted = BTreeMap::new();
    let mut from = 0;
    for (i, (at, answer, wordings, hint)) in answers.iter().enumerate() {
        if *at > from {
            pieces.push(GapPiece::Text { text: sentence[from..*at].to_owned() });
        }
        let id = format!("g{}", i + 1);
        pieces.push(GapPiece::Gap { id: id.clone(), hint: hint.clone() });
        accepted.insert(id, wordings.clone());
        from = at + answer.len();
    }
    if from < sentence.len() {
        pieces.push(GapPiece::Text { text: sentence[from..].to_owned() });
    }
    let points = u32::try_from(answers.len()).unwrap_or(1);
    spec.finish(bench, ItemBody::Gap { pieces }, Answer::Gap { accepted }, points)
}

fn spec(
    bench: &Bench<'_>,
    fact: &Line,
    frame: &'static str,
    target: &str,
    stem: &str,
    rationale: String,
    score: i32,
) -> Spec {
    Spec {
        clause: fact.at,
        frame,
        target: target.to_owned(),
        stem: stem.to_owned(),
        others: others(frame),
        rationale,
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(fact.at, &fact.text)],
        score,
        reasons: Vec::new(),
    }
}

/// Other ways to ask for the missing words.
fn others(frame: &str) -> Vec<String> {
    let said: &[&str] = match frame {
        "gap-number" => &[
            "The figure on this notice is gone. Type it.",
            "Your colleague needs the exact figure. Type what the SOP says.",
            "Check your memory: which figure belongs in the gap?",
        ],
        "gap-term" | "gap-word" => &[
            "One word of the notice is hidden. Type it.",
            "The end of one word is covered by a stain. Type the whole word.",
            "Complete the sentence as the SOP has it.",
            "What is the thing called? Type the missing word.",
            "A colleague forgot the English word. Help with the right one.",
            "Write the word that the SOP uses here.",
            "You dictate this line, and one word is lost in the noise. Type it.",
            "The printer has left out one word. Type it.",
            "One word is missing on your screen. Type it.",
            "Finish this line as it stands in the SOP.",
        ],
        "gap-modal" => &[
            "How strict is it? Type must, must not, should or may.",
            "Your team asks how strict this rule is. Type must, must not, should or may.",
            "Type the words that make it a rule, advice or permission.",
        ],
        "gap-time-word" => &[
            "Which word gives the order? Type before, after or until.",
            "When exactly? Type before, after or until.",
            "Put the work in order: type before, after or until.",
        ],
        "gap-verb" => &[
            "What is the action? Type the verb.",
            "You give the order. Type its first word.",
            "The verb of this instruction is gone. Type it.",
            "Say what has to be done: type the missing verb.",
            "Begin the instruction with the right verb.",
        ],
        _ => &[],
    };
    said.iter().map(|s| (*s).to_owned()).collect()
}

fn number(bench: &Bench<'_>, fact: &Line) -> Option<Made> {
    let found: Vec<Quantity> = quantity::all(&fact.text).into_iter().filter(|q| digits(&q.text).is_some()).collect();
    if found.is_empty() || found.len() > 2 {
        return None;
    }
    let mut answers = Vec::new();
    for q in &found {
        let at = fact.text.find(&q.text).filter(|_| fact.text.matches(&q.text).count() == 1)?;
        let number = digits(&q.text)?;
        let start = at + q.text.find(number)?;
        answers.push((start, number, wordings(number), None));
    }
    answers.sort_by_key(|(at, ..)| *at);
    let stem = stem_of_number(&found);
    let all: Vec<&str> = found.iter().map(|q| q.text.as_str()).collect();
    let rationale = format!("The text says {}.", all.join(" and "));
    Some(cut(bench, spec(bench, fact, "gap-number", &all.join("/"), &stem, rationale, 6), &fact.text, &answers))
}

/// The unit picks the question: "How many seconds?", "What temperature?"
fn stem_of_number(found: &[Quantity]) -> String {
    let [only] = found else { return "Type the two missing numbers.".to_owned() };
    let unit = only.unit.as_str();
    match only.dimension {
        Dimension::Temperature => "What is the temperature? Type the number.".to_owned(),
        Dimension::Clock => "At what time? Type it as the text gives it.".to_owned(),
        Dimension::Share => "What percentage is it? Type the number.".to_owned(),
        Dimension::Speed => "What is the speed? Type the number.".to_owned(),
        Dimension::Duration | Dimension::Volume | Dimension::Mass | Dimension::Length | Dimension::Times => {
            match unit_in_words(unit) {
                Some(plural) => format!("How many {plural}? Type the number."),
                None => "Type the missing number.".to_owned(),
            }
        }
        Dimension::Other => "Type the missing number.".to_owned(),
    }
}

fn unit_in_words(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "second" | "seconds" | "sec" | "s" => "seconds",
        "minute" | "minutes" | "min" | "mins" => "minutes",
        "hour" | "hours" | "h" | "hrs" => "hours",
        "day" | "days" => "days",
        "working day" | "working days" => "working days",
        "business day" | "business days" => "business days",
        "week" | "weeks" => "weeks",
        "month" | "months" => "months",
        "year" | "years" => "years",
        "µL" | "μL" => "microlitres",
        "mL" | "ml" => "millilitres",
        "L" | "l" | "litre" | "litres" | "liter" | "liters" => "litres",
        "mg" => "milligrams",
        "g" | "grams" => "grams",
        "kg" => "kilograms",
        "mm" => "millimetres",
        "cm" => "centimetres",
        "m" | "metre" | "metres" => "metres",
        "km" => "kilometres",
        "times" => "times",
        _ => return None,
    })
}

fn digits(text: &str) -> Option<&str> {
    let start = text.find(|c: char| c.is_ascii_digit() || c == '-')?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | ':'))).unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches(['.', ',']);
    number.chars().any(|c| c.is_ascii_digit()).then_some(number)
}

/// "1,925" may be typed without its comma.
fn wordings(number: &str) -> Vec<String> {
    let mut out = vec![number.to_owned()];
    if number.contains(',') {
        out.push(number.replace(',', ""));
    }
    out
}

/// A term of this lesson's vocabulary, late in the sentence, its first letters given.
fn term(bench: &Bench<'_>, fact: &Line) -> Option<Made> {
    let lower = fact.text.to_lowercase();
    if lower.len() != fact.text.len() {
        return None;
    }
    let (at, term) = bench
        .vocabulary
        .iter()
        .filter(|v| v.part_of_speech.as_deref().is_some_and(|p| p != "verb phrase" && p != "abbreviation"))
        .filter_map(|v| {
            let needle = v.term.to_lowercase();
            let at = lower.find(&needle).filter(|at| *at > 0 && lower.matches(&needle).count() == 1)?;
            let end = at + needle.len();
            let bounded =
                !lower[..at].ends_with(char::is_alphanumeric) && !lower[end..].starts_with(char::is_alphanumeric);
            let compound = lower[end..].strip_prefix(' ').and_then(|r| r.split(' ').next()).is_some_and(could_head);
            (bounded && !compound && !lower[..at].ends_with('-')).then(|| (at, &fact.text[at..end]))
        })
        .max_by_key(|(at, _)| *at)?;
    let hint =
        term.split(' ').map(|w| format!("{}…", w.chars().take(1).collect::<String>())).collect::<Vec<_>>().join(" ");
    let (stem, what) = if term.contains(' ') {
        ("Which term is missing? The first letters are given.", "term")
    } else {
        ("Which word is missing? The first letter is given.", "word")
    };
    let rationale = format!("The SOP uses the {what} “{term}” here.");
    let spec = spec(bench, fact, "gap-term", &term.to_lowercase(), stem, rationale, 4);
    Some(cut(bench, spec, &fact.text, &[(at, term, vec![term.to_owned()], Some(hint))]))
}

/// Any other thing that the sentence is about, late in it, its first letter given.
fn noun(bench: &Bench<'_>, fact: &Line) -> Option<Made> {
    // A word that everybody knows trains nothing, unless the clause gives nothing else.
    let (at, word) = fact.last_noun().filter(|(_, word)| !fact.model || !is_easy(word))?;
    let hint = format!("{}…", word.chars().take(1).collect::<String>());
    let rationale = format!("The SOP uses the word “{word}” here.");
    let stem = "Which word is missing? The first letter is given.";
    let spec = spec(bench, fact, "gap-word", &word.to_lowercase(), stem, rationale, 2);
    Some(cut(bench, spec, &fact.text, &[(at, word, vec![word.to_owned()], Some(hint))]))
}

fn modal(bench: &Bench<'_>, fact: &Line) -> Option<Made> {
    let Form::Duty { .. } = &fact.form else { return None };
    let found = ["must not", "may not", "should not", "must", "may", "should"].into_iter().find_map(|m| {
        let at = fact.text.find(&format!(" {m} "))? + 1;
        (fact.text.matches(m).count() == 1).then_some((at, m))
    });
    let lower = fact.text.to_lowercase();
    let never = [" never ", " only ", "nobody ", "no one ", "none ", "neither "].iter().any(|w| lower.contains(w))
        || lower.starts_with("no ");
    let (at, modal) = found.filter(|(_, m)| *m != "may not" && *m != "should not" && !never)?;
    let stem = "Is it a rule, advice or permission? Type must, must not, should or may.";
    let rationale = match modal {
        "must not" => "“Must not” forbids it.",
        "must" => "“Must” makes it a rule.",
        "should" => "“Should” gives advice. It is not as strong as “must”.",
        _ => "“May” gives permission.",
    };
    let mut wordings = vec![modal.to_owned()];
    if modal == "must not" {
        wordings.push("mustn't".to_owned());
    }
    let spec = spec(bench, fact, "gap-modal", modal, stem, rationale.to_owned(), 5);
    Some(cut(bench, spec, &fact.text, &[(at, modal, wordings, None)]))
}

/// One of before, after, until: the order of two things depends on it.
fn time_word(bench: &Bench<'_>, fact: &Line) -> Option<Made> {
    let found: Vec<(usize, &str)> = ["before", "after", "until"]
        .into_iter()
        .flat_map(|w| fact.text.match_indices(w).filter(move |(at, _)| bounded(&fact.text, *at, w.len())))
        .collect();
    let [(at, word)] = found.as_slice() else { return None };
    let moment =
        fact.text[at + word.len()..].split_whitespace().take(3).any(|w| w.contains(|c: char| c.is_ascii_digit()));
    if *at == 0 || moment || fact.text[at + word.len()..].split_whitespace().count() < 2 {
        return None;
    }
    let rationale = match *word {
        "before" => "“Before” says that this comes first.",
        "after" => "“After” says that the other thing comes first.",
        _ => "“Until” means up to that moment.",
    };
    let spec = spec(bench, fact, "gap-time-word", word, "Type before, after or until.", rationale.to_owned(), 5);
    Some(cut(bench, spec, &fact.text, &[(*at, word, vec![(*word).to_owned()], None)]))
}

fn bounded(text: &str, at: usize, length: usize) -> bool {
    text[..at].ends_with(' ') && text[at + length..].starts_with(' ')
}

/// The verb of an order, its first letter given.
fn verb(bench: &Bench<'_>, fact: &Line) -> Option<Made> {
    let Form::Do(_) = &fact.form else { return None };
    let first = fact.text.split_whitespace().next()?;
    if !is_verb(first) || first.len() < 4 || !first.chars().all(char::is_alphabetic) {
        return None;
    }
    let hint = format!("{}…", first.chars().take(1).collect::<String>());
    let lower = first.to_lowercase();
    let rationale = format!("The instruction in the text begins with “{lower}”.");
    let spec = spec(bench, fact, "gap-verb", &lower, "Which verb is missing? Type it.", rationale, 3);
    Some(cut(bench, spec, &fact.text, &[(0, first, vec![first.to_owned()], Some(hint))]))
}

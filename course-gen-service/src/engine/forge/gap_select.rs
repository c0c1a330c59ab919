//! A sentence of the SOP with one gap and three words for it: one fits by form and by what the SOP says.

use std::collections::{BTreeMap, BTreeSet};

use course_format::Level;
use course_format::course::{Answer, GapPiece, ItemBody, Relation};

use super::build::{Reason, Spec, Wrong, choices, id_of, shuffled};
use super::lines::Line;
use super::stock::{Amount, near};
use super::{Bench, Made};
use crate::engine::english::parse::Form;
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::text::{capitalise, contains_word, stems};
use crate::engine::english::words::is_verb;

/// Every choice of a missing word that the lesson's sentences give.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = Vec::new();
    for line in bench.lines().filter(|l| (5..=24).contains(&l.words)) {
        out.extend(amount(bench, line));
        out.extend(time_word(bench, line));
        out.extend(modal(bench, line));
        out.extend(joiner(bench, line));
        if bench.level <= Level::B1 {
            out.extend(preposition(bench, line));
        }
        out.extend(verb(bench, line));
        let term = term(bench, line);
        if term.is_none() {
            out.extend(noun(bench, line));
        }
        out.extend(term);
    }
    out
}

/// Any other thing that the sentence is about, among things of the sentences around it.
fn noun(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let (at, key) = line.last_noun()?;
    let before = line.text[..at].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let vowel = |w: &str| w.starts_with(['a', 'e', 'i', 'o', 'u']);
    let plural = |w: &str| w.ends_with('s') && !w.ends_with("ss");
    let mut seen = BTreeSet::new();
    let wrong: Vec<(String, Reason)> = near(&bench.stock.lines, line.at, |l| l.at, 30)
        .iter()
        .filter(|l| l.at.document == line.at.document && l.at != line.at)
        .filter_map(|l| {
            let (_, other) = l.last_noun()?;
            let fits = plural(other) == plural(key)
                && (!matches!(before.as_str(), "a" | "an") || vowel(other) == vowel(key))
                && stems(other).is_disjoint(&line.stems)
                && super::build::alike_in_length(other.len(), key.len());
            (fits && seen.insert(other.to_owned()))
                .then(|| (other.to_owned(), Wrong::new(other, l.at, l.text.clone()).reason()))
        })
        .take(2)
        .collect();
    (wrong.len() == 2).then(|| {
        item(
            bench,
            Cut {
                line,
                at,
                key,
                wrong,
                frame: "select-noun",
                stems: &[
                    "Which word completes the sentence as the SOP has it?",
                    "One word of the notice cannot be read. Choose it.",
                    "A colleague asks you for the missing word. Which one is it?",
                    "You translate the rule for a friend. Which thing is it about?",
                    "Only one word makes this sentence a sentence of the SOP. Choose it.",
                ],
                rationale: format!("The SOP says “{key}” here."),
                score: 2,
                ordered: None,
            },
        )
    })
}

/// What one gap asks: where it is, what belongs there, what else is offered.
struct Cut<'a> {
    line: &'a Line,
    at: usize,
    key: &'a str,
    wrong: Vec<(String, Reason)>,
    frame: &'static str,
    stems: &'a [&'a str],
    rationale: String,
    score: i32,
    /// Options in this order; else they are mixed.
    ordered: Option<Vec<String>>,
}

fn item(bench: &Bench<'_>, cut: Cut<'_>) -> Made {
    let Cut { line, at, key, wrong, frame, stems, rationale, score, ordered } = cut;
    let text = &line.text;
    let mut pieces = Vec::new();
    if at > 0 {
        pieces.push(GapPiece::Text { text: text[..at].to_owned() });
    }
    pieces.push(GapPiece::Gap { id: "g1".to_owned(), hint: None });
    if at + key.len() < text.len() {
        pieces.push(GapPiece::Text { text: text[at + key.len()..].to_owned() });
    }
    let spec = Spec {
        clause: line.at,
        frame,
        target: format!("{}@{at}", key.to_lowercase()),
        stem: stems[0].to_owned(),
        others: stems[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale,
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, text)],
        reasons: wrong.iter().map(|(_, r)| r.clone()).collect(),
        score,
    };
    let texts = std::iter::once(key.to_owned()).chain(wrong.into_iter().map(|(text, _)| text));
    let options = choices(&ordered.unwrap_or_else(|| shuffled(spec.id(bench), texts)));
    let choice = id_of(&options, key);
    spec.finish(
        bench,
        ItemBody::GapSelect { pieces, options: BTreeMap::from([("g1".to_owned(), options)]) },
        Answer::GapSelect { choices: BTreeMap::from([("g1".to_owned(), choice)]) },
        1,
    )
}

fn here(line: &Line, option: &str, why: String) -> (String, Reason) {
    (option.to_owned(), Reason { option: option.to_owned(), why, at: line.at, part: line.text.clone() })
}

/// "20 seconds" among other times of the SOP.
fn amount(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let found = quantity::all(&line.text);
    let [key] = found.as_slice() else { return None };
    let digit = key.text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let at = line.text.find(&key.text).filter(|_| digit && line.text.matches(&key.text).count() == 1)?;
    let all = bench.stock.amounts.get(&(line.at.document, key.dimension))?;
    let place = all.partition_point(|a| a.quantity.size < key.size);
    let plural = |text: &str| text.ends_with('s');
    let fits = |a: &&Amount| {
        (a.quantity.size - key.size).abs() > f64::EPSILON
            && a.at != line.at
            && a.quantity.text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && (key.dimension != Dimension::Other || a.quantity.unit == key.unit)
            && plural(&a.quantity.text) == plural(&key.text)
            && a.quantity.text.contains(' ') == key.text.contains(' ')
    };
    let mut near: Vec<&Amount> = all[..place].iter().rev().filter(fits).take(4).collect();
    near.extend(all[place..].iter().filter(fits).take(4));
    near.sort_by(|a, b| {
        let far = |x: &Amount| (x.quantity.size / key.size).abs().ln().abs();
        (a.quantity.unit != key.unit).cmp(&(b.quantity.unit != key.unit)).then(far(a).total_cmp(&far(b)))
    });
    let mut sizes: Vec<f64> = Vec::new();
    near.retain(|a| {
        let new = !sizes.iter().any(|s| (s - a.quantity.size).abs() < f64::EPSILON);
        sizes.push(a.quantity.size);
        new
    });
    near.truncate(2);
    if near.len() < 2 {
        return None;
    }
    let mut texts: Vec<(f64, String)> = near.iter().map(|a| (a.quantity.size, a.quantity.text.clone())).collect();
    texts.push((key.size, key.text.clone()));
    texts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let wrong = near
        .iter()
        .map(|a| (a.quantity.text.clone(), Wrong::new(a.quantity.text.clone(), a.at, a.source.clone()).reason()))
        .collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key: &key.text,
            wrong,
            frame: "select-amount",
            stems: &[
                "Which amount completes the rule?",
                "The number on this notice cannot be read. Choose the right one.",
                "A colleague is not sure about the figure. Which one is right?",
                "You check a copy of the SOP. What belongs in the gap?",
                "Complete the sentence with the right figure.",
            ],
            rationale: format!("The SOP gives {} here.", key.text),
            score: 6,
            ordered: Some(texts.into_iter().map(|(_, t)| t).collect()),
        },
    ))
}

/// The only place in the line where one of `words` stands between two spaces.
fn only<'w>(text: &str, words: &[&'w str]) -> Option<(usize, &'w str)> {
    let mut found = words
        .iter()
        .flat_map(|w| text.match_indices(&format!(" {w} ")).map(move |(at, _)| (at + 1, *w)).collect::<Vec<_>>());
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn time_word(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    const WORDS: [&str; 3] = ["before", "after", "until"];
    let (at, key) = only(&line.text, &WORDS)?;
    if line.text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()) || line.text[at..].split(' ').count() < 3 {
        return None;
    }
    let says = |w: &str| match w {
        "before" => "“Before” would make this the first of the two. The SOP says something else.",
        "after" => "“After” would make this the second of the two. The SOP says something else.",
        _ => "“Until” would mean that it goes on up to that moment. The SOP says something else.",
    };
    let rationale = match key {
        "before" => "“Before” says which of the two comes first.",
        "after" => "“After” says which of the two comes second.",
        _ => "“Until” means up to that moment.",
    };
    let wrong = WORDS.iter().filter(|w| **w != key).map(|w| here(line, w, says(w).to_owned())).collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-time-word",
            stems: &[
                "Before, after or until? Think about the order of the work.",
                "Which word puts the work in the right order?",
                "Read about the order of the work and choose the missing word.",
                "What comes first? The missing word tells you.",
            ],
            rationale: rationale.to_owned(),
            score: 6,
            ordered: None,
        },
    ))
}

fn modal(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let Form::Duty { negative, .. } = &line.form else { return None };
    let lower = line.text.to_lowercase();
    if [" never ", " only ", "nobody", "no one", "none "].iter().any(|w| lower.contains(w)) || lower.starts_with("no ")
    {
        return None;
    }
    let words: &[&str] = if *negative { &["must not"] } else { &["must", "may", "should"] };
    let (at, key) = only(&line.text, words)?;
    let says = |w: &str| match w {
        "must" => "“Must” is a rule for everybody. The SOP is not so strict here, or it says the opposite.",
        "must not" => "“Must not” forbids it. The SOP does not forbid it.",
        "may" => "“May” leaves you the choice. The SOP does not.",
        _ => "“Should” is advice. The SOP says more or less than that.",
    };
    let rationale = match key {
        "must" => "“Must” makes it a rule.",
        "must not" => "“Must not” forbids it.",
        "may" => "“May” gives permission.",
        _ => "“Should” gives advice. It is not as strong as “must”.",
    };
    let offered: &[&str] = match key {
        "must" => &["may", "must not"],
        "must not" => &["must", "may"],
        "may" => &["must", "must not"],
        _ => &["may", "must not"],
    };
    let wrong = offered.iter().map(|w| here(line, w, says(w).to_owned())).collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-modal",
            stems: &[
                "Is it a duty, a permission or forbidden? Choose the missing words.",
                "How strict is the rule? Choose what belongs in the gap.",
                "You explain this rule to a visitor. Which word do you need?",
                "Read the rule. Do you have a choice? Complete it.",
            ],
            rationale: rationale.to_owned(),
            score: 6,
            ordered: None,
        },
    ))
}

fn joiner(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let (at, key) = only(&line.text, &["because", "so that", "unless", "if"])?;
    let offered: &[&str] = match key {
        "because" => &["so that", "unless"],
        "so that" => &["because", "unless"],
        "unless" => &["if", "because"],
        _ => &["unless", "so that"],
    };
    let says = |w: &str| match w {
        "because" => "“Because” would give a reason. This is none.",
        "so that" => "“So that” would give a purpose. This is none.",
        "unless" => "“Unless” means “if not”: the opposite of what the SOP says.",
        _ => "“If” says the opposite of what the SOP says.",
    };
    let rationale = match key {
        "because" => "The second part gives the reason.",
        "so that" => "The second part gives the purpose.",
        "unless" => "“Unless” means “if not”.",
        _ => "The second part names the case in which you do it.",
    };
    let wrong = offered.iter().map(|w| here(line, w, says(w).to_owned())).collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-joiner",
            stems: &[
                "Which word joins the two parts so that the rule is right?",
                "Reason, purpose or condition? Choose the word that joins the parts.",
                "How do the two parts belong together? Complete the sentence.",
            ],
            rationale: rationale.to_owned(),
            score: 5,
            ordered: None,
        },
    ))
}

/// "on the label", not "at the label": only where a place follows, and only prepositions that no place word takes both ways.
fn preposition(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    const PLACES: [(&str, &[&str]); 3] = [
        (
            "in",
            &[
                "bag",
                "box",
                "bin",
                "drawer",
                "cupboard",
                "cabinet",
                "room",
                "fridge",
                "freezer",
                "container",
                "safe",
                "bucket",
                "bottle",
                "sink",
                "oven",
                "building",
                "kitchen",
                "laboratory",
                "warehouse",
                "office",
                "tube",
                "app",
            ],
        ),
        (
            "on",
            &[
                "label", "shelf", "shelves", "floor", "table", "door", "wall", "list", "lid", "pan", "tray", "note",
                "screen", "desk", "wheel", "bench",
            ],
        ),
        ("at", &["desk", "reception", "entrance", "end", "beginning", "start"]),
    ];
    let (at, key) = only(&line.text, &["in", "on", "at"])?;
    let phrase: Vec<String> = line.text[at..]
        .split(' ')
        .skip(1)
        .take(4)
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect();
    let determined = phrase.first().is_some_and(|w| matches!(w.as_str(), "the" | "a" | "an" | "your" | "its" | "each"));
    let sure =
        |word: &str| PLACES.iter().filter(|(_, nouns)| nouns.contains(&word)).map(|(p, _)| *p).collect::<Vec<_>>();
    let place = phrase.iter().skip(1).find(|w| !sure(w).is_empty())?;
    if !determined || sure(place) != [key] {
        return None;
    }
    let wrong = ["in", "on", "at"]
        .iter()
        .filter(|w| **w != key)
        .map(|w| here(line, w, format!("We do not say “{w}” with this place. The SOP says “{key}”.")))
        .collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key,
            wrong,
            frame: "select-preposition",
            stems: &[
                "In, on or at? Say exactly where.",
                "Which small word belongs to this place?",
                "Tell a colleague the exact place: choose the missing word.",
            ],
            rationale: format!("We say “{key}” with this place, and so does the SOP."),
            score: 3,
            ordered: None,
        },
    ))
}

/// The verb of an order among the verbs of orders around it.
fn verb(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let Form::Do(command) = &line.form else { return None };
    let key = line.text.split_whitespace().next().filter(|w| is_verb(w) && w.len() > 2)?;
    let rest = command.text.split_once(' ')?.1;
    let object = rest.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let direct =
        matches!(rest.split(' ').next(), Some("the" | "a" | "an" | "your" | "all" | "each" | "every" | "both"));
    let lower = key.to_lowercase();
    let mut seen = BTreeSet::from([lower.clone()]);
    let wrong: Vec<(String, Reason)> = near(&bench.stock.demanded, line.at, |(at, _, _)| *at, 30)
        .iter()
        .filter(|(at, _, _)| at.document == line.at.document && *at != line.at)
        .filter_map(|(at, source, phrase)| {
            let (verb, other) = phrase.split_once(' ')?;
            let same_kind = matches!(
                other.split(' ').next(),
                Some("the" | "a" | "an" | "your" | "all" | "each" | "every" | "both")
            ) == direct;
            let sound = is_verb(verb)
                && verb.len() > 2
                && same_kind
                && !akin(verb, &lower)
                && !contains_word(&line.text.to_lowercase(), verb);
            (sound && !said_elsewhere(bench, line, verb, &object) && seen.insert(verb.to_owned()))
                .then(|| (capitalise(verb), Wrong::new(capitalise(verb), *at, source.clone()).reason()))
        })
        .take(2)
        .collect();
    (direct && wrong.len() == 2).then(|| {
        item(
            bench,
            Cut {
                line,
                at: 0,
                key,
                wrong,
                frame: "select-verb",
                stems: &[
                    "What is the first word of this instruction?",
                    "Which action does the SOP ask for here?",
                    "The instruction has lost its verb. Which one is it?",
                    "You give this instruction to a colleague. Choose the verb.",
                    "Choose the action that belongs to the rest of the sentence.",
                ],
                rationale: format!("The SOP says “{lower}” here."),
                score: 4,
                ordered: None,
            },
        )
    })
}

/// Verbs that can stand for each other: no learner could tell which of them is meant.
fn akin(a: &str, b: &str) -> bool {
    const SETS: [&[&str]; 18] = [
        &["put", "place", "set", "lay", "position", "insert", "keep", "store", "leave", "move", "bring", "hang"],
        &["check", "inspect", "examine", "test", "verify", "confirm", "control", "review", "monitor", "ensure", "make"],
        &["write", "record", "enter", "note", "log", "document", "complete", "fill", "sign", "mark", "label", "date"],
        &["tell", "inform", "notify", "call", "contact", "report", "ask", "alert", "warn", "email"],
        &[
            "clean",
            "wash",
            "wipe",
            "rinse",
            "disinfect",
            "sanitise",
            "sanitize",
            "scrub",
            "mop",
            "sweep",
            "dust",
            "empty",
        ],
        &["remove", "take", "discard", "throw", "dispose", "delete", "collect", "pick", "get", "grab"],
        &["close", "shut", "seal", "lock", "cover", "secure"],
        &["start", "begin", "open", "launch", "activate"],
        &["stop", "finish", "end", "switch", "turn"],
        &["give", "hand", "pass", "send", "deliver", "return", "submit", "show"],
        &["use", "apply", "wear", "add", "pour", "transfer", "pipette", "mix"],
        &["follow", "respect", "observe", "read"],
        &["connect", "attach", "fit", "plug", "fix", "tighten"],
        &["press", "push", "click", "tap", "select", "choose", "hit"],
        &["replace", "change", "refill", "replenish", "renew", "update"],
        &["prepare", "cook", "make"],
        &["wait", "let", "allow", "leave"],
        &["weigh", "measure", "count"],
    ];
    a == b || SETS.iter().any(|set| set.contains(&a) && set.contains(&b))
}

/// Whether the SOP puts this verb before the same object somewhere near.
fn said_elsewhere(bench: &Bench<'_>, line: &Line, verb: &str, object: &str) -> bool {
    let own = stems(object);
    near(&bench.stock.lines, line.at, |l| l.at, 120)
        .iter()
        .any(|l| contains_word(&l.text.to_lowercase(), verb) && own.iter().any(|s| l.stems.contains(s)))
}

/// A term of the lesson among its other terms of the same kind and number.
fn term(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let lower = line.text.to_lowercase();
    if lower.len() != line.text.len() {
        return None;
    }
    let names: Vec<String> = bench
        .vocabulary
        .iter()
        .filter(|v| v.part_of_speech.as_deref() == Some("noun") && !v.term.contains(|c: char| c.is_uppercase()))
        .map(|v| v.term.clone())
        .collect();
    let (at, name) = names
        .iter()
        .filter_map(|n| Some((lower.find(n.as_str())?, n)))
        .filter(|(at, n)| *at > 0 && lower.matches(n.as_str()).count() == 1 && contains_word(&lower, n))
        .max()?;
    let key = &line.text[at..at + name.len()];
    let article = lower[..at].trim_end().rsplit(' ').next().unwrap_or_default().to_owned();
    let vowel = |w: &str| w.starts_with(['a', 'e', 'i', 'o', 'u']);
    let plural = |w: &str| w.ends_with('s') && !w.ends_with("ss");
    let fits = |o: &&String| {
        *o != name
            && !lower.contains(o.as_str())
            && plural(o) == plural(name)
            && (!matches!(article.as_str(), "a" | "an") || vowel(o) == vowel(name))
            && o.split(' ').count() == name.split(' ').count()
            && stems(o).is_disjoint(&line.stems)
    };
    let wrong: Vec<(String, Reason)> = names
        .iter()
        .filter(fits)
        .filter_map(|o| {
            let entry = bench.vocabulary.iter().find(|v| v.term == **o)?;
            let from = entry.example.provenance.first()?;
            let document = bench.library.documents().iter().position(|d| d.document_id == from.document_id)?;
            let at = bench.library.find(document, &from.clause_id.0)?;
            Some((o.clone(), Wrong::new(o.clone(), at, entry.example.text.clone()).reason()))
        })
        .take(2)
        .collect();
    (wrong.len() == 2).then(|| {
        item(
            bench,
            Cut {
                line,
                at,
                key,
                wrong,
                frame: "select-term",
                stems: &[
                    "Which word of this lesson belongs in the gap?",
                    "A colleague did not hear one word. Which one was it?",
                    "Choose the term that the SOP uses here.",
                    "What is this sentence about? Choose the missing term.",
                ],
                rationale: format!("The SOP uses “{key}” here."),
                score: 4,
                ordered: None,
            },
        )
    })
}

//! The first minutes: the lesson before, and what learners expect of this one.

use course_format::Level;
use course_format::course::{Proven, Provenance, Relation, VocabularyEntry, VocabularyKind};
use course_format::sop::ClauseKind;

use super::{number, spoken};
use crate::engine::author::{Assignment, Topic};
use crate::engine::english::forms::in_ing;
use crate::engine::english::parse::Form;
use crate::engine::english::quantity;
use crate::engine::english::text::{contains_word, list, word_count};
use crate::engine::facts;

/// Recalls the lesson before and calls up what learners know; no fact is new.
pub fn warm_up(assignment: &Assignment<'_>, vocabulary: &[VocabularyEntry]) -> Vec<Proven> {
    let Assignment { lesson, .. } = *assignment;
    let mut out: Vec<Proven> = recalled_words(assignment).into_iter().chain(recalled_case(assignment)).collect();
    if !lesson.practises.is_empty() {
        const USED: [&str; 3] = [
            "Which rule of the last lessons did you use at work? Tell your partner.",
            "Close your books. Write down three numbers or rules of the last lessons. Does your partner know what they mean?",
            "Which point of the last lessons is the hardest to explain? Tell your partner why.",
        ];
        out.push(Proven::language(USED[number(assignment) % USED.len()]));
        return out;
    }
    let ways: Vec<Proven> =
        [ahead(assignment), numbers(assignment), allowed(assignment), things(vocabulary), warnings(assignment)]
            .into_iter()
            .flatten()
            .chain(about_the_title(assignment))
            .collect();
    out.extend(ways.get(number(assignment) % ways.len().max(1)).cloned());
    out
}

fn recalled_words(assignment: &Assignment<'_>) -> Option<Proven> {
    let Assignment { library, lesson, taught, .. } = *assignment;
    let before: String =
        lesson.recalls.iter().map(|at| library.clause(*at).text.to_lowercase()).collect::<Vec<_>>().join(" ");
    let words: Vec<String> = taught
        .iter()
        .filter(|t| word_count(t) <= 2 && contains_word(&before, t))
        .take(4)
        .map(|t| format!("“{t}”"))
        .collect();
    let tasks = [
        "Last lesson: what do these words mean? Use each of them in a sentence:",
        "Last lesson: explain these words to your partner, without saying them:",
        "Last lesson: what did the text say about these words?",
    ];
    let task = tasks[number(assignment) % tasks.len()];
    (words.len() >= 2).then(|| Proven::language(format!("{task} {}.", list(&words))))
}

/// A case of the lesson before, as a question.
fn recalled_case(assignment: &Assignment<'_>) -> Option<Proven> {
    let library = assignment.library;
    facts::of_clauses(library, &assignment.lesson.recalls).into_iter().find_map(|fact| match &fact.form {
        Form::When { joiner, condition, .. }
            if !facts::has_pronoun(condition) && !facts::refers_elsewhere(condition) && word_count(condition) <= 10 =>
        {
            Some(Proven {
                text: format!("Can you remember? What do you do {joiner} {condition}?"),
                relation: Relation::Compress,
                provenance: vec![library.prove_part(fact.at, &fact.text)],
            })
        }
        _ => None,
    })
}

/// A case of this lesson, to be decided before it is read; the last one, since the reading begins with another.
fn ahead(assignment: &Assignment<'_>) -> Option<Proven> {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let cases: Vec<(Proven, String)> = facts::of_clauses(library, &lesson.clauses)
        .into_iter()
        .filter_map(|fact| match &fact.form {
            Form::When { joiner, condition, .. }
                if !facts::has_pronoun(condition)
                    && !facts::refers_elsewhere(condition)
                    && word_count(condition) <= 10 =>
            {
                let proof = library.prove_part(fact.at, &fact.text);
                Some((
                    Proven { text: String::new(), relation: Relation::Compress, provenance: vec![proof] },
                    format!("{joiner} {condition}"),
                ))
            }
            _ => None,
        })
        .collect();
    let (proven, case) = cases.into_iter().skip(1).last()?;
    let text = if brief.level <= Level::A2 {
        format!("What do you do {case}? Say what you think. Then look for it in the text.")
    } else {
        format!("Before you read: what do people at your workplace do {case}? Compare it with the text later.")
    };
    Some(Proven { text, ..proven })
}

/// "Is this allowed where you work: using the lift?"
fn allowed(assignment: &Assignment<'_>) -> Option<Proven> {
    let Assignment { library, lesson, .. } = *assignment;
    let bans: Vec<String> = facts::of_clauses(library, &lesson.clauses)
        .into_iter()
        .filter_map(|fact| match fact.form {
            Form::DoNot(c) if !facts::has_pronoun(&c.text) && !facts::refers_elsewhere(&c.text) => Some(c.text),
            _ => None,
        })
        .filter(|text| {
            word_count(text) <= 9 && !format!(" {text} ").contains(" you ") && !text.contains(['“', '"', '('])
        })
        .collect();
    let act = bans.get(number(assignment) % bans.len().max(1))?;
    Some(Proven::language(format!("Is this allowed where you work: {}? Say why, or why not.", in_ing(act))))
}

/// "You will read these numbers: 15 minutes, 7 °C."
fn numbers(assignment: &Assignment<'_>) -> Option<Proven> {
    let (found, provenance) = numbers_of(assignment);
    let text = format!("You will read these numbers in the text: {}. What can they be about? Guess.", list(&found));
    (found.len() >= 2).then_some(Proven { text, relation: Relation::Compress, provenance })
}

/// The first amounts of the lesson, and where they stand.
pub(super) fn numbers_of(assignment: &Assignment<'_>) -> (Vec<String>, Vec<Provenance>) {
    let Assignment { library, lesson, .. } = *assignment;
    let mut found: Vec<String> = Vec::new();
    let mut provenance = Vec::new();
    for fact in facts::of_clauses(library, &lesson.clauses) {
        let fresh = quantity::all(&fact.text)
            .into_iter()
            .find(|q| q.text.contains(|c: char| c.is_ascii_digit()) && !found.contains(&q.text));
        if let Some(q) = fresh.filter(|_| found.len() < 3) {
            found.push(q.text);
            provenance.push(library.prove_part(fact.at, &fact.text));
        }
    }
    (found, provenance)
}

/// Words of the lesson that name things.
fn things(vocabulary: &[VocabularyEntry]) -> Option<Proven> {
    let named: Vec<String> = vocabulary
        .iter()
        .filter(|v| v.kind == VocabularyKind::Term && v.part_of_speech.as_deref() == Some("noun"))
        .take(4)
        .map(|v| format!("“{}”", v.term))
        .collect();
    let text =
        format!("Which of these words do you know from your work: {}? Explain one to your partner.", list(&named));
    (named.len() >= 3).then(|| Proven::language(text))
}

fn warnings(assignment: &Assignment<'_>) -> Option<Proven> {
    let Assignment { library, lesson, .. } = *assignment;
    let count = lesson.clauses.iter().filter(|at| library.kind(**at) == ClauseKind::Warning).count();
    (count > 1).then(|| {
        Proven::language("Read only the warnings in the text. What is the rest of the text about? Say what you expect.")
    })
}

fn about_the_title(assignment: &Assignment<'_>) -> Vec<Proven> {
    let Assignment { library, lesson, .. } = *assignment;
    let topic = spoken(&lesson.title);
    let activity = matches!(Topic::of(topic, &library.documents()[lesson.document].text), Topic::Activity(_));
    if matches!(Topic::of(topic, ""), Topic::General) {
        return vec![Proven::language(
            "Which rules do you have to follow every day at work? Tell your partner three of them.",
        )];
    }
    let mut ways = vec![
        format!("Look at the title “{topic}”. Which words do you expect in the text? Write five."),
        format!("What do you already know about “{topic}”? Tell your partner two things."),
    ];
    if activity {
        ways.push(format!("“{topic}”: who does this where you work, and how often? Tell your partner."));
        ways.push(format!("Think of the last time you did this at work: “{topic}”. What did you do first?"));
    }
    ways.into_iter().map(Proven::language).collect()
}

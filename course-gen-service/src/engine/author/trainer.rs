//! The trainer's page: critical clauses word for word, concept questions, likely errors, two ways to stage the role-play.

use course_format::Level;
use course_format::course::{GrammarFocus, Proven, Question, Reading, Relation, TrainerPage};
use course_format::sop::ClauseKind;

use super::{Assignment, dialogue};
use crate::engine::english::About;
use crate::engine::english::parse::Form;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::english::{adjunct, question};
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;

/// What only the trainer sees.
pub fn page(
    assignment: &Assignment<'_>,
    facts: &[Fact],
    grammar: Option<&GrammarFocus>,
    reading: &Reading,
) -> TrainerPage {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let number = usize::try_from(lesson.number).unwrap_or(0);
    let critical = lesson.clauses.iter().filter(|at| is_critical(library, **at)).take(6).map(|at| library.quote(*at));
    let mut questions = yes_no(assignment, facts);
    questions.extend(concept_questions(assignment, facts));
    questions.truncate(3);
    for more in dialogue::concept_questions(assignment, reading)
        .into_iter()
        .chain(in_order(assignment))
        .chain(endings(assignment))
    {
        let clause = |q: &Question| q.answer.provenance.first().map(|p| p.clause_id.clone());
        let known = questions.iter().any(|q| q.question == more.question || clause(q) == clause(&more));
        if questions.len() < 3 && !known {
            questions.push(more);
        }
    }
    TrainerPage {
        critical: critical.collect(),
        concept_questions: questions,
        likely_errors: likely_errors(brief.level, facts, grammar),
        easier: Some(Proven::language(EASIER[number % EASIER.len()])),
        harder: Some(Proven::language(if brief.level <= Level::A2 {
            HARDER_A[number % HARDER_A.len()]
        } else {
            HARDER[number % HARDER.len()]
        })),
    }
}

/// What makes the role-play easier.
const EASIER: [&str; 3] = [
    "Easier: both players see the checklist. The second player only reads each point aloud and shows it.",
    "Easier: give the players five minutes to write key words for every point of the checklist before they speak.",
    "Easier: play it once with you in the second role. Then the pairs play it with the text open.",
];

/// What makes it harder, up to A2.
const HARDER_A: [&str; 3] = [
    "Harder: close the books. The first player asks “What if ...?” about one problem.",
    "Harder: the players sit back to back, as on the phone, and repeat every number.",
    "Harder: close the books and change partners. The second time, it must take less than three minutes.",
];

/// What makes it harder, from B1 on.
const HARDER: [&str; 3] = [
    "Harder: close the books. The first player interrupts, gets a number wrong once and asks for the reason.",
    "Harder: the first player is new and nervous, misunderstands one rule and has to be corrected politely.",
    "Harder: close the books and change partners. The second player may not use the SOP’s own sentences.",
];

/// "Can you touch the switch? No: ..." from prohibitions: the answer is the SOP's.
fn yes_no(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Question> {
    let library = assignment.library;
    facts
        .iter()
        .find_map(|fact| match &fact.form {
            Form::DoNot(c)
                if !facts::has_pronoun(&c.text)
                    && !facts::refers_elsewhere(&c.text)
                    && !c.text.contains(" unless ")
                    && (2..=14).contains(&word_count(&c.text)) =>
            {
                Some(Question {
                    // "Do not open it until it is cold": what is not allowed is to open it before.
                    question: format!("Can you {}?", c.text.replacen(" until ", " before ", 1)),
                    answer: Proven {
                        text: format!("No. “{}”", fact.text),
                        relation: Relation::Compress,
                        provenance: vec![library.prove_part(fact.at, &fact.text)],
                    },
                })
            }
            _ => None,
        })
        .into_iter()
        .collect()
}

/// Questions with a short answer from the SOP, to be asked while the class reads.
fn concept_questions(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Question> {
    let library = assignment.library;
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for action in facts::actions(library, facts) {
        let Some(found) = adjunct::split(&action.phrase) else { continue };
        let unclear = facts::has_pronoun(&found.answer) || facts::has_pronoun(&found.core);
        if seen.contains(&found.wh) || found.wh == adjunct::Wh::HowMuch || unclear {
            continue;
        }
        let asked = question::about(&found, About::You, assignment.brief.level);
        let context = action.context.as_ref().map(|c| format!("{c} ")).unwrap_or_default();
        let mut provenance = vec![library.prove_part(action.at, &action.source)];
        provenance.extend(action.context_from.map(|at| library.prove(at)));
        seen.push(found.wh);
        let text = sentence(&capitalise(&found.answer));
        out.push(Question {
            question: format!("{context}{asked}"),
            answer: Proven { text, relation: Relation::Compress, provenance },
        });
        if out.len() == 3 {
            break;
        }
    }
    out
}

/// "Which step comes straight after this one: ...?", where the SOP numbers its steps.
fn in_order(assignment: &Assignment<'_>) -> Vec<Question> {
    let library = assignment.library;
    let steps: Vec<ClauseRef> = assignment
        .lesson
        .clauses
        .iter()
        .copied()
        .filter(|at| library.step(*at).is_some_and(|(p, s)| p.ordered && s.number.len() == 1))
        .filter(|at| word_count(first_sentence(library, *at)) <= 16)
        .collect();
    let follow = |pair: &&[ClauseRef]| match (library.step(pair[0]), library.step(pair[1])) {
        (Some((a, x)), Some((b, y))) => a.id == b.id && y.number[0] == x.number[0] + 1,
        _ => false,
    };
    steps
        .windows(2)
        .filter(follow)
        .map(|pair| Question {
            question: format!("What comes straight after this: “{}”?", first_sentence(library, pair[0])),
            answer: quoted(library, pair[1], first_sentence(library, pair[1])),
        })
        .collect()
}

fn first_sentence(library: &Library, at: ClauseRef) -> &str {
    let text = &library.clause(at).text;
    sentences(text).first().map_or(text.as_str(), |(_, s)| *s)
}

fn quoted(library: &Library, at: ClauseRef, part: &str) -> Proven {
    Proven { text: part.to_owned(), relation: Relation::Quote, provenance: vec![library.prove_part(at, part)] }
}

/// "How does this end: “Switch off the ...”?", where nothing else can be asked.
fn endings(assignment: &Assignment<'_>) -> Vec<Question> {
    let library = assignment.library;
    let teaches = |at: &&ClauseRef| {
        !matches!(library.kind(**at), ClauseKind::Heading | ClauseKind::TableRow | ClauseKind::Definition)
    };
    assignment
        .lesson
        .clauses
        .iter()
        .filter(teaches)
        .filter_map(|at| {
            let said = first_sentence(library, *at);
            let words: Vec<&str> = said.split(' ').collect();
            let known = (5..=16).contains(&words.len()) && said.ends_with('.') && !said.contains(['“', '"', '(']);
            let start = words.get(..words.len().checked_sub(2)?)?.join(" ");
            known.then(|| Question {
                question: format!("How does this sentence end: “{start} ...”?"),
                answer: quoted(library, *at, said),
            })
        })
        .collect()
}

/// Numbers that sound like others.
fn sounds_alike(text: &str) -> bool {
    const ALIKE: [&str; 14] = ["13", "30", "14", "40", "15", "50", "16", "60", "17", "70", "18", "80", "19", "90"];
    text.split(|c: char| !c.is_ascii_digit()).any(|n| ALIKE.contains(&n))
}

/// What learners get wrong in this lesson's language.
fn likely_errors(level: Level, facts: &[Fact], grammar: Option<&GrammarFocus>) -> Vec<Proven> {
    let mut out: Vec<Proven> = grammar.map(|g| g.mistakes.clone()).unwrap_or_default();
    let any = |test: &dyn Fn(&Fact) -> bool| facts.iter().any(test);
    if any(&|f| matches!(f.form, Form::DoNot(_))) {
        out.push(Proven::language("Learners drop “not” when they repeat a rule. Let them stress it: “Do NOT ...”."));
    }
    if any(&|f| f.text.contains(" at least ") || f.text.contains(" more than ")) {
        out.push(Proven::language(
            "“At least” and “more than” are mixed up. Ask for a number that is just right and one that is not.",
        ));
    }
    if level <= Level::B1 && any(&|f| sounds_alike(&f.text)) {
        out.push(Proven::language("13 and 30, 15 and 50 sound alike. Let learners show the number or write it."));
    }
    if out.len() < 2 && any(&|f| matches!(f.form, Form::When { .. })) {
        out.push(Proven::language("Learners say “if ... will”. After “if” and “when” the verb stays in the present."));
    }
    if out.len() < 2 && any(&|f| matches!(f.form, Form::Do(_))) {
        out.push(Proven::language(
            "Learners leave out “the” and “a” when they repeat a step. Say the step with its articles and let them repeat it.",
        ));
    }
    if out.is_empty() {
        out.push(Proven::language(
            "Learners read long sentences without a pause. Read one aloud, and let them mark where you stop.",
        ));
    }
    out.truncate(4);
    out
}

/// Beside the page: where else the SOPs speak of it, and what to do where practice differs.
pub fn notes(assignment: &Assignment<'_>) -> Vec<Proven> {
    let library = assignment.library;
    let mut out = Vec::new();
    for at in assignment.related.iter().take(3) {
        if out.is_empty() {
            out.push(Proven::language("The SOPs say more about this in other places:"));
        }
        out.push(library.quote(*at));
    }
    out.push(Proven::language(
        "If your workplace does something differently, write it down and report it. Do not correct the SOP in class.",
    ));
    out
}

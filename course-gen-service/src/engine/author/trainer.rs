//! The trainer's page: critical clauses word for word, concept questions, likely errors, two ways to stage the role-play.

use course_format::Level;
use course_format::course::{GrammarFocus, Proven, Question, Relation, TrainerPage};

use super::Assignment;
use crate::engine::english::About;
use crate::engine::english::parse::Form;
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::english::{adjunct, question};
use crate::engine::facts::{self, Fact};
use crate::engine::outline::is_critical;

/// What only the trainer sees.
pub fn page(assignment: &Assignment<'_>, facts: &[Fact], grammar: Option<&GrammarFocus>) -> TrainerPage {
    let Assignment { brief, library, lesson, .. } = *assignment;
    let critical = lesson.clauses.iter().filter(|at| is_critical(library, **at)).take(6).map(|at| library.quote(*at));
    let mut questions = yes_no(assignment, facts);
    questions.extend(concept_questions(assignment, facts));
    questions.truncate(3);
    TrainerPage {
        critical: critical.collect(),
        concept_questions: questions,
        likely_errors: likely_errors(brief.level, facts, grammar),
        easier: Some(Proven::language(
            "Easier: both players see the checklist. The second player only reads each point aloud and shows it.",
        )),
        harder: Some(Proven::language(if brief.level <= Level::A2 {
            "Harder: close the books. The first player asks “What if ...?” about one problem."
        } else {
            "Harder: close the books. The first player interrupts, gets a number wrong once and asks for the reason."
        })),
    }
}

/// "Can you touch the switch? No: ..." from prohibitions: the answer is the SOP's.
fn yes_no(assignment: &Assignment<'_>, facts: &[Fact]) -> Vec<Question> {
    let library = assignment.library;
    facts
        .iter()
        .find_map(|fact| match &fact.form {
            Form::DoNot(c)
                if !facts::has_pronoun(&c.text)
                    && !facts::refers_elsewhere(&c.text)
                    && (2..=14).contains(&word_count(&c.text)) =>
            {
                Some(Question {
                    question: format!("Can you {}?", c.text),
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
    if level <= Level::B1 && any(&|f| f.text.chars().any(|c| c.is_ascii_digit())) {
        out.push(Proven::language("13 and 30, 15 and 50 sound alike. Let learners show the number or write it."));
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

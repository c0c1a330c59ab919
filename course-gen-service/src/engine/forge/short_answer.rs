//! A few words of one's own, which a trainer grades: what to do in a case, what to say to a colleague, why.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation, RubricPoint};

use super::build::Spec;
use super::stock::Decision;
use super::{Bench, Made};
use crate::engine::english::adjunct::Wh;
use crate::engine::english::question::you;
use crate::engine::english::text::{about_me, about_others, capitalise, sentence, word_count};
use crate::engine::english::words::{is_easy, is_function};
use crate::engine::facts;

/// Every short answer that the lesson gives.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out: Vec<Made> =
        bench.stock.decisions.iter().filter(|d| bench.holds(d.at)).filter_map(|d| case(bench, d)).collect();
    out.extend(colleague(bench));
    out.extend(reasons(bench));
    out.extend(explained(bench));
    out
}

/// A sentence of the SOP in the learner's own words: what is left where nothing else can be asked.
fn explained(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level < Level::B1 {
        return Vec::new();
    }
    let plain = |l: &&super::lines::Line| {
        (8..=30).contains(&l.words) && !l.text.contains(['“', '”', '"', '…']) && l.text.starts_with(char::is_uppercase)
    };
    bench
        .loose_lines()
        .filter(plain)
        .filter_map(|line| {
            let said = line.sentence();
            let spec = Spec {
                clause: line.at,
                frame: "answer-explain",
                target: line.text.clone(),
                stem: format!("Explain this to a new colleague in your own words: “{said}” {}", how_long(bench.level)),
                rationale: "A good answer says everything that the sentence says, in other words.".to_owned(),
                relation: Relation::Compress,
                provenance: vec![bench.library.prove_part(line.at, &line.text)],
                score: 1,
                others: vec![
                    format!("A colleague does not understand this sentence: “{said}” Say it in simple words."),
                    format!("Say the same in simple words, and give an example from your work: “{said}”"),
                ],
                reasons: Vec::new(),
            };
            let rubric = vec![RubricPoint {
                description: "Says what the sentence says".to_owned(),
                tokens: keywords(&line.text),
                points: 2,
            }];
            finish(bench, spec, said, rubric)
        })
        .collect()
}

fn body(level: Level) -> ItemBody {
    let (min_words, max_words) = match level {
        Level::A1 | Level::A2 => (3, 20),
        Level::B1 => (5, 40),
        Level::B2 | Level::C1 | Level::C2 => (8, 60),
    };
    ItemBody::ShortAnswer { min_words, max_words }
}

fn how_long(level: Level) -> &'static str {
    match level {
        Level::A1 | Level::A2 => "Answer in one sentence.",
        _ => "Answer in one or two sentences.",
    }
}

fn case(bench: &Bench<'_>, decision: &Decision) -> Option<Made> {
    if facts::has_pronoun(&decision.condition) || word_count(&decision.condition) > 18 {
        return None;
    }
    let asked = about_me(&decision.condition)?;
    let question = match bench.level {
        _ if decision.stated => "What is the rule",
        Level::A1 | Level::A2 => "What do I do",
        _ => "What do I have to do",
    };
    let mut provenance = vec![bench.library.prove_part(decision.at, &decision.source)];
    provenance.extend(decision.action_from.map(|at| bench.library.prove(at)));
    let spec = Spec {
        clause: decision.at,
        frame: "answer-case",
        target: decision.condition.clone(),
        stem: format!("A new colleague asks you: “{question} {} {asked}?” {}", decision.joiner, how_long(bench.level)),
        rationale: "A good answer names every action that the text gives for this case.".to_owned(),
        relation: Relation::Compress,
        provenance,
        score: 7,
        others: vec![
            format!(
                "Your supervisor checks what you know: “{} {} {}?” {}",
                match bench.level {
                    _ if decision.stated => "What does the SOP say",
                    Level::A1 | Level::A2 => "What do you do",
                    _ => "What must you do",
                },
                decision.joiner,
                decision.condition,
                how_long(bench.level)
            ),
            format!(
                "{} {} {}",
                decision.situation,
                if decision.stated {
                    "Tell a colleague the rule."
                } else {
                    "Tell your supervisor what you are going to do."
                },
                how_long(bench.level)
            ),
        ],
        reasons: Vec::new(),
    };
    let rubric = points(&decision.action);
    finish(bench, spec, sentence(&decision.action), rubric)
}

/// "A colleague is about to put hot food in a fridge. What do you say?"
fn colleague(bench: &Bench<'_>) -> Vec<Made> {
    bench
        .stock
        .forbidden
        .iter()
        .filter(|(at, _, phrase)| bench.holds(*at) && word_count(phrase) <= 14 && is_an_act(phrase))
        .filter_map(|(at, source, phrase)| {
            let ask = if bench.level <= Level::A2 { "What do you say?" } else { "What do you say to stop them?" };
            let spec = Spec {
                clause: *at,
                frame: "answer-stop",
                target: phrase.clone(),
                stem: format!("A colleague is about to {}. {ask} {}", about_others(phrase), how_long(bench.level)),
                rationale: "A good answer stops the colleague and says what is forbidden.".to_owned(),
                relation: Relation::Compress,
                provenance: vec![bench.library.prove_part(*at, source)],
                score: 6,
                others: vec![
                    format!(
                        "You see that somebody wants to {}. Stop them politely. {}",
                        about_others(phrase),
                        how_long(bench.level)
                    ),
                    format!(
                        "A visitor starts to {}. Explain the rule. {}",
                        about_others(phrase),
                        how_long(bench.level)
                    ),
                ],
                reasons: Vec::new(),
            };
            let mut rubric = vec![RubricPoint {
                description: "Says clearly that it is forbidden".to_owned(),
                tokens: ["don't", "do not", "not", "never", "stop", "forbidden"].map(str::to_owned).to_vec(),
                points: 1,
            }];
            rubric.extend(
                points(phrase).into_iter().map(|p| RubricPoint { description: "Names the action".to_owned(), ..p }),
            );
            rubric.truncate(2);
            finish(bench, spec, sentence(&format!("do not {phrase}")), rubric)
        })
        .collect()
}

/// One can be about to open a door, but not about to ignore it.
fn is_an_act(phrase: &str) -> bool {
    let verb = phrase.split(' ').next().unwrap_or_default();
    let odd = phrase.contains(" any ") && !phrase.contains(" any other ");
    !odd && !matches!(
        verb,
        "ignore"
            | "wait"
            | "assume"
            | "allow"
            | "let"
            | "keep"
            | "exceed"
            | "forget"
            | "be"
            | "have"
            | "rely"
            | "expect"
            | "stay"
            | "remain"
    )
}

fn reasons(bench: &Bench<'_>) -> Vec<Made> {
    bench
        .stock
        .asked
        .iter()
        .filter(|a| {
            bench.holds(a.at) && a.adjunct.wh == Wh::Why && a.thing.is_none() && !facts::has_pronoun(&a.adjunct.answer)
        })
        .filter_map(|asked| {
            let context = asked.context.as_ref().map(|c| format!("{c} ")).unwrap_or_default();
            let spec = Spec {
                clause: asked.at,
                frame: "answer-why",
                target: asked.adjunct.answer.clone(),
                stem: format!("{context}Why {} {}? {}", you(bench.level), asked.adjunct.core, how_long(bench.level)),
                rationale: "A good answer gives the reason in the text.".to_owned(),
                relation: Relation::Compress,
                provenance: vec![bench.library.prove_part(asked.at, &asked.source)],
                score: 8,
                others: Vec::new(),
                reasons: Vec::new(),
            };
            let model = sentence(&capitalise(&asked.adjunct.answer));
            let words = keywords(&asked.adjunct.answer);
            let rubric =
                vec![RubricPoint { description: "Gives the reason in the text".to_owned(), tokens: words, points: 2 }];
            finish(bench, spec, model, rubric)
        })
        .collect()
}

fn finish(bench: &Bench<'_>, spec: Spec, model: String, rubric: Vec<RubricPoint>) -> Option<Made> {
    let rubric: Vec<RubricPoint> = rubric.into_iter().filter(|p| !p.tokens.is_empty()).collect();
    let total = rubric.iter().map(|p| p.points).sum();
    (total > 0).then(|| spec.finish(bench, body(bench.level), Answer::ShortAnswer { model, rubric }, total))
}

/// One point for each action: "discard the food and inform the supervisor" has two.
fn points(action: &str) -> Vec<RubricPoint> {
    let phrases: Vec<String> = match crate::engine::english::parse::parse(&capitalise(action)) {
        crate::engine::english::Form::Do(c) => c.phrases,
        _ => vec![action.to_owned()],
    };
    phrases
        .iter()
        .take(3)
        .map(|p| RubricPoint { description: format!("Says: {p}"), tokens: keywords(p), points: 1 })
        .collect()
}

/// Words that show that the point was made: the telling ones, else all that carry meaning.
pub fn keywords(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .map(str::to_lowercase)
        .filter(|w| w.len() > 2 && !is_function(w))
        .collect();
    let telling: Vec<String> = words.iter().filter(|w| !is_easy(w)).cloned().collect();
    let mut out = if telling.is_empty() { words } else { telling };
    out.dedup();
    out.truncate(4);
    out
}

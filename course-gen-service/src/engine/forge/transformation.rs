//! The same rule in other words: the first words are given, and often one word that has to be used. Duties stay duties.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Provenance, Relation};

use super::build::{Spec, spread};
use super::lines::Line;
use super::single_choice::showable;
use super::{Bench, Made};
use crate::engine::english::forms::{
    base_predicate, in_ing, in_participle, is_plural, participle, passive, verb_phrase,
};
use crate::engine::english::parse::{self, Form, Modal};
use crate::engine::english::text::{capitalise, lower_first, sentence, without_stop, word_count};
use crate::engine::english::words::{base_of_participle, lacks_article};
use crate::engine::facts;
use crate::engine::library::ClauseRef;

/// Every rewriting that the lesson's sentences allow at this level.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level < Level::A2 {
        return Vec::new();
    }
    let mut out: Vec<Made> = bench
        .lines()
        .filter(|l| l.model && (4..=20).contains(&l.words))
        .flat_map(|line| of_line(bench, line))
        .collect();
    if bench.level >= Level::B1 {
        out.extend(joined(bench));
    }
    out
}

/// One task: what is given and what is accepted.
pub struct Task {
    pub frame: &'static str,
    pub start: String,
    pub using: Option<String>,
    pub accepted: Vec<String>,
    pub stems: &'static [&'static str],
    pub why: &'static str,
    pub score: i32,
}

/// The items of one sentence.
pub fn of_line(bench: &Bench<'_>, line: &Line) -> Vec<Made> {
    tasks(bench, line)
        .into_iter()
        .map(|task| {
            let proof = vec![bench.library.prove_part(line.at, &line.text)];
            item(bench, line.at, line.sentence(), task, proof)
        })
        .collect()
}

/// What can be asked of one sentence.
pub fn tasks(bench: &Bench<'_>, line: &Line) -> Vec<Task> {
    let text = &bench.library.document(line.at).text;
    let mut out = Vec::new();
    match &line.form {
        Form::Do(c) if !starts_with_adverb(&c.text) => {
            if bench.level <= Level::B1 {
                out.push(duty(&c.text));
            }
            if bench.level >= Level::B1 && c.phrases.len() == 1 {
                out.extend(in_passive(&c.text));
            }
        }
        Form::DoNot(c) => out.push(if bench.level == Level::A2 { ban(&c.text) } else { forbidden(&c.text) }),
        Form::When { joiner, condition, then } => out.extend(turned(line, joiner, condition, then)),
        Form::Duty { subject, modal, negative: false, predicate } => {
            out.extend(without_modal(subject, *modal, predicate, bench.level));
            out.extend(active(subject, *modal, predicate, text));
        }
        Form::Role { predicate, .. } if base_predicate(predicate).is_some() => out.push(who(predicate)),
        _ => {}
    }
    out
}

/// The finished item; `source` is what the learner sees.
pub fn item(bench: &Bench<'_>, at: ClauseRef, source: String, task: Task, proof: Vec<Provenance>) -> Made {
    let spec = Spec {
        clause: at,
        frame: task.frame,
        target: source.clone(),
        stem: task.stems[0].to_owned(),
        others: task.stems[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: task.why.to_owned(),
        relation: Relation::Compress,
        provenance: proof,
        reasons: Vec::new(),
        score: task.score,
    };
    let body = ItemBody::Transformation { source, start: task.start, using: task.using };
    spec.finish(bench, body, Answer::Transformation { accepted: task.accepted }, 1)
}

fn starts_with_adverb(text: &str) -> bool {
    text.split(' ').next().is_some_and(|w| w.ends_with("ly"))
}

fn duty(order: &str) -> Task {
    Task {
        frame: "say-must",
        start: "You".to_owned(),
        using: Some("must".to_owned()),
        accepted: vec![sentence(&format!("you must {order}"))],
        stems: &[
            "Say this order as a rule. Use “must”.",
            "Turn the instruction into a rule for a new colleague. Use “must”.",
            "You explain this order as a duty. Use “must”.",
        ],
        why: "After “must” comes the verb without “to”.",
        score: 1,
    }
}

fn ban(act: &str) -> Task {
    Task {
        frame: "say-must-not",
        start: "You".to_owned(),
        using: Some("must not".to_owned()),
        accepted: vec![sentence(&format!("you must not {act}"))],
        stems: &[
            "Say this ban as a rule. Use “must not”.",
            "Tell a new colleague the same with “must not”.",
            "Make a rule for everybody from this order. Use “must not”.",
        ],
        why: "“Must not” forbids it, like “do not”.",
        score: 4,
    }
}

fn forbidden(act: &str) -> Task {
    Task {
        frame: "say-forbidden",
        start: "It is forbidden".to_owned(),
        using: Some("to".to_owned()),
        accepted: vec![sentence(&format!("it is forbidden to {act}"))],
        stems: &[
            "Write the same for a notice. Begin with “It is forbidden”.",
            "Say this ban more formally. Begin with “It is forbidden”.",
            "Put the ban into the style of a company rule. Begin with “It is forbidden”.",
        ],
        why: "“It is forbidden to” and the verb say the same as “do not”.",
        score: 4,
    }
}

fn in_passive(order: &str) -> Option<Task> {
    let parts = verb_phrase(order).filter(|p| !p.object.starts_with("your ") && !facts::has_pronoun(&p.rest))?;
    let adverb = parts.rest.starts_with("to ")
        || parts.verb == "start"
        || parts.rest.split(' ').next().is_some_and(|w| w.ends_with("ly"));
    (!adverb).then(|| Task {
        frame: "say-passive",
        start: capitalise(&parts.object),
        using: Some("must be".to_owned()),
        accepted: vec![sentence(&passive(&parts, "must"))],
        stems: &[
            "Say what must be done. Do not name a person.",
            "Write the order as a rule in which the thing comes first. Use “must be”.",
            "Put this order into a written procedure. Begin with the thing and use “must be”.",
            "The thing is more important than the person here. Use “must be”.",
        ],
        why: "“Must be” and the past participle: the thing comes first.",
        score: 5,
    })
}

/// "If C, A." becomes "A if C." and the other way round.
fn turned(line: &Line, joiner: &str, condition: &str, then: &Form) -> Option<Task> {
    let (Form::Do(c) | Form::DoNot(c)) = then else { return None };
    let order = if matches!(then, Form::DoNot(_)) { format!("do not {}", c.text) } else { c.text.clone() };
    if facts::has_pronoun(&order) || order.contains(',') || facts::has_pronoun(condition) || c.phrases.len() > 1 {
        return None;
    }
    let leads = line.text.to_lowercase().starts_with(joiner);
    let whole = without_stop(&line.text);
    let said = [format!("{joiner} {condition}, {order}"), format!("{order} {joiner} {condition}")];
    if !said.iter().any(|s| s.eq_ignore_ascii_case(whole)) {
        return None;
    }
    let (start, accepted) = if leads {
        let first: Vec<&str> = order.split(' ').take(2).collect();
        (capitalise(&first.join(" ")), vec![sentence(&said[1])])
    } else {
        (capitalise(joiner), vec![sentence(&said[0]), sentence(&format!("{joiner} {condition} {order}"))])
    };
    Some(Task {
        frame: if leads { "say-condition-last" } else { "say-condition-first" },
        start,
        using: Some(joiner.to_owned()),
        accepted,
        stems: if leads {
            &["Say first what to do, and then in which case.", "Begin with the action. The case comes at the end."]
        } else {
            &["Say first the case, and then what to do.", "Begin with the case. The action comes at the end."]
        },
        why: "Both parts may come first. The meaning stays the same.",
        score: 4,
    })
}

/// "may" becomes "are allowed to", "must" becomes "have to".
fn without_modal(subject: &str, modal: Modal, predicate: &str, level: Level) -> Option<Task> {
    let plural = is_plural(subject)?;
    let lower = subject.to_lowercase();
    if ["only", "nobody", "no ", "none"].iter().any(|w| lower.starts_with(w)) || starts_with_adverb(predicate) {
        return None;
    }
    let (frame, verb, using, stems, why): (_, _, _, &'static [&'static str], _) = match modal {
        Modal::May if level >= Level::B1 && !predicate.starts_with("be ") => (
            "say-allowed",
            if plural { "are allowed to" } else { "is allowed to" },
            "allowed",
            &["Say the same with “allowed”.", "Explain this permission. Use “allowed”."],
            "“May” and “be allowed to” give permission.",
        ),
        Modal::Must => (
            "say-have-to",
            if plural { "have to" } else { "has to" },
            if plural { "have to" } else { "has to" },
            &[
                "Say the same without “must”.",
                "Say this rule as you would say it to a colleague. Do not use “must”.",
                "Find another way to say “must” here.",
            ],
            "“Have to” is as strong as “must”. With one person or thing it is “has to”.",
        ),
        _ => return None,
    };
    Some(Task {
        frame,
        start: subject.to_owned(),
        using: Some(using.to_owned()),
        accepted: vec![sentence(&format!("{subject} {verb} {predicate}"))],
        stems,
        why,
        score: 5,
    })
}

/// "Full containers must be collected by the waste team." -> "The waste team must collect full containers."
fn active(subject: &str, modal: Modal, predicate: &str, text: &str) -> Option<Task> {
    let rest = predicate.strip_prefix("be ")?;
    let (verb, rest) = rest.split_once(" by ")?;
    let base = base_of_participle(verb).filter(|b| !verb.contains(' ') && participle(b) == verb)?;
    let words: Vec<&str> = rest.split(' ').collect();
    let end = words
        .iter()
        .position(|w| {
            matches!(*w, "within" | "before" | "after" | "at" | "in" | "on" | "every" | "for" | "when" | "if")
        })
        .unwrap_or(words.len());
    let agent = words[..end].join(" ");
    let sure = crate::engine::english::words::names_people(&agent) && !agent.contains(" or ") && !agent.contains(',');
    let tail = if end < words.len() { format!(" {}", words[end..].join(" ")) } else { String::new() };
    let object = lower_first(subject, text);
    sure.then(|| Task {
        frame: "say-active",
        start: capitalise(&agent),
        using: Some(modal.word().to_owned()),
        accepted: vec![sentence(&format!("{agent} {} {base} {object}{tail}", modal.word()))],
        stems: &["Who has to do it? Begin with the person.", "Say the same. The person comes first."],
        why: "The person after “by” becomes the subject.",
        score: 6,
    })
}

fn who(predicate: &str) -> Task {
    Task {
        frame: "ask-who",
        start: "Who".to_owned(),
        using: None,
        accepted: vec![format!("Who {}?", without_stop(predicate))],
        stems: &[
            "You do not know the person. Ask for the person.",
            "The name of the person is missing in your copy. Ask for it.",
            "Make the question that this sentence answers. Ask for the person.",
        ],
        why: "A question about the subject needs no “do” or “does”.",
        score: 4,
    }
}

/// Two steps that follow each other, as one sentence.
fn joined(bench: &Bench<'_>) -> Vec<Made> {
    let document = &bench.library.documents()[bench.lesson.document];
    let mut out = Vec::new();
    for procedure in document.procedures.iter().filter(|p| p.ordered && p.steps.len() >= 3) {
        for pair in procedure.steps.windows(2) {
            let next =
                pair[0].number.len() == 1 && pair[1].number.len() == 1 && pair[1].number[0] == pair[0].number[0] + 1;
            let places: Vec<ClauseRef> = pair
                .iter()
                .filter_map(|s| bench.library.find(bench.lesson.document, &s.clause_id.0))
                .filter(|at| bench.holds(*at))
                .collect();
            if let ([first, second], true) = (places.as_slice(), next && pair.iter().all(|s| s.branch.is_none())) {
                out.extend(join(bench, *first, *second));
            }
        }
    }
    out
}

/// The step's one short order.
fn single(bench: &Bench<'_>, at: ClauseRef) -> Option<String> {
    let text = showable(bench, at)?;
    match parse::parse(&text) {
        Form::Do(c)
            if c.phrases.len() == 1
                && word_count(&text) <= 12
                && !starts_with_adverb(&c.text)
                && !facts::has_pronoun(&c.text)
                && !lacks_article(&c.text)
                && ![" before ", " after ", " until ", " when ", " if ", ", "].iter().any(|w| c.text.contains(w)) =>
        {
            Some(c.text)
        }
        _ => None,
    }
}

fn join(bench: &Bench<'_>, first: ClauseRef, second: ClauseRef) -> Option<Made> {
    let (a, b) = (single(bench, first)?, single(bench, second)?);
    let source = format!("{} {}", sentence(&a), sentence(&b));
    let proof = vec![bench.library.prove(first), bench.library.prove(second)];
    let after = spread(uuid::Uuid::new_v5(&bench.lesson.id, source.as_bytes()), 2) == 0;
    let task = if after {
        Task {
            frame: "join-after",
            start: "After".to_owned(),
            using: None,
            accepted: vec![
                sentence(&format!("after you {a}, {b}")),
                sentence(&format!("after {}, {b}", in_ing(&a))),
                sentence(&format!("after you have {}, {b}", in_participle(&a))),
                sentence(&format!("after you {a}, you must {b}")),
            ],
            stems: &[
                "Join the two steps. Begin with “After”.",
                "Make one sentence for a colleague. Begin with “After”.",
            ],
            why: "“After” goes with the step that comes first.",
            score: 6,
        }
    } else {
        Task {
            frame: "join-before",
            start: capitalise(a.split(' ').next().unwrap_or_default()),
            using: Some("before".to_owned()),
            accepted: vec![sentence(&format!("{a} before you {b}")), sentence(&format!("{a} before {}", in_ing(&b)))],
            stems: &["Join the two steps with “before”.", "Say in one sentence which step comes first. Use “before”."],
            why: "“Before” goes with the step that comes second.",
            score: 6,
        }
    };
    Some(item(bench, first, source, task, proof))
}

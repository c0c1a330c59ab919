//! Wh-questions: for a time, a place, a person, an amount, a thing.

use course_format::Level;

use super::{Clause, Pair, Verb};
use crate::engine::author::dialogue::lines::contracted;
use crate::engine::author::dialogue::rules::question_word;
use crate::engine::author::dialogue::subject::pronoun;
use crate::engine::english::adjunct::{self, Adjunct, Wh};
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::english::words::{base_of_participle, base_of_third_person, is_verb, names_people};

fn pair(question: Option<String>, answer: &str) -> Option<Pair> {
    (word_count(answer) <= 14).then(|| question.map(|q| (q, sentence(&capitalise(answer)))))?
}

/// "be given only to a registered person", "be connected to the guest network only": what or whom it is restricted to.
pub fn only(clause: &Clause, level: Level) -> Option<Pair> {
    let whole = clause.whole();
    let rest = whole.strip_prefix("be ")?;
    let (done, tail) = rest.split_once(' ')?;
    base_of_participle(done)?;
    let (bare, answer) = match (tail.strip_prefix("only "), tail.strip_suffix(" only")) {
        (Some(bare), _) | (None, Some(bare)) => (bare, tail),
        (None, None) => return None,
    };
    let (preposition, thing) = bare.split_once(' ').filter(|(p, _)| matches!(*p, "for" | "to" | "with"))?;
    let wh = if names_people(thing) { "Who" } else { "What" };
    let core = format!("be {done} {preposition}");
    pair(clause.ask(wh, clause.without_be(&core), level), answer)
}

/// "be signed by a cook" -> "Who has to sign the form?" - "A cook."
pub fn by_whom(clause: &Clause, level: Level) -> Option<Pair> {
    let whole = clause.whole();
    let (done, agent) = whole.strip_prefix("be ")?.split_once(" by ")?;
    let (only, done) = match done.strip_prefix("only ") {
        Some(rest) => (true, rest),
        None => (agent.starts_with("only "), done),
    };
    let verb = base_of_participle(done).filter(|v| is_verb(v))?;
    let agent = agent.split([',', ';']).next()?.split(" before ").next()?;
    let subject = &clause.subject;
    let question = match clause.verb {
        Verb::Must if level <= Level::A2 => format!("Who must {verb} {subject}?"),
        Verb::Must => format!("Who has to {verb} {subject}?"),
        Verb::Should => format!("Who should {verb} {subject}?"),
        Verb::May if level <= Level::B1 => format!("Who can {verb} {subject}?"),
        Verb::May => format!("Who may {verb} {subject}?"),
        Verb::Is => format!("Who {} {subject}?", crate::engine::english::forms::third_person(&verb)),
        Verb::Do => return None,
    };
    let narrowed = if only && !agent.starts_with("only ") { format!("only {agent}") } else { agent.to_owned() };
    (names_people(agent) && word_count(agent) <= 7).then(|| pair(Some(question), &narrowed))?
}

/// "be kept for 12 months" -> "How long does the log have to be kept?" - "For 12 months."
pub fn adjunct(clause: &Clause, level: Level) -> Option<Pair> {
    let whole = clause.whole();
    let single = !whole.split(" and ").skip(1).any(|part| {
        let first = part.split(' ').next().unwrap_or_default();
        is_verb(first)
            || base_of_third_person(first).is_some()
            || matches!(first, "must" | "may" | "is" | "are")
            || whole.starts_with("be ") && base_of_participle(first).is_some()
    });
    let (wh, core, answer) = late(&whole).or_else(|| {
        let found = adjunct::split(&whole)?;
        Some((question_word(&found)?.to_owned(), found.core.clone(), found.answer))
    })?;
    let done = clause.without_be(&core);
    // "Are stored" needs its participle; "be" alone asks nothing.
    let empty = done.is_empty() || done == "be" || done.starts_with("not ");
    let answer = if clause.is_mine() { yours(&answer)? } else { answer };
    (single && !empty).then(|| pair(clause.ask(&wh, done, level), &answer))?
}

/// Said to one of those whom the rule is about: "whenever they leave their desk" -> "whenever you leave your desk".
fn yours(answer: &str) -> Option<String> {
    let said = format!(" {answer} ")
        .replace(" they are ", " you are ")
        .replace(" they ", " you ")
        .replace(" their ", " your ");
    (!said.contains(" them")).then(|| said.trim().to_owned())
}

/// What the adjuncts of an order leave out: a deadline, a lead time, a place after a verb of motion, a clause with "where" or
/// "whenever".
pub fn late(phrase: &str) -> Option<(String, String, String)> {
    let cut = |mark: &str, wh: &str| {
        let (core, tail) = phrase.split_once(mark)?;
        let answer = format!("{}{tail}", mark.trim_start());
        Some((wh.to_owned(), core.to_owned(), answer))
    };
    let timed = |tail: &str| {
        let first = tail.split(' ').next().unwrap_or_default();
        first.starts_with(|c: char| c.is_ascii_digit())
            || tail.starts_with("the end of ")
            || tail.starts_with("the first ")
    };
    if let Some((core, tail)) = phrase.rsplit_once(" by ")
        && timed(tail)
        && core.contains(' ')
    {
        return Some(("By when".to_owned(), core.to_owned(), format!("by {tail}")));
    }
    if let Some((core, tail)) = phrase.split_once(" at least ")
        && (tail.ends_with(" in advance") || tail.contains(" before "))
        && quantity::all(tail).first().is_some_and(|q| q.dimension == Dimension::Duration)
    {
        return Some(("How early".to_owned(), core.to_owned(), format!("at least {tail}")));
    }
    if let Some((verb, rest)) = phrase.split_once(' ')
        && matches!(verb, "go" | "report" | "wait" | "belong" | "return" | "meet" | "sit")
        && ["in ", "into ", "to ", "on ", "at ", "outside ", "inside ", "next to ", "behind "]
            .iter()
            .any(|p| rest.starts_with(p))
    {
        return Some(("Where".to_owned(), verb.to_owned(), rest.to_owned()));
    }
    if let Some((verb, rest)) = phrase.split_once(' ').filter(|(verb, _)| *verb == "wait")
        && let Some((taken, q)) = quantity::at(&rest.split(' ').collect::<Vec<_>>(), 0)
        && q.dimension == Dimension::Duration
    {
        let after: Vec<&str> = rest.split(' ').skip(taken).collect();
        return Some(("How long".to_owned(), format!("{verb} {}", after.join(" ")).trim().to_owned(), q.text));
    }
    if let Some((core, rest)) =
        ["be kept ", "be stored ", "be placed "].iter().find_map(|v| Some((*v, phrase.strip_prefix(v)?)))
        && ["off ", "in ", "at ", "on ", "out of ", "under ", "above ", "away from "]
            .iter()
            .any(|p| rest.starts_with(p))
        && !rest.contains(" for ")
        && !rest.contains(" until ")
    {
        return Some(("Where".to_owned(), core.trim_end().to_owned(), rest.to_owned()));
    }
    cut(" where ", "Where").or_else(|| cut(" whenever ", "When"))
}

/// "The replacement costs EUR 20." -> "How much does the replacement cost?", "The allowance is EUR 45." -> "What’s the allowance?"
pub fn amount(clause: &Clause, level: Level) -> Option<Pair> {
    if clause.verb == Verb::Is {
        let q = quantity::all(&clause.predicate);
        let bare = clause.predicate.starts_with(q.first()?.text.as_str()) && q.len() == 1;
        let be = if clause.is_many()? { "What are" } else { "What’s" };
        let question = format!("{be} {}?", clause.subject);
        return bare.then(|| pair(Some(question), &clause.predicate))?;
    }
    let (verb, rest) = clause.predicate.split_once(' ')?;
    let found = quantity::all(rest);
    let [one] = found.as_slice() else { return None };
    let wh = match verb {
        "cost" | "weigh" => "How much",
        "last" | "take" if one.dimension == Dimension::Duration => "How long",
        _ => return None,
    };
    let plain = rest.ends_with(one.text.as_str()) || rest.ends_with("per person");
    plain.then(|| pair(clause.ask(wh, verb, level), rest))?
}

/// "must contain at least 14 characters" -> "What do passwords have to contain?"
pub fn object(clause: &Clause, level: Level) -> Option<Pair> {
    let (verb, object) = clause.predicate.split_once(' ')?;
    let asks = matches!(verb, "contain" | "include" | "show" | "need" | "carry" | "wear" | "require" | "bring");
    let clean = !object.contains(" and must ") && !object.starts_with("to ") && !object.contains(" when ");
    let noun = ["a ", "an ", "the ", "their ", "two ", "three ", "at least "].iter().any(|d| object.starts_with(d));
    (asks && clean && noun && !clause.is_mine()).then(|| pair(clause.ask("What", verb, level), object))?
}

/// "must not stay open for longer than 2 minutes" -> "How long can the door stay open?"
pub fn no_longer(clause: &Clause, level: Level) -> Option<Pair> {
    let whole = clause.whole();
    let (core, _) = whole.split_once(" for longer than ")?;
    let asked = Clause { verb: if clause.verb == Verb::Is { Verb::Is } else { Verb::May }, ..clause.clone() };
    Some((asked.ask("How long", asked.without_be(core), level.min(Level::B1))?, said(clause)?))
}

/// "must not exceed EUR 160 per night" -> "What’s the limit for hotel rates?"
pub fn limit(clause: &Clause) -> Option<Pair> {
    const HOW: [(&str, &str); 7] = [
        ("be hotter than ", "hot"),
        ("be warmer than ", "warm"),
        ("be higher than ", "high"),
        ("be longer than ", "long"),
        ("be heavier than ", "heavy"),
        ("be older than ", "old"),
        ("be deeper than ", "deep"),
    ];
    let how = HOW.iter().find(|(v, _)| clause.predicate.starts_with(v)).map(|(_, how)| how);
    if let Some(how) = how.filter(|_| matches!(clause.verb, Verb::Must | Verb::May) && !clause.is_mine()) {
        return Some((format!("How {how} can {} be?", clause.subject), said(clause)?));
    }
    let limits = ["exceed ", "be more than "];
    let fits = limits.iter().any(|v| clause.predicate.starts_with(v)) && matches!(clause.verb, Verb::Must | Verb::May);
    (fits && !clause.is_mine()).then(|| Some((format!("What’s the limit for {}?", clause.subject), said(clause)?)))?
}

/// The rule once more, with a pronoun: "They mustn’t exceed ..."
fn said(clause: &Clause) -> Option<String> {
    let it = pronoun(&clause.subject)?;
    let modal = match clause.verb {
        Verb::Must => "must not",
        Verb::Should => "should not",
        Verb::May => "may not",
        Verb::Is | Verb::Do => return None,
    };
    Some(contracted(&sentence(&format!("{it} {modal} {}", clause.predicate))))
}

/// The extra adjuncts of an order, as if the list of adjuncts knew them.
pub fn of_order(phrase: &str) -> Option<(String, Adjunct)> {
    let (wh, core, answer) = late(phrase)?;
    (core.contains(' ')).then_some((wh, Adjunct { wh: Wh::When, core, answer, thing: None, quantity: None }))
}

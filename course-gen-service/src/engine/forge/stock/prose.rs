//! What running prose adds to the stock: duties, bans, permissions, cases, facts and lists of sentences that are no orders.

use course_format::sop::ClauseKind;

use super::{Asked, Decision, Duty, Stock, actor_name, is_generic, stands_alone};
use crate::engine::english::adjunct;
use crate::engine::english::case;
use crate::engine::english::forms::{each_verb, in_ing, is_plural, third_person};
use crate::engine::english::matter;
use crate::engine::english::parse::{self, Form, Modal};
use crate::engine::english::situation;
use crate::engine::english::statement::{self, Force, Statement, Who};
use crate::engine::english::text::{self, lower_first, sentence, without_stop, word_count};
use crate::engine::english::words::{base_of_participle, is_finite, lacks_article, names_people};
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};

/// What one sentence demands, permits or forbids.
#[derive(Clone, Debug)]
pub struct Ruling {
    pub at: ClauseRef,
    pub source: String,
    pub who: Who,
    pub force: Force,
    /// Verb phrase in the base form.
    pub act: String,
    /// The act points at nothing, not even at its subject ("their").
    pub alone: bool,
}

/// A thing or an activity that is allowed or forbidden.
#[derive(Clone, Debug)]
pub struct Matter {
    pub at: ClauseRef,
    pub source: String,
    pub name: String,
    pub force: Force,
}

/// "Medical certificates are stored in a locked cabinet."
#[derive(Clone, Debug)]
pub struct Told {
    pub asked: Asked,
    /// "medical certificates"
    pub subject: String,
    /// "is" or "are".
    pub aux: &'static str,
}

/// Sees every fact a second time, as prose.
pub fn add(stock: &mut Stock, library: &Library, facts: &[Fact]) {
    for fact in facts.iter().filter(|f| library.polarity(f.at).is_none()) {
        let form = unbracketed(fact);
        order(stock, library, fact, form.as_ref());
        let open = form.is_none() && matches!(fact.form, Form::Other | Form::Duty { .. } | Form::Role { .. });
        if open {
            for said in statement::all(&fact.text) {
                state(stock, library, fact, &said);
            }
            stock.matters.extend(matter(fact));
            stock.decisions.extend(case(stock, library, fact));
            stock.told.extend(told(library, fact));
        }
    }
    stock.demanded.sort_by_key(|(at, _, _)| *at);
    stock.forbidden.sort_by_key(|(at, _, _)| *at);
    stock.decisions.sort_by_key(|d| d.at);
    stock.asked.sort_by_key(|a| a.at);
}

/// What the sentence says without its brackets, where these hid an order or a prohibition.
fn unbracketed(fact: &Fact) -> Option<Form> {
    if fact.form != Form::Other || !fact.text.contains('(') {
        return None;
    }
    let form = parse::parse(&text::without_brackets(&fact.text)?);
    matches!(form, Form::Do(_) | Form::DoNot(_)).then_some(form)
}

/// Orders and prohibitions are rules too.
fn order(stock: &mut Stock, library: &Library, fact: &Fact, unbracketed: Option<&Form>) {
    let (command, force) = match unbracketed.unwrap_or(&fact.form) {
        Form::Do(command) => (command, Force::Must),
        Form::DoNot(command) => (command, Force::MustNot),
        _ => return,
    };
    let taught = matches!(library.kind(fact.at), ClauseKind::Rule | ClauseKind::Warning | ClauseKind::Step);
    let [phrase] = command.phrases.as_slice() else { return };
    if !taught || lacks_article(phrase) {
        return;
    }
    rule(stock, fact, &Who::You, force, phrase);
    if unbracketed.is_some() && stands_alone(phrase) && is_unconditional(phrase) {
        let entry = (fact.at, fact.text.clone(), phrase.clone());
        if force == Force::Must {
            stock.demanded.push(entry);
            stock.asked.extend(question(fact, phrase, None));
        } else {
            stock.forbidden.push(entry);
        }
    }
}

fn rule(stock: &mut Stock, fact: &Fact, who: &Who, force: Force, act: &str) {
    let plural = matches!(who, Who::People(actor) if is_plural(actor) == Some(true));
    let own = act.replace(" their ", " ").replace(" they ", " ");
    let alone = stands_alone(act);
    if (alone || plural && stands_alone(&own)) && is_unconditional(act) && word_count(act) <= 18 {
        stock.rulings.push(Ruling {
            at: fact.at,
            source: fact.text.clone(),
            who: who.clone(),
            force,
            act: act.to_owned(),
            alone,
        });
    }
}

/// "Employees are expected to agree their dates": said to one of them.
fn to_the_reader(said: &Statement) -> Option<Statement> {
    let Who::People(actor) = &said.who else { return None };
    let everybody =
        ["employees", "all employees", "staff", "all staff", "staff members", "all staff members", "team members"];
    let own = everybody.contains(&actor.to_lowercase().as_str());
    let act = format!("{} ", said.act).replace(" their ", " your ").replace(" they ", " you ");
    let act = act.replace(" them ", " you ").trim_end().to_owned();
    (own && said.force != Force::Does).then(|| Statement { who: Who::You, act, ..said.clone() })
}

/// Nothing in it narrows the rule to a case.
fn is_unconditional(act: &str) -> bool {
    const TURNS: [&str; 12] = [
        " if ",
        " when ",
        " unless ",
        " except ",
        " only ",
        " until ",
        " provided",
        " whenever ",
        " where ",
        " while ",
        " as long as ",
        " possible",
    ];
    let lower = format!(" {} ", act.to_lowercase());
    !TURNS.iter().any(|t| lower.contains(t))
}

fn state(stock: &mut Stock, library: &Library, fact: &Fact, said: &Statement) {
    let turned = to_the_reader(said);
    let said = turned.as_ref().unwrap_or(said);
    rule(stock, fact, &said.who, said.force, &said.act);
    let clear = stands_alone(&said.act) && is_unconditional(&said.act);
    match &said.who {
        Who::You if clear => {
            let entry = (fact.at, fact.text.clone(), said.act.clone());
            match said.force {
                Force::Must => {
                    stock.demanded.push(entry);
                    stock.asked.extend(question(fact, &said.act, None));
                }
                Force::MustNot => stock.forbidden.push(entry),
                _ => {}
            }
        }
        Who::People(actor) if clear && !is_generic(actor) => {
            let known = stock.duties.iter().any(|d| d.at == fact.at && d.source == fact.text);
            stock.duties.extend(duty(fact, actor, said).filter(|_| !known));
        }
        Who::Thing(subject) if stands_alone(subject) => {
            stock.duties.extend(by_agent(library, fact, subject, said));
            let modal = match said.force {
                Force::Must => Modal::Must,
                _ => return,
            };
            // "must be kept" has been asked about already.
            if !matches!(fact.form, Form::Duty { .. }) {
                let subject = lower_first(subject, &library.document(fact.at).text);
                stock.asked.extend(question(fact, &said.act, Some((subject, modal))));
            }
        }
        _ => {}
    }
}

fn question(fact: &Fact, act: &str, thing: Option<(String, Modal)>) -> Option<Asked> {
    let adjunct = adjunct::split(act)?;
    let clear = !facts::has_pronoun(&adjunct.answer)
        && !facts::has_pronoun(&adjunct.core)
        && !lacks_article(&adjunct.core)
        && adjunct.wh != adjunct::Wh::HowMuch;
    clear.then(|| Asked { at: fact.at, source: fact.text.clone(), context: None, context_from: None, adjunct, thing })
}

fn duty(fact: &Fact, actor: &str, said: &Statement) -> Option<Duty> {
    let predicate = match said.force {
        Force::Must => format!("must {}", said.act),
        Force::May => format!("may {}", said.act),
        Force::Should => format!("should {}", said.act),
        Force::Does if said.responsible => format!("is responsible for {}", in_ing(&said.act)),
        Force::Does if is_plural(actor) == Some(false) => each_verb(&said.act, third_person),
        _ => return None,
    };
    Some(Duty { at: fact.at, source: fact.text.clone(), actor: actor_name(actor), predicate, task: None })
}

/// "Carer's leave must be approved by the Head of HR": "must approve carer's leave".
fn by_agent(library: &Library, fact: &Fact, subject: &str, said: &Statement) -> Option<Duty> {
    let modal = match said.force {
        Force::Must => "must",
        Force::Should => "should",
        _ => return None,
    };
    let (front, agent) = said.act.strip_prefix("be ")?.split_once(" by ")?;
    let verb = base_of_participle(front.split(' ').next()?)?;
    let rest = front.split_once(' ').map_or_else(String::new, |(_, rest)| format!(" {rest}"));
    let plain = agent.starts_with("the ")
        && names_people(agent)
        && !is_generic(agent)
        && (2..=6).contains(&word_count(agent))
        && !agent.contains(" or ")
        && !agent.contains(" and ")
        && !agent.split(' ').any(is_finite);
    let subject = lower_first(subject, &library.document(fact.at).text);
    (plain && !facts::has_pronoun(&subject)).then(|| Duty {
        at: fact.at,
        source: fact.text.clone(),
        actor: actor_name(agent),
        predicate: format!("{modal} {verb} {subject}{rest}"),
        task: None,
    })
}

fn matter(fact: &Fact) -> Option<Matter> {
    let (name, force) = matter::of(&fact.text)?;
    (stands_alone(&name) && is_unconditional(&name)).then(|| Matter {
        at: fact.at,
        source: fact.text.clone(),
        name,
        force,
    })
}

/// A situation that is told without "if", or behind brackets.
fn case(stock: &Stock, library: &Library, fact: &Fact) -> Option<Decision> {
    let known = stock.decisions.iter().rev().take(4).any(|d| d.at == fact.at && d.source == fact.text);
    let found = situation::of(&fact.text).or_else(|| {
        let plain = text::without_brackets(&fact.text).filter(|_| fact.text.contains('('))?;
        let case = case::of(&plain)?;
        let ordered = matches!(parse::parse(case.rule), Form::Do(_) | Form::DoNot(_));
        Some(situation::Situated { condition: case.condition.to_owned(), rule: case.rule.to_owned(), ordered })
    })?;
    let unclear = facts::refers_elsewhere(&found.rule) || word_count(&found.rule) > 26;
    if known || unclear {
        return None;
    }
    // "There is a fire" points at nothing.
    let (situation, situation_from) = if found.condition.starts_with("there ") {
        (sentence(&found.condition), None)
    } else {
        facts::situation(library, fact.at, &found.condition)?
    };
    Some(Decision {
        at: fact.at,
        source: fact.text.clone(),
        joiner: "if",
        condition: found.condition,
        stated: !found.ordered,
        valued: false,
        situation,
        situation_from,
        action: found.rule,
        action_from: None,
    })
}

/// "The paper originals are kept for six months."
fn told(library: &Library, fact: &Fact) -> Option<Told> {
    let text = without_stop(&fact.text);
    let joints = [" and are ", " and is ", ", where ", ", which ", ", because ", "; ", ", but ", ", so that "];
    let text = &text[..joints.iter().filter_map(|j| text.find(j)).min().unwrap_or(text.len())];
    let (subject, aux, rest) = [(" is ", "is"), (" are ", "are")].into_iter().find_map(|(mark, aux)| {
        let (subject, rest) = text.split_once(mark)?;
        Some((subject, aux, rest))
    })?;
    let first = subject.split(' ').next()?;
    let plain = (1..=7).contains(&subject.split(' ').count())
        && subject.starts_with(char::is_uppercase)
        && !subject.contains([',', ':', '(', ';', '“', '"'])
        && !subject.split(' ').any(|w| is_finite(w) || matches!(w, "who" | "that" | "which"))
        && !["If", "When", "There", "Where", "What", "No", "Nothing", "Who", "How", "Once", "As"].contains(&first);
    let verb = rest.split(' ').next()?;
    base_of_participle(verb)?;
    let open = rest.contains([',', '(', ';', ':', '“', '"', '/']) || rest.contains(" and ") || rest.contains(" or ");
    if !plain || open || !stands_alone(text) || !is_unconditional(rest) {
        return None;
    }
    let adjunct = adjunct::split(&format!("be {rest}"))?;
    let subject = lower_first(subject, &library.document(fact.at).text);
    let asked =
        Asked { at: fact.at, source: fact.text.clone(), context: None, context_from: None, adjunct, thing: None };
    Some(Told { asked, subject, aux })
}

//! Everything the documents say, understood once, for all items and their distractors.

mod decide;
mod listing;
mod prose;

use std::collections::{BTreeMap, BTreeSet};

use course_format::sop::ClauseKind;

use super::lines::Line;
use super::multi_select::{Enumeration, enumeration};
use crate::engine::author::{definition as author_definition, natural_case};
use crate::engine::english::adjunct::{self, Adjunct};
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::english::text::{lower_first, without_stop};
use crate::engine::english::words::{lacks_article, names_people};
use crate::engine::facts::{self, Action, Fact};
use crate::engine::library::{ClauseRef, Library};

pub use listing::Listing;
pub use prose::{Matter, Ruling, Told};

/// A wh-question that the SOP answers.
#[derive(Clone, Debug)]
pub struct Asked {
    pub at: ClauseRef,
    pub source: String,
    pub context: Option<String>,
    pub context_from: Option<ClauseRef>,
    pub adjunct: Adjunct,
    /// `None`: an order to the reader.
    pub thing: Option<(String, Modal)>,
}

/// "If C, do A": the situation as a sentence, and what to do as a sentence.
#[derive(Clone, Debug)]
pub struct Decision {
    pub at: ClauseRef,
    pub source: String,
    pub joiner: &'static str,
    pub condition: String,
    /// The action is a rule with a subject of its own: "the employee must complete a declaration".
    pub stated: bool,
    /// The situation has a value of ours in the place of the SOP's limit.
    pub valued: bool,
    pub situation: String,
    pub situation_from: Option<ClauseRef>,
    /// Without "and go to step 7".
    pub action: String,
    /// The clause that says what to do, where the condition only sends there.
    pub action_from: Option<ClauseRef>,
}

/// Somebody who has to do, or may do, or does something.
#[derive(Clone, Debug)]
pub struct Duty {
    pub at: ClauseRef,
    pub source: String,
    /// "Floor supervisor"
    pub actor: String,
    /// After "Who": "must inspect the room", "trains every cook".
    pub predicate: String,
    /// The order as it stands, where the actor is named by a heading: "Verify completeness."
    pub task: Option<String>,
}

impl Duty {
    /// "The room attendant", where the SOP says it with the article.
    pub fn with_article(&self) -> String {
        let named = format!("the {}", self.actor.to_lowercase());
        if self.source.to_lowercase().contains(&named) {
            let first = self.actor.split(' ').next().unwrap_or_default();
            let small = lower_first(&self.actor, &self.source);
            let ordinary = !first.is_empty() && self.source.contains(&format!(" {small}"));
            format!("The {}", if ordinary { small } else { self.actor.clone() })
        } else {
            self.actor.clone()
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Stock {
    pub facts: Vec<Fact>,
    pub actions: Vec<Action>,
    pub asked: Vec<Asked>,
    pub decisions: Vec<Decision>,
    pub duties: Vec<Duty>,
    /// Verb phrases that are forbidden: "put hot food in a fridge".
    pub forbidden: Vec<(ClauseRef, String, String)>,
    /// Verb phrases that are demanded.
    pub demanded: Vec<(ClauseRef, String, String)>,
    /// Term and definition.
    pub definitions: Vec<(ClauseRef, String, String)>,
    /// Sentences that can be shown by themselves.
    pub lines: Vec<Line>,
    /// Sentences of clauses that give no line: read with the text at hand, and good for a missing word.
    pub loose: Vec<Line>,
    /// People whom sentences name, besides those with duties: "Head of security", with the sentence.
    pub people: Vec<(ClauseRef, String, String)>,
    /// Lists inside orders.
    pub enumerations: Vec<Enumeration>,
    /// Amounts with their sentences, by document and dimension, smallest first.
    pub amounts: BTreeMap<(usize, Dimension), Vec<Amount>>,
    /// What sentences demand, permit or forbid.
    pub rulings: Vec<Ruling>,
    /// Things and activities that are allowed or forbidden.
    pub matters: Vec<Matter>,
    /// What is done, and where, when or how long.
    pub told: Vec<Told>,
    /// Lists with the words that open them.
    pub lists: Vec<Listing>,
}

/// An amount and where it stands.
#[derive(Clone, Debug)]
pub struct Amount {
    pub quantity: Quantity,
    pub at: ClauseRef,
    pub source: String,
    pub stems: BTreeSet<String>,
}

impl Stock {
    pub fn new(library: &Library, clauses: &[ClauseRef]) -> Self {
        let mut clauses: Vec<ClauseRef> = clauses.iter().copied().filter(|at| !library.is_disputed(*at)).collect();
        clauses.sort_unstable();
        clauses.dedup();
        let facts = facts::of_clauses(library, &clauses);
        let actions = facts::actions(library, &facts);
        let mut stock = Self { asked: asked_actions(&actions), ..Self::default() };
        for fact in &facts {
            stock.see(library, fact);
        }
        stock.duties.extend(role_cards(library, &actions));
        stock.definitions = clauses
            .iter()
            .filter(|at| library.kind(**at) == ClauseKind::Definition)
            .filter_map(|at| {
                let (term, meaning) = author_definition(&library.clause(*at).text)?;
                Some((*at, natural_case(library, *at, &term), without_stop(&meaning).to_owned()))
            })
            .collect();
        stock.lines = facts.iter().filter_map(Line::of).collect();
        let said: BTreeSet<ClauseRef> = stock.lines.iter().map(|l| l.at).collect();
        stock.loose = facts.iter().filter(|f| !said.contains(&f.at)).filter_map(Line::loose).collect();
        stock.enumerations = facts.iter().filter_map(enumeration).collect();
        stock.amounts = amounts(&facts);
        stock.people = facts.iter().flat_map(people).collect();
        stock.lists = listing::of(library, &clauses, &facts);
        prose::add(&mut stock, library, &facts);
        stock.duties.sort_by_key(|d| d.at);
        Self { facts, actions, ..stock }
    }

    /// The lines of one clause.
    pub fn lines_of(&self, at: ClauseRef) -> &[Line] {
        let from = self.lines.partition_point(|l| l.at < at);
        let to = self.lines.partition_point(|l| l.at <= at);
        &self.lines[from..to]
    }

    /// The sentences of one clause that gives no line.
    pub fn loose_of(&self, at: ClauseRef) -> &[Line] {
        let from = self.loose.partition_point(|l| l.at < at);
        let to = self.loose.partition_point(|l| l.at <= at);
        &self.loose[from..to]
    }

    fn see(&mut self, library: &Library, fact: &Fact) {
        if let Some(stated) = decide::stated_case(library, fact) {
            self.decisions.push(stated);
            return;
        }
        match &fact.form {
            Form::Do(c) => {
                if stands_alone(&c.text) {
                    self.demanded.push((fact.at, fact.text.clone(), c.text.clone()));
                }
            }
            Form::DoNot(c) => {
                // "Do not open it until ..." forbids the opening, not the opening until ...
                let turns =
                    [" until ", " unless ", " except ", " if ", " only ", " again"].iter().any(|w| c.text.contains(w));
                if stands_alone(&c.text) && !turns && c.text.split(' ').count() <= 16 {
                    self.forbidden.push((fact.at, fact.text.clone(), c.text.clone()));
                }
            }
            Form::When { joiner, condition, then } => {
                self.decisions.extend(decide::decision(library, fact, joiner, condition, then));
            }
            Form::Duty { subject, modal, negative, predicate } => {
                self.duty(library, fact, subject, *modal, *negative, predicate);
            }
            Form::Role { actor, predicate } => {
                if stands_alone(predicate) {
                    self.duties.push(Duty {
                        at: fact.at,
                        source: fact.text.clone(),
                        actor: actor_name(actor),
                        predicate: predicate.clone(),
                        task: None,
                    });
                }
            }
            Form::Other => {}
        }
    }

    fn duty(&mut self, library: &Library, fact: &Fact, subject: &str, modal: Modal, negative: bool, predicate: &str) {
        if negative || !stands_alone(predicate) || subject.to_lowercase().starts_with("nobody") {
            return;
        }
        let narrowed = subject.split(' ').any(|w| matches!(w, "who" | "that" | "which"));
        if names_people(subject) && !is_generic(subject) && !narrowed && !subject.contains(" about ") {
            self.duties.push(Duty {
                at: fact.at,
                source: fact.text.clone(),
                actor: actor_name(subject),
                predicate: format!("{} {predicate}", modal.word()),
                task: None,
            });
        }
        if let Some(adjunct) =
            adjunct::split(predicate).filter(|a| a.wh != adjunct::Wh::HowMuch && stands_alone(&a.answer))
        {
            let subject = lower_first(subject, &library.document(fact.at).text);
            let thing = Some((subject, modal));
            self.asked.push(Asked {
                at: fact.at,
                source: fact.text.clone(),
                context: None,
                context_from: None,
                adjunct,
                thing,
            });
        }
    }
}

/// Entries of an ordered list near a clause, at most `reach` on either side: what a neighbour could be taken for, without
/// reading the whole document for every item.
pub fn near<T>(list: &[T], at: ClauseRef, place: impl Fn(&T) -> ClauseRef, reach: usize) -> &[T] {
    let middle = list.partition_point(|entry| place(entry) < at);
    &list[middle.saturating_sub(reach)..(middle + reach).min(list.len())]
}

fn amounts(facts: &[Fact]) -> BTreeMap<(usize, Dimension), Vec<Amount>> {
    let mut out: BTreeMap<(usize, Dimension), Vec<Amount>> = BTreeMap::new();
    for fact in facts.iter().filter(|f| f.text.contains(|c: char| c.is_ascii_digit())) {
        let stems = crate::engine::english::text::stems(&fact.text);
        for quantity in quantity::all(&fact.text) {
            let list = out.entry((fact.at.document, quantity.dimension)).or_default();
            list.push(Amount { quantity, at: fact.at, source: fact.text.clone(), stems: stems.clone() });
        }
    }
    for list in out.values_mut() {
        list.sort_by(|a, b| a.quantity.size.total_cmp(&b.quantity.size).then(a.at.cmp(&b.at)));
    }
    out
}

/// "the head of security", "the fire warden" inside a sentence.
fn people(fact: &Fact) -> Vec<(ClauseRef, String, String)> {
    let words: Vec<&str> = fact.text.split_whitespace().collect();
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut out = Vec::new();
    for (i, word) in words.iter().enumerate() {
        if !word.eq_ignore_ascii_case("the") {
            continue;
        }
        let noun = |w: &&&str| {
            !crate::engine::english::words::is_function(&bare(w)) && bare(w).chars().all(char::is_alphabetic)
        };
        let mut name: Vec<String> = Vec::new();
        for next in words[i + 1..].iter().take(4).take_while(noun) {
            name.push(bare(next));
            if names_people(&name.join(" ")) || next.ends_with([',', '.', ';', ':', ')']) {
                break;
            }
        }
        let mut name = name.join(" ");
        if let Some(of) = fact.text.split(&format!("{name} of ")).nth(1).filter(|_| !name.is_empty()) {
            let what = bare(of.split(' ').next().unwrap_or_default());
            let fixed = names_people(&name) && !what.is_empty() && what != "the" && what != "a";
            name = if fixed { format!("{name} of {what}") } else { String::new() };
        }
        if (1..=4).contains(&name.split(' ').count())
            && names_people(&name)
            && !is_generic(&name)
            && !name.ends_with('s')
        {
            out.push((fact.at, actor_name(&name), fact.text.clone()));
        }
    }
    out
}

/// Nothing in it points at another sentence.
fn stands_alone(text: &str) -> bool {
    !facts::has_pronoun(text) && !facts::refers_elsewhere(text)
}

fn asked_actions(actions: &[Action]) -> Vec<Asked> {
    actions
        .iter()
        .filter_map(|a| {
            let adjunct = adjunct::split(&a.phrase)?;
            let unclear = facts::has_pronoun(&adjunct.answer)
                || facts::has_pronoun(&adjunct.core) && a.context.is_none()
                || lacks_article(&adjunct.core);
            (!unclear).then(|| Asked {
                at: a.at,
                source: a.source.clone(),
                context: a.context.clone(),
                context_from: a.context_from,
                adjunct,
                thing: None,
            })
        })
        .collect()
}

/// Tasks that stand under a heading with a role's name.
fn role_cards(library: &Library, actions: &[Action]) -> Vec<Duty> {
    actions
        .iter()
        .filter(|a| a.context.is_none() && stands_alone(&a.phrase))
        .filter_map(|a| {
            let actor = library.clause(a.at).slots.actor.as_ref().filter(|s| s.span.is_none())?;
            // "Volunteer (assist)"
            let bare = actor.text.split('(').next().unwrap_or_default().trim();
            let named = names_people(bare) && !is_generic(bare);
            named.then(|| Duty {
                at: a.at,
                source: a.source.clone(),
                actor: actor_name(bare),
                predicate: format!("has to {}", a.phrase),
                task: Some(a.source.clone()),
            })
        })
        .collect()
}

/// "The floor supervisor" -> "Floor supervisor".
pub fn actor_name(actor: &str) -> String {
    let bare = actor
        .strip_prefix("The ")
        .or_else(|| actor.strip_prefix("the "))
        .or_else(|| actor.strip_prefix("A "))
        .unwrap_or(actor);
    crate::engine::english::text::capitalise(bare.trim())
}

/// Names that include others: nobody can say that they are wrong.
pub fn is_generic(actor: &str) -> bool {
    const GENERIC: [&str; 14] = [
        "staff",
        "all",
        "any",
        "anyone",
        "everyone",
        "every",
        "nobody",
        "people",
        "personnel",
        "employees",
        "somebody",
        "persons",
        "person",
        "users",
    ];
    actor.to_lowercase().split_whitespace().any(|w| GENERIC.contains(&w))
}

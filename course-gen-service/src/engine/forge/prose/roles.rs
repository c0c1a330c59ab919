//! You are the one who has this role: which of these tasks is yours?

use course_format::course::Relation;

use crate::engine::english::article::begins_with_vowel_sound;
use crate::engine::english::forms::is_plural;
use crate::engine::english::statement::{Force, Who};
use crate::engine::english::text::{lower_first, overlap, sentence, stems, word_count};
use crate::engine::forge::build::{Spec, Wrong};
use crate::engine::forge::stock::{Ruling, actor_name, is_generic, near};
use crate::engine::forge::{Bench, Made};
use crate::engine::lexicon;

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.rulings.iter().filter(|r| bench.holds(r.at)).filter_map(|r| one(bench, r)).collect()
}

/// The role of a ruling that gives somebody work.
fn role(ruling: &Ruling) -> Option<String> {
    let Who::People(actor) = &ruling.who else { return None };
    let work = matches!(ruling.force, Force::Must | Force::Should | Force::Does);
    let outsider =
        ["question", "visitor", "guest", "customer", "client", "child", "children", "patient", "resident", "member"]
            .iter()
            .any(|o| actor.to_lowercase().contains(o));
    let first = ruling.act.split(' ').next().unwrap_or_default();
    let object = ruling.act.split(' ').nth(1).is_some_and(|w| !w.starts_with(|c: char| c.is_ascii_digit()));
    let own = ruling.alone
        && object
        && !matches!(first, "be" | "have" | "receive" | "need" | "get")
        && (3..=14).contains(&word_count(&ruling.act));
    (work && own && !outsider && !is_generic(actor) && !actor.contains(" and ")).then(|| actor_name(actor))
}

/// "You are the archive manager", "You work as a gallery attendant".
fn as_role(bench: &Bench<'_>, ruling: &Ruling, actor: &str) -> String {
    let name = lower_first(actor, &bench.library.document(ruling.at).text);
    if is_plural(actor) == Some(true) {
        let single = lexicon::singular(&name);
        let article = if begins_with_vowel_sound(&single) { "an" } else { "a" };
        return format!("You work as {article} {single}");
    }
    format!("You are the {name}")
}

fn one(bench: &Bench<'_>, ruling: &Ruling) -> Option<Made> {
    let actor = role(ruling)?;
    let key = sentence(&ruling.act);
    let own = stems(&actor);
    let mine: Vec<_> =
        bench.stock.rulings.iter().filter(|r| role(r).as_ref() == Some(&actor)).map(|r| stems(&r.act)).collect();
    let pool: Vec<Wrong> = near(&bench.stock.rulings, ruling.at, |r| r.at, 80)
        .iter()
        .filter(|r| r.at.document == ruling.at.document && r.source != ruling.source)
        .filter(|r| role(r).is_some_and(|other| overlap(&stems(&other), &own) == 0.0))
        .filter(|r| stems(&r.source).is_disjoint(&own))
        .filter(|r| !mine.iter().any(|m| overlap(m, &stems(&r.act)) > 0.5))
        .map(|r| Wrong::new(sentence(&r.act), r.at, r.source.clone()))
        .collect();
    let wrong = super::two_beside(&key, pool, 0.5)?;
    let who = as_role(bench, ruling, &actor);
    let spec = Spec {
        clause: ruling.at,
        frame: "role-task",
        target: format!("{actor}/{}", ruling.act),
        stem: format!("{who}. Which of these do you do yourself?"),
        others: vec![
            format!("{who}. Three things are on the list this morning. Which one is for you?"),
            format!("{who}. Two of these are for other people. Which one is for you?"),
            format!("{who} today. Which of these does your team expect from you?"),
        ],
        rationale: format!(
            "The SOP gives this to the {}; the other two are for other people.",
            lower_first(&actor, &bench.library.document(ruling.at).text)
        ),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(ruling.at, &ruling.source)],
        reasons: Vec::new(),
        score: 8,
    };
    Some(spec.single(bench, &key, &wrong))
}

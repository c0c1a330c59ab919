//! Somebody asks whether a thing may or has to be done; the rule gives the answer.

use std::collections::BTreeMap;

use course_format::course::{Answer, Choice, ItemBody, Relation};

use crate::engine::english::forms::in_ing;
use crate::engine::english::statement::{Force, Who};
use crate::engine::english::text::{lower_first, overlap, stems, word_count};
use crate::engine::english::words::is_noun_like;
use crate::engine::forge::build::{Reason, Spec, choices, id_of, shuffled};
use crate::engine::forge::stock::{Matter, Ruling};
use crate::engine::forge::{Bench, Made, told};
use crate::engine::lexicon;
use crate::engine::library::ClauseRef;

/// Answers to "Can I ...?"
const CAN: [&str; 3] = ["Yes, that is a rule here.", "Yes, if you want to.", "No, that is not allowed."];
/// Answers to "Do I have to ...?"
const MUST: [&str; 3] = ["Yes, it is a rule.", "No, you can choose.", "No, it is forbidden."];
/// What the SOP says about a thing.
const SAID: [&str; 3] =
    ["It says that this is a duty.", "It says that this is allowed.", "It says that this is forbidden."];

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own: Vec<&Ruling> = bench.stock.rulings.iter().filter(|r| bench.holds(r.at) && is_askable(bench, r)).collect();
    let mut out: Vec<Made> = own.iter().filter_map(|r| asked(bench, r)).collect();
    out.extend(own.iter().filter_map(|r| about_act(bench, r)));
    out.extend(bench.stock.matters.iter().filter(|m| bench.holds(m.at)).filter_map(|m| about_matter(bench, m)));
    out.extend(sorted(bench, &own));
    out
}

/// An act that one person does for a reason of their own, and that nothing else in the SOP rules otherwise.
fn is_askable(bench: &Bench<'_>, ruling: &Ruling) -> bool {
    const HANDLING: [&str; 30] = [
        "be",
        "have",
        "ensure",
        "make",
        "let",
        "click",
        "select",
        "type",
        "press",
        "choose",
        "see",
        "note",
        "remember",
        "begin",
        "start",
        "try",
        "get",
        "allow",
        "ignore",
        "assume",
        "forget",
        "exceed",
        "expect",
        "rely",
        "hesitate",
        "follow",
        "know",
        "understand",
        "agree",
        "comply",
    ];
    let verb = ruling.act.split(' ').next().unwrap_or_default();
    let step = bench.library.step(ruling.at).is_some() && ruling.force == Force::Must;
    let ruled = matches!(ruling.force, Force::Must | Force::May | Force::MustNot | Force::Free);
    let own = stems(&ruling.act);
    let contradicted = crate::engine::forge::stock::near(&bench.stock.rulings, ruling.at, |r| r.at, 60)
        .iter()
        .any(|o| o.source != ruling.source && o.force != ruling.force && overlap(&stems(&o.act), &own) > 0.6);
    let plain = !verb.ends_with("ly") && !ruling.act.contains([':', '"', '“', '>', '/', '@']);
    ruling.alone
        && ruled
        && !step
        && plain
        && !HANDLING.contains(&verb)
        && (3..=16).contains(&word_count(&ruling.act))
        && !contradicted
}

/// Who asks: "A new colleague", "A visitor". Nothing for people whose work it is.
fn asker(bench: &Bench<'_>, who: &Who) -> Option<String> {
    match who {
        Who::You => Some("A new colleague".to_owned()),
        Who::People(actor) => {
            let plural = actor.ends_with('s') && !actor.contains(' ') && actor.starts_with(char::is_uppercase);
            let single = lexicon::singular(&actor.to_lowercase());
            let named = plural
                && single != actor.to_lowercase()
                && lower_first(actor, &bench.library.documents()[bench.lesson.document].text) != *actor;
            let article = if crate::engine::english::article::begins_with_vowel_sound(&single) { "An" } else { "A" };
            named.then(|| format!("{article} {single}"))
        }
        Who::Thing(_) => None,
    }
}

fn place(force: Force) -> usize {
    match force {
        Force::Must => 0,
        Force::MustNot => 2,
        _ => 1,
    }
}

fn spec(
    bench: &Bench<'_>,
    frame: &'static str,
    ruling: &Ruling,
    stems: Vec<String>,
    options: &[&str; 3],
) -> Option<Made> {
    let key = options[place(ruling.force)];
    let why = why(ruling.force);
    let reasons = options
        .iter()
        .filter(|o| **o != key)
        .map(|option| Reason {
            option: (*option).to_owned(),
            why: format!("{why} It says: “{}”", ruling.source.trim()),
            at: ruling.at,
            part: ruling.source.clone(),
        })
        .collect();
    let mut stems = stems.into_iter();
    let spec = Spec {
        clause: ruling.at,
        frame,
        target: ruling.act.clone(),
        stem: stems.next()?,
        others: stems.collect(),
        rationale: why.to_owned(),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(ruling.at, &ruling.source)],
        reasons,
        score: 8,
    };
    let texts = shuffled(spec.id(bench), options.iter().map(|o| (*o).to_owned()));
    Some(spec.single_in_order(bench, key, &texts))
}

fn why(force: Force) -> &'static str {
    match force {
        Force::Must => "The SOP makes it a rule.",
        Force::MustNot => "The SOP forbids it.",
        Force::Free => "The SOP leaves it open: nobody has to do it.",
        _ => "The SOP allows it, and nobody has to do it.",
    }
}

/// "Can I carry a small bag into the galleries?", "Do I have to explain the nature of my illness?"
fn asked(bench: &Bench<'_>, ruling: &Ruling) -> Option<Made> {
    let asker = asker(bench, &ruling.who)?;
    let act = told::by_me(&ruling.act)?;
    let permission = matches!(ruling.force, Force::May | Force::MustNot);
    let visitor = ruling.who != Who::You;
    if visitor && !permission {
        return None;
    }
    let (question, options) =
        if permission { (format!("Can I {act}?"), &CAN) } else { (format!("Do I have to {act}?"), &MUST) };
    let small = lower_first(&asker, &asker.to_lowercase());
    let mut stems = vec![format!("{asker} asks you: “{question}” What do you answer?")];
    if visitor {
        stems.push(format!("You hear this question from {small}: “{question}” Which answer is right?"));
        stems.push(format!("“{question}” You read this in a message from {small}. What do you write back?"));
    } else {
        stems.push(format!("“{question}” This is a question from your team. Which answer is right?"));
        stems.push(format!("On the first day a trainee asks: “{question}” What do you say?"));
        stems.push(format!("You read in the team chat: “{question}” What do you write back?"));
        stems.push(format!("A colleague calls you and asks: “{question}” What is your answer?"));
    }
    spec(bench, "case-answer", ruling, stems, options)
}

/// "You find a note about touching the objects. What does the SOP say?"
fn about_act(bench: &Bench<'_>, ruling: &Ruling) -> Option<Made> {
    if ruling.force == Force::Free || matches!(ruling.who, Who::Thing(_)) {
        return None;
    }
    let generic = match &ruling.who {
        Who::People(_) => asker(bench, &ruling.who).is_some(),
        _ => true,
    };
    let name = in_ing(&told::by_me(&ruling.act)?);
    let own = name.split(' ').any(|w| w == "my");
    (generic && !own).then(|| spec(bench, "rule-about", ruling, about(&name), &SAID)).flatten()
}

fn about(name: &str) -> Vec<String> {
    vec![
        format!("A colleague wants to know about {name}. What does the SOP say?"),
        format!("You prepare a short talk about {name}. What does the SOP say?"),
        format!("Your team talks about {name}. What does the SOP say?"),
    ]
}

fn about_matter(bench: &Bench<'_>, matter: &Matter) -> Option<Made> {
    let name = lower_first(&matter.name, &bench.library.document(matter.at).text);
    let first = name.split(' ').next().unwrap_or_default();
    let known = first.len() > 2 && cefr::word(&cefr::lemma(&first.to_lowercase())).level.is_some();
    let name = if known { format!("{}{}", first.to_lowercase(), &name[first.len()..]) } else { name };
    let ruling = Ruling {
        alone: true,
        at: matter.at,
        source: matter.source.clone(),
        who: Who::You,
        force: matter.force,
        act: matter.name.clone(),
    };
    spec(bench, "rule-about", &ruling, about(&name), &SAID)
}

/// Questions that get a yes and questions that get a no.
fn sorted(bench: &Bench<'_>, own: &[&Ruling]) -> Option<Made> {
    let mut entries: Vec<(ClauseRef, String, usize)> = Vec::new();
    for ruling in own.iter().filter(|r| r.who == Who::You && r.force != Force::Free) {
        let verb = ruling.act.split(' ').next().unwrap_or_default();
        let Some(act) = told::by_me(&ruling.act).filter(|a| word_count(a) <= 12) else { continue };
        let text = format!("Can I {act}?");
        let group = usize::from(ruling.force == Force::MustNot);
        let near = entries.iter().any(|(_, e, _)| overlap(&stems(e), &stems(&text)) > 0.5);
        let odd = ruling.force == Force::Must && is_noun_like(verb) && word_count(&act) < 4;
        if !near && !odd && entries.iter().filter(|e| e.2 == group).count() < 4 {
            entries.push((ruling.at, text, group));
        }
    }
    let of = |group: usize| entries.iter().filter(|e| e.2 == group).count();
    if of(0) < 1 || of(1) < 2 || entries.len() < 4 {
        return None;
    }
    let spec = Spec {
        clause: entries[0].0,
        frame: "sort-answers",
        target: entries.iter().map(|e| e.1.as_str()).collect::<Vec<_>>().join("/"),
        stem: "New colleagues ask you these questions. Which answer does each of them get?".to_owned(),
        others: vec![
            "You answer the questions of your team. Sort them by your answer.".to_owned(),
            "A trainee has a list of questions. Sort them by the right answer.".to_owned(),
        ],
        rationale: "The SOP asks for the first group or allows it. It forbids the second.".to_owned(),
        relation: Relation::Compress,
        provenance: entries.iter().map(|(at, ..)| bench.library.prove(*at)).collect(),
        reasons: Vec::new(),
        score: 8,
    };
    let shown = choices(&shuffled(spec.id(bench), entries.iter().map(|e| e.1.clone())));
    let groups: BTreeMap<String, String> =
        entries.iter().map(|(_, text, group)| (id_of(&shown, text), format!("g{}", group + 1))).collect();
    let named = |id: &str, text: &str| Choice { id: id.to_owned(), text: text.to_owned() };
    let categories = vec![named("g1", "Yes, that is right"), named("g2", "No, that is not allowed")];
    let points = u32::try_from(entries.len()).unwrap_or(1);
    let body = ItemBody::CategorySort { categories, entries: shown };
    Some(spec.finish(bench, body, Answer::CategorySort { groups }, points))
}

//! A colleague says how he or she does it: right, or with a detail that belongs elsewhere?

use course_format::course::Relation;
use uuid::Uuid;

use super::adjuncts;
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, contains_word, lower_first, sentence, word_count};
use crate::engine::forge::build::{Reason, Spec, Wrong, spread};
use crate::engine::forge::stock::Asked;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.asked.iter().filter(|a| bench.holds(a.at)).filter_map(|a| one(bench, a)).collect()
}

/// What the colleague says, with one detail open: "I keep the key", "The log must be kept".
fn opening(asked: &Asked) -> Option<String> {
    let core = &asked.adjunct.core;
    let whole = format!("{core} {}", asked.adjunct.answer).to_lowercase();
    if !asked.source.to_lowercase().contains(&whole) || core.contains("you ") {
        return None;
    }
    Some(if let Some((subject, modal)) = &asked.thing {
        format!("{} {} {core}", capitalise(subject), modal.word())
    } else {
        let mine: Vec<&str> = core.split(' ').map(|w| if w == "your" { "my" } else { w }).collect();
        format!("I {}", mine.join(" "))
    })
}

fn one(bench: &Bench<'_>, asked: &Asked) -> Option<Made> {
    let fits = matches!(
        asked.adjunct.wh,
        Wh::HowLong | Wh::HowSoon | Wh::HowOften | Wh::WhatTemperature | Wh::WhatTime | Wh::When | Wh::Where
    );
    if !fits || asked.context.is_some() || word_count(&asked.adjunct.answer) > 9 {
        return None;
    }
    let opening = opening(asked)?;
    let seed = Uuid::new_v5(&bench.library.document(asked.at).document_id, format!("report/{opening}").as_bytes());
    let wrong = adjuncts::wrong_details(bench, asked, seed)?;
    let [first, second] = wrong.as_slice() else { return None };
    // "I make three cuts before you start": the one who tells it would have to be "I" throughout.
    let addressed = |detail: &str| contains_word(detail, "you") || contains_word(detail, "your");
    if [&asked.adjunct.answer, &first.text, &second.text].into_iter().any(|detail| addressed(detail)) {
        return None;
    }
    let text = &bench.library.document(asked.at).text;
    let small = |w: &Wrong| lower_first(&w.text, text);
    let no = |detail: &str| sentence(&format!("No, {detail}"));
    let right = spread(seed, 3) == 0;
    let yes = if asked.adjunct.answer.chars().count() > 18 {
        "Yes, that is exactly what the SOP says."
    } else {
        "Yes, that is right."
    };
    let said = format!("{opening} {}", if right { asked.adjunct.answer.clone() } else { small(first) });
    let (key, others) = if right {
        (yes.to_owned(), [(no(&small(first)), first), (no(&small(second)), second)])
    } else {
        (no(&asked.adjunct.answer), [(yes.to_owned(), first), (no(&small(second)), second)])
    };
    let reasons = others
        .iter()
        .map(|(option, wrong)| Reason {
            option: option.clone(),
            why: format!(
                "The SOP says “{}” here. The other detail belongs to: “{}”",
                asked.adjunct.answer,
                wrong.source.trim()
            ),
            at: wrong.at,
            part: wrong.source.clone(),
        })
        .collect();
    let mut stems = [
        format!("A new colleague tells you: “{said}.” What do you answer?"),
        format!("You hear a trainee say: “{said}.” Is that right?"),
        format!("On your round somebody explains: “{said}.” Which answer do you give?"),
        format!("“{said}.” This is what a colleague has written for the team. What do you say?"),
    ];
    stems.rotate_left(spread(seed, 4));
    let spec = Spec {
        clause: asked.at,
        frame: "case-report",
        target: format!("{opening}/{}", asked.adjunct.answer),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: format!("The SOP says “{}” here.", asked.adjunct.answer),
        relation: Relation::Compress,
        provenance: if right {
            vec![bench.library.prove_part(asked.at, &asked.source)]
        } else {
            vec![bench.library.prove_part(asked.at, &asked.source), bench.library.prove_part(first.at, &first.source)]
        },
        reasons,
        score: 8,
    };
    let id = spec.id(bench);
    let texts = std::iter::once(key.clone()).chain(others.iter().map(|(option, _)| option.clone()));
    let options = crate::engine::forge::build::shuffled(id, texts);
    Some(spec.single_in_order(bench, &key, &options))
}

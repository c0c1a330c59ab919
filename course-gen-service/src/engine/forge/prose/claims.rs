//! A colleague says how strict a rule is: right, or stricter or weaker than the SOP?

use course_format::course::Relation;

use crate::engine::english::statement::{Force, Who};
use crate::engine::english::text::{capitalise, overlap, sentence, stems, word_count};
use crate::engine::forge::build::{Reason, Spec, shuffled, spread};
use crate::engine::forge::stock::{Ruling, near};
use crate::engine::forge::{Bench, Made};
use uuid::Uuid;

const YES: &str = "Yes, the SOP says this.";
const FORCES: [(Force, &str, &str); 4] = [
    (Force::Must, "must", "No, it is a duty."),
    (Force::Should, "should", "No, it is only advice."),
    (Force::May, "may", "No, it is a free choice."),
    (Force::MustNot, "must not", "No, it is forbidden."),
];

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own = bench.stock.rulings.iter().filter(|r| bench.holds(r.at) && is_clear(bench, r));
    own.filter_map(|r| one(bench, r)).collect()
}

/// Its force is one of the four, nothing near it rules the same otherwise, and it makes sense as somebody's words.
pub(super) fn is_clear(bench: &Bench<'_>, ruling: &Ruling) -> bool {
    let own = stems(&ruling.act);
    let contradicted = near(&bench.stock.rulings, ruling.at, |r| r.at, 60)
        .iter()
        .any(|o| o.source != ruling.source && o.force != ruling.force && overlap(&stems(&o.act), &own) > 0.6);
    let verb = ruling.act.split(' ').next().unwrap_or_default();
    let handling =
        matches!(verb, "click" | "see" | "note" | "remember" | "press" | "select" | "type" | "begin" | "start");
    let step = bench.library.step(ruling.at).is_some();
    let handling = handling || ruling.act.contains(" not ") || ruling.act.contains(" even ");
    let plain = !ruling.act.contains(['“', '"', ':', '@', '/', '>']) && !verb.ends_with("ly");
    FORCES.iter().any(|(f, ..)| *f == ruling.force) && !contradicted && !handling && !step && plain
}

/// "You may touch the objects."
pub(super) fn said(ruling: &Ruling, modal: &str) -> String {
    let subject = match &ruling.who {
        Who::You => "You".to_owned(),
        Who::People(name) | Who::Thing(name) => capitalise(name),
    };
    sentence(&format!("{subject} {modal} {}", ruling.act))
}

/// "no later than 31 March": nobody would turn it into a ban.
pub(super) fn is_limited(act: &str) -> bool {
    const LIMITS: [&str; 10] = [
        " no ",
        " at least ",
        " at most ",
        " within ",
        " up to ",
        " more than ",
        " less than ",
        " before ",
        " as soon as ",
        " in advance",
    ];
    let padded = format!(" {act} ");
    LIMITS.iter().any(|l| padded.contains(l))
}

fn one(bench: &Bench<'_>, ruling: &Ruling) -> Option<Made> {
    let seed = Uuid::new_v5(&bench.library.document(ruling.at).document_id, format!("claim/{}", ruling.act).as_bytes());
    let any = ruling.act.contains(" any ");
    let limited = is_limited(&ruling.act);
    // Advice and permission are near each other: neither stands for the other.
    let mild = |f: Force| matches!(f, Force::May | Force::Should);
    let told: Vec<&(Force, &str, &str)> = FORCES
        .iter()
        .filter(|(f, ..)| *f == ruling.force || !(mild(*f) && mild(ruling.force)) && *f != Force::Should)
        .filter(|(f, ..)| *f == ruling.force || !(any && *f == Force::Must))
        .filter(|(f, ..)| *f == ruling.force || !(limited && *f == Force::MustNot))
        .collect();
    let (force, modal, _) = *told.get(spread(seed, told.len()))?;
    let claim = said(ruling, modal);
    if word_count(&claim) > 22 || word_count(&claim) < 5 {
        return None;
    }
    let true_answer = FORCES.iter().find(|(f, ..)| *f == ruling.force)?.2;
    let rivals: Vec<&str> = FORCES
        .iter()
        .filter(|(f, ..)| f != force && *f != ruling.force && *f != Force::Should)
        .filter(|(f, ..)| !(mild(*f) && mild(ruling.force)))
        .map(|(_, _, answer)| *answer)
        .collect();
    let right = *force == ruling.force;
    let key = if right { YES } else { true_answer };
    let mut options: Vec<&str> = vec![YES];
    options.extend((!right).then_some(true_answer));
    options.extend(rivals);
    options.truncate(3);
    if options.len() < 3 {
        return None;
    }
    let why = format!("The SOP says: “{}”", ruling.source.trim());
    let reasons = options
        .iter()
        .filter(|o| **o != key)
        .map(|o| Reason { option: (*o).to_owned(), why: why.clone(), at: ruling.at, part: ruling.source.clone() })
        .collect();
    let mut stems = [
        format!("A new colleague says: “{claim}” What do you answer?"),
        format!("You hear this in the break: “{claim}” Is it true?"),
        format!("A trainee has written down: “{claim}” What do you tell the trainee?"),
        format!("You get this message from your team: “{claim}” What do you reply?"),
        format!("“{claim}” A colleague is quite sure of this. Do you agree?"),
        format!("Somebody has put up a note: “{claim}” Does it say what the SOP says?"),
    ];
    stems.rotate_left(spread(seed, 6));
    let spec = Spec {
        clause: ruling.at,
        frame: "case-claim",
        target: format!("{}/{modal}", ruling.act),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: why,
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(ruling.at, &ruling.source)],
        reasons,
        score: 7,
    };
    let texts = shuffled(spec.id(bench), options.iter().map(|o| (*o).to_owned()));
    Some(spec.single_in_order(bench, key, &texts))
}

//! "Complete the form within 2 hours." It is 09:30: by when? The clock is worked out from the SOP's limit.

use course_format::course::Relation;
use uuid::Uuid;

use crate::engine::english::limit::{self, Comparator};
use crate::engine::english::parse::Form;
use crate::engine::english::quantity::Dimension;
use crate::engine::forge::build::{Reason, Spec, spread};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.lines().filter(|l| (4..=24).contains(&l.words)).filter_map(|line| one(bench, line)).collect()
}

fn one(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    const STARTS: [u32; 6] = [8 * 60, 9 * 60 + 30, 10 * 60 + 15, 11 * 60, 13 * 60 + 30, 14 * 60];
    let limit = limit::only(&line.text)?;
    let ordered = matches!(line.form, Form::Do(_)) && !line.text.contains(" or ");
    let ends = line.text[limit.end..].trim().trim_end_matches('.').is_empty();
    let (name, asks): (_, [&str; 3]) = match limit.comparator {
        Comparator::AtMost => (
            "at the latest",
            [
                "By when must it be done, at the latest?",
                "What is the latest time for it?",
                "How late may it be when you are ready?",
            ],
        ),
        Comparator::AtLeast => (
            "at the earliest",
            [
                "When may you stop, at the earliest?",
                "What is the earliest time to stop?",
                "You look at your watch: from when on is it long enough?",
            ],
        ),
        _ => return None,
    };
    let minutes = limit.low.size / 60.0;
    let clear = ordered
        && ends
        && limit.low.dimension == Dimension::Duration
        && (5.0..=480.0).contains(&minutes)
        && minutes.fract() == 0.0;
    if !clear || line.text.contains(['“', '”', '"']) {
        return None;
    }
    let seed = Uuid::new_v5(&bench.library.document(line.at).document_id, line.text.as_bytes());
    let start = STARTS[spread(seed, STARTS.len())];
    let after = |part: f64| clock(start + whole(minutes * part));
    let key = after(1.0);
    let parts: [f64; 2] = [[0.5, 2.0], [2.0, 3.0], [0.25, 0.5]][spread(Uuid::new_v5(&seed, b"parts"), 3)];
    let mut options = vec![(minutes, key.clone())];
    options.extend(parts.map(|part| (minutes * part, after(part))));
    options.sort_by(|a, b| a.0.total_cmp(&b.0));
    options.dedup_by(|a, b| a.1 == b.1);
    if options.len() < 3 || start + whole(minutes * 3.0) >= 24 * 60 {
        return None;
    }
    let said = &line.text[limit.start..limit.end];
    let quoted = format!("{}…", &line.text[..limit.start]);
    let now = clock(start);
    let stems: Vec<String> = asks.iter().map(|ask| format!("It is {now}, and you begin: “{quoted}” {ask}")).collect();
    let reasons = options.iter().filter(|(_, o)| *o != key).map(|(_, option)| Reason {
        option: option.clone(),
        why: format!("The SOP says “{said}”. From {now} that is {key} {name}, not {option}."),
        at: line.at,
        part: line.text.clone(),
    });
    let spec = Spec {
        clause: line.at,
        frame: "case-clock",
        target: format!("{quoted}/{key}"),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: format!("The SOP says “{said}”. From {now} that is {key} {name}."),
        relation: Relation::Infer,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: reasons.collect(),
        score: 9,
    };
    let options: Vec<String> = options.into_iter().map(|(_, o)| o).collect();
    Some(spec.single_in_order(bench, &key, &options))
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Minutes of a day: small, whole and not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1,440")]
fn whole(minutes: f64) -> u32 {
    minutes.round() as u32
}

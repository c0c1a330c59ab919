//! A limit of the SOP and three values of which only one keeps it, breaks it, or calls for what the sentence says.

use course_format::course::Relation;

use crate::engine::english::limit::{self, Limit, Use};
use crate::engine::english::parse::Form;
use crate::engine::english::quantity::{Dimension, Quantity};
use crate::engine::english::text::{sentence, stems, word_count};
use crate::engine::facts::Fact;
use crate::engine::forge::build::{Reason, Spec};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out: Vec<Made> =
        bench.lines().filter(|l| (4..=30).contains(&l.words)).flat_map(|line| of_line(bench, line, None)).collect();
    out.extend(with_context(bench));
    out
}

/// "Measure the temperature. It must be between 2 and 5 °C.": the order before it says what "it" is.
fn with_context(bench: &Bench<'_>) -> Vec<Made> {
    let own: Vec<&Fact> = bench.stock.facts.iter().filter(|f| bench.holds(f.at)).collect();
    let pairs = own.windows(2).filter(|pair| pair[0].at == pair[1].at && pair[1].text.starts_with("It "));
    pairs
        .filter(|pair| matches!(pair[0].form, Form::Do(_)) && !pair[0].text.contains(['“', '"', '(']))
        .flat_map(|pair| {
            let line = Line {
                at: pair[1].at,
                text: pair[1].text.clone(),
                form: Form::Other,
                words: word_count(&pair[1].text),
                stems: stems(&pair[1].text),
                model: false,
            };
            of_line(bench, &line, Some(&pair[0].text))
        })
        .collect()
}

fn of_line(bench: &Bench<'_>, line: &Line, context: Option<&str>) -> Vec<Made> {
    let Some(limit) = limit::only(&line.text) else { return Vec::new() };
    let Some(used) = limit::usage(&line.text, &limit) else { return Vec::new() };
    if line.text.contains(" a day") || line.text.contains(" per day") {
        return Vec::new();
    }
    let blank = format!("{}…{}", &line.text[..limit.start], &line.text[limit.end..]);
    let quoted = blank.trim().to_owned();
    let quoted = quoted.strip_suffix("….").map_or_else(|| quoted.clone(), |front| format!("{front}…"));
    if quoted.contains(['“', '”', '"']) || word_count(&quoted) < 3 {
        return Vec::new();
    }
    let questions: &[bool] = match used {
        Use::Calls => &[true],
        Use::Right => &[true, false],
        // "Do not lift … kg": only what is forbidden fits into the gap.
        Use::Wrong => &[false],
    };
    questions.iter().filter_map(|kept| one(bench, line, context, &limit, (used, *kept), &quoted)).collect()
}

/// `kept`: the value that keeps the rule (or calls for the action) is looked for, else the one that breaks it.
fn one(
    bench: &Bench<'_>,
    line: &Line,
    context: Option<&str>,
    limit: &Limit,
    (used, kept): (Use, bool),
    quoted: &str,
) -> Option<Made> {
    let wanted_inside = (used == Use::Wrong) != kept;
    let values = limit::cases(limit, wanted_inside)?;
    let key = values.iter().find(|(_, inside)| *inside == wanted_inside).map(|(q, _)| q.text.clone())?;
    let said = &line.text[limit.start..limit.end];
    let options: Vec<String> = values.iter().map(|(q, _)| q.text.clone()).collect();
    let reasons = values
        .iter()
        .filter(|(q, _)| q.text != key)
        .map(|(q, inside)| Reason {
            option: q.text.clone(),
            why: because(q, used, *inside, said),
            at: line.at,
            part: line.text.clone(),
        })
        .collect();
    let (frame, stems) = match (used, kept) {
        (Use::Calls, _) => ("case-limit-calls", calls(quoted)),
        (_, true) => ("case-limit-kept", kept_stems(quoted, limit, &line.form)),
        (Use::Wrong, false) => ("case-limit-broken", forbidden_stems(quoted, limit)),
        (_, false) => ("case-limit-broken", broken_stems(quoted, limit, &line.form)),
    };
    let stems: Vec<String> = match context {
        Some(context) => stems.into_iter().map(|stem| format!("{context} {stem}")).collect(),
        None => stems,
    };
    let mut provenance = vec![bench.library.prove_part(line.at, &line.text)];
    provenance.extend(context.map(|c| bench.library.prove_part(line.at, c)));
    let spec = Spec {
        clause: line.at,
        frame,
        target: format!("{quoted}/{key}"),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: because(&values.iter().find(|(q, _)| q.text == key)?.0, used, wanted_inside, said),
        relation: Relation::Infer,
        provenance,
        reasons,
        score: 8,
    };
    Some(spec.single_in_order(bench, &key, &options))
}

fn because(value: &Quantity, used: Use, inside: bool, said: &str) -> String {
    let verdict = match (used, inside) {
        (Use::Right, true) => "is right",
        (Use::Right, false) => "is wrong",
        (Use::Wrong, true) => "is forbidden",
        (Use::Wrong, false) => "is not forbidden",
        (Use::Calls, true) => "is such a case",
        (Use::Calls, false) => "is no such case",
    };
    sentence(&format!("the SOP says “{said}”, so {} {verdict}", value.text))
}

fn calls(quoted: &str) -> Vec<String> {
    vec![
        format!("“{quoted}” For which of these three values does this apply?"),
        format!("You have three cases. In which of them do you need this sentence? “{quoted}”"),
        format!("Three colleagues report a value. Who has to follow this sentence? “{quoted}”"),
        format!("Look at the three values. Which of them makes this sentence important? “{quoted}”"),
    ]
}

fn kept_stems(quoted: &str, limit: &Limit, form: &Form) -> Vec<String> {
    let what = named(limit);
    let mut out = vec![
        format!("“{quoted}” Three colleagues remember three values. Which {what} is right by the SOP?"),
        format!("You check last week’s records: “{quoted}” Only one {what} was right. Which one?"),
        format!("You plan your work. Which {what} keeps this rule? “{quoted}”"),
    ];
    if matches!(form, Form::Do(_)) {
        out.push(format!("A new colleague wants to do this: “{quoted}” Which {what} is right?"));
    }
    out
}

fn broken_stems(quoted: &str, limit: &Limit, form: &Form) -> Vec<String> {
    let what = named(limit);
    let mut out = vec![
        format!("“{quoted}” An inspector finds three values. Which {what} breaks this rule?"),
        format!("You check three records for this rule: “{quoted}” Which {what} is a mistake?"),
        format!("One of these is not what the SOP says: “{quoted}” Which {what} is wrong?"),
    ];
    if matches!(form, Form::Do(_)) {
        out.push(format!("Three trainees do this: “{quoted}” Whose {what} is wrong?"));
    }
    out
}

fn forbidden_stems(quoted: &str, limit: &Limit) -> Vec<String> {
    let what = named(limit);
    vec![
        format!("“{quoted}” You see three values at work. Which {what} is forbidden?"),
        format!("A trainee asks about three values. Which {what} is forbidden by this rule? “{quoted}”"),
        format!("“{quoted}” Only one of these is forbidden. Which {what} is it?"),
    ]
}

/// What the value is called.
fn named(limit: &Limit) -> &'static str {
    match limit.low.dimension {
        Dimension::Duration | Dimension::Clock => "time",
        Dimension::Temperature => "temperature",
        Dimension::Volume | Dimension::Mass => "amount",
        Dimension::Length => "length",
        Dimension::Speed => "speed",
        Dimension::Share | Dimension::Times | Dimension::Other => match limit.low.unit.as_str() {
            "km/h" | "mph" | "m/s" => "speed",
            "euro" | "euros" | "EUR" | "dollars" | "USD" | "pounds" => "sum",
            _ => "value",
        },
    }
}

//! A form of the workplace: a case with its data, and the fields that the SOP names.

use std::collections::BTreeMap;

use course_format::course::{Answer, FormField, ItemBody, Relation};
use uuid::Uuid;

use super::build::{Spec, spread};
use super::{Bench, Made};
use crate::engine::english::parse::Form;
use crate::engine::english::text::{capitalise, stems};
use crate::engine::facts::Fact;

const STEMS: [&str; 4] = [
    "Read what happened. Then fill in the form.",
    "It is your turn to make the record. Take the data from the case.",
    "Fill in the record for your team.",
    "Your supervisor needs the record now. Fill it in.",
];

/// A form for every sentence that says what has to be recorded, where every field is one that a case can have.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.facts.iter().filter(|f| bench.holds(f.at)).filter_map(|f| one(bench, f)).collect()
}

/// What the case says about one field.
struct Filled {
    label: String,
    unit: Option<&'static str>,
    /// A sentence of the case.
    said: String,
    accepted: Vec<String>,
}

fn one(bench: &Bench<'_>, fact: &Fact) -> Option<Made> {
    let parts = recorded(fact)?;
    let seed = Uuid::new_v5(&bench.library.document(fact.at).document_id, fact.text.as_bytes());
    let filled: Vec<Filled> = parts.iter().enumerate().filter_map(|(i, part)| fill(part, seed, i)).collect();
    if filled.len() < 2 || filled.len() * 3 < parts.len() * 2 {
        return None;
    }
    let spec = Spec {
        clause: fact.at,
        frame: "form",
        target: parts.join("/"),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: format!("The SOP says what has to be recorded: {}.", parts.join(", ")),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(fact.at, &fact.text)],
        reasons: Vec::new(),
        score: 8,
    };
    let case: Vec<&str> = filled.iter().map(|f| f.said.as_str()).collect();
    let case = case.join(" ");
    let mut fields = Vec::new();
    let mut accepted = BTreeMap::new();
    for (i, field) in filled.iter().enumerate() {
        let id = format!("f{}", i + 1);
        fields.push(FormField { id: id.clone(), label: field.label.clone(), unit: field.unit.map(str::to_owned) });
        accepted.insert(id, field.accepted.clone());
    }
    let points = u32::try_from(filled.len()).unwrap_or(1);
    Some(spec.finish(bench, ItemBody::FormFill { case, fields }, Answer::FormFill { accepted }, points))
}

/// "Write the room number, the date and your name on the label." -> its three things.
fn recorded(fact: &Fact) -> Option<Vec<String>> {
    let text = match &fact.form {
        Form::Do(c) => c.text.clone(),
        Form::Duty { subject, predicate, negative: false, .. } if predicate.starts_with("include ") => {
            let record = ["entry", "record", "report", "form", "log", "label", "note"];
            let named = record.iter().any(|r| subject.to_lowercase().ends_with(r));
            named.then(|| predicate.clone())?
        }
        _ => return None,
    };
    let (verb, rest) = text.split_once(' ')?;
    let recording = matches!(verb, "write" | "record" | "enter" | "note" | "include" | "fill" | "log" | "register");
    if !recording {
        return None;
    }
    let end = [" on ", " in ", " into ", " at the ", " before ", " after ", " when ", " with "]
        .iter()
        .filter_map(|p| rest.find(p))
        .min()
        .unwrap_or(rest.len());
    let list = rest[..end].replace(", and ", ", ").replace(" and ", ", ");
    let parts: Vec<String> = list.split(", ").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect();
    ((2..=6).contains(&parts.len()) && parts.iter().all(|p| p.split(' ').count() <= 8)).then_some(parts)
}

fn label(part: &str) -> String {
    let bare =
        ["the ", "your ", "a ", "an ", "its ", "their "].iter().find_map(|d| part.strip_prefix(d)).unwrap_or(part);
    capitalise(bare)
}

/// A value for a field whose kind is known, and the sentence that tells it.
fn fill(part: &str, seed: Uuid, nth: usize) -> Option<Filled> {
    const PEOPLE: [&str; 6] = ["Maria Costa", "Ivan Petrov", "Amina Diallo", "Joon Park", "Elena Rossi", "Tomas Novak"];
    const DAYS: [&str; 6] = ["14 March", "3 June", "21 October", "9 May", "17 November", "5 February"];
    const TIMES: [&str; 6] = ["07:40", "09:15", "11:50", "14:20", "16:05", "18:30"];
    const PLACES: [&str; 4] = ["the entrance hall", "the corridor", "the staff room", "the car park"];
    const FIRMS: [&str; 4] = ["Nordwind", "Baltica", "Solano", "Kestrel"];
    let pick = spread(Uuid::new_v5(&seed, part.as_bytes()), 251);
    let words = stems(part);
    let has = |w: &str| part.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|p| p == w);
    let made = |said: String, accepted: Vec<String>, unit| Some(Filled { label: label(part), unit, said, accepted });
    if words.is_empty() {
        return None;
    }
    if has("name") {
        let name = PEOPLE[(pick + nth) % PEOPLE.len()];
        let own = part.starts_with("your ");
        let whose = label(part).to_lowercase();
        let said = if own { format!("You are {name}.") } else { format!("The {whose} is {name}.") };
        return made(said, vec![name.to_owned()], None);
    }
    if has("date") || has("day") {
        let day = DAYS[pick % DAYS.len()];
        let (number, month) = day.split_once(' ')?;
        return made(format!("It is {day}."), vec![day.to_owned(), format!("{month} {number}")], None);
    }
    if has("time") {
        let time = TIMES[pick % TIMES.len()];
        let said = if part.contains("time of ") || part.contains("start") || part.contains("end") {
            format!("The {} is {time}.", label(part).to_lowercase())
        } else {
            format!("Your watch shows {time}.")
        };
        return made(said, vec![time.to_owned(), time.trim_start_matches('0').to_owned()], None);
    }
    if has("number") && part.split(' ').count() >= 2 {
        let number = (112 + pick).to_string();
        return made(format!("The {} is {number}.", lower(part)), vec![number], None);
    }
    if has("temperature") {
        let value = (2 + pick % 3).to_string();
        return made(format!("The thermometer shows {value} °C."), vec![value], Some("°C"));
    }
    if has("weight") || has("mass") {
        let value = (120 + pick).to_string();
        return made(format!("The display of the balance shows {value} g."), vec![value], Some("g"));
    }
    if has("company") || has("supplier") {
        let firm = FIRMS[pick % FIRMS.len()];
        return made(format!("The {} is {firm}.", lower(part)), vec![firm.to_owned()], None);
    }
    if has("place") || has("location") {
        let place = PLACES[pick % PLACES.len()];
        let bare = place.trim_start_matches("the ").to_owned();
        return made(format!("The {} is {place}.", lower(&label(part))), vec![place.to_owned(), bare], None);
    }
    None
}

fn lower(part: &str) -> String {
    label(part).to_lowercase()
}

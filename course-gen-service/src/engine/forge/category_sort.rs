//! Lines of the SOP to be sorted into groups that the SOP itself keeps apart: allowed or not, do or do not, who, how often,
//! which task.

mod limits;

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Answer, Choice, ItemBody, Relation};

use super::build::{Spec, choices, id_of, shuffled};
use super::single_choice::{self, showable};
use super::{Bench, Made};
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::text::{capitalise, overlap, sentence, stems, word_count};
use crate::engine::facts;
use crate::engine::library::{ClauseRef, Polarity};

/// Entries of one item: enough to think about, few enough for one screen.
const MOST: usize = 8;

/// Every sorting task that the lesson gives.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = allowed(bench);
    out.extend(orders(bench));
    out.extend(people(bench));
    out.extend(frequencies(bench));
    out.extend(tasks(bench));
    out.extend(strength(bench));
    out.extend(limits::make(bench));
    out
}

/// One line to sort.
#[derive(Clone)]
struct Entry {
    at: ClauseRef,
    text: String,
    group: usize,
}

/// Splits the entries so that each item has at most [`MOST`] and every group in each.
fn shares(groups: usize, entries: Vec<Entry>) -> Vec<Vec<Entry>> {
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    let entries: Vec<Entry> = entries
        .into_iter()
        .filter(|e| {
            let own = stems(&e.text);
            let fresh = !own.is_empty() && !seen.iter().any(|s| overlap(s, &own) > 0.8);
            seen.push(own);
            fresh
        })
        .collect();
    let parts = entries.len().div_ceil(MOST).max(1);
    let mut out: Vec<Vec<Entry>> = vec![Vec::new(); parts];
    for group in 0..groups {
        for (i, entry) in entries.iter().filter(|e| e.group == group).enumerate() {
            out[i % parts].push(entry.clone());
        }
    }
    out.retain(|part| part.len() >= 3 && (0..groups).all(|g| part.iter().any(|e| e.group == g)));
    out
}

/// What is asked about the entries.
struct Task<'a> {
    frame: &'static str,
    stems: &'a [String],
    why: &'a str,
    names: &'a [String],
    score: i32,
}

fn item(bench: &Bench<'_>, task: &Task<'_>, entries: &[Entry]) -> Option<Made> {
    let Task { frame, stems, why, names, score } = *task;
    let first = entries.first()?;
    let proof: BTreeSet<ClauseRef> = entries.iter().map(|e| e.at).collect();
    let spec = Spec {
        clause: first.at,
        frame,
        target: entries.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join("/"),
        stem: stems.first()?.clone(),
        others: stems[1..].to_vec(),
        rationale: why.to_owned(),
        relation: Relation::Compress,
        provenance: proof.into_iter().map(|at| bench.library.prove(at)).collect(),
        reasons: Vec::new(),
        score,
    };
    let categories: Vec<Choice> =
        names.iter().enumerate().map(|(i, text)| Choice { id: format!("g{}", i + 1), text: text.clone() }).collect();
    let shown = choices(&shuffled(spec.id(bench), entries.iter().map(|e| e.text.clone())));
    let groups: BTreeMap<String, String> =
        entries.iter().map(|e| (id_of(&shown, &e.text), format!("g{}", e.group + 1))).collect();
    let points = u32::try_from(entries.len()).unwrap_or(1);
    (groups.len() == entries.len()).then(|| {
        let body = ItemBody::CategorySort { categories, entries: shown };
        spec.finish(bench, body, Answer::CategorySort { groups }, points)
    })
}

/// The lists under "Allowed" and "Not allowed" of one place.
fn allowed(bench: &Bench<'_>) -> Vec<Made> {
    let yes = single_choice::entries(bench, Polarity::Allowed);
    let no = single_choice::entries(bench, Polarity::NotAllowed);
    let mut places: Vec<&str> = yes.iter().map(|(at, _)| bench.library.topic(*at)).collect();
    places.dedup();
    let mut out = Vec::new();
    for place in places {
        let of = |list: &[(ClauseRef, String)], group: usize| -> Vec<Entry> {
            list.iter()
                .filter(|(at, _)| bench.library.topic(*at) == place)
                .map(|(at, text)| Entry { at: *at, text: text.clone(), group })
                .collect()
        };
        let entries: Vec<Entry> = of(&yes, 0).into_iter().chain(of(&no, 1)).collect();
        for part in shares(2, entries) {
            let stems = [
                format!("You check the place “{place}”. What is allowed there, and what is not?"),
                format!("A new colleague does not know the rules for “{place}”. Sort these for them."),
            ];
            let names = ["Allowed".to_owned(), "Not allowed".to_owned()];
            let why = "The SOP has a list of what is allowed there and a list of what is not.";
            out.extend(item(
                bench,
                &Task { frame: "sort-allowed", stems: &stems, why, names: &names, score: 8 },
                &part,
            ));
        }
    }
    out
}

/// Orders beside prohibitions.
fn orders(bench: &Bench<'_>) -> Vec<Made> {
    let list = |from: &[(ClauseRef, String, String)], group: usize| -> Vec<Entry> {
        from.iter()
            .filter(|(at, _, p)| bench.holds(*at) && (2..=14).contains(&word_count(p)))
            .map(|(at, _, p)| Entry { at: *at, text: sentence(p), group })
            .collect()
    };
    let (doing, leaving) = (list(&bench.stock.demanded, 0), list(&bench.stock.forbidden, 1));
    let clash = |e: &Entry, other: &[Entry]| other.iter().any(|o| overlap(&stems(&o.text), &stems(&e.text)) > 0.6);
    let mut entries: Vec<Entry> = doing.iter().filter(|e| !clash(e, &leaving)).cloned().collect();
    entries.truncate(leaving.len() * 3);
    entries.extend(leaving.iter().filter(|e| !clash(e, &doing)).cloned());
    if entries.iter().filter(|e| e.group == 1).count() < 2 {
        return Vec::new();
    }
    let stems = [
        "Your job or a mistake? Sort what the SOP asks for and what it forbids.".to_owned(),
        "You make a poster with two lists for your team. Put each line into its list.".to_owned(),
        "Which of these does a good colleague do, and which does a good colleague never do?".to_owned(),
    ];
    let names = ["We do this".to_owned(), "We do not do this".to_owned()];
    let why = "The SOP asks for the first group and forbids the second.";
    shares(2, entries)
        .iter()
        .filter_map(|part| item(bench, &Task { frame: "sort-do", stems: &stems, why, names: &names, score: 8 }, part))
        .collect()
}

/// Tasks of two or three people.
fn people(bench: &Bench<'_>) -> Vec<Made> {
    let mut by_actor: BTreeMap<&str, Vec<(ClauseRef, String)>> = BTreeMap::new();
    for duty in bench.stock.duties.iter().filter(|d| bench.holds(d.at)) {
        let text = match &duty.task {
            Some(task) => sentence(task),
            None => format!("… {}", duty.predicate),
        };
        let names_another = super::stock::near(&bench.stock.duties, duty.at, |d| d.at, 80)
            .iter()
            .any(|o| o.actor != duty.actor && overlap(&stems(&o.predicate), &stems(&duty.predicate)) > 0.6);
        if word_count(&text) <= 16 && !names_another {
            by_actor.entry(&duty.actor).or_default().push((duty.at, text));
        }
    }
    let mut groups: Vec<(&str, Vec<(ClauseRef, String)>)> = by_actor.into_iter().collect();
    groups.sort_by_key(|(_, tasks)| tasks[0].0);
    groups.truncate(3);
    let related = groups
        .iter()
        .enumerate()
        .any(|(i, (a, _))| groups[..i].iter().any(|(b, _)| overlap(&stems(a), &stems(b)) > 0.0));
    let tasks: usize = groups.iter().map(|(_, tasks)| tasks.len()).sum();
    if groups.len() < 2 || related || tasks < 3 {
        return Vec::new();
    }
    let entries = groups
        .iter()
        .enumerate()
        .flat_map(|(group, (_, tasks))| {
            tasks.iter().map(move |(at, text)| Entry { at: *at, text: text.clone(), group })
        })
        .collect();
    let names: Vec<String> = groups.iter().map(|(name, _)| (*name).to_owned()).collect();
    let stems = [
        "Who does what? Put each task under the right person.".to_owned(),
        "A visitor asks who is responsible for what. Sort the tasks.".to_owned(),
    ];
    let why = "The SOP names the person for each of these tasks.";
    shares(names.len(), entries)
        .iter()
        .filter_map(|part| {
            item(bench, &Task { frame: "sort-people", stems: &stems, why, names: &names, score: 8 }, part)
        })
        .collect()
}

/// Tasks under headings such as "Daily" and "Weekly".
fn frequencies(bench: &Bench<'_>) -> Vec<Made> {
    let mut groups: BTreeMap<(usize, String), Vec<(ClauseRef, String)>> = BTreeMap::new();
    let around = super::stock::near(&bench.stock.actions, bench.lesson.clauses[0], |a| a.at, 80);
    for action in around.iter().filter(|a| a.at.document == bench.lesson.document && a.context.is_none()) {
        if let Some(when) = single_choice::heading_of(bench, action.at) {
            let repeated =
                around.iter().any(|o| o.at != action.at && overlap(&stems(&o.phrase), &stems(&action.phrase)) > 0.6);
            if !repeated && word_count(&action.phrase) <= 12 && !facts::has_pronoun(&action.phrase) {
                groups.entry(when).or_default().push((action.at, sentence(&action.phrase)));
            }
        }
    }
    groups.retain(|_, tasks| tasks.len() >= 2);
    if groups.len() < 2 || !groups.values().flatten().any(|(at, _)| bench.holds(*at)) {
        return Vec::new();
    }
    let names: Vec<String> = groups.keys().map(|(_, name)| name.clone()).take(3).collect();
    let entries = groups
        .values()
        .take(3)
        .enumerate()
        .flat_map(|(group, tasks)| {
            tasks.iter().take(3).map(move |(at, text)| Entry { at: *at, text: text.clone(), group })
        })
        .collect();
    let stems = [
        "You plan the work of your team. How often is each task done?".to_owned(),
        "Put each task into the right part of the cleaning or work plan.".to_owned(),
    ];
    let why = "The headings of the SOP say how often each of these tasks is done.";
    shares(names.len(), entries)
        .iter()
        .filter_map(|part| {
            item(bench, &Task { frame: "sort-frequency", stems: &stems[..1], why, names: &names, score: 7 }, part)
        })
        .collect()
}

/// Steps of two procedures of the lesson.
fn tasks(bench: &Bench<'_>) -> Vec<Made> {
    let document = &bench.library.documents()[bench.lesson.document];
    let mut groups: Vec<(String, Vec<(ClauseRef, String)>)> = Vec::new();
    for procedure in &document.procedures {
        let steps: Vec<(ClauseRef, String)> = procedure
            .steps
            .iter()
            .filter_map(|s| bench.library.find(bench.lesson.document, &s.clause_id.0))
            .filter(|at| bench.holds(*at))
            .filter_map(|at| Some((at, showable(bench, at)?)))
            .filter(|(_, t)| word_count(t) <= 16)
            .collect();
        let title = procedure.section.rsplit(" > ").next().unwrap_or_default().trim_end_matches(':');
        let named = Polarity::of_heading(title).is_none() && (1..=7).contains(&word_count(title));
        if steps.len() >= 2 && named && !groups.iter().any(|(name, _)| name == title) {
            groups.push((capitalise(title), steps));
        }
    }
    groups.truncate(3);
    if groups.len() < 2 {
        return Vec::new();
    }
    let names: Vec<String> = groups.iter().map(|(name, _)| name.clone()).collect();
    let telling = |text: &str| names.iter().any(|n| overlap(&stems(n), &stems(text)) > 0.0);
    let entries: Vec<Entry> = groups
        .iter()
        .enumerate()
        .flat_map(|(group, (_, steps))| {
            steps.iter().map(move |(at, text)| Entry { at: *at, text: text.clone(), group })
        })
        .filter(|e| !telling(&e.text))
        .collect();
    let stems = [
        "These steps belong to different tasks. Put each step under its task.".to_owned(),
        "Two instructions got mixed up. Sort the steps again.".to_owned(),
    ];
    let stems = if names.len() == 2 { &stems[..] } else { &stems[..1] };
    let why = "Each step stands under this heading of the SOP.";
    shares(names.len(), entries)
        .iter()
        .filter_map(|part| item(bench, &Task { frame: "sort-tasks", stems, why, names: &names, score: 6 }, part))
        .collect()
}

/// Rules whose modal is cut out: duty, permission, prohibition.
fn strength(bench: &Bench<'_>) -> Vec<Made> {
    let mut entries = Vec::new();
    for line in bench.lines().filter(|l| l.words <= 18) {
        let Form::Duty { modal, negative, .. } = &line.form else { continue };
        let lower = line.text.to_lowercase();
        if ["only", "never", "nobody", "no one", "unless"].iter().any(|w| lower.contains(w)) || lower.starts_with("no ")
        {
            continue;
        }
        let (word, group) = match (modal, negative) {
            (Modal::Must, false) => (" must ", 0),
            (Modal::May, false) => (" may ", 1),
            (Modal::Must, true) => (" must not ", 2),
            _ => continue,
        };
        if line.text.matches(word).count() == 1 {
            entries.push(Entry { at: line.at, text: line.text.replacen(word, " … ", 1), group });
        }
    }
    let used: Vec<usize> = (0..3).filter(|g| entries.iter().any(|e| e.group == *g)).collect();
    if used.len() < 2 {
        return Vec::new();
    }
    let all = ["It is a rule: must", "You can choose: may", "It is forbidden: must not"];
    let names: Vec<String> = used.iter().map(|g| all[*g].to_owned()).collect();
    for entry in &mut entries {
        entry.group = used.iter().position(|g| *g == entry.group).unwrap_or(0);
    }
    let stems = [
        "Rule, permission or ban? Sort the sentences by the missing words.".to_owned(),
        "A visitor wants to know what is a duty and what is not. Sort the sentences by the missing words.".to_owned(),
    ];
    let why = "The missing words stand in the SOP.";
    shares(names.len(), entries)
        .iter()
        .filter_map(|part| {
            item(bench, &Task { frame: "sort-strength", stems: &stems, why, names: &names, score: 7 }, part)
        })
        .collect()
}

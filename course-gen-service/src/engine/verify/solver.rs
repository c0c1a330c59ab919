//! Solves items with the SOP at hand and without the key: by what the clauses say together, by where steps stand, by what is
//! forbidden. It knows nothing of how an item was made; where it comes to another answer, the item is not shown.

use std::collections::BTreeSet;

use course_format::course::{Answer, Choice, GapPiece, Item, ItemBody};
use course_format::sop::ClauseKind;

use crate::engine::english::sentence::sentences;
use crate::engine::english::text::stems;
use crate::engine::library::{Library, Polarity};

/// The SOPs as the solver knows them.
pub struct Solver<'a> {
    library: &'a Library,
    /// Whole clauses with their headings: what belongs together.
    clauses: Vec<Evidence>,
    /// Single sentences: what is demanded and what is forbidden.
    sentences: Vec<Evidence>,
}

impl<'a> Solver<'a> {
    pub fn new(library: &'a Library) -> Self {
        Self { library, clauses: clauses(library), sentences: single_sentences(library) }
    }

    /// Whether the solver's answer is the key. Open answers are for people.
    pub fn agrees(&self, item: &Item, key: &Answer) -> bool {
        let library = self.library;
        match (&item.body, key) {
            (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) => {
                self.best(&item.stem, options, 1) == BTreeSet::from([choice.clone()])
            }
            (ItemBody::MultiSelect { options, select }, Answer::MultiSelect { choices }) => {
                let count = usize::try_from(*select).unwrap_or(0);
                self.best(&item.stem, options, count) == choices.iter().cloned().collect()
            }
            (ItemBody::Gap { pieces }, Answer::Gap { accepted }) => {
                let filled: String = pieces
                    .iter()
                    .map(|p| match p {
                        GapPiece::Text { text } => text.as_str(),
                        GapPiece::Gap { id, .. } => accepted.get(id).and_then(|a| a.first()).map_or("", String::as_str),
                    })
                    .collect();
                library.documents().iter().any(|d| d.clauses.iter().any(|c| c.text.contains(&filled)))
            }
            (ItemBody::StepOrdering { steps }, Answer::StepOrdering { order, .. }) => {
                in_text_order(library, steps) == Some(order.clone())
            }
            (ItemBody::Matching { left, right }, Answer::Matching { pairs }) => left.iter().all(|l| {
                let mate = self.best(&l.text, right, 1);
                pairs.get(&l.id).is_some_and(|r| mate.contains(r))
            }),
            (ItemBody::ShortAnswer { .. }, Answer::ShortAnswer { .. }) => true,
            _ => false,
        }
    }

    /// The `count` options with the best evidence; nothing when the evidence cannot tell them apart.
    fn best(&self, stem: &str, options: &[Choice], count: usize) -> BTreeSet<String> {
        let asks_forbidden =
            ["forbidden?", "“Stop!”", "against the rules", "not allowed there"].iter().any(|w| stem.contains(w))
                && !stem.contains("Two of these");
        let asks_demanded = stem.contains("Two of these are forbidden")
            || stem.contains("part of your job")
            || stem.contains("do your job well")
            || stem.contains("are allowed there");
        let asks_next = stem.contains("just finished this step");
        let asked = stems(if asks_forbidden || asks_demanded { "" } else { stem });
        let mut ranked: Vec<(f32, &Choice)> = options
            .iter()
            .map(|option| {
                let score = if asks_next {
                    follows(self.library, stem, &option.text)
                } else {
                    let own = stems(&option.text);
                    if asks_forbidden || asks_demanded {
                        self.sentences
                            .iter()
                            .filter(|e| e.forbids == asks_forbidden)
                            .map(|e| said(e, &own))
                            .fold(0.0, f32::max)
                    } else {
                        self.clauses.iter().map(|e| support(e, &own, &asked)).fold(0.0, f32::max)
                    }
                };
                (score, option)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let clear = ranked.len() <= count || ranked[count - 1].0 > ranked[count].0 + 1e-4;
        if clear { ranked.into_iter().take(count).map(|(_, c)| c.id.clone()).collect() } else { BTreeSet::new() }
    }
}

/// The words of a clause or sentence, and whether it forbids.
struct Evidence {
    stems: BTreeSet<String>,
    forbids: bool,
}

/// A clause's words are its own, its headings' and those of the step that it sends to.
fn clauses(library: &Library) -> Vec<Evidence> {
    library
        .clauses()
        .filter(|at| library.clause(*at).kind != ClauseKind::Heading)
        .map(|at| {
            let clause = library.clause(at);
            let mut words = stems(&clause.text);
            words.extend(stems(&clause.section));
            if let Some(target) = clause.text.split("go to step ").nth(1) {
                let number = target.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok());
                let step = number.and_then(|n: u32| library.step_numbered(at, &[n]));
                words.extend(step.iter().flat_map(|s| stems(&library.clause(*s).text)));
            }
            Evidence { stems: words, forbids: false }
        })
        .collect()
}

fn single_sentences(library: &Library) -> Vec<Evidence> {
    let mut out = Vec::new();
    for at in library.clauses().filter(|at| library.clause(*at).kind != ClauseKind::Heading) {
        let inherited = matches!(library.polarity(at), Some(Polarity::Forbidden | Polarity::NotAllowed));
        for (_, text) in sentences(&library.clause(at).text) {
            out.push(Evidence { stems: stems(text), forbids: inherited || says_no(text) });
        }
    }
    out
}

/// How much of an option one sentence says; a sentence that says little else is better proof.
fn said(e: &Evidence, own: &BTreeSet<String>) -> f32 {
    if own.is_empty() {
        return 0.0;
    }
    own.intersection(&e.stems).count() as f32 / own.len() as f32 - e.stems.len() as f32 * 1e-3
}

/// How well one clause supports an option as an answer.
fn support(e: &Evidence, own: &BTreeSet<String>, asked: &BTreeSet<String>) -> f32 {
    let share = |part: &BTreeSet<String>| {
        if part.is_empty() { 1.0 } else { part.intersection(&e.stems).count() as f32 / part.len() as f32 }
    };
    let said = share(own);
    let context = share(asked);
    if said < 0.5 { 0.0 } else { said * (0.2 + context) }
}

fn says_no(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["do not ", "don't ", "never ", "must not ", "may not ", "not allowed", "forbidden"]
        .iter()
        .any(|w| lower.contains(w))
}

/// 1 for the step after the one that the stem quotes, less for any other.
fn follows(library: &Library, stem: &str, option: &str) -> f32 {
    let Some(quoted) = stem.split('“').nth(1).and_then(|q| q.split('”').next()) else { return 0.0 };
    let place = |text: &str| {
        library.clauses().find_map(|at| {
            let same = library.clause(at).text.contains(text.trim_end_matches('.'));
            library
                .step(at)
                .filter(|(_, s)| same && s.number.len() == 1)
                .map(|(p, s)| (at.document, p.id.clone(), s.number[0]))
        })
    };
    match (place(quoted), place(option)) {
        (Some(before), Some(after)) if before.0 == after.0 && before.1 == after.1 && after.2 == before.2 + 1 => 1.0,
        _ => 0.0,
    }
}

/// The ids in the order in which the steps stand in the SOP.
fn in_text_order(library: &Library, steps: &[Choice]) -> Option<Vec<String>> {
    let chain = library.clauses().find_map(|at| {
        let text = library.clause(at).text.to_lowercase();
        let mut places: Vec<(usize, &Choice)> = Vec::new();
        for step in steps {
            places.push((text.find(&step.text.trim_end_matches('.').to_lowercase())?, step));
        }
        places.sort_by_key(|(place, _)| *place);
        Some(places.into_iter().map(|(_, s)| s.id.clone()).collect::<Vec<_>>())
    });
    if chain.is_some() {
        return chain;
    }
    let mut places = Vec::new();
    for step in steps {
        let at = library.clauses().find(|at| {
            library.step(*at).is_some() && library.clause(*at).text.contains(step.text.trim_end_matches('.'))
        })?;
        places.push((at, step.id.clone()));
    }
    places.sort();
    Some(places.into_iter().map(|(_, id)| id).collect())
}

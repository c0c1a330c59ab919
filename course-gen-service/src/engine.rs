//! The generation engine: `plan -> outline -> author -> forge -> verify -> assemble`. No network, no clock, no chance:
//! the same SOPs, brief and version give the same bytes. Only [`wordnet`] reads files, the same ones every time.
//!
//! Each stage takes what the one before left behind and leaves behind a value that can be stored, so that a job may
//! stop after any of them and go on later.

pub mod assemble;
pub mod audit;
pub mod author;
pub mod carry;
pub mod english;
pub mod facts;
pub mod forge;
pub mod hostile;
pub mod impact;
pub mod lexicon;
pub mod library;
pub mod lock;
pub mod outline;
pub mod plan;
pub mod repair;
pub mod rewrite;
#[cfg(test)]
pub mod test_sop;
pub mod verify;
pub mod wordnet;

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::CoursePackage;
use course_format::sop::ParsedSops;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use author::{Assignment, Author, AuthorError, LessonText};
use forge::{Forged, Made, Stock};
use library::{ClauseRef, Library};
use outline::Outline;
use plan::Plan;
use verify::solver::Solver;

/// What was ordered.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Brief {
    pub course_id: Uuid,
    pub request_id: Uuid,
    pub client_id: Uuid,
    /// `None`: the title of the SOP.
    pub title: Option<String>,
    pub level: Level,
    /// `None`: as many as the SOPs need.
    pub hours: Option<f32>,
    /// What reviewers asked for, in the order of the versions.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Levels besides the course's own that each reading is wanted at, for classes of mixed levels.
    #[serde(default)]
    pub variants: Vec<Level>,
}

/// Why no course can be made.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no SOP to make a course from")]
    NoDocument,
    #[error("{titles} gives staff too little to do: {}, and a course needs at least 5. {}", counted(*found), help.trim_end_matches('.'))]
    NothingToTeach { titles: String, found: usize, help: &'static str },
    #[error("the SOP's steps and rules cannot be turned into exercises: no sentence is complete enough to ask about")]
    NothingToPractise,
    #[error("the language of \"{title}\" is \"{language}\"; courses are made from English SOPs")]
    NotEnglish { title: String, language: String },
}

fn counted(found: usize) -> String {
    match found {
        0 => "no step, rule or warning was found".to_owned(),
        1 => "1 step, rule or warning was found".to_owned(),
        many => format!("{many} steps, rules and warnings were found"),
    }
}

impl Refusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDocument => "no_document",
            Self::NothingToTeach { .. } => "nothing_to_teach",
            Self::NothingToPractise => "nothing_to_practise",
            Self::NotEnglish { .. } => "not_english",
        }
    }
}

/// A run of the engine that did not end in a course.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Author(#[from] AuthorError),
}

/// Reads the SOPs of a request; refuses what no course can come from.
pub fn open(sops: ParsedSops) -> Result<Library, Refusal> {
    if sops.documents.is_empty() {
        return Err(Refusal::NoDocument);
    }
    for document in &sops.documents {
        let language = document.language.to_lowercase();
        if !language.is_empty() && !language.starts_with("en") && language != "und" {
            return Err(Refusal::NotEnglish { title: document.title.clone(), language: document.language.clone() });
        }
    }
    Ok(Library::new(sops))
}

/// Lets the author write every lesson; `related` names clauses elsewhere for each of them.
pub async fn write(
    author: &dyn Author,
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    related: &[Vec<ClauseRef>],
) -> Result<Vec<LessonText>, AuthorError> {
    let mut taught: BTreeSet<String> = BTreeSet::new();
    let mut points: Vec<String> = Vec::new();
    let mut talks: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for (i, lesson) in outline.lessons().enumerate() {
        let related = related.get(i).map_or(&[][..], Vec::as_slice);
        let assignment =
            Assignment { brief, library, lesson, related, taught: &taught, points: &points, talks: &talks };
        let text = author.write(assignment).await?;
        points.extend(text.grammar.iter().map(|g| g.point.clone()));
        talks.push(text.dialogue.as_ref().map(|d| d.title.clone()).unwrap_or_default());
        taught.extend(text.vocabulary.iter().map(|v| v.term.to_lowercase()));
        out.push(text);
    }
    Ok(out)
}

/// Items that may be shown, lesson by lesson, and how many may not.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Candidates {
    pub pools: Vec<Vec<Made>>,
    pub refused: usize,
}

/// Computes every item that the lessons' clauses give, and takes out what may not be shown. One lesson after the other: most
/// items are refused, and those of a long SOP together would fill the memory.
pub fn forge_candidates(library: &Library, outline: &Outline, texts: &[LessonText]) -> Candidates {
    let clauses: Vec<ClauseRef> = outline.lessons().flat_map(|l| l.clauses.iter().copied()).collect();
    let stock = Stock::new(library, &clauses);
    let solver = Solver::new(library);
    let mut out = Candidates::default();
    for (lesson, text) in outline.lessons().zip(texts) {
        let mut pool = forge::candidates(library, &stock, outline.level, lesson, text);
        let made = pool.len();
        pool.retain_mut(|made| {
            if forge::touches_a_dispute(library, made) {
                return false;
            }
            verify::flaws::keep_sound_stems(made);
            verify::flaws(library, &solver, made).is_empty()
        });
        pool.shrink_to_fit();
        out.refused += made - pool.len();
        out.pools.push(pool);
    }
    out
}

/// Shares the items out between the lessons and the tests.
pub fn select_sound(library: &Library, outline: &Outline, candidates: Candidates) -> Result<Forged, Refusal> {
    let Candidates { pools: mut candidates, refused } = candidates;
    let solver = Solver::new(library);
    share_with_practice(outline, &mut candidates);
    let mut forged = forge::select(library, outline, candidates);
    // The choice gives stems other wordings and moves options: what is shown is what was checked.
    let shown = |made: &Made| verify::flaws(library, &solver, made).is_empty();
    forged.lessons.iter_mut().for_each(|lesson| lesson.items.retain(shown));
    forged.assessment.retain(shown);
    forged.units.iter_mut().for_each(|unit| unit.items.retain(shown));
    if let Some(entry) = &mut forged.entry {
        entry.parts.iter_mut().for_each(|part| part.items.retain(shown));
        entry.clause_items.retain(shown);
    }
    forged.entry = forged.entry.filter(|entry| entry.parts.iter().all(|part| !part.items.is_empty()));
    forged.refused = u32::try_from(refused).unwrap_or(u32::MAX);
    let practised = forged.lessons.iter().map(|l| l.items.len()).sum::<usize>();
    if practised < 3 || forged.assessment.is_empty() {
        return Err(Refusal::NothingToPractise);
    }
    Ok(forged)
}

/// Every stage in one go; `previous` is the course that was made from the SOPs as they were before.
pub async fn run(
    author: &dyn Author,
    brief: &Brief,
    sops: ParsedSops,
    previous: Option<&CoursePackage>,
) -> Result<(Library, CoursePackage), EngineError> {
    let library = open(sops)?;
    let plan: Plan = plan::plan(&library)?;
    let outline = outline::outline(brief, &library, &plan);
    if outline.units.is_empty() {
        return Err(Refusal::NothingToPractise.into());
    }
    let texts = write(author, brief, &library, &outline, &[]).await?;
    let candidates = forge_candidates(&library, &outline, &texts);
    let forged = select_sound(&library, &outline, candidates)?;
    let package = assemble::package(&author.name(), brief, &library, &outline, texts, forged);
    let package = match previous {
        Some(previous) => assemble::carried(package, previous, brief, &library, &outline),
        None => package,
    };
    Ok((library, package))
}

/// A practice lesson goes through clauses of other lessons again: each of them gives it a third of its items.
fn share_with_practice(outline: &Outline, candidates: &mut [Vec<Made>]) {
    let ids: Vec<Uuid> = outline.lessons().map(|l| l.id).collect();
    for (at, lesson) in outline.lessons().enumerate().filter(|(_, l)| !l.practises.is_empty()) {
        let mut given = Vec::new();
        for source in lesson.practises.iter().filter_map(|id| ids.iter().position(|i| i == id)) {
            let pool = std::mem::take(&mut candidates[source]);
            for (i, made) in pool.into_iter().enumerate() {
                if i % 3 == 2 && lesson.clauses.contains(&made.clause) {
                    given.push(made);
                } else {
                    candidates[source].push(made);
                }
            }
        }
        candidates[at] = given;
    }
}

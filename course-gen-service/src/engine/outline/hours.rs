//! Too few hours: what is dangerous comes first, and what is left out is named.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use course_format::Level;
use course_format::sop::{ClauseKind, Modality};

use super::titles::Part;
use super::{LESSON_MINUTES, is_critical, lessons_in, tree};
use crate::engine::Brief;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::plan::{LeftOut, is_teachable};

/// So many more critical clauses must be saved, or a whole section is worth more.
const WORTH_A_LESSON: usize = 3;

/// Keeps as many lessons as there are hours: the sections with the most warnings, limits and prohibitions, in their order.
/// Where more of these stand in the sections that fall than in the last one kept, its place goes to them.
pub fn fit(brief: &Brief, library: &Library, drafts: &mut Vec<tree::Chunk>, left_out: &mut Vec<LeftOut>) {
    let Some(hours) = brief.hours.filter(|h| drafts.len() > lessons_in(*h)) else { return };
    let needed = drafts.len();
    let mut ranked: Vec<usize> = (0..needed).collect();
    ranked.sort_by_key(|i| {
        let count = |test: &dyn Fn(ClauseRef) -> bool| drafts[*i].clauses.iter().filter(|at| test(**at)).count();
        let critical = count(&|at| is_critical(library, at));
        let teachable = count(&|at| is_teachable(library, at));
        (Reverse((critical, teachable)), *i)
    });
    let mut kept: BTreeSet<usize> = ranked[..lessons_in(hours)].iter().copied().collect();
    let last = ranked[kept.len() - 1];
    let own = drafts[last].clauses.iter().filter(|at| is_critical(library, **at)).count();
    let falling = (0..needed).filter(|i| !kept.contains(i) || *i == last);
    let falling: Vec<ClauseRef> = falling.flat_map(|i| drafts[i].clauses.iter().copied()).collect();
    let gathered = gathered(library, brief.level, &falling);
    let saved = gathered.as_ref().map_or(0, |g| g.clauses.iter().filter(|at| is_critical(library, **at)).count());
    let gathered = gathered.filter(|_| saved >= own + WORTH_A_LESSON);
    if gathered.is_some() {
        kept.remove(&last);
    }
    let taught: BTreeSet<ClauseRef> = gathered.iter().flat_map(|g| g.clauses.iter().copied()).collect();
    let reason = reason(hours, needed);
    for i in (0..needed).filter(|i| !kept.contains(i)) {
        let fell = drafts[i].clauses.iter().filter(|at| !taught.contains(at));
        left_out.extend(fell.map(|at| LeftOut { clause: *at, reason: reason.clone() }));
    }
    // The worst loss is told first.
    left_out.sort_by_key(|l| !is_critical(library, l.clause));
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
    drafts.extend(gathered);
}

fn reason(hours: f32, lessons: usize) -> String {
    let needed = (lessons as f32 * LESSON_MINUTES as f32 / 6.0).ceil() / 10.0;
    let (noun, verb) = if hours <= 1.0 { ("hour", "is") } else { ("hours", "are") };
    format!(
        "{hours} {noun} {verb} not enough for every section ({needed} would be); warnings, bans and limits came first"
    )
}

/// The most dangerous clauses of one document under their headings, for one lesson: warnings and bans before limits.
fn gathered(library: &Library, level: Level, clauses: &[ClauseRef]) -> Option<tree::Chunk> {
    let critical: Vec<ClauseRef> = clauses.iter().copied().filter(|at| is_critical(library, *at)).collect();
    let of = |d: usize| critical.iter().filter(|at| at.document == d).count();
    let document = (0..library.documents().len()).max_by_key(|d| (of(*d), Reverse(*d)))?;
    let mut chosen: Vec<ClauseRef> = critical.into_iter().filter(|at| at.document == document).collect();
    let forbids =
        |at: &ClauseRef| library.kind(*at) == ClauseKind::Warning || library.clause(*at).modality == Modality::MustNot;
    chosen.sort_by_key(|at| (!forbids(at), *at));
    chosen.truncate(if level <= Level::A2 { 9 } else { 12 });
    let sections: BTreeSet<&str> = chosen.iter().map(|at| library.clause(*at).section.as_str()).collect();
    let headings = clauses.iter().filter(|at| {
        library.kind(**at) == ClauseKind::Heading
            && at.document == document
            && sections.contains(library.clause(**at).section.as_str())
    });
    let clauses: BTreeSet<ClauseRef> = chosen.iter().chain(headings).copied().collect();
    let heading = "Warnings and limits".to_owned();
    let parts = vec![Part { topic: heading.clone(), heading, weight: 1.0 }];
    (!chosen.is_empty()).then(|| tree::Chunk { document, clauses: clauses.into_iter().collect(), parts })
}

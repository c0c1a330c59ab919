use course_format::sop::{ChangeKind, Clause, ClauseChange, ClauseState, DiffSummary, SopDiff, SopDocument};

use super::{
    align::{Pair, align},
    safety, words,
};

/// What `new` changed in `old`. Ids are those of the documents: let `new` [adopt](super::adopt) those of `old` first.
pub fn compare(old: &SopDocument, new: &SopDocument) -> SopDiff {
    let pairs = align(&old.clauses, &new.clauses);
    let mut seen = vec![false; old.clauses.len()];
    let mut of_new: Vec<Option<Pair>> = vec![None; new.clauses.len()];
    for pair in pairs {
        seen[pair.old] = true;
        of_new[pair.new] = Some(pair);
    }
    let (mut unchanged, mut changes) = (Vec::new(), Vec::new());
    let mut removed = Removed { old: &old.clauses, seen: &seen, next: 0 };
    for (at, clause) in new.clauses.iter().enumerate() {
        let Some(pair) = of_new[at] else {
            changes.push(added(&new.clauses, at));
            continue;
        };
        if !pair.moved {
            removed.until(pair.old, &mut changes);
        }
        match kept(old, new, pair) {
            Some(change) => changes.push(change),
            None => unchanged.push(clause.id.clone()),
        }
    }
    removed.until(old.clauses.len(), &mut changes);
    SopDiff {
        document_id: new.document_id,
        title: new.title.clone(),
        from: old.version.clone(),
        to: new.version.clone(),
        summary: summary(unchanged.len(), &changes),
        unchanged,
        changes,
    }
}

/// Whether a clause that kept its words also demands the same: the sentence above a list can forbid what it allowed.
pub(super) fn demands_the_same(old: &Clause, new: &Clause) -> bool {
    old.modality == new.modality && old.negated == new.negated
}

fn kept(old: &SopDocument, new: &SopDocument, pair: Pair) -> Option<ClauseChange> {
    let (was, is) = (&old.clauses[pair.old], &new.clauses[pair.new]);
    let edited = !pair.same || !demands_the_same(was, is);
    if !edited && !pair.moved {
        return None;
    }
    Some(ClauseChange {
        change: if edited { ChangeKind::Edited } else { ChangeKind::Moved },
        moved: pair.moved,
        old: ClauseState::at(&old.clauses, pair.old),
        new: ClauseState::at(&new.clauses, pair.new),
        words: words::changed(&was.text, &is.text),
        safety: if edited { safety::change(was, is) } else { None },
    })
}

fn added(clauses: &[Clause], at: usize) -> ClauseChange {
    ClauseChange {
        change: ChangeKind::Added,
        moved: false,
        old: None,
        new: ClauseState::at(clauses, at),
        words: Vec::new(),
        safety: None,
    }
}

/// Clauses that are gone, shown before the clause that they stood before.
struct Removed<'a> {
    old: &'a [Clause],
    seen: &'a [bool],
    next: usize,
}

impl Removed<'_> {
    fn until(&mut self, end: usize, changes: &mut Vec<ClauseChange>) {
        for at in self.next..end {
            if !self.seen[at] {
                changes.push(ClauseChange {
                    change: ChangeKind::Removed,
                    moved: false,
                    old: ClauseState::at(self.old, at),
                    new: None,
                    words: Vec::new(),
                    safety: None,
                });
            }
        }
        self.next = self.next.max(end);
    }
}

fn summary(unchanged: usize, changes: &[ClauseChange]) -> DiffSummary {
    let count = |kind: ChangeKind| changes.iter().filter(|c| c.change == kind).count();
    DiffSummary {
        unchanged,
        edited: count(ChangeKind::Edited),
        moved: count(ChangeKind::Moved),
        added: count(ChangeKind::Added),
        removed: count(ChangeKind::Removed),
        critical: changes.iter().filter(|c| c.safety.is_some()).count(),
    }
}

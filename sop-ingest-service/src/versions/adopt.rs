use std::collections::{HashMap, HashSet};

use course_format::sop::{ClauseId, SopDocument};

use super::{
    align::{Pair, align},
    compare::demands_the_same,
};

/// Makes `new` the version after `old`: its document, the next number, the same ids for the same words, and from every
/// edited clause a link to the one that it supersedes.
pub fn adopt(old: &SopDocument, new: &mut SopDocument) {
    let pairs = align(&old.clauses, &new.clauses);
    new.document_id = old.document_id;
    new.version.number = old.version.number + 1;
    let names = names(old, new, &pairs);
    for pair in &pairs {
        let (was, is) = (&old.clauses[pair.old], &mut new.clauses[pair.new]);
        is.supersedes = if pair.same && demands_the_same(was, is) {
            was.supersedes.clone()
        } else {
            Some(was.id.clone()).filter(|id| names.get(&is.id) != Some(id))
        };
    }
    rename(new, &names);
    keep_procedures(old, new, &pairs);
}

/// From the id that a clause got by itself to the one that it has in this document's history.
fn names(old: &SopDocument, new: &SopDocument, pairs: &[Pair]) -> HashMap<ClauseId, ClauseId> {
    let mut names: HashMap<ClauseId, ClauseId> = HashMap::with_capacity(new.clauses.len());
    for pair in pairs.iter().filter(|p| p.same) {
        names.insert(new.clauses[pair.new].id.clone(), old.clauses[pair.old].id.clone());
    }
    // An id that the old version used says something else in this one.
    let mut taken: HashSet<ClauseId> = old.clauses.iter().map(|c| c.id.clone()).collect();
    for clause in &new.clauses {
        if names.contains_key(&clause.id) {
            continue;
        }
        let mut name = clause.id.clone();
        let mut times = 2;
        while !taken.insert(name.clone()) {
            name = ClauseId(format!("{}-{times}", clause.id));
            times += 1;
        }
        names.insert(clause.id.clone(), name);
    }
    names
}

fn rename(document: &mut SopDocument, names: &HashMap<ClauseId, ClauseId>) {
    let rename = |id: &mut ClauseId| {
        if let Some(name) = names.get(id) {
            id.clone_from(name);
        }
    };
    document.clauses.iter_mut().for_each(|c| rename(&mut c.id));
    document.sections.iter_mut().filter_map(|s| s.heading.as_mut()).for_each(rename);
    for step in document.procedures.iter_mut().flat_map(|p| &mut p.steps) {
        rename(&mut step.clause_id);
        step.warnings.iter_mut().for_each(rename);
    }
    for term in &mut document.terms {
        term.defined_in.iter_mut().for_each(rename);
        term.clauses.iter_mut().for_each(rename);
    }
    document.defects.iter_mut().for_each(|d| rename(&mut d.clause_id));
}

/// A procedure is the old one that most of its steps come from.
fn keep_procedures(old: &SopDocument, new: &mut SopDocument, pairs: &[Pair]) {
    let mut home: HashMap<&ClauseId, usize> = HashMap::new();
    for (at, procedure) in old.procedures.iter().enumerate() {
        for step in &procedure.steps {
            home.entry(&step.clause_id).or_insert(at);
        }
    }
    let from: HashMap<ClauseId, usize> = pairs
        .iter()
        .filter_map(|p| Some((new.clauses[p.new].id.clone(), *home.get(&old.clauses[p.old].id)?)))
        .collect();
    let mut taken = HashSet::new();
    for procedure in &mut new.procedures {
        let mut votes = vec![0_usize; old.procedures.len()];
        for at in procedure.steps.iter().filter_map(|step| from.get(&step.clause_id)) {
            votes[*at] += 1;
        }
        // The first of those with most steps.
        let best = votes.iter().enumerate().rev().max_by_key(|(_, votes)| **votes).filter(|(_, votes)| **votes > 0);
        let kept = best.map(|(at, _)| &old.procedures[at].id).filter(|id| !taken.contains(*id));
        if let Some(id) = kept {
            procedure.id.clone_from(id);
        }
        while !taken.insert(procedure.id.clone()) {
            procedure.id.push_str("-2");
        }
    }
}

use std::collections::HashSet;

use course_format::sop::{ChangeKind, ClauseChange, SopDiff, SopDocument};
use proptest::prelude::*;

use super::{adopt, align::align, compare};
use crate::pipeline;

fn read(text: &str) -> SopDocument {
    pipeline::read(text.as_bytes(), "sop.md").unwrap()
}

/// The new version with its history, and what it changed.
fn next(old: &SopDocument, text: &str) -> (SopDocument, SopDiff) {
    let mut new = read(text);
    adopt(old, &mut new);
    let diff = compare(old, &new);
    (new, diff)
}

const LAUNDRY: &str = "# Laundry room\n\n## Sorting\n\n1. Put on gloves before you open a red bag.\n\
2. Sort the linen by colour.\n3. Wash red bags at 71 °C for at least 3 minutes.\n4. Do not overload the machine.\n\n\
## Drying\n\n1. Clean the lint filter before each load.\n2. Dry towels for 40 minutes.\n3. Fold the towels and put them on the shelf.\n\n\
## Safety\n\n- Report a damaged cable to the supervisor at once.\n- Staff may use the small iron.\n";

fn one(diff: &SopDiff) -> &ClauseChange {
    assert_eq!(diff.changes.len(), 1, "{:#?}", diff.changes);
    &diff.changes[0]
}

#[test]
fn a_new_limit_is_an_edit_of_that_clause_alone() {
    let old = read(LAUNDRY);
    let (new, diff) = next(&old, &LAUNDRY.replace("71 °C", "65 °C"));
    let change = one(&diff);
    let (was, is) = (change.old.as_ref().unwrap(), change.new.as_ref().unwrap());
    assert_eq!((change.change, change.moved), (ChangeKind::Edited, false));
    assert_eq!((change.words[0].old.as_str(), change.words[0].new.as_str()), ("71", "65"));
    let safety = change.safety.as_ref().unwrap();
    assert!(safety.literals && !safety.negation && !safety.modality);
    assert_eq!(
        (&safety.literals_removed[..], &safety.literals_added[..]),
        (&["71 °C".to_owned()][..], &["65 °C".to_owned()][..])
    );
    assert_eq!(new.clause(&is.id).unwrap().supersedes.as_ref(), Some(&was.id));
    assert_eq!((new.document_id, new.version.number), (old.document_id, 2));
    assert_eq!(diff.summary.critical, 1);
}

#[test]
fn a_lost_negation_and_a_softer_demand_are_flagged() {
    let old = read(LAUNDRY);
    let (_, diff) = next(&old, &LAUNDRY.replace("Do not overload", "Carefully overload"));
    assert!(one(&diff).safety.as_ref().unwrap().negation);
    let (_, diff) = next(&old, &LAUNDRY.replace("Staff may use", "Staff must use"));
    assert!(one(&diff).safety.as_ref().unwrap().modality);
    let (_, diff) = next(&old, &LAUNDRY.replace("the supervisor at once", "the shift supervisor at once"));
    assert_eq!(one(&diff).safety, None);
}

#[test]
fn the_same_words_under_another_demand_are_an_edit() {
    let text = "# Phones\n\n## Allowed\n\n- Phones in the canteen\n- Cameras in the yard\n";
    let (_, diff) = next(&read(text), &text.replace("## Allowed", "## Not allowed"));
    let phones =
        diff.changes.iter().find(|c| c.new.as_ref().is_some_and(|n| n.text == "Phones in the canteen")).unwrap();
    assert!(phones.change == ChangeKind::Edited && phones.safety.as_ref().unwrap().modality);
}

#[test]
fn added_and_removed_steps_leave_the_ids_of_the_others() {
    let old = read(LAUNDRY);
    let text = LAUNDRY
        .replace("2. Sort the linen by colour.\n", "")
        .replace("1. Clean the lint filter", "1. Check that the drum is empty.\n2. Clean the lint filter");
    let (new, diff) = next(&old, &text);
    let kinds: Vec<ChangeKind> = diff.changes.iter().map(|c| c.change).collect();
    assert_eq!(kinds, [ChangeKind::Removed, ChangeKind::Added]);
    let kept: HashSet<_> = old.clauses.iter().map(|c| &c.id).collect();
    assert_eq!(new.clauses.iter().filter(|c| kept.contains(&c.id)).count(), old.clauses.len() - 1);
    assert_eq!(
        new.procedures.iter().map(|p| &p.id).collect::<Vec<_>>(),
        old.procedures.iter().map(|p| &p.id).collect::<Vec<_>>()
    );
}

#[test]
fn a_step_in_another_place_has_moved() {
    let old = read(LAUNDRY);
    let text = LAUNDRY
        .replace("2. Dry towels for 40 minutes.\n", "")
        .replace("2. Sort the linen by colour.\n", "2. Sort the linen by colour.\n3. Dry towels for 40 minutes.\n");
    let (new, diff) = next(&old, &text);
    let change = one(&diff);
    assert_eq!((change.change, change.moved), (ChangeKind::Moved, true));
    assert_eq!(change.old.as_ref().unwrap().id, change.new.as_ref().unwrap().id);
    assert!(new.clauses.iter().all(|c| c.supersedes.is_none()));
}

#[test]
fn repeated_words_keep_their_ids_when_one_more_comes_before_them() {
    let text = "# Tools\n\n## Saw\n\nClean it after use.\n\n## Drill\n\nClean it after use.\n";
    let old = read(text);
    let (new, diff) = next(&old, &text.replace("# Tools\n", "# Tools\n\n## Knife\n\nClean it after use.\n"));
    assert_eq!((diff.summary.added, diff.summary.removed, diff.summary.edited), (2, 0, 0), "{:#?}", diff.changes);
    let ids: HashSet<_> = new.clauses.iter().map(|c| &c.id).collect();
    assert_eq!(ids.len(), new.clauses.len());
    assert!(old.clauses.iter().all(|c| ids.contains(&c.id)));
}

#[test]
fn a_renamed_heading_moves_nothing() {
    let (_, diff) = next(&read(LAUNDRY), &LAUNDRY.replace("## Drying", "## Drying and folding"));
    assert_eq!(one(&diff).change, ChangeKind::Edited);
}

#[test]
fn ids_survive_a_chain_of_versions() {
    let first = read(LAUNDRY);
    let (second, _) = next(&first, &LAUNDRY.replace("40 minutes", "35 minutes"));
    let (third, diff) = next(&second, &LAUNDRY.replace("40 minutes", "35 minutes").replace("at once", "immediately"));
    assert_eq!((third.version.number, diff.changes.len()), (3, 1));
    let dried = third.clauses.iter().find(|c| c.text.contains("35 minutes")).unwrap();
    let was = first.clauses.iter().find(|c| c.text.contains("40 minutes")).unwrap();
    assert_eq!(dried.supersedes.as_ref(), Some(&was.id));
    assert!(compare(&third, &third).changes.is_empty());
}

/// A heading and two thousand steps, read a hundred at a time: only the comparison is measured.
fn long(step: impl Fn(usize) -> String) -> SopDocument {
    let part = |from: usize| read(&format!("# Valves\n\n{}", (from..from + 100).map(&step).collect::<String>()));
    let mut document = part(1);
    for from in (101..2_000).step_by(100) {
        document.clauses.extend(part(from).clauses.into_iter().skip(1));
    }
    document
}

#[test]
fn two_thousand_clauses_are_compared_at_once() {
    let step =
        |n: usize, limit: usize| format!("{n}. Check valve {n} of line {} and note {limit} bar in the log.\n", n % 37);
    let document = |limit: fn(usize) -> usize| long(|n| step(n, limit(n)));
    let (old, new) = (document(|n| n % 9 + 1), document(|n| n % 7 + 1));
    let started = std::time::Instant::now();
    let diff = compare(&old, &new);
    // Unoptimised, on a busy machine.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    assert_eq!(diff.summary.edited + diff.summary.unchanged, 2_001, "{:?}", diff.summary);
}

#[derive(Clone, Debug)]
enum Edit {
    Remove(usize),
    Insert(usize, String),
    Replace(usize, String),
    Swap(usize, usize),
}

fn sentence() -> impl Strategy<Value = String> {
    let verb = prop::sample::select(vec!["Check", "Open", "Close", "Record", "Clean", "Never open", "Do not touch"]);
    let noun = prop::sample::select(vec!["the valve", "the lid", "the tank", "the filter", "the door", "the log"]);
    (verb, noun, 1_u32..30).prop_map(|(verb, noun, n)| format!("{verb} {noun} after {n} minutes."))
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), sentence()).prop_map(|(at, s)| Edit::Insert(at, s)),
        (any::<usize>(), sentence()).prop_map(|(at, s)| Edit::Replace(at, s)),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Swap(a, b)),
    ];
    prop::collection::vec(edit, 0..8)
}

fn edited(lines: &[String], edits: &[Edit]) -> Vec<String> {
    let mut lines = lines.to_vec();
    for edit in edits {
        let length = lines.len();
        match edit {
            Edit::Remove(at) if length > 1 => drop(lines.remove(at % length)),
            Edit::Insert(at, line) => lines.insert(at % (length + 1), line.clone()),
            Edit::Replace(at, line) => lines[at % length].clone_from(line),
            Edit::Swap(a, b) => lines.swap(a % length, b % length),
            Edit::Remove(_) => {}
        }
    }
    lines
}

fn document(lines: &[String]) -> SopDocument {
    let steps: Vec<String> = lines.iter().enumerate().map(|(n, line)| format!("{}. {line}\n", n + 1)).collect();
    let steps = steps.concat();
    read(&format!("# The work of the shift\n\n{steps}"))
}

fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_changes_between_a_version_and_itself(lines in prop::collection::vec(sentence(), 1..40)) {
        let document = document(&lines);
        let diff = compare(&document, &document);
        prop_assert!(diff.changes.is_empty());
        prop_assert_eq!(diff.unchanged.len(), document.clauses.len());
    }

    #[test]
    fn every_clause_of_both_versions_is_in_exactly_one_place(
        lines in prop::collection::vec(sentence(), 1..40), edits in edits(),
    ) {
        let old = document(&lines);
        let mut new = document(&edited(&lines, &edits));
        adopt(&old, &mut new);
        let diff = compare(&old, &new);
        let states = |of: fn(&ClauseChange) -> Option<&course_format::sop::ClauseState>| -> Vec<_> {
            diff.changes.iter().filter_map(of).map(|s| s.id.clone()).chain(diff.unchanged.iter().cloned()).collect()
        };
        for (document, mut ids) in [(&old, states(|c| c.old.as_ref())), (&new, states(|c| c.new.as_ref()))] {
            let mut expected: Vec<_> = document.clauses.iter().map(|c| c.id.clone()).collect();
            ids.sort();
            expected.sort();
            prop_assert_eq!(ids, expected);
        }
        prop_assert_eq!(course_format::validate::validate_sop(&new), []);
    }

    #[test]
    fn a_changed_number_is_always_flagged(lines in prop::collection::vec(sentence(), 1..40), edits in edits()) {
        let old = document(&lines);
        let new = document(&edited(&lines, &edits));
        for change in compare(&old, &new).changes.iter().filter(|c| c.change == ChangeKind::Edited) {
            let (was, is) = (change.old.as_ref().unwrap(), change.new.as_ref().unwrap());
            if numbers(&was.text) != numbers(&is.text) {
                prop_assert!(change.safety.as_ref().is_some_and(|s| s.literals));
            }
        }
    }

    #[test]
    fn what_stayed_is_in_the_same_order(lines in prop::collection::vec(sentence(), 1..40), edits in edits()) {
        let (old, new) = (document(&lines), document(&edited(&lines, &edits)));
        let stayed: Vec<_> = align(&old.clauses, &new.clauses).into_iter().filter(|p| !p.moved).collect();
        prop_assert!(stayed.windows(2).all(|w| w[0].old < w[1].old && w[0].new < w[1].new));
    }
}

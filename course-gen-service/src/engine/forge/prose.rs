//! Items for running prose: what a rule demands, permits or forbids; whose work it is and who has to hear of it; what belongs to
//! a list; what is done where, when and how long; in which case a rule counts.

mod answers;
mod behind;
mod claims;
mod contacts;
mod forces;
mod labels;
mod lists;
mod missing;
mod passives;
mod roles;
mod strength;
mod subjects;
mod topics;
mod truths;

use super::build::{Wrong, alike_in_length, by_length, distinct};
use super::{Bench, Made};

/// Every item of these kinds.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = answers::make(bench);
    out.extend(behind::make(bench));
    out.extend(claims::make(bench));
    out.extend(contacts::make(bench));
    out.extend(forces::make(bench));
    out.extend(labels::make(bench));
    out.extend(lists::make(bench));
    out.extend(missing::make(bench));
    out.extend(passives::make(bench));
    out.extend(roles::make(bench));
    out.extend(strength::make(bench));
    out.extend(subjects::make(bench));
    out.extend(topics::make(bench));
    out.extend(truths::make(bench));
    out
}

/// Two of the pool, unlike the key and each other, and all three of about the same length.
fn two_beside(key: &str, pool: Vec<Wrong>, most_shared: f32) -> Option<Vec<Wrong>> {
    let length = key.chars().count();
    let pool = by_length(key, pool);
    let shorter = |w: &Wrong| w.text.chars().count() * 10 <= length * 11;
    let longer = |w: &Wrong| w.text.chars().count() * 11 >= length * 10;
    let sides: [Vec<Wrong>; 3] = [
        pool.clone(),
        pool.iter().filter(|w| shorter(w)).cloned().collect(),
        pool.iter().filter(|w| longer(w)).cloned().collect(),
    ];
    sides
        .into_iter()
        .filter_map(|side| distinct(key, side, 2, most_shared))
        .find(|two| alike_in_length(two[0].text.chars().count(), two[1].text.chars().count()))
}

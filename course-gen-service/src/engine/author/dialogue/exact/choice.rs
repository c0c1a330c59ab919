//! Yes or no: what is allowed, what is not, and on which condition.

use course_format::Level;

use super::{Clause, Pair, Verb};
use crate::engine::author::dialogue::subject::pronoun;
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::english::words::base_of_participle;

/// Before which a rule names the case in which it does not hold.
const EXCEPTIONS: [&str; 4] = [" unless ", " without ", " until ", " before "];

/// "not admitted unless the head of security agrees" -> "Are visitors without ID admitted?" - "No, not unless ..."
pub fn refused_unless(clause: &Clause, level: Level) -> Option<Pair> {
    let whole = clause.whole();
    let (core, mark, tail) =
        EXCEPTIONS.iter().find_map(|mark| whole.split_once(mark).map(|(core, tail)| (core, *mark, tail)))?;
    let question = permission(clause, core, level)?;
    (word_count(tail) <= 12 && !tail.contains(" and must ")).then(|| (question, format!("No, not{mark}{tail}.")))
}

/// "Cash withdrawals are not permitted." -> "Are cash withdrawals permitted?" - "No, they aren’t."
pub fn refused(clause: &Clause, level: Level) -> Option<Pair> {
    let it = pronoun(&clause.subject)?;
    let answer = match (clause.verb, it) {
        (Verb::Must, _) => format!("No, {it} mustn’t."),
        (Verb::Is, "they") => "No, they aren’t.".to_owned(),
        (Verb::Is, _) => format!("No, {it} isn’t."),
        (Verb::May, _) => format!("No, {it} may not."),
        (Verb::Should | Verb::Do, _) => return None,
    };
    Some((permission(clause, &clause.whole(), level)?, answer))
}

/// "may be used if the hands are clean" -> "Can hand rub be used?" - "Yes, if ...", "are required for every expense" -> "Are
/// receipts required?" - "Yes, for every expense.", "is forbidden in the store" -> "Is smoking allowed in the store?" - "No, ..."
pub fn granted(clause: &Clause, level: Level) -> Option<Pair> {
    let whole = clause.whole();
    let rest = whole.strip_prefix("be ")?;
    let (done, tail) = rest.split_once(' ').unwrap_or((rest, ""));
    if clause.verb == Verb::Is && matches!(done, "forbidden" | "prohibited") {
        let it = pronoun(&clause.subject)?;
        let question = clause.ask("", format!("allowed {tail}").trim(), level)?;
        let be = if it == "they" { "they’re" } else { "it’s" };
        return Some((question, format!("No, {be} {done}.")));
    }
    base_of_participle(done)?;
    let opens = ["if ", "only if ", "only when ", "when ", "for ", "from ", "after ", "at all times", "before "]
        .iter()
        .any(|p| tail.starts_with(p));
    let asks = matches!(clause.verb, Verb::Must | Verb::May | Verb::Is) && word_count(tail) <= 12;
    let core = format!("be {done}");
    let question = clause.ask("", clause.without_be(&core), level)?;
    let single = !tail.contains(" and must ") && !tail.contains(" and may ") && !tail.contains(" and is ");
    (opens && asks && single).then(|| (question, sentence(&capitalise(&format!("yes, {tail}")))))
}

/// A ban is asked about as a permission: "Can contact lenses be worn here?"
fn permission(clause: &Clause, core: &str, level: Level) -> Option<String> {
    let digits = core.chars().any(|c| c.is_ascii_digit());
    let asked = match clause.verb {
        Verb::Must | Verb::May => Clause { verb: Verb::May, ..clause.clone() },
        Verb::Is => clause.clone(),
        Verb::Should | Verb::Do => return None,
    };
    (!digits).then(|| asked.ask("", asked.without_be(core), level.min(Level::B1)))?
}

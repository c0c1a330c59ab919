//! R3, the passive to "you", and R4, the agent as subject.

use super::phrase::{bare, participle_base, without_capital};
use crate::engine::english::forms::{is_plural, third_person};
use crate::engine::english::text::capitalise;
use crate::engine::english::words::{is_finite, is_function, names_people};

/// What the person who reads does with their own hands. Approving, training or servicing may be somebody else's work.
const HANDS: &str = "
add apply ask attach bag bring brush carry change check clean clear close collect cook cool cover cut date defrost discard disinfect dispose
drain dry dust empty fill fold freeze give handle hang heat hold inform keep label leave lift lock log lower measure mix mop move notify open pack
place pour press put record refill remove report return rinse scrape seal separate set soak stack start stir stop store sweep switch take
throw tie turn unload unplug use wash wear weigh wipe wrap write reuse
block book cancel chop complete connect copy destroy disconnect fasten follow iron loosen mark peel pipette polish prepare print sanitise sanitize
save scan send serve share shred submit thaw tick tighten touch";

/// "The form must be signed by a cook." -> "A cook must sign the form."
pub fn agent(sentence: &str, text: &str) -> Option<String> {
    let found = passive(sentence).or_else(|| present(sentence))?;
    let at = found.rest.iter().position(|w| *w == "by")?;
    if found.rest[at + 1..].contains(&"by") {
        return None;
    }
    let (actor, end) = actor(&found.rest, at + 1)?;
    let elsewhere = found.rest[..at].iter().chain(&found.rest[end..]);
    if elsewhere.clone().any(|w| matches!(*w, "or" | "and")) {
        return None;
    }
    let mut rest: Vec<&str> = found.rest[..at].to_vec();
    rest.extend(&found.rest[end..]);
    Some(active(&capitalise(&actor), &found, &rest, text))
}

/// The people after "by", and where they end: "a cook", "the manager or the nurse".
fn actor(rest: &[&str], from: usize) -> Option<(String, usize)> {
    let ends = |w: &&str| {
        matches!(*w, "daily" | "weekly" | "monthly" | "yearly" | "immediately")
            || is_function(bare(w))
                && !matches!(bare(w), "the" | "a" | "an" | "every" | "each" | "all" | "of" | "their" | "both" | "or")
    };
    let end = rest[from..].iter().position(ends).map_or(rest.len(), |i| from + i);
    let said = rest[from..end].join(" ");
    let said = said.trim_end_matches(['.', ',']);
    let people = said.split(" or ").all(|one| !one.is_empty() && names_people(one));
    let single = !said.contains(',') && said.matches(" or ").count() <= 1 && !said.ends_with(" or");
    (people && single).then(|| (said.to_owned(), end))
}

/// "All lids must be closed." -> "You must close all lids." Only for what readers do themselves.
pub fn you(sentence: &str, text: &str) -> Option<String> {
    let found =
        passive(sentence).filter(|p| matches!(p.modal, "must" | "should" | "have to" | "need to") && !p.only)?;
    let hands = HANDS.split_whitespace().any(|v| v == found.verb)
        && found.second.as_ref().is_none_or(|v| HANDS.split_whitespace().any(|h| h == v));
    // Archives and yearly rounds are the company's duty.
    let long_term = found.rest.iter().any(|w| matches!(*w, "month" | "months" | "year" | "years"));
    // "linen that has touched the floor again": what follows would belong to the clause.
    let joins = found.subject.split(' ').any(|w| matches!(w, "that" | "which" | "who")) && !found.rest.is_empty();
    if !hands || long_term || joins || found.rest.iter().any(|w| matches!(*w, "by" | "being")) {
        return None;
    }
    Some(active("You", &found, &found.rest, text))
}

struct Passive<'a> {
    subject: String,
    /// "must", "should", "may", "can"; empty for what is done as a rule.
    modal: &'a str,
    only: bool,
    negative: bool,
    adverb: Option<&'a str>,
    verb: String,
    /// "labelled and dated": the second verb.
    second: Option<String>,
    rest: Vec<&'a str>,
}

/// "SUBJECT must (not) be DONE ...", one clause only.
fn passive(sentence: &str) -> Option<Passive<'_>> {
    let words: Vec<&str> = sentence.strip_suffix('.')?.split(' ').collect();
    let to_be = |at: usize| words.get(at + 1) == Some(&"to") && words.get(at + 2) == Some(&"be");
    let must = words.iter().enumerate().position(|(at, w)| match *w {
        "must" | "should" | "may" | "can" => true,
        "have" | "has" | "need" | "needs" => to_be(at),
        _ => false,
    })?;
    if !is_one_thing(&words[..must]) {
        return None;
    }
    let modal = match words[must] {
        "have" | "has" => "have to",
        "need" | "needs" => "need to",
        modal => modal,
    };
    let mut at = must + modal.split(' ').count();
    let negative = words.get(at) == Some(&"not");
    at += usize::from(negative);
    let only = words.get(at) == Some(&"only");
    at += usize::from(only);
    if words.get(at) != Some(&"be") || !(1..=11).contains(&must) {
        return None;
    }
    at += 1;
    let adverb = words.get(at).copied().filter(|w| w.ends_with("ly") || *w == "always");
    at += usize::from(adverb.is_some());
    let verb = participle_base(words.get(at)?)?;
    let mut second = None;
    if words.get(at + 1) == Some(&"and") {
        second = Some(participle_base(words.get(at + 2)?)?);
        at += 2;
    }
    let subject = words[..must].join(" ");
    let rest: Vec<&str> = words[at + 1..].to_vec();
    let lower = subject.to_lowercase();
    let listed = !subject.contains(',') || subject.contains(" and ") && !subject.contains(", and");
    let single = listed
        && !subject.contains([':', '(', '→', '|'])
        && !rest.iter().any(|w| w.contains([':', '(', '→']) || *w == "must")
        && !rest.windows(2).any(|w| w[0] == "and" && goes_on(w[1]))
        && rest.last() != Some(&"and");
    let stands = !["that", "this", "these", "those", "they", "if", "when", "there", "who", "which"]
        .iter()
        .any(|w| lower.split(' ').next() == Some(w));
    let no_place_first = !["in", "on", "at", "for", "during", "after", "before", "to", "once"]
        .iter()
        .any(|w| lower.split(' ').next() == Some(w));
    (single && stands && no_place_first).then_some(Passive {
        subject,
        modal,
        only,
        negative,
        adverb,
        verb,
        second,
        rest,
    })
}

/// "(must be washed with soap) and dried" may have a second verb; "between 90 cm and 120 cm" has none.
fn goes_on(word: &str) -> bool {
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    !number && !matches!(word, "the" | "a" | "an" | "your" | "all" | "any")
}

/// Whether the words before the modal are a subject and nothing else: no clause of their own stands before it.
fn is_one_thing(subject: &[&str]) -> bool {
    let relative = subject.iter().position(|w| matches!(*w, "that" | "which" | "who")).unwrap_or(subject.len());
    let clause = |w: &&str| {
        is_finite(w)
            || w.ends_with(';')
            || matches!(
                *w,
                "they" | "it" | "you" | "we" | "until" | "because" | "so" | "if" | "when" | "where" | "while"
            )
    };
    let verbs = subject.iter().filter(|w| is_finite(w)).count();
    !subject[..relative].iter().any(clause) && !subject.iter().any(|w| w.ends_with(';')) && verbs <= 1
}

/// "SUBJECT is DONE by ...", one clause only: what is done as a rule.
fn present(sentence: &str) -> Option<Passive<'_>> {
    let words: Vec<&str> = sentence.strip_suffix('.')?.split(' ').collect();
    let be = words.iter().position(|w| matches!(*w, "is" | "are"))?;
    let verb = participle_base(words.get(be + 1)?)?;
    let subject = words[..be].join(" ");
    let rest: Vec<&str> = words[be + 2..].to_vec();
    let plain = !sentence.contains([',', ':', '(', '→', '|', ';'])
        && !rest.iter().any(|w| matches!(*w, "must" | "who" | "that" | "which" | "if" | "when" | "unless"));
    let stands = ["the ", "a ", "an ", "all ", "every ", "each "].iter().any(|d| subject.to_lowercase().starts_with(d));
    let several = is_plural(&subject) == Some(true) && !subject.contains(" and ") && !is_function(words[0]);
    let stands = stands && be >= 2 || several;
    (plain && stands && (1..=6).contains(&be)).then_some(Passive {
        subject,
        modal: "",
        only: false,
        negative: false,
        adverb: None,
        verb,
        second: None,
        rest,
    })
}

fn active(actor: &str, found: &Passive<'_>, rest: &[&str], text: &str) -> String {
    let object = if found.subject == "It" { "it".to_owned() } else { without_capital(&found.subject, text) };
    let adverb = found.adverb.map(|a| format!("{a} ")).unwrap_or_default();
    let not = if found.negative { " not" } else { "" };
    let several = is_plural(actor).unwrap_or(false) || actor == "You";
    let modal = match found.modal {
        "have to" if !several => "has to",
        "need to" if !several => "needs to",
        modal => modal,
    };
    let (must, adverb) = match found.adverb {
        Some("always") if !found.negative => (format!("{modal} always "), String::new()),
        _ if modal.is_empty() => (String::new(), adverb),
        _ => (format!("{modal}{not} "), adverb),
    };
    let verb = if found.modal.is_empty() && !several { third_person(&found.verb) } else { found.verb.clone() };
    let actor = if found.only { format!("Only {}", without_capital(actor, text)) } else { actor.to_owned() };
    let second = found.second.as_ref().map(|v| format!(" and {v}")).unwrap_or_default();
    let rest = if rest.is_empty() { String::new() } else { format!(" {}", rest.join(" ")) };
    format!("{actor} {must}{adverb}{verb}{second} {object}{rest}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agent_becomes_the_subject() {
        assert_eq!(agent("The form must be signed by a cook.", "the").as_deref(), Some("A cook must sign the form."));
        assert_eq!(
            agent("Rejected goods may only be released by the Quality Manager.", "rejected goods").as_deref(),
            Some("Only the Quality Manager may release rejected goods.")
        );
        assert_eq!(
            agent("The log is signed by the analyst.", "the log").as_deref(),
            Some("The analyst signs the log.")
        );
        assert_eq!(
            agent("Any change must be approved by the Manager or the Nurse.", "any change").as_deref(),
            Some("The Manager or the Nurse must approve any change.")
        );
        assert_eq!(
            agent("Plans for trips are checked by the team daily.", "plans").as_deref(),
            Some("The team checks plans for trips daily.")
        );
        assert_eq!(agent("Plans are checked by the team.", "plans").as_deref(), Some("The team checks plans."));
        assert_eq!(
            agent("The form has to be signed by the nurse.", "the").as_deref(),
            Some("The nurse has to sign the form.")
        );
        assert_eq!(agent("The form must be signed.", "the"), None);
        assert_eq!(agent("Acid on the floor is covered and may only be removed by trained staff.", "acid"), None);
        assert_eq!(agent("It must be done by hand.", "it"), None);
    }

    #[test]
    fn readers_are_told_what_they_do() {
        assert_eq!(you("All lids must be closed.", "all lids").as_deref(), Some("You must close all lids."));
        assert_eq!(you("Pans must be washed and covered.", "pans").as_deref(), Some("You must wash and cover pans."));
        assert_eq!(
            you("Daily, weekly and monthly checks must be recorded in the app.", "daily").as_deref(),
            Some("You must record daily, weekly and monthly checks in the app.")
        );
        assert_eq!(you("The door must not be opened.", "the").as_deref(), Some("You must not open the door."));
        assert_eq!(
            you("Claims have to be submitted within 30 days.", "claims").as_deref(),
            Some("You have to submit claims within 30 days.")
        );
        assert_eq!(
            you("Boxes must be kept off the floor, at a height between 90 cm and 120 cm.", "boxes").as_deref(),
            Some("You must keep boxes off the floor, at a height between 90 cm and 120 cm.")
        );
        assert_eq!(you("Pans must be washed with soap and dried with a cloth.", "pans"), None);
        assert_eq!(you("Rooms should be booked early.", "rooms").as_deref(), Some("You should book rooms early."));
        assert_eq!(you("Doors must be kept closed.", "doors").as_deref(), Some("You must keep doors closed."));
    }

    #[test]
    fn what_others_may_do_stays_passive() {
        for sentence in [
            "The lift must be serviced every year.",
            "Requests must be approved.",
            "The form must be signed by a cook.",
            "Linen that has touched the floor has to be washed again.",
            "Guests wait in the hall until the host comes; they must not be sent up alone.",
            "Incidents need to be reported within one hour of being found.",
        ] {
            assert_eq!(you(sentence, "the"), None, "{sentence}");
        }
    }
}

//! Word lists that the rules read: small, plain, and in one place.

use std::{collections::HashSet, sync::LazyLock};

static VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("words/verbs.txt").split_whitespace().collect());
static NOUNS_TOO: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("words/nouns_too.txt").split_whitespace().collect());

/// A word that tells people what to do when it opens a sentence ("remove", "check").
pub fn is_verb(word: &str) -> bool {
    VERBS.contains(word) || NOUNS_TOO.contains(word)
}

/// A verb that is as often a noun or adjective ("check", "label", "clean").
pub fn is_noun_too(word: &str) -> bool {
    NOUNS_TOO.contains(word)
}

/// Words that begin a noun phrase. A word before one of them, at the start of a sentence, is a verb.
pub fn opens_noun_phrase(word: &str) -> bool {
    matches!(
        word,
        "the" | "a" | "an" | "your" | "all" | "any" | "each" | "every" | "this" | "that" | "these" | "those" | "both" | "no" | "it" | "them" | "its" | "their" | "our" | "his" | "her" | "one" | "two"
            | "three" | "four" | "five" | "six" | "ten" | "some" | "enough" | "sufficient" | "new" | "only" | "another" | "other" | "him" | "us" | "me" | "everything" | "as"
    ) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Prepositions and particles that follow a verb.
pub fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "about" | "above" | "according" | "across" | "after" | "against" | "along" | "among" | "around" | "at" | "away" | "back" | "before" | "behind" | "below" | "beneath" | "beside" | "between" | "beyond"
            | "by" | "down" | "during" | "for" | "from" | "in" | "inside" | "into" | "near" | "of" | "off" | "on" | "onto" | "out" | "outside" | "over" | "past" | "per" | "prior" | "round" | "since"
            | "through" | "throughout" | "to" | "together" | "toward" | "towards" | "under" | "underneath" | "until" | "up" | "upon" | "using" | "via" | "with" | "within" | "without"
    )
}

/// Words that are never a command: pronouns, articles, conjunctions, question words, auxiliaries.
pub fn is_function_word(word: &str) -> bool {
    is_preposition(word)
        || matches!(
            word,
            "the" | "a" | "an" | "this" | "that" | "these" | "those" | "i" | "you" | "he" | "she" | "it" | "we" | "they" | "my" | "your" | "his" | "her" | "its" | "our" | "their" | "and" | "or" | "but"
                | "nor" | "so" | "if" | "when" | "whenever" | "where" | "while" | "because" | "although" | "though" | "unless" | "as" | "than" | "what" | "which" | "who" | "whom" | "whose" | "why"
                | "how" | "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am" | "has" | "had" | "does" | "did" | "will" | "would" | "shall" | "should" | "can" | "could" | "may" | "might" | "must"
                | "not" | "no" | "none" | "never" | "there" | "here" | "all" | "any" | "each" | "every" | "some" | "both" | "either" | "neither" | "many" | "much" | "most" | "more" | "less" | "few" | "several"
                | "one" | "two" | "three" | "such" | "other" | "another" | "only" | "also" | "then" | "even" | "just" | "yes" | "once" | "everything" | "everyone" | "everybody" | "anyone" | "nobody" | "someone"
                | "half" | "except" | "despite" | "like" | "unlike" | "due"
        )
}

pub fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are" | "was" | "were" | "has" | "had" | "does" | "did" | "will" | "would" | "shall" | "should" | "can" | "could" | "may" | "might" | "must" | "cannot" | "isn't" | "aren't" | "won't" | "doesn't"
    )
}

/// Adverbs that may stand before a command.
pub fn is_opening_adverb(word: &str) -> bool {
    matches!(word, "always" | "also" | "then" | "now" | "next" | "please" | "first" | "firstly" | "finally" | "just" | "only" | "again" | "afterwards" | "afterward" | "thereafter" | "and" | "so" | "once" | "twice" | "kindly" | "otherwise")
        || (word.len() > 4 && word.ends_with("ly") && !matches!(word, "apply" | "supply" | "reply" | "comply" | "rely" | "multiply" | "only" | "assembly"))
}

/// A job or group of people, by the last word of its name.
pub fn is_role(name: &str) -> bool {
    let last = name.split(['(', ',']).next().unwrap_or_default().split_whitespace().last().unwrap_or_default().to_lowercase();
    let singular = last.strip_suffix('s').unwrap_or(&last);
    matches!(
        singular,
        "administrator" | "agent" | "analyst" | "assistant" | "attendant" | "auditor" | "chef" | "cleaner" | "clerk" | "contractor" | "cook" | "coordinator" | "customer" | "director" | "doctor" | "driver"
            | "employee" | "engineer" | "guard" | "guest" | "handler" | "head" | "housekeeper" | "inspector" | "instructor" | "lead" | "leader" | "manager" | "member" | "nurse" | "officer" | "operator"
            | "owner" | "patient" | "personnel" | "pharmacist" | "physician" | "planner" | "porter" | "receptionist" | "representative" | "researcher" | "responder" | "scientist" | "staff" | "student"
            | "supervisor" | "supplier" | "team" | "technician" | "trainee" | "trainer" | "user" | "visitor" | "volunteer" | "waiter" | "warden" | "worker" | "committee" | "department" | "person" | "crew"
    )
}

//! The small words of English, and the forms of irregular verbs.

use super::Tag;
use crate::pipeline::words::{is_noun_too, is_verb};

pub const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen", "twenty",
    "half",
];

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "these", "those", "my", "your", "his", "its", "our", "their", "her", "all", "both",
    "each", "every", "any", "some", "no", "another", "either", "neither", "many", "several", "few", "enough", "more",
    "most", "such",
];
const PRONOUNS: &[&str] = &[
    "it",
    "they",
    "them",
    "you",
    "we",
    "us",
    "he",
    "she",
    "him",
    "i",
    "me",
    "everything",
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "nobody",
    "someone",
    "somebody",
    "something",
    "anything",
    "nothing",
    "themselves",
    "itself",
    "yourself",
    "there",
    "none",
];
const BE: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "it's", "they're", "you're",
    "we're", "that's", "there's",
];
const MODALS: &[&str] = &[
    "must",
    "shall",
    "should",
    "may",
    "can",
    "could",
    "might",
    "will",
    "would",
    "cannot",
    "can't",
    "won't",
    "shouldn't",
    "mustn't",
    "needn't",
    "you'll",
    "we'll",
    "they'll",
    "it'll",
];
const SUBORDINATORS: &[&str] = &[
    "if", "when", "whenever", "while", "once", "unless", "until", "because", "although", "though", "since", "as", "so",
    "where", "wherever", "but", "before", "after", "whereas",
];
const ADVERBS: &[&str] = &[
    "always",
    "also",
    "only",
    "again",
    "immediately",
    "then",
    "now",
    "once",
    "twice",
    "first",
    "last",
    "together",
    "overnight",
    "here",
    "there",
    "back",
    "away",
    "otherwise",
    "meanwhile",
    "however",
    "therefore",
    "still",
    "already",
    "just",
    "too",
    "very",
    "straight",
    "afterwards",
    "aloud",
    "apart",
    "aside",
    "upside",
    "indoors",
    "outdoors",
    "well",
    "instead",
    "elsewhere",
    "sometimes",
    "often",
    "even",
];

pub fn tag(lower: &str) -> Option<Tag> {
    let lists: [(&[&str], Tag); 6] = [
        (DETERMINERS, Tag::Determiner),
        (PRONOUNS, Tag::Pronoun),
        (BE, Tag::Be),
        (MODALS, Tag::Modal),
        (SUBORDINATORS, Tag::Subordinator),
        (ADVERBS, Tag::Adverb),
    ];
    lists.iter().find(|(words, _)| words.contains(&lower)).map(|(_, tag)| *tag).or(match lower {
        "has" | "have" | "had" | "haven't" | "hasn't" => Some(Tag::Have),
        "do" | "does" | "did" | "don't" | "doesn't" => Some(Tag::Do),
        "than" | "except" => Some(Tag::Preposition),
        "how" | "what" | "whether" | "why" => Some(Tag::Question),
        _ => None,
    })
}

pub fn is_subject(lower: &str) -> bool {
    matches!(lower, "you" | "we" | "they" | "i" | "he" | "she" | "anyone" | "everyone" | "nobody")
}

/// "enters" is "enter", "carries" is "carry".
pub fn base_of_s(lower: &str) -> Option<String> {
    if lower.ends_with("ss")
        || lower.len() < 4
        || matches!(lower, "shelves" | "clothes" | "goods" | "means" | "glasses")
    {
        return None;
    }
    let candidates = [
        lower.strip_suffix("ies").map(|stem| format!("{stem}y")),
        lower.strip_suffix('s').map(str::to_owned),
        lower.strip_suffix("es").map(str::to_owned),
    ];
    candidates.into_iter().flatten().find(|base| is_verb(base) || DESCRIBES.contains(&base.as_str()))
}

/// Verbs that describe and never command.
pub const DESCRIBES: &[&str] = &[
    "become", "belong", "cause", "consist", "cost", "depend", "exist", "fail", "happen", "lie", "mean", "need",
    "occur", "own", "seem", "show", "sound", "vary", "apply", "approve", "lose", "burn", "protect", "act", "come",
    "go", "know", "want", "expire", "define", "guess", "arrive", "leak", "comprise", "react", "differ", "form",
    "involve", "result", "serve", "look", "feel", "smell", "require", "reach", "exceed", "contact", "cover", "say",
    "mean", "help",
];

/// Verbs that say how a thing is: "stays cold".
pub const COPULAS: &[&str] =
    &["stay", "remain", "become", "get", "look", "smell", "feel", "taste", "sound", "seem", "keep"];

/// "holds", "explains": a verb with an s that is no plural.
pub fn is_plain_s_verb(lower: &str) -> bool {
    lower.ends_with('s') && base_of_s(lower).is_some_and(|base| is_verb(&base) && !is_noun_too(&base))
}

/// The verb of an irregular participle: "kept" is "keep".
pub fn base_of_past(lower: &str) -> Option<&'static str> {
    IRREGULAR.iter().find(|(past, _)| *past == lower).map(|(_, base)| *base)
}

/// Names of things and not of deeds.
pub const NAMES_IN_ING: &[&str] = &[
    "packaging",
    "building",
    "lighting",
    "bedding",
    "clothing",
    "opening",
    "reading",
    "warning",
    "meeting",
    "bearing",
    "fitting",
    "housing",
    "railing",
    "ceiling",
    "flooring",
    "piping",
    "tubing",
    "wiring",
    "dressing",
    "seasoning",
    "string",
    "spring",
    "morning",
    "evening",
    "training",
    "ring",
    "thing",
    "something",
    "anything",
    "everything",
    "nothing",
    "during",
];

const IRREGULAR: &[(&str, &str)] = &[
    ("kept", "keep"),
    ("read", "read"),
    ("made", "make"),
    ("done", "do"),
    ("sent", "send"),
    ("put", "put"),
    ("taken", "take"),
    ("given", "give"),
    ("written", "write"),
    ("worn", "wear"),
    ("held", "hold"),
    ("left", "leave"),
    ("set", "set"),
    ("cut", "cut"),
    ("found", "find"),
    ("seen", "see"),
    ("thrown", "throw"),
    ("frozen", "freeze"),
    ("broken", "break"),
    ("drawn", "draw"),
    ("brought", "bring"),
    ("told", "tell"),
    ("met", "meet"),
    ("shut", "shut"),
    ("hung", "hang"),
    ("built", "build"),
    ("bought", "buy"),
    ("eaten", "eat"),
    ("chosen", "choose"),
    ("spent", "spend"),
    ("sold", "sell"),
    ("paid", "pay"),
    ("lost", "lose"),
    ("stuck", "stick"),
    ("swept", "sweep"),
    ("driven", "drive"),
    ("known", "know"),
    ("hidden", "hide"),
    ("laid", "lay"),
    ("run", "run"),
    ("begun", "begin"),
    ("understood", "understand"),
    ("overseen", "oversee"),
    ("withdrawn", "withdraw"),
    ("torn", "tear"),
    ("bent", "bend"),
    ("lit", "light"),
    ("wound", "wind"),
    ("fed", "feed"),
    ("led", "lead"),
    ("spilt", "spill"),
];

/// The base of any participle: by the list of irregular ones, else by its ending.
pub fn base(participle: &str) -> String {
    if let Some(base) = base_of_past(participle) {
        return base.to_owned();
    }
    let candidates = [
        participle.strip_suffix("ied").map(|s| format!("{s}y")),
        participle.strip_suffix('d').map(str::to_owned),
        participle.strip_suffix("ed").map(str::to_owned),
        participle.strip_suffix("ed").and_then(|s| s.strip_suffix(|_: char| true)).map(str::to_owned),
    ];
    candidates.into_iter().flatten().find(|c| is_verb(c)).unwrap_or_else(|| cefr::lemma(participle))
}

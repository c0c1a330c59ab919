//! Which kind of clause these words are.

use course_format::sop::{ClauseKind, Modality};

use crate::pipeline::pattern::patterns;

patterns! {
    WARNING_LABEL = r"(?i)^\W*[⚠☠☢☣⛔]|^\W*(?:warning|caution|danger|hazard|beware|safety (?:note|warning)|biohazard)\b\s*[:!.–—-]";
    HARM = r"(?i)\b(?:toxic|poison(?:ing|ous)?|injur(?:y|ies|e|ed)|hazard(?:ous)?|fatal|death|explo(?:de|sion|sive)|electrocut\w+|electric shock|scald\w*|suffocat\w+|can burst|may burst|be lost|food poisoning|serious harm|(?:severe|serious|allergic|life-threatening) (?:reaction|injur(?:y|ies)|burns?|illness|harm)|(?:liver|kidney|heart) failure|anaphyla\w+|flammable|carcinogenic|life-threatening)\b";
    // What a thing is called warns of nothing.
    NAMED_HARM = r"(?i)\b(?:hazardous|flammable|toxic|explosive|poisonous|carcinogenic|cytotoxic)\s+(?:and\s+\p{L}+\s+)?(?:wastes?|materials?|substances?|chemicals?|liquids?|goods|items?|products?|areas?|zones?|drugs?|storage|stores?|cabinets?|atmospheres?)\b|\blow-hazard\b|\bhazards?\s+(?:labels?|symbols?|signs?|pictograms?|assessments?|communication|class(?:es)?|analysis|reports?|register|tape)\b";
    // What is done to keep harm away is no warning of it.
    KEPT_AWAY = r"(?i)\b(?:without|to prevent|to avoid|prevents?|preventing|protects? (?:\p{L}+ ){0,3}(?:from|against)|free (?:of|from)|reduce the risk of|against)\s[^,.;]*";
    DEFINES = r#"(?i)(?:^(?:an?|the)?\s*["“][^"”]{2,60}["”].{0,60}?\b(?:is|are|means?)\b|^[^.,;:]{2,60}?\s(?:means|refers to|is defined as|are defined as|stands for|is short for|is the term for|denotes)\s|^means\b|^(?:what is|what are) [^?]{2,60}\? )"#;
    IS_A = r"^(?:An?|The)\s[^.,;:]{2,40}?\s(?:is|are)\s(?:an?|the|any)\s[^.]*\b(?:that|which|who|whose|where|in which|used to|used for)\b";
    MEANS = r#"(?i)^(?:an?\s|the\s)?(?:["“][^"”]{2,60}["”]|[^.,;:"“]{2,40}?)\s+(?:means|refers to|is defined as|are defined as|stands for|is short for|is the term for|denotes)\s"#;
    RULES = r"(?i)\b(?:responsibilit(?:y|ies)|polic(?:y|ies)|purpose|scope|general(?: rules| requirements| provisions)?|requirements|principles|references|records|roles)$";
    CONDITIONAL = r"(?i)^(?:if|when|to|for|in|once|this|that|it|these)\s";
    ENTRY = r"^[\p{L}\d][\p{L}\d /&’'()-]{1,48}(?::|\s[–—-])\s";
    GLOSSARY = r"(?i)\b(?:definitions?|glossary|terminology|abbreviations|acronyms|terms)\b";
}

/// "Contact time: the time for which …" under "Definitions": the name of a thing, whatever its first word looks like.
pub fn is_glossary_entry(text: &str, section: &str) -> bool {
    GLOSSARY.is_match(section) && ENTRY.is_match(text)
}

/// Sections whose numbered sentences say what holds, and not what is done one after the other.
pub fn is_for_rules(section: &str) -> bool {
    RULES.is_match(section)
}

/// What surrounds the words that are to be classed.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub section: &'a str,
    pub in_ordered_list: bool,
    pub modality: Modality,
    /// The demand comes from a command.
    pub commands: bool,
}

/// "“Rated capacity” means the heaviest load that the truck may lift": what is said inside of a definition demands nothing.
pub fn is_definition(text: &str) -> bool {
    MEANS.is_match(text)
}

pub fn of(text: &str, around: Around<'_>) -> ClauseKind {
    if is_definition(text) && !CONDITIONAL.is_match(text) && around.modality == Modality::None {
        return ClauseKind::Definition;
    }
    if WARNING_LABEL.is_match(text) || around.modality == Modality::MustNot {
        return ClauseKind::Warning;
    }
    let glossary = GLOSSARY.is_match(around.section);
    let demands = around.modality != Modality::None;
    if !around.commands
        && HARM.is_match(text)
        && HARM.is_match(&KEPT_AWAY.replace_all(&NAMED_HARM.replace_all(text, " "), " "))
        && !glossary
        && (!demands || around.modality == Modality::Must && !around.in_ordered_list)
    {
        return ClauseKind::Warning;
    }
    if demands {
        // "2.3 Maintenance shall respond": numbered sentences of such sections are rules and no steps.
        let rules = !around.commands && is_for_rules(around.section);
        return if around.in_ordered_list && !rules { ClauseKind::Step } else { ClauseKind::Rule };
    }
    let defines = DEFINES.is_match(text) || IS_A.is_match(text);
    if glossary || defines && !CONDITIONAL.is_match(text) {
        return ClauseKind::Definition;
    }
    ClauseKind::Fact
}

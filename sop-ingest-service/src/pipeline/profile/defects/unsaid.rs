//! Steps that leave out who does them, or when they are done well.

use course_format::sop::{Clause, ClauseKind, Defect, LiteralKind, Modality};

use super::{defect, is_demand, opening};
use crate::pipeline::pattern::patterns;

patterns! {
    // Tasks for which it matters who does them.
    TASK = r"(?i)\b(?:must|shall|should|has to|have to|needs? to|(?:is|are) to|is|are)\s+(?:always\s+|also\s+|then\s+|immediately\s+|either\s+)?(?:be\s+)?(?P<task>made available|carried out|recorded|checked|reported|inspected|approved|requested|authori[sz]ed|reviewed|signed|notified|informed|created|documented|provided|performed|conducted|completed|verified|monitored|calibrated|trained|supervised|ordered|archived|disposed of|logged|tested)\b";
    BY = r"(?i)\bby\s+(?:the |an? |all |any |every |each |two |their )?\p{L}";
    ASIDE = r"(?i)(?:^|[\s,(])(?:if|when|whenever|once|after|before|until|unless|that|which|who|where|as)\s[^,;.]*$";
    WAITS_FOR_LIMIT = r"(?i)^(?:wait|heat|preheat|cool|incubate|soak|simmer|boil|bake|thaw|defrost|chill|dilute|centrifuge|spin|marinate|rest|steam|warm)\b|^let\s(?:\p{L}+\s){1,4}(?:cool(?: down)?|heat up|warm up|dry|rest|soak|stand|drain|cure|set)\b";
    SAYS_WHEN = r"(?i)\b(?:until|till|overnight|completely|to the (?:line|mark)|immediately|for (?:a|an|one|two|\d)|as (?:in|for|before)|step \d|again|instructions|confirmation|permission|your turn|freezers?)\b";
    LEVEL_UNSAID = r"(?i)\b(?:running low|run(?:s|ning)? out|low stock|too (?:hot|cold|warm|long|high|low|full|heavy|close|fast)|hot or warm|(?:heavy|thick) (?:ice|dirt|grease|build-?up)|at room temperature|out of range)\b";
}

pub fn find(clause: &Clause, found: &mut Vec<Defect>) {
    nobody_does_it(clause, found);
    no_limit(clause, found);
}

fn nobody_does_it(clause: &Clause, found: &mut Vec<Defect>) {
    let fits = matches!(clause.kind, ClauseKind::Rule | ClauseKind::Step | ClauseKind::Fact);
    if !fits || clause.slots.actor.is_some() || BY.is_match(&clause.text) || clause.modality == Modality::May {
        return;
    }
    let Some(task) = TASK.captures(&clause.text) else { return };
    let (Some(whole), Some(verb)) = (task.get(0), task.name("task")) else { return };
    // "If a fault is reported, …": somebody else's business.
    let stated = clause.modality == Modality::None && !whole.as_str().to_lowercase().contains("be ");
    let in_aside = ASIDE.is_match(&clause.text[..whole.start()]);
    if in_aside || stated && !matches!(verb.as_str(), "carried out" | "performed" | "conducted" | "made available") {
        return;
    }
    let suggestion =
        format!("Name the role that does this: who is to see that it is {}?", verb.as_str().to_lowercase());
    found.push(defect("no_actor", clause, opening(&clause.text), suggestion));
}

fn no_limit(clause: &Clause, found: &mut Vec<Defect>) {
    if !is_demand(clause) {
        return;
    }
    let measured = clause
        .literals
        .iter()
        .any(|l| matches!(l.kind, LiteralKind::Quantity | LiteralKind::Limit | LiteralKind::Range | LiteralKind::Time));
    if let Some(unsaid) = LEVEL_UNSAID.find(&clause.text).filter(|_| !measured) {
        let suggestion = "Give the limit in numbers, so that everybody acts at the same point.";
        found.push(defect("no_limit", clause, unsaid.as_str(), suggestion));
    } else if WAITS_FOR_LIMIT.is_match(&clause.text) && !measured && !SAYS_WHEN.is_match(&clause.text) {
        let suggestion = "Say how long, how far or at which temperature, and how staff see that it is enough.";
        found.push(defect("no_limit", clause, opening(&clause.text), suggestion));
    }
}

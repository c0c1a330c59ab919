use course_format::Level;
use course_format::course::{Answer, ItemType, Precedence};
use course_format::sop::ParsedSops;

use crate::engine::author::RulesAuthor;
use crate::engine::forge::Made;
use crate::engine::library::Library;
use crate::engine::test_sop::{brief, library};
use crate::engine::verify::{self, solver::Solver};
use crate::engine::{forge_candidates, outline, plan, write};

/// The sound orderings of a SOP; `numbered` says whether its steps have numbers.
async fn orderings(lines: &[&str], numbered: bool) -> Vec<Made> {
    let mut documents = library("Opening", lines).documents().to_vec();
    documents[0].procedures.iter_mut().for_each(|p| p.ordered = numbered);
    let library = Library::new(ParsedSops { documents });
    let plan = plan::plan(&library).unwrap();
    let outline = outline::outline(&brief(Level::A2), &library, &plan);
    let texts = write(&RulesAuthor, &brief(Level::A2), &library, &outline, &[]).await.unwrap();
    let solver = Solver::new(&library);
    let made = forge_candidates(&library, &outline, &texts).pools.into_iter().flatten();
    let whole = made.filter(|m| m.item.item_type() == ItemType::StepOrdering && m.frame == "order");
    whole.filter(|m| verify::flaws(&library, &solver, m).is_empty()).collect()
}

/// The demanded pairs by the places of the steps in the key.
fn pairs(made: &Made) -> Vec<(usize, usize)> {
    let Answer::StepOrdering { order, precedence, .. } = &made.key.answer else { panic!("{:?}", made.key.answer) };
    let place = |id: &String| order.iter().position(|o| o == id).unwrap();
    precedence.iter().map(|Precedence { before, after }| (place(before), place(after))).collect()
}

#[tokio::test]
async fn numbered_steps_have_one_order() {
    let lines = [
        "# Opening",
        "1 Switch on the oven.",
        "2 Fill the sink.",
        "3 Wash the trays.",
        "4 Unlock the door.",
        "5 Count the money.",
    ];
    let made = orderings(&lines, true).await;
    assert_eq!(pairs(&made[0]), [(0, 1), (1, 2), (2, 3), (3, 4)]);
}

#[tokio::test]
async fn a_step_that_runs_beside_another_one_may_change_places_with_it() {
    let lines = [
        "# Opening",
        "1 Switch on the oven.",
        "2 Meanwhile, wash the trays.",
        "3 Put the bread into the oven.",
        "4 Unlock the door.",
        "5 Count the money.",
    ];
    let made = orderings(&lines, true).await;
    assert_eq!(pairs(&made[0]), [(0, 2), (1, 2), (2, 3), (3, 4)]);
    let Answer::StepOrdering { .. } = &made[0].key.answer else { panic!() };
    assert!(made[0].key.rationale.contains("may change places"));
}

#[tokio::test]
async fn a_list_has_no_order_but_the_one_that_its_words_tell() {
    let told = [
        "# Opening",
        "1 First, unlock the back door.",
        "2 Wash the trays.",
        "3 Fill the salt boxes.",
        "4 Check the prices in the window.",
        "5 Finally, switch on the sign.",
    ];
    let made = orderings(&told, false).await;
    assert_eq!(pairs(&made[0]), [(0, 1), (0, 2), (0, 3), (0, 4), (1, 4), (2, 4), (3, 4)]);
    let free = [
        "# Opening",
        "1 Unlock the back door.",
        "2 Wash the trays.",
        "3 Fill the salt boxes.",
        "4 Check the prices in the window.",
        "5 Switch on the sign.",
    ];
    assert!(orderings(&free, false).await.is_empty());
}

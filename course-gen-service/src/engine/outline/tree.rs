//! The tree of sections, cut into pieces of the size of a lesson.

use super::split::{self, Grain};
use super::titles::{self, Part};
use crate::engine::library::{ClauseRef, Library, is_list_heading};
use crate::engine::plan::{Plan, is_teachable};

/// Definitions and tables by themselves are a lesson from this size on.
const WORDS_AND_TABLES: f32 = 6.0;
/// More than this before the first heading is no mere introduction.
const INTRODUCTION: f32 = 3.0;
/// A chunk of fewer words joins its neighbour even where the two are long.
const FEW_WORDS: usize = 50;

/// Clauses of one lesson, before it has a number.
#[derive(Clone, Debug)]
pub struct Chunk {
    pub document: usize,
    pub clauses: Vec<ClauseRef>,
    /// The sections that it comes from, in order.
    pub parts: Vec<Part>,
}

#[derive(Debug, Default)]
struct Node {
    title: String,
    own: Vec<ClauseRef>,
    children: Vec<Node>,
}

impl Node {
    fn insert(&mut self, path: &[&str], clauses: &[ClauseRef]) {
        match path.split_first() {
            None => self.own.extend_from_slice(clauses),
            Some((title, rest)) => {
                let known = self.children.iter().position(|c| c.title == *title);
                let at = known.unwrap_or_else(|| {
                    self.children.push(Self { title: (*title).to_owned(), ..Self::default() });
                    self.children.len() - 1
                });
                self.children[at].insert(rest, clauses);
            }
        }
    }

    fn all(&self) -> Vec<ClauseRef> {
        let mut out = self.own.clone();
        out.extend(self.children.iter().flat_map(Self::all));
        out
    }
}

/// Cuts one document.
struct Cutter<'a> {
    library: &'a Library,
    document: usize,
    grain: Grain,
}

/// The lessons that one document gives: every clause of the plan is in one of them.
pub fn chunks(library: &Library, plan: &Plan, document: usize, grain: Grain) -> Vec<Chunk> {
    let doc = &library.documents()[document];
    let mut root = Node { title: doc.title.clone(), ..Node::default() };
    for block in plan.blocks.iter().filter(|b| b.document == document) {
        let path: Vec<&str> = block.path.split(" > ").filter(|t| !t.is_empty()).collect();
        root.insert(&path, &block.clauses);
    }
    while root.own.iter().all(|at| split::weight(library, *at) == 0.0) && root.children.len() == 1 {
        let mut only = root.children.remove(0);
        only.own.splice(0..0, root.own);
        root = only;
    }
    let cutter = Cutter { library, document, grain };
    let mut out = cutter.cut(&root, None);
    cutter.merge_thin(&mut out);
    out
}

impl Cutter<'_> {
    fn size(&self, chunk: &Chunk) -> f32 {
        split::size(self.library, &chunk.clauses)
    }

    fn cut(&self, node: &Node, parent: Option<&str>) -> Vec<Chunk> {
        let all = node.all();
        let topic = match parent {
            Some(parent) if is_list_heading(&node.title) => parent,
            _ => node.title.as_str(),
        };
        if split::fits(self.library, &all, self.grain) {
            return vec![self.chunk(&node.title, topic, all)];
        }
        let mut out = Vec::new();
        let mut before = Vec::new();
        if split::size(self.library, &node.own) > 0.0 {
            let introduces = parent.is_none() && split::size(self.library, &node.own) <= INTRODUCTION;
            let heading = if introduces { titles::ABOUT } else { node.title.as_str() };
            let pieces = split::split(self.library, &node.own, self.grain).into_iter();
            out.extend(pieces.map(|clauses| self.chunk(heading, topic, clauses)));
        } else {
            before.clone_from(&node.own);
        }
        for child in &node.children {
            let mut cut = self.cut(child, Some(topic));
            if let Some(first) = cut.first_mut() {
                first.clauses.splice(0..0, std::mem::take(&mut before));
            }
            out.extend(cut);
        }
        self.merge_small(&mut out);
        out
    }

    fn chunk(&self, heading: &str, topic: &str, clauses: Vec<ClauseRef>) -> Chunk {
        let weight = split::size(self.library, &clauses);
        let part = Part { heading: titles::clean(heading), topic: titles::clean(topic), weight };
        Chunk { document: self.document, clauses, parts: vec![part] }
    }

    /// "Do" and "Do not" side by side belong together before anything else.
    fn merge_lists(&self, chunks: &mut Vec<Chunk>) {
        let list = |c: &Chunk| c.parts.iter().all(|p| is_list_heading(&p.heading));
        let mut i = 0;
        while i + 1 < chunks.len() {
            let fits = self.size(&chunks[i]) + self.size(&chunks[i + 1]) <= self.grain.large + 1.0;
            if list(&chunks[i]) && list(&chunks[i + 1]) && fits {
                join(chunks, i);
            } else {
                i += 1;
            }
        }
    }

    /// Neighbours that are too small for a lesson become one, as long as it stays a lesson.
    fn merge_small(&self, chunks: &mut Vec<Chunk>) {
        self.merge_lists(chunks);
        loop {
            let sizes: Vec<f32> = chunks.iter().map(|c| self.size(c)).collect();
            let best = (0..chunks.len().saturating_sub(1))
                .filter(|i| sizes[*i].min(sizes[i + 1]) < self.grain.small)
                .filter(|i| sizes[*i] + sizes[i + 1] <= self.grain.large + 1.0)
                .filter(|i| self.is_readable(&chunks[*i], &chunks[i + 1]))
                .min_by(|a, b| (sizes[*a] + sizes[a + 1]).total_cmp(&(sizes[*b] + sizes[b + 1])));
            match best {
                Some(i) => join(chunks, i),
                None => return,
            }
        }
    }

    /// Whether the two together are a reading of the level, with no more critical clauses than it bears.
    fn is_readable(&self, first: &Chunk, second: &Chunk) -> bool {
        let all = [first.clauses.as_slice(), second.clauses.as_slice()].concat();
        let (words, critical) = (split::words(self.library, &all), split::critical(self.library, &all));
        words <= self.grain.words && (critical <= self.grain.critical || all.len() < 7)
    }

    /// What is too thin for a lesson goes to the neighbour with which it can be read, or to the smaller one: nothing of the SOP
    /// is dropped. Definitions and roles that are too many for that are a lesson of their own.
    fn merge_thin(&self, chunks: &mut Vec<Chunk>) {
        let mut i = 0;
        while i < chunks.len() && chunks.len() > 1 {
            let readable = |k: usize| self.is_readable(&chunks[k], &chunks[k + 1]);
            let before = i.checked_sub(1).map(|b| (!readable(b), self.size(&chunks[b])));
            let after = chunks.get(i + 1).map(|c| (!readable(i), self.size(c)));
            let few = split::words(self.library, &chunks[i].clauses) < FEW_WORDS;
            let joinable = |side: &Option<(bool, f32)>| side.is_some_and(|(long, _)| few || !long);
            if !self.is_thin(&chunks[i]) || !joinable(&before) && !joinable(&after) && !self.is_tiny(&chunks[i]) {
                i += 1;
                continue;
            }
            let backwards = match (before, after) {
                (Some(b), Some(a)) => b <= a,
                (before, _) => before.is_some(),
            };
            i -= usize::from(backwards);
            join(chunks, i);
        }
    }

    /// One or two clauses are never a lesson.
    fn is_tiny(&self, chunk: &Chunk) -> bool {
        chunk.clauses.iter().filter(|at| split::weight(self.library, **at) > 0.0).count() <= 2
    }

    fn is_thin(&self, chunk: &Chunk) -> bool {
        let teachable = chunk.clauses.iter().filter(|at| is_teachable(self.library, **at)).count();
        self.is_tiny(chunk)
            || self.size(chunk) < self.grain.small - 0.8
            || teachable < 2 && self.size(chunk) < WORDS_AND_TABLES
    }
}

/// Makes one chunk of this and the next.
fn join(chunks: &mut Vec<Chunk>, i: usize) {
    let second = chunks.remove(i + 1);
    chunks[i].clauses.extend(second.clauses);
    chunks[i].parts.extend(second.parts);
}

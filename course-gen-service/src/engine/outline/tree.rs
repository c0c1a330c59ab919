//! The tree of sections, cut into pieces of the size of a lesson.

use super::split::{self, Grain};
use super::titles::{self, Part};
use crate::engine::library::{ClauseRef, Library, is_list_heading};
use crate::engine::plan::{Plan, is_teachable};

/// Definitions and tables by themselves are a lesson from this size on.
const WORDS_AND_TABLES: f32 = 6.0;

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
            let heading = if parent.is_none() { titles::ABOUT } else { node.title.as_str() };
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
                .min_by(|a, b| (sizes[*a] + sizes[a + 1]).total_cmp(&(sizes[*b] + sizes[b + 1])));
            match best {
                Some(i) => join(chunks, i),
                None => return,
            }
        }
    }

    /// What is too thin for a lesson goes to its smaller neighbour, whatever its size: nothing of the SOP is dropped.
    fn merge_thin(&self, chunks: &mut Vec<Chunk>) {
        while let Some(i) = (0..chunks.len()).find(|i| chunks.len() > 1 && self.is_thin(&chunks[*i])) {
            let before = i.checked_sub(1).map(|b| self.size(&chunks[b]));
            let after = chunks.get(i + 1).map(|c| self.size(c));
            match (before, after) {
                (Some(b), Some(a)) if b <= a => join(chunks, i - 1),
                (Some(_), None) => join(chunks, i - 1),
                _ => join(chunks, i),
            }
        }
    }

    fn is_thin(&self, chunk: &Chunk) -> bool {
        let teachable = chunk.clauses.iter().filter(|at| is_teachable(self.library, **at)).count();
        self.size(chunk) < self.grain.small - 1.0 || teachable < 2 && self.size(chunk) < WORDS_AND_TABLES
    }
}

/// Makes one chunk of this and the next.
fn join(chunks: &mut Vec<Chunk>, i: usize) {
    let second = chunks.remove(i + 1);
    chunks[i].clauses.extend(second.clauses);
    chunks[i].parts.extend(second.parts);
}

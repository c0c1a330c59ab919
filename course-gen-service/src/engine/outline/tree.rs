//! The tree of sections, cut into pieces of the size of a lesson.

use super::split::{self, Piece};
use super::titles;
use crate::engine::library::{ClauseRef, Library, is_list_heading};
use crate::engine::plan::Plan;

/// Clauses of one lesson, before it has a number.
#[derive(Clone, Debug)]
pub struct Chunk {
    pub document: usize,
    pub title: String,
    pub topic: String,
    pub clauses: Vec<ClauseRef>,
    /// Headings that it was merged from.
    pub headings: Vec<String>,
}

/// A lesson holds at most this much; below [`SMALL`] it is merged with its neighbour.
pub const LARGE: f32 = 12.0;
const SMALL: f32 = 5.0;

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

/// The lessons that one document gives.
pub fn chunks(library: &Library, plan: &Plan, document: usize) -> Vec<Chunk> {
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
    let mut out = cut(library, document, &root, None);
    merge_small(library, &mut out);
    out
}

fn cut(library: &Library, document: usize, node: &Node, parent: Option<&str>) -> Vec<Chunk> {
    let all = node.all();
    let topic = match parent {
        Some(parent) if is_list_heading(&node.title) => parent,
        _ => node.title.as_str(),
    };
    if split::size(library, &all) <= LARGE {
        return vec![chunk(document, titles::clean(&node.title), topic, all)];
    }
    let mut out = Vec::new();
    if split::size(library, &node.own) > 0.0 && parent.is_none() && split::size(library, &node.own) <= LARGE {
        out.push(chunk(document, titles::ABOUT.to_owned(), topic, node.own.clone()));
    } else if split::size(library, &node.own) > 0.0 {
        out.extend(pieces(library, document, node, topic));
    } else if let Some(first) = node.own.first() {
        out.push(chunk(document, titles::clean(&node.title), topic, vec![*first]));
    }
    for child in &node.children {
        out.extend(cut(library, document, child, Some(topic)));
    }
    merge_small(library, &mut out);
    name_lists(&mut out, topic);
    out
}

fn pieces(library: &Library, document: usize, node: &Node, topic: &str) -> Vec<Chunk> {
    let parts = split::split(library, &node.own);
    let single = parts.len() == 1;
    let name = if is_list_heading(&node.title) && !single {
        format!("{}, {}", titles::clean(topic), titles::clean(&node.title).to_lowercase())
    } else {
        titles::clean(&node.title)
    };
    parts
        .into_iter()
        .map(|Piece { clauses, label }| {
            let title = if single { name.clone() } else { format!("{name}: {label}") };
            chunk(document, title, topic, clauses)
        })
        .collect()
}

fn chunk(document: usize, title: String, topic: &str, clauses: Vec<ClauseRef>) -> Chunk {
    Chunk { document, headings: vec![title.clone()], title, topic: titles::clean(topic), clauses }
}

/// "Do" and "Do not" by themselves are no title.
fn name_lists(chunks: &mut [Chunk], topic: &str) {
    for chunk in chunks {
        let lists = chunk.headings.iter().all(|h| is_list_heading(h));
        if lists {
            let what = if is_list_heading(topic) {
                "What to do and what not to do".to_owned()
            } else {
                format!("{}: what to do and what not to do", titles::clean(topic))
            };
            chunk.title = what;
            chunk.topic = titles::clean(topic);
            chunk.headings = vec![chunk.title.clone()];
        }
    }
}

/// "Do" and "Do not" side by side belong together before anything else.
fn merge_lists(library: &Library, chunks: &mut Vec<Chunk>) {
    let mut i = 0;
    while i + 1 < chunks.len() {
        let list = |c: &Chunk| c.headings.iter().all(|h| is_list_heading(h));
        let fits =
            split::size(library, &chunks[i].clauses) + split::size(library, &chunks[i + 1].clauses) <= LARGE + 1.0;
        if list(&chunks[i]) && list(&chunks[i + 1]) && fits {
            let second = chunks.remove(i + 1);
            chunks[i].clauses.extend(second.clauses);
            chunks[i].headings.extend(second.headings);
        } else {
            i += 1;
        }
    }
}

/// Neighbours that are too small for a lesson become one, as long as it stays a lesson.
fn merge_small(library: &Library, chunks: &mut Vec<Chunk>) {
    merge_lists(library, chunks);
    loop {
        let sizes: Vec<f32> = chunks.iter().map(|c| split::size(library, &c.clauses)).collect();
        let best = (0..chunks.len().saturating_sub(1))
            .filter(|i| sizes[*i].min(sizes[i + 1]) < SMALL && sizes[*i] + sizes[i + 1] <= LARGE + 1.0)
            .filter(|i| !(sizes[*i] >= SMALL && sizes[i + 1] >= SMALL))
            .min_by(|a, b| (sizes[*a] + sizes[a + 1]).total_cmp(&(sizes[*b] + sizes[b + 1])));
        let Some(i) = best else { return };
        let second = chunks.remove(i + 1);
        let first = &mut chunks[i];
        let only_headings = sizes[i] == 0.0;
        first.clauses.extend(second.clauses);
        if only_headings && !is_list_heading(&second.title) {
            first.headings = second.headings;
            first.title = second.title;
            first.topic = second.topic;
            continue;
        }
        if sizes[i + 1] > 0.0 {
            first.headings.extend(second.headings);
        }
        first.headings.dedup();
        let text = &library.documents()[first.document].text;
        first.title = titles::join(&first.headings, text);
        if sizes[i + 1] > sizes[i] && !is_list_heading(&second.topic) {
            first.topic = second.topic;
        }
    }
}

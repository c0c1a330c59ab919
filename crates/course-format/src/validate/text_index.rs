use crate::sop::Span;

/// A text that hands out spans in constant time; [`Span::of`] walks there every time.
pub(super) struct TextIndex<'a> {
    text: &'a str,
    /// Byte offset of every character, and of the end.
    offsets: Vec<usize>,
}

impl<'a> TextIndex<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let offsets = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        Self { text, offsets }
    }

    pub(super) fn get(&self, span: Span) -> Option<&'a str> {
        let (start, end) = (*self.offsets.get(span.start)?, *self.offsets.get(span.end)?);
        self.text.get(start..end)
    }
}

/// Whether `inner` lies inside `outer`.
pub(super) fn encloses(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end
}

use comrak::Arena;
use comrak::nodes::{Node, NodeValue};

use crate::diagnostic::{Diagnostic, code};
use crate::parse::fragment::Fragment;
use crate::parse::lines::is_bare_rule;
use crate::parse::prepare::prepare;
use crate::parse::reader::{Place, Reader, Shared};
use crate::parse::{decode, front_matter, markdown};
use crate::source::{SourceId, Span, Spanned};
use crate::talk::{Section, Slide, Split};

/// How many slides a talk may have.
pub(super) const MAX_SLIDES: usize = 10_000;
/// How deeply files may include each other.
const MAX_INCLUDES_DEEP: usize = 8;
/// How many files a talk may include in all.
const MAX_INCLUDES: usize = 1_000;

/// One file of a talk: its name in the arena, its text and where its slides begin.
pub(super) struct File<'f> {
    pub(super) source: SourceId,
    pub(super) text: &'f str,
    pub(super) body: usize,
}

/// Reads the slides of `file` and of the files that it includes; `chain` holds the paths that led here.
pub(super) fn read(file: &File<'_>, split: Split, chain: &[String], shared: &mut Shared<'_>) -> Vec<Slide> {
    let fragment = prepare(file.source, file.text, file.body, shared.diagnostics);
    let arena = Arena::new();
    let root = markdown::read(&arena, fragment.text());
    let mut cutter = Cutter {
        reader: Reader::new(&fragment, root, Place::Slide, shared),
        fragment: &fragment,
        split,
        chain,
        start: file.body,
        out: Vec::new(),
        orphaned: None,
    };
    for node in root.children() {
        cutter.node(node);
    }
    cutter.finish(file.text.len(), true);
    cutter.out
}

/// Cuts a document into slides.
struct Cutter<'c, 'n, 's> {
    reader: Reader<'c, 'n, 's>,
    fragment: &'c Fragment<'c>,
    split: Split,
    chain: &'c [String],
    /// Where the slide being read starts.
    start: usize,
    out: Vec<Slide>,
    /// The section of a slide that another edition has.
    orphaned: Option<Section>,
}

impl<'n> Cutter<'_, 'n, '_> {
    fn node(&mut self, node: Node<'n>) {
        let (value, place) = (node.data().value.clone(), node.data().sourcepos);
        let (line_start, line_end) = self.fragment.origin(place.start.line);
        match value {
            NodeValue::ThematicBreak if is_bare_rule(self.fragment.line(place.start.line)) => {
                let is_first = self.out.is_empty() && self.reader.shared.slides == 0;
                self.finish(line_start, is_first);
                self.start = line_end;
                return;
            }
            NodeValue::Heading(heading) if heading.level <= self.level() && !self.reader.slide.blocks.is_empty() => {
                self.finish(line_start, false);
                self.start = line_start;
            }
            _ => {}
        }
        let within = Span::new(self.fragment.source(), self.start, self.fragment.file().len());
        self.reader.slide.span = within;
        let mut blocks = std::mem::take(&mut self.reader.slide.blocks);
        self.reader.block(node, within, &mut blocks);
        self.reader.slide.blocks = blocks;
    }

    /// The deepest heading that starts a slide.
    fn level(&self) -> u8 {
        match self.split {
            Split::Rule => 0,
            Split::H1 => 1,
            Split::H2 => 2,
        }
    }

    /// Ends the slide being read at byte `end`; with `drop_empty`, one that holds nothing is none.
    fn finish(&mut self, end: usize, drop_empty: bool) {
        let span = Span::new(self.fragment.source(), self.start.min(end), end);
        let reader = &mut self.reader;
        let footnotes = reader.take_footnotes();
        let mut slide = std::mem::replace(&mut reader.slide, Slide::empty(span));
        let steps = std::mem::take(&mut reader.steps);
        let includes = std::mem::take(&mut reader.includes);
        slide.span = span;
        slide.footnotes = footnotes;
        slide.steps = steps.total();
        let is_bare = is_bare(&slide);
        let is_replaced = is_bare && !includes.is_empty();
        let is_nothing = is_bare && slide == Slide::empty(span);
        let is_dropped = is_replaced || (drop_empty && is_nothing);
        if !is_dropped {
            let carried = reader.carried.clone();
            if slide.classes.is_empty() {
                slide.classes = carried.classes;
            }
            slide.paginate = slide.paginate.or(carried.paginate);
            slide.header = slide.header.or(carried.header);
            slide.footer = slide.footer.or(carried.footer);
            if slide.backgrounds.is_empty() {
                slide.backgrounds.extend(carried.background);
            }
            self.keep(slide.clone());
        }
        let first = self.out.len();
        for path in &includes {
            self.include(path);
        }
        if let Some(next) = self.out.get_mut(first).filter(|_| is_replaced) {
            next.section = next.section.take().or(slide.section);
        }
    }

    fn keep(&mut self, mut slide: Slide) {
        let shared = &mut *self.reader.shared;
        if slide.edition.is_some_and(|edition| edition != shared.edition) {
            // Its section goes on with the next slide.
            self.orphaned = slide.section.take().or(self.orphaned.take());
            return;
        }
        slide.section = slide.section.take().or(self.orphaned.take());
        slide.classes.append(&mut shared.first_classes);
        shared.slides += 1;
        if shared.slides == MAX_SLIDES + 1 {
            let message = format!("the talk has more than {MAX_SLIDES} slides");
            let found = Diagnostic::new(&code::TOO_MANY_SLIDES, slide.span, message);
            shared.diagnostics.push(found.hint("split it into several talks; the slides from here on are left out"));
        }
        if shared.slides <= MAX_SLIDES {
            self.out.push(slide);
        }
    }

    /// Adds the slides of another file.
    fn include(&mut self, path: &Spanned<String>) {
        let failed =
            |why: String| Diagnostic::new(&code::INCLUDE_FAILED, path.span, format!("`{}`: {why}", path.value));
        let key = path.value.trim_start_matches("./").to_owned();
        let shared = &mut *self.reader.shared;
        shared.included += 1;
        if self.chain.contains(&key) {
            return shared.diagnostics.push(
                failed("this file is being read already".into())
                    .hint("a file can't include itself, nor a file that includes it"),
            );
        }
        if self.chain.len() > MAX_INCLUDES_DEEP || shared.included > MAX_INCLUDES {
            let found = failed(format!("more than {MAX_INCLUDES_DEEP} files deep or {MAX_INCLUDES} in all"));
            return shared.diagnostics.push(found.hint("include the files from one place"));
        }
        let bytes = match shared.loader.load(&path.value) {
            Ok(bytes) => bytes,
            Err(error) => {
                let found = failed(error.to_string());
                return shared.diagnostics.push(found.hint("write the path from the talk's folder"));
            }
        };
        let parent = shared.sources.get(path.span.source).name();
        let main_folder = self.chain.first().and_then(|main| parent.strip_suffix(main.as_str()));
        let name = format!("{}{key}", main_folder.unwrap_or_default());
        let (source, text) = decode::decode(shared.sources, &name, &bytes, shared.diagnostics);
        let body = front_matter::split(&text).map_or(0, |found| found.body);
        let chain: Vec<String> = self.chain.iter().cloned().chain([key]).collect();
        let file = File { source, text: &text, body: body.max(decode::mark_length(&text)) };
        let slides = read(&file, self.split, &chain, self.reader.shared);
        self.out.extend(slides);
    }
}

/// Whether a slide shows and keeps nothing.
fn is_bare(slide: &Slide) -> bool {
    slide.blocks.is_empty()
        && slide.notes.is_empty()
        && slide.backgrounds.is_empty()
        && slide.questions.is_empty()
        && slide.recall.is_empty()
        && slide.triggers.is_empty()
        && slide.adoptions.is_empty()
}

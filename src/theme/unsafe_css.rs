//! What browsers draw and the layout engine does not, with the way that works in both.

/// A name or a piece of a value; a name may end in `*`.
pub(super) struct Rule {
    /// For values: how the property's name begins; empty for all.
    pub(super) property: &'static str,
    pub(super) what: &'static str,
    pub(super) hint: &'static str,
}

macro_rules! rules {
    ($($what:literal => $hint:literal)*) => {
        &[$(Rule { property: "", what: $what, hint: $hint }),*]
    };
}

pub(super) const AT_RULES: &[Rule] = rules! {
    "container" => "use the slide's classes: the tool writes `grow-1` to `grow-3` and the layout's name"
    "counter-style" => "write `list-style: none` and an absolute `::before` with `content: attr(data-n)`"
    "import" => "list the style sheet under `css` in `theme.yaml`"
    "font-face" => "name the file in `fonts.files` of `theme.yaml`"
};

pub(super) const SELECTORS: &[Rule] = rules! {
    "::marker" => "write `list-style: none` and an absolute `::before` with `content: attr(data-n)`"
    "::first-letter" => "put the letter into an element of its own"
    "::first-line" => "put the words into an element of their own"
    "::backdrop" => "draw a box below the content"
    ":lang(" => "write `[lang|=\"zh\"]`"
};

pub(super) const PROPERTIES: &[Rule] = rules! {
    "text-shadow" => "lay a dim box behind the text"
    "filter" => "edit the picture, or lay a colour with alpha over it"
    "backdrop-filter" => "use a ground with alpha"
    "mix-blend-mode" => "use colours with alpha"
    "background-blend-mode" => "use colours with alpha"
    "writing-mode" => "stack the characters in a box that is `width: 1em`"
    "columns" => "use a grid of two lists"
    "column-count" => "use a grid of two lists"
    "column-width" => "use a grid of two lists"
    "text-overflow" => "set `max-height` and `overflow: hidden`"
    "line-clamp" => "set `max-height` and `overflow: hidden`"
    "-webkit-line-clamp" => "set `max-height` and `overflow: hidden`"
    "-webkit-text-stroke*" => "use a plain colour: the text vanishes in the PDF"
    "border-image*" => "draw the border by two backgrounds, `padding-box` and `border-box`"
    "outline-offset" => "write `box-shadow: 0 0 0 6px GROUND, 0 0 0 8px COLOUR`"
    "hyphens" => "break long words by hand"
    "shape-outside" => "use flex or a grid"
    "container*" => "use the slide's classes: the tool writes `grow-1` to `grow-3` and the layout's name"
    "counter-*" => "the tool writes `data-n`; show it by `content: attr(data-n)`"
    "text-emphasis*" => "use a colour or a weight"
    "list-style-image" => "write `list-style: none` and an absolute `::before`"
    "perspective*" => "keep to transforms in the plane"
    "unicode-range" => "one face a file, in the order of `font-family`"
};

/// Units that need container queries or that are not known.
pub(super) const UNITS: [&str; 7] = ["cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax", "rlh"];

macro_rules! values {
    ($($property:literal $what:literal => $hint:literal)*) => {
        &[$(Rule { property: $property, what: $what, hint: $hint }),*]
    };
}

pub(super) const VALUES: &[Rule] = values! {
    "position" "fixed" => "use `position: absolute`; the slide is what it is relative to"
    "position" "sticky" => "use `position: absolute`"
    "background-clip" "text" => "use a plain colour: the text vanishes in the PDF"
    "-webkit-background-clip" "text" => "use a plain colour: the text vanishes in the PDF"
    "border-collapse" "collapse" => "write `border-collapse: separate; border-spacing: 0` and a border for each cell"
    "text-wrap" "balance" => "the tool keeps the last words of titles together"
    "text-wrap" "pretty" => "leave it out"
    "text-wrap" "nowrap" => "write `white-space: nowrap`"
    "grid-template" "subgrid" => "repeat the list of columns"
    "display" "ruby" => "use an inline flex column"
    "content" "counter" => "the tool writes `data-n`; show it by `content: attr(data-n)`"
    "content" "open-quote" => "write the quotation mark itself"
    "content" "close-quote" => "write the quotation mark itself"
    "transform" "3d(" => "keep to transforms in the plane"
    "clip-path" "inset(" => "use `border-radius` with `overflow: hidden`"
    "" "to top left" => "write the direction in degrees, as `315deg`"
    "" "to top right" => "write the direction in degrees, as `45deg`"
    "" "to bottom left" => "write the direction in degrees, as `225deg`"
    "" "to bottom right" => "write the direction in degrees, as `135deg`"
    "" " in oklch" => "add colour stops between"
    "" " in oklab" => "add colour stops between"
    "" "local(" => "name a file of the theme in `fonts.files`"
};

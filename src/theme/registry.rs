use crate::diagnostic::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::source::{LoadError, Loader, Sources, Spanned};
use crate::theme::folder::{Folder, built_in_names};
use crate::theme::{Theme, file, resolve};

/// The theme of a talk that asks for none.
const DEFAULT: &str = "paper";

/// The themes that talks may ask for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Registry;

/// A theme as `retell theme list` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The name by which talks ask for it.
    pub name: String,
    /// One line on what it looks like.
    pub description: String,
}

impl Registry {
    /// The built-in themes that can be shown, in the order in which they are offered.
    #[must_use]
    pub fn list(&self) -> Vec<Listed> {
        built_in_names().filter_map(listed).collect()
    }

    /// The theme that a talk asks for: the name of a built-in one, or the path of a folder that `folder` reads.
    ///
    /// Without a wish it is `paper`. An unknown theme is reported and gives `paper` too, so that the other
    /// stages can go on and report what they find.
    #[must_use]
    pub fn load(
        &self,
        wanted: Option<&Spanned<String>>,
        folder: &dyn Loader,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Theme {
        let name = wanted.map_or(DEFAULT, |wanted| wanted.value.as_str());
        let looks_like_path = name.contains(['/', '\\']) || name.starts_with('.');
        let built_in = if looks_like_path { None } else { Folder::built_in(name) };
        let chosen = match built_in {
            Some(built_in) => Ok(built_in),
            None => folder.load(&format!("{name}/theme.yaml")).map(|_| Folder::Loaded(folder, name)),
        };
        match chosen {
            Ok(chosen) => resolve::resolve(chosen, sources, diagnostics),
            Err(error) => {
                diagnostics.push(self.unknown(name, wanted, &error));
                Folder::built_in(DEFAULT)
                    .map_or_else(Theme::default, |paper| resolve::resolve(paper, sources, diagnostics))
            }
        }
    }

    /// The theme whose `theme.yaml` is at the top of what `folder` reads, for folders named on the command line.
    #[must_use]
    pub fn load_folder(&self, folder: &dyn Loader, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Theme {
        resolve::resolve(Folder::Loaded(folder, ""), sources, diagnostics)
    }

    fn unknown(self, name: &str, wanted: Option<&Spanned<String>>, error: &LoadError) -> Diagnostic {
        let span = wanted.map(|wanted| wanted.span);
        let listed = self.list();
        let names: Vec<&str> = listed.iter().map(|theme| theme.name.as_str()).collect();
        if *error == LoadError::OutsideFolder {
            let message = format!("the theme `{name}` lies outside the talk's folder");
            return Diagnostic::new(&code::PATH_OUTSIDE_TALK, span, message)
                .hint("copy the theme into the talk's folder, or name it on the command line with `--theme`");
        }
        let found = Diagnostic::new(&code::UNKNOWN_THEME, span, format!("there is no theme `{name}`"));
        let found = match did_you_mean(name, names.iter().copied()) {
            Some(near) => found.hint(format!("did you mean `{near}`?")),
            None => found,
        };
        found.hint(format!("use `{}`, or the path of a folder with a `theme.yaml`", names.join("`, `")))
    }
}

fn listed(name: &str) -> Option<Listed> {
    let bytes = Folder::built_in(name)?.load("theme.yaml").ok()?;
    let mut sources = Sources::default();
    let source = sources.add(name, String::from_utf8(bytes).ok()?);
    let file = file::read(&sources, source, &mut Diagnostics::default());
    (!file.is_abstract).then(|| Listed {
        name: file.name.unwrap_or_else(|| name.to_owned()),
        description: file.description.unwrap_or_default(),
    })
}

//! Emphasis in Chinese is upright and coloured, in every theme, on slides and on paper.

use retell::theme::Registry;

use crate::built::ask;
use crate::project::Project;

/// A run of glyphs as mupdf traces it.
#[derive(Debug)]
struct Run {
    color: String,
    /// Whether its letters lean.
    leans: bool,
    text: String,
}

/// Every run of a PDF.
fn runs(pdf: &std::path::Path) -> Vec<Run> {
    let name = pdf.file_name().expect("a name").to_string_lossy();
    let trace = ask("mutool", &["trace", &name], pdf);
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!(" {name}=\""))?.1;
        value.split_once('"').map(|(value, _)| value.to_owned())
    };
    let (mut runs, mut color) = (Vec::<Run>::new(), String::new());
    for tag in trace.split('<') {
        if tag.starts_with("fill_text") {
            color = attribute(tag, "color").unwrap_or_default();
        } else if tag.starts_with("span") {
            let matrix = attribute(tag, "trm").expect("a matrix");
            let numbers: Vec<f64> = matrix.split_whitespace().map(|number| number.parse().expect("a number")).collect();
            let leans = numbers[1].abs() > 1e-3 || numbers[2].abs() > 1e-3;
            runs.push(Run { color: color.clone(), leans, text: String::new() });
        } else if tag.starts_with("g ")
            && let (Some(run), Some(text)) = (runs.last_mut(), attribute(tag, "unicode"))
        {
            run.text.push_str(&text);
        }
    }
    runs
}

/// The run that holds `text`.
fn run_of<'r>(runs: &'r [Run], text: &str) -> &'r Run {
    runs.iter().find(|run| run.text.contains(text)).unwrap_or_else(|| panic!("no {text:?} in {runs:?}"))
}

fn leaning(runs: &[Run]) -> Vec<&Run> {
    let is_chinese = |run: &&Run| run.text.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c));
    runs.iter().filter(is_chinese).filter(|run| run.leans).collect()
}

#[test]
fn chinese_never_leans_and_latin_with_an_italic_face_is_set_in_it() {
    let text = "---\ntitle: T\nlang: en\nstyle: \"h2, code { font-style: italic }\"\n---\n\n## 标题 title\n\n*中文 Latin* `代码 code`\n";
    let project = Project::new().file("t/talk.md", text);
    project.run(["build", "t", "--only", "slides"]).exit(0);
    let pdf = project.path("dist/t/slides.pdf");
    let runs = runs(&pdf);
    assert!(run_of(&runs, "Latin").text.contains("Latin") && leaning(&runs).is_empty(), "{runs:?}");
    assert!(ask("pdffonts", &["slides.pdf"], &pdf).contains("Inter-Italic"), "the face that leans by itself");
}

#[test]
fn emphasis_in_chinese_is_upright_and_coloured() {
    for listed in Registry.list() {
        let text = format!(
            "---\ntitle: 强调\nlang: zh-CN\ntheme: {}\n---\n\n## 标题\n\n平常的字，*着重的字*，***又粗又重***的字也是\n\n\
             - 列表，*其中一项* and *slanted Latin*\n\n<!-- 讲稿里平常，*讲稿里着重*。 -->\n",
            listed.name
        );
        let project = Project::new().file("t/talk.md", text);
        project.run(["build", "t", "--only", "slides,handout,speaker"]).exit(0);
        for (file, plain, marked) in [
            ("slides.pdf", "平常的字", ["着重的字", "又粗又重", "其中一项"].as_slice()),
            ("handout.pdf", "讲稿里平常", &["讲稿里着重"]),
            ("speaker.pdf", "讲稿里平常", &["讲稿里着重"]),
        ] {
            let runs = runs(&project.path("dist/t").join(file));
            assert!(leaning(&runs).is_empty(), "{} {file}: {:?}", listed.name, leaning(&runs));
            for text in marked {
                let (marked, plain) = (&run_of(&runs, text).color, &run_of(&runs, plain).color);
                assert_ne!(marked, plain, "{} {file}: {text}", listed.name);
            }
        }
    }
}

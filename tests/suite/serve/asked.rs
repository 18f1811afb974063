//! A room in which the audience asks, and the file that it leaves.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::client::{Answer, Socket, post, visitor};
use super::server::{Server, TALK};

/// The arguments of a room that this machine alone reaches.
pub(crate) const ROOM: [&str; 3] = ["--room", "--host", "127.0.0.1"];

/// What a talk needs so that there are questions at its end.
const RECALL: &str = "
---

# Four

```recall #first
ask: CPU is idle and p99 triples. What do you look at first?
answer: The pool waits.
why: secret reason
```

```recall #second
ask: Which metric shows it?
answer: Queue depth.
```

---

<!-- layout: qa -->

## Your turn {#turn}

- What did you expect?
";

/// A server with a room; the talk's folder outlives it.
pub(crate) struct Room {
    pub(crate) server: Server,
    home: TempDir,
}

impl Room {
    /// Of the talk that all servers present.
    pub(crate) fn open() -> Self {
        Self::of(TALK)
    }

    /// Of a talk with questions for its end.
    pub(crate) fn with_recall() -> Self {
        Self::speaking("en")
    }

    /// Of the same, with further arguments.
    pub(crate) fn with_recall_at(arguments: &[&str]) -> Self {
        Self::of_at(&recall_talk("en"), arguments)
    }

    /// Of the same in another language.
    pub(crate) fn speaking(lang: &str) -> Self {
        Self::of(&recall_talk(lang))
    }

    /// Of any talk.
    pub(crate) fn of(talk: &str) -> Self {
        Self::of_at(talk, &[])
    }

    fn of_at(talk: &str, arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("talk.md"), talk).expect("a talk");
        Self::again(home, arguments)
    }

    /// Of the talk in a folder where a room was before.
    pub(crate) fn again(home: TempDir, arguments: &[&str]) -> Self {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let server = Server::present(elsewhere, home.path(), &[&ROOM[..], arguments].concat());
        Self { server, home }
    }

    /// Ends the server without a word and leaves the folder.
    pub(crate) fn into_folder(self) -> TempDir {
        self.home
    }

    /// Of the talk that all servers present, by a process that lives on when a file may not grow.
    #[cfg(unix)]
    pub(crate) fn on_a_small_disk() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("talk.md"), TALK).expect("a talk");
        let elsewhere = tempfile::tempdir().expect("a folder");
        Self { server: Server::present_on_a_small_disk(elsewhere, home.path(), &ROOM), home }
    }

    /// Ends the server without a word and starts another.
    pub(crate) fn restart(self) -> Self {
        Self::again(self.into_folder(), &[])
    }

    pub(crate) fn port(&self) -> u16 {
        self.server.port
    }

    /// The talk's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.home.path()
    }

    /// The cookie of a new browser.
    pub(crate) fn guest(&self) -> String {
        visitor(self.port())
    }

    /// What a phone of the audience hears.
    pub(crate) fn phone(&self) -> Socket {
        let origin = format!("Origin: http://127.0.0.1:{}", self.port());
        Socket::try_open(self.port(), "/room?as=attendee", &[&origin]).expect("a socket")
    }

    pub(crate) fn send(&self, path: &str, cookie: &str, body: &Value) -> Answer {
        post(self.port(), path, cookie, &body.to_string())
    }

    /// The speaker sends.
    pub(crate) fn direct(&self, path: &str, body: &Value) -> Answer {
        self.send(path, &self.server.cookie(), body)
    }

    /// Asks, and gives the id of the question.
    #[track_caller]
    pub(crate) fn ask(&self, cookie: &str, text: &str) -> String {
        let answer = self.send("/ask/question", cookie, &serde_json::json!({ "text": text }));
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["id"].as_str().expect("an id").to_owned()
    }

    /// The file of the day.
    pub(crate) fn file(&self) -> PathBuf {
        let files = std::fs::read_dir(self.folder().join("room")).expect("the room's folder");
        let mut files = files.map(|entry| entry.expect("an entry").path());
        files.find(|path| path.extension().is_some_and(|end| end == "jsonl")).expect("a file")
    }

    /// What is in it.
    pub(crate) fn text(&self) -> String {
        std::fs::read_to_string(self.file()).expect("text")
    }

    /// Its lines, each a JSON object.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

fn recall_talk(lang: &str) -> String {
    let head = format!("recall:\n  id: pools-2026\ndate: 2026-12-04\nlang: {lang}");
    format!("{}{RECALL}", TALK.replacen("lang: en", &head, 1))
}

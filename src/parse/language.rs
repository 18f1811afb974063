use unicode_script::{Script, UnicodeScript as _};

/// The language that most of `text` is written in, told from its scripts: `zh-CN`, `ja`, `ko` or `en`.
///
/// A Han character, a kana and a Hangul syllable count one each, a run of other letters counts one.
/// A third of East Asian text is enough, since technical talks are full of English terms.
pub(super) fn detect<'t>(texts: impl IntoIterator<Item = &'t str>) -> &'static str {
    let (mut han, mut kana, mut hangul, mut words) = (0_u64, 0_u64, 0_u64, 0_u64);
    for text in texts {
        let mut in_word = false;
        for c in text.chars() {
            let was_in_word = std::mem::replace(&mut in_word, false);
            match c.script() {
                Script::Han => han += 1,
                Script::Hiragana | Script::Katakana => kana += 1,
                Script::Hangul => hangul += 1,
                _ if c.is_alphabetic() => {
                    words += u64::from(!was_in_word);
                    in_word = true;
                }
                _ => {}
            }
        }
    }
    let east_asian = han + kana + hangul;
    if east_asian * 3 < east_asian + words || east_asian == 0 {
        "en"
    } else if hangul > han + kana {
        "ko"
    } else if kana * 10 > han + kana {
        "ja"
    } else {
        "zh-CN"
    }
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn goes_by_the_share_of_scripts() {
        assert_eq!(detect(["先看等待事件，再看 SQL。"]), "zh-CN");
        assert_eq!(detect(["遅いのはなぜか、待機イベントを見る"]), "ja");
        assert_eq!(detect(["먼저 대기 이벤트를 보자"]), "ko");
        assert_eq!(detect(["Look at wait events first, 再见"]), "en");
        assert_eq!(detect([]), "en");
    }
}

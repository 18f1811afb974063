/**
 * The words of the phone page and of viewers' pages in English, Chinese and Japanese.
 */

/** @typedef {typeof ENGLISH} RoomLabels */

const ENGLISH = {
  remote: "Remote",
  follow: "Follow the speaker",
  connected: "Connected",
  lost: "Reconnecting …",
  refused: "Scan the code in the terminal again",
  viewers: "viewers",
  recorded: "Recording",
  point: "Drag on the slide to point",
  awake: "This phone may go dark: let its screen stay on longer",
};

const CHINESE = {
  remote: "遥控",
  follow: "跟随演讲者",
  connected: "已连接",
  lost: "正在重新连接…",
  refused: "请重新扫描终端里的二维码",
  viewers: "人观看",
  recorded: "正在记录",
  point: "在画面上拖动即可指示",
  awake: "手机可能会熄屏，请延长屏幕常亮时间",
};

const JAPANESE = {
  remote: "リモコン",
  follow: "発表者に追従",
  connected: "接続中",
  lost: "再接続しています…",
  refused: "端末の QR コードを読み直してください",
  viewers: "人が視聴",
  recorded: "記録中",
  point: "スライドをなぞると指し示せます",
  awake: "画面が消えることがあります。自動ロックを長くしてください",
};

/** @type {Record<string, RoomLabels>} */
const LABELS = { en: ENGLISH, zh: CHINESE, ja: JAPANESE };

/**
 * @param {string} language a language of the controls
 * @returns {RoomLabels}
 */
export function roomLabels(language) {
  return Object.hasOwn(LABELS, language) ? LABELS[language] : ENGLISH;
}

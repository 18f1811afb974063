/**
 * The words of a page that a room serves, in Japanese.
 */

/** Where a server keeps a room together. */
export const roomWords = {
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

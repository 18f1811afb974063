/**
 * The words of a page of the live preview, in Japanese.
 */

/** What is said of the source and of the server. */
export const liveWords = {
  reconnecting: "再接続しています…",
  problems: "問題",
  error: "エラー",
  warning: "警告",
  info: "情報",
  hint: "ヒント",
  on: "オン",
  off: "オフ",
  oneError: "エラー # 件",
  errors: "エラー # 件",
  oneWarning: "警告 # 件",
  warnings: "警告 # 件",
};

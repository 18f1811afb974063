/**
 * The words around the audience's questions, in the presenter view and on the decks, in Japanese.
 */

/** The language as a BCP 47 tag. */
export const language = "ja";

export const queueWords = {
  asked: "質問",
  fromRoom: "会場からの質問",
  waiting: "未回答",
  later: "あとで",
  done: "回答済み",
  hidden: "非表示",
  muddy: "不明点",
  nothing: "まだ質問はありません。コードを表示すると、質問ページが見つかります。",
  nothingHere: "ここにはありません",
  show: "画面に出す",
  unshow: "画面から下げる",
  answer: "回答済み",
  putOff: "あとで",
  hide: "隠す",
  reopen: "未回答に戻す",
  goTo: "スライド",
  backup: "準備済み",
  code: "コードを表示",
  codeOff: "コードを隠す",
  openRound: "最後の質問を始める",
  closeRound: "最後の質問を締め切る",
  results: "{n} 人が回答",
  wanted: "{n} 人が知りたい",
  minutes: "{n} 分",
  now: "たった今",
  close: "閉じる",
  lost: "保存できませんでした。もう一度どうぞ。",
  disk: "保存できませんでした：ディスクがいっぱいです。",
  scan: "質問はこちら",
  askLink: "質問する",
};

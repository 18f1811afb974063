/**
 * The words around the audience's questions, in the presenter view and on the decks, in Chinese.
 */

/** The language as a BCP 47 tag. */
export const language = "zh-CN";

export const queueWords = {
  asked: "提问",
  fromRoom: "现场提问",
  waiting: "待回答",
  later: "稍后",
  done: "已回答",
  hidden: "已隐藏",
  muddy: "没听懂",
  nothing: "还没有人提问。显示二维码，让大家找到提问页。",
  nothingHere: "这里没有",
  show: "放到屏幕上",
  unshow: "从屏幕撤下",
  answer: "已回答",
  putOff: "稍后",
  hide: "隐藏",
  reopen: "放回待回答",
  goTo: "页面",
  backup: "已准备",
  code: "显示二维码",
  codeOff: "收起二维码",
  openRound: "开始结尾提问",
  closeRound: "结束结尾提问",
  results: "{n} 人已答",
  wanted: "{n} 人想知道",
  minutes: "{n} 分钟",
  now: "刚刚",
  close: "关闭",
  lost: "没有保存，请再试。",
  disk: "没有保存：磁盘已满。",
  scan: "扫码提问",
  askLink: "提问",
};

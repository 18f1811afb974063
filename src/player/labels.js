/**
 * The words of the deck's own controls in Chinese, English and Japanese.
 */

/** @typedef {typeof ENGLISH} Labels */

const ENGLISH = {
  deck: "slide deck",
  slide: "slide",
  backup: "Backup",
  next: "Next",
  previous: "Back",
  first: "First slide",
  last: "Last slide",
  jump: "Go to slide",
  number: "number",
  overview: "Overview",
  search: "Search titles",
  noMatch: "No title has this",
  fullScreen: "Full screen",
  black: "Black screen",
  white: "White screen",
  help: "Keys",
  close: "Close",
  swipe: "Swipe",
  hold: "Touch and hold",
  nextSlide: "Next slide, past its steps",
  previousSlide: "Slide before, past its steps",
  goto: "Go to a number or title",
  numberOrTitle: "Number or part of a title",
  laser: "Laser pointer",
  pen: "Draw",
  ink: "colour",
  lineWidth: "line width",
  undo: "undo",
  clear: "clear this slide",
  zoom: "Zoom to the pointer",
  zoomMore: "nearer, farther",
  presenter: "Presenter view",
  clock: "Clock: start, pause",
  question: "Question: stop the talk's clock",
  moving: "Move",
  pointing: "Show",
  screen: "Screen and time",
  fingers: "Touch",
  buttons: "Buttons",
  tap: "Tap",
  red: "Red",
  blue: "Blue",
  green: "Green",
  orange: "Orange",
  violet: "Violet",
  highlighter: "Highlighter",
  followEdits: "Jump to what is edited",
  reconnecting: "Reconnecting …",
  problems: "Problems",
  error: "Error",
  warning: "Warning",
  info: "Note",
  errorCount: "Errors",
  warningCount: "Warnings",
  hint: "Hint",
};

const CHINESE = {
  deck: "幻灯片",
  slide: "页",
  backup: "备用",
  next: "下一步",
  previous: "上一步",
  first: "第一页",
  last: "最后一页",
  jump: "跳到某页",
  number: "页码",
  overview: "总览",
  search: "搜索标题",
  noMatch: "没有匹配的标题",
  fullScreen: "全屏",
  black: "黑屏",
  white: "白屏",
  help: "按键",
  close: "关闭",
  swipe: "左右滑动",
  hold: "长按",
  nextSlide: "下一页（跳过步骤）",
  previousSlide: "前一页（跳过步骤）",
  goto: "按页码或标题跳转",
  numberOrTitle: "页码或标题中的字",
  laser: "激光笔",
  pen: "画笔",
  ink: "颜色",
  lineWidth: "粗细",
  undo: "撤销",
  clear: "清除本页",
  zoom: "放大指针所在处",
  zoomMore: "更近、更远",
  presenter: "演讲者视图",
  clock: "计时：开始、暂停",
  question: "提问：停下演讲计时",
  moving: "翻页",
  pointing: "指示",
  screen: "屏幕与时间",
  fingers: "触摸",
  buttons: "按钮",
  tap: "轻点",
  red: "红色",
  blue: "蓝色",
  green: "绿色",
  orange: "橙色",
  violet: "紫色",
  highlighter: "荧光笔",
  followEdits: "跳到正在编辑的页",
  reconnecting: "正在重新连接…",
  problems: "问题",
  error: "错误",
  warning: "警告",
  info: "提示",
  errorCount: "错误",
  warningCount: "警告",
  hint: "建议",
};

const JAPANESE = {
  deck: "スライド",
  slide: "スライド",
  backup: "予備",
  next: "次へ",
  previous: "前へ",
  first: "最初のスライド",
  last: "最後のスライド",
  jump: "番号で移動",
  number: "番号",
  overview: "一覧",
  search: "タイトルを検索",
  noMatch: "一致するタイトルはありません",
  fullScreen: "全画面",
  black: "黒い画面",
  white: "白い画面",
  help: "キー操作",
  close: "閉じる",
  swipe: "スワイプ",
  hold: "長押し",
  nextSlide: "次のスライド（ステップを省く）",
  previousSlide: "前のスライド（ステップを省く）",
  goto: "番号か題名で移動",
  numberOrTitle: "番号または題名の一部",
  laser: "レーザーポインター",
  pen: "ペン",
  ink: "色",
  lineWidth: "太さ",
  undo: "元に戻す",
  clear: "このスライドを消す",
  zoom: "ポインターの位置を拡大",
  zoomMore: "拡大・縮小",
  presenter: "発表者ビュー",
  clock: "時計：開始・一時停止",
  question: "質問：発表の時計を止める",
  moving: "移動",
  pointing: "指し示す",
  screen: "画面と時間",
  fingers: "タッチ",
  buttons: "ボタン",
  tap: "タップ",
  red: "赤",
  blue: "青",
  green: "緑",
  orange: "オレンジ",
  violet: "紫",
  highlighter: "蛍光ペン",
  followEdits: "編集中のスライドへ移動",
  reconnecting: "再接続しています…",
  problems: "問題",
  error: "エラー",
  warning: "警告",
  info: "情報",
  errorCount: "エラー",
  warningCount: "警告",
  hint: "ヒント",
};

/** @type {Record<string, Labels>} */
const LABELS = { en: ENGLISH, zh: CHINESE, ja: JAPANESE };

/**
 * The language of the controls: the talk's, when they speak it.
 * @param {string} lang a BCP 47 tag
 */
export function controlLanguage(lang) {
  const primary = lang.toLowerCase().split("-")[0];
  return Object.hasOwn(LABELS, primary) ? primary : "en";
}

/**
 * The labels of a language; those that the deck brings win.
 * @param {string} lang
 * @param {unknown} given
 * @returns {Labels}
 */
export function labelsFor(lang, given) {
  const labels = { ...LABELS[controlLanguage(lang)] };
  const words = /** @type {Record<string, unknown>} */ (given && typeof given === "object" ? given : {});
  for (const key of /** @type {(keyof Labels)[]} */ (Object.keys(labels))) {
    const word = words[key];
    if (typeof word === "string" && word) labels[key] = word;
  }
  return labels;
}

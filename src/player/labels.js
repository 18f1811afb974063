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

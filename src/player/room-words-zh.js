/**
 * The words of a page that a room serves, in Chinese.
 */

/** Where a server keeps a room together. */
export const roomWords = {
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

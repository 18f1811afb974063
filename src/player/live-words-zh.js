/**
 * The words of a page of the live preview, in Chinese.
 */

/** What is said of the source and of the server. */
export const liveWords = {
  reconnecting: "正在重新连接…",
  problems: "问题",
  error: "错误",
  warning: "警告",
  info: "提示",
  hint: "建议",
  on: "开",
  off: "关",
  oneError: "# 个错误",
  errors: "# 个错误",
  oneWarning: "# 个警告",
  warnings: "# 个警告",
};
